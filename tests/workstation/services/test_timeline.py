"""Timelines from the projection and the record together, and the proof of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.workstation.storage.kit import append, new
from workstation.clock import SteppedClock
from workstation.services.timeline_proving import RUN, Proofs
from workstation.services.timeline_reading import Timelines
from workstation.storage.database import driver
from workstation.storage.store import Store

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(
        tmp_path / "data", SteppedClock(START), centre="c-1", mode="practice", workstation="w-1", catalogue_hash="ab" * 32
    )  # fmt: skip
    yield made
    made.close()


def timelines(store: Store) -> Timelines:
    return Timelines(store.record, store.timeline, store.followers[0])


def fill(store: Store) -> str:
    """Six entries of s-1 among others, the last correcting the second; returns the id of the corrected one."""
    append(store.record, "c-1", new(), new(by_hand=True), new(stay="s-2"))
    corrected = store.record.entries(stay="s-1")[1]
    append(store.record, "c-2", new(), new(kind="note-added/1", sections={"note": {"text": "一切正常"}}))
    append(store.record, "c-3", new(sections={"facts": {"room": "R-1"}, "note@s-2": {"text": "关于别人"}}))
    append(store.record, "c-4", new(kind="entry-corrected/1", corrects=corrected.header.id))
    return corrected.header.id


def test_a_page_is_the_same_however_far_the_follower_is(store: Store) -> None:
    corrected = fill(store)
    read = timelines(store)

    def pages() -> list[tuple[list[int], bool]]:
        made, after = [], 0
        while True:
            page = read.page("s-1", after=after, kinds=(), limit=2, size=9)
            made.append(([row.seq for row in page.rows], page.more))
            if not page.more:
                return made
            after = page.rows[-1].seq

    behind, whole = pages(), read.page("s-1", after=0, kinds=(), limit=50, size=9).rows
    assert behind == [([2, 3], True), ([5, 6], True), ([7, 8], False)]
    assert next(row for row in whole if row.entry == corrected).corrected_by == whole[-1].entry
    store.followers[0].catch_up()
    append(store.record, "c-5", new())
    assert pages() == [([2, 3], True), ([5, 6], True), ([7, 8], True), ([9], False)]
    assert read.page("s-1", after=0, kinds=(), limit=50, size=9).rows[:-1] == whole


def test_a_row_says_nothing_about_another_stay(store: Store) -> None:
    fill(store)
    for _ in range(2):
        rows = timelines(store).page("s-1", after=0, kinds=(), limit=50, size=9).rows
        assert all("关于别人" not in row.body for row in rows)
        assert "关于别人" in timelines(store).newest("s-2", limit=1, size=9).rows[0].body
        store.followers[0].catch_up()


def test_kinds_and_the_newest(store: Store) -> None:
    fill(store)
    for _ in range(2):
        read = timelines(store)
        page = read.page("s-1", after=0, kinds=("note-added/1",), limit=1, size=9)
        assert ([row.seq for row in page.rows], page.more) == ([6], False)
        assert [row.seq for row in read.newest("s-1", limit=2, size=9).rows] == [7, 8]
        store.followers[0].catch_up()
    append(store.record, "c-5", new())
    assert [row.seq for row in timelines(store).newest("s-1", limit=2, size=9).rows] == [8, 9]


def test_an_erased_stay_shows_headers_and_is_proved(store: Store) -> None:
    fill(store)
    store.followers[0].catch_up()
    store.erasure.erase("s-1", 5)
    rows = timelines(store).page("s-1", after=0, kinds=(), limit=50, size=9).rows
    assert {(row.erased, row.body) for row in rows} == {(True, "")}
    proof = Proofs(store.record).prove("s-1", rows[0].seq)
    assert proof is not None
    assert proof.proved


@pytest.mark.parametrize("size", [3, RUN - 1, RUN, RUN + 1, 3 * RUN + 77])
def test_every_entry_is_proved_against_the_head(store: Store, size: int) -> None:
    append(store.record, "c-1", *[new() for _ in range(size)])
    proofs, head = Proofs(store.record), store.record.head()
    for seq in {2, size // 2 + 2, size, size + 1}:
        proof = proofs.prove("s-1", seq)
        assert proof is not None
        assert (proof.proved, proof.size, proof.root) == (True, size + 1, head.range.root().hex())
        assert 0 < proof.steps <= size.bit_length() + 1
    append(store.record, "c-2", *[new() for _ in range(RUN)])
    again = proofs.prove("s-1", 2)
    assert again is not None
    assert (again.proved, again.size) == (True, size + 1 + RUN)


def test_no_proof_for_an_entry_of_somebody_else(store: Store) -> None:
    fill(store)
    proofs = Proofs(store.record)
    assert [proofs.prove("s-1", seq) for seq in (4, 99)] == [None, None]


def test_a_changed_entry_is_not_proved(store: Store) -> None:
    fill(store)
    with store.database.writing() as connection:
        run = driver(connection).execute
        run("DROP TRIGGER entry_no_update")
        (header,) = run("SELECT header FROM entry WHERE seq = 3").fetchone()
        run("UPDATE entry SET header = ? WHERE seq = 3", (header.replace(b'"w-1"', b'"w-9"'),))
    proof = Proofs(store.record).prove("s-1", 3)
    assert proof is not None
    assert (proof.proved, proof.fault) == (False, "verify.leaf")
    with store.database.writing() as connection:
        run = driver(connection).execute
        run("DROP TRIGGER body_no_update")
        run("UPDATE body SET sealed = x'00' WHERE seq = 2")
    proof = Proofs(store.record).prove("s-1", 2)
    assert proof is not None
    assert (proof.proved, proof.fault) == (False, "store.sealed")
