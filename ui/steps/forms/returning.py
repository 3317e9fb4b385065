"""Property back: bag out of the locker, blind recount, each item settled by itself, receipt."""

from __future__ import annotations

from ui.steps.asking import choice, long, number, pick, signatures, staff, text, when
from ui.steps.fields import Brief, Facts, Field, Filled, Form, Group, Kind, Option, Part, Table
from ui.steps.forms import recorded
from ui.steps.forms.effects import custodian, second
from ui.steps.forms.lines import line, sheet
from ui.steps.forms.things import common
from workstation.custody import commands as c
from workstation.custody.values import CellPurpose, CountLine, Disposition, Paper, Sheet


def _stored(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(one.bag, say=(f"{one.cell} …{one.tag[-4:]}", f"{one.cell} …{one.tag[-4:]}"))
        for one in facts.stay.effects.stored
    )


def _only_stored(facts: Facts) -> str:
    stored = facts.stay.effects.stored
    return stored[0].bag if stored else ""


def _cell_of(filled: Filled) -> str:
    bag = filled.facts.stay.effects.bag(filled.text("bag"))
    return bag.cell if bag else ""


def _second(facts: Facts) -> str:
    """Whoever is at the screen beside the custodian; for the custodian, who stored the bag with them."""
    stored = [one for bag in facts.stay.effects.stored for one in bag.hands if one.what == "stored"]
    before = stored[-1].second if stored and stored[-1].second != custodian(facts) else ""
    return second(facts) or before


_HANDS = (
    pick("bag", "袋", "Bag", _stored, start=_only_stored),
    staff("custodian", "财物管理员", "Custodian", start=custodian),
    staff("second", "第二人", "Second person", start=_second),
)
OPEN_RETURN = Form(
    "open-cell-return",
    ("开柜门", "Open the door"),
    ("开门", "Open the door"),
    "door-open",
    _HANDS,
    lambda filled: (
        c.OpenCell(
            stay=filled.stay,
            cell=_cell_of(filled),
            purpose=CellPurpose.RETURN,
            bag=filled.text("bag"),
            custodian=filled.text("custodian"),
            second=filled.text("second"),
        ),
    ),
    fits=lambda facts: bool(facts.stay.effects.stored),
    done=lambda facts: recorded.door_opened(facts, CellPurpose.RETURN.value, _only_stored(facts)),
    table=recorded.doors,
)
TAKE = Form(
    "take-bag",
    ("取出袋", "Take the bag out"),
    ("已取出", "Bag taken out"),
    "bag",
    _HANDS,
    lambda filled: (
        c.TakeBag(
            stay=filled.stay,
            bag=filled.text("bag"),
            cell=_cell_of(filled),
            custodian=filled.text("custodian"),
            second=filled.text("second"),
        ),
    ),
    fits=lambda facts: bool(facts.stay.effects.stored),
    table=recorded.bags_unweighed,
)


def _compared(facts: Facts) -> Table | None:
    """Count beside list: only after the count was submitted."""
    count = facts.stay.effects.count
    if count is None:
        return None
    listed = {one.name: one for one in facts.stay.effects.items}
    names = list(dict.fromkeys([*(one.name for one in count.lines), *listed]))
    counted = {one.name: one.quantity for one in count.lines}
    rows = []
    for name in names:
        there, here = listed.get(name), counted.get(name)
        same = there is not None and here == there.quantity
        rows.append(
            (
                name,
                str(here) if here is not None else "—",
                str(there.quantity) if there else "—",
                "✓" if same else "✗",
            )
        )
    bags = [one.grams for one in facts.stay.effects.bags if one.grams is not None]
    rows.append(
        (
            "@steps.weight",
            f"{count.grams} g" if count.grams is not None else "?",
            f"{sum(bags)} g" if bags else "?",
            "",
        )
    )
    return Table(
        (("物品", "Item"), ("清点", "Counted"), ("入柜清单", "Listed"), ("相符", "Same")), tuple(rows)
    )


def _bag_taken(facts: Facts) -> tuple[Brief, ...]:
    """Which bag this is, where it came from and by whose hands; never what is in it or what it weighs."""
    told: list[Brief] = []
    for bag in facts.stay.effects.bags:
        taken = next((one for one in reversed(bag.hands) if one.what == "taken"), None)
        if taken is None:
            continue
        at = taken.at.astimezone(facts.zone).strftime("%H:%M")
        hands = (recorded.staff(taken.custodian, facts), recorded.staff(taken.second, facts))
        told += [
            Brief(("袋标签", "Bag tag"), f"…{bag.tag[-4:]}"),
            Brief(("封签", "Seal"), bag.seal or "—"),
            Brief(("来自柜门", "From"), taken.cell, (f"{at} 取出", f"taken {at}")),
            Brief(("取出两人", "Taken by"), "、".join(one for one in hands if one)),
        ]
    return tuple(told)


RECOUNT = Form(
    "count-property-blind",
    ("财物盲点清点", "Blind recount"),
    ("提交清点并对照", "Submit the count"),
    "count",
    (
        Field("lines", ("逐件清点", "Count each"), Kind.LINES, judgement=True),
        Field("fen", ("现金（元）", "Cash (yuan)"), Kind.MONEY, judgement=True),
        Field("grams", ("毛重", "Weight"), Kind.WEIGHT, device="scale"),
    ),
    lambda filled: (
        c.CountPropertyBlind(
            stay=filled.stay,
            lines=tuple(
                line
                if (known := common(line.name)) is None
                else CountLine(name=known.name, quantity=line.quantity)
                for line in filled.lines("lines")
            ),
            fen=filled.number("fen") or 0,
            grams=filled.grams("grams"),
            source=filled.source("grams"),
        ),
    ),
    done=lambda facts: facts.stay.effects.count is not None,
    table=_compared,
    briefs=_bag_taken,
    note=(
        "先数、后看：入柜清单和重量提交后才显示，按 F12 提交",
        "Count first: list and weight show after F12",
    ),
)
EXPLAIN = Form(
    "explain-weight",
    ("重量差异说明", "Explain the weight"),
    ("记录说明", "Record"),
    "scale",
    (long("explanation", "说明", "Explanation"),),
    lambda filled: (c.ExplainWeight(stay=filled.stay, explanation=filled.text("explanation")),),
    fits=lambda facts: facts.stay.effects.count is not None,
    table=_compared,
    aside=True,
)


def _unsettled(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(
            one.item,
            say=(
                f"{one.name} {one.quantity}{one.unit} {one.features}",
                f"{one.name} ×{one.quantity} {one.features}",
            ),
        )
        for one in facts.stay.effects.unsettled
    )


def _first_unsettled(facts: Facts) -> str:
    left = facts.stay.effects.unsettled
    return left[0].item if left and facts.stay.effects.count is not None else ""


def _settled(facts: Facts) -> Table | None:
    if facts.stay.effects.count is None:
        return None
    done = [one for one in facts.stay.effects.items if one.settled]
    return Table(
        (("物品", "Item"), ("处置", "What became of it"), ("接收人", "Receiver"), ("时间", "Time")),
        tuple(
            (
                one.name,
                f"@disposition.{one.settled.disposition}",
                one.settled.receiver,
                one.settled.at.astimezone(facts.zone).strftime("%H:%M"),
            )
            for one in done
            if one.settled
        ),
    )


def _counted_options(facts: Facts) -> tuple[Option, ...]:
    return _unsettled(facts) if facts.stay.effects.count is not None else ()


SETTLE = Form(
    "settle-item",
    ("逐件返还", "Each item"),
    ("处置此件", "Settle this item"),
    "bag",
    (
        pick("item", "物品", "Item", _counted_options, start=_first_unsettled),
        choice("disposition", "处置", "What becomes of it", Disposition, judgement=True),
        text("receiver", "接收人", "Receiver", start=lambda facts: facts.person_name()),
        text(
            "basis",
            "依据",
            "Basis",
            shown=when("disposition", "transferred", "retained", "seized", "missing"),
        ),
        staff("second", "第二人", "Second person", optional=True),
    ),
    lambda filled: (
        c.SettleItem(
            stay=filled.stay,
            item=filled.text("item"),
            disposition=filled.choice("disposition", Disposition),
            basis=filled.text("basis"),
            receiver=filled.text("receiver"),
            second=filled.text("second"),
        ),
    ),
    done=lambda facts: not facts.stay.effects.unsettled,
    again=True,
    table=_settled,
    note=("清点提交后逐件处置，没有一次全部返还", "One by one, after the count; never all at once"),
)


def _receipt_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("receiver", facts.person_name()), Part("custodian", custodian(facts)))


RECEIPT = Form(
    "sign-receipt",
    ("返还收据签名", "Sign the receipt"),
    ("收据已签", "Record the signatures"),
    "sign",
    (
        number("pages", "页数", "Pages", start=lambda _: 1),
        line("not-returned", "未返还物品", "Not returned", judgement=True),
        signatures("signatures", "签名", "Signatures", _receipt_parts),
    ),
    lambda filled: (
        *sheet(filled, Sheet.DEPARTURE),
        c.SignPaper(
            stay=filled.stay,
            paper=Paper.PROPERTY_RECEIPT,
            number="",
            pages=filled.number("pages") or 1,
            signatures=filled.signatures("signatures"),
        ),
    ),
    done=lambda facts: facts.stay.papers.paper(Paper.PROPERTY_RECEIPT) is not None,
    table=_settled,
    prints=("property-receipt",),
)

GROUPS = (
    Group("bag-out", ("取出随身物品袋", "Bag out"), (OPEN_RETURN, TAKE)),
    Group("recount", ("财物盲点清点", "Blind recount"), (RECOUNT, EXPLAIN)),
    Group("return-items", ("逐件返还", "Return items"), (SETTLE,)),
    Group("receipt", ("返还收据", "Receipt"), (RECEIPT,)),
)
