"""Finding a person, number, tag or cell among what is in the centre now."""

from __future__ import annotations

import msgspec

from workstation.custody.house import House

MOST = 50


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: stay, bag, band, cell. `key`: what to open."""

    kind: str
    key: str
    stay: str
    text: str


def find(house: House, text: str) -> tuple[Found, ...]:
    """Hits whose number, name, document number, tag, seal or cell contains `text`; exact ones first."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    hits: list[tuple[bool, Found]] = []

    def offer(value: str, found: Found) -> None:
        if value and wanted in value.casefold():
            hits.append((value.casefold() != wanted, found))

    for stay in house.open_stays:
        name = stay.identity.name if stay.identity else ""
        shown = f"{stay.number} {name}".strip()
        person = Found(kind="stay", key=stay.stay, stay=stay.stay, text=shown)
        for value in (stay.number, name, stay.identity.id_number if stay.identity else ""):
            offer(value, person)
        offer(stay.band, Found(kind="band", key=stay.band, stay=stay.stay, text=shown))
    for stay, bag in house.bags.values():
        for value in (bag.bag, bag.tag, bag.seal):
            offer(value, Found(kind="bag", key=bag.bag, stay=stay.stay, text=f"{bag.bag} {stay.number}"))
    for cell in house.centre.cells:
        holder = house.cell_bags.get(cell)
        offer(cell, Found(kind="cell", key=cell, stay=holder[0].stay if holder else "", text=cell))
    unique = dict.fromkeys(found for _, found in sorted(hits, key=lambda hit: hit[0]))
    return tuple(unique)[:MOST]
