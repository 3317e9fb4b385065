"""From the entries of a stay to its lanes: where, who, interviews, recordings. No widgets in here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ui.context import Context, span
from ui.entries import Sayer
from ui.theme import Level
from ui.timeline.marks import Lane, LaneKind, Mark, Style, lane
from ui.timeline.told import Told
from workstation.custody import events as e
from workstation.custody.circumstances import ClockState
from workstation.custody.values import Answer
from workstation.services.timeline_conflicts import Conflict

SHORTEST_GAP_S = 2.0
_GONE = (e.Departed, e.Died)
_WHEREABOUTS = (
    e.StayBegun, e.RoomEntered, e.TemporaryExitBegun, e.TemporaryExitEnded, e.Escaped, e.ReturnedAfterEscape, *_GONE,
)  # fmt: skip
Span = tuple[float, float]
ByKind = Mapping[type[e.Event], list[Told]]


@dataclass(frozen=True)
class Around:
    """What the lanes need beside the entries. `now`: seconds since 1970; `demanded`: interviews to be recorded whole."""

    now: float
    suspect: bool = True
    clocks: tuple[ClockState, ...] = ()
    demanded: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    entries: Mapping[str, int] = field(default_factory=dict)  # id → number


class Say:
    """The words of the lanes in the language of the moment."""

    def __init__(self, context: Context, sayer: Sayer) -> None:
        self.context, self.sayer = context, sayer

    def __call__(self, code: str, **values: object) -> str:
        return self.context.words(f"timeline.{code}", **values)

    def named(self, code: str) -> str:
        """A sentence of the catalogue by its whole code."""
        return self.context.words(code)

    def room(self, room: str) -> str:
        return self.context.room_name(room)

    def people(self, staff: Sequence[str]) -> str:
        return " ".join(self.sayer.person(one) for one in staff if one)

    def length(self, seconds: float) -> str:
        """How long, as 1:46 or 12 min."""
        from datetime import timedelta

        text = span(timedelta(seconds=seconds))
        return text if ":" in text else self.named_minutes(text)

    def named_minutes(self, minutes: str) -> str:
        return self.context.words("entries.minutes", minutes=minutes)


def grouped(told: Sequence[Told]) -> ByKind:
    """The readable entries by the class of their event."""
    by: dict[type[e.Event], list[Told]] = defaultdict(list)
    for one in told:
        if one.event is not None:
            by[type(one.event)].append(one)
    return by


def of(by: ByKind, *kinds: type[e.Event]) -> list[Told]:
    """Entries of some kinds, in the order of happening."""
    if len(kinds) == 1:
        return by.get(kinds[0], [])
    found = [one for kind in kinds for one in by.get(kind, [])]
    return sorted(found, key=lambda one: (one.at, one.row.seq))


def end_of(by: ByKind, around: Around) -> float:
    """When the stay ended, or now."""
    ends = [
        one.at for one in of(by, *_GONE) if not (isinstance(one.event, e.Departed) and one.event.emergency)
    ]
    return min(ends, default=around.now)


def place_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Where the person was by the room log, with what the log does not say drawn as open."""
    end, marks = end_of(by, around), []
    moves = of(by, *_WHEREABOUTS)
    for number, one in enumerate(moves):
        until = moves[number + 1].at if number + 1 < len(moves) else max(end, one.at)
        begin = one.at
        match one.event:
            case e.StayBegun() as event:
                begin, style, words = (
                    min(event.entered_at.timestamp(), until),
                    Style.DASHED,
                    say("place.none"),
                )
            case e.RoomEntered() as event:
                style, words = Style.PLAIN, say.room(event.room)
            case e.TemporaryExitBegun() as event:
                style, words = Style.DASHED, say("place.out", destination=event.destination)
            case e.Escaped():
                style, words = Style.UNKNOWN, say("place.escaped")
            case e.Departed() as event if event.emergency:
                style, words = Style.DASHED, say("place.hospital", destination=event.destination)
            case e.TemporaryExitEnded() | e.ReturnedAfterEscape():
                style, words = Style.DASHED, say("place.none")
            case _:
                continue
        if until > begin:
            marks.append(Mark(one.row.seq, begin, until, style, words=words))
    count = say("lane.segments", n=len(marks))
    for conflict in around.conflicts:
        if conflict.code in ("two-places", "outside"):
            since, until = conflict.since.timestamp(), conflict.until.timestamp()
            seq = around.entries.get(conflict.other, 0)
            marks.append(Mark(seq, since, until, Style.CONFLICT, words=say(f"conflict.{conflict.code}")))
    return lane(LaneKind.PLACE, say("lane.place"), count if marks else "", marks, say("lane.place.empty"))


def present_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Who was with the person: officers on the first line, the guard on the second."""
    end, marks = end_of(by, around), []
    staff: set[str] = set()
    for one, until in _pairs(by, e.InterviewOpened, e.InterviewEnded, end):
        officers = one.event.officers if isinstance(one.event, e.InterviewOpened) else ()
        marks.append(_officers(one, until, officers, say))
        staff.update(officers)
    searches, search_ends = of(by, e.SearchBegun), [one.at for one in of(by, e.SearchEnded)]
    for one in searches:
        officers = one.event.officers if isinstance(one.event, e.SearchBegun) else ()
        until = min((at for at in search_ends if at >= one.at), default=end)
        marks.append(_officers(one, until, officers, say))
        staff.update(officers)
    watch = of(by, e.RoomEntered, e.GuardHandedOver, e.TemporaryExitBegun)
    guard = ""
    for number, one in enumerate(watch):
        until = watch[number + 1].at if number + 1 < len(watch) else end
        match one.event:
            case e.RoomEntered() as event:
                guard = event.guard or guard
            case e.GuardHandedOver() as event:
                guard = event.to_staff
            case e.TemporaryExitBegun() as event:
                guard = ""
                marks.append(_officers(one, until, event.escorts, say))
                staff.update(event.escorts)
        before = marks[-1] if marks else None
        if not guard or until <= one.at:
            continue
        staff.add(guard)
        words = say.people([guard])
        if before is not None and before.line == 1 and before.words == words and before.end == one.at:
            marks[-1] = Mark(before.seq, before.begin, until, Style.DASHED, 1, words)
        else:
            marks.append(Mark(one.row.seq, one.at, until, Style.DASHED, 1, words))
    count = say("lane.staff", n=len(staff)) if staff else ""
    return lane(LaneKind.PRESENT, say("lane.present"), count, marks, say("lane.present.empty"))


def _officers(one: Told, until: float, staff: Sequence[str], say: Say) -> Mark:
    brief = say("lane.persons", n=len(staff))
    return Mark(one.row.seq, one.at, until, Style.PLAIN, words=say.people(staff), brief=brief)


def interview_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """Interviews by number with their length; breaks cut into them; marks and evidence on the second line."""
    end, marks = end_of(by, around), []
    talks = _pairs(by, e.InterviewOpened, e.InterviewEnded, end)
    for number, (one, until) in enumerate(talks, start=1):
        length = say.length(until - one.at)
        words = say("lane.interview.nth", n=number, span=length)
        marks.append(Mark(one.row.seq, one.at, until, Style.STRONG, words=words, brief=length))
    for one, until in _pairs(by, e.InterviewBroken, e.InterviewResumed, end):
        name = getattr(one.event, "interview", "")
        until = min([until, *(stop for talk, stop in talks if _interview(talk) == name)])
        marks.append(Mark(one.row.seq, one.at, until, Style.DASHED, words=say("lane.interview.break")))
    for one in of(by, e.InterviewMarked, e.EvidenceShown):
        icon = "mark" if isinstance(one.event, e.InterviewMarked) else "evidence"
        marks.append(Mark(one.row.seq, one.at, one.at, Style.POINT, 1, icon=icon))
    count = say("lane.times", n=len(talks)) if talks else ""
    return lane(LaneKind.INTERVIEW, say("lane.interview"), count, marks, say("lane.interview.empty"))


def recording_lane(by: ByKind, around: Around, say: Say) -> Lane:
    """What was recorded, and what of an interview was not: red where the law wants the whole, else yellow."""
    end, marks = end_of(by, around), []
    sealed = {
        one.event.recording: one
        for one in of(by, e.RecordingSealed)
        if isinstance(one.event, e.RecordingSealed)
    }
    begun = {
        one.event.recording: one
        for one in of(by, e.RecordingStarted)
        if isinstance(one.event, e.RecordingStarted)
    }
    covered: dict[str, list[Span]] = defaultdict(list)
    losses: list[tuple[e.RecordingSealed, Told]] = []
    for name, one in {**begun, **sealed}.items():
        first = begun.get(name, one)
        if isinstance(one.event, e.RecordingSealed):
            room, since, until = (
                one.event.room,
                one.event.began_at.timestamp(),
                one.event.ended_at.timestamp(),
            )
            losses += [(one.event, one)] if one.event.gaps else []
        else:
            room, since, until = getattr(one.event, "room", ""), one.at, end
        covered[room].append((since, until))
        marks.append(Mark(first.row.seq, since, until, Style.RECORDING, words=say.room(room)))
    missing = 0
    for talk, until in _pairs(by, e.InterviewOpened, e.InterviewEnded, end):
        event = talk.event
        if not isinstance(event, e.InterviewOpened):
            continue
        level = Level.RED if event.interview in around.demanded else Level.YELLOW
        breaks = [
            (one.at, stop)
            for one, stop in _pairs(by, e.InterviewBroken, e.InterviewResumed, until)
            if _interview(one) == event.interview
        ]
        known = bool(covered[event.room]) or event.recording is Answer.NO
        style = Style.GAP if known else Style.UNKNOWN
        words = "" if known else say("recording.unknown")
        for since, stop in _without((talk.at, until), covered[event.room] + breaks):
            missing += style is Style.GAP
            marks.append(Mark(talk.row.seq, since, stop, style, words=words, level=level))
    for loss, one in losses:
        at = loss.ended_at.timestamp()
        words = say("recording.loss", n=loss.gaps, seconds=max(1, round(loss.gap_ms / 1000)))
        missing += loss.gaps
        level = Level.RED if _demanded(by, loss, around, end) else Level.YELLOW
        marks.append(Mark(one.row.seq, at, at, Style.LOSS, 1, words=words, level=level))
    unknown = sum(mark.style is Style.UNKNOWN for mark in marks)
    count = say("lane.times", n=len(begun | sealed)) if marks else ""
    if missing:
        count = say("lane.missing", n=missing)
    elif unknown:
        count = say("lane.unknown", n=unknown)
    return lane(LaneKind.RECORDING, say("lane.recording"), count, marks, say("lane.recording.empty"))


def _demanded(by: ByKind, loss: e.RecordingSealed, around: Around, end: float) -> bool:
    since, until = loss.began_at.timestamp(), loss.ended_at.timestamp()
    return any(
        _interview(talk) in around.demanded and talk.at < until and stop > since
        for talk, stop in _pairs(by, e.InterviewOpened, e.InterviewEnded, end)
    )


def _interview(told: Told) -> str:
    return str(getattr(told.event, "interview", ""))


def _pairs(by: ByKind, opens: type[e.Event], closes: type[e.Event], end: float) -> list[tuple[Told, float]]:
    """Each opening of an interview (or break) with its close: the first of the same interview after it, else `end`."""
    closing = of(by, closes)
    found = []
    for one in of(by, opens):
        stops = [stop.at for stop in closing if stop.at >= one.at and _interview(stop) == _interview(one)]
        found.append((one, min(stops, default=max(end, one.at))))
    return found


def _without(whole: Span, parts: Sequence[Span]) -> list[Span]:
    """What is left of a stretch of time when others are taken out."""
    left, at = [], whole[0]
    for begin, end in sorted(parts):
        if begin - at > SHORTEST_GAP_S:
            left.append((at, min(begin, whole[1])))
        at = max(at, end)
        if at >= whole[1]:
            return [one for one in left if one[1] > one[0]]
    if whole[1] - at > SHORTEST_GAP_S:
        left.append((at, whole[1]))
    return [one for one in left if one[1] > one[0]]
