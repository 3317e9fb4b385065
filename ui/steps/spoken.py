"""The line of an interview's record that is being typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.context import Context
from ui.steps.editors import Editor
from ui.steps.talk import Said
from ui.widgets.buttons import ActionButton
from ui.widgets.look import Look

SWAP = "Ctrl+R"


class SpokenLine(QLineEdit):
    """Enter records the line; the keyboard stays."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SpokenEditor(Editor):
    """Whose words, and the line. `spoken(said, text)`: the line is to be recorded, empty to send again."""

    spoken = Signal(str, str)

    def __init__(self, context: Context, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.said = Said.ASK
        pick = context.words.pick
        self.who = ActionButton(look, "", key=SWAP, parent=self)
        self.who.setObjectName(f"{name}.who")
        self.who.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.line = SpokenLine(self)
        self.line.setObjectName(name)
        self.line.setMaxLength(4000)
        self.line.setProperty("role", "count")
        hint = pick("Enter 记入笔录，Ctrl+M 作为标记", "Enter records the line, Ctrl+M marks it")
        self.line.setPlaceholderText(hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        row.addWidget(self.who)
        row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._record)
        self.who.acted.connect(self._swap)
        self.expect(Said.ASK)

    def expect(self, said: Said) -> None:
        """Whose words come next."""
        self.said = said
        word = self._context.words(f"steps.talk.{said}")
        self.who.set_words(word)
        self.line.setAccessibleName(word)

    def put(self, value: Any) -> None:
        words = str(value or "")
        if words != self.line.text():
            self.line.setText(words)

    def _typed(self, words: str) -> None:
        self.edited.emit(words)

    def _swap(self) -> None:
        self.expect(Said.ASK if self.said is Said.ANSWER else Said.ANSWER)
        self.take_focus()

    def _record(self) -> None:
        self.spoken.emit(self.said.value, self.line.text())
