"""离区登记 / 送押交接单: who leaves, by which paper, in which state, with what, and who takes over.

It goes out of the door with the escort and is signed there, so whatever nobody has recorded is a ruled line for the
pen: who receives, the vehicle, the papers handed over, health on leaving.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.values import Answer, Disposition
from workstation.documents.context import Mark, PaperContext, Shortfall, Signed, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow, hand, value
from workstation.documents.parts import (
    HAND_LINES,
    blank,
    fields,
    heads,
    listed,
    note,
    number_cell,
    shortfalls,
    signatures,
)
from workstation.documents.press import Press
from workstation.documents.property_receipt import PropertyItem, became, quantity
from workstation.roles import Sex


class DepartureSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the paper; an empty text or None is a ruled line, `entered_at` and who it is are unknown then.

    `left_at` None: still here, the sheet is printed ahead. `handover`: into the custody of somebody else, so that
    escort and receiver sign too. `items` None: property was never listed. `injuries_in`: injuries seen at the search.
    """

    name: str
    sex: Sex
    age: int | None
    id_number: str
    stay_number: str
    cause: str
    case_number: str
    arrived_at: datetime | None
    entered_at: datetime | None
    left_at: datetime | None
    outcome: str
    paper: str
    approver: str
    destination: str
    escorts: tuple[str, ...]
    receiver: str
    condition: str
    injuries_in: str
    new_injuries: Answer | None
    injury_detail: str
    identified_by: str
    items: tuple[PropertyItem, ...] | None
    handover: bool
    signatures: tuple[Signed, ...]
    marks: tuple[Mark, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


def print_departure_sheet(sheet: DepartureSheet, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the paper; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    _who(flow, words, sheet)
    _leaving(flow, words, sheet)
    _state(flow, words, sheet)
    _property(flow, words, sheet.items)
    names = ("no", "leaving.paper", "leaving.copies", "leaving.remark")
    flow.block(
        words.say("leaving.papers"), (0.5, 4.5, 1.2, 3.0), blank(len(names), HAND_LINES), heads(words, *names)
    )
    title = words.say("leaving.handover" if sheet.handover else "leaving.signatures")
    signatures(flow, words, sheet.signatures, title, statement=words.say("leaving.statement"))
    shortfalls(flow, words, sheet.shortfalls)
    return Press(fonts, context, words, words.say("leaving.sheet")).print(flow)


def _who(flow: Flow, words: Words, sheet: DepartureSheet) -> None:
    known = words.known
    rows = [
        fields(
            words,
            ("person.name", value(known(sheet.name), bold=True)),
            ("person.sex", words.say(f"sex.{sheet.sex.value}")),
            ("person.age", known(sheet.age)),
        ),
        fields(
            words,
            ("person.id-number", known(sheet.id_number)),
            ("stay.number", known(sheet.stay_number)),
            ("case.number", known(sheet.case_number)),
        ),
        fields(
            words,
            ("case.cause", known(sheet.cause)),
            ("stay.arrived-at", words.when(sheet.arrived_at)),
            ("stay.entered-at", words.when(sheet.entered_at)),
        ),
    ]
    flow.block(words.say("leaving.person"), (1.0, 2.3, 1.0, 1.8, 1.0, 1.9), rows)


def _leaving(flow: Flow, words: Words, sheet: DepartureSheet) -> None:
    left = words.when(sheet.left_at) if sheet.left_at else ""
    rows = [
        fields(words, ("departure.left-at", hand(left)), ("departure.outcome", hand(sheet.outcome))),
        fields(words, ("departure.paper", hand(sheet.paper)), ("exit.approver", hand(sheet.approver))),
        fields(
            words,
            ("departure.destination", hand(sheet.destination)),
            ("departure.receiver", hand(sheet.receiver)),
        ),
        fields(
            words,
            ("departure.escorts", hand(words.say("comma").join(sheet.escorts))),
            ("leaving.vehicle", hand("")),
        ),
    ]
    if sheet.left_at is None:
        rows.insert(0, note(words.say("departure.none"), 4, bold=True))
    if sheet.marks:
        rows.append(fields(words, ("activity.marks", value(words.marks(sheet.marks), bold=True)), last=3))
    flow.block(words.say("leaving.title"), (1.2, 3.2, 1.2, 3.2), rows)


def _state(flow: Flow, words: Words, sheet: DepartureSheet) -> None:
    """Health and injuries, compared with what was seen on entry, and how the person was made sure of."""
    compared = "" if sheet.new_injuries is None else words.answer(sheet.new_injuries)
    if compared and sheet.injury_detail:
        compared += words.say("detail", detail=sheet.injury_detail)
    rows = [
        fields(
            words,
            ("leaving.injuries-in", words.known(sheet.injuries_in)),
            ("departure.condition", hand(sheet.condition)),
        ),
        fields(
            words, ("departure.injuries", hand(compared)), ("return.identified-by", hand(sheet.identified_by))
        ),
    ]
    flow.block(words.say("leaving.state"), (1.2, 3.2, 1.2, 3.2), rows)


def _property(flow: Flow, words: Words, items: tuple[PropertyItem, ...] | None) -> None:
    """What goes out with the person or after them, each thing with what became of it."""
    names = ("no", "item.name", "item.quantity", "item.became")
    rows = [
        listed(
            number_cell(item.number),
            words.known(item.name),
            quantity(words, item),
            value(became(words, item).replace("\n", "  "), bold=item.disposition is not Disposition.RETURNED),
        )
        for item in items or ()
    ]
    if items is None:
        ending = words.say("item.unlisted")
    elif items:
        ending = words.say("blank-below", count=len(items))
    else:
        ending = words.say("item.nothing")
    rows.append(note(ending, len(names), bold=items is None))
    flow.block(words.say("leaving.property"), (0.5, 2.4, 2.0, 4.6), rows, heads(words, *names))
