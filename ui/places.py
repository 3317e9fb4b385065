"""Where a person of the board is, in words."""

from __future__ import annotations

from ui.context import Context
from workstation.services.board import Card


def is_unplaced(card: Card) -> bool:
    """Whether nobody has recorded the room of a suspect who is here."""
    return not card.room and card.capacity == "suspect" and card.status == "open"


def place_of(card: Card, context: Context) -> str:
    """The room, or why there is none: out, escaped, else the reception."""
    if card.status in ("out", "escaped"):
        return context.words(f"board.status.{card.status}")
    return context.room_name(card.room) if card.room else context.words("board.room.lobby")
