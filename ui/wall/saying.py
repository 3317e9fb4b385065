"""The cards of the wall in the words of the moment, timers counted down to now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ui.context import Words
from ui.theme import Level
from ui.timers import level_of, timer_data
from ui.wall.presenter import WallPresenter
from ui.widgets.timer import TimerData
from workstation.services.board_wall import WallCard


@dataclass(frozen=True)
class WallItem:
    """One person as drawn. `place_level`: NONE when the place is known, else UNKNOWN or YELLOW (sources differ)."""

    key: str
    number: str
    place: str
    place_level: Level
    level: Level
    level_word: str
    timers: tuple[TimerData, ...]
    unacknowledged: bool


def items(presenter: WallPresenter, words: Words, each: int, now: datetime) -> list[WallItem]:
    """The page of this moment with `each` cards, next due first."""
    return [_item(card, presenter, words, now) for card in presenter.cards(each)]


def _item(card: WallCard, presenter: WallPresenter, w: Words, now: datetime) -> WallItem:
    place, place_level = _place(card, presenter, w)
    return WallItem(
        key=card.key,
        number=card.number,
        place=place,
        place_level=place_level,
        level=level_of(card.level),
        level_word=w(f"board.level.{card.level}") if card.level else "",
        timers=tuple(timer_data(w, one, now) for one in card.timers),
        unacknowledged=card.unacknowledged,
    )


def _place(card: WallCard, presenter: WallPresenter, w: Words) -> tuple[str, Level]:
    if card.unknown:
        return w("board.update-needed"), Level.UNKNOWN
    if card.disputed:
        return w("wall.disputed"), Level.YELLOW
    if card.status in ("out", "escaped"):
        return w(f"board.status.{card.status}"), Level.NONE
    if not card.room:
        return w("wall.unknown"), Level.UNKNOWN
    return presenter.room(card.room), Level.NONE
