"""What the entries of a stay tell now: each as it reads after its corrections, in the order of happening.

No widgets in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
        self._events: dict[str, Event | None] = {}

    def event(self, row: TimelineRow) -> Event | None:
        """The event of a row; None for an erased body or a kind that this version does not know."""
        if row.entry not in self._events:
            self._events[row.entry] = _read(row.kind, row.body)
        return self._events[row.entry]

    def told(self, rows: Iterable[TimelineRow]) -> list[Told]:
        """Every entry but the corrections, which are read into what they correct; by time, then by number."""
        rows = list(rows)
        newest = {row.corrects: row for row in sorted(rows, key=_number) if row.corrects}
        made = []
        for row in rows:
            if row.kind == CORRECTION:
                continue
            mended = newest.get(row.entry)
            if mended is None:
                made.append(Told(row, row.happened_at.timestamp(), self.event(row)))
            else:
                made.append(self._mended(row, mended))
        made.sort(key=lambda one: (one.at, one.row.seq))
        return made

    def _mended(self, row: TimelineRow, correction: TimelineRow) -> Told:
        event = self.event(correction)
        if not isinstance(event, EntryCorrected):
            return Told(row, row.happened_at.timestamp(), self.event(row))
        at: datetime = event.happened_at
        return Told(row, at.timestamp(), _read(row.kind, event.replacement))


def _number(row: TimelineRow) -> int:
    return row.seq


def _read(kind: str, body: str) -> Event | None:
    cls = KINDS.get(kind)
    if cls is None or not body:
        return None
    try:
        event: Event = msgspec.json.decode(body, type=cls)
    except msgspec.MsgspecError:
        return None
    return event
