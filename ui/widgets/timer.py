"""The timer chip: what is due, how long is left, and how much of the time is used."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, paint_shape


@dataclass(frozen=True)
class TimerData:
    """One timer: `label` what is due; `before` `value` `after` e.g. 剩 12 分, or +3 min.

    `used`: part of the time used, 0 to 1, or None when there is no bar. `note` replaces the value when nothing
    runs (待离区, 不适用). An unknown timer shows 未知 whatever its value was.
    """

    label: str
    value: str = ""
    before: str = ""
    after: str = ""
    level: Level = Level.NONE
    used: float | None = None
    note: str = ""
    unacknowledged: bool = False


def _unknown() -> str:
    return QCoreApplication.translate("TimerChip", "未知")


def spoken(timer: TimerData) -> str:
    """The timer as a phrase for a screen reader."""
    if timer.level is Level.UNKNOWN:
        return f"{timer.label} {_unknown()}"
    words = " ".join(part for part in (timer.before, timer.value, timer.after) if part)
    return f"{timer.label} {words or timer.note}"


def _parts(timer: TimerData, *, wall: bool = False) -> list[tuple[str, Type]]:
    small, large = (Type.WALL, Type.WALL_NAME) if wall else (Type.BODY, Type.NAME)
    if timer.level is Level.UNKNOWN:
        return [(_unknown(), large)]
    if not timer.value:
        return [(timer.note, small)]
    parts = [(timer.before, small), (timer.value, large), (timer.after, small)]
    return [(words, role) for words, role in parts if words]


def timer_width(timer: TimerData, theme: Theme) -> int:
    """The least width at which nothing of the timer is cut."""
    shape = theme.px(20) if timer.level in LEVEL_SHAPES else 0
    label = paint.width_of(theme, Type.BODY, timer.label) + shape
    parts = _parts(timer)
    value = sum(paint.width_of(theme, role, words) for words, role in parts) + theme.px(3) * (len(parts) - 1)
    return max(label, value) + theme.px(16)


def timer_height(theme: Theme, *, wall: bool = False) -> int:
    """Height of a timer: label line, value line, bar. `wall`: to be read from across a hall."""
    if wall:
        lines = theme.metrics(Type.WALL).height() + theme.metrics(Type.WALL_NAME).height()
        return max(theme.px(92), round(lines * 0.85) + theme.px(14))
    return max(theme.px(56), theme.metrics(Type.BODY).height() + theme.px(24 + 7 + 2))


def paint_timer(
    painter: QPainter, rect: QRectF, timer: TimerData, look: Look, *, hollow: bool = False, wall: bool = False
) -> None:
    """Draw a timer into `rect`; `hollow` is the outlined half of the beat of an unacknowledged level."""
    theme, t = look.theme, look.theme.tokens
    radius = theme.px(3)
    label, value, bar, track = t.ink2, t.ink, t.ink2, t.sunken
    match timer.level:
        case Level.NONE:
            paint.frame(painter, rect, t.line, radius=radius, ground=t.surface2)
            if not timer.value:
                value = t.ink2
        case Level.BLUE:
            paint.frame(painter, rect, t.blue, radius=radius, ground=t.bluetint)
            label, bar = t.bluetext, t.blue
        case Level.YELLOW:
            paint.frame(painter, rect, t.yellowedge, radius=radius, ground=t.yellow)
            label = value = bar = t.onyellow
            track = t.yellow
        case Level.RED:
            paint.frame(painter, rect, t.red, radius=radius, ground=t.red)
            label = value = bar = t.onred
            track = t.red
        case Level.UNKNOWN:
            paint.hatch(painter, rect, theme, look.tiles)
            label = t.ink
    left = rect.left() + theme.px(8)
    right = rect.right() - theme.px(6)
    bar_height = theme.px(5)
    line = (rect.height() - bar_height - theme.px(4)) * 0.44
    top = rect.top() + theme.px(3)
    label_box = QRectF(left, top, right - left, line)
    paint.text(painter, label_box, timer.label, theme.font(Type.WALL if wall else Type.BODY), label)
    shape = LEVEL_SHAPES.get(timer.level)
    if shape is not None:
        side = theme.px(22 if wall else 16)
        mark = QRectF(right - side, label_box.center().y() - side / 2, side, side)
        paint_shape(
            painter, shape, mark, theme, t.bluetext if timer.level is Level.BLUE else label, hollow=hollow
        )
    base = top + line + (rect.bottom() - bar_height - top - line) * 0.76
    x = left
    for words, role in _parts(timer, wall=wall):
        font = theme.font(role)
        painter.setFont(font)
        painter.setPen(QColor(value))
        painter.drawText(round(x), round(base), paint.literal(words))
        x += paint.width_of(theme, role, words) + theme.px(3)
    if timer.used is not None and timer.level is not Level.UNKNOWN:
        inner = QRectF(rect.left() + 1, rect.bottom() - bar_height - 1, rect.width() - 2, bar_height)
        painter.fillRect(inner, QColor(track))
        inner.setWidth(inner.width() * min(1.0, max(0.0, timer.used)))
        painter.fillRect(inner, QColor(bar))


class TimerChip(Painted):
    """A timer on its own, 56 px high."""

    def __init__(self, look: Look, timer: TimerData, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._timer = timer
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.swapped.connect(self.update)
        self.set(timer)

    def set(self, timer: TimerData) -> None:
        """Show another reading."""
        if timer_width(timer, self.look.theme) != timer_width(self._timer, self.look.theme):
            self.updateGeometry()
        self._timer = timer
        self.setAccessibleName(spoken(timer))
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(spoken(self._timer))
        super().retranslate()

    def sizeHint(self) -> QSize:
        return QSize(timer_width(self._timer, self.look.theme), timer_height(self.look.theme))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hollow = self._timer.unacknowledged and self.look.hollow(self._timer.level)
        paint_timer(painter, QRectF(self.rect()), self._timer, self.look, hollow=hollow)
        painter.end()
