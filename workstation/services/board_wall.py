"""The board as it may hang in a hall: numbers, rooms and timers. No name, no case and no measure leaves the station.

A limit is shown by when it ends, never by how long it is: eight or twenty-four hours would tell the measure. Who is
not held has no limit and is left out. Nobody needs to sign in for it.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.values import Capacity, RoomUse
from workstation.services.board import Board, Card, Timer

SOON = 4


class WallCard(msgspec.Struct, frozen=True, kw_only=True):
    """One person held. `room` empty: not recorded; `disputed`: the record names two places. `status`: open, out,
    escaped. `timers`: the limit and the next check. `key` tells cards apart and nothing else.
    """

    key: str
    number: str
    room: str
    status: str
    disputed: bool
    unknown: bool
    level: str
    unacknowledged: bool
    timers: tuple[Timer, ...]


class Soon(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected next. `what`: room (a reserved one), back, arrival; `number` and `room` where there are any."""

    at: datetime
    what: str
    number: str = ""
    room: str = ""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """Rooms of one use: how many are in use, of how many in service."""

    use: str
    full: int
    all: int


class Wall(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the wall at one position. `fresh_red`, `fresh_yellow`: open warnings that nobody has taken up."""

    position: int
    now: datetime
    centre_zh: str
    centre_en: str
    time_zone: str
    practice: bool
    rooms: dict[str, tuple[str, str]]  # id → name in Chinese and in English
    counts: tuple[Count, ...]
    cards: tuple[WallCard, ...]
    soon: tuple[Soon, ...]
    red: int
    yellow: int
    blue: int
    fresh_red: int = 0
    fresh_yellow: int = 0


def wall_of(board: Board, *, centre_zh: str, centre_en: str, time_zone: str, practice: bool) -> Wall:
    """What of the board is for everyone."""
    held = [card for card in board.cards if card.capacity == Capacity.SUSPECT]
    levels = [card.level for card in held]
    return Wall(
        position=board.position,
        now=board.now,
        centre_zh=centre_zh,
        centre_en=centre_en,
        time_zone=time_zone,
        practice=practice,
        rooms={room.room: (room.name_zh, room.name_en) for room in board.rooms},
        counts=tuple(_count(board, use) for use in (RoomUse.HOLDING, RoomUse.INTERVIEW)),
        cards=tuple(_card(place, card) for place, card in enumerate(held)),
        soon=_soon(board, held),
        red=max(board.red, levels.count("red")),
        yellow=max(board.yellow, levels.count("yellow")),
        blue=max(board.blue, levels.count("blue")),
        fresh_red=board.fresh_red,
        fresh_yellow=board.fresh_yellow,
    )


def _card(place: int, card: Card) -> WallCard:
    codes = ("timer.legal", "timer.check")
    return WallCard(
        key=card.number or str(place),
        number=card.number,
        room=card.room,
        status=card.status,
        disputed=card.disagrees is not None,
        unknown=bool(card.unknown),
        level=card.level,
        unacknowledged=card.unacknowledged,
        timers=tuple(
            Timer(
                code=code,
                state=timer.state,
                level=timer.level,
                started_at=timer.started_at if code == "timer.check" else None,
                expires_at=timer.expires_at,
            )
            for code, timer in zip(codes, card.timers, strict=False)
        ),
    )


def _count(board: Board, use: RoomUse) -> Count:
    rooms = [room for room in board.rooms if room.use == use and room.in_service]
    return Count(use=str(use), full=sum(1 for room in rooms if room.people), all=len(rooms))


def _soon(board: Board, held: list[Card]) -> tuple[Soon, ...]:
    found = [
        Soon(at=card.waiting.from_at, what="room", number=card.number, room=card.waiting.room)
        for card in held
        if card.waiting is not None and card.waiting.from_at is not None
    ]
    found += [Soon(at=card.due_back, what="back", number=card.number) for card in held if card.due_back]
    found += [Soon(at=note.expected_at, what="arrival") for note in board.notes if note.expected_at]
    return tuple(sorted(found, key=lambda one: (one.at, one.number))[:SOON])
