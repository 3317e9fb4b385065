"""The head row: how far the record goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from workstation.errors import StoreError
from workstation.ledger.merkle import CompactRange

Run: TypeAlias = Callable[..., Any]


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The one row that says how far the record goes.

    `size`: entries; `range`: compact range of their tree; `newest_recorded_ms`: newest recorded_at;
    `mode`: practice or live, for ever; `numbers`: last number given out, by series.
    """

    centre: str
    mode: str
    size: int
    range: CompactRange
    newest_recorded_ms: int
    numbers: Mapping[str, int]


class HeadRow:
    """Reads and writes the row. What was read or written last is remembered with the row it stands for, so
    that the row is parsed only when somebody else has moved it."""

    def __init__(self) -> None:
        self._known: tuple[tuple[object, ...], Head] | None = None

    def read(self, run: Run) -> Head:
        """The head; raises StoreError when the record is not open or the row is not what was written."""
        row: tuple[Any, ...] | None = run(
            "SELECT centre, mode, size, range, recorded_at, numbers FROM head"
        ).fetchone()
        if row is None:
            raise StoreError("store.ledger-not-open")
        known = self._known
        if known is not None and known[0] == row:
            return known[1]
        head = _parse(row)
        self._known = row, head
        return head

    def create(self, run: Run, centre: str, mode: str) -> None:
        """Write the row of an empty record."""
        run(
            "INSERT INTO head(one, centre, mode, size, range, recorded_at, numbers) "
            "VALUES (1, ?, ?, 0, ?, 0, '{}')",
            (centre, mode, CompactRange().to_bytes()),
        )

    def write(self, run: Run, head: Head) -> None:
        """Move the row to `head`."""
        known = self._known
        if known is not None and known[1].numbers is head.numbers:
            numbers = known[0][5]
        else:
            numbers = json.dumps(dict(head.numbers))
        values = (head.size, head.range.to_bytes(), head.newest_recorded_ms, numbers)
        run("UPDATE head SET size = ?, range = ?, recorded_at = ?, numbers = ?", values)
        self._known = (head.centre, head.mode, *values), head


def _parse(row: tuple[Any, ...]) -> Head:
    try:
        tree = CompactRange.from_bytes(row[3])
        numbers: dict[str, int] = json.loads(row[5])
    except ValueError as error:
        raise StoreError("store.head-damaged") from error
    if tree.size != row[2]:
        raise StoreError("store.head-damaged")
    return Head(
        centre=row[0],
        mode=row[1],
        size=row[2],
        range=tree,
        newest_recorded_ms=row[4],
        numbers=numbers,
    )
