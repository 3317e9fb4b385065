"""Playing recordings: which stretches there are, where the player stands, how it goes on. It has no widgets.

A position is an instant of the past. Between stretches there is no picture: the player says so and goes on to the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ui.cameras.presenter import access
from ui.context import Context
from workstation.clock import to_ms
from workstation.custody import commands as c
from workstation.custody.presence import RoomStay
from workstation.custody.values import MediaAccess
from workstation.errors import AppError
from workstation.readings import Zone
from workstation.station import messages as m

BEAT_MS = 80
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
JUMP = timedelta(seconds=10)
NO_PICTURE = "recorder.no-picture"


@dataclass(frozen=True)
class Stretch:
    """A piece of a recording that is shown: whole, or as long as the person was in its room."""

    row: m.RecordingRow
    began: datetime
    until: datetime

    @property
    def recording(self) -> str:
        return self.row.held.recording


@dataclass(frozen=True)
class Marker:
    """Something noted at an instant: a mark of the interview, or a note of the stay."""

    at: datetime
    text: str


class Player(QObject):
    """`listed` when stretches or markers changed, `moved` when the position did, `pictured` after each picture."""

    listed = Signal()
    moved = Signal()
    pictured = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: tuple[m.RecordingRow, ...] = ()
        self.recorder: bool | None = None
        self.stay = ""
        self.rooms: tuple[RoomStay, ...] = ()
        self.stretches: tuple[Stretch, ...] = ()
        self.markers: tuple[Marker, ...] = ()
        self.at: datetime | None = None
        self.image: QImage | None = None
        self.taken: datetime | None = None
        self.hidden: tuple[Zone, ...] = ()
        self.error: AppError | None = None
        self.speed = 1.0
        self.start: datetime | None = None
        self.end: datetime | None = None
        self.width = 960
        self._asking = False
        self._again = False
        self._shown = ("", 0)
        self._before = 0.0
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._go_on)

    # ------------------------------------------------------------ what there is

    def refresh(self) -> None:
        """Ask which recordings there are."""
        self._context.link.ask(m.GetRecordings(), self.take, self.troubled.emit)

    def take(self, reply: m.RecordingsReply) -> None:
        """The recordings that there are."""
        self.rows, self.recorder = reply.held, reply.recorder
        self._lay_out()

    def stays(self) -> list[tuple[str, str]]:
        """Persons with recordings: stay and words."""
        return list(
            {row.stay: f"{row.name} {row.stay_number}".strip() for row in self.rows if row.stay}.items()
        )

    def follow(self, stay: str) -> None:
        """Show the recordings of the rooms in which a person was, while they were there; empty: every recording."""
        self.stay, self.rooms, self.markers = stay, (), ()
        self.halt()
        self._lay_out()
        if stay:
            ask = m.GetStay(stay=stay, purpose="recordings")
            self._context.link.ask(ask, lambda reply: self._stay_came(stay, reply), self.troubled.emit)

    def _stay_came(self, stay: str, reply: m.StayReply) -> None:
        if stay != self.stay:
            return
        facts = reply.facts
        self.rooms = facts.presence.rooms
        marks = [
            Marker(mark.at, mark.text)
            for talk in facts.interviews.interviews
            for mark in talk.marks
        ]  # fmt: skip
        notes = [Marker(note.at, note.text) for note in facts.remarks.notes]
        self.markers = tuple(sorted((*marks, *notes), key=lambda one: one.at))
        self._lay_out()

    def _lay_out(self) -> None:
        """The stretches to play, in the order of time."""
        found: list[Stretch] = []
        for row in self.rows:
            held = row.held
            if held.altered:
                continue
            if not self.stay:
                found.append(Stretch(row, held.began, held.newest))
                continue
            for log in self.rooms:
                began = max(held.began, log.since)
                until = min(held.newest, log.until or held.newest)
                if log.room == held.room and began < until:
                    found.append(Stretch(row, began, until))
        self.stretches = tuple(sorted(found, key=lambda one: (one.began, one.recording)))
        if self.at is None and self.stretches:
            self.at = self.stretches[-1].began
        self.listed.emit()

    def span(self) -> tuple[datetime, datetime] | None:
        """From the first to the last instant of what is shown."""
        if not self.stretches:
            return None
        return self.stretches[0].began, max(one.until for one in self.stretches)

    def here(self) -> Stretch | None:
        """The stretch in which the position lies."""
        at = self.at
        if at is None:
            return None
        return next((one for one in self.stretches if one.began <= at <= one.until), None)

    def in_gap(self) -> bool:
        """Whether the recording itself has no picture at the position."""
        here, at = self.here(), self.at
        if here is None or at is None:
            return here is None
        return any(gap.began <= at < (gap.ended or here.until) for gap in here.row.held.gaps)

    # ------------------------------------------------------------ moving

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self._beat.isActive()

    def play(self) -> None:
        """Go on, or stop."""
        if self.playing:
            self.halt()
        elif self.here() is not None or self._following() is not None:
            self._before = time.monotonic()
            self._beat.start()
            self.moved.emit()

    def halt(self) -> None:
        """Stop."""
        if self._beat.isActive():
            self._beat.stop()
            self.moved.emit()

    def seek(self, at: datetime) -> None:
        """Go to an instant."""
        span = self.span()
        if span is not None:
            self.at = min(max(at, span[0]), span[1])
            self._ask()
            self.moved.emit()

    def jump(self, by: timedelta) -> None:
        """Go so far on, or back."""
        if self.at is not None:
            self.seek(self.at + by)

    def step(self, by: int) -> None:
        """Show the next picture (1), or the one before (-1), and stand still there."""
        self.halt()
        self._ask(step=by)

    def next_stretch(self, by: int) -> None:
        """Go to the beginning of the next stretch, or of the one before."""
        if self.at is None or not self.stretches:
            return
        at = self.at
        begins = [one.began for one in self.stretches]
        later = [one for one in begins if one > at]
        earlier = [one for one in begins if one < at - timedelta(seconds=1)]
        if by > 0 and later:
            self.seek(later[0])
        elif by < 0 and earlier:
            self.seek(earlier[-1])

    def _following(self) -> Stretch | None:
        at = self.at
        return next((one for one in self.stretches if at is not None and one.began > at), None)

    def _go_on(self) -> None:
        now = time.monotonic()
        passed, self._before = (now - self._before) * self.speed, now
        if self.at is None or self._asking:
            return  # the picture asked for is waited for: none is left out
        at = self.at + timedelta(seconds=passed)
        self.at = at
        if self.here() is None:
            following = self._following()
            if following is None:
                self.at = self.stretches[-1].until if self.stretches else at
                self.halt()
                return
            self.at = following.began
        self._ask()
        self.moved.emit()

    def _ask(self, step: int = 0) -> None:
        here, at = self.here(), self.at
        if here is None or at is None or not here.row.open:
            self.image, self.taken = None, None
            self.pictured.emit()
            return
        if self._asking:
            self._again = self._again or not step
            return
        self._asking, recording = True, here.recording
        base = self.taken if step and self.taken is not None else at
        ask = m.GetRecorded(recording=recording, at_ms=to_ms(base), width=self.width, step=step)
        self._context.link.ask(
            ask,
            lambda reply: self._came(recording, step, reply),
            lambda error: self._failed(step, error),
            lane="frames",
        )

    def _came(self, recording: str, step: int, reply: m.RecordedReply) -> None:
        self._asking, self.error, self.hidden = False, None, reply.hidden
        self.taken = datetime.fromtimestamp(reply.at_ms / 1000, UTC)
        if (recording, reply.at_ms) != self._shown or self.image is None:
            image = QImage.fromData(reply.jpeg)
            self.image = None if image.isNull() else image
            self._shown = (recording, reply.at_ms)
        if step:
            self.at = self.taken
            self.moved.emit()
        self._settled()

    def _failed(self, step: int, error: AppError) -> None:
        self._asking = False
        if not step:
            self.error, self.image, self.taken = error, None, None
        if error.code != NO_PICTURE:
            self.troubled.emit(error)
        self._settled()

    def _settled(self) -> None:
        self.pictured.emit()
        if self._again:
            self._again = False
            self._ask()

    # ------------------------------------------------------------ acting

    def media(self) -> tuple[str, str, tuple[str, ...]]:
        """Of the position: the stay, its words, and every recording of it that is shown."""
        here = self.here()
        if here is None or not here.row.stay:
            return "", "", ()
        stay = here.row.stay
        named = dict.fromkeys(one.recording for one in self.stretches if one.row.stay == stay)
        return stay, f"{here.row.name} {here.row.stay_number}".strip(), tuple(named)

    def open(self, purpose: str, saved: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
        """Record why the recordings of this person are looked at. Raises AppError for what is missing."""
        self._access(MediaAccess.VIEW, purpose, "", saved, refused)

    def unmask(
        self, purpose: str, second: str, saved: Callable[[], None], refused: Callable[[m.Refused], None]
    ) -> None:
        """Record why, and with whom, hidden parts are looked at. Raises AppError for what is missing."""
        self._access(MediaAccess.UNMASK, purpose, second, saved, refused)

    def _access(
        self,
        kind: MediaAccess,
        purpose: str,
        second: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        stay, _, media = self.media()
        here = self.here()
        if not stay or here is None:
            raise AppError("cameras.access.no-stay")
        wanted = media if kind is MediaAccess.VIEW else (here.recording,)
        command = access(self._context, stay, kind, wanted, purpose, second)

        def done(_: m.Saved) -> None:
            self._context.link.ask(m.GetRecordings(), self._opened, self.troubled.emit)
            saved()

        self._context.submit(command, done, refused, seconds=(second,) if second else ())

    def _opened(self, reply: m.RecordingsReply) -> None:
        self.take(reply)
        self._shown = ("", 0)
        self._ask()

    def mark(self, text: str, saved: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
        """Note something at the position: a note of the stay that happened then. Raises AppError for what is missing."""
        stay, _, _ = self.media()
        if not stay or self.at is None:
            raise AppError("cameras.access.no-stay")
        if not text.strip():
            raise AppError("cameras.mark.empty")

        def done(_: m.Saved) -> None:
            saved()
            if self.stay:
                ask = m.GetStay(stay=self.stay, purpose="recordings")
                self._context.link.ask(ask, lambda reply: self._stay_came(stay, reply), self.troubled.emit)

        note = c.AddNote(stay=stay, text=text.strip())
        self._context.submit(note, done, refused, report=True, happened_at=self.at)

    def bound(self, *, end: bool) -> None:
        """Begin, or end, the clip at the position."""
        if end:
            self.end = self.at
        else:
            self.start = self.at
        self.moved.emit()

    def export(
        self,
        purpose: str,
        second: str,
        folder: str,
        saved: Callable[[m.ClipReply], None],
        refused: Callable[[m.Refused], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Record why and with whom the clip goes out, then have it cut. Raises AppError for what is missing."""
        here, start, end = self.here(), self.start, self.end
        if here is None or not here.row.stay:
            raise AppError("cameras.access.no-stay")
        if start is None or end is None or start >= end:
            raise AppError("cameras.clip.span")
        if not folder.strip():
            raise AppError("cameras.clip.folder")
        command = access(self._context, here.row.stay, MediaAccess.EXPORT, (here.recording,), purpose, second)
        ask = m.ExportClip(
            recording=here.recording, from_ms=to_ms(start), until_ms=to_ms(end), folder=folder.strip()
        )
        self._context.submit(
            command,
            lambda _: self._context.link.ask(ask, saved, failed, lane="work"),
            refused,
            seconds=(second,),
        )
