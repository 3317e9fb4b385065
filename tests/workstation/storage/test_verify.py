from __future__ import annotations

from pathlib import Path

import pytest

from tests.workstation.storage.kit import append, new
from workstation.clock import SteppedClock
from workstation.errors import StoreError
from workstation.ledger.verify import Fault
from workstation.storage.database import driver
from workstation.storage.export import HEAD, HEADERS, SECTIONS, export_log, verify_export
from workstation.storage.place import FILE
from workstation.storage.store import Store
from workstation.storage.verify import verify_open, verify_store


@pytest.fixture
def filled(store: Store) -> Store:
    append(store.record, "c-1", new(), new(stay="s-2"))
    append(store.record, "c-2", new(sections={"facts": {}, "note@s-2": {"text": "争执"}}))
    store.followers[0].catch_up()
    return store


def forge(store: Store, *statements: str) -> None:
    """Change the store as someone can who holds its key: triggers first."""
    with store.database.writing() as connection:
        run = driver(connection).execute
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            run(f"DROP TRIGGER {name}")
        for statement in statements:
            run(statement)


def test_a_sound_store_has_no_fault(filled: Store, folder: Path, clock: SteppedClock) -> None:
    report = verify_store(folder, clock)
    assert report.sound
    assert report.first is None
    assert (report.entries, report.hidden) == (4, 0)
    assert report.root == filled.record.head().range.root().hex()


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        (
            "UPDATE entry SET header = CAST(replace(header, '990001', '990002') AS BLOB) WHERE seq = 3",
            {Fault(3, "verify.leaf"), Fault(0, "verify.root")},
        ),
        ("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 3", {Fault(3, "verify.leaf")}),
        ("DELETE FROM body WHERE seq = 3", {Fault(3, "verify.body", "store.entry-damaged")}),
        ("UPDATE head SET range = zeroblob(40)", {Fault(0, "verify.head", "store.head-damaged")}),
        (
            "UPDATE head SET range = CAST(x'0000000000000004' || zeroblob(32) AS BLOB)",
            {Fault(0, "verify.root")},
        ),
    ],
)
def test_a_changed_store_names_the_entry(filled: Store, statement: str, faults: set[Fault]) -> None:
    forge(filled, statement)
    assert faults <= set(verify_open(filled).faults)


def test_an_entry_cut_out_is_found(filled: Store, folder: Path, clock: SteppedClock) -> None:
    with filled.database.reading() as connection:
        driver(connection).execute("PRAGMA foreign_keys = OFF")
    forge(filled, "DELETE FROM body WHERE seq = 4", "DELETE FROM entry WHERE seq = 4")
    assert verify_open(filled).first == Fault(4, "verify.size")
    filled.close()
    assert verify_store(folder, clock).first == Fault(4, "verify.size")
    with pytest.raises(StoreError) as caught:
        Store.open(folder, clock, catalogue_hash="ab" * 32)
    assert caught.value.code == "store.tail-damaged"


def test_every_changed_byte_of_entries_and_bodies_names_its_entry(filled: Store) -> None:
    forge(filled)
    with filled.database.reading() as connection:
        run = driver(connection).execute
        cells = [
            ("entry", column, "seq = ?", (seq,), value)
            for column in ("header", "leaf")
            for seq, value in run(f"SELECT seq, {column} FROM entry").fetchall()
        ] + [
            ("body", "sealed", "seq = ? AND stay = ?", (seq, stay), value)
            for seq, stay, value in run("SELECT seq, stay, sealed FROM body").fetchall()
        ]
    for table, column, where, key, value in cells:
        for at in range(len(value)):
            changed = bytearray(value)
            changed[at] ^= 1 << at % 8
            with filled.database.writing() as connection:
                update = f"UPDATE {table} SET {column} = ? WHERE {where}"
                driver(connection).execute(update, (bytes(changed), *key))
            faults = verify_open(filled, projections=False).faults
            assert key[0] in {fault.seq for fault in faults}, (table, column, key, at)
            with filled.database.writing() as connection:
                driver(connection).execute(update, (value, *key))
    assert verify_open(filled).sound


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entry SET header = x'7b7d' WHERE seq = 2", "store.entry-damaged"),
        ("DELETE FROM body WHERE seq = 2", "store.entry-damaged"),
        ("UPDATE body SET sealed = x'00' WHERE seq = 2", "store.sealed"),
        (
            "UPDATE body SET sealed = (SELECT sealed FROM body WHERE seq = 4 AND stay = 's-1') WHERE seq = 2",
            "store.sealed",
        ),
        (
            'UPDATE entry SET header = CAST(replace(header, \'"who":"\', \'"who":"00\') AS BLOB)',
            "store.entry-damaged",
        ),
        (
            "UPDATE entry SET header = (SELECT header FROM entry b WHERE b.seq = 4) WHERE seq = 2",
            "store.entry-damaged",
        ),
    ],
)
def test_a_changed_entry_is_refused_not_shown(filled: Store, statement: str, code: str) -> None:
    forge(filled, statement)
    with pytest.raises(StoreError) as caught:
        filled.record.entries()
    assert caught.value.code == code


def test_a_changed_projection_is_found(filled: Store) -> None:
    forge(filled, "UPDATE timeline_3 SET happened_at = 1 WHERE seq = 3")
    assert verify_open(filled).faults == [Fault(3, "verify.projection", "timeline")]
    assert verify_open(filled, projections=False).sound
    forge(filled, "DELETE FROM timeline_3 WHERE seq = 2")
    assert verify_open(filled).first == Fault(2, "verify.projection", "timeline")


def found(folder: Path, clock: SteppedClock) -> str:
    """What a verification comes to: sound, faults, or the code with which the store is refused."""
    try:
        report = verify_store(folder, clock, projections=False)
    except StoreError as error:
        return error.code
    return "sound" if report.sound else "faults"


def test_every_changed_byte_of_the_encrypted_file_is_found(
    filled: Store, folder: Path, clock: SteppedClock
) -> None:
    filled.close()
    whole = (folder / FILE).read_bytes()
    for at in range(0, len(whole), 2039):  # in every page, at moving places
        content = bytearray(whole)
        content[at] ^= 1 << at % 8
        (folder / FILE).write_bytes(content)
        assert found(folder, clock) in ("faults", "store.damaged", "store.other-keys"), at
        for leftover in folder.glob(FILE + "-*"):
            leftover.unlink()


def test_an_export_is_verified_by_itself(filled: Store, tmp_path: Path) -> None:
    assert export_log(filled.record, tmp_path / "copy") == 4
    report = verify_export(tmp_path / "copy")
    assert report.sound
    assert report.root == filled.record.head().range.root().hex()
    assert "测试甲" in (tmp_path / "copy" / SECTIONS).read_text("utf-8")
    with pytest.raises(StoreError) as caught:
        export_log(filled.record, tmp_path / "copy")
    assert caught.value.code == "store.exists"


def test_an_export_shows_what_is_erased_as_hidden(filled: Store, tmp_path: Path) -> None:
    filled.erasure.erase("s-2", 5)
    export_log(filled.record, tmp_path / "copy")
    report = verify_export(tmp_path / "copy")
    assert report.sound
    assert report.hidden == 3


@pytest.mark.parametrize("name", [HEADERS, SECTIONS])
def test_every_changed_byte_of_an_export_names_its_entry(filled: Store, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "copy"
    export_log(filled.record, folder)
    whole = (folder / name).read_bytes()
    for at in range(len(whole)):
        content = bytearray(whole)
        content[at] ^= 1 << at % 8
        (folder / name).write_bytes(content)
        named = {fault.seq for fault in verify_export(folder).faults}
        assert whole[:at].count(b"\n") + 1 in named, at
    for content in (whole[:-1], whole + b"\n", whole + b"{}\n", b"", whole.split(b"\n", 1)[1]):
        (folder / name).write_bytes(content)
        assert not verify_export(folder).sound or content == whole[:-1]


def test_every_changed_byte_of_the_head_of_an_export_is_found(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    export_log(filled.record, folder)
    whole = (folder / HEAD).read_bytes()
    plain = {*range(whole.index(b'"root"'), len(whole))}
    for at in plain:
        content = bytearray(whole)
        content[at] ^= 1 << at % 8
        (folder / HEAD).write_bytes(content)
        assert not verify_export(folder).sound, at


def test_an_absent_export(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        verify_export(tmp_path)
    assert caught.value.code == "store.absent"
