"""The locker screen: banks at the left, doors in the middle, the door in hand at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context, span
from ui.entries import reasons
from ui.lockers.presenter import TOO_LONG, LockersPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.doors import Door as DoorData
from ui.widgets.doors import DoorGrid, DoorState
from ui.widgets.forms import Form
from ui.widgets.frame import Choice, Facts, Panel, Scroll, StatePages, clear
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.readings import Door
from workstation.services.lockers import BankView, CellView
from workstation.station import messages as m

COMPACT_BELOW = 1500
NARROW_BELOW = 1100
WIDEST, LEAST_DOOR = 4, 145
TICK_MS = 1000
TABLE_COLUMNS = ("number", "state", "whose", "bag", "seal", "weight", "stored")
_MARKS = {
    DoorState.UNKNOWN: Shape.UNKNOWN,
    DoorState.OUT_OF_SERVICE: Shape.OUT_OF_SERVICE,
    DoorState.FORCED: Shape.TRIANGLE,
    DoorState.TOO_LONG: Shape.DIAMOND,
}


class LockersScreen(QWidget):
    """Every locker. Arrows go from door to door, digits jump, T shows the table, X opens for an inspection."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockers")
        self._context, self._look = context, look
        self.presenter = LockersPresenter(context, self)
        self._as_table = False
        self._wanted_stay = ""
        self._lay_out()
        self._bind()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_doors)
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take in hand the door `task` (a cell), or the door where something of `stay` lies."""
        self._wanted_stay = stay
        if task:
            self.presenter.choose_cell(task)
        self._take_wanted()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether an opening was begun and not sent."""
        return self.side.currentWidget() is self.inspection and bool(self.second.key())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.bank_table.setAccessibleName(w("lockers.banks"))
        self.bank_panel.set_title(w("lockers.banks"))
        self.bank_table.rows.set_heads(["", ""])
        self.grid.setAccessibleName(w("lockers.title"))
        self.table.setAccessibleName(w("lockers.title"))
        self.table.rows.set_heads([w(f"lockers.column.{column}") for column in TABLE_COLUMNS])
        self.hint.setText(w("lockers.hint"))
        self.twin.set_words(w("lockers.map" if self._as_table else "lockers.table"))
        self.inspect.set_words(w("lockers.inspect"))
        self.open_timeline.set_words(w("lockers.timeline"))
        self.inspection.set_title(w("lockers.inspect"))
        self.inspect_note.setText(w("lockers.inspect.note"))
        self.custodian_row.label.setText(w("lockers.custodian"))
        self.custodian.setAccessibleName(w("lockers.custodian"))
        self.second_row.label.setText(w("lockers.second"))
        self.second.setAccessibleName(w("lockers.second"))
        self.send.set_words(w("lockers.inspect.send"))
        self.cancel.set_words(w("lockers.cancel"))
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.bank_panel = Panel(look, "lockers", parent=self)
        self.bank_panel.tight()
        self.bank_table = KeyedTable(look, 2, 1, self)
        self.bank_table.setObjectName("lockers.banks")
        self.bank_table.horizontalHeader().hide()
        self.bank_panel.body.addWidget(self.bank_table)
        self.columns = WIDEST
        self.grid = self._grid()
        self.table = KeyedTable(look, len(TABLE_COLUMNS), 2, self)
        self.table.setObjectName("lockers.table")
        self.twins = QStackedWidget(self)
        self.twins.addWidget(self.grid)
        self.twins.addWidget(self.table)
        self.hint = PlainLabel(role="secondary", elide=True)
        self.twin = ActionButton(look, "", icon="table", key="T", parent=self)
        self.twin.setObjectName("lockers.twin")
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.twin)
        self.map_panel = Panel(look, "lockers", parent=self)
        self.map_panel.body.setContentsMargins(px(6), px(4), px(6), px(8))
        self.map_panel.body.addWidget(self.twins, 1)
        self.map_panel.body.addLayout(foot)
        self.detail = Panel(look, "find", parent=self)
        self.detail.setObjectName("lockers.detail")
        holder = QWidget()
        self.facts = QVBoxLayout(holder)
        self.facts.setContentsMargins(0, 0, px(4), 0)
        self.detail.body.addWidget(Scroll(holder, self), 1)
        self.inspect = ActionButton(look, "", icon="door-open", key="X", parent=self)
        self.inspect.setObjectName("lockers.inspect")
        self.open_timeline = ActionButton(look, "", icon="timeline", parent=self)
        self.open_timeline.setObjectName("lockers.timeline")
        self.detail.body.addWidget(self.inspect)
        self.detail.body.addWidget(self.open_timeline)
        self.inspection = self._inspection()
        self.side = QStackedWidget(self)
        self.side.addWidget(self.detail)
        self.side.addWidget(self.inspection)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.bank_panel)
        row.addWidget(self.map_panel, 1)
        row.addWidget(self.side)
        self.pages = StatePages(look, content, "lockers", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.addWidget(self.pages)

    def _grid(self) -> DoorGrid:
        grid = DoorGrid(self._look, self._context.words("lockers.title"), self.columns, self)
        grid.setObjectName("lockers.doors")
        grid.selected.connect(self._door_chosen)
        grid.opened.connect(lambda _: self.inspect.setFocus())
        return grid

    def _inspection(self) -> Panel:
        look = self._look
        panel = Panel(look, "two-persons", parent=self)
        self.inspect_note = PlainLabel(wrap=True)
        form = Form(look, panel, labels=88)
        self.custodian, self.second = Choice("lockers.custodian"), Choice("lockers.second")
        self.custodian_row = form.add("", self.custodian)
        self.second_row = form.add("", self.second)
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.send = ActionButton(look, "", icon="door-open", key="F12", role="primary", parent=panel)
        self.send.setObjectName("lockers.inspect.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=panel)
        self.cancel.setObjectName("lockers.inspect.cancel")
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        panel.body.addWidget(self.inspect_note)
        panel.body.addWidget(form)
        panel.body.addWidget(self.trouble)
        panel.body.addStretch(1)
        panel.body.addLayout(buttons)
        return panel

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(presenter.refresh)
        self.bank_table.chosen.connect(presenter.choose_bank)
        self.table.chosen.connect(presenter.choose_cell)
        self.twin.acted.connect(self._swap)
        self.inspect.acted.connect(self._begin)
        self.open_timeline.acted.connect(self._go)
        self.send.acted.connect(self._send)
        self.cancel.acted.connect(self._end)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        if not presenter.read:
            if presenter.error is not None:
                self._show_error(presenter.error)
            else:
                self.pages.say(State.LOADING)
            return
        if not presenter.banks:
            self.pages.say(State.EMPTY, w("lockers.none.detail"), title=w("lockers.none"))
            return
        self.pages.show_content()
        self.bank_table.rows.show([self._bank_row(bank) for bank in presenter.banks])
        self.bank_table.blockSignals(True)
        self.bank_table.choose(presenter.bank)
        self.bank_table.blockSignals(False)
        staff = [(row.id, f"{row.name} {row.number}") for row in presenter.staff]
        self.custodian.offer(staff)
        self.second.offer(staff)
        self._take_wanted()
        self._show_doors()
        self._show_detail()

    def _bank_row(self, bank: BankView) -> Row:
        w = self._context.words
        states = [self._state(cell, self._context.clock.now()) for cell in bank.cells]
        holding = sum(1 for cell in bank.cells if cell.use == "holding")
        empty = sum(1 for cell in bank.cells if cell.use == "empty")
        worst = next((one for one in _MARKS if one in states and one is not DoorState.OUT_OF_SERVICE), None)
        name = w.pick(bank.name_zh, bank.name_en)
        told = w("lockers.bank", holding=holding, empty=empty)
        return Row(
            bank.bank,
            (Cell(name, bold=True, shape=_MARKS[worst] if worst else None), Cell(told, quiet=True)),
        )

    def _show_doors(self) -> None:
        bank, now = self.presenter.current_bank(), self._context.clock.now()
        if bank is None:
            return
        w = self._context.words
        counts = dict.fromkeys(DoorState, 0)
        for cell in bank.cells:
            counts[self._state(cell, now)] += 1
        told = [
            f"{w(f'lockers.state.{state}')} {count}"
            for state, count in counts.items()
            if count or state in (DoorState.HOLDING, DoorState.EMPTY)
        ]
        self.map_panel.set_title(w.pick(bank.name_zh, bank.name_en), " · ".join(told))
        self.grid.blockSignals(True)
        self.grid.doors.show([self._door(cell, now) for cell in bank.cells])
        current = self.presenter.current_cell()
        number = self._number(current) if current is not None else ""
        if number and self.grid.current_number() != number:
            self.grid.select(number)
        self.grid.blockSignals(False)
        self.table.rows.show([self._table_row(one, now) for one in bank.cells])

    def _number(self, cell: CellView) -> str:
        return f"{cell.number:02d}"

    def _state(self, cell: CellView, now: datetime) -> DoorState:
        if cell.use == "out-of-service":
            return DoorState.OUT_OF_SERVICE
        if cell.door is Door.UNKNOWN:
            return DoorState.UNKNOWN
        if cell.door is Door.OPEN:
            if cell.forced:
                return DoorState.FORCED
            long = self.presenter.open_for(cell, now)
            return DoorState.TOO_LONG if long is not None and long > TOO_LONG else DoorState.OPEN
        return DoorState.HOLDING if cell.use == "holding" else DoorState.EMPTY

    def _door(self, cell: CellView, now: datetime) -> DoorData:
        w, state = self._context.words, self._state(cell, now)
        level = {DoorState.FORCED: "red", DoorState.TOO_LONG: "yellow"}.get(state, "")
        open_for = self.presenter.open_for(cell, now)
        detail = f"{cell.grams} g" if cell.grams is not None else ""
        if open_for is not None and state in (DoorState.OPEN, DoorState.TOO_LONG, DoorState.FORCED):
            detail = w("lockers.open-for", span=span(open_for))
        elif state is DoorState.UNKNOWN and cell.since is not None:
            detail = w("lockers.unknown-since", time=self._context.local(cell.since))
        return DoorData(
            number=self._number(cell),
            state=state,
            word=w(f"lockers.state.{state}"),
            whose=f"{cell.name} {cell.stay_number}".strip(),
            detail=detail,
            time=self._context.local(cell.stored_at) if cell.stored_at else "",
            level_word=w(f"lockers.level.{level}") if level else "",
        )

    def _table_row(self, cell: CellView, now: datetime) -> Row:
        door = self._door(cell, now)
        return Row(
            cell.cell,
            (
                Cell(door.number, bold=True),
                Cell(door.word, shape=_MARKS.get(door.state)),
                Cell(door.whose),
                Cell(cell.bag),
                Cell(cell.seal),
                Cell(f"{cell.grams} g" if cell.grams is not None else ""),
                Cell(self._context.local(cell.stored_at, "%m-%d %H:%M") if cell.stored_at else ""),
            ),
        )

    def _show_detail(self) -> None:
        w, cell, now = self._context.words, self.presenter.current_cell(), self._context.clock.now()
        clear(self.facts)
        self.open_timeline.setVisible(cell is not None and bool(cell.stay))
        if cell is None:
            self.detail.set_title(w("lockers.detail"))
            self.facts.addWidget(PlainLabel(w("lockers.detail.none"), role="secondary", wrap=True))
            self.facts.addStretch(1)
            self.inspect.set_refused([w("lockers.detail.none")])
            return
        state = self._state(cell, now)
        self.detail.set_title(w("lockers.detail.of", cell=cell.cell), w(f"lockers.state.{state}"))
        form = Facts(self._look, self, labels=72)
        lines = [
            ("whose", f"{cell.name} {cell.stay_number}".strip()),
            ("bag", cell.bag),
            ("tag", cell.tag),
            ("seal", cell.seal),
            ("weight", f"{cell.grams} g" if cell.grams is not None else ""),
            ("items", w("lockers.items.count", count=cell.items) if cell.bag else ""),
            ("stored", self._context.local(cell.stored_at, "%m-%d %H:%M:%S") if cell.stored_at else ""),
            ("door", w(f"door.{cell.door}")),
            (
                "since",
                self._context.local(cell.since, "%m-%d %H:%M:%S") if cell.since else w("lockers.never"),
            ),
        ]
        for name, words in lines:
            form.add(w(f"lockers.column.{name}"), words)
        self.facts.addWidget(form)
        if cell.forced:
            forced = PlainLabel(w("lockers.forced"), wrap=True)
            forced.setProperty("level", "red")
            self.facts.addWidget(forced)
        if self.presenter.hands:
            self.facts.addWidget(PlainLabel(w("lockers.chain"), role="bold"))
            for hand in self.presenter.hands:
                who = " + ".join(
                    self.presenter.names.get(one, one) for one in (hand.custodian, hand.second) if one
                )
                time = self._context.local(hand.at, "%m-%d %H:%M")
                self.facts.addWidget(PlainLabel(f"{time} {w(f'lockers.hand.{hand.what}')} {who}", wrap=True))
        self.facts.addStretch(1)
        self.inspect.set_refused(self._against(cell))

    def _against(self, cell: CellView) -> list[str]:
        w, session = self._context.words, self._context.link.session
        if session is not None and "open-cell" not in session.requests:
            return [w("lockers.inspect.no-role")]
        return [] if cell.stay else [w("lockers.inspect.empty")]

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.read:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("lockers.retry"))

    # ------------------------------------------------------------ acting

    def _door_chosen(self, number: str) -> None:
        bank = self.presenter.current_bank()
        cell = next((one for one in bank.cells if self._number(one) == number), None) if bank else None
        if cell is not None and cell.cell != self.presenter.cell:
            self.presenter.choose_cell(cell.cell)

    def _take_wanted(self) -> None:
        if self._wanted_stay and (cell := self.presenter.cell_of(self._wanted_stay)):
            self._wanted_stay = ""
            self.presenter.choose_cell(cell)

    def _swap(self) -> None:
        self._as_table = not self._as_table
        shown: QWidget = self.table if self._as_table else self.grid
        self.twins.setCurrentWidget(shown)
        self.twin.set_words(self._context.words("lockers.map" if self._as_table else "lockers.table"))
        shown.setFocus()

    def _begin(self) -> None:
        self.trouble.setText("")
        self.second.choose("")
        own = self._context.link.session
        self.custodian.choose(own.staff if own is not None else "")
        self.side.setCurrentWidget(self.inspection)
        self.custodian.setFocus()

    def _send(self) -> None:
        try:
            self.presenter.inspect(
                self.custodian.key(),
                self.second.key(),
                self._opened,
                lambda refused: self.trouble.setText(reasons(self._context, refused)),
            )
        except AppError as error:
            self.trouble.setText(self._context.words(error.code, **error.values))

    def _opened(self) -> None:
        self._context.speaker.info("lockers.inspect.sent", cell=self.presenter.cell)
        self._end()

    def _end(self) -> None:
        self.second.choose("")
        self.side.setCurrentWidget(self.detail)
        (self.table if self._as_table else self.grid).setFocus()

    def _go(self) -> None:
        cell = self.presenter.current_cell()
        if cell is not None and cell.stay:
            self._context.go("timeline", cell.stay, "")

    # ------------------------------------------------------------ keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not self._as_table:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.grid.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.refresh()
        self.presenter.list_staff()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        width = theme.logical(self.width())
        banks, side = (
            (212, 276) if width < NARROW_BELOW else (240, 320) if width < COMPACT_BELOW else (330, 430)
        )
        self.bank_panel.setFixedWidth(theme.px(banks))
        self.side.setFixedWidth(theme.px(side))
        self._divide(max(1, min(WIDEST, int((width - banks - side - 64) / LEAST_DOOR))))

    def _divide(self, columns: int) -> None:
        """Show the doors in as many columns as they fit in."""
        if columns == self.columns:
            return
        self.columns = columns
        before, focused = self.grid, self.grid.hasFocus()
        self.grid = self._grid()
        self.twins.insertWidget(0, self.grid)
        self.twins.removeWidget(before)
        before.hide()
        before.deleteLater()
        self.twins.setCurrentWidget(self.table if self._as_table else self.grid)
        self._show_doors()
        if focused:
            self.grid.setFocus()
