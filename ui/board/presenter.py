"""What the board shows and in which order: the newest board of the station, asked for at most once at a time.

From here notes are kept and the board is printed; everything else about a person is done in the step screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.custody import commands as c
from workstation.errors import AppError, LinkError
from workstation.services.board import Board, Card
from workstation.services.board_side import Leaving, NoteView
from workstation.station import messages as m

SETTLE_MS = 150
AGAIN_MS = 30_000
_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
_LEVELS = {"red": 0, "yellow": 1, "blue": 2}
TOUCHED_S = 5.0  # how long after any input nothing moves
AWAY_S = 60.0  # after which keyboard and pointer are nobody's hand any more
ARRIVAL_PAST = timedelta(hours=12)  # a time of day that long ago is meant for tomorrow


class Sort(StrEnum):
    """How the cards are ordered."""

    DUE = "due"
    ROOM = "room"
    STEP = "step"


class Tray(StrEnum):
    """What stands beside the cards."""

    ARRIVING = "arriving"  # announced by a note of the desk
    WAITING = "waiting"  # for a holding room, or for the interview room that is reserved
    OUT = "out"  # temporary exit, hospital, escaped
    TRANSIT = "transit"  # left under escort a short while ago
    OTHERS = "others"  # witnesses, victims, companions


class BoardPresenter(QObject):
    """Holds the board. `changed` follows every new board, `troubled` an error that came in its place."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.board: Board | None = None
        self.error: AppError | None = None
        self.sort = Sort.DUE
        self.only_warned = False
        self._asking = False
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._again.start()

    # ------------------------------------------------------------ reading

    def refresh(self) -> None:
        """Ask for the board soon; several calls become one question."""
        if self._asking:
            self._stale = True
        elif not self._settle.isActive():
            self._settle.start()

    def notice(self, notice: m.Notice) -> None:
        """Something changed: ask anew when it can be on the board."""
        if notice.stays or {"centre", "clock", "notes", "recording"} & set(notice.topics):
            self.refresh()

    def _ask(self) -> None:
        self._asking, self._stale = True, False
        self._context.link.ask(m.GetBoard(), self._came, self._failed)

    def _came(self, reply: m.BoardReply) -> None:
        self._asking = False
        if self.board is None or reply.board.position >= self.board.position:
            self.board = reply.board
        self.error = None
        self.changed.emit()
        if self._stale:
            self.refresh()

    def _failed(self, error: AppError) -> None:
        self._asking = False
        self.error = error
        if not isinstance(error, LinkError) and error.code != "accounts.locked":
            self.board = None
        self.troubled.emit(error)

    # ------------------------------------------------------------ what is shown

    def cards(self) -> tuple[Card, ...]:
        """The cards of the grid, in the station's order."""
        if self.board is None:
            return ()
        return tuple(card for card in self.board.cards if card.level or not self.only_warned)

    def card(self, stay: str) -> Card | None:
        """The card of a stay, shown or filtered out."""
        cards = self.board.cards if self.board else ()
        return next((card for card in cards if card.stay == stay), None)

    def warned(self) -> int:
        """How many persons have an open level."""
        return sum(1 for card in self.board.cards if card.level) if self.board else 0

    def arrivals(self) -> tuple[NoteView, ...]:
        """Who is announced, the first to come first."""
        found = [one for one in self.board.notes if one.expected_at] if self.board else []
        return tuple(sorted(found, key=lambda one: one.expected_at or _FAR))

    def notes(self) -> tuple[NoteView, ...]:
        """Notes on persons and of the desk, newest first."""
        return tuple(one for one in self.board.notes if not one.expected_at) if self.board else ()

    def leaving(self) -> tuple[Leaving, ...]:
        """Who was led away a short while ago."""
        return self.board.leaving if self.board else ()

    def tray(self, tray: Tray) -> tuple[Card, ...]:
        """The cards that a tray names; none for the trays of people who have no card."""
        cards = self.board.cards if self.board else ()
        match tray:
            case Tray.OUT:
                return tuple(card for card in cards if card.status in ("out", "escaped"))
            case Tray.OTHERS:
                return tuple(card for card in cards if card.capacity not in ("suspect", ""))
            case Tray.WAITING:
                return tuple(card for card in cards if card.waiting is not None)
            case Tray.ARRIVING | Tray.TRANSIT:
                return ()

    def steps(self) -> Mapping[str, int]:
        """How many persons are in each of the three steps."""
        counts = {"admission": 0, "handling": 0, "departure": 0}
        for card in self.board.cards if self.board else ():
            if card.step in counts and card.capacity == "suspect":
                counts[card.step] += 1
        return counts

    def order(self, now: datetime, *, pinned: str = "", row: int = -1) -> tuple[str, ...]:
        """Keys of the shown cards in their order at `now`; the pinned one stays at its row."""
        rooms = {room.id: place for place, room in enumerate(self._context.centre.rooms)}
        steps = {"admission": 0, "handling": 1, "departure": 2}

        def by_due(card: Card) -> tuple[int, int, datetime, str]:
            return (card.capacity != "suspect", _LEVELS.get(card.level, 3), soonest(card), card.number)

        def by_room(card: Card) -> tuple[int, str]:
            return (rooms.get(card.room, len(rooms)), card.number)

        def by_step(card: Card) -> tuple[int, int, datetime]:
            return (steps.get(card.step, 3), _LEVELS.get(card.level, 3), soonest(card))

        match self.sort:
            case Sort.DUE:
                found = sorted(self.cards(), key=by_due)
            case Sort.ROOM:
                found = sorted(self.cards(), key=by_room)
            case Sort.STEP:
                found = sorted(self.cards(), key=by_step)
        keys = [card.stay for card in found]
        if pinned in keys and row >= 0:
            keys.remove(pinned)
            keys.insert(min(row, len(keys)), pinned)
        return tuple(keys)

    def reordered(self, now: datetime, shown: Sequence[str]) -> bool:
        """Whether the cards would stand in another order than the one that is shown."""
        return [key for key in self.order(now) if key in set(shown)] != list(shown)

    # ------------------------------------------------------------ notes and paper

    def keep_note(self, text: str, about: str, expected: str, kept: Callable[[], None]) -> None:
        """Keep a note. `about`: a stay, whose record gets it; or empty for the desk. `expected`: local `14:20`,
        which announces an arrival. Raises AppError for what is no note or no time.
        """
        text = text.strip()
        if not text:
            raise AppError("notes.empty")
        if about:
            self._context.submit(
                c.AddNote(stay=about, text=text), lambda _: kept(), self._note_refused, report=True
            )
            return
        ask = m.KeepNote(text=text, expected_at=self._expected(expected) if expected else None)
        self._context.link.ask(ask, lambda _: kept(), self._context.speaker.error, lane="work")

    def _note_refused(self, refused: m.Refused) -> None:
        first = refused.objections[0]
        self._context.speaker.error(AppError(first.message, **first.values))

    def _expected(self, text: str) -> datetime:
        """The next time that a clock on the wall shows `text`."""
        now = self._context.clock.now().astimezone(self._context.zone)
        try:
            at = datetime.strptime(text.strip().replace("：", ":"), "%H:%M")
        except ValueError as error:
            raise AppError("notes.no-time", text=text.strip()) from error
        expected = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return expected + timedelta(days=1) if now - expected > ARRIVAL_PAST else expected

    def drop_note(self, key: str) -> None:
        """Take a note of the desk away."""
        self._context.link.ask(
            m.DropNote(key=key), lambda _: self.refresh(), self._context.speaker.error, lane="work"
        )


def soonest(card: Card) -> datetime:
    """When the first of its running timers ends, or the next action is due."""
    ends = [one.expires_at for one in card.timers if one.expires_at and one.state in ("running", "expired")]
    return min(ends, default=card.due_at or _FAR)


def frozen(now: float, touched: float, *, in_hand: bool = False) -> bool:
    """Whether the order must stay: input less than five seconds ago, or a hand (focus or pointer) on the list.

    `now`, `touched`: seconds of a steady clock. A hand that has not moved for a minute is nobody's.
    """
    return now - touched < (AWAY_S if in_hand else TOUCHED_S)


def ago(now: datetime, then: datetime) -> timedelta:
    """How long ago, never negative."""
    return max(now - then, timedelta(0))
