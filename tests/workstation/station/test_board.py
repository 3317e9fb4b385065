"""The board of the real station: timers, trays, notes, the wall without a session, the paper for a power loss."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import msgspec
import pypdf
import pytest

from tests.station_kit import NOW, StationKit
from workstation.custody import commands as c
from workstation.custody.values import Answer, Question
from workstation.errors import AppError
from workstation.services.board import Board, Card
from workstation.services.board_notes import LONGEST, MOST
from workstation.services.practice import stay_id
from workstation.station import messages as m

WAITING, HELD, TALKING, LEAVING = stay_id(1), stay_id(2), stay_id(3), stay_id(4)


def board(kit: StationKit, number: str = "1007") -> Board:
    found: Board = kit.lane(number).ask(m.GetBoard()).board
    return found


def card(kit: StationKit, stay: str) -> Card:
    return next(one for one in board(kit).cards if one.stay == stay)


def saved(kit: StationKit, number: str, command: Any, **more: Any) -> None:
    reply = kit.submit(kit.lane(number), command, **more)
    assert isinstance(reply, m.Saved), reply


def test_what_the_health_screen_said_is_a_flag_until_a_newer_screen_says_no(kit: StationKit) -> None:
    def screen(answer: Answer) -> c.ScreenHealth:
        asked = ("pregnancy", "infection", "illness", "self-harm", "alcohol", "drugs")
        return c.ScreenHealth(
            stay=HELD,
            questions=tuple(
                Question(code=one, answer=answer if one == "self-harm" else Answer.NO, detail="")
                for one in asked
            ),
            seen="测试",
            by_physician=False,
        )

    assert "self-harm-risk" not in card(kit, HELD).flags
    saved(kit, "1004", screen(Answer.YES), report=True)
    assert "self-harm-risk" in card(kit, HELD).flags
    kit.advance(minutes=1)
    saved(kit, "1004", screen(Answer.NO), report=True)
    assert "self-harm-risk" not in card(kit, HELD).flags


def test_the_third_timer_is_a_doctors_order_while_it_is_open(kit: StationKit) -> None:
    due = NOW + timedelta(minutes=33)
    order = c.OrderMedical(
        stay=HELD, order="o-1", text="测试 服药", blocks_interview=False, blocks_custody=False, due_at=due
    )
    saved(kit, "1011", order, report=True)
    third = card(kit, HELD).timers[2]
    assert (third.code, third.state, third.expires_at, third.level) == ("timer.medical", "running", due, "")
    kit.advance(minutes=34)
    held = card(kit, HELD)
    assert (held.timers[2].state, held.timers[2].level) == ("expired", "yellow")


def test_an_interview_elsewhere_than_the_room_log_is_a_disagreement_in_card_and_rooms(
    kit: StationKit,
) -> None:
    talking = card(kit, TALKING)
    assert talking.disagrees is None
    assert talking.room == "interview-1"
    saved(kit, "1004", c.Move(stay=TALKING, room="medical", reason="测试"), report=True)
    told = card(kit, TALKING).disagrees
    assert told is not None
    assert (told.room, told.source, told.other) == ("medical", "interview", "interview-1")
    disputed = {room.room: room.disputed for room in board(kit).rooms if room.disputed}
    assert disputed == {"medical": (talking.name,), "interview-1": (talking.name,)}


def test_rooms_say_what_is_not_known_of_camera_and_recording(kit: StationKit) -> None:
    rooms = {room.room: room for room in board(kit).rooms}
    assert rooms["interview-1"].interview
    assert rooms["interview-1"].recording == "unknown"
    assert rooms["interview-1"].camera == "unknown"
    assert rooms["interview-2"].recording == ""


def test_notes_of_the_desk_are_shared_kept_and_taken_away(kit: StationKit) -> None:
    kit.lane("1001").ask(m.KeepNote(text="  讯问室三  拾音待修 "))
    expected = NOW + timedelta(minutes=20)
    kit.lane("1004").ask(m.KeepNote(text="治安传唤 一人", expected_at=expected))
    notes = board(kit).notes
    assert {(one.kind, one.text, one.by, one.expected_at) for one in notes} == {
        ("note", "讯问室三 拾音待修", "王警官", None),
        ("arrival", "治安传唤 一人", "吴看管", expected),
    }
    kit.lane("1009").ask(m.DropNote(key=next(one.key for one in notes if one.kind == "note")))
    assert [one.kind for one in board(kit).notes] == ["arrival"]


def test_a_note_about_a_person_is_an_entry_of_their_stay(kit: StationKit) -> None:
    saved(kit, "1004", c.AddNote(stay=HELD, text="餐食单独发放"), report=True)
    note = board(kit).notes[0]
    assert (note.kind, note.stay, note.number, note.by) == ("person", HELD, card(kit, HELD).number, "吴看管")
    with pytest.raises(AppError) as caught:
        kit.lane("1004").ask(m.DropNote(key=note.key))
    assert caught.value.code == "notes.unknown"
    assert board(kit).notes[0].key == note.key


def test_what_is_no_note_is_refused(kit: StationKit) -> None:
    lane = kit.lane("1001")
    for text, code in ((" \n ", "notes.empty"), ("长" * (LONGEST + 1), "notes.too-long")):
        with pytest.raises(AppError) as caught:
            lane.ask(m.KeepNote(text=text))
        assert caught.value.code == code
    for number in range(MOST):
        lane.ask(m.KeepNote(text=f"第 {number} 条"))
    with pytest.raises(AppError) as caught:
        lane.ask(m.KeepNote(text="再一条"))
    assert caught.value.code == "notes.full"
    with pytest.raises(AppError) as caught:
        kit.lane("1012").ask(m.KeepNote(text="技术"))
    assert caught.value.code == "accounts.no-role"


def test_the_wall_needs_no_session_and_tells_no_name_case_or_measure(kit: StationKit) -> None:
    seen = board(kit)
    wall = kit.lane().ask(m.GetWall()).wall
    held = [one for one in seen.cards if one.capacity == "suspect"]
    assert [one.number for one in wall.cards] == [one.number for one in held]
    said = msgspec.json.encode(wall).decode()
    names = [one.name for one in seen.cards] + [one.stay for one in seen.cards]
    cases = [s.case.case_number for s in kit.station.desk.house().open_stays if s.case]
    assert names
    assert cases
    assert [word for word in (*names, *cases, "T-ADM", "T-CR", "tier", "clock.") if word in said] == []
    for shown, real in zip(wall.cards, held, strict=True):
        legal, check = shown.timers
        assert (legal.code, legal.started_at, legal.limit_ms, legal.text) == ("timer.legal", None, None, "")
        assert (legal.expires_at, check.expires_at) == tuple(one.expires_at for one in real.timers[:2])
    with pytest.raises(AppError):
        kit.lane().ask(m.GetBoard())


def test_the_wall_stays_while_the_session_is_locked(kit: StationKit) -> None:
    lane = kit.lane("1007")
    lane.ask(m.LockSession())
    with pytest.raises(AppError):
        lane.ask(m.GetBoard())
    assert lane.ask(m.GetWall()).wall.cards


def test_the_wall_tells_of_an_announced_arrival_by_its_time_only(kit: StationKit) -> None:
    kit.lane("1001").ask(m.KeepNote(text="测试某某 一人", expected_at=NOW + timedelta(minutes=20)))
    wall = kit.lane().ask(m.GetWall()).wall
    assert [(one.what, one.at) for one in wall.soon] == [("arrival", NOW + timedelta(minutes=20))]
    assert "测试某某" not in msgspec.json.encode(wall).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_board_on_paper_has_everyone_their_limits_and_lines_to_go_on(
    kit: StationKit, language: str
) -> None:
    kit.lane("1001").ask(m.KeepNote(text="讯问室三拾音待修"))
    seen = board(kit)
    printed = kit.lane("1007").ask(m.PrintBoard(language=language))
    pages = pypdf.PdfReader(io.BytesIO(printed.pdf)).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    for one in seen.cards:
        assert one.number in text
        assert one.name in text
    assert "讯问室三拾音待修" in text
    legal = next(one for one in seen.cards if one.stay == HELD).timers[0].expires_at
    assert legal is not None
    assert (legal + timedelta(hours=8)).strftime("%H:%M") in text
    assert ("签名" if language == "zh" else "Signature") in text
    with pytest.raises(AppError):
        kit.lane("1012").ask(m.PrintBoard(language=language))
