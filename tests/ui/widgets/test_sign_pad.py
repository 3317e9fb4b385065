"""A place to sign: what is drawn becomes a path, a slip of the pen does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.signed import SIGNED
from ui.widgets.look import Look
from ui.widgets.sign_pad import ACROSS, DOWN, MOST, SignPad, path_of


class Watch(QObject):
    """Counts the event that a pad gets when it is signed."""

    signed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.signed += event.type() == SIGNED
        return False


@pytest.fixture
def pad(look: Look, qtbot: QtBot) -> SignPad:
    made = SignPad(look, "rights.0.pad", "本人签名 在此手写", "person", "rights")
    qtbot.addWidget(made)
    made.resize(200, 60)
    made.show()
    return made


def draw(pad: SignPad, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def test_a_signature_is_told_as_a_path_in_its_box(pad: SignPad) -> None:
    told: list[str] = []
    pad.signed.connect(told.append)
    draw(pad, (20, 30), (100, 10), (180, 50))
    assert len(told) == 1
    points = [(int(x), int(y)) for x, y in re.findall(r"[ML](\d+) (\d+)", told[0])]
    assert points[0] == (100, 150)
    assert all(0 <= x <= ACROSS and 0 <= y <= DOWN for x, y in points)


def test_one_act_of_signing_is_one_event_however_many_strokes(pad: SignPad) -> None:
    watch = Watch()
    pad.installEventFilter(watch)
    draw(pad, (20, 30), (100, 10))
    draw(pad, (120, 30), (180, 10))
    assert watch.signed == 1
    assert pad.path.count("M") == 2
    pad.clear()
    assert pad.path == ""
    draw(pad, (20, 30), (100, 10))
    assert watch.signed == 2


def test_a_slip_of_the_pen_is_no_signature(pad: SignPad) -> None:
    told: list[str] = []
    pad.signed.connect(told.append)
    draw(pad, (20, 30), (22, 30))
    assert told == []
    assert pad.path == ""


def test_a_long_signature_is_thinned_and_keeps_its_ends() -> None:
    stroke = [(number % ACROSS, number % DOWN) for number in range(5000)]
    path = path_of([stroke])
    assert len(path) <= MOST
    assert path.startswith("M0 0")
    assert path.endswith(f"L{stroke[-1][0]} {stroke[-1][1]}")


def test_what_was_drawn_is_seen(pad: SignPad) -> None:
    before = pad.grab().toImage()
    draw(pad, (20, 30), (100, 10), (180, 50))
    assert pad.grab().toImage() != before


def test_it_says_what_it_is(pad: SignPad, name_of: Callable[[QWidget], str]) -> None:
    assert name_of(pad) == "本人签名 在此手写"
