"""The station as a window meets it: over its socket, with real sessions, real approvals and the real record."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path

import msgspec
import pytest

from tests.station_kit import RESOURCES, StationKit, copy_of, until
from ui.compose import build_station
from workstation.clock import SteppedClock
from workstation.custody import commands as c
from workstation.custody.interview import Interviews
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    CellPurpose,
    How,
    InterviewKind,
    Paper,
    Source,
)
from workstation.errors import AppError, LinkError, StoreError
from workstation.ids import command_id
from workstation.roles import Rank, Role, Sex
from workstation.services.practice import GUO, PRACTICE_SECRET, WANG, stay_id
from workstation.station import messages as m
from workstation.station.client import Feed, Lane
from workstation.station.frames import connect

HELD = stay_id(2)


def code_of(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


def test_the_welcome_tells_mode_and_counts_but_no_names(kit: StationKit) -> None:
    welcome = kit.lane().greet()
    assert (welcome.mode, welcome.open_stays, welcome.needs_setup) == ("practice", 5, False)
    assert welcome.practice_sign_ins


def test_nothing_is_told_before_signing_in(kit: StationKit) -> None:
    lane = kit.lane()
    for ask in (m.GetBoard(), m.GetStay(stay=HELD), m.GetStaff(), m.GetMedia(media="x", purpose="")):
        with pytest.raises(AppError) as refused:
            lane.ask(ask)
        assert code_of(refused) == "accounts.not-signed-in"


def test_a_wrong_secret_is_refused_and_after_some_the_account_waits(kit: StationKit) -> None:
    lane = kit.lane()
    for _ in range(3):
        with pytest.raises(AppError) as refused:
            lane.ask(m.SignIn(number="1001", secret="wrong-secret"))
        assert code_of(refused) == "accounts.wrong"
    with pytest.raises(AppError) as refused:
        lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET))
    assert code_of(refused) == "accounts.wait"
    kit.advance(seconds=3)
    assert lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET)).staff == "P1001"


def test_an_unknown_number_is_answered_like_a_wrong_secret(kit: StationKit) -> None:
    with pytest.raises(AppError) as refused:
        kit.lane().ask(m.SignIn(number="9999", secret=PRACTICE_SECRET))
    assert code_of(refused) == "accounts.wrong"


def test_a_session_locks_by_itself_and_opens_with_the_secret(kit: StationKit) -> None:
    lane = kit.lane("1001")
    kit.advance(minutes=4)
    assert lane.ask(m.GetBoard()).board.cards
    kit.advance(minutes=6)
    with pytest.raises(AppError) as refused:
        lane.ask(m.GetBoard())
    assert code_of(refused) == "accounts.locked"
    with pytest.raises(AppError):
        lane.ask(m.UnlockSession(secret="wrong-secret"))
    lane.ask(m.UnlockSession(secret=PRACTICE_SECRET))
    assert lane.ask(m.GetBoard()).board.cards


def test_another_lane_attaches_with_the_token_and_loses_it_with_sign_out(kit: StationKit) -> None:
    first = kit.lane()
    signed = first.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET))
    second = kit.lane()
    second.attach(signed.token)
    assert second.ask(m.GetBoard()).board.cards
    first.ask(m.SignOut())
    with pytest.raises(AppError) as refused:
        second.ask(m.GetBoard())
    assert code_of(refused) == "accounts.not-signed-in"


def test_who_may_not_read_is_refused_and_that_is_noted(kit: StationKit) -> None:
    lane = kit.lane("1013")
    with pytest.raises(AppError) as refused:
        lane.ask(m.GetStay(stay=HELD))
    assert code_of(refused) == "accounts.no-role"
    row = kit.station.access.rows()[-1]
    assert (row.access.actor, row.access.action, row.access.allowed) == ("P1013", "read-stay", False)


def test_a_person_opened_is_in_the_access_log_before_it_is_shown(kit: StationKit) -> None:
    reply = kit.lane("1001").ask(m.GetStay(stay=HELD))
    rows = kit.station.access.rows(stay=HELD)
    assert rows[-1].access.action == "read-stay"
    assert rows[-1].access.allowed
    assert reply.facts.number
    assert kit.station.access.faults() == []


def test_an_approval_is_of_one_command_at_one_position(kit: StationKit) -> None:
    lane = kit.lane("1003")
    command = c.OpenCell(
        stay=HELD, cell="B-03", purpose=CellPurpose.RETURN, bag="bag-01", custodian=GUO.id, second=WANG.id
    )
    other = msgspec.structs.replace(command, cell="B-08")
    position = kit.station.desk.house().seq

    def data(asked: c.Command) -> c.Envelope:
        return c.Envelope(id=command_id(), position=position, report=False, command=asked)

    envelope = data(other)
    token = lane.ask(
        m.Approve(envelope=msgspec.json.encode(envelope), number="", secret="", card="STAFF-1001")
    ).token
    with pytest.raises(AppError) as refused:
        lane.submit(msgspec.structs.replace(data(command), approvals=(token,)))
    assert code_of(refused) == "desk.second-person"


def test_nobody_is_their_own_second_person(kit: StationKit) -> None:
    lane = kit.lane("1003")
    envelope = c.Envelope(
        id=secrets.token_hex(16),
        position=0,
        report=False,
        command=c.ExplainWeight(stay=HELD, explanation="x"),
    )
    with pytest.raises(AppError) as refused:
        lane.ask(m.Approve(envelope=msgspec.json.encode(envelope), number="1003", secret=PRACTICE_SECRET))
    assert code_of(refused) == "accounts.same-person"


def test_drafts_are_kept_and_end_with_their_commit(kit: StationKit) -> None:
    lane = kit.lane("1004")
    lane.ask(m.SaveDraft(stay=HELD, form="care", content='{"detail": "半杯水"}'.encode()))
    kept = lane.ask(m.LoadDraft(stay=HELD, form="care"))
    assert "半杯水" in kept.content.decode()
    assert kept.saved_at is not None
    command = c.OfferCare(stay=HELD, care=Care.WATER, outcome=CareOutcome.REFUSED, detail="半杯水")
    envelope = c.Envelope(
        id=command_id(), position=kit.station.desk.house().seq, report=False, command=command
    )
    saved = lane.ask(m.Submit(envelope=msgspec.json.encode(envelope), drafts=("care",)))
    assert isinstance(saved, m.Saved)
    assert lane.ask(m.LoadDraft(stay=HELD, form="care")).content == b""


def test_another_colleague_does_not_see_my_draft(kit: StationKit) -> None:
    kit.lane("1004").ask(m.SaveDraft(stay=HELD, form="care", content=b"{}"))
    assert kit.lane("1001").ask(m.LoadDraft(stay=HELD, form="care")).content == b""


def test_bytes_that_are_no_message_are_answered_and_the_connection_goes_on(kit: StationKit) -> None:
    with connect(kit.home) as connection:
        connection.send_bytes(m.encode(m.Hello(protocol=m.PROTOCOL)))
        assert isinstance(m.decode_reply(connection.recv_bytes()), m.Welcome)
        for junk in (b"", b"\x00", b"\xc1" * 40, msgspec.msgpack.encode({"m": "Nothing"})):
            connection.send_bytes(junk)
            reply = m.decode_reply(connection.recv_bytes())
            assert isinstance(reply, m.Problem)
        connection.send_bytes(m.encode(m.SignIn(number="1001", secret=PRACTICE_SECRET)))
        assert isinstance(m.decode_reply(connection.recv_bytes()), m.Signed)


def test_a_command_that_is_none_is_refused_with_advice(kit: StationKit) -> None:
    lane = kit.lane("1001")
    for envelope in (b"{}", b"[]", b'{"id":"x","position":0,"report":false,"command":{"do":"fly"}}'):
        with pytest.raises(AppError) as refused:
            lane.ask(m.Submit(envelope=envelope))
        assert code_of(refused) == "desk.malformed"


def test_another_version_is_told_so(kit: StationKit) -> None:
    with connect(kit.home) as connection:
        connection.send_bytes(m.encode(m.Hello(protocol=m.PROTOCOL + 1)))
        reply = m.decode_reply(connection.recv_bytes())
        assert isinstance(reply, m.Problem)
        assert reply.code == "link.other-version"


def test_one_station_to_a_folder(kit: StationKit) -> None:
    with pytest.raises(StoreError) as refused:
        build_station(kit.home, None, RESOURCES, clock=SteppedClock(kit.clock.now()), rack=False)
    assert refused.value.code == "station.other-running"


def test_a_store_of_one_mode_is_not_opened_as_the_other(home_template: Path, tmp_path: Path) -> None:
    home = copy_of(home_template, tmp_path / "h")
    with pytest.raises(StoreError) as refused:
        build_station(home, "live", RESOURCES, rack=False)
    assert refused.value.code == "store.other-mode"


def test_a_window_hears_of_changes_and_gets_what_it_missed(kit: StationKit) -> None:
    lane = kit.lane()
    signed = lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET))
    notices: list[m.Notice] = []
    linked = threading.Event()
    feed = Feed(kit.home, signed.token, notices.append, lambda on: linked.set() if on else None)
    feed.start()
    assert linked.wait(10)
    kit.submit(lane, c.AddNote(stay=HELD, text="新情况"), report=True)
    until(lambda: any(HELD in notice.stays for notice in notices), "the notice")
    until(lambda: any(n.lamp and n.lamp.state == "saved" and n.lamp.at for n in notices), "the lamp")
    assert max(notice.size for notice in notices) == kit.station.desk.house().seq
    feed.stop()


def test_a_lane_opens_itself_anew_after_the_station_came_back(home_template: Path, tmp_path: Path) -> None:
    home = copy_of(home_template, tmp_path / "h")
    kit = StationKit(home)
    lane = Lane(home)
    assert lane.greet().mode == "practice"
    kit.stop()
    with pytest.raises(LinkError):
        lane.ask(m.GetBoard())
    again = StationKit(home)
    assert lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET)).staff == "P1001"
    lane.close()
    again.stop()


def test_a_locker_opens_once_after_the_intent_is_on_disk(wired: StationKit) -> None:
    lane = wired.lane("1003")
    command = c.OpenCell(
        stay=HELD, cell="B-03", purpose=CellPurpose.INSPECT, bag="bag-01", custodian=GUO.id, second=WANG.id
    )
    saved = wired.submit(lane, command, seconds=("1001",))
    assert isinstance(saved, m.Saved), saved
    assert "cell-open-intended/1" in saved.kinds

    def outcome() -> object:
        return [
            row
            for row in lane.ask(m.GetTimeline(stay=HELD)).page.rows
            if row.kind == "cell-opened/1" and row.values["state"] == "open"
        ]

    until(outcome, "the outcome of the opening")
    assert len(outcome()) == 1  # type: ignore[arg-type]
    assert wired.world is not None
    wired.world.act("close_door", device="lock-a", door=3)
    until(
        lambda: [
            cell
            for bank in lane.ask(m.GetLockers()).banks
            for cell in bank.cells
            if cell.cell == "B-03" and cell.door == "closed"
        ],
        "the closed door in the record",
    )


def test_readings_of_the_desk_reach_the_window_of_those_who_may_see_them(wired: StationKit) -> None:
    assert wired.world is not None
    seen: dict[str, list[m.Notice]] = {"1001": [], "1004": []}
    feeds = []
    for number, notices in seen.items():
        signed = wired.lane().ask(m.SignIn(number=number, secret=PRACTICE_SECRET))
        linked = threading.Event()
        feed = Feed(
            wired.home, signed.token, notices.append, lambda on, event=linked: event.set() if on else None
        )
        feed.start()
        assert linked.wait(10)
        feeds.append(feed)
    wired.world.act("present_card", device="card-1", card="card-01")
    until(lambda: [n.card for n in seen["1001"] if n.card], "the card")
    card = next(n.card for n in seen["1001"] if n.card)
    assert card is not None
    assert card.number == "990000199001010017"
    assert not [n for n in seen["1004"] if n.card]
    for feed in feeds:
        feed.stop()


def test_an_unplugged_scale_is_unknown_on_screen_and_lost_in_the_record(wired: StationKit) -> None:
    assert wired.world is not None
    lane = wired.lane("1001")

    def level() -> str:
        rows = {row.id: row for row in lane.ask(m.GetDevices()).devices}
        return str(rows["scale-1"].health.level)

    until(lambda: level() == "ok", "the scale")
    wired.world.act("unplug", device="scale-1")
    until(lambda: level() == "lost", "the loss")
    with pytest.raises(AppError):
        lane.ask(m.Weigh(device="scale-1"))
    until(
        lambda: wired.station.desk.house().centre.devices["scale-1"].level == "lost", "the loss in the record"
    )
    wired.world.act("replug", device="scale-1")
    until(lambda: level() == "ok", "the scale again")


def test_a_printed_paper_is_in_the_record_with_its_digest(kit: StationKit) -> None:
    lane = kit.lane("1007")
    for paper in (Paper.CUSTODY_RECORD, Paper.PROPERTY_LIST, Paper.SEARCH_RECORD):
        printed = lane.ask(m.PrintPaper(stay=HELD, paper=paper, language="zh"))
        assert printed.pdf.startswith(b"%PDF")
        row = lane.ask(m.GetTimeline(stay=HELD)).page.rows[-1]
        assert row.kind == "paper-printed/1"
        assert row.values["digest"] == printed.digest
        assert int(row.values["size"]) == printed.size


def until_recorded(kit: StationKit, room: str) -> None:
    recording = kit.station.recording
    assert recording is not None
    until(lambda: recording.answers().get(room) is Answer.YES, "the recording")


def test_an_interview_opens_only_on_a_recording_that_runs_and_its_end_seals_it(wired: StationKit) -> None:
    lane = wired.lane("1010")
    stay = stay_id(2)
    lane_guard = wired.lane("1004")

    def opening() -> object:
        command = c.OpenInterview(
            stay=stay,
            interview="i-1",
            type=InterviewKind.QUESTIONING,
            room="interview-2",
            officers=("P1010", "P1002"),
            others="",
            one_officer_ground="",
        )
        return wired.submit(lane, command)

    moved = wired.submit(lane_guard, c.Move(stay=stay, room="interview-2", reason="询问"))
    assert isinstance(moved, m.Saved), moved
    refused = opening()
    assert isinstance(refused, m.Refused)
    assert "GV3" in {one.gate for one in refused.objections}
    looked = c.Preflight(
        stay=stay,
        room="interview-2",
        recording=Answer.YES,
        detail="画面清楚",
        source=Source(how=How.TYPED),
    )
    assert isinstance(wired.submit(lane, looked), m.Saved)
    until_recorded(wired, "interview-2")
    opened = opening()
    assert isinstance(opened, m.Saved), opened
    assert isinstance(wired.submit(lane, c.EndInterview(stay=stay, pages=1)), m.Saved)

    def sealed() -> list[str]:
        rows = lane.ask(m.GetTimeline(stay=stay)).page.rows
        return [row.values["root"] for row in rows if row.kind == "recording-sealed/1"]

    assert until(sealed, "the seal")[0]
    talk = wired.station.desk.house().stays[stay].interviews.interviews[-1]
    assert talk.whole_recording is Answer.YES


def test_an_interview_that_goes_on_is_recorded_after_a_start_and_not_as_a_whole(wired: StationKit) -> None:
    stay = stay_id(3)  # sat in its interview before the station began

    def talk() -> Interviews:
        return wired.station.desk.house().stays[stay].interviews

    until_recorded(wired, "interview-1")
    assert [one.room for one in talk().recordings] == ["interview-1"]
    lane = wired.lane("1006")
    assert isinstance(wired.submit(lane, c.EndInterview(stay=stay, pages=1)), m.Saved)
    assert talk().interviews[-1].whole_recording is Answer.NO


def test_followers_catch_up_with_the_record(kit: StationKit) -> None:
    lane = kit.lane("1001")
    for number in range(3):
        kit.submit(lane, c.AddNote(stay=HELD, text=f"第 {number} 条"), report=True)
    size = kit.station.store.record.head().size
    until(lambda: kit.station.store.followers[0].cursor() == size, "the follower")
    until(lambda: kit.station.following.lag_ms() == 0, "no lag")


def test_a_new_colleague_gets_a_secret_from_who_enrols_staff_only(kit: StationKit) -> None:
    administrator = kit.lane("1013")
    enrolled = kit.submit(
        administrator,
        c.EnrolStaff(
            staff="P2001",
            name="新警官",
            roles=(Role.GUARD,),
            rank=Rank.OFFICER,
            unit="演练办案中心",
            sex=Sex.MALE,
            number="2001",
        ),
    )
    assert isinstance(enrolled, m.Saved)
    with pytest.raises(AppError) as refused:
        kit.lane("1001").ask(m.SetSecret(staff="P2001", secret="long-enough"))
    assert code_of(refused) == "accounts.no-role"
    with pytest.raises(AppError) as refused:
        administrator.ask(m.SetSecret(staff="P2001", secret="short"))
    assert code_of(refused) == "accounts.secret-short"
    administrator.ask(m.SetSecret(staff="P2001", secret="long-enough"))
    assert kit.lane().ask(m.SignIn(number="2001", secret="long-enough")).name == "新警官"
    assert "set-secret" in {row.access.action for row in kit.station.access.rows()}


def test_the_layout_of_the_lockers_tells_nothing_of_persons_and_doors(kit: StationKit) -> None:
    technician = kit.lane("1012")
    with pytest.raises(AppError) as refused:
        technician.ask(m.GetLockers())
    assert code_of(refused) == "accounts.no-role"
    told = technician.ask(m.GetLayout())
    full = kit.lane("1003").ask(m.GetLockers())
    assert [bank.bank for bank in told.banks] == [bank.bank for bank in full.banks]
    assert [len(bank.cells) for bank in told.banks] == [len(bank.cells) for bank in full.banks]
    assert any(cell.name for bank in full.banks for cell in bank.cells)
    for bank in told.banks:
        for cell in bank.cells:
            assert (cell.stay, cell.name, cell.bag, cell.tag, cell.seal, cell.opening) == (
                "",
                "",
                "",
                "",
                "",
                None,
            )
            assert (cell.grams, cell.items, cell.since, cell.use) == (None, 0, None, "empty")
