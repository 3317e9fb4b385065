"""Painted status shapes and level shapes: each means the same on every screen, with or without colour.

They are paths on a 24 grid; the font lacks several of these signs, so none is ever typed.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme import Level, Theme
from ui.tokens import Tokens


class Shape(StrEnum):
    """What a shape says."""

    NOT_STARTED = "not-started"
    INCOMPLETE = "incomplete"
    DONE = "done"
    NOT_APPLICABLE = "not-applicable"
    RECORDING = "recording"
    UNKNOWN = "unknown"
    GOOD = "good"
    FAULT = "fault"
    OUT_OF_SERVICE = "out-of-service"
    CURRENT = "current"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    DISC = "disc"
    RING = "ring"
    DOT = "dot"
    CHEVRON = "chevron"
    DOWN = "down"
    INFO = "info"
    LOCK = "lock"


LEVEL_SHAPES: dict[Level, Shape] = {
    Level.RED: Shape.TRIANGLE,
    Level.YELLOW: Shape.DIAMOND,
    Level.BLUE: Shape.DISC,
    Level.UNKNOWN: Shape.UNKNOWN,
}


def default_colour(shape: Shape, tokens: Tokens) -> str:
    """The colour that a shape has by itself."""
    match shape:
        case Shape.GOOD:
            return tokens.oktext
        case Shape.FAULT:
            return tokens.redtext
        case Shape.RECORDING:
            return tokens.rec
        case _:
            return tokens.ink


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def paint_shape(
    painter: QPainter,
    shape: Shape,
    rect: QRectF,
    theme: Theme,
    colour: str | None = None,
    *,
    hollow: bool = False,
) -> None:
    """Draw `shape` to fill `rect` (square), in its own colour unless another is given.

    `hollow`: the outline form of a level shape, the other half of its slow swap while unacknowledged.
    """
    ink = QColor(colour or default_colour(shape, theme.tokens))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 24, rect.height() / 24)
    pen = QPen(ink, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match shape:
        case Shape.NOT_STARTED:
            painter.drawEllipse(QPointF(12, 12), 9, 9)
        case Shape.INCOMPLETE:
            painter.drawEllipse(QPointF(12, 12), 9, 9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPie(QRectF(3, 3, 18, 18), 90 * 16, 180 * 16)
        case Shape.DONE:
            disc = QPainterPath()
            disc.addEllipse(QPointF(12, 12), 10, 10)
            check = QPainterPath()
            check.addPolygon(
                _polygon((5.7, 12.6), (7.6, 10.7), (10.5, 13.6), (16.4, 7.6), (18.3, 9.5), (10.5, 17.4))
            )
            check.closeSubpath()
            painter.fillPath(disc.subtracted(check), ink)
        case Shape.NOT_APPLICABLE:
            painter.drawLine(QPointF(5, 12), QPointF(19, 12))
        case Shape.RECORDING:
            painter.drawEllipse(QPointF(12, 12), 9.6, 9.6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(12, 12), 5, 5)
        case Shape.UNKNOWN:
            pen.setWidthF(2.2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([2.1, 1.39])
            painter.setPen(pen)
            painter.drawEllipse(QPointF(12, 12), 9.6, 9.6)
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            mark = QPainterPath(QPointF(9.4, 9.6))
            mark.cubicTo(QPointF(9.4, 6.2), QPointF(14.6, 6.2), QPointF(14.6, 9.6))
            mark.cubicTo(QPointF(14.6, 11.6), QPointF(12, 11.6), QPointF(12, 13.6))
            painter.drawPath(mark)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(12, 16.9), 1.5, 1.5)
        case Shape.GOOD:
            pen.setWidthF(2.8)
            painter.setPen(pen)
            painter.drawPolyline(_polygon((4.5, 12.8), (9.5, 17.8), (19.5, 6.8)))
        case Shape.FAULT:
            pen.setWidthF(2.8)
            painter.setPen(pen)
            painter.drawLine(QPointF(6, 6), QPointF(18, 18))
            painter.drawLine(QPointF(18, 6), QPointF(6, 18))
        case Shape.OUT_OF_SERVICE:
            painter.drawEllipse(QPointF(12, 12), 9, 9)
            painter.drawLine(QPointF(18.2, 5.8), QPointF(5.8, 18.2))
        case Shape.CURRENT | Shape.CHEVRON:
            painter.drawPolyline(_polygon((9, 5), (16, 12), (9, 19)))
        case Shape.DOWN:
            painter.drawPolyline(_polygon((5, 9), (12, 16), (19, 9)))
        case Shape.INFO:
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawEllipse(QPointF(12, 12), 9.4, 9.4)
            painter.drawLine(QPointF(12, 11.2), QPointF(12, 16.4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(12, 7.6), 1.5, 1.5)
        case Shape.LOCK:
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(4, 10.5, 16, 11), 2, 2)
            arch = QPainterPath(QPointF(7.5, 10.5))
            arch.lineTo(QPointF(7.5, 7))
            arch.arcTo(QRectF(7.5, 2.5, 9, 9), 180, -180)
            arch.lineTo(QPointF(16.5, 10.5))
            painter.drawPath(arch)
        case Shape.RING:
            pen.setWidthF(4)
            painter.setPen(pen)
            painter.drawEllipse(QPointF(12, 12), 8, 8)
        case Shape.DOT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(12, 12), 9, 9)
        case Shape.TRIANGLE | Shape.DIAMOND | Shape.DISC:
            pen.setWidthF(2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else ink)
            if shape is Shape.TRIANGLE:
                painter.drawPolygon(_polygon((12, 4), (21.5, 20.5), (2.5, 20.5)))
            elif shape is Shape.DIAMOND:
                painter.drawPolygon(_polygon((12, 2.5), (21.5, 12), (12, 21.5), (2.5, 12)))
            else:
                painter.drawEllipse(QPointF(12, 12), 9, 9)
    painter.restore()


def paint_level(
    painter: QPainter,
    level: Level,
    rect: QRectF,
    theme: Theme,
    colour: str | None = None,
    *,
    hollow: bool = False,
) -> None:
    """Draw the shape of a level in the colour that reads on a plain or tinted ground; none for `NONE`."""
    shape = LEVEL_SHAPES.get(level)
    if shape is not None:
        paint_shape(painter, shape, rect, theme, colour or theme.level(level).mark, hollow=hollow)


def paint_gap(painter: QPainter, rect: QRectF) -> None:
    """A missing stretch of a recording: ink diagonals in a 2 px ink outline, the same in both themes."""
    painter.save()
    painter.fillRect(rect, QColor("#FFFFFF"))
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#13202A"), 3))
    step, x = 7 * 2**0.5, rect.left() - rect.height()
    while x < rect.right() + rect.height():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.setPen(QPen(QColor("#13202A"), 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    painter.restore()
