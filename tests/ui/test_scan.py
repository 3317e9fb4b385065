"""Scans are taken before every field and shortcut; what is typed by hand arrives whole and in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scan import GAP_MS, LEAST, MOST, ScanKind, ScanRouter, classify, trigger

SAMPLES = [
    ("E28068940000500288414115", ScanKind.TAG, "E28068940000500288414115"),
    ("e28068940000500288414115", ScanKind.TAG, "E28068940000500288414115"),
    ("E280 6894 0000 5002 8841 4115", ScanKind.TAG, "E28068940000500288414115"),
    ("CELL-B-12", ScanKind.CELL, "B-12"),
    ("STAY:A-07", ScanKind.STAY, "A-07"),
    ("B-12", ScanKind.PLACE, "B-12"),
    ("STAFF-990217", ScanKind.STAFF, "STAFF-990217"),
    ("FD-26-004417", ScanKind.PAPER, "FD-26-004417"),
    ("E28068", ScanKind.UNKNOWN, "E28068"),
    ("<b>x</b>", ScanKind.UNKNOWN, "<b>x</b>"),
]


class Desk(QWidget):
    """A field, a single-key shortcut, a button with a key, and the router over them."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.field, self.button, self.plain = QLineEdit(), QPushButton("键"), QPushButton("别处")
        self.button.setShortcut(QKeySequence("N"))
        column = QVBoxLayout(self)
        for widget in (self.field, self.button, self.plain):
            column.addWidget(widget)
        self.fired: list[str] = []
        self.entered = 0
        self.field.returnPressed.connect(self._enter)
        self.button.clicked.connect(lambda: self.fired.append("N"))
        self.shortcut = QShortcut(QKeySequence("W"), self)
        self.shortcut.activated.connect(lambda: self.fired.append("W"))
        self.router = ScanRouter(application)
        self.scans: list[tuple[ScanKind, str]] = []
        self.router.scanned.connect(lambda kind, text: self.scans.append((kind, text)))
        self.at = 1000

    def _enter(self) -> None:
        self.entered += 1

    def press(self, char: str, gap: int) -> None:
        """One key as the window system sends it: override, press, release, `gap` ms after the last."""
        self.at += gap
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        held = Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier
        receiver = QApplication.focusWidget()
        assert receiver is not None
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, char)
            event.setTimestamp(self.at)
            event.ignore()
            QApplication.sendEvent(receiver, event)
            if kind == QEvent.Type.ShortcutOverride and not event.isAccepted():
                # what Qt does when nobody wants the key for itself
                if char.upper() == "W":
                    self.shortcut.activated.emit()
                    return
                if char.upper() == "N":
                    self.button.click()
                    return

    def type(self, words: str, gap: int) -> None:
        for char in words:
            self.press(char, gap)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qapp)
    qtbot.addWidget(desk)
    desk.show()
    qtbot.waitUntil(desk.isActiveWindow, timeout=5000)
    desk.field.setFocus()
    qtbot.waitUntil(desk.field.hasFocus, timeout=5000)
    yield desk
    desk.router.close()


@pytest.mark.parametrize(("words", "kind", "text"), SAMPLES)
def test_each_code_is_known_by_its_form(words: str, kind: ScanKind, text: str) -> None:
    assert classify(words) == (kind, text)


@given(st.text(max_size=60))
def test_any_text_has_a_kind_and_the_unknown_is_kept(words: str) -> None:
    kind, text = classify(words)
    if kind is ScanKind.UNKNOWN:
        assert text == words.strip()
    else:
        assert text


@pytest.mark.parametrize(("words", "kind", "text"), SAMPLES)
@pytest.mark.parametrize("focus", ["field", "plain"])
def test_a_burst_is_a_scan_and_nothing_else_happens(
    desk: Desk, words: str, kind: ScanKind, text: str, focus: str
) -> None:
    getattr(desk, focus).setFocus()
    desk.type(words, 8)
    desk.press("\r", 8)
    assert desk.scans == [(kind, text)]
    assert desk.field.text() == ""
    assert desk.fired == []
    assert desk.entered == 0


def test_a_scan_full_of_shortcut_letters_fires_none(desk: Desk) -> None:
    desk.plain.setFocus()
    desk.type("NWNWNW-12", GAP_MS)
    desk.press("\r", GAP_MS)
    assert desk.fired == []
    assert len(desk.scans) == 1


def test_typed_by_hand_arrives_whole(desk: Desk, qtbot: QtBot) -> None:
    desk.type("hello", 120)
    desk.press("\r", 120)
    assert desk.field.text() == "hello"
    assert desk.entered == 1
    assert desk.scans == []


def test_the_last_key_by_hand_arrives_without_another(desk: Desk, qtbot: QtBot) -> None:
    desk.press("a", 120)
    qtbot.waitUntil(lambda: desk.field.text() == "a", timeout=5000)


def test_a_single_key_shortcut_works_by_hand(desk: Desk, qtbot: QtBot) -> None:
    desk.plain.setFocus()
    desk.press("w", 200)
    qtbot.waitUntil(lambda: desk.fired == ["W"], timeout=5000)
    desk.press("n", 200)
    qtbot.waitUntil(lambda: desk.fired == ["W", "N"], timeout=5000)


def test_in_a_field_the_same_key_is_a_letter(desk: Desk, qtbot: QtBot) -> None:
    desk.press("w", 200)
    qtbot.waitUntil(lambda: desk.field.text() == "w", timeout=5000)
    assert desk.fired == []


def test_a_scan_between_typed_letters_parts_them_cleanly(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ab", 150)
    desk.press("S", 150)
    desk.type("TAFF-990217", 5)
    desk.press("\r", 5)
    desk.type("cd", 150)
    qtbot.waitUntil(lambda: desk.field.text() == "abcd", timeout=5000)
    assert desk.scans == [(ScanKind.STAFF, "STAFF-990217")]


def test_enter_by_itself_is_enter(desk: Desk) -> None:
    desk.press("\r", 10)
    assert desk.entered == 1


def test_a_held_key_is_no_scan(desk: Desk, qtbot: QtBot) -> None:
    desk.press("a", 100)
    for _ in range(10):
        desk.at += 30
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        event.setTimestamp(desk.at)
        QApplication.sendEvent(desk.field, event)
    desk.press("\r", 20)
    assert desk.field.text() == "a" * 11
    assert desk.scans == []


def test_an_endless_burst_is_dropped_and_told(desk: Desk) -> None:
    dropped: list[int] = []
    desk.router.dropped.connect(dropped.append)
    desk.type("x" * (MOST + 40), 1)
    desk.press("\r", 1)
    assert dropped == [MOST + 40]
    assert desk.scans == []
    assert desk.field.text() == ""


def test_after_its_prefix_a_slow_scanner_is_a_scanner(desk: Desk, qapp: QApplication) -> None:
    desk.router.close()
    desk.router = ScanRouter(qapp, prefix="~")
    desk.router.scanned.connect(lambda kind, text: desk.scans.append((kind, text)))
    desk.press("~", 100)
    desk.type("B-12", 90)
    desk.press("\r", 90)
    assert desk.scans == [(ScanKind.PLACE, "B-12")]
    assert desk.field.text() == ""


def test_an_endless_burst_without_an_end_is_told_as_well(desk: Desk, qtbot: QtBot) -> None:
    dropped: list[int] = []
    desk.router.dropped.connect(dropped.append)
    desk.type("x" * (MOST + 1), 1)
    qtbot.waitUntil(lambda: dropped == [MOST + 1], timeout=5000)
    assert desk.field.text() == ""


def test_a_key_goes_to_the_field_it_was_typed_in_though_the_focus_moves_on(desk: Desk, qtbot: QtBot) -> None:
    desk.press("a", 100)
    desk.plain.setFocus()
    qtbot.waitUntil(lambda: desk.field.text() == "a", timeout=5000)


def test_two_shortcuts_on_one_key_do_nothing(desk: Desk, qtbot: QtBot) -> None:
    rival = QShortcut(QKeySequence("W"), desk)
    rival.activated.connect(lambda: desk.fired.append("rival"))
    action = QAction("动作", desk)
    action.setShortcut(QKeySequence("Q"))
    action.triggered.connect(lambda: desk.fired.append("Q"))
    desk.addAction(action)
    desk.plain.setFocus()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier, "w")
    assert trigger(desk.plain, key)
    assert desk.fired == []
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier, "q")
    assert trigger(desk.plain, key)
    assert desk.fired == ["Q"]
    action.setEnabled(False)
    assert not trigger(desk.plain, key)


def test_through_the_window_system_a_burst_is_a_scan(desk: Desk, qtbot: QtBot) -> None:
    """The whole way of a key: window, shortcut map, field."""
    window = desk.windowHandle()
    desk.plain.setFocus()
    for char in "NW-12":
        QTest.keyClick(window, char)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert desk.scans == [(ScanKind.PLACE, "NW-12")]
    assert desk.fired == []


def test_through_the_window_system_keys_by_hand_do_what_they_do(desk: Desk, qtbot: QtBot) -> None:
    window = desk.windowHandle()
    desk.plain.setFocus()
    QTest.keyClick(window, "w")
    qtbot.waitUntil(lambda: desk.fired == ["W"], timeout=5000)
    desk.field.setFocus()
    QTest.keyClick(window, "w")
    qtbot.waitUntil(lambda: desk.field.text() == "w", timeout=5000)
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.entered == 1, timeout=5000)
    assert desk.scans == []


pieces = st.lists(
    st.tuples(st.text(st.sampled_from("abw019-"), min_size=1, max_size=6), st.booleans()), max_size=5
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces)
def test_whatever_the_mixture_typed_is_typed_and_scanned_is_scanned(
    desk: Desk, mixture: list[tuple[str, bool]]
) -> None:
    desk.field.clear()
    desk.scans.clear()
    typed, scanned = "", []
    for words, by_hand in mixture:
        if by_hand:
            desk.type(words, 90)
            typed += words
        else:
            code = words.upper() + "-990"
            desk.press(code[0], 90)
            desk.type(code[1:] + "\r", 6)
            scanned.append(classify(code))
    # a lone shift lets nothing through of what is held, an arrow does: it is no character of a scan
    arrow = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    arrow.setTimestamp(desk.at + 90)
    QApplication.sendEvent(desk.field, arrow)
    assert desk.field.text() == typed
    assert desk.scans == scanned
    assert desk.entered == 0
    assert LEAST <= 4
