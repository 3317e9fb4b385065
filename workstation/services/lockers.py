"""The lockers as a screen draws them: door by door, what lies in, what the contact says, what was asked of the lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from workstation.custody.effects import Bag, Intent
from workstation.custody.house import Bank, Cell, House, cells_of
from workstation.custody.stay import Stay
from workstation.custody.values import CellPurpose, Destination
from workstation.readings import Door, Level

replace = msgspec.structs.replace


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """The newest order to open a door, as long as what it was for is not done.

    `outcome`: what the contact said after the lock was pulsed, None while that is awaited; `failure`: catalogue code.
    """

    purpose: CellPurpose
    stay: str
    stay_number: str
    name: str
    bag: str
    at: datetime
    outcome: Door | None = None
    failure: str = ""


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """One door. `use`: empty, holding, out-of-service; `door`: closed, open, unknown, with since when.

    `forced`: opened without an intent. `items`: number of things in the bag, never their names. `leaving`: the outcome
    of the stay is approved or the stay is over, so that the bag is to be given back; `blind`: it is to be counted
    before anybody sees what is in it, so that its weight and its number of things are left out here.
    """

    cell: str
    number: int
    use: str
    door: Door
    since: datetime | None
    forced: bool
    stay: str = ""
    stay_number: str = ""
    name: str = ""
    bag: str = ""
    tag: str = ""
    seal: str = ""
    grams: int | None = None
    items: int = 0
    stored_at: datetime | None = None
    leaving: bool = False
    blind: bool = False
    opening: Opening | None = None


class BankView(msgspec.Struct, frozen=True, kw_only=True):
    """One bank of doors in the order of their numbers; how its lock and its reader are doing, as recorded."""

    bank: str
    name_zh: str
    name_en: str
    device: str
    reader: str
    cells: tuple[CellView, ...]
    scale: str = ""
    lock_level: Level = Level.UNKNOWN
    reader_level: Level = Level.UNKNOWN


class WaitingBag(msgspec.Struct, frozen=True, kw_only=True):
    """A filled bag that lies in no locker yet; `grams` is None until it was weighed, `filled_at`: since when."""

    stay: str
    stay_number: str
    name: str
    bag: str
    tag: str
    seal: str
    grams: int | None
    filled_at: datetime | None


def banks_of(house: House) -> tuple[BankView, ...]:
    """Every bank of the centre."""
    return tuple(_bank(house, bank) for bank in sorted(house.centre.banks.values(), key=lambda one: one.bank))


def layout_of(house: House) -> tuple[BankView, ...]:
    """Every bank as it is declared, with nothing of what is known of doors, bags or persons."""
    return tuple(
        replace(
            bank,
            cells=tuple(
                CellView(
                    cell=cell.cell,
                    number=cell.number,
                    use="out-of-service" if cell.use == "out-of-service" else "empty",
                    door=Door.UNKNOWN,
                    since=None,
                    forced=False,
                )
                for cell in bank.cells
            ),
        )
        for bank in banks_of(house)
    )


def waiting_of(house: House) -> tuple[WaitingBag, ...]:
    """Bags with personal things in them that are still to be put into a locker, oldest first."""
    found = [_waiting(stay, bag) for stay in house.open_stays for bag in _to_store(stay)]
    return tuple(sorted(found, key=lambda one: (one.filled_at is None, one.filled_at, one.bag)))


def _to_store(stay: Stay) -> Iterable[Bag]:
    for bag in stay.effects.bags:
        items = [stay.effects.item(name) for name in bag.items]
        kept = any(one is not None and one.destination is not Destination.WITH_PERSON for one in items)
        if kept and not bag.cell and not any(hand.what == "taken" for hand in bag.hands):
            yield bag


def _waiting(stay: Stay, bag: Bag) -> WaitingBag:
    return WaitingBag(
        stay=stay.stay,
        stay_number=stay.number,
        name=stay.identity.name if stay.identity else "",
        bag=bag.bag,
        tag=bag.tag,
        seal=bag.seal,
        grams=bag.grams,
        filled_at=next((hand.at for hand in reversed(bag.hands) if hand.what == "filled"), None),
    )


def _bank(house: House, bank: Bank) -> BankView:
    devices = house.centre.devices
    return BankView(
        bank=bank.bank,
        name_zh=bank.name_zh,
        name_en=bank.name_en,
        device=bank.device,
        reader=bank.reader,
        scale=bank.scale,
        cells=tuple(_cell(house, house.centre.cells[name]) for name in cells_of(bank.bank, bank.doors)),
        lock_level=devices[bank.device].level if bank.device in devices else Level.UNKNOWN,
        reader_level=devices[bank.reader].level if bank.reader in devices else Level.UNKNOWN,
    )


def _cell(house: House, cell: Cell) -> CellView:
    found = house.cell_bags.get(cell.cell)
    view = CellView(
        cell=cell.cell,
        number=cell.door,
        use="holding" if found else "empty" if cell.in_service else "out-of-service",
        door=cell.state,
        since=cell.since,
        forced=cell.forced,
        opening=_opening(house, cell),
    )
    if found is None:
        return view
    stay, bag = found
    stored = [hand.at for hand in bag.hands if hand.what == "stored"]
    decided = stay.ground.decided
    leaving = stay.ended or (decided is not None and decided.approved)
    blind = leaving and stay.effects.count is None
    return replace(
        view,
        stay=stay.stay,
        stay_number=stay.number,
        name=stay.identity.name if stay.identity else "",
        bag=bag.bag,
        tag=bag.tag,
        seal=bag.seal,
        grams=None if blind else bag.grams,
        items=0 if blind else len(bag.items),
        stored_at=stored[-1] if stored else None,
        leaving=leaving,
        blind=blind,
    )


def _opening(house: House, cell: Cell) -> Opening | None:
    newest = house.centre.intents.get(cell.cell)
    stay = house.stay(newest.stay) if newest is not None else None
    if newest is None or stay is None:
        return None
    intent = next((one for one in stay.effects.intents if one.command == newest.command), None)
    if intent is None or _done(stay, intent, cell):
        return None
    return Opening(
        purpose=CellPurpose(intent.purpose),
        stay=stay.stay,
        stay_number=stay.number,
        name=stay.identity.name if stay.identity else "",
        bag=intent.bag,
        at=intent.at,
        outcome=Door(intent.outcome) if intent.outcome else None,
        failure=intent.failure,
    )


def _done(stay: Stay, intent: Intent, cell: Cell) -> bool:
    """Whether what the door was opened for is over: stored, taken, or shut again after somebody looked."""
    bag = stay.effects.bag(intent.bag)
    last = [one for one in stay.effects.intents if one.bag == intent.bag]
    if last and last[-1].command != intent.command:
        return True  # another door was asked for this bag afterwards
    match CellPurpose(intent.purpose):
        case CellPurpose.DEPOSIT:
            return stay.ended or bag is None or bool(bag.cell)
        case CellPurpose.RETURN:
            return bag is None or bag.cell != cell.cell
        case CellPurpose.INSPECT:
            return bool(intent.outcome) and cell.state is not Door.OPEN
