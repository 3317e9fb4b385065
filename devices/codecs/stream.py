"""Cutting a stream of bytes into frames: what does not fit is dropped one byte at a time and told as junk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

FrameT = TypeVar("FrameT")


@dataclass(frozen=True, slots=True)
class Junk:
    """Bytes that belong to no frame that the manual describes."""

    data: bytes


class Verdict(Enum):
    """Why no frame could be cut at a place."""

    MORE = "more bytes are needed"
    BAD = "no frame begins here"


class Stream(Generic[FrameT]):
    """Feeds a cutter: `cut(buffer, at)` gives (length, frame), `MORE`, or `BAD`.

    A frame is accepted only whole and with a right checksum; after `BAD` exactly one byte is given up, so a
    true frame behind false bytes is always found. `limit` bounds the buffer whatever is fed.
    """

    def __init__(
        self, cut: Callable[[bytearray, int], tuple[int, FrameT] | Verdict], heads: bytes, limit: int = 4096
    ) -> None:
        self._cut = cut
        self._heads = frozenset(heads)
        self._limit = limit
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[FrameT | Junk]:
        """Frames and junk that `data` completes, in order."""
        self._buffer += data
        return self._scan(final=len(self._buffer) > self._limit)

    def flush(self) -> list[FrameT | Junk]:
        """The line fell silent: what waits stays incomplete; find the frames in it, tell the rest."""
        return self._scan(final=True)

    def _scan(self, *, final: bool) -> list[FrameT | Junk]:
        out: list[FrameT | Junk] = []
        buffer, at, bad = self._buffer, 0, 0
        while at < len(buffer):
            verdict: tuple[int, FrameT] | Verdict = Verdict.BAD
            if buffer[at] in self._heads:
                verdict = self._cut(buffer, at)
            if isinstance(verdict, tuple):
                if bad < at:
                    out.append(Junk(bytes(buffer[bad:at])))
                at += verdict[0]
                bad = at
                out.append(verdict[1])
            elif verdict is Verdict.MORE and not final:
                break
            else:
                at += 1
        if bad < at:
            out.append(Junk(bytes(buffer[bad:at])))
        del buffer[:at]
        return out
