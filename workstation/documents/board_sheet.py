"""看板（停电备用）: who is held, until when, where their things lie, and empty lines to go on by hand.

Printed before the power goes, so limits stand as times of the clock. What is written into the lines is recorded
afterwards as a report with its time and the reason for being late.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from workstation.documents.context import PaperContext, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Cell, Flow, Row, label, value
from workstation.documents.parts import fields, heads, listed, note
from workstation.documents.press import Press

HAND_LINES = 3
_LINE = 22.0  # points: room for a pen


class SheetTimer(msgspec.Struct, frozen=True, kw_only=True):
    """One limit. `state`: running, paused, unknown, none; `at`: when it ends; `text`: said instead of a time."""

    name: str
    state: Literal["running", "paused", "unknown", "none"]
    at: datetime | None = None
    text: str = ""


class SheetPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person. Texts are in the language of the paper; an empty one is printed as unknown, `flags` as none."""

    number: str
    name: str
    sex_age: str
    capacity: str
    room: str
    level: str
    flags: str
    timers: tuple[SheetTimer, ...]
    action: str
    owner: str
    property: str
    last: str


class SheetRoom(msgspec.Struct, frozen=True, kw_only=True):
    """One room and who is in it; `state` says what else is to be known of it."""

    name: str
    people: tuple[str, ...]
    state: str


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who is expected, out or led away, or a note: when, who or what, and more."""

    kind: str
    at: datetime | None
    what: str
    more: str


class BoardSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the paper, as of `as_of`."""

    as_of: datetime
    people: tuple[SheetPerson, ...]
    rooms: tuple[SheetRoom, ...]
    lines: tuple[SheetLine, ...]


def print_board_sheet(sheet: BoardSheet, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    rows = [
        fields(
            words,
            ("board.as-of", words.when(sheet.as_of, seconds=True)),
            ("board.count", str(len(sheet.people))),
        ),
        note(words.say("board.how"), 4),
    ]
    flow.block(words.say("board.title"), (1.2, 2.4, 1.2, 2.4), rows)
    for person in sheet.people:
        _person(flow, words, person)
    if not sheet.people:
        flow.block("", (1,), (Row((value(words.say("board.nobody"), bold=True),)),))
    _rooms(flow, words, sheet.rooms)
    _lines(flow, words, sheet.lines)
    return Press(fonts, context, words, words.say("board-sheet")).print(flow)


def _person(flow: Flow, words: Words, one: SheetPerson) -> None:
    """One person as a block: what is known, then lines for checks and acts done by hand."""
    say, known = words.say, words.known
    title = "  ".join(part for part in (one.number, known(one.name), one.sex_age, one.capacity) if part)
    timers: list[Cell] = []
    for timer in one.timers[:3]:
        timers += [label(timer.name), value(_until(words, timer), bold=timer.state == "unknown")]
    free = 6 - len(timers)
    if free:
        timers.append(Cell("", span=free))
    rows = [
        fields(
            words,
            ("board.room", value(known(one.room), bold=not one.room)),
            ("board.level", one.level or say("none")),
            ("board.flags", one.flags or say("none")),
        ),
        Row(tuple(timers)),
        fields(
            words,
            ("board.next", " · ".join(part for part in (one.action, one.owner) if part) or say("none")),
            ("board.property", one.property or say("none")),
            ("board.last", known(one.last)),
        ),
    ]
    flow.block(title, (0.8, 1.7, 0.8, 1.5, 0.8, 2.0), rows)
    names = ("board.hand.at", "board.hand.what", "board.hand.seen", "board.hand.signed")
    empty = [Row((value(""), value(""), value(""), value("")), height=_LINE) for _ in range(HAND_LINES)]
    flow.block("", (1.0, 2.4, 2.6, 1.6), empty, heads(words, *names))
    flow.gap(6)


def _until(words: Words, timer: SheetTimer) -> str:
    if timer.text:
        return timer.text
    match timer.state:
        case "running":
            return words.when(timer.at)
        case "paused":
            return words.say("board.paused")
        case "unknown":
            return words.unknown
        case "none":
            return words.say("none")


def _rooms(flow: Flow, words: Words, rooms: tuple[SheetRoom, ...]) -> None:
    lines = [listed(one.name, words.joined(one.people, "board.empty"), one.state or "—") for one in rooms]
    if not lines:
        lines = [note(words.say("board.no-rooms"), 3)]
    head = heads(words, "board.room", "board.people", "board.state")
    flow.block(words.say("board.rooms"), (1.6, 3.2, 2.2), lines, head)


def _lines(flow: Flow, words: Words, lines: tuple[SheetLine, ...]) -> None:
    rows = [
        listed(one.kind, words.when(one.at) if one.at else "—", one.what, one.more or "—") for one in lines
    ]
    if not rows:
        rows = [note(words.say("none"), 4)]
    head = heads(words, "board.kind", "board.at", "board.what", "board.more")
    flow.block(words.say("board.beside"), (1.1, 1.5, 2.8, 2.0), rows, head)
