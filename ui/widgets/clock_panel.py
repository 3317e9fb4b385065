"""A legal clock with its reason: what is left, from when to when, by which article."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.shapes import LEVEL_SHAPES, paint_shape


@dataclass(frozen=True)
class ClockData:
    """One clock: name, value with 剩 or 超 in it, the two lines of why, part used 0 to 1, level."""

    name: str
    value: str
    why: tuple[str, ...] = ()
    used: float | None = None
    level: Level = Level.NONE


class ClockPanel(QAbstractButton):
    """One clock; a press asks for its computation (`clicked`, key W on the screen)."""

    acted = Signal()

    def __init__(self, look: Look, clock: ClockData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._clock = look, clock
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)
        self.clicked.connect(self.acted)
        self.set(clock)

    def set(self, clock: ClockData) -> None:
        """Show another state of the clock."""
        grown = clock.why != self._clock.why or len(clock.value) != len(self._clock.value)
        self._clock = clock
        self.setAccessibleName(paint.literal(" ".join((clock.name, clock.value, *clock.why))))
        if grown:
            self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _stacked(self, width: int, theme: Theme) -> bool:
        """Whether name and value need a line each."""
        shape = theme.px(24) if self._clock.level in LEVEL_SHAPES else 0
        name = paint.width_of(theme, Type.BODY_BOLD, self._clock.name) + shape
        return name + paint.width_of(theme, Type.NAME, self._clock.value) + theme.px(36) > width

    def _name_height(self, width: int, theme: Theme) -> int:
        """Height of a name that has lines of its own; it breaks between words rather than being cut."""
        shape = theme.px(24) if self._clock.level in LEVEL_SHAPES else 0
        return self._height_of(self._clock.name, width - theme.px(24) - shape, Type.BODY_BOLD)

    def _height_of(self, words: str, room: int, role: Type) -> int:
        metrics, flags = self.look.theme.metrics(role), int(Qt.TextFlag.TextWordWrap.value)
        wrapped = metrics.boundingRect(0, 0, max(1, room), 9999, flags, paint.literal(words))
        return max(self.look.theme.line(role), wrapped.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = self.look.theme
        head = theme.line(Type.NAME) + (self._name_height(width, theme) if self._stacked(width, theme) else 0)
        return head + self._why_height(width, theme) + theme.px(6 + 6 + 12)

    def _why_height(self, width: int, theme: Theme) -> int:
        metrics, flags = theme.metrics(Type.BODY), int(Qt.TextFlag.TextWordWrap.value)
        room = max(1, width - theme.px(24))
        lines = [
            metrics.boundingRect(0, 0, room, 9999, flags, paint.literal(words)) for words in self._clock.why
        ]
        return sum(max(metrics.height(), line.height()) for line in lines)

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.look.theme.px(280))
        return QSize(self.look.theme.px(280), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        theme = self.look.theme
        width = max(paint.width_of(theme, Type.NAME, self._clock.value), theme.px(160)) + theme.px(24)
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px, clock = self.look.theme, self.look.theme.tokens, self.look.theme.px, self._clock
        painter = QPainter(self)
        box, colours = QRectF(self.rect()), theme.level(clock.level)
        if clock.level is Level.UNKNOWN:
            paint.hatch(painter, box, theme, self.look.tiles)
        else:
            width = {Level.RED: 3, Level.YELLOW: 2}.get(clock.level, 1)
            paint.frame(painter, box, colours.edge, width=width, radius=px(3), ground=colours.tint)
        left, x = px(12), float(px(12))
        head = QRectF(left, px(6), box.width() - 2 * left, theme.line(Type.NAME))
        stacked = self._stacked(self.width(), theme)
        tall = self._name_height(self.width(), theme)
        first = QRectF(left, px(6), head.width(), tall) if stacked else head
        if clock.level in LEVEL_SHAPES:
            side = px(16)
            mark = QRectF(x, first.center().y() - side / 2, side, side)
            paint_shape(painter, LEVEL_SHAPES[clock.level], mark, theme, colours.mark)
            x += px(24)
        area = QRectF(x, first.top(), head.right() - x, first.height())
        painter.setFont(theme.font(Type.BODY_BOLD))
        painter.setPen(QColor(t.ink))
        middle = int(Qt.AlignmentFlag.AlignVCenter.value) | int(Qt.TextFlag.TextWordWrap.value)
        painter.drawText(area, middle, paint.literal(clock.name))
        if stacked:
            head.moveTop(first.bottom())
        right = Qt.AlignmentFlag.AlignRight
        paint.text(painter, head, clock.value, theme.font(Type.NAME), t.ink, align=right)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(QColor(t.ink2 if clock.level is Level.NONE else t.ink))
        y, metrics = head.bottom(), theme.metrics(Type.BODY)
        flags = int(Qt.TextFlag.TextWordWrap.value)
        for words in clock.why:
            line = paint.literal(words)
            needed = metrics.boundingRect(0, 0, int(head.width()), 9999, flags, line).height()
            painter.drawText(QRectF(left, y, head.width(), needed + px(4)), flags, line)
            y += max(metrics.height(), needed)
        if clock.used is not None and clock.level is not Level.UNKNOWN:
            bar = QRectF(1, box.height() - px(6) - 1, box.width() - 2, px(6))
            painter.fillRect(bar, QColor(t.sunken))
            bar.setWidth(bar.width() * min(1.0, max(0.0, clock.used)))
            painter.fillRect(bar, QColor(t.ink2 if clock.level is Level.NONE else colours.edge))
        painter.end()
