"""The record: entries are prepared without a lock, numbered under it and never change afterwards.

The one append path of the program. Inside the write lock only entries, bodies, the head row, the command's
first result and the decision tables are written; everything else follows by cursor.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection

from workstation import ids
from workstation.clock import Clock, to_ms
from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, canonical
from workstation.ledger.entry import ActorKind, Header, entry_id, header_bytes, leaf_hash
from workstation.ledger.sections import SALT_BYTES, Section, about, commitment, pack
from workstation.storage.database import Database, driver
from workstation.storage.decisions import Decisions
from workstation.storage.head import Head, HeadRow
from workstation.storage.keys import KeyStore
from workstation.storage.prepared import NewEntry, Prepared, PreparedEntry, StoredEntry
from workstation.storage.reader import Reader
from workstation.storage.sealing import Seals

OPENED = "ledger-opened/1"
ALGORITHMS: Mapping[str, JSON] = {
    "commitment": "sha-256(salt32||bytes)",
    "header": "rfc8785",
    "log": "ed25519",
    "seal": "aes-256-gcm",
    "tree": "rfc6962-sha-256",
}


class Tx:
    """The write lock while it is held, with the state of the record at its head."""

    def __init__(self, record: Record, connection: Connection, head: Head) -> None:
        self.connection = connection
        self.decision = Decisions(connection)
        self._record = record
        self._run: Callable[..., Any] = driver(connection).execute
        self._head = self._written = head
        self._depth = 0
        self.bound = False

    def head(self) -> Head:
        """The head with everything this transaction has appended so far."""
        return self._head

    def first_result(self, command_id: str) -> bytes | None:
        """What the command answered the first time, or None when it has not been seen."""
        row = self._run("SELECT stay, result FROM command WHERE id = ?", (command_id,)).fetchone()
        return None if row is None else self._record.seals.open(row[0], f"result {command_id}", row[1])

    def remember(self, command_id: str, result: bytes, *, stay: str = "") -> None:
        """Keep the result of a command, also of one that was refused; sealed under the key of `stay`."""
        sealed = self._record.seals.seal(stay, f"result {command_id}", result)
        self._bind(stay)
        self._run("INSERT INTO command(id, stay, result) VALUES (?, ?, ?)", (command_id, stay, sealed))

    def append(self, prepared: Prepared, result: bytes) -> list[StoredEntry]:
        """Number and write the entries of a command with its result; they are saved when `transaction` ends.

        recorded_at is the store's clock now, never below the head's. Raises StoreError `store.conflict` when
        the command id is known already, `store.simulated` for a simulated entry in a live record.
        """
        head = self._head
        record = self._record
        recorded_at_ms = max(to_ms(record.clock.now()), head.newest_recorded_ms)
        size, tree = head.size, head.range
        stored: list[StoredEntry] = []
        for n, entry in enumerate(prepared.entries, 1):
            size += 1
            new = entry.new
            if new.simulated and head.mode == "live":
                raise StoreError("store.simulated", kind=new.kind)
            header = Header(
                centre=head.centre,
                seq=size,
                command=prepared.command,
                n=n,
                stay=new.stay,
                kind=new.kind,
                actor=new.actor,
                actor_kind=new.actor_kind,
                workstation=new.workstation,
                happened_at_ms=new.happened_at_ms,
                recorded_at_ms=recorded_at_ms,
                device=new.stamp,
                late=new.late,
                by_hand=new.by_hand,
                simulated=new.simulated,
                breach=new.breach,
                corrects=new.corrects,
                catalogue=record.catalogue_hash,
                sections=entry.commitments,
            )
            written = header_bytes(header)
            leaf = leaf_hash(written)
            tree = tree.append(leaf)
            self._run(
                "INSERT INTO entry(centre, seq, header, leaf) VALUES (?, ?, ?, ?)",
                (head.centre, size, written, leaf),
            )
            for stay, sealed in entry.bodies.items():
                self._bind(stay)
                self._run(
                    "INSERT INTO body(centre, stay, seq, sealed) VALUES (?, ?, ?, ?)",
                    (head.centre, stay, size, sealed),
                )
            stored.append(StoredEntry(header=header, header_bytes=written, sections=new.sections))
        first = prepared.entries[0].new.stay if prepared.entries else ""
        self.remember(prepared.command, result, stay=first)
        self._head = Head(
            centre=head.centre,
            mode=head.mode,
            size=size,
            range=tree,
            newest_recorded_ms=recorded_at_ms if stored else head.newest_recorded_ms,
            numbers=head.numbers,
        )
        return stored

    def _bind(self, stay: str) -> None:
        if self._record.seals.bind(self.connection, stay):
            self.bound = True

    def last_seq(self, stay: str) -> int:
        """Number of the newest entry of or about a stay; 0 when there is none."""
        row = self._run(
            "SELECT coalesce(max(seq), (SELECT max(seq) FROM erased WHERE stay = ?), 0) "
            "FROM body WHERE stay = ?",
            (stay, stay),
        ).fetchone()
        return int(row[0])

    def take_number(self, series: str) -> int:
        """The next number of a series, from 1; given out when the transaction commits."""
        numbers = {**self._head.numbers, series: self._head.numbers.get(series, 0) + 1}
        self._head = msgspec.structs.replace(self._head, numbers=numbers)
        return numbers[series]

    def entries(
        self, after_seq: int = 0, stay: str | None = None, limit: int | None = None
    ) -> list[StoredEntry]:
        """As `Record.entries`, with what this transaction has appended."""
        return self._record.reader.entries(self.connection, after_seq, stay, limit)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """An exception inside undoes what was done inside, and only that."""
        before = self._head
        self._depth += 1
        name = f"onestop_{self._depth}"
        self._run(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self._run(f"ROLLBACK TO {name}")
            self._run(f"RELEASE {name}")
            self._head = before
            raise
        else:
            self._run(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def write_head(self) -> None:
        """Write the head row if it has moved; `Record.transaction` does so before it commits."""
        head = self._head
        if head is not self._written:
            self._record.head_row.write(self._run, head)
            self._written = head


class Record:
    """The record of one centre. Threads may share it; one at a time holds the write lock."""

    def __init__(
        self, database: Database, keys: KeyStore, clock: Clock, centre: str, catalogue_hash: str
    ) -> None:
        self.database = database
        self.clock = clock
        self.centre = centre
        self.catalogue_hash = catalogue_hash
        self.seals = Seals(database, keys)
        self.reader = Reader(database, self.seals)
        self.head_row = HeadRow()

    def open_ledger(
        self, mode: str, *, log_key: bytes, workstation: str, actor: str = "system", command_id: str = ""
    ) -> StoredEntry:
        """Write entry 1 into an empty store: centre, mode (practice or live, for ever), log key, algorithms.

        `log_key`: the 32 bytes of the Ed25519 public key. Raises StoreError when the record is open already.
        """
        prepared = self.prepare(
            command_id or ids.command_id(),
            [
                NewEntry(
                    stay="",
                    kind=OPENED,
                    actor=actor,
                    actor_kind=ActorKind.SYSTEM,
                    workstation=workstation,
                    happened_at_ms=to_ms(self.clock.now()),
                    sections={
                        "facts": {
                            "centre": self.centre,
                            "mode": mode,
                            "log_key": log_key.hex(),
                            "algorithms": ALGORITHMS,
                        }
                    },
                )
            ],
        )
        with self.database.appending() as connection:
            run = driver(connection).execute
            if run("SELECT 1 FROM head").fetchone():
                raise StoreError("store.ledger-open")
            self.head_row.create(run, self.centre, mode)
            tx = Tx(self, connection, self.head_row.read(run))
            (entry,) = tx.append(prepared, b"")
            tx.write_head()
        return entry

    def prepare(self, command_id: str, new: Sequence[NewEntry]) -> Prepared:
        """Make canonical bytes, salts, commitments and ciphertext of one command's entries; takes no lock.

        Raises NotCanonical for values, names or fields that the record cannot hold.
        """
        return Prepared(
            command_id, [self._prepare(entry_id(command_id, n), entry) for n, entry in enumerate(new, 1)]
        )

    def _prepare(self, entry: str, new: NewEntry) -> PreparedEntry:
        commitments: dict[str, str] = {}
        bodies: dict[str, list[Section]] = {new.stay: []}
        salts = secrets.token_bytes(SALT_BYTES * len(new.sections))
        for at, (name, values) in enumerate(new.sections.items()):
            salt = salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]
            section = Section(name, salt, canonical(values))
            bodies.setdefault(about(name, new.stay), []).append(section)
            commitments[name] = commitment(salt, section.content)
        return PreparedEntry(
            new,
            commitments,
            {
                stay: self.seals.seal(stay, f"body {entry}", pack(sections))
                for stay, sections in bodies.items()
            },
        )

    @contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Hold the write lock; at the end all is saved durably, or nothing when an exception leaves."""
        with self.database.appending() as connection:
            tx = Tx(self, connection, self.head_row.read(driver(connection).execute))
            yield tx
            tx.write_head()
        if tx.bound:
            self.seals.settle()

    def head(self) -> Head:
        """The head as it stands; raises StoreError when the record has not been opened."""
        with self.database.reading() as connection:
            return HeadRow().read(driver(connection).execute)

    def entries(
        self, after_seq: int = 0, stay: str | None = None, limit: int | None = None
    ) -> list[StoredEntry]:
        """Entries after `after_seq` in order, in clear: all, or those of or about one stay."""
        with self.database.reading() as connection:
            return self.reader.entries(connection, after_seq, stay, limit)

    def check_tail(self) -> None:
        """Compare the newest entries with the head; raises StoreError `store.tail-damaged`."""
        head = self.head()
        self.reader.check_tail(head.size, head.range)
