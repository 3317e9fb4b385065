"""Verification of a whole store: every page, every entry, the head, the access log and the projections."""

from __future__ import annotations

from pathlib import Path

from workstation.clock import Clock
from workstation.errors import StoreError
from workstation.ledger.verify import Fault, Walk
from workstation.storage.database import driver
from workstation.storage.record import Record
from workstation.storage.report import Report
from workstation.storage.store import Store


def verify_store(folder: Path, clock: Clock, *, projections: bool = True) -> Report:
    """Open the store in `folder` and verify all of it. Raises StoreError when it cannot be opened at all."""
    store = Store.open(folder, clock, catalogue_hash="0" * 64)
    try:
        return verify_open(store, projections=projections)
    finally:
        store.close()


def verify_open(store: Store, *, projections: bool = True) -> Report:
    """Verify an open store; what is written meanwhile is not looked at."""
    more = [Fault(0, "verify.page", str(page)) for page in _pages(store)]
    head = store.record.head()
    walk = Walk()
    try:
        for seq, header, leaf, shown in store.record.reader.raw(head.size, walk.faults):
            walk.take(seq, header, leaf, shown)
    except StoreError as error:
        more.append(Fault(walk.range.size + 1, "verify.unreadable", error.code))
    walk.finish(head.size, head.range.root())
    more += [Fault(0, "verify.access", str(row)) for row in store.access_log.faults()]
    if projections and not walk.faults and not more:
        more += _timeline(store, store.record)
    return Report.of(walk, more)


def _pages(store: Store) -> list[str]:
    with store.database.reading() as connection:
        rows = driver(connection).execute("PRAGMA cipher_integrity_check").fetchall()
    return [str(row[0]) for row in rows]


def _timeline(store: Store, record: Record) -> list[Fault]:
    cursor = store.followers[0].cursor()
    faults: list[Fault] = []
    after = 0
    while after < cursor:
        for entry in record.entries(after_seq=after, limit=200):
            after = entry.seq
            if entry.seq <= cursor and store.timeline.faults(entry):
                faults.append(Fault(entry.seq, "verify.projection", store.timeline.name))
    return faults
