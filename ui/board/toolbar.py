"""The toolbar of the board: order, who is here, trays as buttons when narrow, what can be done; the rest under 更多."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from ui.board.presenter import Sort, Tray
from ui.board.trays import TrayButton, TrayRow
from ui.context import Words
from ui.widgets import paint
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look

TRAY_ICONS = {
    Tray.ARRIVING: "arriving",
    Tray.WAITING: "wait",
    Tray.OUT: "hospital",
    Tray.TRANSIT: "transit",
    Tray.OTHERS: "user",
}


class Toolbar(QWidget):
    """What does not fit goes under 更多, least wanted first; nothing is ever cut."""

    more_asked = Signal()

    def __init__(self, words: Words, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._look = words, look
        self._wide = True
        self._fitting = False
        self.segments = Segments(look, "", [(sort.value, sort.value) for sort in Sort], self)
        self.segments.choose(Sort.DUE.value)
        for sort, button in self.segments.buttons.items():
            button.setObjectName(f"board.sort.{sort}")
        self.held = PlainLabel(role="title")
        self.held.setObjectName("board.held")
        self.parts, self.today = PlainLabel(role="secondary"), PlainLabel(role="secondary")
        self.stale = PlainLabel()
        self.stale.setObjectName("board.stale")
        self.stale.setProperty("level", "red")
        self.reorder = self._button("reorder", "arrow-up-down", "R")
        self.reorder.hide()
        self.trays = {tray: TrayButton(look, icon, self) for tray, icon in TRAY_ICONS.items()}
        for tray, listing in self.trays.items():
            listing.setObjectName(f"board.tray.{tray}")
        self.warned = self._button("warned", "list-filter", "")
        self.warned.setCheckable(True)
        self.note = self._button("note", "message-square", "N")
        self.print = self._button("print", "print", "Ctrl+P")
        self.twin = self._button("twin", "table", "T")
        self.wall = self._button("wall", "monitor", "F11")
        self.more = self._button("more", "ellipsis", "")
        self.new = ActionButton(look, "", icon="plus", key="Ctrl+N", role="primary", parent=self)
        self.new.setObjectName("board.new")
        self.more.acted.connect(self._list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(10))
        for widget in (self.segments, self.held, self.reorder, self.parts, self.stale):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.today)
        for listing in self.trays.values():
            row.addWidget(listing)
        for action in (*self._optional(), self.more, self.new):
            row.addWidget(action)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.fit)

    def _button(self, name: str, icon: str, key: str) -> ActionButton:
        """A button whose key the screen binds: it works while the button is under 更多 too."""
        button = ActionButton(self._look, "", icon=icon, key=key, bind=False, parent=self)
        button.setObjectName(f"board.{name}")
        return button

    def _optional(self) -> tuple[ActionButton, ...]:
        """What may go under 更多, in the order in which it is wanted."""
        return (self.warned, self.note, self.print, self.twin, self.wall)

    def set_wide(self, wide: bool) -> None:
        """Whether the trays stand as panels beside the cards."""
        self._wide = wide
        self.fit()

    def set_tray(self, tray: Tray, rows: Sequence[TrayRow]) -> None:
        """Who is in a tray."""
        self.trays[tray].set(self._words(f"board.tray.short.{tray}", count=len(rows)), rows)
        self.trays[tray].setProperty("filled", bool(rows))

    def retranslate(self, *, as_table: bool) -> None:
        """Say everything in the present language."""
        w = self._words
        for sort, button in self.segments.buttons.items():
            button.set_words(w(f"board.sort.{sort}"))
        self.segments.setAccessibleName(w("board.sort"))
        self.new.set_words(w("board.new"))
        self.print.set_words(w("board.print"))
        self.wall.set_words(w("board.wall"))
        self.more.set_words(w("board.more"))
        self.reorder.set_words(w("board.reorder"))
        self.show_twin(as_table)

    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of Tab: sort, filter, new, then the rest."""
        return (
            *self.segments.buttons.values(), self.reorder, self.warned, self.new, self.note, self.print,
            self.twin, self.wall, self.more, *self.trays.values(),
        )  # fmt: skip

    def show_reorder(self, shown: bool) -> None:
        """Whether the order has changed under a hand: then it can be asked for."""
        if shown == self.reorder.isHidden():
            self.reorder.setVisible(shown)
            self.fit()

    def show_twin(self, as_table: bool) -> None:
        """Which of the two the button leads to."""
        self.twin.set_words(
            self._words("board.cards" if as_table else "board.table"), "board" if as_table else "table"
        )

    def fit(self) -> None:
        """Show what fits into the width, in the order of need."""
        if self._fitting or self.width() <= 1:
            return
        self._fitting = True
        gap = self._look.theme.px(10)
        room = self.width() - sum(
            widget.sizeHint().width() + gap
            for widget in (self.segments, self.held, self.new, self.stale, self.reorder)
            if widget in (self.segments, self.held, self.new)
            or (widget is self.stale and self.stale.words())
            or (widget is self.reorder and not self.reorder.isHidden())
        )
        filled = [button for button in self.trays.values() if button.property("filled") and not self._wide]
        wanted: list[QWidget] = [*filled, *self._optional()]
        if self._wide:
            wanted += [widget for widget in (self.parts, self.today) if widget.words()]
        room -= 0 if self._all_fit(wanted, room, gap) else self.more.sizeHint().width() + gap
        shown = set()
        for widget in wanted:
            needs = widget.sizeHint().width() + gap
            if needs > room:
                break
            shown.add(widget)
            room -= needs
        for widget in (*self.trays.values(), *self._optional(), self.parts, self.today):
            widget.setVisible(widget in shown)
        hidden = [one for one in (*filled, *self._optional()) if one not in shown]
        self.more.setVisible(bool(hidden))
        self.stale.setVisible(bool(self.stale.words()))
        self._fitting = False

    @staticmethod
    def _all_fit(wanted: Sequence[QWidget], room: int, gap: int) -> bool:
        return sum(widget.sizeHint().width() + gap for widget in wanted) <= room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(0, self._look.theme.box(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def menu(self) -> QMenu:
        """The menu of what did not fit."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for tray in self.trays.values():
            if tray.property("filled") and not self._wide and tray.isHidden():
                tray.fill(menu.addMenu(paint.literal(tray.words())))
        for button in self._optional():
            if button.isHidden():
                key = f"\t{button.key()}" if button.key() else ""
                action = menu.addAction(button.words().replace("&", "&&") + key)
                action.setCheckable(button.isCheckable())
                action.setChecked(button.isChecked())
                action.triggered.connect(button.click)
        return menu

    def _list(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
