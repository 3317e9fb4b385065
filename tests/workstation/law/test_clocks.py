"""Clocks against values worked out by hand, and their arithmetic against a slow count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workstation.custody.practice import PACK, TYPED, World, depart, extend, list_item, set_measure
from workstation.clock import Trust
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.circumstances import ClockLevel, ClockRun, ClockState
from workstation.custody.values import (
    Answer,
    CaseKind,
    InterviewKind,
    Measure,
    Outcome,
    PersonFact,
    RestraintKind,
    RestraintReason,
)
from workstation.law.clocks import clocks
from workstation.law.spans import Span, joined, unpaused, when_used
from workstation.roles import Rank

T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def clock(world: World, stay: str, name: str) -> ClockState:
    found = {one.id: one for one in clocks(world.stay(stay), world.around(), PACK, world.house)}
    return found[name]


def names(world: World, stay: str) -> set[str]:
    return {one.id for one in clocks(world.stay(stay), world.around(), PACK, world.house)}


@pytest.mark.parametrize(
    ("minutes", "level", "state"),
    [
        (359, ClockLevel.NONE, ClockRun.RUNNING),
        (360, ClockLevel.BLUE, ClockRun.RUNNING),
        (420, ClockLevel.YELLOW, ClockRun.RUNNING),
        (464, ClockLevel.YELLOW, ClockRun.RUNNING),
        (465, ClockLevel.RED, ClockRun.RUNNING),
        (480, ClockLevel.RED, ClockRun.EXPIRED),
    ],
)
def test_eight_hours_from_arrival(minutes: int, level: ClockLevel, state: ClockRun) -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(minutes=minutes)
    found = clock(world, stay, "T-ADM")
    assert (found.level, found.state) == (level, state)
    assert found.expires_at == T0 + timedelta(hours=8)
    assert found.used_ms == minutes * 60_000
    assert found.breached is False  # exactly at the limit is still kept


def test_a_tier_moves_the_limit_and_the_leads() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=7, minutes=30)
    assert clock(world, stay, "T-ADM").level is ClockLevel.YELLOW
    world.do(extend(stay, "12", "many-suspects"))
    found = clock(world, stay, "T-ADM")
    assert (found.level, found.tier) == (ClockLevel.NONE, "12")
    assert found.expires_at == T0 + timedelta(hours=12)
    assert any(row.code == "clock.why.tier" for row in found.explanation)


def test_a_tier_reported_against_the_law_does_not_count() -> None:
    world = World()
    stay = world.admit(items=False)
    world.do(extend(stay, "24", "complex"), report=True)
    found = clock(world, stay, "T-ADM")
    assert found.tier == "8"
    assert any(row.code == "clock.why.tier-void" for row in found.explanation)


def test_the_restraint_of_a_drunk_person_is_not_counted() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=1)
    strap = c.ApplyRestraint(
        stay=stay,
        restraint=RestraintKind.STRAP,
        reason=RestraintReason.DRUNK,
        review_at=world.now + timedelta(hours=1),
        watcher="guard",
        which="r1",
    )
    world.do(strap)
    world.later(minutes=30)
    found = clock(world, stay, "T-ADM")
    assert (found.state, found.expires_at, found.used_ms) == (ClockRun.PAUSED, None, 3_600_000)
    violent = msgspec.structs.replace(
        strap, reason=RestraintReason.VIOLENCE, which="r2", review_at=world.now + timedelta(hours=1)
    )
    world.do(violent)
    world.do(c.RemoveRestraint(stay=stay, seen="", which="r1"))
    world.later(hours=2)
    found = clock(world, stay, "T-ADM")
    assert (found.state, found.used_ms) == (ClockRun.RUNNING, 3 * 3_600_000)
    assert found.expires_at == T0 + timedelta(hours=8, minutes=30)


def test_a_clock_stops_at_departure_and_tells_whether_it_was_kept() -> None:
    world = World()
    stay = world.admit(items=False)
    world.decide(stay)
    world.later(hours=8)
    world.do(depart(stay))
    world.later(hours=5)
    found = clock(world, stay, "T-ADM")
    assert (found.state, found.breached, found.level) == (ClockRun.STOPPED, False, ClockLevel.NONE)
    late = world.admit(items=False)
    world.later(hours=8, seconds=1)
    world.do(c.ReleaseOnExpiry(stay=late, destination="", receiver=""), report=True)
    found = clock(world, late, "T-ADM")
    assert (found.breached, found.level) == (True, ClockLevel.RED)


def test_a_correction_of_arrival_never_hides_a_breach() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=9)
    begun = world.stay(stay).entries[0]
    assert isinstance(begun.event, e.StayBegun)
    later = T0 + timedelta(hours=2)
    after = msgspec.structs.replace(begun.event, arrived_at=later, entered_at=later)
    world.do(
        c.CorrectEntry(
            stay=stay,
            entry=begun.entry,
            replacement=msgspec.json.encode(after).decode(),
            happened_at=later,
            reason="笔误",
        )
    )
    found = clock(world, stay, "T-ADM")
    assert found.started_at == later
    assert (found.earlier, found.breached, found.state) == (True, True, ClockRun.EXPIRED)
    assert "GV1a" in world.refused(
        c.OpenInterview(
            stay=stay,
            interview="i",
            type=InterviewKind.QUESTIONING,
            room="interview-1",
            officers=("officer", "officer-2"),
            others="",
            one_officer_ground="",
        )
    )


def test_criminal_summons_begins_anew_after_another_measure() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=3)
    world.do(
        c.LinkCase(
            stay=stay,
            case_number="刑1",
            case_kind=CaseKind.CRIMINAL,
            cause="x",
            officers=("officer",),
            accepted=True,
        )
    )
    world.do(set_measure(stay, Measure.CRIMINAL_SUMMONS))
    world.later(hours=1)
    assert clock(world, stay, "T-ADM").state is ClockRun.STOPPED
    found = clock(world, stay, "T-CR-SUM")
    assert (found.used_ms, found.expires_at) == (3_600_000, T0 + timedelta(hours=15))
    assert world.around().expired(stay) == ()


def test_measures_in_a_row_count_together_until_a_detention() -> None:
    world = World()
    stay = world.admit(items=False, kind=CaseKind.CRIMINAL, measure=Measure.CRIMINAL_SUMMONS)
    world.later(hours=10)
    world.do(set_measure(stay, Measure.COMPELLED))
    world.later(hours=9)
    found = clock(world, stay, "B12")
    assert (found.used_ms, found.level) == (19 * 3_600_000, ClockLevel.BLUE)
    world.do(set_measure(stay, Measure.DETENTION))
    world.later(hours=9)
    found = clock(world, stay, "B12")
    assert (found.used_ms, found.state, found.breached) == (19 * 3_600_000, ClockRun.STOPPED, False)


def test_the_same_measure_named_twice_shares_one_clock() -> None:
    world = World()
    stay = world.admit(items=False)
    world.later(hours=2)
    world.do(set_measure(stay, Measure.FORCED_SUMMONS))
    assert clock(world, stay, "T-ADM").used_ms == 2 * 3_600_000
    assert sum(one.id == "T-ADM" for one in clocks(world.stay(stay), world.around(), PACK, world.house)) == 1


def test_four_hours_for_protected_persons_even_learned_late() -> None:
    world = World()
    stay = world.begin()
    world.identify(stay, birth="1990-01-01")
    for fact in (PersonFact.ILL, PersonFact.INFECTIOUS):
        world.do(c.NotePersonFact(stay=stay, fact=fact, answer=Answer.NO, source=TYPED))
    world.do(set_measure(stay, Measure.CONTINUED_QUESTIONING))
    assert "T-CQ-4" not in names(world, stay)
    assert clock(world, stay, "T-CQ").expires_at == T0 + timedelta(hours=12)
    world.later(hours=5)
    world.identify(stay, birth="1950-01-01")
    found = clock(world, stay, "T-CQ-4")
    assert (found.state, found.breached) == (ClockRun.EXPIRED, True)
    assert world.around().expired(stay)


def test_detention_limits() -> None:
    world = World()
    stay = world.admit(items=False, kind=CaseKind.CRIMINAL, measure=Measure.CRIMINAL_SUMMONS)
    world.later(hours=2)
    world.do(set_measure(stay, Measure.DETENTION))
    assert {"T-DET-KSS", "T-DET-IV", "T-DET-FAM"} <= names(world, stay)
    world.later(hours=1)
    found = clock(world, stay, "T-DET-IV")
    assert found.expires_at == T0 + timedelta(hours=26)
    world.do(
        c.OpenInterview(
            stay=stay,
            interview="i",
            type=InterviewKind.INTERROGATION,
            room="interview-1",
            officers=("officer", "officer-2"),
            others="",
            one_officer_ground="",
        ),
        report=True,
    )
    assert clock(world, stay, "T-DET-IV").state is ClockRun.STOPPED
    world.decide(stay, Outcome.CRIMINAL_DETENTION)
    world.do(depart(stay, Outcome.CRIMINAL_DETENTION, ("officer", "officer-2")), report=True)
    assert clock(world, stay, "T-DET-KSS").state is ClockRun.STOPPED
    world.later(hours=30)
    assert clock(world, stay, "T-DET-KSS").breached is False


def test_family_notice_and_case_property() -> None:
    world = World()
    stay = world.admit(items=False)
    assert clock(world, stay, "T-FAM").state is ClockRun.STOPPED
    silent = world.begin()
    world.do(set_measure(silent))
    world.later(minutes=61)
    assert clock(world, silent, "T-FAM").level is ClockLevel.RED
    world.do(list_item(stay, "knife"))
    world.do(c.SeizeItem(stay=stay, item="knife", basis="x", list_number="1", emergency=False))
    world.later(hours=22)
    assert clock(world, stay, "T-PROP/knife").level is ClockLevel.YELLOW


def test_the_next_check() -> None:
    world = World()
    stay = world.admit(items=False)
    world.hold(stay)
    world.later(minutes=27)
    assert clock(world, stay, "CHECK").level is ClockLevel.YELLOW
    world.later(minutes=3)
    assert clock(world, stay, "CHECK").level is ClockLevel.RED


def test_unverified_time_is_said() -> None:
    world = World()
    stay = world.admit(items=False)
    around = msgspec.structs.replace(world.around(), trust=Trust.UNVERIFIED)
    found = clocks(world.stay(stay), around, PACK, world.house)[0]
    assert any(row.code == "clock.why.unverified" for row in found.explanation)


def test_transfer_of_jurisdiction_counts_afresh() -> None:
    world = World()
    stay = world.admit(items=False)
    world.do(extend(stay, "12", "many-suspects", Rank.UNIT_HEAD))
    world.later(hours=5)
    world.do(c.TransferJurisdiction(stay=stay, unit="邻区派出所", paper="移1号", reason="管辖"), report=True)
    world.later(hours=1)
    found = clock(world, stay, "T-ADM")
    assert (found.used_ms, found.tier) == (3_600_000, "8")


MINUTE = timedelta(minutes=1)
PAUSES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=6)


@given(PAUSES, st.integers(0, 300), st.integers(1, 300))
def test_arithmetic_against_a_count_minute_by_minute(
    given_pauses: list[tuple[int, int]], until: int, limit: int
) -> None:
    pauses = [Span(T0 + at * MINUTE, T0 + (at + long) * MINUTE) for at, long in given_pauses]
    stopped = {minute for at, long in given_pauses for minute in range(at, at + long)}
    used = sum(minute not in stopped for minute in range(until))
    assert unpaused(T0, T0 + until * MINUTE, pauses) == used * MINUTE
    counted, minute = 0, 0
    while counted < limit:
        counted += minute not in stopped
        minute += 1
    end = T0 + 1000 * MINUTE
    assert when_used(T0, pauses, limit * MINUTE, end) == T0 + minute * MINUTE
    parts = joined(pauses, T0, end)
    assert all(one[1] < other[0] for one, other in pairwise(parts))
