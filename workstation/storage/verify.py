"""Verification of a whole store: every page, every entry, the head, the access log and the projections."""

from __future__ import annotations

from pathlib import Path

from workstation.clock import Clock
from workstation.errors import StoreError
from workstation.ledger.verify import Fault, Walk
from workstation.storage.database import driver
from workstation.storage.report import Report
from workstation.storage.store import Store


def verify_store(folder: Path, clock: Clock, *, projections: bool = True) -> Report:
    """Open the store in `folder` and verify all of it. Raises StoreError when it cannot be opened at all."""
    store = Store.unchecked(folder, clock, catalogue_hash="0" * 64)
    try:
        return verify_open(store, projections=projections)
    finally:
        store.close()


def verify_open(store: Store, *, projections: bool = True) -> Report:
    """Verify an open store; what is written meanwhile is not looked at.

    The projections are compared with a replay only when the record itself is sound.
    """
    walk = Walk()
    more: list[Fault] = []
    try:
        more += [Fault(0, "verify.page", page) for page in _pages(store)]
        reader = store.record.reader
        try:
            head = store.record.head()
            size, tree = head.size, head.range.root()
        except StoreError as error:
            more.append(Fault(0, "verify.head", error.code))
            size, tree = reader.newest(), b""
        for seq, header, leaf, shown in reader.raw(size, walk.faults):
            walk.take(seq, header, leaf, shown)
        if tree:
            walk.finish(size, tree)
        if reader.newest() > size and tree:
            more.append(Fault(size + 1, "verify.size"))
        more += [Fault(0, "verify.access", str(row)) for row in store.access_log.faults()]
    except StoreError as error:
        more.append(Fault(walk.range.size + 1, "verify.unreadable", error.code))
    if projections and not walk.faults and not more:
        more += _timeline(store)
    return Report.of(walk, more)


def _pages(store: Store) -> list[str]:
    with store.database.reading() as connection:
        rows = driver(connection).execute("PRAGMA cipher_integrity_check").fetchall()
    return [str(row[0]) for row in rows]


def _timeline(store: Store) -> list[Fault]:
    """The timeline compared, stay by stay, with a replay up to where its follower is."""
    cursor = store.followers[0].cursor()
    if not cursor:
        return []
    seqs: set[int] = set()
    for stay in sorted({*store.timeline.stays(), *store.record.reader.stays()}):
        entries = [entry for entry in store.record.entries(stay=stay) if entry.seq <= cursor]
        seqs.update(seq for seq in store.timeline.differing(stay, entries) if seq <= cursor)
    return [Fault(seq, "verify.projection", store.timeline.name) for seq in sorted(seqs)]
