"""Pieces of the sign-in and lock screens: a panel with a head, the field of a secret, the prompt for a card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look


class Panel(QFrame):
    """A panel: icon and title in a head of 44 px, and a column below for what stands in it."""

    def __init__(self, look: Look, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        px = look.theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.title = PlainLabel(role="strong")
        if icon:
            head = QFrame(self)
            head.setProperty("role", "head")
            head.setMinimumHeight(look.theme.box(44))
            row = QHBoxLayout(head)
            row.setContentsMargins(px(14), px(4), px(14), px(4))
            row.setSpacing(px(10))
            row.addWidget(IconLabel(look, icon, 22))
            row.addWidget(self.title, 1)
            whole.addWidget(head)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(px(14), px(10), px(14), px(12))
        self.column.setSpacing(px(8))
        whole.addLayout(self.column, 1)


class SecretField(QLineEdit):
    """A field for a secret; `capitals` tells when letters come out as capitals without Shift."""

    capitals = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(256)
        self.setProperty("role", "count")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._capitals = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            locked = letter.isupper() != shift
            if locked != self._capitals:
                self._capitals = locked
                self.capitals.emit(locked)
        super().keyPressEvent(event)


class CardPrompt(QFrame):
    """The place that asks for a card, and says what was read."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "prompt")
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(14), px(18), px(14))
        row.setSpacing(px(18))
        row.addWidget(IconLabel(look, "card", 44))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self.title = PlainLabel(role="title", wrap=True)
        self.detail = PlainLabel(role="secondary", wrap=True)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        row.addLayout(words, 1)

    def say(self, title: str, detail: str) -> None:
        """Set both lines; an empty detail takes no room."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))


def rule() -> QFrame:
    """A thin line between things."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line
