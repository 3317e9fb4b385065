"""The review list: flagged entries of every open stay, gathered stay by stay, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.entries import Sayer
from ui.gather import Gather
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

LIMIT = 5000


class Mark(StrEnum):
    """Why an entry is looked at, the gravest first."""

    BREACH = "breach"
    OVERRIDE = "override"
    CORRECTION = "correction"
    LATE = "late"
    BY_HAND = "by-hand"


@dataclass(frozen=True)
class Finding:
    """One entry to look at, with whose it is."""

    key: str
    stay: str
    number: str
    name: str
    marks: tuple[Mark, ...]
    row: TimelineRow
    corrected: TimelineRow | None = None


def marks_of(row: TimelineRow) -> tuple[Mark, ...]:
    """What there is to look at about an entry."""
    found = {
        Mark.BREACH: row.breach or row.kind.startswith("breach-marked/"),
        Mark.OVERRIDE: row.kind.startswith("gate-overridden/"),
        Mark.CORRECTION: bool(row.corrects),
        Mark.LATE: row.late,
        Mark.BY_HAND: row.by_hand,
    }
    return tuple(mark for mark, there in found.items() if there)


class SupervisionPresenter(QObject):
    """`changed` after entries of a stay came; `troubled` when reading failed."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sayer = Sayer(context)
        self.mark: Mark | None = None
        self.gather = Gather(context, lambda card: m.GetTimeline(stay=card.stay, limit=LIMIT), self)
        self.gather.changed.connect(self.changed)
        self.gather.troubled.connect(self.troubled)

    def wake(self) -> None:
        """The screen is shown."""
        self._context.link.ask(m.GetStaff(), self._staff_came, self.troubled.emit)
        self.gather.wake()

    def notice(self, notice: m.Notice) -> None:
        """Stays changed."""
        self.gather.notice(notice)

    def show_only(self, mark: Mark | None) -> None:
        """Show one reason only, or all."""
        self.mark = mark
        self.changed.emit()

    def findings(self) -> list[Finding]:
        """The entries shown, newest recorded first."""
        found = [one for one in self.every() if self.mark is None or self.mark in one.marks]
        return sorted(found, key=lambda one: one.row.seq, reverse=True)

    def every(self) -> list[Finding]:
        """Every flagged entry of every open stay."""
        found: list[Finding] = []
        for stay, reply in self.gather.replies.items():
            card = self.gather.cards.get(stay)
            by_entry = {row.entry: row for row in reply.page.rows}
            for row in reply.page.rows:
                marks = marks_of(row)
                if marks and card is not None:
                    found.append(
                        Finding(
                            f"{stay}/{row.seq}",
                            stay,
                            card.number,
                            card.name,
                            marks,
                            row,
                            by_entry.get(row.corrects),
                        )
                    )
        return found

    def counts(self) -> dict[Mark, int]:
        """How many entries carry each mark."""
        every = self.every()
        return {mark: sum(1 for one in every if mark in one.marks) for mark in Mark}

    def finding(self, key: str) -> Finding | None:
        """An entry of the list by its key."""
        return next((one for one in self.every() if one.key == key), None)

    def _staff_came(self, reply: m.StaffReply) -> None:
        self.sayer.names = {row.id: row.name for row in reply.staff}
        self.changed.emit()
