from __future__ import annotations

import json
from enum import IntEnum, StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from workstation.ledger.canonical import DEEPEST, MOST, NotCanonical, canonical, parse

scalars = st.none() | st.booleans() | st.integers(-MOST, MOST) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@given(values)
def test_the_bytes_are_those_of_another_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(values)
def test_parsing_gives_the_value_back(value: object) -> None:
    assert parse(canonical(value)) == value


def test_names_are_sorted_by_utf16_code_units() -> None:
    value = {"\U0001f600": 1, "\ufb33": 2, "\r": 3, "1": 4, "ö": 5, "€": 6, "\x80": 7}
    assert list(json.loads(canonical(value))) == ["\r", "1", "\x80", "ö", "€", "\U0001f600", "\ufb33"]


def test_escapes_are_those_of_ecmascript() -> None:
    assert canonical('€$\x0f\nA\'B"\\\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()


class _Word(StrEnum):
    HERE = "here"


class _Level(IntEnum):
    TWO = 2


def test_enumerations_are_written_as_what_they_stand_for() -> None:
    assert canonical([_Word.HERE, _Level.TWO, (1, 2)]) == b'["here",2,[1,2]]'


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "ledger.value"),
        (float("nan"), "ledger.value"),
        (b"x", "ledger.value"),
        ({1}, "ledger.value"),
        (MOST + 1, "ledger.number"),
        (-MOST - 1, "ledger.number"),
        ("\ud800", "ledger.surrogate"),
        ({"\udfff": 1}, "ledger.surrogate"),
        ({1: 2}, "ledger.name"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object, code: str) -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical([value])
    assert caught.value.code == code


def test_nesting_is_bounded() -> None:
    value: list[object] = []
    for _ in range(DEEPEST - 1):
        value = [value]
    assert parse(canonical(value)) == value
    with pytest.raises(NotCanonical):
        canonical([value])
    with pytest.raises(NotCanonical):
        parse(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" 1",
        b"1 ",
        b"01",
        b"-0",
        b"1.0",
        b"1e2",
        b"NaN",
        b"Infinity",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b'"\\/"',
        b"\xff",
        b'"\\ud800"',
        b"9007199254740992",
        b"[1,]",
        b"nul",
        b"\xef\xbb\xbf1",
        b"9" * 5000,
    ],
)
def test_other_bytes_are_not_parsed(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(content)
