"""Drafts: what a person has typed and not yet committed, sealed, in a table of its own.

A draft is gone when its command is committed, when its stay departs or is erased, or when its owner drops it;
it is no part of the record.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, text

from workstation.clock import Clock, to_ms
from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, canonical, parse
from workstation.storage.database import Database
from workstation.storage.sealing import Seals


class DraftNote(msgspec.Struct, frozen=True):
    """Which drafts there are. `stay`: empty before the stay has begun; `saved_at_ms`: UTC milliseconds."""

    id: str
    owner: str
    stay: str
    saved_at_ms: int


class Drafts:
    """The drafts of a centre. Threads may share it."""

    def __init__(self, database: Database, seals: Seals, clock: Clock) -> None:
        self._database = database
        self._seals = seals
        self._clock = clock

    def save(self, draft: str, owner: str, stay: str, values: Mapping[str, JSON]) -> None:
        """Keep `values` under the id `draft`, in place of what was there; durable when this returns.

        A draft belongs to one owner and one stay: StoreError `store.not-so` for another's.
        """
        sealed = self._seals.seal(stay, f"draft {draft}", canonical(values))
        with self._database.writing() as connection:
            self._seals.bind(connection, stay)
            done = connection.execute(
                text(
                    "INSERT INTO draft(id, owner, stay, saved_at, sealed) "
                    "VALUES (:id, :owner, :stay, :at, :sealed) ON CONFLICT(id) DO UPDATE "
                    "SET saved_at = excluded.saved_at, sealed = excluded.sealed "
                    "WHERE draft.owner = excluded.owner AND draft.stay = excluded.stay"
                ),
                {
                    "id": draft,
                    "owner": owner,
                    "stay": stay,
                    "at": to_ms(self._clock.now()),
                    "sealed": sealed,
                },
            )
            if done.rowcount != 1:
                raise StoreError("store.not-so", what="draft")

    def load(self, draft: str) -> dict[str, JSON] | None:
        """The values of a draft, or None when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                text("SELECT stay, sealed FROM draft WHERE id = :id"), {"id": draft}
            ).one_or_none()
        if row is None:
            return None
        values = parse(self._seals.open(row.stay, f"draft {draft}", row.sealed))
        if not isinstance(values, dict):
            raise StoreError("store.sealed", what=f"draft {draft}")
        return values

    def list(self, *, owner: str | None = None, stay: str | None = None) -> list[DraftNote]:
        """The drafts of an owner, of a stay, or all; newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                text(
                    "SELECT id, owner, stay, saved_at FROM draft "
                    "WHERE (:owner IS NULL OR owner = :owner) AND (:stay IS NULL OR stay = :stay) "
                    "ORDER BY saved_at DESC, id"
                ),
                {"owner": owner, "stay": stay},
            ).all()
        return [DraftNote(*row) for row in rows]

    def delete(self, draft: str, connection: Connection | None = None) -> None:
        """Drop a draft; with the connection of a transaction, together with what it commits."""
        if connection is None:
            with self._database.writing() as own:
                self.delete(draft, own)
        else:
            connection.execute(text("DELETE FROM draft WHERE id = :id"), {"id": draft})

    def delete_stay(self, stay: str, connection: Connection) -> None:
        """Drop every draft of a stay, in the transaction of its departure or erasure."""
        connection.execute(text("DELETE FROM draft WHERE stay = :stay"), {"stay": stay})
