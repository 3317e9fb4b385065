"""Sections: the values of an entry, each committed to by its own salted hash.

The header of an entry holds only the commitments; the salts and bytes lie beside it, sealed under the key of
the stay they are about, and can be destroyed without touching any proof. A section can be shown to an
outsider alone: its salt and bytes prove themselves against the header.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from workstation.ledger.canonical import JSON, NotCanonical, canonical, parse

NAMES = ("who", "facts", "health", "note")
SALT_BYTES = 32
_NAME = re.compile(r"(who|facts|health|note)(?:@([!#-\[\]-~]{1,200}))?")


_DECODER: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, Any])


class Section(msgspec.Struct, frozen=True):
    """One section in clear. `name`: one of NAMES, or `name@stay` for words about another stay."""

    name: str
    salt: bytes
    content: bytes

    def committed_values(self) -> dict[str, JSON]:
        """The values in content that has been found to match its commitment: canonical since it was written."""
        return _DECODER.decode(self.content)

    def values(self) -> dict[str, JSON]:
        """The values in the content; raises NotCanonical when the bytes are not a canonical object."""
        value = parse(self.content)
        if not isinstance(value, dict):
            raise NotCanonical("ledger.bytes")
        return value


def about(name: str, stay: str) -> str:
    """The stay whose key seals section `name` of an entry of `stay`; raises NotCanonical for a bad name."""
    if name in NAMES:
        return stay
    match = _NAME.fullmatch(name)
    if match is None or match[2] == stay:
        raise NotCanonical("ledger.section", name=name[:80])
    return match[2]


def commitment(salt: bytes, content: bytes) -> str:
    """SHA-256(salt ‖ content) in lower-case hex; `salt`: 32 random bytes, `content`: canonical bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt is 32 bytes")
    return hashlib.sha256(salt + content).hexdigest()


def matches(section: Section, committed: str) -> bool:
    """Whether salt and content are those that were committed to."""
    return len(section.salt) == SALT_BYTES and hmac.compare_digest(
        hashlib.sha256(section.salt + section.content).hexdigest(), committed
    )


def seal_values(name: str, salt: bytes, values: JSON) -> Section:
    """The section `name` of `values` (an object); raises NotCanonical for values without canonical form."""
    return Section(name, salt, canonical(values))


def pack(sections: Sequence[Section]) -> bytes:
    """The clear text of a body: per section one byte length of the name, the name in ASCII, 32 bytes of salt,
    four bytes length of the content (big-endian), the content; sections in the order of their names."""
    parts: list[bytes] = []
    for section in sorted(sections, key=lambda one: one.name):
        name = section.name.encode("ascii")
        parts += (bytes((len(name),)), name, section.salt, len(section.content).to_bytes(4, "big"))
        parts.append(section.content)
    return b"".join(parts)


def unpack(body: bytes) -> list[Section]:
    """The sections of a packed body; raises NotCanonical when the bytes are not exactly some sections."""
    sections: list[Section] = []
    at = 0
    while at < len(body):
        salt_at = at + 1 + body[at]
        content_at = salt_at + SALT_BYTES + 4
        end = content_at + int.from_bytes(body[content_at - 4 : content_at], "big")
        if end > len(body):
            raise NotCanonical("ledger.body")
        try:
            name = body[at + 1 : salt_at].decode("ascii")
        except UnicodeDecodeError as error:
            raise NotCanonical("ledger.body") from error
        about(name, "")
        salt = body[salt_at : salt_at + SALT_BYTES]
        sections.append(Section(name, salt, body[content_at:end]))
        at = end
    names = [section.name for section in sections]
    if names != sorted(set(names)):
        raise NotCanonical("ledger.body")
    return sections
