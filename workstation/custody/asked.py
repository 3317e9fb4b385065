"""What a gate condition looks at, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import msgspec

from workstation.custody import facts
from workstation.custody.circumstances import Circumstances
from workstation.custody.commands import CentreCommand, Command
from workstation.custody.house import House
from workstation.custody.stay import Stay
from workstation.custody.values import Answer, How, Measure, PersonFact, Source
from workstation.roles import Sex

LATE = timedelta(seconds=2)
"""How far back a moment may lie and still be seen with the devices' present state."""

Values = Mapping[str, str | int]
C = TypeVar("C", bound=Command)


class Verdict(StrEnum):
    """Outcome of one condition. Unknown never satisfies; by hand satisfies where the pack's row says so."""

    MET = "met"
    BY_HAND = "by-hand"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with the values of its message. `strict`: nobody may override it this time."""

    verdict: Verdict
    values: Values = {}
    strict: bool = False


MET = Finding(verdict=Verdict.MET)
BY_HAND = Finding(verdict=Verdict.BY_HAND)
NOT_APPLICABLE = Finding(verdict=Verdict.NOT_APPLICABLE)


def unmet(*, strict: bool = False, **values: str | int) -> Finding:
    """The condition is known not to hold."""
    return Finding(verdict=Verdict.UNMET, values=values, strict=strict)


def unknown(*, strict: bool = False, **values: str | int) -> Finding:
    """Nobody knows whether the condition holds."""
    return Finding(verdict=Verdict.UNKNOWN, values=values, strict=strict)


def met_if(holds: bool, **values: str | int) -> Finding:
    """Met, or unmet with the values of its message."""
    return MET if holds else Finding(verdict=Verdict.UNMET, values=values)


def by_source(source: Source) -> Finding:
    """A reading by a device is met, one by hand is by hand, anything else is unmet."""
    if source.how in (How.DEVICE, How.SCANNED):
        return MET
    return BY_HAND if source.how is How.BY_HAND else unmet(how=source.how.value)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `command` is None when a screen asks what still stands in the way of `action`.

    `stay`: as it was at the moment asked about; `latest`: as it is known now. They differ for late reports only.
    """

    action: str
    command: Command | CentreCommand | None
    stay: Stay
    latest: Stay
    house: House
    circumstances: Circumstances
    at: datetime
    report: bool = False

    def told(self, kind: type[C]) -> C | None:
        """The command, when it is one of this kind."""
        return self.command if isinstance(self.command, kind) else None

    def running(self, room: str) -> Answer:
        """Whether the recording of `room` runs, as far as it is known at that moment: never for a late report."""
        late = self.circumstances.now - self.at > LATE
        return Answer.UNKNOWN if late else self.circumstances.recording.get(room, Answer.UNKNOWN)

    @property
    def day(self) -> date:
        """Local day on which it happens."""
        return self.circumstances.local(self.at).date()

    def within(self, start: str, end: str) -> bool:
        """Whether the local time lies between two thresholds in minutes after midnight, over midnight too."""
        local = self.circumstances.local(self.at)
        minute = local.hour * 60 + local.minute
        first = self.circumstances.pack.threshold(start)
        last = self.circumstances.pack.threshold(end)
        return first <= minute < last if first <= last else minute >= first or minute < last

    def staff_sex(self, staff: str) -> Sex:
        """Sex of a member of staff, unknown when not enrolled."""
        known = self.house.centre.staff.get(staff)
        return known.actor.sex if known else Sex.UNKNOWN


def holds(asked: Asked, name: str) -> Answer:
    """Whether a named predicate of the person holds at the moment asked about.

    `under-<n>` and `over-<n>` (n or older) are ages; every other name is a person fact. Pregnancy and nursing
    never hold for a man.
    """
    person = asked.stay.person
    if name.startswith(("under-", "over-")):
        side, _, years = name.partition("-")
        age = person.under if side == "under" else person.reached
        reached = age(int(years), asked.day)
        return Answer.UNKNOWN if reached is None else Answer.YES if reached else Answer.NO
    fact = PersonFact(name)
    if fact in (PersonFact.PREGNANT, PersonFact.NURSING) and person.sex is Sex.MALE:
        return Answer.NO
    return facts.answer(asked.stay, fact, asked.at)


def any_of(asked: Asked, names: frozenset[str]) -> tuple[Answer, str]:
    """Whether any named predicate holds, with its name; one that is unknown makes the answer unknown."""
    doubt = ""
    for name in sorted(names):
        answer = holds(asked, name)
        if answer is Answer.YES:
            return Answer.YES, name
        if answer is Answer.UNKNOWN:
            doubt = doubt or name
    return (Answer.UNKNOWN, doubt) if doubt else (Answer.NO, "")


def protected(asked: Asked) -> tuple[Answer, str]:
    """Whether the person belongs to those whom the law protects most (the pack's words `protected`)."""
    return any_of(asked, asked.circumstances.pack.words("protected"))


def measure_is(stay: Stay, *measures: Measure) -> bool:
    """Whether the measure in force is one of these."""
    return stay.measure is not None and stay.measure.measure in measures
