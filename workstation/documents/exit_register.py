"""涉案人员进出办案区登记台账: every entry, temporary exit, return and departure of a day, in the order of the clock.

A day that is not over ends in ruled lines to go on by hand. Nobody's approval is asked for coming in and coming back:
that field is a dash then, and unknown where somebody went out without one on record.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from workstation.documents.context import Mark, PaperContext, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow, Row, value
from workstation.documents.parts import HAND_LINES, blank, fields, heads, listed, note, number_cell
from workstation.documents.press import Press


class Movement(StrEnum):
    """What a line of the register is about."""

    ENTRY = "entry"
    EXIT = "exit"
    RETURN = "return"
    DEPARTURE = "departure"
    ESCAPE = "escape"
    DEATH = "death"


OUTWARD = frozenset({Movement.EXIT, Movement.DEPARTURE})


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One movement. `person`: name, sex and age; `place`: the room first entered, or where to."""

    at: datetime | None
    movement: Movement
    number: str
    person: str
    place: str
    reason: str
    officers: tuple[str, ...]
    approver: str
    marks: tuple[Mark, ...] = ()


class ExitRegister(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the paper. `day`: the local day, `YYYY-MM-DD`; `over`: no line can be added to it by hand.
    `held`: persons of the centre at the end of the day or at the time of printing.
    """

    day: str
    over: bool
    held: int
    lines: tuple[RegisterLine, ...]


def print_exit_register(register: ExitRegister, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the paper; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    count = {movement: sum(one.movement is movement for one in register.lines) for movement in Movement}
    told = words.say(
        "register.counted",
        entries=count[Movement.ENTRY],
        exits=count[Movement.EXIT],
        returns=count[Movement.RETURN],
        departures=count[Movement.DEPARTURE],
        held=register.held,
    )
    day = fields(words, ("register.day", value(register.day, bold=True)), ("register.count", told))
    flow.block("", (0.8, 1.3, 0.8, 6.1), (day,))
    names = (
        "no", "register.at", "register.person", "register.movement", "register.place", "register.reason",
        "register.officers", "exit.approver", "register.signed",
    )  # fmt: skip
    rows = [_line(words, number, one) for number, one in enumerate(register.lines, 1)]
    if not rows:
        ending = words.say("register.none")
    else:
        ending = words.say("blank-below" if register.over else "hand-below", count=len(rows))
    rows.append(note(ending, len(names)))
    if not register.over:
        rows += blank(len(names), 2 * HAND_LINES)
    columns = (0.5, 0.7, 1.3, 1.05, 1.6, 1.95, 0.95, 0.95, 1.1)
    flow.block(words.say("register.title"), columns, rows, heads(words, *names))
    return Press(fonts, context, words, words.say("exit-register")).print(flow)


def _line(words: Words, number: int, one: RegisterLine) -> Row:
    unknown = words.unknown if one.movement in OUTWARD else "—"
    breach = Mark.BREACH in one.marks
    return listed(
        number_cell(number),
        value(words.when(one.at)[11:] or words.unknown, align="center"),
        f"{words.known(one.person)}\n{words.known(one.number)}",
        value(words.say(f"register.{one.movement.value}") + words.marks(one.marks), bold=breach),
        words.known(one.place),
        words.known(one.reason),
        "\n".join(one.officers) or (words.unknown if one.movement is Movement.ENTRY else words.say("none")),
        one.approver or unknown,
        "",
    )
