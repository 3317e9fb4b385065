"""Initials of pinyin, for finding a name that is easier typed than written: `zs` finds 张三.

A character read in several ways has several initials; each of them counts, for a name may use the rare one.
The readings (pypinyin) are loaded at the first search that needs them, about a tenth of a second and 15 MB.
"""

from __future__ import annotations

import os
from functools import lru_cache


def matches_initials(words: str, typed: str) -> bool:
    """Whether `typed`, Latin letters in lower case, are the initials of characters of `words` that stand together."""
    if not (typed.isascii() and typed.isalpha()) or words.isascii():
        return False
    said = initials(words)
    return any(
        all(letter in said[start + place] for place, letter in enumerate(typed))
        for start in range(len(said) - len(typed) + 1)
    )


@lru_cache(maxsize=4096)
def initials(words: str) -> tuple[frozenset[str], ...]:
    """For each character the initials it can have; a Latin letter has itself, another mark none."""
    readings = _readings()
    return tuple(_of(char, readings) for char in words)


def _of(char: str, readings: dict[int, str]) -> frozenset[str]:
    if char.isascii():
        return frozenset({char.lower()} if char.isalpha() else ())
    return frozenset(_plain(one[0]) for one in readings.get(ord(char), "").split(",") if one)


def _plain(letter: str) -> str:
    return {"ā": "a", "á": "a", "ǎ": "a", "à": "a", "ē": "e", "é": "e", "ě": "e", "è": "e", "ê": "e",
            "ō": "o", "ó": "o", "ǒ": "o", "ò": "o"}.get(letter, letter)  # fmt: skip


@lru_cache(maxsize=1)
def _readings() -> dict[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # whole phrases are not looked up here, and are large
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT
