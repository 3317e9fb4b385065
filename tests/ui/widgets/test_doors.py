"""The locker map: a door for every state, arrows to the neighbours, digits to the number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.tokens import LIGHT
from ui.widgets.doors import Door, DoorGrid, DoorState
from ui.widgets.look import Look
from ui.widgets.samples import doors


def bank(look: Look, qtbot: QtBot) -> DoorGrid:
    grid = DoorGrid(look, "B 组")
    grid.doors.show(doors())
    qtbot.addWidget(grid)
    grid.resize(1040, 900)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


@pytest.mark.parametrize(
    ("number", "colour"),
    [
        ("10", LIGHT.red),
        ("12", LIGHT.oktint),
        ("08", LIGHT.yellowtint),
        ("01", LIGHT.surface),
        ("14", LIGHT.sunken),
    ],
)
def test_a_door_has_the_colour_of_its_state(look: Look, qtbot: QtBot, number: str, colour: str) -> None:
    grid = bank(look, qtbot)
    box = grid.visualRect(grid.doors.find(number))
    image = grid.viewport().grab().toImage()
    at = QColor(image.pixel(box.left() + 60, box.bottom() - 20)).name().upper()
    assert at == colour


def test_arrows_and_digits_find_doors(look: Look, qtbot: QtBot) -> None:
    grid = bank(look, qtbot)
    grid.select("01")
    selected: list[str] = []
    opened: list[str] = []
    grid.selected.connect(selected.append)
    grid.opened.connect(opened.append)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_2)
    qtbot.keyClick(grid, Qt.Key.Key_4)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert selected[:2] == ["02", "06"]
    assert grid.current_number() == "24"
    assert opened == ["24"]


def test_a_number_that_is_no_door_moves_nothing(look: Look, qtbot: QtBot) -> None:
    grid = bank(look, qtbot)
    assert grid.select("99") is False
    assert grid.current_number() == ""


def test_each_door_is_spoken(look: Look, qtbot: QtBot) -> None:
    grid = bank(look, qtbot)
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface is not None
    names = [
        child.text(QAccessible.Text.Name)
        for child in (interface.child(number) for number in range(interface.childCount()))
        if child is not None
    ]
    assert "10 被强开 红 测试丙 A-04 未授权开门 13:58" in names
    assert "15 未知 测试壬 A-02 应 540 g 13:55" in names


def test_one_changed_door_is_one_change(look: Look, qtbot: QtBot) -> None:
    grid = bank(look, qtbot)
    grid.select("03")
    changed: list[str] = []
    grid.doors.dataChanged.connect(lambda index: changed.append(grid.doors.door(index).number))
    listed = doors()
    listed[4] = Door("05", DoorState.UNKNOWN, "未知")
    grid.doors.show(listed)
    assert changed == ["05"]
    assert grid.current_number() == "03"


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_door_has_room_for_its_lines(
    make_look: MakeLook, qtbot: QtBot, scale: float, name_of: Callable[[QWidget], str]
) -> None:
    look = make_look(scale=scale)
    grid = bank(look, qtbot)
    assert grid.rowHeight(0) >= grid.least_row()
    assert name_of(grid) == "B 组"
