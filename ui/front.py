"""The first window: there at once, before anything heavy is imported, and replaced by the workplace.

It knows only the tokens of the look. What is typed meanwhile is kept for whoever has the keyboard next. It is made of
labels and a sheet, without the name `Qt`, pens or brushes: to make their enumerations takes a tenth of the time that
this window may take.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.tokens import DARK, LIGHT

STRIP = 56
NAME = "一站式执法办案管理中心工作站"
OPENING = "正在打开  Opening"
KEPT = "window.toml"
_DARK = re.compile(r'^theme\s*=\s*"dark"', re.MULTILINE)
_SHEET = """
#front {{ background: {t.canvas}; }}
#front-name, #front-word {{ font-family: "{family}"; font-size: 20px; }}
#front-name {{ background: {t.frame}; color: {t.frametext}; padding-left: 16px; }}
#front-word {{ color: {t.ink2}; }}
"""


def was_dark(home: Path) -> bool:
    """Whether the preferences kept in this data folder want a dark window; what is odd in them is told later."""
    try:
        return _DARK.search((home / KEPT).read_text("utf-8")) is not None
    except (OSError, UnicodeDecodeError):
        return False


class Front(QWidget):
    """Frame and ground of the window with the name of the program.

    `painted` is emitted once after it was drawn, and once more after each `wait`.
    """

    painted = Signal()

    def __init__(self, families: tuple[str, ...], *, dark: bool = False) -> None:
        super().__init__()
        self.setObjectName("front")
        self.setWindowTitle(NAME)
        self.setAccessibleName(f"{NAME} {OPENING}")
        self.families, self.dark = families, dark
        self._name, self._word = QLabel(NAME, self), QLabel(OPENING, self)
        self._name.setObjectName("front-name")
        self._word.setObjectName("front-word")
        family = families[0] if families else ""
        self.setStyleSheet(_SHEET.format(t=DARK if dark else LIGHT, family=family))
        self._told = False
        self._shown: QWidget | None = None
        self.typed = ""
        self.resize(1366, 768)

    def show_instead(self, widget: QWidget) -> None:
        """Put a widget in the place of the word that it is opening."""
        self._shown = widget
        self._word.hide()
        column = self.layout() or QVBoxLayout(self)
        column.setContentsMargins(0, STRIP, 0, 0)
        column.addWidget(widget)
        widget.show()
        widget.setFocus()
        self.setAccessibleName(f"{NAME} {widget.accessibleName()}")

    def wait(self) -> None:
        """Say again that it is opening, in the place of what was shown instead."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self._word.show()
        self.setAccessibleName(f"{NAME} {OPENING}")
        self._told = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name over the whole width, the word in the middle."""
        self._name.resize(self.width(), STRIP)
        self._word.adjustSize()
        self._word.move((self.width() - self._word.width()) // 2, (self.height() - self._word.height()) // 2)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time."""
        super().paintEvent(event)
        if not self._told:
            self._told = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what is typed; nothing else happens here."""
        if event.text().isprintable():
            self.typed += event.text()
