"""The strips around the screens: what they say, and that they fit at every width."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.theme import Level
from ui.tokens import DARK, LIGHT
from ui.widgets.bands import SimBand
from ui.widgets.lamp import SaveLamp, SaveState
from ui.widgets.look import Look
from ui.widgets.rail import Rail
from ui.widgets.strips import ScanOutcome, ScanStrip
from ui.widgets.top import LEAST, TopStrip

Name = Callable[[QWidget], str]
Colours = Callable[[QWidget], dict[str, int]]


def test_the_lamp_never_says_saved_by_itself(look: Look, name_of: Name) -> None:
    assert SaveLamp(look).state is SaveState.WAITING
    assert name_of(SaveLamp(look)) == "待落盘"


@pytest.mark.parametrize(
    ("state", "words", "colour"),
    [
        (SaveState.SAVED, "已落盘 14:03:06", DARK.ok),
        (SaveState.WAITING, "待落盘 3 条", DARK.yellow),
        (SaveState.READ_ONLY, "只读 另一台在写", DARK.ink),
        (SaveState.FAULT, "故障 磁盘满", DARK.redtext),
    ],
)
def test_four_states_four_words_four_shapes(
    look: Look, state: SaveState, words: str, colour: str, name_of: Name, colours_of: Colours
) -> None:
    lamp = SaveLamp(look)
    lamp.set(state, words.partition(" ")[2])
    lamp.resize(lamp.sizeHint())
    assert name_of(lamp) == words
    assert colour in colours_of(lamp)


def test_a_fault_keeps_its_cause_where_there_is_no_room(look: Look) -> None:
    lamp = SaveLamp(look)
    lamp.set(SaveState.FAULT, "磁盘满")
    whole = lamp.sizeHint().width()
    lamp.set_short(True)
    assert lamp.sizeHint().width() == whole
    lamp.set(SaveState.SAVED, "14:03:06")
    assert lamp.sizeHint().width() < whole + 30


def filled(look: Look, width: int) -> TopStrip:
    strip = TopStrip(look)
    strip.resize(width, strip.sizeHint().height())
    strip.set_centre("测试高新区执法办案管理中心", "1 号登记台")
    strip.set_clock("2026-11-24", "14:03:07", "±0.2 s")
    strip.lamp.set(SaveState.SAVED, "14:03:06")
    strip.set_devices(41, 1, 0)
    strip.set_warnings({Level.RED: 12, Level.YELLOW: 25, Level.BLUE: 99})
    strip.set_user("测试王", "录入")
    return strip


@pytest.mark.parametrize(
    ("scale", "width"),
    [(1.0, 1274), (1.25, 1274), (1.0, 1828), (1.25, 1813), (1.5, 1798), (2.0, 1768), (2.0, 3688)],
)
def test_the_top_strip_fits_every_screen(make_look: MakeLook, qtbot: QtBot, scale: float, width: int) -> None:
    strip = filled(make_look(scale=scale), width)
    qtbot.addWidget(strip)
    strip.show()
    qtbot.waitExposed(strip)
    assert strip.user.geometry().right() <= width
    shown = [strip.centre, strip.clock, strip.lamp, strip.device_counts, *strip.levels.values(), strip.user]
    for left, right in pairwise(shown):
        assert left.geometry().right() <= right.geometry().left() + 1
    for part in shown:
        assert part.width() >= part.sizeHint().width()


def test_the_less_room_the_less_detail_but_the_whole_is_spoken(look: Look, name_of: Name) -> None:
    wide, narrow = filled(look, 1828), filled(look, 760)
    assert narrow.clock.sizeHint().width() < wide.clock.sizeHint().width()
    assert narrow._detail == LEAST
    assert name_of(narrow.clock) == "2026-11-24 14:03:07 ±0.2 s"
    assert name_of(narrow.centre) == "测试高新区执法办案管理中心 1 号登记台"
    assert name_of(narrow.device_counts) == "设备：正常 41，未知 1，故障 0"


def test_no_warning_is_no_colour(look: Look, colours_of: Colours) -> None:
    strip = filled(look, 1828)
    strip.set_warnings({Level.RED: 0, Level.YELLOW: 2})
    red = strip.levels[Level.RED]
    red.resize(red.sizeHint())
    assert DARK.red not in colours_of(red)
    strip.set_warnings({Level.RED: 1}, {Level.RED: 1})
    assert DARK.red in colours_of(red)


def test_untrusted_time_says_so(look: Look, name_of: Name) -> None:
    strip = filled(look, 1828)
    strip.set_clock("2026-11-24", "14:03:08", "", trusted=False)
    assert "时间未核实" in name_of(strip.clock)


def test_the_parts_of_the_strip_act_by_keyboard(look: Look, qtbot: QtBot) -> None:
    strip = filled(look, 1828)
    qtbot.addWidget(strip)
    told: list[str] = []
    strip.devices.connect(lambda: told.append("devices"))
    strip.warnings.connect(lambda: told.append("warnings"))
    strip.lock.connect(lambda: told.append("lock"))
    qtbot.keyClick(strip.device_counts, Qt.Key.Key_Return)
    qtbot.keyClick(strip.levels[Level.RED], Qt.Key.Key_Space)
    qtbot.keyClick(strip.user, Qt.Key.Key_Return)
    assert told == ["devices", "warnings", "lock"]


def test_the_band_is_striped_and_says_what_is_simulated(
    look: Look, name_of: Name, colours_of: Colours
) -> None:
    band = SimBand(look, "练习库 · 模拟设备 6 台")
    band.resize(1366, band.sizeHint().height())
    found = colours_of(band)
    assert found[LIGHT.sim] > 1000
    assert found[LIGHT.sim2] > 1000
    assert name_of(band) == "演练 SIM 练习库 · 模拟设备 6 台"


def test_the_rail_opens_by_mouse_and_shows_where_one_is(look: Look, qtbot: QtBot, name_of: Name) -> None:
    rail = Rail(look)
    qtbot.addWidget(rail)
    for number, (name, words) in enumerate((("board", "看板"), ("steps", "办理")), 1):
        rail.add(name, name, words).set_key(f"F{number}")
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    qtbot.mouseClick(rail.items["steps"], Qt.MouseButton.LeftButton)
    assert chosen == ["steps"]
    assert rail.items["steps"].isChecked()
    assert name_of(rail.items["board"]) == "F1 看板"


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_narrow_rail_shows_all_in_less_height(make_look: MakeLook, qtbot: QtBot, scale: float) -> None:
    look = make_look(scale=scale)
    rail = Rail(look)
    qtbot.addWidget(rail)
    for name in (
        "board",
        "steps",
        "timeline",
        "lockers",
        "cameras",
        "warnings",
        "supervision",
        "bench",
        "settings",
    ):
        rail.add(name, name, "Supervision")
    full, wide = rail.least_height(), rail.width()
    rail.set_narrow(True)
    assert rail.least_height() < full
    assert rail.width() < wide
    assert rail.least_height() <= look.theme.px(10 * 44)
    assert all(item.sizeHint().height() >= look.theme.px(32) for item in rail.items.values())


@pytest.mark.parametrize(
    ("outcome", "flash"),
    [(ScanOutcome.GOOD, LIGHT.ok), (ScanOutcome.ALREADY, LIGHT.unk), (ScanOutcome.BAD, LIGHT.red)],
)
def test_a_scan_flashes_the_strip_once_and_stays_to_be_read(
    look: Look, qtbot: QtBot, outcome: ScanOutcome, flash: str, name_of: Name, colours_of: Colours
) -> None:
    window, field, strip = QWidget(), QLineEdit(), ScanStrip(look)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(strip)
    qtbot.addWidget(window)
    window.resize(1200, 200)
    window.show()
    qtbot.waitExposed(window)
    field.setFocus()
    strip.show_scan("14:02:51", outcome, "手环 …4115", "测试戊 A-15", undo="撤销", action="随身物品入柜")
    assert colours_of(strip)[flash] > 10_000
    qtbot.waitUntil(lambda: strip.flashing() is None, timeout=5000)
    assert colours_of(strip).get(flash, 0) < 2_000
    assert name_of(strip.result).endswith("手环 …4115 测试戊 A-15")
    assert window.focusWidget() is field
    told: list[str] = []
    strip.undone.connect(lambda: told.append("undo"))
    strip.went_on.connect(lambda: told.append("next"))
    qtbot.keyClick(strip.undo, Qt.Key.Key_Return)
    qtbot.keyClick(strip.next, Qt.Key.Key_Return)
    assert told == ["undo", "next"]


def test_with_reduced_motion_nothing_flashes(make_look: MakeLook, qtbot: QtBot) -> None:
    strip = ScanStrip(make_look(reduced_motion=True))
    qtbot.addWidget(strip)
    strip.show_scan("14:02:51", ScanOutcome.GOOD, "手环")
    assert strip.flashing() is None


def test_a_message_is_one_sentence_with_at_most_one_action(look: Look, qtbot: QtBot, name_of: Name) -> None:
    strip = ScanStrip(look)
    qtbot.addWidget(strip)
    strip.resize(1200, 60)
    strip.show()
    qtbot.waitExposed(strip)
    strip.message.show_message(Level.YELLOW, "<b>读标器</b>无应答，请重扫", "查看")
    assert strip.message.words() == "<b>读标器</b>无应答，请重扫"
    assert name_of(strip.message.text) == "<b>读标器</b>无应答，请重扫"
    assert strip.message.button.isVisible()
    strip.message.clear()
    assert strip.message.words() == ""
    assert strip.message.button.isHidden()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_the_scan_gives_way_so_that_the_message_is_whole(
    make_look: MakeLook, qtbot: QtBot, scale: float
) -> None:
    look = make_look(scale=scale, reduced_motion=True)
    strip = ScanStrip(look)
    qtbot.addWidget(strip)
    strip.resize(1830, strip.sizeHint().height())
    strip.show()
    qtbot.waitExposed(strip)
    strip.show_scan("14:02:51", ScanOutcome.GOOD, "手环 E280…4115", "测试戊 A-15 登记台1", undo="撤销")
    wide = strip.result.sizeHint().width()
    strip.message.show_message(Level.YELLOW, "走廊B 读卡器与房间记录不一致：测试丙 A-03，请到场核对")
    text = strip.message.text
    qtbot.waitUntil(lambda: text.fits(text.width()), timeout=5000)
    strip.resize(1000, strip.height())
    assert (strip.result.sizeHint().width() < wide) is (scale > 1)


def test_a_message_longer_than_a_line_takes_two(look: Look, qtbot: QtBot, colours_of: Colours) -> None:
    strip = ScanStrip(look)
    qtbot.addWidget(strip)
    strip.resize(700, strip.sizeHint().height())
    strip.show()
    qtbot.waitExposed(strip)
    strip.message.show_message(Level.NONE, "短句")
    image = strip.message.text.grab().toImage()
    strip.message.show_message(Level.NONE, "这句话比一行长，" * 10)
    longer = strip.message.text.grab().toImage()

    def lines(picture: object) -> int:
        rows = [
            any(picture.pixelColor(x, y).lightness() < 90 for x in range(40, picture.width()))
            for y in range(picture.height())
        ]
        return sum(now and not before for before, now in zip([False, *rows], rows, strict=False))

    assert lines(image) < lines(longer)
