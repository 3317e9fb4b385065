"""One entry in full: its three times larger than the rest, who and how, its values, and its chain of corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Facts, Panel, Scroll, clear
from ui.widgets.labels import PlainLabel, ShapeLabel, SourceBadge
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from workstation.services.timeline import TimelineRow
from workstation.services.timeline_proof import Proof


@dataclass(frozen=True)
class Beside:
    """What stands beside an entry: its chain of corrections with the reason, where the person was by the room log,
    its proof once it is known, and the contradictions it is part of, each with the number of the other entry."""

    chain: tuple[TimelineRow, ...] = ()
    reason: str = ""
    place: str = ""
    proof: Proof | None = None
    conflicts: tuple[tuple[str, int], ...] = ()


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

    def show_row(self, row: TimelineRow | None, beside: Beside) -> None:
        """Show an entry and what is known about it beside its own values."""
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
        if len(beside.chain) > 1:
            self._column.addWidget(PlainLabel(w("timeline.chain"), role="bold"))
            self._column.addWidget(self._links(row, beside.chain))
            if beside.reason:
                self._column.addWidget(
                    PlainLabel(w("timeline.chain.reason", reason=beside.reason), wrap=True)
                )
            self._column.addWidget(self._rule())
        self._column.addWidget(self._facts(row, beside))
        self._column.addWidget(self._proof(beside.proof))
        if beside.conflicts:
            self._column.addWidget(self._rule())
            self._column.addWidget(PlainLabel(w("timeline.related"), role="bold"))
        for words, seq in beside.conflicts:
            self._column.addWidget(self._conflict(words, seq))
        self._column.addStretch(1)

    def _times(self, row: TimelineRow) -> QWidget:
        """The three times, larger than the rest; beside each, below it, what must be known of it."""
        w, local = self._context.words, self._context.local
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self._look.theme.px(12))
        grid.setVerticalSpacing(self._look.theme.px(2))
        day = local(row.happened_at, "%Y-%m-%d")
        today = day == local(self._context.clock.now(), "%Y-%m-%d")
        late = (
            next((words for words, kind in self._sayer.flags(row) if kind == "late"), "") if row.late else ""
        )
        device = self._clock(row.device_at) if row.device_at else w("timeline.no-device-clock")
        offset = self._sayer.offset(row) if row.device_at else ""
        times = (
            (w("timeline.happened"), self._clock(row.happened_at), "" if today else day),
            (w("timeline.recorded"), self._clock(row.recorded_at), late),
            (w("timeline.device"), device, f"{w('timeline.offset')} {offset}" if offset else ""),
        )
        for number, (label, time, aside) in enumerate(times):
            grid.addWidget(PlainLabel(label, role="secondary"), 2 * number, 0)
            role = "name" if time[:1].isdigit() else "secondary"
            grid.addWidget(PlainLabel(time, role=role), 2 * number, 1)
            if aside:
                grid.addWidget(PlainLabel(aside, role="secondary", wrap=True), 2 * number + 1, 1)
        return box

    def _facts(self, row: TimelineRow, beside: Beside) -> QWidget:
        w = self._context.words
        facts = Facts(self._look)
        facts.add(w("timeline.where"), beside.place)
        values = self._sayer.values(row)
        for name, words in values:
            facts.add(self._sayer.label(name), words)
        if row.erased:
            facts.add(w("timeline.body"), w("entries.erased"))
        if not any(name == "source" for name, _ in values):
            facts.add(w("timeline.source"), self._sayer.source(row)[1])
        facts.add(w("timeline.recorded-by"), self._sayer.person(row.actor) or w("entries.program"))
        facts.add(w("timeline.workstation"), row.workstation)
        if len(beside.chain) < 2:
            facts.add(w("timeline.chain.label"), w("timeline.chain.none"), role="secondary")
        return facts

    def _proof(self, proof: Proof | None) -> QWidget:
        """What is proved of the entry: that it stands in the record of so many entries, or what does not fit."""
        w = self._context.words
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._look.theme.px(8))
        if proof is None:
            shape, words = Shape.NOT_STARTED, w("timeline.proof.asked")
        elif proof.proved:
            shape = Shape.GOOD
            words = w("timeline.proof.good", size=proof.size, steps=proof.steps, root=proof.root[:8])
        else:
            shape, words = Shape.FAULT, w("timeline.proof.bad", fault=w(proof.fault))
        line.addWidget(ShapeLabel(self._look, shape, w("timeline.proof")), 0, Qt.AlignmentFlag.AlignTop)
        label = PlainLabel(words, role="bold" if proof else "secondary", wrap=True)
        if proof is not None and not proof.proved:
            label.setProperty("level", "red")
        label.setObjectName("timeline.proof")
        line.addWidget(label, 1)
        return box

    def _conflict(self, words: str, seq: int) -> QWidget:
        button = ActionButton(self._look, words, icon="which", role="segment", small=True, parent=self)
        button.acted.connect(lambda: self.jumped.emit(seq))
        return button

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

    def _links(self, row: TimelineRow, chain: tuple[TimelineRow, ...]) -> QWidget:
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
