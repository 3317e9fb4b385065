"""Timelines read from their projection and the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workstation.clock import from_ms
from workstation.services.timeline import TimelinePage, TimelineRow
from workstation.storage.projections import Follower
from workstation.storage.record import Record
from workstation.storage.timeline import Timeline, rows_of
from workstation.storage.timeline import TimelineRow as Stored


class Timelines:
    """Reads timelines from their projection, and what its follower has not taken in yet from the record."""

    def __init__(self, record: Record, projection: Timeline, follower: Follower) -> None:
        self._record, self._projection, self._follower = record, projection, follower

    def page(self, stay: str, *, after: int, kinds: tuple[str, ...], limit: int, size: int) -> TimelinePage:
        """The first rows after entry `after`; `kinds` empty means all. At most `limit` rows (1…5000)."""
        limit = max(1, min(limit, 5000))
        cursor = self._follower.cursor()
        found: list[Stored] = []
        if after < cursor:
            found = self._projection.rows(stay, after_seq=after, limit=limit + 1, kinds=kinds)
        if len(found) <= limit:
            reached = max([after, cursor, *(row.seq for row in found)])
            later = self._later(stay, reached, None if kinds else limit + 1)
            found += [row for row in later if not kinds or row.kind in kinds]
        return TimelinePage(rows=self._rows(stay, found[:limit], cursor), more=len(found) > limit, size=size)

    def newest(self, stay: str, *, limit: int, size: int) -> TimelinePage:
        """The last `limit` rows of a stay."""
        cursor = self._follower.cursor()
        found = self._projection.rows(stay, limit=limit, newest=True) if cursor else []
        found += self._later(stay, max([cursor, *(row.seq for row in found)]))
        return TimelinePage(rows=self._rows(stay, found[-limit:], cursor), more=False, size=size)

    def _later(self, stay: str, after: int, limit: int | None = None) -> list[Stored]:
        """Rows of entries that the follower has not taken in yet, as it will write them."""
        entries = self._record.entries(after_seq=after, stay=stay, limit=limit)
        return [row for entry in entries for row in rows_of(entry) if row.stay == stay]

    def _rows(self, stay: str, found: list[Stored], cursor: int) -> tuple[TimelineRow, ...]:
        corrected = self._projection.corrections(stay) if cursor else {}
        corrected |= {row.corrects: row.entry for row in found if row.corrects}
        return tuple(as_row(row, corrected.get(row.entry, "")) for row in found)


def as_row(stored: Stored, corrected_by: str) -> TimelineRow:
    """A stored row as the screens read it. `corrected_by`: the entry that corrects it, or empty."""
    values: dict[str, str] = {}
    body: dict[str, Any] = {"kind": stored.kind}
    how = ""
    for content in (stored.sections or {}).values():
        body.update(content)
        for name, value in content.items():
            if name == "source" and isinstance(value, Mapping):
                how = str(value.get("how", ""))
            values[name] = as_text(value)
    device = stored.device
    return TimelineRow(
        seq=stored.seq,
        entry=stored.entry,
        kind=stored.kind,
        happened_at=from_ms(stored.happened_at_ms),
        recorded_at=from_ms(stored.recorded_at_ms),
        device_at=from_ms(device.at_ms) if device else None,
        device_offset_ms=device.offset_ms if device else 0,
        device_uncertainty_ms=device.uncertainty_ms if device else 0,
        actor=stored.actor,
        actor_kind=stored.actor_kind,
        workstation=stored.workstation,
        late=stored.late,
        by_hand=stored.by_hand,
        simulated=stored.simulated,
        breach=stored.breach,
        corrects=stored.corrects,
        corrected_by=corrected_by,
        erased=stored.sections is None,
        how=how,
        values=values,
        body="" if stored.sections is None else msgspec.json.encode(body).decode("utf-8"),
    )


def as_text(value: Any) -> str:
    """A plain value of the record as text: lists joined, mappings by their telling part, nothing as empty."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "、".join(text for one in value if (text := as_text(one)))
        case Mapping():
            told = [as_text(value[name]) for name in ("name", "by", "code", "how") if value.get(name)]
            told += [
                as_text(value[name]) for name in ("state", "answer", "quantity", "device") if value.get(name)
            ]
            return " ".join(told)
        case _:
            return str(value)
