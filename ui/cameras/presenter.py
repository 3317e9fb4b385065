"""Which cameras are on the wall and what came of each: pictures asked for in turn, one question at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ui.cameras.standing import Loud, Standing, Worth, loud_of, taped_of, worth_of
from ui.context import Context
from workstation.custody import commands as c
from workstation.custody.values import MediaAccess
from workstation.errors import AppError
from workstation.readings import Health, Zone
from workstation.services.board import Board
from workstation.station import messages as m

SHORTEST_MS = 200  # five pictures a second and camera at most
LAYOUTS = (1, 4, 9, 16)
COLUMNS = {1: 1, 4: 2, 9: 3, 16: 4}
PATROL_MS = 10_000


@dataclass
class Seen:
    """What is known of one camera. `at_ms`: the station's time of the newest picture, 0 before the first."""

    camera: str
    health: Health | None = None
    image: QImage | None = None
    at_ms: int = 0
    fps: float = 0.0
    hidden: tuple[Zone, ...] = ()
    error: AppError | None = None
    asked: float = -1e9


class CamerasPresenter(QObject):
    """`pictured(camera)` after each answer; `placed` when who is where or what is recorded is known; `arranged` when
    others are shown."""

    pictured = Signal(str)
    placed = Signal()
    arranged = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.layout = 9
        self.page = 0
        self.width = 640
        self.board: Board | None = None
        self.recordings: m.RecordingsReply | None = None
        self.seen: dict[str, Seen] = {camera: Seen(camera) for camera in context.centre.cameras}
        self._awake = False
        self._asking = False
        self._turn = 0
        self._beat = QTimer(self)
        self._beat.setInterval(40)
        self._beat.timeout.connect(self._next)
        self.patrol = QTimer(self)
        self.patrol.setInterval(PATROL_MS)
        self.patrol.timeout.connect(lambda: self.turn(1))

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

    def columns(self) -> int:
        """How many tiles stand beside each other: no more than there are."""
        return max(1, min(COLUMNS[self.layout], len(self.shown())))

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

    def place_of(self, camera: str) -> str:
        """Where a camera looks, in the present language; its id when no room claims it."""
        room = self.room_of(camera)
        return self._context.words.pick(room.name_zh, room.name_en) if room is not None else camera

    def people_in(self, camera: str) -> tuple[str, ...]:
        """Numbers and names of who is in the camera's room, by the record."""
        room = self.room_of(camera)
        rooms = self.board.rooms if self.board is not None else ()
        return next((one.people for one in rooms if room is not None and one.room == room.id), ())

    def stay_in(self, camera: str) -> str:
        """The stay of the first person in the camera's room, or an empty string."""
        room = self.room_of(camera)
        cards = self.board.cards if self.board is not None else ()
        return next((card.stay for card in cards if room is not None and card.room == room.id), "")

    # ------------------------------------------------------------ how they stand

    def standing(self, camera: str) -> Standing:
        """How a camera stands now."""
        seen, room = self.seen[camera], self.room_of(camera)
        now = self._context.clock.now()
        taken = self.taken(camera) if seen.at_ms and seen.image is not None else None
        worth = worth_of(seen.health, taken, now, seen.hidden, gone=seen.error is not None)
        told = self.recordings
        demanded = told is not None and room is not None and room.id in told.demanded
        taped = taped_of(
            told.now if told is not None else (),
            camera,
            demanded=demanded,
            recorder=told.recorder if told is not None else None,
        )
        asked = seen.health is not None or seen.error is not None
        health = seen.health
        return Standing(
            camera=camera,
            worth=worth,
            taped=taped,
            loud=loud_of(worth, taped, demanded=demanded, asked=asked),
            reason=seen.error.code if seen.error is not None else health.reason if health is not None else "",
            since=health.since if health is not None and worth is not Worth.LIVE else None,
            taken=taken,
            fps=seen.fps,
            lag=now - taken if taken is not None else None,
        )

    def sorted(self) -> list[Standing]:
        """Every camera, those in trouble first."""
        loud = list(Loud)
        return sorted((self.standing(one) for one in self.cameras()), key=lambda one: loud.index(one.loud))

    def taken(self, camera: str) -> datetime:
        """When the newest picture was taken, by the station's clock."""
        return datetime.fromtimestamp(self.seen[camera].at_ms / 1000, UTC)

    # ------------------------------------------------------------ pictures

    def wake(self) -> None:
        """The wall is shown: ask for pictures."""
        self._awake = True
        self._beat.start()
        self.look_around()

    def rest(self) -> None:
        """The wall is hidden: ask for nothing."""
        self._awake = False
        self._beat.stop()
        self.patrol.stop()

    def look_around(self) -> None:
        """Ask who is where, and what is recorded."""
        self._context.link.ask(m.GetBoard(), self._board_came, lambda _: None)
        self._context.link.ask(m.GetRecordings(), self._recordings_came, lambda _: None)

    def notice(self, notice: m.Notice) -> None:
        """Somebody may have moved, or a recording begun or ended."""
        if self._awake and (notice.stays or "recording" in notice.topics):
            self.look_around()

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
        seen.health, seen.fps, seen.error, seen.hidden = reply.health, reply.fps, None, reply.hidden
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
        self.board = reply.board
        self.placed.emit()

    def _recordings_came(self, reply: m.RecordingsReply) -> None:
        self.recordings = reply
        self.placed.emit()

    # ------------------------------------------------------------ acting

    def against_unmasking(self, camera: str) -> str:
        """Why a camera cannot be unmasked now, as a code; empty when two persons may do it."""
        if not self.seen[camera].hidden:
            return "cameras.unmask.nothing"
        if not self.stay_in(camera):
            return "cameras.unmask.nobody"
        session = self._context.link.session
        if session is not None and "access-media" not in session.requests:
            return "cameras.access.no-role"
        return ""

    def unmask(
        self,
        camera: str,
        purpose: str,
        second: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Record why, and with whom, the hidden zones of a camera are looked at; the station then shows them for a
        while. Raises AppError for what is missing."""
        against = self.against_unmasking(camera)
        if against:
            raise AppError(against)
        command = access(self._context, self.stay_in(camera), MediaAccess.UNMASK, (camera,), purpose, second)
        self._context.submit(command, lambda _: saved(), refused, seconds=(second,))

    def mark(
        self, camera: str, text: str, saved: Callable[[], None], refused: Callable[[m.Refused], None]
    ) -> None:
        """Note what is seen now, in the stay of who is in the camera's room. Raises AppError for what is missing."""
        stay = self.stay_in(camera)
        if not stay:
            raise AppError("cameras.mark.nobody")
        if not text.strip():
            raise AppError("cameras.mark.empty")
        note = c.AddNote(stay=stay, text=f"{self.place_of(camera)}：{text.strip()}")
        self._context.submit(note, lambda _: saved(), refused, report=True)


def access(
    context: Context, stay: str, kind: MediaAccess, media: tuple[str, ...], purpose: str, second: str
) -> c.AccessMedia:
    """The command of an access. Raises AppError for a missing purpose or second person."""
    session = context.link.session
    if not purpose.strip():
        raise AppError("cameras.access.purpose")
    if kind is not MediaAccess.VIEW and second in ("", session.staff if session is not None else ""):
        raise AppError("cameras.access.second")
    return c.AccessMedia(stay=stay, access=kind, media=media, purpose=purpose.strip(), second=second)
