"""What stands around the lanes: their names, the hours, the overview, and the cursor with its time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.context import Context
from ui.theme import Type
from ui.timeline.marks import LANE_ICONS
from ui.widgets import paint
from ui.widgets.look import Look

if TYPE_CHECKING:
    from ui.timeline.area import LanesArea

TICKS_APART = 96
"""Least pixels at 100 % from one hour line to the next."""


class Surround:
    """Paints it for an area of lanes."""

    def __init__(self, context: Context, look: Look) -> None:
        self._context, self._look = context, look

    def paint(self, painter: QPainter, canvas: LanesArea) -> None:
        """Everything around the lanes, in the viewport."""
        self._heads(painter, canvas)
        self._ticks(painter, canvas)
        self._overview(painter, canvas)
        self._cursor(painter, canvas)

    def _heads(self, painter: QPainter, canvas: LanesArea) -> None:
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        head, top = canvas.head_width(), canvas.top()
        offset = canvas.verticalScrollBar().value()
        height = canvas.viewport().height() - top - canvas.foot()
        painter.save()
        painter.setClipRect(QRectF(0, top, head, height))
        painter.fillRect(QRectF(0, top, head, height), QColor(t.surface))
        for row, band in enumerate(canvas.placed):
            box = QRectF(0, top + band.top - offset, head, band.height)
            if row == canvas.row:
                painter.fillRect(box, QColor(t.select))
                painter.fillRect(QRectF(0, box.top(), px(5), box.height()), QColor(t.fill))
            painter.fillRect(QRectF(0, box.bottom() - 1, head, 1), QColor(t.line))
            side = px(20)
            icon = QRectF(px(10), box.center().y() - side / 2, side, side)
            self._look.icons.paint(painter, LANE_ICONS[band.lane.kind], icon, t.ink)
            words = box.adjusted(px(38), 0, -px(8), 0)
            paint.text(painter, words, band.lane.name, theme.font(Type.BODY_BOLD), t.ink)
            right = Qt.AlignmentFlag.AlignRight
            paint.text(painter, words, band.lane.count, theme.font(Type.BODY), t.ink2, align=right)
        painter.fillRect(QRectF(head - 1, top, 1, height), QColor(t.line))
        painter.restore()

    def _ticks(self, painter: QPainter, canvas: LanesArea) -> None:
        theme, t = self._look.theme, self._look.theme.tokens
        head, top, width = canvas.head_width(), canvas.top(), canvas.viewport().width()
        painter.fillRect(QRectF(0, 0, width, top), QColor(t.surface2))
        painter.fillRect(QRectF(0, top - 1, width, 1), QColor(t.line))
        begin, end = canvas.axis.shown()
        date = self._when(max(begin, canvas.axis.begin), "%Y-%m-%d")
        paint.text(painter, QRectF(theme.px(10), 0, head, top), date, theme.font(Type.BODY), t.ink2)
        painter.save()
        painter.setClipRect(QRectF(head, 0, width - head, top))
        flag = self._flag(canvas)
        for tick in canvas.axis.ticks(theme.px(TICKS_APART), canvas.local(), begin, end):
            x = head + canvas.axis.x(tick)
            words = self._when(tick, "%H:%M")
            if words == "00:00":
                words = self._when(tick, "%m-%d")
            painter.fillRect(QRectF(round(x), top - theme.px(8), 1, theme.px(8)), QColor(t.edge))
            area = QRectF(x + theme.px(5), 0, paint.width_of(theme, Type.BODY, words), top)
            if area.right() <= width and not area.intersects(flag):
                paint.text(painter, area, words, theme.font(Type.BODY), t.ink)
        painter.restore()

    def _overview(self, painter: QPainter, canvas: LanesArea) -> None:
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        foot, width = canvas.foot(), canvas.viewport().width()
        box = QRectF(0, canvas.viewport().height() - foot, width, foot)
        painter.fillRect(box, QColor(t.surface2))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), QColor(t.line))
        label = QRectF(px(10), box.top(), canvas.head_width(), foot)
        words = self._context.words("timeline.overview")
        paint.text(painter, label, words, theme.font(Type.BODY), t.ink2)
        bar, axis = canvas.overview_bar(), canvas.axis
        painter.fillRect(bar, QColor(t.sunken))
        scale = bar.width() / max(1.0, axis.end - axis.begin)
        for lane, colour in zip(canvas.lanes[:3:2], (t.edge, t.fill), strict=False):
            for mark in lane.marks:
                if mark.segment:
                    left = bar.left() + (mark.begin - axis.begin) * scale
                    wide = max(1.0, (mark.end - mark.begin) * scale)
                    painter.fillRect(QRectF(left, bar.center().y() - 2, wide, 5), QColor(colour))
        begin, end = axis.shown()
        left = bar.left() + (begin - axis.begin) * scale
        window = QRectF(left, bar.top(), max(px(6), (end - begin) * scale), bar.height())
        paint.frame(painter, window.intersected(bar), t.ink, width=2, radius=2)

    def _cursor(self, painter: QPainter, canvas: LanesArea) -> None:
        theme, t, flag = self._look.theme, self._look.theme.tokens, self._flag(canvas)
        if flag.isEmpty():
            return
        top, bottom = canvas.top(), canvas.viewport().height() - canvas.foot()
        x = canvas.head_width() + round(canvas.axis.x(canvas.instant))
        painter.fillRect(QRectF(x - 1, top, 3, bottom - top), QColor(t.focus))
        paint.frame(painter, flag, t.focus, radius=theme.px(3), ground=t.focus)
        words, centre = self._when(canvas.instant, "%H:%M:%S"), Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, flag, words, theme.font(Type.BODY_BOLD), t.surface, align=centre)

    def _flag(self, canvas: LanesArea) -> QRectF:
        """Where the time of the cursor stands in the head, inside it; empty while the cursor is out of sight."""
        theme, head, axis = self._look.theme, canvas.head_width(), canvas.axis
        x = axis.x(canvas.instant)
        if not 0 <= x <= axis.width:
            return QRectF()
        width = paint.width_of(theme, Type.BODY_BOLD, "00:00:00") + theme.px(16)
        left = max(head, min(head + axis.width - width, head + x - width / 2))
        return QRectF(left, 2, width, canvas.top() - 4)

    def _when(self, at: float, form: str) -> str:
        return self._context.local(datetime.fromtimestamp(at, UTC), form)
