"""The first window: there at once, before anything heavy is imported, and replaced by the workplace.

It knows only the tokens of the look. What is typed meanwhile is kept for whoever has the keyboard next.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import LIGHT

STRIP = 56
NAME = "一站式执法办案管理中心工作站"
OPENING = "正在打开  Opening"


class Front(QWidget):
    """Frame and ground of the window with the name of the program.

    `painted` is emitted once after it was drawn, and once more after each `wait`.
    """

    painted = Signal()

    def __init__(self, families: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("front")
        self.setWindowTitle(NAME)
        self.setAccessibleName(f"{NAME} {OPENING}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(1366, 768)
        self.families = families
        self._font = QFont(families[0] if families else "")
        self._told = False
        self._shown: QWidget | None = None
        self.typed = ""

    def show_instead(self, widget: QWidget) -> None:
        """Put a widget in the place of the word that it is opening."""
        self._shown = widget
        column = self.layout() or QVBoxLayout(self)
        column.setContentsMargins(0, STRIP, 0, 0)
        column.addWidget(widget)
        widget.show()
        widget.setFocus()
        self.setAccessibleName(f"{NAME} {widget.accessibleName()}")
        self.update()

    def wait(self) -> None:
        """Say again that it is opening, in the place of what was shown instead."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self.setAccessibleName(f"{NAME} {OPENING}")
        self._told = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The strip, the ground, the name and what is going on."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), LIGHT.canvas)
        painter.fillRect(0, 0, self.width(), STRIP, LIGHT.frame)
        self._font.setPixelSize(20)
        painter.setFont(self._font)
        painter.setPen(LIGHT.frametext)
        left = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(16, 0, self.width() - 32, STRIP), left, NAME)
        if self._shown is None:
            painter.setPen(LIGHT.ink2)
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, OPENING)
        painter.end()
        if not self._told:
            self._told = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what is typed; nothing else happens here."""
        if event.text().isprintable():
            self.typed += event.text()
