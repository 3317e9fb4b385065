"""Electronic locker boards with `8A/80/81` heads: 9600 8N1, RS-485, five bytes, BCC = XOR of those before.

Command `head board lock func BCC`; func 11 opens, 33 reads. The state byte 11 or 00 means what the lock's
feedback wiring makes it mean, so it is given here as it is. The failure answer to an open command is byte for
byte the command itself; whether a frame is an echo can therefore only be decided by whoever sent it.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.codecs.checksums import xor
from devices.codecs.stream import Junk, Stream, Verdict

OPEN, READ, CHANGED, CHANGED_ALT = 0x8A, 0x80, 0x81, 0x82
OPEN_ALL, OPEN_ALL_DONE = 0x9D, 0x9E
FUNC_OPEN, FUNC_READ = 0x11, 0x33
STATES = (0x00, 0x11)
BAUD = 9600


@dataclass(frozen=True, slots=True)
class LockFrame:
    """A five-byte frame as it stood on the wire. `state`: 00, 11, or 33 when a read command was echoed."""

    head: int
    board: int
    lock: int
    state: int

    @property
    def raw(self) -> bytes:
        """The frame's bytes."""
        return encode(self.head, self.board, self.lock, self.state)


@dataclass(frozen=True, slots=True)
class AllFrame:
    """Answer to read-all: one bit per lock, lock 1 first; a set bit is state 11, a clear one state 00."""

    board: int
    bits: tuple[bool, ...]

    @property
    def raw(self) -> bytes:
        """The frame's bytes."""
        return encode_all(self.board, self.bits)


Frame = LockFrame | AllFrame


def encode(head: int, board: int, lock: int, func: int) -> bytes:
    """A five-byte frame with its BCC."""
    body = bytes((head, board, lock, func))
    return body + bytes((xor(body),))


def open_lock(board: int, lock: int) -> bytes:
    """Pulse one lock (board 1-32, lock 1-48)."""
    return encode(OPEN, _board(board), _lock(lock), FUNC_OPEN)


def read_lock(board: int, lock: int) -> bytes:
    """Ask for the state of one lock."""
    return encode(READ, _board(board), _lock(lock), FUNC_READ)


def read_all(board: int) -> bytes:
    """Ask for the state of every lock of a board."""
    return encode(READ, _board(board), 0, FUNC_READ)


def encode_all(board: int, bits: tuple[bool, ...]) -> bytes:
    """A board's answer to read-all: highest group first, bit 0 is the lowest lock of its group."""
    groups = bytearray((len(bits) + 7) // 8)
    for index, bit in enumerate(bits):
        groups[index // 8] |= bit << (index % 8)
    body = bytes((READ, board)) + bytes(reversed(groups)) + bytes((FUNC_READ,))
    return body + bytes((xor(body),))


class AnswerParser:
    """Bytes from a board. A read-all answer begins like a five-byte frame: the asker says how long it is."""

    def __init__(self) -> None:
        self._groups = 0
        self._stream: Stream[Frame] = Stream(
            self._cut, bytes((OPEN, READ, CHANGED, CHANGED_ALT, OPEN_ALL_DONE)), limit=256
        )

    def expect(self, groups: int) -> None:
        """`groups` bytes of eight locks are awaited in the next read-all answer; 0 when none is."""
        self._groups = groups

    def feed(self, data: bytes) -> list[Frame | Junk]:
        return self._stream.feed(data)

    def flush(self) -> list[Frame | Junk]:
        return self._stream.flush()

    def _cut(self, buffer: bytearray, at: int) -> tuple[int, Frame] | Verdict:
        have, head = len(buffer) - at, buffer[at]
        if have < 2:
            return Verdict.MORE
        if not 1 <= buffer[at + 1] <= 32:
            return Verdict.BAD
        if head == READ and self._groups:
            size = self._groups + 4
            if have >= size:
                whole = buffer[at : at + size]
                # On one-group boards an echoed read-all command has the same shape: group byte 00, then 33.
                if whole[-2] == FUNC_READ and xor(whole) == 0 and not (size == 5 and whole[2] == 0):
                    return size, _all(whole)
            elif not (have >= 5 and buffer[at + 3] == FUNC_READ and xor(buffer[at : at + 5]) == 0):
                return Verdict.MORE
        if have < 5:
            return Verdict.MORE
        five = buffer[at : at + 5]
        if xor(five) or five[2] > 48 or five[3] not in (*STATES, FUNC_READ):
            return Verdict.BAD
        if five[3] == FUNC_READ and head != READ:
            return Verdict.BAD
        return 5, LockFrame(head, five[1], five[2], five[3])


class CommandParser:
    """Bytes from the host, as a board reads them."""

    def __init__(self) -> None:
        self._stream: Stream[LockFrame] = Stream(self._cut, bytes((OPEN, READ, OPEN_ALL)), limit=256)

    def feed(self, data: bytes) -> list[LockFrame | Junk]:
        return self._stream.feed(data)

    def flush(self) -> list[LockFrame | Junk]:
        return self._stream.flush()

    @staticmethod
    def _cut(buffer: bytearray, at: int) -> tuple[int, LockFrame] | Verdict:
        if len(buffer) - at < 5:
            return Verdict.MORE
        five = buffer[at : at + 5]
        if xor(five) or five[3] not in (FUNC_OPEN, FUNC_READ, 0x99):
            return Verdict.BAD
        return 5, LockFrame(*five[:4])


def _all(whole: bytearray) -> AllFrame:
    bits: list[bool] = []
    for group in reversed(whole[2:-2]):
        bits += [bool(group >> bit & 1) for bit in range(8)]
    return AllFrame(whole[1], tuple(bits))


def _board(board: int) -> int:
    if not 1 <= board <= 32:
        raise ValueError(f"board {board} is not between 1 and 32")
    return board


def _lock(lock: int) -> int:
    if not 1 <= lock <= 48:
        raise ValueError(f"lock {lock} is not between 1 and 48")
    return lock
