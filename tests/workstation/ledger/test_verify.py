from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from workstation.ledger.canonical import canonical
from workstation.ledger.entry import ActorKind, Header, header_bytes, leaf_hash
from workstation.ledger.sections import Section, commitment
from workstation.ledger.verify import Fault, Walk

Row = tuple[int, bytes, bytes, dict[str, Section | None]]


def row(seq: int, /, **changes: object) -> Row:
    section = Section("facts", bytes((seq,)) * 32, canonical({"grams": seq}))
    header = Header(
        centre="c-1",
        seq=seq,
        command=f"command-{seq}",
        n=1,
        stay="" if seq == 1 else "s-1",
        kind="ledger-opened/1" if seq == 1 else "bag-weighed/1",
        actor="990001",
        actor_kind=ActorKind.STAFF,
        workstation="w-1",
        happened_at_ms=seq,
        recorded_at_ms=seq,
        device=None,
        late=False,
        by_hand=False,
        simulated=True,
        breach=False,
        corrects="",
        catalogue="ab" * 32,
        sections={"facts": commitment(section.salt, section.content)},
    )
    content = header_bytes(msgspec.structs.replace(header, **changes))
    return seq, content, leaf_hash(content), {"facts": section}


def walked(rows: list[Row], *, of: list[Row] | None = None) -> Walk:
    """Walk `rows` against the head over `of`."""
    whole = Walk()
    for one in of or rows:
        whole.take(*one)
    walk = Walk()
    for one in rows:
        walk.take(*one)
    walk.finish(whole.range.size, whole.range.root())
    return walk


def test_a_sound_record_has_no_fault() -> None:
    rows = [row(seq) for seq in range(1, 6)]
    assert walked(rows).faults == []
    hidden = [(*rows[0][:3], {"facts": None}), *rows[1:]]
    assert walked(hidden).hidden == 1
    assert walked(hidden).faults == []


def test_a_changed_header_names_its_entry() -> None:
    rows = [row(seq) for seq in range(1, 6)]
    rows[2] = (3, row(3, happened_at_ms=99)[1], *rows[2][2:])
    assert walked(rows).faults == [Fault(3, "verify.leaf")]


def test_a_header_rewritten_with_its_leaf_shows_in_the_root() -> None:
    rows = [row(seq) for seq in range(1, 6)]
    forged = [*rows[:2], row(3, happened_at_ms=99), *rows[3:]]
    assert walked(forged, of=rows).faults == [Fault(0, "verify.root")]


def test_a_missing_entry_is_named_and_the_walk_goes_on() -> None:
    rows = [row(seq) for seq in range(1, 6)]
    faults = walked([*rows[:2], *rows[3:]], of=rows).faults
    assert faults[0] == Fault(4, "verify.gap")
    assert Fault(5, "verify.size") in faults


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: row(3, seq=4), Fault(3, "verify.order", "seq")),
        (lambda: row(3, centre="c-2"), Fault(3, "verify.order", "centre")),
        (lambda: row(3, recorded_at_ms=1), Fault(3, "verify.order", "recorded_at")),
        (lambda: row(3, n=2), Fault(3, "verify.order", "command")),
    ],
)
def test_an_entry_that_does_not_follow_is_named(make: Callable[[], Row], fault: Fault) -> None:
    assert fault in walked([row(1), row(2), make()]).faults


def test_the_first_entry_opens_the_ledger() -> None:
    assert walked([row(1, kind="bag-weighed/1")]).faults == [Fault(1, "verify.order", "kind")]


def test_entries_of_one_command_follow_each_other() -> None:
    rows = [row(1), row(2, command="c"), row(3, command="c", n=2), row(4, command="c", n=3)]
    assert walked(rows).faults == []


def test_sections_are_compared_with_their_commitments() -> None:
    seq, content, leaf, shown = row(2)
    section = shown["facts"]
    assert section is not None
    cases: list[tuple[dict[str, Section | None], str, str]] = [
        ({}, "verify.missing", "facts"),
        ({"facts": section, "who": section}, "verify.extra", "who"),
        ({"facts": Section("facts", section.salt, b'{"grams":3}')}, "verify.section", "facts"),
    ]
    for sections, what, name in cases:
        assert walked([row(1), (seq, content, leaf, sections)]).faults == [Fault(2, what, name)]
    odd = Section("facts", section.salt, b"{ }")
    committed = row(2, sections={"facts": commitment(odd.salt, odd.content)})
    assert walked([row(1), (*committed[:3], {"facts": odd})]).faults == [Fault(2, "verify.content", "facts")]


def test_a_header_that_cannot_be_read_is_named() -> None:
    _, content, _, shown = row(2)
    bad = content.replace(b"entry/1", b"entry/9")
    assert walked([row(1), (2, bad, leaf_hash(bad), shown)]).faults == [Fault(2, "verify.header")]
