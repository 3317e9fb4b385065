"""Barcode scanners on a serial line or USB-CDC: one code a line, ended by CR or by CR LF, nothing asked.

`[]cm] text CR [LF]`: the optional three characters in front name the symbology (AIM, ISO/IEC 15424), as `]C1` for
GS1-128. The line has no checksum, so that only whole lines of printable ASCII count. GS (1D) parts the elements of
a GS1 code and is no character of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

BAUD = 9600
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
IDLE_S = 0.05
CALM_S = 0.5
MOST = 512
CR, LF, GS = 0x0D, 0x0A, 0x1D

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")


class Ends(StrEnum):
    """How a scanner is set to end a line. With `cr` a line feed behind it does no harm."""

    CR = "cr"
    CRLF = "crlf"


class Trouble(StrEnum):
    """Why a line is no code."""

    BYTES = "bytes"  # a byte that no code holds
    LONG = "long"  # more than `MOST` bytes
    ENDING = "ending"  # a CR without LF where both are set
    CUT = "cut"  # it stopped before its end, or is the rest of a line that did
    EMPTY = "empty"  # nothing but its end, or nothing behind the symbology


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """What was scanned. `symbology`: the AIM characters, or empty; `parts`: what stood between GS characters.

    Not shown by `repr`: what people scan may be personal.
    """

    symbology: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, without GS."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no code, with the number of its bytes."""

    why: Trouble
    count: int


def line(text: str, ends: Ends = Ends.CR, symbology: str = "") -> bytes:
    """The bytes of a scan, as a scanner sends them; used by simulators."""
    return (symbology + text).encode("ascii") + (b"\r" if ends is Ends.CR else b"\r\n")


class LineParser:
    """Bytes from a scanner, at their moments in monotonic seconds. It never raises and keeps `MOST` bytes at most.

    A line that stops for 50 ms is broken. What follows it within half a second is the rest of it: the tail of a
    code must not pass for a code.
    """

    def __init__(self, ends: Ends = Ends.CR, *, idle_s: float = IDLE_S, calm_s: float = CALM_S) -> None:
        self._ends, self._idle_s, self._calm_s = ends, idle_s, calm_s
        self._line = bytearray()
        self._count = 0
        self._why: Trouble | None = None
        self._tail = False
        self._after_cr = False
        self._last = 0.0

    def feed(self, data: bytes, now: float) -> list[Code | Broken]:
        """Codes and broken lines that `data` completes, in order.

        A gap before `data` is no cut: it may be that of a busy reader. Only `idle` tells that the line was silent.
        """
        out: list[Code | Broken] = []
        for byte in data:
            self._last = now
            done = self._take(byte)
            if done is not None:
                out.append(done)
        return out

    def idle(self, now: float) -> list[Broken]:
        """Nothing had come until `now`: the broken line that this ends, if it does."""
        out: list[Broken] = []
        if self._open() and now >= self._last + self._idle_s:
            out.append(self._broken(self._why or Trouble.CUT))
            self._tail = True
        if self._tail and now >= self._last + self._calm_s:
            self._tail = self._after_cr = False
        return out

    def left(self, now: float) -> float | None:
        """Seconds of silence until `idle` has something to say, or None while it has nothing."""
        if self._open():
            return max(0.0, self._last + self._idle_s - now)
        return max(0.0, self._last + self._calm_s - now) if self._tail else None

    def forget(self) -> None:
        """Drop what is pending: the line was closed."""
        self._start()
        self._tail = self._after_cr = False

    def _open(self) -> bool:
        """Whether a line has begun and not ended."""
        return self._count > 0

    def _start(self) -> None:
        self._line.clear()
        self._count, self._why = 0, None

    def _take(self, byte: int) -> Code | Broken | None:
        if self._ends is Ends.CRLF:
            waiting, self._after_cr = self._after_cr, byte == CR
            if waiting and byte == LF:
                self._count += 1
                return self._end()
            if waiting:
                self._why = self._why or Trouble.ENDING
            self._count += 1
            if byte != CR:
                self._keep(byte)
            return None
        behind, self._after_cr = self._after_cr, byte == CR
        if behind and byte == LF:
            return None
        self._count += 1
        if byte == CR:
            return self._end()
        self._keep(byte)
        return None

    def _keep(self, byte: int) -> None:
        if not (0x20 <= byte <= 0x7E or byte == GS):
            self._why = self._why or Trouble.BYTES
        elif len(self._line) == MOST:
            self._why = self._why or Trouble.LONG
        if self._why is None:
            self._line.append(byte)
        else:
            self._line.clear()

    def _end(self) -> Code | Broken:
        tail, self._tail = self._tail, False
        if self._why is not None or tail:
            return self._broken(self._why or Trouble.CUT)
        said = self._line.decode("ascii")
        match = _AIM.match(said)
        symbology = match.group() if match else ""
        parts = tuple(said[len(symbology) :].strip(chr(GS)).split(chr(GS)))
        if not "".join(parts).strip():
            return self._broken(Trouble.EMPTY)
        self._start()
        return Code(symbology, parts)

    def _broken(self, why: Trouble) -> Broken:
        count = self._count
        self._start()
        return Broken(why, count)
