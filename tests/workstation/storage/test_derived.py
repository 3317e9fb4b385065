from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workstation.storage.kit import append, new
from workstation.clock import SteppedClock
from workstation.errors import StoreError
from workstation.readings import Stamp
from workstation.storage.access_log import Access
from workstation.storage.database import driver
from workstation.storage.projections import Follower
from workstation.storage.store import Store
from workstation.storage.timeline import Timeline, rows_of
from workstation.storage.verify import verify_open


class NewerTimeline(Timeline):
    """The next version of the timeline."""

    version = 4


def tables(store: Store) -> list[str]:
    with store.database.reading() as connection:
        return [
            row[0]
            for row in driver(connection).execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'timeline%' ORDER BY name"
            )
        ]


def test_the_timeline_follows_the_record(store: Store) -> None:
    follower = store.followers[0]
    append(store.record, "c-1", new(stamp=Stamp(at_ms=7, offset_ms=0, uncertainty_ms=1), late=True))
    append(store.record, "c-2", new(by_hand=True, breach=True), new(stay="s-2", simulated=True))
    append(store.record, "c-3", new(sections={"facts": {"room": "R-1"}, "note@s-2": {"text": "争执"}}))
    assert follower.catch_up(batch=2) == 5
    assert follower.catch_up() == 0
    rows = store.timeline.rows("s-1")
    assert [row.seq for row in rows] == [2, 3, 5]
    assert (rows[0].device, rows[0].late, rows[0].by_hand) == (
        Stamp(at_ms=7, offset_ms=0, uncertainty_ms=1),
        True,
        False,
    )
    assert (rows[1].by_hand, rows[1].breach, rows[1].simulated) == (True, True, False)
    assert rows[2].sections == {"facts": {"room": "R-1"}}
    assert store.timeline.rows("s-2")[-1].sections == {"note": {"text": "争执"}}
    assert [row.seq for row in store.timeline.rows("s-1", after_seq=2, limit=1)] == [3]
    assert store.timeline.rows("s-1", kinds=("stay-begun/1",)) == []
    assert [row.seq for row in store.timeline.rows("s-1", kinds=("bag-weighed/1", "x/1"), limit=2)] == [2, 3]
    assert [row.seq for row in store.timeline.rows("s-1", limit=2, newest=True)] == [3, 5]
    for stay in ("", "s-1", "s-2"):
        assert store.timeline.differing(stay, store.record.entries(stay=stay)) == []


def test_applying_again_changes_nothing(store: Store) -> None:
    append(store.record, "c-1")
    store.followers[0].catch_up()
    before = store.timeline.rows("s-1")
    with store.database.writing() as connection:
        for entry in store.record.entries():
            store.timeline.apply(connection, entry)
    assert store.timeline.rows("s-1") == before
    assert store.followers[0].rebuild() == 2
    assert store.timeline.rows("s-1") == before


def test_a_newer_version_is_built_beside_the_old_one(store: Store) -> None:
    append(store.record, "c-1")
    store.followers[0].catch_up()
    newer = NewerTimeline(store.database, store.record.seals)
    follower = Follower(store.database, store.record, newer)
    assert tables(store) == ["timeline_3"]
    assert follower.catch_up() == 2
    assert tables(store) == ["timeline_4"]
    assert newer.rows("s-1")[0].sections == rows_of(store.record.entries(stay="s-1")[0])[0].sections


def test_an_erased_stay_leaves_headers_and_proofs_only(
    store: Store, clock: SteppedClock, folder: Path
) -> None:
    append(store.record, "c-1", new(stay="s-1"), new(stay="s-2"))
    append(store.record, "c-2", new(stay="s-2", sections={"facts": {}, "note@s-1": {"text": "争执"}}))
    piece = store.media.put("s-1", "image/jpeg", b"picture")
    store.drafts.save("d-1", "990001", "s-1", {"a": 1})
    key = store.record.seals.key_of("s-1")
    assert key is not None
    root = store.record.head().range.root()

    store.erasure.erase("s-1", 5)

    assert store.keys.stay_key(key) is None
    entries = {entry.seq: entry for entry in store.record.entries()}
    assert entries[2].sections == {"facts": None, "who": None}
    assert entries[4].sections == {"facts": {}, "note@s-1": None}
    assert entries[3].sections["facts"] == {"bag": "B-1", "grams": 1250}
    assert [entry.seq for entry in store.record.entries(stay="s-1")] == [2, 4]
    assert store.record.head().range.root() == root
    assert [row.sections for row in store.timeline.rows("s-1")] == [None, None]
    assert store.media.of("s-1") == []
    assert store.drafts.list() == []
    assert verify_open(store).faults == []
    assert verify_open(store).hidden == 3
    for act in (
        lambda: store.media.get(piece.id),
        lambda: append(store.record, "c-9", new(stay="s-1")),
    ):
        with pytest.raises(StoreError):
            act()
    with store.record.transaction() as tx, pytest.raises(StoreError) as caught:
        tx.first_result("c-1")
    assert caught.value.code == "store.erased"


def test_an_entry_without_values_has_none_to_erase(store: Store) -> None:
    append(store.record, "c-1", new(stay="s-1", sections={}), new(stay="s-1", sections={"facts": {}}))
    store.erasure.erase("s-1", 5)
    assert [row.sections for row in store.timeline.rows("s-1")] == [{}, None]
    assert verify_open(store).faults == []


@pytest.mark.parametrize("stay", ["", "s-9", "s-1"])
def test_only_a_closed_stay_is_erased(store: Store, stay: str) -> None:
    append(store.record, "c-1")
    with store.record.transaction() as tx:
        tx.decision.open_stay("s-1", "A-01")
    with pytest.raises(StoreError) as caught:
        store.erasure.erase(stay, 5)
    assert caught.value.code == "store.not-so"
    assert verify_open(store).hidden == 0


def test_an_erasure_that_was_cut_off_is_finished_at_the_next_start(
    store: Store, folder: Path, clock: SteppedClock
) -> None:
    append(store.record, "c-1")
    key = store.record.seals.key_of("s-1")
    assert key is not None
    with store.database.writing() as connection:
        run = driver(connection).execute
        run("INSERT INTO erasure(stay, at) VALUES ('s-1', 5)")
        run("INSERT INTO erased(stay, seq) SELECT stay, seq FROM body WHERE stay = 's-1'")
        run("DELETE FROM body WHERE stay = 's-1'")
    store.close()
    again = Store.open(folder, clock, catalogue_hash="ab" * 32)
    try:
        assert again.keys.stay_key(key) is None
        assert again.record.entries(stay="s-1")[0].sections == {"facts": None, "who": None}
    finally:
        again.close()


def test_readers_and_the_follower_see_whole_commands_while_others_write(store: Store) -> None:
    done = threading.Event()
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                failures.append(error)

        return threading.Thread(target=run)

    def write() -> None:
        for number in range(60):
            append(store.record, f"c-{number}", new(), new(stay="s-2"))
            store.access_log.note(Access(actor="990001", session="x", workstation="w-1", action="board"))

    def read() -> None:
        while not done.is_set():
            size = store.record.head().size
            entries = store.record.entries()
            assert len(entries) >= size
            assert len(entries) % 2 == 1, "a command is seen whole or not at all"

    def follow() -> None:
        while not done.is_set():
            store.followers[0].catch_up(batch=7)

    writer, others = guarded(write), [guarded(read), guarded(follow)]
    for thread in (writer, *others):
        thread.start()
    writer.join()
    done.set()
    for thread in others:
        thread.join()
    store.followers[0].catch_up()
    assert failures == []
    assert len(store.timeline.rows("s-2")) == 60
    assert verify_open(store).faults == []
