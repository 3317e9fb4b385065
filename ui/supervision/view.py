"""The supervision screen: patrol, draw by lot, corrections, negative list, bulletin; Enter opens the timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.supervision.lists import COLUMNS, STRETCH, Lists
from ui.supervision.presenter import NEGATIVE, Mark, SupervisionPresenter, Tab
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.frame import Panel, StatePages
from ui.widgets.keyed import KeyedTable
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.station import messages as m

ALL = "all"
ICONS = {
    Tab.PATROL: "check-round", Tab.SAMPLE: "count", Tab.CORRECTIONS: "correct", Tab.NEGATIVE: "refused",
    Tab.BULLETIN: "document",
}  # fmt: skip
COUNTS = (5, 10, 20)


class SupervisionScreen(QWidget):
    """Supervision. Alt+1 to 5 turn the parts, J and K go down and up, Enter opens the timeline at the entry."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("supervision")
        self._context, self._look = context, look
        self.presenter = SupervisionPresenter(context, self)
        self._lists = Lists(context, self.presenter)
        self._lay_out()
        self._bind()
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take in hand the first line about a person."""
        for row in self.table().rows.rows():
            if row.key == stay or row.key.startswith(f"{stay}/"):
                self.table().choose(row.key)
                return

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Nothing is ever unsaved here."""
        return False

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.tabs.setAccessibleName(w("supervision.title"))
        self.marks.setAccessibleName(w("supervision.marks"))
        self.counts.setAccessibleName(w("supervision.how-many"))
        for tab, table in self._tables.items():
            self._head(tab, table)
        self.seed_label.setText(w("supervision.seed"))
        self.seed.setAccessibleName(w("supervision.seed"))
        if not self.seed.text():
            self.seed.setText(self._context.local(self._context.clock.now(), "%Y-%m-%d"))
        self.draw.set_words(w("supervision.draw"))
        self.open.set_words(w("supervision.open"))
        self.watch.set_words(w("supervision.watch"))
        self.copy.set_words(w("supervision.copy"))
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.panel = Panel(look, "supervision", parent=self)
        self.panel.tight()
        self.stack = QStackedWidget(self.panel)
        self._tables: dict[Tab, KeyedTable] = {}
        self.pages = StatePages(look, self.stack, "supervision", self.panel, framed=False)
        self.tabs = Segments(look, "", [(tab, tab) for tab in Tab], self)
        for number, (name, button) in enumerate(self.tabs.buttons.items(), start=1):
            button.setObjectName(f"supervision.tab.{name}")
            button.setShortcut(f"Alt+{number}")
        self.tabs.choose(Tab.PATROL)
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self.panel.body.addWidget(self._filters())
        self.panel.body.addWidget(self._lots())
        self.panel.body.addWidget(self.pages, 1)
        self.scope = PlainLabel(role="secondary", wrap=True)
        self.open = ActionButton(
            look, "", icon="timeline", key="Enter", bind=False, role="primary", parent=self
        )
        self.open.setObjectName("supervision.open")
        self.watch = ActionButton(look, "", icon="cameras", key="V", parent=self)
        self.watch.setObjectName("supervision.watch")
        self.copy = ActionButton(look, "", icon="copy", parent=self)
        self.copy.setObjectName("supervision.copy")
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.scope, 1)
        foot.addWidget(self.copy)
        foot.addWidget(self.watch)
        foot.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addLayout(bar)
        column.addWidget(self.panel, 1)
        column.addLayout(foot)

    def _filters(self) -> QWidget:
        self.marks = Segments(self._look, "", [(key, key) for key in (ALL, *NEGATIVE)], self.panel)
        for key, button in self.marks.buttons.items():
            button.setObjectName(f"supervision.mark.{key}")
        self.marks.choose(ALL)
        self.filters = self._line(self.marks)
        return self.filters

    def _lots(self) -> QWidget:
        look = self._look
        self.seed_label = PlainLabel(role="secondary")
        self.seed = QLineEdit(self.panel)
        self.seed.setObjectName("supervision.seed")
        self.seed.setMaxLength(64)
        self.seed.setMaximumWidth(look.theme.px(220))
        self.counts = Segments(look, "", [(str(count), str(count)) for count in COUNTS], self.panel)
        for key, button in self.counts.buttons.items():
            button.setObjectName(f"supervision.count.{key}")
        self.counts.choose("10")
        self.draw = ActionButton(look, "", icon="refresh-cw", key="Ctrl+D", parent=self.panel)
        self.draw.setObjectName("supervision.draw")
        self.lots = self._line(self.seed_label, self.seed, self.counts, self.draw)
        return self.lots

    def _line(self, *widgets: QWidget) -> QWidget:
        px = self._look.theme.px
        holder = QWidget(self.panel)
        row = QHBoxLayout(holder)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.setSpacing(px(8))
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return holder

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(presenter.refresh)
        self.tabs.chosen.connect(self._turn)
        self.marks.chosen.connect(lambda key: presenter.show_only(None if key == ALL else Mark(key)))
        self.draw.acted.connect(self._draw)
        self.seed.returnPressed.connect(self._draw)
        self.open.acted.connect(self._open)
        self.watch.acted.connect(self._watch)
        self.copy.acted.connect(self._copy)

    # ------------------------------------------------------------ showing

    def table(self) -> KeyedTable:
        """The table of the part shown, made when it is first shown; the bulletin lends that of the patrol."""
        tab = self.presenter.tab if self.presenter.tab in COLUMNS else Tab.PATROL
        if tab not in self._tables:
            columns = COLUMNS[tab]
            table = KeyedTable(self._look, len(columns), columns.index(STRETCH[tab]), self.stack)
            table.setObjectName(f"supervision.{tab}.table")
            table.acted.connect(lambda _: self._open())
            table.chosen.connect(lambda _: self._allow())
            self._tables[tab] = table
            self.stack.addWidget(table)
            self._head(tab, table)
        return self._tables[tab]

    def _head(self, tab: Tab, table: KeyedTable) -> None:
        w = self._context.words
        table.setAccessibleName(w(f"supervision.tab.{tab}"))
        table.rows.set_heads([w(f"supervision.column.{column}") for column in COLUMNS[tab]])

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        tab, counts = presenter.tab, presenter.counts()
        for key, button in self.tabs.buttons.items():
            button.set_words(w(f"supervision.tab.{key}"))
        for key, button in self.marks.buttons.items():
            number = sum(counts[mark] for mark in NEGATIVE) if key == ALL else counts[Mark(key)]
            button.set_words(f"{w(f'supervision.mark.{key}')} {number}")
        self.filters.setVisible(tab is Tab.NEGATIVE)
        self.lots.setVisible(tab is Tab.SAMPLE)
        self.scope.setText(self._scope())
        for widget in (self.open, self.copy):
            widget.setVisible(tab is not Tab.BULLETIN)
        self.watch.setVisible(tab is Tab.PATROL)
        rows = self._lists.rows(tab)
        self.panel.set_title(
            w(f"supervision.head.{tab}"),
            w("supervision.count", count=len(rows)) if tab is not Tab.BULLETIN else "",
        )
        if tab is Tab.BULLETIN:
            self.pages.say(
                State.EMPTY, w("supervision.bulletin.detail"), title=w("supervision.bulletin.none")
            )
        elif presenter.error is not None and not self._known():
            self._show_error(presenter.error)
        elif not self._known():
            self.pages.say(State.LOADING)
        elif not rows:
            self.table().rows.show([])
            self.pages.say(
                State.EMPTY, w(f"supervision.none.{tab}.detail"), title=w(f"supervision.none.{tab}")
            )
        else:
            table = self.table()
            table.rows.show(rows)
            self.stack.setCurrentWidget(table)
            self.pages.show_content()
            if not table.current_key():
                table.choose(rows[0].key)
        self._allow()

    def _known(self) -> bool:
        presenter = self.presenter
        match presenter.tab:
            case Tab.PATROL:
                return presenter.board is not None
            case Tab.SAMPLE:
                return True
            case _:
                return presenter.review is not None

    def _scope(self) -> str:
        presenter, w = self.presenter, self._context.words
        drawn = presenter.sample
        if presenter.tab is Tab.SAMPLE and drawn is not None:
            return w("supervision.drawn", seed=drawn.seed, first=drawn.first, last=drawn.last)
        return w(f"supervision.scope.{presenter.tab}")

    def _allow(self) -> None:
        nothing = [] if self.table().current_key() else [self._context.words("supervision.choose")]
        self.open.set_refused(nothing)
        camera = self.presenter.camera_of(self.table().current_key())
        self.watch.set_refused(nothing or ([] if camera else [self._context.words("supervision.no-camera")]))
        self.copy.set_refused([] if self.table().rows.rowCount() else nothing)

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self._known() and self.presenter.tab is not Tab.SAMPLE:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("supervision.retry"))

    # ------------------------------------------------------------ acting

    def _turn(self, tab: str) -> None:
        self.presenter.turn(Tab(tab))
        if self.table().isVisibleTo(self):
            self.table().setFocus()
        elif self.lots.isVisibleTo(self):
            self.seed.setFocus()

    def _draw(self) -> None:
        try:
            self.presenter.draw(self.seed.text(), int(self.counts.choice() or COUNTS[0]))
        except AppError as error:
            self._context.speaker.error(error)

    def _open(self) -> None:
        key = self.table().current_key()
        if self.presenter.tab is Tab.PATROL:
            if key:
                self._context.go("timeline", key, "")
            return
        found = self.presenter.finding(key)
        if found is not None:
            self._context.go("timeline", found.entry.stay, str(found.entry.row.seq))

    def _watch(self) -> None:
        """The live picture of the room that the person is in."""
        stay = self.table().current_key()
        camera = self.presenter.camera_of(stay)
        if camera:
            self._context.go("cameras", stay, camera)

    def _copy(self) -> None:
        self.table().copy_all()
        self._context.speaker.info("supervision.copied", count=self.table().rows.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step:
            table = self.table()
            table.choose(table.rows.key(table.currentIndex().row() + step))
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()
