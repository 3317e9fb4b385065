"""An identity card that was laid on the reader before its holder had a stay: kept for the form that begins one."""

from __future__ import annotations

from workstation.readings import CardRead


class Arrivals:
    """Holds the newest such card until it is taken. Personal data: in memory only."""

    def __init__(self) -> None:
        self._card: CardRead | None = None

    def keep(self, card: CardRead) -> None:
        """Keep a card for the next new arrival; an earlier one is forgotten."""
        self._card = card

    def take(self) -> CardRead | None:
        """The card, which is then no longer kept; None when there is none."""
        card, self._card = self._card, None
        return card

    def forget(self) -> None:
        """Drop what is kept, at lock and at sign-out."""
        self._card = None
