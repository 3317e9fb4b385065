"""What the board shows and in which order: the newest board of the station, asked for at most once at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.errors import AppError, LinkError
from workstation.services.board import Board, Card
from workstation.station import messages as m

SETTLE_MS = 150
AGAIN_MS = 30_000
_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")
_LEVELS = {"red": 0, "yellow": 1, "blue": 2}
INTAKE_USES = frozenset({"intake", "search", "capture"})


class Sort(StrEnum):
    """How the cards are ordered."""

    DUE = "due"
    ROOM = "room"
    STEP = "step"


class Tray(StrEnum):
    """What stands beside the cards."""

    WAITING = "waiting"  # admitted, searched, and without a holding room
    OUT = "out"  # temporary exit, hospital, escaped
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
        if notice.stays or {"centre", "clock"} & set(notice.topics):
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

    def tray(self, tray: Tray) -> tuple[Card, ...]:
        """The cards that a tray names."""
        cards = self.board.cards if self.board else ()
        match tray:
            case Tray.OUT:
                return tuple(card for card in cards if card.status in ("out", "escaped"))
            case Tray.OTHERS:
                return tuple(card for card in cards if card.capacity not in ("suspect", ""))
            case Tray.WAITING:
                return tuple(card for card in cards if self._waits(card))

    def _waits(self, card: Card) -> bool:
        return (
            card.capacity == "suspect"
            and card.status == "open"
            and self._use(card.room) in INTAKE_USES | {""}
        )

    def _use(self, room: str) -> str:
        return next((row.use for row in self._context.centre.rooms if row.id == room), "")

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


def soonest(card: Card) -> datetime:
    """When the first of its running timers ends, or the next action is due."""
    ends = [one.expires_at for one in card.timers if one.expires_at and one.state in ("running", "expired")]
    return min(ends, default=card.due_at or _FAR)


def frozen(now: float, touched: float, *, idle_s: float = 5.0) -> bool:
    """Whether the order must stay: a hand was on the list less than `idle_s` seconds ago."""
    return now - touched < idle_s


def ago(now: datetime, then: datetime) -> timedelta:
    """How long ago, never negative."""
    return max(now - then, timedelta(0))
