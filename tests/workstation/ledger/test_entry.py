from __future__ import annotations

import hashlib
import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from workstation.ledger.canonical import MOST, NotCanonical
from workstation.ledger.entry import ActorKind, Header, entry_id, header_bytes, leaf_hash, parse_header
from workstation.ledger.sections import (
    NAMES,
    Section,
    about,
    commitment,
    matches,
    pack,
    seal_values,
    unpack,
)
from workstation.readings import Stamp

words = st.from_regex(r"[!#-\[\]-~]{1,40}", fullmatch=True)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
instants = st.integers(0, MOST)
headers = st.builds(
    Header,
    centre=words,
    seq=st.integers(1, MOST),
    command=words,
    n=st.integers(1, 2**31 - 1),
    stay=st.just("") | words,
    kind=st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,8}){0,3}/[1-9][0-9]{0,3}", fullmatch=True),
    actor=words,
    actor_kind=st.sampled_from(ActorKind),
    workstation=words,
    happened_at_ms=instants,
    recorded_at_ms=instants,
    device=st.none()
    | st.builds(Stamp, at_ms=instants, offset_ms=st.integers(-MOST, MOST), uncertainty_ms=instants),
    late=st.booleans(),
    by_hand=st.booleans(),
    simulated=st.booleans(),
    breach=st.booleans(),
    corrects=st.just("") | digests,
    catalogue=digests,
    sections=st.dictionaries(st.sampled_from(NAMES), digests),
)
HEADER = Header(
    centre="c-1",
    seq=2,
    command="7f",
    n=1,
    stay="s-1",
    kind="bag-stored/1",
    actor="990001",
    actor_kind=ActorKind.STAFF,
    workstation="w-1",
    happened_at_ms=1_790_000_000_000,
    recorded_at_ms=1_790_000_000_005,
    device=Stamp(at_ms=1_790_000_000_100, offset_ms=-100, uncertainty_ms=20),
    late=False,
    by_hand=True,
    simulated=True,
    breach=False,
    corrects="",
    catalogue="ab" * 32,
    sections={"who": "01" * 32, "facts": "02" * 32},
)


@given(headers)
def test_a_header_comes_back_from_its_canonical_bytes(header: Header) -> None:
    content = header_bytes(header)
    assert content == rfc8785.dumps(json.loads(content))
    assert parse_header(content) == header


def test_the_bytes_of_a_header_never_change() -> None:
    assert (
        hashlib.sha256(header_bytes(HEADER)).hexdigest()
        == "91380fda8ba557fa5d7bab86a39b748485b3e1d029b63d75cddbf6431be05ef2"
    )
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()


def test_the_id_is_made_of_command_and_number() -> None:
    assert HEADER.id == entry_id("7f", 1) == hashlib.sha256(b"7f\x00\x00\x00\x00\x01").hexdigest()
    assert len({entry_id("a", n) for n in range(1, 100)} | {entry_id("b", 1)}) == 100


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("centre", ""),
        ("centre", "中心"),
        ("command", 'a"b'),
        ("command", "a\\b"),
        ("command", "a b"),
        ("actor", "a\n"),
        ("actor", "x" * 201),
        ("workstation", "\x7f"),
        ("stay", "a b"),
        ("kind", "bag-stored"),
        ("kind", "Bag/1"),
        ("kind", "bag--stored/1"),
        ("kind", "bag/01"),
        ("kind", "bag/1\n"),
        ("actor_kind", "robot"),
        ("corrects", "12"),
        ("catalogue", "AB" * 32),
        ("seq", 0),
        ("seq", MOST + 1),
        ("n", 0),
        ("happened_at_ms", -1),
        ("recorded_at_ms", MOST + 1),
        ("device", Stamp(at_ms=-1, offset_ms=0, uncertainty_ms=0)),
        ("device", Stamp(at_ms=1, offset_ms=0, uncertainty_ms=-1)),
        ("sections", {"facts": "1"}),
        ("sections", {"other": "01" * 32}),
        ("sections", {"note@s-1": "01" * 32}),
    ],
)
def test_a_header_out_of_bounds_is_not_written(field: str, value: object) -> None:
    with pytest.raises(NotCanonical):
        header_bytes(msgspec.structs.replace(HEADER, **{field: value}))


def test_no_changed_byte_gives_the_same_header() -> None:
    content = header_bytes(HEADER)
    for at in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[at] ^= 1 << bit
            try:
                other = parse_header(bytes(changed))
            except NotCanonical:
                continue
            assert other != HEADER


@pytest.mark.parametrize(
    "change",
    [
        {"form": "entry/2"},
        {"more": 1},
        {"late": 1},
        {"seq": "2"},
        {"device": []},
        {"device": {"at": 1}},
        {"device": {"at": 1, "offset": 0, "uncertainty": 0, "more": 1}},
        {"id": "00" * 32},
        {"sections": None},
    ],
)
def test_a_header_of_another_shape_is_refused(change: dict[str, object]) -> None:
    value = json.loads(header_bytes(HEADER)) | change
    with pytest.raises(NotCanonical):
        parse_header(rfc8785.dumps(value))


@pytest.mark.parametrize("field", sorted(json.loads(header_bytes(HEADER))))
def test_a_header_without_a_field_is_refused(field: str) -> None:
    value = json.loads(header_bytes(HEADER))
    del value[field]
    with pytest.raises(NotCanonical):
        parse_header(rfc8785.dumps(value))


def test_a_section_proves_itself_against_its_commitment() -> None:
    section = seal_values("facts", b"s" * 32, {"grams": 1})
    committed = commitment(section.salt, section.content)
    assert committed == hashlib.sha256(b"s" * 32 + b'{"grams":1}').hexdigest()
    assert matches(section, committed)
    assert section.values() == {"grams": 1}
    assert not matches(Section("facts", b"t" * 32, section.content), committed)
    assert not matches(Section("facts", b"s" * 31, b"s" + section.content), committed)
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"s", b"")
    with pytest.raises(NotCanonical):
        Section("facts", b"s" * 32, b"[]").values()


def test_a_section_is_about_its_own_stay_or_a_named_one() -> None:
    assert about("facts", "s-1") == "s-1"
    assert about("note@s-2", "s-1") == "s-2"
    for name in ("", "facts@", "other", "note@s-1", "note@a b", "Facts"):
        with pytest.raises(NotCanonical):
            about(name, "s-1")


@given(st.dictionaries(st.sampled_from((*NAMES, "note@s-2")), st.binary(max_size=300)))
def test_sections_come_back_from_a_body(contents: dict[str, bytes]) -> None:
    sections = [Section(name, bytes((len(name),)) * 32, content) for name, content in contents.items()]
    assert unpack(pack(sections)) == sorted(sections, key=lambda section: section.name)


def test_other_bytes_are_no_body() -> None:
    body = pack([Section("facts", b"s" * 32, b"{}"), Section("who", b"t" * 32, b"{}")])
    for bad in (body[:-1], body + b"\x01", b"\x05other" + b"s" * 36, body + body, b"\x01\xff" + b"s" * 36):
        with pytest.raises(NotCanonical):
            unpack(bad)
