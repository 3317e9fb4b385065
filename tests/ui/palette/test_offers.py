"""The actions that can be found: by word in either language, by initials, by key."""

from __future__ import annotations

import pytest

from tests.ui.screen_kit import catalogue
from ui.context import Words
from ui.palette.offers import ACTS, INITIALS, Offer, offers_of
from ui.screens import SCREENS
from workstation.services.pinyin import matches_initials


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def offers(done: list[str]) -> tuple[Offer, ...]:
    return offers_of(
        Words(catalogue(), "zh"),
        [(entry.name, entry.key, entry.icon) for entry in SCREENS],
        done.append,
        {name: lambda name=name: done.append(name) for name, _, _ in ACTS},
    )


def test_the_initials_are_those_of_the_words() -> None:
    words = Words(catalogue(), "zh")
    wrong = {code: typed for code, typed in INITIALS.items() if not matches_initials(words(code), typed)}
    assert wrong == {}
    assert {code: len(words(code)) for code in INITIALS} == {
        code: len(typed) for code, typed in INITIALS.items()
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [("看板", "app.screen.board"), ("board", "app.screen.board"), ("kb", "app.screen.board"), ("f6", "app.screen.warnings"),
     ("ctrl+l", "find.do.lock"), ("锁", "find.do.lock")],
)  # fmt: skip
def test_each_way_leads_to_it(offers: tuple[Offer, ...], typed: str, code: str) -> None:
    assert code in [offer.name for offer in offers if offer.fits(typed)]


def test_what_is_not_open_is_not_offered() -> None:
    found = offers_of(Words(catalogue(), "en"), [], lambda _: None, {"lock": lambda: None})
    assert [offer.words for offer in found] == ["Lock"]


def test_each_does_its_own(offers: tuple[Offer, ...], done: list[str]) -> None:
    for offer in offers:
        offer.does()
    assert done == [entry.name for entry in SCREENS] + [name for name, _, _ in ACTS]
