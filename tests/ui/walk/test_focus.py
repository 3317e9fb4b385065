"""Tab goes round every screen: it comes to everything that takes the keyboard, leaves painted views, and returns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.app.conftest import Window
from tests.ui.walk.eyes import takes_keyboard, title, visible
from tests.ui.walk.hands import HELD, LEAVING, WAITING, Stop, put_on, screen, settle, sound
from tests.ui.walk.matrix import Looked
from ui.screens import SCREENS

STOPS = (
    *(screen(entry.name) for entry in SCREENS if entry.name not in ("steps", "timeline")),
    screen("timeline", HELD),
    screen("steps", WAITING, "rights"),
    screen("steps", WAITING, "health"),
    screen("steps", HELD, "interview"),
    screen("steps", LEAVING, "recount"),
    screen("steps", "new"),
)
MOST = 400


def round_of(window: Window) -> list[QWidget]:
    """The widgets that Tab comes to from where the keyboard is, until one comes again."""
    came: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(window.shell.windowHandle(), Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is None or widget in came:
            break
        came.append(widget)
    return came


def faults(window: Window, stop: Stop) -> list[str]:
    stop.enter(window)
    settle(window)
    window.shell.activateWindow()
    came = round_of(window)
    last = QApplication.focusWidget()
    where = f"({stop.name}, {window.shell.width()} wide)"
    found = [] if last is came[0] else [f"Tab ends at {title(last) if last else 'nothing'}  {where}"]
    reachable = [one for one in visible(window.shell) if takes_keyboard(one) and not one.size().isEmpty()]
    return found + [f"never reached: {title(one)}  {where}" for one in reachable if one not in came]


@pytest.mark.parametrize("width", [1366, 1920])
def test_tab_goes_round(window: Window, width: int) -> None:
    window.at_work("1007")
    put_on(window, Looked("zh", "light", width, 768 if width == 1366 else 1080, 100))
    found: list[str] = []
    for stop in STOPS:
        found += faults(window, stop)
    sound(found)


def test_ctrl_tab_goes_through_the_regions_and_back(window: Window) -> None:
    window.at_work("1007")
    settle(window)
    handle, shell = window.shell.windowHandle(), window.shell
    begin = QApplication.focusWidget()
    seen: list[QWidget] = []
    for _ in shell.regions():
        QTest.keyClick(handle, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(one for one in shell.regions() if one is focus or one.isAncestorOf(focus)))
        if focus is begin:
            break
    assert QApplication.focusWidget() is begin
    assert len(set(seen)) == len(seen) >= 3
