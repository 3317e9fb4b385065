"""What stands beside a stay: duties, warnings, breaches, overrides, notes, reviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import WarningLevel

replace = msgspec.structs.replace


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """Something owed; `closed_at` is None while it is."""

    duty: str
    gate: str
    level: WarningLevel
    owner: str
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """One warning on this stay; `onset` is never overwritten."""

    warning: str
    rule: str
    level: WarningLevel
    onset: datetime
    values: Mapping[str, str]
    raised_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """Gate rows against which something happened."""

    gates: tuple[str, ...]
    action: str
    at: datetime
    actor: str
    entry: str


class Overridden(msgspec.Struct, frozen=True, kw_only=True):
    """A gate row that two persons passed with a reason."""

    gate: str
    action: str
    reason: str
    second: str
    at: datetime
    actor: str
    entry: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A free note."""

    text: str
    at: datetime
    actor: str
    entry: str


class Remarks(msgspec.Struct, frozen=True, kw_only=True):
    """Duties, warnings, breaches, overrides and notes of a stay."""

    duties: tuple[Duty, ...] = ()
    warnings: tuple[Warned, ...] = ()
    breaches: tuple[Breach, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    notes: tuple[Note, ...] = ()
    review: str = ""

    @property
    def open_duties(self) -> tuple[Duty, ...]:
        return tuple(one for one in self.duties if one.closed_at is None)

    @property
    def open_warnings(self) -> tuple[Warned, ...]:
        return tuple(one for one in self.warnings if one.closed_at is None)

    @property
    def owing(self) -> bool:
        """Whether a duty or a warning is open."""
        return bool(self.open_duties or self.open_warnings)


EVENTS = (
    e.DutyOpened,
    e.DutyClosed,
    e.WarningRaised,
    e.WarningAcknowledged,
    e.WarningClosed,
    e.BreachMarked,
    e.GateOverridden,
    e.NoteAdded,
    e.StayArchived,
)


def step(known: Remarks, recorded: Recorded) -> Remarks:
    """Remarks after one more entry, taken in order of happening."""
    at, actor = recorded.happened_at, recorded.actor
    match recorded.event:
        case e.DutyOpened() as event:
            duty = Duty(
                duty=event.duty,
                gate=event.gate,
                level=event.level,
                owner=event.owner,
                due_at=event.due_at,
                opened_at=at,
            )
            return replace(known, duties=(*known.duties, duty))
        case e.DutyClosed() as event:
            owed = event.duty
            return replace(
                known,
                duties=_on(
                    known.duties,
                    lambda one: one.duty == owed and one.closed_at is None,
                    closed_at=at,
                    closed_by=actor,
                    reason=event.reason,
                ),
            )
        case e.WarningRaised() as event:
            if any(one.warning == event.warning and one.closed_at is None for one in known.warnings):
                return known
            warned = Warned(
                warning=event.warning,
                rule=event.rule,
                level=event.level,
                onset=event.onset,
                values=event.values,
                raised_at=at,
            )
            return replace(known, warnings=(*known.warnings, warned))
        case e.WarningAcknowledged() as event:
            seen = event.warning
            return replace(
                known,
                warnings=_on(
                    known.warnings,
                    lambda one: one.warning == seen and one.acknowledged_at is None,
                    acknowledged_at=at,
                    acknowledged_by=actor,
                ),
            )
        case e.WarningClosed() as event:
            done = event.warning
            return replace(
                known,
                warnings=_on(
                    known.warnings,
                    lambda one: one.warning == done and one.closed_at is None,
                    closed_at=at,
                    closed_by=actor,
                    reason=event.reason,
                ),
            )
        case e.BreachMarked() as event:
            breach = Breach(gates=event.gates, action=event.action, at=at, actor=actor, entry=recorded.entry)
            return replace(known, breaches=(*known.breaches, breach))
        case e.GateOverridden() as event:
            passed = Overridden(
                gate=event.gate,
                action=event.action,
                reason=event.reason,
                second=event.second,
                at=at,
                actor=actor,
                entry=recorded.entry,
            )
            return replace(known, overrides=(*known.overrides, passed))
        case e.NoteAdded() as event:
            note = Note(text=event.text, at=at, actor=actor, entry=recorded.entry)
            return replace(known, notes=(*known.notes, note))
        case e.StayArchived() as event:
            return replace(known, review=event.review)
        case _:
            return known


def _on(rows: tuple[Any, ...], wanted: Callable[[Any], bool], **changes: object) -> tuple[Any, ...]:
    return tuple(replace(one, **changes) if wanted(one) else one for one in rows)
