"""The board screen: toolbar, cards or their table twin, rooms below, trays and notes at the right."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.board.beside import Beside
from ui.board.cards import card_data
from ui.board.photos import Photos
from ui.board.presenter import BoardPresenter, Sort, Tray, frozen
from ui.board.rooms import RoomPanel
from ui.board.table import CardTable, TwinTable
from ui.board.toolbar import Toolbar
from ui.context import Context
from ui.papers.opening import PaperOpener
from ui.speaking import sentence
from ui.widgets.card_view import CardModel, CardView
from ui.widgets.cards import GAP, CardData
from ui.widgets.look import Look
from ui.widgets.states import PageState, State
from workstation.errors import AppError, LinkError
from workstation.station import messages as m

WIDE = 1700
NEVER = -1e9


class BoardScreen(QWidget):
    """Everyone in the centre. Enter does the next action of the card in hand, Space opens it, 1–9 choose.

    `wall_asked`: the wall is to be shown.
    """

    wall_asked = Signal()

    def __init__(
        self, context: Context, look: Look, parent: QWidget | None = None, *, prints: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self._context, self._look = context, look
        self.presenter = BoardPresenter(context, self)
        self._papers = PaperOpener(self, context, look, prints)
        self.cards = CardModel()
        self.grid = CardView(look, self.cards, "", self)
        self.grid.setObjectName("board.cards")
        self._twin = CardTable(context.words, self.cards)
        self.table = TwinTable(look, self._twin, self)
        self.state = PageState(look, self)
        self.state.setObjectName("board.state")
        self.pages = QStackedWidget(self)
        for page in (self.state, self.grid, self.table):
            self.pages.addWidget(page)
        self.bar = Toolbar(context.words, look, self)  # after the pages: the keyboard begins on the cards
        self.rooms = RoomPanel(look, self)
        self.rooms.setObjectName("board.rooms")
        self._beside = Beside(context, look, self.presenter, self.bar, self)
        self.notes = self._beside.notes
        self._photos = Photos(context, self)
        self._touched = NEVER
        self._as_table = False
        self._opened = False  # whether the notes are open although the window is narrow
        self._home = False  # whether the keyboard has been put on the cards once
        self._lay_out()
        self._bind()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self._second.start()
        self.retranslate()
        self.presenter.refresh()

    # ------------------------------------------------------------ asked by the window

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def show_stay(self, stay: str, task: str = "") -> None:
        """Put a person's card in hand."""
        self._choose(stay)

    def stay_in_hand(self) -> str:
        """The person whose card is in hand, or an empty text."""
        return self.grid.current_key()

    def leave(self) -> bool:
        """Whether a note is typed and not kept."""
        return self.notes.unsaved()

    def masked(self) -> list[CardData]:
        """The cards as they may be shown while the screen is locked: no name, no matter."""
        now = self._context.clock.now()
        return [card_data(card, self._context, now, masked=True) for card in self.presenter.cards()]

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.grid.setAccessibleName(w("board.title"))
        self.table.setAccessibleName(w("board.title"))
        self.bar.retranslate(as_table=self._as_table)
        self.notes.retranslate()
        self._twin.retranslate()
        self._refresh()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        px = self._look.theme.px
        main = QVBoxLayout()
        main.setSpacing(px(8))
        main.addWidget(self.pages, 1)
        under = QHBoxLayout()
        under.setContentsMargins(px(GAP // 2), 0, 0, 0)  # in line with the cards, whose cells are larger
        under.addWidget(self.rooms)
        main.addLayout(under)
        side = QVBoxLayout()
        side.setContentsMargins(0, px(GAP // 2), 0, 0)
        side.addWidget(self._beside)
        below = QHBoxLayout()
        below.setSpacing(px(10))
        below.addLayout(main, 1)
        below.addLayout(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12) - GAP // 2, px(10), px(12), px(10))
        whole.setSpacing(px(8))
        above = QHBoxLayout()
        above.setContentsMargins(px(GAP // 2), 0, 0, 0)
        above.addWidget(self.bar)
        whole.addLayout(above)
        whole.addLayout(below, 1)
        after = [self.grid, self.table, *self.bar.stops(), *self._beside.panels.values(), self.notes.write]
        for first, second in pairwise(after):
            QWidget.setTabOrder(first, second)

    def _bind(self) -> None:
        bar = self.bar
        self.presenter.changed.connect(self._refresh)
        self.presenter.troubled.connect(self._trouble)
        bar.segments.chosen.connect(self._sorted)
        bar.reorder.acted.connect(self._reorder)
        bar.warned.toggled.connect(self._filter)
        bar.note.acted.connect(self._write_note)
        bar.print.acted.connect(self._papers.of_centre)
        bar.twin.acted.connect(self._swap)
        bar.wall.acted.connect(self.wall_asked)
        bar.new.acted.connect(self._begin)
        self.state.acted.connect(self._cure)
        self.grid.acted.connect(self._act)
        self.grid.detailed.connect(self._open)
        self.table.activated.connect(lambda index: self._act(self._twin.key(index.row())))
        self.grid.touched.connect(self._touch)
        self._photos.came.connect(self._draw)
        for area in (self.grid, self.table):
            area.viewport().installEventFilter(self)
        for tray in Tray:
            for listing in (self._beside.panels[tray], bar.trays[tray]):
                listing.chosen.connect(self._choose)
            self._beside.panels[tray].dropped.connect(self.presenter.drop_note)
        self.notes.kept.connect(self._keep_note)
        self.notes.dropped.connect(self.presenter.drop_note)
        for digit in range(1, 10):
            self._key(str(digit), lambda digit=digit: self._nth(digit))
        for key, act in (
            ("T", self._swap),
            ("R", self._reorder),
            ("N", self._write_note),
            ("Ctrl+P", self._papers.of_centre),
            ("F11", self.wall_asked.emit),
        ):
            self._key(key, act)

    def _key(self, key: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # ------------------------------------------------------------ what is shown

    def tick(self) -> None:
        """Count the timers down to now, and sort again when no hand is on the list."""
        if self.presenter.board is not None and self.isVisible():
            self._draw()

    def _refresh(self) -> None:
        self._draw()
        self._tell()

    def _draw(self) -> None:
        now = self._context.clock.now()
        shown = self.presenter.cards()
        data = [card_data(card, self._context, now, photo=self._photos.of(card.photo)) for card in shown]
        wanted = {one.key for one in data}
        first = not self.cards.cards()
        self.cards.drop([card.key for card in self.cards.cards() if card.key not in wanted])
        self.cards.put(data)
        if first or not self._frozen():
            self._order()
        keys = [card.key for card in self.cards.cards()]
        self.bar.show_reorder(self._frozen() and self.presenter.reordered(now, keys))
        if not self.grid.current_key() and self.cards.rowCount():
            self._select(0)
        self._beside.draw(self.rooms)

    def _frozen(self) -> bool:
        """Whether a hand is on the list: then nobody changes places."""
        in_hand = self.grid.in_hand() or self.table.hasFocus() or self.table.viewport().underMouse()
        return frozen(self._context.clock.monotonic(), self._touched, in_hand=in_hand)

    def _order(self) -> None:
        """Bring the cards into their order; the one under the keyboard keeps its place."""
        current = self.grid.current_key() if self.grid.hasFocus() else ""
        row = self.cards.row(current) if current else -1
        self.cards.order(self.presenter.order(self._context.clock.now(), pinned=current, row=row))

    def _reorder(self) -> None:
        """The officer asks for the new order: nothing keeps its place."""
        self._touched = NEVER
        self.cards.order(self.presenter.order(self._context.clock.now()))
        self.bar.show_reorder(False)
        self.grid.scrollTo(self.grid.currentIndex())

    def _tell(self) -> None:
        w, board, bar = self._context.words, self.presenter.board, self.bar
        steps = self.presenter.steps()
        held = len(board.cards) if board else 0
        bar.held.setText(w("board.held", count=held) if board else "")
        bar.parts.setText(w("board.parts", **steps) if board else "")
        bar.today.setText(
            w("board.today", entered=board.entered_today, left=board.left_today) if board else ""
        )
        bar.warned.set_words(w("board.warned", count=self.presenter.warned()))
        bar.note.set_words(w("board.notes.count", count=len(self.presenter.notes())))
        bar.stale.setText("")
        if board is None and self.presenter.error is None:
            self.state.show_state(State.LOADING, w("board.loading"))
        elif board is not None and not self.presenter.cards():
            none = not board.cards
            self.state.show_state(
                State.EMPTY, w("board.empty.detail" if none else "board.none-warned"),
                title=w("board.empty" if none else "board.none-warned.title"),
                action=w("board.new" if none else "board.show-all"),
            )  # fmt: skip
        self._page()
        self._fit()

    def _trouble(self, error: AppError) -> None:
        w = self._context.words
        board = self.presenter.board
        if board is not None:
            self.bar.stale.setText(w("board.stale", time=self._context.local(board.now, "%H:%M:%S")))
            return
        states = {"accounts.no-role": State.NO_PERMISSION, "accounts.not-signed-in": State.NO_PERMISSION}
        state = State.OFFLINE if isinstance(error, LinkError) else states.get(error.code, State.ERROR)
        detail = sentence(w, error)
        action = "" if state is State.NO_PERMISSION else w("board.again")
        self.state.show_state(state, detail, title=w(f"board.state.{state}"), action=action)
        self._page()
        self._fit()

    def _page(self) -> None:
        page: QWidget = self.table if self._as_table else self.grid
        wanted = page if self.presenter.cards() else self.state
        if self.pages.currentWidget() is wanted:
            return
        focus = QApplication.focusWidget()
        had = (
            focus is not None
            and (not self._home or self.pages.isAncestorOf(focus))
            and self.isAncestorOf(focus)
        )
        self.pages.setCurrentWidget(wanted)
        if wanted is not self.state and had:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            self._home = True

    # ------------------------------------------------------------ hands

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._touch()
        return False

    def _touch(self) -> None:
        self._touched = self._context.clock.monotonic()

    def _sorted(self, sort: str) -> None:
        self.presenter.sort = Sort(sort)
        self._reorder()

    def _filter(self, only: bool) -> None:
        self.presenter.only_warned = only
        self._refresh()

    def _cure(self) -> None:
        if self.presenter.board is None:
            self.presenter.refresh()
        elif self.presenter.board.cards:
            self.bar.warned.setChecked(False)
        else:
            self._begin()

    def _swap(self) -> None:
        self._as_table = not self._as_table
        self.bar.show_twin(self._as_table)
        if self._as_table:
            self.table.resizeColumnsToContents()
            self.table.selectRow(max(0, self.cards.row(self.grid.current_key())))
        self._page()
        shown = self.pages.currentWidget()
        if shown is not None and shown is not self.state:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        self._context.go("steps", "new", "identity")

    def _act(self, stay: str) -> None:
        card = self.presenter.card(stay)
        if card is not None:
            self._context.go("steps", stay, card.task)

    def _open(self, stay: str) -> None:
        self._context.go("steps", stay, "")

    def _nth(self, number: int) -> None:
        if number <= self.cards.rowCount():
            self._touch()
            self._select(number - 1)
            if self._as_table:
                self.table.selectRow(number - 1)
            else:
                self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, key: str) -> None:
        """A row beside the cards was chosen: a card, an announced arrival, or someone who has left."""
        row = self.cards.row(key)
        if row < 0 and self.presenter.only_warned:
            self.bar.warned.setChecked(False)
            row = self.cards.row(key)
        if row >= 0:
            self._touch()
            self._select(row)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in {one.key for one in self.presenter.arrivals()}:
            self._begin()
        elif key in {one.stay for one in self.presenter.leaving()}:
            self._context.go("timeline", key, "")

    def _write_note(self) -> None:
        self._opened = True
        self._fit()
        self.notes.begin()
        self._beside.ensureWidgetVisible(self.notes.form)

    def _keep_note(self, text: str, about: str, expected: str) -> None:
        try:
            self.presenter.keep_note(text, about, expected, self._note_kept)
        except AppError as error:
            self._context.speaker.error(error)

    def _note_kept(self) -> None:
        self._context.speaker.info("board.notes.kept")
        self.notes.done()
        self._opened = False
        self._fit()
        self.presenter.refresh()

    def _select(self, row: int) -> None:
        index = self.cards.index(row)
        self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(index)

    # ------------------------------------------------------------ fit

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._touched = NEVER  # whoever comes back to the board sees who is due now

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """By the window's logical width: trays and rooms as drawn, or as buttons with compact cards."""
        wide = self._look.theme.logical(self.window().width()) >= WIDE
        board = self.presenter.board
        self.grid.set_compact(not wide)
        self._beside.setVisible((wide or self._opened) and board is not None)
        self.rooms.setVisible(wide and board is not None and bool(board.rooms))
        self.bar.set_wide(wide)
