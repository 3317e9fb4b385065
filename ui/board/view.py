"""The board screen: toolbar, cards or their table twin, rooms below, trays at the right or as buttons."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QMouseEvent, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.board.cards import age, card_data, level_of
from ui.board.presenter import BoardPresenter, Sort, Tray, ago, frozen
from ui.board.rooms import RoomBox, RoomPanel
from ui.board.table import CardTable
from ui.board.trays import TrayButton, TrayPanel, TrayRow
from ui.context import Context
from ui.speaking import sentence
from ui.theme import Level
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.card_view import CardModel, CardView
from ui.widgets.cards import GAP, CardData
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import PageState, State
from workstation.errors import AppError, LinkError
from workstation.services.board import Card
from workstation.station import messages as m

TRAY_ICONS = {Tray.WAITING: "wait", Tray.OUT: "transit", Tray.OTHERS: "user"}
WIDE = 1700
KEPT_PHOTOS = 200


class BoardScreen(QWidget):
    """Everyone in the centre. Enter does the next action of the card in hand, Space opens it, 1–9 choose."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board")
        self._context, self._look = context, look
        self.presenter = BoardPresenter(context, self)
        self.cards = CardModel()
        self.grid = CardView(look, self.cards, "", self)
        self.grid.setObjectName("board.cards")
        self.table = QTableView(self)
        self.table.setObjectName("board.table")
        self._twin = CardTable(context.words, self.cards)
        self._fill_table()
        self.state = PageState(look, self)
        self.state.setObjectName("board.state")
        self.pages = QStackedWidget(self)
        for page in (self.state, self.grid, self.table):
            self.pages.addWidget(page)
        self.rooms = RoomPanel(look, self)
        self.rooms.setObjectName("board.rooms")
        self._touched = -1e9
        self._as_table = False
        self._home = False  # whether the keyboard has been put on the cards once
        self._photos: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._panels = {tray: TrayPanel(look, icon, self) for tray, icon in TRAY_ICONS.items()}
        self._buttons = {tray: TrayButton(look, icon, self) for tray, icon in TRAY_ICONS.items()}
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

    def leave(self) -> bool:
        """Nothing is ever unsaved here."""
        return False

    def masked(self) -> list[CardData]:
        """The cards as they may be shown while the screen is locked: no name, no matter."""
        now = self._context.clock.now()
        return [card_data(card, self._context, now, masked=True) for card in self.presenter.cards()]

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.grid.setAccessibleName(w("board.title"))
        self.table.setAccessibleName(w("board.title"))
        for sort, button in self.segments.buttons.items():
            button.set_words(w(f"board.sort.{sort}"))
        self.segments.setAccessibleName(w("board.sort"))
        self.new.set_words(w("board.new"))
        self.twin.set_words(w("board.cards" if self._as_table else "board.table"))
        self._twin.retranslate()
        self._refresh()

    # ------------------------------------------------------------ building

    def _fill_table(self) -> None:
        table = self.table
        table.setModel(self._twin)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(self._look.theme.box(40))
        table.horizontalHeader().setStretchLastSection(True)
        table.activated.connect(lambda index: self._act(self._twin.key(index.row())))

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        self.segments = Segments(look, "", [(sort.value, sort.value) for sort in Sort], self)
        self.segments.choose(Sort.DUE.value)
        for sort, button in self.segments.buttons.items():
            button.setObjectName(f"board.sort.{sort}")
        self._held = PlainLabel(role="title")
        self._held.setObjectName("board.held")
        self._parts = PlainLabel(role="secondary")
        self._today = PlainLabel(role="secondary")
        self._stale = PlainLabel()
        self._stale.setObjectName("board.stale")
        self._stale.setProperty("level", "red")
        self.warned = ActionButton(look, "", icon="list-filter", parent=self)
        self.warned.setObjectName("board.warned")
        self.warned.setCheckable(True)
        self.twin = ActionButton(look, "", icon="table", key="T", bind=False, parent=self)
        self.twin.setObjectName("board.twin")
        self.new = ActionButton(look, "", icon="plus", key="Ctrl+N", role="primary", parent=self)
        self.new.setObjectName("board.new")
        for widget in (self.segments, self._held, self._parts, self._stale):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self._today)
        for tray, listing in self._buttons.items():
            listing.setObjectName(f"board.tray.{tray}")
            bar.addWidget(listing)
        for action in (self.warned, self.twin, self.new):
            bar.addWidget(action)
        main = QVBoxLayout()
        main.setSpacing(px(8))
        main.addWidget(self.pages, 1)
        main.addWidget(self.rooms)
        self._side = QWidget(self)
        self._side.setFixedWidth(px(332))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, px(GAP // 2), 0, 0)
        side.setSpacing(px(10))
        for panel in self._panels.values():
            side.addWidget(panel)
        side.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(px(10))
        below.addLayout(main, 1)
        below.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(12), px(10))
        whole.setSpacing(px(8))
        whole.addLayout(bar)
        whole.addLayout(below, 1)

    def _bind(self) -> None:
        self.presenter.changed.connect(self._refresh)
        self.presenter.troubled.connect(self._trouble)
        self.segments.chosen.connect(self._sorted)
        self.warned.toggled.connect(self._filter)
        self.twin.acted.connect(self._swap)
        self.new.acted.connect(self._begin)
        self.state.acted.connect(self._cure)
        self.grid.acted.connect(self._act)
        self.grid.detailed.connect(self._open)
        self.grid.touched.connect(self._touch)
        self.grid.viewport().installEventFilter(self)
        for tray in Tray:
            self._panels[tray].chosen.connect(self._choose)
            self._buttons[tray].chosen.connect(self._choose)
        for digit in range(1, 10):
            self._key(str(digit), lambda digit=digit: self._nth(digit))
        self._key("T", self._swap)

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
        data = [card_data(card, self._context, now, photo=self._photo(card)) for card in shown]
        wanted = {one.key for one in data}
        first = not self.cards.cards()
        self.cards.drop([card.key for card in self.cards.cards() if card.key not in wanted])
        self.cards.put(data)
        if first or not frozen(self._context.clock.monotonic(), self._touched):
            current = self.grid.current_key() if self.grid.hasFocus() else ""
            row = self.cards.row(current) if current else -1
            self.cards.order(self.presenter.order(now, pinned=current, row=row))
        if not self.grid.current_key() and self.cards.rowCount():
            self._select(0)
        self._draw_rooms()
        self._draw_trays()

    def _tell(self) -> None:
        w, board = self._context.words, self.presenter.board
        steps = self.presenter.steps()
        held = len(board.cards) if board else 0
        self._held.setText(w("board.held", count=held) if board else "")
        self._parts.setText(w("board.parts", **steps) if board else "")
        self._today.setText(
            w("board.today", entered=board.entered_today, left=board.left_today) if board else ""
        )
        self.warned.set_words(w("board.warned", count=self.presenter.warned()))
        self._stale.setText("")
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
            self._stale.setText(w("board.stale", time=self._context.local(board.now, "%H:%M:%S")))
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

    def _draw_rooms(self) -> None:
        board, w = self.presenter.board, self._context.words
        boxes = []
        for room in board.rooms if board else ():
            words = w("board.room.closed") if not room.in_service else w("board.comma").join(room.people)
            over = room.capacity and len(room.people) > room.capacity
            boxes.append(
                RoomBox(
                    w.pick(room.name_zh, room.name_en),
                    words or w("board.room.empty"),
                    empty=not room.people,
                    closed=not room.in_service,
                    talking=room.interview,
                    level=Level.YELLOW if over else Level.NONE,
                )
            )
        full = sum(1 for room in board.rooms if room.people) if board else 0
        count = w("board.rooms.count", full=full, all=len(boxes))
        self.rooms.set(w("board.rooms"), count, w("board.room.talking"), boxes)

    def _draw_trays(self) -> None:
        w = self._context.words
        for tray in Tray:
            rows = [self._tray_row(tray, card) for card in self.presenter.tray(tray)]
            title = w(f"board.tray.{tray}")
            self._panels[tray].set(title, rows)
            self._buttons[tray].set(title, rows)
            self._buttons[tray].setVisible(bool(rows) and not self._is_wide())

    def _tray_row(self, tray: Tray, card: Card) -> TrayRow:
        context = self._context
        w, now = context.words, context.clock.now()
        since = age(w, ago(now, card.last_at)) if card.last_at else ""
        more = w(f"board.capacity.{card.capacity}") if tray is Tray.OTHERS else ""
        where = w(f"board.status.{card.status}") if tray is Tray.OUT else ""
        action = w(f"action.{card.action}") if card.action else ""
        words = " · ".join(part for part in (more, where, action) if part)
        return TrayRow(
            card.stay, f"{card.name or w('board.no-name')} {card.number}", since, words, level_of(card.level)
        )

    def _photo(self, card: Card) -> QPixmap | None:
        media = card.photo
        if not media:
            return None
        if media not in self._photos:
            self._photos[media] = None
            while len(self._photos) > KEPT_PHOTOS:
                self._photos.popitem(last=False)
            self._context.link.ask(
                m.GetMedia(media=media, purpose="board"),
                lambda reply: self._photo_came(media, reply.content),
                lambda error: self._photo_failed(media),
            )
        return self._photos[media]

    def _photo_failed(self, media: str) -> None:
        self._photos.pop(media, None)  # asked again with the next board

    def _photo_came(self, media: str, content: bytes) -> None:
        picture = QPixmap()
        if picture.loadFromData(content):
            self._photos[media] = picture
            self._draw()

    # ------------------------------------------------------------ hands

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._touch()
        return False

    def _touch(self) -> None:
        self._touched = self._context.clock.monotonic()

    def _sorted(self, sort: str) -> None:
        self.presenter.sort = Sort(sort)
        self._touched = -1e9
        self.cards.order(self.presenter.order(self._context.clock.now()))

    def _filter(self, only: bool) -> None:
        self.presenter.only_warned = only
        self._refresh()

    def _cure(self) -> None:
        if self.presenter.board is None:
            self.presenter.refresh()
        elif self.presenter.board.cards:
            self.warned.setChecked(False)
        else:
            self._begin()

    def _swap(self) -> None:
        self._as_table = not self._as_table
        words = self._context.words
        self.twin.set_words(
            words("board.cards" if self._as_table else "board.table"),
            "board" if self._as_table else "table",
        )
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

    def _choose(self, stay: str) -> None:
        row = self.cards.row(stay)
        if row < 0 and self.presenter.only_warned:
            self.warned.setChecked(False)
            row = self.cards.row(stay)
        if row >= 0:
            self._touch()
            self._select(row)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self, row: int) -> None:
        index = self.cards.index(row)
        self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(index)

    # ------------------------------------------------------------ fit

    def _is_wide(self) -> bool:
        return self._look.theme.logical(self.window().width()) >= WIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """By the window's logical width: trays and rooms as drawn, or as buttons with compact cards."""
        wide = self._is_wide()
        board = self.presenter.board
        self.grid.set_compact(not wide)
        self._side.setVisible(wide and board is not None)
        self._parts.setVisible(wide)
        self._today.setVisible(wide)
        self.rooms.setVisible(wide and board is not None and bool(board.rooms))
        self.warned.setVisible(wide or self.presenter.only_warned)
        for tray, button in self._buttons.items():
            button.setVisible(not wide and bool(self.presenter.tray(tray)))
