"""Every sample code, scanned by the keyboard wedge on every screen, changes nothing but the scan.

The codes are full of letters and digits that are keys somewhere: a wedge must type none of them, press no button
and write nothing into the record.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.station_kit import StationKit
from tests.ui.app.conftest import Window
from ui.screens import SCREENS
from ui.widgets.buttons import ActionButton

CODES = (
    "99000000000000000000B002",  # a band that is worn
    "E28068940000500288414115",  # a tag that nobody wears
    "CELL-B-03",
    "STAY-A-02",
    "A-01",
    "STAFF-1002",
    "FD-26-004417",
    "DCAGTMKNWXJXU123456789",
    "ZZTOP",
)


def texts(screen: QWidget) -> list[str]:
    """What stands in every field of a screen."""
    found = [field.text() for field in screen.findChildren(QLineEdit)]
    found += [field.toPlainText() for field in screen.findChildren(QPlainTextEdit)]
    found += [field.toPlainText() for field in screen.findChildren(QTextEdit)]
    return found + [field.currentText() for field in screen.findChildren(QComboBox)]


def focusable(screen: QWidget) -> list[QWidget]:
    """One widget of each kind that takes the keyboard: what is under a hand when a scan comes."""
    kinds: dict[type, QWidget] = {}
    for widget in screen.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.isVisibleTo(screen.window()) and widget.isEnabled():
            kinds.setdefault(type(widget), widget)
    return list(kinds.values())


class Wedge:
    """Sends keys as the window system does, 8 ms apart by their stamps, whatever the machine has to do meanwhile."""

    def __init__(self) -> None:
        self._at = 1_000_000

    def scan(self, code: str) -> None:
        self._at += 500
        for char in f"{code}\r":
            self._press(char)

    def _press(self, char: str) -> None:
        self._at += 8
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        held = Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            receiver = QApplication.focusWidget()
            assert receiver is not None
            event = QKeyEvent(kind, key, held, char)
            event.setTimestamp(self._at)
            event.ignore()
            QApplication.sendEvent(receiver, event)
            if kind == QEvent.Type.ShortcutOverride:
                assert event.isAccepted(), f"{char} is free for a shortcut"


class Hands:
    """Watches what only a hand may press."""

    def __init__(self, shell: QWidget) -> None:
        self.pressed: list[str] = []
        for button in shell.findChildren(QAbstractButton):
            said = button.accessibleName() or button.text()
            button.clicked.connect(lambda _=False, said=said: self.pressed.append(said))
            if isinstance(button, ActionButton):
                button.acted.connect(lambda said=said: self.pressed.append(said))


@pytest.fixture
def leader(window: Window) -> Window:
    board = window.at_work("1007")
    window.until(board.grid.current_key)
    return window


@pytest.mark.parametrize("name", [entry.name for entry in SCREENS])
def test_a_screen_keeps_all_it_had(leader: Window, kit: StationKit, name: str) -> None:
    shell, scans = leader.shell, leader.work.scans
    got: list[str] = []
    scans.scanned.connect(lambda _, text: got.append(text))
    scans.scanned.disconnect(leader.work.incoming.scanned)  # what a scan opens is proved elsewhere
    shell.open(name)
    leader.until(lambda: shell.current() == name)
    screen = shell.screen_widget(name)
    assert screen is not None
    hands, size = Hands(shell), kit.station.desk.house().seq
    wedge = Wedge()
    for place, widget in enumerate(focusable(screen)):
        widget.setFocus()
        if QApplication.focusWidget() is not widget:
            continue
        before = texts(screen)
        for code in CODES if place == 0 else (CODES[place % len(CODES)],):
            got.clear()
            wedge.scan(code)
            assert len(got) == 1, (code, type(widget).__name__)
        assert texts(screen) == before, type(widget).__name__
        assert hands.pressed == [], type(widget).__name__
        assert shell.current() == name
        assert QApplication.focusWidget() is widget
        assert QApplication.activeModalWidget() is None
    assert kit.station.desk.house().seq == size
    assert not shell.is_locked()
