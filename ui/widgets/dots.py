"""Step dots: the five steps of a stay in one line, the present one as a word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import Theme, Type
from ui.widgets import paint
from ui.widgets.shapes import Shape


@dataclass(frozen=True)
class Dot:
    """One step: its word and DONE, CURRENT, NOT_STARTED, NOT_APPLICABLE or UNKNOWN."""

    words: str
    state: Shape


def dots_width(dots: tuple[Dot, ...], theme: Theme, *, compact: bool = False) -> int:
    """Width of a row of dots."""
    if compact:
        return theme.px(13) * len(dots)
    width = 0
    for dot in dots:
        current = dot.state is Shape.CURRENT
        width += paint.width_of(theme, Type.BODY_BOLD, dot.words) + theme.px(18) if current else theme.px(24)
    return width + theme.px(3) * (len(dots) - 1)


def dots_height(theme: Theme) -> int:
    """Height of a row of dots with letters."""
    return theme.px(24)


def paint_dots(
    painter: QPainter, rect: QRectF, dots: tuple[Dot, ...], theme: Theme, *, compact: bool = False
) -> None:
    """Draw the steps from the left of `rect`; `compact` as marks without letters."""
    t = theme.tokens
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, middle = rect.left(), rect.center().y()
    if compact:
        width, height = theme.px(10), theme.px(14)
        for dot in dots:
            box = QRectF(x + 1, middle - height / 2, width, height)
            done = dot.state is Shape.DONE
            painter.setPen(QPen(QColor(t.fill if done or dot.state is Shape.CURRENT else t.edge), 2))
            painter.setBrush(QColor(t.fill) if done else Qt.BrushStyle.NoBrush)
            if dot.state is Shape.CURRENT:
                painter.setBrush(QColor(t.select))
                painter.setPen(QPen(QColor(t.fill), 4))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 1, 1)
            elif dot.state is Shape.NOT_APPLICABLE:
                painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
            else:
                painter.drawEllipse(box)
            x += theme.px(13)
        painter.restore()
        return
    side = theme.px(24)
    end = x + dots_width(dots, theme) - side / 2
    painter.setPen(QPen(QColor(t.edge), theme.px(2)))
    painter.drawLine(round(x + side / 2), round(middle), round(end), round(middle))
    for dot in dots:
        current = dot.state is Shape.CURRENT
        width = paint.width_of(theme, Type.BODY_BOLD, dot.words) + theme.px(18) if current else side
        box = QRectF(x, middle - side / 2, width, side)
        ink = t.ink2
        match dot.state:
            case Shape.DONE:
                paint.frame(painter, box, t.fill, radius=side / 2, ground=t.fill)
                ink = t.onfill
            case Shape.CURRENT:
                paint.frame(painter, box, t.fill, width=2, radius=side / 2, ground=t.select)
                ink = t.ink
            case Shape.UNKNOWN:
                paint.frame(painter, box, t.unk, width=2, radius=side / 2, ground=t.surface, dashed=True)
            case _:
                paint.frame(painter, box, t.edge, width=1.5, radius=side / 2, ground=t.surface)
        words = dot.words if current else ("—" if dot.state is Shape.NOT_APPLICABLE else dot.words[:1])
        role = Type.BODY_BOLD if current or dot.state is Shape.DONE else Type.BODY
        paint.text(painter, box, words, theme.font(role), ink, align=Qt.AlignmentFlag.AlignHCenter)
        x += width + theme.px(3)
    painter.restore()
