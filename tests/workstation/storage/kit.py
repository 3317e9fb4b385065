"""Entries for the tests of the store."""

from __future__ import annotations

import msgspec

from workstation.ledger.entry import ActorKind
from workstation.storage.prepared import NewEntry, StoredEntry
from workstation.storage.record import Record

HAPPENED = 1_795_000_000_000


WEIGHED = NewEntry(
    stay="s-1",
    kind="bag-weighed/1",
    actor="990001",
    actor_kind=ActorKind.STAFF,
    workstation="w-1",
    happened_at_ms=HAPPENED,
    sections={"facts": {"bag": "B-1", "grams": 1250}, "who": {"name": "测试甲"}},
)


def new(stay: str = "s-1", **fields: object) -> NewEntry:
    """An entry, with some fields of one's own."""
    return msgspec.structs.replace(WEIGHED, stay=stay, **fields)


def append(record: Record, command: str, *entries: NewEntry, result: bytes = b"done") -> list[StoredEntry]:
    """Append the entries (or one like WEIGHED) as one command."""
    prepared = record.prepare(command, entries or [new()])
    with record.transaction() as tx:
        return tx.append(prepared, result)
