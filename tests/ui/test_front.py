"""The first window: what it says, in which colours, and that nothing typed at it is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FAMILIES
from ui import prefs
from ui.front import NAME, OPENING, Front, was_dark
from ui.prefs import Prefs
from ui.tokens import DARK, LIGHT


@pytest.mark.parametrize("dark", [False, True])
def test_it_names_the_program_in_the_colours_of_the_look(
    qtbot: QtBot,
    dark: bool,
    name_of: Callable[[QWidget], str],
    colours_of: Callable[[QWidget], dict[str, int]],
) -> None:
    front = Front(FAMILIES, dark=dark)
    qtbot.addWidget(front)
    with qtbot.waitSignal(front.painted):
        front.show()
    tokens = DARK if dark else LIGHT
    colours = colours_of(front)
    assert max(colours, key=colours.__getitem__) == tokens.canvas
    assert {tokens.frame, tokens.frametext, tokens.ink2} <= set(colours)
    assert NAME in name_of(front)
    assert OPENING in name_of(front)


def test_words_stay_whole_and_in_the_middle(qtbot: QtBot) -> None:
    front = Front(FAMILIES)
    qtbot.addWidget(front)
    front.show()
    for width in (1092, 1366, 1920):
        front.resize(width, 614)
        word = next(label for label in front.findChildren(QLabel) if label.text() == OPENING)
        assert word.width() >= word.sizeHint().width()
        assert abs(word.geometry().center().x() - width // 2) <= 1


def test_what_is_typed_is_kept(qtbot: QtBot) -> None:
    front = Front(FAMILIES)
    qtbot.addWidget(front)
    front.show()
    QTest.keyClicks(front, "1001")
    assert front.typed == "1001"


def test_it_gives_its_place_and_takes_it_back(qtbot: QtBot) -> None:
    front = Front(FAMILIES)
    qtbot.addWidget(front)
    with qtbot.waitSignal(front.painted):
        front.show()
    word = next(label for label in front.findChildren(QLabel) if label.text() == OPENING)
    shown = QLabel("trouble")
    shown.setObjectName("instead")
    front.show_instead(shown)
    assert shown.isVisible()
    assert not word.isVisible()
    with qtbot.waitSignal(front.painted):
        front.wait()
    assert word.isVisible()
    qtbot.waitUntil(lambda: front.findChild(QLabel, "instead") is None)


def test_it_is_dark_where_the_window_was(tmp_path: Path) -> None:
    assert not was_dark(tmp_path)
    prefs.save(tmp_path, Prefs(theme="dark"))
    assert was_dark(tmp_path)
    prefs.save(tmp_path, Prefs())
    assert not was_dark(tmp_path)
    (tmp_path / prefs.FILE).write_bytes(b'theme = "\xff"')
    assert not was_dark(tmp_path)
