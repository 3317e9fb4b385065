"""From the station's cards to what is painted: words in the language of the moment, timers counted down to now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QPixmap

from ui.board.presenter import ago
from ui.context import Context, Words
from ui.entries import kind_name
from ui.places import is_unplaced, place_of
from ui.theme import Level
from ui.timers import age, level_of, timer_data
from ui.widgets.cards import CardData, Flag
from ui.widgets.dots import Dot
from ui.widgets.shapes import Shape
from workstation.custody.values import Activity
from workstation.services.board import Card

FLAG_ICONS = {
    "minor": "minor", "female": "female", "pregnant": "female", "nursing": "nursing",
    "self-harm-risk": "self-harm", "infectious": "infectious", "ill": "ill", "intoxicated": "droplets",
    "violent": "zap", "deaf": "volume-x", "other-language": "languages", "foreign": "flag",
    "out": "transit", "escaped": "arriving",
}  # fmt: skip

ACTION_ICONS = {
    "identify": "card", "photograph-person": "photo", "link-case": "document", "set-measure": "decide",
    "extend-tier": "approve", "serve-rights": "document", "give-notice": "phone", "issue-band": "tag",
    "screen-health": "ill", "begin-search": "look", "end-search": "look", "record-finding": "look",
    "record-injury": "ill", "list-item": "bag", "fill-bag": "bag", "seal-bag": "bag", "weigh-bag": "scale",
    "store-bag": "bag", "open-cell": "door-open", "take-bag": "bag", "seize-item": "evidence",
    "capture-information": "fingerprint", "test-substance": "conformance", "place-in-room": "room",
    "move": "room", "plan-observation": "look", "check-person": "check-round", "offer-care": "meal",
    "call-doctor": "doctor", "order-medical": "doctor", "acknowledge-medical-order": "medicine",
    "begin-temporary-exit": "transit", "end-temporary-exit": "transit", "open-interview": "interview",
    "preflight": "interview", "end-interview": "interview", "sign-paper": "sign", "propose-outcome": "decide",
    "approve-outcome": "approve", "reidentify": "card", "count-property-blind": "count", "settle-item": "count",
    "compare-injuries": "ill", "depart": "depart", "assign-supporter": "two-persons",
}  # fmt: skip

_DOTS = {
    "none": Shape.NOT_STARTED,
    "partial": Shape.INCOMPLETE,
    "done": Shape.DONE,
    "not-applicable": Shape.NOT_APPLICABLE,
    "now": Shape.CURRENT,
}


def card_data(
    card: Card, context: Context, now: datetime, *, photo: QPixmap | None = None, masked: bool = False
) -> CardData:
    """A card as it is drawn at `now`; `masked`: nothing that names the person or the matter."""
    w = context.words
    level = level_of(card.level)
    unknown = w("board.update-needed") if card.unknown else ""
    told = card.disagrees
    if is_unplaced(card):
        unknown = unknown or w("board.room.none")
    return CardData(
        key=card.stay,
        number=card.number,
        name="" if masked else card.name or w("board.no-name"),
        sex_age="" if masked else sex_age(w, card),
        room=place_of(card, context),
        level=level,
        level_word=w(f"board.level.{card.level}") if card.level else "",
        flags=() if masked else flags(w, card),
        disagree=""
        if told is None
        else w(
            f"board.disagrees.{told.source}",
            room=context.room_name(told.room),
            other=context.room_name(told.other),
        ),
        disagree_short=w("board.room.disputed") if told else "",
        unacknowledged=card.unacknowledged,
        dots=dots(w, card),
        timers=tuple(timer_data(w, one, now) for one in card.timers),
        action="" if masked or not card.action else w(f"action.{card.action}"),
        action_icon=ACTION_ICONS.get(card.action, "arrow-right"),
        owner=w(f"role.{card.owner}") if card.owner and not card.mine else "",
        owner_short=w(f"board.owner.{card.owner}") if card.owner and not card.mine else "",
        mine=card.mine and not masked,
        last="" if masked else last(w, card, now),
        last_short="" if masked else last_age(w, card, now),
        unknown=unknown,
        photo=None if masked else photo,
    )


def sex_age(w: Words, card: Card) -> str:
    """`男 34`; what is unknown is left out, never guessed."""
    parts = [w(f"board.sex.{card.sex}")] if card.sex in ("male", "female") else []
    parts += [str(card.age)] if card.age is not None else []
    return " ".join(parts)


def flags(w: Words, card: Card) -> tuple[Flag, ...]:
    """What everyone must know at a glance; the same case last."""
    found = [Flag(FLAG_ICONS[one], w(f"board.flag.{one}")) for one in card.flags if one in FLAG_ICONS]
    level = level_of(card.level)
    if card.warnings and level is not Level.NONE and card.level not in {one.level for one in card.timers}:
        rule = card.warnings[0]
        named = len(card.warnings) == 1 and rule in w.catalogue
        words = w(rule) if named else w("board.flag.warning", count=len(card.warnings))
        found.insert(0, Flag("warnings", words, level))  # why the card has its level, when no timer says so
    if card.capacity not in ("suspect", ""):
        found.insert(0, Flag("user", w(f"board.capacity.{card.capacity}")))
    if card.others:
        found.append(Flag("co-suspect", w("board.flag.same-case", count=card.others + 1)))
    return tuple(found)


def dots(w: Words, card: Card) -> tuple[Dot, ...]:
    """The five activities; the one in hand is the last that has begun and is not done, else the first open one."""
    states = list(card.activities)
    now = next((n for n, one in enumerate(states) if one == "now"), -1)
    if now < 0:
        begun = [n for n, one in enumerate(states) if one == "partial"]
        waiting = [n for n, one in enumerate(states) if one == "none"]
        now = begun[-1] if begun else waiting[0] if waiting else -1
    return tuple(
        Dot(w(f"board.dot.{activity}"), Shape.CURRENT if place == now else _DOTS.get(state, Shape.UNKNOWN))
        for place, (activity, state) in enumerate(zip(Activity, states, strict=False))
    )


def last(w: Words, card: Card, now: datetime) -> str:
    """The newest entry with its age."""
    old = last_age(w, card, now)
    return f"{kind_name(w, card.last_kind)} {old}" if card.last_kind and old else ""


def last_age(w: Words, card: Card, now: datetime) -> str:
    """How long ago the newest entry was: what is shown where there is no room for more."""
    return age(w, ago(now, card.last_at)) if card.last_at is not None else ""
