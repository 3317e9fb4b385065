"""Cells, rows and blocks of a form, flowed over A4 pages.

Nothing here reads markup: text is text. A row that does not fit goes to the next page, a row that is higher
than a third of a page is cut between its lines, and every continuation repeats the block's title and head.
Pages are first laid out as marks, then drawn once their number is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from workstation.documents.breaking import wrap
from workstation.documents.fonts import Fonts

WIDTH, HEIGHT = 210 * 72 / 25.4, 297 * 72 / 25.4  # A4 in points
LEFT, RIGHT = 42.0, WIDTH - 42.0
BODY_TOP, BODY_FOOT = HEIGHT - 94.0, 56.0
BODY_WIDTH = RIGHT - LEFT
SIZE, LEADING = 9.0, 12.0
PEN = 20.0  # points: the least height of a cell that is written in by hand
PAD_X, PAD_Y = 3.5, 2.3

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Line:
    """Text at its baseline, in points from the lower left corner of the page."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    grey: float = 0.0


@dataclass(frozen=True)
class Box:
    """A rectangle; `fill` is a grey from 0 (black) to 1, None for none; `line` its stroke in points."""

    x: float
    y: float
    width: float
    height: float
    fill: float | None = None
    line: float = 0.0


@dataclass(frozen=True)
class Shape:
    """An outline of straight lines, or an ellipse in the box of its two points."""

    points: tuple[tuple[float, float], ...]
    kind: Literal["line", "outline", "ellipse", "disc"] = "outline"
    line: float = 0.7


Op = Line | Box | Shape
Draw = Callable[[float, float, float, float], Iterable[Op]]


@dataclass(frozen=True)
class Figure:
    """A drawing of fixed height in a cell: `draw(x, y, width, height)` gives its marks."""

    height: float
    draw: Draw


@dataclass(frozen=True)
class Cell:
    """Text or a figure in `span` columns. `label`: shaded, centred. Labels and `keep` repeat in a cut row.

    `hand`: without a text it is a ruled line for the pen.
    """

    text: str = ""
    span: int = 1
    label: bool = False
    bold: bool = False
    align: Align = "left"
    size: float = SIZE
    figure: Figure | None = None
    keep: bool = False
    hand: bool = False


@dataclass(frozen=True)
class Row:
    """Cells from left to right; their spans fill the columns."""

    cells: tuple[Cell, ...]
    height: float = 0.0


def label(text: str, span: int = 1) -> Cell:
    """A shaded cell that names what stands beside it."""
    return Cell(text, span=span, label=True)


def value(text: str, span: int = 1, *, bold: bool = False, align: Align = "left") -> Cell:
    """A cell with a value."""
    return Cell(text, span=span, bold=bold, align=align)


def hand(text: str, span: int = 1) -> Cell:
    """A value, or where nobody has filled it in, a ruled line to write it on."""
    return Cell(text, span=span, hand=not text.strip())


@dataclass
class Page:
    """The marks of one page and the characters that its fonts cannot show, in order of appearance."""

    ops: list[Op] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Set:
    """A cell with its lines, set to its width."""

    cell: Cell
    x: float
    width: float
    leading: float
    lines: tuple[str, ...]


class Flow:
    """The pages of one paper while it is being laid out."""

    def __init__(self, fonts: Fonts, continued: str) -> None:
        """`continued`: the word behind a title that is repeated on the next page."""
        self._fonts = fonts
        self._continued = continued
        self.pages = [Page()]
        self._y = BODY_TOP
        self._title = ""

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Points left above the foot of this page."""
        return self._y - BODY_FOOT

    def new_page(self) -> None:
        self.pages.append(Page())
        self._y = BODY_TOP

    def gap(self, points: float) -> None:
        """White space, not carried to a new page."""
        self._y = max(self._y - points, BODY_FOOT)

    def missing(self) -> tuple[str, ...]:
        """Every character of the paper that stands as □, once, in order."""
        seen: dict[str, None] = {}
        for page in self.pages:
            seen.update(page.missing)
        return tuple(seen)

    def block(
        self,
        title: str,
        columns: Sequence[float],
        rows: Sequence[Row],
        head: Row | None = None,
        *,
        together: bool = False,
    ) -> None:
        """One block of a form: a title band, a head of column names, rows. `columns`: shares of the width.

        Without a title it belongs to the block before, whose title is repeated when the page turns. `together`:
        it is not parted where a page can hold it whole.
        """
        total = sum(columns)
        edges = [LEFT]
        for share in columns:
            edges.append(edges[-1] + share / total * BODY_WIDTH)
        again = self._band(edges, (title or self._title) + self._continued)
        opening = [self._band(edges, title)] if title else []
        self._title = title or self._title
        column_names = [self._set(head, edges)] if head else []
        set_rows = [self._set(row, edges) for row in rows]
        needed = sum(self._height(placed) for placed in (*opening, *column_names))
        start = self._height(set_rows[0], rows[0].height) if rows else 0.0
        least = min(start, 5 * LEADING)
        if together:
            whole = sum(self._height(placed, row.height) for row, placed in zip(rows, set_rows, strict=True))
            least = max(least, whole) if needed + whole <= BODY_TOP - BODY_FOOT - PEN else least
        if self.room < needed + least and self._page.ops:
            self.new_page()
            if not title:
                self._put(again, band=True)
        for placed in opening:
            self._put(placed, band=True)
        for placed in column_names:
            self._put(placed)
        for row, placed in zip(rows, set_rows, strict=True):
            self._place(placed, row.height, again, column_names)

    def _band(self, edges: Sequence[float], title: str) -> list[_Set]:
        return self._set(Row((Cell(title, span=len(edges) - 1, bold=True, size=10.0),)), edges)

    def _repeat(self, again: Sequence[_Set], column_names: Sequence[Sequence[_Set]]) -> None:
        self.new_page()
        self._put(again, band=True)
        for placed in column_names:
            self._put(placed)

    def _set(self, row: Row, edges: Sequence[float]) -> list[_Set]:
        placed, column = [], 0
        for cell in row.cells:
            x, end = edges[column], edges[column + cell.span]
            column += cell.span
            placed.append(self._fit(cell, x, end - x))
        return placed

    def _fit(self, cell: Cell, x: float, width: float) -> _Set:
        """The cell broken into lines; a label is set smaller, to 7 points, before one of its words is cut."""
        room, size = width - 2 * PAD_X, cell.size
        if cell.label:
            longest = max((self._fonts.width(word, 1.0) for word in cell.text.split()), default=0.0)
            size = max(min(size, room / longest if longest else size), 7.0)
        lines: tuple[str, ...] = ()
        if cell.figure is None or cell.text:
            lines = wrap(cell.text, room, lambda text: self._fonts.width(text, size, cell.bold))
        return _Set(replace(cell, size=size), x, width, size * LEADING / SIZE, lines)

    @staticmethod
    def _height(placed: Sequence[_Set], least: float = 0.0) -> float:
        heights = [least, LEADING + 2 * PAD_Y]
        for one in placed:
            drawn = one.cell.figure.height if one.cell.figure else 0.0
            heights.append(max(len(one.lines) * one.leading, drawn) + 2 * PAD_Y)
            if one.cell.hand:
                heights.append(PEN)
        return max(heights)

    def _place(
        self,
        placed: Sequence[_Set],
        least: float,
        again: Sequence[_Set],
        column_names: Sequence[Sequence[_Set]],
    ) -> None:
        """Put a row here, on the next page, or in pieces."""
        height = self._height(placed, least)
        if height <= self.room:
            self._put(placed, least)
            return
        fresh = BODY_TOP - BODY_FOOT
        if height <= fresh / 3:
            self._repeat(again, column_names)
            self._put(placed, least)
            return
        while True:
            fixed = max((one.cell.figure.height for one in placed if one.cell.figure), default=0.0)
            if self.room < max(fixed, 4 * LEADING) + 2 * PAD_Y:
                self._repeat(again, column_names)
            if self._height(placed, 0.0) <= self.room:
                self._put(placed, 0.0)
                return
            now, later = [], []
            for one in placed:
                fit = int((self.room - 2 * PAD_Y) // one.leading)
                now.append(_Set(one.cell, one.x, one.width, one.leading, one.lines[:fit]))
                rest = one.lines if one.cell.label or one.cell.keep else one.lines[fit:]
                later.append(_Set(replace(one.cell, figure=None), one.x, one.width, one.leading, rest))
            self._put(now, self.room)
            self._repeat(again, column_names)
            placed = later

    def _put(self, placed: Sequence[_Set], least: float = 0.0, *, band: bool = False) -> None:
        height = self._height(placed, least)
        top = self._y
        for one in placed:
            cell = one.cell
            fill = 0.86 if band else 0.955 if cell.label else None
            self._page.ops.append(Box(one.x, top - height, one.width, height, fill, 0.5))
            if figure := cell.figure:
                foot, inside = top - PAD_Y - figure.height, one.width - 2 * PAD_X
                self._page.ops.extend(figure.draw(one.x + PAD_X, foot, inside, figure.height))
            if cell.hand:
                ends = (one.x + PAD_X, top - height + 3.5), (one.x + one.width - PAD_X, top - height + 3.5)
                self._page.ops.append(Shape(ends, "line", 0.4))
            block = len(one.lines) * one.leading
            middle = cell.label or cell.align == "center" or len(one.lines) == 1
            lift = (height - block) / 2 if middle else PAD_Y
            align: Align = "center" if cell.label else cell.align
            for index, line in enumerate(one.lines):
                baseline = top - lift - index * one.leading - one.leading / 2 - cell.size * 0.36
                self._line(line, one.x, one.width, baseline, cell.size, cell.bold, align)
        self._y -= height

    def _line(
        self, text: str, x: float, width: float, y: float, size: float, bold: bool, align: Align
    ) -> None:
        for char in text:
            if not self._fonts.shows(char):
                self._page.missing[char] = None
        if align != "left":
            free = width - self._fonts.width(text, size, bold)
            x += free / 2 if align == "center" else free - PAD_X
        else:
            x += PAD_X
        self._page.ops.append(Line(x, y, text, size, bold))

    def paragraph(self, text: str, *, size: float = 10.5, bold: bool = False, indent: float = 0.0) -> None:
        """Running text without a frame, over as many pages as it needs."""
        leading = size * 1.55
        measure = self._fonts.width
        width = BODY_WIDTH - indent
        for line in wrap(text, width, lambda part: measure(part, size, bold)):
            if self.room < leading:
                self.new_page()
            self._line(line, LEFT - PAD_X + indent, width, self._y - leading * 0.72, size, bold, "left")
            self._y -= leading
