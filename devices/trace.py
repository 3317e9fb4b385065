"""The wire trace of a device: the last frames both ways with what they mean, personal data masked.

Kept in memory only. Whoever adds a row masks it first: bytes that hold a person's data never get here.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime
from enum import StrEnum

import msgspec

KEPT = 2000


class Direction(StrEnum):
    """Which way the bytes went; `note` is what the adapter did, without bytes."""

    OUT = "out"
    IN = "in"
    NOTE = "note"


class TraceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One frame, or junk, or a note. `seq` rises by one within a device and never repeats."""

    seq: int
    at: datetime
    direction: Direction
    hex: str
    text: str
    ok: bool


class Trace:
    """A bounded ring of rows that any thread may add to and read."""

    def __init__(self, kept: int = KEPT) -> None:
        self._rows: deque[TraceRow] = deque(maxlen=kept)
        self._lock = threading.Lock()
        self._seq = 0

    def add(self, at: datetime, direction: Direction, shown: str, text: str, *, ok: bool = True) -> None:
        """Add a row; `shown` is hex in pairs, already masked."""
        with self._lock:
            self._seq += 1
            self._rows.append(
                TraceRow(seq=self._seq, at=at, direction=direction, hex=shown, text=text, ok=ok)
            )

    def since(self, seq: int) -> list[TraceRow]:
        """Rows after `seq`, oldest first."""
        with self._lock:
            return [row for row in self._rows if row.seq > seq]


def hexed(data: bytes, most: int = 64) -> str:
    """Upper-case hex in pairs, cut after `most` bytes with the number left out."""
    shown = data[:most].hex(" ").upper()
    return shown if len(data) <= most else f"{shown} … +{len(data) - most}"
