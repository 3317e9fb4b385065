"""The right column: clocks with their why, the live camera of the room, the last entries."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.steps import drawing
from ui.steps.room_camera import RoomCamera
from ui.widgets.clock_panel import ClockPanel
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from workstation.station import messages as m

LAST = 6
LOW = 760
"""Height under which a clock shows when it ends, and its basis only by W."""


class Panel(QFrame):
    """A panel with a head."""

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setProperty("role", "panel")
        self.title = PlainLabel(role="strong", parent=self)
        self.note = PlainLabel(role="secondary", parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(8), px(12), px(8))
        head.setSpacing(px(8))
        head.addWidget(IconLabel(look, icon, 22, self))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.note)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(10), 0, px(10), px(10))
        self.body.setSpacing(px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self.body)


class Entry(QWidget):
    """One of the last entries: time, what happened, and where it comes from."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.at = PlainLabel(role="value", parent=self)
        self.said = PlainLabel(parent=self, elide=True)
        self.icon = IconLabel(look, "keyed", 18, self, colour="ink2")
        self.how = PlainLabel(role="secondary", parent=self)
        row = QHBoxLayout(self)
        px = look.theme.px
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(8))
        row.addWidget(self.at)
        row.addWidget(self.said, 1)
        row.addWidget(self.icon)
        row.addWidget(self.how)

    def show_entry(self, at: str, said: str, icon: str, how: str) -> None:
        """Show another entry."""
        self.at.setText(at)
        self.said.setText(said)
        self.how.setText(how)
        self.icon.setVisible(bool(icon))
        if icon:
            self.icon.set(icon, "ink2")


class Side(QScrollArea):
    """Clocks, camera and last entries of the stay in hand. `all_asked`: the whole timeline."""

    all_asked = Signal()

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._reply: m.StayReply | None = None
        self._camera, self._blind = "", False
        self._whole = False
        self._sayer = Sayer(context)
        self._panels: list[ClockPanel] = []
        self.setWidgetResizable(True)
        self.setObjectName("steps.side")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget()
        content.setProperty("role", "content")
        self.setWidget(content)  # before anything is in it: what is moved is styled again
        self.clocks = Panel(look, "clock", content)
        self.none = PlainLabel(role="secondary", wrap=True, parent=self.clocks)
        self.clocks.body.addWidget(self.none)
        self.camera = RoomCamera(context, look, content)
        self.camera.setObjectName("steps.camera")
        self.camera.setMinimumHeight(look.theme.px(150))
        self.camera.setMaximumHeight(look.theme.px(232))
        self.last = Panel(look, "history", content)
        self._entries = [Entry(look, self.last) for _ in range(LAST)]
        for entry in self._entries:
            self.last.body.addWidget(entry)
        self.last.body.setSpacing(0)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(10))
        column.addWidget(self.clocks)
        column.addWidget(self.camera, 1)
        column.addWidget(self.last)
        column.addStretch(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        pick = self._context.words.pick
        self.setAccessibleName(pick("时限、视频与最近记录", "Limits, video and last entries"))
        self.clocks.title.setText(pick("时限与依据", "Limits and basis"))
        self.clocks.note.setText(pick("按 W 看算法", "W: why"))
        self.last.title.setText(pick("最近记录", "Last entries"))
        self.last.note.setText(pick("F3 全部", "F3: all"))
        self.show_reply(self._reply, self._camera, blind=self._blind)

    def toggle_why(self) -> None:
        """Show or hide the whole computation of every clock."""
        self._whole = not self._whole
        self.tick()

    def show_reply(self, reply: m.StayReply | None, camera: str, *, blind: bool = False) -> None:
        """Show the newest facts of a stay; `blind`: a count is awaited."""
        self._reply, self._camera, self._blind = reply, camera, blind
        if reply is not None:
            self._sayer.names = reply.names
        self.clocks.setVisible(reply is not None)
        self.last.setVisible(reply is not None)
        pick = self._context.words.pick
        free = reply is not None and not reply.facts.is_suspect
        self.none.setText(
            pick("可随时离开，没有时限", "May leave at any moment; no limit runs") if free else ""
        )
        self.none.setVisible(free)
        self.tick()
        rows = list(reversed(reply.last.rows))[:LAST] if reply else []
        for number, entry in enumerate(self._entries):
            entry.setVisible(number < len(rows))
            if number < len(rows):
                entry.show_entry(*drawing.entry(rows[number], self._sayer, self._context, blind=blind))
        room = reply.facts.presence.room if reply else ""
        self.camera.watch(camera, self._context.room_name(room) if room else pick("登记区", "Intake"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tick()

    def tick(self) -> None:
        """The clocks as they are now."""
        states = drawing.clocks_shown(self._reply.clocks) if self._reply else []
        now = self._context.clock.now()
        low = self.height() < self._look.theme.px(LOW)
        data = [drawing.clock(one, now, self._context, whole=self._whole, low=low) for one in states]
        while len(self._panels) > len(data):
            panel = self._panels.pop()
            self.clocks.body.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        while len(self._panels) < len(data):
            panel = ClockPanel(self._look, data[len(self._panels)], self.clocks)
            panel.setObjectName(f"steps.clock.{len(self._panels)}")
            panel.acted.connect(self.toggle_why)
            self.clocks.body.addWidget(panel)
            self._panels.append(panel)
        for panel, one in zip(self._panels, data, strict=True):
            panel.set(one)
