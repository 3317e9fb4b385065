"""The page about the workflow says what the table and the pack say."""

from __future__ import annotations

from workstation.custody.gates import GATES
from workstation.law.document import OUTPUT, page


def test_the_page_is_up_to_date() -> None:
    assert OUTPUT.read_text("utf-8") == page(), "run python -m workstation.law.document"


def test_every_condition_says_what_it_asks_for() -> None:
    written = page()
    for gate in GATES:
        lines = (gate.predicate.__doc__ or "").strip()
        assert lines.partition(":")[0].startswith(gate.id.rstrip("abcde")), gate.id
        assert f"| {gate.id} |" in written
