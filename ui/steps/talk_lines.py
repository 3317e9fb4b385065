"""The lines of an interview's record, as a list that grows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.context import Context
from ui.steps.talk import Row, Said
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.look import Look

ROW = int(Qt.ItemDataRole.UserRole)
ICONS = {Said.MARK: "mark", Said.EVIDENCE: "evidence", Said.BREAK: "pause"}
Index = QModelIndex | QPersistentModelIndex


def name_of(said: Said, context: Context) -> str:
    """The word of a kind of line."""
    return context.words(f"steps.talk.{said}")


class LineModel(QAbstractListModel):
    """Rows in order; what was shown before stays where it is."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return paint.literal(row.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            at = self._context.local(row.at, "%H:%M:%S")
            late = self._context.words("steps.talk.waiting") if row.waiting else ""
            return paint.literal(f"{at} {name_of(row.said, self._context)} {row.text} {late}".strip())
        return None

    def row_at(self, number: int) -> Row | None:
        """The row of this number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> bool:
        """Bring the list to `rows`; returns whether anything came or changed."""
        common = 0
        while common < min(len(rows), len(self._rows)) and rows[common] == self._rows[common]:
            common += 1
        if common == len(rows) == len(self._rows):
            return False
        if common < len(self._rows):
            self.beginRemoveRows(QModelIndex(), common, len(self._rows) - 1)
            del self._rows[common:]
            self.endRemoveRows()
        if common < len(rows):
            self.beginInsertRows(QModelIndex(), common, len(rows) - 1)
            self._rows += rows[common:]
            self.endInsertRows()
        return True


class LineDelegate(QStyledItemDelegate):
    """Time, whose words, the words on as many lines as they need, and a sign for marks and what waits."""

    def __init__(self, context: Context, look: Look, parent: QWidget, *, numbered: bool = False) -> None:
        super().__init__(parent)
        self._context, self._look, self._numbered = context, look, numbered

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Left edges of the sign and the words, and the room of the words."""
        theme, px = self._look.theme, self._look.theme.px
        time = paint.width_of(theme, Type.BODY, "00:00:00") + px(14 + 12)
        if self._numbered:
            return px(12), px(12), max(px(60), width - px(24))
        words = time + px(20 + 12)
        return time, words, max(px(60), width - words - px(40))

    def _height(self, words: str, room: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap.value)
        return self._look.theme.metrics(Type.BODY).boundingRect(0, 0, room, 9999, flags, words).height()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view, theme = self.parent(), self._look.theme
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        _, _, room = self._columns(width)
        height = max(theme.line(Type.BODY), self._height(str(index.data()), room))
        head = theme.line(Type.BODY) if self._numbered else 0
        return QSize(width, max(theme.px(34), height + head + theme.px(10)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        painter.save()
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.selection(painter, box, theme)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        line = theme.line(Type.BODY)
        first = QRectF(box.left() + px(14), box.top() + px(5), box.width() - px(26), line)
        at = self._context.local(row.at, "%H:%M:%S")
        if self._numbered:
            number = f"{index.row() + 1}  " if index.row() < 9 else ""
            paint.text(painter, first, number + at, theme.font(Type.BODY_BOLD), t.ink)
            right = Qt.AlignmentFlag.AlignRight
            kind = name_of(row.said, self._context)
            paint.text(painter, first, kind, theme.font(Type.BODY), t.ink2, align=right)
            top = first.bottom()
        else:
            paint.text(painter, first, at, theme.font(Type.BODY), t.ink2)
            top = first.top()
        sign, left, room = self._columns(int(box.width()))
        if not self._numbered:
            self._sign(painter, QRectF(box.left() + sign, top, px(20), line), row)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(QColor(t.ink2 if row.said is Said.BREAK else t.ink))
        area = QRectF(box.left() + left, top, room, box.bottom() - top)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap.value), str(index.data()))
        if row.waiting and not self._numbered:
            mark = QRectF(box.right() - px(32), first.top() + px(2), px(20), px(20))
            self._look.icons.paint(painter, "history", mark, t.ink2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, box.adjusted(1, 1, -1, -1), t.focus, width=3, radius=px(4))
        painter.restore()

    def _sign(self, painter: QPainter, box: QRectF, row: Row) -> None:
        theme, t = self._look.theme, self._look.theme.tokens
        icon = ICONS.get(row.said)
        if icon is None:
            paint.text(painter, box, name_of(row.said, self._context), theme.font(Type.BODY_BOLD), t.ink)
            return
        side = theme.px(18)
        mark = QRectF(box.left(), box.top() + (box.height() - side) / 2, side, side)
        self._look.icons.paint(painter, icon, mark, t.ink)


class Lines(QListView):
    """The record, newest at the bottom; it follows unless somebody reads further up."""

    def __init__(
        self, context: Context, look: Look, parent: QWidget | None = None, *, numbered: bool = False
    ) -> None:
        super().__init__(parent)
        self.lines = LineModel(context, self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(context, look, self, numbered=numbered))
        self.setProperty("ring", "own")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        self._look = look
        self.empty = ""
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        if self.lines.show(rows) and at_end and not self.hasFocus():
            self.scrollToBottom()

    def go_to(self, row: Row) -> None:
        """Select the line of this moment and bring it into sight."""
        for number in range(self.lines.rowCount()):
            if self.lines.row_at(number) == row:
                self.setCurrentIndex(self.lines.index(number))
                self.scrollTo(self.lines.index(number))

    def sizeHint(self) -> QSize:
        """Three lines; more where there is room."""
        return QSize(self._look.theme.px(200), 3 * self._look.theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty and not self.lines.rowCount():
            painter, theme = QPainter(self.viewport()), self._look.theme
            box = QRectF(self.viewport().rect()).adjusted(theme.px(14), 0, -theme.px(14), 0)
            painter.setFont(theme.font(Type.BODY))
            painter.setPen(QColor(theme.tokens.ink2))
            flags = int(Qt.TextFlag.TextWordWrap.value) | int(Qt.AlignmentFlag.AlignCenter.value)
            painter.drawText(box, flags, self.empty)
            painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        handled = super().viewportEvent(event)
        if event.type() == QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = int(event.text()) if event.text().isdigit() else 0
        if 1 <= number <= self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(number - 1))
            self.activated.emit(self.lines.index(number - 1))
        else:
            super().keyPressEvent(event)
