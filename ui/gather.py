"""Something about every open stay, gathered one stay at a time and kept up by what the feed says has changed.

The board names the stays; each is then asked for on its own, so that other screens' questions come in between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.errors import AppError
from workstation.services.board import Board, Card
from workstation.station import messages as m

SETTLE_MS = 200


class Gather(QObject):
    """`replies`: stay → newest reply to `ask_of(card)`. `changed` after each, `troubled` on an error.

    Nothing is asked while the screen is away: `wake` and `rest` are called when it is shown and hidden.
    """

    changed = Signal()
    troubled = Signal(object)

    def __init__(
        self, context: Context, ask_of: Callable[[Card], Any], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._ask_of = context, ask_of
        self.replies: dict[str, Any] = {}
        self.cards: dict[str, Card] = {}
        self.board: Board | None = None
        self.error: AppError | None = None
        self._due: dict[str, None] = {}
        self._busy = False
        self._awake = False
        self._board_due = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._next)

    @property
    def whole(self) -> bool:
        """Whether every open stay has been read and nothing newer is known."""
        return self.board is not None and not self._due and not self._board_due and not self._busy

    def wake(self) -> None:
        """The screen is shown: read what is due."""
        self._awake = True
        self._next()

    def rest(self) -> None:
        """The screen is hidden: remember what is due, ask nothing."""
        self._awake = False

    def again(self) -> None:
        """Read everything anew."""
        self._board_due = True
        self._due.update(dict.fromkeys(self.cards))
        self._next()

    def notice(self, notice: m.Notice) -> None:
        """Stays changed."""
        if notice.stays:
            self._board_due = True
            self._due.update({stay: None for stay in notice.stays if stay in self.cards})
        if notice.stays and self._awake and not self._settle.isActive():
            self._settle.start()

    def _next(self) -> None:
        if self._busy or not self._awake:
            return
        if self._board_due:
            self._busy, self._board_due = True, False
            self._context.link.ask(m.GetBoard(), self._board_came, self._failed)
        elif self._due:
            stay = next(iter(self._due))
            del self._due[stay]
            self._busy = True
            self._context.link.ask(
                self._ask_of(self.cards[stay]), lambda reply: self._came(stay, reply), self._failed
            )

    def _board_came(self, reply: m.BoardReply) -> None:
        self._busy, self.error, self.board = False, None, reply.board
        before = self.cards
        self.cards = {card.stay: card for card in reply.board.cards}
        for gone in set(self.replies) - set(self.cards):
            del self.replies[gone]
        for stay, card in self.cards.items():
            known = before.get(stay)
            if stay not in self.replies or known is None or known.position != card.position:
                self._due[stay] = None
        for stay in [stay for stay in self._due if stay not in self.cards]:
            del self._due[stay]
        self.changed.emit()
        self._next()

    def _came(self, stay: str, reply: Any) -> None:
        self._busy, self.error = False, None
        if stay in self.cards:
            self.replies[stay] = reply
        self.changed.emit()
        self._next()

    def _failed(self, error: AppError) -> None:
        self._busy, self.error = False, error
        self._board_due = True
        self.troubled.emit(error)
