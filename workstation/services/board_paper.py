"""The board as a paper for a power loss: the values of its form, in the language of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from workstation.catalogue import Catalogue
from workstation.custody.house import House
from workstation.documents.board_sheet import BoardSheet, SheetLine, SheetPerson, SheetRoom, SheetTimer
from workstation.services.board import Board, Card, Timer
from workstation.services.board_side import RoomView

_STATES: Mapping[str, Literal["running", "paused", "unknown"]] = {
    "running": "running",
    "expired": "running",
    "paused": "paused",
    "unknown": "unknown",
}


def board_sheet(board: Board, house: House, catalogue: Catalogue, language: str) -> BoardSheet:
    """The sheet of a board; persons in the order of the board, next due first."""
    return _Values(board, house, catalogue, language).sheet()


class _Values:
    def __init__(self, board: Board, house: House, catalogue: Catalogue, language: str) -> None:
        self._board, self._house = board, house
        self._catalogue, self._language = catalogue, language
        self._zone: tzinfo = ZoneInfo(house.centre.time_zone)

    def sheet(self) -> BoardSheet:
        board = self._board
        return BoardSheet(
            as_of=board.now,
            people=tuple(self._person(card) for card in board.cards),
            rooms=tuple(self._room(room) for room in board.rooms),
            lines=self._lines(),
        )

    def _say(self, code: str, **values: object) -> str:
        return self._catalogue.text(code, self._language, values)

    def _maybe(self, code: str, plain: str) -> str:
        return self._say(code) if code in self._catalogue else plain

    def _person(self, card: Card) -> SheetPerson:
        sex = self._say(f"board.sex.{card.sex}") if card.sex in ("male", "female") else ""
        flags = [self._maybe(f"board.flag.{flag}", flag) for flag in card.flags]
        if card.others:
            flags.append(self._say("board.flag.same-case", count=card.others + 1))
        said = self._say(f"event.{card.last_kind.partition('/')[0]}") if card.last_kind else ""
        last = said.partition("{")[0].rstrip(" ：:（(，,")
        stay = self._house.stay(card.stay)
        bags = stay.effects.stored if stay else ()
        return SheetPerson(
            number=card.number,
            name=card.name,
            sex_age=" ".join(filter(None, (sex, "" if card.age is None else str(card.age)))),
            capacity=self._say(f"board.capacity.{card.capacity}") if card.capacity else "",
            room=self._where(card),
            level=self._say(f"board.level.{card.level}") if card.level else "",
            flags=" · ".join(flags),
            timers=tuple(self._timer(timer) for timer in card.timers),
            action=self._say(f"action.{card.action}") if card.action else "",
            owner=self._say(f"role.{card.owner}") if card.owner else "",
            property="; ".join(" ".join(filter(None, (bag.cell, bag.bag, bag.seal))) for bag in bags),
            last=f"{last} {self._local(card.last_at)}" if card.last_at else "",
        )

    def _where(self, card: Card) -> str:
        if card.status in ("out", "escaped"):
            return " ".join(filter(None, (self._say(f"board.status.{card.status}"), card.whereto)))
        if card.disagrees is not None:
            return self._say(
                "board.disagrees.interview",
                room=self._room_name(card.disagrees.room),
                other=self._room_name(card.disagrees.other),
            )
        return self._room_name(card.room)

    def _room_name(self, room: str) -> str:
        found = self._house.centre.rooms.get(room)
        if found is None:
            return room
        return found.name_zh if self._language == "zh" else found.name_en or found.name_zh

    def _timer(self, timer: Timer) -> SheetTimer:
        code = (
            "timer.other" if timer.code == "timer.property" else timer.code
        )  # property has a field of its own
        short = f"board.{code}"
        name = self._say(short, tier=timer.text) if short in self._catalogue else self._maybe(code, code)
        return SheetTimer(
            name=name,
            state=_STATES.get(timer.state, "none"),
            at=timer.expires_at,
            text=self._say("board.timer.free") if timer.text == "timer.free" else "",
        )

    def _room(self, room: RoomView) -> SheetRoom:
        told = []
        if not room.in_service:
            told.append(self._say("board.room.closed"))
        if room.interview:
            told.append(self._say(f"board.room.recording.{room.recording}"))
        if room.disputed:
            told.append(self._say("board.room.disputed"))
        if room.camera not in ("", "ok"):
            told.append(self._say(f"board.room.camera.{room.camera}"))
        name = room.name_zh if self._language == "zh" else room.name_en or room.name_zh
        return SheetRoom(name=name, people=room.people, state=" · ".join(told))

    def _lines(self) -> tuple[SheetLine, ...]:
        """Who is expected, waits, is out or was led away, then the notes."""
        board = self._board
        lines = [
            SheetLine(kind=self._say("board.tray.arriving"), at=one.expected_at, what=one.text, more=one.by)
            for one in board.notes
            if one.kind == "arrival"
        ]
        lines += [
            SheetLine(
                kind=self._say("board.tray.waiting"),
                at=card.waiting.from_at or card.waiting.since,
                what=f"{card.number} {card.name}".strip(),
                more=self._room_name(card.waiting.room),
            )
            for card in board.cards
            if card.waiting is not None
        ]
        lines += [
            SheetLine(
                kind=self._say("board.tray.out"),
                at=card.due_back,
                what=f"{card.number} {card.name}".strip(),
                more=" · ".join(filter(None, (card.whereto, self._say("board.escorts", count=card.escorts)))),
            )
            for card in board.cards
            if card.status == "out"
        ]
        lines += [
            SheetLine(
                kind=self._say("board.tray.transit"),
                at=one.at,
                what=f"{one.number} {one.name}".strip(),
                more=f"{one.destination} · {self._say('board.transit.unknown')}",
            )
            for one in board.leaving
        ]
        lines += [
            SheetLine(
                kind=self._say("board.notes"),
                at=one.at,
                what=one.text,
                more=" ".join(filter(None, (one.number, one.by))),
            )
            for one in board.notes
            if one.kind != "arrival"
        ]
        return tuple(lines)

    def _local(self, at: datetime | None) -> str:
        return "" if at is None else at.astimezone(self._zone).strftime("%m-%d %H:%M")
