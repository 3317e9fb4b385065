"""What the station asks of the rack of devices: the adapters behind the wires of this workstation.

The rack itself lives in the devices room, above this one; the command line makes it and passes it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from workstation import ports
from workstation.readings import CardRead, DoorSeen, Health, TagSeen, Weight

Reading = DoorSeen | TagSeen | Weight | CardRead | Health


class TraceLine(Protocol):
    """One transfer on a line, personal data masked."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def direction(self) -> str: ...
    @property
    def hex(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def ok(self) -> bool: ...


class LiveCamera(ports.Camera, Protocol):
    """A camera that keeps its newest picture."""

    def fps(self) -> float:
        """Pictures a second over the last fifty, 0 while none come."""
        ...


class Rack(Protocol):
    """All devices wired to this workstation."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def health(self) -> Sequence[Health]: ...
    def lock_bank(self, device: str) -> ports.LockBank: ...
    def tag_reader(self, device: str) -> ports.TagReader: ...
    def scale(self, device: str) -> ports.Scale: ...
    def card_reader(self, device: str) -> ports.CardReader: ...
    def camera(self, device: str) -> LiveCamera: ...
    def trace(self, device: str, since: int = 0) -> Sequence[TraceLine]: ...


class Declared(Protocol):
    """A device as the record declares it."""

    @property
    def device(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, str]: ...


MakeRack = Callable[[Sequence[Declared], Mapping[str, str], Callable[[Reading], None]], Rack]
"""Declared devices, ports by device id, and the callback for readings → a rack."""
