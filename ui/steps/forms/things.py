"""Things that people carry: their common names by initials, and the list of those recorded."""

from __future__ import annotations

from dataclasses import dataclass

from ui.steps.fields import Facts, Origin, Table
from workstation.custody.effects import Item
from workstation.custody.values import Destination

CASH_UNIT = "元"


@dataclass(frozen=True)
class Common:
    """A thing that people carry: initials that find it, its name, its unit, where such things go."""

    initials: str
    name: str
    unit: str
    destination: Destination = Destination.PERSONAL_BAG


COMMON = (
    Common("sj", "手机", "部"),
    Common("xj", "现金", CASH_UNIT),
    Common("qb", "钱包", "个"),
    Common("ys", "钥匙", "串"),
    Common("yd", "腰带", "条"),
    Common("pd", "皮带", "条"),
    Common("xd", "鞋带", "副"),
    Common("sfz", "身份证", "张"),
    Common("yhk", "银行卡", "张"),
    Common("sb", "手表", "块"),
    Common("xl", "项链", "条"),
    Common("jz", "戒指", "枚"),
    Common("eh", "耳环", "对"),
    Common("yj", "眼镜", "副"),
    Common("bb", "背包", "个"),
    Common("xy", "香烟", "包"),
    Common("dhj", "打火机", "个", Destination.DANGEROUS_BOX),
    Common("dj", "刀具", "把", Destination.DANGEROUS_BOX),
    Common("yp", "药品", "盒", Destination.DANGEROUS_BOX),
)
"""Names offered by pinyin initials; any other name may be typed."""


def common(typed: str) -> Common | None:
    """The common thing of these initials or this name."""
    wanted = typed.strip().lower()
    return next((one for one in COMMON if wanted in (one.initials, one.name)), None)


def _value(facts: Facts, item: Item) -> str:
    if item.unit == CASH_UNIT:
        return f"¥{item.fen / 100:.2f}" if item.fen is not None else "?"
    return f"{item.quantity} {item.unit}"


def counting_blind(facts: Facts) -> bool:
    """Whether a count is awaited, from the approved outcome or the bag taken out: the list is shown nowhere."""
    held, decided = facts.stay.effects, facts.stay.ground.decided
    taken = any(hand.what == "taken" for bag in held.bags for hand in bag.hands)
    return bool(held.bags) and held.count is None and (taken or bool(decided and decided.approved))


def items_table(facts: Facts) -> Table | None:
    """The list as recorded."""
    if not facts.stay.effects.items:
        return None
    if counting_blind(facts):
        return Table((("入柜清单", "The list"),), (("@steps.hidden",),))
    heads = (
        ("物品", "Item"),
        ("特征", "Features"),
        ("数量", "Quantity"),
        ("净重", "Weight"),
        ("去向", "Goes to"),
        ("照片", "Photo"),
        ("来源 · 时间", "Source, time"),
    )
    return Table(
        heads,
        tuple(
            (
                one.name,
                one.features,
                _value(facts, one),
                f"{one.grams} g" if one.grams is not None else "—",
                f"@destination.{one.destination}",
                "✓" if one.photo else "—",
            )
            for one in facts.stay.effects.items
        ),
        right=(2, 3),
        origins=tuple(
            Origin(one.source.how.value, one.at.astimezone(facts.zone).strftime("%H:%M"))
            for one in facts.stay.effects.items
        ),
    )
