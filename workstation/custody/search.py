"""Body search, its findings, injuries, information capture and substance tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import Answer, FindingKind, Signature

replace = msgspec.structs.replace


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One search finding; `none` is a finding too."""

    finding: FindingKind
    what: str
    at: datetime


class Injury(msgspec.Struct, frozen=True, kw_only=True):
    """`none`: somebody looked and there was no injury."""

    none: bool
    region: str
    description: str
    cause: str
    statement: str
    photo: str
    at: datetime


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """One search; `ended` is None while it goes on."""

    officers: tuple[str, ...]
    place: str
    witness: str
    again: bool
    began: datetime
    ended: datetime | None = None
    findings: tuple[Found, ...] = ()
    injuries: tuple[Injury, ...] = ()
    signatures: tuple[Signature, ...] = ()


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """Information captured from the body: photo, prints, samples."""

    captures: tuple[str, ...]
    approver: str
    basis: str
    at: datetime


class Tested(msgspec.Struct, frozen=True, kw_only=True):
    """One drug or alcohol test."""

    substance: str
    result: str
    staff: tuple[str, ...]
    forced: bool
    approver: str
    at: datetime


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Injuries looked at again before departure."""

    new: Answer
    detail: str
    photo: str
    at: datetime


class Searches(msgspec.Struct, frozen=True, kw_only=True):
    """All searches of a stay and what they showed."""

    searches: tuple[Search, ...] = ()
    findings: tuple[Found, ...] = ()
    injuries: tuple[Injury, ...] = ()
    compared: Compared | None = None
    captures: tuple[Capture, ...] = ()
    tests: tuple[Tested, ...] = ()

    @property
    def open(self) -> Search | None:
        return self.searches[-1] if self.searches and self.searches[-1].ended is None else None

    @property
    def last_ended(self) -> datetime | None:
        ends = [one.ended for one in self.searches if one.ended]
        return max(ends) if ends else None

    @property
    def captured(self) -> frozenset[str]:
        return frozenset(name for one in self.captures for name in one.captures)


EVENTS = (
    e.SearchBegun,
    e.FindingRecorded,
    e.InjuryRecorded,
    e.SearchEnded,
    e.InformationCaptured,
    e.SubstanceTested,
    e.InjuriesCompared,
)


def step(known: Searches, recorded: Recorded) -> Searches:
    """Searches after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.SearchBegun() as event:
            begun = Search(
                officers=event.officers,
                place=event.place,
                witness=event.witness,
                again=event.again,
                began=at,
            )
            return replace(known, searches=(*known.searches, begun))
        case e.FindingRecorded() as event:
            found = Found(finding=event.finding, what=event.what, at=at)
            known = replace(known, findings=(*known.findings, found))
            return _newest(known, lambda one: replace(one, findings=(*one.findings, found)))
        case e.InjuryRecorded() as event:
            injury = Injury(
                none=event.none,
                region=event.region,
                description=event.description,
                cause=event.cause,
                statement=event.statement,
                photo=event.photo,
                at=at,
            )
            known = replace(known, injuries=(*known.injuries, injury))
            return _newest(known, lambda one: replace(one, injuries=(*one.injuries, injury)))
        case e.SearchEnded() as event:
            signers = event.signatures
            return _newest(known, lambda one: replace(one, ended=at, signatures=signers))
        case e.InformationCaptured() as event:
            capture = Capture(captures=event.captures, approver=event.approver, basis=event.basis, at=at)
            return replace(known, captures=(*known.captures, capture))
        case e.SubstanceTested() as event:
            tested = Tested(
                substance=event.substance,
                result=event.result,
                staff=event.staff,
                forced=event.forced,
                approver=event.approver,
                at=at,
            )
            return replace(known, tests=(*known.tests, tested))
        case e.InjuriesCompared() as event:
            compared = Compared(new=event.new, detail=event.detail, photo=event.photo, at=at)
            return replace(known, compared=compared)
        case _:
            return known


def _newest(known: Searches, change: Callable[[Search], Search]) -> Searches:
    if not known.searches:
        return known
    return replace(known, searches=(*known.searches[:-1], change(known.searches[-1])))
