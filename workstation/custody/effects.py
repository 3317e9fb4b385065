"""Effects and case property: items, bags, cells, hands, blind count, settlements. Grams and fen are whole."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import CountLine, Destination, Disposition, Source

replace = msgspec.structs.replace


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an item, and who received it."""

    disposition: Disposition
    basis: str
    receiver: str
    second: str
    at: datetime
    actor: str


class Seizure(msgspec.Struct, frozen=True, kw_only=True):
    """An item taken as case property."""

    basis: str
    list_number: str
    emergency: bool
    at: datetime


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One listed item. `fen` is None until cash was counted."""

    item: str
    name: str
    features: str
    quantity: int
    unit: str
    destination: Destination
    grams: int | None
    photo: str
    source: Source
    at: datetime
    fen: int | None = None
    counters: tuple[str, ...] = ()
    denominations: str = ""
    seizure: Seizure | None = None
    settled: Settled | None = None


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a bag's chain of hands."""

    what: str  # filled, sealed, weighed, stored, taken
    cell: str
    custodian: str
    second: str
    at: datetime
    entry: str


class Bag(msgspec.Struct, frozen=True, kw_only=True):
    """One bag. `cell` is empty while it is in nobody's locker; `grams` is the last weight before storing."""

    bag: str
    tag: str
    items: tuple[str, ...]
    seal: str = ""
    sealed_at: datetime | None = None
    grams: int | None = None
    weighed: Source | None = None
    cell: str = ""
    read_back: Source | None = None
    hands: tuple[Hand, ...] = ()


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """A door that was asked for; `outcome` is the contact's word, or empty while it is awaited."""

    command: str
    cell: str
    purpose: str
    bag: str
    at: datetime
    outcome: str = ""
    failure: str = ""


class BlindCount(msgspec.Struct, frozen=True, kw_only=True):
    """A count typed before the list was shown."""

    lines: tuple[CountLine, ...]
    fen: int
    grams: int | None
    source: Source
    at: datetime


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """Items, bags and doors of one stay."""

    items: tuple[Item, ...] = ()
    bags: tuple[Bag, ...] = ()
    intents: tuple[Intent, ...] = ()
    counts: tuple[BlindCount, ...] = ()
    weight_explained: str = ""

    def item(self, name: str) -> Item | None:
        return next((one for one in self.items if one.item == name), None)

    def bag(self, name: str) -> Bag | None:
        return next((one for one in self.bags if one.bag == name), None)

    @property
    def stored(self) -> tuple[Bag, ...]:
        """Bags that lie in a cell now."""
        return tuple(one for one in self.bags if one.cell)

    @property
    def count(self) -> BlindCount | None:
        """The first count before the list was shown; a second one never replaces it."""
        return self.counts[0] if self.counts else None

    @property
    def unsettled(self) -> tuple[Item, ...]:
        """Items that still have to be returned, transferred, retained, seized or declared missing."""
        return tuple(
            one
            for one in self.items
            if one.settled is None and one.seizure is None and one.destination is not Destination.WITH_PERSON
        )


EVENTS = (
    e.ItemListed,
    e.CashCounted,
    e.ItemSeized,
    e.BagFilled,
    e.BagSealed,
    e.BagWeighed,
    e.CellOpenIntended,
    e.CellOpened,
    e.BagStored,
    e.BagTaken,
    e.PropertyCountedBlind,
    e.WeightExplained,
    e.ItemSettled,
)


def step(held: Property, recorded: Recorded) -> Property:
    """Property after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.ItemListed() as event:
            listed = Item(
                item=event.item,
                name=event.name,
                features=event.features,
                quantity=event.quantity,
                unit=event.unit,
                destination=event.destination,
                grams=event.grams,
                photo=event.photo,
                source=event.source,
                at=at,
            )
            others = tuple(one for one in held.items if one.item != event.item)
            return replace(held, items=(*others, listed))
        case e.CashCounted() as event:
            return _on_item(
                held,
                event.item,
                fen=event.fen,
                counters=event.counters,
                denominations=event.denominations,
            )
        case e.ItemSeized() as event:
            seizure = Seizure(
                basis=event.basis, list_number=event.list_number, emergency=event.emergency, at=at
            )
            return _on_item(held, event.item, seizure=seizure, destination=Destination.CASE_PROPERTY)
        case e.ItemSettled() as event:
            settled = Settled(
                disposition=event.disposition,
                basis=event.basis,
                receiver=event.receiver,
                second=event.second,
                at=at,
                actor=recorded.actor,
            )
            return _on_item(held, event.item, settled=settled)
        case e.BagFilled() as event:
            others_ = tuple(one for one in held.bags if one.bag != event.bag)
            before = held.bag(event.bag)
            filled = Bag(
                bag=event.bag, tag=event.tag, items=event.items, hands=before.hands if before else ()
            )
            return _on_bag(replace(held, bags=(*others_, filled)), event.bag, "filled", recorded)
        case e.BagSealed() as event:
            return _on_bag(held, event.bag, "sealed", recorded, seal=event.seal, sealed_at=at)
        case e.BagWeighed() as event:
            return _on_bag(held, event.bag, "weighed", recorded, grams=event.grams, weighed=event.source)
        case e.BagStored() as event:
            return _on_bag(
                held,
                event.bag,
                "stored",
                recorded,
                people=(event.custodian, event.second),
                cell=event.cell,
                read_back=event.read_back,
            )
        case e.BagTaken() as event:
            return _on_bag(
                held, event.bag, "taken", recorded, people=(event.custodian, event.second), cell=""
            )
        case e.CellOpenIntended() as event:
            intent = Intent(
                command=recorded.command,
                cell=event.cell,
                purpose=event.purpose.value,
                bag=event.bag,
                at=at,
            )
            return replace(held, intents=(*held.intents, intent))
        case e.CellOpened() as event:
            return replace(
                held,
                intents=tuple(
                    replace(one, outcome=event.state.value, failure=event.failure)
                    if one.command == event.intent
                    else one
                    for one in held.intents
                ),
            )
        case e.PropertyCountedBlind() as event:
            count = BlindCount(
                lines=event.lines, fen=event.fen, grams=event.grams, source=event.source, at=at
            )
            return replace(held, counts=(*held.counts, count))
        case e.WeightExplained() as event:
            return replace(held, weight_explained=event.explanation)
        case _:
            return held


def _on_item(held: Property, name: str, **changes: object) -> Property:
    return replace(
        held, items=tuple(replace(one, **changes) if one.item == name else one for one in held.items)
    )


def _on_bag(
    held: Property,
    name: str,
    what: str,
    recorded: Recorded,
    *,
    people: tuple[str, str] = ("", ""),
    **changes: object,
) -> Property:
    cell = str(changes.get("cell", ""))
    bags = []
    for one in held.bags:
        if one.bag == name:
            hand = Hand(
                what=what,
                cell=cell or one.cell,
                custodian=people[0] or recorded.actor,
                second=people[1],
                at=recorded.happened_at,
                entry=recorded.entry,
            )
            one = replace(one, hands=(*one.hands, hand), **changes)
        bags.append(one)
    return replace(held, bags=tuple(bags))
