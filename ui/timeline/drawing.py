"""How the marks of the lanes are drawn: one tile at a time, only what touches it, and labels only where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import Level, Type
from ui.timeline.axis import Axis
from ui.timeline.marks import Lane, Mark, Style
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.shapes import paint_gap, paint_level

LINE, PAD, LEAST = 24, 4, 40
"""Pixels of one line of a lane, above and below the lines, and of the lowest lane, at 100 %."""
TALL = 51
REACH = 260
"""Pixels that a label may stand out to the right of its point."""
CLOSE = 3
"""Points of one look that lie nearer than this are drawn as one."""


@dataclass(frozen=True)
class Band:
    """Where a lane lies: its top and height in content pixels, and where its first line begins."""

    lane: Lane
    top: int
    height: int
    first: int


def bands(lanes: Sequence[Lane], room: int, look: Look) -> list[Band]:
    """The lanes one under the other; each grows to its height in the pictures while there is room."""
    size = look.theme.px
    least = [max(size(LEAST), lane.lines * size(LINE) + 2 * size(PAD)) for lane in lanes]
    wanted = [max(one, size(TALL)) for one in least]
    more = sum(wanted) - sum(least)
    share = max(0.0, min(1.0, (room - sum(least)) / more)) if more else 1.0
    heights = [low + int((high - low) * share) for low, high in zip(least, wanted, strict=True)]
    made, top = [], 0
    for lane, height in zip(lanes, heights, strict=True):
        made.append(Band(lane, top, height, (height - lane.lines * size(LINE)) // 2))
        top += height
    return made


class Drawing:
    """Draws stretches of the lanes with the present look. `painted`: marks drawn so far, for the tests."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.painted = 0

    def px(self, size: float) -> int:
        """Pixels at the present scale."""
        return self._look.theme.px(size)

    def tile(self, painter: QPainter, placed: Sequence[Band], axis: Axis, width: int, local: float) -> None:
        """Draw what lies in view pixels 0 to `width` of `axis`. `local`: seconds of local time ahead of UTC."""
        theme, t = self._look.theme, self._look.theme.tokens
        height = placed[-1].top + placed[-1].height if placed else 0
        painter.fillRect(QRectF(0, 0, width, height), QColor(t.surface))
        begin, end = axis.at(-theme.px(REACH)), axis.at(width + theme.px(16))
        for tick in axis.ticks(theme.px(96), local, axis.at(0), end):
            painter.fillRect(QRectF(round(axis.x(tick)), 0, 1, height), QColor(t.line))
        for band in placed:
            bottom = band.top + band.height - 1
            painter.fillRect(QRectF(0, bottom, width, 1), QColor(t.line))
            self._band(painter, band, axis, begin, end)

    def _band(self, painter: QPainter, band: Band, axis: Axis, begin: float, end: float) -> None:
        lines: dict[int, list[Mark]] = {}
        for _, mark in band.lane.between(begin, end):
            if mark.segment:
                self._segment(painter, self.box(band, mark, axis), mark)
                self.painted += 1
            else:
                lines.setdefault(mark.line, []).append(mark)
        for marks in lines.values():
            self._points(painter, band, axis, marks)

    def box(self, band: Band, mark: Mark, axis: Axis) -> QRectF:
        """Where a mark lies in view pixels; a point is as wide as its sign."""
        px = self._look.theme.px
        line = px(LINE)
        top = band.top + band.first + mark.line * line
        left = axis.x(mark.begin)
        if mark.segment:
            right = max(axis.x(mark.end), left + 3)
            return QRectF(left, top + 2, right - left, line - 4)
        half = px(2 if mark.style is Style.TICK else 9)
        return QRectF(left - half, top + 2, 2 * half, line - 4)

    def _points(self, painter: QPainter, band: Band, axis: Axis, marks: list[Mark]) -> None:
        """Points of one line, from the right, so that each knows where the next one begins.

        Ticks, and points that have no room for their sign, are gathered and drawn in one go.
        """
        t, px = self._look.theme.tokens, self._look.theme.px
        seen: dict[tuple[Style, Level], float] = {}
        ticks: list[QRect] = []
        dots: list[QRect] = []
        top, line = band.top + band.first + marks[0].line * px(LINE) + 2, px(LINE) - 4
        half, free = px(9), float("inf")
        for mark in reversed(marks):
            x = axis.x(mark.begin)
            last = seen.get((mark.style, mark.level))
            if last is not None and last - x < CLOSE:
                continue
            seen[mark.style, mark.level] = x
            if x + half < 0 and not mark.words:
                free = x - half  # left of the tile, but words further left end there
            elif mark.style is Style.TICK:
                ticks.append(QRect(round(x) - 1, top + 2, 2, line - 4))
                free = x - 2
            elif mark.style is Style.POINT and x + half > free:
                dots.append(QRect(round(x) - 2, top + line - 4, 4, 4))
                free = x - half
            else:
                self._point(painter, self.box(band, mark, axis), mark, free)
                self.painted += 1
                free = x - half
        self.painted += len(ticks) + len(dots)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, small in ((t.ink, ticks), (t.ink2, dots)):
            painter.setBrush(QColor(colour))
            painter.drawRects(small)

    # ------------------------------------------------------------ segments

    def _segment(self, painter: QPainter, box: QRectF, mark: Mark) -> None:
        look, t = self._look, self._look.theme.tokens
        match mark.style:
            case Style.PLAIN:
                paint.frame(painter, box, t.edge, radius=2, ground=t.surface2)
            case Style.DASHED:
                paint.frame(painter, box, t.edge, radius=2, dashed=True, ground=t.surface)
            case Style.STRONG:
                painter.fillRect(box, QColor(t.fill))
            case Style.RECORDING:
                painter.fillRect(box, QColor(t.rec))
            case Style.GAP:
                self._gap(painter, box, mark.level)
            case Style.UNKNOWN:
                paint.hatch(painter, box, look.theme, look.tiles)
            case Style.CLOCK:
                ground, edge = {Level.RED: (t.red, t.red), Level.YELLOW: (t.yellow, t.yellowedge)}.get(
                    mark.level, (t.surface2, t.edge)
                )
                paint.frame(painter, box, edge, radius=2, ground=ground)
            case Style.OVER:
                painter.fillRect(box, QColor(t.red))
            case Style.CONFLICT:
                paint.hatch(painter, box, look.theme, look.tiles, outline=False)
                paint.frame(painter, box, t.yellowedge, width=2, radius=2)
            case _:
                return

    def words(self, painter: QPainter, placed: Sequence[Band], axis: Axis) -> None:
        """The words of the segments, over the tiles: at their begin, or at the left edge, where they fit whole."""
        px = self._look.theme.px
        for band in placed:
            for mark, following in band.lane.worded:
                box = self.box(band, mark, axis)
                if box.right() <= 0 or box.left() >= axis.width:
                    continue
                right = min(box.right(), float(axis.width)) - px(2)
                area = QRectF(max(0.0, box.left()) + px(6), box.top(), 0, box.height())
                area.setRight(right)
                self._word(painter, area, mark, min(axis.x(following), axis.width) - box.right())

    def _word(self, painter: QPainter, area: QRectF, mark: Mark, free: float) -> None:
        """The words of a segment inside it, its short form, or the words after it where `free` pixels are enough."""
        theme, px = self._look.theme, self._look.theme.px
        font, open_ = theme.font(Type.BODY), mark.style in (Style.UNKNOWN, Style.CONFLICT)
        for words in (f"? {mark.words}" if open_ else mark.words, mark.brief, "?" if open_ else ""):
            if words and paint.width_of(theme, Type.BODY, words) <= area.width():
                paint.text(painter, area, words, font, self._ink(mark))
                return
        width = paint.width_of(theme, Type.BODY, mark.words)
        if not open_ and width + px(16) < free:
            after = QRectF(area.right() + px(8), area.top(), width, area.height())
            paint.text(painter, after, mark.words, font, theme.tokens.ink)

    def _ink(self, mark: Mark) -> str:
        t = self._look.theme.tokens
        if mark.style is Style.CLOCK:
            return {Level.RED: t.onred, Level.YELLOW: t.onyellow}.get(mark.level, t.ink)
        inks = {Style.STRONG: t.onfill, Style.RECORDING: t.surface, Style.OVER: t.onred}
        return inks.get(mark.style, t.ink)

    def _gap(self, painter: QPainter, box: QRectF, level: Level) -> None:
        """Stripes, framed in the level: red where the law wants the whole, yellow elsewhere."""
        t = self._look.theme.tokens
        wide = QRectF(box.left(), box.top(), max(box.width(), self._look.theme.px(8)), box.height())
        paint_gap(painter, wide)
        colour = t.red if level is Level.RED else t.yellowedge
        paint.frame(painter, wide.adjusted(-2, -2, 2, 2), colour, width=2, radius=2)

    # ------------------------------------------------------------ points

    def _point(self, painter: QPainter, box: QRectF, mark: Mark, free: float) -> None:
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        side = min(box.width(), box.height())
        sign = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        ink = t.ink
        match mark.style:
            case Style.END:
                painter.fillRect(
                    QRectF(round(box.center().x()) - 1, box.top() - 3, 3, box.height() + 6), QColor(t.red)
                )
                return
            case Style.LEVEL:
                paint_level(painter, mark.level, sign, theme)
            case Style.LOSS:
                self._gap(painter, QRectF(sign.left(), sign.top() + 2, px(12), sign.height() - 4), mark.level)
                ink = t.redtext if mark.level is Level.RED else t.yellowtext
            case Style.LATE:
                width = paint.width_of(theme, Type.BODY, mark.words) + side + px(12)
                if box.left() + width < free:
                    chip = QRectF(box.left() - 2, box.top(), width, box.height())
                    paint.frame(painter, chip, t.yellowedge, radius=2, ground=t.yellowtint)
                self._look.icons.paint(painter, mark.icon, sign, t.yellowtext)
                ink = t.yellowtext
            case _:
                self._look.icons.paint(painter, mark.icon, sign, t.ink2)
        area = QRectF(sign.right() + px(4), box.top(), px(REACH), box.height())
        width = paint.width_of(theme, Type.BODY, mark.words)
        if mark.words and area.left() + width + px(6) < free and width < area.width():
            paint.text(painter, area, mark.words, theme.font(Type.BODY), ink)

    # ------------------------------------------------------------ over the tiles

    def now(self, painter: QPainter, x: float, top: float, bottom: float) -> None:
        """The dashed line of the present."""
        pen = QPen(QColor(self._look.theme.tokens.ink), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(round(x), round(top), round(x), round(bottom))
