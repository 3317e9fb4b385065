"""Second-generation identity card readers (SAM_A, SAM_V): 115200 8N1.

`AA AA AA 96 69 length(2) …  check`: length counts what follows it, the check is the XOR of all after the
five-byte preamble. Commands carry CMD and parameter, answers three status bytes. A card's text file is 256
bytes of UTF-16LE with fields of fixed length (GA/T 490); the photo is 1024 bytes of raw WLT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.codecs.checksums import id_check_digit, xor
from devices.codecs.stream import Junk, Stream, Verdict

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
RESET, STATUS, SAM_NUMBER = (0x10, 0xFF), (0x11, 0xFF), (0x12, 0xFF)
FIND, SELECT, READ = (0x20, 0x01), (0x20, 0x02), (0x30, 0x01)
DONE, FOUND, NO_CARD, SELECT_FAILED, READ_FAILED = 0x90, 0x9F, 0x80, 0x81, 0x41
TEXT_BYTES, PHOTO_BYTES = 256, 1024
MAX_LENGTH = 4 + 4 + TEXT_BYTES + 6 + PHOTO_BYTES + 1024
BAUD = 115200

CITIZEN, FOREIGN_2017, FOREIGN_2023, HMT = "", "I", "Y", "J"
_CITIZEN_FIELDS = {
    "name": (0, 30), "sex": (30, 2), "ethnic": (32, 4), "birth": (36, 16), "address": (52, 70),
    "number": (122, 36), "issuer": (158, 30), "valid_from": (188, 16), "valid_to": (204, 16),
}  # fmt: skip
_FOREIGN_FIELDS = {
    "name_latin": (0, 120), "sex": (120, 2), "number": (122, 30), "nationality": (152, 6), "name": (158, 30),
    "valid_from": (188, 16), "valid_to": (204, 16), "birth": (220, 16), "version": (236, 4),
    "issuer": (240, 8),
}  # fmt: skip
_LONG_TERM = "长期"
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Command:
    """What the host asks of the reader."""

    cmd: int
    para: int
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader says: three status bytes and data, which may be personal."""

    sw: tuple[int, int, int]
    data: bytes

    @property
    def status(self) -> int:
        """The third status byte, which carries the meaning."""
        return self.sw[2]


@dataclass(frozen=True, slots=True, repr=False)
class CardText:
    """The text file of a card, fields stripped. Dates are `YYYY-MM-DD`, empty, or `long-term` for `valid_to`.

    `type`: the document-type character, empty for a citizen's card. Not shown by `repr`: it is personal.
    """

    type: str
    name: str
    sex: str
    ethnic: str
    birth: str
    address: str
    number: str
    issuer: str
    valid_from: str
    valid_to: str
    nationality: str = ""
    name_latin: str = ""


class CardTextError(ValueError):
    """The text file is not one that is described; the message names the field and never its content."""


def command(which: tuple[int, int]) -> bytes:
    """A host command without data."""
    body = b"\x00\x03" + bytes(which)
    return PREAMBLE + body + bytes((xor(body),))


def answer(status: int, data: bytes = b"", sw: tuple[int, int] = (0, 0)) -> bytes:
    """A reader's answer."""
    body = (len(data) + 4).to_bytes(2, "big") + bytes((*sw, status)) + data
    return PREAMBLE + body + bytes((xor(body),))


def read_answer(text: bytes, photo: bytes) -> bytes:
    """The answer to a read: lengths, text, photo."""
    return answer(DONE, len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo)


def split_read(data: bytes) -> tuple[bytes, bytes]:
    """Text and photo of a read answer; CardTextError when the lengths do not add up."""
    if len(data) < 4:
        raise CardTextError("lengths")
    text, photo = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if text != TEXT_BYTES or photo not in (0, PHOTO_BYTES) or len(data) != 4 + text + photo:
        raise CardTextError("lengths")
    return data[4 : 4 + text], data[4 + text :]


def parse_text(text: bytes) -> CardText:
    """The fields of a text file; the document-type character decides the layout before anything is parsed."""
    if len(text) != TEXT_BYTES:
        raise CardTextError("length")
    kind = _field(text, "type", 248, 2)
    if kind not in (CITIZEN, FOREIGN_2017, HMT):
        # The 2023 card of foreign residents (type Y) has no published offsets: it is named, not read.
        raise CardTextError(f"type-{kind}" if kind == FOREIGN_2023 else "type")
    layout = _FOREIGN_FIELDS if kind == FOREIGN_2017 else _CITIZEN_FIELDS
    fields = {name: _field(text, name, at, size) for name, (at, size) in layout.items()}
    fields.pop("version", None)
    if fields["sex"] not in ("0", "1", "2", "9"):
        raise CardTextError("sex")
    if kind == HMT:
        fields["ethnic"] = ""
    elif kind == CITIZEN and not re.fullmatch(r"\d{2}", fields["ethnic"], re.ASCII):
        raise CardTextError("ethnic")
    fields["birth"] = _date("birth", fields["birth"])
    fields["valid_from"] = _date("valid_from", fields["valid_from"])
    if fields["valid_to"] == _LONG_TERM:
        fields["valid_to"] = "long-term"
    else:
        fields["valid_to"] = _date("valid_to", fields["valid_to"])
    if kind != FOREIGN_2017:
        check_number(fields["number"])
    elif not re.fullmatch(r"[0-9A-Z]{15}", fields["number"]):
        raise CardTextError("number")
    if not fields["name"] and not fields.get("name_latin"):
        raise CardTextError("name")
    return CardText(type=kind, **{"ethnic": "", "address": "", **fields})


def check_number(number: str) -> None:
    """CardTextError when an 18-character number's check character is wrong (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) or id_check_digit(number[:17]) != number[17]:
        raise CardTextError("number")


def build_text(card: CardText) -> bytes:
    """The 256 bytes of a card, as a card issuer lays them out; used by simulators."""
    out = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    layout = _FOREIGN_FIELDS if card.type == FOREIGN_2017 else _CITIZEN_FIELDS
    values = {name: getattr(card, name) for name in layout if name != "version"}
    for name in ("birth", "valid_from", "valid_to"):
        values[name] = _LONG_TERM if values[name] == "long-term" else values[name].replace("-", "")
    if card.type == FOREIGN_2017:
        values["version"] = "01"
    for name, (at, size) in layout.items():
        encoded = values[name].encode("utf-16-le")
        if len(encoded) > size:
            raise CardTextError(name)
        out[at : at + len(encoded)] = encoded
    if card.type:
        out[248:250] = card.type.encode("utf-16-le")
    return bytes(out)


class AnswerParser:
    """Bytes from a reader."""

    def __init__(self) -> None:
        self._stream: Stream[Answer] = Stream(self._cut, PREAMBLE[:1])

    def feed(self, data: bytes) -> list[Answer | Junk]:
        return self._stream.feed(data)

    def flush(self) -> list[Answer | Junk]:
        return self._stream.flush()

    @staticmethod
    def _cut(buffer: bytearray, at: int) -> tuple[int, Answer] | Verdict:
        body = _body(buffer, at, 4)
        if isinstance(body, Verdict):
            return body
        return len(body) + 6, Answer((body[2], body[3], body[4]), body[5:])


class CommandParser:
    """Bytes from the host, as a reader reads them."""

    def __init__(self) -> None:
        self._stream: Stream[Command] = Stream(self._cut, PREAMBLE[:1])

    def feed(self, data: bytes) -> list[Command | Junk]:
        return self._stream.feed(data)

    @staticmethod
    def _cut(buffer: bytearray, at: int) -> tuple[int, Command] | Verdict:
        body = _body(buffer, at, 3)
        if isinstance(body, Verdict):
            return body
        return len(body) + 6, Command(body[2], body[3], body[4:])


def _body(buffer: bytearray, at: int, least: int) -> bytes | Verdict:
    """Length to last data byte of the frame at `at`, checksum proven."""
    seen = buffer[at : at + 5]
    if not PREAMBLE.startswith(seen):
        return Verdict.BAD
    if len(buffer) - at < 7:
        return Verdict.MORE
    length = int.from_bytes(buffer[at + 5 : at + 7], "big")
    if not least <= length <= MAX_LENGTH:
        return Verdict.BAD
    end = at + 7 + length
    if len(buffer) < end:
        return Verdict.MORE
    if xor(buffer[at + 5 : end]):
        return Verdict.BAD
    return bytes(buffer[at + 5 : end - 1])


def _field(text: bytes, name: str, at: int, size: int) -> str:
    try:
        value = text[at : at + size].decode("utf-16-le")
    except UnicodeDecodeError:
        raise CardTextError(name) from None
    value = value.rstrip(" \0")
    if any(ord(character) < 0x20 for character in value):
        raise CardTextError(name)
    return value


def _date(name: str, value: str) -> str:
    if not value:
        return ""
    match = _DATE.fullmatch(value)
    if match is None or not value.isascii() or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        raise CardTextError(name)
    return f"{match[1]}-{match[2]}-{match[3]}"
