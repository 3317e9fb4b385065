"""Decision tables: what the gates need to know at the head, written in the same transaction as the entries.

Everything in them is derived from entries. Their uniqueness is the second fence behind the gates: two open
interviews of one officer, one tag in two bags or bags of two stays in one cell are refused by the database
(StoreError `store.conflict`) even when a gate has failed to see them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from workstation.errors import StoreError
from workstation.storage.database import driver
from workstation.storage.faults import as_store_error


class OpenStay(msgspec.Struct, frozen=True):
    """A stay that has begun and not ended. `number`: shown on the board."""

    stay: str
    number: str


class Occupancy(msgspec.Struct, frozen=True):
    """Who is in which room since when (UTC milliseconds)."""

    stay: str
    room: str
    since_ms: int


class StoredBag(msgspec.Struct, frozen=True):
    """A bag of a stay with the tag that is bound to it and the cell it lies in, if any."""

    bag: str
    stay: str
    tag: str | None
    cell: str | None


class TagUse(msgspec.Struct, frozen=True):
    """What a tag is in use for: bag, band, staff card …"""

    tag: str
    stay: str
    use: str


class InterviewNow(msgspec.Struct, frozen=True):
    """An officer who is in an interview with a stay since then (UTC milliseconds)."""

    officer: str
    stay: str
    since_ms: int


class Decisions:
    """The decision tables inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._execute: Callable[..., Any] = driver(connection).execute

    def _run(self, statement: str, *values: object) -> Any:
        try:
            return self._execute(statement, values)
        except sqlcipher.Error as error:
            known = as_store_error(error)
            if known is None:
                raise
            raise known from error

    def _changed(self, what: str, statement: str, *values: object) -> None:
        if self._run(statement, *values).rowcount != 1:
            raise StoreError("store.not-so", what=what)

    # Stays

    def open_stay(self, stay: str, number: str) -> None:
        """A stay begins."""
        self._run("INSERT INTO open_stay(stay, number) VALUES (?, ?)", stay, number)

    def close_stay(self, stay: str) -> None:
        """A stay ends: it leaves its room, its interviews and its band; bags still here stay known."""
        self._run("DELETE FROM room_occupancy WHERE stay = ?", stay)
        self._run("DELETE FROM officer_interview WHERE stay = ?", stay)
        self._run("DELETE FROM band WHERE stay = ?", stay)
        self._changed("open-stay", "DELETE FROM open_stay WHERE stay = ?", stay)

    def stay(self, stay: str) -> OpenStay | None:
        """The open stay with this pseudonym."""
        row = self._run("SELECT stay, number FROM open_stay WHERE stay = ?", stay).fetchone()
        return None if row is None else OpenStay(*row)

    def open_stays(self) -> list[OpenStay]:
        """All open stays by number."""
        rows = self._run("SELECT stay, number FROM open_stay ORDER BY number, stay")
        return [OpenStay(*row) for row in rows.fetchall()]

    # Rooms

    def place(self, stay: str, room: str, since_ms: int) -> None:
        """A stay is in a room, and so in no other."""
        self._run(
            "INSERT INTO room_occupancy(stay, room, since) VALUES (?, ?, ?) "
            "ON CONFLICT(stay) DO UPDATE SET room = excluded.room, since = excluded.since",
            stay,
            room,
            since_ms,
        )

    def leave(self, stay: str) -> None:
        """A stay is in no room; no matter when it was in none."""
        self._run("DELETE FROM room_occupancy WHERE stay = ?", stay)

    def room_of(self, stay: str) -> Occupancy | None:
        """Where a stay is."""
        row = self._run("SELECT stay, room, since FROM room_occupancy WHERE stay = ?", stay).fetchone()
        return None if row is None else Occupancy(*row)

    def in_room(self, room: str) -> list[Occupancy]:
        """Who is in a room, longest first."""
        rows = self._run(
            "SELECT stay, room, since FROM room_occupancy WHERE room = ? ORDER BY since, stay", room
        )
        return [Occupancy(*row) for row in rows.fetchall()]

    def occupancy(self) -> list[Occupancy]:
        """Who is where."""
        rows = self._run("SELECT stay, room, since FROM room_occupancy ORDER BY room, since, stay")
        return [Occupancy(*row) for row in rows.fetchall()]

    # Bags, cells and tags

    def put_bag(self, bag: str, stay: str, cell: str | None = None) -> None:
        """A bag of a stay exists, or lies in `cell` now. A cell holds bags of one stay only."""
        before = self.bag(bag)
        if cell is not None:
            self._run("INSERT INTO cell(cell, stay) VALUES (?, ?) ON CONFLICT(cell) DO NOTHING", cell, stay)
        if before is None:
            self._run("INSERT INTO bag(bag, stay, cell) VALUES (?, ?, ?)", bag, stay, cell)
        else:
            self._changed(
                "bag-of-stay", "UPDATE bag SET cell = ? WHERE bag = ? AND stay = ?", cell, bag, stay
            )
            self._clear(before.cell)

    def take_bag(self, bag: str) -> None:
        """A bag is out of its cell."""
        before = self.bag(bag)
        self._changed("bag-in-cell", "UPDATE bag SET cell = NULL WHERE bag = ? AND cell IS NOT NULL", bag)
        if before is not None:
            self._clear(before.cell)

    def drop_bag(self, bag: str) -> None:
        """A bag is no longer here: returned, transferred or declared missing. Its tag is released."""
        before = self.bag(bag)
        if before is None:
            raise StoreError("store.not-so", what="bag")
        self._run("DELETE FROM bag WHERE bag = ?", bag)
        self._clear(before.cell)
        if before.tag is not None:
            self._run("DELETE FROM tag_in_use WHERE tag = ?", before.tag)

    def bag(self, bag: str) -> StoredBag | None:
        """What is known of a bag."""
        row = self._run("SELECT bag, stay, tag, cell FROM bag WHERE bag = ?", bag).fetchone()
        return None if row is None else StoredBag(*row)

    def bags_of(self, stay: str) -> list[StoredBag]:
        """The bags of a stay that are here."""
        rows = self._run("SELECT bag, stay, tag, cell FROM bag WHERE stay = ? ORDER BY bag", stay)
        return [StoredBag(*row) for row in rows.fetchall()]

    def in_cell(self, cell: str) -> list[StoredBag]:
        """The bags in a cell."""
        rows = self._run("SELECT bag, stay, tag, cell FROM bag WHERE cell = ? ORDER BY bag", cell)
        return [StoredBag(*row) for row in rows.fetchall()]

    def cells(self) -> dict[str, str]:
        """The cells in use, with the stay each is used for."""
        return dict(self._run("SELECT cell, stay FROM cell ORDER BY cell").fetchall())

    def bind_tag(self, tag: str, stay: str, use: str, *, bag: str | None = None) -> None:
        """A tag is in use for a stay; with `bag`, it is that bag's tag."""
        self._run("INSERT INTO tag_in_use(tag, stay, use) VALUES (?, ?, ?)", tag, stay, use)
        if bag is not None:
            self._changed("bag-of-stay", "UPDATE bag SET tag = ? WHERE bag = ? AND stay = ?", tag, bag, stay)

    def release_tag(self, tag: str) -> None:
        """A tag is free again."""
        self._run("UPDATE bag SET tag = NULL WHERE tag = ?", tag)
        self._changed("tag", "DELETE FROM tag_in_use WHERE tag = ?", tag)

    def tag(self, tag: str) -> TagUse | None:
        """What a tag is in use for."""
        row = self._run("SELECT tag, stay, use FROM tag_in_use WHERE tag = ?", tag).fetchone()
        return None if row is None else TagUse(*row)

    # Wristbands

    def give_band(self, band: str, stay: str) -> None:
        """A stay wears a band, in place of the one it wore."""
        self._run("DELETE FROM band WHERE stay = ?", stay)
        self._run("INSERT INTO band(band, stay) VALUES (?, ?)", band, stay)

    def take_band(self, band: str) -> None:
        """A band is off."""
        self._changed("band", "DELETE FROM band WHERE band = ?", band)

    def wearer(self, band: str) -> str | None:
        """The stay that wears a band."""
        row = self._run("SELECT stay FROM band WHERE band = ?", band).fetchone()
        return None if row is None else str(row[0])

    # Interviews

    def enter_interview(self, officer: str, stay: str, since_ms: int) -> None:
        """An officer is in an interview with a stay; one at a time."""
        self._run(
            "INSERT INTO officer_interview(officer, stay, since) VALUES (?, ?, ?)", officer, stay, since_ms
        )

    def leave_interview(self, stay: str, officer: str | None = None) -> None:
        """The interview with a stay is over, for one officer or for all; no matter when there was none."""
        if officer is None:
            self._run("DELETE FROM officer_interview WHERE stay = ?", stay)
        else:
            self._run("DELETE FROM officer_interview WHERE stay = ? AND officer = ?", stay, officer)

    def interview_of(self, officer: str) -> InterviewNow | None:
        """The interview an officer is in."""
        row = self._run(
            "SELECT officer, stay, since FROM officer_interview WHERE officer = ?", officer
        ).fetchone()
        return None if row is None else InterviewNow(*row)

    def interviewers(self, stay: str) -> list[InterviewNow]:
        """The officers who are in an interview with a stay."""
        rows = self._run(
            "SELECT officer, stay, since FROM officer_interview WHERE stay = ? ORDER BY officer", stay
        )
        return [InterviewNow(*row) for row in rows.fetchall()]

    def _clear(self, cell: str | None) -> None:
        if cell is not None:
            self._run(
                "DELETE FROM cell WHERE cell = ? "
                "AND NOT EXISTS (SELECT 1 FROM bag WHERE bag.cell = cell.cell)",
                cell,
            )
