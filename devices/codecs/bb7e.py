"""UHF modules `BB … 7E` (M100, YRM100, R200, JRD-4035): 115200 8N1, length-framed, big endian.

`BB type cmd length(2) params checksum 7E`; the checksum is the sum from type to the last parameter, modulo
256. `BB` and `7E` occur inside parameters: frames are cut by length, never by their end mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.codecs.checksums import add, crc_gen2
from devices.codecs.stream import Junk, Stream, Verdict

HEAD, END = 0xBB, 0x7E
COMMAND, ANSWER, NOTICE = 0x00, 0x01, 0x02
CMD_INFO, CMD_POLL, CMD_MULTI_POLL, CMD_STOP = 0x03, 0x22, 0x27, 0x28
CMD_SET_REGION, CMD_GET_REGION, CMD_SET_POWER, CMD_GET_POWER, CMD_ERROR = 0x07, 0x08, 0xB6, 0xB7, 0xFF
NO_TAG, BAD_PARAMETER, UNKNOWN_COMMAND = 0x15, 0x0E, 0x17
MAX_PARAMS = 512
BAUD = 115200

ERRORS = {
    0x09: "read: no tag", 0x0E: "bad parameter", 0x10: "write: no tag", 0x12: "kill: no tag",
    0x13: "lock: no tag", 0x14: "block permalock: no tag", 0x15: "inventory: no tag", 0x17: "unknown command",
    0x16: "wrong access password", 0x20: "channel busy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. `type`: 0 command, 1 answer, 2 notification."""

    type: int
    cmd: int
    params: bytes

    @property
    def raw(self) -> bytes:
        """The frame's bytes."""
        return encode(self.type, self.cmd, self.params)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a notification tells it. `rssi`: signed dBm; `crc_ok`: the tag's own CRC over PC and EPC."""

    rssi: int
    pc: int
    epc: bytes
    crc_ok: bool


def encode(kind: int, cmd: int, params: bytes = b"") -> bytes:
    """A frame with length, checksum and end mark."""
    if len(params) > MAX_PARAMS:
        raise ValueError("more parameters than a frame holds")
    body = bytes((kind, cmd)) + len(params).to_bytes(2, "big") + params
    return bytes((HEAD,)) + body + bytes((add(body), END))


def command(cmd: int, params: bytes = b"") -> bytes:
    """A host command."""
    return encode(COMMAND, cmd, params)


def multi_poll(count: int) -> bytes:
    """Ask for `count` (0-65535) inventory rounds; the module streams notifications until done or stopped."""
    return command(CMD_MULTI_POLL, b"\x22" + count.to_bytes(2, "big"))


def tag_notice(epc: bytes, rssi: int, pc: int | None = None) -> bytes:
    """A tag notification with a right tag CRC, as a module sends it; `epc`: an even number of bytes ≤ 62."""
    head = ((len(epc) // 2) << 11 if pc is None else pc).to_bytes(2, "big")
    return encode(
        NOTICE,
        CMD_POLL,
        rssi.to_bytes(1, "big", signed=True) + head + epc + crc_gen2(head + epc).to_bytes(2, "big"),
    )


def tag_of(frame: Frame) -> Tag | None:
    """The tag that a notification tells, or None when its length contradicts its PC word."""
    if frame.type != NOTICE or frame.cmd not in (CMD_POLL, CMD_MULTI_POLL) or len(frame.params) < 5:
        return None
    pc = int.from_bytes(frame.params[1:3], "big")
    epc = frame.params[3:-2]
    if len(epc) != 2 * (pc >> 11):
        return None
    crc = int.from_bytes(frame.params[-2:], "big")
    return Tag(
        rssi=int.from_bytes(frame.params[:1], "big", signed=True),
        pc=pc,
        epc=epc,
        crc_ok=crc == crc_gen2(frame.params[1:-2]),
    )


def error_of(frame: Frame) -> int | None:
    """The error code of an error answer, else None."""
    if frame.type == ANSWER and frame.cmd == CMD_ERROR and frame.params:
        return frame.params[0]
    return None


class Parser:
    """Bytes of either direction."""

    def __init__(self) -> None:
        self._stream: Stream[Frame] = Stream(self._cut, bytes((HEAD,)))

    def feed(self, data: bytes) -> list[Frame | Junk]:
        return self._stream.feed(data)

    def flush(self) -> list[Frame | Junk]:
        return self._stream.flush()

    @staticmethod
    def _cut(buffer: bytearray, at: int) -> tuple[int, Frame] | Verdict:
        have = len(buffer) - at
        if have >= 2 and buffer[at + 1] > NOTICE:
            return Verdict.BAD
        if have < 5:
            return Verdict.MORE
        length = int.from_bytes(buffer[at + 3 : at + 5], "big")
        if length > MAX_PARAMS:
            return Verdict.BAD
        size = length + 7
        if have < size:
            return Verdict.MORE
        if buffer[at + size - 1] != END or add(buffer[at + 1 : at + size - 2]) != buffer[at + size - 2]:
            return Verdict.BAD
        return size, Frame(buffer[at + 1], buffer[at + 2], bytes(buffer[at + 5 : at + size - 2]))
