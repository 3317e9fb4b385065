"""The actions of the window that can be found by name. None of them changes a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ui.context import Words


@dataclass(frozen=True)
class Offer:
    """One action. `name`: its own; `terms`: all it can be found by, in small letters; `does`: what it does."""

    name: str
    words: str
    icon: str
    key: str
    terms: tuple[str, ...]
    does: Callable[[], object]

    def fits(self, typed: str) -> bool:
        """Whether what is typed, in small letters, leads here; nothing typed leads everywhere."""
        return any(typed in term for term in self.terms)


INITIALS: Mapping[str, str] = {
    "app.screen.board": "kb",
    "app.screen.steps": "bl",
    "app.screen.timeline": "sjz",
    "app.screen.lockers": "cwg",
    "app.screen.cameras": "sp",
    "app.screen.warnings": "yj",
    "app.screen.supervision": "dc",
    "app.screen.bench": "sbt",
    "app.screen.settings": "sz",
    "find.do.arrive": "djxdry",
    "find.do.lock": "sd",
    "find.do.mute": "hsjy",
    "find.do.theme": "qhsqjm",
    "find.do.language": "qhyw",
    "find.do.sign-out": "hrdl",
}
"""Code of the words → initials of their pinyin, so that the readings need not be loaded in the window."""

ACTS = (("arrive", "plus", "Ctrl+N"), ("lock", "lock", "Ctrl+L"), ("mute", "bell-off", "Ctrl+Shift+M"),
        ("theme", "moon", ""), ("language", "languages", ""), ("sign-out", "log-out", ""))  # fmt: skip
"""Name, icon and key of what is no screen."""


def offers_of(
    words: Words,
    screens: Iterable[tuple[str, str, str]],
    go: Callable[[str], object],
    acts: Mapping[str, Callable[[], object]],
) -> tuple[Offer, ...]:
    """The actions open to who is signed in: `screens` as (name, key, icon), and those of `acts`."""
    found = [_offer(words, f"app.screen.{name}", icon, key, _going(go, name)) for name, key, icon in screens]
    found += [
        _offer(words, f"find.do.{name}", icon, key, acts[name]) for name, icon, key in ACTS if name in acts
    ]
    return tuple(found)


def _going(go: Callable[[str], object], name: str) -> Callable[[], object]:
    return lambda: go(name)


def _offer(words: Words, code: str, icon: str, key: str, does: Callable[[], object]) -> Offer:
    both = (words.catalogue.text(code, "zh"), words.catalogue.text(code, "en"))
    terms = (*(one.casefold() for one in both), INITIALS[code], key.casefold())
    return Offer(code, words(code), icon, key, tuple(filter(None, terms)), does)
