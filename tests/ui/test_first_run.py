"""The first questions ever: no mode is chosen in advance; language, size and scanner of the desk are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.context import Words
from ui.first_run import MODES, STANDING, ModeQuestion
from ui.prefs import Prefs
from ui.widgets.look import Look
from workstation.catalogue import Catalogue

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(params=["zh", "en"])
def question(request: pytest.FixtureRequest, look: Look, qapp: QApplication) -> Iterator[ModeQuestion]:
    words = Words(Catalogue.load(RESOURCES / "i18n" / "catalogue"), request.param)
    made = ModeQuestion(words, look, qapp)
    yield made
    made.close()
    made.deleteLater()


def asked(question: ModeQuestion, *acts: Callable[[], object]) -> str:
    """Ask, do one thing after another, each when the loop is idle, and close the window at the end."""
    waiting = [*acts, question.close]

    def act() -> None:
        waiting.pop(0)()
        if waiting and not question.chosen:
            QTimer.singleShot(80, question, act)

    QTimer.singleShot(0, question, act)
    return question.ask()


def test_enter_alone_chooses_nothing(question: ModeQuestion) -> None:
    assert asked(question, lambda: QTest.keyClick(question, Qt.Key.Key_Return)) == ""


@pytest.mark.parametrize(("key", "mode"), [("1", "practice"), ("2", "live")])
def test_a_number_chooses(question: ModeQuestion, key: str, mode: str) -> None:
    assert asked(question, lambda: QTest.keyClicks(question, key)) == mode


@pytest.mark.parametrize("mode", MODES)
def test_a_click_chooses(question: ModeQuestion, mode: str) -> None:
    def click() -> None:
        QTest.mouseClick(question.buttons[mode], Qt.MouseButton.LeftButton)

    assert asked(question, click) == mode


def test_a_scan_is_tried_and_chooses_no_mode(question: ModeQuestion) -> None:
    def scan() -> None:
        QTest.keyClicks(question, "~CELL-B-12")
        QTest.keyClick(question, Qt.Key.Key_Return)

    assert asked(question, scan) == ""
    assert question.prefs.scan_prefix == "~"
    assert "B-12" in question.scanner.words()


def test_language_and_size_take_effect_at_once(question: ModeQuestion, look: Look) -> None:
    assert question.prefs.scale == STANDING
    question.language.buttons["en"].click()
    assert question.windowTitle() == "First start"
    question.language.buttons["zh"].click()
    assert question.windowTitle() == "第一次启用"
    question.scale.buttons["150"].click()
    assert look.theme.scale == 1.5
    assert question.prefs == Prefs(language="zh", scale=150)
    assert [one for one in question.panels.values() if "⟨" in one.accessibleName()] == []
