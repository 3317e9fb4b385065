"""The editor of colleagues: one or several, by number, name or card."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QCompleter, QVBoxLayout, QWidget

from ui.context import Context
from ui.steps.editors import Editor, Line
from ui.steps.fields import Facts
from ui.widgets.labels import PlainLabel, restyle


class StaffEditor(Editor):
    """One member of staff or several, by number or name; whom the words mean is said beside them."""

    def __init__(
        self,
        context: Context,
        name: str,
        hint: str = "",
        *,
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._many = context, many
        self._facts: Facts | None = None
        self.line = Line(self)
        self.line.setObjectName(name)
        self.line.setPlaceholderText(hint or context.words.pick("警号、姓名或刷卡", "Number, name or card"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if not many:
            self.line.setCompleter(completer)
        completer.activated.connect(self._typed)
        self.said = PlainLabel(role="secondary", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.said)
        self.said.hide()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)

    def close_list(self) -> None:
        """Put the offered names away."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.focusProxy() is self.line:
            popup.hide()

    def know(self, facts: Facts) -> None:
        """Who there is."""
        if self._facts is None or self._facts.staff is not facts.staff:
            self._names.setStringList([f"{one.number} {one.name}" for one in facts.staff if one.active])
        self._facts = facts

    def _find(self, words: str) -> str:
        """The id of the one whom the words mean, or an empty string."""
        rows = [one for one in self._facts.staff if one.active] if self._facts else []
        exact = [one for one in rows if words in (one.number, one.name, f"{one.number} {one.name}", one.card)]
        if not exact and len(words) >= 2:
            exact = [one for one in rows if words in one.name or one.number.endswith(words)]
        return exact[0].id if len(exact) == 1 else ""

    def _name(self, staff: str) -> str:
        rows = self._facts.staff if self._facts else ()
        return next((f"{one.number} {one.name}" for one in rows if one.id == staff), staff)

    def _typed(self, words: str) -> None:
        if not self._many:
            found = self._find(words.strip())
            self._say([] if found else [words.strip()] if words.strip() else [], [found] if found else [])
            self.edited.emit(found or None)
            return
        parts = [part for part in re.split(r"[\s、，,;；]+", words.strip()) if part]
        found_all = [self._find(part) for part in parts]
        unknown = [part for part, found in zip(parts, found_all, strict=True) if not found]
        known = list(dict.fromkeys(found for found in found_all if found))
        self._say(unknown, known)
        self.edited.emit(known)

    def _say(self, unknown: list[str], known: list[str]) -> None:
        names = "、".join(self._name(one) for one in known)
        odd = self._context.words.pick("没有找到：", "Not found: ") + "、".join(unknown) if unknown else ""
        self.said.setText("   ".join(part for part in (odd, f"✓ {names}" if names else "") if part))
        restyle(self.said, level="red" if unknown else "")
        self.said.setVisible(bool(unknown or known))

    def put(self, value: Any) -> None:
        wanted = [value] if isinstance(value, str) and value else list(value or ())
        rows = self._facts.staff if self._facts else ()
        numbers = {one.id: one.number for one in rows}
        words = " ".join(numbers.get(one, one) for one in wanted)
        if words != self.line.text().strip():
            self.line.setText(words)
        self._say([], wanted)
