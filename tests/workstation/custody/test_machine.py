"""Any order of acts over one house: what must always hold, holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.workstation.custody.practice import STAFF, World, depart, reidentify
from tests.workstation.custody.test_matrix import SAMPLES
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.commands import Family
from workstation.custody.decide import Decision, Refusal
from workstation.custody.house import of as house_of
from workstation.custody.next_action import next_action, steps
from workstation.custody.presence import Status
from workstation.custody.stay import fold
from workstation.custody.values import INTO_CUSTODY, Outcome, RoomUse, WarningLevel
from workstation.roles import Sex

ACTIONS = sorted(set(SAMPLES) - {"correct-entry", "acknowledge-warning", "close-warning", "close-duty"})


class Centre(RuleBasedStateMachine):
    """Up to four people in two holding rooms, with every act as request or as report, also late."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.stays: list[str] = []
        self.excused: set[str] = set()  # stays placed with an override or a mark of breach

    @precondition(lambda self: len(self.stays) < 4)
    @rule(
        sex=st.sampled_from([Sex.MALE, Sex.FEMALE]),
        birth=st.sampled_from(["1990-01-01", "2010-01-01"]),
        items=st.booleans(),
        same=st.booleans(),
    )
    def admit(self, sex: Sex, birth: str, items: bool, same: bool) -> None:
        self.stays.append(
            self.world.admit(sex=sex, birth=birth, items=items, case="共同案件" if same else "")
        )

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), action=st.sampled_from(ACTIONS), report=st.booleans(), minutes=st.integers(0, 90))
    def act(self, data: Any, action: str, report: bool, minutes: int) -> None:
        stay = data.draw(st.sampled_from(self.stays))
        command = SAMPLES[action](self.world, stay)
        family = Family.REPORT if report else Family.REQUEST
        if family not in command.family:
            report = not report
        at = self.world.now - timedelta(minutes=minutes) if report else None
        self._judge(command, report, at)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), room=st.sampled_from(["holding-1", "holding-2"]), override=st.booleans())
    def place(self, data: Any, room: str, override: bool) -> None:
        stay = data.draw(st.sampled_from(self.stays))
        given = dict.fromkeys(("GH2a", "GH2b", "GH2c", "GH2d", "GH3b", "GH1a"), ("疏散", STAFF["leader"]))
        verdict = self.world.ask(
            c.PlaceInRoom(stay=stay, room=room, guard="guard"), overrides=given if override else {}
        )
        self._note(verdict, stay)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), minutes=st.integers(-120, 120))
    def correct(self, data: Any, minutes: int) -> None:
        """Any entry at another time, sometimes one that cannot be corrected."""
        stay = data.draw(st.sampled_from(self.stays))
        entry = data.draw(st.sampled_from(self.world.stay(stay).entries))
        if not isinstance(entry.event, e.Event):
            return
        self.world.ask(
            c.CorrectEntry(
                stay=stay,
                entry=entry.entry,
                replacement=msgspec.json.encode(entry.event).decode(),
                happened_at=min(entry.happened_at + timedelta(minutes=minutes), self.world.now),
                reason="时间有误",
            )
        )
        if isinstance(entry.event, e.RoomEntered | e.PersonIdentified | e.StayBegun):
            self.excused.add(stay)  # who was together was judged by the times recorded before

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), outcome=st.sampled_from(Outcome))
    def leave(self, data: Any, outcome: Outcome) -> None:
        stay = data.draw(st.sampled_from(self.stays))
        self.world.ask(c.ProposeOutcome(stay=stay, outcome=outcome, paper="1", basis="x"))
        self.world.ask(c.ApproveOutcome(stay=stay, outcome=outcome))
        self.world.ask(reidentify(stay))
        before = self.world.stay(stay)
        verdict = self.world.ask(depart(stay, outcome, ("officer", "officer-2")))
        decided = before.outcome
        free = decided is not None and decided.is_release and decided.outcome is outcome
        if free and before.status in (Status.OPEN, Status.OUT):
            assert isinstance(verdict, Decision), verdict
        if isinstance(verdict, Decision) and outcome in INTO_CUSTODY:
            departed = verdict.events[0]
            assert isinstance(departed, e.Departed)
            assert departed.unmet == ()

    @rule(minutes=st.integers(1, 240))
    def wait(self, minutes: int) -> None:
        self.world.later(minutes=minutes)

    def _judge(self, command: Any, report: bool, at: Any) -> None:
        self._note(self.world.ask(command, report=report, at=at), command.stay)

    def _note(self, verdict: Decision | Refusal, stay: str) -> None:
        if isinstance(verdict, Decision) and any(
            isinstance(one, e.GateOverridden | e.BreachMarked) for one in verdict.events
        ):
            self.excused.add(stay)

    @invariant()
    def state_is_the_fold_of_the_entries(self) -> None:
        for stay in self.stays:
            known = self.world.stay(stay)
            assert known == fold(one for one in self.world.entries if one.stay == stay)

    @invariant()
    def departures_leave_nothing_open_without_its_red_entry(self) -> None:
        for stay in self.stays:
            known = self.world.stay(stay)
            if known.departure is None:
                continue
            red = {one.gate for one in known.remarks.duties if one.level is WarningLevel.RED}
            warned = {one.rule for one in known.remarks.warnings}
            assert set(known.departure.unmet) <= red & warned

    @invariant()
    def nobody_is_together_against_the_table_without_a_mark(self) -> None:
        for room, people in self.world.house.occupancy.items():
            if self.world.house.centre.rooms[room].use is not RoomUse.HOLDING:
                continue
            for one in people:
                for other in people:
                    if one is not other and one.person.sex is not other.person.sex:
                        assert {one.stay, other.stay} & self.excused, (room, one.number, other.number)

    @invariant()
    def a_cell_holds_one_stay_and_a_bag_lies_in_one_cell(self) -> None:
        owners: dict[str, str] = {}
        for stay in self.world.house.stays.values():
            bags = [one.bag for one in stay.effects.stored]
            assert len(bags) == len(set(bags))
            for bag in stay.effects.stored:
                assert owners.setdefault(bag.cell, stay.stay) == stay.stay

    @invariant()
    def intervals_follow_each_other(self) -> None:
        for stay in self.stays:
            rooms = self.world.stay(stay).presence.rooms
            assert all(one.until is not None for one in rooms[:-1])
            assert all(one.until is None or one.since <= one.until for one in rooms)

    @invariant()
    def there_is_always_a_next_action(self) -> None:
        around = self.world.around()
        for stay in self.stays:
            known = self.world.stay(stay)
            assert next_action(known, self.world.house, around).action
            assert len(steps(known, self.world.house, around).activities) == 5

    def teardown(self) -> None:
        again = house_of(self.world.entries)
        for stay in self.stays:
            assert again.stay(stay) == self.world.house.stay(stay)


Centre.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestCentre = Centre.TestCase
