"""The base of every painted widget: it follows the look and the language, and asks for room by metrics."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QWidget

from ui.widgets.look import Look


class Painted(QWidget):
    """A widget that paints itself from the present look."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """The theme changed: ask for the new size and paint again."""
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        """The language changed; widgets with words of their own say them anew."""
        self.restyle()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
