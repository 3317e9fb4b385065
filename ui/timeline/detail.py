"""One entry in full: its three times larger than the rest, who and how, its values, and its chain of corrections."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Facts, Panel, Scroll, clear
from ui.widgets.labels import PlainLabel, SourceBadge
from ui.widgets.look import Look
from workstation.services.timeline import TimelineRow

_BADGES = {"late": "late", "sim": "sim"}


class Detail(Panel):
    """`jumped` carries the number of another entry of the chain."""

    jumped = Signal(int)

    def __init__(self, context: Context, look: Look, sayer: Sayer, parent: QWidget | None = None) -> None:
        super().__init__(look, "history", parent=parent)
        self.setObjectName("timeline.detail")
        self._context, self._look, self._sayer = context, look, sayer
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, look.theme.px(6), 0)
        self._column.setSpacing(look.theme.px(8))
        self.body.addWidget(Scroll(holder, self), 1)
        self.foot = QHBoxLayout()
        self.body.addLayout(self.foot)

    def show_row(self, row: TimelineRow | None, chain: list[TimelineRow], reason: str) -> None:
        """Show an entry, the chain it stands in, and why it was corrected."""
        clear(self._column)
        w = self._context.words
        if row is None:
            self.set_title(w("timeline.detail"))
            self._column.addWidget(PlainLabel(w("timeline.detail.none"), role="secondary", wrap=True))
            self._column.addStretch(1)
            return
        self.set_title(self._sayer.title(row), f"#{row.seq}")
        self._column.addWidget(self._times(row))
        self._column.addWidget(self._rule())
        flags = self._sayer.flags(row)
        if flags:
            self._column.addWidget(self._badges(flags))
        if len(chain) > 1:
            self._column.addWidget(PlainLabel(w("timeline.chain"), role="bold"))
            self._column.addWidget(self._links(row, chain))
            if reason:
                self._column.addWidget(PlainLabel(w("timeline.chain.reason", reason=reason), wrap=True))
            self._column.addWidget(self._rule())
        self._column.addWidget(self._facts(row))
        self._column.addStretch(1)

    def _times(self, row: TimelineRow) -> QWidget:
        w = self._context.words
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(self._look.theme.px(12))
        device = self._clock(row.device_at) if row.device_at else w("timeline.no-device-clock")
        late = ""
        if row.late:
            late = next((words for words, kind in self._sayer.flags(row) if kind == "late"), "")
        times = (
            (
                w("timeline.happened"),
                self._clock(row.happened_at),
                self._context.local(row.happened_at, "%m-%d"),
            ),
            (w("timeline.recorded"), self._clock(row.recorded_at), late),
            (w("timeline.device"), device, self._sayer.offset(row) if row.device_at else ""),
        )
        for line, (label, time, aside) in enumerate(times):
            grid.addWidget(PlainLabel(label, role="secondary"), line, 0)
            grid.addWidget(PlainLabel(time, role="name" if time[:1].isdigit() else "secondary"), line, 1)
            grid.addWidget(PlainLabel(aside, role="secondary", wrap=True), line, 2)
        return box

    def _facts(self, row: TimelineRow) -> QWidget:
        w = self._context.words
        facts = Facts(self._look)
        values = self._sayer.values(row)
        for name, words in values:
            facts.add(self._sayer.label(name), words)
        if row.erased:
            facts.add(w("timeline.body"), w("entries.erased"))
        if not any(name == "source" for name, _ in values):
            facts.add(w("timeline.source"), self._sayer.source(row)[1])
        facts.add(w("timeline.recorded-by"), self._sayer.person(row.actor) or w("entries.program"))
        facts.add(w("timeline.workstation"), row.workstation)
        return facts

    def _badges(self, flags: tuple[tuple[str, str], ...]) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.theme.px(6))
        for words, kind in flags:
            if kind == "red":
                label = PlainLabel(words)
                label.setProperty("level", "red")
                row.addWidget(label)
            else:
                row.addWidget(SourceBadge(self._look, "", words, _BADGES.get(kind, "device")))
        row.addStretch(1)
        return box

    def _links(self, row: TimelineRow, chain: list[TimelineRow]) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._look.theme.px(6))
        for one in chain:
            button = ActionButton(self._look, f"#{one.seq}", role="segment", small=True, parent=box)
            button.setObjectName(f"timeline.chain.{one.seq}")
            button.setCheckable(True)
            button.setChecked(one.seq == row.seq)
            button.acted.connect(lambda seq=one.seq: self.jumped.emit(seq))
            line.addWidget(button)
        line.addStretch(1)
        return box

    def _rule(self) -> QFrame:
        rule = QFrame()
        rule.setProperty("role", "rule")
        return rule

    def _clock(self, instant: datetime) -> str:
        return self._context.local(instant, "%H:%M:%S.") + str(instant.microsecond // 100_000)
