"""Who is in which room, painted as a strip of boxes, and spoken as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, Shape, paint_shape

LEAST, MOST = 140, 240
GAP = 8


@dataclass(frozen=True)
class RoomBox:
    """One room: its name, who is in it, or why nobody may be.

    `level` with `why`: too many people, sources that disagree, gaps in a recording; UNKNOWN: a device that is silent.
    """

    name: str
    words: str
    empty: bool = False
    closed: bool = False
    talking: bool = False
    recording: bool = False
    level: Level = Level.NONE
    why: str = ""


class RoomPanel(Painted):
    """The boxes in as many columns as fit; as high as it needs."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title, self._count, self._legend = "", "", ("", "")
        self._boxes: tuple[RoomBox, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, title: str, count: str, legend: tuple[str, str], boxes: Sequence[RoomBox]) -> None:
        """Show these rooms. `legend`: the words for a room that is recorded and for one with a silent device."""
        if (title, count, legend, tuple(boxes)) == (self._title, self._count, self._legend, self._boxes):
            return
        self._title, self._count, self._legend, self._boxes = title, count, legend, tuple(boxes)
        spoken = [_spoken(box, legend[0]) for box in boxes]
        self.setAccessibleName(f"{title} {count}")
        self.setAccessibleDescription("; ".join(spoken))
        self.restyle()

    def columns(self) -> int:
        """How many boxes stand beside one another."""
        return self._fitting(self.width())

    def _fitting(self, width: int) -> int:
        px, count = self.look.theme.px, max(1, len(self._boxes))
        most = max(1, (width - px(24) + px(GAP)) // (self._least() + px(GAP)))
        rows = -(-count // most)
        return -(-count // rows)  # as even as can be

    def _least(self) -> int:
        """The least width of a box: its name whole, beside its mark."""
        theme = self.look.theme
        names = [paint.width_of(theme, Type.BODY_BOLD, box.name) for box in self._boxes]
        return min(theme.px(MOST), max(theme.px(LEAST), max(names, default=0) + theme.px(38)))

    def _box_height(self) -> int:
        return 2 * self.look.theme.metrics(Type.BODY).height() + self.look.theme.px(6)

    def _head_height(self) -> int:
        return self.look.theme.box(36)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self.look.theme.px
        columns = self._fitting(width)
        rows = -(-len(self._boxes) // columns)
        return self._head_height() + rows * (self._box_height() + px(GAP)) + px(6)

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.look.theme.px(LEAST + 24))
        return QSize(self.look.theme.px(LEAST + 24), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(LEAST + 24), self._head_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        paint.frame(painter, self.rect(), t.line, radius=px(4), ground=t.surface)
        head = QRectF(px(12), px(2), self.width() - px(24), self._head_height())
        x = paint.text(painter, head, self._title, theme.font(Type.BODY_BOLD), t.ink) + px(14)
        paint.text(painter, head.adjusted(x, 0, 0, 0), self._count, theme.font(Type.BODY), t.ink2, elide=True)
        self._paint_legend(painter, head)
        columns, height = self.columns(), self._box_height()
        width = (self.width() - px(24) - px(GAP) * (columns - 1)) / columns
        for place, box in enumerate(self._boxes):
            left = px(12) + place % columns * (width + px(GAP))
            top = self._head_height() + px(2) + place // columns * (height + px(GAP))
            self._paint_box(painter, QRectF(left, top, width, height), box)
        painter.end()

    def _paint_box(self, painter: QPainter, area: QRectF, box: RoomBox) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        colours = theme.level(box.level)
        if box.closed:
            paint.frame(painter, area, t.edge, radius=px(3), ground=t.sunken)
        elif box.level is Level.UNKNOWN:
            paint.hatch(painter, area, theme, self.look.tiles)
        elif box.level is not Level.NONE:
            paint.frame(painter, area, colours.edge, width=2, radius=px(3), ground=colours.tint)
        else:
            ground = t.surface if box.empty else t.surface2
            paint.frame(painter, area, t.edge, radius=px(3), dashed=box.empty, ground=ground)
        inner = area.adjusted(px(8), px(2), -px(6), -px(2))
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        side = px(18)
        mark = QRectF(upper.right() - side, upper.center().y() - side / 2, side, side)
        marked = box.talking or box.recording or box.closed or box.level is not Level.NONE
        name = upper.adjusted(0, 0, -side - px(4) if marked else 0, 0)
        paint.text(painter, name, box.name, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        if box.closed:
            paint_shape(painter, Shape.OUT_OF_SERVICE, mark, theme, t.ink2)
        elif box.level is not Level.NONE:
            ink = t.ink if box.level is Level.UNKNOWN else colours.mark
            paint_shape(painter, LEVEL_SHAPES[box.level], mark, theme, ink)
        elif box.recording:
            paint_shape(painter, Shape.RECORDING, mark, theme, t.rec)
        elif box.talking:
            self.look.icons.paint(painter, "interview", mark, t.ink)
        colour = t.ink2 if (box.empty or box.closed) and box.level is Level.NONE else t.ink
        paint.text(painter, lower, box.words, theme.font(Type.BODY), colour, elide=True)

    def _paint_legend(self, painter: QPainter, head: QRectF) -> None:
        """What the marks mean, at the right of the head, for those that are there."""
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        side, right = px(18), head.right()
        silent = any(box.level is Level.UNKNOWN for box in self._boxes)
        recorded = any(box.recording for box in self._boxes)
        marks = [(self._legend[1], Shape.UNKNOWN, t.ink2)] if silent else []
        marks += [(self._legend[0], Shape.RECORDING, t.rec)] if recorded else []
        for words, shape, colour in marks:
            wide = paint.width_of(theme, Type.BODY, words)
            box = QRectF(head.left(), head.top(), right - head.left(), head.height())
            align = Qt.AlignmentFlag.AlignRight
            paint.text(painter, box, words, theme.font(Type.BODY), t.ink2, align=align)
            mark = QRectF(right - wide - side - px(6), head.center().y() - side / 2, side, side)
            paint_shape(painter, shape, mark, theme, colour)
            right = mark.left() - px(16)


def _spoken(box: RoomBox, recorded: str) -> str:
    """A room for a screen reader."""
    parts = [box.name, box.words, box.why if box.why != box.words else "", recorded if box.recording else ""]
    return " ".join(part for part in parts if part)
