"""人身安全检查情况登记表: health as stated, injuries on a body diagram, findings, who searched and signed.

Fields after the form that deployed centres print; two searchers of lawful sex, re-search as a further record
(公安机关办理行政案件程序规定 第53条).

Before a search is on record the form is printed with ruled lines to write one down by hand. What a recorded search
does not say is unknown and is no line: nothing is found out afterwards with a pen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from workstation.custody.values import Answer
from workstation.documents.context import Mark, PaperContext, Shortfall, Signed, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Cell, Figure, Flow, Line, Op, Shape, hand, value
from workstation.documents.parts import fields, heads, listed, note, number_cell, shortfalls, signatures
from workstation.documents.press import Press
from workstation.roles import Sex

_FIGURE_HEIGHT = 97.0
COLUMNS = (1.2, 3.2, 1.2, 3.0)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """One question about health with its answer; None: not asked or not answered."""

    question: str
    answer: Answer | None
    detail: str = ""


class BodyMark(msgspec.Struct, frozen=True, kw_only=True):
    """One injury. `x`, `y`: place on the diagram in thousandths of its width and height from the upper left
    corner of the view that `side` names; None where nobody marked it, the region is then only listed.
    """

    region: str
    description: str
    cause: str = ""
    statement: str = ""
    photo: str = ""
    side: Literal["front", "back"] = "front"
    x: int | None = None
    y: int | None = None
    marks: tuple[Mark, ...] = ()


class SearchPart(msgspec.Struct, frozen=True, kw_only=True):
    """One search. None means not stated; an empty tuple means looked for, and nothing there."""

    began_at: datetime | None
    ended_at: datetime | None
    place: str
    searchers: tuple[str, ...]
    witness: str
    stated: tuple[Stated, ...] | None
    injuries: tuple[BodyMark, ...] | None
    findings: tuple[str, ...] | None
    alcohol: str
    full_body: str
    condition: str
    signatures: tuple[Signed, ...]
    again: bool = False
    marks: tuple[Mark, ...] = ()


class SearchRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the form. `age`: whole years at the search, None when the date of birth is unknown."""

    name: str
    sex: Sex
    age: int | None
    id_number: str
    case_kind: str
    cause: str
    stay_number: str
    searches: tuple[SearchPart, ...]
    shortfalls: tuple[Shortfall, ...] = ()


def _outline(left: float, foot: float, height: float) -> list[Op]:
    """A standing figure, arms apart, in a box half as wide as high."""
    unit = height / 100

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * unit, foot + y * unit

    half = [
        (4, 84),
        (11, 81),
        (19, 58),
        (23, 45),
        (20, 43),
        (16, 52),
        (10, 68),
        (9, 52),
        (11, 30),
        (9, 3),
        (14, 0),
    ]
    half += [(4, 0), (3, 28), (0, 44)]
    right = [at(25 + x, y) for x, y in half]
    mirrored = [at(25 - x, y) for x, y in reversed(half[:-1])]
    return [
        Shape((at(19.5, 85), at(30.5, 100)), "ellipse"),
        Shape((*right, *mirrored)),
    ]


def _diagram(words: Words, injuries: tuple[BodyMark, ...]) -> Figure:
    """Front and back view with a numbered disc for each injury that was marked on it."""

    def draw(x: float, y: float, width: float, height: float) -> Iterable[Op]:
        body = height - 16
        wide = body / 2
        ops: list[Op] = []
        for place, side in enumerate(("front", "back")):
            left = x + width * (2 * place + 1) / 4 - wide / 2
            ops += _outline(left, y + 13, body)
            ops.append(Line(left + wide / 2 - 8, y + 2, words.say(f"body.{side}"), 7.5, False))
            for number, one in enumerate(injuries, 1):
                if one.side != side or one.x is None or one.y is None:
                    continue
                spot = left + wide * min(max(one.x, 0), 1000) / 1000
                level = y + 13 + body * (1 - min(max(one.y, 0), 1000) / 1000)
                ops.append(Shape(((spot - 2, level - 2), (spot + 2, level + 2)), "disc"))
                ops.append(Line(spot + 3, level - 2.5, str(number), 7.5, True))
        return ops

    return Figure(_FIGURE_HEIGHT, draw)


def _stated(words: Words, stated: tuple[Stated, ...] | None) -> str:
    if stated is None:
        return words.unknown
    if not stated:
        return words.say("search.not-asked")
    lines = []
    for one in stated:
        detail = words.say("detail", detail=one.detail) if one.detail else ""
        lines.append(words.say("answered", question=one.question, answer=words.answer(one.answer)) + detail)
    return "\n".join(lines)


def search_block(flow: Flow, words: Words, part: SearchPart, title: str) -> None:
    """One search as a block of a form: times, health, diagram, injuries, findings, signatures."""
    injuries = part.injuries or ()
    if part.injuries is None:
        seen = words.say("search.injuries-unknown")
    elif not injuries:
        seen = words.say("search.no-injury")
    else:
        seen = words.say("search.injuries", count=len(injuries))
    marked = words.marks(part.marks)
    rows = [
        fields(
            words,
            ("search.time", value(words.span(part.began_at, part.ended_at), bold=part.ended_at is None)),
            ("search.place", words.known(part.place)),
        ),
        fields(
            words,
            ("search.searchers", words.joined(part.searchers or None)),
            ("search.witness", words.known(part.witness)),
        ),
        fields(
            words,
            ("search.stated", _stated(words, part.stated)),
            ("search.diagram", Cell(figure=_diagram(words, injuries))),
        ),
        fields(
            words,
            ("search.alcohol", words.known(part.alcohol)),
            ("search.full-body", words.known(part.full_body)),
        ),
        fields(words, ("search.findings", value(words.joined(part.findings, "search.no-finding"), span=3))),
        fields(
            words,
            ("search.seen", value(seen + marked, bold=part.injuries is None)),
            ("search.condition", words.known(part.condition)),
        ),
    ]
    flow.block(title, COLUMNS, rows)
    if injuries:
        _injuries(flow, words, injuries)
    signatures(flow, words, part.signatures)


def blank_search(flow: Flow, words: Words, title: str) -> None:
    """A search that nobody has recorded: that it is unknown, and the form to write it down by hand."""
    rows = [
        note(words.say("search.none"), 4, bold=True),
        fields(words, ("search.time", hand("")), ("search.place", hand(""))),
        fields(words, ("search.searchers", hand("")), ("search.witness", hand(""))),
        fields(
            words,
            ("search.stated", words.say("search.circle")),
            ("search.diagram", Cell(figure=_diagram(words, ()))),
        ),
        fields(words, ("search.alcohol", hand("")), ("search.full-body", hand(""))),
        fields(words, ("search.findings", hand("")), last=3),
        fields(words, ("search.seen", hand("")), ("search.condition", hand(""))),
    ]
    flow.block(title, COLUMNS, rows)
    parts = ("searcher", "searcher", "person", "witness")
    signatures(flow, words, tuple(Signed(part=part, state=None) for part in parts))


def _injuries(flow: Flow, words: Words, injuries: tuple[BodyMark, ...]) -> None:
    names = ("no", "body.region", "body.description", "body.cause", "body.statement", "body.photo")
    rows = []
    for number, one in enumerate(injuries, 1):
        place = words.say("body.at", side=words.say(f"body.{one.side}"), region=words.known(one.region))
        rows.append(
            listed(
                number_cell(number),
                place + words.marks(one.marks),
                words.known(one.description),
                words.known(one.cause),
                words.known(one.statement),
                one.photo or words.say("none"),
            )
        )
    head = heads(words, *names)
    flow.block("", (0.5, 1.5, 2.2, 1.5, 2.0, 1.2), rows, head)


def print_search_record(record: SearchRecord, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the form; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    person = [
        fields(
            words,
            ("person.name", words.known(record.name)),
            ("person.sex", words.say(f"sex.{record.sex.value}")),
            ("person.age", words.known(record.age)),
        ),
        fields(
            words,
            ("person.id-number", words.known(record.id_number)),
            ("case.kind", words.known(record.case_kind)),
            ("stay.number", words.known(record.stay_number)),
        ),
        fields(words, ("case.cause", words.known(record.cause)), last=5),
    ]
    flow.block(words.say("search.person"), (1.15, 2.4, 1.0, 1.4, 1.0, 1.6), person)
    if not record.searches:
        blank_search(flow, words, words.say("search.title"))
    for part in record.searches:
        search_block(flow, words, part, words.say("search.again" if part.again else "search.title"))
    shortfalls(flow, words, record.shortfalls)
    return Press(fonts, context, words, words.say("search-record")).print(flow)
