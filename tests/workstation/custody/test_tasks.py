"""The task lists and the one next action, state by state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.workstation.custody.practice import (
    DEVICE,
    TYPED,
    World,
    depart,
    injury,
    list_item,
    open_interview,
    reidentify,
    set_measure,
    signed,
)
from workstation.custody import commands as c
from workstation.custody.commands import ACTIONS
from workstation.custody.next_action import next_action, steps
from workstation.custody.tasks import Task, TaskState, tasks
from workstation.custody.values import (
    Answer,
    Capacity,
    Care,
    CareOutcome,
    CheckMethod,
    Disposition,
    FindingKind,
    Measure,
    NoticeKind,
    NoticeOutcome,
    Outcome,
    Paper,
    PersonFact,
    RestraintKind,
    RestraintReason,
    Step,
)


def task(world: World, stay: str, code: str) -> Task:
    found = tasks(world.stay(stay), world.house, world.around())
    return next(one for one in found if one.code == f"task.{code}")


def state(world: World, stay: str, code: str) -> tuple[str, str]:
    found = task(world, stay, code)
    return found.state.value, found.action


def says(world: World, stay: str) -> str:
    return next_action(world.stay(stay), world.house, world.around()).action


def notice(stay: str, outcome: NoticeOutcome) -> c.GiveNotice:
    return c.GiveNotice(
        stay=stay,
        notice=NoticeKind.FAMILY,
        outcome=outcome,
        recipient="家属",
        relation="父",
        phone="",
        method="phone",
        reason="无人接听",
    )


def test_search_leads_from_finding_to_injury_to_end() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay)
    assert state(world, stay, "search") == ("none", "begin-search")
    world.do(c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="search", witness=""))
    assert state(world, stay, "search") == ("partial", "record-finding")
    world.do(c.RecordFinding(stay=stay, finding=FindingKind.CONTRABAND, what="刀"))
    assert state(world, stay, "search") == ("partial", "record-injury")
    assert state(world, stay, "case-property") == ("none", "list-item")
    world.do(injury(stay))
    assert state(world, stay, "search") == ("partial", "end-search")
    world.do(c.EndSearch(stay=stay, signatures=signed("person", "searcher", "witness")))
    assert state(world, stay, "search") == ("done", "begin-search")


def test_property_leads_from_list_to_locker() -> None:
    world = World()
    stay = world.begin()
    assert state(world, stay, "property-list") == ("none", "list-item")
    assert state(world, stay, "bag") == ("none", "list-item")
    world.do(list_item(stay, "phone"))
    assert state(world, stay, "property-list") == ("partial", "sign-paper")
    assert state(world, stay, "bag") == ("none", "fill-bag")
    world.do(c.FillBag(stay=stay, bag="b", tag="99", items=("phone",), source=DEVICE))
    assert state(world, stay, "bag") == ("partial", "seal-bag")
    world.do(c.SealBag(stay=stay, bag="b", seal="F", source=TYPED))
    assert state(world, stay, "bag") == ("partial", "weigh-bag")
    world.do(c.WeighBag(stay=stay, bag="b", grams=1, source=DEVICE))
    assert state(world, stay, "bag") == ("partial", "store-bag")
    empty = world.begin()
    world.do(
        c.SignPaper(stay=empty, paper=Paper.PROPERTY_LIST, number="", pages=1, signatures=signed("person"))
    )
    assert state(world, empty, "bag")[0] == "not-applicable"
    assert state(world, empty, "property-list")[0] == "done"


def test_notice_is_half_done_until_somebody_is_reached() -> None:
    world = World()
    stay = world.begin()
    assert state(world, stay, "notice")[0] == "none"
    world.do(set_measure(stay))
    world.do(notice(stay, NoticeOutcome.NOT_REACHED))
    assert state(world, stay, "notice")[0] == "partial"
    assert task(world, stay, "notice").due_at == world.now + timedelta(minutes=60)
    world.do(notice(stay, NoticeOutcome.NOT_GIVEN))
    assert state(world, stay, "notice")[0] == "done"
    willing = world.begin()
    world.do(set_measure(willing, Measure.VOLUNTARY))
    assert state(world, willing, "notice")[0] == "not-applicable"


def test_tests_are_asked_for_when_something_was_taken() -> None:
    world = World()
    stay = world.admit(items=False)
    assert state(world, stay, "tests")[0] == "not-applicable"
    world.do(c.NotePersonFact(stay=stay, fact=PersonFact.INTOXICATED, answer=Answer.YES, source=TYPED))
    assert state(world, stay, "tests") == ("none", "test-substance")


def test_checks_care_and_restraint_fall_due() -> None:
    world = World()
    stay = world.admit(items=False)
    world.hold(stay)
    assert state(world, stay, "checks")[0] == "done"
    world.later(minutes=25)
    assert says(world, stay) == "check-person"
    world.later(minutes=5)
    assert state(world, stay, "checks")[0] == "none"
    check = c.CheckPerson(
        stay=stay,
        method=CheckMethod.IN_ROOM,
        response=3,
        band_tapped=True,
        seen="",
        source=DEVICE,
        anomaly=Answer.NO,
    )
    world.do(check, report=True)
    assert state(world, stay, "checks")[0] == "done"
    world.later(hours=5, minutes=25)
    world.do(check, report=True)
    assert says(world, stay) == "offer-care"
    world.later(minutes=10)
    assert state(world, stay, "care")[0] == "none"
    world.do(c.OfferCare(stay=stay, care=Care.MEAL, outcome=CareOutcome.REFUSED, detail=""), report=True)
    assert state(world, stay, "care")[0] == "done"
    world.do(
        c.ApplyRestraint(
            stay=stay,
            restraint=RestraintKind.STRAP,
            reason=RestraintReason.SELF_HARM,
            review_at=world.now + timedelta(minutes=15),
            watcher="guard",
        )
    )
    assert state(world, stay, "restraint")[0] == "done"
    world.later(minutes=15)
    assert state(world, stay, "restraint") == ("partial", "review-restraint")
    assert says(world, stay) == "review-restraint"


def test_departure_tasks_in_their_order() -> None:
    world = World()
    stay = world.admit()
    world.hold(stay)
    world.interview(stay)
    assert says(world, stay) == "propose-outcome"
    world.do(c.ProposeOutcome(stay=stay, outcome=Outcome.QUESTIONING_ENDED, paper="1", basis="x"))
    assert says(world, stay) == "approve-outcome"
    world.do(c.ApproveOutcome(stay=stay, outcome=Outcome.QUESTIONING_ENDED))
    assert says(world, stay) == "reidentify"
    world.do(reidentify(stay))
    assert says(world, stay) == "take-bag"
    world.do(c.TakeBag(stay=stay, bag="bag-01", cell="bank-a-01", custodian="custodian", second="guard"))
    assert says(world, stay) == "count-property-blind"
    world.do(c.CountPropertyBlind(stay=stay, lines=(), fen=10000, grams=300, source=DEVICE))
    assert says(world, stay) == "settle-item"
    for item in ("phone-1", "cash-1"):
        world.do(
            c.SettleItem(
                stay=stay,
                item=item,
                disposition=Disposition.RETURNED,
                basis="",
                receiver="本人",
                second="",
            )
        )
    assert says(world, stay) == "compare-injuries"
    world.do(c.CompareInjuries(stay=stay, new=Answer.NO, detail="", photo=""))
    assert says(world, stay) == "sign-paper"
    world.do(
        c.SignPaper(stay=stay, paper=Paper.PROPERTY_RECEIPT, number="", pages=1, signatures=signed("person"))
    )
    assert says(world, stay) == "depart"
    assert task(world, stay, "depart").missing == ()
    world.do(depart(stay))
    assert says(world, stay) == "archive-stay"
    progress = steps(world.stay(stay), world.house, world.around())
    assert progress.steps[Step.DEPARTURE] is TaskState.DONE


def test_after_expiry_ending_the_interview_and_deciding_come_first() -> None:
    world = World()
    stay = world.admit()
    world.do(open_interview(stay), report=True)
    world.later(hours=8)
    assert says(world, stay) == "end-interview"
    world.do(c.EndInterview(stay=stay, pages=1), report=True)
    assert says(world, stay) == "propose-outcome"
    world.decide(stay)
    assert says(world, stay) == "depart"


@pytest.mark.parametrize("kind", [Capacity.WITNESS, Capacity.VICTIM, Capacity.COMPANION])
def test_others_have_the_register_only(kind: Capacity) -> None:
    world = World()
    stay = world.begin(kind)
    assert says(world, stay) == "identify"
    world.identify(stay)
    applicable = {
        one.code
        for one in tasks(world.stay(stay), world.house, world.around())
        if one.state is not TaskState.NOT_APPLICABLE
    }
    assert not applicable & {"task.search", "task.band", "task.room", "task.measure", "task.outcome"}


def test_every_task_names_an_action_of_the_table() -> None:
    world = World()
    stay = world.admit()
    world.hold(stay)
    found = tasks(world.stay(stay), world.house, world.around())
    assert all(one.action in ACTIONS for one in found if one.state is not TaskState.NOT_APPLICABLE)
