"""Draws what is known already over the fields of a form: a strip of short values, and what is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import SOURCE_ICONS
from ui.steps.fields import Brief, Origin, Table
from ui.widgets.flow import Flow
from ui.widgets.labels import PlainLabel, SourceBadge
from ui.widgets.look import Look
from workstation.custody.values import How

LABELS = 120
CODE, ROOM = "@", "#"


def said(context: Context, words: str) -> str:
    """A cell in the present language: `@code` of the catalogue, `#room`, or the words as they are."""
    if words.startswith(CODE):
        return context.words(words[1:])
    return context.room_name(words[1:]) if words.startswith(ROOM) else words


class Strip(QWidget):
    """Short values side by side, each under its name."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._shown: tuple[object, ...] = ()
        self._cells: list[QWidget] = []
        self._flow = Flow(self, gap=look.theme.px(28))
        self.hide()

    def show_briefs(self, briefs: Sequence[Brief]) -> None:
        """Show other values; none hides the strip."""
        shown = (tuple(briefs), self._context.words.language)
        self.setVisible(bool(briefs))
        if shown == self._shown:
            return
        self._shown = shown
        for cell in self._cells:
            self._flow.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = [self._cell(one) for one in briefs]
        self.updateGeometry()

    def _cell(self, brief: Brief) -> QWidget:
        pick, px = self._context.words.pick, self._look.theme.px
        cell = QWidget(self)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(pick(*brief.label), cell, role="secondary"))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(PlainLabel(said(self._context, brief.value), cell, role="strong"))
        if note := pick(*brief.said):
            line.addWidget(PlainLabel(note, cell, role="secondary"))
        line.addStretch(1)
        column.addLayout(line)
        self._flow.addWidget(cell)
        cell.show()
        return cell


class RecordedTable(QWidget):
    """What is recorded already: rows under heads, or facts in one column of labels, each with its source and time."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._shown: Table | None = None
        self._language = ""
        self._cells: list[tuple[int, QWidget]] = []
        self._grid = QGridLayout(self)
        px = look.theme.px
        self._grid.setContentsMargins(px(8), px(4), px(8), px(8))
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(9))

    def show_table(self, table: Table | None) -> None:
        """Show another table, or none."""
        language = self._context.words.language
        if (table, language) != (self._shown, self._language):
            self._shown, self._language = table, language
            self.hide()  # what is added to a table that is seen would come up in a later turn
            self._fill(table)
        self.setVisible(table is not None and bool(table.rows))

    def _fill(self, table: Table | None) -> None:
        for _, cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        if table is None:
            return
        columns = max(len(row) for row in table.rows) if table.rows else 0
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column == (table.wide if table.heads else 1) else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        if not table.heads:
            self._grid.setColumnMinimumWidth(0, self._look.theme.px(LABELS))
        for column, head in enumerate(table.heads):
            self._word(table, self._context.words.pick(*head), 0, column, role="secondary")
        for row, words in enumerate(table.rows, start=1):
            bold = 0 if table.heads else 1
            for column, word in enumerate(words):
                role = "value" if column == bold else "" if table.heads else "secondary"
                self._word(table, said(self._context, word), row, column, role=role)
            origin = table.origins[row - 1] if row <= len(table.origins) else None
            if origin is not None:
                self._origin(origin, row, columns)

    def _word(self, table: Table, words: str, row: int, column: int, *, role: str) -> None:
        wrap = column == (table.wide if table.heads else 1) or not table.heads
        label = PlainLabel(words, self, role=role, wrap=wrap)
        right = column in table.right if table.heads else column == 0
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label, row, column)
        self._cells.append((row, label))

    def _origin(self, origin: Origin, row: int, column: int) -> None:
        """Where a row comes from, and when."""
        how = How(origin.how)
        kind = "late" if how is How.BY_HAND else "self" if how is How.SELF_STATED else "device"
        words = f"{self._context.words(f'steps.how.{how}')} {origin.at}".strip()
        badge = SourceBadge(self._look, SOURCE_ICONS[how], words, kind, self)
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(badge, row, column, middle)
        self._cells.append((row, badge))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the heads, and lines under the rows."""
        if self._shown is None:
            return
        tokens, painter = self._look.theme.tokens, QPainter(self)
        gap = self._grid.verticalSpacing() // 2 + 1
        bottoms: dict[int, int] = {}
        for row, cell in self._cells:
            bottoms[row] = max(bottoms.get(row, 0), cell.geometry().bottom() + gap)
        for row, y in bottoms.items():
            if row == 0:
                painter.fillRect(0, 0, self.width(), y, QColor(tokens.surface2))
            painter.fillRect(0, y, self.width(), 1, QColor(tokens.edge if row == 0 else tokens.line))
        painter.end()
