"""The track of a player: what is recorded when, its gaps, markers, the clip, and the cursor. Its twin is a table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import Shape, paint_shape


@dataclass(frozen=True)
class Piece:
    """A stretch of recording, as fractions of the track. `shut`: it may not be looked at yet."""

    start: float
    end: float
    label: str = ""
    shut: bool = False


@dataclass(frozen=True)
class TrackData:
    """What stands on a track; everything in fractions from 0 to 1. `clip`: begin and end, either may be absent."""

    pieces: tuple[Piece, ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()
    marks: tuple[float, ...] = ()
    cursor: float | None = None
    clip: tuple[float | None, float | None] = (None, None)
    first: str = ""
    last: str = ""
    spoken: str = ""


class Track(Painted):
    """`sought` tells the fraction that was pressed; keys belong to the player around it."""

    sought = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.data = TrackData()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set(self, data: TrackData) -> None:
        """Show another state."""
        if data != self.data:
            self.data = data
            name = paint.literal(data.spoken)
            if name != self.accessibleName():
                self.setAccessibleName(name)
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            self.update()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.px(320), theme.px(44) + theme.line(Type.BODY))

    def _bar(self) -> QRectF:
        px = self.look.theme.px
        return QRectF(px(8), px(10), self.width() - px(16), px(28))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self._bar()
        if bar.width() > 0:
            self.sought.emit(min(1.0, max(0.0, (event.position().x() - bar.left()) / bar.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, data = self.look.theme, self.look.theme.tokens, self.data
        painter = QPainter(self)
        bar = self._bar()
        paint.frame(painter, bar, t.edge, radius=theme.px(3), dashed=not data.pieces, ground=t.sunken)
        for piece in data.pieces:
            self._piece(painter, bar, piece)
        ratio = paint.device_ratio(painter)
        for start, end in data.gaps:
            area = self._area(bar, start, end)
            painter.fillRect(area, QBrush(self.look.tiles.diagonal(t.surface, t.ink, 9, ratio)))
            paint.frame(painter, area, t.ink, width=2, radius=0)
        for mark in data.marks:
            side = theme.px(12)
            spot = QRectF(bar.left() + mark * bar.width() - side / 2, bar.top() - theme.px(8), side, side)
            paint_shape(painter, Shape.DOWN, spot, theme, t.ink)
        self._clip(painter, bar)
        self._ends(painter, bar)
        if data.cursor is not None:
            x = bar.left() + data.cursor * bar.width()
            painter.setPen(QPen(QColor(t.focus), 3))
            painter.drawLine(QPointF(x, bar.top() - theme.px(4)), QPointF(x, bar.bottom() + theme.px(4)))
        painter.end()

    def _area(self, bar: QRectF, start: float, end: float) -> QRectF:
        left = bar.left() + start * bar.width()
        return QRectF(left, bar.top(), max(3.0, (end - start) * bar.width()), bar.height())

    def _piece(self, painter: QPainter, bar: QRectF, piece: Piece) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        area = self._area(bar, piece.start, piece.end)
        if piece.shut:
            paint.hatch(painter, area, theme, self.look.tiles)
            ink = t.ink
        else:
            painter.fillRect(area, QColor(t.rec))
            ink = t.surface
        if piece.label and paint.width_of(theme, Type.BODY, piece.label) + theme.px(12) <= area.width():
            inner = area.adjusted(theme.px(6), 0, 0, 0)
            paint.text(painter, inner, piece.label, theme.font(Type.BODY), ink)

    def _clip(self, painter: QPainter, bar: QRectF) -> None:
        t = self.look.theme.tokens
        start, end = self.data.clip
        painter.setPen(QPen(QColor(t.ink), 3))
        reach = self.look.theme.px(6)
        for at, way in ((start, reach), (end, -reach)):
            if at is not None:
                x = bar.left() + at * bar.width()
                top, bottom = bar.top() - 2, bar.bottom() + 2
                painter.drawPolyline(
                    [QPointF(x + way, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + way, bottom)]
                )

    def _ends(self, painter: QPainter, bar: QRectF) -> None:
        theme, t, data = self.look.theme, self.look.theme.tokens, self.data
        area = QRectF(bar.left(), bar.bottom() + theme.px(2), bar.width(), theme.line(Type.BODY))
        font = theme.font(Type.BODY)
        paint.text(painter, area, data.first, font, t.ink2)
        paint.text(painter, area, data.last, font, t.ink2, align=Qt.AlignmentFlag.AlignRight)
