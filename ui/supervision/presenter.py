"""What supervision shows: who to look in on, a draw by lot, corrections, and entries against a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.entries import Sayer
from workstation.errors import AppError
from workstation.services.board import Board, Card
from workstation.services.review import Draw, Review, Reviewed
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

PERIOD = timedelta(days=7)
LIMIT = 1000
SETTLE_MS = 500
_LEVELS = {"red": 0, "yellow": 1, "blue": 2}


class Tab(StrEnum):
    """The parts of the screen."""

    PATROL = "patrol"
    SAMPLE = "sample"
    CORRECTIONS = "corrections"
    NEGATIVE = "negative"
    BULLETIN = "bulletin"


class Mark(StrEnum):
    """Why an entry is looked at, the gravest first."""

    BREACH = "breach"
    OVERRIDE = "override"
    OWED = "owed"
    CORRECTION = "correction"
    LATE = "late"
    BY_HAND = "by-hand"


NEGATIVE = (Mark.BREACH, Mark.OVERRIDE, Mark.OWED, Mark.LATE, Mark.BY_HAND)
"""The marks of the negative list; corrections have a tab of their own."""


@dataclass(frozen=True)
class Finding:
    """One entry to look at, with whose it is and why it is looked at."""

    key: str
    entry: Reviewed
    marks: tuple[Mark, ...]


def marks_of(row: TimelineRow) -> tuple[Mark, ...]:
    """What there is to look at about an entry."""
    found = {
        Mark.BREACH: row.breach or row.kind.startswith("breach-marked/"),
        Mark.OVERRIDE: row.kind.startswith("gate-overridden/"),
        Mark.OWED: row.kind.startswith("duty-opened/"),
        Mark.CORRECTION: bool(row.corrects),
        Mark.LATE: row.late,
        Mark.BY_HAND: row.by_hand,
    }
    return tuple(mark for mark, there in found.items() if there)


def finding_of(entry: Reviewed) -> Finding:
    """An entry with its marks."""
    return Finding(f"{entry.stay}/{entry.row.seq}", entry, marks_of(entry.row))


class SupervisionPresenter(QObject):
    """`changed` after anything came; `troubled` when reading failed."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sayer = Sayer(context)
        self.tab = Tab.PATROL
        self.mark: Mark | None = None
        self.board: Board | None = None
        self.review: Review | None = None
        self.sample: Draw | None = None
        self.error: AppError | None = None
        self._findings: tuple[Finding, ...] = ()
        self._asking = 0
        self._due = True
        self._awake = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)

    # ------------------------------------------------------------ reading

    @property
    def whole(self) -> bool:
        """Whether nothing newer is known than what is shown."""
        return self.review is not None and not self._asking and not self._due

    @property
    def quiet(self) -> bool:
        """Whether no answer is awaited."""
        return not self._asking

    def wake(self) -> None:
        """The screen is shown: read what is due."""
        self._awake = True
        if self._due:
            self.refresh()

    def rest(self) -> None:
        """The screen is hidden: remember that something is due, ask nothing."""
        self._awake = False

    def notice(self, notice: m.Notice) -> None:
        """Stays changed."""
        if notice.stays:
            self._due = True
            if self._awake and not self._settle.isActive():
                self._settle.start()

    def refresh(self) -> None:
        """Ask for the persons in the centre and for the entries of the last seven days."""
        if self._asking or not self._awake:
            return
        self._due, ask = False, self._context.link.ask
        since = self._context.clock.now() - PERIOD
        for message, taken in (
            (m.GetStaff(), self._staff_came),
            (m.GetBoard(), self._board_came),
            (m.GetReview(since=since, limit=LIMIT), self._review_came),
        ):
            if isinstance(message, m.GetBoard) and not self.reads("read-board"):
                continue
            self._asking += 1
            ask(message, taken, self._failed)

    def reads(self, action: str) -> bool:
        """Whether who is signed in may look at something."""
        session = self._context.link.session
        return session is not None and action in session.reads

    def draw(self, seed: str, count: int) -> None:
        """Draw entries by lot. Raises AppError without a seed."""
        if not seed.strip():
            raise AppError("supervision.seed-missing")
        self._context.link.ask(m.DrawSample(seed=seed.strip(), count=count), self._drawn, self.troubled.emit)

    def _staff_came(self, reply: m.StaffReply) -> None:
        self.sayer.names = {row.id: row.name for row in reply.staff}
        self._came()

    def _board_came(self, reply: m.BoardReply) -> None:
        self.board = reply.board
        self._came()

    def _review_came(self, reply: m.ReviewReply) -> None:
        self.review = reply.review
        self._findings = tuple(map(finding_of, reply.review.rows))
        self._came()

    def _came(self) -> None:
        self._asking, self.error = self._asking - 1, None
        self.changed.emit()
        if self._due and not self._asking:
            self.refresh()

    def _failed(self, error: AppError) -> None:
        self._asking, self._due, self.error = self._asking - 1, True, error
        self.troubled.emit(error)

    def _drawn(self, reply: m.SampleReply) -> None:
        self.sample = reply.draw
        self.changed.emit()

    # ------------------------------------------------------------ what is shown

    def turn(self, tab: Tab) -> None:
        """Show another part."""
        self.tab = tab
        self.changed.emit()

    def show_only(self, mark: Mark | None) -> None:
        """Show one reason only, or all."""
        self.mark = mark
        self.changed.emit()

    def persons(self) -> list[Card]:
        """Who to look in on: by level, then by when the next check is due."""
        cards = self.board.cards if self.board is not None else ()
        return sorted(cards, key=lambda card: (_LEVELS.get(card.level, 3), _check(card), card.number))

    def camera_of(self, stay: str) -> str:
        """The camera of the room that a person is in, or an empty string."""
        cards = self.board.cards if self.board is not None else ()
        room = next((card.room for card in cards if card.stay == stay), "")
        return next((row.camera for row in self._context.centre.rooms if room and row.id == room), "")

    def negative(self) -> list[Finding]:
        """Entries with a mark of the negative list, newest first."""
        wanted = set(NEGATIVE) if self.mark is None else {self.mark}
        return [one for one in self._findings if wanted & set(one.marks)]

    def corrections(self) -> list[Finding]:
        """Entries that correct another, newest first."""
        return [one for one in self._findings if Mark.CORRECTION in one.marks]

    def drawn(self) -> list[Finding]:
        """The entries of the draw."""
        return [finding_of(one) for one in self.sample.rows] if self.sample is not None else []

    def counts(self) -> dict[Mark, int]:
        """How many entries carry each mark."""
        return {mark: sum(1 for one in self._findings if mark in one.marks) for mark in Mark}

    def finding(self, key: str) -> Finding | None:
        """An entry of any list by its key."""
        return next((one for one in (*self._findings, *self.drawn()) if one.key == key), None)


def _check(card: Card) -> float:
    timer = next((one for one in card.timers if one.code == "clock.CHECK"), None)
    return (
        timer.expires_at.timestamp() if timer is not None and timer.expires_at is not None else float("inf")
    )
