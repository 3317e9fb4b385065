"""Arithmetic of intervals: time used without its pauses, and when a limit is used up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from workstation.custody.circumstances import ClockLevel

ZERO = timedelta(0)


class Span(NamedTuple):
    """An interval; `end` is None while it lasts."""

    start: datetime
    end: datetime | None


def ms(span: timedelta) -> int:
    """Whole milliseconds."""
    return span // timedelta(milliseconds=1)


def joined(spans: Iterable[Span], start: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The parts of `spans` between `start` and `until`, overlapping ones made one."""
    cut = sorted(
        (max(one.start, start), min(one.end or until, until))
        for one in spans
        if one.start < until and (one.end is None or one.end > start)
    )
    found: list[tuple[datetime, datetime]] = []
    for begin, end in cut:
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def unpaused(start: datetime, until: datetime, pauses: Iterable[Span]) -> timedelta:
    """Time from `start` to `until` without the pauses; never negative."""
    if until <= start:
        return ZERO
    stopped = sum((end - begin for begin, end in joined(pauses, start, until)), ZERO)
    return until - start - stopped


def when_used(start: datetime, pauses: Iterable[Span], limit: timedelta, known: datetime) -> datetime | None:
    """When `limit` is used up, with the pauses known at `known`; None while an open pause leaves it open."""
    spans = list(pauses)
    open_ = any(one.start <= known and (one.end is None or one.end > known) for one in spans)
    left = limit
    at = start
    for begin, end in joined(spans, start, max(known, start)):
        if begin - at >= left:
            return at + left
        left -= begin - at
        at = end
    if open_ and at >= known:
        return None
    return at + left


def level_at(used: timedelta, blue_min: int, yellow_min: int, limit: timedelta) -> ClockLevel:
    """The level of a clock by the time used."""
    if used >= limit:
        return ClockLevel.RED
    if used >= timedelta(minutes=yellow_min):
        return ClockLevel.YELLOW
    return ClockLevel.BLUE if used >= timedelta(minutes=blue_min) else ClockLevel.NONE
