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

LEAST = 148
GAP = 8


@dataclass(frozen=True)
class RoomBox:
    """One room: its name, who is in it, or why nobody may be. `level` warns of too many."""

    name: str
    words: str
    empty: bool = False
    closed: bool = False
    talking: bool = False
    level: Level = Level.NONE


class RoomPanel(Painted):
    """The boxes in as many columns as fit; as high as it needs."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title, self._count, self._talking = "", "", ""
        self._boxes: tuple[RoomBox, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set(self, title: str, count: str, talking: str, boxes: Sequence[RoomBox]) -> None:
        """Show these rooms. `talking`: the word for a room where an interview is open."""
        if (title, count, talking, tuple(boxes)) == (self._title, self._count, self._talking, self._boxes):
            return
        self._title, self._count, self._talking, self._boxes = title, count, talking, tuple(boxes)
        spoken = [f"{box.name} {box.words} {talking if box.talking else ''}".strip() for box in boxes]
        self.setAccessibleName(f"{title} {count}")
        self.setAccessibleDescription("; ".join(spoken))
        self.restyle()

    def columns(self) -> int:
        """How many boxes stand beside one another."""
        px = self.look.theme.px
        return max(1, (self.width() - px(24) + px(GAP)) // (px(LEAST) + px(GAP)))

    def _box_height(self) -> int:
        return 2 * self.look.theme.metrics(Type.BODY).height() + self.look.theme.px(6)

    def _head_height(self) -> int:
        return self.look.theme.box(36)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self.look.theme.px
        columns = max(1, (width - px(24) + px(GAP)) // (px(LEAST) + px(GAP)))
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
        if any(box.talking for box in self._boxes):
            side, wide = px(18), paint.width_of(theme, Type.BODY, self._talking)
            icon = QRectF(head.right() - wide - side - px(6), head.center().y() - side / 2, side, side)
            self.look.icons.paint(painter, "interview", icon, t.ink)
            right = Qt.AlignmentFlag.AlignRight
            paint.text(painter, head, self._talking, theme.font(Type.BODY), t.ink2, align=right)
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
        if box.level is not Level.NONE:
            paint.frame(painter, area, colours.edge, width=2, radius=px(3), ground=colours.tint)
        elif box.closed:
            paint.frame(painter, area, t.edge, radius=px(3), ground=t.sunken)
        else:
            ground = t.surface if box.empty else t.surface2
            paint.frame(painter, area, t.edge, radius=px(3), dashed=box.empty, ground=ground)
        inner = area.adjusted(px(8), px(2), -px(6), -px(2))
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        side = px(18)
        mark = QRectF(upper.right() - side, upper.center().y() - side / 2, side, side)
        marked = box.talking or box.closed or box.level is not Level.NONE
        name = upper.adjusted(0, 0, -side - px(4) if marked else 0, 0)
        paint.text(painter, name, box.name, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        if box.level is not Level.NONE:
            paint_shape(painter, LEVEL_SHAPES[box.level], mark, theme, colours.mark)
        elif box.closed:
            paint_shape(painter, Shape.OUT_OF_SERVICE, mark, theme, t.ink2)
        elif box.talking:
            self.look.icons.paint(painter, "interview", mark, t.ink)
        colour = t.ink2 if box.empty or box.closed else t.ink
        paint.text(painter, lower, box.words, theme.font(Type.BODY), colour, elide=True)
