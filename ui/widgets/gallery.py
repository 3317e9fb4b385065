"""`python -m ui.widgets.gallery OUT_DIR`: draws every component in both themes to PNG files, for the eye."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.fonts import load_fonts
from ui.theme import Level, Theme
from ui.widgets import paint
from ui.widgets.bands import SimBand
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.card_paint import paint_card
from ui.widgets.card_view import CardModel, CardView
from ui.widgets.cards import card_height
from ui.widgets.clock_panel import ClockData, ClockPanel
from ui.widgets.doors import DoorGrid
from ui.widgets.forms import Form
from ui.widgets.labels import KeyCap, LevelChip, PlainLabel, ShapeLabel, SourceBadge
from ui.widgets.lamp import SaveLamp, SaveState
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.rail import Rail
from ui.widgets.refusal import Reason, RefusalBlock
from ui.widgets.samples import cards, doors, english_cards, tasks, timers
from ui.widgets.shapes import Shape, paint_gap
from ui.widgets.states import PageState, State
from ui.widgets.step_bar import StepData, ThreeStepBar
from ui.widgets.strips import ScanOutcome, ScanResult, ScanStrip
from ui.widgets.tasks import TaskList
from ui.widgets.timer import TimerChip
from ui.widgets.top import TopStrip


class Ringed(Painted):
    """A widget drawn with the focus ring around it, as it looks when it has the keyboard."""

    def __init__(self, look: Look, inner: QWidget) -> None:
        super().__init__(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.addWidget(inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.focus_ring(painter, self.rect().adjusted(6, 6, -6, -6), self.look.theme)
        painter.end()


class Gap(Painted):
    """A missing stretch of a recording."""

    def sizeHint(self) -> QSize:
        return QSize(60, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_gap(painter, QRectF(self.rect()))
        painter.end()


class OneCard(Painted):
    """One card by itself."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__(look)
        self._card = cards()[number]
        self.setFixedSize(look.theme.px(457), card_height(look.theme, compact=False))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), self._card, self.look)
        painter.end()


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _lamps(look: Look) -> QWidget:
    lamps = []
    for state, detail in (
        (SaveState.SAVED, "14:03:06"),
        (SaveState.WAITING, "3 条 0.4 s"),
        (SaveState.READ_ONLY, "另一台在写"),
        (SaveState.FAULT, "磁盘满"),
    ):
        lamp = SaveLamp(look)
        lamp.set(state, detail)
        lamps.append(lamp)
    return _row(*lamps)


def _buttons(look: Look) -> QWidget:
    refused = ActionButton(look, "不可用", icon="refused")
    refused.set_refused(["柜内读标器未读回袋标签"])
    return _row(
        ActionButton(look, "主要动作", icon="approve", key="Enter", role="primary", bind=False),
        ActionButton(look, "次要", icon="print"),
        ActionButton(look, "危险", icon="self-harm", role="danger"),
        refused,
        Ringed(look, ActionButton(look, "有焦点", icon="correct")),
    )


def _states(look: Look) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    told = [
        (State.EMPTY, "没有人在区", "下一批约 14:20 到", "登记"),
        (State.LOADING, "正在读取", "已 0.6 秒 · 1 240 / 4 011", "取消"),
        (State.ERROR, "读取失败", "磁盘 I/O 错误，数据未动", "重试"),
        (State.OFFLINE, "服务器不可达", "本机照常记录，待传 12 条", "查看队列"),
        (State.NO_PERMISSION, "无权查看", "须法制或督查岗位", "申请查看"),
        (State.UNKNOWN, "状态未知", "28 秒没有读数，不等于正常", "到场核对"),
    ]
    for three in (told[:3], told[3:]):
        row = QHBoxLayout()
        for state, title, detail, action in three:
            page = PageState(look)
            page.show_state(state, detail, title=title, action=action)
            row.addWidget(page, 1)
        column.addLayout(row)
    return holder


def _shapes(look: Look) -> QWidget:
    told = [
        (Shape.NOT_STARTED, "未开始"), (Shape.INCOMPLETE, "未完成"), (Shape.DONE, "已完成"),
        (Shape.NOT_APPLICABLE, "不适用"), (Shape.RECORDING, "录制中"), (Shape.GOOD, "正常"),
        (Shape.FAULT, "故障"), (Shape.OUT_OF_SERVICE, "停用"), (Shape.UNKNOWN, "未知"),
    ]  # fmt: skip
    widgets: list[QWidget] = []
    for shape, words in told:
        widgets += [ShapeLabel(look, shape, words), PlainLabel(words)]
    return _row(*widgets, Gap(look))


def sheet(look: Look) -> QWidget:
    """All components of one theme on one sheet."""
    page = QWidget()
    page.setAutoFillBackground(True)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 12, 20, 12)
    scan = [ScanResult(look) for _ in ScanOutcome]
    for result, outcome, words in zip(
        scan, ScanOutcome, ("有效 测试戊 A-15", "已做过 14:01", "不认识 请重扫"), strict=True
    ):
        result.set(outcome, words)
    segments = Segments(look, "次序", [("due", "最先到期"), ("rooms", "按房间"), ("steps", "按步骤")])
    segments.choose("due")
    parts: list[tuple[str, QWidget]] = [
        ("", SimBand(look, "练习库 · 模拟设备 6 台 · 记录不具法律效力")),
        ("保存灯", _lamps(look)),
        ("时限牌（空闲 · 蓝 · 黄 · 红 · 未知 · 无）", _row(*(TimerChip(look, timer) for timer in timers().values()))),
        (
            "预警级",
            _row(
                LevelChip(look, Level.RED, "超 3 分"), LevelChip(look, Level.YELLOW, "剩 1 分"),
                LevelChip(look, Level.BLUE, "提醒"), LevelChip(look, Level.UNKNOWN), segments, KeyCap(look, "F12"),
            ),
        ),
        ("状态形", _shapes(look)),
        (
            "来源与时间",
            _row(
                SourceBadge(look, "card", "读卡 14:01"), SourceBadge(look, "scale", "秤 14:01"),
                SourceBadge(look, "tag", "读标 14:02"), SourceBadge(look, "self", "自述", "self"),
                SourceBadge(look, "keyed", "键入"), SourceBadge(look, "late", "补录 晚 22 分", "late"),
                SourceBadge(look, "", "模拟", "sim"),
            ),
        ),
        ("按钮", _buttons(look)),
        ("扫描反馈", _row(*scan)),
        ("人员卡", _row(OneCard(look, 0), OneCard(look, 3))),
        ("六种页面状态", _states(look)),
    ]  # fmt: skip
    for title, widget in parts:
        if title:
            column.addWidget(PlainLabel(title, role="secondary"))
        column.addWidget(widget)
    page.setFixedWidth(look.theme.px(980))
    return page


def board(look: Look, *, english: bool = False, compact: bool = False) -> QWidget:
    """Cards, rail and strips, as they stand together."""
    page = QWidget()
    page.setAutoFillBackground(True)
    rail, top, strip = Rail(look), TopStrip(look), ScanStrip(look)
    names = ["看板", "办理", "时间轴", "财物柜", "视频", "预警", "督查", "设备台", "设置"]
    if english:
        names = ["Board", "Steps", "Timeline", "Lockers", "Video", "Warnings", "Review", "Bench", "Settings"]
        top.set_centre("Test Centre")
        top.set_clock("2026-11-24", "14:03:07", "±0.2 s")
        top.set_user("Wang", "Intake")
    else:
        top.set_centre("测试办案中心", "1 号登记台")
        top.set_clock("2026-11-24", "14:03:07", "±0.2 s")
        top.set_user("测试王", "录入")
    icons = [
        "board",
        "steps",
        "timeline",
        "lockers",
        "cameras",
        "warnings",
        "supervision",
        "bench",
        "settings",
    ]
    for number, (icon, words) in enumerate(zip(icons, names, strict=True), 1):
        rail.add(icon, icon, words).set_key(f"F{number}")
    rail.choose("board")
    top.lamp.set(SaveState.SAVED, "14:03:06")
    top.set_devices(41, 1, 0)
    top.set_warnings({Level.RED: 1, Level.YELLOW: 5, Level.BLUE: 9})
    strip.show_scan(
        "14:02:51",
        ScanOutcome.GOOD,
        "手环 E280…4115",
        "测试戊 A-15 登记台1",
        undo="撤销",
        action="随身物品入柜",
    )
    strip.message.show_message(
        Level.YELLOW, "走廊B 读卡器与房间记录不一致：测试丙 A-03，请到场核对", "查看 F6"
    )
    model = CardModel()
    model.put(english_cards() if english else cards())
    view = CardView(look, model, "在区人员")
    view.set_compact(compact)
    view.setCurrentIndex(model.index(4))
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addWidget(top)
    right.addWidget(view, 1)
    right.addWidget(strip)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(rail)
    row.addLayout(right, 1)
    return page


def step(look: Look) -> QWidget:
    """Task list, form, refusal, clocks and cameras, as they stand together on a step screen."""
    page = QWidget()
    page.setAutoFillBackground(True)
    bar = ThreeStepBar(
        look,
        [
            StepData("in", "1 入区", Shape.CURRENT, "6 / 11 · 差 4"),
            StepData("on", "2 办案", Shape.NOT_STARTED, "未开始"),
            StepData("out", "3 离区", Shape.NOT_STARTED, "未开始"),
        ],
    )
    listed = TaskList(look, "任务")
    listed.tasks.show(tasks())
    listed.open_task("property")
    listed.setFixedWidth(look.theme.px(316))
    form = Form(look)
    form.add("封袋号", QLineEdit("FD-26-004417")).set_source("barcode", "条码 14:02")
    row = form.add("袋标签")
    row.set_value("E280 6894 … 8841 4115")
    row.set_source("tag", "读标 14:02")
    row = form.add("袋毛重")
    row.set_value("667 g")
    row.set_source("scale", "秤 14:02")
    row = form.add("特征")
    row.set_value("<b>原样</b> 显示 & 不解释")
    row.set_source("self", "自述", "self")
    block = RefusalBlock(look)
    block.set_reasons(
        "存入 B-12",
        [
            Reason("1", True, "GS3", "柜内读标器未读回袋标签（14:02:40 空轮 3 次）", "重新读标", "read"),
            Reason("2", False, "GS3", "清单未经本人签名，也未注明拒签（可先存，生成任务）", "去签名", "sign"),
            Reason("3", True, "GS3", "现金 ¥412.50 须两人点数，仅 1 人确认", "第二人刷卡", "second"),
        ],
        "满足后自动开门",
    )
    middle = QVBoxLayout()
    middle.addWidget(form)
    middle.addWidget(block)
    middle.addStretch(1)
    side = QVBoxLayout()
    for clock in (
        ClockData(
            "治安传唤 8 h", "剩 7:48", ("到案 13:51（本人填写）→ 21:51 止", "治安法 97 条 · 未升档"), 0.03
        ),
        ClockData("家属通知", "剩 18 分", ("到案后及时，本中心设 30 分 → 14:21",), 0.4, Level.BLUE),
        ClockData("随身物品入柜", "超 3 分", ("登记开始 13:57 → 14:16 止（本中心规定）",), 1, Level.YELLOW),
    ):
        side.addWidget(ClockPanel(look, clock))
    live = CameraTile(
        look,
        TileData(
            "登记台1",
            "测试甲",
            Picture.LIVE,
            "录制中",
            recording=True,
            time="14:03:07",
            health="25 帧 · 0.3 s",
        ),
    )
    frame = QImage(640, 360, QImage.Format.Format_RGB32)
    frame.fill(QColor("#24313A"))
    live.show_frame(frame)
    lost = CameraTile(
        look,
        TileData(
            "候问3", "测试丙 A-03", Picture.LOST, "无信号", "video-lost", level=Level.YELLOW, level_word="黄",
            time="末帧 14:01:25", health="重连第 4 次", message="未知 无画面 1:42", detail="人数、位置以记录为准，请派人",
        ),
    )  # fmt: skip
    side.addWidget(live)
    side.addWidget(lost)
    body = QHBoxLayout()
    body.addWidget(listed)
    body.addLayout(middle, 1)
    body.addLayout(side)
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addLayout(body, 1)
    return page


def lockers(look: Look) -> QWidget:
    """A bank of doors."""
    page = QWidget()
    page.setAutoFillBackground(True)
    grid = DoorGrid(look, "B 组", parent=page)
    grid.doors.show(doors())
    grid.select("10")
    QVBoxLayout(page).addWidget(grid)
    return page


def main(arguments: Sequence[str]) -> int:
    """Draw everything into the folder given; returns the exit code."""
    if len(arguments) != 1:
        print("python -m ui.widgets.gallery OUT_DIR", file=sys.stderr)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    resources = Path(__file__).resolve().parents[2] / "resources"
    application = QApplication.instance() or QApplication(["gallery"])
    if not isinstance(application, QApplication):
        return 1
    families = load_fonts(resources / "fonts")
    for name, theme in (
        ("light", Theme(families=families)),
        ("dark", Theme(dark=True, families=families)),
        ("light-150", Theme(scale=1.5, families=families)),
    ):
        look = Look(theme, resources / "icons")
        look.apply(application)
        pages = {
            "components": (sheet(look), None),
            "board": (board(look), QSize(1920, 1080)),
            "board-en": (board(look, english=True, compact=True), QSize(1366, 768)),
            "step": (step(look), QSize(1600, 900)),
            "lockers": (lockers(look), QSize(1040, 900)),
        }
        for page, (widget, size) in pages.items():
            if size is not None:
                widget.resize(size)
            else:
                widget.adjustSize()
            widget.show()
            strips = widget.findChildren(ScanStrip)
            application.processEvents()
            while any(strip.flashing() for strip in strips):
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            widget.grab().save(str(out / f"{page}-{name}.png"))
            widget.close()
            widget.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
