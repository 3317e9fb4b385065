"""What is shown of the record: by mark, kind, person, lane and words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.context import Context
from ui.timeline.filter import Filter, Flag
from ui.timeline.marks import LaneKind
from ui.widgets.buttons import Segments
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice
from ui.widgets.look import Look


class Filters(QWidget):
    """`filtered` carries the filter as it stands after every change."""

    filtered = Signal(object)

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        px = look.theme.px
        self.flags = Segments(look, "", [(flag.value, flag.value) for flag in Flag], self)
        for flag, button in self.flags.buttons.items():
            button.setObjectName(f"timeline.flag.{flag}")
        self.flags.choose(Flag.ALL.value)
        self.kind, self.actor = Choice("timeline.kind", self), Choice("timeline.actor", self)
        self.lane = Choice("timeline.lane", self)
        self.search = QLineEdit(self)
        self.search.setObjectName("timeline.search")
        for choice, letters in ((self.kind, 14), (self.actor, 10), (self.lane, 10)):
            choice.keep_to(letters)
        line = Flow(self, gap=px(8))
        for one in (self.flags, self.kind, self.actor, self.lane, self.search):
            line.addWidget(one)
        self.flags.chosen.connect(lambda _: self._tell())
        for choice in (self.kind, self.actor, self.lane):
            choice.activated.connect(lambda _: self._tell())
        self.search.textChanged.connect(lambda _: self._tell())

    def chosen(self) -> Filter:
        """The filter as it stands."""
        return Filter(
            self.kind.key(),
            self.actor.key(),
            Flag(self.flags.choice() or "all"),
            self.search.text(),
            self.lane.key(),
        )

    def clear(self) -> None:
        """Let everything through again."""
        self.flags.choose(Flag.ALL.value)
        for choice in (self.kind, self.actor, self.lane):
            choice.choose("")
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._tell()

    def offer(self, kinds: list[tuple[str, str]], actors: list[tuple[str, str]]) -> None:
        """The kinds and persons that occur."""
        w = self._context.words
        self.kind.offer(kinds, none=w("timeline.kind"))
        self.actor.offer(actors, none=w("timeline.actor"))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for flag, button in self.flags.buttons.items():
            button.set_words(w(f"timeline.flag.{flag}"))
        self.flags.setAccessibleName(w("timeline.flags"))
        self.search.setPlaceholderText(w("timeline.search"))
        self.search.setAccessibleName(w("timeline.search"))
        self.kind.setAccessibleName(w("timeline.kind"))
        self.actor.setAccessibleName(w("timeline.actor"))
        self.lane.setAccessibleName(w("timeline.lanes.all"))
        self.lane.offer(
            [(kind.value, w(f"timeline.lane.{kind.value}")) for kind in LaneKind],
            none=w("timeline.lanes.all"),
        )

    def _tell(self) -> None:
        self.filtered.emit(self.chosen())
