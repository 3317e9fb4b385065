"""The gallery draws every component in both themes, and a theme is used everywhere in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.tokens import DARK, LIGHT
from ui.widgets import gallery
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.painted import Painted


def test_every_page_is_drawn_in_its_theme(qapp: QApplication, tmp_path: Path) -> None:
    assert gallery.main([str(tmp_path)]) == 0
    pages = {path.stem for path in tmp_path.glob("*.png")}
    for page in ("components", "board", "board-en", "step", "lockers"):
        for name, tokens in (("light", LIGHT), ("dark", DARK)):
            assert f"{page}-{name}" in pages
            image = QImage(str(tmp_path / f"{page}-{name}.png"))
            corner = image.pixelColor(image.width() - 3, image.height() // 2)
            assert corner == QColor(tokens.canvas)


PAGES = {"sheet": gallery.sheet, "board": gallery.board, "step": gallery.step, "lockers": gallery.lockers}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_whatever_takes_the_keyboard_has_a_name_and_is_large_enough(
    look: Look, qtbot: QtBot, page: str, name_of: Callable[[QWidget], str]
) -> None:
    widget = PAGES[page](look)
    qtbot.addWidget(widget)
    widget.resize(1900, 1300)
    widget.show()
    qtbot.waitExposed(widget)
    reached = [
        child
        for child in widget.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert reached
    for child in reached:
        assert name_of(child), f"{type(child).__name__} has no name"
        assert child.height() >= 32, f"{type(child).__name__} is too low for a finger"


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_no_word_is_cut_at_any_scale(make_look: MakeLook, qtbot: QtBot, scale: float) -> None:
    look = make_look(scale=scale)
    widget = gallery.sheet(look)
    qtbot.addWidget(widget)
    widget.adjustSize()
    widget.show()
    qtbot.waitExposed(widget)
    for child in widget.findChildren(QWidget):
        if isinstance(child, PlainLabel) and child.isVisible() and not child.wordWrap():
            assert child.text() == child.words()
            assert child.width() >= QFontMetrics(child.font()).horizontalAdvance(child.words())
        elif isinstance(child, Painted | ActionButton) and child.isVisible():
            assert child.width() >= child.minimumSizeHint().width(), type(child).__name__
            assert child.height() >= child.minimumSizeHint().height(), type(child).__name__


def test_without_a_folder_it_says_how_it_is_called(qapp: QApplication) -> None:
    assert gallery.main([]) == 2
