"""Rows of a form: label, value or editor, and where the value comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import PlainLabel, SourceBadge
from ui.widgets.look import Look


class FormRow:
    """One row: its label, its editor or value, and the badge of its source."""

    def __init__(self, label: PlainLabel, editor: QWidget, badge: SourceBadge) -> None:
        self.label, self.editor, self.badge = label, editor, badge

    def set_source(self, icon: str, words: str, kind: str = "device") -> None:
        """Say where the value comes from and when; empty words mean that nothing has come yet."""
        self.badge.set(icon, words, kind)
        self.badge.setVisible(bool(words))

    def set_value(self, words: str) -> None:
        """Set the value of a row that is not typed."""
        if isinstance(self.editor, PlainLabel):
            self.editor.setText(words)

    def set_visible(self, shown: bool) -> None:
        """Show or hide the whole row."""
        self.label.setVisible(shown)
        self.editor.setVisible(shown)
        self.badge.setVisible(shown and bool(self.badge.accessibleName()))


class Form(QWidget):
    """Rows of one label column, every row at least 36 px high; where it is narrow, labels stand above the values."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, labels: int = 120) -> None:
        super().__init__(parent)
        self._look = look
        self._labels = labels
        self._stacked = False
        self.rows: list[FormRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(12))
        self._grid.setVerticalSpacing(look.theme.px(4))
        self._grid.setColumnStretch(1, 1)
        look.changed.connect(self._fit)

    def add(self, label: str, editor: QWidget | None = None) -> FormRow:
        """Add a row; without an editor its value is text that the program sets."""
        words = PlainLabel(label, self, role="secondary", wrap=True)
        value = editor if editor is not None else PlainLabel("", self, role="value", wrap=True)
        if editor is not None:
            words.setBuddy(editor)
            if not editor.accessibleName():
                editor.setAccessibleName(paint.literal(label))
        badge = SourceBadge(self._look, "", "", parent=self)
        badge.hide()
        row = FormRow(words, value, badge)
        self.rows.append(row)
        self._put(len(self.rows) - 1)
        self._fit()
        return row

    def _put(self, number: int) -> None:
        row, middle = self.rows[number], Qt.AlignmentFlag.AlignVCenter
        if self._stacked:
            row.label.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
            self._grid.addWidget(row.label, 2 * number, 0, 1, 3)
            self._grid.addWidget(row.editor, 2 * number + 1, 0, 1, 2)
            self._grid.addWidget(row.badge, 2 * number + 1, 2, Qt.AlignmentFlag.AlignRight | middle)
        else:
            row.label.setAlignment(Qt.AlignmentFlag.AlignRight | middle)
            self._grid.addWidget(row.label, 2 * number, 0)
            self._grid.addWidget(row.editor, 2 * number, 1)
            self._grid.addWidget(row.badge, 2 * number, 2, Qt.AlignmentFlag.AlignRight | middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._look.theme
        stacked = self.width() < theme.px(self._labels + 320)
        if stacked != self._stacked:
            self._stacked = stacked
            for number in range(len(self.rows)):
                self._put(number)
        if stacked:
            self._grid.setColumnMinimumWidth(0, 0)
            for number in range(2 * len(self.rows)):
                self._grid.setRowMinimumHeight(number, 0)
            return
        widest = [paint.width_of(theme, Type.BODY, row.label.words()) for row in self.rows]
        self._grid.setColumnMinimumWidth(
            0, max([theme.px(self._labels), *(min(w, theme.px(200)) for w in widest)])
        )
        for number in range(len(self.rows)):
            self._grid.setRowMinimumHeight(2 * number, theme.box(36))


def at_left(widget: QWidget) -> QWidget:
    """A widget at the left of a row, no wider than it needs to be."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder
