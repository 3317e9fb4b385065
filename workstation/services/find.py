"""Finding a person, number, tag, cell, item or case among what is in the centre now."""

from __future__ import annotations

import msgspec

from workstation.custody.house import House
from workstation.custody.stay import Stay
from workstation.services.pinyin import matches_initials

MOST = 50


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: stay, bag, band, cell, item, case. `key`: what to open."""

    kind: str
    key: str
    stay: str
    text: str


class _Hits:
    """Gathers hits; exact ones stand first."""

    def __init__(self, wanted: str, exact: bool) -> None:
        self._wanted, self._exact = wanted, exact
        self._found: list[tuple[bool, Found]] = []

    def offer(self, value: str, found: Found, *, said: bool = False) -> None:
        """Take `found` when `value` is what is wanted, or has it in it; `said`: pinyin initials count too."""
        folded = value.casefold()
        if not value:
            return
        if folded == self._wanted:
            self._found.append((False, found))
        elif not self._exact and (self._wanted in folded or (said and matches_initials(value, self._wanted))):
            self._found.append((True, found))

    def all(self) -> tuple[Found, ...]:
        ordered = (found for _, found in sorted(self._found, key=lambda hit: hit[0]))
        return tuple(dict.fromkeys(ordered))[:MOST]


def find(house: House, text: str, *, exact: bool = False) -> tuple[Found, ...]:
    """Hits whose number, name, document number, tag, seal, cell, item or case contains `text`; exact ones first.

    Names, items and cases are found by the initials of their pinyin too. `exact`: only what is `text` as a whole,
    as for a scan. Items of who is about to leave are left out until they were counted blind.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    hits = _Hits(wanted, exact)
    for stay in house.open_stays:
        _person(hits, stay)
        _things(hits, stay)
    for stay, bag in house.bags.values():
        for value in (bag.bag, bag.tag, bag.seal):
            hits.offer(value, Found(kind="bag", key=bag.bag, stay=stay.stay, text=f"{bag.bag} {stay.number}"))
    for cell in house.centre.cells:
        holder = house.cell_bags.get(cell)
        hits.offer(cell, Found(kind="cell", key=cell, stay=holder[0].stay if holder else "", text=cell))
    return hits.all()


def _person(hits: _Hits, stay: Stay) -> None:
    name = stay.identity.name if stay.identity else ""
    shown = f"{stay.number} {name}".strip()
    person = Found(kind="stay", key=stay.stay, stay=stay.stay, text=shown)
    hits.offer(stay.number, person)
    hits.offer(name, person, said=True)
    hits.offer(stay.identity.id_number if stay.identity else "", person)
    hits.offer(stay.band, Found(kind="band", key=stay.band, stay=stay.stay, text=shown))


def _things(hits: _Hits, stay: Stay) -> None:
    case = stay.case
    if case is not None:
        shown = f"{case.case_number} {case.cause} · {stay.number}".strip()
        found = Found(kind="case", key=case.case_number, stay=stay.stay, text=shown)
        hits.offer(case.case_number, found)
        hits.offer(case.cause, found, said=True)
    if stay.outcome is not None and stay.effects.count is None:
        return  # nobody learns by a search what the blind count has to find
    for item in stay.effects.items:
        shown = f"{item.name} · {stay.number}"
        hits.offer(item.name, Found(kind="item", key=item.item, stay=stay.stay, text=shown), said=True)
