"""The recording of an interview on a time axis: what runs, where it is broken, where marks and breaks lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context
from ui.steps.talk import Row, Said
from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import paint_gap
from workstation.custody.interview import Interview
from workstation.readings import RecordingState

Place = Callable[[datetime], float]
STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120)


@dataclass(frozen=True)
class StripData:
    """What the strip draws. `level`: of a gap, drawn as the frame of the bar."""

    interview: Interview
    now: datetime
    state: RecordingState | None = None
    known: bool = False
    rows: tuple[Row, ...] = ()
    level: Level = Level.NONE
    said: str = ""


class RecordingStrip(Painted):
    """Two rows on one axis: the recording with its gaps, the interview with its breaks; marks stand above."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._context = context
        self._data: StripData | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_data(self, data: StripData) -> None:
        """Show another state."""
        self._data = data
        self.setAccessibleName(paint.literal(data.said))
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.px(300), 2 * theme.px(22) + theme.px(16) + theme.line(Type.BODY))

    def paintEvent(self, event: QPaintEvent) -> None:
        data = self._data
        if data is None:
            return
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        names = (self._context.words("steps.talk.recording"), self._context.words("steps.talk.interview"))
        left = max(paint.width_of(theme, Type.BODY, one) for one in names) + px(14)
        began = min([data.interview.opened, *([data.state.since] if data.state else [])])
        whole = max((data.now - began).total_seconds() * 1.04, 60.0)
        right = self.width() - px(8)

        def x(at: datetime) -> float:
            return left + (right - left) * max(0.0, min(1.0, (at - began).total_seconds() / whole))

        top, high = px(14), px(16)
        first = QRectF(left, top, right - left, high)
        second = QRectF(left, top + px(22), right - left, high)
        for name, box in zip(names, (first, second), strict=True):
            area = QRectF(0, box.center().y() - theme.line(Type.BODY) / 2, left, theme.line(Type.BODY))
            paint.text(painter, area, name, theme.font(Type.BODY), t.ink2)
            painter.fillRect(box, QColor(t.sunken))
        self._axis(painter, began, whole, x, second.bottom() + px(2))
        self._recording(painter, first, data, x)
        painter.fillRect(_span(second, x(data.interview.opened), x(data.now)), QColor(t.ink2))
        for rest in data.interview.breaks:
            span = _span(second, x(rest.since), x(rest.until or data.now))
            painter.fillRect(span, QColor(t.surface))
            paint.frame(painter, span, t.edge, dashed=True, radius=0)
        self._marks(painter, data.rows, x, second.bottom())
        painter.setPen(QPen(QColor(t.ink), 2, Qt.PenStyle.DashLine))
        painter.drawLine(int(x(data.now)), px(4), int(x(data.now)), int(second.bottom()))
        painter.end()

    def _recording(self, painter: QPainter, box: QRectF, data: StripData, x: Place) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        state = data.state
        if state is None:
            if not data.known:
                paint.hatch(painter, box, theme, self.look.tiles)
            else:
                paint.frame(painter, box, t.edge, dashed=True, radius=0)
            return
        end = data.now if state.running else (state.last_packet_at or state.since)
        painter.fillRect(_span(box, x(state.since), x(end)), QColor(t.rec))
        for gap in state.missing:
            start, stop = x(gap.began), x(gap.ended or data.now)
            span = _span(box, start, max(stop, start + theme.px(10)))
            paint_gap(painter, span)
            if data.level in (Level.RED, Level.YELLOW):
                edge = theme.level(data.level).edge
                paint.frame(painter, span.adjusted(-2, -2, 2, 2), edge, width=2, radius=0)

    def _marks(self, painter: QPainter, rows: Sequence[Row], x: Place, bottom: float) -> None:
        t, px = self.look.theme.tokens, self.look.theme.px
        for row in rows:
            if row.said in (Said.MARK, Said.EVIDENCE):
                at = x(row.at)
                painter.fillRect(QRectF(at - px(4), px(3), px(8), px(8)), QColor(t.ink))
                painter.setPen(QPen(QColor(t.ink), 1, Qt.PenStyle.DotLine))
                painter.drawLine(int(at), px(11), int(at), int(bottom))

    def _axis(self, painter: QPainter, began: datetime, whole: float, x: Place, top: float) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        room = paint.width_of(theme, Type.BODY, "00:00") + px(24)
        ends = began + timedelta(seconds=whole)
        fit = max(1, int((x(ends) - x(began)) / room))
        minutes = next((one for one in STEPS_MIN if whole / 60 / one <= fit), STEPS_MIN[-1])
        local = began.astimezone(self._context.zone)
        at = local.replace(second=0, microsecond=0)
        at += timedelta(minutes=minutes - at.minute % minutes)
        while at <= ends:
            middle = x(at)
            painter.setPen(QPen(QColor(t.line), 1))
            painter.drawLine(int(middle), px(12), int(middle), int(top))
            area = QRectF(middle - room / 2, top, room, theme.line(Type.BODY))
            if area.right() <= self.width():
                centre = Qt.AlignmentFlag.AlignHCenter
                paint.text(
                    painter, area, self._context.local(at), theme.font(Type.BODY), t.ink2, align=centre
                )
            at += timedelta(minutes=minutes)


def _span(box: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, box.top(), max(2.0, right - left), box.height())
