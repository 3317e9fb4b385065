"""From entries to lanes: what is drawn where, and that nothing is drawn that the record does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.ui.screen_kit import Shop, Shops
from ui.entries import Sayer
from ui.theme import Level
from ui.timeline.lanes import Around, Say
from ui.timeline.lanes_more import lanes_of
from ui.timeline.marks import Lane, LaneKind, Style
from ui.timeline.told import Telling
from workstation.custody import events as e
from workstation.custody.circumstances import ClockLevel, ClockRun, ClockState
from workstation.custody.recorded import kind_of
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    CheckMethod,
    How,
    InterviewKind,
    Source,
    WarningLevel,
)
from workstation.services.timeline import TimelineRow

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SCANNED = Source(how=How.SCANNED)
CHECK = e.PersonChecked(method=CheckMethod.AT_DOOR, response=3, band_tapped=True, seen="", source=SCANNED)


def minute(at: float) -> float:
    return (START + timedelta(minutes=at)).timestamp()


class Book:
    """Entries of one stay, minute by minute, and the lanes that they make."""

    def __init__(self, shop: Shop) -> None:
        self.say = Say(shop.context, Sayer(shop.context))
        self.rows: list[TimelineRow] = []

    def add(self, at: float, event: e.Event, *, corrects: int = 0, late: bool = False) -> int:
        seq = len(self.rows) + 1
        when = START + timedelta(minutes=at)
        self.rows.append(TimelineRow(
            seq=seq, entry=f"e{seq}", kind=kind_of(event), happened_at=when, recorded_at=when, device_at=None,
            device_offset_ms=0, device_uncertainty_ms=0, actor="P1004", actor_kind="staff", workstation="desk-1",
            late=late, by_hand=False, simulated=False, breach=False, corrects=f"e{corrects}" if corrects else "",
            corrected_by="", erased=False, how="", values={}, body=msgspec.json.encode(event).decode(),
        ))  # fmt: skip
        return seq

    def talk(self, begin: float, end: float, *, recording: Answer = Answer.YES, name: str = "i1") -> int:
        opened = e.InterviewOpened(
            interview=name, type=InterviewKind.QUESTIONING, room="interview-1", officers=("P1005", "P1006"), others="",
            recording=recording,
        )  # fmt: skip
        seq = self.add(begin, opened)
        self.add(end, e.InterviewEnded(interview=name, pages=1, recording=recording))
        return seq

    def recorded(self, begin: float, end: float, *, gaps: int = 0, name: str = "r1") -> None:
        self.add(begin, e.RecordingStarted(room="interview-1", recording=name, camera="cam-1"))
        at = [START + timedelta(minutes=one) for one in (begin, end)]
        self.add(end, e.RecordingSealed(
            room="interview-1", recording=name, camera="cam-1", began_at=at[0], ended_at=at[1], segments=1, bytes=1,
            gaps=gaps, gap_ms=gaps * 13_000, root="", recovered=False,
        ))  # fmt: skip

    def lanes(self, now: float = 300, **around: object) -> dict[LaneKind, Lane]:
        made = lanes_of(
            Telling().told(self.rows),
            replace(Around(now=minute(now)), **around),  # type: ignore[arg-type]
            self.say,
        )
        assert [one.kind for one in made] == list(LaneKind)
        return {one.kind: one for one in made}


def looks(lane: Lane) -> list[tuple[Style, float, float]]:
    return [(mark.style, mark.begin, mark.end) for mark in lane.marks]


@pytest.fixture
def book(shops: Shops) -> Book:
    return Book(shops("1007"))


def test_an_empty_record_says_of_every_lane_that_there_is_nothing(book: Book) -> None:
    for lane in book.lanes().values():
        assert lane.marks == ()
        assert lane.empty
        assert "⟨" not in lane.empty + lane.name
    assert book.lanes(suspect=False)[LaneKind.CLOCK].empty != book.lanes()[LaneKind.CLOCK].empty


def test_the_room_log_until_now_or_until_departure(book: Book) -> None:
    book.add(0, e.RoomEntered(room="search"))
    book.add(10, e.RoomEntered(room="holding-1", guard="P1004"))
    place = book.lanes(now=60)[LaneKind.PLACE]
    assert looks(place) == [(Style.PLAIN, minute(0), minute(10)), (Style.PLAIN, minute(10), minute(60))]
    book.add(40, e.Escaped(how=""))
    place = book.lanes(now=60)[LaneKind.PLACE]
    assert looks(place)[-1] == (Style.UNKNOWN, minute(40), minute(60))


def test_a_correction_moves_the_mark_and_is_none_itself(book: Book) -> None:
    wrong = book.add(10, e.RoomEntered(room="holding-1"))
    mended = msgspec.json.encode(e.RoomEntered(room="holding-2")).decode()
    at = START + timedelta(minutes=5)
    book.add(30, e.EntryCorrected(replacement=mended, happened_at=at, reason="记错"), corrects=wrong)
    (mark,) = book.lanes(now=60)[LaneKind.PLACE].marks
    assert (mark.seq, mark.begin, mark.words) == (wrong, minute(5), book.say.room("holding-2"))


def test_what_was_not_recorded_is_a_gap_red_where_the_law_wants_the_whole(book: Book) -> None:
    book.talk(0, 60)
    book.recorded(0, 20, name="r1")
    book.recorded(25, 60, name="r2")
    gaps = [mark for mark in book.lanes()[LaneKind.RECORDING].marks if mark.style is Style.GAP]
    assert [(mark.begin, mark.end, mark.level) for mark in gaps] == [(minute(20), minute(25), Level.YELLOW)]
    lanes = book.lanes(demanded=frozenset({"i1"}))
    gaps = [mark for mark in lanes[LaneKind.RECORDING].marks if mark.style is Style.GAP]
    assert [mark.level for mark in gaps] == [Level.RED]
    assert "1" in lanes[LaneKind.RECORDING].count


def test_a_break_of_the_interview_is_no_gap(book: Book) -> None:
    book.talk(0, 60)
    book.add(20, e.InterviewBroken(interview="i1", reason="用餐"))
    book.add(30, e.InterviewResumed(interview="i1"))
    book.recorded(0, 20, name="r1")
    book.recorded(30, 60, name="r2")
    lanes = book.lanes()
    assert Style.GAP not in {mark.style for mark in lanes[LaneKind.RECORDING].marks}
    assert (Style.DASHED, minute(20), minute(30)) in looks(lanes[LaneKind.INTERVIEW])


def test_an_interview_that_no_recorder_tells_of_is_unknown_not_a_gap(book: Book) -> None:
    book.talk(0, 60)
    assert looks(book.lanes()[LaneKind.RECORDING]) == [(Style.UNKNOWN, minute(0), minute(60))]
    book.talk(70, 90, recording=Answer.NO, name="i2")
    assert looks(book.lanes()[LaneKind.RECORDING])[-1] == (Style.GAP, minute(70), minute(90))


def test_gaps_that_were_only_counted_are_told_at_the_end_of_the_recording(book: Book) -> None:
    book.talk(0, 60)
    book.recorded(0, 60, gaps=2)
    losses = [mark for mark in book.lanes()[LaneKind.RECORDING].marks if mark.style is Style.LOSS]
    assert [(mark.begin, mark.level) for mark in losses] == [(minute(60), Level.YELLOW)]
    assert "2" in losses[0].words
    assert "26" in losses[0].words


def test_care_checks_and_what_was_refused(book: Book) -> None:
    for at in range(5):
        book.add(at * 20, CHECK)
    book.add(30, e.CareOffered(care=Care.MEAL, outcome=CareOutcome.REFUSED, detail=""))
    care = book.lanes()[LaneKind.CARE]
    assert sum(mark.style is Style.TICK for mark in care.marks) == 5
    assert "5" in care.count
    (meal,) = (mark for mark in care.marks if mark.style is Style.POINT)
    assert (meal.icon, meal.line) == ("meal", 1)
    assert "拒绝" in meal.words


def test_a_bag_lies_in_its_locker_from_storing_to_taking(book: Book) -> None:
    book.add(1, e.BagWeighed(bag="bag-9", grams=742, source=SCANNED))
    book.add(2, e.BagStored(bag="bag-9", cell="A-11", custodian="P1003", second="P1001", read_back=SCANNED))
    (mark,) = book.lanes(now=50)[LaneKind.PROPERTY].marks
    assert (mark.begin, mark.end) == (minute(2), minute(50))
    assert "A-11" in mark.words
    assert "742" in mark.words
    book.add(40, e.BagTaken(bag="bag-9", cell="A-11", custodian="P1003", second="P1001"))
    assert book.lanes(now=50)[LaneKind.PROPERTY].marks[0].end == minute(40)


def clock(**changes: object) -> ClockState:
    whole = ClockState(
        id="T-ADM", title="clock.T-ADM", basis="", liberty=True, started_at=START, limit_ms=8 * 3_600_000, tier="8",
        used_ms=0, expires_at=START + timedelta(hours=8), ended_at=None, state=ClockRun.RUNNING,
        level=ClockLevel.NONE, breached=False, earlier=False,
    )  # fmt: skip
    return msgspec.structs.replace(whole, **changes)


def test_a_clock_runs_to_its_end_and_what_ran_over_is_red(book: Book) -> None:
    running = book.lanes(now=60, clocks=(clock(level=ClockLevel.YELLOW),))[LaneKind.CLOCK]
    assert [(mark.style, mark.end, mark.level) for mark in running.marks] == [
        (Style.CLOCK, minute(480), Level.YELLOW),
        (Style.END, minute(480), Level.NONE),
    ]
    over = book.lanes(now=500, clocks=(clock(state=ClockRun.EXPIRED, level=ClockLevel.RED),))[LaneKind.CLOCK]
    assert (Style.OVER, minute(480), minute(500)) in looks(over)
    ended = START + timedelta(hours=3)
    stopped = book.lanes(clocks=(clock(state=ClockRun.STOPPED, ended_at=ended),))[LaneKind.CLOCK]
    assert looks(stopped) == [(Style.CLOCK, minute(0), minute(180))]


def test_a_clock_that_nobody_can_tell_is_drawn_unknown(book: Book) -> None:
    unknown = clock(state=ClockRun.UNKNOWN, expires_at=None, limit_ms=None)
    (mark,) = book.lanes(now=60, clocks=(unknown,))[LaneKind.CLOCK].marks
    assert mark.style is Style.UNKNOWN


def test_warnings_stand_at_their_onset_in_their_level(book: Book) -> None:
    onset = START + timedelta(minutes=7)
    book.add(9, e.WarningRaised(warning="w", rule="E01", level=WarningLevel.YELLOW, onset=onset, values={}))
    (mark,) = book.lanes()[LaneKind.WARNING].marks
    assert (mark.style, mark.begin, mark.level, mark.words) == (Style.LEVEL, minute(7), Level.YELLOW, "E01")


def test_a_late_paper_is_yellow_and_a_note_stands_below(book: Book) -> None:
    book.add(5, e.NoteAdded(text="一切正常"), late=True)
    book.add(8, e.NoteAdded(text="一切正常"))
    late, note = book.lanes()[LaneKind.PAPER].marks
    assert (late.style, note.style, note.line) == (Style.LATE, Style.POINT, 1)


def test_an_erased_or_unknown_entry_makes_no_mark(book: Book) -> None:
    book.add(5, CHECK)
    book.rows[0] = msgspec.structs.replace(book.rows[0], body="", erased=True)
    book.add(6, CHECK)
    book.rows[1] = msgspec.structs.replace(book.rows[1], kind="never-heard-of/9")
    assert book.lanes()[LaneKind.CARE].marks == ()
