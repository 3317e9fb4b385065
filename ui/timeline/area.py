"""All lanes on one time axis, painted in one area; tiles are kept per zoom and hold only what touches them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.context import Context
from ui.theme import Type
from ui.timeline import reach
from ui.timeline.axis import Axis
from ui.timeline.drawing import Band, Drawing, bands
from ui.timeline.hints import Hints
from ui.timeline.marks import Lane, Mark
from ui.timeline.surround import Surround
from ui.widgets import paint
from ui.widgets.look import Look

TILE = 256
KEPT = 96
ZOOM = 1.25
HEAD, OVERVIEW = 34, 36
Spoken = Callable[[Mark], str]


class LanesArea(QAbstractScrollArea):
    """What is shown and where; `framed` when another part is shown. `spoken(mark)` gives a mark's sentence."""

    framed = Signal()

    def __init__(self, context: Context, look: Look, spoken: Spoken, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look, self.spoken = context, look, spoken
        self.drawing = Drawing(look)
        self._surround = Surround(context, look)
        self.axis = Axis()
        self.lanes: tuple[Lane, ...] = ()
        self.placed: list[Band] = []
        self.row, self.place = 0, -1
        self.instant, self.now = 0.0, 0.0
        self.least_head = 0
        self.hints = Hints()
        self.access: reach.LanesAccess | None = None
        self._tiles: OrderedDict[tuple[float, float, int], QPixmap] = OrderedDict()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ring", "own")
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        look.changed.connect(self._restyle)
        reach.install()

    # ------------------------------------------------------------ what is shown

    def show_lanes(self, lanes: Sequence[Lane], begin: float, end: float, now: float) -> None:
        """Show these lanes on an axis from `begin` to `end` (seconds since 1970); the entry in hand stays in hand."""
        held = self.current()
        same = tuple(lanes) == self.lanes
        self.row = max(0, min(self.row, len(lanes) - 1))
        self.lanes, self.now = tuple(lanes), now
        self.axis = self.axis.stretched(begin, end, self.time_width())
        if not same:
            self._tiles.clear()
        self._lay_out()
        if held is not None and not self._find(held.seq):
            self.place = -1
        if not same:
            reach.changed(self)

    def current(self) -> Mark | None:
        """The mark in hand."""
        marks = self.lanes[self.row].marks if self.row < len(self.lanes) else ()
        return marks[self.place] if 0 <= self.place < len(marks) else None

    def take(self, seq: int, at: float) -> None:
        """Take the entry `seq`, which happened at `at`, in hand: the cursor goes there, and there is shown."""
        held = self.current()
        if held is None or held.seq != seq:
            self.place = -1
            self._find(seq)
        self.put_cursor(at)
        self.reveal(at)
        reach.moved(self)

    def _find(self, seq: int) -> bool:
        order = [self.row, *(row for row in range(len(self.lanes)) if row != self.row)]
        for row in order:
            for place, mark in enumerate(self.lanes[row].marks if row < len(self.lanes) else ()):
                if mark.seq == seq:
                    self.row, self.place = row, place
                    return True
        return False

    def put_cursor(self, at: float) -> None:
        """Move the cursor without telling."""
        self.instant = at
        self.viewport().update()

    def reveal(self, at: float) -> None:
        """Scroll so that an instant is seen."""
        x, margin = self.axis.x(at), self._look.theme.px(40)
        if not margin <= x <= self.axis.width - margin:
            self._show_axis(self.axis.moved(self.axis.left + x - self.axis.width / 2))

    def frame(self, axis: Axis) -> None:
        """Show the part that another area shows."""
        self._show_axis(axis.stretched(axis.begin, axis.end, self.time_width()), tell=False)

    def fit_whole(self) -> None:
        """Show everything."""
        self._show_axis(self.axis.fitted())

    def fit_span(self, seconds: float) -> None:
        """Show `seconds` around the cursor."""
        self._show_axis(self.axis.scaled(self.axis.width / seconds, self.instant, self.axis.width / 2))

    def zoom(self, steps: float, around: float | None = None) -> None:
        """Nearer (positive) or further."""
        self._show_axis(self.axis.zoomed(ZOOM**steps, self.instant if around is None else around))

    def is_whole(self) -> bool:
        """Whether everything is seen."""
        return self.axis.scale <= self.axis.smallest * 1.001

    # ------------------------------------------------------------ where things are

    def own_head(self) -> int:
        """Pixels that the names of these lanes need."""
        theme = self._look.theme
        widths = [
            paint.width_of(theme, Type.BODY_BOLD, lane.name) + paint.width_of(theme, Type.BODY, lane.count)
            for lane in self.lanes
        ]
        return max([theme.px(72), *widths]) + theme.px(64)

    def head_width(self) -> int:
        """Pixels of the names at the left."""
        return max(self.own_head(), self.least_head)

    def time_width(self) -> int:
        """Pixels that the time axis has."""
        return max(50, self.viewport().width() - self.head_width())

    def top(self) -> int:
        """Where the lanes begin, under the head."""
        return self._look.theme.box(HEAD)

    def foot(self) -> int:
        """Pixels of the overview."""
        return self._look.theme.px(OVERVIEW)

    def rect_of(self, row: int, place: int) -> QRect:
        """Where a mark lies in the viewport."""
        band = self.placed[row]
        box = self.drawing.box(band, band.lane.marks[place], self.axis)
        offset = self.top() - self.verticalScrollBar().value()
        return box.translated(self.head_width(), offset).toAlignedRect()

    def mark_at(self, point: QPoint) -> tuple[int, int]:
        """Lane and place of the mark under a point of the viewport, (-1, -1) beside all."""
        y = point.y() - self.top() + self.verticalScrollBar().value()
        row = next((n for n, band in enumerate(self.placed) if band.top <= y < band.top + band.height), -1)
        if row < 0 or point.x() < self.head_width():
            return -1, -1
        at, slack = self.axis.at(point.x() - self.head_width()), self._look.theme.px(10) / self.axis.scale
        near = [
            (place, mark)
            for place, mark in self.lanes[row].between(at - slack, at + slack)
            if self.rect_of(row, place).adjusted(-3, -3, 3, 3).contains(point)
        ]
        points = [place for place, mark in near if not mark.segment] or [place for place, _ in near]
        return (row, points[-1]) if points else (row, -1)

    def wanted_height(self) -> int:
        """Pixels at which every lane is as high as it should be."""
        whole = bands(self.lanes, 100_000, self._look)
        bar = self.horizontalScrollBar().sizeHint().height()
        return sum(band.height for band in whole) + self.top() + self.foot() + bar + 4

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it grows with the window, up to `wanted_height`

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.top() + self.foot() + self._look.theme.px(90))

    def _lay_out(self) -> None:
        room = self.viewport().height() - self.top() - self.foot()
        before = [(band.top, band.height) for band in self.placed]
        self.placed = bands(self.lanes, room, self._look)
        if before != [(band.top, band.height) for band in self.placed]:
            self._tiles.clear()
        total = self.placed[-1].top + self.placed[-1].height if self.placed else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, total - room))
        bar.setPageStep(max(1, room))
        bar.setSingleStep(self._look.theme.px(24))
        self._set_bar()
        self.viewport().update()

    def _set_bar(self) -> None:
        bar = self.horizontalScrollBar()
        bar.blockSignals(True)
        bar.setRange(0, max(0, self.axis.content - self.axis.width))
        bar.setPageStep(self.axis.width)
        bar.setSingleStep(self._look.theme.px(40))
        bar.setValue(round(self.axis.left))
        bar.blockSignals(False)

    def _show_axis(self, axis: Axis, *, tell: bool = True) -> None:
        if axis != self.axis:
            self.axis = axis
            self._set_bar()
            self.viewport().update()
            if tell:
                self.framed.emit()

    def _scrolled(self, value: int) -> None:
        self._show_axis(self.axis.moved(float(value)))

    def _restyle(self) -> None:
        self._tiles.clear()
        self.axis = self.axis.stretched(self.axis.begin, self.axis.end, self.time_width())
        self._lay_out()

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self._look.theme, self._look.theme.tokens
        painter = QPainter(self.viewport())
        width, height = self.viewport().width(), self.viewport().height()
        head, top, foot = self.head_width(), self.top(), self.foot()
        painter.fillRect(QRectF(0, 0, width, height), QColor(t.surface))
        lanes = QRectF(head, top, width - head, height - top - foot)
        offset = self.verticalScrollBar().value()
        painter.save()
        painter.setClipRect(lanes)
        for number in self._visible():
            x = head + round(number * TILE - self.axis.left)
            painter.drawPixmap(QPointF(x, top - offset), self._tile(number))
        painter.translate(head, top - offset)
        self.drawing.words(painter, self.placed, self.axis)
        self._empty(painter)
        if self.axis.begin <= self.now <= self.axis.end:
            self.drawing.now(painter, self.axis.x(self.now), offset, offset + lanes.height())
        painter.restore()
        self._surround.paint(painter, self)
        self._paint_current(painter, lanes)
        self.hints.paint(painter, self, theme)
        painter.end()

    def _paint_current(self, painter: QPainter, lanes: QRectF) -> None:
        if self.current() is None:
            return
        t = self._look.theme.tokens
        box = QRectF(self.rect_of(self.row, self.place))
        painter.save()
        painter.setClipRect(lanes)
        if self.hasFocus():
            paint.focus_ring(painter, box.adjusted(1, 1, -1, -1), self._look.theme)
        else:
            paint.frame(painter, box.adjusted(-3, -3, 3, 3), t.ink, width=2, radius=3)
        painter.restore()

    def overview_bar(self) -> QRectF:
        """The bar of the whole stretch, in the viewport."""
        px, foot = self._look.theme.px, self.foot()
        left, top = self.head_width(), self.viewport().height() - foot + px(8)
        return QRectF(left, top, self.viewport().width() - left - px(10), foot - px(16))

    def _visible(self) -> range:
        return range(int(self.axis.left // TILE), int((self.axis.left + self.axis.width) // TILE) + 1)

    def _tile(self, number: int) -> QPixmap:
        key = (self.axis.begin, self.axis.scale, number)
        made = self._tiles.get(key)
        if made is None:
            ratio = self.devicePixelRatioF()
            height = self.placed[-1].top + self.placed[-1].height if self.placed else 1
            made = QPixmap(round(TILE * ratio), max(1, round(height * ratio)))
            made.setDevicePixelRatio(ratio)
            painter = QPainter(made)
            axis = Axis(self.axis.begin, self.axis.end, TILE, self.axis.scale, float(number * TILE))
            self.drawing.tile(painter, self.placed, axis, TILE, self.local())
            painter.end()
            self._tiles[key] = made
            while len(self._tiles) > KEPT:
                self._tiles.popitem(last=False)
        else:
            self._tiles.move_to_end(key)
        return made

    def local(self) -> float:
        """Seconds of local time ahead of UTC at the begin of the axis."""
        zone = datetime.fromtimestamp(self.axis.begin, UTC).astimezone(self._context.zone).utcoffset()
        return zone.total_seconds() if zone else 0.0

    def _empty(self, painter: QPainter) -> None:
        theme = self._look.theme
        for band in self.placed:
            if band.lane.empty:
                area = QRectF(theme.px(10), band.top, self.axis.width, band.height)
                paint.text(painter, area, band.lane.empty, theme.font(Type.BODY), theme.tokens.ink2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.axis = self.axis.stretched(self.axis.begin, self.axis.end, self.time_width())
        self._lay_out()
