"""Judge one command: refuse it with every reason, or say which events stand in the record.

A request stops at unmet hard rows. A report is recorded; its unmet hard rows become marks of breach. Liberty
first: nothing but an undecided ground holds a person who may go, and what is owed then becomes a red duty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from workstation.clock import to_ms
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.asked import Asked, Values
from workstation.custody.circumstances import Circumstances, Kind, OverrideBy
from workstation.custody.commands import CentreCommand, Command, action_of
from workstation.custody.conversion import events_of
from workstation.custody.events import Event
from workstation.custody.gates import Objection, ask
from workstation.custody.house import House
from workstation.custody.stay import Stay, as_of
from workstation.custody.validation import problems
from workstation.custody.values import INTO_CUSTODY, How, PersonFact, Source, WarningLevel
from workstation.roles import Actor, Role

Overrides = Mapping[str, tuple[str, Actor]]

TOGETHER = frozenset({"GH2a", "GH2b", "GH2c", "GH2d"})
"""Rows that may be overridden in an emergency only, for minutes, with a guard named."""


_OF_HEALTH = frozenset(fact.value for fact in PersonFact)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why a command is not recorded: every objection, hard and soft."""

    objections: tuple[Objection, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded. `corrects`: entry id for the header. `passed`: unmet rows that did not stop it."""

    events: tuple[Event, ...]
    breach: bool = False
    by_hand: bool = False
    corrects: str = ""
    passed: tuple[Objection, ...] = ()
    opens_stay: bool = False
    closes_stay: bool = False


def judge(
    command: Command | CentreCommand,
    *,
    report: bool,
    happened_at: datetime,
    overrides: Overrides,
    house: House,
    circumstances: Circumstances,
    number: str = "",
) -> Refusal | Decision:
    """The verdict on one command; never raises for values that can be decoded.

    `overrides`: gate → the reason and the second person who approved it. `number`: number of the stay, for
    BeginStay only. The stay must be in `house`, also one that ended long ago.
    """
    known = house.stay(command.stay) if isinstance(command, Command) else None
    latest = known or Stay(stay=command.stay if isinstance(command, Command) else "")
    asked = Asked(
        action=action_of(command),
        command=command,
        stay=as_of(latest, happened_at) if report else latest,
        latest=latest,
        house=house,
        circumstances=circumstances,
        at=happened_at,
        report=report,
    )
    malformed = problems(asked, number=number)
    if malformed:
        return Refusal(objections=malformed)
    unmet = ask(asked)
    free = at_liberty(asked)
    owed = tuple(one for one in unmet if free and one.gate.startswith("GR"))
    soft = tuple(one for one in unmet if one.kind is Kind.SOFT and one not in owed)
    hard = tuple(one for one in unmet if one.kind is Kind.HARD and one not in owed)
    passed = tuple(one for one in hard if not report and _overridden(one, overrides, asked))
    left = tuple(one for one in hard if one not in passed)
    if left and not report:
        return Refusal(objections=unmet)
    leaving = isinstance(command, c.Depart | c.ReleaseOnExpiry | c.LeaveForMedicalEmergency)
    debts = owed + tuple(one for one in left + passed if leaving and one.gate.startswith("GR"))
    breaches = tuple(one.gate for one in left) + _alone(asked)
    events = (
        *events_of(asked, number=number, unmet=tuple(one.gate for one in debts)),
        *_passed(asked, passed, overrides),
        *_breached(asked, breaches, left),
        *_owed(asked, debts, breaches + tuple(one.gate for one in passed)),
        *_duties(asked, soft),
    )
    return Decision(
        events=events,
        breach=bool(breaches),
        by_hand=_by_hand(command),
        corrects=command.entry if isinstance(command, c.CorrectEntry) else "",
        passed=unmet,
        opens_stay=isinstance(command, c.BeginStay),
        closes_stay=isinstance(command, c.Depart | c.ReleaseOnExpiry | c.ReportDeath),
    )


def at_liberty(asked: Asked) -> bool:
    """Whether nothing may hold the person against this departure.

    A release on expiry and a medical emergency always; a departure that is not into other custody when the
    person is no suspect, the release is decided, or a clock of liberty has run out.
    """
    command = asked.command
    if isinstance(command, c.ReleaseOnExpiry | c.LeaveForMedicalEmergency):
        return True
    if not isinstance(command, c.Depart) or command.outcome in INTO_CUSTODY:
        return False
    decided = asked.stay.outcome
    released = decided is not None and decided.is_release
    return (
        released or not asked.stay.is_suspect or bool(asked.circumstances.expired(asked.stay.stay, asked.at))
    )


def may_override(row: OverrideBy, actor: Actor) -> bool:
    """Whether `actor` has the authority that a row asks of the second person."""
    match row:
        case OverrideBy.NOBODY:
            return False
        case OverrideBy.SUPERVISOR:
            return actor.is_supervisor
        case OverrideBy.DUTY_LEADER:
            return Role.DUTY_LEADER in actor.roles
        case OverrideBy.LEGAL_OFFICER:
            return Role.LEGAL_OFFICER in actor.roles
        case OverrideBy.PHYSICIAN:
            return Role.PHYSICIAN in actor.roles


def warning_id(rule: str, subject: str, onset: datetime) -> str:
    """The same rule, subject and onset always make the same warning: 32 hex characters."""
    return _id("warning", rule, subject, str(to_ms(onset)))


def duty_id(gate: str, subject: str, opened: datetime) -> str:
    """The same row, subject and instant always make the same duty: 32 hex characters."""
    return _id("duty", gate, subject, str(to_ms(opened)))


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _overridden(one: Objection, overrides: Overrides, asked: Asked) -> bool:
    """A second person with the row's authority, a reason; together with others only with a guard named."""
    given = overrides.get(one.gate)
    if given is None:
        return False
    reason, second = given
    guard = getattr(asked.command, "guard", "") or asked.stay.presence.guard
    if one.gate in TOGETHER and not guard:
        return False
    alone = second.id == asked.circumstances.actor.id
    return bool(reason.strip()) and not alone and may_override(one.override, second)


def _alone(asked: Asked) -> tuple[str, ...]:
    """A locker handled by one person, as reported."""
    command = asked.command
    if not asked.report or not isinstance(command, c.StoreBag | c.TakeBag):
        return ()
    return () if command.second and command.second != command.custodian else ("GA0",)


def _passed(asked: Asked, passed: tuple[Objection, ...], overrides: Overrides) -> tuple[Event, ...]:
    found: list[Event] = []
    for one in passed:
        reason, second = overrides[one.gate]
        found.append(e.GateOverridden(gate=one.gate, action=asked.action, reason=reason, second=second.id))
        found.append(_red(asked, one.gate, one.values))
        if one.gate in TOGETHER:
            minutes = asked.circumstances.pack.threshold("together-min")
            found.append(_duty(asked, one.gate, WarningLevel.RED, minutes))
    return tuple(found)


def _breached(asked: Asked, gates: tuple[str, ...], left: tuple[Objection, ...]) -> tuple[Event, ...]:
    if not gates:
        return ()
    marked: Event = e.BreachMarked(gates=gates, action=asked.action)
    told = {one.gate: one.values for one in left}
    return (marked, *(_red(asked, gate, told.get(gate, {})) for gate in gates))


def _owed(asked: Asked, rows: tuple[Objection, ...], warned: tuple[str, ...]) -> tuple[Event, ...]:
    """A red duty for every row that a departure leaves open, with its red warning unless it has one."""
    found: list[Event] = []
    for one in rows:
        found.append(_duty(asked, one.gate, WarningLevel.RED))
        if one.gate not in warned:
            found.append(_red(asked, one.gate, one.values))
    return tuple(found)


def _duties(asked: Asked, soft: tuple[Objection, ...]) -> tuple[Event, ...]:
    found = [_duty(asked, one.gate, WarningLevel.YELLOW) for one in soft]
    if isinstance(asked.command, c.SeizeItem) and asked.command.emergency:
        minutes = asked.circumstances.pack.threshold("seizure-catch-up-min")
        found.append(_duty(asked, "GS6", WarningLevel.YELLOW, minutes))
    return tuple(found)


def _duty(asked: Asked, gate: str, level: WarningLevel, minutes: int | None = None) -> Event:
    row = asked.circumstances.pack.gate(gate)
    due = timedelta(minutes=(row.due_min if row else 0) if minutes is None else minutes)
    return e.DutyOpened(
        duty=duty_id(gate, asked.stay.stay, asked.at),
        gate=gate,
        level=level,
        owner=row.owner if row else Role.DUTY_LEADER.value,
        due_at=asked.at + due,
    )


def _red(asked: Asked, gate: str, told: Values) -> Event:
    """A red warning with the values of its row; what says something of the person's health stays out of it."""
    subject = asked.stay.stay
    values = {name: str(value) for name, value in told.items() if value not in _OF_HEALTH}
    return e.WarningRaised(
        warning=warning_id(gate, subject, asked.at),
        rule=gate,
        level=WarningLevel.RED,
        onset=asked.at,
        values={**values, "action": asked.action},
    )


def _by_hand(value: Any) -> bool:
    """Whether any value of the command was entered by hand in place of a device."""
    if isinstance(value, Source):
        return value.how is How.BY_HAND
    if isinstance(value, msgspec.Struct):
        return any(_by_hand(getattr(value, name)) for name in value.__struct_fields__)
    return False
