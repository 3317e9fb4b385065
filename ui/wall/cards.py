"""The cards of the wall, painted to be read from across a hall, one accessible child each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import Level, Theme, Type
from ui.wall.saying import WallItem
from ui.widgets import paint
from ui.widgets.labels import paint_level_chip
from ui.widgets.look import Look
from ui.widgets.shapes import LEVEL_SHAPES, paint_shape
from ui.widgets.timer import paint_timer, spoken, timer_height

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
GAP = 14
LEAST = 350


def said(item: WallItem) -> str:
    """A card as one sentence."""
    parts = [item.number, item.level_word, item.place, *(spoken(timer) for timer in item.timers)]
    return ", ".join(part for part in parts if part)


class WallModel(QAbstractListModel):
    """The cards of one page; rows change where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[WallItem] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.number
        return said(item) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def set(self, items: Sequence[WallItem]) -> None:
        """Show these cards."""
        old, new = len(self._items), len(items)
        if new < old:
            self.beginRemoveRows(QModelIndex(), new, old - 1)
            del self._items[new:]
            self.endRemoveRows()
        for row, item in enumerate(items[:old]):
            if self._items[row] != item:
                self._items[row] = item
                self.dataChanged.emit(self.index(row), self.index(row))
        if new > old:
            self.beginInsertRows(QModelIndex(), old, new - 1)
            self._items.extend(items[old:])
            self.endInsertRows()


class WallDelegate(QStyledItemDelegate):
    """Draws one card: edge, number, level, place, timers."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.cell = QSize(1, 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, WallItem):
            return
        cell: QRect = option.rect
        half = self._look.theme.px(GAP) // 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, QRectF(cell.adjusted(half, half, -half, -half)), item)
        painter.restore()

    def _card(self, painter: QPainter, rect: QRectF, item: WallItem) -> None:
        look, theme, t, px = self._look, self._look.theme, self._look.theme.tokens, self._look.theme.px
        hollow = item.unacknowledged and look.hollow(item.level)
        border, width = _border(theme, item.level)
        paint.frame(painter, rect, border, width=width, radius=px(3), ground=t.surface)
        edge = QRectF(rect.left() + width, rect.top() + width, px(12), rect.height() - 2 * width)
        if item.level is not Level.NONE:
            painter.fillRect(edge, QColor(t.surface if hollow else theme.level(item.level).fill))
        elif item.place_level is Level.UNKNOWN:
            paint.strong_hatch(painter, edge, theme, look.tiles)
        else:
            painter.fillRect(edge, QColor(t.line))
        inner = rect.adjusted(px(28), px(14), -px(14), -px(14))
        top = QRectF(inner.left(), inner.top(), inner.width(), theme.line(Type.WALL_VALUE))
        paint.text(painter, top, item.number, theme.font(Type.WALL_VALUE), t.ink)
        if item.level in (Level.RED, Level.YELLOW):
            wide = paint.width_of(theme, Type.WALL, item.level_word) + px(44)
            height = theme.box(36, Type.WALL)
            chip = QRectF(inner.right() - wide, top.center().y() - height / 2, wide, height)
            paint_level_chip(painter, chip, item.level, item.level_word, look, hollow=hollow, role=Type.WALL)
        place = QRectF(inner.left(), top.bottom() + px(4), inner.width(), theme.line(Type.WALL_TITLE))
        self._place(painter, place, item)
        timers = QRectF(
            inner.left(),
            inner.bottom() - timer_height(theme, wall=True),
            inner.width(),
            timer_height(theme, wall=True),
        )
        gap = px(8)
        each = (timers.width() - gap * (len(item.timers) - 1)) / max(1, len(item.timers))
        for place_in_row, timer in enumerate(item.timers):
            area = QRectF(timers.left() + place_in_row * (each + gap), timers.top(), each, timers.height())
            paint_timer(painter, area, timer, look, hollow=hollow and timer.level is item.level, wall=True)

    def _place(self, painter: QPainter, box: QRectF, item: WallItem) -> None:
        theme, t = self._look.theme, self._look.theme.tokens
        side = theme.px(26)
        mark = QRectF(box.left(), box.center().y() - side / 2, side, side)
        if item.place_level is Level.NONE:
            self._look.icons.paint(painter, "room", mark, t.ink)
        else:
            colour = t.yellowtext if item.place_level is Level.YELLOW else t.ink
            paint_shape(painter, LEVEL_SHAPES[item.place_level], mark, theme, colour)
        area = box.adjusted(side + theme.px(8), 0, 0, 0)
        whole = paint.width_of(theme, Type.WALL_TITLE, item.place) <= area.width()
        role = Type.WALL_TITLE if whole else Type.WALL
        paint.text(painter, area, item.place, theme.font(role), t.ink, elide=True)


def _border(theme: Theme, level: Level) -> tuple[str, float]:
    t = theme.tokens
    match level:
        case Level.RED:
            return t.red, 3.0
        case Level.YELLOW:
            return t.yellowedge, 2.0
        case Level.NONE | Level.BLUE | Level.UNKNOWN:
            return t.line, 1.0


class WallGrid(QListView):
    """As many cards as fit whole; `each()` says how many. Nothing in it can be pressed."""

    def __init__(self, look: Look, model: WallModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("wall.cards")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(model)
        self._delegate = WallDelegate(look, self)
        self.setItemDelegate(self._delegate)
        look.swapped.connect(self.viewport().update)
        self._columns, self._rows = 1, 1

    def each(self) -> int:
        """How many cards are whole on the screen."""
        return self._columns * self._rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Divide the room among cards of one size."""
        theme = self._look.theme
        px = theme.px
        least = (
            px(28) + theme.line(Type.WALL_VALUE) + theme.line(Type.WALL_TITLE) + px(4 + 14) + px(GAP)
            + timer_height(theme, wall=True)
        )  # fmt: skip
        width, height = self.viewport().width(), self.viewport().height()
        self._columns = max(1, width // px(LEAST))
        self._rows = max(1, height // least)
        self._delegate.cell = QSize(width // self._columns, height // self._rows)
        self.setGridSize(self._delegate.cell)
