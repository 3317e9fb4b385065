"""What the timeline shows: the entries of one stay, read page by page and kept up, filtered on this side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.entries import Sayer, bare
from ui.timeline.correction import moment, replacement
from workstation.custody import commands as c
from workstation.custody.values import Paper
from workstation.errors import AppError
from workstation.services.board import Card
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

PAGE = 150
SETTLE_MS = 150


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


class TimelinePresenter(QObject):
    """`changed` after rows came or the filter changed, `headed` after the facts of the stay came.

    `troubled` when reading failed; `listed` when the persons that may be chosen are known.
    """

    changed = Signal()
    headed = Signal()
    troubled = Signal(object)
    listed = Signal()

    def __init__(self, context: Context, prints: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._prints = context, prints
        self.sayer = Sayer(context)
        self.stay = ""
        self.facts: m.StayReply | None = None
        self.cards: tuple[Card, ...] = ()
        self.filter = Filter()
        self.loading = False
        self.error: AppError | None = None
        self._rows: dict[int, TimelineRow] = {}
        self._corrected: dict[str, TimelineRow] = {}
        self._asking = False
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask_more)

    # ------------------------------------------------------------ reading

    def list_persons(self) -> None:
        """Ask who is in the centre, to choose from."""
        self._context.link.ask(m.GetBoard(), self._board_came, self._failed)

    def open(self, stay: str) -> None:
        """Show another stay, from its first entry."""
        if stay != self.stay:
            self.stay, self.facts = stay, None
            self._rows, self._corrected = {}, {}
            self.filter = Filter()
        self.error, self.loading = None, not self._rows
        self._ask_stay()
        self._ask_more()

    def notice(self, notice: m.Notice) -> None:
        """Something changed: ask for what came after the newest entry known."""
        if self.stay and self.stay in notice.stays:
            if self._asking:
                self._stale = True
            elif not self._settle.isActive():
                self._settle.start()

    def again(self) -> None:
        """Try to read again after trouble."""
        if self.stay:
            self.open(self.stay)
        else:
            self.list_persons()

    def _ask_stay(self) -> None:
        stay = self.stay
        self._context.link.ask(
            m.GetStay(stay=stay, purpose="timeline"), lambda reply: self._stay_came(stay, reply), self._failed
        )

    def _ask_more(self) -> None:
        if not self.stay or self._asking:
            return
        self._asking, self._stale = True, False
        stay, after = self.stay, max(self._rows, default=0)
        self._context.link.ask(
            m.GetTimeline(stay=stay, after=after, limit=PAGE),
            lambda reply: self._page_came(stay, reply),
            self._failed,
        )

    def _board_came(self, reply: m.BoardReply) -> None:
        self.cards = reply.board.cards
        self.listed.emit()

    def _stay_came(self, stay: str, reply: m.StayReply) -> None:
        if stay != self.stay:
            return
        self.facts = reply
        self.sayer.names = reply.names
        self.headed.emit()
        self.changed.emit()

    def _page_came(self, stay: str, reply: m.TimelineReply) -> None:
        self._asking = False
        if stay != self.stay:
            self._ask_more()
            return
        for row in reply.page.rows:
            self._rows[row.seq] = row
            if row.corrects:
                self._corrected[row.corrects] = row
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

    # ------------------------------------------------------------ what is shown

    def row(self, seq: int) -> TimelineRow | None:
        """An entry by its number in the record."""
        return self._rows.get(seq)

    def count(self) -> int:
        """How many entries are known, shown or filtered out."""
        return len(self._rows)

    def shown(self) -> list[TimelineRow]:
        """The entries that the filter lets through, newest happening first."""
        found = [row for row in self._rows.values() if self._passes(row)]
        return sorted(found, key=lambda row: (row.happened_at, row.seq), reverse=True)

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that occur, as (kind without version, words), by their words."""
        kinds = {bare(row.kind) for row in self._rows.values()}
        w = self._context.words
        named = [(kind, w(f"event.{kind}") if f"event.{kind}" in w.catalogue else kind) for kind in kinds]
        return sorted(named, key=lambda pair: pair[1])

    def actors(self) -> list[tuple[str, str]]:
        """Who recorded something, as (id, name)."""
        ids = {row.actor for row in self._rows.values() if row.actor}
        return sorted(((one, self.sayer.person(one)) for one in ids), key=lambda pair: pair[1])

    def set_filter(self, chosen: Filter) -> None:
        """Show what this filter lets through."""
        if chosen != self.filter:
            self.filter = chosen
            self.changed.emit()

    def correction_of(self, row: TimelineRow) -> TimelineRow | None:
        """The entry that corrects this one."""
        return self._corrected.get(row.entry)

    def corrected_by(self, row: TimelineRow) -> TimelineRow | None:
        """The entry that this one corrects."""
        return (
            next((one for one in self._rows.values() if one.entry == row.corrects), None)
            if row.corrects
            else None
        )

    def chain(self, row: TimelineRow) -> list[TimelineRow]:
        """The chain of corrections that an entry stands in, oldest first; only itself when there is none."""
        first = row
        while (before := self.corrected_by(first)) is not None:
            first = before
        chain = [first]
        while (after := self.correction_of(chain[-1])) is not None and after not in chain:
            chain.append(after)
        return chain

    def _passes(self, row: TimelineRow) -> bool:
        wanted = self.filter
        if (wanted.kind and bare(row.kind) != wanted.kind) or (wanted.actor and row.actor != wanted.actor):
            return False
        corrected = bool(row.corrects or row.entry in self._corrected)
        by_flag = {
            Flag.ALL: True, Flag.LATE: row.late, Flag.BY_HAND: row.by_hand, Flag.BREACH: row.breach,
            Flag.CORRECTED: corrected,
        }  # fmt: skip
        if not by_flag[wanted.flag]:
            return False
        text = wanted.text.strip().casefold()
        if not text:
            return True
        said = self.sayer.content(row, self.corrected_by(row))
        return text in f"#{row.seq} {said} {self.sayer.source(row)[1]}".casefold()

    # ------------------------------------------------------------ acting

    def note(self, text: str, saved: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
        """Add a note to the stay. Raises AppError when it is empty."""
        if not text.strip():
            raise AppError("timeline.note.empty")
        command = c.AddNote(stay=self.stay, text=text.strip())
        self._context.submit(command, lambda _: saved(), refused, report=True)

    def correct(
        self,
        row: TimelineRow,
        edited: dict[str, str],
        happened_at: str,
        reason: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Correct an entry. Raises AppError when a field does not fit, nothing differs or the reason is missing."""
        if not reason.strip():
            raise AppError("timeline.correct.reason")
        at = moment(happened_at, self._context.zone, "happened_at")
        if at == row.happened_at.replace(microsecond=0):
            at = row.happened_at
        command = c.CorrectEntry(
            stay=self.stay,
            entry=row.entry,
            replacement=self._replacement(row, edited, at),
            happened_at=at,
            reason=reason.strip(),
        )
        self._context.submit(command, lambda _: saved(), refused)

    def _replacement(self, row: TimelineRow, edited: dict[str, str], at: datetime) -> str:
        try:
            return replacement(row, edited, self._context.zone)
        except AppError as error:
            if error.code == "timeline.correct.same" and at != row.happened_at:
                return row.body
            raise

    def print_record(self) -> None:
        """Print the custody record into the folder of prints, and say where it lies."""
        if self.facts is None:
            return
        number = self.facts.facts.number
        ask = m.PrintPaper(stay=self.stay, paper=Paper.CUSTODY_RECORD, language=self._context.words.language)
        self._context.link.ask(ask, lambda reply: self._printed(number, reply), self._context.speaker.error)

    def _printed(self, number: str, reply: m.PaperReply) -> None:
        safe = "".join(char if char.isalnum() or char in "-_" else "_" for char in number)
        path = self._prints / f"{safe}-custody-record-{reply.size}-{reply.digest[:8]}.pdf"
        try:
            self._prints.mkdir(parents=True, exist_ok=True)
            path.write_bytes(reply.pdf)
        except OSError as error:
            self._context.speaker.error(
                AppError("timeline.print.unwritable", folder=str(self._prints), reason=str(error))
            )
            return
        self._context.speaker.info("timeline.printed", file=str(path))

    def export(self, folder: str, purpose: str, number: str, secret: str, done: Callable[[], None]) -> None:
        """Export the whole record with a second person's credential. Raises AppError for what is missing."""
        for name, value in (("folder", folder), ("purpose", purpose), ("second", number), ("secret", secret)):
            if not value.strip():
                raise AppError(
                    "timeline.export.missing", field=self._context.words(f"timeline.export.{name}")
                )
        ask = m.ExportLog(
            folder=folder.strip(), purpose=purpose.strip(), second_number=number.strip(), second_secret=secret
        )

        def exported(reply: m.ExportReply) -> None:
            self._context.speaker.info("timeline.exported", entries=reply.entries, folder=folder.strip())
            done()

        self._context.link.ask(ask, exported, self._context.speaker.error, lane="work")
