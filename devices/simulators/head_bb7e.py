"""A UHF module with `BB … 7E` frames as its manual describes it."""

from __future__ import annotations

from devices.codecs import bb7e
from devices.codecs.stream import Junk
from devices.simulators.world import World

_OK = b"\x00"


class TagHead:
    """Polls give one notification per tag heard, or error 15; registers keep power and region."""

    def __init__(self, world: World, device: str) -> None:
        self._world = world
        self._device = device
        self._parser = bb7e.Parser()
        self._power = 2000
        self._region = 1

    def feed(self, data: bytes) -> list[bytes]:
        """Answers to what came over the wire."""
        out: list[bytes] = []
        for frame in self._parser.feed(data):
            if not isinstance(frame, Junk) and frame.type == bb7e.COMMAND:
                out += self._answer(frame)
        return out

    def _answer(self, frame: bb7e.Frame) -> list[bytes]:
        params = frame.params
        match frame.cmd:
            case bb7e.CMD_INFO if params in (b"\x00", b"\x01", b"\x02"):
                text = (b"M100 V1.00", b"V2.3.5", b"SIMULATED")[params[0]]
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, params + text)]
            case bb7e.CMD_POLL if not params:
                return self._round()
            case bb7e.CMD_MULTI_POLL if len(params) == 3 and params[0] == 0x22:
                # A stream of that many rounds; cut at a hundred, which no host waits out without a stop.
                rounds = min(int.from_bytes(params[1:], "big"), 100)
                return [notice for _ in range(rounds) for notice in self._round()]
            case bb7e.CMD_STOP:
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, _OK)]
            case bb7e.CMD_SET_POWER if len(params) == 2:
                self._power = int.from_bytes(params, "big")
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, _OK)]
            case bb7e.CMD_GET_POWER:
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, self._power.to_bytes(2, "big"))]
            case bb7e.CMD_SET_REGION if len(params) == 1:
                self._region = params[0]
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, _OK)]
            case bb7e.CMD_GET_REGION:
                return [bb7e.encode(bb7e.ANSWER, frame.cmd, bytes((self._region,)))]
            case (
                bb7e.CMD_INFO | bb7e.CMD_POLL | bb7e.CMD_MULTI_POLL | bb7e.CMD_SET_POWER | bb7e.CMD_SET_REGION
            ):
                return [self._error(bb7e.BAD_PARAMETER)]
            case _:
                return [self._error(bb7e.UNKNOWN_COMMAND)]

    def _round(self) -> list[bytes]:
        heard = self._world.tags(self._device)
        if not heard:
            return [self._error(bb7e.NO_TAG)]
        return [bb7e.tag_notice(bytes.fromhex(bag.epc), bag.rssi) for bag in heard]

    @staticmethod
    def _error(code: int) -> bytes:
        return bb7e.encode(bb7e.ANSWER, bb7e.CMD_ERROR, bytes((code,)))
