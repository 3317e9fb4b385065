"""Rows of the wire trace in words: each made once, newest first, with its bytes, meaning and checksum."""

from __future__ import annotations

from collections.abc import Iterable

from devices.codecs.told import Told, Wiring, explain
from ui.context import Context
from ui.widgets.keyed import Cell, Row
from ui.widgets.shapes import Shape
from workstation.station import messages as m

WITHOUT_SUM = frozenset({"scale-sics", "scanner-line"})


class TraceWords:
    """Makes rows for one device at a time and remembers them; `forget` when device, language or width changes.

    `compact`: the arrow alone tells the direction.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[int, Row] = {}
        self.compact = False
        self._kind = ""
        self._wiring = Wiring()

    def forget(self, kind: str, wiring: Wiring) -> None:
        """Rows of another kind of device, or in another language, follow."""
        self._kind, self._wiring = kind, wiring
        self._made.clear()

    def rows(self, lines: Iterable[m.TraceRow]) -> list[Row]:
        """The rows of these lines."""
        kept: dict[int, Row] = {}
        for line in lines:
            kept[line.seq] = self._made.get(line.seq) or self._row(line)
        self._made = kept
        return list(kept.values())

    def _row(self, line: m.TraceRow) -> Row:
        w = self._context.words
        told = explain(self._kind, line.direction, line.hex, line.decoded, ok=line.ok, wiring=self._wiring)
        way = {"out": ("bench.out", "arrow-right"), "in": ("bench.in", "arrow-left")}.get(line.direction)
        meaning = w(f"bench.said.{told.code}", **told.values)
        if told.hidden and told.code != "hidden-junk":
            meaning = w("bench.said.hidden", said=meaning, count=told.hidden)
        sum_at = told.sum.at if told.sum is not None else -1
        wrong = told.sum is not None and not told.sum.right
        whole_bad = not line.ok and not wrong
        return Row(
            str(line.seq),
            (
                Cell(self._context.local(line.at, "%H:%M:%S.%f")[:-3], quiet=True),
                Cell("" if self.compact else w(way[0]), icon=way[1]) if way else Cell(),
                Cell(
                    " ".join(told.shown),
                    hex=True,
                    bold=True,
                    colour="redtext" if whole_bad else "",
                    sum_at=sum_at,
                    sum_wrong=wrong,
                ),
                Cell(meaning, quiet=line.direction == "note" and line.ok),
                self._check(line, told),
            ),
        )

    def _check(self, line: m.TraceRow, told: Told) -> Cell:
        w = self._context.words
        if told.code == "silent":
            return Cell(w("bench.silent"), shape=Shape.UNKNOWN)
        if told.code == "wrong-sum" and told.sum is not None:
            words = w("bench.want", byte=f"{told.sum.want:02X}")
            return Cell(words, shape=Shape.FAULT, colour="redtext", bold=True)
        if not line.ok:
            return Cell(w("bench.fault"), shape=Shape.FAULT, colour="redtext", bold=True)
        if line.direction == "note":
            return Cell()
        if self._kind in WITHOUT_SUM:
            return Cell(w("bench.no-sum"), quiet=True)
        return Cell(w("bench.ok"), shape=Shape.GOOD, colour="oktext")
