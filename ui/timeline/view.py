"""The timeline screen: whose it is, filters, the table of entries, and beside it the entry in hand or a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.timeline.correction import CORRECTABLE_NOT
from ui.timeline.detail import Detail
from ui.timeline.forms import CorrectionForm, ExportForm, NoteForm, SideForm
from ui.timeline.presenter import Filter, Flag, TimelinePresenter
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.frame import Choice, StatePages
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow
from workstation.settings import default_home
from workstation.station import messages as m

COLUMNS = ("happened", "recorded", "device", "content", "source", "number")
CONTENT = COLUMNS.index("content")
COMPACT_BELOW = 1500
NARROW_BELOW = 1100


class TimelineScreen(QWidget):
    """Everything recorded about one person. `prints`: the folder that printed papers are put in."""

    def __init__(
        self, context: Context, look: Look, parent: QWidget | None = None, *, prints: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._context, self._look = context, look
        folder = prints or default_home(context.centre.mode) / "prints"
        self.presenter = TimelinePresenter(context, folder, self)
        self._digits = ""
        self._wanted = ""
        self._made: dict[tuple[str, str, str, str], Row] = {}
        self.table = KeyedTable(look, len(COLUMNS), CONTENT, self)
        self.table.setObjectName("timeline.table")
        self.detail = Detail(context, look, self.presenter.sayer, self)
        self.note = NoteForm(context, look, self)
        self.correction = CorrectionForm(context, look, self.presenter.sayer, self)
        self.export = ExportForm(context, look, self)
        self.side = QStackedWidget(self)
        for page in (self.detail, self.note, self.correction, self.export):
            self.side.addWidget(page)
        self._lay_out()
        self._bind()
        self.retranslate()
        self._show()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Show a person's timeline; `task` is the number of an entry to take in hand."""
        if stay:
            self._wanted = task
            if stay != self.presenter.stay:
                self._close_form()
            self.presenter.open(stay)
            self._show()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether a form holds something that was not sent."""
        page = self.side.currentWidget()
        return isinstance(page, SideForm) and page.dirty()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.table.setAccessibleName(w("timeline.title"))
        self.table.rows.set_heads([w(f"timeline.{column}") for column in COLUMNS])
        for flag, button in self.flags.buttons.items():
            button.set_words(w(f"timeline.flag.{flag}"))
        self.flags.setAccessibleName(w("timeline.flags"))
        self.search.setPlaceholderText(w("timeline.search"))
        self.search.setAccessibleName(w("timeline.search"))
        self.person.setAccessibleName(w("timeline.person"))
        self.kind.setAccessibleName(w("timeline.kind"))
        self.actor.setAccessibleName(w("timeline.actor"))
        self.print.set_words(w("timeline.print"))
        self.export_button.set_words(w("timeline.export.title"))
        self.fix.set_words(w("timeline.correct"))
        self.add.set_words(w("timeline.note"))
        for form in (self.note, self.correction, self.export):
            form.retranslate()
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.person = Choice("timeline.person", self)
        self.name = PlainLabel(role="name")
        self.facts = PlainLabel(role="secondary", elide=True)
        self.place = PlainLabel(role="title")
        self.place_icon = IconLabel(look, "room", 20, self)
        self.print = ActionButton(look, "", icon="print", key="Ctrl+P", parent=self)
        self.print.setObjectName("timeline.print")
        self.export_button = ActionButton(look, "", icon="export", parent=self)
        self.export_button.setObjectName("timeline.export-button")
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self.person.setFixedWidth(px(170))
        for widget in (self.name, self.place_icon, self.place):
            head.addWidget(widget)
        head.addWidget(self.facts, 1)
        head.addWidget(self.person)
        head.addWidget(self.print)
        head.addWidget(self.export_button)
        self.flags = Segments(look, "", [(flag.value, flag.value) for flag in Flag], self)
        for flag, button in self.flags.buttons.items():
            button.setObjectName(f"timeline.flag.{flag}")
        self.flags.choose(Flag.ALL.value)
        self.kind, self.actor = Choice("timeline.kind", self), Choice("timeline.actor", self)
        self.search = QLineEdit(self)
        self.search.setObjectName("timeline.search")
        self.search.setClearButtonEnabled(False)
        self.count = PlainLabel(role="secondary")
        self.jump = PlainLabel(role="value")
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        bar.addWidget(self.flags)
        bar.addWidget(self.kind, 3)
        bar.addWidget(self.actor, 2)
        self.bar, self.second_bar = bar, QHBoxLayout()
        self.second_bar.setSpacing(px(10))
        self._narrow: bool | None = None
        self.lanes = QWidget(self)  # the lanes over the table stand here
        self.lanes.setFixedHeight(0)
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
        self.detail.foot.addWidget(self.fix)
        self.detail.foot.addWidget(self.add)
        self.detail.foot.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addLayout(bar)
        left.addLayout(self.second_bar)
        left.addWidget(self.lanes)
        left.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(px(10))
        middle.addLayout(left, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addLayout(middle, 1)

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.headed.connect(self._made.clear)
        presenter.headed.connect(self._show_head)
        presenter.listed.connect(self._show_persons)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(self._retry)
        self.person.activated.connect(lambda _: self.show_stay(self.person.key()))
        self.table.chosen.connect(lambda _: self._show_detail())
        self.table.acted.connect(lambda _: self.fix.click())
        self.flags.chosen.connect(lambda _: self._filtered())
        self.kind.activated.connect(lambda _: self._filtered())
        self.actor.activated.connect(lambda _: self._filtered())
        self.search.textChanged.connect(lambda _: self._filtered())
        self.print.acted.connect(presenter.print_record)
        self.export_button.acted.connect(self._begin_export)
        self.fix.acted.connect(self._begin_correction)
        self.fix.refused.connect(lambda _: None)
        self.add.acted.connect(self._begin_note)
        self.detail.jumped.connect(self._jump_to)
        self.note.sent.connect(self._send_note)
        self.correction.sent.connect(self._send_correction)
        self.export.sent.connect(self._send_export)
        for form in (self.note, self.correction, self.export):
            form.cancelled.connect(self._close_form)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        self._show_head()
        self.kind.offer(presenter.kinds(), none=w("timeline.kind"))
        self.actor.offer(presenter.actors(), none=w("timeline.actor"))
        if presenter.error is not None and not presenter.count():
            self._show_error(presenter.error)
            return
        if not presenter.stay:
            self.pages.say(State.EMPTY, w("timeline.nobody.detail"), title=w("timeline.nobody"))
        elif not presenter.count():
            self.pages.say(State.LOADING)
        else:
            shown = presenter.shown()
            today = self._context.local(self._context.clock.now(), "%Y-%m-%d")
            self.table.rows.show([self._row(row, today) for row in shown])
            self.count.setText(w("timeline.count", shown=len(shown), all=presenter.count()))
            if shown:
                self.pages.show_content()
            else:
                self.pages.say(State.EMPTY, w("timeline.filtered.detail"), title=w("timeline.filtered"))
            self._take_wanted()
        self._show_detail()

    def _row(self, row: TimelineRow, day: str) -> Row:
        """An entry as a row, made once for a day, a language and a state of correction."""
        correction = self.presenter.correction_of(row)
        key = (row.entry, correction.entry if correction else "", day, self._context.words.language)
        if key not in self._made:
            self._made[key] = self._make_row(row)
        return self._made[key]

    def _make_row(self, row: TimelineRow) -> Row:
        sayer = self.presenter.sayer
        corrected = self.presenter.correction_of(row) is not None
        practice = self._context.centre.mode == "practice"  # the band over the window says it of every row
        flags = [Badge(words, kind) for words, kind in sayer.flags(row) if not (practice and kind == "sim")]
        if corrected and not row.corrected_by:
            flags.append(Badge(self._context.words("entries.corrected"), "late"))
        icon, source = sayer.source(row)
        return Row(
            str(row.seq),
            (
                Cell(self._time(row.happened_at), bold=True),
                Cell(self._time(row.recorded_at)),
                Cell(sayer.offset(row) if row.device_at else "—", quiet=True),
                Cell(
                    sayer.content(row, self.presenter.corrected_by(row)),
                    badges=tuple(flags),
                    quiet=corrected or row.erased,
                ),
                Cell(source, icon=icon),
                Cell(f"#{row.seq}", quiet=True),
            ),
        )

    def _time(self, instant: datetime) -> str:
        """The time of day, with the date when it is not today's."""
        local, today = self._context.local, self._context.clock.now()
        same = local(instant, "%Y-%m-%d") == local(today, "%Y-%m-%d")
        return local(instant, "%H:%M:%S" if same else "%m-%d %H:%M:%S")

    def _show_head(self) -> None:
        w, reply = self._context.words, self.presenter.facts
        known = reply is not None
        for widget in (self.place, self.place_icon):
            widget.setVisible(known)
        self.print.setEnabled(known)
        if reply is None:
            self.name.setText(w("timeline.title"))
            self.facts.setText("")
            return
        facts = reply.facts
        self.name.setText(f"{facts.name or w('timeline.no-name')} {facts.number}")
        room = facts.presence.room
        self.place.setText(self._context.room_name(room) if room else w("timeline.no-room"))
        measure = facts.ground.measure
        told = []
        if facts.ground.case is not None and facts.ground.case.case_number:
            told.append(w("timeline.case", number=facts.ground.case.case_number))
        if measure is not None:
            code = f"measure.{measure.measure}"
            told.append(w(code) if code in w.catalogue else str(measure.measure))
        self.facts.setText(" · ".join(told))

    def _show_persons(self) -> None:
        w = self._context.words
        self.person.offer(
            [(card.stay, f"{card.number} {card.name}".strip()) for card in self.presenter.cards],
            none=w("timeline.person"),
        )
        self.person.choose(self.presenter.stay)

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.count():
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("timeline.retry"))

    def _show_detail(self) -> None:
        row, presenter = self._current(), self.presenter
        chain = presenter.chain(row) if row is not None else []
        last = chain[-1] if len(chain) > 1 else None
        reason = dict(presenter.sayer.values(last)).get("reason", "") if last is not None else ""
        self.detail.show_row(row, chain, reason)
        self.fix.set_refused(self._against(row))

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

    def _current(self) -> TimelineRow | None:
        key = self.table.current_key()
        return self.presenter.row(int(key)) if key else None

    def _take_wanted(self) -> None:
        if self._wanted and self.table.choose(self._wanted.lstrip("#")):
            self._wanted = ""
        elif not self.table.current_key() and self.table.rows.rowCount():
            self.table.choose(self.table.rows.key(0))

    def _jump_to(self, seq: int) -> None:
        if not self.table.choose(str(seq)):
            self.flags.choose(Flag.ALL.value)
            self.kind.choose("")
            self.actor.choose("")
            self.search.clear()
            self._filtered()
            self.table.choose(str(seq))

    # ------------------------------------------------------------ acting

    def _filtered(self) -> None:
        chosen = Filter(
            self.kind.key(), self.actor.key(), Flag(self.flags.choice() or "all"), self.search.text()
        )
        self.presenter.set_filter(chosen)

    def _retry(self) -> None:
        self.presenter.error = None
        self.presenter.again()
        self._show()

    def _begin_note(self) -> None:
        if self.presenter.stay:
            self.side.setCurrentWidget(self.note)
            self.note.begin()

    def _begin_correction(self) -> None:
        row = self._current()
        if row is not None and self.correction.begin(row):
            self.side.setCurrentWidget(self.correction)

    def _begin_export(self) -> None:
        self.side.setCurrentWidget(self.export)
        self.export.begin()

    def _close_form(self) -> None:
        self.side.setCurrentWidget(self.detail)
        self.table.setFocus()

    def _send_note(self) -> None:
        try:
            self.presenter.note(
                self.note.text.toPlainText(),
                self._close_form,
                lambda refused: self.note.say_trouble(reasons(self._context, refused)),
            )
        except AppError as error:
            self.note.say_error(error)

    def _send_correction(self) -> None:
        form = self.correction
        if form.row is None:
            return
        try:
            self.presenter.correct(
                form.row,
                form.edited(),
                form.at.text(),
                form.reason.toPlainText(),
                self._close_form,
                lambda refused: form.say_trouble(reasons(self._context, refused)),
            )
        except AppError as error:
            form.say_error(error)

    def _send_export(self) -> None:
        form = self.export
        try:
            self.presenter.export(
                form.value("folder"), form.value("purpose"), form.value("second"), form.value("secret"),
                self._close_form,
            )  # fmt: skip
        except AppError as error:
            form.say_error(error)
        form.fields["secret"].clear()

    # ------------------------------------------------------------ keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdigit() and text.isascii():
            self._digits = (self._digits + text)[-9:]
            self.jump.setText(f"#{self._digits}")
            self._jump_digits()
            return
        if event.key() == Qt.Key.Key_Backspace:
            self._digits = self._digits[:-1]
        elif text == "/":
            self.search.setFocus()
        else:
            self._digits = ""
            super().keyPressEvent(event)
        self.jump.setText(f"#{self._digits}" if self._digits else "")

    def _jump_digits(self) -> None:
        if not self.table.choose(str(int(self._digits))):
            self.jump.setText(self._context.words("timeline.jump.none", number=self._digits))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.list_persons()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._digits = ""

    def _break_bar(self, narrow: bool) -> None:
        """In a narrow window the search stands in a line of its own."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self.search, self.jump, self.count):
            (self.bar if narrow else self.second_bar).removeWidget(widget)
            (self.second_bar if narrow else self.bar).addWidget(widget, 4 if widget is self.search else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        width = theme.logical(self.width())
        compact = width < COMPACT_BELOW
        self.side.setFixedWidth(theme.px(300 if width < NARROW_BELOW else 340 if compact else 430))
        self._break_bar(width < NARROW_BELOW)
        self.table.setColumnHidden(COLUMNS.index("device"), compact)  # the detail shows it
        self.table.fit()
