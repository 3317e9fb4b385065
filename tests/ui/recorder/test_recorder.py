"""What a person does at a window becomes acts in a file: each once, at the right place, no secret among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.benchmark.operator_time.charge import charge
from tests.benchmark.operator_time.log import AnyEvent, Click, Focus, Key, Scan, Signature, read_log
from ui.demo.hand import Hand
from ui.recorder.recorder import SessionRecorder
from ui.scan import ScanRouter
from ui.signed import SIGNED
from workstation.errors import AppError


class Desk(QWidget):
    """Two fields, a secret, a choice of two buttons, a place to sign and a main action."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.name, self.other, self.secret = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.choice, self.pad, self.nothing = QWidget(), QWidget(), QWidget()
        self.yes, self.no = QPushButton("yes", self.choice), QPushButton("no", self.choice)
        for widget, name in (
            (self.name, "name"),
            (self.other, "other"),
            (self.secret, "secret"),
            (self.choice, "choice"),
            (self.yes, "choice.yes"),
            (self.pad, "pad"),
        ):
            widget.setObjectName(name)
        self.choice.setProperty("datum", True)
        for name, value in (("signing", True), ("by", "person"), ("paper", "rights")):
            self.pad.setProperty(name, value)
        beside = QHBoxLayout(self.choice)
        beside.addWidget(self.yes)
        beside.addWidget(self.no)
        column = QVBoxLayout(self)
        for widget in (self.name, self.other, self.secret, self.choice, self.pad, self.nothing):
            widget.setMinimumHeight(30)
            column.addWidget(widget)
        self.done = 0
        QShortcut(QKeySequence("F12"), self).activated.connect(self._do)

    def _do(self) -> None:
        self.done += 1


class Recorded:
    """A window, a hand at it, and what the recorder wrote."""

    def __init__(self, application: QApplication, path: Path) -> None:
        self.desk, self.path = Desk(), path
        self.desk.resize(400, 400)
        self.desk.show()
        self.desk.activateWindow()
        self.router = ScanRouter(application)
        facts = {"name": "person.name", "choice": "person.sex", "pad": "sig.rights.person"}
        self.recorder = SessionRecorder(
            application, self.router, path, lambda: None, lambda name, _: facts.get(name, "")
        )
        self.hand = Hand(application)
        self.open = True

    def events(self) -> list[AnyEvent]:
        """The acts so far; nothing is recorded after."""
        self.close()
        return [one for one in read_log(self.path) if not isinstance(one, Focus)]

    def close(self) -> None:
        if self.open:
            self.recorder.close()
            self.router.close()
            self.open = False


@pytest.fixture
def recorded(qapp: QApplication, tmp_path: Path) -> Iterator[Recorded]:
    made = Recorded(qapp, tmp_path / "events.jsonl")
    yield made
    made.close()
    made.desk.close()


def plain(events: list[AnyEvent]) -> list[tuple[Any, ...]]:
    return [
        (type(one).__name__, *(getattr(one, name, None) for name in ("target", "text", "key", "fact")))
        for one in events
    ]


def test_text_is_one_act_in_its_field(recorded: Recorded) -> None:
    recorded.hand.go("name")
    recorded.hand.type("abc")
    composed = QInputMethodEvent()
    composed.setCommitString("测试")
    QApplication.sendEvent(recorded.desk.name, composed)
    recorded.hand.press("Tab")
    recorded.hand.type("12")
    assert plain(recorded.events())[-3:] == [
        ("Key", "name", "abc测试", None, "person.name"),
        ("Key", "name", None, "Tab", "person.name"),
        ("Key", "other", "12", None, ""),
    ]


def test_a_key_that_is_a_command_has_the_command_for_its_target_and_counts_once(recorded: Recorded) -> None:
    recorded.hand.go("name")
    recorded.hand.press("F12")
    recorded.hand.press("Ctrl+A")
    assert recorded.desk.done == 1
    assert plain(recorded.events())[-2:] == [
        ("Key", ".F12", None, "F12", ""),
        ("Key", "Ctrl+A", None, "Ctrl+A", ""),
    ]


def test_a_click_counts_once_and_a_button_of_a_choice_is_its_datum(recorded: Recorded) -> None:
    recorded.hand.click("choice.yes")
    QTest.mouseClick(
        recorded.desk.windowHandle(), Qt.MouseButton.LeftButton, pos=recorded.desk.nothing.geometry().center()
    )
    assert plain(recorded.events()) == [
        ("Click", "choice", None, None, "person.sex"),
        ("Click", "desk", None, None, ""),
    ]


def test_a_secret_is_counted_and_not_written(recorded: Recorded) -> None:
    recorded.hand.click("secret")
    for letter in "hunter2":
        recorded.hand.type(letter)
    events = recorded.events()
    assert "hunter" not in recorded.path.read_text("utf-8")
    assert charge(events).ops["K"] == 7


def test_the_burst_of_a_scanner_is_one_scan_and_no_keys(recorded: Recorded) -> None:
    recorded.hand.go("name")
    recorded.hand.scan("STAFF-1002")
    events = recorded.events()
    assert [one.target for one in events if isinstance(one, Scan)] == ["scan.staff"]
    assert not any(isinstance(one, Key) and one.text for one in events)
    assert recorded.desk.name.text() == ""


def test_a_signature_is_an_act_of_its_own_and_no_click(recorded: Recorded) -> None:
    pad = recorded.desk.pad
    QTest.mouseClick(
        recorded.desk.windowHandle(), Qt.MouseButton.LeftButton, pos=pad.mapTo(recorded.desk, QPoint(5, 5))
    )
    QApplication.sendEvent(pad, QEvent(SIGNED))
    events = recorded.events()
    assert [(one.fact, one.by, one.paper) for one in events if isinstance(one, Signature)] == [
        ("sig.rights.person", "person", "rights")
    ]
    assert not any(isinstance(one, Click) for one in events)


def test_what_was_waited_for_stands_before_the_next_act(recorded: Recorded) -> None:
    recorded.hand.press("F12")
    recorded.hand.idle(150)
    recorded.recorder.answered()
    recorded.hand.press("F12")
    assert charge(recorded.events()).ops["R"] >= 0.15


def test_a_place_that_cannot_be_written_is_told(qapp: QApplication, tmp_path: Path) -> None:
    router = ScanRouter(qapp)
    with pytest.raises(AppError, match=r"session\.unwritable"):
        SessionRecorder(qapp, router, tmp_path / "no" / "where", lambda: None, lambda *_: "")
    router.close()
