"""Rows and blocks that several forms share: named fields, column heads, signature boxes, duties owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workstation.custody.values import SignState
from workstation.documents.context import Shortfall, Signed, Words
from workstation.documents.layout import LEADING, PEN, Cell, Flow, Row, label, value

HAND_LINES = 3
_ACROSS = 3
_SHORT = 12  # characters of a number that may be repeated over the page


def fields(words: Words, *named: tuple[str, str | Cell], last: int = 1) -> Row:
    """Names, as codes below `paper.`, each with its value; the last value spans `last` columns."""
    cells: list[Cell] = []
    for code, content in named:
        cells += [label(words.say(code)), value(content) if isinstance(content, str) else content]
    if last > 1:
        cells[-1] = replace(cells[-1], span=last)
    return Row(tuple(cells))


def heads(words: Words, *codes: str) -> Row:
    """The names of the columns of a list."""
    return Row(tuple(label(words.say(code)) for code in codes))


def listed(*contents: str | Cell) -> Row:
    """One line of a list."""
    return Row(tuple(value(each) if isinstance(each, str) else each for each in contents))


def note(text: str, span: int = 1, *, bold: bool = False) -> Row:
    """A sentence across the whole width, in the middle."""
    return Row((value(text, span, bold=bold, align="center"),))


def number_cell(number: int | str) -> Cell:
    """The first cell of a line of a list, repeated when the line is cut."""
    return Cell(str(number), align="center", keep=len(str(number)) <= _SHORT)


def blank(columns: int, count: int) -> list[Row]:
    """Empty lines of a list to go on by hand."""
    return [Row(tuple(Cell() for _ in range(columns)), height=PEN) for _ in range(count)]


def signatures(
    flow: Flow, words: Words, boxes: Sequence[Signed], title: str = "", *, statement: str = ""
) -> None:
    """Boxes three in a row, each with its part and its state; what is not a plain signature is bold.

    An open box has room for the pen and for the date. `statement`: what is signed for, over the boxes.
    """
    rows = [Row((value(statement, 2 * _ACROSS),))] if statement else []
    wanted = tuple(boxes) or (Signed(part="any", state=None),)
    for start in range(0, len(wanted), _ACROSS):
        cells: list[Cell] = []
        for box in wanted[start : start + _ACROSS]:
            plain = box.state is SignState.SIGNED
            cells += [label(words.say(f"part.{box.part}")), value(words.signature(box), bold=not plain)]
        free = 2 * _ACROSS - len(cells)
        if free:
            cells.append(Cell("", span=free))
        rows.append(Row(tuple(cells), height=3 * LEADING))
    flow.block(title, (1.25, 2.25) * _ACROSS, rows, together=True)


def shortfalls(flow: Flow, words: Words, found: Sequence[Shortfall]) -> None:
    """Every breach and open duty as a line of its own, breaches first; none is said to be none."""
    say = words.say
    rows = []
    for number, one in enumerate(sorted(found, key=lambda each: not each.breach), 1):
        absent = say("not-applicable") if one.breach else words.unknown
        kind = say("mark.breach" if one.breach else "shortfall.duty")
        rows.append(
            listed(
                number_cell(number),
                value(kind, bold=True, align="center"),
                value(words.known(one.text), bold=one.breach),
                one.owner or absent,
                absent if one.due_at is None else words.when(one.due_at),
            )
        )
    if not rows:
        rows.append(note(say("shortfall.none"), 5))
    head = heads(words, "no", "shortfall.kind", "shortfall.what", "shortfall.owner", "shortfall.due")
    flow.block(say("shortfall.title"), (0.5, 1.1, 4.8, 1.6, 1.85), rows, head)
