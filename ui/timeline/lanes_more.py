"""From the entries of a stay to its lanes: care, property, clocks, warnings, papers; and all nine together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.theme import Level
from ui.timeline.lanes import (
    Around,
    ByKind,
    Say,
    end_of,
    grouped,
    interview_lane,
    of,
    place_lane,
    present_lane,
    recording_lane,
)
from ui.timeline.marks import Lane, LaneKind, Mark, Style, lane
from ui.timeline.told import Told
from workstation.custody import events as e
from workstation.custody.circumstances import ClockRun, ClockState
from workstation.custody.values import Care, CareOutcome

_CARE_ICONS = {
    Care.MEAL: "meal", Care.WATER: "water", Care.REST: "wait", Care.MEDICINE: "medicine", Care.TOILET: "toilet",
}  # fmt: skip
_MEDICAL: dict[type[e.Event], str] = {
    e.HealthScreened: "doctor", e.IllnessReported: "ill", e.DoctorCalled: "doctor", e.MedicalOrdered: "medicine",
    e.SubstanceTested: "conformance", e.InjuryRecorded: "ill", e.ComplaintMade: "self", e.ForceUsed: "self-harm",
    e.FitnessExamined: "doctor", e.InjuriesCompared: "ill", e.HealthSheetFilled: "doctor",
}  # fmt: skip
_ITEMS = (e.ItemListed, e.ItemSeized, e.ItemSettled, e.CashCounted, e.PropertyCountedBlind)
_PAPERS: dict[type[e.Event], str] = {
    e.RightsServed: "document", e.NoticeGiven: "document", e.PaperSigned: "sign", e.PaperPrinted: "print",
    e.PaperAttached: "document", e.SheetFilled: "document", e.MeasureSet: "decide", e.TierExtended: "decide",
    e.OutcomeProposed: "document", e.OutcomeApproved: "approve", e.Departed: "depart", e.NoteAdded: "self",
}  # fmt: skip
_LEVELS = {"red": Level.RED, "yellow": Level.YELLOW, "blue": Level.BLUE}


def lanes_of(told: Sequence[Told], around: Around, say: Say) -> tuple[Lane, ...]:
    """The nine lanes of a stay, in their order."""
    by = grouped(told)
    builders: tuple[Callable[[ByKind, Around, Say], Lane], ...] = (
        place_lane, present_lane, interview_lane, recording_lane, care_lane, property_lane, clock_lane,
        warning_lane, paper_lane,
    )  # fmt: skip
    return tuple(build(by, around, say) for build in builders)


def care_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Checks as ticks; meals, water, rest, medicine and doctors below; restraints as bars."""
    checks = of(by, e.PersonChecked)
    marks = [Mark(one.row.seq, one.at, one.at, Style.TICK) for one in checks]
    for one in of(by, e.CareOffered):
        if isinstance(event := one.event, e.CareOffered):
            words = say.named(f"care.{event.care.value}")
            if event.outcome is CareOutcome.REFUSED:
                words = say("care.refused", care=words)
            marks.append(Mark(one.row.seq, one.at, one.at, Style.POINT, 1, words, _CARE_ICONS[event.care]))
    for kind, icon in _MEDICAL.items():
        marks += [Mark(one.row.seq, one.at, one.at, Style.POINT, 1, icon=icon) for one in of(by, kind)]
    marks += _restraints(by, end_of(by, around), say)
    count = say("lane.checks", n=len(checks)) if marks else ""
    return lane(LaneKind.CARE, say("lane.care"), count, marks, say("lane.care.empty"))


def _restraints(by: ByKind, end: float, say: Say) -> list[Mark]:
    marks, off = [], of(by, e.RestraintRemoved)
    for one in of(by, e.RestraintApplied):
        if isinstance(event := one.event, e.RestraintApplied):
            ends = [stop.at for stop in off if stop.at >= one.at and _frees(stop, event.which)]
            words = say.named(f"restraint-kind.{event.restraint.value}")
            marks.append(Mark(one.row.seq, one.at, min(ends, default=end), Style.STRONG, 2, words))
    return marks


def _frees(stop: Told, which: str) -> bool:
    named = getattr(stop.event, "which", "")
    return not named or named == which


def property_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Each bag while it lies in a locker; items listed, seized, counted and settled as ticks below."""
    end, marks = end_of(by, around), []
    weights: dict[str, int] = {}
    lines: dict[str, int] = {}
    inside: dict[str, tuple[Told, str]] = {}
    for one in of(by, e.BagWeighed, e.BagStored, e.BagTaken):
        match one.event:
            case e.BagWeighed() as event:
                weights[event.bag] = event.grams
            case e.BagStored() as event:
                inside[event.bag] = one, event.cell
            case e.BagTaken() as event if event.bag in inside:
                stored, cell = inside.pop(event.bag)
                line = lines.setdefault(event.bag, len(lines))
                marks.append(_bag(stored, one.at, line, event.bag, cell, weights, say))
    for bag, (stored, cell) in inside.items():
        line = lines.setdefault(bag, len(lines))
        marks.append(_bag(stored, max(end, stored.at), line, bag, cell, weights, say))
    items = of(by, *_ITEMS)
    marks += [Mark(one.row.seq, one.at, one.at, Style.TICK, max(1, len(lines))) for one in items]
    count = say("lane.bags", n=len(lines)) if lines else say("lane.items", n=len(items)) if items else ""
    return lane(LaneKind.PROPERTY, say("lane.property"), count, marks, say("lane.property.empty"))


def _bag(
    stored: Told, until: float, line: int, bag: str, cell: str, weights: dict[str, int], say: Say
) -> Mark:
    words = say("lane.property.bag", bag=bag, cell=cell)
    if bag in weights:
        words = f"{words} · {weights[bag]} g"
    return Mark(stored.row.seq, stored.at, until, Style.PLAIN, line, words)


def clock_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Each legal clock from its start to its end, its level as it is now; what ran over is red."""
    marks: list[Mark] = []
    end = end_of(by, around)
    clocks = [one for one in around.clocks if one.id != "CHECK"]
    clocks.sort(key=lambda one: (not one.liberty, one.started_at, one.id))
    for line, clock in enumerate(clocks):
        marks += _clock(clock, line, end, around, say)
    count = say("lane.clocks", n=len(clocks)) if clocks else ""
    empty = say("lane.clock.empty") if around.suspect else say("lane.clock.free")
    return lane(LaneKind.CLOCK, say("lane.clock"), count, marks, empty)


def _clock(clock: ClockState, line: int, end: float, around: Around, say: Say) -> list[Mark]:
    entry = next((why.entry for why in clock.explanation if why.entry in around.entries), "")
    seq = around.entries.get(entry, 0)
    begin = clock.started_at.timestamp()
    words = say.named(clock.title)
    if clock.limit_ms is not None:
        words = f"{words} {say.length(clock.limit_ms / 1000)}"
    if clock.state is ClockRun.UNKNOWN or clock.expires_at is None:
        stop = clock.ended_at.timestamp() if clock.ended_at else end
        style = Style.UNKNOWN if clock.state is ClockRun.UNKNOWN else Style.CLOCK
        return [Mark(seq, begin, max(begin, stop), style, line, words)]
    expires = clock.expires_at.timestamp()
    stopped = clock.ended_at.timestamp() if clock.ended_at else None
    until = expires if stopped is None else min(stopped, expires)
    level = _LEVELS.get(clock.level.value, Level.NONE)
    made = [Mark(seq, begin, max(begin, until), Style.CLOCK, line, words, level=level)]
    last = end if stopped is None else stopped
    if last > expires:
        over = say("lane.clock.over", span=say.length(last - expires))
        made.append(Mark(seq, expires, last, Style.OVER, line, over, level=Level.RED))
    if stopped is None or stopped >= expires:
        made.append(
            Mark(seq, expires, expires, Style.END, line, say("lane.clock.end", clock=say.named(clock.title)))
        )
    return made


def warning_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Warnings by their onset, breaches, and below them what is still owed."""
    marks = []
    for one in of(by, e.WarningRaised):
        if isinstance(event := one.event, e.WarningRaised):
            at, level = event.onset.timestamp(), _LEVELS[event.level.value]
            marks.append(Mark(one.row.seq, at, at, Style.LEVEL, 0, event.rule, level=level))
    for one in of(by, e.BreachMarked):
        words = say("lane.warning.breach")
        marks.append(Mark(one.row.seq, one.at, one.at, Style.LEVEL, 0, words, level=Level.RED))
    for one in of(by, e.DutyOpened):
        if isinstance(event := one.event, e.DutyOpened):
            words = say("lane.warning.duty", gate=event.gate)
            level = _LEVELS[event.level.value]
            marks.append(Mark(one.row.seq, one.at, one.at, Style.LEVEL, 1, words, level=level))
    count = say("lane.count", n=len(marks)) if marks else ""
    return lane(LaneKind.WARNING, say("lane.warning"), count, marks, say("lane.warning.empty"))


def paper_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Papers, notices and decisions above, notes below; what came late in yellow."""
    marks, papers = [], 0
    for kind, icon in _PAPERS.items():
        for one in of(by, kind):
            note = kind is e.NoteAdded
            papers += not note
            style = Style.LATE if one.row.late else Style.POINT
            words = "" if note else _paper(one, say)
            marks.append(
                Mark(one.row.seq, one.at, one.at, style, int(note), words, "late" if one.row.late else icon)
            )
    count = say("lane.papers", n=papers) if marks else ""
    return lane(LaneKind.PAPER, say("lane.paper"), count, marks, say("lane.paper.empty"))


def _paper(one: Told, say: Say) -> str:
    match one.event:
        case e.PaperSigned() | e.PaperPrinted() | e.PaperAttached() as event:
            return say.named(f"paper.{event.paper.value}")
        case e.NoticeGiven() as event:
            return say.named(f"notice-kind.{event.notice.value}")
        case _:
            return say.sayer.title(one.row)
