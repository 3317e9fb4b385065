"""The centre and every stay that is held in memory: what gates of several people and of lockers read.

`House.apply` shares everything that does not change. Indexes are made when first asked for and kept with the
value. Stays that ended more than a day ago are let go; `with_stay` puts one back for a late entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

import msgspec

from workstation.custody import events as e
from workstation.custody import stay as fold
from workstation.custody.effects import Bag
from workstation.custody.interview import Interview
from workstation.custody.recorded import Recorded
from workstation.custody.stay import Stay
from workstation.custody.values import RoomUse
from workstation.readings import Door, Level
from workstation.roles import Actor

KEPT = timedelta(days=1)

put = msgspec.structs.replace


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """One room of the centre; `capacity` counts persons held, not staff."""

    room: str
    name_zh: str
    name_en: str
    use: RoomUse
    capacity: int
    camera: str
    in_service: bool


class Bank(msgspec.Struct, frozen=True, kw_only=True):
    """A bank of locker doors, with the devices wired to it."""

    bank: str
    name_zh: str
    name_en: str
    device: str
    reader: str
    scale: str
    doors: int


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One locker. `state` is unknown until the contact has spoken."""

    cell: str
    bank: str
    door: int
    in_service: bool
    state: Door = Door.UNKNOWN
    forced: bool = False
    since: datetime | None = None


class CellIntent(msgspec.Struct, frozen=True, kw_only=True):
    """The newest intent to open a cell."""

    command: str
    stay: str
    at: datetime


class DeviceState(msgspec.Struct, frozen=True, kw_only=True):
    """A declared device and its last known health."""

    device: str
    type: str
    place: str
    parameters: Mapping[str, str]
    level: Level = Level.UNKNOWN
    reason: str = ""
    since: datetime | None = None


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff as enrolled; `number` is what they type to sign in."""

    actor: Actor
    number: str
    active: bool


class Centre(msgspec.Struct, frozen=True, kw_only=True):
    """Layout, devices, staff and pack of the centre, folded from its own entries."""

    name_zh: str = ""
    name_en: str = ""
    time_zone: str = "UTC"
    pack: str = ""
    bureau: str = ""
    pack_version: str = ""
    pack_hash: str = ""
    rooms: Mapping[str, Room] = {}
    banks: Mapping[str, Bank] = {}
    cells: Mapping[str, Cell] = {}
    intents: Mapping[str, CellIntent] = {}
    devices: Mapping[str, DeviceState] = {}
    staff: Mapping[str, Staff] = {}
    cards: Mapping[str, str] = {}  # card → staff id
    clock_offset_ms: int = 0
    unknown_kinds: frozenset[str] = frozenset()


def cells_of(bank: str, doors: int) -> tuple[str, ...]:
    """Names of the cells of a bank: `<bank>-<door as two digits>`."""
    return tuple(f"{bank}-{door:02d}" for door in range(1, doors + 1))


@dataclass(frozen=True, eq=False)
class House:
    """The centre with its stays. `seq` is the newest entry taken in."""

    centre: Centre = field(default_factory=Centre)
    stays: Mapping[str, Stay] = field(default_factory=dict)
    seq: int = -1

    @classmethod
    def empty(cls) -> House:
        return cls()

    def apply(self, recorded: Recorded) -> House:
        """The house after one more entry; entries that it has taken in already change nothing."""
        if recorded.seq <= self.seq:
            return self
        if not recorded.stay:
            return replace(self, centre=_centre(self.centre, recorded), seq=recorded.seq)
        centre = self.centre
        if isinstance(recorded.event, e.CellOpenIntended | e.CellOpened):
            centre = _centre(centre, recorded)
        before = self.stays.get(recorded.stay, _NOBODY)
        stays = {**self.stays, recorded.stay: fold.step(before, recorded)}
        if isinstance(recorded.event, e.StayBegun | e.Departed):
            stays = _recent(stays, recorded.recorded_at - KEPT, recorded.stay)
        return replace(self, centre=centre, stays=stays, seq=recorded.seq)

    def with_stay(self, stay: Stay) -> House:
        """The same house with a stay that was let go, for a late entry or a correction."""
        return replace(self, stays={**self.stays, stay.stay: stay})

    def stay(self, name: str) -> Stay | None:
        return self.stays.get(name)

    @cached_property
    def open_stays(self) -> tuple[Stay, ...]:
        """Stays that have not ended, in order of entry."""
        found = [one for one in self.stays.values() if one.presence.begun and not one.ended]
        return tuple(sorted(found, key=lambda one: (one.presence.entered_at or _LONG_AGO, one.stay)))

    @cached_property
    def occupancy(self) -> Mapping[str, tuple[Stay, ...]]:
        """Room → stays of the people who are in it."""
        found: dict[str, list[Stay]] = {}
        for one in self.open_stays:
            if one.room:
                found.setdefault(one.room, []).append(one)
        return {room: tuple(stays) for room, stays in found.items()}

    @cached_property
    def cell_bags(self) -> Mapping[str, tuple[Stay, Bag]]:
        """Cell → the bag that lies in it, also of stays that ended without taking it out."""
        return {bag.cell: (one, bag) for one in self.stays.values() for bag in one.effects.stored}

    @cached_property
    def bags(self) -> Mapping[str, tuple[Stay, Bag]]:
        """Bag → its stay, for bags of open stays and bags still in a locker."""
        return {
            bag.bag: (one, bag)
            for one in self.stays.values()
            for bag in one.effects.bags
            if not one.ended or bag.cell
        }

    @cached_property
    def tags(self) -> Mapping[str, tuple[Stay, Bag]]:
        """Tag of a bag → its stay and bag."""
        return {bag.tag: (stay, bag) for stay, bag in self.bags.values() if bag.tag}

    @cached_property
    def bands(self) -> Mapping[str, Stay]:
        """Band worn → stay."""
        return {one.band: one for one in self.open_stays if one.band}

    @cached_property
    def interviewing(self) -> Mapping[str, tuple[Stay, Interview]]:
        """Officer → the open interview that they are in."""
        return {
            officer: (one, talk)
            for one in self.open_stays
            if (talk := one.interviews.open) is not None
            for officer in talk.officers
        }

    @cached_property
    def by_id_number(self) -> Mapping[str, tuple[Stay, ...]]:
        """Number of the person's document → their open stays."""
        found: dict[str, list[Stay]] = {}
        for one in self.open_stays:
            if one.identity and one.identity.id_number:
                found.setdefault(one.identity.id_number, []).append(one)
        return {number: tuple(stays) for number, stays in found.items()}

    @cached_property
    def by_number(self) -> Mapping[str, Stay]:
        """Number of the stay (A-07) → stay; of two with the same number the later one."""
        return {one.number: one for one in self.stays.values() if one.number}

    def people_in(self, room: str, at: datetime, *, but: str = "") -> tuple[Stay, ...]:
        """Who was in `room` at the instant, by the room logs, leaving out the stay named `but`."""
        return tuple(
            one
            for one in self.stays.values()
            if one.stay != but
            and any(
                log.room == room and log.since <= at and (log.until is None or log.until > at)
                for log in one.presence.rooms
            )
        )

    def in_interview(self, officer: str, at: datetime) -> Stay | None:
        """The stay in whose interview the officer was at the instant, or None."""
        for one in self.stays.values():
            for talk in one.interviews.interviews:
                if officer in talk.officers and talk.opened <= at and (talk.ended is None or talk.ended > at):
                    return one
        return None


_NOBODY = Stay()
_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def of(entries: Iterable[Recorded]) -> House:
    """The house that `entries` (in the order of the record) make."""
    house = House.empty()
    for one in entries:
        house = house.apply(one)
    return house


def _recent(stays: Mapping[str, Stay], since: datetime, touched: str) -> dict[str, Stay]:
    """The stay just touched, open stays, those that ended lately, and those that still owe something: a bag in a
    locker, a duty or a warning that is open."""
    return {
        name: one
        for name, one in stays.items()
        if name == touched
        or not one.ended
        or (one.presence.ended_at or since) >= since
        or one.effects.stored
        or one.remarks.owing
    }


def _centre(centre: Centre, recorded: Recorded) -> Centre:
    at = recorded.happened_at
    match recorded.event:
        case e.CentreNamed() as event:
            return put(
                centre,
                name_zh=event.name_zh,
                name_en=event.name_en,
                time_zone=event.time_zone,
                pack=event.pack,
                bureau=event.bureau,
            )
        case e.RoomDeclared() as event:
            room = Room(
                room=event.room,
                name_zh=event.name_zh,
                name_en=event.name_en,
                use=event.use,
                capacity=event.capacity,
                camera=event.camera,
                in_service=event.in_service,
            )
            return put(centre, rooms={**centre.rooms, event.room: room})
        case e.BankDeclared() as event:
            return _bank(centre, event)
        case e.DeviceDeclared() as event:
            device = DeviceState(
                device=event.device, type=event.type, place=event.place, parameters=event.parameters
            )
            return put(centre, devices={**centre.devices, event.device: device})
        case e.DeviceHealthChanged() as event:
            known = centre.devices.get(event.device) or DeviceState(
                device=event.device, type="", place="", parameters={}
            )
            known = put(known, level=event.level, reason=event.reason, since=event.since)
            return put(centre, devices={**centre.devices, event.device: known})
        case e.StaffEnrolled() as event:
            actor = Actor(
                id=event.staff,
                name=event.name,
                roles=frozenset(event.roles),
                rank=event.rank,
                unit=event.unit,
                sex=event.sex,
            )
            staff = Staff(actor=actor, number=event.number, active=event.active)
            return put(centre, staff={**centre.staff, event.staff: staff})
        case e.CardBound() as event:
            return put(centre, cards={**centre.cards, event.card: event.staff})
        case e.CellDoorChanged() as event:
            return _door(centre, event.cell, event.state, event.forced, at)
        case e.CellOpened() as event:
            return _door(centre, event.cell, event.state, False, at)
        case e.CellOpenIntended() as event:
            intent = CellIntent(command=recorded.command, stay=recorded.stay, at=at)
            return put(centre, intents={**centre.intents, event.cell: intent})
        case e.ClockStepped() as event:
            return put(centre, clock_offset_ms=event.offset_ms)
        case e.PackInForce() as event:
            return put(centre, pack=event.pack, pack_version=event.version, pack_hash=event.hash)
        case e.Event():
            return centre
        case unknown:
            return put(centre, unknown_kinds=centre.unknown_kinds | {unknown.kind})


def _bank(centre: Centre, event: e.BankDeclared) -> Centre:
    bank = Bank(
        bank=event.bank,
        name_zh=event.name_zh,
        name_en=event.name_en,
        device=event.device,
        reader=event.reader,
        scale=event.scale,
        doors=event.doors,
    )
    cells = {name: cell for name, cell in centre.cells.items() if cell.bank != event.bank}
    for door, name in enumerate(cells_of(event.bank, event.doors), start=1):
        known = centre.cells.get(name) or Cell(cell=name, bank=event.bank, door=door, in_service=True)
        cells[name] = put(known, in_service=door not in event.out_of_service)
    return put(centre, banks={**centre.banks, event.bank: bank}, cells=cells)


def _door(centre: Centre, name: str, state: Door, forced: bool, at: datetime) -> Centre:
    cell = centre.cells.get(name)
    if cell is None:
        return centre
    return put(centre, cells={**centre.cells, name: put(cell, state=state, forced=forced, since=at)})
