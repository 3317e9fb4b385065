"""Guided deposit and return: one step after the other, each done only when record, contact or reader says so.

An order to open is not an open door, and a door that was opened is not a bag that was put in: the contact and the
reader confirm, and where they cannot the step is shown as unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.lockers.measures import free_cells, grams
from ui.lockers.sight import Reading, Sight, Tag
from workstation.custody import commands as c
from workstation.custody.values import CellPurpose, How, Source
from workstation.errors import AppError
from workstation.readings import Door
from workstation.services.lockers import BankView, CellView, Opening, WaitingBag
from workstation.station import messages as m


class Step(StrEnum):
    """The steps of both guides."""

    PEOPLE = "people"
    TAG = "tag"
    WEIGHT = "weight"
    OPEN = "open"
    SHUT = "shut"
    READ = "read"
    CONFIRM = "confirm"
    COUNT = "count"


class Stand(StrEnum):
    """How far a step is."""

    WAITING = "waiting"
    NOW = "now"
    DONE = "done"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True)
class Told:
    """One step as it stands; `code` with `values` says why, `at` since when."""

    step: Step
    stand: Stand
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    at: datetime | None = None


STEPS: Mapping[CellPurpose, tuple[Step, ...]] = {
    CellPurpose.DEPOSIT: (
        Step.PEOPLE,
        Step.TAG,
        Step.WEIGHT,
        Step.OPEN,
        Step.SHUT,
        Step.READ,
        Step.CONFIRM,
    ),
    CellPurpose.RETURN: (Step.PEOPLE, Step.OPEN, Step.SHUT, Step.READ, Step.CONFIRM, Step.COUNT),
}


class Guide(QObject):
    """One bag on its way into or out of a locker.

    `changed` whenever a step moved, `refused(m.Refused)` with every reason, `done(code, cell)` when a bag was stored
    or taken and that is on disk.
    """

    changed = Signal()
    refused = Signal(object)
    done = Signal(str, str)

    def __init__(self, context: Context, sight: Sight, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._sight = context, sight
        self.banks: tuple[BankView, ...] = ()
        self.names: Mapping[str, str] = {}
        self._forget()
        sight.changed.connect(self._seen)

    def _forget(self) -> None:
        self.purpose: CellPurpose | None = None
        self.stay = self.bag = self.tag = self.cell = self.whose = ""
        self.custodian = self.second = self.seal = ""
        self.grams: int | None = None
        self.ordered = self.taken = False
        self._shut_at: datetime | None = None

    # ------------------------------------------------------------ beginning and ending

    def deposit(self, bag: WaitingBag, bank: str) -> None:
        """Begin to put a bag away: behind the door that was opened for it, else the first free one of `bank`."""
        self._begin(CellPurpose.DEPOSIT, bag.stay, bag.bag, bag.tag, f"{bag.name} {bag.stay_number}")
        self.seal, self.grams = bag.seal, bag.grams
        ordered = [cell for cell in self._cells() if self._order_of(cell) is not None]
        free = free_cells(self.banks, bank)
        self.cell = (ordered or free)[0].cell if ordered or free else ""
        self.show(self.banks)

    def give_back(self, cell: CellView) -> None:
        """Begin to take the bag behind a door out."""
        self._begin(CellPurpose.RETURN, cell.stay, cell.bag, cell.tag, f"{cell.name} {cell.stay_number}")
        self.cell = cell.cell
        self.show(self.banks)

    def _begin(self, purpose: CellPurpose, stay: str, bag: str, tag: str, whose: str) -> None:
        self._forget()
        session = self._context.link.session
        self.custodian = session.staff if session is not None else ""
        self.purpose, self.stay, self.bag, self.tag, self.whose = purpose, stay, bag, tag, whose.strip()

    def stop(self) -> None:
        """Leave the guide; what is recorded, and what stands open, stays as it is."""
        self._forget()
        self.changed.emit()

    @property
    def active(self) -> bool:
        """Whether a bag is being guided."""
        return self.purpose is not None

    @property
    def target(self) -> str:
        """The door to fill, once it was asked for."""
        return self.cell if self.purpose is CellPurpose.DEPOSIT and self.ordered else ""

    def other(self) -> None:
        """Propose the next free door. Raises AppError while the present one stands open, or when there is none."""
        if self.purpose is not CellPurpose.DEPOSIT:
            raise AppError("lockers.guide.other.none")
        if self.is_open():
            raise AppError("lockers.guide.other.open", cell=self.cell)
        names = [one.cell for one in free_cells(self.banks, self.cell.rpartition("-")[0])]
        place = names.index(self.cell) + 1 if self.cell in names else 0
        following = names[place % len(names)] if names else ""
        if following in ("", self.cell):
            raise AppError("lockers.guide.other.none")
        self.cell, self.ordered, self._shut_at = following, False, None
        self.show(self.banks)

    def choose(self, custodian: str, second: str) -> None:
        """The two persons at the door."""
        if (custodian, second) != (self.custodian, self.second):
            self.custodian, self.second = custodian, second
            self.changed.emit()

    # ------------------------------------------------------------ what is known

    def show(self, banks: tuple[BankView, ...]) -> None:
        """The doors as the station knows them now; a door that was shut again has its tags read."""
        self.banks = banks
        order, door = self.order(), self.door()
        self.ordered = self.ordered or order is not None
        shut = order is not None and order.outcome is Door.OPEN and door is not None
        if shut and door is not None and door.door is Door.CLOSED:
            if self._shut_at != door.since:
                self._shut_at = door.since
                self._listen()
        else:
            self._shut_at = None
        self.changed.emit()

    def _seen(self) -> None:
        if self.active:
            self.changed.emit()

    def _cells(self) -> list[CellView]:
        return [cell for bank in self.banks for cell in bank.cells]

    def _order_of(self, cell: CellView) -> Opening | None:
        found = cell.opening
        return found if found and (found.bag, found.purpose) == (self.bag, self.purpose) else None

    def door(self) -> CellView | None:
        """The door in hand."""
        return next((one for one in self._cells() if one.cell == self.cell), None)

    def order(self) -> Opening | None:
        """The order to open the door in hand for this bag, as recorded."""
        door = self.door()
        return self._order_of(door) if door is not None and self.active else None

    def reader(self) -> str:
        """The reader of the bank in hand."""
        return next((bank.reader for bank in self.banks for one in bank.cells if one.cell == self.cell), "")

    def is_open(self) -> bool:
        """Whether the contact says that the door in hand stands open."""
        door = self.door()
        return door is not None and door.door is Door.OPEN

    def reading(self) -> Reading | None:
        """The reading that was taken since the door was shut."""
        found = self._sight.readings.get(self.reader())
        return (
            found if found is not None and self._shut_at is not None and found.at >= self._shut_at else None
        )

    # ------------------------------------------------------------ steps

    def steps(self) -> tuple[Told, ...]:
        """Every step as it stands; the first that is not done is the one in hand."""
        if self.purpose is None:
            return ()
        told: list[Told] = []
        for step in STEPS[self.purpose]:
            before = all(one.stand is Stand.DONE for one in told)
            found = self._told(step)
            waits = found.stand is not Stand.DONE and not before
            told.append(Told(step, Stand.WAITING) if waits else found)
        return tuple(told)

    def now(self) -> Step | None:
        """The step in hand; None when all is done."""
        return next((one.step for one in self.steps() if one.stand is not Stand.DONE), None)

    def _told(self, step: Step) -> Told:
        match step:
            case Step.PEOPLE:
                return self._people()
            case Step.TAG:
                good = Stand.DONE if self.tag else Stand.NOW
                return Told(step, good, "lockers.guide.tag", {"tag": f"…{self.tag[-4:]}"})
            case Step.WEIGHT:
                return self._weight()
            case Step.OPEN:
                return self._opened()
            case Step.SHUT:
                return self._shut()
            case Step.READ:
                return self._read()
            case Step.CONFIRM:
                return Told(step, Stand.DONE if self.taken else Stand.NOW)
            case Step.COUNT:
                return Told(step, Stand.NOW, "lockers.guide.count")

    def _people(self) -> Told:
        chosen = [one for one in (self.custodian, self.second) if one]
        good = len(set(chosen)) == 2
        who = " + ".join(self.names.get(one, one) for one in chosen)
        code = "lockers.guide.people" if good else "lockers.inspect.two"
        return Told(Step.PEOPLE, Stand.DONE if good else Stand.NOW, code, {"who": who})

    def _weight(self) -> Told:
        if self.seal and self.grams is not None:
            told = {"seal": self.seal, "weight": grams(self.grams)}
            return Told(Step.WEIGHT, Stand.DONE, "lockers.guide.weight", told)
        return Told(Step.WEIGHT, Stand.NOW, "lockers.guide.weight.missing")

    def _opened(self) -> Told:
        order = self.order()
        if self.taken:
            return Told(Step.OPEN, Stand.DONE)
        if order is None:
            code = "lockers.guide.open.sent" if self.ordered else ""
            return Told(Step.OPEN, Stand.NOW, code or ("" if self.cell else "lockers.guide.full"))
        if order.outcome is None:
            return Told(Step.OPEN, Stand.NOW, "lockers.guide.open.sent", at=order.at)
        if order.outcome is Door.OPEN:
            return Told(Step.OPEN, Stand.DONE, at=order.at)
        stand = Stand.UNKNOWN if order.outcome is Door.UNKNOWN else Stand.FAILED
        code = order.failure or f"lockers.guide.open.{order.outcome}"
        return Told(Step.OPEN, stand, code, {"device": self._lock()}, at=order.at)

    def _lock(self) -> str:
        return next((bank.device for bank in self.banks for one in bank.cells if one.cell == self.cell), "")

    def _shut(self) -> Told:
        door, order = self.door(), self.order()
        if self.taken:
            return Told(Step.SHUT, Stand.DONE)
        if order is None or order.outcome is not Door.OPEN:
            return Told(Step.SHUT, Stand.WAITING)
        if door is None or door.door is Door.UNKNOWN:
            return Told(Step.SHUT, Stand.UNKNOWN, "lockers.guide.shut.unknown")
        if door.door is Door.OPEN:
            return Told(Step.SHUT, Stand.NOW, "lockers.guide.shut.open", at=door.since)
        return Told(Step.SHUT, Stand.DONE, "lockers.guide.shut.told", at=door.since)

    def _read(self) -> Told:
        found = self.reading()
        if self.taken:
            return Told(Step.READ, Stand.DONE)
        if found is None:
            return Told(Step.READ, Stand.NOW, "lockers.guide.read.now", {"reader": self.reader()})
        if found.error is not None:
            return Told(Step.READ, Stand.UNKNOWN, found.error.code, found.error.values, found.at)
        seen = self._sight.tag(self.reader(), self.tag) is Tag.SEEN
        inward = self.purpose is CellPurpose.DEPOSIT
        code = f"lockers.guide.read.{'seen' if seen else 'missed'}"
        good = Stand.DONE if seen is inward else Stand.FAILED
        return Told(Step.READ, good, code if good is Stand.DONE else f"{code}.bad", at=found.at)

    # ------------------------------------------------------------ acting

    def _listen(self) -> None:
        self._sight.read(self.reader(), (self.tag,))

    def act(self) -> None:
        """Do what the step in hand asks for. Raises AppError for what has to be done at the door or before."""
        match self.now():
            case Step.PEOPLE:
                same = bool(self.custodian) and self.custodian == self.second
                raise AppError("lockers.inspect.same" if same else "lockers.inspect.two")
            case Step.TAG | Step.WEIGHT:
                self._context.go("steps", self.stay, "bag")
            case Step.OPEN:
                self._open()
            case Step.SHUT:
                raise AppError("lockers.guide.shut-first", cell=self.cell)
            case Step.READ:
                self._listen()
            case Step.CONFIRM:
                self._confirm()
            case Step.COUNT:
                self._context.go("steps", self.stay, "recount")
            case None:
                return

    def _open(self) -> None:
        if not self.cell:
            raise AppError("lockers.guide.full")
        assert self.purpose is not None
        command = c.OpenCell(
            stay=self.stay,
            cell=self.cell,
            purpose=self.purpose,
            bag=self.bag,
            custodian=self.custodian,
            second=self.second,
        )
        self._submit(command, self._ordered)

    def _confirm(self) -> None:
        reading = self.reading()
        if self.purpose is CellPurpose.RETURN:
            take = c.TakeBag(
                stay=self.stay, bag=self.bag, cell=self.cell, custodian=self.custodian, second=self.second
            )
            self._submit(take, self._taken)
            return
        assert reading is not None
        store = c.StoreBag(
            stay=self.stay,
            bag=self.bag,
            cell=self.cell,
            custodian=self.custodian,
            second=self.second,
            read_back=Source(how=How.DEVICE, device=self.reader(), read_at=reading.at),
        )
        self._submit(store, self._stored)

    def _submit(self, command: c.OpenCell | c.StoreBag | c.TakeBag, saved: Callable[[], None]) -> None:
        bag = self.bag

        def mine(told: Callable[[], None]) -> None:
            if self.bag == bag:
                told()
                self.changed.emit()

        def turned_down(refused: m.Refused) -> None:
            mine(lambda: self.refused.emit(refused))

        people = (self.custodian, self.second)
        self._context.submit(command, lambda _: mine(saved), turned_down, seconds=people)

    def _ordered(self) -> None:
        self.ordered = True

    def _stored(self) -> None:
        cell = self.cell
        self._forget()
        self.done.emit("lockers.guide.stored", cell)

    def _taken(self) -> None:
        self.taken = True
        self.done.emit("lockers.guide.taken", self.cell)
