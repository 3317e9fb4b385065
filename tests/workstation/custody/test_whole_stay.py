"""One ordinary stay from arrival to departure, and what stands in the house on the way."""

from __future__ import annotations

from tests.workstation.custody.practice import World
from workstation.custody.next_action import next_action, steps
from workstation.custody.presence import Status
from workstation.custody.stay import fold
from workstation.custody.tasks import TaskState
from workstation.custody.values import Step


def test_an_ordinary_stay_leaves_nothing_open() -> None:
    world = World()
    stay = world.admit()
    assert world.house.cell_bags["bank-a-01"][1].bag == "bag-01"
    world.hold(stay)
    assert [one.stay for one in world.house.occupancy["holding-1"]] == [stay]
    world.interview(stay)
    world.decide(stay)
    world.release(stay)
    gone = world.stay(stay)
    assert gone.status is Status.DEPARTED
    assert gone.departure is not None
    assert gone.departure.unmet == ()
    assert gone.remarks.open_duties == ()
    assert gone.remarks.open_warnings == ()
    assert world.house.cell_bags == {}
    assert world.house.occupancy == {}
    assert gone == fold(one for one in world.entries if one.stay == stay)


def test_the_next_action_leads_through_the_whole_stay() -> None:
    world = World()
    stay = world.begin()
    seen = []

    def say() -> str:
        found = next_action(world.stay(stay), world.house, world.around())
        seen.append(found.action)
        return found.action

    assert say() == "identify"
    world.identify(stay)
    assert say() == "photograph-person"
    done = world.admit()
    world.hold(done)
    current = next_action(world.stay(done), world.house, world.around())
    assert current.action == "open-interview"
    assert "GV3" in [one.gate for one in current.reason] or current.reason == ()
    world.interview(done)
    assert next_action(world.stay(done), world.house, world.around()).action == "propose-outcome"
    progress = steps(world.stay(done), world.house, world.around())
    assert progress.steps[Step.ADMISSION] is TaskState.DONE
    assert progress.steps[Step.DEPARTURE] is TaskState.NONE
