"""Hashes of the secrets of staff, with the count of wrong attempts; hashing itself is done in accounts."""

from __future__ import annotations

import msgspec
from sqlalchemy import text

from workstation.storage.database import Database


class StaffSecret(msgspec.Struct, frozen=True):
    """`hash`: an argon2id string; `failures`: wrong attempts since the last right one.

    Times: UTC milliseconds, 0 for never.
    """

    staff: str
    hash: str
    changed_at_ms: int
    failures: int
    last_failure_at_ms: int


class StaffSecrets:
    """The secrets of a centre's staff. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, staff: str, hashed: str, at_ms: int) -> None:
        """Set or change the hash of a member of staff; the count of wrong attempts begins anew."""
        with self._database.writing() as connection:
            connection.execute(
                text(
                    "INSERT INTO staff_secret(staff, hash, changed_at, failures, last_failure_at) "
                    "VALUES (:staff, :hash, :at, 0, 0) ON CONFLICT(staff) DO UPDATE SET "
                    "hash = excluded.hash, changed_at = excluded.changed_at, "
                    "failures = 0, last_failure_at = 0"
                ),
                {"staff": staff, "hash": hashed, "at": at_ms},
            )

    def get(self, staff: str) -> StaffSecret | None:
        """What is kept for a member of staff."""
        with self._database.reading() as connection:
            row = connection.execute(
                text(
                    "SELECT staff, hash, changed_at, failures, last_failure_at FROM staff_secret "
                    "WHERE staff = :staff"
                ),
                {"staff": staff},
            ).one_or_none()
        return None if row is None else StaffSecret(*row)

    def failed(self, staff: str, at_ms: int) -> int:
        """Count a wrong attempt, durably before anything is answered; how many there are now."""
        with self._database.writing() as connection:
            return int(
                connection.execute(
                    text(
                        "UPDATE staff_secret SET failures = failures + 1, last_failure_at = :at "
                        "WHERE staff = :staff RETURNING failures"
                    ),
                    {"staff": staff, "at": at_ms},
                ).scalar_one_or_none()
                or 0
            )

    def succeeded(self, staff: str) -> None:
        """A right attempt: the count begins anew."""
        with self._database.writing() as connection:
            connection.execute(
                text("UPDATE staff_secret SET failures = 0, last_failure_at = 0 WHERE staff = :staff"),
                {"staff": staff},
            )

    def remove(self, staff: str) -> None:
        """A member of staff has left."""
        with self._database.writing() as connection:
            connection.execute(text("DELETE FROM staff_secret WHERE staff = :staff"), {"staff": staff})
