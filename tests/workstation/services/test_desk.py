"""The Desk on a real store: what it records, what it refuses, and what it never does twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk_kit import DeskKit, person, unmet
from tests.station_kit import NOW
from workstation import ids
from workstation.accounts.matrix import AT_WORK, MACHINE_ONLY, READS, REQUESTS, may
from workstation.custody import commands as c
from workstation.custody.house import of
from workstation.custody.values import Answer, Care, CareOutcome, CellPurpose, How, Source
from workstation.errors import AppError
from workstation.roles import Role
from workstation.services.desk import RefusedWith, SavedAs, ScreenOutOfDate, recorded
from workstation.services.practice import GUO, LI, SUN, WANG, WU, ZHOU, Script


def begun(kit: DeskKit, number: int = 2) -> Script:
    """A suspect who has just been identified."""
    script = Script(number, person(number), kit.clock.now(), band=f"99000000000000000000B{number:03X}")
    script.intake()
    kit.play(script)
    return script


def test_a_saved_command_is_in_the_record_and_in_the_state(kit: DeskKit) -> None:
    script = begun(kit)
    stay = kit.stay(script)
    assert stay.number == "A-01"
    assert stay.identity is not None
    assert stay.identity.name == person(2).name
    kinds = [entry.header.kind for entry in kit.store.record.entries(stay=script.stay)]
    assert kinds == ["stay-begun/1", "person-identified/1", "case-linked/1", "measure-set/1"]
    told = [
        entry.header.kind for entry in kit.store.record.entries(after_seq=1) if not entry.header.simulated
    ]
    assert told == []


def test_the_same_command_twice_is_recorded_once_and_answered_alike(kit: DeskKit) -> None:
    script = begun(kit)
    note = c.AddNote(stay=script.stay, text="只记一次")
    command_id = ids.command_id()
    first = kit.submit(WANG.actor(), note, report=True, id=command_id)
    again = kit.submit(WANG.actor(), note, report=True, id=command_id)
    assert isinstance(first, SavedAs)
    assert isinstance(again, SavedAs)
    assert again.entries == first.entries
    assert kit.desk.house().seq == first.size


def test_a_refusal_names_every_unmet_row_and_writes_nothing(kit: DeskKit) -> None:
    script = begun(kit)
    before = kit.desk.house().seq
    answer = kit.submit(WU.actor(), c.PlaceInRoom(stay=script.stay, room="holding-1", guard=WU.id))
    assert isinstance(answer, RefusedWith)
    assert {"GH1a", "GH1b", "GH3b"} <= set(unmet(answer))
    assert kit.desk.house().seq == before


def test_what_happened_is_recorded_with_its_breach_and_a_red_warning(kit: DeskKit) -> None:
    script = begun(kit)
    answer = kit.submit(
        WU.actor(), c.PlaceInRoom(stay=script.stay, room="holding-1", guard=WU.id), report=True
    )
    assert isinstance(answer, SavedAs)
    stay = kit.stay(script)
    assert stay.room == "holding-1"
    assert {"GH1a", "GH1b"} <= set(stay.remarks.breaches[0].gates)
    assert stay.remarks.open_warnings
    assert all(entry.header.breach for entry in kit.store.record.entries(after_seq=answer.entries[0] - 1))


def test_a_screen_that_is_out_of_date_is_told_what_changed(kit: DeskKit) -> None:
    script = begun(kit)
    shown = kit.desk.house().seq
    kit.submit(SUN.actor(), c.AddNote(stay=script.stay, text="别人的记录"), report=True)
    command = c.OfferCare(stay=script.stay, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail="")
    answer = kit.submit(WU.actor(), command, position=shown)
    assert answer == ScreenOutOfDate(position=kit.desk.house().seq, changed=("note-added/1",))
    assert isinstance(kit.submit(WU.actor(), command), SavedAs)


def test_named_colleagues_must_prove_themselves(kit: DeskKit) -> None:
    script = begun(kit)
    command = c.OpenCell(
        stay=script.stay,
        cell="B-01",
        purpose=CellPurpose.INSPECT,
        bag="",
        custodian=GUO.id,
        second=LI.id,
    )
    with pytest.raises(AppError) as refused:
        kit.submit(GUO.actor(), command)
    assert refused.value.code == "desk.second-person"
    assert refused.value.values == {"staff": LI.id}
    by_hand = Source(how=How.BY_HAND, second=LI.id, reason="秤故障")
    with pytest.raises(AppError):
        kit.submit(WANG.actor(), c.WeighBag(stay=script.stay, bag="bag-09", grams=5, source=by_hand))


def test_a_report_needs_somebody_who_works_with_persons(kit: DeskKit) -> None:
    script = begun(kit)
    auditor = WANG.actor()
    auditor = type(auditor)(
        id="P1014",
        name="审计员",
        roles=frozenset({Role.AUDITOR}),
        rank=auditor.rank,
        unit="",
        sex=auditor.sex,
    )
    with pytest.raises(AppError) as refused:
        kit.submit(auditor, c.AddNote(stay=script.stay, text="x"), report=True)
    assert refused.value.code == "accounts.no-role"


def test_late_entries_are_labelled(kit: DeskKit) -> None:
    script = begun(kit)
    kit.clock.advance(timedelta(minutes=30))
    happened = kit.clock.now() - timedelta(minutes=20)
    kit.submit(WU.actor(), c.AddNote(stay=script.stay, text="晚记"), report=True, happened_at=happened)
    last = kit.store.record.entries(stay=script.stay)[-1].header
    assert last.late
    assert last.recorded_at_ms - last.happened_at_ms == 20 * 60 * 1000


def test_an_override_needs_the_second_person_with_that_authority(kit: DeskKit) -> None:
    script = begun(kit)
    script.rights_and_health()
    kit.play(script)
    kit.submit(
        WU.actor(), c.PlanObservation(stay=script.stay, level="general", interval_min=30, reason="常规")
    )
    command = c.PlaceInRoom(stay=script.stay, room="holding-1", guard=WU.id)
    override = (c.Override(gate="GH1a", reason="突发暴力，先行控制"),)
    assert "GH1a" in unmet(kit.submit(WU.actor(), command, overrides=override, proven=(LI.actor(),)))
    answer = kit.submit(WU.actor(), command, overrides=override, proven=(ZHOU.actor(),))
    assert isinstance(answer, SavedAs), unmet(answer)
    stay = kit.stay(script)
    assert [one.gate for one in stay.remarks.overrides] == ["GH1a"]
    assert stay.remarks.open_warnings


def test_a_desk_that_starts_anew_knows_the_same_state(kit: DeskKit) -> None:
    script = begun(kit)
    script.rights_and_health()
    script.search()
    kit.play(script)
    fresh = kit.new_desk().house()
    replayed = of(recorded(entry) for entry in kit.store.record.entries())
    assert fresh.seq == kit.desk.house().seq == kit.store.record.head().size
    assert fresh.stays == kit.desk.house().stays == replayed.stays
    assert fresh.centre == replayed.centre


def test_two_desks_on_one_store_never_write_over_each_other(kit: DeskKit) -> None:
    script = begun(kit)
    other = kit.new_desk()
    saved: list[object] = []

    def write(desk: object, text: str) -> None:
        for number in range(10):
            envelope = c.Envelope(
                id=ids.command_id(),
                position=0,
                report=True,
                command=c.AddNote(stay=script.stay, text=f"{text} {number}"),
            )
            saved.append(desk.submit(envelope, WANG.actor()))  # type: ignore[attr-defined]

    threads = [
        threading.Thread(target=write, args=(kit.desk, "甲")),
        threading.Thread(target=write, args=(other, "乙")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) == 20
    assert all(isinstance(answer, SavedAs) for answer in saved)
    house = kit.desk.house()
    assert len(house.stays[script.stay].remarks.notes) == 20
    assert house.stays == other.house().stays


def test_numbers_are_not_lost_by_a_refused_begin(kit: DeskKit) -> None:
    first = begun(kit, 2)
    twice = Script(9, person(2), kit.clock.now(), band="")
    twice.intake()
    assert "GI2" in unmet(kit.act(twice.acts[0]))
    third = begun(kit, 5)
    assert (kit.stay(first).number, kit.stay(third).number) == ("A-01", "A-02")


def test_everything_a_role_may_is_in_one_table() -> None:
    requests = {name for name, cls in c.ACTIONS.items() if c.Family.REQUEST in cls.family}
    assert set(REQUESTS) == requests
    for action in requests:
        for role in Role:
            assert may(action, frozenset({role}), report=False) == (role in REQUESTS[action])
    for action, cls in c.ACTIONS.items():
        for role in Role:
            told = may(action, frozenset({role}), report=True)
            possible = c.Family.REPORT in cls.family and action not in MACHINE_ONLY
            assert told == (possible and role in AT_WORK)
    assert not may("no-such-thing", frozenset(Role), report=False)


def test_administrators_read_no_case_and_auditors_write_nothing() -> None:
    cases = {"read-board", "read-stay", "read-timeline", "read-lockers", "read-media", "print-paper"}
    assert not any(Role.ADMINISTRATOR in READS[action] for action in cases)
    assert not any(Role.AUDITOR in roles for roles in REQUESTS.values())
    assert Role.AUDITOR not in AT_WORK


def test_a_custody_officer_of_the_case_keeps_no_property(kit: DeskKit) -> None:
    assert not REQUESTS["store-bag"] & {Role.CASE_OFFICER}
    assert kit.desk.house().centre.staff[GUO.id].actor.roles == {Role.CUSTODIAN}


def test_questions_that_nobody_answered_stay_unknown(kit: DeskKit) -> None:
    script = begun(kit)
    assert kit.stay(script).care.screen is None
    assert kit.stay(script).interviews.preflight("interview-1") is None
    assert Answer.UNKNOWN == "unknown"


def test_the_store_is_closed_and_opened_in_the_same_state(desk_template: Path, tmp_path: Path) -> None:
    kit = DeskKit.on_copy(desk_template, tmp_path / "store")
    script = begun(kit)
    before = kit.desk.house().stays
    kit.close()
    again = DeskKit(tmp_path / "store", start=NOW + timedelta(hours=1))
    assert again.desk.house().stays == before
    assert again.stay(script).number == "A-01"
    again.close()
