"""Language, theme and scale change under the hand, and the work stays in it: draft, cursor, selection, keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import HELD, at_hand, put_on, settle
from tests.ui.walk.matrix import Looked
from ui.steps.view import StepsScreen

BEFORE = Looked("zh", "light", 1366, 768, 100)
AFTER = (
    Looked("en", "light", 1366, 768, 100),
    Looked("en", "dark", 1366, 768, 125),
    Looked("zh", "dark", 1920, 1080, 150),
)


@pytest.fixture
def leader(window: Window) -> Window:
    window.at_work("1007")
    put_on(window, BEFORE)
    return window


def test_a_half_filled_form_with_a_selection(leader: Window) -> None:
    leader.work.go("steps", HELD, "checks")
    settle(leader)
    steps = leader.shell.screen_widget("steps")
    assert isinstance(steps, StepsScreen)
    form = steps.presenter.form
    assert form is not None
    steps.presenter.set_value("method", "at-door")
    seen = steps.findChild(QLineEdit, f"steps.checks.{form.code}.seen")
    assert seen is not None
    seen.setFocus()
    leader.bot.keyClicks(seen, "alert, sits")
    leader.until(lambda: steps.presenter.values.get("seen") == "alert, sits")
    seen.setSelection(5, -3)
    leader.until(lambda: steps.presenter.drafts.state == "kept")
    held, values = at_hand(leader.shell), dict(steps.presenter.values)
    assert held[seen.objectName()] == ("alert, sits", 2, "ert")
    for look in AFTER:
        put_on(leader, look)
        assert at_hand(leader.shell) == held, look
        assert steps.presenter.values == values


@pytest.mark.parametrize("name", ["board", "timeline", "lockers", "warnings"])
def test_what_was_taken_in_hand(leader: Window, name: str) -> None:
    leader.work.go(name, HELD if name == "timeline" else "")
    settle(leader)
    focus = QApplication.focusWidget()
    screen: Any = leader.shell.screen_widget(name)
    match name:
        case "board":
            screen.grid.setCurrentIndex(screen.cards.index(2))
        case "timeline":
            screen.table.selectRow(3)
    settle(leader)
    held = at_hand(leader.shell)
    for look in AFTER:
        put_on(leader, look)
        assert at_hand(leader.shell) == held, look
        assert QApplication.focusWidget() is focus
