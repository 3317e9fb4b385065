"""What the locker map shows: the banks as the station knows them, the door in hand, what lies in it and its chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.lockers.guide import Guide
from ui.lockers.sight import Sight
from workstation.custody import commands as c
from workstation.custody.effects import Hand, Item
from workstation.custody.values import CellPurpose
from workstation.errors import AppError
from workstation.readings import Door
from workstation.services.lockers import BankView, CellView, WaitingBag
from workstation.station import messages as m

SETTLE_MS = 150


class LockersPresenter(QObject):
    """`changed` after new banks or a new choice, `seen` after a reading of tags, `troubled` when reading failed."""

    changed = Signal()
    seen = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sight = Sight(context, self)
        self.guide = Guide(context, self.sight, self)
        self.banks: tuple[BankView, ...] = ()
        self.waiting: tuple[WaitingBag, ...] = ()
        self.bank = ""
        self.cell = ""
        self.staff: tuple[m.StaffRow, ...] = ()
        self.hands: tuple[Hand, ...] = ()
        self.items: tuple[Item, ...] = ()
        self.photos: dict[str, bytes] = {}
        self.names: Mapping[str, str] = {}
        self.read = False
        self.error: AppError | None = None
        self._asking = False
        self._stale = False
        self._held = ("", "", -1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.sight.changed.connect(self.seen)

    # ------------------------------------------------------------ reading

    def refresh(self) -> None:
        """Ask for the lockers soon; several calls become one question."""
        if self._asking:
            self._stale = True
        elif not self._settle.isActive():
            self._settle.start()

    def notice(self, notice: m.Notice) -> None:
        """Entries, doors or the layout changed, or a reader told of a tag."""
        self.sight.take(notice)
        if notice.stays or notice.doors or {"lockers", "centre", "devices"} & set(notice.topics):
            self.refresh()

    def list_staff(self) -> None:
        """Ask who may be the second person."""
        self._context.link.ask(m.GetStaff(), self._staff_came, self._failed)

    def look(self) -> None:
        """Ask the reader of the bank shown what it sees."""
        bank = self.current_bank()
        if bank is not None:
            self.sight.read(bank.reader, [one.tag for one in bank.cells if one.tag])

    def _may(self, read: str) -> bool:
        session = self._context.link.session
        return session is not None and read in session.reads

    def _ask(self) -> None:
        self._asking, self._stale = True, False
        self._context.link.ask(m.GetLockers(), self._came, self._failed)

    def _came(self, reply: m.LockersReply) -> None:
        moved = self._moved(reply.banks)
        self._asking, self.read, self.error = False, True, None
        self.banks, self.waiting = reply.banks, reply.waiting
        if self.current_bank() is None:
            self.bank = self.banks[0].bank if self.banks else ""
        bank = self.current_bank()
        if bank is not None and self.current_cell() is None and bank.cells:
            self.cell = next((one.cell for one in bank.cells if one.use == "holding"), bank.cells[0].cell)
        self._ask_held(reply.position)
        for reader in moved:
            self.sight.forget(reader)
        self.guide.show(self.banks)
        self.changed.emit()
        if moved:
            self.look()
        if self._stale:
            self.refresh()

    def _moved(self, banks: tuple[BankView, ...]) -> list[str]:
        """Readers of banks in which a door or a bag moved since they were shown."""
        before = {bank.bank: _stand(bank) for bank in self.banks}
        return [bank.reader for bank in banks if _stand(bank) != before.get(bank.bank)]

    def _staff_came(self, reply: m.StaffReply) -> None:
        self.staff = tuple(row for row in reply.staff if row.active)
        self.guide.names = {row.id: row.name for row in reply.staff}
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        self._asking = False
        self.error = error
        self.troubled.emit(error)

    def _ask_held(self, position: int = -1) -> None:
        """Things and chain of hands of the bag behind the door in hand."""
        cell = self.current_cell()
        wanted = (cell.stay, cell.bag, position) if cell is not None else ("", "", -1)
        if wanted == self._held:
            return
        if wanted[:2] != self._held[:2]:
            self.hands, self.items = (), ()
        self._held = wanted
        if cell is None or not cell.stay or not self._may("read-stay"):
            return
        stay, bag = cell.stay, cell.bag
        self._context.link.ask(
            m.GetStay(stay=stay, purpose="lockers"),
            lambda reply: self._held_came(stay, bag, reply),
            self._failed,
        )

    def _held_came(self, stay: str, bag: str, reply: m.StayReply) -> None:
        if self._held[:2] != (stay, bag):
            return
        effects = reply.facts.effects
        found = effects.bag(bag)
        self.hands = found.hands if found is not None else ()
        named = found.items if found is not None else ()
        self.items = tuple(one for one in effects.items if one.item in named)
        self.names = reply.names
        for one in self.items:
            self._ask_photo(one.photo)
        self.changed.emit()

    def _ask_photo(self, media: str) -> None:
        if media and media not in self.photos and self._may("read-media"):
            self.photos[media] = b""
            self._context.link.ask(
                m.GetMedia(media=media, purpose="lockers"),
                lambda reply: self._photo_came(media, reply),
                lambda _: None,
            )

    def _photo_came(self, media: str, reply: m.MediaReply) -> None:
        self.photos[media] = reply.content
        self.changed.emit()

    # ------------------------------------------------------------ what is shown

    def choose_bank(self, bank: str) -> None:
        """Show another bank."""
        if bank != self.bank:
            self.bank, self.cell = bank, ""
            shown = self.current_bank()
            if shown is not None and shown.cells:
                self.cell = shown.cells[0].cell
            self._ask_held(self._held[2])
            self.look()
            self.changed.emit()

    def choose_cell(self, cell: str) -> bool:
        """Take a door in hand, its bank is shown; returns whether there is such a door."""
        bank = next((one.bank for one in self.banks for door in one.cells if door.cell == cell), "")
        if not bank:
            return False
        moved, self.bank, self.cell = bank != self.bank, bank, cell
        self._ask_held(self._held[2])
        if moved:
            self.look()
        self.changed.emit()
        return True

    def cell_of(self, stay: str) -> str:
        """The first door behind which something of a stay lies, or an empty string."""
        return next((door.cell for bank in self.banks for door in bank.cells if door.stay == stay), "")

    def current_bank(self) -> BankView | None:
        """The bank shown."""
        return next((bank for bank in self.banks if bank.bank == self.bank), None)

    def current_cell(self) -> CellView | None:
        """The door in hand."""
        return next((door for bank in self.banks for door in bank.cells if door.cell == self.cell), None)

    def leaving(self) -> tuple[CellView, ...]:
        """Doors whose bag is to be given back."""
        return tuple(door for bank in self.banks for door in bank.cells if door.leaving and door.stay)

    # ------------------------------------------------------------ acting

    def by_tag(self, tag: str) -> bool:
        """A bag was scanned: its door is taken in hand, or its way into a locker begins; False for any other tag."""
        stored = next(
            (door for bank in self.banks for door in bank.cells if door.tag == tag and door.tag), None
        )
        if stored is not None:
            return self.choose_cell(stored.cell)
        waits = next((one for one in self.waiting if one.tag == tag), None)
        if waits is None:
            return False
        self.begin(waits.bag)
        return True

    def begin(self, bag: str) -> None:
        """Guide a bag: into a locker when it waits for one, out of it when it is to be given back."""
        waits = next((one for one in self.waiting if one.bag == bag), None)
        if waits is not None:
            self.guide.deposit(waits, self.bank)
        else:
            held = next((one for one in self.leaving() if one.bag == bag), None)
            if held is not None:
                self.guide.give_back(held)
        self.choose_cell(self.guide.cell)

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

    def secure(
        self,
        sent: str,
        state: str,
        seen: str,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Record who was sent to the door in hand, and why, in the stay whose property lies there.

        `state`: how the door stands, in words; `seen`: what else is known. Raises AppError for what is missing.
        """
        cell, w = self.current_cell(), self._context.words
        if cell is None or not cell.stay:
            raise AppError("lockers.secure.empty")
        if not sent:
            raise AppError("lockers.secure.who")
        name = next((f"{row.name} {row.number}" for row in self.staff if row.id == sent), sent)
        text = w("lockers.secure.text", cell=cell.cell, state=state, name=name)
        note = c.AddNote(stay=cell.stay, text=f"{text} {seen.strip()}".strip())
        self._context.submit(note, lambda _: saved(), refused, report=True)


def _stand(bank: BankView) -> tuple[tuple[Door, str], ...]:
    """How the doors and bags of a bank stand: what a reader hears depends on it."""
    return tuple((cell.door, cell.tag) for cell in bank.cells)
