"""The grid of cards: a list that is updated by keyed differences and never loses the card in hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets.card_paint import paint_card
from ui.widgets.cards import (
    CARD_ROLE,
    GAP,
    CardData,
    action_rect,
    card_height,
    card_width,
    spoken,
)
from ui.widgets.labels import tooltip
from ui.widgets.look import Look


class CardModel(QAbstractListModel):
    """Cards by key. `put` and `drop` change single rows; `order` sorts without losing selection or focus."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[CardData] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._cards)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{card.number} {card.name}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(card)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(spoken(card))
        return None

    def cards(self) -> Sequence[CardData]:
        """The cards in the order shown."""
        return tuple(self._cards)

    def row(self, key: str) -> int:
        """The row of a card, or -1."""
        return next((row for row, card in enumerate(self._cards) if card.key == key), -1)

    def put(self, cards: Iterable[CardData]) -> None:
        """Add cards at the end, or replace those with the same key where they stand."""
        for card in cards:
            row = self.row(card.key)
            if row < 0:
                self.beginInsertRows(QModelIndex(), len(self._cards), len(self._cards))
                self._cards.append(card)
                self.endInsertRows()
            elif self._cards[row] != card:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))

    def drop(self, keys: Iterable[str]) -> None:
        """Take cards away; unknown keys are no error."""
        for key in keys:
            row = self.row(key)
            if row >= 0:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._cards[row]
                self.endRemoveRows()

    def order(self, keys: Sequence[str]) -> None:
        """Bring the cards into the order of `keys`; cards not named stay behind them in their order."""
        place = {key: number for number, key in enumerate(keys)}
        wanted = sorted(self._cards, key=lambda card: place.get(card.key, len(place)))
        for target, card in enumerate(wanted):
            row = self.row(card.key)
            if row != target:
                self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target)
                self._cards.insert(target, self._cards.pop(row))
                self.endMoveRows()


class CardDelegate(QStyledItemDelegate):
    """Draws cards. The cell of a card is larger than the card by half the gap on each side: room for focus."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.compact = False
        self.cell = QSize(card_width(look.theme) + GAP, card_height(look.theme, compact=False) + GAP)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, CardData):
            return
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        half = GAP // 2
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        paint_card(
            painter, QRectF(cell.adjusted(half, half, -half, -half)), card, self._look,
            compact=self.compact, focused=focused,
        )  # fmt: skip
        painter.restore()


class CardView(QListView):
    """Cards in as many columns as fit. Enter or a click on the action asks for the next action, Space or a double
    click for details, a digit takes the n-th card in hand.

    The signals carry the key of the card that was drawn at the press, whatever has moved since; a press that is let
    go elsewhere does nothing. A screen reader has one child a card and is told when its sentence has changed.
    """

    acted = Signal(str)
    detailed = Signal(str)
    touched = Signal()

    def __init__(self, look: Look, model: CardModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._compact = False
        self._pressed: tuple[str, QRectF] = ("", QRectF())
        self.setProperty("role", "cards")
        self.setProperty("ring", "own")
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.cards = model
        self.delegate = CardDelegate(look, self)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        model.dataChanged.connect(self._tell_changed)
        look.changed.connect(self._fit)
        look.swapped.connect(self._repaint)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Full cards, or those without photo, last entry and third timer."""
        self._compact = compact
        self._fit()

    def current_key(self) -> str:
        """The key of the card in hand, or an empty string."""
        card = self.currentIndex().data(CARD_ROLE)
        return card.key if isinstance(card, CardData) else ""

    def columns(self) -> int:
        """How many cards stand beside one another."""
        least = card_width(self._look.theme) + GAP
        return max(1, self._room() // least)

    def _room(self) -> int:
        """The width for cards, the same with and without the scroll bar."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._look.theme
        width = max(card_width(theme) + GAP, self._room() // self.columns())
        cell = QSize(width, card_height(theme, compact=self._compact) + GAP)
        self.delegate.compact = self._compact
        if cell != self.gridSize():
            self.delegate.cell = cell
            self.setGridSize(cell)
        self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()

    def _tell_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Tell a screen reader that the sentence of a card has changed."""
        if not QAccessible.isActive():
            return
        for row in range(first.row(), last.row() + 1):
            event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
            event.setChild(row)
            QAccessible.updateAccessibility(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        ):
            self.touched.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        key = self.current_key()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key:
            self.acted.emit(key)
        elif event.key() == Qt.Key.Key_Space and key:
            self.detailed.emit(key)
        elif event.text() and event.text() in "123456789":
            self.setCurrentIndex(self.cards.index(int(event.text()) - 1))
        else:
            super().keyPressEvent(event)

    def in_hand(self) -> bool:
        """Whether the officer is at the cards with keyboard or pointer: their order must not change under it."""
        return (self.hasFocus() and self.isActiveWindow()) or self.viewport().underMouse()

    def _action_at(self, at: QPoint) -> tuple[str, QRectF]:
        """The key of the card whose action bar lies at a point of the viewport, with the bar; or an empty key."""
        index = self.indexAt(at)
        card = index.data(CARD_ROLE)
        if not isinstance(card, CardData) or not card.action:
            return "", QRectF()
        half = GAP // 2
        box = QRectF(self.visualRect(index).adjusted(half, half, -half, -half))
        bar = action_rect(box, card, self._look.theme, compact=self._compact)
        return (card.key, bar) if bar.contains(QPointF(at)) else ("", QRectF())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        self._pressed = self._action_at(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        (key, bar), self._pressed = self._pressed, ("", QRectF())
        if key and event.button() == Qt.MouseButton.LeftButton and bar.contains(event.position()):
            self.acted.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        card = self.indexAt(event.position().toPoint()).data(CARD_ROLE)
        if isinstance(card, CardData) and not self._action_at(event.position().toPoint())[0]:
            self.detailed.emit(card.key)
