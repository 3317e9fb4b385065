"""What the locker map shows: the banks as the station knows them, the door in hand, and the chain of its bag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.custody import commands as c
from workstation.custody.effects import Hand
from workstation.custody.values import CellPurpose
from workstation.errors import AppError
from workstation.readings import Door
from workstation.services.lockers import BankView, CellView
from workstation.station import messages as m

SETTLE_MS = 150
TOO_LONG = timedelta(seconds=60)
"""How long a door may stand open before it is shown as open too long (a design value, not law)."""


class LockersPresenter(QObject):
    """`changed` after new banks or a new choice, `troubled` when reading failed."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.banks: tuple[BankView, ...] = ()
        self.bank = ""
        self.cell = ""
        self.staff: tuple[m.StaffRow, ...] = ()
        self.hands: tuple[Hand, ...] = ()
        self.names: Mapping[str, str] = {}
        self.read = False
        self.error: AppError | None = None
        self._asking = False
        self._stale = False
        self._hands_of = ("", "", -1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)

    # ------------------------------------------------------------ reading

    def refresh(self) -> None:
        """Ask for the lockers soon; several calls become one question."""
        if self._asking:
            self._stale = True
        elif not self._settle.isActive():
            self._settle.start()

    def notice(self, notice: m.Notice) -> None:
        """Entries, doors or the layout changed."""
        if notice.stays or notice.doors or {"lockers", "centre", "devices"} & set(notice.topics):
            self.refresh()

    def list_staff(self) -> None:
        """Ask who may be the second person."""
        self._context.link.ask(m.GetStaff(), self._staff_came, self._failed)

    def _ask(self) -> None:
        self._asking, self._stale = True, False
        self._context.link.ask(m.GetLockers(), self._came, self._failed)

    def _came(self, reply: m.LockersReply) -> None:
        self._asking, self.read, self.error = False, True, None
        self.banks = reply.banks
        if self.current_bank() is None:
            self.bank = self.banks[0].bank if self.banks else ""
        bank = self.current_bank()
        if bank is not None and self.current_cell() is None:
            self.cell = next((one.cell for one in bank.cells if one.use == "holding"), bank.cells[0].cell)
        self._ask_hands(reply.position)
        self.changed.emit()
        if self._stale:
            self.refresh()

    def _staff_came(self, reply: m.StaffReply) -> None:
        self.staff = tuple(row for row in reply.staff if row.active)
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        self._asking = False
        self.error = error
        self.troubled.emit(error)

    def _ask_hands(self, position: int = -1) -> None:
        """The chain of hands of the bag behind the door in hand."""
        cell = self.current_cell()
        wanted = (cell.stay, cell.bag, position) if cell is not None else ("", "", -1)
        if wanted == self._hands_of:
            return
        if wanted[:2] != self._hands_of[:2]:
            self.hands = ()
        self._hands_of = wanted
        session = self._context.link.session
        if cell is None or not cell.stay or (session is not None and "read-stay" not in session.reads):
            return
        stay, bag = cell.stay, cell.bag
        self._context.link.ask(
            m.GetStay(stay=stay, purpose="lockers"),
            lambda reply: self._hands_came(stay, bag, reply),
            self._failed,
        )

    def _hands_came(self, stay: str, bag: str, reply: m.StayReply) -> None:
        if self._hands_of[:2] != (stay, bag):
            return
        found = reply.facts.effects.bag(bag)
        self.hands = found.hands if found is not None else ()
        self.names = reply.names
        self.changed.emit()

    # ------------------------------------------------------------ what is shown

    def choose_bank(self, bank: str) -> None:
        """Show another bank."""
        if bank != self.bank:
            self.bank, self.cell = bank, ""
            self._ask_hands()
            self.changed.emit()

    def choose_cell(self, cell: str) -> None:
        """Take a door in hand; its bank is shown."""
        bank = next((one.bank for one in self.banks for door in one.cells if door.cell == cell), "")
        if bank:
            self.bank, self.cell = bank, cell
            self._ask_hands(self._hands_of[2])
            self.changed.emit()

    def cell_of(self, stay: str) -> str:
        """The first door behind which something of a stay lies, or an empty string."""
        return next((door.cell for bank in self.banks for door in bank.cells if door.stay == stay), "")

    def current_bank(self) -> BankView | None:
        """The bank shown."""
        return next((bank for bank in self.banks if bank.bank == self.bank), None)

    def current_cell(self) -> CellView | None:
        """The door in hand."""
        return next((door for bank in self.banks for door in bank.cells if door.cell == self.cell), None)

    def open_for(self, cell: CellView, now: datetime) -> timedelta | None:
        """How long a door has been open; None when it is not."""
        return now - cell.since if cell.door is Door.OPEN and cell.since is not None else None

    # ------------------------------------------------------------ acting

    def inspect(
        self,
        custodian: str,
        second: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Open the door in hand for an inspection by two persons. Raises AppError for what is missing."""
        cell = self.current_cell()
        if cell is None or not cell.stay:
            raise AppError("lockers.inspect.empty")
        if not custodian or not second:
            raise AppError("lockers.inspect.two")
        if custodian == second:
            raise AppError("lockers.inspect.same")
        command = c.OpenCell(
            stay=cell.stay,
            cell=cell.cell,
            purpose=CellPurpose.INSPECT,
            bag=cell.bag,
            custodian=custodian,
            second=second,
        )
        self._context.submit(command, lambda _: saved(), refused, seconds=(custodian, second))
