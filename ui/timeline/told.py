"""What the entries of a stay tell now: each as it reads after its corrections, in the order of happening.

No widgets in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from workstation.custody.events import EntryCorrected, Event
from workstation.custody.recorded import KINDS
from workstation.services.timeline import TimelineRow

CORRECTION = "entry-corrected/1"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it reads now. `at`: when it happened, seconds since 1970; `event`: None when nobody can read it."""

    row: TimelineRow
    at: float
    event: Event | None


class Telling:
    """Reads the events of rows, each once."""

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}
        self._mended: dict[str, Told] = {}

    def read(self, row: TimelineRow) -> Told:
        """An entry as it was recorded."""
        told = self._told.get(row.entry)
        if told is None:
            told = Told(row, row.happened_at.timestamp(), _read(row.kind, row.body))
            self._told[row.entry] = told
        return told

    def told(self, rows: Iterable[TimelineRow]) -> list[Told]:
        """Every entry but the corrections, which are read into what they correct; by time, then by number."""
        rows = list(rows)
        newest = {row.corrects: row for row in sorted(rows, key=_number) if row.corrects}
        made = [
            self.mended(row, newest[row.entry]) if row.entry in newest else self.read(row)
            for row in rows
            if row.kind != CORRECTION
        ]
        made.sort(key=_place)
        return made

    def mended(self, row: TimelineRow, correction: TimelineRow) -> Told:
        """An entry as a correction has it."""
        told = self._mended.get(correction.entry)
        if told is None:
            event = self.read(correction).event
            if isinstance(event, EntryCorrected):
                told = Told(row, event.happened_at.timestamp(), _read(row.kind, event.replacement))
            else:
                told = self.read(row)
            self._mended[correction.entry] = told
        return told


def _place(told: Told) -> tuple[float, int]:
    return told.at, told.row.seq


def _number(row: TimelineRow) -> int:
    return row.seq


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Event] | None:
    cls = KINDS.get(kind)
    return None if cls is None else msgspec.json.Decoder(cls)


def _read(kind: str, body: str) -> Event | None:
    decoder = _decoder(kind)
    if decoder is None or not body:
        return None
    try:
        return decoder.decode(body)
    except msgspec.MsgspecError:
        return None
