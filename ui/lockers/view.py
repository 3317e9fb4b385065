"""The locker screen: banks and the door in hand at the left, the map in the middle, the guide at the right."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.lockers.asking import InspectionPanel, SecurePanel
from ui.lockers.detail import DetailPanel
from ui.lockers.drawn import Drawn, drawn_of
from ui.lockers.guide_view import GuidePanel
from ui.lockers.presenter import LockersPresenter
from ui.scan import ScanKind
from ui.widgets.buttons import ActionButton
from ui.widgets.doors import DoorGrid
from ui.widgets.frame import FittedPages, Panel
from ui.widgets.keyed import KeyedTable
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.services.lockers import BankView
from workstation.station import messages as m

COMPACT_BELOW = 1500
NARROW_BELOW = 1100
WIDEST, LEAST_DOOR = 4, 140
TICK_MS = 1000
TABLE_COLUMNS = ("number", "state", "whose", "told", "weight", "bag", "seal", "stored")


class LockersScreen(QWidget):
    """Every locker.

    Arrows go from door to door, digits jump, T shows the table, B begins the guide, G another door, I opens for an
    inspection, X records who was sent to a door in trouble.
    """

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockers")
        self._context, self._look = context, look
        self.presenter = LockersPresenter(context, self)
        self._as_table = False
        self._wanted = ("", "")
        self._asking: list[InspectionPanel | SecurePanel] = []
        self._lay_out()
        self._bind()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._second_passed)
        self._arrived = False
        self._arrival = QTimer(self)  # after the window has put the keyboard somewhere
        self._arrival.setSingleShot(True)
        self._arrival.timeout.connect(self._take_up)
        self.retranslate()

    @cached_property
    def inspection(self) -> InspectionPanel:
        """The form of an inspection, made when it is first asked for: the doors are there sooner."""
        panel = InspectionPanel(self._context, self._look, self.presenter, self.side)
        self._take_in(panel)
        return panel

    @cached_property
    def securing(self) -> SecurePanel:
        """The form that says who was sent to a door in trouble, made likewise."""
        panel = SecurePanel(self._context, self._look, self.presenter, self.side)
        self._take_in(panel)
        return panel

    def _take_in(self, panel: InspectionPanel | SecurePanel) -> None:
        self.side.addWidget(panel)
        self._asking.append(panel)
        panel.ended.connect(self._end)
        panel.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take in hand the door `task` (a cell), or the door where something of `stay` lies."""
        self._wanted = (stay, task)
        self._take_wanted()

    def show_cell(self, cell: str) -> None:
        """Take a door in hand."""
        self._wanted = ("", cell)
        self._take_wanted()
        self._shown_twin().setFocus()

    def scanned(self, kind: ScanKind, text: str) -> bool:
        """A bag's tag opens its door or begins its guide; a colleague's card names the second person of a guide."""
        if kind is ScanKind.TAG:
            return self.presenter.read and self.presenter.by_tag(text)
        if kind is ScanKind.STAFF and self.presenter.guide.active and not self.presenter.guide.ordered:
            row = next((one for one in self.presenter.staff if text in (one.id, f"STAFF-{one.number}")), None)
            if row is not None and row.id != self.presenter.guide.custodian:
                self.presenter.guide.choose(self.presenter.guide.custodian, row.id)
                return True
        return False

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether an opening was begun and not sent."""
        shown = self.side.currentWidget()
        return isinstance(shown, InspectionPanel | SecurePanel) and shown.begun()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.bank_table.setAccessibleName(w("lockers.banks"))
        self.bank_table.rows.set_heads(["", ""])
        self.grid.setAccessibleName(w("lockers.title"))
        self.table.setAccessibleName(w("lockers.title"))
        self.table.rows.set_heads([w(f"lockers.column.{column}") for column in TABLE_COLUMNS])
        self.hint.setText(w("lockers.hint"))
        self.twin.set_words(w("lockers.map" if self._as_table else "lockers.table"))
        self.reread.set_words(w("lockers.reread"))
        self.detail.retranslate()
        for panel in self._asking:
            panel.retranslate()
        self.guide.retranslate()
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        # From the outside in: what moves into another parent is styled anew with all that it holds.
        look, px = self._look, self._look.theme.px
        content = QWidget()
        self.pages = FittedPages(look, content, "lockers", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.addWidget(self.pages)
        self.left = QWidget(content)
        self.bank_panel = Panel(look, "lockers", parent=self.left)
        self.bank_panel.tight()
        self.bank_table = KeyedTable(look, 2, 0, self.bank_panel)
        self.bank_table.setObjectName("lockers.banks")
        self.bank_table.horizontalHeader().hide()
        self.bank_panel.body.addWidget(self.bank_table)
        self.detail = DetailPanel(self._context, look, self.presenter, self.left)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(10))
        left.addWidget(self.bank_panel)
        left.addWidget(self.detail, 1)
        self.map_panel = self._map(content)
        self.side = QStackedWidget(content)
        self.guide = GuidePanel(self._context, look, self.presenter, self.side)
        self.side.addWidget(self.guide)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.left)
        row.addWidget(self.map_panel, 1)
        row.addWidget(self.side)
        for first, then in (
            (self.bank_table, self.grid),
            (self.grid, self.guide.queue),
            (self.guide.queue, self.guide.custodian),
            (self.guide.stop, self.detail.inspect),
        ):
            QWidget.setTabOrder(first, then)

    def _map(self, content: QWidget) -> Panel:
        look, px = self._look, self._look.theme.px
        panel = Panel(look, "lockers", parent=content)
        self.twins = QStackedWidget(panel)
        self.grid = DoorGrid(look, self._context.words("lockers.title"), WIDEST, self.twins)
        self.grid.setObjectName("lockers.doors")
        self.table = KeyedTable(look, len(TABLE_COLUMNS), 2, self.twins)
        self.table.setObjectName("lockers.table")
        self.twins.addWidget(self.grid)
        self.twins.addWidget(self.table)
        self.hint = PlainLabel(role="secondary", elide=True)
        self.twin = ActionButton(look, "", icon="table", key="T", parent=panel)
        self.twin.setObjectName("lockers.twin")
        self.reread = ActionButton(look, "", icon="tag", key="R", parent=panel)
        self.reread.setObjectName("lockers.reread")
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.twin)
        foot.addWidget(self.reread)
        panel.body.setContentsMargins(px(6), px(4), px(6), px(8))
        panel.body.addWidget(self.twins, 1)
        panel.body.addLayout(foot)
        return panel

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.seen.connect(self._show_doors)
        presenter.seen.connect(self._show_detail)
        presenter.guide.changed.connect(self._show_doors)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(presenter.refresh)
        self.bank_table.chosen.connect(presenter.choose_bank)
        self.grid.selected.connect(self._door_chosen)
        self.grid.opened.connect(lambda _: self.detail.inspect.setFocus())
        self.table.chosen.connect(presenter.choose_cell)
        self.twin.acted.connect(self._swap)
        self.reread.acted.connect(presenter.look)
        self.detail.inspected.connect(lambda: self._ask(self.inspection))
        self.detail.secured.connect(lambda: self._ask(self.securing))
        self.detail.gone.connect(self._go)
        self.guide.ended.connect(lambda: self._shown_twin().setFocus())

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
        doors = sum(len(bank.cells) for bank in presenter.banks)
        self.bank_panel.set_title(w("lockers.banks"), w("lockers.doors", count=doors))
        self.bank_table.rows.show([self._drawn(bank).bank_row(bank) for bank in presenter.banks])
        self.bank_table.blockSignals(True)
        self.bank_table.choose(presenter.bank)
        self.bank_table.blockSignals(False)
        self._fit_banks()
        self._take_wanted()
        self._show_doors()
        self._show_detail()
        self.guide.show_guide()
        if self._arrived:
            self._arrival.start()

    def _show_doors(self) -> None:
        bank, w = self.presenter.current_bank(), self._context.words
        if bank is None:
            return
        drawn = self._drawn(bank)
        told = [f"{w(f'lockers.state.{state}')} {count}" for state, count in drawn.counts(bank).items()]
        self.map_panel.set_title(w.pick(bank.name_zh, bank.name_en), " · ".join(told))
        self.grid.blockSignals(True)
        self.grid.doors.show(drawn.doors(bank))
        current = self.presenter.current_cell()
        if current is not None and self.grid.current_number() != f"{current.number:02d}":
            self.grid.select(f"{current.number:02d}")
        self.grid.blockSignals(False)
        self.table.rows.show([drawn.table_row(one) for one in bank.cells])
        if current is not None and self.table.current_key() != current.cell:
            self.table.blockSignals(True)
            self.table.choose(current.cell)
            self.table.blockSignals(False)

    def _drawn(self, bank: BankView) -> Drawn:
        return drawn_of(self._context, self.presenter, bank)

    def _show_detail(self) -> None:
        self.detail.show_cell(self.presenter.current_bank(), self.presenter.current_cell())

    def _second_passed(self) -> None:
        self._show_doors()
        self.guide.tick()

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.read:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("lockers.retry"))

    def _shown_twin(self) -> QWidget:
        return self.table if self._as_table else self.grid

    def _take_up(self) -> None:
        """The keyboard goes to the map, once, when the screen was opened and has its doors."""
        if self._arrived and self.presenter.read and self.side.currentWidget() is self.guide:
            self._arrived = False
            if not self.presenter.guide.active:
                self._shown_twin().setFocus()

    # ------------------------------------------------------------ acting

    def _door_chosen(self, number: str) -> None:
        bank = self.presenter.current_bank()
        cell = next((one for one in bank.cells if f"{one.number:02d}" == number), None) if bank else None
        if cell is not None and cell.cell != self.presenter.cell:
            self.presenter.choose_cell(cell.cell)

    def _take_wanted(self) -> None:
        stay, cell = self._wanted
        cell = cell or (self.presenter.cell_of(stay) if stay else "")
        if cell and self.presenter.read:
            self._wanted = ("", "")
            if not self.presenter.choose_cell(cell):
                self._context.speaker.error(AppError("lockers.no-such", cell=cell))

    def _swap(self) -> None:
        self._as_table = not self._as_table
        self.twins.setCurrentWidget(self._shown_twin())
        self.twin.set_words(self._context.words("lockers.map" if self._as_table else "lockers.table"))
        self._shown_twin().setFocus()

    def _ask(self, panel: InspectionPanel | SecurePanel) -> None:
        self.side.setCurrentWidget(panel)
        panel.begin()

    def _end(self) -> None:
        self.side.setCurrentWidget(self.guide)
        self._shown_twin().setFocus()

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
        self._arrived = True
        self._arrival.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        width = theme.logical(self.width())
        left, side = (
            (226, 256) if width < NARROW_BELOW else (256, 312) if width < COMPACT_BELOW else (330, 430)
        )
        self.left.setFixedWidth(theme.px(left))
        self.bank_table.setColumnHidden(1, width < NARROW_BELOW)
        self.side.setFixedWidth(theme.px(side))
        self.hint.setVisible(width >= NARROW_BELOW)
        self.grid.divide(max(1, min(WIDEST, int((width - left - side - 64) / LEAST_DOOR))))
        self._fit_banks()

    def _fit_banks(self) -> None:
        """The list of banks is as high as its lines; a third of the column at most."""
        lines = self.bank_table.rows.rowCount() * self.bank_table.verticalHeader().defaultSectionSize()
        most = max(lines and self.bank_table.verticalHeader().defaultSectionSize(), self.height() // 3)
        self.bank_table.setFixedHeight(min(lines, most) + 2)
