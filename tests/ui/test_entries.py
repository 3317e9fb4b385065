"""Entries of the record in words."""

from __future__ import annotations

import pytest

from tests.desk_kit import words as catalogue
from ui.context import Words
from ui.entries import bare, kind_name
from workstation.custody.recorded import KINDS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_a_name_that_needs_no_values(language: str) -> None:
    words = Words(catalogue(), language)
    nameless = words("board.last")
    for kind in KINDS:
        if f"event.{bare(kind)}" in words.catalogue:
            name = kind_name(words, kind)
            assert name != nameless, kind
            assert "{" not in name, kind


def test_an_unknown_kind_is_an_entry() -> None:
    assert kind_name(Words(catalogue(), "en"), "never-heard-of/1") == "Entry"
