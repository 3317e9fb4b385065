"""What the timeline shows: the entries of one stay, read page by page and kept up, filtered on this side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.entries import Sayer, bare
from ui.timeline.correction import moment, replacement
from ui.timeline.filter import Filter
from ui.timeline.marks import Lane, Mark, Style
from ui.timeline.reading import Reading
from workstation.custody import commands as c
from workstation.errors import AppError
from workstation.services.board import Card
from workstation.services.timeline import TimelineRow
from workstation.services.timeline_conflicts import Conflict
from workstation.services.timeline_proof import Proof
from workstation.station import messages as m

_SAID = (Style.GAP, Style.UNKNOWN, Style.LOSS, Style.CONFLICT)


class TimelinePresenter(QObject):
    """`changed` after rows came or the filter changed, `headed` after the facts of the stay came.

    `troubled` when reading failed; `listed` when the persons that may be chosen are known; `proved(seq)` when the
    proof of an entry is known. `other`: the stay that is compared with.
    """

    changed = Signal()
    headed = Signal()
    troubled = Signal(object)
    listed = Signal()
    proved = Signal(int)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sayer = Sayer(context)
        self.reading, self.other = (Reading(context, self.sayer, self) for _ in range(2))
        self.cards: tuple[Card, ...] = ()
        self.filter = Filter()
        self.proofs: dict[int, Proof] = {}
        self._proving = 0
        self._order = ("happened", True)
        self._lanes: tuple[Lane, ...] = ()
        self._shown: tuple[object, list[TimelineRow]] | None = None
        self._listing: AppError | None = None
        for reading in (self.reading, self.other):
            reading.changed.connect(self.changed)
            reading.troubled.connect(self.troubled)
        self.reading.headed.connect(self.headed)

    # ------------------------------------------------------------ reading

    @property
    def stay(self) -> str:
        """The stay that is shown, or an empty string."""
        return self.reading.stay

    @property
    def facts(self) -> m.StayReply | None:
        """What is known of the stay."""
        return self.reading.facts

    @property
    def error(self) -> AppError | None:
        """Why reading failed."""
        return self.reading.error or self._listing

    def list_persons(self) -> None:
        """Ask who is in the centre, to choose from."""
        self._context.link.ask(m.GetBoard(), self._board_came, self._listing_failed)

    def open(self, stay: str) -> None:
        """Show another stay, from its first entry."""
        if stay != self.stay:
            self.filter, self.proofs = Filter(), {}
            self.compare("")
        self._listing = None
        self.reading.open(stay)

    def compare(self, stay: str) -> None:
        """Read another stay beside this one; an empty one ends it."""
        if stay:
            self.other.open(stay)
        elif self.other.stay:
            self.other.deleteLater()
            self.other = Reading(self._context, self.sayer, self)
            self.other.changed.connect(self.changed)
            self.other.troubled.connect(self.troubled)
            self.changed.emit()

    def notice(self, notice: m.Notice) -> None:
        """Something changed."""
        self.reading.notice(notice)
        self.other.notice(notice)

    def again(self) -> None:
        """Try to read again after trouble."""
        self.reading.error = self._listing = None
        if self.stay:
            self.open(self.stay)
        else:
            self.list_persons()

    def _board_came(self, reply: m.BoardReply) -> None:
        self.cards = reply.board.cards
        self.listed.emit()

    def _listing_failed(self, error: AppError) -> None:
        self._listing = error
        self.troubled.emit(error)

    def prove(self, seq: int) -> None:
        """Ask for the proof of an entry; what is known already is not asked again."""
        if seq in self.proofs or self._proving == seq:
            return
        stay, self._proving = self.stay, seq
        self._context.link.ask(
            m.ProveEntry(stay=stay, seq=seq),
            lambda reply: self._proof_came(stay, seq, reply),
            lambda error: self._proof_failed(seq, error),
        )

    def _proof_came(self, stay: str, seq: int, reply: m.ProofReply) -> None:
        self._proving = 0
        if stay == self.stay and reply.proof is not None:
            self.proofs[seq] = reply.proof
            self.proved.emit(seq)

    def _proof_failed(self, seq: int, error: AppError) -> None:
        self._proving = 0
        self.troubled.emit(error)

    # ------------------------------------------------------------ what is shown

    def now(self) -> float:
        """The present, in seconds since 1970."""
        return self._context.clock.now().timestamp()

    def lanes(self, now: float) -> tuple[Lane, ...]:
        """The lanes that the filter lets through."""
        lanes = self._lanes = self.reading.lanes(now)
        if self.filter.narrows():
            passing = {seq for seq, row in self.reading.rows.items() if self._passes(row)}
            lanes = tuple(
                replace(one, marks=tuple(k for k in one.marks if k.seq in passing)) for one in lanes
            )
        return tuple(one for one in lanes if self.filter.lane in ("", one.kind.value))

    def who(self, reading: Reading) -> str:
        """Number and name of a stay that is read."""
        if reading.facts is None:
            return ""
        facts = reading.facts.facts
        return f"{facts.number} {facts.name or self._context.words('timeline.no-name')}"

    def spoken(self, mark: Mark) -> str:
        """A mark in a sentence: what, from when to when."""
        return self._spoken(mark, self.reading)

    def spoken_beside(self, mark: Mark) -> str:
        """The same for the stay that is compared with."""
        return self._spoken(mark, self.other)

    def _spoken(self, mark: Mark, reading: Reading) -> str:
        row = reading.rows.get(mark.seq)
        told = mark.words if mark.segment or row is None else self.sayer.content(row)
        begin, end = (
            self._context.local(datetime.fromtimestamp(at, UTC), "%m-%d %H:%M")
            for at in (mark.begin, mark.end)
        )
        when = begin if mark.begin == mark.end else f"{begin} – {end.partition(' ')[2]}"
        gap = self._context.words(f"timeline.mark.{mark.style.value}") if mark.style in _SAID else ""
        return " ".join(part for part in (gap, told, when) if part)

    def place_at(self, at: float) -> str:
        """Where the person was at an instant, by the room log; empty when it does not say."""
        marks = self._lanes[0].between(at, at) if self._lanes else ()
        inside = [mark.words for _, mark in marks if mark.style is not Style.CONFLICT]
        return inside[-1] if inside else ""

    def row(self, seq: int) -> TimelineRow | None:
        """An entry by its number in the record."""
        return self.reading.rows.get(seq)

    def count(self) -> int:
        """How many entries are known, shown or filtered out."""
        return len(self.reading.rows)

    def shown(self) -> list[TimelineRow]:
        """The entries that the filter lets through, the newest happening first unless sorted otherwise."""
        column, falling = self._order
        state = (
            self.stay,
            len(self.reading.rows),
            len(self.proofs),
            self.filter,
            self._order,
            self._context.words.language,
        )
        if self._shown is None or self._shown[0] != state:
            every = self.reading.rows.values()
            found = [row for row in every if self._passes(row)] if self.filter.narrows() else list(every)
            found.sort(key=self._by(column), reverse=falling)
            self._shown = state, found
        return self._shown[1]

    def set_order(self, column: str, falling: bool) -> None:
        """Sort the entries by a column of the table."""
        self._order = column, falling
        self.changed.emit()

    def _by(self, column: str) -> Callable[[TimelineRow], tuple[Any, ...]]:
        sayer = self.sayer
        keys: dict[str, Callable[[TimelineRow], tuple[Any, ...]]] = {
            "recorded": lambda row: (row.recorded_at, row.seq),
            "device": lambda row: (row.device_at is not None, row.device_offset_ms, row.seq),
            "content": lambda row: (sayer.content(row, self.corrected_by(row)), row.seq),
            "source": lambda row: (sayer.source(row)[1], row.seq),
            "number": lambda row: (row.seq,),
            "proof": lambda row: (row.seq in self.proofs, row.seq),
        }
        return keys.get(column, lambda row: (row.happened_at, row.seq))

    def conflicts(self) -> list[tuple[Conflict, tuple[TimelineRow, TimelineRow]]]:
        """The contradictions whose two entries are known here."""
        found = []
        for one in self.reading.conflicts:
            rows = [self.row(self.reading.numbers.get(entry, 0)) for entry in (one.one, one.other)]
            if rows[0] is not None and rows[1] is not None:
                found.append((one, (rows[0], rows[1])))
        return found

    def conflicts_of(self, row: TimelineRow) -> tuple[tuple[str, int], ...]:
        """The contradictions that an entry is part of, in words, with the number of the other entry."""
        found = []
        for number, (_, rows) in enumerate(self.conflicts(), start=1):
            other = rows[1] if rows[0].seq == row.seq else rows[0]
            if row in rows:
                words = self._context.words("timeline.conflict.with", n=number, seq=other.seq)
                found.append((words, other.seq))
        return tuple(found)

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that occur, as (kind without version, words), by their words."""
        kinds = {bare(row.kind) for row in self.reading.rows.values()}
        w = self._context.words
        named = [(kind, w(f"event.{kind}") if f"event.{kind}" in w.catalogue else kind) for kind in kinds]
        return sorted(named, key=lambda pair: pair[1])

    def actors(self) -> list[tuple[str, str]]:
        """Who recorded something, as (id, name)."""
        ids = {row.actor for row in self.reading.rows.values() if row.actor}
        return sorted(((one, self.sayer.person(one)) for one in ids), key=lambda pair: pair[1])

    def set_filter(self, chosen: Filter) -> None:
        """Show what this filter lets through."""
        if chosen != self.filter:
            self.filter = chosen
            self.changed.emit()

    def correction_of(self, row: TimelineRow) -> TimelineRow | None:
        """The entry that corrects this one."""
        return self.reading.corrections.get(row.entry)

    def corrected_by(self, row: TimelineRow) -> TimelineRow | None:
        """The entry that this one corrects."""
        return self.row(self.reading.numbers.get(row.corrects, 0)) if row.corrects else None

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
        if not wanted.passes(row, corrected=bool(row.corrects or row.entry in self.reading.corrections)):
            return False
        if not wanted.text.strip():
            return True
        said = self.sayer.content(row, self.corrected_by(row))
        return wanted.text.strip().casefold() in f"#{row.seq} {said} {self.sayer.source(row)[1]}".casefold()

    # ------------------------------------------------------------ acting

    def note(
        self,
        text: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
        *,
        at: datetime | None = None,
    ) -> None:
        """Add a note to the stay, about the moment `at` when one is given. Raises AppError when it is empty."""
        if not text.strip():
            raise AppError("timeline.note.empty")
        command = c.AddNote(stay=self.stay, text=text.strip())
        self._context.submit(command, lambda _: saved(), refused, report=True, happened_at=at)

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
