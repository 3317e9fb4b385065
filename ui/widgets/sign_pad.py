"""A place where somebody signs with a pen, a finger or the mouse; what was drawn is kept as a path."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui.signed import SIGNED
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted

ACROSS, DOWN = 1000, 300
"""The box in which the points of a path are counted."""
LEAST = 60
"""A shorter line is a slip of the pen, not a signature."""
MOST = 3500
"""Characters of a path: what a text of the record may hold, with room to spare."""
Stroke = list[tuple[int, int]]


class SignPad(Painted):
    """Tells `signed(path)` at every lift of the pen once enough is drawn, as SVG path data in a box of 1000 × 300.

    The first time it also gets a `SIGNED` event, with its properties `by` and `paper`.
    """

    signed = Signal(str)

    def __init__(
        self, look: Look, name: str, hint: str, by: str, paper: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._hint = hint
        self._strokes: list[Stroke] = []
        self._drawing = False
        self.setObjectName(name)
        self.setAccessibleName(hint)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(look.theme.px(130))
        for key, value in (("signing", True), ("by", by), ("paper", paper)):
            self.setProperty(key, value)

    @property
    def path(self) -> str:
        """What was drawn; empty while it is no signature."""
        return path_of(self._strokes)

    def clear(self) -> None:
        """Nobody has signed."""
        self._strokes, self._drawing = [], False
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(190), self.look.theme.box(46))

    # ------------------------------------------------------------ drawing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())
        self._up()

    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case QEvent.Type.TabletPress:
                self._down(event.position())
            case QEvent.Type.TabletMove:
                self._move(event.position())
            case QEvent.Type.TabletRelease:
                self._up()
            case _:
                pass
        event.accept()

    def _down(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([self._point(at)])

    def _move(self, at: QPointF) -> None:
        if self._drawing:
            self._strokes[-1].append(self._point(at))
            self.update()

    def _up(self) -> None:
        if not self._drawing:
            return
        self._drawing = False
        before = bool(path_of(self._strokes[:-1]))
        path = self.path
        if path and not before:
            QApplication.sendEvent(self, QEvent(SIGNED))
        if path:
            self.signed.emit(path)
        self.update()

    def _point(self, at: QPointF) -> tuple[int, int]:
        across = max(0.0, min(1.0, at.x() / max(1, self.width())))
        down = max(0.0, min(1.0, at.y() / max(1, self.height())))
        return round(across * ACROSS), round(down * DOWN)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(t.edge), 1))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if not self._strokes:
            area, centre = box.adjusted(theme.px(6), 0, -theme.px(6), 0), Qt.AlignmentFlag.AlignHCenter
            whole = paint.width_of(theme, Type.BODY, self._hint) <= area.width()
            words = self._hint if whole else self.tr("在此手写")  # whose it is stands beside it
            paint.text(painter, area, words, theme.font(Type.BODY), t.ink2, align=centre)
        painter.setPen(QPen(QColor(t.ink), theme.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(self._line(stroke))
        painter.end()

    def _line(self, stroke: Stroke) -> QPainterPath:
        points = [QPointF(x / ACROSS * self.width(), y / DOWN * self.height()) for x, y in stroke]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        return line


def path_of(strokes: Sequence[Stroke]) -> str:
    """SVG path data of strokes, thinned until it fits into the record; empty while it is too short to be signed."""
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for one in strokes for a, b in pairwise(one))
    if length < LEAST:
        return ""
    step = 1
    while True:
        told = "".join(_told(one, step) for one in strokes)
        if len(told) <= MOST or step > 256:
            return told[:MOST]
        step *= 2


def _told(stroke: Stroke, step: int) -> str:
    kept = [*stroke[:-1:step], stroke[-1]]
    return "".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(kept))
