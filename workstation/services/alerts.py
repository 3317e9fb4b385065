"""Warnings, duties and clocks near their end of every stay that is held: what is open, and the figures of a day.

A person who left is here as long as something about their stay is open. `circumstances_for` gives the clocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

import msgspec

from workstation.custody.circumstances import (
    Circumstances,
    ClockLevel,
    ClockRun,
    ClockState,
    Explained,
    PackView,
)
from workstation.custody.house import House
from workstation.custody.remarks import Duty, Warned
from workstation.custody.stay import Stay

DAY = timedelta(hours=24)
TEN_MIN = timedelta(minutes=10)
TOP = 10
_LEVELS = ("red", "yellow", "blue")
CLOCK_CURES: Mapping[str, tuple[str, ...]] = {
    "CHECK": ("check-person",),
    "T-FAM": ("give-notice",),
    "T-DET-FAM": ("give-notice",),
    "T-DET-IV": ("open-interview",),
    "T-PROP": ("settle-item",),
}
"""Clock → the actions that end it. A clock of liberty is extended, decided or ended by leaving."""
LIBERTY_CURES = ("extend-tier", "propose-outcome", "depart")


class AlertSort(StrEnum):
    """What an alert is."""

    WARNING = "warning"
    DUTY = "duty"
    CLOCK = "clock"


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One warning, duty or clock.

    `code`: gate row, rule or catalogue code of the clock; `begun_at`: its onset; `owner`: role or staff id, empty
    where nobody is named; `cures`: actions that end it, most lawful first; `basis`: article; `left`: the person is
    no longer in the centre; `closed_at` None while it is open.
    """

    sort: AlertSort
    id: str
    stay: str
    number: str
    name: str
    room: str
    level: str
    code: str
    values: Mapping[str, str]
    begun_at: datetime
    due_at: datetime | None = None
    owner: str = ""
    basis: str = ""
    cures: tuple[str, ...] = ()
    explanation: tuple[Explained, ...] = ()
    left: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""


class Often(msgspec.Struct, frozen=True, kw_only=True):
    """How often a rule warned in the day, and how many of these are open."""

    code: str
    count: int
    open: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What the record says of the last 24 hours; warnings and duties, no clocks.

    `last_hour`, `raised`: how many began in the hour and the day; `peak`, `peak_at`: most in ten minutes and their
    beginning; `acknowledged_ms`: level → median from onset to acknowledgement of warnings, without the levels of
    which none was acknowledged; `waiting`: open warnings that nobody has acknowledged; `late`: open and past due.
    """

    last_hour: int
    raised: int
    peak: int
    peak_at: datetime | None
    acknowledged: int
    acknowledged_ms: Mapping[str, int]
    median_ms: int | None
    waiting: int
    late: int
    top: tuple[Often, ...]


class Alerts(msgspec.Struct, frozen=True, kw_only=True):
    """`open`: everything open; `closed`: warnings and duties closed in the last 24 hours, newest first."""

    position: int
    now: datetime
    open: tuple[Alert, ...]
    closed: tuple[Alert, ...]
    figures: Figures


def alerts_of(house: House, circumstances_for: Callable[[Stay], Circumstances], now: datetime) -> Alerts:
    """The alerts of every stay of `house`."""
    noted: list[Alert] = []
    clocks: list[Alert] = []
    for stay in house.stays.values():
        if not stay.presence.begun:
            continue
        around = circumstances_for(stay)
        noted += _noted(stay, around.pack)
        if not stay.ended:
            clocks += [_clock(stay, one) for one in around.clocks.get(stay.stay, ()) if _presses(one)]
    pending = [one for one in noted if one.closed_at is None]
    closed = [one for one in noted if one.closed_at is not None and one.closed_at > now - DAY]
    return Alerts(
        position=house.seq,
        now=now,
        open=(*pending, *clocks),
        closed=tuple(sorted(closed, key=lambda one: one.closed_at or now, reverse=True)),
        figures=figures_of(noted, clocks, now),
    )


def figures_of(noted: list[Alert], clocks: list[Alert], now: datetime) -> Figures:
    """The figures of a day; `noted`: warnings and duties, open and closed."""
    begun = sorted(one.begun_at for one in noted if now - DAY < one.begun_at <= now)
    peak, peak_at = _peak(begun)
    answered: dict[str, list[int]] = {}
    for one in noted:
        if one.acknowledged_at is not None and one.acknowledged_at > now - DAY:
            waited = one.acknowledged_at - one.begun_at
            answered.setdefault(one.level, []).append(max(0, round(waited.total_seconds() * 1000)))
    every = [each for waits in answered.values() for each in waits]
    recent = Counter(one.code for one in noted if now - DAY < one.begun_at <= now)
    pending = [one for one in noted if one.closed_at is None]
    still = Counter(one.code for one in pending)
    return Figures(
        last_hour=sum(1 for at in begun if at > now - timedelta(hours=1)),
        raised=len(begun),
        peak=peak,
        peak_at=peak_at,
        acknowledged=len(every),
        acknowledged_ms={level: round(median(answered[level])) for level in _LEVELS if level in answered},
        median_ms=round(median(every)) if every else None,
        waiting=sum(1 for one in pending if one.sort is AlertSort.WARNING and one.acknowledged_at is None),
        late=sum(1 for one in (*pending, *clocks) if one.due_at is not None and one.due_at < now),
        top=tuple(
            Often(code=code, count=count, open=still[code])
            for code, count in sorted(recent.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]
        ),
    )


def _peak(begun: list[datetime]) -> tuple[int, datetime | None]:
    """Most beginnings within ten minutes, and the first of them. `begun` is sorted."""
    most, at, first = 0, None, 0
    for last, instant in enumerate(begun):
        while instant - begun[first] >= TEN_MIN:
            first += 1
        if last - first + 1 > most:
            most, at = last - first + 1, begun[first]
    return most, at


def _noted(stay: Stay, pack: PackView) -> Iterator[Alert]:
    for warned in stay.remarks.warnings:
        yield _warning(stay, warned, pack)
    for duty in stay.remarks.duties:
        yield _duty(stay, duty, pack)


def _warning(stay: Stay, warned: Warned, pack: PackView) -> Alert:
    row = pack.gate(warned.rule)
    return Alert(
        sort=AlertSort.WARNING,
        id=warned.warning,
        stay=stay.stay,
        number=stay.number,
        name=_name(stay),
        room=stay.room,
        level=str(warned.level),
        code=warned.rule,
        values=warned.values,
        begun_at=warned.onset,
        owner=row.owner if row else "",
        basis=row.basis if row else "",
        cures=_cures(row.cure if row else ""),
        left=stay.ended,
        acknowledged_at=warned.acknowledged_at,
        acknowledged_by=warned.acknowledged_by,
        closed_at=warned.closed_at,
        closed_by=warned.closed_by,
        reason=warned.reason,
    )


def _duty(stay: Stay, duty: Duty, pack: PackView) -> Alert:
    row = pack.gate(duty.gate)
    return Alert(
        sort=AlertSort.DUTY,
        id=duty.duty,
        stay=stay.stay,
        number=stay.number,
        name=_name(stay),
        room=stay.room,
        level=str(duty.level),
        code=duty.gate,
        values={},
        begun_at=duty.opened_at,
        due_at=duty.due_at,
        owner=duty.owner,
        basis=row.basis if row else "",
        cures=_cures(row.cure if row else ""),
        left=stay.ended,
        closed_at=duty.closed_at,
        closed_by=duty.closed_by,
        reason=duty.reason,
    )


def _clock(stay: Stay, clock: ClockState) -> Alert:
    return Alert(
        sort=AlertSort.CLOCK,
        id=clock.id,
        stay=stay.stay,
        number=stay.number,
        name=_name(stay),
        room=stay.room,
        level=str(clock.level),
        code=clock.title,
        values={},
        begun_at=clock.started_at,
        due_at=clock.expires_at,
        basis=clock.basis,
        cures=LIBERTY_CURES if clock.liberty else CLOCK_CURES.get(clock.id, ()),
        explanation=clock.explanation,
    )


def _presses(clock: ClockState) -> bool:
    return clock.level is not ClockLevel.NONE and clock.state in (ClockRun.RUNNING, ClockRun.EXPIRED)


def _cures(cure: str) -> tuple[str, ...]:
    return (cure,) if cure else ()


def _name(stay: Stay) -> str:
    return stay.identity.name if stay.identity else ""
