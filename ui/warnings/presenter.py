"""What the warning list shows: what is open about every stay, gathered stay by stay, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.gather import Gather
from workstation.custody import commands as c
from workstation.custody.circumstances import ClockLevel, ClockRun
from workstation.errors import AppError
from workstation.station import messages as m

REASONS = ("handled", "no-cause", "repeated", "handed-on", "other")
"""Codes of the reasons for closing a warning, in the order of their digits."""
_LEVELS = {"red": 0, "yellow": 1, "blue": 2}
_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


class Sort(StrEnum):
    """What a line is."""

    WARNING = "warning"
    DUTY = "duty"
    CLOCK = "clock"


@dataclass(frozen=True)
class Item:
    """One line. `id`: of the warning, duty or clock; `due`: by when; `since`: its onset; `by`: who acknowledged."""

    key: str
    sort: Sort
    id: str
    stay: str
    number: str
    name: str
    level: str
    code: str
    values: dict[str, str]
    due: datetime | None
    since: datetime
    owner: str = ""
    acknowledged_at: datetime | None = None
    by: str = ""


class WarningsPresenter(QObject):
    """`changed` after anything open came or went; `troubled` when reading failed."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sort: Sort | None = None
        self.gather = Gather(context, lambda card: m.GetStay(stay=card.stay, purpose="warnings"), self)
        self.gather.changed.connect(self.changed)
        self.gather.troubled.connect(self.troubled)

    def notice(self, notice: m.Notice) -> None:
        """Stays changed."""
        self.gather.notice(notice)

    def show_only(self, sort: Sort | None) -> None:
        """Show one kind of line, or all."""
        self.sort = sort
        self.changed.emit()

    def items(self) -> list[Item]:
        """The lines shown, by level, then by when they are due."""
        found = [item for item in self.every() if self.sort in (None, item.sort)]
        return sorted(found, key=lambda one: (_LEVELS.get(one.level, 3), one.due or _FAR, one.since, one.key))

    def every(self) -> list[Item]:
        """All lines of all open stays."""
        found = [item for stay, reply in self.gather.replies.items() for item in self._of(stay, reply)]
        return list({item.key: item for item in found}.values())  # what has one id is closed by one act

    def count(self, level: str) -> int:
        """How many lines there are of a level."""
        return sum(1 for item in self.every() if item.level == level)

    def item(self, key: str) -> Item | None:
        """A line by its key."""
        return next((item for item in self.every() if item.key == key), None)

    def _of(self, stay: str, reply: m.StayReply) -> list[Item]:
        facts, names = reply.facts, reply.names
        found: list[Item] = []
        for one in facts.remarks.open_warnings:
            found.append(
                Item(
                    f"{stay}/warning/{one.warning}", Sort.WARNING, one.warning, stay, facts.number, facts.name,
                    str(one.level), one.rule, dict(one.values), None, one.onset,
                    acknowledged_at=one.acknowledged_at, by=names.get(one.acknowledged_by, one.acknowledged_by),
                )
            )  # fmt: skip
        for duty in facts.remarks.open_duties:
            found.append(
                Item(
                    f"{stay}/duty/{duty.duty}", Sort.DUTY, duty.duty, stay, facts.number, facts.name,
                    str(duty.level), duty.gate, {}, duty.due_at, duty.opened_at,
                    owner=names.get(duty.owner, duty.owner),
                )
            )  # fmt: skip
        for clock in reply.clocks:
            if clock.level is not ClockLevel.NONE and clock.state in (ClockRun.RUNNING, ClockRun.EXPIRED):
                found.append(
                    Item(
                        f"{stay}/clock/{clock.id}", Sort.CLOCK, clock.id, stay, facts.number, facts.name,
                        str(clock.level), clock.title, {}, clock.expires_at, clock.started_at,
                    )
                )  # fmt: skip
        return found

    # ------------------------------------------------------------ acting

    def acknowledge(self, item: Item) -> None:
        """Say that a warning was seen. Raises AppError for what cannot be acknowledged."""
        if item.sort is not Sort.WARNING:
            raise AppError("warnings.not-a-warning")
        if item.acknowledged_at is not None:
            raise AppError("warnings.already")
        command = c.AcknowledgeWarning(stay=item.stay, warning=item.id)
        self._context.submit(command, lambda _: self._context.speaker.info("warnings.acknowledged"))

    def close(
        self,
        item: Item,
        reason: str,
        note: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Close a warning or duty with a reason. Raises AppError when the reason, or the words it needs, are missing."""
        if item.sort is Sort.CLOCK:
            raise AppError("warnings.clock")
        if reason not in REASONS:
            raise AppError("warnings.reason-missing")
        if not note.strip() and (reason == "other" or item.sort is Sort.DUTY):
            raise AppError("warnings.note-missing")
        command: c.Command = (
            c.CloseWarning(stay=item.stay, warning=item.id, reason=reason, note=note.strip())
            if item.sort is Sort.WARNING
            else c.CloseDuty(
                stay=item.stay,
                duty=item.id,
                reason=f"{self._context.words(f'warnings.reason.{reason}')} {note.strip()}".strip(),
            )
        )
        self._context.submit(command, lambda _: saved(), refused)
