"""Effects and case property: list, cash, bag, locker, seizure."""

from __future__ import annotations

import secrets

from ui.steps.asking import choice, number, people, pick, signatures, staff, text, yes_no
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Part
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.lines import line, only, sheet
from ui.steps.forms.things import CASH_UNIT, common, counting_blind, items_table
from workstation.custody import commands as c
from workstation.custody.effects import Bag
from workstation.custody.values import CellPurpose, Destination, How, Paper, Sheet, Source
from workstation.readings import Door
from workstation.roles import Role


def _list(filled: Filled) -> tuple[c.Command, ...]:
    weighed = filled.grams("grams")
    known = common(filled.text("name"))
    return (
        c.ListItem(
            stay=filled.stay,
            item=f"{filled.stay[:8]}-{secrets.token_hex(3)}",
            name=known.name if known else filled.text("name"),
            features=filled.text("features"),
            quantity=filled.number("quantity") or 0,
            unit=filled.text("unit"),
            destination=filled.choice("destination", Destination),
            grams=weighed,
            photo=filled.read("photo"),
            source=filled.source("grams") if weighed is not None else Source(how=How.TYPED),
        ),
    )


LIST = Form(
    "list-item",
    ("逐件登记", "List items"),
    ("登记此件", "List this item"),
    "bag",
    (
        text("name", "物品", "Item", hint=("物品名或拼音首字母，如 sj", "Name or initials, such as sj")),
        text("features", "特征", "Features", optional=True, phrases=p.FEATURES),
        number("quantity", "数量", "Quantity"),
        text("unit", "单位", "Unit"),
        choice("destination", "去向", "Goes to", Destination),
        Field("grams", ("净重", "Weight"), Kind.WEIGHT, optional=True, device="scale"),
        Field("photo", ("照片", "Photograph"), Kind.PHOTO, optional=True, device="camera"),
    ),
    _list,
    done=lambda facts: bool(facts.stay.effects.items),
    again=True,
    table=items_table,
    prints=("property-list",),
)


def _cash(facts: Facts) -> tuple[Option, ...]:
    if counting_blind(facts):
        return ()
    return tuple(
        Option(one.item, say=(f"{one.name} {one.features}".strip(), f"{one.name} {one.features}".strip()))
        for one in facts.stay.effects.items
        if one.unit == CASH_UNIT or one.fen is not None
    )


def _first_cash(facts: Facts) -> str:
    uncounted = [one.item for one in facts.stay.effects.items if one.unit == CASH_UNIT and one.fen is None]
    return uncounted[0] if uncounted else ""


def _counters(facts: Facts) -> list[str]:
    """Whoever is at the screen and the custodian, who proves it by their card."""
    both = [facts.actor.staff, custodian(facts)]
    return [one for one in dict.fromkeys(both) if one]


CASH = Form(
    "count-cash",
    ("现金双人点数", "Cash, by two"),
    ("点数一致", "Record the count"),
    "two-persons",
    (
        pick("item", "哪一项", "Which", _cash, start=_first_cash),
        Field("fen", ("金额（元）", "Amount (yuan)"), Kind.MONEY),
        text(
            "denominations",
            "面额",
            "Denominations",
            optional=True,
            hint=("如 100×4 10×1", "Such as 100×4 10×1"),
        ),
        people("counters", "点数人", "Counters", start=_counters, hint=("两人", "Two")),
    ),
    lambda filled: (
        c.CountCash(
            stay=filled.stay,
            item=filled.text("item"),
            fen=filled.number("fen") or 0,
            denominations=filled.text("denominations"),
            counters=filled.people("counters"),
        ),
    ),
    fits=lambda facts: bool(_cash(facts)),
    done=lambda facts: not _first_cash(facts),
    table=items_table,
)


def custodian(facts: Facts) -> str:
    """The custodian: whoever is at the screen with that duty, else the only one enrolled."""
    if Role.CUSTODIAN in facts.actor.roles:
        return facts.actor.staff
    found = [one.id for one in facts.staff if one.active and Role.CUSTODIAN in one.roles]
    return found[0] if len(found) == 1 else ""


def second(facts: Facts) -> str:
    """The other of the two at a locker: whoever is at the screen, unless they are the custodian."""
    return facts.actor.staff if facts.actor.staff != custodian(facts) else ""


def _list_parts(facts: Facts) -> tuple[Part, ...]:
    return (
        Part("person", facts.person_name()),
        Part("officer", facts.actor.staff if facts.actor.staff != custodian(facts) else ""),
        Part("custodian", custodian(facts)),
        Part("legal", only(facts, Role.LEGAL_OFFICER), optional=True),
    )


SIGN_LIST = Form(
    "sign-property-list",
    ("清单签名", "Sign the list"),
    ("清单已签", "Record the signatures"),
    "sign",
    (
        number("pages", "页数", "Pages", start=lambda _: 1),
        line("measure", "保管措施", "How kept", start=lambda _: "locker"),
        line("handling", "处理方式", "Handling", start=lambda _: "keep"),
        line("case-property", "涉案财物", "Case property", judgement=True),
        signatures("signatures", "签名", "Signatures", _list_parts),
    ),
    lambda filled: (
        *sheet(filled, Sheet.EFFECTS),
        c.SignPaper(
            stay=filled.stay,
            paper=Paper.PROPERTY_LIST,
            number="",
            pages=filled.number("pages") or 1,
            signatures=filled.signatures("signatures"),
        ),
    ),
    done=lambda facts: facts.stay.papers.paper(Paper.PROPERTY_LIST) is not None,
    table=items_table,
    prints=("property-list",),
)


def bag_in_hand(facts: Facts) -> Bag | None:
    """The newest bag that lies in no locker."""
    return next((one for one in reversed(facts.stay.effects.bags) if not one.cell), None)


def _fill_bag(filled: Filled) -> tuple[c.Command, ...]:
    bag = filled.read("seal")  # what stands on the bag for everybody to read
    packed = {name for one in filled.facts.stay.effects.bags for name in one.items}
    items = tuple(
        one.item
        for one in filled.facts.stay.effects.items
        if one.destination is Destination.PERSONAL_BAG and one.item not in packed
    )
    return (
        c.FillBag(
            stay=filled.stay, bag=bag, tag=filled.read("tag"), items=items, source=filled.source("tag")
        ),
        c.SealBag(stay=filled.stay, bag=bag, seal=filled.read("seal"), source=filled.source("seal")),
        c.WeighBag(
            stay=filled.stay, bag=bag, grams=filled.grams("grams") or 0, source=filled.source("grams")
        ),
    )


BAG = Form(
    "fill-bag",
    ("装袋封签称重", "Bag, seal, weigh"),
    ("装袋", "Bag, seal and weigh"),
    "bag",
    (
        Field(
            "tag", ("袋标签", "Bag tag"), Kind.TAG, device="tags", hint=("袋放读标器上", "Lay the bag down")
        ),
        Field("seal", ("封签号", "Seal"), Kind.SCAN, hint=("扫封签条码", "Scan the seal")),
        Field("grams", ("毛重", "Weight"), Kind.WEIGHT, device="scale", hint=("放秤上", "On the scale")),
    ),
    _fill_bag,
    fits=lambda facts: bool(facts.stay.effects.items),
    done=lambda facts: bool(facts.stay.effects.bags),
    table=items_table,
)


def free_cells(facts: Facts) -> tuple[Option, ...]:
    """The first free doors of every bank, nearest first."""
    found: list[Option] = []
    for bank in facts.banks:
        free = [one for one in bank.cells if one.use == "empty" and one.door is not Door.OPEN]
        found += [
            Option(
                one.cell,
                say=(f"{bank.name_zh} {one.number:02d}", f"{bank.name_en or bank.bank} {one.number:02d}"),
            )
            for one in free[:4]
        ]
    return tuple(found)


def proposed_cell(facts: Facts) -> str:
    """The door that is proposed: the one opened for this bag, else the first free one."""
    bag = bag_in_hand(facts)
    opened = [one.cell for one in facts.stay.effects.intents if bag and one.bag == bag.bag]
    free = [one.key for one in free_cells(facts)]
    return opened[-1] if opened else free[0] if free else ""


def _cells(facts: Facts) -> tuple[Option, ...]:
    free = free_cells(facts)
    known = {one.key for one in free}
    mine = proposed_cell(facts)
    return free if not mine or mine in known else (Option(mine, say=(mine, mine)), *free)


def _open_cell(filled: Filled) -> tuple[c.Command, ...]:
    bag = bag_in_hand(filled.facts)
    if bag is None:
        return ()
    return (
        c.OpenCell(
            stay=filled.stay,
            cell=filled.text("cell"),
            purpose=CellPurpose.DEPOSIT,
            bag=bag.bag,
            custodian=filled.text("custodian"),
            second=filled.text("second"),
        ),
    )


def _store(filled: Filled) -> tuple[c.Command, ...]:
    bag = bag_in_hand(filled.facts)
    if bag is None:
        return ()
    return (
        c.StoreBag(
            stay=filled.stay,
            bag=bag.bag,
            cell=filled.text("cell"),
            custodian=filled.text("custodian"),
            second=filled.text("second"),
            read_back=filled.source("read_back"),
        ),
    )


OPEN = Form(
    "open-cell",
    ("开柜门", "Open the door"),
    ("开门", "Open the door"),
    "door-open",
    (
        pick("cell", "柜门", "Locker", _cells, start=proposed_cell),
        staff("custodian", "财物管理员", "Custodian", start=custodian),
        staff("second", "第二人", "Second person", start=second),
    ),
    _open_cell,
    fits=lambda facts: bag_in_hand(facts) is not None,
    done=lambda facts: bool(
        (bag := bag_in_hand(facts)) and recorded.door_opened(facts, CellPurpose.DEPOSIT.value, bag.bag)
    ),
    table=recorded.doors,
)

STORE = Form(
    "store-bag",
    ("存入柜", "Store"),
    ("存入", "Store the bag"),
    "lockers",
    (
        pick("cell", "柜门", "Locker", _cells, start=proposed_cell),
        Field(
            "read_back",
            ("柜内读回袋标签", "Tag read back in the locker"),
            Kind.TAG,
            device="cell",
            hint=("放入柜内，关好柜门再读", "Put it in, close the door, read"),
            expect=lambda facts: bag.tag if (bag := bag_in_hand(facts)) else "",
        ),
        staff("custodian", "财物管理员", "Custodian", start=custodian),
        staff("second", "第二人", "Second person", start=second),
    ),
    _store,
    fits=lambda facts: bag_in_hand(facts) is not None,
    done=lambda facts: bool(facts.stay.effects.stored),
    table=recorded.bags,
)


def _items(facts: Facts) -> tuple[Option, ...]:
    if counting_blind(facts):
        return ()
    return tuple(
        Option(one.item, say=(f"{one.name} {one.features}".strip(), f"{one.name} {one.features}".strip()))
        for one in facts.stay.effects.items
        if one.seizure is None and one.settled is None
    )


SEIZE = Form(
    "seize-item",
    ("扣押涉案物品", "Seize an item"),
    ("扣押", "Seize"),
    "evidence",
    (
        pick("item", "物品", "Item", _items),
        text("basis", "依据", "Basis"),
        text("list_number", "清单编号", "List no.", optional=True),
        yes_no("emergency", "当场紧急扣押，事后补办", "On the spot, papers to follow"),
    ),
    lambda filled: (
        c.SeizeItem(
            stay=filled.stay,
            item=filled.text("item"),
            basis=filled.text("basis"),
            list_number=filled.text("list_number"),
            emergency=filled.is_yes("emergency"),
        ),
    ),
    again=True,
    done=lambda facts: any(one.seizure for one in facts.stay.effects.items),
    table=items_table,
)

GROUPS = (
    Group("property-list", ("随身物品登记", "Property list"), (LIST, CASH, SIGN_LIST)),
    Group("bag", ("装袋入柜", "Bag and locker"), (BAG, OPEN, STORE)),
    Group("case-property", ("涉案物品", "Case property"), (SEIZE,)),
)
