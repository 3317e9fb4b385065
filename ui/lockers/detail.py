"""The door in hand: whose bag, its weight and tag, what lies in it, its chain of hands, and what may be done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.context import Context
from ui.lockers.drawn import LEVELS, drawn_of
from ui.lockers.measures import weight
from ui.lockers.presenter import LockersPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.doors import DoorState
from ui.widgets.frame import Facts, Panel, Scroll, clear
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.paint import literal
from workstation.custody.effects import Hand, Item
from workstation.services.lockers import BankView, CellView

PHOTO = 64
WORTH_SECURING = frozenset({DoorState.FORCED, DoorState.TOO_LONG, DoorState.ODD, DoorState.UNKNOWN})


class DetailPanel(Panel):
    """Facts and actions of one door. `inspected`, `secured`, `gone`: the action was asked for."""

    inspected = Signal()
    secured = Signal()
    gone = Signal()

    def __init__(
        self, context: Context, look: Look, presenter: LockersPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, "find", parent=parent)
        self.setObjectName("lockers.detail")
        self._context, self._look, self._presenter = context, look, presenter
        holder = QWidget()
        self.facts = QVBoxLayout(holder)
        self.facts.setContentsMargins(0, 0, look.theme.px(4), 0)
        self.roll = Scroll(holder, self)
        self.body.addWidget(self.roll, 1)
        self.secure = ActionButton(look, "", icon="self-harm", key="X", role="danger", parent=self)
        self.secure.setObjectName("lockers.secure")
        self.inspect = ActionButton(look, "", icon="door-open", key="I", parent=self)
        self.inspect.setObjectName("lockers.inspect")
        self.timeline = ActionButton(look, "", icon="timeline", parent=self)
        self.timeline.setObjectName("lockers.timeline")
        for button in (self.inspect, self.timeline, self.secure):
            self.body.addWidget(button)
        self.inspect.acted.connect(self.inspected)
        self.secure.acted.connect(self.secured)
        self.timeline.acted.connect(self.gone)

    def retranslate(self) -> None:
        """Say the words of the buttons anew."""
        w = self._context.words
        self.inspect.set_words(w("lockers.inspect"))
        self.secure.set_words(w("lockers.secure"))
        self.timeline.set_words(w("lockers.timeline"))

    def show_cell(self, bank: BankView | None, cell: CellView | None) -> None:
        """Show a door of a bank."""
        w, at = self._context.words, self.roll.verticalScrollBar().value()
        clear(self.facts)
        self.timeline.setVisible(cell is not None and bool(cell.stay))
        if cell is None or bank is None:
            self.set_title(w("lockers.detail"))
            self.facts.addWidget(PlainLabel(w("lockers.detail.none"), role="secondary", wrap=True))
            self.facts.addStretch(1)
            self.inspect.set_refused([w("lockers.detail.none")])
            self.secure.setVisible(False)
            return
        state = drawn_of(self._context, self._presenter, bank).state(cell)
        level = LEVELS.get(state, "")
        chip = f"{w(f'lockers.level.{level}')} " if level else ""
        self.set_title(w("lockers.detail.of", cell=cell.cell), f"{chip}{w(f'lockers.state.{state}')}")
        if cell.forced:
            self._red(w("lockers.forced"))
        elif cell.opening is not None and cell.opening.failure:
            self._red(w(cell.opening.failure, device=bank.device))
        self._facts(bank, cell)
        if cell.blind:
            self.facts.addWidget(PlainLabel(w("lockers.blind"), role="secondary", wrap=True))
        elif self._presenter.items:
            self._things()
        if self._presenter.hands:
            self.facts.addWidget(PlainLabel(w("lockers.chain"), role="bold"))
            for hand in self._presenter.hands:
                self.facts.addWidget(PlainLabel(self._hand(hand), wrap=True))
        self.facts.addStretch(1)
        self.inspect.set_refused(self._against(cell))
        self.secure.setVisible(state in WORTH_SECURING)
        self.secure.set_refused([] if cell.stay else [w("lockers.secure.empty")])
        self.roll.verticalScrollBar().setValue(at)

    def _red(self, words: str) -> None:
        label = PlainLabel(words, wrap=True)
        label.setProperty("level", "red")
        self.facts.addWidget(label)

    def _facts(self, bank: BankView, cell: CellView) -> None:
        w = self._context.words
        form = Facts(self._look, self, labels=56)
        contact = w(f"door.{cell.door}")
        since = self._moment(cell.since) if cell.since else w("lockers.never")
        form.add(w("lockers.column.whose"), f"{cell.name} {cell.stay_number}".strip())
        form.add(w("lockers.column.bag"), cell.bag)
        if cell.bag:
            stored = self._moment(cell.stored_at) if cell.stored_at else ""
            form.add(w("lockers.column.seal"), cell.seal)
            if not cell.blind:
                form.add(w("lockers.column.weight"), f"{weight(cell)} · {stored}" if stored else weight(cell))
                form.add(w("lockers.column.weight-now"), self._weight_now(bank))
            form.add(w("lockers.column.tag"), self._tag(bank, cell))
        form.add(w("lockers.column.door"), f"{contact} · {since}")
        if cell.opening is not None:
            opening = cell.opening
            told = w(f"lockers.purpose.{opening.purpose}")
            form.add(
                w("lockers.column.ordered"), f"{told} · {self._moment(opening.at)} · {opening.stay_number}"
            )
        self.facts.addWidget(form)

    def _weight_now(self, bank: BankView) -> str:
        w = self._context.words
        return w("lockers.scale.of", scale=bank.scale) if bank.scale else w("lockers.scale.none")

    def _tag(self, bank: BankView, cell: CellView) -> str:
        """What the reader of the bank said of the tag, and when."""
        w, sight = self._context.words, self._presenter.sight
        if not bank.reader:
            return w("lockers.reader.none")
        reading = sight.readings.get(bank.reader)
        if reading is None:
            return w("lockers.reader.asked")
        time = self._context.local(reading.at, "%H:%M:%S")
        if reading.error is not None:
            last = sight.last.get(cell.tag)
            said = w("lockers.tag.unknown", time=time)
            return f"{said} · {w('lockers.tag.last', time=self._moment(last))}" if last else said
        return w(f"lockers.tag.{sight.tag(bank.reader, cell.tag)}.at", time=time)

    def _moment(self, at: datetime) -> str:
        today = self._context.local(self._context.clock.now(), "%m-%d")
        form = "%H:%M:%S" if self._context.local(at, "%m-%d") == today else "%m-%d %H:%M"
        return self._context.local(at, form)

    def _things(self) -> None:
        w, items = self._context.words, self._presenter.items
        self.facts.addWidget(PlainLabel(w("lockers.things", count=len(items)), role="bold"))
        for item in items:
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(self._look.theme.px(8))
            picture = self._photo(item)
            if picture is not None:
                row.addWidget(picture)
            said = f"{item.name} {item.features}".strip()
            row.addWidget(PlainLabel(f"{said} × {item.quantity} {item.unit}".strip(), wrap=True), 1)
            self.facts.addWidget(line)

    def _photo(self, item: Item) -> QLabel | None:
        content = self._presenter.photos.get(item.photo, b"") if item.photo else b""
        image = QImage.fromData(content) if content else QImage()
        if image.isNull():
            return None
        side = self._look.theme.px(PHOTO)
        label = QLabel(self)
        fit = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        label.setPixmap(QPixmap.fromImage(image.scaled(side, side, fit, smooth)))
        label.setFixedWidth(side)
        label.setAccessibleName(literal(self._context.words("lockers.photo", name=item.name)))
        return label

    def _hand(self, hand: Hand) -> str:
        names = self._presenter.names
        who = " + ".join(names.get(one, one) for one in (hand.custodian, hand.second) if one)
        time = self._context.local(hand.at, "%m-%d %H:%M")
        return f"{time} {self._context.words(f'lockers.hand.{hand.what}')} {who}"

    def _against(self, cell: CellView) -> list[str]:
        w, session = self._context.words, self._context.link.session
        if session is not None and "open-cell" not in session.requests:
            return [w("lockers.inspect.no-role")]
        return [] if cell.stay else [w("lockers.inspect.empty")]
