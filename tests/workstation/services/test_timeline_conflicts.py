"""Contradictions in the record: found where two entries cannot both be right, gone when one is corrected."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from tests.desk_kit import pack
from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.stay import Stay, fold
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    Destination,
    How,
    IdentityCheck,
    InterviewKind,
    Source,
)
from workstation.roles import Rank, Sex
from workstation.services.timeline_conflicts import Conflict, conflicts_of

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SCALE = Source(how=How.DEVICE, device="scale-1")
OPENED = e.InterviewOpened(
    interview="i1", type=InterviewKind.QUESTIONING, room="talk-1", officers=("P1", "P2"), others="", recording=Answer.YES,
)  # fmt: skip


class Book:
    """Entries of one stay, minute by minute."""

    def __init__(self) -> None:
        self.entries: list[Recorded] = []

    def add(self, minute: float, event: e.Event, corrects: str = "") -> str:
        seq = len(self.entries) + 1
        at = START + timedelta(minutes=minute)
        one = Recorded(
            seq=seq, entry=f"e{seq}", command=f"c{seq}", stay="s", event=event, actor="P1", happened_at=at,
            recorded_at=at, corrects=corrects,
        )  # fmt: skip
        self.entries.append(one)
        return one.entry

    def stay(self) -> Stay:
        return fold(self.entries)

    def conflicts(self, now: float = 600) -> list[Conflict]:
        return list(conflicts_of(self.stay(), pack(), START + timedelta(minutes=now)))


def test_an_ordinary_interview_contradicts_nothing() -> None:
    book = Book()
    book.add(0, e.RoomEntered(room="hold-1"))
    book.add(60, e.RoomEntered(room="talk-1"))
    book.add(60.5, OPENED)
    book.add(120, e.InterviewEnded(interview="i1", pages=2, recording=Answer.YES))
    book.add(120.5, e.RoomEntered(room="hold-1"))
    assert book.conflicts() == []


def test_two_places_at_one_time_until_the_room_log_is_corrected() -> None:
    book = Book()
    room = book.add(0, e.RoomEntered(room="hold-1"))
    talk = book.add(30, OPENED)
    (found,) = book.conflicts(now=45)
    assert (found.code, found.one, found.other) == ("two-places", room, talk)
    assert (found.since, found.until) == (START + timedelta(minutes=30), START + timedelta(minutes=45))
    assert found.values == {"room": "hold-1", "other": "talk-1"}
    mended = msgspec.json.encode(e.RoomEntered(room="talk-1")).decode()
    book.add(50, e.EntryCorrected(replacement=mended, happened_at=START, reason="记错"), corrects=room)
    assert book.conflicts(now=55) == []


def test_something_done_here_while_the_person_was_out() -> None:
    book = Book()
    out = book.add(
        0,
        e.TemporaryExitBegun(
            reason="指认", destination="现场", approver="P7", approver_rank=Rank.UNIT_HEAD, escorts=("P1", "P2"),
            planned_return=START + timedelta(hours=2),
        ),
    )  # fmt: skip
    water = e.CareOffered(care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail="")
    inside = book.add(40, water)
    book.add(60, e.TemporaryExitEnded(seen="无异常"))
    book.add(60.5, water)
    assert [(one.code, one.one, one.other) for one in book.conflicts()] == [("outside", out, inside)]


def test_a_whole_recording_that_the_recorder_found_gaps_in() -> None:
    book = Book()
    book.add(0, e.RoomEntered(room="talk-1"))
    book.add(1, OPENED)
    end = book.add(50, e.InterviewEnded(interview="i1", pages=2, recording=Answer.YES))
    sealed = e.RecordingSealed(
        room="talk-1", recording="r1", camera="cam-1", began_at=START, ended_at=START + timedelta(minutes=51),
        segments=9, bytes=1, gaps=1, gap_ms=26_000, root="00", recovered=False,
    )  # fmt: skip
    entry = book.add(51, sealed)
    (found,) = book.conflicts()
    assert (found.one, found.other, found.values) == (end, entry, {"gaps": 1, "seconds": 26})
    whole = Book()
    whole.entries = book.entries[:3]
    whole.add(51, msgspec.structs.replace(sealed, gaps=0, gap_ms=0))
    assert whole.conflicts() == []


def test_a_blind_count_that_weighs_less_until_it_is_explained() -> None:
    book = Book()
    book.add(0, e.ItemListed(
        item="i", name="手机", features="", quantity=1, unit="部", destination=Destination.PERSONAL_BAG, source=SCALE,
    ))  # fmt: skip
    book.add(1, e.BagFilled(bag="B", tag="T", items=("i",), source=SCALE))
    stored = book.add(2, e.BagWeighed(bag="B", grams=700, source=SCALE))
    counted = book.add(90, e.PropertyCountedBlind(lines=(), fen=0, grams=520, source=SCALE))
    (found,) = book.conflicts()
    assert (found.code, found.one, found.other) == ("weight", stored, counted)
    assert found.values == {"stored": 700, "counted": 520}
    book.add(95, e.WeightExplained(explanation="手机壳另交"))
    assert book.conflicts() == []


def test_another_person_at_the_door() -> None:
    book = Book()
    known = book.add(0, e.PersonIdentified(
        name="测试甲", sex=Sex.MALE, birth="", id_kind="", id_number="", address="", source=SCALE,
    ))  # fmt: skip
    fits = e.PersonReidentified(
        band=IdentityCheck.MATCHES,
        photo=IdentityCheck.NOT_POSSIBLE,
        question=IdentityCheck.MATCHES,
        statement="",
    )
    book.add(10, fits)
    assert book.conflicts() == []
    other = book.add(11, msgspec.structs.replace(fits, photo=IdentityCheck.DIFFERS))
    assert [(one.code, one.one, one.other) for one in book.conflicts()] == [("identity", known, other)]
