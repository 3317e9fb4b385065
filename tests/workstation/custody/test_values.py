"""Values that cannot be recorded: refused with a code, never an exception, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workstation.custody.practice import (
    BY_HAND,
    DEVICE,
    TYPED,
    World,
    list_item,
    set_measure,
    store_bag,
)
from tests.workstation.custody.test_matrix import SAMPLES, lived
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.commands import Command, Family
from workstation.custody.decide import Decision, Refusal
from workstation.custody.values import How, Source
from workstation.readings import Door

BASE, STAY = lived()
HOUSE, ENTRIES = BASE.house, list(BASE.entries)


def ask(command: Command, report: bool = False, **more: object) -> list[str]:
    BASE.house, BASE.entries = HOUSE, list(ENTRIES)
    verdict = BASE.ask(command, report=report, **more)  # type: ignore[arg-type]  # passed through by name
    assert isinstance(verdict, Refusal), verdict
    assert {one.gate for one in verdict.objections} == {"GA0"}
    return [one.message for one in verdict.objections]


def by_hand(**changes: str) -> Source:
    return msgspec.structs.replace(BY_HAND, **changes)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.WeighBag(stay=STAY, bag="bag-01", grams=-1, source=DEVICE), "negative"),
        (c.WeighBag(stay=STAY, bag="bag-99", grams=1, source=DEVICE), "bag-unknown"),
        (c.WeighBag(stay=STAY, bag="bag-01", grams=2**60, source=DEVICE), "too-large"),
        (c.WeighBag(stay=STAY, bag="bag-01", grams=1, source=by_hand(reason=" ")), "by-hand-reason"),
        (c.WeighBag(stay=STAY, bag="bag-01", grams=1, source=by_hand(second="")), "by-hand-second"),
        (c.WeighBag(stay=STAY, bag="bag-01", grams=1, source=by_hand(second="everybody")), "by-hand-second"),
        (c.WeighBag(stay=STAY, bag="bag-01", grams=1, source=by_hand(second="nobody")), "staff-unknown"),
        (c.AddNote(stay=STAY, text="  "), "empty"),
        (c.AddNote(stay=STAY, text="字" * 4001), "too-long"),
        (c.AddNote(stay=STAY, text="a\ud800"), "unreadable-text"),
        (c.AddNote(stay=STAY, text="a\0"), "unreadable-text"),
        (c.RecordComplaint(stay="9" * 32, about="x"), "stay-unknown"),
        (c.Move(stay=STAY, room="attic", reason=""), "room-unknown"),
        (
            c.ReportCellOpened(stay=STAY, cell="bank-z-01", intent="", state=Door.OPEN, failure=""),
            "cell-unknown",
        ),
        (c.ReportForce(stay=STAY, officers=("ghost",), what="x"), "staff-unknown"),
        (list_item(STAY, "phone-1"), "item-exists"),
        (c.FillBag(stay=STAY, bag="bag-77", tag="99FF", items=("phone-1",), source=DEVICE), "item-in-bag"),
        (c.FillBag(stay=STAY, bag="bag-78", tag="99FF", items=(), source=DEVICE), "tag-taken"),
        (c.FillBag(stay=STAY, bag="bag-01", tag="99FE", items=(), source=DEVICE), "bag-stored"),
        (c.FillBag(stay=STAY, bag="bag-79", tag="99FE", items=("nothing",), source=DEVICE), "item-unknown"),
        (store_bag(STAY, "bag-01", "bank-a-03"), "bag-stored"),
        (c.AcknowledgeWarning(stay=STAY, warning="0"), "warning-unknown"),
        (c.CloseDuty(stay=STAY, duty="0", reason="x"), "duty-unknown"),
        (c.AcknowledgeMedicalOrder(stay=STAY, order="zz"), "order-unknown"),
        (c.ReportReturnAfterEscape(stay=STAY, how="x"), "no-escape"),
        (set_measure("x" * 32), "stay-unknown"),
    ],
)
def test_wrong_values_are_named(command: Command, code: str) -> None:
    report = Family.REPORT in command.family
    assert f"values.{code}" in ask(command, report=report)


def test_times_have_a_zone_and_lie_in_the_past() -> None:
    note = c.AddNote(stay=STAY, text="x")
    assert ask(note, report=True, at=BASE.now + timedelta(minutes=1)) == ["values.future"]
    naive = c.ReviewRestraint(
        stay=STAY,
        still_needed=True,
        next_review_at=datetime(2026, 3, 2, 10),
        seen="",
    )
    assert ask(naive) == ["values.no-zone"]


def test_a_request_only_command_is_no_report() -> None:
    assert ask(c.ArchiveStay(stay=STAY, review="x"), report=True) == ["values.family"]
    assert ask(c.AddNote(stay=STAY, text="x")) == ["values.family"]


def test_two_people_cannot_use_one_cell_or_bag_or_band() -> None:
    world = World()
    first = world.admit()
    other = world.admit(items=False)
    world.do(list_item(other, "key"))
    refused = world.ask(c.FillBag(stay=other, bag="bag-01", tag="9911", items=("key",), source=DEVICE))
    assert isinstance(refused, Refusal)
    assert refused.objections[0].message == "values.bag-taken"
    world.do(c.FillBag(stay=other, bag="bag-33", tag="9911", items=("key",), source=DEVICE))
    taken = world.ask(store_bag(other, "bag-33", "bank-a-01"), report=True)
    assert isinstance(taken, Refusal)
    assert taken.objections[0].message == "values.cell-taken"
    worn = world.ask(
        c.ReplaceBand(stay=other, band=world.stay(first).band, reason="断", source=DEVICE), report=True
    )
    assert isinstance(worn, Refusal)
    assert worn.objections[0].message == "values.band-taken"


def test_corrections_keep_kind_stay_and_number() -> None:
    begun = BASE.stay(STAY).entries[0]
    assert isinstance(begun.event, e.StayBegun)
    good = c.CorrectEntry(
        stay=STAY,
        entry=begun.entry,
        replacement=msgspec.json.encode(begun.event).decode(),
        happened_at=begun.happened_at,
        reason="笔误",
    )
    change = msgspec.structs.replace
    assert ask(change(good, entry="entry-0")) == ["values.entry-unknown"]
    assert ask(change(good, reason="")) == ["values.empty"]
    assert ask(change(good, replacement="{}")) == ["values.replacement"]
    note = msgspec.json.encode(e.NoteAdded(text="x")).decode()
    assert ask(change(good, replacement=note)) == ["values.replacement"]
    renamed = msgspec.json.encode(change(begun.event, number="B-01")).decode()
    assert ask(change(good, replacement=renamed)) == ["values.number-fixed"]
    mark = next(one for one in BASE.stay(STAY).entries if isinstance(one.event, e.BreachMarked))
    assert ask(change(good, entry=mark.entry)) == ["values.not-correctable"]
    naive = msgspec.json.encode(begun.event).decode().replace("T01:00:00Z", "T01:00:00")
    assert "values.no-zone" in ask(change(good, replacement=naive))
    long = msgspec.json.encode(change(begun.event, reason="长" * 4001)).decode()
    assert "values.too-long" in ask(change(good, replacement=long))
    assert ask(change(good, replacement='{"kind": []}')) == ["values.replacement"]
    BASE.house, BASE.entries = HOUSE, list(ENTRIES)
    assert isinstance(BASE.ask(good), Decision)


def test_a_correction_cannot_put_a_bag_into_somebody_elses_cell() -> None:
    world = World()
    first, second = world.admit(), world.admit()
    stored = next(one for one in world.stay(second).entries if isinstance(one.event, e.BagStored))
    assert isinstance(stored.event, e.BagStored)
    moved = msgspec.structs.replace(stored.event, cell="bank-a-01")
    correction = c.CorrectEntry(
        stay=second,
        entry=stored.entry,
        replacement=msgspec.json.encode(moved).decode(),
        happened_at=stored.happened_at,
        reason="看错",
    )
    verdict = world.ask(correction)
    assert isinstance(verdict, Refusal)
    assert [one.message for one in verdict.objections] == ["values.cell-taken"]
    world.give_back(first)
    world.do(correction)
    assert world.house.cell_bags["bank-a-01"][0].stay == second


TEXT = st.text(max_size=12) | st.sampled_from(
    ["", "guard", "bag-01", "bank-a-01", "o1", "phone-1", "x" * 4001]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_nothing_that_can_be_decoded_raises(data: st.DataObject) -> None:
    """Any command with any of its texts and numbers replaced is judged, as request and as report."""
    action = data.draw(st.sampled_from(sorted(SAMPLES)))
    BASE.house, BASE.entries = HOUSE, list(ENTRIES)
    command = SAMPLES[action](BASE, STAY)
    changes: dict[str, object] = {}
    for name in command.__struct_fields__:
        value = getattr(command, name)
        if name == "stay" or not data.draw(st.booleans()):
            continue
        if type(value) is str:
            changes[name] = data.draw(TEXT)
        elif type(value) is int:
            changes[name] = data.draw(st.integers(-5, 2**54))
        elif isinstance(value, tuple) and all(type(one) is str for one in value):
            changes[name] = tuple(data.draw(st.lists(TEXT, max_size=3)))
        elif isinstance(value, Source):
            changes[name] = Source(how=data.draw(st.sampled_from(How)), second=data.draw(TEXT))
    changed = msgspec.structs.replace(command, **changes)
    verdict = BASE.ask(changed, report=data.draw(st.booleans()))
    assert isinstance(verdict, Decision | Refusal)
    assert TYPED.how is How.TYPED
