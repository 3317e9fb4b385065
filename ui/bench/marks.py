"""Small things of the bench: the marks that keep simulated and real apart, and a field for a number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSpinBox, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.frame import Panel
from ui.widgets.look import Look
from ui.widgets.painted import Painted


class DeviceTag(Painted):
    """The word that tells a simulated device (dashed, magenta) from a real one (solid, ink)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words, self._simulated = "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, words: str, *, simulated: bool) -> None:
        """Say which it is."""
        self._words, self._simulated = paint.literal(words), simulated
        self.setAccessibleName(self._words)
        self.restyle()

    def words(self) -> str:
        """What stands on it."""
        return self._words

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(16), theme.box(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        colour = t.sim if self._simulated else t.ink
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.frame(painter, box, colour, width=2, radius=theme.px(3), dashed=self._simulated)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, box, self._words, theme.font(Type.BODY_BOLD), colour, align=centre)
        painter.end()


class SimEdge(Painted):
    """Magenta stripes along the top of a panel: nothing in it is real. The word stands in the panel's head."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.stripes(painter, self.rect(), self.look.theme, self.look.tiles)
        painter.end()


def edged(look: Look, panel: Panel) -> SimEdge:
    """Put stripes along the top of a panel."""
    edge = SimEdge(look, panel)
    layout = panel.layout()
    assert layout is not None, "a panel has a layout"
    layout.insertWidget(0, edge)  # type: ignore[attr-defined]
    return edge


class Number(QSpinBox):
    """A whole number, at the right of its field; the wheel of the list around it does not change it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(look.theme.box(34))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
