"""The trays beside the board: who waits for a room, who is out, who else is here; as panels or as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look


@dataclass(frozen=True)
class TrayRow:
    """One person in a tray: who, since or until when, and one line more."""

    key: str
    who: str
    when: str
    more: str
    level: Level = Level.NONE


class TrayItem(QAbstractButton):
    """A row that leads to the person's card."""

    def __init__(self, look: Look, row: TrayRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.row = look, row
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(row)

    def set(self, row: TrayRow) -> None:
        """Show another state of the same person."""
        self.row = row
        self.setAccessibleName(f"{row.who} {row.when} {row.more}".strip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.px(200), 2 * theme.metrics(Type.BODY).height() + theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(px(12), px(4), -px(12), -px(4))
        half = box.height() / 2
        upper = QRectF(box.left(), box.top(), box.width(), half)
        right = Qt.AlignmentFlag.AlignRight
        colour = theme.level(self.row.level).text if self.row.level is not Level.NONE else t.ink2
        wide = paint.text(painter, upper, self.row.when, theme.font(Type.BODY), colour, align=right)
        name = upper.adjusted(0, 0, -wide - px(8), 0)
        paint.text(painter, name, self.row.who, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        lower = QRectF(box.left(), box.top() + half, box.width(), half)
        paint.text(painter, lower, self.row.more, theme.font(Type.BODY), t.ink2, elide=True)
        painter.end()


class TrayPanel(QFrame):
    """One tray as a panel; `chosen` the stay whose row was pressed. Hidden while empty."""

    chosen = Signal(str)

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("role", "panel")
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame(self)
        head.setProperty("role", "head")
        row = QHBoxLayout(head)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.setSpacing(px(10))
        self._title, self._count = PlainLabel(role="strong"), PlainLabel(role="strong")
        row.addWidget(IconLabel(look, icon, 22))
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        column.addWidget(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, px(4), 0, px(4))
        column.addLayout(self._rows)
        self._items: dict[str, TrayItem] = {}

    def set(self, title: str, rows: Sequence[TrayRow]) -> None:
        """Show these rows, keeping those that stay."""
        self._title.setText(title)
        self._count.setText(str(len(rows)))
        wanted = {row.key for row in rows}
        for key in [key for key in self._items if key not in wanted]:
            item = self._items.pop(key)
            self._rows.removeWidget(item)
            item.hide()
            item.deleteLater()
        for place, row in enumerate(rows):
            item = self._items.get(row.key) or self._made(row)
            item.set(row)
            if self._rows.indexOf(item) != place:
                self._rows.insertWidget(place, item)
        self.setVisible(bool(rows))

    def _made(self, row: TrayRow) -> TrayItem:
        item = TrayItem(self._look, row, self)
        item.clicked.connect(lambda: self.chosen.emit(row.key))
        self._items[row.key] = item
        return item


class TrayButton(ActionButton):
    """One tray as a button with its count; pressing lists who is in it. Hidden while empty."""

    chosen = Signal(str)

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look, "", icon=icon, parent=parent)
        self._rows: tuple[TrayRow, ...] = ()
        self.acted.connect(self._list)

    def set(self, title: str, rows: Sequence[TrayRow]) -> None:
        """Show how many there are."""
        self._rows = tuple(rows)
        words = f"{title} {len(rows)}"
        if words != self.words():
            self.set_words(words)

    def _list(self) -> None:
        menu = QMenu(self)
        for row in self._rows:
            words = paint.literal(f"{row.who}  {row.when}").replace("&", "&&")
            menu.addAction(words, partial(self.chosen.emit, row.key))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
