"""Rows of holding and interviews."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.workstation.custody.practice import (
    ANYBODY,
    DEVICE,
    STAFF,
    TYPED,
    World,
    open_interview,
    screen,
    set_measure,
    signed,
)
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.values import (
    Answer,
    Capacity,
    Care,
    CareOutcome,
    CaseKind,
    InterviewKind,
    Measure,
    Observation,
    Paper,
    PersonFact,
    RestraintKind,
    RestraintReason,
    SupporterKind,
)
from workstation.roles import Rank, Sex


def place(stay: str, room: str = "holding-1", guard: str = "guard") -> c.PlaceInRoom:
    return c.PlaceInRoom(stay=stay, room=room, guard=guard)


def planned(world: World, **how: object) -> str:
    stay = world.admit(items=False, **how)  # type: ignore[arg-type]  # passed through by name
    world.do(c.PlanObservation(stay=stay, level=Observation.GENERAL, interval_min=60, reason="一般"))
    return stay


def test_gh1_gh3_search_screen_guard_and_plan_come_first() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay)
    assert world.refused(place(stay, guard="")) == ["GH1a", "GH1b", "GH3a", "GH3b"]
    world.do(screen(stay))
    world.search(stay, ("guard", "guard-2"))
    assert world.refused(place(stay)) == ["GH3b"]


def test_gh2_who_may_be_together() -> None:
    world = World()
    man = planned(world, case="甲案")
    world.do(place(man))
    assert world.refused(place(planned(world, sex=Sex.FEMALE))) == ["GH2b"]
    assert world.refused(place(planned(world, birth="2010-05-05"))) == ["GH2c"]
    same = planned(world, case="甲案")
    assert world.refused(place(same)) == ["GH2d"]
    ill = planned(world)
    world.do(c.NotePersonFact(stay=ill, fact=PersonFact.INFECTIOUS, answer=Answer.YES, source=TYPED))
    assert world.refused(place(ill)) == ["GH2d"]
    world.do(place(planned(world)))
    assert world.refused(place(planned(world))) == ["GH2a"]


def test_gh2_unknown_is_not_satisfied() -> None:
    world = World()
    world.do(place(planned(world)))
    nobody = planned(world, birth="")
    assert world.refused(place(nobody)) == ["GH2c"]
    assert not world.ask(place(nobody, "holding-2"), report=True).breach  # type: ignore[union-attr]


def test_gh2_emergency_override_names_a_guard_and_lasts_minutes() -> None:
    world = World()
    world.do(place(planned(world, case="甲案")))
    same = planned(world, case="甲案")
    override = {"GH2d": ("疏散", STAFF["leader"])}
    assert world.ask(place(same, guard=""), overrides=override).__class__.__name__ == "Refusal"
    wrong = {"GH2d": ("疏散", STAFF["legal"])}
    assert world.ask(place(same), overrides=wrong).__class__.__name__ == "Refusal"
    alone = {"GH2d": ("疏散", STAFF["leader"])}
    assert world.ask(place(same), actor=STAFF["leader"], overrides=alone).__class__.__name__ == "Refusal"
    passed = world.do(place(same), overrides=override)
    duties = [one for one in passed.events if isinstance(one, e.DutyOpened)]
    assert [(one.gate, one.due_at - world.now) for one in duties] == [("GH2d", timedelta(minutes=15))]


def test_gh2_as_a_report_is_marked() -> None:
    world = World()
    world.do(place(planned(world)))
    woman = planned(world, sex=Sex.FEMALE)
    moved = world.do(c.Move(stay=woman, room="holding-1", reason="走错"), report=True)
    marks = [one for one in moved.events if isinstance(one, e.BreachMarked)]
    assert "GH2b" in marks[0].gates
    assert world.stay(woman).room == "holding-1"
    assert {one.rule for one in world.stay(woman).remarks.open_warnings} >= {"GH2b"}


def test_gh2e_witnesses_and_protected_persons_are_not_held() -> None:
    world = World()
    witness = world.begin(Capacity.WITNESS)
    assert "GH2e" in world.refused(place(witness))
    old = world.begin()
    world.identify(old, birth="1950-01-01")
    for fact in (PersonFact.ILL, PersonFact.INFECTIOUS):
        world.do(c.NotePersonFact(stay=old, fact=fact, answer=Answer.NO, source=TYPED))
    world.do(set_measure(old, Measure.CONTINUED_QUESTIONING))
    assert "GH2e" in world.refused(place(old))


def test_gh4_restraint() -> None:
    world = World()
    stay = planned(world)
    cuffs = c.ApplyRestraint(
        stay=stay,
        restraint=RestraintKind.HANDCUFFS,
        reason=RestraintReason.DRUNK,
        review_at=world.now + timedelta(minutes=30),
        watcher="guard",
    )
    assert world.refused(cuffs) == ["GH4"]
    strap = msgspec.structs.replace(cuffs, restraint=RestraintKind.STRAP)
    assert world.refused(msgspec.structs.replace(strap, watcher="")) == ["GH4"]
    assert world.refused(msgspec.structs.replace(strap, review_at=world.now + timedelta(hours=5))) == ["GH4"]
    world.do(strap)
    assert world.stay(stay).care.restraint is not None
    world.do(c.RemoveRestraint(stay=stay, seen="已醒"))
    assert world.stay(stay).care.restraint is None


def ready(world: World, room: str = "interview-1") -> None:
    world.recording[room] = Answer.YES


def preflight(stay: str, room: str = "interview-1", recording: Answer = Answer.YES) -> c.Preflight:
    return c.Preflight(stay=stay, room=room, recording=recording, detail="", source=DEVICE)


def test_gv1_clock_rights_room() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay)
    refused = world.refused(open_interview(stay, "holding-1"))
    assert refused[:2] == ["GV1b", "GV1c"]
    done = planned(world)
    ready(world)
    world.do(preflight(done))
    world.later(hours=8)
    assert "GV1a" in world.refused(open_interview(done))


def test_gv2_one_officer_only_for_public_order_with_verified_recording() -> None:
    world = World()
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    alone = open_interview(stay, officers=("officer",))
    assert world.refused(alone) == ["GV2"]
    world.do(open_interview(stay, officers=("officer",), ground="办案中心，全程录音录像"))
    crime = planned(world, kind=CaseKind.CRIMINAL, measure=Measure.CRIMINAL_SUMMONS)
    ready(world, "interview-2")
    world.do(preflight(crime, "interview-2"))
    refused = world.refused(
        open_interview(crime, "interview-2", ("officer-2",), InterviewKind.INTERROGATION, "人手不足")
    )
    assert refused == ["GV2"]


def test_one_officer_without_recording_makes_the_record_unusable() -> None:
    world = World()
    stay = planned(world)
    opened = world.do(open_interview(stay, officers=("officer",)), report=True)
    assert opened.breach
    ended = world.do(c.EndInterview(stay=stay, pages=2), report=True)
    marks = [one for one in ended.events if isinstance(one, e.EvidenceUnusable)]
    assert marks
    assert world.stay(stay).interviews.interviews[0].unusable == marks[0].basis


def test_gv3_recording_demanded_cannot_be_overridden() -> None:
    world = World()
    stay = planned(world)
    refused = world.ask(open_interview(stay))
    assert [(one.gate, one.override) for one in refused.objections] == [("GV3", "")]  # type: ignore[union-attr]
    world.do(preflight(stay))
    assert world.refused(open_interview(stay)) == ["GV3"]
    ready(world)
    world.later(minutes=31)
    assert world.refused(open_interview(stay)) == ["GV3"]
    witness = world.begin(Capacity.WITNESS)
    world.identify(witness)
    world.do(c.ServeRights(stay=witness, language="zh", read_aloud=True, signatures=signed("person")))
    world.recording.clear()
    ask = open_interview(witness, "interview-2")
    assert world.refused(ask) == ["GV3"]
    world.do(ask, overrides={"GV3": ("设备检修，情况紧急", STAFF["leader"])})


def test_gv4_supporters() -> None:
    world = World()
    girl = planned(world, sex=Sex.FEMALE, birth="2010-05-05")
    ready(world)
    world.do(preflight(girl))
    assert world.refused(open_interview(girl)) == ["GV4a", "GV4b"]
    guardian = c.AssignSupporter(
        stay=girl,
        supporter=SupporterKind.GUARDIAN,
        name="测试家属",
        relation="母",
        contact="",
        present=True,
        lawful_note="",
    )
    world.do(guardian)
    world.do(open_interview(girl, officers=("officer", "woman-2")))
    deaf = planned(world)
    ready(world, "interview-2")
    world.do(preflight(deaf, "interview-2"))
    for fact in (PersonFact.DEAF, PersonFact.OTHER_LANGUAGE):
        world.do(c.NotePersonFact(stay=deaf, fact=fact, answer=Answer.YES, source=TYPED))
    ask = open_interview(deaf, "interview-2", ("guard", "officer-2"))
    assert world.refused(ask) == ["GV4c", "GV4d"]
    for kind in (SupporterKind.INTERPRETER, SupporterKind.SIGN_INTERPRETER):
        world.do(msgspec.structs.replace(guardian, stay=deaf, supporter=kind))
    world.do(ask)


def test_gv5_sober_doctor_free_and_rested() -> None:
    world = World()
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    drunk = c.NotePersonFact(stay=stay, fact=PersonFact.INTOXICATED, answer=Answer.YES, source=TYPED)
    world.do(drunk)
    order = c.OrderMedical(
        stay=stay, order="o1", text="静养", blocks_interview=True, blocks_custody=False, due_at=None
    )
    world.do(order)
    assert world.refused(open_interview(stay)) == ["GV5a", "GV5b"]
    world.do(msgspec.structs.replace(drunk, answer=Answer.NO))
    world.do(msgspec.structs.replace(order, order="o2", blocks_interview=False))
    world.do(open_interview(stay))
    other = planned(world)
    world.recording["interview-2"] = Answer.YES
    world.do(preflight(other, "interview-2"))
    assert world.refused(open_interview(other, "interview-2")) == ["GV5c"]


def test_gv5d_the_nights_rest_that_was_taken() -> None:
    world = World()
    world.later(hours=13)  # 22:00 local
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    world.do(c.OfferCare(stay=stay, care=Care.REST, outcome=CareOutcome.ACCEPTED, detail=""))
    assert world.refused(open_interview(stay)) == ["GV5d"]
    world.do(open_interview(stay), overrides={"GV5d": ("紧急", STAFF["legal"])})


def test_gv6_signature_and_recording() -> None:
    world = World()
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    world.do(open_interview(stay))
    ended = world.do(c.EndInterview(stay=stay, pages=2))
    assert [one.gate for one in ended.events if isinstance(one, e.DutyOpened)] == ["GV6"]


def test_a_recording_that_began_during_the_interview_does_not_show_the_whole() -> None:
    world = World()
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    world.do(open_interview(stay))
    world.later(minutes=5)
    started = c.ReportRecordingStarted(stay=stay, room="interview-1", recording="r-2", camera="cam-4")
    world.do(started, report=True)
    world.do(c.EndInterview(stay=stay, pages=2))
    talk = world.stay(stay).interviews.interviews[-1]
    assert talk.whole_recording is Answer.NO


def test_breaks_and_marks_belong_to_the_open_interview() -> None:
    world = World()
    stay = planned(world)
    ready(world)
    world.do(preflight(stay))
    assert world.refused(c.BreakInterview(stay=stay, reason="饮水")) == ["GA0"]
    world.do(open_interview(stay))
    assert world.stay(stay).room == "interview-1"
    world.do(c.BreakInterview(stay=stay, reason="饮水"))
    assert world.refused(c.BreakInterview(stay=stay, reason="饮水")) == ["GA0"]
    world.do(c.ResumeInterview(stay=stay))
    world.do(c.MarkInterview(stay=stay, mark="供述"))
    world.do(c.ShowEvidence(stay=stay, evidence="照片一"))
    talk = world.stay(stay).interviews.open
    assert talk is not None
    assert [one.kind for one in talk.marks] == ["mark", "evidence"]
    assert talk.breaks[0].until is not None


def test_gt1_exit_and_search_on_return() -> None:
    world = World()
    stay = planned(world)
    going = c.BeginTemporaryExit(
        stay=stay,
        reason="辨认现场",
        destination="现场",
        approver="leader",
        approver_rank=Rank.UNIT_HEAD,
        escorts=("officer",),
        planned_return=world.now + timedelta(hours=1),
    )
    assert world.refused(going) == ["GT1"]
    assert world.refused(msgspec.structs.replace(going, approver_rank=Rank.OFFICER)) == ["GT1"]
    world.do(msgspec.structs.replace(going, escorts=("officer", "officer-2")))
    assert world.refused(place(stay)) == ["GA1", "GT1"] or "GA1" in world.refused(place(stay))
    world.later(minutes=40)
    world.do(c.EndTemporaryExit(stay=stay, seen="无异常"))
    assert set(world.refused(place(stay))) == {"GH1a", "GT1"}
    world.search(stay, ("guard", "guard-2"))
    world.do(place(stay))


def test_gp1_media() -> None:
    world = World()
    stay = planned(world)
    export = c.AccessMedia(stay=stay, access="export", media=("m1",), purpose="移送", second="")  # type: ignore[arg-type]
    assert world.refused(export) == ["GP1"]
    world.do(msgspec.structs.replace(export, second="legal"), actor=ANYBODY)


@pytest.mark.parametrize("paper", list(Paper))
def test_every_paper_can_be_signed(paper: Paper) -> None:
    world = World()
    stay = world.begin()
    world.do(c.SignPaper(stay=stay, paper=paper, number="1", pages=1, signatures=signed("person")))
    assert world.stay(stay).papers.paper(paper) is not None
