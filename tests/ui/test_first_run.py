"""The first question ever: nothing is chosen in advance, and each answer is its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.context import Words
from ui.first_run import MODES, ModeQuestion
from ui.widgets.look import Look
from workstation.catalogue import Catalogue

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(params=["zh", "en"])
def question(request: pytest.FixtureRequest, look: Look, qapp: QApplication) -> ModeQuestion:
    words = Words(Catalogue.load(RESOURCES / "i18n" / "catalogue"), request.param)
    made = ModeQuestion(words, look)
    yield made
    made.close()
    made.deleteLater()


def test_enter_alone_chooses_nothing(question: ModeQuestion) -> None:
    QTimer.singleShot(50, lambda: QTest.keyClick(question, Qt.Key.Key_Return))
    QTimer.singleShot(150, question.close)
    assert question.ask() == ""


@pytest.mark.parametrize(("key", "mode"), [("1", "practice"), ("2", "live")])
def test_a_number_chooses(question: ModeQuestion, key: str, mode: str) -> None:
    QTimer.singleShot(50, lambda: QTest.keyClicks(question, key))
    assert question.ask() == mode


@pytest.mark.parametrize("mode", MODES)
def test_a_click_chooses(question: ModeQuestion, mode: str) -> None:
    def click() -> None:
        QTest.mouseClick(question.buttons[mode], Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, click)
    assert question.ask() == mode
