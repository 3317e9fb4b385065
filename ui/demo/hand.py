"""A hand at the window: keys, text, clicks and scans as window input, each counted, and eyes to wait with.

It reads what is on the screen and commands nothing by any other way than input. Nothing sleeps: waiting turns the
event loop until a condition holds or its deadline is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui.steps.form_view import FormView
from ui.steps.room_camera import RoomCamera
from ui.widgets.states import PageState, State
from workstation.errors import AppError

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_KEYS: Any = QTest  # a character is taken by keyClick as well as a key
DEADLINE_S = 20.0
WEDGE_MS = 8  # between the keys of a scanner
MOST_TABS = 160


class HandError(AppError):
    """What the hand looked for or waited for did not come about."""


@dataclass
class Counts:
    """What was put in. `composed`: characters that came from an input method; they are counted as keys too."""

    keys: int = 0
    composed: int = 0
    clicks: int = 0
    turns: int = 0
    scans: int = 0
    signatures: int = 0


class Hand:
    """Acts on whatever window has the focus.

    `reach`: how many Tabs the hand makes at most before it takes the mouse; a hand that has no mouse takes any
    number, and raises HandError for what needs one: a click, a signature drawn, a turn of the wheel.
    """

    def __init__(self, application: QApplication, *, mouse: bool = True, reach: int = 4) -> None:
        self._application, self._mouse, self._reach = application, mouse, reach
        self._stamp = 1
        self.counts = Counts()

    # ------------------------------------------------------------ waiting and seeing

    def wait(self, condition: Callable[[], T | None], what: str, seconds: float = DEADLINE_S) -> T:
        """Turn the event loop until `condition()` is true and return its value; HandError after `seconds`."""
        deadline = QDeadlineTimer(int(seconds * 1000))
        while not (value := condition()):
            if deadline.hasExpired():
                raise HandError("demo.waited", what=what, seconds=int(seconds))
            QTest.qWait(5)
        return value

    def idle(self, ms: int) -> None:
        """Look on for a while, as somebody does who reads: what comes meanwhile is drawn."""
        QTest.qWait(ms)

    def find(self, name: str) -> QWidget | None:
        """The visible widget of this object name, in the window with the focus before any other."""
        tops = [one for one in self._application.topLevelWidgets() if one.isVisible()]
        tops.sort(key=lambda one: one.windowHandle() is not self._application.focusWindow())
        for top in tops:
            for widget in [top, *top.findChildren(QWidget, name)]:
                if widget.objectName() == name and widget.isVisible():
                    return widget
        return None

    def has_all(self) -> bool:
        """Whether nothing that can be seen is still being read or made."""
        return not (
            any(one.state is State.LOADING for one in self._seen(PageState))
            or any(one.is_unfinished() for one in self._seen(FormView))
            or any(one.awaited for one in self._seen(RoomCamera))
        )

    def _seen(self, kind: type[W]) -> list[W]:
        """The widgets of a kind that can be seen, in every window."""
        tops = [one for one in self._application.topLevelWidgets() if one.isVisible()]
        return [part for top in tops for part in top.findChildren(kind) if part.isVisible()]

    def see(self, name: str, seconds: float = DEADLINE_S) -> QWidget:
        """Wait for a widget to be visible and return it."""
        return self.wait(lambda: self.find(name), name, seconds)

    def holds(self, name: str) -> bool:
        """Whether the keyboard is in the widget of this name or in one of its parts."""
        focus = self._application.focusWidget()
        return focus is not None and f"{focus.objectName()}.".startswith(f"{name}.")

    def words(self, name: str) -> str:
        """The text that a visible widget shows."""
        widget = self.see(name)
        if isinstance(widget, QLineEdit | QLabel | QAbstractButton) and widget.text():
            return widget.text()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        return widget.accessibleName()

    def reading(self, name: str) -> str:
        """Every text that stands in a visible widget, without its figures, so that counting down is no change."""
        widget = self.find(name)
        labels = widget.findChildren(QLabel) if widget is not None else []
        words = " ".join(one.text() for one in labels if one.isVisible())
        return "".join(character for character in words if not character.isdigit())

    # ------------------------------------------------------------ keys

    def press(self, keys: str) -> None:
        """Press one key with its modifiers, written as in `Ctrl+L`."""
        combination = QKeySequence.fromString(keys)
        self.counts.keys += 1
        QTest.keySequence(self._window(), combination)

    def type(self, text: str) -> None:
        """Type text where the keyboard is: what a keyboard has key by key, anything else as composed text."""
        focus = self._focus()
        came = ""
        for part, plain in _runs(text):
            came += part
            self.counts.keys += len(part)
            if plain:
                for character in part:
                    _KEYS.keyClick(self._window(), character)
            else:
                self.counts.composed += len(part)
                event = QInputMethodEvent()
                event.setCommitString(part)
                QApplication.sendEvent(focus, event)
            # keys are held back while they may be a scan: the next run follows when these have arrived
            self._arrived(focus, came)
        if self._application.activePopupWidget() is not None:
            self.press("Escape")  # a list of names that was offered: what was typed is whole

    def _arrived(self, focus: QWidget, text: str) -> None:
        if _text_of(focus) is not None:
            self.wait(lambda: text in (_text_of(focus) or ""), f"“{text}” in {focus.objectName()}")

    def choose(self, name: str, option: str, chosen: Callable[[], object]) -> None:
        """Choose an option of a group: by its digit where the keyboard is near, else by a click on it."""
        self._window()
        group, button = self.see(name), self.see(f"{name}.{option}")
        keys = [one.objectName() for one in group.findChildren(QAbstractButton) if one.isVisible()]
        said = button.accessibleName().rpartition(" ")[2]  # the digit stands on the button
        focus = self._application.focusWidget()
        inside = focus is not None and group.isAncestorOf(focus)
        first = self.see(keys[0])
        if not inside and (not self._mouse or min(self._tabs_to(first)) <= self._reach):
            self.go(keys[0])
            inside = True
        if inside and len(said) == 1 and said.isdigit():
            self.counts.keys += 1
            _KEYS.keyClick(self._window(), said)
        elif inside:
            self.go(button.objectName())
            self.press("Space")
        else:
            self.click(button.objectName())
        self.wait(chosen, button.objectName())

    def scan(self, text: str) -> None:
        """A keyboard wedge: the characters in one burst, ended by Enter."""
        self._window()
        self.counts.scans += 1
        for character in text:
            self._wedge(_key_of(character), character)
        self._wedge(Qt.Key.Key_Return, "\r")
        self._stamp += 1000

    def _wedge(self, key: int, character: str) -> None:
        shift = Qt.KeyboardModifier.ShiftModifier
        held = shift if character.isupper() else Qt.KeyboardModifier.NoModifier
        self._stamp += WEDGE_MS
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = self._application.focusWidget() or self._application.activeWindow()
            if focus is not None:
                event = QKeyEvent(kind, key, held, character)
                event.setTimestamp(self._stamp)
                QApplication.sendEvent(focus, event)

    # ------------------------------------------------------------ going to a widget

    def go(self, name: str) -> QWidget:
        """Put the keyboard into a widget: by Tab when it is near, else by a click."""
        self._window()
        widget = self.see(name)
        if widget.hasFocus():
            return widget
        ahead, back = self._tabs_to(widget)
        near = min(ahead, back)
        if not self._mouse or near <= self._reach:
            self._tab(widget, "Tab" if ahead <= back else "Shift+Tab")
        else:
            self.click(name)
        return widget

    def act(self, name: str) -> None:
        """Press a button: by a click, or by its key where the hand has no mouse."""
        if self._mouse:
            self.click(name)
        else:
            self.go(name)
            self.press("Return")

    def click(self, name: str) -> None:
        """Click the middle of a widget; it is brought into view with the wheel when it is not."""
        self._take_mouse(name)
        widget = self.see(name)
        self._bring(widget)
        top = widget.window()
        at = widget.mapTo(top, self._visible_middle(widget))
        hit = top.childAt(at)
        if hit is not None and not (hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget)):
            raise HandError("demo.covered", what=name, by=hit.objectName() or type(hit).__name__)
        self.counts.clicks += 1
        QTest.mouseClick(top.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def sign(self, name: str) -> None:
        """Draw a signature on a pad: down, along and up again."""
        self._take_mouse(name)
        pad = self.see(name)
        self._bring(pad)
        self.counts.signatures += 1
        top = pad.window()
        window, box = top.windowHandle(), self._visible_middle(pad)
        reach = pad.width() // 4
        points = [box + QPoint(step * reach // 6, (-1) ** step * pad.height() // 6) for step in range(-6, 7)]
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(window, left, none, pad.mapTo(top, points[0]))
        for point in points[1:]:
            QTest.mouseMove(window, pad.mapTo(top, point))
        QTest.mouseRelease(window, left, none, pad.mapTo(top, points[-1]))

    def click_at(self, widget: QWidget, at: QPoint) -> None:
        """Click a point of a widget, in its own coordinates."""
        self._take_mouse(widget.objectName())
        self.counts.clicks += 1
        top = widget.window()
        QTest.mouseClick(
            top.windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            widget.mapTo(top, at),
        )

    def _take_mouse(self, name: str) -> None:
        if not self._mouse:
            raise HandError("demo.no-mouse", what=name)

    def _tab(self, widget: QWidget, key: str) -> None:
        for _ in range(MOST_TABS):
            self.press(key)
            if widget.hasFocus():
                return
        raise HandError("demo.no-way", what=widget.objectName())

    def _tabs_to(self, widget: QWidget) -> tuple[int, int]:
        start = self._application.focusWidget()
        if start is None or start.window() is not widget.window():
            return MOST_TABS, MOST_TABS
        found = []
        for step in (QWidget.nextInFocusChain, QWidget.previousInFocusChain):
            here: QWidget | None = step(start)
            count = 1
            while here is not None and here is not widget and here is not start:
                stops = here.focusPolicy() & Qt.FocusPolicy.TabFocus
                count += bool(stops and here.isVisible() and here.isEnabled() and here.focusProxy() is None)
                here = step(here)
            found.append(count if here is widget else MOST_TABS)
        return found[0], found[1]

    def _visible_middle(self, widget: QWidget) -> QPoint:
        shown = widget.visibleRegion().boundingRect()
        return (shown if not shown.isEmpty() else widget.rect()).center()

    def _bring(self, widget: QWidget) -> None:
        """Turn the wheel over every area around the widget until its middle is in view."""
        areas: list[QAbstractScrollArea] = []
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                areas.append(above)
            above = above.parentWidget()
        for area in reversed(areas):
            viewport = area.viewport()
            for _ in range(60):
                middle = widget.mapTo(viewport, widget.rect().center())
                margin = min(12, viewport.height() // 4)
                if margin <= middle.y() <= viewport.height() - margin:
                    break
                bar = area.verticalScrollBar()
                place = bar.value()
                self._turn(viewport, 120 if middle.y() < margin else -120)
                if bar.value() == place:
                    break

    def _turn(self, over: QWidget, by: int) -> None:
        self.counts.turns += 1
        at = QPointF(over.rect().center())
        event = QWheelEvent(
            at,
            QPointF(over.mapToGlobal(over.rect().center())),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(over, event)
        QTest.qWait(1)

    # ------------------------------------------------------------ inside

    def _window(self) -> QWindow:
        """The window with the focus.

        Without a window manager nobody gives it back when a dialog closes or a list of names is put away.
        """
        window = self._with_focus()
        if window is not None:
            return window
        modal = self._application.activeModalWidget()
        shown = [one for one in self._application.topLevelWidgets() if one.isVisible()]
        for top in [modal] if modal is not None else shown:
            top.activateWindow()
        return self.wait(self._with_focus, "a window with the focus")

    def _with_focus(self) -> QWindow | None:
        window = self._application.focusWindow()
        active = self._application.activeWindow()
        return window if window is not None and window.isVisible() and active is not None else None

    def _focus(self) -> QWidget:
        widget = self._application.focusWidget()
        if widget is None:
            raise HandError("demo.no-focus")
        return widget


def _text_of(widget: QWidget) -> str | None:
    """What stands in a field; None for what is no field."""
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else None


def _runs(text: str) -> list[tuple[str, bool]]:
    """The text in runs of what a keyboard has and what it has not."""
    runs: list[tuple[str, bool]] = []
    for character in text:
        plain = " " <= character <= "~"
        if runs and runs[-1][1] is plain:
            runs[-1] = (runs[-1][0] + character, plain)
        else:
            runs.append((character, plain))
    return runs


def _key_of(character: str) -> int:
    return ord(character.upper())
