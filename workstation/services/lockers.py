"""The lockers as a screen draws them: door by door, what lies in, what the contact says."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.house import Cell, House, cells_of
from workstation.readings import Door


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """One door. `use`: empty, holding, out-of-service; `door`: closed, open, unknown, with since when.

    `forced`: opened without an intent. `items`: number of things in the bag, never their names.
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


class BankView(msgspec.Struct, frozen=True, kw_only=True):
    """One bank of doors in the order of their numbers."""

    bank: str
    name_zh: str
    name_en: str
    device: str
    reader: str
    cells: tuple[CellView, ...]


def banks_of(house: House) -> tuple[BankView, ...]:
    """Every bank of the centre."""
    return tuple(
        BankView(
            bank=bank.bank,
            name_zh=bank.name_zh,
            name_en=bank.name_en,
            device=bank.device,
            reader=bank.reader,
            cells=tuple(_cell(house, house.centre.cells[name]) for name in cells_of(bank.bank, bank.doors)),
        )
        for bank in sorted(house.centre.banks.values(), key=lambda one: one.bank)
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
    )
    if found is None:
        return view
    stay, bag = found
    stored = [hand.at for hand in bag.hands if hand.what == "stored"]
    return msgspec.structs.replace(
        view,
        stay=stay.stay,
        stay_number=stay.number,
        name=stay.identity.name if stay.identity else "",
        bag=bag.bag,
        tag=bag.tag,
        seal=bag.seal,
        grams=bag.grams,
        items=len(bag.items),
        stored_at=stored[-1] if stored else None,
    )
