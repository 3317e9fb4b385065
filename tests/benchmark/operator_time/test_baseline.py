"""The twelve links and the list of facts: frozen, and true to each other."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.benchmark.operator_time.charge import is_cjk
from tests.benchmark.operator_time.report import session
from tests.benchmark.operator_time.twelve import VARIANTS, baseline, facts, forms


@pytest.mark.parametrize("name", VARIANTS)
def test_the_totals_are_the_frozen_ones(name: str) -> None:
    total, links = baseline(name)
    frozen = forms()["frozen"][name]
    found = {key: getattr(total, key) for key in frozen}
    assert found == pytest.approx(frozen, abs=0.05)
    assert sum(part.seconds for _, part in links) == pytest.approx(total.seconds)


def test_a_datum_is_repeated_when_it_stood_on_an_earlier_form() -> None:
    seen: dict[str, str] = {}
    for link in forms()["link"]:
        for form in link["form"]:
            for field in form["field"]:
                assert field["repeat"] == (field["fact"] in seen), (form["id"], field)
                seen.setdefault(field["fact"], form["id"])
    assert [(one["id"], one["form"]) for one in facts()] == list(seen.items())


def test_characters_are_counted_as_they_stand() -> None:
    fields = [
        one for link in forms()["link"] for form in link["form"] for one in form["field"] if "cjk" in one
    ]
    assert len(fields) > 200
    for field in fields:
        kinds = Counter("cjk" if is_cjk(c) else "digits" if c.isdigit() else "other" for c in field["value"])
        assert all(field[kind] == kinds[kind] for kind in ("cjk", "digits", "other")), field


def test_the_walks_that_no_program_removes_are_added() -> None:
    assert session([]).ops["walk"] == forms()["required_handling"]["walk"] == 2
