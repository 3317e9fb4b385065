"""Over the timeline: whose it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.timeline.presenter import TimelinePresenter
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look

KEYS_FROM = 1600
"""From this logical width on the keys of the lanes are told beside the buttons."""


class Head(QWidget):
    """`wanted(stay)`: another person is to be shown. The buttons' signals are used by the screen."""

    wanted = Signal(str)

    def __init__(
        self, context: Context, presenter: TimelinePresenter, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        px = look.theme.px
        self.name = PlainLabel(role="name")
        self.place_icon, self.place = IconLabel(look, "room", 20, self), PlainLabel(role="title")
        self.facts = PlainLabel(role="secondary", elide=True)
        self.person, self.other = Choice("timeline.person", self), Choice("timeline.other", self)
        self.person.keep_to(12)
        self.other.keep_to(14)
        self.span = Segments(look, "", [("hours", ""), ("whole", "")], self)
        for name, segment in self.span.buttons.items():
            segment.setObjectName(f"timeline.span.{name}")
        self.span.choose("whole")
        self.filter = self._button(look, "filter", "find", "/", bind=False)
        self.as_table = self._button(look, "as-table", "table", "T")
        self.compare = self._button(look, "compare", "compare", "")
        for toggle in (self.filter, self.as_table, self.compare):
            toggle.setCheckable(True)
        self.mark = self._button(look, "mark-button", "mark", "M")
        self.export = self._button(look, "export-button", "export", "")
        self.print = self._button(look, "print", "print", "Ctrl+P")
        self.count, self.jump = PlainLabel(role="secondary"), PlainLabel(role="value")
        self.keys = PlainLabel(role="secondary")
        self.keys.setMinimumHeight(look.theme.box(40))
        self.jump.hide()
        self._lay_out(px(8))
        self.person.activated.connect(lambda _: self.wanted.emit(self.person.key()))
        self.other.activated.connect(lambda _: presenter.compare(self.other.key()))
        self.compare.toggled.connect(self._compare)
        self.other.hide()

    def _button(self, look: Look, name: str, icon: str, key: str, *, bind: bool = True) -> ActionButton:
        button = ActionButton(look, "", icon=icon, key=key, bind=bind, parent=self)
        button.setObjectName(f"timeline.{name}")
        return button

    def _lay_out(self, gap: int) -> None:
        top = QHBoxLayout()
        top.setSpacing(gap)
        for label in (self.name, self.place_icon, self.place):
            top.addWidget(label)
        top.addWidget(self.facts, 1)
        for aside in (self.jump, self.count, self.person):
            top.addWidget(aside)
        bar = Flow(gap=gap)
        for widget in (
            self.span, self.filter, self.as_table, self.compare, self.other, self.mark, self.export, self.print, self.keys,
        ):  # fmt: skip
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(top)
        column.addLayout(bar)

    def show_head(self) -> None:
        """Name, place, case and measure."""
        w, reply = self._context.words, self._presenter.facts
        known = reply is not None
        for widget in (self.place, self.place_icon):
            widget.setVisible(known)
        self.print.setEnabled(known)
        if not self._presenter.other.stay and not self.compare.isChecked():
            self.other.hide()
        self.jump.setVisible(bool(self.jump.words()))
        if reply is None:
            self.name.setText(w("timeline.title"))
            self.facts.setText("")
            return
        facts = reply.facts
        self.name.setText(f"{facts.name or w('timeline.no-name')} {facts.number}")
        room = facts.presence.room
        self.place.setText(self._context.room_name(room) if room else w("timeline.no-room"))
        told = []
        if facts.ground.case is not None and facts.ground.case.case_number:
            told.append(w("timeline.case", number=facts.ground.case.case_number))
        if facts.ground.measure is not None:
            code = f"measure.{facts.ground.measure.measure}"
            told.append(w(code) if code in w.catalogue else str(facts.ground.measure.measure))
        self.facts.setText(" · ".join(told))

    def arrange(self, width: float) -> None:
        """What has room at a logical width."""
        self.keys.setVisible(width >= KEYS_FROM)

    def show_jump(self, words: str) -> None:
        """What was typed to jump by."""
        self.jump.setText(words)
        self.jump.setVisible(bool(words))

    def show_span(self, whole: bool) -> None:
        """Whether the whole stay is seen."""
        self.span.choose("whole" if whole else "hours")

    def show_persons(self) -> None:
        """Who may be chosen: persons in the centre, those of the same case first for the comparison."""
        w, presenter = self._context.words, self._presenter
        every = [(card.stay, f"{card.number} {card.name}".strip()) for card in presenter.cards]
        self.person.offer(every, none=w("timeline.person"))
        self.person.choose(presenter.stay)
        others = [one for one in every if one[0] != presenter.stay]
        self.other.offer(others, none=w("timeline.compare.whom"))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.person.setAccessibleName(w("timeline.person"))
        self.other.setAccessibleName(w("timeline.compare.whom"))
        self.span.setAccessibleName(w("timeline.span"))
        for name, segment in self.span.buttons.items():
            segment.set_words(w(f"timeline.span.{name}"))
        self.filter.set_words(w("timeline.filter"))
        self.as_table.set_words(w("timeline.as-table"))
        self.compare.set_words(w("timeline.compare"))
        self.mark.set_words(w("timeline.mark"))
        self.export.set_words(w("timeline.export.title"))
        self.print.set_words(w("timeline.print"))
        self.keys.setText(w("timeline.keys"))
        self.show_persons()

    def _compare(self, on: bool) -> None:
        self.other.setVisible(on)
        if on:
            self.show_persons()
            self.other.setFocus()
        else:
            self.other.choose("")
            self._presenter.compare("")
