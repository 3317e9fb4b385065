from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from workstation.errors import StoreError
from workstation.storage.decisions import Decisions, InterviewNow, Occupancy, OpenStay, StoredBag, TagUse
from workstation.storage.store import Store


@pytest.fixture
def tables(store: Store) -> Iterator[Decisions]:
    with store.record.transaction() as tx:
        tx.decision.open_stay("s-1", "A-01")
        tx.decision.open_stay("s-2", "A-02")
        yield tx.decision


def test_open_stays(tables: Decisions) -> None:
    assert tables.open_stays() == [OpenStay("s-1", "A-01"), OpenStay("s-2", "A-02")]
    tables.close_stay("s-1")
    assert tables.stay("s-1") is None
    assert tables.stay("s-2") == OpenStay("s-2", "A-02")


def test_a_stay_is_in_one_room(tables: Decisions) -> None:
    tables.place("s-1", "R-1", 10)
    tables.place("s-2", "R-1", 5)
    assert tables.in_room("R-1") == [Occupancy("s-2", "R-1", 5), Occupancy("s-1", "R-1", 10)]
    tables.place("s-1", "R-2", 20)
    assert tables.room_of("s-1") == Occupancy("s-1", "R-2", 20)
    assert [one.stay for one in tables.occupancy()] == ["s-2", "s-1"]
    tables.leave("s-1")
    tables.leave("s-1")
    assert tables.room_of("s-1") is None


def test_bags_lie_in_cells_of_one_stay(tables: Decisions) -> None:
    tables.put_bag("B-1", "s-1")
    tables.put_bag("B-1", "s-1", "L-01")
    tables.put_bag("B-2", "s-1", "L-01")
    assert [bag.bag for bag in tables.in_cell("L-01")] == ["B-1", "B-2"]
    assert tables.cells() == {"L-01": "s-1"}
    tables.put_bag("B-1", "s-1", "L-02")
    assert tables.cells() == {"L-01": "s-1", "L-02": "s-1"}
    tables.take_bag("B-1")
    tables.take_bag("B-2")
    assert tables.cells() == {}
    assert tables.bag("B-1") == StoredBag("B-1", "s-1", None, None)
    tables.put_bag("B-9", "s-2", "L-01")
    assert tables.cells() == {"L-01": "s-2"}


def test_tags(tables: Decisions) -> None:
    tables.put_bag("B-1", "s-1", "L-01")
    tables.bind_tag("E280", "s-1", "bag", bag="B-1")
    assert tables.tag("E280") == TagUse("E280", "s-1", "bag")
    assert tables.bags_of("s-1") == [StoredBag("B-1", "s-1", "E280", "L-01")]
    tables.release_tag("E280")
    assert tables.tag("E280") is None
    tables.bind_tag("E280", "s-1", "bag", bag="B-1")
    tables.drop_bag("B-1")
    assert tables.tag("E280") is None
    assert tables.bag("B-1") is None
    assert tables.cells() == {}


def test_bands(tables: Decisions) -> None:
    tables.give_band("W-1", "s-1")
    assert tables.wearer("W-1") == "s-1"
    tables.give_band("W-2", "s-1")
    assert (tables.wearer("W-1"), tables.wearer("W-2")) == (None, "s-1")
    tables.take_band("W-2")
    assert tables.wearer("W-2") is None


def test_interviews(tables: Decisions) -> None:
    tables.enter_interview("990001", "s-1", 7)
    tables.enter_interview("990002", "s-1", 7)
    assert tables.interview_of("990001") == InterviewNow("990001", "s-1", 7)
    assert [one.officer for one in tables.interviewers("s-1")] == ["990001", "990002"]
    tables.leave_interview("s-1", "990001")
    assert tables.interview_of("990001") is None
    tables.leave_interview("s-1")
    assert tables.interviewers("s-1") == []


def test_closing_a_stay_empties_its_places(tables: Decisions) -> None:
    tables.place("s-1", "R-1", 1)
    tables.enter_interview("990001", "s-1", 1)
    tables.give_band("W-1", "s-1")
    tables.put_bag("B-1", "s-1", "L-01")
    tables.close_stay("s-1")
    assert tables.occupancy() == []
    assert tables.interview_of("990001") is None
    assert tables.wearer("W-1") is None
    assert [bag.bag for bag in tables.bags_of("s-1")] == ["B-1"]


def _again(tables: Decisions) -> None:
    tables.open_stay("s-1", "A-09")


def _number(tables: Decisions) -> None:
    tables.open_stay("s-9", "A-01")


def _other_stay_in_cell(tables: Decisions) -> None:
    tables.put_bag("B-1", "s-1", "L-01")
    tables.put_bag("B-2", "s-2", "L-01")


def _tag_twice(tables: Decisions) -> None:
    tables.bind_tag("E280", "s-1", "bag")
    tables.bind_tag("E280", "s-2", "band")


def _two_interviews(tables: Decisions) -> None:
    tables.enter_interview("990001", "s-1", 1)
    tables.enter_interview("990001", "s-2", 1)


def _band_of_another(tables: Decisions) -> None:
    tables.give_band("W-1", "s-1")
    tables.give_band("W-1", "s-2")


def _room_of_nobody(tables: Decisions) -> None:
    tables.place("s-9", "R-1", 1)


@pytest.mark.parametrize(
    "act",
    [
        _again,
        _number,
        _other_stay_in_cell,
        _tag_twice,
        _two_interviews,
        _band_of_another,
        _room_of_nobody,
    ],
)
def test_the_second_fence_refuses(store: Store, act: Callable[[Decisions], None]) -> None:
    def decide() -> None:
        with store.record.transaction() as tx:
            tx.decision.open_stay("s-1", "A-01")
            tx.decision.open_stay("s-2", "A-02")
            act(tx.decision)

    with pytest.raises(StoreError) as caught:
        decide()
    assert caught.value.code == "store.conflict"
    with store.record.transaction() as tx:
        assert tx.decision.open_stays() == []


def test_what_is_not_so_is_refused(tables: Decisions) -> None:
    for act in (
        lambda: tables.close_stay("s-9"),
        lambda: tables.take_bag("B-9"),
        lambda: tables.drop_bag("B-9"),
        lambda: tables.release_tag("E0"),
        lambda: tables.take_band("W-9"),
        lambda: tables.bind_tag("E1", "s-1", "bag", bag="B-9"),
    ):
        with pytest.raises(StoreError) as caught:
            act()
        assert caught.value.code == "store.not-so"
