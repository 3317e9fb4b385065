"""Faults on the line of the simulated device in hand: which, with what probability, how often, from which seed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from devices.practice import Fault
from ui.bench.marks import Number, edged
from ui.bench.simulated import Simulated
from ui.context import Context
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, Scroll, StatePages
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State

KINDS = (
    "wrong-sum", "drop", "corrupt", "truncate", "delay", "dribble", "duplicate", "stale", "echo", "garbage",
    "babble", "unplug", "drop-request", "silence",
)  # fmt: skip
MS = {"delay": 400, "unplug": 8000}
PERCENT, MOST_COUNT, MOST_SEED = 10, 999, 2_000_000_000


class FaultRow:
    """One kind of fault: whether it stands, how probable, how often."""

    def __init__(self, look: Look, kind: str, parent: QWidget) -> None:
        px = look.theme.px
        self.kind = kind
        self.on = QCheckBox(parent)
        self.on.setObjectName(f"bench.fault.{kind}")
        self.used = PlainLabel(role="secondary")
        self.percent = Number(look, parent)
        self.percent.setRange(1, 100)
        self.percent.setValue(PERCENT)
        self.percent.setSuffix(" %")
        self.percent.setObjectName(f"bench.fault.{kind}.percent")
        self.count = Number(look, parent)
        self.count.setRange(0, MOST_COUNT)
        self.count.setPrefix("×")
        self.count.setSpecialValueText("∞")
        self.count.setObjectName(f"bench.fault.{kind}.count")
        for number in (self.percent, self.count):
            number.setFixedWidth(px(64))

    def begin(self) -> None:
        """Another line: no number of the one before is kept."""
        for number, value in ((self.percent, PERCENT), (self.count, 0)):
            number.blockSignals(True)
            number.setValue(value)
            number.blockSignals(False)

    def show_fault(self, fault: Fault | None) -> None:
        """The fault as it stands at the simulator; a number that is being typed is left alone."""
        self.on.blockSignals(True)
        self.on.setChecked(fault is not None)
        self.on.blockSignals(False)
        self.used.setText(f"{fault.used}" if fault is not None and fault.used else "")
        if fault is None:
            return
        for number, value in ((self.percent, round(fault.probability * 100)), (self.count, fault.count)):
            if not number.hasFocus():
                number.blockSignals(True)
                number.setValue(value)
                number.blockSignals(False)


class FaultsPanel(Panel):
    """Fed by `Simulated`; shows the line of the device in hand."""

    def __init__(self, context: Context, look: Look, world: Simulated, parent: QWidget | None = None) -> None:
        super().__init__(look, "fault", parent=parent)
        self.setObjectName("bench.faults")
        self._context, self._world, self._device = context, world, ""
        edged(look, self)
        px = look.theme.px
        content, holder = QWidget(), QWidget()
        self.pages = StatePages(look, content, "bench.faults", self, framed=False)
        self.body.setContentsMargins(px(8), px(6), px(8), px(8))
        self.body.addWidget(self.pages, 1)
        list_of_kinds = Scroll(holder, content)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, px(4), 0)
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        self.percent_head, self.count_head = PlainLabel(role="secondary"), PlainLabel(role="secondary")
        self.used_head = PlainLabel(role="secondary")
        for place, head in enumerate((self.used_head, self.percent_head, self.count_head), 1):
            grid.addWidget(head, 0, place, Qt.AlignmentFlag.AlignRight)
        self.rows = [FaultRow(look, kind, holder) for kind in KINDS]
        for place, row in enumerate(self.rows, 1):
            grid.addWidget(row.on, place, 0)
            grid.addWidget(row.used, place, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(row.percent, place, 2)
            grid.addWidget(row.count, place, 3)
            row.on.toggled.connect(lambda on, one=row: self._switch(one, on))
            for number in (row.percent, row.count):
                number.setKeyboardTracking(False)
                number.valueChanged.connect(lambda _, one=row: self._changed(one))
        grid.setRowStretch(len(self.rows) + 1, 1)
        self.seed_label = PlainLabel(role="secondary")
        self.seed = Number(look, content)
        self.seed.setObjectName("bench.fault.seed")
        self.seed.setRange(0, MOST_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.setMinimumWidth(px(110))
        self.seed.valueChanged.connect(self._reseed)
        self.clear_all = ActionButton(look, "", small=True, parent=content)
        self.clear_all.setObjectName("bench.fault.clear")
        self.clear_all.acted.connect(lambda: self._world.act("clear_faults", device=self._device))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.seed_label)
        foot.addWidget(self.seed, 1)
        foot.addWidget(self.clear_all)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        list_of_kinds.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        list_of_kinds.setMinimumHeight(px(150))
        column.addWidget(list_of_kinds, 1)
        column.addLayout(foot)
        world.changed.connect(self.show_now)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        stops: list[QWidget] = []
        for one in self.rows:
            stops += [one.on, one.percent, one.count]
        return [*stops, self.seed, self.clear_all]

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for row in self.rows:
            name = w(f"bench.fault.{row.kind}", seconds=f"{MS.get(row.kind, 0) / 1000:g}")
            row.on.setText(name)
            row.on.setAccessibleName(name)
            row.percent.setAccessibleName(f"{name} {w('bench.fault.probability')}")
            row.count.setAccessibleName(f"{name} {w('bench.fault.count')}")
        self.percent_head.setText(w("bench.fault.probability"))
        self.count_head.setText(w("bench.fault.count"))
        self.used_head.setText(w("bench.fault.used"))
        self.seed_label.setText(w("bench.seed"))
        self.seed.setAccessibleName(f"{w('bench.faults')} {w('bench.seed')}")
        self.clear_all.set_words(w("bench.fault.clear"))
        self.show_now()

    def follow(self, device: str) -> None:
        """Another device is in hand."""
        if device != self._device:
            for row in self.rows:
                row.begin()
        self._device = device
        self.show_now()

    def show_now(self) -> None:
        """The faults as they stand, or why there can be none."""
        w, world = self._context.words, self._world
        self.set_title(w("bench.faults"), self._device)
        faults = world.faults(self._device)
        if not world.there():
            self.pages.say(State.EMPTY, w("bench.world.real.detail"), title=w("bench.world.real"))
        elif not world.may():
            self.pages.say(State.NO_PERMISSION, w("bench.send.no-role"))
        elif world.standing is None:
            self.pages.say(State.UNKNOWN, w("device.sim.absent"))
        elif faults is None:
            self.pages.say(State.EMPTY, w("bench.faults.no-line.detail"), title=w("bench.faults.no-line"))
        else:
            for row in self.rows:
                row.show_fault(faults.get(row.kind))
            if not self.seed.hasFocus():
                self.seed.blockSignals(True)
                self.seed.setValue(world.standing.seeds.get(self._device, 0))
                self.seed.blockSignals(False)
            self.pages.show_content()

    def _switch(self, row: FaultRow, on: bool) -> None:
        if on:
            self._put(row)
        else:
            self._world.act("take_fault", device=self._device, kind=row.kind)

    def _changed(self, row: FaultRow) -> None:
        if row.on.isChecked():
            self._put(row)

    def _put(self, row: FaultRow) -> None:
        self._world.act(
            "put_fault",
            device=self._device,
            kind=row.kind,
            probability=row.percent.value() / 100,
            count=row.count.value(),
            ms=MS.get(row.kind, 400),
        )

    def _reseed(self, seed: int) -> None:
        self._world.act("seed_faults", device=self._device, seed=seed)
