"""The warning screen: figures, the list in tabs and groups, and beside it the line in hand with what may be done."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.warnings.closing import Closing
from ui.warnings.detail import Detail
from ui.warnings.figures import Figures
from ui.warnings.listing import ListPanel
from ui.warnings.presenter import REASONS, Line, Tab, WarningsPresenter
from ui.warnings.saying import Saying
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.services.alerts import Alert, AlertSort
from workstation.station import messages as m

COMPACT_BELOW = 1500
UNDER_FINGER_MS = 5000
"""The order of the list stands still so long after a key or a click in it."""


class WarningsScreen(QWidget):
    """Warnings. J and K go down and up, Alt+1 to 3 act, A acknowledges, D acts, digits and C close, G groups."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warnings")
        self._context, self._look = context, look
        self.presenter = WarningsPresenter(context, self)
        self.saying = Saying(context)
        self._wanted = ""
        self._ending: Line | None = None
        self._detail: Detail | None = None
        self._closing: Closing | None = None
        self._touched = QElapsedTimer()
        self._lay_out()
        self._bind()
        self._tick = QTimer(self)
        self._tick.setInterval(10_000)
        self._tick.timeout.connect(self._show)
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take in hand the first line about a person."""
        self._wanted = stay
        self._show()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether a closing was begun and not sent."""
        return self._is_closing() and self.closing.begun()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.listed.retranslate()
        if self._closing is not None:
            self._closing.retranslate()
            self._closing.what.setText(self._about(self._ending) if self._ending else "")
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.listed = listed = ListPanel(self._context, look, self)  # first: what the keyboard enters
        self.table, self.tabs, self.pages = listed.table, listed.tabs, listed.pages
        self.group, self.often = listed.group, listed.often
        self.figures = Figures(self._context, look, self.presenter, self)
        self.side = QStackedWidget(self)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(listed, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(10))
        column.addWidget(self.figures)
        column.addLayout(row, 1)

    @property
    def detail(self) -> Detail:
        """The line in hand, made when there is one to show."""
        if self._detail is None:
            self._detail = made = Detail(self._context, self._look, self.presenter, self)
            self.side.addWidget(made)
            made.wanted.connect(self._go)
            made.acknowledged.connect(self._acknowledge)
            made.closing.connect(self._begin)
            made.unfolded.connect(self._enter)
        return self._detail

    @property
    def closing(self) -> Closing:
        """The form that closes, made when it is first needed."""
        if self._closing is None:
            self._closing = made = Closing(self._context, self._look, self)
            self.side.addWidget(made)
            made.retranslate()
            made.sent.connect(self._send)
            made.cancelled.connect(self._end)
        return self._closing

    def _is_closing(self) -> bool:
        return self._closing is not None and self.side.currentWidget() is self._closing

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(presenter.refresh)
        self.tabs.chosen.connect(self._turn)
        self.group.acted.connect(lambda: presenter.fold(self.group.isChecked()))
        self.often.acted.connect(self._show)
        self.table.chosen.connect(lambda _: self._show_detail())
        self.table.acted.connect(lambda _: self._enter())
        self.table.clicked.connect(lambda _: self._touch())

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        lines = self._settled(presenter.lines())
        for tab, button in self.tabs.buttons.items():
            button.set_words(f"{w(f'warnings.tab.{tab}')} {len(presenter.of(Tab(tab)))}")
        folded = len(lines) if presenter.tab is Tab.OPEN else len(presenter.every())
        self.figures.refresh(folded)
        if presenter.alerts is None:
            if presenter.error is not None:
                self._show_error(presenter.error)
            else:
                self.pages.say(State.LOADING)
        elif self.often.isChecked():
            self._show_top()
        elif not lines:
            empty = f"warnings.none.{presenter.tab}"
            self.pages.say(State.EMPTY, w("warnings.none.detail"), title=w(empty))
            self.table.rows.show([])
        else:
            self.listed.show_lines(lines, presenter.names, self._context.clock.now())
            self._take(lines)
        if presenter.alerts is not None and not self._is_closing():
            self._show_detail()

    def _take(self, lines: list[Line]) -> None:
        mine = [one for one in lines if self._wanted and any(a.stay == self._wanted for a in one.alerts)]
        if mine:
            self._wanted = ""
            self.table.choose(mine[0].key)
        elif not self.table.current_key():
            self.table.choose(lines[0].key)

    def _settled(self, lines: list[Line]) -> list[Line]:
        """In the order shown while the list is under a finger; what is new then stands at the end."""
        if not self._touched.isValid() or self._touched.hasExpired(UNDER_FINGER_MS):
            return lines
        places = {row.key: place for place, row in enumerate(self.table.rows.rows())}
        return sorted(lines, key=lambda line: places.get(line.key, len(places)))

    def _show_top(self) -> None:
        alerts = self.presenter.alerts
        if alerts is None or not alerts.figures.top:
            self.pages.say(State.EMPTY, title=self._context.words("warnings.top.none"))
        else:
            self.listed.show_top(alerts.figures.top)

    def _show_detail(self) -> None:
        self.detail.show_line(None if self.often.isChecked() else self._current())

    def _current(self) -> Line | None:
        return self.presenter.line(self.table.current_key())

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.alerts is not None:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("warnings.retry"))

    # ------------------------------------------------------------ acting

    def _turn(self, tab: str) -> None:
        self.often.setChecked(False)
        self._touched.invalidate()
        self.presenter.show_only(Tab(tab))
        rows = self.table.rows
        if rows.rowCount() and not self.table.current_key():
            self.table.choose(rows.key(0))

    def _enter(self) -> None:
        line = self._current()
        if line is None:
            return
        if line.folded:
            self._touched.invalidate()
            self.presenter.unfold(line.key)
            self.table.choose(self._first_of(line.first))
        else:
            self._act()

    def _first_of(self, alert: Alert) -> str:
        return next((one.key for one in self.presenter.lines() if alert in one.alerts), "")

    def _act(self) -> None:
        """The first thing that may be done about the line in hand."""
        line = self._current()
        if line is not None and not line.folded:
            cures = line.first.cures if line.first.closed_at is None else ()
            self._go(cures[0] if cures else "steps")

    def _go(self, place: str) -> None:
        line = self._current()
        if line is None or line.folded:
            return
        if place == "timeline":
            self._context.go("timeline", line.first.stay, "")
        else:
            self._context.go("steps", line.first.stay, "" if place == "steps" else place)

    def _acknowledge(self) -> None:
        line = self._current()
        if line is not None:
            try:
                self.presenter.acknowledge(line.alerts)
            except AppError as error:
                self._context.speaker.error(error)

    def _begin(self, reason: str = "") -> None:
        line = self._current()
        if line is None or line.folded or line.first.sort is AlertSort.CLOCK or line.first.closed_at:
            return
        alert = line.first
        if not self.presenter.may_close(alert):
            self._context.speaker.error(AppError("warnings.no-role"))
            return
        self._ending = line
        self.closing.begin(self._about(line), reason)
        self.side.setCurrentWidget(self.closing)

    def _about(self, line: Line) -> str:
        return f"{line.first.number} {line.first.name}\n{self.saying.what(line.first)}"

    def _send(self) -> None:
        closing = self.closing
        if self._ending is None:
            return
        try:
            self.presenter.close(
                self._ending,
                closing.reason,
                closing.note.toPlainText(),
                self._end,
                lambda refused: closing.trouble.setText(reasons(self._context, refused)),
            )
        except AppError as error:
            closing.trouble.setText(self._context.words(error.code, **error.values))

    def _end(self) -> None:
        self._ending = None
        self.closing.note.clear()
        self.side.setCurrentWidget(self.detail)
        self.table.setFocus()
        self._show_detail()

    # ------------------------------------------------------------ keys and size

    def _touch(self) -> None:
        self._touched.restart()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), Qt.Key(event.key())
        if text.isdigit() and 0 < int(text) <= len(REASONS):
            reason = REASONS[int(text) - 1]
            if self._is_closing():
                self.closing.choose(reason)
            else:
                self._begin(reason)
            return
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(key, 0)
        if step:
            self._touch()
            self.table.choose(self.table.rows.key(self.table.currentIndex().row() + step))
        elif key is Qt.Key.Key_D and not event.modifiers():
            self._act()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        compact = theme.logical(self.width()) < COMPACT_BELOW
        self.side.setFixedWidth(theme.px(360 if compact else 430))
        self.listed.narrow(compact)
