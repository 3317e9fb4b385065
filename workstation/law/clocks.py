"""Legal clocks of one stay at one instant, each with its explanation.

Elapsed time is exact, from the instant the law names; meals, rest, hospital and exits do not stop a clock,
only the restraints that the pack names do. A tier counts when its grounds, its rank, its order and its time were
right, whoever recorded it. A correction never hides a limit that ran out under the value it replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

import msgspec

from workstation.clock import Trust
from workstation.custody.asked import Asked, protected
from workstation.custody.circumstances import (
    Circumstances,
    ClockLevel,
    ClockRun,
    ClockState,
    Explained,
    MeasureRule,
)
from workstation.custody.ground import MeasureHeld, Tier
from workstation.custody.house import House
from workstation.custody.intake_rules import grounds_of
from workstation.custody.stay import Stay
from workstation.custody.tasks import check_due
from workstation.custody.values import Answer, Measure
from workstation.law.limits import limits
from workstation.law.pack import Pack
from workstation.law.shapes import MeasureShape, TierShape
from workstation.law.spans import Span, level_at, ms, unpaused, when_used


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One clock of a measure, or of several of one family in a row. `ended` is None while it runs."""

    shape: MeasureShape
    held: tuple[MeasureHeld, ...]
    start: datetime
    starts: tuple[datetime, ...]  # the start under every arrival that ever stood in the record
    ended: datetime | None


class ClocksOf(Mapping[str, tuple[ClockState, ...]]):
    """The clocks of one stay under its name, worked out when somebody looks: most commands meet no row that does."""

    def __init__(self, stay: Stay, circumstances: Circumstances, pack: Pack, house: House) -> None:
        self._stay = stay
        self._work_out = partial(clocks, stay, circumstances, pack, house)
        self._found: tuple[ClockState, ...] | None = None

    def __getitem__(self, stay: str) -> tuple[ClockState, ...]:
        if stay != self._stay.stay:
            raise KeyError(stay)
        if self._found is None:
            self._found = self._work_out()
        return self._found

    def __iter__(self) -> Iterator[str]:
        yield self._stay.stay

    def __len__(self) -> int:
        return 1


def clocks(stay: Stay, circumstances: Circumstances, pack: Pack, house: House) -> tuple[ClockState, ...]:
    """Every clock of the stay, measures first in their order, then the simple limits.

    `circumstances.now` is the instant looked at; only what is in `stay` is known.
    """
    if not stay.is_suspect:
        return ()
    now = circumstances.now
    asked = Asked(
        action="", command=None, stay=stay, latest=stay, house=house, circumstances=circumstances, at=now
    )
    found: list[ClockState] = []
    for run in _runs(stay, pack):
        found.append(_measure_clock(run, stay, pack, circumstances))
        if run.shape.measure is Measure.CONTINUED_QUESTIONING:
            # What is learned later is taken as true for the whole of the measure.
            at_start = msgspec.structs.replace(asked, at=max(run.start, now))
            if protected(at_start)[0] is Answer.YES:
                found.append(_protected_clock(run, pack, now))
    found.extend(limits(stay, pack, now))
    check = _check_clock(stay, now)
    return (*found, check) if check else tuple(found)


def _runs(stay: Stay, pack: Pack) -> list[Run]:
    """Clocks of measures in order: measures of one family that follow each other share one."""
    grouped: list[tuple[MeasureShape, list[MeasureHeld]]] = []
    for held in stay.ground.measures:
        shape = pack.clock_of(held.measure, held.at)
        if shape is None:
            continue
        if grouped and grouped[-1][0].family == shape.family:
            grouped[-1] = (shape, [*grouped[-1][1], held])
        else:
            grouped.append((shape, [held]))
    runs = []
    for place, (shape, held_) in enumerate(grouped):
        first = held_[0]
        arrivals = stay.arrivals if stay.arrived_at else ()
        if place == 0 and shape.start == "arrival" and stay.arrived_at is not None:
            start, starts = stay.arrived_at, arrivals
        else:
            start, starts = first.at, (first.at,)
        following = grouped[place + 1][1][0].at if place + 1 < len(grouped) else None
        if shape.afresh_on_transfer:
            for transfer in stay.ground.transfers:
                if transfer.at > start and (following is None or transfer.at < following):
                    start, starts = transfer.at, (transfer.at,)
        ends = [at for at in (following, stay.presence.ended_at) if at is not None]
        runs.append(
            Run(
                shape=shape,
                held=tuple(held_),
                start=start,
                starts=starts,
                ended=min(ends) if ends else None,
            )
        )
    return runs


def _pauses(run: Run, stay: Stay) -> tuple[Span, ...]:
    return tuple(Span(one.since, one.until) for one in stay.care.restraints if one.reason in run.shape.pauses)


def tier_in_force(
    run: Run, stay: Stay, pack: Pack, at: datetime, start: datetime
) -> tuple[TierShape, tuple[tuple[Tier, bool], ...]]:
    """The tier in force at `at` when the clock began at `start`, and each extension with whether it counts."""
    current = run.shape.tiers[0]
    reached = {current.tier}
    judged: list[tuple[Tier, bool]] = []
    pauses = _pauses(run, stay)
    for tier in stay.ground.tiers:
        began = max(run.held[0].at, run.start)
        if tier.at > at or tier.at < began or (run.ended and tier.at > run.ended):
            continue
        expiry = when_used(start, pauses, timedelta(hours=current.hours), tier.at)
        rule = pack.measure(tier.measure, tier.at)
        shape = pack.clock_of(tier.measure, tier.at)
        wanted = next((one for one in shape.tiers if one.tier == tier.tier), None) if shape else None
        counts = (
            rule is not None
            and wanted is not None
            and _granted(tier, rule, stay, reached)
            and wanted.hours > current.hours
            and (expiry is None or tier.at < expiry)
        )
        judged.append((tier, counts))
        if counts and wanted is not None:
            current = wanted
            reached.add(wanted.tier)
    return current, tuple(judged)


def _granted(tier: Tier, rule: MeasureRule, stay: Stay, reached: set[str]) -> bool:
    wanted = next((one for one in rule.tiers if one.tier == tier.tier), None)
    if wanted is None:
        return False
    given = grounds_of(tier.ground)
    grounds = not wanted.grounds or any(needed <= given for needed in wanted.grounds)
    rank = wanted.rank is None or tier.approver_rank >= wanted.rank
    case = stay.case
    kind = case is None or case.case_kind in wanted.cases
    return grounds and rank and kind and (not wanted.after or wanted.after in reached)


def _measure_clock(run: Run, stay: Stay, pack: Pack, circumstances: Circumstances) -> ClockState:
    now = circumstances.now
    until = min(now, run.ended) if run.ended else now
    pauses = _pauses(run, stay)
    tier, judged = tier_in_force(run, stay, pack, until, run.start)
    limit = timedelta(hours=tier.hours)
    used = unpaused(run.start, until, pauses)
    expires = when_used(run.start, pauses, limit, until)
    earlier = False
    for start in run.starts:
        if start < run.start:
            other, _ = tier_in_force(run, stay, pack, until, start)
            earlier = earlier or unpaused(start, until, pauses) > timedelta(hours=other.hours)
    over = used >= limit
    breached = used > limit or earlier
    paused = any(span.end is None and span.start <= now for span in pauses)
    if run.ended is not None and run.ended <= now:
        state = ClockRun.STOPPED
    elif over or earlier:
        state = ClockRun.EXPIRED
    else:
        state = ClockRun.PAUSED if paused else ClockRun.RUNNING
    stopped = state is ClockRun.STOPPED
    level = level_at(used, tier.blue_min, tier.yellow_min, limit - last_call(run.shape.liberty, pack))
    if stopped:
        level = ClockLevel.RED if breached else ClockLevel.NONE
    return ClockState(
        id=run.shape.family,
        title=f"clock.{run.shape.family}",
        basis=run.shape.basis,
        liberty=run.shape.liberty,
        started_at=run.start,
        limit_ms=ms(limit),
        tier=tier.tier,
        used_ms=ms(used),
        expires_at=expires,
        ended_at=run.ended if stopped else None,
        state=state,
        level=ClockLevel.RED if earlier else level,
        breached=breached,
        earlier=earlier,
        explanation=_explained(run, pauses, judged, tier, pack, earlier, circumstances),
    )


def last_call(liberty: bool, pack: Pack) -> timedelta:
    """How long before a limit of liberty red begins; being over the limit is said on its own."""
    return timedelta(minutes=pack.threshold("last-call-min") if liberty else 0)


def _explained(
    run: Run,
    pauses: tuple[Span, ...],
    judged: tuple[tuple[Tier, bool], ...],
    tier: TierShape,
    pack: Pack,
    earlier: bool,
    circumstances: Circumstances,
) -> tuple[Explained, ...]:
    def shown(at: datetime) -> str:
        return circumstances.local(at).strftime("%Y-%m-%d %H:%M:%S")

    rows = [
        Explained(
            code="clock.why.basis",
            values={"basis": run.shape.basis, "pack": pack.name, "version": pack.version},
            entry=run.held[-1].entry,
        ),
        Explained(code="clock.why.start", values={"at": shown(run.start)}, entry=run.held[0].entry),
    ]
    for one, counts in judged:
        code = "clock.why.tier" if counts else "clock.why.tier-void"
        rows.append(Explained(code=code, values={"tier": one.tier, "at": shown(one.at)}, entry=one.entry))
    for span in pauses:
        end = shown(span.end) if span.end else "…"
        rows.append(Explained(code="clock.why.pause", values={"from": shown(span.start), "to": end}))
    rows.append(Explained(code="clock.why.limit", values={"hours": tier.hours}))
    if not pauses:
        # The lenient reading leaves out the hour in which the period began; it is shown, never used.
        hour = run.start.replace(minute=0, second=0, microsecond=0)
        counted = hour if hour == run.start else hour + timedelta(hours=1)
        lenient = counted + timedelta(hours=tier.hours)
        rows.append(Explained(code="clock.why.lenient", values={"at": shown(lenient)}))
    if earlier:
        rows.append(Explained(code="clock.why.earlier"))
    if circumstances.trust is Trust.UNVERIFIED:
        rows.append(Explained(code="clock.why.unverified"))
    return tuple(rows)


def _protected_clock(run: Run, pack: Pack, now: datetime) -> ClockState:
    """The short limit of a protected person, beside the tier of the measure."""
    shape = pack.limit("T-CQ-4")
    limit = timedelta(minutes=shape.limit_min)
    until = min(now, run.ended) if run.ended else now
    used = until - run.start
    earlier = any(until - start > limit for start in run.starts)
    stopped = run.ended is not None and run.ended <= now
    over = used >= limit or earlier
    level = level_at(used, shape.blue_min, shape.yellow_min, limit - last_call(shape.liberty, pack))
    if stopped:
        level = ClockLevel.NONE
    return ClockState(
        id="T-CQ-4",
        title="clock.T-CQ-4",
        basis=shape.basis,
        liberty=True,
        started_at=run.start,
        limit_ms=ms(limit),
        tier=str(shape.limit_min // 60),
        used_ms=ms(used),
        expires_at=run.start + limit,
        ended_at=run.ended if stopped else None,
        state=ClockRun.STOPPED if stopped else ClockRun.EXPIRED if over else ClockRun.RUNNING,
        level=ClockLevel.RED if used > limit or earlier else level,
        breached=used > limit or earlier,
        earlier=earlier and used <= limit,
        explanation=(
            Explained(code="clock.why.basis", values=_of_pack(shape.basis, pack)),
            Explained(code="clock.why.protected"),
        ),
    )


def _of_pack(basis: str, pack: Pack) -> dict[str, str | int]:
    return {"basis": basis, "pack": pack.name, "version": pack.version}


def _check_clock(stay: Stay, now: datetime) -> ClockState | None:
    """The next check under the observation plan; blue at 75 %, yellow at 90 % of the interval."""
    plan, due = stay.care.plan, check_due(stay)
    if plan is None or due is None or stay.ended or not stay.room:
        return None
    interval = timedelta(minutes=plan.interval_min)
    start = due - interval
    used = max(now - start, timedelta(0))
    if used >= interval:
        level = ClockLevel.RED
    elif used * 10 >= interval * 9:
        level = ClockLevel.YELLOW
    else:
        level = ClockLevel.BLUE if used * 4 >= interval * 3 else ClockLevel.NONE
    return ClockState(
        id="CHECK",
        title="clock.CHECK",
        basis="",
        liberty=False,
        started_at=start,
        limit_ms=ms(interval),
        tier="",
        used_ms=ms(used),
        expires_at=due,
        ended_at=None,
        state=ClockRun.EXPIRED if used >= interval else ClockRun.RUNNING,
        level=level,
        breached=used > interval,
        earlier=False,
    )
