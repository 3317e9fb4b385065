"""Entries in words, apart from any screen: every kind has its sentence, every value its name, a correction its change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.ui.screen_kit import Shop, Shops, catalogue
from ui.entries import Sayer, bare, field_types
from ui.timeline.correction import Sort, parts_of, replacement
from workstation.custody import events as e
from workstation.custody.recorded import KINDS, kind_of
from workstation.custody.values import Destination, How, Source
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def row(event: e.Event, *, seq: int = 7, corrects: str = "", at: datetime = AT) -> TimelineRow:
    return TimelineRow(
        seq=seq, entry=f"{seq:064x}", kind=kind_of(event), happened_at=at, recorded_at=at, device_at=None,
        device_offset_ms=0, device_uncertainty_ms=0, actor="P1001", actor_kind="staff", workstation="desk-1", late=False,
        by_hand=False, simulated=False, breach=False, corrects=corrects, corrected_by="", erased=False, how="", values={},
        body=msgspec.json.encode(event).decode(),
    )  # fmt: skip


ITEM = e.ItemListed(
    item="i1", name="手机", features="黑色", quantity=1, unit="部", destination=Destination.PERSONAL_BAG, grams=180,
    source=Source(how=How.TYPED),
)  # fmt: skip


@pytest.fixture
def shop(shops: Shops) -> Shop:
    return shops("1007")


def test_every_kind_and_every_field_has_its_words() -> None:
    kinds = [kind for kind in KINDS if f"event.{bare(kind)}" not in catalogue()]
    fields = {name for kind in KINDS for name in field_types(kind)}
    assert kinds == []
    assert [name for name in sorted(fields) if f"field.{name.replace('_', '-')}" not in catalogue()] == []


def test_a_correction_says_what_it_changed(shop: Shop) -> None:
    after = msgspec.structs.replace(ITEM, quantity=2, destination=Destination.CASE_PROPERTY)
    correction = e.EntryCorrected(
        replacement=msgspec.json.encode(after).decode(),
        happened_at=AT - timedelta(minutes=5),
        reason="数错了",
    )
    said = Sayer(shop.context).content(row(correction, seq=8, corrects=row(ITEM).entry), row(ITEM))
    assert "更正 #7" in said
    assert "数量 1 → 2" in said
    assert "涉案财物" in said or "→" in said
    assert "13:55:00" in said
    assert said.endswith("数错了")
    assert "手机 →" not in said


def test_hostile_text_stays_text(shop: Shop) -> None:
    hostile = msgspec.structs.replace(ITEM, name="<img src=x>{name}", features="\u202eabc")
    assert "<img src=x>{name}" in Sayer(shop.context).content(row(hostile))


def test_an_erased_entry_says_so_and_cannot_be_corrected(shop: Shop) -> None:
    gone = msgspec.structs.replace(row(ITEM), erased=True, body="")
    assert shop.words("entries.erased") in Sayer(shop.context).content(gone)
    assert parts_of(gone, UTC) == ()


def test_a_correction_keeps_what_is_not_edited() -> None:
    parts = {part.name: part for part in parts_of(row(ITEM), UTC)}
    assert parts["source"].sort is Sort.KEPT
    assert parts["destination"].sort is Sort.CHOICE
    changed = msgspec.json.decode(
        replacement(row(ITEM), {"grams": "", "features": "黑色"}, UTC), type=e.ItemListed
    )
    assert changed == msgspec.structs.replace(ITEM, grams=None)


@pytest.mark.parametrize(
    ("edited", "code"),
    [
        ({}, "timeline.correct.same"),
        ({"quantity": "一"}, "timeline.correct.number"),
        ({"quantity": ""}, "timeline.correct.value"),
        ({"destination": ""}, "timeline.correct.value"),
    ],
)
def test_a_correction_that_does_not_fit_names_its_field(edited: dict[str, str], code: str) -> None:
    with pytest.raises(AppError) as caught:
        replacement(row(ITEM), edited, UTC)
    assert caught.value.code == code
    if edited:
        assert caught.value.values == {"field": next(iter(edited))}


def test_times_and_lists_are_read_back_as_they_were_typed() -> None:
    begun = e.StayBegun(
        number="A-01", capacity="suspect", arrival_mode="oral-summons", arrived_at=AT, entered_at=AT, unit="所",
        unit_kind="station", brought_by=("P1001", "P1002"),
    )  # fmt: skip
    edited = {"entered_at": "2026-11-24 06:03:00", "brought_by": "P1001，P1003"}
    changed = msgspec.json.decode(replacement(row(begun), edited, UTC), type=e.StayBegun)
    assert changed.entered_at == AT + timedelta(minutes=3)
    assert changed.arrived_at == AT
    assert changed.brought_by == ("P1001", "P1003")
