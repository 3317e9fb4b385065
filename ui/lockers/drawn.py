"""What is drawn of banks and doors, as values: the state of a door, its words, its line in the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ui.context import Context
from ui.lockers.measures import TOO_LONG, minutes, open_for, weight
from ui.lockers.presenter import LockersPresenter
from ui.lockers.sight import Sight, Tag
from ui.widgets.doors import Door as DoorData
from ui.widgets.doors import DoorState
from ui.widgets.keyed import Badge, Cell, Row
from ui.widgets.shapes import Shape
from workstation.custody.values import CellPurpose
from workstation.readings import Door, Level
from workstation.services.lockers import BankView, CellView

MARKS = {
    DoorState.FORCED: Shape.TRIANGLE,
    DoorState.TOO_LONG: Shape.DIAMOND,
    DoorState.ODD: Shape.DIAMOND,
    DoorState.UNKNOWN: Shape.UNKNOWN,
    DoorState.OUT_OF_SERVICE: Shape.OUT_OF_SERVICE,
}
"""The shape of a state in a list; the worst stands first."""
LEVELS = {DoorState.FORCED: "red", DoorState.TOO_LONG: "yellow", DoorState.ODD: "yellow"}
ALWAYS = (DoorState.HOLDING, DoorState.EMPTY)
OUT_OF_PLACE = frozenset({DoorState.FORCED, DoorState.TOO_LONG, DoorState.ODD})


@dataclass(frozen=True)
class Drawn:
    """Draws the doors of a bank at one instant. `reader`: whose sight tells of tags; `target`: the door to fill."""

    context: Context
    sight: Sight
    reader: str
    target: str = ""

    def state(self, cell: CellView) -> DoorState:
        """What is known of a door: its contact before everything else."""
        if cell.use == "out-of-service":
            return DoorState.OUT_OF_SERVICE
        if cell.door is Door.UNKNOWN:
            return DoorState.UNKNOWN
        if cell.door is Door.OPEN:
            return self._open(cell)
        if cell.cell == self.target:
            return DoorState.TARGET
        if cell.use != "holding":
            return DoorState.EMPTY
        return DoorState.ODD if self.sight.tag(self.reader, cell.tag) is Tag.MISSED else DoorState.HOLDING

    def _open(self, cell: CellView) -> DoorState:
        if cell.forced:
            return DoorState.FORCED
        long = open_for(cell, self.context.clock.now())
        if long is None or long > TOO_LONG:
            return DoorState.TOO_LONG if long is not None else DoorState.OPEN
        filling = cell.opening is not None and cell.opening.purpose is CellPurpose.DEPOSIT
        return DoorState.TARGET if cell.cell == self.target or filling else DoorState.OPEN

    def door(self, cell: CellView) -> DoorData:
        """A door as it is painted."""
        w, state = self.context.words, self.state(cell)
        level = LEVELS.get(state, "")
        return DoorData(
            number=f"{cell.number:02d}",
            state=state,
            word=w(f"lockers.state.{state}"),
            whose=self._whose(cell, state),
            detail=self._detail(cell, state),
            time=self._time(cell, state),
            level_word=w(f"lockers.level.{level}") if level else "",
        )

    def doors(self, bank: BankView) -> list[DoorData]:
        """Every door of a bank."""
        return [self.door(cell) for cell in bank.cells]

    def counts(self, bank: BankView) -> dict[DoorState, int]:
        """How many doors are in each state; those of trouble only when there are any."""
        counts = dict.fromkeys((*ALWAYS, *DoorState), 0)
        for cell in bank.cells:
            counts[self.state(cell)] += 1
        return {state: count for state, count in counts.items() if count or state in ALWAYS}

    def _whose(self, cell: CellView, state: DoorState) -> str:
        opening = cell.opening
        name, number = cell.name, cell.stay_number
        if not cell.stay and opening is not None and (cell.door is Door.OPEN or state is DoorState.TARGET):
            name, number = opening.name, opening.stay_number
        return f"{name} {number}".strip()

    def _detail(self, cell: CellView, state: DoorState) -> str:
        w, now = self.context.words, self.context.clock.now()
        long = open_for(cell, now)
        match state:
            case DoorState.FORCED:
                return w("lockers.unordered")
            case DoorState.OPEN | DoorState.TOO_LONG | DoorState.TARGET if long is not None:
                span, opening = minutes(long), cell.opening
                if opening is None or cell.forced:
                    return w("lockers.open-for", span=span)
                return f"{w(f'lockers.purpose.{opening.purpose}')} {span}"
            case DoorState.TARGET:
                return w("lockers.shut")
            case DoorState.ODD:
                return w("lockers.tag.missed")
            case DoorState.UNKNOWN:
                return self._owed(cell) or (w("lockers.never") if cell.since is None else "")
            case DoorState.HOLDING:
                return w("lockers.blind.short") if cell.blind else weight(cell)
            case _:
                return ""

    def _owed(self, cell: CellView) -> str:
        """What should lie behind a door that nobody can see."""
        if cell.blind or cell.grams is None:
            return ""
        return self.context.words("lockers.owed", weight=weight(cell))

    def _time(self, cell: CellView, state: DoorState) -> str:
        if state in (DoorState.EMPTY, DoorState.OUT_OF_SERVICE):
            return ""
        if state is DoorState.HOLDING and cell.stored_at is not None:
            return self._day(cell.stored_at)
        return self._day(cell.since) if cell.since is not None else ""

    def _day(self, at: datetime) -> str:
        """The time of today, the date of any other day."""
        today = self.context.local(self.context.clock.now(), "%m-%d")
        day = self.context.local(at, "%m-%d")
        return self.context.local(at) if day == today else day

    def table_row(self, cell: CellView) -> Row:
        """A door as a line of the table: it says all that the painted door says, and more."""
        door, stored = self.door(cell), cell.stored_at
        return Row(
            cell.cell,
            (
                Cell(door.number, bold=True),
                Cell(door.word, shape=MARKS.get(door.state), bold=door.state in OUT_OF_PLACE),
                Cell(door.whose),
                Cell(door.detail if door.detail != weight(cell) else ""),
                Cell(weight(cell)),
                Cell(cell.bag),
                Cell(cell.seal),
                Cell(self.context.local(stored, "%m-%d %H:%M") if stored else ""),
            ),
        )

    def bank_row(self, bank: BankView) -> Row:
        """A bank: its name, how full it is, and what is wrong in it."""
        w, counts = self.context.words, self.counts(bank)
        wrong = next((state for state in MARKS if counts.get(state) and state in OUT_OF_PLACE), None)
        badges = []
        if wrong is not None:
            level = LEVELS[wrong]
            words = f"{w(f'lockers.level.{level}')} {sum(counts.get(one, 0) for one in OUT_OF_PLACE)}"
            badges.append(Badge(words, "red" if level == "red" else "late"))
        for name, state in (("lock", bank.lock_level), ("reader", bank.reader_level)):
            if state in (Level.LOST, Level.UNKNOWN) and (name == "lock" or bank.reader):
                badges.append(Badge(w(f"lockers.{name}.unknown")))
        told = w("lockers.bank", holding=counts[DoorState.HOLDING], empty=counts[DoorState.EMPTY])
        return Row(
            bank.bank,
            (
                Cell(w.pick(bank.name_zh, bank.name_en), bold=True, badges=tuple(badges)),
                Cell(told, quiet=True),
            ),
        )


def drawn_of(context: Context, presenter: LockersPresenter, bank: BankView) -> Drawn:
    """How a bank is drawn now."""
    return Drawn(context, presenter.sight, bank.reader, presenter.guide.target)
