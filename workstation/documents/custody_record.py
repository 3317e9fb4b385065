"""办案区使用情况登记表: the main form of a stay, front and back, in the seven blocks of the official form.

公安机关执法办案场所办案区使用管理规定; fields as centres print them. Front: person, search, property.
Back: information captured, activities, leaving, return of property. When the front
overflows, the back follows on without a gap.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.values import Answer, Disposition
from workstation.documents.context import Mark, PaperContext, Shortfall, Signed, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow, Row, value
from workstation.documents.parts import fields, heads, listed, note, number_cell, shortfalls, signatures
from workstation.documents.press import Press
from workstation.documents.property_receipt import (
    PropertyBag,
    PropertyItem,
    bag_block,
    became,
    features,
    keeping,
    missing_block,
    quantity,
)
from workstation.documents.search_record import SearchPart, search_block
from workstation.roles import Sex


class PersonPart(msgspec.Struct, frozen=True, kw_only=True):
    """Block ①. Texts are in the language of the paper; empty or None is printed as unknown. `birth`:
    `YYYY-MM-DD`. `age`: whole years on arrival. `notices`: one sentence for each notice given or not given.
    """

    name: str
    sex: Sex
    birth: str
    age: int | None
    id_kind: str
    id_number: str
    address: str
    phone: str
    capacity: str
    case_number: str
    cause: str
    arrival_mode: str
    measure: str
    limit_until: datetime | None
    arrived_at: datetime | None
    entered_at: datetime | None
    unit: str
    brought_by: tuple[str, ...]
    band: str
    rights_served_at: datetime | None
    notices: tuple[str, ...] | None
    supporters: tuple[str, ...] | None
    signatures: tuple[Signed, ...]
    marks: tuple[Mark, ...] = ()


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


class CustodyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the form. `items` None: property was never listed. `departure` None: still here."""

    stay_number: str
    person: PersonPart
    searches: tuple[SearchPart, ...]
    items: tuple[PropertyItem, ...] | None
    bags: tuple[PropertyBag, ...]
    property_signatures: tuple[Signed, ...]
    capture: CapturePart | None
    activities: tuple[ActivityLine, ...]
    exits: tuple[ExitLine, ...]
    departure: DeparturePart | None
    returned: ReturnPart | None
    shortfalls: tuple[Shortfall, ...] = ()


def print_custody_record(record: CustodyRecord, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the form; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    _summary(flow, words, record)
    _person(flow, words, record)
    _searches(flow, words, record)
    _property(flow, words, record)
    if len(flow.pages) == 1:
        flow.new_page()
    _capture(flow, words, record.capture)
    _activities(flow, words, record.activities)
    _leaving(flow, words, record)
    _return(flow, words, record)
    shortfalls(flow, words, record.shortfalls)
    return Press(fonts, context, words, words.say("custody-record")).print(flow)


def _all_marks(record: CustodyRecord) -> list[Mark]:
    """The marks of every line."""
    single = (record.person, record.capture, record.departure, record.returned)
    marked = [part.marks for part in single if part is not None]
    marked += [part.marks for part in record.searches] + [part.marks for part in record.items or ()]
    marked += [part.marks for part in record.bags] + [part.marks for part in record.activities]
    marked += [part.marks for part in record.exits]
    found = [mark for marks in marked for mark in marks]
    for search in record.searches:
        found += [mark for injury in search.injuries or () for mark in injury.marks]
    return found


def _summary(flow: Flow, words: Words, record: CustodyRecord) -> None:
    """How many breaches, open duties, late and by-hand lines the form holds: the first thing that is read."""
    marks = _all_marks(record)
    listed = sum(one.breach for one in record.shortfalls)
    breaches = max(listed, marks.count(Mark.BREACH))
    duties = len(record.shortfalls) - listed
    text = words.say(
        "summary",
        breaches=breaches,
        duties=duties,
        late=marks.count(Mark.LATE),
        hand=marks.count(Mark.BY_HAND),
        corrected=marks.count(Mark.CORRECTED),
    )
    if Mark.SIMULATED in marks:
        text += words.say("summary.simulated", count=marks.count(Mark.SIMULATED))
    row = fields(words, ("summary.title", value(text, bold=bool(breaches or duties))))
    flow.block("", (1.0, 8.0), (row,))


def _person(flow: Flow, words: Words, record: CustodyRecord) -> None:
    say, known, person = words.say, words.known, record.person
    born = say("person.born", birth=known(person.birth), age=known(person.age))
    limit = say("case.limit", measure=known(person.measure), until=words.when(person.limit_until))
    rows = [
        fields(
            words,
            ("person.name", value(known(person.name), bold=True)),
            ("person.sex", say(f"sex.{person.sex.value}")),
            ("person.birth", born),
        ),
        fields(
            words,
            ("person.id-kind", known(person.id_kind)),
            ("person.capacity", known(person.capacity)),
            ("person.id-number", known(person.id_number)),
        ),
        fields(
            words,
            ("person.address", value(known(person.address), span=3)),
            ("person.phone", known(person.phone)),
        ),
        fields(
            words,
            ("case.cause", value(known(person.cause), span=3)),
            ("case.number", known(person.case_number)),
        ),
        fields(
            words,
            ("stay.arrival-mode", known(person.arrival_mode)),
            ("stay.band", known(person.band)),
            ("stay.arrived-at", words.when(person.arrived_at)),
        ),
        fields(
            words,
            ("case.measure", value(limit, span=3)),
            ("stay.entered-at", words.when(person.entered_at) + words.marks(person.marks)),
        ),
        fields(
            words,
            ("stay.unit", known(person.unit)),
            ("stay.brought-by", words.joined(person.brought_by or None)),
            ("stay.number", known(record.stay_number)),
        ),
        fields(
            words,
            ("stay.rights", words.when(person.rights_served_at)),
            ("stay.supporters", words.joined(person.supporters)),
            ("stay.notices", words.joined(person.notices, "stay.no-notice")),
        ),
    ]
    flow.block(say("block.person"), (1.15, 2.6, 0.95, 1.7, 1.15, 2.6), rows)
    signatures(flow, words, person.signatures)


def _searches(flow: Flow, words: Words, record: CustodyRecord) -> None:
    if not record.searches:
        row = note(words.say("search.none"), bold=True)
        flow.block(words.say("block.search"), (1,), (row,))
    for part in record.searches:
        title = words.say("block.search")
        search_block(flow, words, part, title + (words.say("search.again-suffix") if part.again else ""))


def _property(flow: Flow, words: Words, record: CustodyRecord) -> None:
    names = ("no", "item.name", "item.quantity", "item.features", "item.in-case", "item.keeping-cell")
    rows = []
    for item in record.items or ():
        in_case = (
            words.unknown
            if item.in_case is None
            else words.say("answer.yes" if item.in_case else "answer.no")
        )
        rows.append(
            listed(
                number_cell(item.number),
                words.known(item.name),
                quantity(words, item),
                features(words, item),
                value(in_case, align="center"),
                keeping(words, item),
            )
        )
    if record.items is None:
        ending = words.say("item.unlisted")
    elif record.items:
        ending = words.say("blank-below", count=len(record.items))
    else:
        ending = words.say("item.nothing")
    rows.append(note(ending, len(names), bold=record.items is None))
    head = heads(words, *names)
    flow.block(words.say("block.property"), (0.55, 1.7, 1.8, 3.0, 0.95, 2.3), rows, head)
    flow.block("", (1,), (Row((value(words.say("property.willing")),)),))
    signatures(flow, words, record.property_signatures)


def _capture(flow: Flow, words: Words, part: CapturePart | None) -> None:
    say = words.say
    if part is None:
        row = note(say("capture.none"), bold=True)
        flow.block(say("block.capture"), (1,), (row,))
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
    flow.block(say("block.capture"), (1.15, 1.7, 1.0, 3.2, 1.0, 1.7), rows)


def _activities(flow: Flow, words: Words, lines: tuple[ActivityLine, ...]) -> None:
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
        end = words.say("activity.going-on") if line.going_on and line.end is None else words.when(line.end)
        breach = Mark.BREACH in line.marks
        rows.append(
            listed(
                number_cell(number),
                words.say("activity.span", start=words.when(line.start), end=end),
                words.known(line.room),
                value(words.known(line.what), bold=breach),
                words.known(line.recording),
                words.known(line.staff),
                value(words.marks(line.marks) or "—", bold=breach, align="center"),
            )
        )
    ending = words.say("blank-below", count=len(lines)) if lines else words.say("activity.none")
    rows.append(note(ending, len(names), bold=not lines))
    head = heads(words, *names)
    flow.block(words.say("block.activities"), (0.55, 1.95, 1.2, 3.2, 1.3, 1.2, 1.1), rows, head)


def _leaving(flow: Flow, words: Words, record: CustodyRecord) -> None:
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
        for number, line in enumerate(record.exits, 1)
    ]
    if not rows:
        rows.append(note(say("exit.none"), len(names)))
    head = heads(words, *names)
    flow.block(say("block.leaving"), (0.55, 1.8, 1.8, 1.8, 1.5, 3.0), rows, head)
    part = record.departure
    if part is None:
        row = note(say("departure.none"), bold=True)
        flow.block("", (1,), (row,))
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
            ("departure.injuries", value(compared, span=3, bold=part.new_injuries is not Answer.NO)),
        ),
    ]
    flow.block("", (1.25, 2.4, 1.25, 1.9, 0.9, 2.0), final)
    signatures(flow, words, part.signatures)


def _return(flow: Flow, words: Words, record: CustodyRecord) -> None:
    """How much went back, every thing that did not, and who took it."""
    say, items = words.say, record.items
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
    part = record.returned
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
    flow.block(say("block.return"), (1.2, 3.2, 1.2, 3.2), rows)
    missing_block(flow, words, items or ())
    bag_block(flow, words, record.bags, "")
    if part is not None:
        signatures(flow, words, part.signatures)
