"""Two keys to any entry in view: the digit of a lane, then the letter that now stands at its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui.theme import Theme, Type
from ui.widgets import paint
from ui.widgets.labels import cap_height

if TYPE_CHECKING:
    from ui.timeline.area import LanesArea

LETTERS = "abcdefghijklmnopqrstuvwxyz"
APART = 20
"""Pixels at 100 % that two letters are apart; entries that lie closer share the first one's."""


class Hints:
    """The letters of one lane, while they stand."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    @property
    def open(self) -> bool:
        """Whether a letter is awaited."""
        return bool(self._places)

    def show(self, canvas: LanesArea) -> None:
        """Give letters to what is seen of the lane in hand, from the left; the nearest to the cursor when too many."""
        begin, end = canvas.axis.shown()
        apart = canvas.drawing.px(APART) / canvas.axis.scale
        seen: list[tuple[float, int]] = []
        for place, mark in canvas.lanes[canvas.row].between(begin, end):
            at = max(mark.begin, begin)
            if not seen or at - seen[-1][0] >= apart:
                seen.append((at, place))
        nearest = sorted(seen, key=lambda one: abs(one[0] - canvas.instant))[: len(LETTERS)]
        self._places = {letter: place for letter, (_, place) in zip(LETTERS, sorted(nearest), strict=False)}

    def answer(self, letter: str) -> int | None:
        """The place that a letter stands at; whatever was typed, the letters go."""
        place = self._places.get(letter.lower())
        self._places = {}
        return place

    def close(self) -> None:
        """Take the letters away."""
        self._places = {}

    def letters(self) -> dict[str, int]:
        """Letter → place in the lane."""
        return dict(self._places)

    def paint(self, painter: QPainter, canvas: LanesArea, theme: Theme) -> None:
        """Draw the letters over their entries."""
        t, height = theme.tokens, cap_height(theme)
        for letter, place in self._places.items():
            box = canvas.rect_of(canvas.row, place)
            left = max(canvas.head_width(), box.left())
            cap = QRectF(left, box.top(), theme.px(20), height)
            paint.frame(painter, cap, t.ink, width=2, radius=theme.px(3), ground=t.surface)
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, cap, letter.upper(), theme.font(Type.BODY_BOLD), t.ink, align=centre)
