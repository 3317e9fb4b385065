"""The editor of a text that may be spelt by initials: what they mean is said beside them while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from ui.context import Context
from ui.steps.editors import Editor, Line
from ui.steps.forms.phrases import spelt
from ui.widgets.labels import PlainLabel


class Initials(Line):
    """A line in which letters are letters: the input method is off until Insert turns it on for free text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            on = not self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
            return
        super().keyPressEvent(event)


class PhraseEditor(Editor):
    """A line of text with a list of phrases; their initials stand for them, anything else stands for itself."""

    def __init__(
        self,
        context: Context,
        name: str,
        phrases: Mapping[str, str],
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._phrases = phrases
        self.line = Initials(self)
        self.line.setObjectName(name)
        self.line.setMaxLength(4000)
        free = context.words.pick("首字母选词；Ins 切换输入法", "Initials, or Ins for free text")
        self.line.setPlaceholderText(hint or free)
        self.line.setToolTip("  ".join(f"{key} {text}" for key, text in phrases.items()))
        completer = QCompleter(QStringListModel(list(phrases.values()), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        self.said = PlainLabel(role="secondary", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.said)
        self.said.hide()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._finish)
        completer.activated.connect(self._typed)

    def _typed(self, words: str) -> None:
        meant = spelt(self._phrases, words)
        self.said.setText(f"→ {meant}" if meant != words else "")
        self.said.setVisible(meant != words)
        self.edited.emit(meant)

    def _finish(self) -> None:
        """What the initials mean takes their place."""
        meant = spelt(self._phrases, self.line.text())
        if meant != self.line.text():
            self.line.setText(meant)
        self.said.hide()

    def put(self, value: Any) -> None:
        words = str(value or "")
        if words != spelt(self._phrases, self.line.text()):
            self.line.setText(words)
            self.said.hide()
