"""The simulated world: doors on springs, bags with tags, a scale's pan, cards on a reader, codes before a scanner.

Time comes from the clock that is passed in and state is worked out when asked, so virtual time works too.
Every method is safe from any thread. Acts that the real world forbids (putting a bag through a closed door)
raise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from workstation.clock import Clock
from workstation.errors import AppError

SETTLE_S = 0.4  # how long a scale's pan swings after a change
MOST_CODE = 1000  # characters of a code that a scanner can read


class WorldError(AppError):
    """The act is impossible in the simulated world as it stands."""


@dataclass
class SimDoor:
    """One locker door: a pulse lets the spring push it open, a hand closes it. A jammed one stays closed."""

    open: bool = False
    jammed: bool = False


@dataclass
class SimBag:
    """A bag with its tag. `place`: a desk id, `cell:<bank device>:<number>`, or empty while carried."""

    epc: str
    grams: int
    place: str = ""
    rssi: int = -48


@dataclass
class SimPan:
    """The pan of a scale: what lies on it besides bags, and when it last changed."""

    place: str
    extra_grams: int = 0
    changed: float = -1000.0
    swinging: bool = False


@dataclass
class SimPad:
    """A card reader's pad. `fresh`: the card has not been read since it was presented."""

    card: str = ""
    text: bytes = b""
    photo: bytes = b""
    fresh: bool = False
    broken: bool = False


@dataclass
class World:
    """All of it. Doors are keyed by (lock device, door number), pans and pads by their device."""

    clock: Clock
    doors: dict[tuple[str, int], SimDoor] = field(default_factory=dict)
    bags: dict[str, SimBag] = field(default_factory=dict)
    pans: dict[str, SimPan] = field(default_factory=dict)
    pads: dict[str, SimPad] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)  # tag reader → desk id, or `bank:<lock device>`
    scanned: dict[str, str] = field(default_factory=dict)  # scanner → the code it read last

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._door_listeners: list[Callable[[str, int, bool], None]] = []
        self._scan_listeners: list[Callable[[str, str, str], None]] = []

    def on_door(self, listener: Callable[[str, int, bool], None]) -> None:
        """Be told (device, door, open) when a door moves, from the thread that moved it."""
        self._door_listeners.append(listener)

    def on_scan(self, listener: Callable[[str, str, str], None]) -> None:
        """Be told (device, code, symbology) when a code is held before a scanner."""
        self._scan_listeners.append(listener)

    def scan_code(self, device: str, code: str, symbology: str = "") -> None:
        """Hold a code before a scanner, which reads it at once. `symbology`: sent in front, as `]C1`, or empty."""
        with self._lock:
            if device not in self.scanned:
                raise WorldError("device.sim.no-device", device=device)
            if not code or len(code) > MOST_CODE or not (code + symbology).isascii():
                raise WorldError("device.sim.no-code", most=MOST_CODE)
            self.scanned[device] = code
        for listener in list(self._scan_listeners):
            listener(device, code, symbology)

    def pulse(self, device: str, door: int) -> bool:
        """The lock is pulsed; returns whether the door is open afterwards."""
        with self._lock:
            found = self._door(device, door)
            moved = not found.open and not found.jammed
            found.open = found.open or moved
            state = found.open
        if moved:
            self._tell(device, door, state)
        return state

    def is_open(self, device: str, door: int) -> bool:
        with self._lock:
            return self._door(device, door).open

    def close_door(self, device: str, door: int) -> None:
        self._move(device, door, opened=False)

    def force_door(self, device: str, door: int) -> None:
        """Somebody pries the door open without a pulse."""
        self._move(device, door, opened=True)

    def jam_door(self, device: str, door: int, *, jammed: bool = True) -> None:
        with self._lock:
            self._door(device, door).jammed = jammed

    def put_bag(self, epc: str, place: str, *, grams: int | None = None) -> None:
        """Lay a bag on a desk, into an open cell (`cell:<lock device>:<number>`), or take it up (empty
        place)."""
        with self._lock:
            bag = self.bags.get(epc)
            if bag is None:
                if grams is None:
                    raise WorldError("device.sim.no-bag", epc=epc)
                bag = self.bags[epc] = SimBag(epc=epc, grams=grams)
            if grams is not None:
                bag.grams = grams
            for reached in (bag.place, place):
                cell = _cell(reached)
                if cell is not None and not self._door(*cell).open:
                    raise WorldError("device.sim.door-closed", door=cell[1])
                if reached and cell is None and reached not in self._desks():
                    raise WorldError("device.sim.no-place", place=reached)
            old, bag.place = bag.place, place
            for pan in self.pans.values():
                if pan.place in (old, place):
                    pan.changed = self.clock.monotonic()

    def take_bag(self, epc: str) -> None:
        self.put_bag(epc, "")

    def set_weight(self, device: str, grams: int) -> None:
        """What lies on the pan besides bags, in grams."""
        with self._lock:
            pan = self._pan(device)
            pan.extra_grams = grams
            pan.changed = self.clock.monotonic()

    def swing(self, device: str, *, swinging: bool = True) -> None:
        """Keep the pan from settling, or let it settle."""
        with self._lock:
            pan = self._pan(device)
            pan.swinging = swinging
            pan.changed = self.clock.monotonic()

    def weight(self, device: str) -> tuple[int, bool]:
        """Grams on the pan and whether it has settled."""
        with self._lock:
            pan = self._pan(device)
            grams = pan.extra_grams + sum(bag.grams for bag in self.bags.values() if bag.place == pan.place)
            stable = not pan.swinging and self.clock.monotonic() - pan.changed >= SETTLE_S
            return grams, stable

    def tags(self, reader: str) -> list[SimBag]:
        """Bags whose tags a reader can hear: those on its desk, or in its bank's cells behind closed
        doors."""
        with self._lock:
            where = self.fields.get(reader)
            if where is None:
                raise WorldError("device.sim.no-device", device=reader)
            heard = []
            for bag in self.bags.values():
                cell = _cell(bag.place)
                if cell is None:
                    near = bool(bag.place) and bag.place == where
                else:
                    near = where == f"bank:{cell[0]}" and not self._door(*cell).open
                if near:
                    heard.append(bag)
            return sorted(heard, key=lambda bag: bag.epc)

    def present_card(self, device: str, card: str, text: bytes, photo: bytes) -> None:
        """Lay a card on a reader's pad; a card that lies there is taken away first."""
        with self._lock:
            pad = self._pad(device)
            pad.card, pad.text, pad.photo, pad.fresh = card, text, photo, True

    def remove_card(self, device: str) -> None:
        with self._lock:
            pad = self._pad(device)
            pad.card, pad.text, pad.photo, pad.fresh = "", b"", b"", False

    def pad(self, device: str) -> SimPad:
        with self._lock:
            return self._pad(device)

    def state(self) -> dict[str, object]:
        """What stands where, for a screen or a test."""
        with self._lock:
            return {
                "open": [f"{device}:{door}" for (device, door), found in self.doors.items() if found.open],
                "bags": {bag.epc: bag.place for bag in self.bags.values()},
                "weights": {device: list(self.weight(device)) for device in self.pans},
                "cards": {device: pad.card for device, pad in self.pads.items()},
                "scanned": dict(self.scanned),
                "jammed": [
                    f"{device}:{door}" for (device, door), found in self.doors.items() if found.jammed
                ],
                "swinging": [device for device, pan in self.pans.items() if pan.swinging],
            }

    def desks(self) -> list[str]:
        """Places on which something can be laid, besides cells."""
        with self._lock:
            return sorted(self._desks())

    def _move(self, device: str, door: int, *, opened: bool) -> None:
        with self._lock:
            found = self._door(device, door)
            moved, found.open = found.open != opened, opened
        if moved:
            self._tell(device, door, opened)

    def _tell(self, device: str, door: int, opened: bool) -> None:
        for listener in list(self._door_listeners):
            listener(device, door, opened)

    def _door(self, device: str, door: int) -> SimDoor:
        found = self.doors.get((device, door))
        if found is None:
            raise WorldError("device.sim.no-door", device=device, door=door)
        return found

    def _pan(self, device: str) -> SimPan:
        if device not in self.pans:
            raise WorldError("device.sim.no-device", device=device)
        return self.pans[device]

    def _pad(self, device: str) -> SimPad:
        if device not in self.pads:
            raise WorldError("device.sim.no-device", device=device)
        return self.pads[device]

    def _desks(self) -> set[str]:
        return {pan.place for pan in self.pans.values()} | {
            where for where in self.fields.values() if not where.startswith("bank:")
        }


def _cell(place: str) -> tuple[str, int] | None:
    """Lock device and door number of a place inside a bank."""
    head, _, rest = place.partition(":")
    device, _, number = rest.rpartition(":")
    return (device, int(number)) if head == "cell" and device and number.isdecimal() else None
