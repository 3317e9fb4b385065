"""The scan router: every scan of a keyboard wedge is taken before any shortcut and before any field, and a scan that
the station's scanner read goes the same way.

A burst of characters at most 35 ms apart that ends in CR, or anything after the agreed prefix up to CR, is a scan.
Keys are held back until it is clear which they are; keys that were typed by hand are then delivered in their order
to where they were meant, so that nothing typed is lost and nothing scanned is typed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QInputEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from ui.quiet import install, remove
from workstation.readings import STAFF_MARK

GAP_MS = 35
LEAST = 4
MOST = 512
PREFIX_MS = 2000


class ScanKind(StrEnum):
    """What a scanned text can be by its form alone."""

    TAG = "tag"  # EPC of 96 bits, 24 hex digits: wristband or bag
    CELL = "cell"  # door of a locker, with its mark
    STAY = "stay"  # number of a stay, with its mark
    PLACE = "place"  # letter and number without a mark: a door or a stay, decided by who knows both
    STAFF = "staff"  # staff card
    PAPER = "paper"  # barcode of a printed paper or seal
    UNKNOWN = "unknown"


_FORMS: tuple[tuple[ScanKind, re.Pattern[str]], ...] = (
    (ScanKind.TAG, re.compile(r"[0-9A-F]{24}")),
    (ScanKind.STAFF, re.compile(STAFF_MARK + r"[0-9A-Z-]{1,32}")),
    (ScanKind.CELL, re.compile(r"CELL[-:][A-Z]{1,2}-?\d{1,3}")),
    (ScanKind.STAY, re.compile(r"STAY[-:][A-Z]{1,2}-?\d{1,4}")),
    (ScanKind.PLACE, re.compile(r"[A-Z]{1,2}-\d{1,4}")),
    (ScanKind.PAPER, re.compile(r"[A-Z]{2,6}(-[0-9A-Z]{1,20}){1,6}")),
)


def classify(words: str) -> tuple[ScanKind, str]:
    """The kind of a scanned text and the text without blanks around and without its mark.

    Letters are compared in upper case: a wedge may send either. What fits no form is UNKNOWN and kept as it is.
    """
    text = words.strip()
    upper = text.upper().replace(" ", "")
    for kind, form in _FORMS:
        if form.fullmatch(upper):
            if kind in (ScanKind.CELL, ScanKind.STAY):
                return kind, upper[5:]
            return kind, upper
    return ScanKind.UNKNOWN, text


_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


@dataclass(frozen=True)
class _Held:
    event: QKeyEvent
    receiver: QWidget
    at: float


class ScanRouter(QObject):
    """Filters the key events of the whole application.

    `scanned` carries the kind and the text; `dropped` the number of characters of a scan that was too long; `touched`
    tells of every key, press and move, so that no second filter has to be asked about each event.
    `prefix`: characters that start a scan whatever its speed. `ask` gives milliseconds for events without a stamp.
    """

    scanned = Signal(ScanKind, str)
    dropped = Signal(int)
    touched = Signal()

    def __init__(
        self,
        application: QApplication,
        *,
        prefix: str = "",
        ask: Callable[[], float] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._prefix = prefix
        self._ask = ask or (lambda: time.monotonic() * 1000)
        self._held: list[_Held] = []
        self._text = ""
        self._last = 0.0
        self._prefixed = False
        self._too_long = 0
        self._delivering = False
        self._swallowed: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._expired)
        install(application, self)

    def expect(self, prefix: str) -> None:
        """From now on a scan may begin with these characters; none for an empty text."""
        if prefix != self._prefix:
            self._deliver()
            self._prefix = prefix

    def take(self, text: str) -> None:
        """A scan that did not come as keys: what it is, and to whom it goes, is decided as for those that did."""
        self.touched.emit()
        if len(text) > MOST:
            self.dropped.emit(len(text))
        else:
            self.scanned.emit(*classify(text))

    def close(self) -> None:
        """Stop filtering; keys still held are delivered."""
        self._deliver()
        remove(self._application, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QInputEvent):  # nearly all: what is asked of each of them is dear
            return False
        if event.type() in _TOUCHES:
            self.touched.emit()
        if self._delivering or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                # an accepted override keeps the key from every shortcut and brings it here as a key press
                if self._plain(event) or (self._text and _ends(event)):
                    event.accept()
                    return True
                return False
            case QEvent.Type.KeyPress:
                taken = self._pressed(watched, event)
            case QEvent.Type.KeyRelease:
                taken = self._released(watched, event)
            case _:
                return False
        if taken:
            event.accept()  # or Qt would offer it to the parents as well
        return taken

    def _plain(self, event: QKeyEvent) -> bool:
        """Whether a key can be a character of a scan."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return (
            not event.isAutoRepeat()
            and held == Qt.KeyboardModifier.NoModifier
            and len(event.text()) == 1
            and (" " <= event.text() <= "~" or event.text() in self._prefix)
        )

    def _stamp(self, event: QKeyEvent) -> float:
        return float(event.timestamp()) if event.timestamp() else self._ask()

    def _pressed(self, receiver: QWidget, event: QKeyEvent) -> bool:
        at = self._stamp(event)
        if self._text and self._late(at):
            self._deliver()
        if self._plain(event):
            self._hold(receiver, event, at)
            self._text += event.text()
            if self._prefix and self._text == self._prefix:
                self._prefixed = True
            if len(self._text) > MOST:
                self._too_long += len(self._text) - 1
                self._text = self._text[-1:]
                self._held = self._held[-1:]
            return True
        if _ends(event) and self._text and self._is_scan():
            self._swallowed.add(event.key())
            self._finish()
            return True
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock) and self._text:
            return False
        self._deliver()
        return False

    def _released(self, receiver: QWidget, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        if any(held.event.key() == event.key() for held in self._held):
            self._held.append(_Held(event.clone(), receiver, self._stamp(event)))
            return True
        return False

    def _late(self, at: float) -> bool:
        return at - self._last > (PREFIX_MS if self._prefixed else GAP_MS)

    def _is_scan(self) -> bool:
        return self._prefixed or bool(self._too_long) or len(self._text) >= LEAST

    def _hold(self, receiver: QWidget, event: QKeyEvent, at: float) -> None:
        self._held.append(_Held(event.clone(), receiver, at))
        self._last = at
        self._timer.start(PREFIX_MS if self._prefixed else GAP_MS)

    def _finish(self) -> None:
        text = self._text[len(self._prefix) :] if self._prefixed else self._text
        count = self._too_long + len(self._text)
        too_long = bool(self._too_long)
        down = [held.event.key() for held in self._held if held.event.type() == QEvent.Type.KeyPress]
        for held in self._held:
            if held.event.type() == QEvent.Type.KeyRelease and held.event.key() in down:
                down.remove(held.event.key())
        self._swallowed.update(down)
        self._reset()
        if too_long:
            self.dropped.emit(count)
        else:
            kind, words = classify(text)
            self.scanned.emit(kind, words)

    def _reset(self) -> None:
        self._timer.stop()
        self._held = []
        self._text = ""
        self._prefixed = False
        self._too_long = 0

    def _expired(self) -> None:
        """No key for a while. Events that already wait in the queue are looked at first: the GUI may have lagged."""
        newest = self._last
        QTimer.singleShot(0, self, lambda: self._give_up(newest))

    def _give_up(self, newest: float) -> None:
        if self._held and self._last == newest:
            self._deliver()

    def _deliver(self) -> None:
        """Hand the held keys to where they were meant, in their order."""
        held, lost = self._held, self._too_long + len(self._text) if self._too_long else 0
        self._reset()
        if lost:
            self.dropped.emit(lost)
            return
        self._delivering = True
        try:
            for each in held:
                self._replay(each)
        finally:
            self._delivering = False

    def _replay(self, held: _Held) -> None:
        receiver = held.receiver if isValid(held.receiver) else self._application.focusWidget()
        if receiver is None:
            return
        if held.event.type() == QEvent.Type.KeyPress:
            override = QKeyEvent(
                QEvent.Type.ShortcutOverride, held.event.key(), held.event.modifiers(), held.event.text()
            )
            override.ignore()
            QApplication.sendEvent(receiver, override)
            if not override.isAccepted() and trigger(receiver, held.event):
                return
        QApplication.sendEvent(receiver, held.event)


def _ends(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier
    )


def trigger(receiver: QWidget, event: QKeyEvent) -> bool:
    """Do what the shortcut of a held key does, as Qt would have; returns whether there was one.

    A shortcut counts when it is enabled and its widget is visible in the active window or holds the focus, by its
    context. Two that fit are ambiguous and neither is done.
    """
    sequence = QKeySequence(event.keyCombination())
    window = receiver.window()
    found: list[Callable[[], None]] = []
    for shortcut in window.findChildren(QShortcut):
        owner, bound = shortcut.parent(), shortcut.keys()
        if shortcut.isEnabled() and sequence in bound and isinstance(owner, QWidget):
            focus_inside = owner is receiver or owner.isAncestorOf(receiver)
            by_context = {
                Qt.ShortcutContext.WidgetShortcut: owner is receiver,
                Qt.ShortcutContext.WidgetWithChildrenShortcut: focus_inside,
            }
            if owner.isVisible() and owner.isEnabled() and by_context.get(shortcut.context(), True):
                found.append(shortcut.activated.emit)
    for action in window.findChildren(QAction):
        if action.isEnabled() and action.isVisible() and sequence in action.shortcuts():
            found.append(action.trigger)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and button.shortcut() == sequence:
            found.append(button.click)
    if len(found) == 1:
        found[0]()
    return bool(found)
