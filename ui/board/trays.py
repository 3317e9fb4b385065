"""The trays beside the board: who arrives, waits, is out, in transit, else here; as panels or as buttons."""

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
from ui.widgets.labels import IconLabel, PlainLabel, chip_width, paint_level_chip, tooltip
from ui.widgets.look import Look


@dataclass(frozen=True)
class TrayRow:
    """One person in a tray: who, since or until when, and one line more.

    `opens`: the row leads to a card; `drops`: it can be taken away (an announced arrival).
    """

    key: str
    who: str
    when: str
    more: str
    level: Level = Level.NONE
    opens: bool = True
    drops: bool = False


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
        whole = paint.literal(f"{row.who} {row.when} {row.more}".strip())
        self.setAccessibleName(whole)
        self.setToolTip(tooltip(whole))
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
        if self.row.level is not Level.NONE and self.row.when:
            wide: float = chip_width(theme, self.row.when)
            height = theme.box(26)
            chip = QRectF(upper.right() - wide, upper.center().y() - height / 2, wide, height)
            paint_level_chip(painter, chip, self.row.level, self.row.when, self.look)
        else:
            right = Qt.AlignmentFlag.AlignRight
            wide = paint.text(painter, upper, self.row.when, theme.font(Type.BODY), t.ink2, align=right)
        name = upper.adjusted(0, 0, -wide - px(8), 0)
        paint.text(painter, name, self.row.who, theme.font(Type.BODY_BOLD), t.ink, elide=True)
        lower = QRectF(box.left(), box.top() + half, box.width(), half)
        paint.text(painter, lower, self.row.more, theme.font(Type.BODY), t.ink2, elide=True)
        painter.end()


class TrayPanel(QFrame):
    """One tray as a panel; `chosen` the key whose row was pressed, `dropped` one to be taken away. Hidden while empty."""

    chosen = Signal(str)
    dropped = Signal(str)

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
        self._items: dict[str, _Line] = {}
        self._drop = ""

    def set_drop_word(self, words: str) -> None:
        """The word on the button that takes a row away."""
        self._drop = words
        for line in self._items.values():
            line.set_drop_word(words)

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
            item.item.set(row)
            if self._rows.indexOf(item) != place:
                self._rows.insertWidget(place, item)
        self.setVisible(bool(rows))

    def _made(self, row: TrayRow) -> _Line:
        line = _Line(self._look, row, self._drop, self)
        line.item.clicked.connect(lambda: self.chosen.emit(row.key))
        if line.drop is not None:
            line.drop.acted.connect(lambda: self.dropped.emit(row.key))
        self._items[row.key] = line
        return line


class _Line(QWidget):
    """A row, with a button that takes it away where that may be done."""

    def __init__(self, look: Look, row: TrayRow, drop: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = TrayItem(look, row, self)
        self.drop = ActionButton(look, drop, small=True, parent=self) if row.drops else None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, look.theme.px(8) if self.drop else 0, 0)
        line.setSpacing(0)
        line.addWidget(self.item, 1)
        if self.drop is not None:
            line.addWidget(self.drop)

    def set_drop_word(self, words: str) -> None:
        if self.drop is not None:
            self.drop.set_words(words)


class TrayButton(ActionButton):
    """One tray as a button with its count; pressing lists who is in it. Hidden while empty."""

    chosen = Signal(str)

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look, "", icon=icon, parent=parent)
        self._rows: tuple[TrayRow, ...] = ()
        self.acted.connect(self._list)

    def set(self, words: str, rows: Sequence[TrayRow]) -> None:
        """Show how many there are; `words` has the count."""
        self._rows = tuple(rows)
        if words != self.words():
            self.set_words(words)

    def fill(self, menu: QMenu) -> None:
        """Add a line for everyone in the tray to a menu."""
        for row in self._rows:
            words = paint.literal(f"{row.who}  {row.when}").replace("&", "&&")
            menu.addAction(words, partial(self.chosen.emit, row.key))

    def _list(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
