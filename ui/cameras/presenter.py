"""Which cameras are on the wall and what came of each: pictures asked for in turn, one question at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ui.context import Context
from workstation.errors import AppError
from workstation.readings import Health, Level
from workstation.station import messages as m

SHORTEST_MS = 200  # five pictures a second and camera at most
FROZEN_AFTER = timedelta(seconds=3)
LAYOUTS = (1, 4, 6, 9)


class Worth(StrEnum):
    """What a picture is worth now; the words are those of the tile."""

    LIVE = "live"
    FROZEN = "frozen"
    LOST = "lost"


@dataclass
class Seen:
    """What is known of one camera. `at_ms`: the station's time of the newest picture, 0 before the first."""

    camera: str
    health: Health | None = None
    image: QImage | None = None
    at_ms: int = 0
    fps: float = 0.0
    error: AppError | None = None
    asked: float = -1e9


class CamerasPresenter(QObject):
    """`pictured(camera)` after each answer; `placed` when who is where is known; `arranged` when others are shown."""

    pictured = Signal(str)
    placed = Signal()
    arranged = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.layout = 4
        self.page = 0
        self.width = 640
        self.people: dict[str, tuple[str, ...]] = {}
        self.seen: dict[str, Seen] = {camera: Seen(camera) for camera in context.centre.cameras}
        self._awake = False
        self._asking = False
        self._turn = 0
        self._beat = QTimer(self)
        self._beat.setInterval(40)
        self._beat.timeout.connect(self._next)

    # ------------------------------------------------------------ which

    def cameras(self) -> tuple[str, ...]:
        """Every camera, those of rooms in the order of the rooms, then the rest."""
        of_rooms = [room.camera for room in self._context.centre.rooms if room.camera in self.seen]
        return tuple(dict.fromkeys((*of_rooms, *self.seen)))

    def shown(self) -> tuple[str, ...]:
        """The cameras on the wall now."""
        every = self.cameras()
        start = self.page * self.layout
        return every[start : start + self.layout]

    def pages(self) -> int:
        """How many walls there are at the present layout."""
        return max(1, -(-len(self.seen) // self.layout))

    def arrange(self, layout: int) -> None:
        """Show so many at once; the first that was shown stays on the wall."""
        if layout in LAYOUTS and layout != self.layout:
            first = self.page * self.layout
            self.layout = layout
            self.page = min(first // layout, self.pages() - 1)
            self.arranged.emit()

    def turn(self, by: int) -> None:
        """Go to another wall."""
        page = (self.page + by) % self.pages()
        if page != self.page:
            self.page = page
            self.arranged.emit()

    def enlarge(self, camera: str) -> None:
        """Show one camera alone."""
        every = self.cameras()
        if camera in every:
            self.layout, self.page = 1, every.index(camera)
            self.arranged.emit()

    def room_of(self, camera: str) -> m.RoomRow | None:
        """The room that a camera looks into."""
        return next((room for room in self._context.centre.rooms if room.camera == camera), None)

    # ------------------------------------------------------------ pictures

    def wake(self) -> None:
        """The wall is shown: ask for pictures."""
        self._awake = True
        self._beat.start()
        self._context.link.ask(m.GetBoard(), self._board_came, lambda _: None)

    def rest(self) -> None:
        """The wall is hidden: ask for nothing."""
        self._awake = False
        self._beat.stop()

    def notice(self, notice: m.Notice) -> None:
        """Somebody may have moved."""
        if self._awake and notice.stays:
            self._context.link.ask(m.GetBoard(), self._board_came, lambda _: None)

    def picture(self, camera: str) -> Worth:
        """What the picture of a camera is worth now."""
        seen = self.seen[camera]
        if seen.image is None or seen.error is not None or seen.health is None:
            return Worth.LOST
        if seen.health.level in (Level.LOST, Level.UNKNOWN):
            return Worth.LOST
        old = self._context.clock.now() - self.taken(camera) > FROZEN_AFTER
        return Worth.FROZEN if old else Worth.LIVE

    def taken(self, camera: str) -> datetime:
        """When the newest picture was taken, by the station's clock."""
        return datetime.fromtimestamp(self.seen[camera].at_ms / 1000, UTC)

    def _next(self) -> None:
        shown = self.shown()
        if self._asking or not self._awake or not shown:
            return
        self._turn = (self._turn + 1) % len(shown)
        seen = self.seen[shown[self._turn]]
        now = time.monotonic()
        if (now - seen.asked) * 1000 < SHORTEST_MS:
            return
        seen.asked, self._asking = now, True
        camera = seen.camera
        self._context.link.ask(
            m.GetFrame(camera=camera, width=self.width, newer_than_ms=seen.at_ms),
            lambda reply: self._came(camera, reply),
            lambda error: self._failed(camera, error),
            lane="frames",
        )

    def _came(self, camera: str, reply: m.FrameReply) -> None:
        self._asking = False
        seen = self.seen[camera]
        seen.health, seen.fps, seen.error = reply.health, reply.fps, None
        if reply.jpeg:
            image = QImage.fromData(reply.jpeg)
            if not image.isNull():
                seen.image, seen.at_ms = image, reply.at_ms
        self.pictured.emit(camera)

    def _failed(self, camera: str, error: AppError) -> None:
        self._asking = False
        seen = self.seen[camera]
        seen.error, seen.image = error, None
        seen.asked = time.monotonic() + 1.0
        self.pictured.emit(camera)

    def _board_came(self, reply: m.BoardReply) -> None:
        self.people = {room.room: room.people for room in reply.board.rooms}
        self.placed.emit()
