"""Small notes of the desk: what the next colleague must know, and who is announced to arrive.

They lie sealed beside the drafts, survive a restart and are no part of the record: what concerns a person is noted
in their stay (`add-note`), where it stays.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from workstation.clock import Clock, from_ms
from workstation.errors import AppError
from workstation.ids import command_id

if TYPE_CHECKING:  # the screens import the notes: they must not bring the store with them
    from workstation.storage.drafts import Drafts

OWNER = "desk-notes"
LONGEST = 120
MOST = 40


class DeskNote(msgspec.Struct, frozen=True, kw_only=True):
    """One note. `kind`: note or arrival; `by`: staff id; `at`: when it was written; `expected_at`: of an arrival."""

    key: str
    kind: str
    text: str
    by: str
    at: datetime
    expected_at: datetime | None = None


class DeskNotes:
    """The notes of one centre, shared by everyone at the board."""

    def __init__(self, drafts: Drafts, clock: Clock) -> None:
        self._drafts = drafts
        self._clock = clock

    def all(self) -> tuple[DeskNote, ...]:
        """Every note, newest first."""
        found = []
        for row in self._drafts.list(owner=OWNER):
            values = self._drafts.load(row.id)
            if values is None:
                continue  # dropped by a colleague in between
            expected = values["expected_at"]
            found.append(
                DeskNote(
                    key=row.id,
                    kind=str(values["kind"]),
                    text=str(values["text"]),
                    by=str(values["by"]),
                    at=from_ms(row.saved_at_ms),
                    expected_at=datetime.fromisoformat(str(expected)) if expected else None,
                )
            )
        return tuple(found)

    def keep(self, by: str, text: str, expected_at: datetime | None = None) -> None:
        """Keep a note of a colleague; with a time it announces an arrival. Raises AppError for what is no note."""
        text = " ".join(text.split())
        if not text:
            raise AppError("notes.empty")
        if len(text) > LONGEST:
            raise AppError("notes.too-long", count=len(text), most=LONGEST)
        if len(self._drafts.list(owner=OWNER)) >= MOST:
            raise AppError("notes.full", most=MOST)
        self._drafts.save(
            f"{OWNER}/{command_id()}",
            OWNER,
            "",
            {
                "kind": "arrival" if expected_at else "note",
                "text": text,
                "by": by,
                "expected_at": expected_at.isoformat() if expected_at else "",
            },
        )

    def drop(self, key: str) -> None:
        """Take a note away; one that is gone already is no error."""
        if not key.startswith(f"{OWNER}/"):
            raise AppError("notes.unknown")
        self._drafts.delete(key)
