"""The hand that moves the simulated world: acts sent to a running simulator over its control port.

Knows the simulator's folder only, so that a practice screen can present cards and close doors without the
simulator being part of the program.
"""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import msgspec

from workstation.errors import DeviceError

ANSWER_S = 5.0


class Bag(msgspec.Struct, frozen=True, kw_only=True):
    """A bag. `place`: a desk, `cell:<lock device>:<number>`, or empty while somebody carries it."""

    name: str
    epc: str
    grams: int
    place: str


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """An identity card of a person who does not exist."""

    id: str
    name: str
    kind: str


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of a line. `count`: how often it strikes, 0 for always; `used`: how often it has."""

    kind: str
    probability: float
    count: int
    used: int
    ms: int


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """An act of a play. `error`: the code of why the world forbade it."""

    at_s: float
    zh: str
    en: str
    done: bool
    error: str


class Play(msgspec.Struct, frozen=True, kw_only=True):
    """A play that can be loaded."""

    id: str
    name_zh: str
    name_en: str


class Playing(msgspec.Struct, frozen=True, kw_only=True):
    """The player. `plays`: what can be loaded; `play` is empty while nothing is."""

    plays: tuple[Play, ...]
    play: str
    name_zh: str
    name_en: str
    seed: int
    speed: int
    running: bool
    played_s: float
    cues: tuple[Cue, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The simulated world as it stands. `doors`: lock device → how many; `open`, `jammed`: `device:number`;
    `weights`: scale → grams and whether at rest; `cards`: reader → card id or empty; `scanned`: scanner → the code
    it read last."""

    doors: dict[str, int]
    open: tuple[str, ...]
    jammed: tuple[str, ...]
    bags: tuple[Bag, ...]
    places: tuple[str, ...]
    weights: dict[str, tuple[int, bool]]
    swinging: tuple[str, ...]
    cards: dict[str, str]
    scanned: dict[str, str]
    deck: tuple[Deck, ...]
    plugged: dict[str, bool]
    covered: dict[str, bool]
    faults: dict[str, tuple[Fault, ...]]
    seeds: dict[str, int]
    playing: Playing


class PracticeWorld:
    """`home`: the folder given to the simulator. One connection per act; safe from any thread."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def running(self) -> bool:
        """Whether a simulator answers; one that was killed leaves its files behind."""
        try:
            self.act("state")
        except DeviceError:
            return False
        return True

    def ports(self) -> dict[str, str]:
        """Device id → address of every simulated device, plugged in or not; empty before a first simulator."""
        try:
            ports = json.loads((self._home / "ports.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(device): str(address) for device, address in ports.items()}

    def standing(self) -> Standing:
        """Everything as it stands; DeviceError when the simulator is absent or of another version."""
        try:
            return msgspec.convert(self.act("standing"), Standing)
        except msgspec.ValidationError as error:
            raise DeviceError("device.sim.absent") from error

    def act(self, act: str, **fields: str | int | float | bool) -> Any:
        """Carry out one act and return its result; DeviceError when the simulator is absent or refuses."""
        try:
            told = json.loads((self._home / "sim.json").read_text("utf-8"))
            token = (self._home / "sim.token").read_text("ascii")
            with socket.create_connection(("127.0.0.1", told["port"]), timeout=ANSWER_S) as line:
                line.sendall(json.dumps({"token": token, "act": act, **fields}).encode() + b"\n")
                answer = json.loads(line.makefile("rb").readline())
        except (OSError, ValueError, KeyError) as error:
            raise DeviceError("device.sim.absent") from error
        if not answer["ok"]:
            raise DeviceError(str(answer["error"]), **answer["values"])
        return answer.get("result")
