"""The right column: clocks with their why, the live camera of the room, the last entries."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.steps import drawing
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.clock_panel import ClockPanel
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.readings import Level as DeviceLevel
from workstation.station import messages as m

FRAME_MS = 220
STALE_MS = 3000
LAST = 6


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


class RoomCamera(CameraTile):
    """The live picture of one camera, at most five a second, asked for only while it is seen."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, TileData(""), parent)
        self._context = context
        self._camera, self._place = "", ""
        self._at_ms, self._waiting = 0, False
        self._poll = QTimer(self)
        self._poll.setInterval(FRAME_MS)
        self._poll.timeout.connect(self._ask)

    def watch(self, camera: str, place: str) -> None:
        """Show another camera; an empty id says that the room has none."""
        if (camera, place) == (self._camera, self._place):
            return
        self._camera, self._place, self._at_ms = camera, place, 0
        self.show_frame(None)
        self._lost("" if camera else self._context.words.pick("此处没有摄像机", "No camera here"))
        if self.isVisible() and camera:
            self._poll.start()

    def showEvent(self, event: QShowEvent) -> None:
        if self._camera:
            self._poll.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._poll.stop()
        super().hideEvent(event)

    def _ask(self) -> None:
        if self._waiting or not self._camera:
            return
        self._waiting = True
        self._context.link.ask(
            m.GetFrame(camera=self._camera, width=max(64, self.width()), newer_than_ms=self._at_ms),
            partial(self._take, self._camera),
            self._failed,
            lane="frames",
        )

    def _failed(self, error: AppError) -> None:
        self._waiting = False
        self._lost(self._context.words(error.code, **error.values))

    def _take(self, camera: str, reply: m.FrameReply) -> None:
        self._waiting = False
        if camera != self._camera:
            return
        if reply.jpeg:
            image = QImage.fromData(reply.jpeg)
            if not image.isNull():
                self._at_ms = reply.at_ms
                self.show_frame(image)
                self._live(reply)
                return
        now_ms = int(self._context.clock.now().timestamp() * 1000)
        if reply.health.level is DeviceLevel.LOST or not self._at_ms:
            self._lost(self._context.words(reply.health.reason) if reply.health.reason else "")
        elif now_ms - self._at_ms > STALE_MS:
            since = self._context.local(
                datetime.fromtimestamp(self._at_ms / 1000, self._context.zone), "%H:%M:%S"
            )
            pick = self._context.words.pick
            self.set(
                TileData(
                    self._place,
                    state=Picture.FROZEN,
                    state_word=pick("停住", "Frozen"),
                    state_icon="frozen",
                    message=pick(f"画面停在 {since}", f"Frozen since {since}"),
                )
            )

    def _live(self, reply: m.FrameReply) -> None:
        pick = self._context.words.pick
        at = datetime.fromtimestamp(reply.at_ms / 1000, self._context.zone)
        fps = pick(f"{reply.fps:.0f} 帧", f"{reply.fps:.0f} fps")
        self.set(
            TileData(
                self._place,
                state=Picture.LIVE,
                state_word=pick("实时", "Live"),
                state_icon="look",
                time=self._context.local(at, "%H:%M:%S"),
                health=fps,
            )
        )

    def _lost(self, detail: str) -> None:
        pick = self._context.words.pick
        self.set(
            TileData(
                self._place,
                state=Picture.LOST,
                state_word=pick("未知", "Unknown"),
                message=pick("没有画面", "No picture"),
                detail=detail,
            )
        )


class Side(QScrollArea):
    """Clocks, camera and last entries of the stay in hand. `all_asked`: the whole timeline."""

    all_asked = Signal()

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._reply: m.StayReply | None = None
        self._whole = False
        self._sayer = Sayer(context)
        self._panels: list[ClockPanel] = []
        self.setWidgetResizable(True)
        self.setObjectName("steps.side")
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget(self)
        content.setProperty("role", "content")
        self.clocks = Panel(look, "clock", content)
        self.none = PlainLabel(role="secondary", wrap=True, parent=self.clocks)
        self.clocks.body.addWidget(self.none)
        self.camera = RoomCamera(context, look, content)
        self.camera.setObjectName("steps.camera")
        self.camera.setMinimumHeight(look.theme.px(190))
        self.last = Panel(look, "history", content)
        self._entries = [
            (PlainLabel(role="value", parent=self.last), PlainLabel(parent=self.last, elide=True))
            for _ in range(LAST)
        ]
        for at, said in self._entries:
            row = QHBoxLayout()
            row.setSpacing(look.theme.px(12))
            row.addWidget(at)
            row.addWidget(said, 1)
            self.last.body.addLayout(row)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(10))
        column.addWidget(self.clocks)
        column.addWidget(self.camera)
        column.addWidget(self.last)
        column.addStretch(1)
        self.setWidget(content)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        pick = self._context.words.pick
        self.clocks.title.setText(pick("时限与依据", "Limits and basis"))
        self.clocks.note.setText(pick("按 W 看算法", "W: why"))
        self.last.title.setText(pick("最近记录", "Last entries"))
        self.last.note.setText(pick("F3 全部", "F3: all"))
        self.show_reply(self._reply, "")

    def toggle_why(self) -> None:
        """Show or hide the whole computation of every clock."""
        self._whole = not self._whole
        self.tick()

    def show_reply(self, reply: m.StayReply | None, camera: str, *, blind: bool = False) -> None:
        """Show the newest facts of a stay; `blind`: a count is awaited."""
        self._reply = reply
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
        for number, (at, said) in enumerate(self._entries):
            words = (
                drawing.entry(rows[number], self._sayer, self._context, blind=blind)
                if number < len(rows)
                else ("", "")
            )
            at.setText(words[0])
            said.setText(words[1])
            at.setVisible(bool(words[0]))
            said.setVisible(bool(words[0]))
        room = reply.facts.presence.room if reply else ""
        self.camera.watch(camera, self._context.room_name(room) if room else pick("登记区", "Intake"))

    def tick(self) -> None:
        """The clocks as they are now."""
        states = drawing.clocks_shown(self._reply.clocks) if self._reply else []
        now = self._context.clock.now()
        data = [drawing.clock(one, now, self._context, whole=self._whole) for one in states]
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
