from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from workstation.clock import SteppedClock, to_ms
from workstation.errors import StoreError
from workstation.storage import media
from workstation.storage.access_log import Access, AccessRow
from workstation.storage.database import driver
from workstation.storage.drafts import DraftNote
from workstation.storage.place import FILE
from workstation.storage.staff_secrets import StaffSecret
from workstation.storage.store import Store


def run(store: Store, *statements: str) -> None:
    with store.database.writing() as connection:
        for statement in statements:
            driver(connection).execute(statement)


def test_a_draft_is_kept_until_it_is_dropped(store: Store, clock: SteppedClock) -> None:
    store.drafts.save("d-1", "990001", "", {"name": "测试甲", "grams": 5})
    clock.advance(timedelta(seconds=1))
    store.drafts.save("d-2", "990001", "s-1", {})
    clock.advance(timedelta(seconds=1))
    store.drafts.save("d-1", "990001", "", {"name": "测试乙"})
    now = to_ms(clock.now())
    assert store.drafts.load("d-1") == {"name": "测试乙"}
    assert store.drafts.list() == [
        DraftNote("d-1", "990001", "", now),
        DraftNote("d-2", "990001", "s-1", now - 1000),
    ]
    assert [draft.id for draft in store.drafts.list(stay="s-1")] == ["d-2"]
    assert store.drafts.list(owner="990002") == []
    store.drafts.delete("d-1")
    assert store.drafts.load("d-1") is None
    with store.record.transaction() as tx:
        store.drafts.delete_stay("s-1", tx.connection)
    assert store.drafts.list() == []


def test_a_draft_goes_with_its_command_or_not_at_all(store: Store) -> None:
    store.drafts.save("d-1", "990001", "", {"a": 1})

    def fail() -> None:
        with store.record.transaction() as tx:
            store.drafts.delete("d-1", tx.connection)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.drafts.load("d-1") == {"a": 1}
    with store.record.transaction() as tx:
        store.drafts.delete("d-1", tx.connection)
    assert store.drafts.load("d-1") is None


def test_a_draft_is_not_taken_over(store: Store) -> None:
    store.drafts.save("d-1", "990001", "s-1", {"a": 1})
    for owner, stay in (("990002", "s-1"), ("990001", "s-2")):
        with pytest.raises(StoreError) as caught:
            store.drafts.save("d-1", owner, stay, {"a": 2})
        assert caught.value.code == "store.not-so"
    assert store.drafts.load("d-1") == {"a": 1}


def test_sealed_things_cannot_change_places(store: Store) -> None:
    store.drafts.save("d-1", "990001", "s-1", {"a": 1})
    store.drafts.save("d-2", "990001", "s-1", {"a": 2})
    run(store, "UPDATE draft SET sealed = (SELECT sealed FROM draft WHERE id = 'd-2') WHERE id = 'd-1'")
    with pytest.raises(StoreError) as caught:
        store.drafts.load("d-1")
    assert caught.value.code == "store.sealed"
    run(store, "UPDATE draft SET sealed = x'00'")
    with pytest.raises(StoreError):
        store.drafts.load("d-2")


def test_a_picture_comes_back_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(range(256)) * 100
    piece = store.media.put("s-1", "image/jpeg", content)
    assert (piece.size, piece.digest) == (25_600, hashlib.sha256(content).hexdigest())
    assert store.media.get(piece.id) == content
    assert store.media.of("s-1") == [(piece.id, "image/jpeg", 25_600)]
    assert store.media.of("s-2") == []
    with pytest.raises(StoreError) as caught:
        store.media.get("0")
    assert caught.value.code == "store.media-absent"


def test_a_piece_has_a_largest_size(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.media.put("s-1", "image/jpeg", bytes(media.LARGEST + 1))
    assert caught.value.code == "store.media-large"
    assert store.media.of("s-1") == []


def look(stay: str = "s-1", **fields: object) -> Access:
    return Access(
        actor="990001", session="x", workstation="w-1", action="open-stay", stay=stay, purpose="duty"
    )


def test_a_look_is_on_disk_before_it_is_shown(store: Store, clock: SteppedClock, folder: Path) -> None:
    assert store.access_log.note(look()) == 1
    assert store.access_log.note(look("s-2")) == 2
    other = Store.open(folder, clock, catalogue_hash="ab" * 32)
    try:
        rows = other.access_log.rows()
        assert rows[0] == AccessRow(seq=1, at_ms=to_ms(clock.now()), access=look())
        assert [row.seq for row in other.access_log.rows(stay="s-2")] == [2]
        assert other.access_log.rows(after_seq=2) == []
        assert other.access_log.note(look("s-3")) == 3
    finally:
        other.close()
    assert store.access_log.faults() == []


def test_looks_cannot_be_changed_or_removed(store: Store) -> None:
    store.access_log.note(look())
    for statement in (
        "DELETE FROM access",
        "UPDATE access SET row = x'00'",
        "DELETE FROM access_head",
        "UPDATE access_head SET size = 0",
    ):
        with pytest.raises(StoreError) as caught:
            run(store, statement)
        assert caught.value.code == "store.append-only"


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        (["UPDATE access SET row = CAST(replace(row, 's-2', 's-9') AS BLOB) WHERE seq = 2"], [2, 0]),
        (["UPDATE access SET row = x'ff' WHERE seq = 2"], [2, 0]),
        (["DELETE FROM access WHERE seq = 2"], [3, 0]),
        (["DELETE FROM access WHERE seq = 3"], [0]),
        (["DELETE FROM access_head"], [0]),
        (["UPDATE access_head SET range = x'00'"], [0]),
    ],
)
def test_a_changed_access_log_is_found(store: Store, statements: list[str], wrong: list[int]) -> None:
    for number in (1, 2, 3):
        store.access_log.note(look(f"s-{number}"))
    run(
        store,
        *("DROP TRIGGER access_no_update", "DROP TRIGGER access_no_delete"),
        *("DROP TRIGGER access_head_no_delete", "DROP TRIGGER access_head_forward"),
        *statements,
    )
    assert store.access_log.faults() == wrong


def test_secrets_of_staff(store: Store) -> None:
    secrets = store.staff_secrets
    assert secrets.get("990001") is None
    assert secrets.failed("990001", 5) == 0
    secrets.put("990001", "$argon2id$one", 10)
    assert [secrets.failed("990001", at) for at in (11, 12)] == [1, 2]
    assert secrets.get("990001") == StaffSecret("990001", "$argon2id$one", 10, 2, 12)
    secrets.succeeded("990001")
    assert secrets.get("990001") == StaffSecret("990001", "$argon2id$one", 10, 0, 0)
    secrets.failed("990001", 13)
    secrets.put("990001", "$argon2id$two", 20)
    assert secrets.get("990001") == StaffSecret("990001", "$argon2id$two", 20, 0, 0)
    secrets.remove("990001")
    assert secrets.get("990001") is None


def test_nothing_sealed_lies_in_clear_in_the_decrypted_file(store: Store, folder: Path) -> None:
    marked = "测试标记".encode()
    store.drafts.save("d-1", "990001", "s-1", {"text": marked.decode()})
    store.media.put("s-1", "text/plain", marked)
    target = folder / "plain.db"
    with store.database.reading() as connection:
        dump = "\n".join(str(row) for row in driver(connection).execute("SELECT * FROM draft, media"))
    assert marked.decode() not in dump
    assert marked not in (folder / FILE).read_bytes()
    assert not target.exists()
