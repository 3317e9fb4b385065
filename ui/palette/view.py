"""The search over the window: one field, one list, keys only."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.context import Words
from ui.palette.presenter import PalettePresenter, Row
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import IconLabel, PlainLabel, cap_height, cap_width, paint_cap
from ui.widgets.look import Look

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SHOWN = 9
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}


class _Rows(QAbstractListModel):
    """The rows of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return paint.literal(" ".join(filter(None, (row.kind, row.text, row.key))))
        return None

    def show(self, rows: tuple[Row, ...]) -> None:
        """Other rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()


class _Delegate(QStyledItemDelegate):
    """Icon and kind, what it is, the key at the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.box(40))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        theme, t, px = self._look.theme, self._look.theme.tokens, self._look.theme.px
        painter.save()
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.selection(painter, box, theme)
        side, left = px(20), box.left() + px(14)
        self._look.icons.paint(
            painter, row.icon, QRectF(left, box.center().y() - side / 2, side, side), t.ink
        )
        left += side + px(10)
        paint.text(painter, box.adjusted(left - box.left(), 0, 0, 0), row.kind, theme.font(Type.BODY), t.ink2)
        left += max(px(76), paint.width_of(theme, Type.BODY, row.kind) + px(12))
        right = box.right() - px(12)
        if row.key:
            width, height = cap_width(theme, row.key), cap_height(theme)
            cap = QRectF(right - width, box.center().y() - height / 2, width, height)
            paint_cap(painter, cap, row.key, theme, t.ink)
            right -= width + px(10)
        area = QRectF(left, box.top(), right - left, box.height())
        paint.text(painter, area, row.text, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        painter.restore()


class Palette(QDialog):
    """Type, choose with the arrows, Enter opens, Escape leaves. `chosen(Row)` when a row is opened."""

    chosen = Signal(object)

    def __init__(self, words: Words, look: Look, presenter: PalettePresenter, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("find")
        self.setModal(True)
        self.setAccessibleName(words("find.title"))
        self._look, self._window, self.presenter = look, parent, presenter
        presenter.setParent(self)
        px = look.theme.px
        frame = QFrame(self)
        frame.setProperty("role", "modal")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        self.text = QLineEdit(self)
        self.text.setObjectName("find.text")
        self.text.setProperty("role", "count")
        self.text.setMaxLength(80)
        self.text.setAccessibleName(words("find.title"))
        self.text.setPlaceholderText(words("find.placeholder"))
        self._model = _Rows(self)
        self.rows = QListView(self)
        self.rows.setObjectName("find.rows")
        self.rows.setAccessibleName(words("find.title"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setUniformItemSizes(True)
        self.rows.setModel(self._model)
        self.rows.setItemDelegate(_Delegate(look, self.rows))
        self.rows.setFixedHeight(look.theme.box(40) * SHOWN + 4)
        self._note = PlainLabel(presenter.note, role="secondary", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconLabel(look, "find", 22))
        head.addWidget(PlainLabel(words("find.title"), role="strong"), 1)
        column.addLayout(head)
        for widget in (self.text, self.rows, self._note):
            column.addWidget(widget)
        self.text.textEdited.connect(presenter.type)
        self.text.installEventFilter(self)
        self.rows.clicked.connect(lambda _: self._open())
        presenter.changed.connect(self._show)

    def start(self) -> None:
        """Open over the window, empty."""
        px = self._look.theme.px
        self.setFixedWidth(min(px(760), self._window.width() - px(40)))
        spare = self._window.height() - px(40) - (self.sizeHint().height() - self.rows.height())
        self.rows.setFixedHeight(min(self.rows.height(), max(self._look.theme.box(40) * 3, spare)))
        self.adjustSize()
        spot = self._window.mapToGlobal(self._window.rect().center())
        self.move(spot.x() - self.width() // 2, max(0, spot.y() - self.height() // 2))
        self.open()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.presenter.type("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._select(self.rows.currentIndex().row() + step)
                return True
        return False

    def _show(self) -> None:
        self._model.show(self.presenter.rows)
        self._select(0)
        self._note.setText(self.presenter.note)

    def _select(self, row: int) -> None:
        if self._model.rowCount():
            self.rows.setCurrentIndex(self._model.index(min(max(row, 0), self._model.rowCount() - 1), 0))

    def _open(self) -> None:
        row = self.rows.currentIndex().data(ROW_ROLE)
        if isinstance(row, Row):
            self.presenter.opened(row)
            self.accept()
            self.chosen.emit(row)
