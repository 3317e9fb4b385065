from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2 as sqlcipher

from tests.workstation.storage.conftest import CATALOGUE, START
from workstation.clock import SteppedClock
from workstation.errors import StoreError
from workstation.ledger.canonical import NotCanonical
from workstation.storage import schema
from workstation.storage.database import Database, check_library, driver
from workstation.storage.keys import KeyStore, StoreKey
from workstation.storage.place import FILE
from workstation.storage.store import KEYS, Store


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(folder: Path) -> str:
    """The code with which the store in `folder` is refused; nothing in it changes."""
    before = digest(folder)
    with pytest.raises(StoreError) as caught:
        Store.open(folder, SteppedClock(START), catalogue_hash=CATALOGUE)
    after = digest(folder)
    assert {name: after.get(name) for name in before} == before
    return caught.value.code


def key_of(folder: Path) -> StoreKey:
    keys = KeyStore.open(folder / KEYS)
    try:
        return keys.store_key()
    finally:
        keys.close()


def with_key(folder: Path, *statements: str) -> None:
    """Change a store file as someone who holds the key can."""
    connection = sqlcipher.connect(str(folder / FILE), isolation_level=None)
    for statement in (*key_of(folder).statements(), *statements):
        connection.execute(statement)
    connection.close()


def test_a_store_is_encrypted_and_durable(store: Store, folder: Path) -> None:
    assert b"ledger-opened" not in (folder / FILE).read_bytes()
    with store.database.reading() as connection:
        run = driver(connection).execute
        pragmas = {
            name: run(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "recursive_triggers")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
    }
    assert (folder / FILE).stat().st_mode & 0o077 == 0
    assert (folder / KEYS / "unlock.key").stat().st_mode & 0o077 == 0


def test_the_known_versions_are_those_of_the_steps() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == schema.VERSIONS


def test_an_affected_library_is_refused() -> None:
    check_library()
    check_library((3, 51, 3))
    for version in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(StoreError) as caught:
            check_library(version)
        assert caught.value.code == "store.library"


def test_a_store_is_not_made_over_another(folder: Path, clock: SteppedClock) -> None:
    before = digest(folder)
    with pytest.raises(StoreError) as caught:
        Store.create(folder, clock, centre="c-2", mode="live", workstation="w-1", catalogue_hash=CATALOGUE)
    assert caught.value.code == "store.exists"
    (folder / FILE).rename(folder / "moved.db")
    with pytest.raises(StoreError) as caught:
        Store.create(folder, clock, centre="c-2", mode="live", workstation="w-1", catalogue_hash=CATALOGUE)
    assert caught.value.code == "store.keys-exist"
    (folder / "moved.db").rename(folder / FILE)
    assert digest(folder) == before


def test_a_mode_is_practice_or_live(tmp_path: Path, clock: SteppedClock) -> None:
    with pytest.raises(StoreError) as caught:
        Store.create(tmp_path, clock, centre="c", mode="demo", workstation="w", catalogue_hash=CATALOGUE)
    assert caught.value.code == "store.mode"
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_an_unfinished_creation_do_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "store.db.new").write_bytes(b"half")
    (tmp_path / "store.db.new-wal").write_bytes(b"half")
    Database.create(tmp_path / "store.db", StoreKey(b"k" * 32, b"s" * 16)).close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]


def test_an_absent_store(folder: Path) -> None:
    (folder / FILE).unlink()
    assert refused(folder) == "store.absent"


@pytest.mark.parametrize("content", [b"", b"x", b"not a store at all " * 20])
def test_a_file_that_is_not_a_store(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert refused(folder) in ("store.not-a-store", "store.other-keys")


def test_a_plain_database(folder: Path) -> None:
    (folder / FILE).unlink()
    connection = sqlcipher.connect(str(folder / FILE))
    connection.execute("CREATE TABLE entry(seq)")
    connection.commit()
    connection.close()
    assert refused(folder) == "store.not-encrypted"


def test_a_store_of_other_keys(folder: Path, tmp_path: Path, clock: SteppedClock) -> None:
    other = tmp_path / "other"
    Store.create(
        other, clock, centre="c-1", mode="practice", workstation="w-1", catalogue_hash=CATALOGUE
    ).close()
    (folder / FILE).write_bytes((other / FILE).read_bytes())
    assert refused(folder) == "store.other-keys"


def test_a_wrong_key_opens_nothing(folder: Path) -> None:
    right = key_of(folder)
    with pytest.raises(StoreError) as caught:
        Database.open(folder / FILE, StoreKey(b"k" * 32, right.salt))
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize("at", [20, 1000, 4000])
def test_a_damaged_first_page(folder: Path, at: int) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[at] ^= 1
    (folder / FILE).write_bytes(content)
    assert refused(folder) == "store.damaged"


def test_every_page_that_is_read_is_authenticated(folder: Path) -> None:
    whole = (folder / FILE).read_bytes()
    codes = set()
    for page in range(1, len(whole) // 4096):
        content = bytearray(whole)
        content[page * 4096 + 100] ^= 0x80
        (folder / FILE).write_bytes(content)
        try:
            Store.open(folder, SteppedClock(START), catalogue_hash=CATALOGUE).close()
        except StoreError as error:
            codes.add(error.code)
        finally:
            for leftover in folder.glob(FILE + "-*"):
                leftover.unlink()
    assert codes == {"store.damaged"}


def test_a_truncated_file(folder: Path) -> None:
    content = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(content[: len(content) // 2])
    assert refused(folder) == "store.damaged"


def test_a_store_of_a_newer_program(folder: Path) -> None:
    with_key(folder, "UPDATE alembic_version SET version_num = '0999'")
    assert refused(folder) == "store.newer"


def test_a_database_of_something_else(folder: Path) -> None:
    with_key(folder, "DROP TABLE alembic_version")
    assert refused(folder) == "store.not-a-store"


def test_a_store_whose_creation_stopped_before_entry_one(folder: Path) -> None:
    key = key_of(folder)
    (folder / FILE).unlink()
    Database.create(folder / FILE, key).close()
    assert refused(folder) == "store.ledger-not-open"


def test_a_store_with_a_wrong_head(folder: Path) -> None:
    with_key(folder, "DROP TRIGGER head_forward", "UPDATE head SET range = zeroblob(40)")
    assert refused(folder) == "store.head-damaged"


def test_a_store_with_changed_newest_entries(folder: Path) -> None:
    with_key(folder, "DROP TRIGGER entry_no_update", "UPDATE entry SET header = x'7b7d'")
    assert refused(folder) == "store.tail-damaged"


def test_a_store_of_another_mode(folder: Path) -> None:
    with_key(folder, "DROP TRIGGER head_forward", "UPDATE head SET mode = 'live'")
    assert refused(folder) == "store.other-keys"


def test_a_folder_that_cannot_be_made(tmp_path: Path, clock: SteppedClock) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        Store.create(
            tmp_path / "file" / "data",
            clock,
            centre="c-1",
            mode="practice",
            workstation="w-1",
            catalogue_hash=CATALOGUE,
        )
    assert caught.value.code == "store.cannot-create"


def test_a_path_with_odd_characters(tmp_path: Path, clock: SteppedClock) -> None:
    folder = tmp_path / "数据 ?x=1#y%20"
    Store.create(
        folder, clock, centre="c-1", mode="practice", workstation="w-1", catalogue_hash=CATALOGUE
    ).close()
    Store.open(folder, clock, catalogue_hash=CATALOGUE).close()
    assert sorted(os.listdir(folder)) == ["keys", "store.db"]


def test_a_mistake_in_the_program_is_not_called_a_fault_of_the_store(store: Store) -> None:
    with pytest.raises(sqlcipher.OperationalError), store.database.writing() as connection:
        driver(connection).execute("SELECT * FROM no_such_table")


def test_a_writer_that_waits_too_long_is_told(store: Store, folder: Path) -> None:
    blocker = sqlcipher.connect(str(folder / FILE), isolation_level=None)
    for statement in (*key_of(folder).statements(), "BEGIN IMMEDIATE"):
        blocker.execute(statement)
    with store.database.reading() as connection:
        driver(connection).execute("PRAGMA busy_timeout = 1")
    try:
        other = Database(folder / FILE, store.database._engine)
        with pytest.raises(StoreError) as caught, other.writing():
            raise AssertionError("not reached")
        assert caught.value.code == "store.locked"
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    with store.database.writing() as connection:
        assert driver(connection).in_transaction


def test_writing_inside_writing_is_a_mistake_not_a_wait(store: Store) -> None:
    with store.record.transaction() as tx:
        with pytest.raises(RuntimeError, match="writing already"):
            store.drafts.delete("d-1")
        store.drafts.delete("d-1", tx.connection)


def test_the_connection_of_the_hot_path_is_kept_unless_the_library_failed(store: Store) -> None:
    def fail(error: Exception | None) -> None:
        with store.database.appending() as connection:
            kept.append(driver(connection))
            if error is not None:
                raise error
            driver(connection).execute("SELECT * FROM no_such_table")

    kept: list[object] = []
    for error in (KeyError(), KeyError(), None, None):
        with pytest.raises((KeyError, sqlcipher.OperationalError)):
            fail(error)
    assert kept[0] is kept[1] is kept[2]
    assert kept[3] is not kept[2]
    assert store.record.head().size == 1


def test_a_creation_that_fails_leaves_nothing_and_can_be_repeated(
    tmp_path: Path, clock: SteppedClock
) -> None:
    (tmp_path / "store.db.new").mkdir()

    def create() -> Store:
        return Store.create(
            tmp_path, clock, centre="c-1", mode="practice", workstation="w-1", catalogue_hash=CATALOGUE
        )

    with pytest.raises(StoreError) as caught:
        create()
    assert caught.value.code == "store.cannot-create"
    (tmp_path / "store.db.new").rmdir()
    with pytest.raises(NotCanonical):
        Store.create(
            tmp_path, clock, centre="中心", mode="practice", workstation="w-1", catalogue_hash=CATALOGUE
        )
    create().close()
