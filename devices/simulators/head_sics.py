"""A bench scale that speaks MT-SICS level 0 and 1, as the manual describes it."""

from __future__ import annotations

from decimal import Decimal

from devices.codecs import sics
from devices.codecs.stream import Junk
from devices.simulators.world import World

MAX_GRAMS = 15_000
SERIAL = "99000001"


class ScaleHead:
    """`S` answers once the pan is at rest, so the wire asks `pending` again until it is or a command
    follows."""

    def __init__(self, world: World, device: str) -> None:
        self._world = world
        self._device = device
        self._parser = sics.CommandParser()
        self._zero = 0
        self._waiting = False

    def feed(self, data: bytes) -> list[bytes]:
        """Answers to what came over the wire."""
        out = []
        for frame in self._parser.feed(data):
            answer = b"ET\r\n" if isinstance(frame, Junk) else self._answer(frame.line)
            if answer:
                out.append(answer)
        return out

    def pending(self) -> list[bytes]:
        """The answer to a waiting `S`, when the pan has come to rest."""
        if not self._waiting or not self._world.weight(self._device)[1]:
            return []
        self._waiting = False
        return [self._weight()]

    def _answer(self, line: str) -> bytes:
        self._waiting = False
        match line:
            case "S":
                if self._world.weight(self._device)[1]:
                    return self._weight()
                self._waiting = True
                return b""
            case "SI":
                return self._weight()
            case "Z" | "T":
                grams, stable = self._world.weight(self._device)
                if not stable:
                    return f"{line} I\r\n".encode()
                self._zero = grams
                return (
                    b"Z A\r\n"
                    if line == "Z"
                    else b"T S" + sics.mass_line(Decimal(grams), "g", stable=True)[3:]
                )
            case "I4":
                return f'I4 A "{SERIAL}"\r\n'.encode()
            case "@":
                self._zero = 0
                return f'I4 A "{SERIAL}"\r\n'.encode()
            case "":
                return b""
            case _:
                return b"ES\r\n"

    def _weight(self) -> bytes:
        grams, stable = self._world.weight(self._device)
        if grams > MAX_GRAMS:
            return b"S +\r\n"
        if grams - self._zero < -MAX_GRAMS:
            return b"S -\r\n"
        return sics.mass_line(Decimal(grams - self._zero).quantize(Decimal("0.1")), "g", stable=stable)
