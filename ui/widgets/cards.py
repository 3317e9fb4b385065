"""The person card: everything the board says about one stay, how large it is, and how it is spoken."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPixmap

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.dots import Dot, dots_width
from ui.widgets.shapes import Shape
from ui.widgets.timer import TimerData, timer_height
from ui.widgets.timer import spoken as spoken_timer

CARD_ROLE = int(Qt.ItemDataRole.UserRole)
GAP = 10


class Flag(msgspec.Struct, frozen=True):
    """Something to know about the person: icon by function, word, and a level when it warns."""

    icon: str
    words: str
    level: Level = Level.NONE


class CardData(msgspec.Struct, frozen=True, kw_only=True):
    """One card as it is drawn. All texts are in the language of the screen; `key` is the id of the stay.

    `room`: where the record says the person is; `disagree`: how the sources differ, shown in its place, or
    `disagree_short` where that is too long;
    `unknown`: what is not known (e.g. 位置未知), shown in its place. `level_words` follow the word of the level.
    `owner`: whose the next action is, or `owner_short` where that is too long; `mine`: it is of the officer at the screen. `photo`: picture of the person, 52 × 60, or None.
    """

    key: str
    number: str
    name: str
    sex_age: str = ""
    room: str = ""
    level: Level = Level.NONE
    level_word: str = ""
    flags: tuple[Flag, ...] = ()
    dots: tuple[Dot, ...] = ()
    timers: tuple[TimerData, ...] = ()
    action: str = ""
    action_icon: str = ""
    action_key: str = "Enter"
    owner: str = ""
    owner_short: str = ""
    mine: bool = False
    last: str = ""
    last_short: str = ""
    unknown: str = ""
    disagree: str = ""
    disagree_short: str = ""
    photo: QPixmap | None = None
    unacknowledged: bool = False


def spoken(card: CardData) -> str:
    """The card as one sentence for a screen reader, in the order of urgency."""
    parts = [card.number, f"{card.name} {card.sex_age}".strip()]
    if card.level not in (Level.NONE, Level.UNKNOWN):
        parts.append(card.level_word)
    parts.append(card.disagree or card.unknown or card.room)
    parts += [flag.words for flag in card.flags]
    parts += [dot.words for dot in card.dots if dot.state is Shape.CURRENT]
    parts += [spoken_timer(timer) for timer in card.timers]
    parts += [f"{card.action} {card.owner}".strip(), card.last]
    sentence = QCoreApplication.translate("CardDelegate", "，").join(part for part in parts if part)
    return paint.literal(sentence)


def card_height(theme: Theme, *, compact: bool) -> int:
    """Height of a card: its rows by their metrics, as every row needs it."""
    rows = (
        theme.line(Type.NAME) + theme.box(28, Type.STRONG) + timer_height(theme) + theme.box(36, Type.STRONG)
    )
    return rows + (theme.px(6 * 2 + 7 + 9) if compact else theme.px(24 + 8 * 2 + 6 * 4))


def card_width(theme: Theme) -> int:
    """The least width of a card."""
    return theme.px(296)


def action_rect(rect: QRectF, card: CardData, theme: Theme, *, compact: bool) -> QRectF:
    """Where the action bar of a card drawn into `rect` lies."""
    px = theme.px
    height = theme.box(36, Type.STRONG)
    left = rect.left() + px(18)
    if compact and card.dots:
        left += dots_width(card.dots, theme, compact=True) + px(4)
    bottom = rect.bottom() - px(7 if compact else 8)
    return QRectF(left, bottom - height, rect.right() - px(10) - left, height)
