"""The back of 办案区使用情况登记表: information captured, activities, leaving, return of property.

Texts are in the language of the paper; an empty text or None is printed as unknown. `closed`: the person has left, so
that nothing may be written in any more; before, what has not happened yet is an empty form with ruled lines.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.values import Answer, Disposition
from workstation.documents.context import Mark, Signed, Words
from workstation.documents.layout import Flow, Row, hand, value
from workstation.documents.parts import (
    HAND_LINES,
    blank,
    fields,
    heads,
    listed,
    note,
    number_cell,
    signatures,
)
from workstation.documents.property_receipt import (
    PropertyBag,
    PropertyItem,
    bag_block,
    became,
    missing_block,
)

EXITS = 3  # lines for temporary exits on the official form
_CAPTURE = (1.15, 1.9, 1.1, 2.9, 1.0, 1.7)
_LEAVING = (1.25, 1.95, 1.2, 2.05, 1.05, 2.0)


class CapturePart(msgspec.Struct, frozen=True, kw_only=True):
    """Block ④. `captures`: names of what was taken; None when nobody has said."""

    captured: Answer | None
    captures: tuple[str, ...] | None
    stored: Answer | None
    comparison: str
    at: datetime | None
    staff: str
    tests: tuple[str, ...] | None = None
    marks: tuple[Mark, ...] = ()


class ActivityLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of block ⑤. `going_on`: has not ended yet, as opposed to an end that is not known."""

    start: datetime | None
    end: datetime | None
    room: str
    what: str
    recording: str
    staff: str
    going_on: bool = False
    marks: tuple[Mark, ...] = ()


class ExitLine(msgspec.Struct, frozen=True, kw_only=True):
    """One temporary leave of block ⑥."""

    left_at: datetime | None
    returned_at: datetime | None
    escorts: tuple[str, ...]
    approver: str
    reason: str
    marks: tuple[Mark, ...] = ()


class DeparturePart(msgspec.Struct, frozen=True, kw_only=True):
    """The final leave of block ⑥. `new_injuries`: compared with entry, None when nobody compared."""

    left_at: datetime | None
    approver: str
    outcome: str
    paper: str
    destination: str
    escorts: tuple[str, ...]
    receiver: str
    new_injuries: Answer | None
    injury_detail: str
    condition: str
    signatures: tuple[Signed, ...]
    marks: tuple[Mark, ...] = ()


class ReturnPart(msgspec.Struct, frozen=True, kw_only=True):
    """Block ⑦. `identified_by`: how the receiver was made sure of."""

    receiver: str
    receiver_id: str
    received_at: datetime | None
    identified_by: str
    signatures: tuple[Signed, ...]
    marks: tuple[Mark, ...] = ()


def capture_block(flow: Flow, words: Words, part: CapturePart | None, *, closed: bool) -> None:
    """Block ④: what was captured, whether it is in the database, tests."""
    say = words.say
    if part is None:
        rows = [note(say("capture.none"), 6, bold=True)]
        if not closed:
            rows += [
                _by_hand(words, "capture.captured", "capture.items", "capture.stored"),
                _by_hand(words, "capture.at", "capture.comparison", "capture.staff"),
            ]
        flow.block(say("block.capture"), _CAPTURE, rows)
        return
    rows = [
        fields(
            words,
            ("capture.captured", words.answer(part.captured)),
            ("capture.items", words.joined(part.captures)),
            ("capture.stored", words.answer(part.stored)),
        ),
        fields(
            words,
            ("capture.at", words.when(part.at)),
            ("capture.comparison", words.known(part.comparison) + words.marks(part.marks)),
            ("capture.staff", words.known(part.staff)),
        ),
        fields(words, ("capture.tests", words.joined(part.tests)), last=5),
    ]
    flow.block(say("block.capture"), _CAPTURE, rows)


def _by_hand(words: Words, *codes: str) -> Row:
    """Named fields without values, to be written in."""
    return fields(words, *((code, hand("")) for code in codes))


def activities_block(flow: Flow, words: Words, lines: tuple[ActivityLine, ...], *, closed: bool) -> None:
    """Block ⑤: every activity with its room, its recording and the marks of its line."""
    names = (
        "no",
        "activity.time",
        "activity.room",
        "activity.what",
        "activity.recording",
        "activity.staff",
        "activity.marks",
    )
    rows = []
    for number, line in enumerate(lines, 1):
        going_on = line.going_on and line.end is None
        end = words.say("activity.going-on") if going_on else words.later(line.start, line.end)
        at_once = line.start is not None and line.start == line.end
        start = words.when(line.start)
        breach = Mark.BREACH in line.marks
        rows.append(
            listed(
                number_cell(number),
                start if at_once else words.say("activity.span", start=start, end=end),
                words.known(line.room),
                value(words.known(line.what), bold=breach),
                words.known(line.recording),
                words.known(line.staff),
                value(words.marks(line.marks) or "—", bold=breach, align="center"),
            )
        )
    below = "blank-below" if closed else "hand-below"
    ending = words.say(below, count=len(lines)) if lines else words.say("activity.none")
    rows.append(note(ending, len(names), bold=not lines))
    if not closed:
        rows += blank(len(names), HAND_LINES)
    head = heads(words, *names)
    flow.block(words.say("block.activities"), (0.55, 1.95, 1.2, 3.2, 1.3, 1.2, 1.1), rows, head)


def leaving_block(flow: Flow, words: Words, exits: tuple[ExitLine, ...], part: DeparturePart | None) -> None:
    """Block ⑥: temporary exits, then the final leave."""
    say = words.say
    names = ("no", "exit.left-at", "exit.returned-at", "exit.escorts", "exit.approver", "exit.reason")
    rows = [
        listed(
            number_cell(number),
            words.when(line.left_at),
            value(words.when(line.returned_at), bold=line.returned_at is None),
            words.joined(line.escorts or None),
            words.known(line.approver),
            words.known(line.reason) + words.marks(line.marks),
        )
        for number, line in enumerate(exits, 1)
    ]
    if not rows:
        rows.append(note(say("exit.none"), len(names)))
    if part is None:
        rows += blank(len(names), max(EXITS - len(exits), 1))
    head = heads(words, *names)
    flow.block(say("block.leaving"), (0.55, 1.8, 1.8, 1.8, 1.5, 3.0), rows, head)
    if part is None:
        empty = [
            note(say("departure.none"), 6, bold=True),
            _by_hand(words, "departure.left-at", "exit.approver", "departure.paper"),
            _by_hand(words, "departure.outcome", "departure.destination", "departure.receiver"),
            _by_hand(words, "departure.escorts", "departure.injuries", "departure.condition"),
        ]
        flow.block("", _LEAVING, empty)
        signatures(flow, words, (Signed(part="person", state=None), Signed(part="officer", state=None)))
        return
    compared = words.answer(part.new_injuries)
    if part.injury_detail:
        compared += say("detail", detail=part.injury_detail)
    final = [
        fields(
            words,
            ("departure.left-at", value(words.when(part.left_at), bold=True)),
            ("exit.approver", words.known(part.approver)),
            ("departure.paper", words.known(part.paper)),
        ),
        fields(
            words,
            ("departure.outcome", words.known(part.outcome) + words.marks(part.marks)),
            ("departure.destination", words.known(part.destination)),
            ("departure.receiver", words.known(part.receiver)),
        ),
        fields(
            words,
            ("departure.escorts", words.joined(part.escorts)),
            ("departure.injuries", value(compared, bold=part.new_injuries is not Answer.NO)),
            ("departure.condition", words.known(part.condition)),
        ),
    ]
    flow.block("", _LEAVING, final)
    signatures(flow, words, part.signatures)


def return_block(
    flow: Flow,
    words: Words,
    items: tuple[PropertyItem, ...] | None,
    bags: tuple[PropertyBag, ...],
    part: ReturnPart | None,
    *,
    closed: bool,
) -> None:
    """How much went back, every thing that did not, and who took it."""
    say = words.say
    back = [item for item in items or () if item.disposition is Disposition.RETURNED]
    if items is None:
        state = say("return.unknown")
    elif not items:
        state = say("return.nothing")
    elif len(back) == len(items):
        state = say("return.all", count=len(items))
    else:
        state = say("return.part" if back else "return.not", count=len(items), back=len(back))
    rest = [item for item in items or () if item.disposition is not Disposition.RETURNED]
    kept = "\n".join(
        say("return.line", number=item.number, name=words.known(item.name), became=became(words, item))
        for item in rest
    )
    rows = [
        fields(
            words, ("return.state", value(state, bold=len(back) != len(items or ()) or items is None)), last=3
        ),
        fields(words, ("return.kept", kept or (words.unknown if items is None else say("none"))), last=3),
    ]
    if part is None:
        rows.append(
            fields(words, ("property.receiver", value(say("return.not-received"), bold=True)), last=3)
        )
        if not closed:
            rows += [
                _by_hand(words, "property.receiver", "return.receiver-id"),
                _by_hand(words, "return.identified-by", "return.at"),
            ]
    else:
        rows += [
            fields(
                words,
                ("property.receiver", words.known(part.receiver) + words.marks(part.marks)),
                ("return.receiver-id", words.known(part.receiver_id)),
            ),
            fields(
                words,
                ("return.identified-by", words.known(part.identified_by)),
                ("return.at", words.when(part.received_at)),
            ),
        ]
    flow.block(say("block.return"), (1.3, 3.1, 1.2, 3.2), rows)
    missing_block(flow, words, items or ())
    bag_block(flow, words, bags, "", closed=closed)
    if part is not None:
        signatures(flow, words, part.signatures)
    elif not closed:
        signatures(flow, words, (Signed(part="receiver", state=None), Signed(part="custodian", state=None)))
