"""The record of one stay as this window knows it: read page by page, kept up by the feed, turned into lanes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.entries import Sayer
from ui.timeline.lanes import Around, Say
from ui.timeline.lanes_more import lanes_of
from ui.timeline.marks import Lane
from ui.timeline.told import Telling, Told
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow
from workstation.services.timeline_conflicts import Conflict
from workstation.station import messages as m

PAGE = 100
SETTLE_MS = 150


class Reading(QObject):
    """`changed` after rows came, `headed` after the facts of the stay came, `troubled` when reading failed."""

    changed = Signal()
    headed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, sayer: Sayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._sayer = context, sayer
        self.stay = ""
        self.facts: m.StayReply | None = None
        self.conflicts: tuple[Conflict, ...] = ()
        self.loading = False
        self.error: AppError | None = None
        self.rows: dict[int, TimelineRow] = {}
        self.corrections: dict[str, TimelineRow] = {}
        self.numbers: dict[str, int] = {}
        self._demanded: frozenset[str] = frozenset()
        self._telling = Telling()
        self._told: list[Told] | None = None
        self._asking = False
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask_more)

    def open(self, stay: str) -> None:
        """Read a stay, from its first entry when it is another one."""
        if stay != self.stay:
            self.stay, self.facts, self.conflicts = stay, None, ()
            self.rows, self.corrections, self.numbers = {}, {}, {}
            self._telling, self._told = Telling(), None
        self.error, self.loading = None, not self.rows
        self._ask_stay()
        self._ask_more()

    def notice(self, notice: m.Notice) -> None:
        """Something changed: ask for what came after the newest entry known."""
        if self.stay and self.stay in notice.stays:
            if self._asking:
                self._stale = True
            elif not self._settle.isActive():
                self._settle.start()

    def told(self) -> list[Told]:
        """Every entry as it reads now, in the order of happening."""
        if self._told is None:
            self._told = self._telling.told(self.rows.values())
        return self._told

    def lanes(self, now: float) -> tuple[Lane, ...]:
        """The lanes of the stay at an instant (seconds since 1970)."""
        around = Around(
            now=now,
            suspect=self.facts is None or self.facts.facts.is_suspect,
            clocks=self.facts.clocks if self.facts else (),
            demanded=self._demanded,
            conflicts=self.conflicts,
            entries=self.numbers,
        )
        return lanes_of(self.told(), around, Say(self._context, self._sayer))

    def span(self, now: float) -> tuple[float, float]:
        """First and last instant that there is something to show of (seconds since 1970)."""
        told = self.told()
        if not told:
            return now - 3600, now
        departed = self.facts is not None and self.facts.facts.presence.ended_at is not None
        ends = [told[-1].at] if departed else [told[-1].at, now]
        for clock in self.facts.clocks if self.facts and not departed else ():
            if clock.expires_at is not None and clock.liberty:
                ends.append(clock.expires_at.timestamp())
        arrived = self.facts.facts.presence.entered_at if self.facts else None
        begin = min(told[0].at, arrived.timestamp()) if arrived else told[0].at
        margin = max(600.0, (max(ends) - begin) / 40)
        return begin - margin / 2, max(ends) + margin

    # ------------------------------------------------------------ asking

    def _ask_stay(self) -> None:
        stay = self.stay
        self._context.link.ask(
            m.GetStay(stay=stay, purpose="timeline"), lambda reply: self._stay_came(stay, reply), self._failed
        )

    def _ask_more(self) -> None:
        if not self.stay or self._asking:
            return
        self._asking, self._stale = True, False
        stay, after = self.stay, max(self.rows, default=0)
        self._context.link.ask(
            m.GetTimeline(stay=stay, after=after, limit=PAGE),
            lambda reply: self._page_came(stay, reply),
            self._failed,
        )

    def _stay_came(self, stay: str, reply: m.StayReply) -> None:
        if stay != self.stay:
            return
        self.facts = reply
        self._sayer.names = {**self._sayer.names, **reply.names}
        self.headed.emit()
        self.changed.emit()

    def _page_came(self, stay: str, reply: m.TimelineReply) -> None:
        self._asking = False
        if stay != self.stay:
            self._ask_more()
            return
        for row in reply.page.rows:
            self.rows[row.seq] = row
            self.numbers[row.entry] = row.seq
            self._telling.read(row)
            if row.corrects:
                self.corrections[row.corrects] = row
        if reply.page.rows:
            self._told = None
        self.conflicts = reply.conflicts
        self._demanded = frozenset(reply.recording_demanded)
        self.error, self.loading = None, reply.page.more
        self.changed.emit()
        if reply.page.more or self._stale:
            self._ask_more()
        elif reply.page.rows and self.facts is not None and reply.page.size > self.facts.position:
            self._ask_stay()

    def _failed(self, error: AppError) -> None:
        self._asking = self.loading = False
        self.error = error
        self.troubled.emit(error)
