"""Which entries are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ui.entries import bare
from workstation.services.timeline import TimelineRow


class Flag(StrEnum):
    """A filter by what must be known of an entry."""

    ALL = "all"
    LATE = "late"
    BY_HAND = "by-hand"
    BREACH = "breach"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class Filter:
    """Which entries are shown; empty fields let everything through. `kind` without its version."""

    kind: str = ""
    actor: str = ""
    flag: Flag = Flag.ALL
    text: str = ""
    lane: str = ""

    def narrows(self) -> bool:
        """Whether entries are left out; choosing one lane leaves none out of the table."""
        return replace(self, lane="") != Filter()

    def passes(self, row: TimelineRow, *, corrected: bool) -> bool:
        """Whether an entry passes by kind, person and mark; the words are looked for by who can say them."""
        if (self.kind and bare(row.kind) != self.kind) or (self.actor and row.actor != self.actor):
            return False
        by_flag = {
            Flag.ALL: True, Flag.LATE: row.late, Flag.BY_HAND: row.by_hand, Flag.BREACH: row.breach,
            Flag.CORRECTED: corrected,
        }  # fmt: skip
        return by_flag[self.flag]
