"""Room kept free for what must not be lost while the disk is full."""

from __future__ import annotations

from pathlib import Path

from workstation.storage.spare import SIZE, Spare
from workstation.storage.store import Store


def test_what_is_kept_is_there_for_the_next_run_in_order_and_sealed(store: Store, tmp_path: Path) -> None:
    spare = Spare(tmp_path / "spare", store.record.seals)
    assert spare.ready()
    for piece in (b"first look", b"second look"):
        assert spare.put(piece)
    assert (tmp_path / "spare").stat().st_size == SIZE, (
        "written over in place: a full disk does not hinder it"
    )
    assert b"look" not in (tmp_path / "spare").read_bytes()
    again = Spare(tmp_path / "spare", store.record.seals)
    assert again.ready()
    assert again.pieces() == [b"first look", b"second look"]
    assert again.put(b"third")
    assert Spare(tmp_path / "spare", store.record.seals).pieces() == [b"first look", b"second look", b"third"]
    again.clear()
    assert Spare(tmp_path / "spare", store.record.seals).pieces() == []


def test_it_ends_at_what_was_cut_or_changed(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "spare"
    spare = Spare(path, store.record.seals)
    assert spare.pieces() == []
    spare.ready()
    spare.put(b"whole")
    spare.put(b"changed")
    content = bytearray(path.read_bytes())
    content[content.index(bytes(64)) - 1] ^= 1
    path.write_bytes(content)
    assert Spare(path, store.record.seals).pieces() == [b"whole"]
    path.write_bytes(bytes(content[:20]))
    assert Spare(path, store.record.seals).pieces() == []


def test_it_says_when_it_cannot(store: Store, tmp_path: Path) -> None:
    assert not Spare(tmp_path / "no such folder" / "spare", store.record.seals).ready()
    spare = Spare(tmp_path / "spare", store.record.seals)
    assert not spare.put(b"nowhere to write to")
    spare.ready()
    assert not spare.put(bytes(SIZE))
    pieces = 0
    while spare.put(bytes(60_000)):
        pieces += 1
    assert pieces == 4
    assert len(spare.pieces()) == 4
