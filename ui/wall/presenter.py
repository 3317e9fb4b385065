"""What hangs on the wall: the newest answer of the station, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Words
from ui.link import Link
from workstation.clock import Clock
from workstation.errors import AppError
from workstation.services.board_wall import Soon, Wall, WallCard
from workstation.station import messages as m

EVERY_MS = 3000
STALE = timedelta(seconds=12)
PAGE_S = 10


class WallPresenter(QObject):
    """Holds the newest wall. `changed` after each answer, and after an error that came in its place."""

    changed = Signal()

    def __init__(self, link: Link, words: Words, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._words, self._clock = link, words, clock
        self.wall: Wall | None = None
        self.error: AppError | None = None
        self._came_at: datetime | None = None
        self._asking = self._stopped = False
        self._again = QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self.refresh)

    def start(self) -> None:
        """Ask now and then every few seconds."""
        self._again.start()
        self.refresh()

    def stop(self) -> None:
        """Ask no more; an answer that is still under way is dropped."""
        self._stopped = True
        self._again.stop()

    def refresh(self) -> None:
        """Ask for the wall; one question at a time."""
        if not self._asking and not self._stopped:
            self._asking = True
            self._link.ask(m.GetWall(), self._came, self._failed)

    def _came(self, reply: m.WallReply) -> None:
        if self._stopped:
            return
        self._asking, self.error = False, None
        self.wall, self._came_at = reply.wall, self._clock.now()
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        if self._stopped:
            return
        self._asking, self.error = False, error
        self.changed.emit()

    def stale(self) -> bool:
        """Whether what hangs there is older than it looks."""
        return self._came_at is None or self._clock.now() - self._came_at > STALE

    def local(self, at: datetime, form: str = "%H:%M") -> str:
        """Local time of the centre."""
        zone = ZoneInfo(self.wall.time_zone) if self.wall else ZoneInfo("UTC")
        return at.astimezone(zone).strftime(form)

    def pages(self, each: int) -> int:
        """How many pages of `each` cards there are."""
        cards = len(self.wall.cards) if self.wall else 0
        return max(1, -(-cards // max(1, each)))

    def page(self, each: int) -> int:
        """Which page is shown at this moment; the first is 0."""
        return int(self._clock.monotonic() // PAGE_S) % self.pages(each)

    def cards(self, each: int) -> tuple[WallCard, ...]:
        """The cards of the page of this moment, next due first."""
        first = self.page(each) * each
        return self.wall.cards[first : first + each] if self.wall else ()

    def room(self, room: str) -> str:
        """The name of a room; one that is not declared is shown by its id."""
        names = self.wall.rooms.get(room) if self.wall else None
        return self._words.pick(*names) if names else room

    def soon(self) -> Sequence[tuple[str, str]]:
        """What is expected next, as (time, words)."""
        return [(self.local(one.at), self._soon(one)) for one in self.wall.soon] if self.wall else []

    def _soon(self, one: Soon) -> str:
        room = self.room(one.room) if one.room else ""
        return self._words(f"wall.soon.{one.what}", number=one.number, room=room)

    def counts(self) -> Sequence[tuple[str, str]]:
        """What stands in the head, as (word, number)."""
        if self.wall is None:
            return []
        w = self._words
        rooms = [
            (w(f"board.use.{one.use}"), f"{one.full} / {one.all}") for one in self.wall.counts if one.all
        ]
        return [(w("wall.held"), str(len(self.wall.cards))), *rooms]
