"""The door to go to, in large: what is asked, the number, and how the door stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted


@dataclass(frozen=True)
class PromptData:
    """What is to be done at which door: the request, the number, and how the door stands with its icon."""

    request: str = ""
    target: str = ""
    lines: tuple[tuple[str, str], ...] = ()  # icon, words
    level: Level = Level.NONE


class DoorPrompt(Painted):
    """The door to go to, large enough to be read from two metres."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.data = PromptData()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set(self, data: PromptData) -> None:
        """Show another request."""
        if data != self.data:
            taller = len(data.lines) != len(self.data.lines)
            self.data = data
            words = (data.request, data.target, *(words for _, words in data.lines))
            self.setAccessibleName(paint.literal(" ".join(filter(None, words))))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            if taller:
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        lines = (1 + len(self.data.lines)) * theme.line(Type.STRONG)
        return QSize(theme.px(240), theme.line(Type.TARGET) + lines + theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px, data = self.look.theme, self.look.theme.tokens, self.look.theme.px, self.data
        painter = QPainter(self)
        ground = t.yellowtint if data.level is Level.YELLOW else t.select
        painter.fillRect(self.rect(), QColor(ground))
        centre = Qt.AlignmentFlag.AlignHCenter
        line = theme.line(Type.STRONG)
        area = QRectF(px(8), px(8), self.width() - px(16), line)
        paint.text(painter, area, data.request, theme.font(Type.STRONG), t.ink, align=centre, elide=True)
        area = QRectF(0, area.bottom(), self.width(), theme.line(Type.TARGET))
        paint.text(painter, area, data.target, theme.font(Type.TARGET), t.ink, align=centre)
        top = area.bottom()
        for icon, words in data.lines:
            side, gap = px(20), px(8)
            width = min(paint.width_of(theme, Type.BODY_BOLD, words), self.width() - px(48))
            left = (self.width() - width - side - gap) / 2
            mark = QRectF(left, top + (line - side) / 2, side, side)
            self.look.icons.paint(painter, icon, mark, t.ink)
            words_at = QRectF(mark.right() + gap, top, width + 1, line)
            paint.text(painter, words_at, words, theme.font(Type.BODY_BOLD), t.ink, elide=True)
            top += line
        painter.end()
