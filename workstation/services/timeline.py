"""The timeline of one stay: its entries as rows, with the three times, the flags and the correction chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from workstation.clock import from_ms
from workstation.storage.prepared import StoredEntry


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `values`: the event's values as text or catalogue codes, for the sentence of its kind.

    `device_at`, `device_offset_ms`, `device_uncertainty_ms`: the device's own clock, where it gave one.
    `body`: the event as JSON with its tag, as a correction starts from it; empty when it was erased.
    """

    seq: int
    entry: str
    kind: str
    happened_at: datetime
    recorded_at: datetime
    device_at: datetime | None
    device_offset_ms: int
    device_uncertainty_ms: int
    actor: str
    actor_kind: str
    workstation: str
    late: bool
    by_hand: bool
    simulated: bool
    breach: bool
    corrects: str
    corrected_by: str
    erased: bool
    how: str
    values: dict[str, str]
    body: str = ""


class TimelinePage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in the order of the record. `more`: entries follow. `size`: ledger size when it was read."""

    rows: tuple[TimelineRow, ...]
    more: bool
    size: int


def page_of(entries: Iterable[StoredEntry], *, kinds: tuple[str, ...], limit: int, size: int) -> TimelinePage:
    """A page from entries in order; `kinds` empty means all. At most `limit` rows (1…5000)."""
    listed = list(entries)
    corrected = {entry.header.corrects: entry.header.id for entry in listed if entry.header.corrects}
    wanted = [entry for entry in listed if not kinds or entry.header.kind in kinds]
    limit = max(1, min(limit, 5000))
    return TimelinePage(
        rows=tuple(_row(entry, corrected) for entry in wanted[:limit]),
        more=len(wanted) > limit,
        size=size,
    )


def _row(entry: StoredEntry, corrected: Mapping[str, str]) -> TimelineRow:
    header = entry.header
    erased = any(content is None for content in entry.sections.values())
    values: dict[str, str] = {}
    how = ""
    for content in entry.sections.values():
        for name, value in (content or {}).items():
            if name == "source" and isinstance(value, dict):
                how = str(value.get("how", ""))
            values[name] = as_text(value)
    return TimelineRow(
        seq=header.seq,
        entry=header.id,
        kind=header.kind,
        happened_at=from_ms(header.happened_at_ms),
        recorded_at=from_ms(header.recorded_at_ms),
        device_at=from_ms(header.device.at_ms) if header.device else None,
        device_offset_ms=header.device.offset_ms if header.device else 0,
        device_uncertainty_ms=header.device.uncertainty_ms if header.device else 0,
        actor=header.actor,
        actor_kind=str(header.actor_kind),
        workstation=header.workstation,
        late=header.late,
        by_hand=header.by_hand,
        simulated=header.simulated,
        breach=header.breach,
        corrects=header.corrects,
        corrected_by=corrected.get(header.id, ""),
        erased=erased,
        how=how,
        values=values,
        body="" if erased else _body(entry),
    )


def _body(entry: StoredEntry) -> str:
    values: dict[str, Any] = {"kind": entry.header.kind}
    for content in entry.sections.values():
        values.update(content or {})
    return msgspec.json.encode(values).decode("utf-8")


def as_text(value: Any) -> str:
    """A plain value of the record as text: lists joined, mappings by their telling part, nothing as empty."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "、".join(text for one in value if (text := as_text(one)))
        case dict():
            told = [as_text(value[name]) for name in ("name", "by", "code", "how") if value.get(name)]
            told += [
                as_text(value[name]) for name in ("state", "answer", "quantity", "device") if value.get(name)
            ]
            return " ".join(told)
        case _:
            return str(value)
