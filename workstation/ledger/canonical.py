"""Canonical bytes of values: RFC 8785 (JSON Canonicalization Scheme), restricted to whole numbers.

One value has exactly one sequence of bytes: UTF-8, members sorted by the UTF-16 code units of their names, no
white space, the escapes of ECMAScript. Floating point is refused, so that no number needs a formatting rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import TypeAlias

from workstation.errors import AppError

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

MOST = 2**53 - 1
"""Largest whole number that every JSON reader keeps exactly (RFC 8785, 3.2.2.3; RFC 7493, 2.2)."""
DEEPEST = 64
"""Most levels of nesting; more is refused, so that no reader needs an unbounded stack."""


class NotCanonical(AppError):
    """A value has no canonical form, or bytes are not the canonical form of any value."""


def canonical(value: JSON) -> bytes:
    """The canonical bytes of `value`.

    Raises NotCanonical for floats, whole numbers beyond ±(2^53 − 1), strings with lone surrogates, names that
    are not strings, nesting beyond `DEEPEST` and any other type. Tuples are written as arrays.
    """
    parts: list[str] = []
    _write(value, parts.append, 0)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("ledger.surrogate") from error


def _write(value: object, put: Callable[[str], object], depth: int) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif isinstance(value, bool):
        put("true" if value else "false")
    elif isinstance(value, int):
        if not -MOST <= value <= MOST:
            raise NotCanonical("ledger.number")
        put(int.__repr__(value))
    elif value is None:
        put("null")
    elif depth >= DEEPEST:
        raise NotCanonical("ledger.too-deep", most=DEEPEST)
    elif isinstance(value, Mapping):
        before = "{"
        for name in _sorted(value):
            put(before + encode_basestring(name) + ":")
            _write(value[name], put, depth + 1)
            before = ","
        put("}" if before == "," else "{}")
    elif isinstance(value, list | tuple):
        before = "["
        for item in value:
            put(before)
            _write(item, put, depth + 1)
            before = ","
        put("]" if before == "," else "[]")
    else:
        raise NotCanonical("ledger.value", type=type(value).__name__)


def _sorted(value: Mapping[str, JSON]) -> list[str]:
    names = list(value)
    plain = True
    for name in names:
        if not isinstance(name, str):
            raise NotCanonical("ledger.name")
        plain = plain and name.isascii()
    if plain:
        names.sort()
    else:
        names.sort(key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return names


def parse(content: bytes) -> JSON:
    """The value whose canonical bytes are `content`; raises NotCanonical for every other bytes."""
    try:
        value: JSON = json.loads(content.decode(), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("ledger.bytes") from error
    if canonical(value) != content:
        raise NotCanonical("ledger.bytes")
    return value


def _refuse(text: str) -> JSON:
    raise NotCanonical("ledger.value", type=text[:40])
