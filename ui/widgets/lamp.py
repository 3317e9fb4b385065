"""The save lamp: whether what was entered is on disk. It is set only by the acknowledgement of the disk."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Type
from ui.tokens import DARK
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import Shape, paint_shape


class SaveState(StrEnum):
    """The four states of the record on this machine."""

    SAVED = "saved"
    WAITING = "waiting"
    READ_ONLY = "read-only"
    FAULT = "fault"


_DRAWN: dict[SaveState, tuple[Shape, str]] = {
    SaveState.SAVED: (Shape.DOT, DARK.ok),
    SaveState.WAITING: (Shape.RING, DARK.yellow),
    SaveState.READ_ONLY: (Shape.LOCK, DARK.ink),
    SaveState.FAULT: (Shape.TRIANGLE, DARK.redtext),
}


class SaveLamp(Painted):
    """Four shapes, four words, and a detail: the time of the last entry on disk, a count, or the cause.

    It starts as waiting: nothing is called saved before the disk has said so.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.state = SaveState.WAITING
        self._detail = ""
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set(SaveState.WAITING)

    def set(self, state: SaveState, detail: str = "") -> None:
        """Show a state and its detail."""
        self.state, self._detail = state, paint.literal(detail)
        self.setAccessibleName(" ".join(filter(None, (self.word(), self._detail))))
        self.restyle()

    def set_short(self, short: bool) -> None:
        """Leave out the detail where there is no room; a fault keeps its cause."""
        self._short = short
        self.updateGeometry()

    def word(self) -> str:
        """The word of the present state."""
        match self.state:
            case SaveState.SAVED:
                return self.tr("已落盘")
            case SaveState.WAITING:
                return self.tr("待落盘")
            case SaveState.READ_ONLY:
                return self.tr("只读")
            case SaveState.FAULT:
                return self.tr("故障")

    def retranslate(self) -> None:
        self.setAccessibleName(" ".join(filter(None, (self.word(), self._detail))))
        super().retranslate()

    def _shown(self) -> str:
        return "" if self._short and self.state in (SaveState.SAVED, SaveState.READ_ONLY) else self._detail

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(12 + 18 + 8 + 12) + paint.width_of(theme, Type.BODY_BOLD, self.word())
        if self._shown():
            width += theme.px(8) + paint.width_of(theme, Type.BODY, self._shown())
        return QSize(width, theme.box(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box.adjusted(0, 0, -1, 0), theme.colour("frame"))
        shape, colour = _DRAWN[self.state]
        side, x = theme.px(18), float(theme.px(12))
        paint_shape(painter, shape, QRectF(x, (box.height() - side) / 2, side, side), theme, colour)
        x += side + theme.px(8)
        area = box.adjusted(x, 0, 0, 0)
        x += paint.text(painter, area, self.word(), theme.font(Type.BODY_BOLD), theme.tokens.frametext)
        area = box.adjusted(x + theme.px(8), 0, 0, 0)
        paint.text(painter, area, self._shown(), theme.font(Type.BODY), theme.tokens.frametext2)
        painter.end()
