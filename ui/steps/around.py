"""What the forms look at beside the stay: the staff and the lockers, newest first asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from workstation.services.lockers import BankView
from workstation.station import messages as m


class Around(QObject):
    """`staff` and `banks` as last answered. Signal: `changed`."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.staff: tuple[m.StaffRow, ...] = ()
        self.banks: tuple[BankView, ...] = ()

    def begin(self) -> None:
        """Another person is taken in hand: the lockers are asked for again, the staff once."""
        if not self.staff:
            self._ask_staff()
        self._ask_lockers()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        if "lockers" in notice.topics:
            self._ask_lockers()
        if "centre" in notice.topics:
            self._ask_staff()

    def cells(self) -> dict[str, str]:
        """Every cell in words."""
        pick = self._context.words.pick
        return {
            cell.cell: f"{pick(bank.name_zh, bank.name_en or bank.bank)} {cell.number:02d}"
            for bank in self.banks
            for cell in bank.cells
        }

    def _ask_staff(self) -> None:
        self._context.link.ask(m.GetStaff(), self._take_staff)

    def _ask_lockers(self) -> None:
        self._context.link.ask(m.GetLockers(), self._take_lockers, lambda _: None)

    def _take_staff(self, reply: m.StaffReply) -> None:
        self.staff = reply.staff
        self.changed.emit()

    def _take_lockers(self, reply: m.LockersReply) -> None:
        self.banks = reply.banks
        self.changed.emit()
