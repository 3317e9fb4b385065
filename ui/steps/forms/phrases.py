"""Phrases found by the initials of their pinyin, as lists that ship with the program: offered, never filled in.

Several initials in one field become one text: `hs zb,pyhh` is 黑色直板,屏有划痕.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Phrases = Mapping[str, str]

CAUSES: Phrases = {
    "odtr": "殴打他人", "gysh": "故意伤害", "dq": "盗窃", "zp": "诈骗", "qj": "抢劫", "qd": "抢夺", "xxzs": "寻衅滋事",
    "db": "赌博", "sd": "吸毒", "myc": "卖淫嫖娼", "gyhcw": "故意毁坏财物", "zagw": "阻碍公务", "jz": "酒后驾驶",
    "qzld": "敲诈勒索", "rrdd": "扰乱单位秩序", "rrgg": "扰乱公共场所秩序", "ffjr": "非法侵入住宅", "wh": "猥亵",
}  # fmt: skip
"""Causes of public-order and common criminal cases."""
FEATURES: Phrases = {
    "hs": "黑色", "bs": "白色", "zs": "棕色", "hos": "红色", "ls": "蓝色", "lvs": "绿色", "hus": "灰色", "ys": "银色",
    "js": "金色", "pz": "皮质", "bz": "布质", "jsz": "金属", "slz": "塑料", "zb": "直板", "fg": "翻盖", "pyhh": "屏有划痕",
    "pysl": "屏有碎裂", "wk": "外壳磨损", "rmb": "人民币", "wb": "外币", "br": "本人", "tr": "他人", "yb": "一把", "lb": "两把",
    "sb": "三把", "yhs": "有红绳", "ykk": "有钥匙扣", "jsk": "金属扣", "wmxtz": "无明显特征", "df": "短发", "cf": "长发",
    "gt": "光头", "ywj": "有文身", "yyj": "戴眼镜", "ybh": "有疤痕",
}  # fmt: skip
"""What effects and people look like."""
SEEN: Phrases = {
    "zc": "神志清楚，行走正常", "yd": "应答正常", "jz": "酒后，步态不稳", "jd": "情绪激动", "dl": "情绪低落", "wyc": "无异常",
}  # fmt: skip
"""What staff see of a person's state."""
GROUNDS: Phrases = {
    "qr": "确认违法嫌疑人身份", "bd": "比对案件线索", "czjs": "询问查证结束,可以离区", "zjbz": "证据不足,予以放行",
    "jcf": "作出处罚决定", "ysjd": "移送其他单位", "cg": "常规",
}  # fmt: skip
"""Reasons that approvals give."""
RELATIONS: Phrases = {
    "fq": "父亲",
    "mq": "母亲",
    "po": "配偶",
    "ez": "儿子",
    "ne": "女儿",
    "xd": "兄弟",
    "jm": "姐妹",
    "py": "朋友",
}
NOTICES: Phrases = {
    "gz": "已告知传唤原因和处所",
    "gzjl": "已告知拘留原因和处所",
    "wjt": "无人接听",
    "yyg": "已约定到场时间",
}
MEALS: Phrases = {"hf": "盒饭", "mt": "面条", "bz": "包子", "qz": "清真餐", "ls": "流食", "fbm": "方便面"}
DESTINATIONS: Phrases = {"zx": "自行离开", "js": "家属接回", "xc": "案发现场", "yy": "医院"}


def spelt(phrases: Phrases, typed: str) -> str:
    """The text that initials mean; what is no initials of the list stays as it was typed.

    Blanks between initials fall away, marks stay. One word that the list does not know leaves all as typed.
    """
    parts = [part for part in re.split(r"([,，、。；;\s]+)", typed.strip()) if part]
    words = [part.lower() for part in parts if part[0].isalnum()]
    if not words or any(word not in phrases for word in words):
        return typed
    return "".join(phrases.get(part.lower(), part.strip()) for part in parts)
