"""The eyes of the walk see each kind of fault on a window that has it, and none on one that is sound."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.walk.eyes import faults_of
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look

Spoil = Callable[[QWidget], object]


def cut(window: QWidget) -> None:
    QLabel("all of these words", window).setGeometry(10, 10, 40, 24)


def cut_by_another(window: QWidget) -> None:
    around = QWidget(window)
    around.setGeometry(10, 10, 50, 24)
    QLabel("all of these words", around).setGeometry(0, 0, 200, 24)


def elided(window: QWidget) -> None:
    QLabel("all of th…", window).setGeometry(10, 10, 100, 24)


def overlapping(window: QWidget) -> None:
    QLabel("first", window).setGeometry(10, 10, 100, 24)
    QLabel("second", window).setGeometry(14, 12, 100, 24)


def pale(window: QWidget) -> None:
    label = QLabel("hardly seen", window)
    label.setGeometry(10, 10, 120, 24)
    label.setStyleSheet("color: #B0B8BE")


def small(window: QWidget) -> None:
    button = QToolButton(window)
    button.setAccessibleName("less")
    button.setGeometry(10, 10, 20, 20)


def nameless(window: QWidget) -> None:
    QPushButton(window).setGeometry(10, 10, 80, 40)


def edgeless(window: QWidget) -> None:
    line = QLineEdit(window)
    line.setAccessibleName("number")
    line.setGeometry(10, 10, 120, 40)
    line.setStyleSheet("border: none; background: #E4E9EC")


def sideways(window: QWidget) -> None:
    area = QScrollArea(window)
    area.setGeometry(10, 10, 100, 100)
    inside = QWidget()
    inside.setFixedSize(QSize(300, 50))
    area.setWidget(inside)


def downwards(window: QWidget) -> None:
    window.resize(1100, 620)
    screens = QStackedWidget(window)
    screens.setGeometry(10, 10, 100, 100)
    area = QScrollArea(screens)
    inside = QWidget()
    inside.setFixedSize(QSize(50, 300))
    area.setWidget(inside)
    screens.addWidget(area)


def twice(window: QWidget) -> None:
    for left in (10, 100):
        label = QLabel("one", window)
        label.setObjectName("room.thing")
        label.setGeometry(left, 10, 60, 24)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (cut, "cut: "), (cut_by_another, "cut by "), (elided, "elided"), (overlapping, "overlap"), (pale, "pale 1."),
        (small, "small 20×20"), (nameless, "no name"), (edgeless, "edge 1."), (sideways, "scrolls sideways by 2"),
        (downwards, "scrolls down by 2"), (twice, "2 widgets named room.thing"),
    ],
)  # fmt: skip
def test_each_fault_is_seen(qtbot: QtBot, look: Look, spoil: Spoil, fault: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    spoil(window)
    window.show()
    assert any(one.startswith(fault) for one in faults_of(window, look.theme)), faults_of(window, look.theme)


def test_a_sound_window_has_none(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.addWidget(PlainLabel("all of these words"))
    line = QLineEdit("typed")
    line.setAccessibleName("number")
    row.addWidget(line)
    row.addWidget(QPushButton("Go on"))
    window.show()
    assert faults_of(window, look.theme) == []
