"""The supervision screen: the review list with its marks; Enter opens the timeline at the entry."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.supervision.presenter import Finding, Mark, SupervisionPresenter
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.frame import Panel, StatePages
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.station import messages as m

COLUMNS = ("recorded", "happened", "person", "marks", "what", "actor", "number")
ALL = "all"
KINDS = {Mark.BREACH: "red", Mark.OVERRIDE: "late", Mark.LATE: "late"}


class SupervisionScreen(QWidget):
    """The review list. J and K go down and up, Enter opens the entry."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("supervision")
        self._context, self._look = context, look
        self.presenter = SupervisionPresenter(context, self)
        self._lay_out()
        self.presenter.changed.connect(self._show)
        self.presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(self.presenter.gather.again)
        self.marks.chosen.connect(lambda key: self.presenter.show_only(None if key == ALL else Mark(key)))
        self.table.acted.connect(lambda _: self._open())
        self.open.acted.connect(self._open)
        self.copy.acted.connect(self._copy)
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take in hand the newest entry about a person."""
        found = next((one for one in self.presenter.findings() if one.stay == stay), None)
        if found is not None:
            self.table.choose(found.key)

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Nothing is ever unsaved here."""
        return False

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.title.setText(w("supervision.title"))
        self.marks.setAccessibleName(w("supervision.marks"))
        self.table.setAccessibleName(w("supervision.title"))
        self.table.rows.set_heads([w(f"supervision.column.{column}") for column in COLUMNS])
        self.open.set_words(w("supervision.open"))
        self.copy.set_words(w("supervision.copy"))
        self.scope.setText(w("supervision.scope"))
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.title = PlainLabel(role="title")
        self.marks = Segments(look, "", [(key, key) for key in (ALL, *Mark)], self)
        for key, button in self.marks.buttons.items():
            button.setObjectName(f"supervision.mark.{key}")
        self.marks.choose(ALL)
        self.progress = PlainLabel(role="secondary")
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        bar.addWidget(self.title)
        bar.addWidget(self.marks)
        bar.addStretch(1)
        bar.addWidget(self.progress)
        self.table = KeyedTable(look, len(COLUMNS), COLUMNS.index("what"), self)
        self.table.setObjectName("supervision.table")
        self.pages = StatePages(look, self.table, "supervision", self, framed=False)
        self.panel = Panel(look, "supervision", parent=self)
        self.panel.tight()
        self.panel.body.addWidget(self.pages)
        self.scope = PlainLabel(role="secondary", elide=True)
        self.open = ActionButton(
            look, "", icon="timeline", key="Enter", bind=False, role="primary", parent=self
        )
        self.open.setObjectName("supervision.open")
        self.copy = ActionButton(look, "", icon="copy", parent=self)
        self.copy.setObjectName("supervision.copy")
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.scope, 1)
        foot.addWidget(self.copy)
        foot.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addLayout(bar)
        column.addWidget(self.panel, 1)
        column.addLayout(foot)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        gather, found = presenter.gather, presenter.findings()
        counts = presenter.counts()
        for key, button in self.marks.buttons.items():
            number = len(presenter.every()) if key == ALL else counts[Mark(key)]
            button.set_words(f"{w(f'supervision.mark.{key}')} {number}")
        left = len(gather.cards) - len(gather.replies)
        reading = w("supervision.reading", left=left) if left > 0 and gather.board is not None else ""
        self.progress.setText(reading)
        self.panel.set_title(w("supervision.list"), w("supervision.count", count=len(found)))
        if gather.board is None:
            if gather.error is not None:
                self._show_error(gather.error)
            else:
                self.pages.say(State.LOADING)
        elif not found:
            if gather.whole:
                self.pages.say(State.EMPTY, w("supervision.none.detail"), title=w("supervision.none"))
            else:
                self.pages.say(State.LOADING, reading)
        else:
            self.table.rows.show([self._row(one) for one in found])
            self.pages.show_content()
            if not self.table.current_key():
                self.table.choose(found[0].key)

    def _row(self, found: Finding) -> Row:
        w, row, local = self._context.words, found.row, self._context.local
        badges = tuple(Badge(w(f"supervision.mark.{mark}"), KINDS.get(mark, "")) for mark in found.marks)
        return Row(
            found.key,
            (
                Cell(local(row.recorded_at, "%m-%d %H:%M:%S"), bold=True),
                Cell(local(row.happened_at, "%H:%M:%S")),
                Cell(f"{found.number} {found.name}".strip(), bold=True),
                Cell(badges=badges),
                Cell(self.presenter.sayer.content(row, found.corrected)),
                Cell(self.presenter.sayer.source(row)[1]),
                Cell(f"#{row.seq}", quiet=True),
            ),
        )

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.gather.board is not None:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("supervision.retry"))

    # ------------------------------------------------------------ acting

    def _open(self) -> None:
        found = self.presenter.finding(self.table.current_key())
        if found is not None:
            self._context.go("timeline", found.stay, str(found.row.seq))

    def _copy(self) -> None:
        self.table.copy_all()
        self._context.speaker.info("supervision.copied", count=self.table.rows.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.table.choose(self.table.rows.key(self.table.currentIndex().row() + step))
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.gather.rest()
