"""Synthetic people, doors and tasks that the gallery and the paint soak draw; nobody real, no real centre."""

from __future__ import annotations

from ui.theme import Level
from ui.widgets.cards import CardData, Flag
from ui.widgets.doors import Door, DoorState
from ui.widgets.dots import Dot
from ui.widgets.shapes import Shape
from ui.widgets.tasks import Section, Task
from ui.widgets.timer import TimerData

_STEPS = ("登记", "检查", "候问", "询问", "离区")


def dots(current: int, words: tuple[str, ...] = _STEPS) -> tuple[Dot, ...]:
    """Step dots with the step `current` (from 0) in hand."""
    states = [Shape.DONE if n < current else Shape.NOT_STARTED for n in range(len(words))]
    if current < len(words):
        states[current] = Shape.CURRENT
    return tuple(Dot(word, state) for word, state in zip(words, states, strict=True))


def timers() -> dict[str, TimerData]:
    """One timer of every state."""
    return {
        "idle": TimerData("治安 8h", "5:48", "剩", used=0.28),
        "blue": TimerData("用餐", "35", "剩", "分", Level.BLUE, 0.6),
        "yellow": TimerData("巡查", "1", "剩", "分", Level.YELLOW, 0.93),
        "red": TimerData("刑传 12h", "12", "剩", "分", Level.RED, 0.97, unacknowledged=True),
        "unknown": TimerData("巡查", level=Level.UNKNOWN),
        "none": TimerData("财物", note="不适用"),
    }


def cards() -> list[CardData]:
    """A board with one card of every kind."""
    t = timers()
    return [
        CardData(
            key="1", number="A-07", name="测试甲", sex_age="男 34", room="讯问2", level=Level.RED,
            level_word="红", flags=(Flag("co-suspect", "同案2"),), dots=dots(3),
            timers=(t["red"], TimerData("巡查", "8", "剩", "分", used=0.4), TimerData("返物", note="待离区")),
            action="办延长或作决定", action_icon="approve", owner="测试周 法制", last="暂停讯问 5 分前",
        ),
        CardData(
            key="2", number="A-11", name="测试乙", sex_age="女 16", room="候问5", level=Level.YELLOW,
            level_word="黄", flags=(Flag("minor", "未成年"), Flag("female", "女")), dots=dots(2),
            timers=(TimerData("治安 8h", "5:02", "剩", used=0.37), t["yellow"], TimerData("监护人", "14:30")),
            action="巡查并刷手环", action_icon="check-round", owner="测试吴 看管", last="巡查 14 分前",
        ),
        CardData(
            key="3", number="A-03", name="测试丙", sex_age="男 41", level=Level.YELLOW, level_word="黄",
            disagree="记录 候问3 ≠ 读卡 走廊B", dots=dots(2),
            timers=(TimerData("治安 8h", "8:40", "剩", used=0.3), TimerData("巡查", "9", "剩", "分", used=0.4)),
            action="核对位置", action_icon="room", owner="测试吴 看管", last="入室 6 分前",
        ),
        CardData(
            key="4", number="A-14", name="测试丁", sex_age="男 28", unknown="位置未知", dots=dots(2),
            flags=(Flag("self-harm", "自伤风险"),), last="手环失联 4 分前",
            timers=(TimerData("治安 8h", "6:11", "剩", used=0.25), t["unknown"], TimerData("医嘱", note="已确认")),
            action="到场查看人员", action_icon="look", owner="测试吴 看管",
        ),
        CardData(
            key="5", number="A-15", name="测试戊", sex_age="男 23", room="登记台1", dots=dots(1),
            timers=(TimerData("治安 8h", "7:48", "剩", used=0.03), TimerData("财物", "13", "剩", "分", used=0.3), t["blue"]),
            action="随身物品入柜", action_icon="bag", owner="测试王", mine=True, last="袋称重 1 分前",
        ),
        CardData(
            key="6", number="A-10", name="阿卜杜热西提·买买提测试", sex_age="男 37", room="候问3", dots=dots(2),
            flags=(Flag("co-suspect", "同案2"), Flag("ill", "疾病"), Flag("mobility", "行动不便")),
            timers=(TimerData("刑传 12h", "9:15", "剩", used=0.25), TimerData("巡查", "14", "剩", "分", used=0.1)),
            action="送讯问1(14:15)", action_icon="interview", owner="测试李", last="巡查 1 分前",
        ),
        CardData(
            key="7", number="A-06", name="测试己", sex_age="女 45", room="讯问3", level=Level.YELLOW,
            level_word="黄", flags=(Flag("video-lost", "录像缺 36 秒", Level.YELLOW),), dots=dots(3),
            timers=(TimerData("治安 8h", "2:47", "剩", used=0.6), TimerData("间歇", "1:38", "剩", used=0.2)),
            action="询问进行中", action_icon="interview", owner="测试孙", last="开始询问 22 分前",
        ),
        CardData(
            key="8", number="A-01", name="测试庚", sex_age="男 48", room="离区厅", dots=dots(4),
            timers=(
                TimerData("治安 8h", "0:58", "剩", level=Level.BLUE, used=0.88), TimerData("离区", "26", "剩", "分"),
                TimerData("返物", note="待盲点"),
            ),
            action="财物盲点清点", action_icon="count", owner="测试郭 管理员", last="裁决已批 4 分前",
        ),
    ]  # fmt: skip


def english_cards() -> list[CardData]:
    """Cards with the longer English words."""
    words = ("Intake", "Search", "Holding", "Interview", "Departure")
    return [
        CardData(
            key="1", number="A-07", name="Test A", sex_age="M 34", room="Interview 2", level=Level.RED,
            level_word="RED", flags=(Flag("co-suspect", "Case ×2"),), dots=dots(3, words),
            timers=(
                TimerData("Summons 12h", "12 min", level=Level.RED, used=0.97),
                TimerData("Check", "8 min", used=0.5),
            ),
            action="Extend or decide", action_icon="approve", owner="Zhou",
        ),
        CardData(
            key="2", number="A-03", name="Test B", sex_age="M 41", level=Level.YELLOW, level_word="YELLOW",
            disagree="Log Holding 3 ≠ tag Corr. B", dots=dots(2, words),
            timers=(TimerData("Public 8h", "8:40", used=0.3), TimerData("Check", "9 min", used=0.4)),
            action="Confirm the room", action_icon="room", owner="Wu",
        ),
        CardData(
            key="3", number="A-14", name="Test C", sex_age="M 28", unknown="Unknown", dots=dots(2, words),
            flags=(Flag("self-harm", "Self-harm"),),
            timers=(TimerData("Public 8h", "6:11", used=0.25), TimerData("Check", level=Level.UNKNOWN)),
            action="Go and look", action_icon="look", owner="Wu",
        ),
        CardData(
            key="4", number="A-15", name="Test D", sex_age="M 23", room="Desk 1", dots=dots(1, words),
            timers=(TimerData("Public 8h", "7:48", used=0.03), TimerData("Property", "13 min", used=0.3)),
            action="Store property", action_icon="bag", owner="Wang", mine=True,
        ),
        CardData(
            key="5", number="A-09", name="Test E", sex_age="M 52", room="Holding 1", level=Level.YELLOW,
            level_word="YELLOW", flags=(Flag("ill", "Illness"),), dots=dots(2, words),
            timers=(
                TimerData("Public 8h", "3:26", used=0.6),
                TimerData("Medicine", "+3 min", level=Level.YELLOW, used=1),
            ),
            action="Give medicine", action_icon="medicine", owner="Wu",
        ),
    ]  # fmt: skip


def doors() -> list[Door]:
    """A bank with every state of a door."""
    told = {
        5: Door("05", DoorState.OPEN, "已开", "测试庚 A-01 · 取出", "空", "14:00"),
        8: Door("08", DoorState.TOO_LONG, "开门超时", "测试辛 A-12 存入", "开 3:12", "13:59", "黄"),
        10: Door("10", DoorState.FORCED, "被强开", "测试丙 A-04", "未授权开门", "13:58", "红"),
        12: Door("12", DoorState.TARGET, "请放入", "测试甲 A-15", "等放入", "14:03"),
        14: Door("14", DoorState.OUT_OF_SERVICE, "停用", "锁舌不回位", "测试陈 技术", "11-22"),
        15: Door("15", DoorState.UNKNOWN, "未知", "测试壬 A-02", "应 540 g", "13:55"),
        19: Door("19", DoorState.ODD, "重量不符", "测试癸 A-03", "差 −46 g", "13:40", "黄"),
    }
    found = []
    for number in range(1, 25):
        plain = Door(f"{number:02d}", DoorState.EMPTY, "空")
        if number % 2:
            plain = Door(f"{number:02d}", DoorState.HOLDING, "在存", "测试乙 A-11", "310 g", "11:15")
        found.append(told.get(number, plain))
    return found


def tasks() -> list[Section | Task]:
    """The tasks of an admission."""
    return [
        Section("入区 · 登记", "4 / 5"),
        Task("identity", "身份核验", Shape.DONE, "已完成", "测试王", "读卡 14:01"),
        Task("rights", "权利义务告知", Shape.DONE, "已完成", "测试王", "已签 13:58"),
        Task("family", "家属通知", Shape.INCOMPLETE, "未完成", "测试王", "蓝 剩 18 分", level=Level.BLUE),
        Section("入区 · 检查", "2 / 6"),
        Task("search", "人身安全检查", Shape.DONE, "已完成", "测试李 · 测试王", "13:56"),
        Task("property", "随身物品入柜", Shape.INCOMPLETE, "未完成", "测试王", "剩 13 分", "G"),
        Task("exhibits", "涉案物品移交", Shape.NOT_APPLICABLE, "不适用", "不适用", "无涉案物品"),
        Task("collection", "信息采集", Shape.NOT_STARTED, "未开始", "测试何", "14:25"),
    ]
