"""The timeline screen: whose it is, the lanes and their table twin, and beside them the entry in hand or a form."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.papers.opening import PaperOpener
from ui.timeline.correction import CORRECTABLE_NOT
from ui.timeline.detail import Beside
from ui.timeline.filters import Filters
from ui.timeline.head import Head
from ui.timeline.pinned import Pinned
from ui.timeline.presenter import TimelinePresenter
from ui.timeline.side import Side
from ui.timeline.stage import Stage
from ui.timeline.table import COLUMNS, EntryTable
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import StatePages
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.custody.values import Paper
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

COMPACT_BELOW = 1500
NARROW_BELOW = 1100
LOW_BELOW = 720
TICK_MS = 30_000
PROOF_MS = 200


class TimelineScreen(QWidget):
    """Everything recorded about one person. `prints`: the folder that printed papers are put in.

    `cursor_moved` tells the instant of the cursor, for a player that follows it.
    """

    cursor_moved = Signal(object)

    def __init__(
        self, context: Context, look: Look, parent: QWidget | None = None, *, prints: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._context, self._look = context, look
        self.presenter = presenter = TimelinePresenter(context, self)
        self._papers = PaperOpener(self, context, look, prints)
        self._digits = self._wanted = ""
        self._conflict = 0
        self.head = Head(context, presenter, look, self)
        self.filters = Filters(context, look, self)
        self.pinned = Pinned(context, look, presenter.sayer, self)
        self.stage = Stage(context, presenter, look, self)
        self.table = EntryTable(context, presenter, look, self)
        self.side = Side(context, presenter, look, self)
        self.detail = self.side.detail
        self._tick, self._prove, self._lanes = QTimer(self), QTimer(self), QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._prove.setInterval(PROOF_MS)
        for once in (self._prove, self._lanes):
            once.setSingleShot(True)
        self._lay_out()
        self._bind()
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Show a person's timeline; `task` is the number of an entry to take in hand."""
        if stay:
            self._wanted = task
            if stay != self.presenter.stay:
                self.side.close_form()
                self._conflict = 0
                self.stage.clear()
                self.filters.clear()
            self._papers.follow(stay)
            self.presenter.open(stay)
            self._show()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether a form holds something that was not sent."""
        return self.side.dirty()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.fix.set_words(w("timeline.correct"))
        self.add.set_words(w("timeline.note"))
        for part in (self.head, self.filters, self.pinned, self.stage, self.table, self.side):
            part.retranslate()
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        panel = QFrame(self)
        panel.setProperty("role", "panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        self.pages = StatePages(look, panel, "timeline", self)
        self.fix = ActionButton(look, "", icon="correct", key="E", parent=self.detail)
        self.fix.setObjectName("timeline.fix")
        self.add = ActionButton(look, "", icon="self", key="A", parent=self.detail)
        self.add.setObjectName("timeline.add")
        for button in (self.fix, self.add):
            self.detail.foot.addWidget(button)
        self.detail.foot.addStretch(1)
        self.left = QVBoxLayout()
        self.left.setSpacing(px(8))
        self.left.addWidget(self.pinned)
        self.left.addWidget(self.stage, 100)
        self.left.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(px(10))
        middle.addLayout(self.left, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(8))
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addLayout(middle, 1)
        self.filters.hide()

    def _bind(self) -> None:
        presenter, head, stage = self.presenter, self.head, self.stage
        presenter.changed.connect(self._show)
        presenter.headed.connect(self.table.forget)
        presenter.listed.connect(head.show_persons)
        presenter.troubled.connect(self._show_error)
        presenter.proved.connect(self._show_proof)
        self.pages.retried.connect(self._retry)
        head.wanted.connect(self.show_stay)
        head.span.chosen.connect(self._show_span)
        head.filter.toggled.connect(self._show_filters)
        head.as_table.toggled.connect(lambda _: self._arrange())
        head.print.acted.connect(self._print)
        head.export.acted.connect(self.side.begin_export)
        head.mark.acted.connect(self._begin_mark)
        stage.chosen.connect(self._lane_chose)
        stage.moved.connect(self._cursor_moved)
        stage.framed.connect(lambda: head.show_span(stage.canvas.is_whole()))
        self.filters.filtered.connect(presenter.set_filter)
        self.table.chosen.connect(lambda _: self._row_chosen())
        self.table.acted.connect(lambda _: self.fix.click())
        self.table.sorted_by.connect(presenter.set_order)
        self.pinned.taken.connect(self._jump_to)
        self.pinned.passed.connect(self._next_conflict)
        self.pinned.judged.connect(self._judge)
        self.fix.acted.connect(lambda: self.side.begin_correction(self._current()))
        self.fix.refused.connect(lambda _: None)
        self.add.acted.connect(self.side.begin_note)
        self.detail.jumped.connect(self._jump_to)
        self.side.closed.connect(self._look_back)
        self._tick.timeout.connect(stage.show_lanes)
        self._prove.timeout.connect(self._ask_proof)
        self._lanes.timeout.connect(self._show_lanes)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        self.head.show_head()
        self.filters.offer(presenter.kinds(), presenter.actors())
        if presenter.error is not None and not presenter.count():
            self._show_error(presenter.error)
        elif not presenter.stay:
            self.pages.say(State.EMPTY, w("timeline.nobody.detail"), title=w("timeline.nobody"))
        elif not presenter.count():
            self.pages.say(State.LOADING)
        else:
            shown = presenter.shown()
            self.table.show_entries(shown)
            self.head.count.setText(w("timeline.count", shown=len(shown), all=presenter.count()))
            if shown:
                self.pages.show_content()
            else:
                self.pages.say(State.EMPTY, w("timeline.filtered.detail"), title=w("timeline.filtered"))
            if not presenter.reading.loading:
                self._lanes.start()
            self._show_conflict()
            self._take_wanted()
        self._arrange()
        self._show_detail()

    def _show_lanes(self) -> None:
        """In a turn of its own, so that a long record holds nothing up."""
        fresh, row = not self.stage.canvas.lanes, self._current()
        self.stage.show_lanes()
        self._arrange()
        if row is not None and self.stage.canvas.current() is None:
            self.stage.canvas.take(row.seq, row.happened_at.timestamp())
            self._show_detail()
        if fresh and self.table.hasFocus() and not self.head.as_table.isChecked():
            self.stage.show()
            self.stage.canvas.setFocus()

    def _arrange(self) -> None:
        """The lanes above a short table; the table alone when it is wanted or there is nothing to draw."""
        lanes = bool(self.presenter.count()) and not self.head.as_table.isChecked()
        comparing = bool(self.presenter.other.stay)
        theme = self._look.theme
        height = theme.logical(self.height())
        filled = self.pages.currentWidget() is self.pages.content
        crowded = height < LOW_BELOW and self.pinned.conflict is not None and filled  # T shows the table
        self.stage.setVisible(lanes)
        self.pages.setVisible(not (lanes and (comparing or crowded)))
        rows = 3 if height >= 760 else 2
        low = lanes and filled
        self.pages.setMinimumHeight(theme.box(36) + rows * theme.box(40) + theme.px(4) if low else 0)
        self.stage.setMaximumHeight(self.stage.wanted_height())

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.count():
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("timeline.retry"))
        self._arrange()

    def _show_conflict(self) -> None:
        found = self.presenter.conflicts()
        if not found:
            self.pinned.drop()
            return
        self._conflict %= len(found)
        conflict, rows = found[self._conflict]
        self.pinned.show_conflict(conflict, rows, self._conflict + 1, len(found))

    def _show_detail(self) -> None:
        row, presenter = self._current(), self.presenter
        chain = tuple(presenter.chain(row)) if row is not None else ()
        last = chain[-1] if len(chain) > 1 else None
        reason = dict(presenter.sayer.values(last)).get("reason", "") if last is not None else ""
        beside = Beside()
        if row is not None:
            place = presenter.place_at(row.happened_at.timestamp())
            beside = Beside(chain, reason, place, presenter.proofs.get(row.seq), presenter.conflicts_of(row))
        self.detail.show_row(row, beside)
        self.fix.set_refused(self._against(row))
        if row is not None and row.seq not in presenter.proofs:
            self._prove.start()

    def _show_proof(self, seq: int) -> None:
        row = self.presenter.row(seq)
        if row is not None:
            self.table.show_proof(row)
            self._show_detail()

    def _against(self, row: TimelineRow | None) -> list[str]:
        """Why the entry in hand may not be corrected."""
        w = self._context.words
        session = self._context.link.session
        if row is None:
            return [w("timeline.detail.none")]
        if session is not None and "correct-entry" not in session.requests:
            return [w("timeline.correct.no-role")]
        if row.erased or row.kind in CORRECTABLE_NOT or not row.body:
            return [w("timeline.correct.not")]
        if self.presenter.correction_of(row) is not None:
            return [w("timeline.correct.already")]
        return []

    # ------------------------------------------------------------ the entry in hand

    def _current(self) -> TimelineRow | None:
        key = self.table.current_key()
        return self.presenter.row(int(key)) if key else None

    def _take_wanted(self) -> None:
        if self._wanted and self.table.choose(self._wanted.lstrip("#")):
            self._wanted = ""
        elif not self.table.current_key() and self.table.rows.rowCount():
            self.table.choose(self.table.rows.key(0))

    def _row_chosen(self) -> None:
        row, canvas = self._current(), self.stage.canvas
        held = canvas.current()
        if row is not None and not (held is not None and held.seq == row.seq):
            at = row.happened_at.timestamp()
            canvas.take(row.seq, at)
            self.stage.beside.put_cursor(at)
            self._cursor_moved(at)
        self._show_detail()

    def _lane_chose(self, seq: int) -> None:
        if self.table.current_key() != str(seq):
            self.table.choose(str(seq))

    def _cursor_moved(self, at: float) -> None:
        self.cursor_moved.emit(datetime.fromtimestamp(at, UTC))

    def _jump_to(self, seq: int) -> None:
        if not self.table.choose(str(seq)):
            self.filters.clear()
            self.table.choose(str(seq))

    def _next_conflict(self) -> None:
        self._conflict += 1
        self._show_conflict()
        if self.pinned.conflict is not None:
            self.stage.canvas.reveal(self.pinned.conflict.since.timestamp())

    def _judge(self) -> None:
        """The entry in hand is taken as right: the other one of the contradiction is to be corrected."""
        conflict, row = self.pinned.conflict, self._current()
        if conflict is None:
            return
        numbers = self.presenter.reading.numbers
        wrong = conflict.other if row is not None and row.entry == conflict.one else conflict.one
        self._jump_to(numbers.get(wrong, 0))
        self.fix.click()

    def _ask_proof(self) -> None:
        row = self._current()
        if row is not None and self.isVisible():
            self.presenter.prove(row.seq)

    # ------------------------------------------------------------ acting

    def _show_span(self, which: str) -> None:
        canvas = self.stage.canvas
        canvas.fit_whole() if which == "whole" else canvas.fit_span(7200.0)
        canvas.setFocus()

    def _show_filters(self, on: bool) -> None:
        self.filters.setVisible(on)
        if on:
            self.filters.kind.setFocus()
        elif self.presenter.filter.narrows():
            self.filters.clear()

    def _retry(self) -> None:
        self.presenter.again()
        self._show()

    def _print(self) -> None:
        reply = self.presenter.facts
        if reply is not None:
            self._papers.of_stay(self.presenter.stay, reply.facts.number, Paper.CUSTODY_RECORD)

    def _begin_mark(self) -> None:
        """A mark at the cursor; nothing can be said yet of what is still to come."""
        at = min(self.stage.canvas.instant, self.presenter.now())
        self.side.begin_note(datetime.fromtimestamp(at, UTC).replace(microsecond=0))

    def _look_back(self) -> None:
        """A form has gone: the keys go back to the lanes, or to the table where no lanes are."""
        (self.stage.canvas if self.stage.isVisible() else self.table).setFocus()

    # ------------------------------------------------------------ keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and text.isascii():
            self._digits = (self._digits + text)[-9:]
            found = self.table.choose(str(int(self._digits)))
            none = self._context.words("timeline.jump.none", number=self._digits)
            self.head.show_jump(f"#{self._digits}" if found else none)
            return
        if event.key() == Qt.Key.Key_Backspace:
            self._digits = self._digits[:-1]
        elif text == "/":
            self.head.filter.setChecked(True)
            self.filters.search.setFocus()
        else:
            self._digits = ""
            super().keyPressEvent(event)
        self.head.show_jump(f"#{self._digits}" if self._digits else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.list_persons()
        self.stage.show_lanes()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._digits = ""
        self._tick.stop()

    def heightForWidth(self, width: int) -> int:
        """What it needs, not what it would like: only below that it scrolls as a whole."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        width = theme.logical(self.width())
        compact = width < COMPACT_BELOW
        side = theme.px(300 if width < NARROW_BELOW else 340 if compact else 430)
        self.side.setFixedWidth(side)
        self.pinned.arrange(width - theme.logical(side))
        self.head.arrange(width)
        for column in ("device", "proof"):
            self.table.setColumnHidden(COLUMNS.index(column), compact)  # the detail shows them
        self.table.fit()
        self._arrange()
