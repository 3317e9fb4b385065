"""The looks in which the screens are walked through: language, theme, window and scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from ui.prefs import Prefs

LANGUAGES, THEMES = ("zh", "en"), ("light", "dark")
ROOMS = ((1366, 768, 100), (1366, 768, 125), *((1920, 1080, scale) for scale in (100, 125, 150, 200)))
"""Width, height, scale in percent."""
LARGE = (3840, 2160, 200)


@dataclass(frozen=True)
class Looked:
    """One look of the window."""

    language: str
    theme: str
    width: int
    height: int
    scale: int

    def prefs(self) -> Prefs:
        """What is put on for it."""
        return Prefs(language=self.language, theme=self.theme, scale=self.scale)

    def __str__(self) -> str:
        return f"{self.width}×{self.height} at {self.scale} %, {self.language}, {self.theme}"


def full(rooms: Sequence[tuple[int, int, int]] = ROOMS) -> list[Looked]:
    """Every look; the size changes last, so that a window is resized as seldom as can be."""
    return [Looked(language, theme, *room) for room, language, theme in product(rooms, LANGUAGES, THEMES)]


def pairwise(rooms: Sequence[tuple[int, int, int]] = ROOMS) -> list[Looked]:
    """The fewest looks in which any two of language, theme and room meet: two for each room."""
    looks = []
    for number, room in enumerate(rooms):
        flip = number % 2
        looks += [Looked("zh", THEMES[flip], *room), Looked("en", THEMES[1 - flip], *room)]
    return looks
