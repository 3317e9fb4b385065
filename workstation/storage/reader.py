"""Reading the record back: entries in clear for the program, and unparsed for their verification."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection

from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, NotCanonical
from workstation.ledger.entry import Header, leaf_hash, parse_header
from workstation.ledger.merkle import CompactRange, root
from workstation.ledger.sections import Section, about, matches, unpack
from workstation.ledger.verify import Fault, Shown
from workstation.storage.database import Database, driver
from workstation.storage.prepared import StoredEntry
from workstation.storage.sealing import Seals

Raw: TypeAlias = "tuple[int, bytes, bytes, Shown]"
"""Seq, header bytes, leaf and opened sections of one entry."""
Run: TypeAlias = Callable[..., Any]

_TAIL = 1024
_CHUNK = 500


class Reader:
    """Reads entries with the keys of their stays."""

    def __init__(self, database: Database, seals: Seals) -> None:
        self._database = database
        self._seals = seals

    def entries(
        self, connection: Connection, after_seq: int, stay: str | None, limit: int | None
    ) -> list[StoredEntry]:
        """Entries after `after_seq` in order, in clear: all, or those of or about one stay."""
        run = driver(connection).execute
        most = -1 if limit is None else limit
        if stay is None:
            rows = run(
                "SELECT seq, header FROM entry WHERE seq > ? ORDER BY seq LIMIT ?", (after_seq, most)
            ).fetchall()
        else:
            rows = run(
                "SELECT entry.seq, header FROM entry JOIN ("
                "SELECT seq FROM body WHERE stay = ? AND seq > ? "
                "UNION SELECT seq FROM erased WHERE stay = ? AND seq > ? ORDER BY seq LIMIT ?) AS found "
                "ON entry.seq = found.seq ORDER BY entry.seq",
                (stay, after_seq, stay, after_seq, most),
            ).fetchall()
        return [self._entry(run, seq, content) for seq, content in rows]

    def raw(self, upto: int, faults: list[Fault] | None = None) -> Iterator[Raw]:
        """Every entry up to `upto`, for verification and export.

        A body that cannot be opened is added to `faults` when given, else it raises StoreError.
        """
        after = 0
        while after < upto:
            with self._database.reading() as connection:
                run = driver(connection).execute
                rows = run(
                    "SELECT seq, header, leaf FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
                    (after, upto, _CHUNK),
                ).fetchall()
                found = [(*row, self._shown(run, row[0], row[1], faults)) for row in rows]
            if not found:
                return
            yield from found
            after = found[-1][0]

    def newest(self) -> int:
        """Number of the newest entry in the table, whatever the head says; 0 when there is none."""
        with self._database.reading() as connection:
            found = driver(connection).execute("SELECT coalesce(max(seq), 0) FROM entry").fetchone()
        return int(found[0])

    def stays(self) -> list[str]:
        """Every stay that an entry is about, the centre's own as an empty string."""
        with self._database.reading() as connection:
            rows = (
                driver(connection).execute("SELECT stay FROM body UNION SELECT stay FROM erased").fetchall()
            )
        return [row[0] for row in rows]

    def check_tail(self, size: int, tree: CompactRange) -> None:
        """Compare the newest entries with the head: the subtree that ends the tree, at most 1,024 leaves.

        Raises StoreError `store.tail-damaged` when they do not agree; cheap enough for every start.
        """
        subtree = size & -size
        last = min(subtree, _TAIL)
        newest = self.newest()
        with self._database.reading() as connection:
            run = driver(connection).execute
            rows = run("SELECT header, leaf FROM entry WHERE seq > ? ORDER BY seq", (size - last,)).fetchall()
        leaves = [leaf_hash(header) for header, _ in rows]
        sound = newest == size > 0 and leaves == [leaf for _, leaf in rows]
        if not sound or (last == subtree and root(leaves) != tree.hashes[-1]):
            raise StoreError("store.tail-damaged", seq=newest)

    def _entry(self, run: Run, seq: int, content: bytes) -> StoredEntry:
        sections: dict[str, Mapping[str, JSON] | None] = {}
        try:
            header = parse_header(content)
            if header.seq != seq:
                raise StoreError("store.entry-damaged", seq=seq)
            for stay in _stays(header):
                opened = self._sections(run, header, stay, seq)
                if opened is None:
                    sections.update(dict.fromkeys(_names(header, stay)))
                    continue
                for section in opened:
                    if not matches(section, header.sections.get(section.name, "")):
                        raise StoreError("store.entry-damaged", seq=seq)
                    sections[section.name] = section.committed_values()
        except (NotCanonical, msgspec.DecodeError) as error:
            raise StoreError("store.entry-damaged", seq=seq) from error
        if set(sections) != set(header.sections):
            raise StoreError("store.entry-damaged", seq=seq)
        return StoredEntry(header=header, header_bytes=content, sections=sections)

    def _shown(self, run: Run, seq: int, content: bytes, faults: list[Fault] | None) -> Shown:
        shown: dict[str, Section | None] = {}
        try:
            header = parse_header(content)
        except NotCanonical as error:
            if faults is None:
                raise StoreError("store.entry-damaged", seq=seq) from error
            return shown
        for stay in _stays(header):
            try:
                sections = self._sections(run, header, stay, seq)
            except (StoreError, NotCanonical) as error:
                if faults is None:
                    raise
                faults.append(Fault(seq, "verify.body", error.code))
                continue
            if sections is None:
                shown.update(dict.fromkeys(_names(header, stay)))
            else:
                shown.update((section.name, section) for section in sections)
        return shown

    def _sections(self, run: Run, header: Header, stay: str, seq: int) -> list[Section] | None:
        """What the body of an entry for one stay holds; None when it is erased."""
        body = run("SELECT sealed FROM body WHERE stay = ? AND seq = ?", (stay, seq)).fetchone()
        if body is not None:
            return unpack(self._seals.open(stay, f"body {header.id}", body[0]))
        if run("SELECT 1 FROM erased WHERE stay = ? AND seq = ?", (stay, seq)).fetchone():
            return None
        raise StoreError("store.entry-damaged", seq=seq)


def _stays(header: Header) -> set[str]:
    """The stays that an entry has bodies for."""
    return {header.stay, *(about(name, header.stay) for name in header.sections)}


def _names(header: Header, stay: str) -> list[str]:
    """The sections of an entry that are about one stay."""
    return [name for name in header.sections if about(name, header.stay) == stay]
