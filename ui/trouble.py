"""What kept the program from opening, in the place of the workplace: until it is put right, or the window is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.catalogue import LANGUAGES, Catalogue
from workstation.errors import AppError

WIDEST = 860


class TroubleScreen(QWidget):
    """The sentence of an error and its advice in every language: which one is read here is not known yet.

    `again` asks to open once more; `left` to end.
    """

    again = Signal()
    left = Signal()

    def __init__(self, catalogue: Catalogue, look: Look, error: AppError, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trouble")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        px = look.theme.px
        both = [catalogue.text("opening.trouble", language) for language in LANGUAGES]
        panel = Panel(look, "fault", " ".join(both), self)
        panel.setMaximumWidth(px(WIDEST))
        for number, language in enumerate(LANGUAGES):
            panel.body.addSpacing(px(14) if number else 0)
            said = (
                (catalogue.text(error.code, language, error.values), "strong"),
                (catalogue.advice(error.code, language, error.values), ""),
                (catalogue.text("opening.safe", language), "secondary"),
            )
            for words, role in said:
                panel.body.addWidget(PlainLabel(words, role=role, wrap=True))
        self.retry = self._button(look, catalogue, "opening.again", "F5", "primary")
        self.retry.acted.connect(self.again)
        self.leave = self._button(look, catalogue, "opening.leave", "Esc", "")
        self.leave.acted.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.retry)
        row.addWidget(self.leave)
        row.addStretch(1)
        panel.body.addSpacing(px(8))
        panel.body.addLayout(row)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(panel, 20)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)
        self.setAccessibleName(" ".join(label.text() for label in self.findChildren(PlainLabel)))
        self.setFocusProxy(self.retry)

    @staticmethod
    def _button(look: Look, catalogue: Catalogue, code: str, key: str, role: str) -> ActionButton:
        words = " ".join(catalogue.text(code, language) for language in LANGUAGES)
        button = ActionButton(look, words, key=key, role=role)
        button.setObjectName(code)
        return button


def trouble_screen(
    application: QApplication, words: Catalogue, theme: Theme, icons: Path, error: AppError, parent: QWidget
) -> TroubleScreen:
    """The screen with a look of its own."""
    look = Look(theme, icons, parent)
    look.apply(application)
    return TroubleScreen(words, look, error, parent)
