"""随身财物暂存清单 and 返还清单: what was taken into keeping, in which bag, and what became of each thing.

公安机关代为保管涉案人员随身财物若干规定 (公通字〔2012〕40号); 公安机关适用继续盘问规定 第32条. Each thing
that is not back is named with its reason; a missing one stands first.

Written on by hand at the counter, so these are ruled lines where nobody filled them in: features of a thing, weight
out and its difference, state of the seal, phone of the receiver. Everything else that is not known is said to be so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

import msgspec

from workstation.custody.values import Destination, Disposition
from workstation.documents.amounts import LARGEST, capital, yuan
from workstation.documents.context import Mark, PaperContext, Shortfall, Signed, Words
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Cell, Flow, Row, hand, value
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


class PropertyItem(msgspec.Struct, frozen=True, kw_only=True):
    """One listed thing. `fen`: the counted sum when it is money. `grams`: its own weight if it was weighed.
    `in_case`: whether it belongs to the case, None when nobody has said. `disposition` None: still kept.
    """

    number: str
    name: str
    quantity: int | None
    unit: str
    features: str
    destination: Destination | None
    in_case: bool | None = None
    fen: int | None = None
    grams: int | None = None
    bag: str = ""
    cell: str = ""
    photo: str = ""
    disposition: Disposition | None = None
    settled_at: datetime | None = None
    settled: str = ""
    marks: tuple[Mark, ...] = ()


class PropertyBag(msgspec.Struct, frozen=True, kw_only=True):
    """One sealed bag; weights in grams, None when it was not weighed. `seal_intact` None: not looked at."""

    bag: str
    seal: str
    tag: str
    cell: str
    grams_in: int | None
    grams_out: int | None
    seal_intact: bool | None = None
    explanation: str = ""
    marks: tuple[Mark, ...] = ()


class PropertyReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the paper. `items` None: the list was never made; empty: searched, nothing to keep."""

    kind: Literal["deposit", "return"]
    name: str
    id_number: str
    stay_number: str
    cause: str
    deposited_at: datetime | None
    returned_at: datetime | None
    items: tuple[PropertyItem, ...] | None
    bags: tuple[PropertyBag, ...]
    deposit_signatures: tuple[Signed, ...]
    return_signatures: tuple[Signed, ...]
    receiver: str = ""
    receiver_phone: str = ""
    shortfalls: tuple[Shortfall, ...] = ()


def quantity(words: Words, item: PropertyItem) -> str:
    """`贰 (2) 部`; money as its sum in figures and in 大写."""
    if item.fen is not None:
        sum_ = f"¥{item.fen // 100:,}.{item.fen % 100:02d}" if item.fen >= 0 else words.unknown
        if words.language == "zh" and 0 <= item.fen // 100 <= LARGEST:
            return f"{yuan(item.fen)}\n({sum_})"
        return sum_
    if item.quantity is None:
        return words.unknown
    if words.language == "zh" and 0 <= item.quantity <= LARGEST:
        return f"{capital(item.quantity)} ({item.quantity}) {item.unit}".rstrip()
    return f"{item.quantity} {item.unit}".rstrip()


def keeping(words: Words, item: PropertyItem) -> str:
    """Where it is kept: the destination, bag and locker door."""
    where = words.unknown if item.destination is None else words.say(f"destination.{item.destination.value}")
    kept_in = [text for text in (item.bag, item.cell) if text]
    return where + (words.say("detail", detail=" / ".join(kept_in)) if kept_in else "")


def became(words: Words, item: PropertyItem) -> str:
    """What became of it, when, and by which paper or to whom."""
    if item.disposition is None:
        with_person = item.destination is Destination.WITH_PERSON
        return words.say("disposition.with-person" if with_person else "disposition.open")
    text = words.say(f"disposition.{item.disposition.value}")
    if item.settled:
        text += words.say("detail", detail=item.settled)
    return text + ("\n" + words.when(item.settled_at) if item.settled_at else "")


def features(words: Words, item: PropertyItem, *, bold: bool = False) -> Cell:
    """Features as written, then its weight, its photo and the marks of the line; a ruled line when there is none."""
    more = []
    if item.grams is not None:
        more.append(words.say("grams", grams=item.grams))
    if item.photo:
        more.append(words.say("photo", photo=item.photo))
    below = words.say("comma").join(more) + words.marks(item.marks)
    written = "\n".join(part for part in (item.features.strip(), below) if part)
    if item.features.strip() or not below:
        return replace(hand(written), bold=bold)
    return Cell(written + "\n", bold=bold, hand=True)  # the last line is left for the pen


def grams(words: Words, weight: int | None) -> str:
    """A weight in grams, or unknown."""
    return words.unknown if weight is None else words.say("grams", grams=weight)


def bag_block(
    flow: Flow, words: Words, bags: tuple[PropertyBag, ...], title: str, *, closed: bool = False
) -> None:
    """The bags with seal, locker and both weights.

    `closed`: the stay is over, so that what was not weighed or looked at is unknown for good; before, it is a ruled
    line for the pen.
    """
    open_ = words.unknown if closed else ""
    names = (
        "bag.bag",
        "bag.seal",
        "bag.tag",
        "bag.cell",
        "bag.in",
        "bag.out",
        "bag.difference",
        "bag.seal-state",
    )
    rows = []
    for one in bags:
        change = open_
        differs = False
        if one.grams_in is not None and one.grams_out is not None:
            delta = one.grams_out - one.grams_in
            differs = delta != 0
            change = words.say("grams", grams=f"{delta:+d}" if delta else "0")
            if one.explanation:
                change += words.say("detail", detail=one.explanation)
        state = open_ if one.seal_intact is None else words.say(f"bag.intact-{one.seal_intact}".lower())
        out = open_ if one.grams_out is None else grams(words, one.grams_out)
        rows.append(
            listed(
                words.known(one.bag) + words.marks(one.marks),
                words.known(one.seal),
                words.known(one.tag),
                words.known(one.cell),
                value(grams(words, one.grams_in), align="right"),
                replace(hand(out), align="right"),
                replace(hand(change), bold=differs),
                replace(hand(state), bold=one.seal_intact is False),
            )
        )
    if not rows:
        rows.append(note(words.say("bag.none"), len(names)))
    head = heads(words, *names)
    flow.block(title, (1.0, 1.1, 2.5, 0.75, 1.0, 1.0, 1.2, 1.05), rows, head)


def _person(words: Words, receipt: PropertyReceipt) -> list[Row]:
    return [
        fields(
            words,
            ("person.name", words.known(receipt.name)),
            ("person.id-number", words.known(receipt.id_number)),
            ("stay.number", words.known(receipt.stay_number)),
        ),
        fields(
            words,
            ("property.deposited-at", words.when(receipt.deposited_at)),
            (
                "property.returned-at",
                words.say("property.not-yet")
                if receipt.returned_at is None
                else words.when(receipt.returned_at),
            ),
            ("case.cause", words.known(receipt.cause)),
        ),
    ]


def _items(flow: Flow, words: Words, items: tuple[PropertyItem, ...] | None) -> None:
    names = ("no", "item.name", "item.quantity", "item.features", "item.keeping", "item.became")
    rows = []
    for item in items or ():
        gone = item.disposition is Disposition.MISSING
        rows.append(
            listed(
                number_cell(item.number),
                value(words.known(item.name), bold=gone),
                quantity(words, item),
                features(words, item, bold=Mark.BREACH in item.marks),
                keeping(words, item),
                value(became(words, item), bold=gone),
            )
        )
    if items is None:
        ending = words.say("item.unlisted")
    elif items:
        ending = words.say("blank-below", count=len(items))
    else:
        ending = words.say("item.nothing")
    rows.append(note(ending, len(names), bold=items is None))
    if items is None:
        rows += blank(len(names), HAND_LINES)
    head = heads(words, *names)
    flow.block(words.say("item.title"), (0.5, 1.45, 1.55, 2.2, 2.95, 1.75), rows, head)


def missing_block(flow: Flow, words: Words, items: tuple[PropertyItem, ...]) -> None:
    """Names every missing thing in bold, in a block of its own; nothing when none is missing."""
    gone = [item for item in items if item.disposition is Disposition.MISSING]
    if not gone:
        return
    rows = [
        listed(
            number_cell(item.number),
            value(words.known(item.name), bold=True),
            value(quantity(words, item), bold=True),
            value(item.settled or words.unknown, bold=True),
        )
        for item in gone
    ]
    flow.block(words.say("missing-items", count=len(gone)), (0.55, 3, 2, 4), rows)


def print_property_receipt(receipt: PropertyReceipt, context: PaperContext, fonts: Fonts) -> bytes:
    """The PDF of the list; raises SettingsError for an unknown time zone."""
    words = Words(context)
    flow = Flow(fonts, words.say("continued"))
    flow.block("", (1.0, 1.7, 1.0, 2.2, 1.0, 1.8), _person(words, receipt))
    missing_block(flow, words, receipt.items or ())
    _items(flow, words, receipt.items)
    bag_block(flow, words, receipt.bags, words.say("bag.title"))
    title, willing = words.say("property.deposit-signatures"), words.say("property.willing")
    signatures(flow, words, receipt.deposit_signatures, title, statement=willing)
    if receipt.kind == "return":
        taken = fields(
            words,
            ("property.receiver", words.known(receipt.receiver)),
            ("property.receiver-phone", hand(receipt.receiver_phone)),
        )
        flow.block(words.say("property.return-signatures"), (1, 3, 1, 3), (taken,))
        signatures(flow, words, receipt.return_signatures)
    shortfalls(flow, words, receipt.shortfalls)
    return Press(fonts, context, words, words.say(f"property-{receipt.kind}")).print(flow)
