"""The task list of a step: what is to do, by whom, till when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.labels import cap_height, cap_width, chip_width, paint_cap, paint_level_chip, tooltip
from ui.widgets.look import Look
from ui.widgets.shapes import Shape, paint_shape

TASK_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Section:
    """A heading among the tasks, with a count such as 4 / 5."""

    name: str
    count: str = ""


@dataclass(frozen=True)
class Task:
    """One task. `state_word` is the word of its shape, for a screen reader."""

    id: str
    name: str
    state: Shape
    state_word: str
    owner: str = ""
    due: str = ""
    key: str = ""
    level: Level = Level.NONE


class TaskModel(QAbstractListModel):
    """Sections and tasks in order. `show` changes only the rows that differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Section | Task] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def row_of(self, task: str) -> int:
        """The row of a task, or -1."""
        rows = enumerate(self._rows)
        return next((n for n, row in rows if isinstance(row, Task) and row.id == task), -1)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == TASK_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(_spoken(row))
        return None

    def number_of(self, row: int) -> int:
        """Which of the tasks a row is, from 1."""
        return sum(isinstance(one, Task) for one in self._rows[: row + 1])

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Section):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def show(self, rows: Sequence[Section | Task]) -> None:
        """Bring the list to `rows`."""
        common = 0
        limit = min(len(rows), len(self._rows))
        while common < limit and _name(rows[common]) == _name(self._rows[common]):
            common += 1
        for number in range(common):
            if self._rows[number] != rows[number]:
                self._rows[number] = rows[number]
                self.dataChanged.emit(self.index(number), self.index(number))
        if common < len(self._rows):
            self.beginRemoveRows(QModelIndex(), common, len(self._rows) - 1)
            del self._rows[common:]
            self.endRemoveRows()
        if common < len(rows):
            self.beginInsertRows(QModelIndex(), common, len(rows) - 1)
            self._rows += rows[common:]
            self.endInsertRows()


def _spoken(row: Section | Task) -> str:
    """What a screen reader says, and the pointer is told where a word was elided."""
    if isinstance(row, Section):
        return f"{row.name} {row.count}"
    return " ".join(filter(None, (row.name, row.state_word, row.owner, row.due)))


def _name(row: Section | Task) -> tuple[str, str]:
    return ("section", row.name) if isinstance(row, Section) else ("task", row.id)


class TaskDelegate(QStyledItemDelegate):
    """Draws a section head or a task; `folded` to counts, shapes and numbers where there is no width."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self._look.theme
        if self.folded:
            section = isinstance(index.data(TASK_ROLE), Section)
            return QSize(theme.px(60), theme.box(32 if section else 44))
        if isinstance(index.data(TASK_ROLE), Section):
            return QSize(theme.px(200), theme.box(36))
        return QSize(theme.px(200), max(theme.px(64), 2 * theme.line(Type.BODY) + theme.px(12)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(TASK_ROLE)
        painter.save()
        box = QRectF(option.rect)
        if isinstance(row, Section):
            self._section(painter, box, row)
        elif isinstance(row, Task):
            theme = self._look.theme
            if option.state & QStyle.StateFlag.State_Selected:
                paint.selection(painter, box, theme)
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(theme.tokens.line))
            model = index.model()
            if self.folded and isinstance(model, TaskModel):
                self._folded(painter, box, row, str(model.number_of(index.row())))
            else:
                self._task(painter, box, row)
            if option.state & QStyle.StateFlag.State_HasFocus:
                inner = box.adjusted(1, 1, -1, -1)
                paint.frame(painter, inner, theme.tokens.focus, width=3, radius=theme.px(4))
        painter.restore()

    def _section(self, painter: QPainter, box: QRectF, row: Section) -> None:
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        painter.fillRect(box, QColor(t.surface2))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        if self.folded:
            middle = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, box, row.count.replace(" ", ""), theme.font(Type.BODY), t.ink2, align=middle)
            return
        inner = box.adjusted(px(12), 0, -px(12), 0)
        paint.text(painter, inner, row.name, theme.font(Type.BODY_BOLD), t.ink)
        right = Qt.AlignmentFlag.AlignRight
        paint.text(painter, inner, row.count, theme.font(Type.BODY), t.ink2, align=right)

    def _folded(self, painter: QPainter, box: QRectF, row: Task, number: str) -> None:
        theme, px = self._look.theme, self._look.theme.px
        side = px(20)
        shape = QRectF(box.left() + px(10), box.top() + (box.height() - side) / 2, side, side)
        paint_shape(painter, row.state, shape, theme)
        rest = box.adjusted(px(36), 0, -px(6), 0)
        paint.text(painter, rest, number, theme.font(Type.BODY_BOLD), theme.tokens.ink)

    def _task(self, painter: QPainter, box: QRectF, row: Task) -> None:
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        line, top = theme.line(Type.BODY), box.top() + (box.height() - 2 * theme.line(Type.BODY)) / 2
        side = px(20)
        paint_shape(
            painter, row.state, QRectF(box.left() + px(14), top + (line - side) / 2, side, side), theme
        )
        left, right = box.left() + px(46), box.right() - px(12)
        align = Qt.AlignmentFlag.AlignRight
        first = QRectF(left, top, right - left, line)
        if row.key:
            width, height = cap_width(theme, row.key), cap_height(theme)
            cap = QRectF(right - width, first.center().y() - height / 2, width, height)
            paint_cap(painter, cap, row.key, theme, t.ink)
            first.setRight(right - width - px(8))
        paint.text(painter, first, row.name, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        second = QRectF(left, top + line, right - left, line)
        if row.due:
            if row.level is Level.NONE:
                taken = paint.width_of(theme, Type.BODY, row.due)
                paint.text(painter, second, row.due, theme.font(Type.BODY), t.ink2, align=align)
            else:
                taken, height = chip_width(theme, row.due), theme.box(26)
                chip = QRectF(right - taken, second.center().y() - height / 2, taken, height)
                paint_level_chip(painter, chip, row.level, row.due, self._look)
            second.setRight(right - taken - px(8))
        paint.text(painter, second, row.owner, theme.font(Type.BODY), t.ink2, elide=True)


class TaskList(QListView):
    """The tasks of a step; arrows skip the headings. `opened` carries the id of the task that is now in hand."""

    opened = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._resized = look, False
        self.setAccessibleName(name)
        self.setProperty("ring", "own")
        self.tasks = TaskModel(self)
        self.setModel(self.tasks)
        self._delegate = TaskDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        look.changed.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._selected)

    def fold(self, folded: bool) -> None:
        """Show shapes and numbers only; names stay in the tooltips and for a screen reader."""
        if folded != self._delegate.folded:
            self._delegate.folded = folded
            self._resized = True
            self.scheduleDelayedItemsLayout()

    def current(self) -> str:
        """The id of the task in hand, or an empty string."""
        row = self.currentIndex().data(TASK_ROLE)
        return row.id if isinstance(row, Task) else ""

    def open_task(self, task: str) -> None:
        """Take a task in hand; an unknown id changes nothing."""
        row = self.tasks.row_of(task)
        if row >= 0:
            self.setCurrentIndex(self.tasks.index(row))

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) task."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.tasks.rowCount():
            if isinstance(self.tasks.index(row).data(TASK_ROLE), Task):
                self.setCurrentIndex(self.tasks.index(row))
                return
            row += by

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        down, up = QAbstractItemView.CursorAction.MoveDown, QAbstractItemView.CursorAction.MoveUp
        by = 1 if action == down else -1 if action == up else 0
        row = self.currentIndex().row() + by
        while by and 0 <= row < self.tasks.rowCount():
            if isinstance(self.tasks.index(row).data(TASK_ROLE), Task):
                return self.tasks.index(row)
            row += by
        return self.currentIndex() if by else super().moveCursor(action, modifiers)

    def viewportEvent(self, event: QEvent) -> bool:
        handled = super().viewportEvent(event)
        if event.type() == QEvent.Type.Resize:
            self._resized = True
            self.scheduleDelayedItemsLayout()
        return handled

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        if self._resized:  # what is in hand stays in sight; otherwise the list is where it was scrolled to
            self._resized = False
            self.scrollTo(self.currentIndex())

    def _selected(self, now: QItemSelection) -> None:
        """A screen reader selects without going there."""
        for index in now.indexes()[:1]:
            if index != self.currentIndex():
                self.setCurrentIndex(index)

    def _moved(self, current: QModelIndex) -> None:
        row = current.data(TASK_ROLE)
        if isinstance(row, Task):
            self.opened.emit(row.id)
