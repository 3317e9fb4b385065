"""Papers asked of the station: to be printed or only to be looked at. The access log tells the two apart.

A print of a paper of a stay is an entry of that stay; the board and the register belong to no stay, so that who had
them is in the access log alone, the register with every stay that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workstation.accounts.sessions import Session
from workstation.roles import Actor
from workstation.services.board import Board
from workstation.services.papers import Printed
from workstation.station import messages as m
from workstation.station.overseeing import Note

if TYPE_CHECKING:
    from workstation.station.station import Station

_PRINT, _VIEW = "print-paper", "view-paper"


class Printing:
    """Answers of printing and of the preview. `board_for`: the board as somebody sees it."""

    def __init__(self, station: Station, note: Note, board_for: Callable[[Actor], Board]) -> None:
        self._station, self._note, self._board_for = station, note, board_for

    def paper(self, session: Session, ask: m.PrintPaper) -> m.PaperReply:
        """Print a paper of a stay: an entry."""
        self._note(session, _PRINT, ask.stay, purpose=str(ask.paper))
        return _reply(self._station.papers.print(session.actor, ask.stay, ask.paper, ask.language))

    def board(self, session: Session, ask: m.PrintBoard) -> m.PaperReply:
        """Print the board for a power loss."""
        return self._board(session, ask, _PRINT)

    def register(self, session: Session, ask: m.PrintRegister) -> m.PaperReply:
        """Print the register of a day."""
        return self._register(session, ask, _PRINT)

    def view(self, session: Session, ask: m.ViewPaper) -> m.PaperReply:
        """Any of them, to be looked at."""
        match ask.paper:
            case m.PrintPaper(stay=stay, paper=paper, language=language):
                self._note(session, _VIEW, stay, purpose=str(paper))
                return _reply(self._station.papers.view(session.actor, stay, paper, language))
            case m.PrintBoard():
                return self._board(session, ask.paper, _VIEW)
            case m.PrintRegister():
                return self._register(session, ask.paper, _VIEW)

    def _board(self, session: Session, ask: m.PrintBoard, action: str) -> m.PaperReply:
        self._note(session, action, purpose="board")
        return _reply(self._station.papers.print_board(self._board_for(session.actor), ask.language))

    def _register(self, session: Session, ask: m.PrintRegister, action: str) -> m.PaperReply:
        self._note(session, action, purpose=f"register {ask.day}"[:40])
        printed, stays = self._station.papers.register(session.actor, ask.day, ask.language)
        for stay in stays:
            self._note(session, action, stay, purpose="register")
        return _reply(printed)


def _reply(printed: Printed) -> m.PaperReply:
    return m.PaperReply(pdf=printed.pdf, digest=printed.digest, size=printed.size)
