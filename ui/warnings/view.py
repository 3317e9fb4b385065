"""The warning screen: the list, and beside it the line in hand with what may be done about it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context, span
from ui.entries import reasons
from ui.theme import Level
from ui.warnings.presenter import REASONS, Item, Sort, WarningsPresenter
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.frame import Facts, Panel, Scroll, StatePages, clear
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.labels import LevelChip, PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.station import messages as m

COLUMNS = ("level", "due", "number", "what", "person", "owner", "state")
COMPACT_BELOW = 1500
LEVELS = {"red": Level.RED, "yellow": Level.YELLOW, "blue": Level.BLUE}
ALL = "all"
_UNFILLED = re.compile(r"\{[a-z_]+\}")


class WarningsScreen(QWidget):
    """Warnings. J and K go down and up, A acknowledges, D opens the work, C closes with a reason."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warnings")
        self._context, self._look = context, look
        self.presenter = WarningsPresenter(context, self)
        self._reason = ""
        self._wanted = ""
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
        return self.side.currentWidget() is self.closing and bool(self.note.toPlainText().strip())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.table.setAccessibleName(w("warnings.title"))
        self.table.rows.set_heads([w(f"warnings.column.{column}") for column in COLUMNS])
        for sort, button in self.sorts.buttons.items():
            button.set_words(w(f"warnings.sort.{sort}"))
        self.sorts.setAccessibleName(w("warnings.sorts"))
        self.title.setText(w("warnings.title"))
        self.hint.setText(w("warnings.hint"))
        self.seen.set_words(w("warnings.acknowledge"))
        self.work.set_words(w("warnings.work"))
        self.close_button.set_words(w("warnings.close"))
        self.closing.set_title(w("warnings.close"))
        self.why.setText(w("warnings.why"))
        for number, reason in enumerate(REASONS):
            self.reasons[reason].set_words(f"{number + 1} {w(f'warnings.reason.{reason}')}")
        self.note_label.setText(w("warnings.note"))
        self.note.setAccessibleName(w("warnings.note"))
        self.send.set_words(w("warnings.close"))
        self.cancel.set_words(w("warnings.cancel"))
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.title = PlainLabel(role="title")
        self.chips = {name: LevelChip(look, level, parent=self) for name, level in LEVELS.items()}
        self.sorts = Segments(look, "", [(key, key) for key in (ALL, *Sort)], self)
        for key, button in self.sorts.buttons.items():
            button.setObjectName(f"warnings.sort.{key}")
        self.sorts.choose(ALL)
        self.progress = PlainLabel(role="secondary")
        self.hint = PlainLabel(role="secondary", elide=True)
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        bar.addWidget(self.title)
        for chip in self.chips.values():
            bar.addWidget(chip)
        bar.addWidget(self.sorts)
        bar.addWidget(self.hint, 1)
        bar.addWidget(self.progress)
        panel = Panel(look, "warnings", parent=self)
        panel.tight()
        self.table = KeyedTable(look, len(COLUMNS), COLUMNS.index("what"), self)
        self.table.setObjectName("warnings.table")
        self.pages = StatePages(look, self.table, "warnings", self, framed=False)
        self.panel = panel
        panel.body.addWidget(self.pages)
        self.detail = Panel(look, "look", parent=self)
        holder = QWidget()
        self.facts = QVBoxLayout(holder)
        self.facts.setContentsMargins(0, 0, px(4), 0)
        self.detail.body.addWidget(Scroll(holder, self), 1)
        self.seen = ActionButton(look, "", icon="look", key="A", parent=self)
        self.seen.setObjectName("warnings.acknowledge")
        self.work = ActionButton(look, "", icon="steps", key="D", role="primary", parent=self)
        self.work.setObjectName("warnings.work")
        self.close_button = ActionButton(look, "", icon="check", key="C", parent=self)
        self.close_button.setObjectName("warnings.close")
        for button in (self.work, self.seen, self.close_button):
            self.detail.body.addWidget(button)
        self.closing = self._closing()
        self.side = QStackedWidget(self)
        self.side.addWidget(self.detail)
        self.side.addWidget(self.closing)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(panel, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addLayout(bar)
        column.addLayout(row, 1)

    def _closing(self) -> Panel:
        look, px = self._look, self._look.theme.px
        panel = Panel(look, "check", parent=self)
        self.what = PlainLabel(role="bold", wrap=True)
        self.why = PlainLabel(role="secondary")
        holder = QWidget()
        asked = QVBoxLayout(holder)
        asked.setContentsMargins(0, 0, px(4), 0)
        asked.addWidget(self.what)
        asked.addWidget(self.why)
        self.reasons: dict[str, ActionButton] = {}
        for reason in REASONS:
            button = ActionButton(look, reason, role="segment", parent=panel)
            button.setCheckable(True)
            button.setObjectName(f"warnings.reason.{reason}")
            button.acted.connect(lambda chosen=reason: self._choose_reason(chosen))
            self.reasons[reason] = button
            asked.addWidget(button)
        self.note_label = PlainLabel(role="secondary")
        self.note = QPlainTextEdit(panel)
        self.note.setObjectName("warnings.note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(px(96))
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.send = ActionButton(look, "", icon="check", key="F12", role="primary", parent=panel)
        self.send.setObjectName("warnings.close.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=panel)
        self.cancel.setObjectName("warnings.close.cancel")
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        asked.addWidget(self.note_label)
        asked.addWidget(self.note)
        asked.addStretch(1)
        panel.body.addWidget(Scroll(holder, panel), 1)
        panel.body.addWidget(self.trouble)
        panel.body.addLayout(buttons)
        return panel

    def _bind(self) -> None:
        self.presenter.changed.connect(self._show)
        self.presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(self.presenter.gather.again)
        self.sorts.chosen.connect(lambda key: self.presenter.show_only(None if key == ALL else Sort(key)))
        self.table.chosen.connect(lambda _: self._show_detail())
        self.table.acted.connect(lambda _: self._work())
        self.seen.acted.connect(self._acknowledge)
        self.work.acted.connect(self._work)
        self.close_button.acted.connect(self._begin)
        self.send.acted.connect(self._send)
        self.cancel.acted.connect(self._end)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        gather, items = presenter.gather, presenter.items()
        for name, chip in self.chips.items():
            count = presenter.count(name)
            chip.set(
                LEVELS[name] if count else Level.NONE, str(count) if count else f"{w(f'warnings.{name}')} 0"
            )
        left = len(gather.cards) - len(gather.replies)
        self.progress.setText(
            w("warnings.reading", left=left) if left > 0 and gather.board is not None else ""
        )
        self.panel.set_title(w("warnings.open"), w("warnings.count", count=len(items)))
        if gather.board is None:
            if gather.error is not None:
                self._show_error(gather.error)
            else:
                self.pages.say(State.LOADING)
        elif not items:
            told = w("warnings.none.detail") if gather.whole else w("warnings.reading", left=left)
            self.pages.say(
                State.EMPTY if gather.whole else State.LOADING,
                told,
                title=w("warnings.none") if gather.whole else "",
            )
        else:
            now = self._context.clock.now()
            self.table.rows.show([self._row(item, now) for item in items])
            self.pages.show_content()
            mine = next((item for item in items if item.stay == self._wanted), None) if self._wanted else None
            if mine is not None:
                self._wanted = ""
                self.table.choose(mine.key)
            elif not self.table.current_key():
                self.table.choose(items[0].key)
        if self.side.currentWidget() is self.detail:
            self._show_detail()

    def _row(self, item: Item, now: datetime) -> Row:
        w = self._context.words
        return Row(
            item.key,
            (
                Cell(w(f"warnings.{item.level}"), level=LEVELS.get(item.level, Level.UNKNOWN)),
                Cell(self._due(item, now), bold=True),
                Cell(item.number, bold=True),
                Cell(self._what(item)),
                Cell(item.name),
                Cell(self._owner(item)),
                Cell(self._state(item), quiet=True),
            ),
        )

    def _what(self, item: Item) -> str:
        w = self._context.words
        for code in (item.code, f"warning.{item.code}", f"gate.{item.code}"):
            if code in w.catalogue:
                said = _UNFILLED.sub("…", w(code, **item.values))
                return said if item.sort is not Sort.DUTY else w("warnings.duty", what=said)
        return item.code

    def _due(self, item: Item, now: datetime) -> str:
        w = self._context.words
        if item.due is None:
            return w("warnings.since", span=self._span(now - item.since))
        left = item.due - now
        return w("warnings.over" if left < timedelta(0) else "warnings.left", span=self._span(left))

    def _span(self, time: timedelta) -> str:
        text = span(time)
        return text if ":" in text else self._context.words("entries.minutes", minutes=text)

    def _owner(self, item: Item) -> str:
        w, code = self._context.words, f"role.{item.owner}"
        return w(code) if code in w.catalogue else item.owner

    def _state(self, item: Item) -> str:
        w = self._context.words
        if item.sort is not Sort.WARNING:
            return w(f"warnings.sort.{item.sort}")
        return w("warnings.seen", name=item.by) if item.acknowledged_at else w("warnings.new")

    def _show_detail(self) -> None:
        w, item = self._context.words, self._current()
        clear(self.facts)
        for button in (self.work, self.seen, self.close_button):
            button.setVisible(item is not None)
        if item is None:
            self.detail.set_title(w("warnings.detail"))
            self.facts.addStretch(1)
            return
        self.detail.set_title(f"{item.number} {item.name}".strip(), w(f"warnings.sort.{item.sort}"))
        level = LEVELS.get(item.level, Level.UNKNOWN)
        self.facts.addWidget(LevelChip(self._look, level, self._due(item, self._context.clock.now())))
        self.facts.addWidget(PlainLabel(self._what(item), role="strong", wrap=True))
        form = Facts(self._look, self, labels=72)
        lines = [
            ("code", item.id if item.sort is Sort.CLOCK else item.code),
            ("due", self._context.local(item.due, "%m-%d %H:%M:%S") if item.due else ""),
            ("since-at", self._context.local(item.since, "%m-%d %H:%M:%S")),
            ("owner", self._owner(item)),
            ("seen-by", item.by),
            (
                "seen-at",
                self._context.local(item.acknowledged_at, "%m-%d %H:%M:%S") if item.acknowledged_at else "",
            ),
        ]
        for name, words in lines:
            form.add(w(f"warnings.field.{name}"), words)
        self.facts.addWidget(form)
        self.facts.addStretch(1)
        may = self._requests()
        no_role = [w("warnings.no-role")]
        self.seen.setVisible(item.sort is Sort.WARNING and item.acknowledged_at is None)
        self.seen.set_refused([] if "acknowledge-warning" in may else no_role)
        self.close_button.setVisible(item.sort is not Sort.CLOCK)
        self.close_button.set_refused([] if {"close-warning", "close-duty"} & may else no_role)

    def _requests(self) -> set[str]:
        session = self._context.link.session
        return set(session.requests) if session is not None else set()

    def _current(self) -> Item | None:
        return self.presenter.item(self.table.current_key())

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.gather.board is not None:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("warnings.retry"))

    # ------------------------------------------------------------ acting

    def _acknowledge(self) -> None:
        item = self._current()
        if item is not None:
            try:
                self.presenter.acknowledge(item)
            except AppError as error:
                self._context.speaker.error(error)

    def _work(self) -> None:
        item = self._current()
        if item is not None:
            self._context.go("steps", item.stay, "")

    def _begin(self) -> None:
        item = self._current()
        if item is None or item.sort is Sort.CLOCK:
            return
        self.what.setText(f"{item.number} {item.name}\n{self._what(item)}")
        self._choose_reason("")
        self.note.clear()
        self.trouble.setText("")
        self.side.setCurrentWidget(self.closing)
        self.reasons[REASONS[0]].setFocus()

    def _choose_reason(self, reason: str) -> None:
        self._reason = reason
        for name, button in self.reasons.items():
            button.setChecked(name == reason)

    def _send(self) -> None:
        item = self._current()
        if item is None:
            return
        try:
            self.presenter.close(
                item,
                self._reason,
                self.note.toPlainText(),
                self._end,
                lambda refused: self.trouble.setText(reasons(self._context, refused)),
            )
        except AppError as error:
            self.trouble.setText(self._context.words(error.code, **error.values))

    def _end(self) -> None:
        self.note.clear()
        self.side.setCurrentWidget(self.detail)
        self.table.setFocus()
        self._show_detail()

    # ------------------------------------------------------------ keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if self.side.currentWidget() is self.closing and text.isdigit() and 0 < int(text) <= len(REASONS):
            self._choose_reason(REASONS[int(text) - 1])
            return
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.table.choose(self.table.rows.key(self.table.currentIndex().row() + step))
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.gather.wake()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.gather.rest()
        self._tick.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        self.side.setFixedWidth(theme.px(320 if theme.logical(self.width()) < COMPACT_BELOW else 430))
