"""The map of a locker bank: one painted door per cell, in the order in which the doors stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.labels import chip_width, paint_level_chip
from ui.widgets.look import Look
from ui.widgets.shapes import Shape, paint_shape

DOOR_ROLE = int(Qt.ItemDataRole.UserRole)


class DoorState(StrEnum):
    """What is known of a door."""

    EMPTY = "empty"
    HOLDING = "holding"
    OPEN = "open"
    TARGET = "target"
    TOO_LONG = "too-long"
    ODD = "odd"
    FORCED = "forced"
    OUT_OF_SERVICE = "out-of-service"
    UNKNOWN = "unknown"


_LEVELS = {DoorState.TOO_LONG: Level.YELLOW, DoorState.ODD: Level.YELLOW, DoorState.FORCED: Level.RED}


@dataclass(frozen=True)
class Door:
    """One door: its number, state with its word, whose property, weight or reason, time."""

    number: str
    state: DoorState
    word: str
    whose: str = ""
    detail: str = ""
    time: str = ""
    level_word: str = ""


class DoorModel(QAbstractTableModel):
    """The doors of a bank, row by row, in `columns` columns."""

    def __init__(self, columns: int = 4, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doors: list[Door] = []
        self._columns = columns

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else -(-len(self._doors) // self._columns)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._columns

    def door(self, index: QModelIndex | QPersistentModelIndex) -> Door | None:
        """The door at an index, or None beside the last one."""
        place = index.row() * self._columns + index.column()
        return self._doors[place] if index.isValid() and place < len(self._doors) else None

    def find(self, number: str) -> QModelIndex:
        """The index of a door by its number, leading noughts apart; invalid when there is none."""
        for place, door in enumerate(self._doors):
            if door.number.lstrip("0") == number.lstrip("0"):
                return self.index(place // self._columns, place % self._columns)
        return QModelIndex()

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        door = self.door(index)
        if door is None:
            return None
        if role == DOOR_ROLE:
            return door
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{door.number} {door.word}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (door.number, door.word, door.level_word, door.whose, door.detail, door.time)
            return " ".join(filter(None, words))
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) if self.door(index) is not None else Qt.ItemFlag.NoItemFlags

    def divide(self, columns: int) -> None:
        """Put the doors into so many columns."""
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()

    def show(self, doors: Sequence[Door]) -> None:
        """Show the doors; only those that differ are painted again, unless it is another bank."""
        if [door.number for door in doors] != [door.number for door in self._doors]:
            self.beginResetModel()
            self._doors = list(doors)
            self.endResetModel()
            return
        for place, door in enumerate(doors):
            if door != self._doors[place]:
                self._doors[place] = door
                index = self.index(place // self._columns, place % self._columns)
                self.dataChanged.emit(index, index)


class DoorDelegate(QStyledItemDelegate):
    """Draws a door; the focus ring lies in the gap between doors."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        door = index.data(DOOR_ROLE)
        if not isinstance(door, Door):
            return
        painter.save()
        box = QRectF(option.rect).adjusted(5, 5, -5, -5)
        paint_door(painter, box, door, self._look)
        theme = self._look.theme
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(
                painter, box.adjusted(-4.5, -4.5, 4.5, 4.5), theme.tokens.focus, width=3, radius=theme.px(6)
            )
        painter.restore()


def paint_door(painter: QPainter, box: QRectF, door: Door, look: Look) -> None:
    """Draw one door into `box`."""
    theme, t, px = look.theme, look.theme.tokens, look.theme.px
    radius, ink, quiet = px(3), t.ink, t.ink2
    hinge = ""
    match door.state:
        case DoorState.EMPTY:
            paint.frame(painter, box, t.edge, radius=radius, dashed=True, ground=t.surface2)
        case DoorState.HOLDING:
            paint.frame(painter, box, t.ink, width=2, radius=radius, ground=t.surface)
        case DoorState.OPEN:
            paint.frame(painter, box, t.ink, width=2, radius=radius, ground=t.surface)
            hinge = t.fill
        case DoorState.TARGET:
            paint.frame(painter, box, t.ok, width=3, radius=radius, ground=t.oktint)
            hinge = t.ok
        case DoorState.TOO_LONG | DoorState.ODD:
            paint.frame(painter, box, t.yellowedge, width=2, radius=radius, ground=t.yellowtint)
            hinge = t.yellow if door.state is DoorState.TOO_LONG else ""
        case DoorState.FORCED:
            paint.frame(painter, box, t.red, width=3, radius=radius, ground=t.red)
            ink = quiet = t.onred
        case DoorState.OUT_OF_SERVICE:
            paint.frame(painter, box, t.line, radius=radius, ground=t.sunken)
        case DoorState.UNKNOWN:
            paint.hatch(painter, box, theme, look.tiles, outline=False)
            paint.frame(painter, box, t.unk, width=2, radius=radius, dashed=True)
            quiet = t.ink
    right = box.right() - px(10)
    if hinge:
        painter.fillRect(
            QRectF(box.right() - px(14) - 2, box.top() + 2, px(14), box.height() - 4), QColor(hinge)
        )
        right -= px(14)
    left, line = box.left() + px(12), theme.line(Type.BODY)
    head = QRectF(left, box.top() + px(6), right - left, theme.line(Type.DOOR))
    width = paint.text(painter, head, door.number, theme.font(Type.DOOR), ink) + px(8)
    word = head.adjusted(width, px(3), 0, px(3))
    role = _fitting(door.word, word.adjusted(0, 0, -px(26), 0), look)
    taken = width + paint.text(painter, word, door.word, theme.font(role), ink)
    _mark(painter, QRectF(left + taken, head.top(), right - left - taken, head.height()), door, look, ink)
    y = head.bottom()
    for words, role, colour in ((door.whose, Type.STRONG, ink), (door.detail, Type.BODY, quiet)):
        if y + line > box.bottom():
            break
        area = QRectF(left, y, right - left, line)
        time = paint.width_of(theme, Type.BODY, door.time)
        fits = paint.width_of(theme, Type.BODY, words) + px(8) + time <= area.width()
        if role is Type.BODY and door.time and fits:
            align = Qt.AlignmentFlag.AlignRight
            paint.text(painter, area, door.time, theme.font(Type.BODY), quiet, align=align)
            area.setRight(right - time - px(8))
        paint.text(painter, area, words, theme.font(role), colour, elide=True)
        y += line


def _fitting(words: str, area: QRectF, look: Look) -> Type:
    """The largest type in which the word of a state is whole."""
    roles = (Type.TITLE, Type.STRONG, Type.BODY_BOLD)
    whole = (role for role in roles if paint.width_of(look.theme, role, words) <= area.width())
    return next(whole, Type.BODY)


def _mark(painter: QPainter, area: QRectF, door: Door, look: Look, ink: str) -> None:
    """The shape or icon at the right of a door's head."""
    theme, px = look.theme, look.theme.px
    side = px(20)
    box = QRectF(area.right() - side, area.center().y() - side / 2, side, side)
    level = _LEVELS.get(door.state)
    if level is not None:
        width = chip_width(theme, door.level_word)
        if door.level_word and width <= area.width():
            height = theme.box(26)
            chip = QRectF(area.right() - width, area.center().y() - height / 2, width, height)
            paint_level_chip(painter, chip, level, door.level_word, look)
        else:
            paint_shape(painter, Shape.TRIANGLE if level is Level.RED else Shape.DIAMOND, box, theme, ink)
        return
    if box.left() < area.left():
        return
    match door.state:
        case DoorState.HOLDING:
            look.icons.paint(painter, "lock", box, ink)
        case DoorState.OPEN | DoorState.TARGET:
            look.icons.paint(painter, "door-open", box, ink)
        case DoorState.UNKNOWN:
            paint_shape(painter, Shape.UNKNOWN, box, theme, ink)
        case DoorState.OUT_OF_SERVICE:
            paint_shape(painter, Shape.OUT_OF_SERVICE, box, theme, ink)
        case _:
            return


class DoorGrid(QTableView):
    """A bank, door by door: arrows go to neighbours, digits jump. `opened` carries the number of the door chosen."""

    selected = Signal(str)
    opened = Signal(str)

    def __init__(self, look: Look, name: str, columns: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._digits = look, ""
        self.setProperty("role", "doors")
        self.setProperty("ring", "own")
        self.setAccessibleName(name)
        self.doors = DoorModel(columns, self)
        self.setModel(self.doors)
        self.setItemDelegate(DoorDelegate(look, self))
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self._fit)
        self.doors.modelReset.connect(self._fit)
        self.selectionModel().currentChanged.connect(self._moved)
        self._fit()

    def least_row(self) -> int:
        """The height that a door needs for its three lines."""
        theme = self._look.theme
        return theme.line(Type.DOOR) + 2 * theme.line(Type.BODY) + theme.px(14) + 10

    def _fit(self) -> None:
        rows = max(1, self.doors.rowCount())
        height = max(self.least_row(), min(self.viewport().height() // rows, self._look.theme.px(150)))
        header = self.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(min(height, self.least_row()))
        header.setDefaultSectionSize(height)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def current_number(self) -> str:
        """The number of the door in hand, or an empty string."""
        door = self.doors.door(self.currentIndex())
        return door.number if door is not None else ""

    def divide(self, columns: int) -> None:
        """Show the doors in so many columns; the door in hand stays in hand."""
        number = self.current_number()
        self.doors.divide(columns)
        if number:
            self.blockSignals(True)
            self.select(number)
            self.blockSignals(False)

    def select(self, number: str) -> bool:
        """Take a door in hand; returns whether there is such a door."""
        index = self.doors.find(number)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self._digits = (self._digits + event.text())[-2:]
            if not self.select(self._digits):
                self._digits = event.text()
                self.select(self._digits)
            return
        self._digits = ""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_number():
            self.opened.emit(self.current_number())
        else:
            super().keyPressEvent(event)

    def _moved(self) -> None:
        if self.current_number():
            self.selected.emit(self.current_number())
