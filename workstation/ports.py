"""What the rules ask of the world outside: one protocol per kind of device.

Adapters in `devices` implement these; nothing in here knows bytes, lines or threads. Every method may raise a
`DeviceError`; after one, the state of the thing is unknown until it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from workstation.readings import (
    CardRead,
    Door,
    Health,
    RecordingState,
    RecordingSummary,
    ScanRead,
    Still,
    TagSeen,
    Weight,
    Zone,
)


class Device(Protocol):
    """What every device has."""

    @property
    def id(self) -> str: ...

    def health(self) -> Health: ...


class LockBank(Device, Protocol):
    """A bank of locker doors behind one or more lock boards. `door`: the number printed on the door, from 1."""

    def open_door(self, door: int) -> Door:
        """Pulse the lock once, never again by itself; return what the contact says afterwards."""
        ...

    def read_door(self, door: int) -> Door: ...

    def read_all(self) -> Mapping[int, Door]: ...


class TagReader(Device, Protocol):
    """A UHF reader at a place (a desk, a bank, a door)."""

    def present(self, *, rounds: int = 3) -> list[TagSeen]:
        """Tags seen at least twice in `rounds` polls, strongest first."""
        ...


class Scale(Device, Protocol):
    """A bench scale."""

    def weigh(self, *, timeout_s: float = 5.0) -> Weight:
        """Wait for a stable weight; an unstable one is returned with `stable=False`, never as stable."""
        ...


class CardReader(Device, Protocol):
    """An identity-card reader."""

    def read(self) -> CardRead | None:
        """The card on the reader, or None when none is there."""
        ...


class Scanner(Device, Protocol):
    """A barcode scanner."""

    def scan(self, *, timeout_s: float = 5.0) -> ScanRead | None:
        """The next code within `timeout_s`, or None when nothing is scanned."""
        ...


class Camera(Device, Protocol):
    """A camera that shows a room or a desk."""

    def still(self, *, max_width: int = 1280, hidden: Sequence[Zone] = ()) -> Still:
        """The newest picture; `hidden`: parts that are left out of it."""
        ...


class Recorder(Protocol):
    """What records the cameras of rooms, at most one recording a room."""

    def start(self, room: str, camera: str, url: str) -> None:
        """Begin to record `camera`, found at `url`; returns before the first picture."""
        ...

    def stop(self, room: str) -> RecordingSummary:
        """End the recording of a room and close its files."""
        ...

    def state(self, room: str) -> RecordingState | None:
        """The room's present or last recording; None when there was none."""
        ...
