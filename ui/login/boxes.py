"""Grounds of the dialog for two: the veil behind it, tinted boxes, the ink head and the words on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look


class Veil(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def show(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        super().show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(10, 18, 24, 158))
        painter.end()


class Tinted(QFrame):
    """A box with a ground of the theme and an edge around it, or a `bar` at its left: done, awaited or refused."""

    def __init__(
        self,
        look: Look,
        edge: str,
        ground: str,
        *,
        dashed: bool = False,
        bar: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._edge, self._ground, self._dashed, self._bar = look, edge, ground, dashed, bar
        px = look.theme.px
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(px(16), px(10), px(14), px(10))
        self.row.setSpacing(px(12))

    def tint(self, edge: str, ground: str) -> None:
        """Edge and ground in the colours of other tokens."""
        self._edge, self._ground = edge, ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        edge, ground = theme.colour(self._edge).name(), theme.colour(self._ground).name()
        if self._bar:
            painter.fillRect(self.rect(), theme.colour(self._ground))
            painter.fillRect(0, 0, theme.px(5), self.height(), theme.colour(self._edge))
        else:
            paint.frame(
                painter, self.rect(), edge, width=2, radius=theme.px(4), dashed=self._dashed, ground=ground
            )
        painter.end()


class Head(QFrame):
    """The ink ground of the title."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("fill"))
        painter.end()


class OnFill(PlainLabel):
    """Words on the ink ground."""

    def __init__(self, look: Look, role: Type, parent: QWidget) -> None:
        super().__init__("", parent)
        self._look = look
        self._role = role
        look.changed.connect(self._style)
        self._style()

    def _style(self) -> None:
        self.setFont(self._look.theme.font(self._role))
        self.setStyleSheet(
            f"color: {self._look.theme.tokens.onfill}; font-size: {self.font().pixelSize()}px; font-weight: 700;"
        )
