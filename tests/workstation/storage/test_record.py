from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from tests.workstation.storage.kit import HAPPENED, append, new
from workstation.clock import SteppedClock, to_ms
from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, NotCanonical
from workstation.ledger.entry import entry_id, header_bytes, leaf_hash
from workstation.ledger.merkle import root
from workstation.readings import Stamp
from workstation.storage.database import driver
from workstation.storage.prepared import NewEntry, Prepared
from workstation.storage.record import Record, Tx
from workstation.storage.sealing import Seals
from workstation.storage.store import Store


def test_entry_one_opens_the_ledger(store: Store) -> None:
    (first,) = store.record.entries()
    facts = first.sections["facts"]
    assert first.header.kind == "ledger-opened/1"
    assert first.seq == 1
    assert facts is not None
    assert facts["centre"] == "c-1"
    assert facts["mode"] == "practice"
    assert facts["log_key"] == store.keys.log_public_key().hex()
    head = store.record.head()
    assert (head.centre, head.mode, head.size) == ("c-1", "practice", 1)


def test_the_ledger_is_opened_once(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.record.open_ledger("live", log_key=b"k" * 32, workstation="w-1")
    assert caught.value.code == "store.ledger-open"
    assert store.record.head().mode == "practice"


def test_what_is_appended_is_read_back(store: Store, clock: SteppedClock) -> None:
    clock.advance(timedelta(seconds=3))
    (written,) = append(
        store.record,
        "c-10",
        new(
            stamp=Stamp(at_ms=HAPPENED - 5, offset_ms=-5, uncertainty_ms=2),
            late=True,
            by_hand=True,
            simulated=True,
            breach=True,
            corrects="0a" * 32,
        ),
    )
    (read,) = store.record.entries(after_seq=1)
    assert read == written
    header = read.header
    assert header.id == entry_id("c-10", 1)
    assert (header.seq, header.centre, header.catalogue) == (2, "c-1", "ab" * 32)
    assert header.recorded_at_ms == to_ms(clock.now())
    assert header.device == Stamp(at_ms=HAPPENED - 5, offset_ms=-5, uncertainty_ms=2)
    assert header.late
    assert header.by_hand
    assert header.simulated
    assert header.breach
    assert read.header_bytes == header_bytes(header)
    assert read.sections == {"facts": {"bag": "B-1", "grams": 1250}, "who": {"name": "测试甲"}}


def test_the_head_holds_the_tree_over_all_headers(store: Store) -> None:
    for number in range(7):
        append(store.record, f"c-{number}", new(), new(stay="s-2"))
    entries = store.record.entries()
    head = store.record.head()
    assert head.size == len(entries) == 15
    assert head.range.root() == root([leaf_hash(entry.header_bytes) for entry in entries])


def test_a_command_is_answered_once_and_the_same_again(store: Store) -> None:
    append(store.record, "c-1", result=b"first answer")
    with store.record.transaction() as tx:
        assert tx.first_result("c-1") == b"first answer"
        assert tx.first_result("c-2") is None
    with pytest.raises(StoreError) as caught:
        append(store.record, "c-1", result=b"second answer")
    assert caught.value.code == "store.conflict"
    assert store.record.head().size == 2
    assert len(store.record.entries()) == 2


def test_a_refusal_is_remembered_without_an_entry(store: Store) -> None:
    with store.record.transaction() as tx:
        tx.remember("c-1", b"refused", stay="s-1")
        tx.remember("c-2", b"refused too")
    with store.record.transaction() as tx:
        assert (tx.first_result("c-1"), tx.first_result("c-2")) == (b"refused", b"refused too")
    assert store.record.head().size == 1


def test_an_exception_leaves_nothing(store: Store) -> None:
    prepared = store.record.prepare("c-1", [new()])

    def fail() -> None:
        with store.record.transaction() as tx:
            tx.take_number("stay")
            tx.append(prepared, b"")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.record.head().size == 1
    assert store.record.head().numbers == {}
    with store.record.transaction() as tx:
        assert tx.first_result("c-1") is None
        tx.append(prepared, b"")
    assert [entry.seq for entry in store.record.entries(stay="s-1")] == [2]


def _fail_inside(tx: Tx, prepared: Prepared) -> None:
    with tx.savepoint():
        tx.take_number("stay")
        tx.append(prepared, b"")
        tx.decision.open_stay("s-1", "A-01")
        raise KeyError


def test_a_savepoint_undoes_only_what_is_inside(store: Store) -> None:
    with store.record.transaction() as tx:
        with tx.savepoint():
            tx.append(store.record.prepare("c-1", [new()]), b"")
        with pytest.raises(KeyError):
            _fail_inside(tx, store.record.prepare("c-2", [new(), new()]))
        with tx.savepoint(), tx.savepoint():
            tx.append(store.record.prepare("c-3", [new()]), b"")
        assert tx.head().size == 3
        assert tx.decision.open_stays() == []
    assert [entry.header.command for entry in store.record.entries(after_seq=1)] == ["c-1", "c-3"]
    assert store.record.head().numbers == {}
    store.record.check_tail()


def test_recorded_at_never_goes_back(store: Store, clock: SteppedClock, folder: Path) -> None:
    clock.advance(timedelta(hours=1))
    append(store.record, "c-1")
    earlier = SteppedClock(clock.now() - timedelta(minutes=30))
    record = Record(store.database, store.keys, earlier, "c-1", "ab" * 32)
    append(record, "c-2")
    times = [entry.header.recorded_at_ms for entry in store.record.entries(after_seq=1)]
    assert times == [to_ms(clock.now())] * 2


def test_numbers_are_given_out_once_by_series(store: Store) -> None:
    for expected in (1, 2):
        with store.record.transaction() as tx:
            assert tx.take_number("stay") == expected
    with store.record.transaction() as tx:
        assert [tx.take_number("paper"), tx.take_number("paper"), tx.take_number("stay")] == [1, 2, 3]
    assert store.record.head().numbers == {"stay": 3, "paper": 2}


def test_flags_can_be_set_under_the_lock(store: Store) -> None:
    prepared = store.record.prepare("c-1", [new(), new()])
    with store.record.transaction() as tx:
        tx.append(prepared.marked(breach=True, late=True), b"")
    assert [(e.header.breach, e.header.late) for e in store.record.entries(after_seq=1)] == [(True, True)] * 2


def test_entries_of_a_stay_include_those_that_speak_of_it(store: Store) -> None:
    note: Mapping[str, Mapping[str, JSON]] = {
        "facts": {"room": "R-1"},
        "note@s-2": {"text": "两人争执"},
    }
    append(store.record, "c-1", new(stay="s-1"), new(stay="s-2"))
    append(store.record, "c-2", new(stay="s-1", sections=note))
    append(store.record, "c-3", new(stay="", sections={}))
    seqs = {stay: [e.seq for e in store.record.entries(stay=stay)] for stay in ("", "s-1", "s-2", "s-3")}
    assert seqs == {"": [1, 5], "s-1": [2, 4], "s-2": [3, 4], "s-3": []}
    assert store.record.entries(stay="s-2", after_seq=3)[0].sections == note
    assert [e.seq for e in store.record.entries(stay="s-1", limit=1)] == [2]
    assert [e.seq for e in store.record.entries(after_seq=2, limit=2)] == [3, 4]
    with store.record.transaction() as tx:
        assert (tx.last_seq("s-2"), tx.last_seq("s-3")) == (4, 0)
        tx.append(store.record.prepare("c-4", [new(stay="s-2")]), b"")
        assert [e.seq for e in tx.entries(stay="s-2")] == [3, 4, 6]
        assert tx.last_seq("s-2") == 6


@pytest.mark.parametrize(
    "bad",
    [
        new(sections={"facts": {"grams": 1.5}}),
        new(sections={"facts": {"name": "\ud800"}}),
        new(sections={"secret": {}}),
    ],
)
def test_values_that_the_record_cannot_hold_are_refused_before_the_lock(store: Store, bad: NewEntry) -> None:
    with pytest.raises(NotCanonical):
        store.record.prepare("c-1", [bad])


def test_a_field_that_the_record_cannot_hold_writes_nothing(store: Store) -> None:
    with pytest.raises(NotCanonical):
        append(store.record, "c-1", new(), new(kind="no version"))
    assert store.record.head().size == 1


def test_hostile_strings_come_back_as_they_were(store: Store) -> None:
    texts: list[JSON] = ["'; DROP TABLE entry; --", "<b>x</b>", "\u202eabc", "a\0b", "𠮷", "x" * 1_000_000]
    append(store.record, "c-1", new(sections={"note": {"texts": texts}}))
    assert store.record.entries(after_seq=1)[0].sections == {"note": {"texts": texts}}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET header = x'00' WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 1",
        "INSERT OR REPLACE INTO entry SELECT centre, seq, x'00', leaf FROM entry WHERE seq = 1",
        "UPDATE body SET sealed = x'00'",
        "DELETE FROM body",
        "INSERT OR REPLACE INTO body SELECT centre, stay, seq, x'00' FROM body",
        "UPDATE command SET result = x'00'",
        "DELETE FROM command",
        "DELETE FROM stay_key",
        "UPDATE stay_key SET key = 'x'",
        "UPDATE head SET size = 0",
        "UPDATE head SET mode = 'live'",
        "UPDATE head SET centre = 'c-2'",
        "DELETE FROM head",
    ],
)
def test_the_database_itself_refuses_to_change_the_record(store: Store, statement: str) -> None:
    append(store.record, "c-1")
    with pytest.raises(StoreError) as caught, store.database.writing() as connection:
        driver(connection).execute(statement)
    assert caught.value.code == "store.append-only"
    store.record.check_tail()
    assert len(store.record.entries()) == 2


def test_many_threads_leave_one_gapless_record(store: Store) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def work(number: int) -> None:
        try:
            start.wait()
            for count in range(25):
                append(store.record, f"c-{number}-{count}", new(stay=f"s-{count % 3}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    entries = store.record.entries()
    assert [entry.seq for entry in entries] == list(range(1, 102))
    assert store.record.head().range.root() == root([leaf_hash(e.header_bytes) for e in entries])


def test_a_store_opened_again_goes_on_where_it_was(store: Store, folder: Path, clock: SteppedClock) -> None:
    append(store.record, "c-1", new(), new(stay="s-2"))
    store.close()
    again = Store.open(folder, clock, catalogue_hash="cd" * 32)
    try:
        append(again.record, "c-2", new(stay="s-2"))
        assert [entry.seq for entry in again.record.entries(stay="s-2")] == [3, 4]
        assert again.record.entries(after_seq=3)[0].header.catalogue == "cd" * 32
    finally:
        again.close()


def test_two_processes_worth_of_stores_share_one_file(
    store: Store, folder: Path, clock: SteppedClock
) -> None:
    other = Store.open(folder, clock, catalogue_hash="ab" * 32)
    try:
        append(store.record, "c-1")
        append(other.record, "c-2")
        append(store.record, "c-3")
        assert [e.header.command for e in other.record.entries(stay="s-1")] == ["c-1", "c-2", "c-3"]
    finally:
        other.close()


def test_a_value_of_another_type_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(StoreError) as caught, store.database.writing() as connection:
        driver(connection).execute("INSERT INTO entry VALUES ('c-1', 2, 'text', zeroblob(32))")
    assert caught.value.code == "store.conflict"


@pytest.mark.parametrize("another_key", [True, False])
def test_the_first_process_to_use_a_stay_or_a_key_has_it(
    store: Store, folder: Path, clock: SteppedClock, another_key: bool
) -> None:
    other = Store.open(folder, clock, catalogue_hash="ab" * 32)
    try:
        theirs = "s-8"
        if another_key:
            theirs = "s-9"
            other.keys.take()
        ours = store.record.prepare("c-1", [new(stay="s-9")])
        append(other.record, "c-2", new(stay=theirs))
        with pytest.raises(StoreError) as caught, store.record.transaction() as tx:
            tx.append(ours, b"")
        assert caught.value.code == "store.conflict"
        append(store.record, "c-1", new(stay="s-9"))
        assert [entry.header.command for entry in other.record.entries(after_seq=1)] == ["c-2", "c-1"]
        assert other.record.seals.key_of("s-9") != other.record.seals.key_of("s-8")
    finally:
        other.close()


def test_what_is_saved_is_saved_although_the_key_store_cannot_be_written(store: Store, folder: Path) -> None:
    blocker = sqlcipher.connect(str(folder / "keys" / "keys.db"), isolation_level=None)
    store.keys._connection.execute("PRAGMA busy_timeout = 1")
    blocker.execute("BEGIN IMMEDIATE")
    try:
        append(store.record, "c-1", new(stay="s-9"))
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    before = store.keys.pool()
    append(store.record, "c-2", new(stay="s-9"))
    assert len(store.keys.pool()) == len(before) - 1


def test_a_live_record_takes_no_simulated_entry(tmp_path: Path, clock: SteppedClock) -> None:
    store = Store.create(
        tmp_path / "live", clock, centre="c-1", mode="live", workstation="w-1", catalogue_hash="ab" * 32
    )
    try:
        with pytest.raises(StoreError) as caught:
            append(store.record, "c-1", new(), new(simulated=True))
        assert caught.value.code == "store.simulated"
        append(store.record, "c-1", new())
        assert [entry.header.simulated for entry in store.record.entries()] == [False, False]
    finally:
        store.close()


def test_keys_that_are_not_held_in_memory_are_found_again(store: Store) -> None:
    stays = [f"s-{number}" for number in range(8)]
    append(store.record, "c-1", *(new(stay=stay) for stay in stays))
    seals = Seals(store.database, store.keys, held=3)
    sealed = {stay: seals.seal(stay, "draft d", stay.encode()) for stay in stays}
    assert [seals.open(stay, "draft d", sealed[stay]) for stay in stays] == [stay.encode() for stay in stays]
    assert store.record.seals.open("s-3", "draft d", sealed["s-3"]) == b"s-3"
