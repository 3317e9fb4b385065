"""A stay is the fold of its entries: every fact is derived, none is edited.

Entries are taken in the order in which things happened, then in the order of the record. A correction puts
another event and time in place of the entry it names; the replaced values are kept, because a limit that
was broken under an earlier value stays broken. Folding never raises: what this version does not know, or what
was erased, is counted and shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from workstation.custody import (
    care,
    effects,
    ground,
    interview,
    papers,
    person,
    presence,
    remarks,
    search,
)
from workstation.custody.care import CareKnown
from workstation.custody.effects import Property
from workstation.custody.events import EntryCorrected, Event, StayBegun
from workstation.custody.ground import Case, Decided, Ground, MeasureHeld
from workstation.custody.interview import Interviews
from workstation.custody.papers import Papers
from workstation.custody.person import Identity, Person
from workstation.custody.presence import ENDED, Departure, Presence, Status
from workstation.custody.recorded import AnyEvent, ErasedEvent, Recorded, UnknownEvent, replacement_of
from workstation.custody.remarks import Remarks
from workstation.custody.search import Searches
from workstation.custody.values import Capacity

replace = msgspec.structs.replace


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One correction of one entry. `before`: what stood there until then."""

    entry: str  # the correcting entry
    corrects: str
    before: AnyEvent
    before_at: datetime
    after: AnyEvent
    after_at: datetime
    reason: str
    actor: str
    at: datetime


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """One person's stay, by subject, as known from `entries` (in the order of the record)."""

    stay: str = ""
    presence: Presence = Presence()
    person: Person = Person()
    ground: Ground = Ground()
    searches: Searches = Searches()
    effects: Property = Property()
    care: CareKnown = CareKnown()
    interviews: Interviews = Interviews()
    papers: Papers = Papers()
    remarks: Remarks = Remarks()
    corrections: tuple[Correction, ...] = ()
    arrivals: tuple[datetime, ...] = ()  # every arrival ever recorded, corrected ones too
    unknown_kinds: frozenset[str] = frozenset()
    erased: int = 0
    entries: tuple[Recorded, ...] = ()
    newest: tuple[datetime, int] | None = None  # place of the last entry in the order of happening
    seq: int = -1

    @property
    def status(self) -> Status:
        return self.presence.status

    @property
    def ended(self) -> bool:
        """Departed, died or archived."""
        return self.presence.status in ENDED

    @property
    def number(self) -> str:
        return self.presence.number

    @property
    def capacity(self) -> Capacity | None:
        return self.presence.capacity

    @property
    def is_suspect(self) -> bool:
        return self.presence.capacity is Capacity.SUSPECT

    @property
    def arrived_at(self) -> datetime | None:
        return self.presence.arrived_at

    @property
    def entered_at(self) -> datetime | None:
        return self.presence.entered_at

    @property
    def room(self) -> str:
        return self.presence.room

    @property
    def band(self) -> str:
        return self.person.band

    @property
    def identity(self) -> Identity | None:
        return self.person.identity

    @property
    def case(self) -> Case | None:
        return self.ground.case

    @property
    def measure(self) -> MeasureHeld | None:
        return self.ground.measure

    @property
    def outcome(self) -> Decided | None:
        return self.ground.decided

    @property
    def departure(self) -> Departure | None:
        return self.presence.departure

    @property
    def last_entry(self) -> Recorded | None:
        """The newest entry of the record, late ones too."""
        return self.entries[-1] if self.entries else None


Step = Callable[[Any, Recorded], Any]


def _subjects() -> dict[type[Event], tuple[tuple[str, Step], ...]]:
    rows: dict[type[Event], tuple[tuple[str, Step], ...]] = {}
    subjects: tuple[tuple[str, Any], ...] = (
        ("presence", presence),
        ("person", person),
        ("ground", ground),
        ("searches", search),
        ("effects", effects),
        ("care", care),
        ("interviews", interview),
        ("papers", papers),
        ("remarks", remarks),
    )
    for name, module in subjects:
        for kind in module.EVENTS:
            rows[kind] = (*rows.get(kind, ()), (name, module.step))
    return rows


_SUBJECTS = _subjects()


def fold(entries: Iterable[Recorded], *, known_to: int | None = None, at: datetime | None = None) -> Stay:
    """The stay that `entries` make (any order, each seq once).

    `known_to`: only entries recorded up to this seq. `at`: only what had happened by this instant.
    """
    known = sorted(
        (one for one in entries if known_to is None or one.seq <= known_to), key=lambda one: one.seq
    )
    read, corrections = _corrected(known)
    if at is not None:
        read = [one for one in read if one.happened_at <= at]
    read.sort(key=_order)
    stay = Stay(
        stay=known[0].stay if known else "",
        corrections=tuple(corrections),
        arrivals=_arrivals(read, corrections),
        entries=tuple(known),
        seq=known[-1].seq if known else -1,
        newest=_order(read[-1]) if read else None,
    )
    for one in read:
        stay = _take(stay, one)
    return stay


def step(stay: Stay, recorded: Recorded) -> Stay:
    """The stay after one more entry: cheap when it happened last, else folded anew."""
    if recorded.seq <= stay.seq:
        if any(one.seq == recorded.seq for one in stay.entries):
            return stay
        return fold((*stay.entries, recorded))
    if isinstance(recorded.event, EntryCorrected) or (
        stay.newest is not None and _order(recorded) < stay.newest
    ):
        return fold((*stay.entries, recorded))
    arrivals = stay.arrivals
    if isinstance(recorded.event, StayBegun):
        arrivals = tuple(dict.fromkeys((*arrivals, recorded.event.arrived_at)))
    return replace(
        _take(stay, recorded),
        stay=stay.stay or recorded.stay,
        arrivals=arrivals,
        entries=(*stay.entries, recorded),
        newest=_order(recorded),
        seq=recorded.seq,
    )


def as_of(stay: Stay, at: datetime) -> Stay:
    """The stay as far as it had happened at `at`, with all that is known now; itself when nothing is later.

    Before its beginning there is no earlier state: then it is the stay as it is.
    """
    if stay.newest is None or at >= stay.newest[0]:
        return stay
    earlier = fold(stay.entries, at=at)
    return earlier if earlier.presence.begun else stay


def reading_of(stay: Stay, entry: str) -> Recorded | None:
    """The entry of this id as it reads now, corrections applied; None when the stay has no such entry."""
    read, _ = _corrected(stay.entries)
    return next((one for one in read if one.entry == entry), None)


def _order(recorded: Recorded) -> tuple[datetime, int]:
    return (recorded.happened_at, recorded.seq)


def _take(stay: Stay, recorded: Recorded) -> Stay:
    event = recorded.event
    if isinstance(event, UnknownEvent):
        return replace(stay, unknown_kinds=stay.unknown_kinds | {event.kind})
    if isinstance(event, ErasedEvent):
        return replace(stay, erased=stay.erased + 1)
    for name, subject_step in _SUBJECTS.get(type(event), ()):
        before = getattr(stay, name)
        after = subject_step(before, recorded)
        if after is not before:
            stay = replace(stay, **{name: after})
    return stay


def _corrected(known: Iterable[Recorded]) -> tuple[list[Recorded], list[Correction]]:
    """Entries as they read corrections applied; correcting entries say nothing more."""
    read: dict[str, Recorded] = {}
    corrections: list[Correction] = []
    for one in known:
        event = one.event
        if not isinstance(event, EntryCorrected):
            read[one.entry] = one
            continue
        target = read.get(one.corrects)
        if target is None:
            continue
        after = _replacement(event)
        corrections.append(
            Correction(
                entry=one.entry,
                corrects=one.corrects,
                before=target.event,
                before_at=target.happened_at,
                after=after,
                after_at=event.happened_at,
                reason=event.reason,
                actor=one.actor,
                at=one.happened_at,
            )
        )
        read[one.corrects] = replace(target, event=after, happened_at=event.happened_at)
    return list(read.values()), corrections


def _replacement(event: EntryCorrected) -> AnyEvent:
    try:
        return replacement_of(event)
    except (msgspec.MsgspecError, AttributeError, TypeError, UnicodeError):
        return UnknownEvent(kind="unreadable-correction")


def _arrivals(read: Iterable[Recorded], corrections: Iterable[Correction]) -> tuple[datetime, ...]:
    """Every value of the arrival that stood at any time, oldest first."""
    found = [one.before.arrived_at for one in corrections if isinstance(one.before, StayBegun)]
    found += [one.event.arrived_at for one in read if isinstance(one.event, StayBegun)]
    return tuple(dict.fromkeys(found))
