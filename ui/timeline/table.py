"""The table twin of the lanes: every entry as a row, sorted by a column of one's choice."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.timeline.presenter import TimelinePresenter
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from workstation.services.timeline import TimelineRow

COLUMNS = ("happened", "recorded", "device", "content", "source", "number", "proof")
CONTENT = COLUMNS.index("content")


class EntryTable(KeyedTable):
    """`sorted_by(column, descending)`: a head was pressed."""

    sorted_by = Signal(str, bool)

    def __init__(
        self, context: Context, presenter: TimelinePresenter, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, len(COLUMNS), CONTENT, parent)
        self.setObjectName("timeline.table")
        self._context, self._presenter = context, presenter
        self._made: dict[str, Row] = {}
        self._made_for = ("", "")
        self._corrected: set[str] = set()
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        head.sectionClicked.connect(self._pressed)

    def forget(self) -> None:
        """Names have come: make every row anew."""
        self._made.clear()

    def show_entries(self, rows: list[TimelineRow]) -> None:
        """Show these entries in this order; a row is made once for a day, a language and a state of correction."""
        today = self._context.local(self._context.clock.now(), "%Y-%m-%d")
        if self._made_for != (today, self._context.words.language):
            self._made.clear()
            self._made_for = (today, self._context.words.language)
        corrected = set(self._presenter.reading.corrections)
        for entry in corrected - self._corrected:
            self._made.pop(entry, None)
        self._corrected = corrected
        made = self._made
        for row in rows:
            if row.entry not in made:
                made[row.entry] = self._make(row, today)
        self.rows.show([made[row.entry] for row in rows])

    def show_proof(self, row: TimelineRow) -> None:
        """The proof of an entry has come."""
        if row.entry in self._made:
            self._made[row.entry] = self._make(row, self._made_for[0])
            self.rows.change(self._made[row.entry])

    def sort_by(self, column: str) -> None:
        """Sort by a column; again turns the order round."""
        self._pressed(COLUMNS.index(column))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.setAccessibleName(w("timeline.title"))
        space = "\u2003"  # the sign of the order stands there
        self.rows.set_heads([w(f"timeline.{column}") + space for column in COLUMNS])

    def _pressed(self, section: int) -> None:
        head, order = self.horizontalHeader(), Qt.SortOrder
        before = head.property("sorted")
        falling = (
            head.sortIndicatorOrder() is not order.DescendingOrder if before == section else section == 0
        )
        head.setProperty("sorted", section)
        head.setSortIndicator(section, order.DescendingOrder if falling else order.AscendingOrder)
        self.sorted_by.emit(COLUMNS[section], falling)

    def _make(self, row: TimelineRow, today: str) -> Row:
        presenter, sayer, w = self._presenter, self._presenter.sayer, self._context.words
        corrected = presenter.correction_of(row) is not None
        practice = self._context.centre.mode == "practice"  # the band over the window says it of every row
        flags = [Badge(words, kind) for words, kind in sayer.flags(row) if not (practice and kind == "sim")]
        if corrected and not row.corrected_by:
            flags.append(Badge(w("entries.corrected"), "late"))
        icon, source = sayer.source(row)
        return Row(
            str(row.seq),
            (
                Cell(self._time(row.happened_at, today), bold=True),
                Cell(self._time(row.recorded_at, today)),
                Cell(sayer.offset(row) if row.device_at else "—", quiet=True),
                Cell(
                    sayer.content(row, presenter.corrected_by(row)),
                    badges=tuple(flags),
                    quiet=corrected or row.erased,
                ),
                Cell(source, icon=icon),
                Cell(f"#{row.seq}", quiet=True),
                self._proof(row.seq),
            ),
        )

    def _proof(self, seq: int) -> Cell:
        proof, w = self._presenter.proofs.get(seq), self._context.words
        if proof is None:
            return Cell("—", quiet=True)
        if proof.proved:
            return Cell(w("timeline.proof.short", size=proof.size), shape=Shape.GOOD, colour="oktext")
        return Cell(w("timeline.proof.not"), shape=Shape.FAULT, colour="redtext")

    def _time(self, instant: datetime, today: str) -> str:
        """The time of day, with the date when it is not today's."""
        local = self._context.local(instant, "%Y-%m-%d %H:%M:%S")
        return local[11:] if local.startswith(today) else local[5:]
