"""Followers: tables that are computed from the record and can be thrown away.

A projection has a name and a version; its table is named by both. A follower applies entries in order, in
transactions of its own, and keeps its cursor in the same transaction, so that it can stop anywhere and go on.
A new version is built into a new table beside the old one, which goes when the new one has caught up.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection, text

from workstation.storage.database import Database
from workstation.storage.prepared import StoredEntry
from workstation.storage.record import Record


class Projection(Protocol):
    """What a follower keeps up to date; the names of its tables end in _VERSION."""

    name: str
    version: int

    def create(self, connection: Connection) -> None:
        """Make the tables of this version."""
        ...

    def apply(self, connection: Connection, entry: StoredEntry) -> None:
        """Take in the next entry; applying it again changes nothing."""
        ...

    def drop(self, connection: Connection, version: int) -> None:
        """Remove the tables of an older version."""
        ...

    def erase(self, connection: Connection, stay: str) -> None:
        """Remove every row of a stay."""
        ...


class Follower:
    """Keeps one projection up with the record."""

    def __init__(self, database: Database, record: Record, projection: Projection) -> None:
        self._database = database
        self._record = record
        self.projection = projection

    def cursor(self) -> int:
        """Number of the last entry that was taken in."""
        with self._database.reading() as connection:
            return self._cursor(connection) or 0

    def catch_up(self, *, batch: int = 200) -> int:
        """Take in everything up to the head as it is now, `batch` entries a transaction; how many."""
        self._begin()
        taken = 0
        while True:
            entries = self._record.entries(after_seq=self.cursor(), limit=batch)
            if not entries:
                break
            with self._database.writing() as connection:
                cursor = self._cursor(connection) or 0
                for entry in entries:
                    if entry.seq > cursor:
                        self.projection.apply(connection, entry)
                        taken += 1
                self._move(connection, max(cursor, entries[-1].seq))
        self._retire()
        return taken

    def rebuild(self) -> int:
        """Throw this version's tables away and take in the whole record again; how many entries."""
        with self._database.writing() as connection:
            if self._cursor(connection) is not None:
                self.projection.drop(connection, self.projection.version)
                connection.execute(text("DELETE FROM follower WHERE name = :name"), {"name": self._name()})
        return self.catch_up()

    def _begin(self) -> None:
        with self._database.reading() as connection:
            if self._cursor(connection) is not None:
                return
        with self._database.writing() as connection:
            if self._cursor(connection) is None:
                self.projection.create(connection)
                self._move(connection, 0)

    def _retire(self) -> None:
        older = self._older()
        if older:
            with self._database.writing() as connection:
                for version in older:
                    self.projection.drop(connection, version)
                    connection.execute(
                        text("DELETE FROM follower WHERE name = :name"), {"name": self._name(version)}
                    )

    def _older(self) -> list[int]:
        with self._database.reading() as connection:
            rows = connection.execute(text("SELECT name, version FROM follower")).all()
        return [
            row.version
            for row in rows
            if row.name == self._name(row.version) and row.version < self.projection.version
        ]

    def _name(self, version: int | None = None) -> str:
        return f"{self.projection.name}_{self.projection.version if version is None else version}"

    def _cursor(self, connection: Connection) -> int | None:
        found = connection.execute(
            text("SELECT cursor FROM follower WHERE name = :name"), {"name": self._name()}
        ).scalar_one_or_none()
        return None if found is None else int(found)

    def _move(self, connection: Connection, cursor: int) -> None:
        connection.execute(
            text(
                "INSERT INTO follower(name, version, cursor) VALUES (:name, :version, :cursor) "
                "ON CONFLICT(name) DO UPDATE SET cursor = excluded.cursor"
            ),
            {"name": self._name(), "version": self.projection.version, "cursor": cursor},
        )
