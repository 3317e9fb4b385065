"""Who looked at what: one row per person opened, per search, per board session, and per refusal.

A row is on disk before what it speaks of is shown; one that came after it, because the store took nothing at that
moment, says that it is late (`workstation.station.looks`). The rows have a tree of their own (RFC 6962), so that none
can be taken out unseen; a row holds pseudonyms and codes, never a name or what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from workstation.clock import Clock, to_ms
from workstation.errors import StoreError
from workstation.ledger import merkle
from workstation.ledger.canonical import canonical
from workstation.ledger.merkle import CompactRange
from workstation.storage.database import Database


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One look. `action`: a code such as open-stay, search, board, export; `stay`: pseudonym or empty;
    `purpose`: a code of the list of purposes; `allowed`: False for a denial; `late`: written after it was shown."""

    actor: str
    session: str
    workstation: str
    action: str
    stay: str = ""
    purpose: str = ""
    allowed: bool = True
    late: bool = False


class AccessRow(msgspec.Struct, frozen=True, kw_only=True):
    """A look as it is kept. `at_ms`: UTC milliseconds."""

    seq: int
    at_ms: int
    access: Access


class AccessLog:
    """The access log of a centre. Threads may share it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def note(self, access: Access) -> int:
        """Write a look of this moment; it is durable when this returns. Gives its number."""
        return self.note_all([(self._clock.now(), access)])

    def note_all(self, looks: Sequence[tuple[datetime, Access]]) -> int:
        """Write looks of the moments given, all or none; the number of the last."""
        with self._database.writing() as connection:
            tree = self._tree(connection)
            for at, access in looks:
                seq = tree.size + 1
                row = canonical({"at": to_ms(at), "seq": seq, **msgspec.structs.asdict(access)})
                leaf = merkle.leaf_hash(row)
                tree = tree.append(leaf)
                connection.execute(
                    text("INSERT INTO access(seq, row, leaf) VALUES (:seq, :row, :leaf)"),
                    {"seq": seq, "row": row, "leaf": leaf},
                )
            connection.execute(
                text(
                    "INSERT INTO access_head(one, size, range) VALUES (1, :size, :range) "
                    "ON CONFLICT(one) DO UPDATE SET size = excluded.size, range = excluded.range"
                ),
                {"size": tree.size, "range": tree.to_bytes()},
            )
            return tree.size

    def rows(self, *, stay: str | None = None, after_seq: int = 0, limit: int = 1000) -> list[AccessRow]:
        """Rows in order, of all or of one stay."""
        with self._database.reading() as connection:
            rows = connection.execute(
                text(
                    "SELECT seq, row FROM access WHERE seq > :after "
                    "AND (:stay IS NULL OR json_extract(CAST(row AS TEXT), '$.stay') = :stay) "
                    "ORDER BY seq LIMIT :limit"
                ),
                {"after": after_seq, "stay": stay, "limit": limit},
            ).all()
        return [_row(row.seq, row.row) for row in rows]

    def faults(self) -> list[int]:
        """Numbers of rows that are not as they were written; 0 when head and rows do not agree."""
        wrong: list[int] = []
        tree = CompactRange()
        with self._database.reading() as connection:
            for seq, row, leaf in connection.execute(text("SELECT seq, row, leaf FROM access ORDER BY seq")):
                found = merkle.leaf_hash(row)
                tree = tree.append(found)
                if found != leaf or seq != tree.size or not _agrees(seq, row):
                    wrong.append(seq)
            try:
                head = self._tree(connection)
            except StoreError:
                return [*wrong, 0]
        return wrong if head == tree else [*wrong, 0]

    @staticmethod
    def _tree(connection: Connection) -> CompactRange:
        row = connection.execute(text("SELECT size, range FROM access_head")).one_or_none()
        if row is None:
            return CompactRange()
        try:
            tree = CompactRange.from_bytes(row.range)
        except ValueError as error:
            raise StoreError("store.head-damaged") from error
        if tree.size != row.size:
            raise StoreError("store.head-damaged")
        return tree


def _row(seq: int, row: bytes) -> AccessRow:
    try:
        fields = msgspec.json.decode(row, type=dict[str, str | int | bool])
        at_ms = fields.pop("at")
        if fields.pop("seq") != seq or not isinstance(at_ms, int):
            raise StoreError("store.access-damaged", seq=seq)
        return AccessRow(seq=seq, at_ms=at_ms, access=msgspec.convert(fields, Access))
    except (msgspec.DecodeError, KeyError) as error:
        raise StoreError("store.access-damaged", seq=seq) from error


def _agrees(seq: int, row: bytes) -> bool:
    try:
        _row(seq, row)
    except StoreError:
        return False
    return True
