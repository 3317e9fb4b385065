"""MT-SICS level 0 and 1 scales: ASCII lines ended by CR LF; 9600 8N1 or TCP.

Weight answer: `ID status value unit`, the value right aligned in ten characters, such as `S S     100.00 g`.
Unit and decimals come from the line and are never assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from devices.codecs.stream import Junk

BAUD = 9600
MAX_LINE = 80
_WEIGHT = re.compile(r"(S|SI|SR|SIR|T|TI) ([SDA]) {1,11}(-?\d{1,9}(?:\.\d{1,6})?) {1,3}([A-Za-z]{1,4})")
_REFUSED = re.compile(r"(S|SI|SR|SIR|T|TI|Z|ZI) ([I+\-L])")
_TEXT = re.compile(r'([A-Z@]\w{0,4}) A "([^"]{0,60})"')
_DONE = re.compile(r"(Z|ZI|T|TAC|TA) [ASD]")
_GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "mg": Decimal("0.001")}


class Trouble(StrEnum):
    """Why the scale gives no weight."""

    BUSY = "I"
    OVERLOAD = "+"
    UNDERLOAD = "-"
    PARAMETER = "L"
    SYNTAX = "ES"
    TRANSMISSION = "ET"
    LOGIC = "EL"


@dataclass(frozen=True, slots=True)
class Mass:
    """A weight as printed. `unit`: as the scale gives it; `grams` is None for a unit that is not metric."""

    line: str
    stable: bool
    value: Decimal
    unit: str

    @property
    def grams(self) -> int | None:
        """Whole grams, halves to even; the exact value stays in `line`."""
        factor = _GRAMS.get(self.unit)
        if factor is None:
            return None
        return int((self.value * factor).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Refusal:
    """The scale answered that it cannot."""

    line: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Text:
    """A text answer such as `I4 A "1234567"`: `id` is the command it answers."""

    line: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """A command without a value was carried out (zero, tare)."""

    line: str
    id: str


@dataclass(frozen=True, slots=True)
class Command:
    """A host command line, as a scale reads it."""

    line: str


Frame = Mass | Refusal | Text | Done


def command(text: str) -> bytes:
    """A command line: `S`, `SI`, `Z`, `T`, `I4`, `@`."""
    return text.encode("ascii") + b"\r\n"


def mass_line(value: Decimal, unit: str, *, stable: bool) -> bytes:
    """A weight answer as the manual prints it: value right aligned in ten characters."""
    return f"S {'S' if stable else 'D'} {value!s:>10} {unit}\r\n".encode("ascii")


def parse(line: str) -> Frame | None:
    """What an answer line says, or None when the manual has no such line."""
    if match := _WEIGHT.fullmatch(line):
        return Mass(line, match[2] in "SA", Decimal(match[3]), match[4])
    if match := _REFUSED.fullmatch(line):
        return Refusal(line, Trouble(match[2]))
    if line in ("ES", "ET", "EL"):
        return Refusal(line, Trouble(line))
    if match := _TEXT.fullmatch(line):
        return Text(line, match[1], match[2])
    if match := _DONE.fullmatch(line):
        return Done(line, match[1])
    return None


class Lines:
    """Cuts CR LF lines. A line counts from its beginning only: the tail of a damaged one must not become a
    smaller weight, so a line is read whole or told whole as junk."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> list[bytes | Junk]:
        """Whole lines without their end, and junk."""
        self._buffer += data
        out: list[bytes | Junk] = []
        at = 0
        while (end := self._buffer.find(b"\n", at)) >= 0:
            line = bytes(self._buffer[at : end + 1])
            at = end + 1
            if self._skipping or not line.endswith(b"\r\n") or len(line) > MAX_LINE:
                out.append(Junk(line))
                self._skipping = False
            else:
                out.append(line[:-2])
        del self._buffer[:at]
        if len(self._buffer) > MAX_LINE:
            out += self.flush()
            self._skipping = True
        return out

    def flush(self) -> list[bytes | Junk]:
        """The line fell silent in the middle: what waits is junk, and so is the rest should it come."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        if rest:
            self._skipping = True
            return [Junk(rest)]
        return []


class AnswerParser:
    """Bytes from a scale."""

    def __init__(self) -> None:
        self._lines = Lines()

    def feed(self, data: bytes) -> list[Frame | Junk]:
        return [self._read(line) for line in self._lines.feed(data)]

    def flush(self) -> list[Frame | Junk]:
        return [self._read(line) for line in self._lines.flush()]

    @staticmethod
    def _read(line: bytes | Junk) -> Frame | Junk:
        if isinstance(line, Junk):
            return line
        frame = parse(line.decode("ascii")) if line.isascii() else None
        return frame if frame is not None else Junk(line + b"\r\n")


class CommandParser:
    """Bytes from the host, as a scale reads them."""

    def __init__(self) -> None:
        self._lines = Lines()

    def feed(self, data: bytes) -> list[Command | Junk]:
        return [
            line if isinstance(line, Junk) else Command(line.decode("ascii", "replace"))
            for line in self._lines.feed(data)
        ]
