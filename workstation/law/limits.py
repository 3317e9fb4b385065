"""Simple limits beside the measures: delivery, first interrogation, notices, hand-over of case property."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from workstation.custody.circumstances import ClockLevel, ClockRun, ClockState, Explained
from workstation.custody.ground import MeasureHeld
from workstation.custody.stay import Stay
from workstation.custody.values import (
    INTO_CUSTODY,
    InterviewKind,
    Measure,
    NoticeKind,
    NoticeOutcome,
)
from workstation.law.pack import Pack
from workstation.law.spans import level_at, ms


def limits(stay: Stay, pack: Pack, now: datetime) -> Iterator[ClockState]:
    """The limits that apply to the stay at `now`."""
    detained = _first(stay, Measure.DETENTION, Measure.ARREST)
    measures = stay.ground.measures
    if measures and measures[0] is not detained:
        # Everything in a row counts together, whatever it was called, until a detention is decided.
        ends = [at for at in (detained.at if detained else None, stay.presence.ended_at) if at is not None]
        yield _limit("B12", pack, stay.arrived_at or measures[0].at, min(ends, default=None), now)
    if detained is not None:
        departed = stay.departure
        delivered = departed.at if departed and departed.outcome in INTO_CUSTODY else None
        talks = (
            one.opened
            for one in stay.interviews.interviews
            if one.type is InterviewKind.INTERROGATION and one.opened >= detained.at
        )
        yield _limit("T-DET-KSS", pack, detained.at, delivered, now)
        yield _limit("T-DET-IV", pack, detained.at, next(talks, None), now)
        yield _limit("T-DET-FAM", pack, detained.at, _family_told(stay, detained.at), now)
    elif stay.measure is not None and stay.measure.measure is not Measure.VOLUNTARY:
        began = stay.ground.measures[0].at
        yield _limit("T-FAM", pack, began, _family_told(stay, stay.arrived_at or began), now)
    for item in stay.effects.items:
        if item.seizure is not None:
            handed = item.settled.at if item.settled else None
            yield _limit("T-PROP", pack, item.seizure.at, handed, now, subject=item.item)


def _first(stay: Stay, *measures: Measure) -> MeasureHeld | None:
    return next((one for one in stay.ground.measures if one.measure in measures), None)


def _family_told(stay: Stay, since: datetime) -> datetime | None:
    """When the family was told, or a lawful reason not to was recorded."""
    told = (
        one.at
        for one in stay.papers.notices
        if one.notice in (NoticeKind.FAMILY, NoticeKind.GUARDIAN)
        and one.outcome is not NoticeOutcome.NOT_REACHED
        and one.at >= since
    )
    return next(told, None)


def _limit(
    name: str, pack: Pack, start: datetime, done: datetime | None, now: datetime, *, subject: str = ""
) -> ClockState:
    shape = pack.limit(name)
    limit = timedelta(minutes=shape.limit_min)
    stopped = done is not None and done <= now
    until = done if done is not None and stopped else now
    used = max(until - start, timedelta(0))
    running = ClockRun.EXPIRED if used >= limit else ClockRun.RUNNING
    state = ClockRun.STOPPED if stopped else running
    level = level_at(used, shape.blue_min, shape.yellow_min, limit)
    if stopped:
        level = ClockLevel.RED if used > limit else ClockLevel.NONE
    return ClockState(
        id=f"{name}/{subject}" if subject else name,
        title=f"clock.{name}",
        basis=shape.basis,
        liberty=shape.liberty,
        started_at=start,
        limit_ms=ms(limit),
        tier="",
        used_ms=ms(used),
        expires_at=start + limit,
        ended_at=done if stopped else None,
        state=state,
        level=level,
        breached=used > limit,
        earlier=False,
        explanation=(
            Explained(
                code="clock.why.basis",
                values={"basis": shape.basis, "pack": pack.name, "version": pack.version},
            ),
        ),
    )
