"""A process that appends to a store and says what it was told is saved; it is killed, starved or refused.

python -m tests.faults.store_child FOLDER append          one line per acknowledged command, for ever
python -m tests.faults.store_child FOLDER limited         with files bounded to few bytes, then not
python -m tests.faults.store_child FOLDER open            open and append once
"""

from __future__ import annotations

import resource
import sys
import uuid
from pathlib import Path

from workstation.clock import BootClock
from workstation.errors import StoreError
from workstation.ledger.entry import ActorKind
from workstation.storage.prepared import NewEntry
from workstation.storage.store import Store


def append(store: Store, size: int = 200, *, telling: bool = False) -> str:
    """Append two entries as one command; its id, once it is saved. `telling`: say when the lock is held."""
    command = uuid.uuid4().hex
    entry = NewEntry(
        stay="s-1",
        kind="note-added/1",
        actor="990001",
        actor_kind=ActorKind.STAFF,
        workstation="w-1",
        happened_at_ms=1_795_000_000_000,
        sections={"note": {"text": "记" * size}},
    )
    prepared = store.record.prepare(command, [entry, entry])
    with store.record.transaction() as tx:
        if telling:
            say("inside", command)
        tx.take_number("paper")
        tx.append(prepared, command.encode())
    return command


def say(*words: str) -> None:
    """One line, at once."""
    print(*words, flush=True)


def limited(store: Store) -> None:
    """Append with every file bounded to ever more bytes, each time followed by an append without the bound."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in range(0, 60_000, 1021):
        store.database.truncate_log()
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        try:
            say("saved", append(store))
        except StoreError as error:
            say("refused", error.code)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        say("again", append(store))


def main(folder: str, what: str) -> None:
    """Do `what` with the store in `folder`."""
    try:
        store = Store.open(Path(folder), BootClock(), catalogue_hash="ab" * 32)
    except StoreError as error:
        say("refused", error.code)
        return
    try:
        if what == "limited":
            limited(store)
            return
        say("saved", append(store, telling=True))
        while what == "append":
            say("saved", append(store, telling=True))
    finally:
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
