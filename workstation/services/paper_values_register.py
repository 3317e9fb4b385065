"""The register of a day: who came in, went out, came back and left, in the order of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from workstation.catalogue import Catalogue
from workstation.clock import from_ms
from workstation.custody.circumstances import Circumstances
from workstation.custody.house import House
from workstation.custody.stay import Stay
from workstation.custody.values import Sheet
from workstation.documents.exit_register import ExitRegister, Movement, RegisterLine
from workstation.services.paper_values_told import Told
from workstation.storage.record import Record

MOVEMENTS = frozenset(
    {
        "stay-begun/1",
        "temporary-exit-begun/1",
        "temporary-exit-ended/1",
        "escaped/1",
        "returned-after-escape/1",
        "died/1",
        "departed/1",
        "entry-corrected/1",
    }
)
"""Kinds of entries that may put a line into a register."""
_CHUNK = 200


def day_of(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """Begin and end of a local day `YYYY-MM-DD`; raises ValueError when it is none."""
    day = date.fromisoformat(text)
    after = day + timedelta(days=1)
    return datetime.combine(day, time(), zone), datetime.combine(after, time(), zone)


def stays_moved(record: Record, since: datetime) -> tuple[str, ...]:
    """Stays with a movement recorded after `since`, in the order of the record.

    What happened on a day was recorded then or later, so nothing before it is read.
    """
    low, high = 0, record.head().size
    while low < high:
        middle = (low + high) // 2
        found = record.entries(after_seq=middle, limit=1)
        if found and from_ms(found[0].header.recorded_at_ms) < since:
            low = middle + 1
        else:
            high = middle
    seen: dict[str, None] = {}
    while entries := record.entries(after_seq=low, limit=_CHUNK):
        for one in entries:
            if one.header.stay and one.header.kind in MOVEMENTS:
                seen[one.header.stay] = None
        low = entries[-1].seq
    return tuple(seen)


def exit_register(
    stays: Iterable[Stay], house: House, around: Circumstances, catalogue: Catalogue, language: str, day: str
) -> ExitRegister:
    """The register of a local day. `stays`: every stay that may have moved on it, and all that are open."""
    begin, end = day_of(day, around.zone)
    lines: list[RegisterLine] = []
    held = 0
    for stay in stays:
        told = Told(stay, house, around, catalogue, language)
        lines += [one for one in _movements(stay, told) if one.at is not None and begin <= one.at < end]
        here, left = stay.entered_at, stay.presence.ended_at
        held += here is not None and here < end and (left is None or left >= end)
    lines.sort(key=lambda one: (one.at or begin, one.number))
    return ExitRegister(day=day, over=around.now >= end, held=held, lines=tuple(lines))


def _movements(stay: Stay, told: Told) -> Iterator[RegisterLine]:
    here = stay.presence

    def line(
        at: datetime | None,
        movement: Movement,
        place: str,
        reason: str,
        officers: tuple[str, ...],
        approver: str = "",
        entry: str = "",
    ) -> RegisterLine:
        return RegisterLine(
            at=at,
            movement=movement,
            number=stay.number,
            person=_person(stay, told),
            place=place,
            reason=reason,
            officers=tuple(told.name(one) for one in officers),
            approver=told.name(approver) if approver else "",
            marks=told.flags_of(entry),
        )

    begun = stay.entries[0].entry if stay.entries else ""
    cause = stay.case.cause if stay.case else ""
    why = cause or told.line(Sheet.ARRIVAL, "purpose") or here.reason
    first = told.room(here.rooms[0].room) if here.rooms else ""
    yield line(here.entered_at, Movement.ENTRY, first, why, here.brought_by, entry=begun)
    for one in here.exits:
        yield line(
            one.began, Movement.EXIT, one.destination, one.reason, one.escorts, one.approver, one.entry
        )
        if one.ended is not None and one.ended != here.ended_at:
            back = next((room.room for room in here.rooms if room.since >= one.ended), "")
            yield line(one.ended, Movement.RETURN, told.room(back), one.reason, one.escorts)
    for happened in here.happenings:
        movement = _HAPPENED.get(happened.kind)
        if movement is not None:
            yield line(happened.at, movement, "", happened.what, (), entry=happened.entry)
    gone = here.departure
    if gone is not None:
        decided = stay.outcome
        approver = decided.approver if decided else ""
        outcome = told.said(gone.outcome)
        yield line(gone.at, Movement.DEPARTURE, gone.destination, outcome, gone.escorts, approver, gone.entry)


_HAPPENED = {"escaped": Movement.ESCAPE, "returned": Movement.RETURN, "died": Movement.DEATH}


def _person(stay: Stay, told: Told) -> str:
    name = stay.identity.name if stay.identity else ""
    if not name:
        return ""
    age = told.age()
    said = told.say("paper.unknown") if age is None else str(age)
    return told.say(
        "paper.register.whom", name=name, sex=told.say(f"paper.sex.{stay.person.sex.value}"), age=said
    )
