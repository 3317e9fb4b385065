"""The contradiction in hand, pinned over the lanes with what each of its two entries says."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.theme import Level
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import LevelChip, PlainLabel, SourceBadge
from ui.widgets.look import Look
from workstation.services.timeline import TimelineRow
from workstation.services.timeline_conflicts import Conflict

SIDE_BY_SIDE = 760
"""From this logical width on the two entries stand side by side."""
IN_ONE_LINE = 1050
"""From this logical width on the head and its why stand in one line."""


class _Side(QFrame):
    """One of the two entries; `taken` when it is pressed."""

    taken = Signal(int)

    def __init__(self, context: Context, look: Look, sayer: Sayer, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._sayer = context, sayer
        self._seq = 0
        self.button = ActionButton(look, "", role="segment", small=True, parent=self)
        self.button.setObjectName(f"timeline.conflict.{name}")
        self.button.acted.connect(lambda: self.taken.emit(self._seq))
        self.says = PlainLabel(role="bold", wrap=True)
        self.times = PlainLabel(role="secondary", wrap=True)
        self.badge = SourceBadge(look, "", "", parent=self)
        top = QHBoxLayout()
        top.setSpacing(look.theme.px(8))
        top.addWidget(self.button)
        top.addWidget(self.says, 1)
        top.addWidget(self.badge)
        column = QVBoxLayout(self)
        px = look.theme.px
        column.setContentsMargins(px(12), px(4), px(12), px(6))
        column.setSpacing(px(2))
        column.addLayout(top)
        column.addWidget(self.times)

    def show_row(self, row: TimelineRow) -> None:
        """Show an entry."""
        w, self._seq = self._context.words, row.seq
        self.button.set_words(f"#{row.seq}")
        self.says.setText(self._sayer.title(row))
        icon, source = self._sayer.source(row)
        self.badge.set(icon, source, "late" if row.late else "device")
        late = next((words for words, kind in self._sayer.flags(row) if kind == "late" and row.late), "")
        told = [
            f"{w('timeline.happened')} {self._time(row.happened_at)}",
            f"{w('timeline.recorded')} {self._time(row.recorded_at)}",
            f"{w('timeline.device')} {self._sayer.offset(row)}" if row.device_at else late,
        ]
        self.times.setText(" · ".join(one for one in told if one))

    def _time(self, instant: datetime) -> str:
        return self._context.local(instant, "%H:%M:%S")


class Pinned(QFrame):
    """`taken(seq)`: one of the two entries is wanted; `judged`: which is right is to be said; `passed`: the next one."""

    taken = Signal(int)
    judged = Signal()
    passed = Signal()

    def __init__(self, context: Context, look: Look, sayer: Sayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline.conflicts")
        self.setProperty("role", "panel")
        self._context, self._look = context, look
        self.conflict: Conflict | None = None
        self._of = (0, 0)
        self.chip = LevelChip(look, Level.YELLOW, "", self)
        self.title = PlainLabel(role="strong")
        self.span = PlainLabel(role="secondary", wrap=True)
        self.judge = ActionButton(look, "", icon="which", key="J", small=True, parent=self)
        self.judge.setObjectName("timeline.conflict.judge")
        self.next = ActionButton(look, "", key="N", small=True, parent=self)
        self.next.setObjectName("timeline.conflict.next")
        self.judge.acted.connect(self.judged)
        self.next.acted.connect(self.passed)
        self.one, self.other = (_Side(context, look, sayer, name, self) for name in ("one", "other"))
        px = look.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.setContentsMargins(px(10), 0, px(10), 0)
        for widget in (self.chip, self.title):
            head.addWidget(widget)
        self._head, self._below, self._acts = head, QHBoxLayout(), QHBoxLayout()
        for line in (self._below, self._acts):
            line.setContentsMargins(px(10), 0, px(10), 0)
            line.setSpacing(px(8))
        self._space = QWidget(self)
        head.addWidget(self._space, 1)
        for button in (self.judge, self.next):
            head.addWidget(button)
        self._below.addWidget(self.span, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(0)
        for side in (self.one, self.other):
            side.taken.connect(self.taken)
            self._sides.addWidget(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, px(6), 2, 2)
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addLayout(self._below)
        column.addLayout(self._acts)
        column.addLayout(self._sides)
        self.hide()

    def show_conflict(
        self, conflict: Conflict, rows: tuple[TimelineRow, TimelineRow], number: int, count: int
    ) -> None:
        """Pin a contradiction, the `number`-th of `count`."""
        self.conflict, self._of = conflict, (number, count)
        for side, row in zip((self.one, self.other), rows, strict=True):
            side.show_row(row)
        self.next.setVisible(count > 1)
        self.retranslate()
        self.show()

    def drop(self) -> None:
        """Nothing contradicts."""
        self.conflict = None
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w, conflict = self._context.words, self.conflict
        self.judge.set_words(w("timeline.conflict.judge"))
        self.next.set_words(w("timeline.conflict.next"))
        if conflict is None:
            return
        number, count = self._of
        self.chip.set(Level.YELLOW, w("timeline.conflict.nth", n=number, all=count))
        self.title.setText(w(f"timeline.conflict.{conflict.code}"))
        since, until = (self._context.local(at, "%m-%d %H:%M") for at in (conflict.since, conflict.until))
        when = since if since == until else f"{since} – {until.partition(' ')[2]}"
        values = dict(conflict.values)
        for name in ("room", "other"):
            if name in values:
                values[name] = self._context.room_name(str(values[name]))
        self.span.setText(f"{when} · {w(f'timeline.conflict.{conflict.code}.why', **values)}")
        self.setAccessibleName(f"{self.chip.words()} {self.title.words()} {self.span.words()}")

    def arrange(self, width: float) -> None:
        """What stands side by side at a logical width: the two entries, and the head with its why."""
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if width >= SIDE_BY_SIDE else direction.TopToBottom)
        narrow = width < SIDE_BY_SIDE
        if narrow != (self._acts.count() > 0):
            for button in (self.judge, self.next):
                (self._head if narrow else self._acts).removeWidget(button)
                (self._acts if narrow else self._head).addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        wide = width >= IN_ONE_LINE
        if wide != (self._head.indexOf(self.span) >= 0):
            (self._below if wide else self._head).removeWidget(self.span)
            if wide:
                self._head.insertWidget(2, self.span, 20)
            else:
                self._below.addWidget(self.span, 1)
            self._space.setVisible(not wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._look.theme
        paint.frame(painter, self.rect(), theme.tokens.yellowedge, width=2, radius=theme.px(4))
        painter.end()
