"""Going through the screens of a window: each stop brings one of them up with real content, and waits until it is whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QTableView, QWidget

from tests.ui.app.conftest import Window
from tests.ui.walk.eyes import faults_of, visible
from tests.ui.walk.matrix import Looked
from ui.link import LANES
from ui.widgets.states import PageState, State
from workstation.services.practice import stay_id
from workstation.station import messages as m

WAITING, HELD, LEAVING = stay_id(1), stay_id(2), stay_id(4)
TASKS = (
    (WAITING, "rights"), (HELD, "checks"), (LEAVING, "recount"), (WAITING, "health"), (HELD, "property-list"),
    (HELD, "interview"), (WAITING, "search"), (LEAVING, "bag-out"), ("new", ""), (LEAVING, "depart"),
    (HELD, "bag"), (WAITING, "notice"),
)  # fmt: skip
"""Persons and tasks that the short walk takes in turn on the step screen."""


@dataclass(frozen=True)
class Stop:
    """One screen and how it is brought up."""

    name: str
    enter: Callable[[Window], object]


def screen(name: str, stay: str = "", task: str = "") -> Stop:
    """A screen, with a person and one of their tasks."""
    return Stop(f"{name} {task}".strip(), lambda window: window.work.go(name, stay, task))


def settle(window: Window) -> None:
    """Wait until everything that was asked of the station has been answered and drawn."""
    for _ in range(2):  # an answer may lead to a question
        for lane in LANES:
            _wait_for(window, lane)
    window.until(lambda: not _loading(window.shell))
    for _ in range(4):
        QApplication.processEvents()


def _loading(window: QWidget) -> list[PageState]:
    return [one for one in window.findChildren(PageState) if one.isVisible() and one.state is State.LOADING]


def _wait_for(window: Window, lane: str) -> None:
    got: list[object] = []
    window.work.link.ask(m.GetCentre(), got.append, got.append, lane=lane)
    window.until(lambda: got)


def put_on(window: Window, look: Looked) -> None:
    """Change language, theme, scale and size of the running window."""
    window.work.appearance.set(look.prefs())
    window.shell.resize(look.width, look.height)
    settle(window)


def walk(window: Window, stops: Sequence[Stop], looks: Sequence[Looked]) -> list[str]:
    """Look at every stop in every look; returns what is wrong, each once, with the first look that showed it."""
    found: dict[str, str] = {}
    for look in looks:
        held = at_hand(window.shell)
        put_on(window, look)
        if (now := at_hand(window.shell)) != held:
            found[f"not kept: {held} became {now}"] = str(look)
        for stop in stops:
            stop.enter(window)
            settle(window)
            for fault in faults_of(window.shell, window.work.look.theme):
                found.setdefault(fault, f"{stop.name}, {look}")
    return [f"{fault}  ({where})" for fault, where in found.items()]


def sound(faults: Sequence[str]) -> None:
    """Fail with every fault on a line of its own."""
    if faults:
        pytest.fail("\n".join((f"{len(faults)} faults", *faults)), pytrace=False)


def at_hand(window: QWidget) -> dict[str, Any]:
    """What somebody is in the middle of: the keyboard, what is typed and selected, the row in hand of each list."""
    held: dict[str, Any] = {}
    focus = QApplication.focusWidget()
    held["keyboard"] = focus.objectName() if focus is not None else ""
    for widget in visible(window):
        name = widget.objectName()
        if isinstance(widget, QLineEdit) and not widget.isReadOnly() and name and "qt_" not in name:
            held[name] = (widget.text(), widget.cursorPosition(), widget.selectedText())
        elif isinstance(widget, QPlainTextEdit) and name:
            cursor = widget.textCursor()
            held[name] = (widget.toPlainText(), cursor.position(), cursor.selectedText())
        elif isinstance(widget, QAbstractItemView) and name:
            index: QModelIndex = widget.currentIndex()
            columns = widget.horizontalHeader().count() if isinstance(widget, QTableView) else 1
            held[name] = (
                index.row() * columns + index.column()
            )  # doors find other columns in a narrower window
    return held
