"""Departure: what is owed, liberty first, custody, and what nobody asked for."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.workstation.custody.practice import (
    DEVICE,
    STAFF,
    TYPED,
    World,
    depart,
    open_interview,
    reidentify,
    signed,
)
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.decide import Refusal
from workstation.custody.next_action import next_action
from workstation.custody.presence import Status
from workstation.custody.values import (
    Answer,
    Capacity,
    Care,
    CareOutcome,
    CaseKind,
    Disposition,
    IdentityCheck,
    Incident,
    Measure,
    Outcome,
    PersonFact,
    WarningLevel,
)
from workstation.roles import Sex


def owed(world: World, stay: str) -> set[str]:
    red = {one.gate for one in world.stay(stay).remarks.open_duties if one.level is WarningLevel.RED}
    warned = {one.rule for one in world.stay(stay).remarks.open_warnings}
    assert red <= warned
    return red


def test_an_undecided_suspect_is_not_let_go_by_request() -> None:
    world = World()
    stay = world.admit()
    refused = world.refused(depart(stay))
    assert refused[0] == "GR1"
    assert {"GR2", "GR3a", "GR3b", "GR3c", "GR3d"} <= set(refused)


def test_a_decided_release_is_never_held_by_property_or_identity() -> None:
    world = World()
    stay = world.admit()
    world.decide(stay)
    gone = world.do(depart(stay))
    departed = gone.events[0]
    assert isinstance(departed, e.Departed)
    assert set(departed.unmet) == {"GR2", "GR3a", "GR3b", "GR3c", "GR3d"} == owed(world, stay)
    assert not gone.breach
    assert world.stay(stay).status is Status.DEPARTED


def test_an_expired_clock_frees_too() -> None:
    world = World()
    stay = world.admit()
    world.later(hours=8)
    assert next_action(world.stay(stay), world.house, world.around()).action == "propose-outcome"
    gone = world.do(depart(stay))
    assert gone.closes_stay
    assert "GR1" in owed(world, stay)


def test_release_on_expiry_is_open_to_any_officer() -> None:
    world = World()
    stay = world.admit()
    leaving = c.ReleaseOnExpiry(stay=stay, destination="自行离开", receiver="本人")
    gone = world.do(leaving, actor=STAFF["custodian"], report=True)
    departed = gone.events[0]
    assert isinstance(departed, e.Departed)
    assert departed.on_expiry
    assert departed.outcome is Outcome.QUESTIONING_ENDED
    assert set(departed.unmet) == owed(world, stay)


def test_a_medical_emergency_goes_out_at_once_and_the_stay_goes_on_outside() -> None:
    world = World()
    stay = world.admit()
    going = c.LeaveForMedicalEmergency(stay=stay, destination="市医院", escorts=("guard",), why="昏迷")
    world.do(going, actor=STAFF["guard"], report=True)
    assert world.stay(stay).status is Status.OUT
    assert world.stay(stay).room == ""
    assert owed(world, stay)
    world.do(c.EndTemporaryExit(stay=stay, seen="已清醒"), report=True)
    assert world.stay(stay).status is Status.OPEN
    world.do(going, report=True)
    world.do(
        c.ProposeOutcome(stay=stay, outcome=Outcome.BAIL, paper="2", basis="住院"),
        report=True,
    )
    world.do(c.ApproveOutcome(stay=stay, outcome=Outcome.BAIL), report=True)
    world.do(depart(stay, Outcome.BAIL))
    assert world.stay(stay).status is Status.DEPARTED


def ready_for_custody(world: World, **how: object) -> str:
    stay = world.admit(
        items=False,
        kind=CaseKind.CRIMINAL,
        measure=Measure.CRIMINAL_SUMMONS,
        **how,  # type: ignore[arg-type]  # passed through by name
    )
    world.decide(stay, Outcome.CRIMINAL_DETENTION)
    world.do(reidentify(stay))
    return stay


def into(stay: str) -> c.Depart:
    return depart(stay, Outcome.CRIMINAL_DETENTION, ("officer", "officer-2"))


def test_custody_keeps_its_hard_rows() -> None:
    world = World()
    stay = ready_for_custody(world)
    assert world.refused(into(stay)) == ["GR6a", "GR6b"]
    world.later(hours=13)  # also when the clock has run out
    assert world.refused(into(stay)) == ["GR6a", "GR6b"]
    world.do(c.ExamineFitness(stay=stay, fit=Answer.YES, report="无异常"))
    assert not world.do(into(stay)).breach


def test_custody_reported_against_its_rows_is_a_breach_and_stays_owed() -> None:
    world = World()
    stay = ready_for_custody(world)
    gone = world.do(into(stay), report=True)
    assert gone.breach
    assert owed(world, stay) == {"GR6a", "GR6b"}


def test_nobody_overrides_for_the_pregnant() -> None:
    world = World()
    stay = ready_for_custody(world, sex=Sex.FEMALE)
    world.do(c.ExamineFitness(stay=stay, fit=Answer.YES, report=""))
    unknown = world.ask(into(stay))
    assert isinstance(unknown, Refusal)
    assert [(one.gate, one.unknown, one.override) for one in unknown.objections] == [("GR6c", True, "")]
    world.do(c.NotePersonFact(stay=stay, fact=PersonFact.NURSING, answer=Answer.NO, source=TYPED))
    world.do(c.NotePersonFact(stay=stay, fact=PersonFact.PREGNANT, answer=Answer.YES, source=TYPED))
    override = {"GR6c": ("批准", STAFF["legal"])}
    assert isinstance(world.ask(into(stay), overrides=override), Refusal)


@pytest.mark.parametrize(
    ("band", "photo", "question", "statement", "good"),
    [
        ("matches", "matches", "matches", "", True),
        ("matches", "not-possible", "matches", "照片模糊", True),
        ("matches", "not-possible", "matches", "", False),
        ("matches", "not-possible", "not-possible", "说明", False),
        ("matches", "matches", "differs", "说明", False),
    ],
)
def test_identity_by_two_of_three(band: str, photo: str, question: str, statement: str, good: bool) -> None:
    world = World()
    stay = ready_for_custody(world)
    world.do(c.ExamineFitness(stay=stay, fit=Answer.YES, report=""))
    world.do(
        c.Reidentify(
            stay=stay,
            band=IdentityCheck(band),
            photo=IdentityCheck(photo),
            question=IdentityCheck(question),
            statement=statement,
        )
    )
    verdict = world.ask(into(stay))
    assert isinstance(verdict, Refusal) is not good


def test_property_count_missing_item_and_weight() -> None:
    world = World()
    stay = world.admit()
    take = c.TakeBag(stay=stay, bag="bag-01", cell="bank-a-01", custodian="custodian", second="guard")
    assert world.refused(msgspec.structs.replace(take, second="custodian")) == ["GA0"]
    world.do(take)
    count = c.CountPropertyBlind(stay=stay, lines=(), fen=9000, grams=250, source=DEVICE)
    world.do(count)
    missing = c.SettleItem(
        stay=stay,
        item="cash-1",
        disposition=Disposition.MISSING,
        basis="少10元",
        receiver="本人",
        second="",
    )
    assert world.refused(missing) == ["GA0"]
    world.do(msgspec.structs.replace(missing, second="guard"))
    world.do(msgspec.structs.replace(missing, item="phone-1", disposition=Disposition.RETURNED))
    assert "GR3c" in world.refused(depart(stay))
    world.do(c.ExplainWeight(stay=stay, explanation="现金取出"))
    assert not {"GR3a", "GR3b", "GR3c", "GR3d"} & set(world.refused(depart(stay)))


def test_a_bag_taken_by_one_person_alone_is_marked() -> None:
    world = World()
    stay = world.admit()
    take = c.TakeBag(stay=stay, bag="bag-01", cell="bank-a-01", custodian="custodian", second="")
    taken = world.do(take, report=True)
    assert taken.breach


def test_a_protected_person_is_fetched_at_night() -> None:
    world = World()
    world.later(hours=13)  # 22:00 local
    stay = world.admit(items=False, birth="1950-02-02")
    world.decide(stay)
    world.do(reidentify(stay))
    pick_up = c.ArrangePickUp(stay=stay, by="测试家属", relation="子", signatures=signed("guardian"))
    refused = world.ask(depart(stay, Outcome.BAIL))
    assert isinstance(refused, Refusal) or "GR5" in owed(world, stay)
    other = world.admit(items=False, birth="1950-02-02")
    world.decide(other)
    world.do(reidentify(other))
    world.do(msgspec.structs.replace(pick_up, stay=other))
    world.do(depart(other))
    assert owed(world, other) == set()


def test_witnesses_leave_at_any_moment() -> None:
    world = World()
    stay = world.begin(Capacity.WITNESS)
    gone = world.do(depart(stay, Outcome.LEFT_FREELY))
    assert gone.passed == ()


def test_escape_return_and_death() -> None:
    world = World()
    stay = world.admit(items=False)
    world.hold(stay)
    world.later(minutes=5)
    world.do(c.ReportEscape(stay=stay, how="翻墙"), report=True)
    assert world.stay(stay).status is Status.ESCAPED
    assert world.house.occupancy == {}
    world.do(c.ReportReturnAfterEscape(stay=stay, how="抓获"), report=True)
    assert world.stay(stay).status is Status.OPEN
    assert "GH1a" in world.refused(c.PlaceInRoom(stay=stay, room="holding-1", guard="guard"))
    world.do(c.ReportIncident(stay=stay, incident=Incident.COLLAPSE, what="倒地"), report=True)
    world.do(c.ReportDeath(stay=stay, circumstances="抢救无效"), report=True)
    assert world.stay(stay).status is Status.DIED


def test_what_a_departed_stay_still_takes() -> None:
    world = World()
    stay = world.admit()
    world.decide(stay)
    world.do(depart(stay))
    world.give_back(stay)
    world.do(c.AddNote(stay=stay, text="家属来电"), report=True)
    world.do(c.ArchiveStay(stay=stay, review="已审核"), actor=STAFF["legal"])
    assert world.stay(stay).status is Status.ARCHIVED
    check = c.ReportIllness(stay=stay, what="头晕", injury=False)
    assert isinstance(world.ask(check, report=True), Refusal)
    world.do(c.AddNote(stay=stay, text="补充"), report=True)


def test_a_late_departure_report_closes_at_its_own_time() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=2)
    earlier = world.now - timedelta(minutes=30)
    world.do(c.ReleaseOnExpiry(stay=stay, destination="", receiver=""), report=True, at=earlier)
    assert world.stay(stay).presence.ended_at == earlier


def test_late_reports_are_judged_by_the_state_of_their_moment() -> None:
    world = World()
    stay = world.admit()
    world.hold(stay)
    world.later(hours=1)
    then = world.now
    world.later(hours=1)
    world.decide(stay)
    world.release(stay)
    meal = c.OfferCare(stay=stay, care=Care.MEAL, outcome=CareOutcome.ACCEPTED, detail="")
    assert not world.do(meal, report=True, at=then).breach
    assert world.do(meal, report=True).breach
    talk = open_interview(stay, "holding-1")
    opened = world.do(talk, report=True, at=then)
    assert opened.breach
    assert isinstance(opened.events[0], e.InterviewOpened)
    assert opened.events[0].recording is Answer.UNKNOWN
    world.do(c.EndInterview(stay=stay, pages=1), report=True, at=then + timedelta(minutes=10))
    talks = world.stay(stay).interviews.interviews
    assert [one.ended for one in talks] == [then + timedelta(minutes=10)]


def test_a_late_report_is_held_against_who_was_there_then() -> None:
    world = World()
    man, woman = world.admit(items=False), world.admit(items=False, sex=Sex.FEMALE)
    world.hold(man)
    world.later(hours=1)
    then = world.now
    world.later(hours=1)
    world.do(c.Move(stay=man, room="corridor", reason=""))
    placed = c.PlaceInRoom(stay=woman, room="holding-1", guard="woman")
    assert "GH2b" in [one.gate for one in world.do(placed, report=True, at=then).passed]
    assert "GH2b" not in [one.gate for one in world.do(placed, report=True).passed]
