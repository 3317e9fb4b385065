"""Erasure of a stay: its key is destroyed, and with it everything that was sealed under it.

Headers, leaves and proofs stay as they are. Who may order it, two persons and the entry that says so are the
business of the caller; a copy of the key store that was made before still holds the key until it expires.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from workstation.errors import StoreError
from workstation.storage.database import Database
from workstation.storage.keys import KeyStore
from workstation.storage.projections import Follower
from workstation.storage.sealing import Seals


class Erasure:
    """Erases stays, and finishes what a crash has interrupted."""

    def __init__(
        self, database: Database, keys: KeyStore, seals: Seals, followers: Sequence[Follower]
    ) -> None:
        self._database = database
        self._keys = keys
        self._seals = seals
        self._followers = followers

    def erase(self, stay: str, at_ms: int) -> None:
        """Erase a stay for good: bodies, media, drafts, values in projections, and the key.

        Raises StoreError `store.not-so` for the centre's own entries, an unknown stay or one that is open.
        """
        for follower in self._followers:
            follower.catch_up()
        with self._database.writing() as connection:
            if not stay or not _known(connection, stay) or _is_open(connection, stay):
                raise StoreError("store.not-so", what="erasable")
            for statement in (
                "INSERT INTO erasure(stay, at) VALUES (:stay, :at) ON CONFLICT(stay) DO NOTHING",
                "INSERT INTO erased(stay, seq) SELECT stay, seq FROM body WHERE stay = :stay",
                "DELETE FROM body WHERE stay = :stay",
                "DELETE FROM media WHERE stay = :stay",
                "DELETE FROM draft WHERE stay = :stay",
            ):
                connection.execute(text(statement), {"stay": stay, "at": at_ms})
            for follower in self._followers:
                follower.projection.erase(connection, stay)
        self.finish()

    def finish(self) -> None:
        """Destroy the keys of every erased stay that still has one; call at start."""
        with self._database.reading() as connection:
            rows = connection.execute(
                text("SELECT erasure.stay, erasure.at, stay_key.key FROM erasure JOIN stay_key USING (stay)")
            ).all()
        for row in rows:
            self._keys.destroy(row.key, row.at)
            self._seals.forget(row.stay)
        if rows:
            self._database.truncate_log()


def _known(connection: Connection, stay: str) -> bool:
    found = connection.execute(text("SELECT 1 FROM stay_key WHERE stay = :stay"), {"stay": stay})
    return found.one_or_none() is not None


def _is_open(connection: Connection, stay: str) -> bool:
    found = connection.execute(text("SELECT 1 FROM open_stay WHERE stay = :stay"), {"stay": stay})
    return found.one_or_none() is not None
