"""办案区使用情况登记表: the main form of a stay, front and back, in the seven blocks of the official form.

公安机关执法办案场所办案区使用管理规定; fields as centres print them. Front: person, search, property.
Back: information captured, activities, leaving, return of property. When the front
overflows, the back follows on without a gap.

While the person is here the lists end in ruled lines to go on by hand, and what has not happened yet is an empty form.
Once the person has left, nothing may be added: what is not known is said to be unknown.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.documents.context import Mark, PaperContext, Shortfall, Signed, Words
from workstation.documents.custody_back import (
    ActivityLine,
    CapturePart,
    DeparturePart,
    ExitLine,
    ReturnPart,
    activities_block,
    capture_block,
    leaving_block,
    return_block,
)
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow, value
from workstation.documents.parts import (
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
from workstation.documents.property_receipt import (
    PropertyBag,
    PropertyItem,
    features,
    keeping,
    quantity,
)
from workstation.documents.search_record import SearchPart, blank_search, search_block
from workstation.roles import Sex

_PROPERTY_LINES = 2  # so that the front stays one page; the list of property has more


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
    purpose: str = ""
    local: str = ""
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
    closed = record.departure is not None
    capture_block(flow, words, record.capture, closed=closed)
    activities_block(flow, words, record.activities, closed=closed)
    leaving_block(flow, words, record.exits, record.departure)
    return_block(flow, words, record.items, record.bags, record.returned, closed=closed)
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
    born = say("person.born", birth=person.birth, age=known(person.age)) if person.birth else words.unknown
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
            ("stay.arrived-at", words.when(person.arrived_at)),
            ("stay.band", known(person.band)),
        ),
        fields(
            words,
            ("stay.purpose", known(person.purpose)),
            ("person.local", known(person.local)),
            ("stay.entered-at", words.when(person.entered_at) + words.marks(person.marks)),
        ),
        fields(
            words,
            ("case.measure", value(limit, span=3)),
            ("stay.number", known(record.stay_number)),
        ),
        fields(
            words,
            ("stay.unit", known(person.unit)),
            ("stay.rights", words.when(person.rights_served_at)),
            ("stay.brought-by", words.joined(person.brought_by or None)),
        ),
        fields(
            words,
            ("stay.supporters", value(words.joined(person.supporters), span=3)),
            ("stay.notices", words.joined(person.notices, "stay.no-notice")),
        ),
    ]
    flow.block(say("block.person"), (1.2, 2.4, 1.05, 1.7, 1.2, 2.55), rows)
    signatures(flow, words, person.signatures)


def _searches(flow: Flow, words: Words, record: CustodyRecord) -> None:
    if not record.searches:
        title = words.say("block.search")
        if record.departure is None:
            blank_search(flow, words, title)
        else:
            flow.block(title, (1,), (note(words.say("search.none"), bold=True),))
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
                features(words, item, bold=Mark.BREACH in item.marks),
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
    if record.items is None and record.departure is None:
        rows += blank(len(names), _PROPERTY_LINES)
    head = heads(words, *names)
    flow.block(words.say("block.property"), (0.5, 1.55, 1.75, 2.65, 0.9, 2.95), rows, head)
    signatures(flow, words, record.property_signatures, statement=words.say("property.willing"))
