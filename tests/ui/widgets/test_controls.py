"""Buttons, refusals, steps, tasks, clocks, page states and forms: by keyboard, by name, whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.theme import Level, Type
from ui.tokens import LIGHT
from ui.widgets import paint
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.clock_panel import ClockData, ClockPanel
from ui.widgets.forms import Form
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.refusal import Reason, RefusalBlock
from ui.widgets.samples import tasks
from ui.widgets.shapes import Shape
from ui.widgets.states import PageState, State
from ui.widgets.step_bar import StepData, ThreeStepBar
from ui.widgets.tasks import Section, Task, TaskList

Name = Callable[[QWidget], str]
Colours = Callable[[QWidget], dict[str, int]]

REASONS = [
    Reason("1", True, "GS3", "柜内读标器未读回袋标签（14:02:40 空轮 3 次）", "重新读标", "read"),
    Reason("2", False, "GS3", "清单未经本人签名，也未注明拒签（可先存，生成任务）", "去签名", "sign"),
    Reason("3", True, "GS3", "现金须两人点数，仅 1 人确认", "第二人刷卡", "second"),
]


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_acts_by_the_keyboard(look: Look, qtbot: QtBot, key: Qt.Key, name_of: Name) -> None:
    button = ActionButton(look, "存入 A&B", icon="lock", key="F12")
    shown(button, qtbot)
    acted: list[bool] = []
    button.acted.connect(lambda: acted.append(True))
    qtbot.keyClick(button, key)
    assert acted == [True]
    assert name_of(button) == "存入 A&B F12"


def test_the_key_of_a_button_acts_at_once(look: Look, qtbot: QtBot) -> None:
    button = ActionButton(look, "存入", key="F12")
    shown(button, qtbot)
    qtbot.waitUntil(button.isActiveWindow)
    acted: list[bool] = []
    button.acted.connect(lambda: acted.append(button.isDown()))
    qtbot.keyClick(button, Qt.Key.Key_F12)
    assert acted == [False], (
        "done when the key is back up, without the 100 ms of a button that shows itself pressed"
    )


def test_a_refused_button_stays_reachable_and_says_why(look: Look, qtbot: QtBot, colours_of: Colours) -> None:
    button = ActionButton(look, "存入 B-12")
    shown(button, qtbot)
    acted: list[bool] = []
    why: list[str] = []
    button.acted.connect(lambda: acted.append(True))
    button.refused.connect(why.append)
    button.set_refused(["未读回袋标签", "未签名"])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (acted, why) == ([], ["未读回袋标签"])
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface is not None
    assert interface.text(QAccessible.Text.Description) == "未读回袋标签"
    assert button.isEnabled()
    assert LIGHT.sunken in colours_of(button)
    button.set_refused([])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert acted == [True]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_targets_are_large_enough_and_words_whole(make_look: MakeLook, scale: float) -> None:
    look = make_look(scale=scale)
    for small in (True, False):
        button = ActionButton(look, "打印清单 3 份", icon="print", key="Ctrl+P", small=small, bind=False)
        assert button.sizeHint().height() >= look.theme.px(32)
        words = paint.width_of(look.theme, Type.BODY_BOLD, "打印清单 3 份Ctrl+P")
        assert button.minimumSizeHint().width() > words


def test_segments_hold_one_choice(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, "次序", [("due", "最先到期"), ("rooms", "按房间")])
    shown(segments, qtbot)
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    assert segments.choice() == ""
    segments.choose("due")
    qtbot.mouseClick(segments.buttons["rooms"], Qt.MouseButton.LeftButton)
    assert (segments.choice(), chosen) == ("rooms", ["rooms"])


def test_all_reasons_are_shown_and_each_leads_to_its_cure(look: Look, qtbot: QtBot, name_of: Name) -> None:
    block = RefusalBlock(look)
    block.resize(800, 300)
    assert block.isHidden()
    block.set_reasons("存入 B-12", REASONS)
    shown(block, qtbot)
    assert [row.reason for row in block.rows()] == REASONS
    assert name_of(block) == "存入 B-12 现在不能执行 — 差 3 项（硬条件 2）"
    assert name_of(block.rows()[0]).startswith("1 硬 GS3 柜内读标器")
    cured: list[str] = []
    block.cure.connect(cured.append)
    qtbot.keyClick(block.rows()[0], Qt.Key.Key_Return)
    qtbot.keyClick(block, Qt.Key.Key_2)
    qtbot.mouseClick(block.rows()[2], Qt.MouseButton.LeftButton)
    qtbot.keyClick(block, Qt.Key.Key_9)
    assert cured == ["read", "sign", "second"]
    block.set_reasons("存入 B-12", [])
    assert block.isHidden()
    assert block.rows() == []


def test_the_keyboard_stays_on_a_reason_when_others_come_and_go(look: Look, qtbot: QtBot) -> None:
    block = RefusalBlock(look)
    scale, list_, cash = (replace(one, gate=gate) for one, gate in zip(REASONS, "ABC", strict=True))
    block.set_reasons("存入", [scale, list_])
    shown(block, qtbot)
    qtbot.waitUntil(block.isActiveWindow)
    block.rows()[1].setFocus()
    for reasons, place in (([cash, scale, list_], 2), ([cash, scale], 1), ([cash], 0)):
        block.set_reasons("存入", reasons)
        assert block.rows()[place].hasFocus()


@pytest.mark.parametrize("width", [320, 520, 900])
def test_a_long_reason_takes_the_lines_it_needs(look: Look, qtbot: QtBot, width: int) -> None:
    area, inside = QScrollArea(), QWidget()
    block = RefusalBlock(look)
    column = QVBoxLayout(inside)
    column.addWidget(block)
    column.addStretch(1)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    block.set_reasons("存入", [Reason("1", True, "GS3", "这是很长的理由" * 8, "去办理", "x")])
    area.resize(width, 300)
    shown(area, qtbot)
    row = block.rows()[0]
    qtbot.waitUntil(lambda: row.height() >= row.heightForWidth(row.width()), timeout=5000)
    assert row.heightForWidth(320) > row.heightForWidth(900)


STEPS = [
    StepData("in", "1 入区", Shape.CURRENT, "6 / 11 · 差 4", "进行中"),
    StepData("on", "2 办案", Shape.NOT_STARTED, "", "未开始"),
    StepData("out", "3 离区", Shape.NOT_STARTED, "", "未开始"),
]


def test_the_steps_are_three_buttons(look: Look, qtbot: QtBot, name_of: Name, colours_of: Colours) -> None:
    bar = ThreeStepBar(look, STEPS)
    bar.resize(900, 48)
    shown(bar, qtbot)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    qtbot.keyClick(bar.cells["on"], Qt.Key.Key_Return)
    assert chosen == ["on"]
    assert name_of(bar.cells["in"]) == "1 入区 进行中 6 / 11 · 差 4"
    assert colours_of(bar.cells["in"])[LIGHT.fill] > 1000
    bar.show_steps([StepData("on", "2 办案", Shape.DONE, "12 / 12", "已完成")])
    assert name_of(bar.cells["on"]) == "2 办案 已完成 12 / 12"


def test_a_step_that_lacks_room_tells_how_far_it_is_before_what_is_missing(look: Look, qtbot: QtBot) -> None:
    bar = ThreeStepBar(look, STEPS)
    shown(bar, qtbot)
    cell = bar.cells["in"]
    whole = cell.sizeHint().width()
    cell.setFixedWidth(whole)
    assert cell.told() == "6 / 11 · 差 4"
    cell.setFixedWidth(whole - 20)
    assert cell.told() == "6 / 11"
    cell.setFixedWidth(cell.minimumSizeHint().width())
    assert cell.told() == ""


def test_a_folded_list_keeps_its_tasks_in_hand_by_key_and_by_name(look: Look, qtbot: QtBot) -> None:
    listed = TaskList(look, "任务")
    listed.resize(316, 600)
    listed.tasks.show(tasks())
    shown(listed, qtbot)
    listed.open_task("family")
    whole = listed.visualRect(listed.currentIndex()).height()
    listed.fold(True)
    listed.resize(86, 600)
    qtbot.waitUntil(lambda: listed.visualRect(listed.currentIndex()).height() < whole)
    assert listed.visualRect(listed.currentIndex()).height() >= look.theme.px(44)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert listed.current() == "search"
    row = listed.tasks.row_of("search")
    assert "人身安全检查" in str(listed.tasks.index(row).data(int(Qt.ItemDataRole.ToolTipRole)))
    listed.resize(86, 150)
    seen = listed.viewport().rect()
    qtbot.waitUntil(lambda: seen.contains(listed.visualRect(listed.currentIndex())))
    first = listed.tasks.row_of(next(one.id for one in tasks() if isinstance(one, Task)))
    assert listed.tasks.number_of(first) == 1


def test_arrows_go_from_task_to_task_past_the_headings(look: Look, qtbot: QtBot) -> None:
    listed = TaskList(look, "任务")
    listed.resize(316, 600)
    listed.tasks.show(tasks())
    shown(listed, qtbot)
    opened: list[str] = []
    listed.opened.connect(opened.append)
    listed.open_task("family")
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    listed.step(1)
    assert opened == ["family", "search", "family", "search"]
    interface = QAccessible.queryAccessibleInterface(listed)
    assert interface is not None
    child = interface.child(1)
    assert child is not None
    assert child.text(QAccessible.Text.Name) == "身份核验 已完成 测试王 读卡 14:01"


def test_a_change_of_one_task_keeps_the_task_in_hand(look: Look, qtbot: QtBot) -> None:
    listed = TaskList(look, "任务")
    listed.tasks.show(tasks())
    listed.open_task("search")
    rows = tasks()
    rows[1] = Task("identity", "身份核验", Shape.INCOMPLETE, "未完成")
    listed.tasks.show(rows)
    assert listed.current() == "search"
    listed.tasks.show([Section("离区"), Task("only", "唯一", Shape.NOT_STARTED, "未开始")])
    assert listed.tasks.rowCount() == 2
    assert listed.current() in ("", "only")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_clock_keeps_its_value_whole_at_every_width(
    make_look: MakeLook, scale: float, name_of: Name
) -> None:
    look = make_look(scale=scale)
    clock = ClockData("治安传唤 8 h", "剩 7:48", ("到案 13:51 → 21:51 止", "治安法 97 条"), 0.03)
    panel = ClockPanel(look, clock)
    assert panel.heightForWidth(look.theme.px(180)) > panel.heightForWidth(look.theme.px(380))
    assert panel.minimumSizeHint().width() > paint.width_of(look.theme, Type.NAME, clock.value)
    assert name_of(panel) == "治安传唤 8 h 剩 7:48 到案 13:51 → 21:51 止 治安法 97 条"


def test_a_warned_clock_is_tinted_and_an_unknown_one_hatched(look: Look, colours_of: Colours) -> None:
    panel = ClockPanel(look, ClockData("通知", "超 3 分", level=Level.YELLOW, used=1.0))
    panel.resize(300, 80)
    assert colours_of(panel)[LIGHT.yellowtint] > 5000
    panel.set(ClockData("通知", "未知", level=Level.UNKNOWN))
    assert LIGHT.unktint in colours_of(panel)


@pytest.mark.parametrize("state", list(State))
def test_each_page_state_says_what_and_offers_one_thing(
    look: Look, qtbot: QtBot, state: State, name_of: Name
) -> None:
    page = PageState(look)
    page.show_state(state, "细节", action="去办")
    shown(page, qtbot)
    assert name_of(page).endswith("细节")
    assert len(name_of(page)) > len("细节") + 3
    acted: list[bool] = []
    page.acted.connect(lambda: acted.append(True))
    qtbot.keyClick(page.button, Qt.Key.Key_Return)
    assert acted == [True]
    page.progress(3, 10)
    assert page.state is state


def test_a_narrow_form_puts_labels_above(look: Look, qtbot: QtBot) -> None:
    form = Form(look)
    row = form.add("封袋号")
    row.set_value("FD-26-004417")
    form.resize(600, 60)
    shown(form, qtbot)
    qtbot.waitUntil(lambda: row.label.x() < row.editor.x(), timeout=5000)
    form.resize(300, 120)
    qtbot.waitUntil(lambda: row.label.y() + row.label.height() <= row.editor.y() + 1, timeout=5000)
    assert row.editor.width() > 200
    form.resize(600, 60)
    qtbot.waitUntil(lambda: row.label.x() + row.label.width() <= row.editor.x(), timeout=5000)


def test_a_checked_box_shows_its_mark(look: Look, qtbot: QtBot, colours_of: Colours) -> None:
    box = QCheckBox("同意")
    shown(box, qtbot)
    box.setChecked(True)
    found = colours_of(box)
    assert found[LIGHT.fill] > 100
    assert found.get(LIGHT.onfill, 0) > 4


def test_a_form_row_names_its_editor_and_shows_its_source(look: Look, qtbot: QtBot, name_of: Name) -> None:
    form = Form(look)
    editor = QLineEdit()
    row = form.add("封袋号", editor)
    plain = form.add("特征")
    form.resize(600, 120)
    shown(form, qtbot)
    assert name_of(editor) == "封袋号"
    assert row.badge.isHidden()
    row.set_source("barcode", "条码 14:02")
    assert row.badge.isVisible()
    plain.set_value("<i>原样</i>")
    assert isinstance(plain.editor, PlainLabel)
    assert plain.editor.text() == "<i>原样</i>"
    assert row.label.height() >= look.theme.metrics(Type.BODY).height()
    right = row.badge.mapTo(form, QPoint(row.badge.width(), 0)).x()
    assert right <= form.width()
    row.set_visible(False)
    assert editor.isHidden()
