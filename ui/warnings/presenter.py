"""What the warning list shows: everything open about every stay, the most pressing first, in tabs and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.clock import to_ms
from workstation.custody import commands as c
from workstation.errors import AppError
from workstation.services.alerts import Alert, Alerts, AlertSort
from workstation.station import messages as m

REASONS = (
    "handled", "no-cause", "false-data", "false-device", "repeated", "handed-on", "made-up", "left", "other",
)  # fmt: skip
"""Codes of the reasons for closing a warning, in the order of their digits."""
SETTLE_MS = 200
AGAIN_MS = 15_000
"""Clocks come near their end without anything being recorded: they are asked for again."""
_LEVELS = {"red": 0, "yellow": 1, "blue": 2}
_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


class Tab(StrEnum):
    """What the list shows."""

    OPEN = "open"
    MINE = "mine"
    WARNING = "warning"
    DUTY = "duty"
    CLOCK = "clock"
    CLOSED = "closed"


@dataclass(frozen=True)
class Line:
    """One line: an alert, what is owed together with its warning, or several of one rule folded into one.

    `alerts` is never empty; what is owed stands before its warning.
    """

    key: str
    alerts: tuple[Alert, ...]
    folded: bool = False

    @property
    def first(self) -> Alert:
        """The most pressing one."""
        return self.alerts[0]

    @property
    def warned(self) -> Alert | None:
        """The warning of the line, None where there is none or where several are folded."""
        if self.folded:
            return None
        return next((one for one in self.alerts if one.sort is AlertSort.WARNING), None)


def key_of(alert: Alert) -> str:
    """What tells an alert from all others; one raised anew after its end is another."""
    return f"{alert.stay}/{alert.sort}/{alert.id}/{alert.begun_at.isoformat()}"


def order(alert: Alert) -> tuple[int, datetime, datetime, str]:
    """By level, then by when it is due, then by its onset."""
    return _LEVELS.get(alert.level, 3), alert.due_at or _FAR, alert.begun_at, key_of(alert)


def paired(alerts: Iterable[Alert]) -> list[Line]:
    """A duty and the warning that was raised with it as one line, everything else as a line of its own."""
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        together = f"{alert.stay}/{alert.code}/{to_ms(alert.begun_at)}"
        clock = alert.sort is AlertSort.CLOCK
        found.setdefault(key_of(alert) if clock else together, []).append(alert)
    lines = []
    for group in found.values():
        both = len(group) == 2 and {one.sort for one in group} == {AlertSort.DUTY, AlertSort.WARNING}
        if both:
            group.sort(key=lambda one: one.sort is AlertSort.WARNING)
            lines.append(Line(key_of(group[0]), tuple(group)))
        else:
            lines += [Line(key_of(one), (one,)) for one in group]
    return sorted(lines, key=lambda line: order(line.first))


def folded(lines: Iterable[Line], unfolded: frozenset[str] = frozenset()) -> list[Line]:
    """Lines of one rule and level as one with their number; red ones and groups in `unfolded` stay apart."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        alert = line.first
        name = f"{alert.level}/{alert.sort}/{alert.code}"
        alone = alert.level == "red" or name in unfolded
        groups.setdefault(line.key if alone else name, []).append(line)
    return [
        Line(name, tuple(alert for line in found for alert in line.alerts), True)
        if len(found) > 1
        else found[0]
        for name, found in groups.items()
    ]


class WarningsPresenter(QObject):
    """`changed` after anything open came or went; `troubled` when reading failed."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tab = Tab.OPEN
        self.grouped = True
        self.unfolded: frozenset[str] = frozenset()
        self.alerts: Alerts | None = None
        self.names: dict[str, str] = {}
        self.error: AppError | None = None
        self._asking = self._due = self._awake = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.refresh)

    # ------------------------------------------------------------ reading

    @property
    def whole(self) -> bool:
        """Whether what is shown is all that is known to be there."""
        return self.alerts is not None and not self._asking and not self._due

    @property
    def quiet(self) -> bool:
        """Whether no answer is awaited."""
        return not self._asking

    def wake(self) -> None:
        """The screen is shown."""
        self._awake = True
        self._again.start()
        self.refresh()

    def rest(self) -> None:
        """The screen is hidden: nothing is asked."""
        self._awake = False
        self._again.stop()
        self._settle.stop()

    def notice(self, notice: m.Notice) -> None:
        """Stays changed."""
        if notice.stays or "clock" in notice.topics:
            self._due = True
            if self._awake and not self._settle.isActive():
                self._settle.start()

    def refresh(self) -> None:
        """Ask for what is open."""
        if self._asking or not self._awake:
            return
        self._asking, self._due = True, False
        self._context.link.ask(m.GetAlerts(), self._came, self._failed)

    def _came(self, reply: m.AlertsReply) -> None:
        self._asking, self.error = False, None
        self.alerts, self.names = reply.alerts, reply.names
        self.changed.emit()
        if self._due:
            self.refresh()

    def _failed(self, error: AppError) -> None:
        self._asking, self._due, self.error = False, True, error
        self.troubled.emit(error)

    # ------------------------------------------------------------ what is shown

    def show_only(self, tab: Tab) -> None:
        """Show one tab."""
        self.tab = tab
        self.changed.emit()

    def fold(self, on: bool) -> None:
        """Fold alerts of one rule into one line, or show each."""
        self.grouped, self.unfolded = on, frozenset()
        self.changed.emit()

    def unfold(self, key: str) -> None:
        """Show each alert of one group, or fold it again."""
        self.unfolded = self.unfolded ^ {key}
        self.changed.emit()

    def every(self) -> tuple[Alert, ...]:
        """Everything that is open."""
        return self.alerts.open if self.alerts is not None else ()

    def of(self, tab: Tab) -> list[Alert]:
        """The alerts of a tab, by level and time; the closed ones newest first."""
        if self.alerts is None:
            return []
        if tab is Tab.CLOSED:
            return list(self.alerts.closed)
        wanted: Callable[[Alert], bool]
        match tab:
            case Tab.OPEN:
                wanted = _any
            case Tab.MINE:
                wanted = self.mine
            case _:
                wanted = lambda one: str(one.sort) == str(tab)  # noqa: E731
        return sorted(filter(wanted, self.alerts.open), key=order)

    def lines(self) -> list[Line]:
        """The lines shown."""
        if self.tab is Tab.CLOSED:
            return [Line(key_of(one), (one,)) for one in self.of(self.tab)]
        lines = paired(self.of(self.tab))
        return folded(lines, self.unfolded) if self.grouped else lines

    def mine(self, alert: Alert) -> bool:
        """Whether it is owed by who is signed in, by name or by role."""
        session = self._context.link.session
        return session is not None and alert.owner in {session.staff, *map(str, session.roles)}

    def count(self, level: str) -> int:
        """How many open ones there are of a level."""
        return sum(1 for one in self.every() if one.level == level)

    def line(self, key: str) -> Line | None:
        """A line shown, by its key."""
        return next((line for line in self.lines() if line.key == key), None)

    def requests(self) -> frozenset[str]:
        """What who is signed in may ask for."""
        session = self._context.link.session
        return frozenset(session.requests) if session is not None else frozenset()

    def may_close(self, alert: Alert) -> bool:
        """Whether who is signed in may close it; a clock is closed by nobody."""
        action = {AlertSort.WARNING: "close-warning", AlertSort.DUTY: "close-duty"}.get(alert.sort, "")
        return action in self.requests()

    # ------------------------------------------------------------ acting

    def acknowledge(self, alerts: Iterable[Alert]) -> None:
        """Say that warnings were seen. Raises AppError when there is none among them to acknowledge."""
        found = list(alerts)
        warned = [one for one in found if one.sort is AlertSort.WARNING]
        if not warned:
            raise AppError("warnings.not-a-warning")
        fresh = [one for one in warned if one.acknowledged_at is None]
        if not fresh:
            raise AppError("warnings.already")
        for one in fresh:
            command = c.AcknowledgeWarning(stay=one.stay, warning=one.id)
            self._context.submit(command, lambda _: self._context.speaker.info("warnings.acknowledged"))

    def close(
        self,
        line: Line,
        reason: str,
        note: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Close what a line holds, one after the other. Raises AppError when the reason, or the words it needs, are
        missing, and for a clock."""
        if line.first.sort is AlertSort.CLOCK or line.folded:
            raise AppError("warnings.clock")
        if reason not in REASONS:
            raise AppError("warnings.reason-missing")
        owed = any(one.sort is AlertSort.DUTY for one in line.alerts)
        if not note.strip() and (reason == "other" or owed):
            raise AppError("warnings.note-missing")
        self._close(line.alerts, reason, note.strip(), saved, refused)

    def _close(
        self,
        alerts: tuple[Alert, ...],
        reason: str,
        note: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        alert, later = alerts[0], alerts[1:]
        said = f"{self._context.words(f'warnings.reason.{reason}')} {note}".strip()
        command: c.Command = (
            c.CloseWarning(stay=alert.stay, warning=alert.id, reason=reason, note=note)
            if alert.sort is AlertSort.WARNING
            else c.CloseDuty(stay=alert.stay, duty=alert.id, reason=said)
        )

        def done(_: m.Saved) -> None:
            if later:
                self._close(later, reason, note, saved, refused)
            else:
                saved()

        self._context.submit(command, done, refused)


def _any(_: Alert) -> bool:
    return True
