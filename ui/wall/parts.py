"""Head, foot and side of the wall, painted in the dark look whatever the desk has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.labels import paint_level_chip
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, paint_shape


class Head(Painted):
    """Centre, time, how many are here, open warnings; in trouble a red field with what is wrong."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._centre, self._trouble = "", ""
        self._time = ("", "")
        self._counts: Sequence[tuple[str, str]] = ()
        self._levels: Mapping[Level, tuple[str, int]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set(
        self,
        centre: str,
        time: tuple[str, str],
        counts: Sequence[tuple[str, str]],
        levels: Mapping[Level, tuple[str, int]],
        trouble: str,
    ) -> None:
        """Show these values. `time`: hours and minutes, and the seconds."""
        told = (centre, time, list(counts), dict(levels), trouble)
        if told == (self._centre, self._time, list(self._counts), dict(self._levels), self._trouble):
            return
        self._centre, self._time, self._counts, self._levels, self._trouble = (
            centre, time, counts, levels, trouble,
        )  # fmt: skip
        words = [centre, *(f"{word} {number}" for word, number in counts), trouble]
        words += [f"{word} {number}" for word, number in levels.values()]
        self.setAccessibleName(", ".join(part for part in words if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.box(92, Type.WALL_VALUE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.frame))
        box = QRectF(self.rect()).adjusted(px(28), 0, -px(28), 0)
        right = box.right() - self._paint_levels(painter, box)
        pieces = [(self._centre, Type.WALL_TITLE, t.frametext, px(40))]
        pieces += [
            (self._time[0], Type.WALL_NAME, t.frametext, 0),
            (self._time[1], Type.WALL, t.frametext2, px(40)),
        ]
        x = box.left()
        for words, role, colour, gap in pieces:
            if x + paint.width_of(theme, role, words) > right:
                break
            area = QRectF(x, box.top(), right - x, box.height())
            x += paint.text(painter, area, words, theme.font(role), colour) + gap
        for word, number in self._counts:
            first = paint.width_of(theme, Type.WALL, word) + px(12)
            if x + first + paint.width_of(theme, Type.WALL_NAME, number) > right:
                break
            area = QRectF(x, box.top(), right - x, box.height())
            paint.text(painter, area, word, theme.font(Type.WALL), t.frametext2)
            area.setLeft(x + first)
            x = (
                area.left()
                + paint.text(painter, area, number, theme.font(Type.WALL_NAME), t.frametext)
                + px(36)
            )
        if self._trouble:
            self._paint_trouble(painter, QRectF(x, box.top(), right - x - px(16), box.height()))
        painter.end()

    def _paint_levels(self, painter: QPainter, box: QRectF) -> float:
        """The chips at the right; returns the width that they take."""
        theme, px = self.look.theme, self.look.theme.px
        height, x = theme.box(56, Type.WALL_TITLE), box.right()
        for level, (word, number) in reversed(tuple(self._levels.items())):
            words = f"{word} {number}"
            wide = paint.width_of(theme, Type.WALL, words) + px(46)
            chip = QRectF(x - wide, box.center().y() - height / 2, wide, height)
            if number:
                paint_level_chip(painter, chip, level, words, self.look, frame=True, role=Type.WALL)
            else:
                self._paint_none(painter, chip, level, words)
            x -= wide + px(10)
        return box.right() - x

    def _paint_none(self, painter: QPainter, chip: QRectF, level: Level, words: str) -> None:
        """A level at which nobody stands: outline only, no colour."""
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        paint.frame(painter, chip, t.frametext2, radius=px(3), ground=t.frame)
        mark = QRectF(chip.left() + px(8), chip.center().y() - px(8), px(16), px(16))
        paint_shape(painter, LEVEL_SHAPES[level], mark, theme, t.frametext2, hollow=True)
        paint.text(painter, chip.adjusted(px(30), 0, 0, 0), words, theme.font(Type.WALL), t.frametext2)

    def _paint_trouble(self, painter: QPainter, area: QRectF) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        height = theme.box(48, Type.WALL)
        wide = min(area.width(), paint.width_of(theme, Type.WALL, self._trouble) + px(60))
        box = QRectF(area.right() - wide, area.center().y() - height / 2, wide, height)
        paint.frame(painter, box, t.red, radius=px(3), ground=t.red)
        mark = QRectF(box.left() + px(10), box.center().y() - px(13), px(26), px(26))
        paint_shape(painter, LEVEL_SHAPES[Level.RED], mark, theme, t.onred)
        inner = box.adjusted(px(44), 0, -px(10), 0)
        paint.text(painter, inner, self._trouble, theme.font(Type.WALL), t.onred, elide=True)


class Foot(Painted):
    """What the shapes mean, and that nobody is named here."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._legend: Sequence[tuple[Level, str]] = ()
        self._middle, self._end = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set(self, legend: Sequence[tuple[Level, str]], middle: str, end: str) -> None:
        """Show these words."""
        if (list(legend), middle, end) == (list(self._legend), self._middle, self._end):
            return
        self._legend, self._middle, self._end = legend, middle, end
        self.setAccessibleName(
            ", ".join(part for part in (*(words for _, words in legend), middle, end) if part)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.box(52, Type.WALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.frame))
        box = QRectF(self.rect()).adjusted(px(28), 0, -px(28), 0)
        x, side = box.left(), px(20)
        for level, words in self._legend:
            colour = t.frametext if level is Level.UNKNOWN else theme.level(level).text
            mark = QRectF(x, box.center().y() - side / 2, side, side)
            paint_shape(painter, LEVEL_SHAPES[level], mark, theme, colour)
            area = QRectF(mark.right() + px(8), box.top(), box.right() - x, box.height())
            x = area.left() + paint.text(painter, area, words, theme.font(Type.BODY), colour) + px(28)
        end = paint.width_of(theme, Type.BODY, self._end)
        if x + end <= box.right():
            align = Qt.AlignmentFlag.AlignRight
            paint.text(painter, box, self._end, theme.font(Type.BODY), t.frametext2, align=align)
        middle = QRectF(x, box.top(), box.right() - end - px(28) - x, box.height())
        if self._middle and middle.width() > 0:
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, middle, self._middle, theme.font(Type.STRONG), t.frametext, align=centre)
        painter.end()


class SoonPanel(Painted):
    """What is expected next: reserved rooms, returns, arrivals; by time and number only."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title, self._none = "", ""
        self._rows: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set(self, title: str, rows: Sequence[tuple[str, str]], none: str) -> None:
        """Show these lines, or the word for none."""
        if (title, list(rows), none) == (self._title, list(self._rows), self._none):
            return
        self._title, self._rows, self._none = title, rows, none
        told = [f"{at} {words}" for at, words in rows] or [none]
        self.setAccessibleName(", ".join((title, *told)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(300), self.look.theme.px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(px(7), px(7), -px(7), -px(7))
        paint.frame(painter, rect, t.line, radius=px(3), ground=t.surface)
        inner = rect.adjusted(px(18), px(14), -px(14), -px(14))
        line = theme.line(Type.WALL)
        head = QRectF(inner.left(), inner.top(), inner.width(), theme.line(Type.WALL_TITLE))
        paint.text(painter, head, self._title, theme.font(Type.WALL_TITLE), t.ink)
        y = head.bottom() + px(14)
        for at, words in self._rows or [("", self._none)]:
            area = QRectF(inner.left(), y, inner.width(), line)
            wide = paint.text(painter, area, at, theme.font(Type.WALL), t.ink) + px(12) if at else 0
            area = area.adjusted(0, line, 0, line) if at else area
            paint.text(painter, area, words, theme.font(Type.WALL), t.ink2 if not at else t.ink, elide=True)
            y += (2 if wide else 1) * line + px(16)
        painter.end()
