"""A table whose rows have keys: new data is shown as differences, so that neither place nor selection is lost.

A cell is words, with a level, a shape, badges or bytes when it has them; everything is painted literally.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.labels import chip_width, paint_level_chip, tooltip
from ui.widgets.look import Look
from ui.widgets.shapes import Shape, paint_shape

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
HEAD_ROLE = CELL_ROLE + 1
BYTE_WIDTH = 30
_SAMPLED = 400
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Badge:
    """A short word in an outline. `kind`: "" plain, "late" yellow, "sim" magenta, "red"."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell. `level` with words is a chip; `hex`: the words are bytes in cells of one width; `icon` of the set.

    `sum_at`: the byte that is a checksum, underlined where it is right, on red where `sum_wrong`.
    """

    words: str = ""
    bold: bool = False
    quiet: bool = False
    level: Level = Level.NONE
    shape: Shape | None = None
    icon: str = ""
    hex: bool = False
    colour: str = ""
    badges: tuple[Badge, ...] = ()
    sum_at: int = -1
    sum_wrong: bool = False

    def spoken(self) -> str:
        """What a screen reader says and what is copied."""
        return " ".join(part for part in (self.words, *(badge.words for badge in self.badges)) if part)


@dataclass(frozen=True)
class Row:
    """One row. `head`: a heading over the rows that follow, which cannot be taken in hand."""

    key: str
    cells: tuple[Cell, ...]
    head: bool = False


class KeyedModel(QAbstractTableModel):
    """Rows by key; `show` brings them in by inserting, removing, moving and changing, never by a reset."""

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._heads: tuple[str, ...] = ("",) * columns
        self._rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int((Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value)
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()] if index.column() < len(row.cells) else Cell()
        if role == CELL_ROLE:
            return cell
        if role == HEAD_ROLE:
            return row.head
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return paint.literal(cell.spoken())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and index.row() < len(self._rows) and self._rows[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def rows(self) -> Sequence[Row]:
        """The rows as they are shown."""
        return self._rows

    def key(self, row: int) -> str:
        """The key of a row, or an empty string."""
        return self._rows[row].key if 0 <= row < len(self._rows) else ""

    def place(self, key: str) -> int:
        """The row of a key, or -1."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def set_heads(self, heads: Sequence[str]) -> None:
        """The words over the columns."""
        self._heads = tuple(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order; raises ValueError when two have one key."""
        wanted = {row.key for row in rows}
        if len(wanted) != len(rows):
            raise ValueError("two rows have one key")
        self._drop(wanted)
        place = 0
        while place < len(rows):
            row = rows[place]
            if place < len(self._rows) and self._rows[place].key == row.key:
                self._change(place, row)
                place += 1
                continue
            there = self.place(row.key) if any(one.key == row.key for one in self._rows) else -1
            if there >= 0:
                self.beginMoveRows(QModelIndex(), there, there, QModelIndex(), place)
                self._rows.insert(place, self._rows.pop(there))
                self.endMoveRows()
                continue
            known = {one.key for one in self._rows}
            end = place + 1
            while end < len(rows) and rows[end].key not in known:
                end += 1
            self.beginInsertRows(QModelIndex(), place, end - 1)
            self._rows[place:place] = rows[place:end]
            self.endInsertRows()
            place = end

    def change(self, row: Row) -> None:
        """Show a row that has the key of one that is shown; nothing when there is none."""
        place = self.place(row.key)
        if place >= 0:
            self._change(place, row)

    def _drop(self, wanted: set[str]) -> None:
        end = len(self._rows)
        while end > 0:
            if self._rows[end - 1].key in wanted:
                end -= 1
                continue
            start = end - 1
            while start > 0 and self._rows[start - 1].key not in wanted:
                start -= 1
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._rows[start:end]
            self.endRemoveRows()
            end = start

    def _change(self, place: int, row: Row) -> None:
        if self._rows[place] is not row and self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, self._columns - 1))


class KeyedDelegate(QStyledItemDelegate):
    """Paints a cell; the row in hand has the selection ground and a bar at its left."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        theme, t = self._look.theme, self._look.theme.tokens
        painter.save()
        box = QRectF(option.rect)
        painter.setClipRect(box)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        head = bool(index.data(HEAD_ROLE))
        painter.fillRect(box, QColor(t.select if selected else t.surface2 if head else t.surface))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        if selected and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(5), box.height()), QColor(t.fill))
        inner = box.adjusted(theme.px(9), 0, -theme.px(6), -1)
        paint_cell(painter, inner, cell, self._look, bold=head)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL_ROLE)
        width = cell_width(cell, self._look.theme) if isinstance(cell, Cell) else 0
        return QSize(width + self._look.theme.px(16), self._look.theme.box(40))


def cell_width(cell: Cell, theme: Theme) -> int:
    """Pixels that a cell needs to be shown whole."""
    if cell.level is not Level.NONE:
        return chip_width(theme, cell.words)
    if cell.hex:
        return theme.px(BYTE_WIDTH) * len(cell.words.split())
    width = paint.width_of(theme, Type.BODY_BOLD if cell.bold else Type.BODY, cell.words)
    width += theme.px(26) if cell.shape is not None or cell.icon else 0
    for badge in cell.badges:
        width += paint.width_of(theme, Type.BODY, badge.words) + theme.px(20)
    return width


def paint_cell(painter: QPainter, box: QRectF, cell: Cell, look: Look, *, bold: bool = False) -> None:
    """Draw a cell into `box`."""
    theme, t, px = look.theme, look.theme.tokens, look.theme.px
    if cell.level is not Level.NONE:
        height = theme.box(26)
        chip = QRectF(box.left(), box.center().y() - height / 2, chip_width(theme, cell.words), height)
        paint_level_chip(painter, chip, cell.level, cell.words, look)
        return
    ink = str(getattr(t, cell.colour)) if cell.colour else t.ink2 if cell.quiet else t.ink
    left = box.left()
    side = px(18)
    mark = QRectF(left, box.center().y() - side / 2, side, side)
    if cell.shape is not None:
        paint_shape(painter, cell.shape, mark, theme, None)
        left += px(26)
    elif cell.icon:
        look.icons.paint(painter, cell.icon, mark, ink)
        left += px(26)
    role = Type.BODY_BOLD if cell.bold or bold else Type.BODY
    if cell.hex:
        _paint_bytes(painter, QRectF(left, box.top(), box.right() - left, box.height()), cell, look, ink)
        return
    badges = [(badge, paint.width_of(theme, Type.BODY, badge.words) + px(14)) for badge in cell.badges]
    taken = sum(width + px(6) for _, width in badges)
    area = QRectF(left, box.top(), max(0.0, box.right() - left - taken), box.height())
    whole = paint.width_of(theme, role, cell.words)
    width = min(whole, area.width())
    paint.text(painter, area, cell.words, theme.font(role), ink, elide=whole > width)
    left += width + (px(8) if cell.words else 0)
    for badge, wide in badges:
        height = theme.box(24)
        frame = QRectF(left, box.center().y() - height / 2, wide, height)
        _paint_badge(painter, frame, badge, look)
        left += wide + px(6)


def _paint_bytes(painter: QPainter, box: QRectF, cell: Cell, look: Look, ink: str) -> None:
    """Bytes in cells of one width; what does not fit is left out in the middle, so that the checksum is seen."""
    theme, t, step = look.theme, look.theme.tokens, look.theme.px(BYTE_WIDTH)
    shown = list(enumerate(cell.words.split()))
    most = max(2, int((box.width() + 1) // step))
    if len(shown) > most:
        tail = max(1, len(shown) - cell.sum_at) if cell.sum_at >= 0 else 1
        tail = min(tail, most - 1)
        shown = [*shown[: most - tail - 1], (-2, "…"), *shown[len(shown) - tail :]]
    role = Type.BODY_BOLD if cell.bold else Type.BODY
    metrics = theme.metrics(role)
    base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(theme.font(role))
    painter.setPen(QColor(ink))
    for place, (number, byte) in enumerate(shown):
        left = box.left() + place * step
        if number != cell.sum_at:
            painter.drawText(QPointF(left, base), byte)
            continue
        width, height = theme.advance(role, byte), theme.box(24)
        if cell.sum_wrong:
            block = QRectF(left - theme.px(3), box.center().y() - height / 2, width + theme.px(6), height)
            painter.fillRect(block, QColor(t.red))
            painter.setPen(QColor(t.onred))
        else:
            painter.fillRect(QRectF(left, box.center().y() + theme.px(11), width, theme.px(2)), QColor(t.ok))
        painter.drawText(QPointF(left, base), byte)
        painter.setPen(QColor(ink))


def _paint_badge(painter: QPainter, box: QRectF, badge: Badge, look: Look) -> None:
    theme, t = look.theme, look.theme.tokens
    colour, border, ground = {
        "late": (t.yellowtext, t.yellowedge, t.yellowtint),
        "sim": (t.sim, t.sim, t.surface),
        "red": (t.redtext, t.red, t.redtint),
    }.get(badge.kind, (t.ink2, t.edge, t.surface))
    paint.frame(painter, box, border, radius=theme.px(3), dashed=badge.kind == "sim", ground=ground)
    centre = Qt.AlignmentFlag.AlignHCenter
    paint.text(painter, box, badge.words, theme.font(Type.BODY), colour, align=centre)


class KeyedTable(QTableView):
    """The view of a KeyedModel.

    `stretch`: the one column of free text, which may elide (its whole text is then the tooltip); every other column
    is as wide as its widest cell, but no wider than `caps` says (column → pixels at 100 %). `chosen` tells the key of the row in hand, `acted` the key that Enter was pressed
    on. Ctrl+C copies the selected rows as lines of text with tabs.
    """

    chosen = Signal(str)
    acted = Signal(str)

    def __init__(
        self,
        look: Look,
        columns: int,
        stretch: int,
        parent: QWidget | None = None,
        *,
        dense: bool = False,
        caps: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._stretch, self._dense = look, stretch, dense
        self._caps = dict(caps or {})
        self._headed = False
        self.rows = KeyedModel(columns, self)
        self.setModel(self.rows)
        self.setItemDelegate(KeyedDelegate(look, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self.fit)
        for changed in (
            self.rows.rowsInserted, self.rows.rowsRemoved, self.rows.dataChanged, self.rows.headerDataChanged,
            look.changed,
        ):  # fmt: skip
            changed.connect(self._fit_soon)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.fit()

    def _fit_soon(self) -> None:
        self._fitting.start(0)

    def current_key(self) -> str:
        """The key of the row in hand, or an empty string."""
        return self.rows.key(self.currentIndex().row())

    def choose(self, key: str) -> bool:
        """Take a row in hand; returns whether there is such a row."""
        place = self.rows.place(key)
        if place < 0:
            return False
        index = self.rows.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def set_cap(self, column: int, width: int) -> None:
        """How wide a column may become at most, in pixels at 100 %."""
        if self._caps.get(column) != width:
            self._caps[column] = width
            self._fitting.start(0)

    def fit(self) -> None:
        """Give every column the room its widest cell needs, the free text what is left."""
        theme = self._look.theme
        self.verticalHeader().setMinimumSectionSize(theme.box(32))
        self.verticalHeader().setDefaultSectionSize(theme.box(34 if self._dense else 40))
        header = self.horizontalHeader()
        header.setFixedHeight(theme.box(36))
        taken = 0
        for column in range(self.rows.columnCount()):
            if column == self._stretch or self.isColumnHidden(column):
                continue
            head = str(self.rows.headerData(column, Qt.Orientation.Horizontal) or "")
            width = paint.width_of(theme, Type.BODY_BOLD, head)
            for row in self.rows.rows()[-_SAMPLED:]:
                if column < len(row.cells) and not row.head:
                    width = max(width, cell_width(row.cells[column], theme))
            width += theme.px(20)
            if column in self._caps:
                width = min(width, theme.px(self._caps[column]))
            header.resizeSection(column, width)
            taken += width
        rest = self.viewport().width() - taken
        if 0 <= self._stretch < self.rows.columnCount():
            header.resizeSection(self._stretch, max(theme.px(96), rest))
        if not self._headed and not any(row.head for row in self.rows.rows()):
            return
        self._headed = True
        for number, row in enumerate(self.rows.rows()):
            if (self.columnSpan(number, 0) > 1) != row.head:
                self.setSpan(number, 0, 1, self.rows.columnCount() if row.head else 1)

    def text_of(self, rows: Sequence[int]) -> str:
        """Rows as lines of text, cells parted by tabs."""
        columns = range(self.rows.columnCount())
        lines = [
            "\t".join(str(self.rows.data(self.rows.index(row, column)) or "") for column in columns)
            for row in rows
        ]
        return "\n".join(lines)

    def copy_all(self) -> None:
        """Put every row on the clipboard as text."""
        QGuiApplication.clipboard().setText(self.text_of(range(self.rows.rowCount())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
            if rows:
                QGuiApplication.clipboard().setText(self.text_of(rows))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current_key():
                self.acted.emit(self.current_key())
            return
        if (
            event.text()
            and event.text().isprintable()
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()  # letters and digits are keys of the screen, not a search in the list
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start(0)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            position = event.pos() if hasattr(event, "pos") else None
            index = self.indexAt(position) if position is not None else QModelIndex()
            cell = index.data(CELL_ROLE) if index.isValid() else None
            cut = isinstance(cell, Cell) and self.columnWidth(index.column()) < cell_width(
                cell, self._look.theme
            ) + self._look.theme.px(15)
            self.setToolTip(tooltip(cell.spoken()) if cut and isinstance(cell, Cell) else "")
        return super().viewportEvent(event)

    def _moved(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.rows.key(current.row()))
