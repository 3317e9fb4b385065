"""From readings to the record: what the devices of this workstation say, debounced, as reports and as notices.

A line's thread only puts its reading into a queue; one thread takes them out, so that no device ever waits for the
disk. Polls never become entries: only a change of a door, or of a device's health, does.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

import msgspec

from workstation.custody import commands as c
from workstation.custody.house import House
from workstation.errors import AppError, StoreError
from workstation.ids import command_id
from workstation.ledger.entry import ActorKind
from workstation.readings import CardRead, Door, DoorSeen, Health, ScanRead, TagSeen, Weight
from workstation.roles import Actor, Rank, Sex
from workstation.services.desk import Desk, SavedAs
from workstation.station.hub import Hub
from workstation.station.rack_port import Reading

log = logging.getLogger(__name__)

AGAIN_S = 1.0
MOST_WAITING = 10_000


def machine(device: str) -> Actor:
    """The actor of an entry that a device or the program itself makes."""
    return Actor(id=device, name=device, roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN)


def report(desk: Desk, command: c.Command | c.CentreCommand, device: str, kind: ActorKind) -> None:
    """Record what a device or the program says of itself; refusals of such reports are logged as bugs."""
    envelope = c.Envelope(id=command_id(), position=0, report=True, command=command)
    _record(desk, envelope, device, kind)


def _record(desk: Desk, envelope: c.Envelope, device: str, kind: ActorKind) -> None:
    answer = desk.submit(envelope, machine(device), actor_kind=kind)
    if not isinstance(answer, SavedAs):
        log.error("a report of %s was not recorded: %s", device, c.action_of(envelope.command))


class Unsaved:
    """Reports of devices that the store did not take, kept in order until it does.

    Each goes in under its first id and with the moment at which it happened, so that one that was saved after all
    is not recorded twice. What is waiting is lost with the process: the save lamp shows a fault all the while.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: deque[tuple[c.Envelope, str]] = deque()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def record(self, command: c.Command | c.CentreCommand, device: str, happened_at: datetime) -> None:
        """Record a report of a device, after those that are waiting."""
        envelope = c.Envelope(id=command_id(), position=0, report=True, command=command)
        if not self._waiting:
            try:
                _record(self._desk, envelope, device, ActorKind.DEVICE)
                return
            except StoreError:
                log.info("a report of %s is waiting for the store", device)
        self._waiting.append((msgspec.structs.replace(envelope, happened_at=happened_at), device))
        if len(self._waiting) > MOST_WAITING:
            log.error("a report of %s is given up: the store has not taken any for long", device)
            self._waiting.popleft()

    def again(self) -> None:
        """Try what is waiting, oldest first, until the store refuses."""
        while self._waiting:
            envelope, device = self._waiting[0]
            try:
                _record(self._desk, envelope, device, ActorKind.DEVICE)
            except StoreError:
                return
            except AppError as error:
                log.error("a reading could not be recorded: %s", error.code)
            self._waiting.popleft()


class Lines:
    """Takes readings from the rack's threads and turns changes into reports."""

    def __init__(self, desk: Desk, hub: Hub) -> None:
        self._desk = desk
        self._hub = hub
        self._unsaved = Unsaved(desk)
        self._queue: queue.SimpleQueue[Reading | None] = queue.SimpleQueue()
        self._doors: dict[str, Door] = {}
        self._levels: dict[str, tuple[str, str]] = {}
        self._thread = threading.Thread(target=self._run, name="station-lines", daemon=True)

    def take(self, reading: Reading) -> None:
        """Called by a line's thread; returns at once."""
        self._queue.put(reading)

    def start(self) -> None:
        """Begin to work the queue off. What the record knows already is not reported again."""
        house = self._desk.house()
        self._doors = {name: cell.state for name, cell in house.centre.cells.items()}
        self._levels = {
            name: (str(device.level), device.reason) for name, device in house.centre.devices.items()
        }
        self._thread.start()

    def stop(self) -> None:
        """End after what is queued."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            try:
                reading = self._queue.get(timeout=AGAIN_S if self._unsaved else None)
            except queue.Empty:
                self._unsaved.again()
                continue
            if reading is None:
                return
            try:
                self._handle(reading)
            except AppError as error:  # the state could not be read: the next reading finds it again
                log.error("a reading could not be taken in: %s", error.code)

    def _handle(self, reading: Reading) -> None:
        match reading:
            case DoorSeen():
                self._door(reading)
            case Health():
                self._health(reading)
            case TagSeen() | CardRead() | ScanRead() | Weight():
                self._hub.reading(reading)

    def _door(self, seen: DoorSeen) -> None:
        cell = cell_of(self._desk.house(), seen)
        if not cell or self._doors.get(cell) is seen.state:
            return
        self._doors[cell] = seen.state
        self._unsaved.record(c.ReportCellDoor(cell=cell, state=seen.state), seen.device, seen.at)
        self._hub.reading((cell, seen.state))
        self._hub.changed(topics=("lockers",))

    def _health(self, health: Health) -> None:
        told = (str(health.level), health.reason)
        if self._levels.get(health.device) == told:
            return
        self._levels[health.device] = told
        self._unsaved.record(
            c.ReportDeviceHealth(
                device=health.device, level=health.level, reason=health.reason, since=health.since
            ),
            health.device,
            health.since,
        )
        self._hub.changed(topics=("devices",))


def cell_of(house: House, seen: DoorSeen) -> str:
    """The cell behind a door of a lock device, or an empty string when no bank claims it."""
    device = house.centre.devices.get(seen.device)
    bank = next((one for one in house.centre.banks.values() if one.device == seen.device), None)
    if device is None or bank is None:
        return ""
    boards = [part.strip() for part in device.parameters.get("boards", "1").split(",")]
    if str(seen.board) not in boards:
        return ""
    number = boards.index(str(seen.board)) * int(device.parameters.get("doors_per_board", "24")) + seen.door
    return f"{bank.bank}-{number:02d}" if 1 <= number <= bank.doors else ""


class Intents:
    """Acts on intents after they are on disk: pulses the lock once and reports what came of it.

    Nothing is repeated; the officer presses again. `open_door(device, number)` pulses and tells what the contact
    says, or raises AppError.
    """

    def __init__(
        self, desk: Desk, open_door: Callable[[str, int], Door], now: Callable[[], datetime]
    ) -> None:
        self._now = now
        self._desk = desk
        self._open_door = open_door
        self._unsaved = Unsaved(desk)
        self._queue: queue.SimpleQueue[tuple[c.OpenCell, str] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="station-intents", daemon=True)

    def take(self, command: c.OpenCell, intent: str) -> None:
        """An intent was saved: act on it."""
        self._queue.put((command, intent))

    def start(self) -> None:
        """Begin to act."""
        self._thread.start()

    def stop(self) -> None:
        """End after the intent in hand."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=15)

    def _run(self) -> None:
        while True:
            try:
                taken = self._queue.get(timeout=AGAIN_S if self._unsaved else None)
            except queue.Empty:
                self._unsaved.again()
                continue
            if taken is None:
                return
            command, intent = taken
            state, failure, device = Door.UNKNOWN, "", "station"
            try:
                bank_id, number = command.cell.rsplit("-", 1)
                bank = self._desk.house().centre.banks[bank_id]
                device = bank.device
                state = self._open_door(bank.device, int(number))
            except AppError as error:
                failure = error.code
            outcome = c.ReportCellOpened(
                stay=command.stay, cell=command.cell, intent=intent, state=state, failure=failure
            )
            self._unsaved.record(outcome, device, self._now())
