from __future__ import annotations

from pathlib import Path

import pytest

from workstation.errors import StoreError
from workstation.storage.keys import FILE, UNLOCK, KeyStore


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore.create(tmp_path / "keys", centre="c-1", mode="practice", pool=3)


def again(tmp_path: Path) -> KeyStore:
    return KeyStore.open(tmp_path / "keys")


def code_of(tmp_path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        KeyStore.open(tmp_path / "keys")
    return caught.value.code


def test_the_same_keys_come_back(keys: KeyStore, tmp_path: Path) -> None:
    names = ("store", "centre", "index", "log")
    before = [keys.secret(name) for name in names]
    public = keys.log_public_key()
    keys.close()
    other = again(tmp_path)
    assert [other.secret(name) for name in names] == before
    assert [len(one) for one in before] == [48, 32, 32, 32]
    assert other.log_public_key() == public
    assert (other.centre, other.mode) == ("c-1", "practice")
    other.close()


def test_no_key_lies_in_clear(keys: KeyStore, tmp_path: Path) -> None:
    name, raw = keys.take()
    secrets = [raw, *(keys.secret(one) for one in ("store", "centre", "index", "log"))]
    keys.close()
    content = (tmp_path / "keys" / FILE).read_bytes()
    assert name.encode() in content
    assert not any(one in content for one in secrets)


def test_each_stay_gets_another_key_and_the_pool_is_refilled(keys: KeyStore) -> None:
    taken = dict(keys.take() for _ in range(5))
    assert len(set(taken.values())) == 5
    for name, raw in taken.items():
        keys.mark_used(name)
        assert keys.stay_key(name) == raw
    assert not set(keys.pool()) & set(taken)
    assert keys.fill(len(keys.pool()) + 2) == 2
    assert keys.fill(1) == 0
    keys.close()


def test_a_destroyed_key_is_gone_from_the_file(keys: KeyStore, tmp_path: Path) -> None:
    name, _ = keys.take()
    keys.mark_used(name)
    path = tmp_path / "keys" / FILE
    (wrapped,) = keys._connection.execute("SELECT wrapped FROM key WHERE id = ?", (name,)).fetchone()
    assert wrapped in path.read_bytes()
    keys.destroy(name, 5)
    assert keys.stay_key(name) is None
    keys.close()
    assert wrapped not in path.read_bytes()
    assert name.encode() in path.read_bytes()


def test_an_unknown_key_is_missing_not_destroyed(keys: KeyStore) -> None:
    with pytest.raises(StoreError) as caught:
        keys.stay_key("00")
    assert caught.value.code == "store.key-missing"
    keys.close()


def test_a_backup_opens_with_the_same_unlocking_key(keys: KeyStore, tmp_path: Path) -> None:
    name, raw = keys.take()
    folder = tmp_path / "backup"
    folder.mkdir()
    assert keys.backup(folder / FILE, 5) == 7
    with pytest.raises(StoreError):
        keys.backup(folder / FILE, 6)
    keys.close()
    assert (folder / FILE).stat().st_mode & 0o077 == 0
    (folder / UNLOCK).write_bytes((tmp_path / "keys" / UNLOCK).read_bytes())
    (folder / UNLOCK).chmod(0o600)
    restored = KeyStore.open(folder)
    assert restored.stay_key(name) == raw
    restored.close()


def test_keys_that_a_backup_holds_are_used_first(keys: KeyStore, tmp_path: Path) -> None:
    assert keys.uncopied() == 4
    keys.backup(tmp_path / "copy", 5)
    assert keys.uncopied() == 0
    copied = keys.pool()
    keys.fill(5)
    taken = [keys.take()[0] for _ in range(4)]
    assert taken[:3] == copied
    for name in taken:
        keys.mark_used(name)
    assert keys.uncopied() == 1
    keys.close()


def test_nothing_is_overwritten(keys: KeyStore, tmp_path: Path) -> None:
    keys.close()
    before = (tmp_path / "keys" / FILE).read_bytes()
    with pytest.raises(StoreError) as caught:
        KeyStore.create(tmp_path / "keys", centre="c-2", mode="live")
    assert caught.value.code == "store.keys-exist"
    assert (tmp_path / "keys" / FILE).read_bytes() == before


def test_absent_keys(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "store.keys-absent"


def test_an_unlocking_key_that_others_can_read_is_refused(keys: KeyStore, tmp_path: Path) -> None:
    keys.close()
    (tmp_path / "keys" / UNLOCK).chmod(0o644)
    assert code_of(tmp_path) == "store.keys-open"


@pytest.mark.parametrize("content", [b"", b"zz", b"00" * 31, b"00" * 32, b"\xff"])
def test_a_wrong_unlocking_key(keys: KeyStore, tmp_path: Path, content: bytes) -> None:
    keys.close()
    (tmp_path / "keys" / UNLOCK).write_bytes(content)
    assert code_of(tmp_path) == "store.keys-damaged"


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 4080])
def test_a_damaged_key_file(keys: KeyStore, tmp_path: Path, content: bytes) -> None:
    keys.close()
    (tmp_path / "keys" / FILE).write_bytes(content)
    assert code_of(tmp_path) == "store.keys-damaged"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE about SET value = 'live' WHERE name = 'mode'", "store.keys-damaged"),
        ("UPDATE about SET value = 'c-2' WHERE name = 'centre'", "store.keys-damaged"),
        ("UPDATE about SET value = 'keys/2' WHERE name = 'form'", "store.keys-newer"),
        ("DELETE FROM about WHERE name = 'mode'", "store.keys-damaged"),
        ("DELETE FROM key WHERE purpose = 'centre'", "store.keys-damaged"),
        ("UPDATE key SET wrapped = x'00' WHERE purpose = 'centre'", "store.keys-damaged"),
    ],
)
def test_centre_and_mode_are_bound_into_the_keys(
    keys: KeyStore, tmp_path: Path, statement: str, code: str
) -> None:
    keys._connection.execute(statement)
    keys.close()
    assert code_of(tmp_path) == code
