"""The board as a table: the same cards in the same order, for screen readers, copying and narrow eyes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ui.context import Words
from ui.widgets.card_view import CardModel
from ui.widgets.cards import CardData
from ui.widgets.look import Look
from ui.widgets.timer import spoken

COLUMNS = (
    "number",
    "name",
    "sex-age",
    "room",
    "level",
    "flags",
    "legal",
    "check",
    "other",
    "action",
    "owner",
    "last",
)
Index = QModelIndex | QPersistentModelIndex


class CardTable(QAbstractTableModel):
    """Follows a `CardModel` row by row."""

    def __init__(self, words: Words, source: CardModel) -> None:
        super().__init__()
        self._words, self._source = words, source
        self._rows = list(source.cards())
        source.rowsInserted.connect(self._inserted)
        source.rowsRemoved.connect(self._removed)
        source.rowsMoved.connect(self._moved)
        source.dataChanged.connect(self._changed)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._words(f"board.column.{COLUMNS[section]}")
        return str(section + 1)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        return self._text(self._rows[index.row()], COLUMNS[index.column()])

    def key(self, row: int) -> str:
        """The stay of a row, or an empty string."""
        return self._rows[row].key if 0 <= row < len(self._rows) else ""

    def retranslate(self) -> None:
        """Head words in the present language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    @staticmethod
    def _text(card: CardData, column: str) -> str:
        timers = {
            name: spoken(one) for name, one in zip(("legal", "check", "other"), card.timers, strict=False)
        }
        texts = {
            "number": card.number,
            "name": card.name,
            "sex-age": card.sex_age,
            "room": card.disagree or card.unknown or card.room,
            "level": card.level_word,
            "flags": " · ".join(flag.words for flag in card.flags),
            "action": card.action,
            "owner": card.owner,
            "last": card.last,
        } | timers
        return texts.get(column, "")

    def _inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self.beginInsertRows(QModelIndex(), first, last)
        self._rows[first:first] = self._source.cards()[first : last + 1]
        self.endInsertRows()

    def _removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._rows[first : last + 1]
        self.endRemoveRows()

    def _moved(self, parent: QModelIndex, start: int, end: int, target: QModelIndex, row: int) -> None:
        self.beginMoveRows(QModelIndex(), start, end, QModelIndex(), row)
        self._rows = list(self._source.cards())
        self.endMoveRows()

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self._rows[row] = self._source.cards()[row]
        self.dataChanged.emit(self.index(first.row(), 0), self.index(last.row(), len(COLUMNS) - 1))


class TwinTable(QTableView):
    """The table as a view; a row that is activated stands for its next action."""

    def __init__(self, look: Look, model: CardTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board.table")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(look.theme.box(40))
        self.horizontalHeader().setStretchLastSection(True)
