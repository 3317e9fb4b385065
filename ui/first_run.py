"""The first question ever: to practise, or to work in earnest. Asked before there is any data to tell.

A store is one or the other for ever, so nothing is chosen in advance and Enter on an empty choice does nothing.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Words
from ui.fonts import load_fonts
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look

MODES = ("practice", "live")
_ICONS = {"practice": "scenario", "live": "approve"}


class ModeQuestion(QWidget):
    """Two panels, one a mode, each saying what it means. `chosen` is empty while nobody has chosen."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self.setObjectName("first-run")
        self.setWindowTitle(words("first-run.title"))
        self.chosen = ""
        self._loop = QEventLoop()
        px = look.theme.px
        title = PlainLabel(words("first-run.title"), role="hero")
        hint = PlainLabel(words("first-run.hint"), role="secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        self.buttons: dict[str, ActionButton] = {}
        for key, mode in enumerate(MODES, start=1):
            panel = Panel(look, _ICONS[mode], words(f"first-run.{mode}"), self)
            panel.body.addWidget(PlainLabel(words(f"first-run.{mode}.means"), wrap=True))
            panel.body.addStretch(1)
            button = ActionButton(
                look, words(f"first-run.{mode}.do"), icon=_ICONS[mode], key=str(key), parent=panel
            )
            button.setObjectName(f"first-run.{mode}")
            button.acted.connect(lambda mode=mode: self._choose(mode))
            panel.body.addWidget(button)
            self.buttons[mode] = button
            row.addWidget(panel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(32), px(32), px(32), px(32))
        column.setSpacing(px(12))
        column.addWidget(title)
        column.addWidget(hint)
        column.addSpacing(px(12))
        column.addLayout(row)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(px(900), px(480))

    def ask(self) -> str:
        """Show the question and wait; the mode, or an empty string when the window was closed."""
        self.show()
        self.setFocus()
        self._loop.exec()
        self.hide()
        return self.chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.text()
        if number in ("1", "2"):
            self._choose(MODES[int(number) - 1])
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._loop.quit()
        super().closeEvent(event)

    def _choose(self, mode: str) -> None:
        self.chosen = mode
        self._loop.quit()


def ask_mode(application: QApplication, words: Words, resources: Path) -> str:
    """Ask at a window of its own; practice, live, or an empty string."""
    look = Look(Theme(families=load_fonts(resources / "fonts")), resources / "icons")
    look.apply(application)
    question = ModeQuestion(words, look)
    mode = question.ask()
    question.deleteLater()
    return mode
