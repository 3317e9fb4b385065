"""Rows of admission and search: each refuses what it is for, and lets the lawful act pass."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from tests.workstation.custody.practice import (
    BY_HAND,
    DEVICE,
    STAFF,
    START,
    TYPED,
    World,
    extend,
    list_item,
    set_measure,
    signed,
    store_bag,
)
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.decide import Refusal
from workstation.custody.values import (
    Answer,
    ArrivalMode,
    Capacity,
    CaseKind,
    FindingKind,
    Measure,
    PersonFact,
    UnitKind,
)
from workstation.roles import Rank, Sex


def begin(stay: str, **changes: object) -> c.BeginStay:
    command = c.BeginStay(
        stay=stay,
        capacity=Capacity.SUSPECT,
        arrival_mode=ArrivalMode.CAUGHT,
        arrived_at=START,
        entered_at=START,
        unit="演练所",
        unit_kind=UnitKind.STATION,
        brought_by=("officer",),
        reason="",
    )
    return msgspec.structs.replace(command, **changes)


def gates(verdict: object) -> set[str]:
    assert isinstance(verdict, Refusal), verdict
    return {one.gate for one in verdict.objections}


def test_ga1_a_departed_stay_takes_no_search() -> None:
    world = World()
    stay = world.admit(items=False)
    world.do(c.ReleaseOnExpiry(stay=stay, destination="", receiver=""), report=True)
    search = c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="search", witness="")
    assert world.refused(search) == ["GA1"]
    assert world.do(search, report=True).breach


def test_ga2_asks_for_the_role_of_requests_only() -> None:
    world = World()
    stay = world.admit(items=False)
    plan = c.ProposeOutcome(stay=stay, outcome="penalty", paper="1", basis="x")  # type: ignore[arg-type]
    assert world.refused(plan, actor=STAFF["custodian"]) == ["GA2"]
    assert not world.do(plan, actor=STAFF["custodian"], report=True).breach


def test_gi1_arrival_lies_in_a_plausible_past() -> None:
    world = World()
    name = "f" * 32
    ahead = START + timedelta(hours=1)
    assert "GI1" in gates(world.ask(begin(name, arrived_at=ahead, entered_at=ahead)))
    assert "GI1" in gates(world.ask(begin(name, arrived_at=START, entered_at=START - timedelta(minutes=1))))
    old = START - timedelta(days=2)
    assert "GI1" in gates(world.ask(begin(name, arrived_at=old)))
    passed = world.do(begin(name, arrived_at=old), overrides={"GI1": ("车辆故障", STAFF["leader"])})
    assert any(isinstance(one, e.GateOverridden) for one in passed.events)
    assert any(isinstance(one, e.WarningRaised) and one.rule == "GI1" for one in passed.events)


def test_gi2_one_person_one_open_stay() -> None:
    world = World()
    first = world.begin()
    world.identify(first, name="测试甲")
    second = world.begin()
    told = c.Identify(
        stay=second,
        name="测试甲",
        sex=Sex.MALE,
        birth="",
        id_kind="none",
        id_number="",
        address="",
        ethnic="",
        nationality="",
        phone="",
        source=TYPED,
        confirmed_other=False,
    )
    assert world.refused(told) == ["GI2"]
    identity = world.stay(first).identity
    assert identity is not None
    number = identity.id_number
    assert world.refused(msgspec.structs.replace(told, id_number=number, confirmed_other=True)) == ["GI2"]
    world.do(msgspec.structs.replace(told, confirmed_other=True))


def test_gi3_measure_unit_person_paper_and_rank() -> None:
    world = World()
    stay = world.begin()
    assert world.refused(set_measure(stay, paper="")) == ["GI3c"]
    assert world.refused(set_measure(stay, approver_rank=Rank.OFFICER)) == ["GI3d"]
    world.do(set_measure(stay, paper="", oral=True, ground="现场发现", approver_rank=Rank.OFFICER))
    assert "GI3c" in world.refused(set_measure(stay, Measure.COMPELLED, oral=True, ground="现场"))
    questioning = set_measure(stay, Measure.CONTINUED_QUESTIONING)
    assert world.refused(questioning) == ["GI3b"]
    for fact in (PersonFact.ILL, PersonFact.INFECTIOUS):
        world.do(c.NotePersonFact(stay=stay, fact=fact, answer=Answer.NO, source=TYPED))
    world.do(questioning)
    elsewhere = "e" * 32
    world.do(begin(elsewhere, unit_kind=UnitKind.BUREAU_UNIT))
    assert "GI3a" in world.refused(set_measure(elsewhere, Measure.CONTINUED_QUESTIONING))


def test_gi4_tiers_need_ground_rank_order_and_time() -> None:
    world = World()
    stay = world.admit(items=False)
    assert world.refused(extend(stay, "12", "")) == ["GI4a"]
    assert world.refused(extend(stay, "24", "complex")) == ["GI4a"]
    assert world.refused(extend(stay, "36", "complex")) == ["GI4a"]
    world.do(extend(stay, "24", "complex+may-detain", Rank.OFFICER))
    assert world.refused(extend(stay, "12", "many-suspects")) == ["GI4c"]
    late = world.admit(items=False)
    world.later(hours=8, seconds=1)
    assert world.refused(extend(late, "12", "identity-unknown")) == ["GI4c"]
    marked = world.do(extend(late, "12", "identity-unknown"), report=True)
    assert marked.breach


def test_gi4_twelve_to_forty_eight_is_a_forbidden_jump() -> None:
    world = World()
    stay = world.begin()
    for fact in (PersonFact.ILL, PersonFact.INFECTIOUS):
        world.do(c.NotePersonFact(stay=stay, fact=fact, answer=Answer.NO, source=TYPED))
    world.do(set_measure(stay, Measure.CONTINUED_QUESTIONING))
    jump = extend(stay, "48", "identity-withheld", Rank.BUREAU_HEAD)
    assert world.refused(jump) == ["GI4c"]
    assert world.refused(extend(stay, "24", "cannot-verify")) == ["GI4b"]
    world.do(extend(stay, "24", "cannot-verify", Rank.BUREAU_DUTY_HEAD))
    world.do(jump)


def test_gs1_search_by_two_of_the_right_sex() -> None:
    world = World()
    stay = world.begin()
    search = c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="search", witness="")
    assert world.refused(search) == ["GS1"]
    world.identify(stay, sex=Sex.FEMALE)
    assert world.refused(search) == ["GS1"]
    assert world.refused(msgspec.structs.replace(search, officers=("woman", "woman"))) == ["GS1"]
    world.do(msgspec.structs.replace(search, officers=("woman", "doctor")))
    man = world.begin()
    world.identify(man)
    by_woman = c.BeginSearch(stay=man, officers=("guard", "woman"), place="search", witness="")
    assert world.refused(by_woman) == ["GS1b"]
    alone = world.do(msgspec.structs.replace(by_woman, officers=("guard",)), report=True)
    assert alone.breach
    assert any(isinstance(one, e.BreachMarked) and "GS1" in one.gates for one in alone.events)


def test_gs2_what_is_missing_at_the_end_of_a_search_becomes_a_duty() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay)
    world.do(c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="search", witness=""))
    ended = world.do(c.EndSearch(stay=stay, signatures=signed("searcher")))
    duties = [one for one in ended.events if isinstance(one, e.DutyOpened)]
    assert [one.gate for one in duties] == ["GS2"]
    assert duties[0].due_at > world.now
    world.do(c.CloseDuty(stay=stay, duty=duties[0].duty, reason="已补"))
    assert world.stay(stay).remarks.open_duties == ()


def test_gs3_a_bag_is_sealed_read_back_weighed_and_kept_by_no_officer_of_the_case() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay)
    world.do(list_item(stay, "phone"))
    world.do(c.FillBag(stay=stay, bag="bag-09", tag="99AA", items=("phone",), source=DEVICE))
    store = store_bag(stay, "bag-09", "bank-a-01", read_back=TYPED)
    assert world.refused(store) == ["GS3a", "GS3b", "GS3c", "GS3d", "GS3e"]
    world.do(c.SealBag(stay=stay, bag="bag-09", seal="FZ-9", source=TYPED))
    world.do(c.WeighBag(stay=stay, bag="bag-09", grams=150, source=BY_HAND), actor=STAFF["custodian"])
    world.do(
        c.LinkCase(
            stay=stay,
            case_number="1",
            case_kind=CaseKind.CRIMINAL,
            cause="演练",
            officers=("officer",),
            accepted=False,
        )
    )
    by_officer = store_bag(stay, "bag-09", "bank-a-01", custodian="officer", read_back=BY_HAND)
    assert "GS3d" in world.refused(by_officer)
    stored = world.do(store_bag(stay, "bag-09", "bank-a-01", read_back=BY_HAND))
    assert stored.by_hand
    assert [one.gate for one in stored.passed] == ["GS3e"]


def test_gs4_gs5_gs6_gs7() -> None:
    world = World()
    stay = world.admit(items=False, sex=Sex.FEMALE)
    capture = c.CaptureInformation(stay=stay, captures=("photo",), approver="", basis="")
    assert world.refused(capture) == ["GS4"]
    approved = msgspec.structs.replace(capture, approver="leader", basis="第102条")
    world.do(approved)
    assert world.refused(approved) == ["GS4"]
    test = c.TestSubstance(
        stay=stay, substance="urine", result="阴性", staff=("woman", "guard"), forced=False, approver=""
    )
    assert world.refused(test) == ["GS5"]
    assert world.refused(msgspec.structs.replace(test, staff=("woman",))) == ["GS5"]
    right = msgspec.structs.replace(test, staff=("woman", "woman-2"))
    assert world.refused(msgspec.structs.replace(right, forced=True)) == ["GS5"]
    world.do(right)
    other = world.begin()
    world.do(list_item(other, "knife"))
    seize = c.SeizeItem(stay=other, item="knife", basis="管制刀具", list_number="1", emergency=False)
    assert world.refused(seize) == ["GS6"]
    emergency = world.do(msgspec.structs.replace(seize, emergency=True))
    assert [one.gate for one in emergency.events if isinstance(one, e.DutyOpened)] == ["GS6"]
    world.do(list_item(other, "cash", "cash"))
    count = c.CountCash(stay=other, item="cash", fen=100, denominations="", counters=("custodian",))
    assert world.refused(count) == ["GS7"]
    world.do(c.FillBag(stay=other, bag="bag-08", tag="99AB", items=("cash",), source=DEVICE))
    assert "GS7" in world.refused(store_bag(other, "bag-08", "bank-a-02"))


def test_findings_of_a_search_stand_in_the_record() -> None:
    world = World()
    stay = world.admit(items=False)
    found = c.RecordFinding(stay=stay, finding=FindingKind.EVIDENCE, what="手机")
    world.do(found)
    assert [one.finding for one in world.stay(stay).searches.findings][-1] is FindingKind.EVIDENCE
