"""The live picture of the room where the person is."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.readings import Level as DeviceLevel
from workstation.station import messages as m

FRAME_MS = 220
STALE_MS = 3000


class RoomCamera(CameraTile):
    """The live picture of one camera, at most five a second, asked for only while it is seen."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, TileData(""), parent)
        self._context = context
        self._camera, self._where = "", ""
        self._at_ms, self._waiting = 0, False
        self.awaited = False
        """Whether a camera is watched of which nothing is known yet."""
        self._poll = QTimer(self)
        self._poll.setInterval(FRAME_MS)
        self._poll.timeout.connect(self._ask)

    def watch(self, camera: str, place: str) -> None:
        """Show another camera; an empty id says that the room has none."""
        if (camera, place) == (self._camera, self._where):
            return
        self._camera, self._where, self._at_ms = camera, place, 0
        self.show_frame(None)
        self.awaited = bool(camera)
        pick = self._context.words.pick
        self._lost(
            pick("正在取画面", "Waiting for the picture")
            if camera
            else pick("此处没有摄像机", "No camera here")
        )
        if self.isVisible() and camera:
            self._poll.start()

    def sizeHint(self) -> QSize:
        """Low; it grows where there is room."""
        return QSize(self.look.theme.px(260), self.look.theme.px(150))

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
        self._waiting = self.awaited = False
        self._lost(self._context.words(error.code, **error.values))

    def _take(self, camera: str, reply: m.FrameReply) -> None:
        self._waiting = False
        if camera != self._camera:
            return
        if reply.jpeg:
            image = QImage.fromData(reply.jpeg)
            if not image.isNull():
                self._at_ms, self.awaited = reply.at_ms, False
                self.show_frame(image)
                self._live(reply)
                return
        now_ms = int(self._context.clock.now().timestamp() * 1000)
        lost, reason = reply.health.level is DeviceLevel.LOST, reply.health.reason
        if lost or (reason and not self._at_ms):
            self.awaited = False
            self._lost(self._context.words(reason) if reason else "")
        elif self._at_ms and now_ms - self._at_ms > STALE_MS:
            since = self._context.local(
                datetime.fromtimestamp(self._at_ms / 1000, self._context.zone), "%H:%M:%S"
            )
            pick = self._context.words.pick
            self.set(
                TileData(
                    self._where,
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
                self._where,
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
                self._where,
                state=Picture.LOST,
                state_word=pick("未知", "Unknown"),
                message=pick("没有画面", "No picture"),
                detail=detail,
            )
        )
