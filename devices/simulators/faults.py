"""What a bad cable, a bad supply or a bad firmware does to bytes, on demand and repeatable by its seed."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What is done; `answer` faults touch one frame from the device, `request` faults what the host sent."""

    DROP_REQUEST = "drop-request"
    ECHO = "echo"  # the line sends the host's own bytes back first, as RS-485 adapters without control do
    SILENCE = "silence"  # half-open: the line is up, nothing ever comes
    DROP = "drop"
    DELAY = "delay"
    DRIBBLE = "dribble"  # one byte at a time
    CORRUPT = "corrupt"  # one bit
    WRONG_SUM = "wrong-sum"
    TRUNCATE = "truncate"
    DUPLICATE = "duplicate"
    STALE = "stale"  # the answer before instead of this one
    GARBAGE = "garbage"  # noise in front
    BABBLE = "babble"  # noise that nobody asked for, while the line is idle
    UNPLUG = "unplug"  # the plug is out for a while when a request comes


_REQUEST = (FaultKind.DROP_REQUEST, FaultKind.ECHO, FaultKind.SILENCE)
_ANSWER = tuple(
    kind
    for kind in FaultKind
    if kind not in (FaultKind.DROP_REQUEST, FaultKind.ECHO, FaultKind.BABBLE, FaultKind.UNPLUG)
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `match`: only frames that contain these bytes; `count`: how often, 0 for always; `ms`: how long
    an answer is late or a plug is out."""

    kind: FaultKind
    match: bytes = b""
    probability: float = 1.0
    count: int = 0
    ms: int = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to put on the wire after waiting `delay_s`."""

    delay_s: float
    data: bytes


class FaultStage:
    """Stands between a protocol head and its wire. Safe from any thread.

    Everything drawn by lot comes from `seed`: the same traffic meets the same faults.
    """

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self._random = random.Random(seed)
        self._faults: list[Fault] = []
        self._used: list[int] = []
        self._before = b""
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)
            self._used.append(0)

    def put(self, fault: Fault) -> None:
        """Let this be the only fault of its kind, not used yet."""
        with self._lock:
            self._take_out(fault.kind)
            self._faults.append(fault)
            self._used.append(0)

    def take_out(self, kind: FaultKind) -> None:
        """Let no fault of this kind stand."""
        with self._lock:
            self._take_out(kind)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
            self._used.clear()

    def begin(self, seed: int) -> None:
        """Begin the lots of a seed anew; what was used counts from nothing again."""
        with self._lock:
            self.seed, self._random = seed, random.Random(seed)
            self._used = [0] * len(self._faults)

    def standing(self) -> list[tuple[Fault, int]]:
        """Every fault that was put in, with how often it struck."""
        with self._lock:
            return list(zip(self._faults, self._used, strict=True))

    def stands(self, kind: FaultKind) -> bool:
        """Whether a fault of this kind may still strike."""
        return any(
            fault.kind is kind and (not fault.count or used < fault.count) for fault, used in self.standing()
        )

    def request(self, data: bytes) -> tuple[bytes, bytes]:
        """Bytes from the host: what the device gets, and what the line sends back by itself."""
        with self._lock:
            struck = self._struck(data, _REQUEST)
        echo = data if FaultKind.ECHO in struck else b""
        lost = FaultKind.DROP_REQUEST in struck or FaultKind.SILENCE in struck
        return b"" if lost else data, echo

    def cut(self, data: bytes) -> float:
        """For how many seconds the plug comes out now that `data` came from the host; 0 when it stays in."""
        with self._lock:
            struck = self._struck(data, (FaultKind.UNPLUG,))
        return struck[FaultKind.UNPLUG].ms / 1000 if struck else 0.0

    def idle(self) -> bytes:
        """Noise that the device makes of itself while nobody speaks, or nothing."""
        with self._lock:
            if not self._struck(b"", (FaultKind.BABBLE,)):
                return b""
            return self._random.randbytes(self._random.randrange(1, 12))

    def answer(self, frame: bytes) -> list[Piece]:
        """A frame from the device: what of it goes on the wire, when."""
        with self._lock:
            struck = self._struck(frame, _ANSWER)
            before, self._before = self._before, frame
            if FaultKind.DROP in struck or FaultKind.SILENCE in struck:
                return []
            if FaultKind.STALE in struck and before:
                frame = before
            if FaultKind.CORRUPT in struck:
                at = self._random.randrange(len(frame) * 8)
                frame = _xored(frame, at // 8, 1 << at % 8)
            if FaultKind.WRONG_SUM in struck:
                at = len(frame) - (2 if frame[:1] == b"\xbb" else 1)
                frame = _xored(frame, at, self._random.randrange(1, 256))
            if FaultKind.TRUNCATE in struck:
                frame = frame[: self._random.randrange(len(frame))]
            if FaultKind.DUPLICATE in struck:
                frame += frame
            if FaultKind.GARBAGE in struck:
                frame = self._random.randbytes(self._random.randrange(1, 12)) + frame
        if not frame:
            return []
        delay = struck[FaultKind.DELAY].ms / 1000 if FaultKind.DELAY in struck else 0.0
        if FaultKind.DRIBBLE in struck:
            pieces = [Piece(0.001, bytes((byte,))) for byte in frame]
            return [Piece(delay, b""), *pieces] if delay else pieces
        return [Piece(delay, frame)]

    def _take_out(self, kind: FaultKind) -> None:
        kept = [pair for pair in zip(self._faults, self._used, strict=True) if pair[0].kind is not kind]
        self._faults = [fault for fault, _ in kept]
        self._used = [used for _, used in kept]

    def _struck(self, data: bytes, kinds: tuple[FaultKind, ...]) -> dict[FaultKind, Fault]:
        struck = {}
        for index, fault in enumerate(self._faults):
            if fault.kind not in kinds or fault.match not in data:
                continue
            if fault.count and self._used[index] >= fault.count:
                continue
            if self._random.random() < fault.probability:
                self._used[index] += 1
                struck[fault.kind] = fault
        return struck


def _xored(frame: bytes, at: int, mask: int) -> bytes:
    return frame[:at] + bytes((frame[at] ^ mask,)) + frame[at + 1 :]
