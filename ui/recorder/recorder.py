"""Watches what is put in at the window and writes it down as acts.

It stands behind the scan router: a burst of a scanner comes as one scan, never as keys. A key that is a command
(F12, a chord) has the command as its target, whatever field has the keyboard; any other key has the field.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.recorder.datums import is_judgement
from ui.recorder.lines import Lines
from ui.scan import ScanKind, ScanRouter
from ui.signed import SIGNED
from ui.steps.fields import Kind
from workstation.custody.values import How

WAIT_S = 0.1
"""A wait of the person that is longer than this is written down."""
_NAMES = {"Backtab": "Shift+Tab", "Shift+Backtab": "Shift+Tab", "PgUp": "PageUp", "PgDown": "PageDown"}
_ALONE = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
    }
)
_WAYS = frozenset({How.DEVICE.value, How.CARD.value})


class Filling(Protocol):
    """The forms in hand, as far as the recorder looks: a presenter of step screens."""

    task: str
    form: Any
    values: dict[str, Any]
    value_changed: Any
    form_changed: Any

    def facts(self) -> Any: ...

    def from_card(self, key: str) -> bool: ...


FactOf = Callable[[str, Any], str]
"""Object name of a widget and the facts of the stay in hand → the datum that the widget holds, or nothing."""


class SessionRecorder(QObject):
    """Writes the acts at one application to a file until `close`.

    `filling` gives the presenter of the step screen once there is one.
    """

    def __init__(
        self,
        application: QApplication,
        router: ScanRouter,
        path: Path,
        filling: Callable[[], Filling | None],
        fact_of: FactOf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application, self._router = application, router
        self._filling, self._fact_of = filling, fact_of
        self._clock = QElapsedTimer()
        self._clock.start()
        self._lines = Lines(path, self._elapsed)
        self._watched: Filling | None = None
        self._override: tuple[int, str] | None = None
        self._pressed_at = -1
        self._scan = ""
        self._taken: tuple[str, str] | None = None
        self._acted, self._answered = 0.0, 0.0
        application.installEventFilter(self)
        application.installEventFilter(router)  # before this one again: it takes scans out
        router.scanned.connect(self._scanned)

    def close(self) -> None:
        """Watch no more."""
        self._application.removeEventFilter(self)
        self._router.scanned.disconnect(self._scanned)
        self.settle()
        self._lines.close()

    def answered(self) -> None:
        """The window shows what the last act asked for; the person goes on from here."""
        self._answered = self._elapsed()

    # ------------------------------------------------------------ what is put in

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        match event:
            case QKeyEvent():
                self._key(watched, event)
            case QInputMethodEvent() if event.commitString():
                self._commit(watched, event.commitString())
            case QMouseEvent():
                self._mouse(watched, event)
            case QWheelEvent():
                self._click("wheel", "")  # the model has no wheel: a turn counts as a click
            case _ if event.type() == QEvent.Type.FocusIn and watched.objectName():
                self._follow()
                self._lines.write("focus", target=watched.objectName())
            case _ if event.type() == SIGNED:
                self._sign(watched)
            case _:
                pass
        return False

    def _key(self, watched: QWidget, event: QKeyEvent) -> None:
        """A key comes as the question whether it is a shortcut, and as a press when it is none: it counts once."""
        if event.key() in _ALONE or watched is not self._application.focusWidget():
            return
        this = (event.key(), event.text())
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._override != this:
                self._override = this
                self._pressed(watched, event)
        elif event.type() == QEvent.Type.KeyPress:
            if self._override != this:
                self._pressed(watched, event)
            self._override = None
        else:
            self._override = None

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        writes = event.text().isprintable() and bool(event.text()) and held == Qt.KeyboardModifier.NoModifier
        if writes and _takes_text(watched):
            self._commit(watched, event.text())
            return
        name = event.text() if writes else _name_of(event.keyCombination())
        plain = held == Qt.KeyboardModifier.NoModifier and not _is_function(event.key())
        target = _target_of(watched) if plain else self._command(name)
        self._act()
        self._lines.write("key", target=target, key=name, fact=self._fact(target) if plain else "")

    def _commit(self, watched: QWidget, text: str) -> None:
        self._act()
        if isinstance(watched, QLineEdit) and watched.echoMode() is not QLineEdit.EchoMode.Normal:
            text = "*" * len(text)
        target = _target_of(watched)
        self._lines.text(target, self._fact(target), text)

    def _mouse(self, watched: QWidget, event: QMouseEvent) -> None:
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if not pressed or event.timestamp() == self._pressed_at:
            return  # a press goes up through the parents until somebody takes it
        self._pressed_at = event.timestamp()
        if watched.property("signing"):
            return  # it says itself when it is signed
        target = _target_of(watched)
        self._click(target, self._fact(target))

    def _click(self, target: str, fact: str) -> None:
        self._act()
        self._lines.write("click", target=target, fact=fact)

    def _sign(self, watched: QWidget) -> None:
        self._act()
        name = watched.objectName()
        self._lines.write(
            "signature",
            fact=self._fact(name) or name,
            by=watched.property("by"),
            paper=watched.property("paper"),
        )

    # ------------------------------------------------------------ scans and readings

    def _scanned(self, kind: ScanKind, _: str) -> None:
        """The window has taken the scan already, or looks up whose it is and fills a field later."""
        self._follow()
        self._act()
        taken, self._taken = self._taken, None
        if taken is not None:
            self._lines.write("scan", target=taken[0], fact=taken[1])
            return
        presenter = self._filling()
        asking = self._application.activeModalWidget()
        self._scan = f"scan.{kind.value}"
        if asking is not None and presenter is not None and presenter.form is not None:
            self._scan = f"steps.{presenter.task}.{presenter.form.code}.approval"  # a second person's card

    def settle(self) -> None:
        """Whoever scanned last turns away: a scan that filled no field stands for itself."""
        scan, self._scan = self._scan, ""
        if scan:
            self._lines.write("scan", target=scan, fact=self._fact(scan))

    def _filled(self, key: str) -> None:
        """A value came that nobody typed: by a scan, from a device or a card."""
        presenter = self._watched
        if presenter is None or presenter.form is None:
            return
        self.answered()
        target = f"steps.{presenter.task}.{presenter.form.code}.{key}"
        fact, value = self._fact(target), presenter.values.get(key)
        how = value.get("how") if isinstance(value, dict) else ""
        if how == How.SCANNED.value:
            self._taken = (target, fact)
            QTimer.singleShot(0, self, self._forget)
        elif self._scan and key in _staff_fields(presenter):
            self._lines.write("scan", target=target, fact=fact)
            self._scan = ""
        elif is_judgement(fact):
            self._lines.write("pretick", facts=[fact])
        elif fact and (presenter.from_card(key) or how in _WAYS):
            self._lines.write("device", facts=[fact])

    def _opened(self) -> None:
        """Another form is in hand; an identity card on the reader has filled what it tells of already."""
        self.answered()
        presenter = self._watched
        if presenter is None or presenter.form is None:
            return
        form = f"steps.{presenter.task}.{presenter.form.code}"
        read = [
            self._fact(f"{form}.{one.key}") for one in presenter.form.fields if presenter.from_card(one.key)
        ]
        if facts := [one for one in read if one]:
            self._lines.write("device", facts=facts)

    def _forget(self) -> None:
        self._taken = None

    # ------------------------------------------------------------ inside

    def _act(self) -> None:
        """An act begins: what the person waited for before it is written down."""
        self._follow()
        self.settle()
        wait = self._answered - self._acted
        if wait > WAIT_S:
            self._lines.write("response", n=round(wait, 3))
        self._acted = self._answered = self._elapsed()

    def _follow(self) -> None:
        presenter = self._filling()
        if presenter is not None and presenter is not self._watched:
            self._watched = presenter
            presenter.value_changed.connect(self._filled)
            presenter.form_changed.connect(self._opened)

    def _fact(self, target: str) -> str:
        presenter = self._filling()
        return self._fact_of(target, presenter.facts() if presenter is not None else None)

    def _command(self, name: str) -> str:
        """Every main action is a command of its own."""
        presenter = self._watched
        form = presenter.form.code if presenter is not None and presenter.form is not None else ""
        return f"{form}.{name}" if name == "F12" else name

    def _elapsed(self) -> float:
        return self._clock.elapsed() / 1000


def _staff_fields(presenter: Filling) -> set[str]:
    """The fields of the form in hand that a colleague's card fills."""
    return {one.key for one in presenter.form.fields if one.kind in (Kind.STAFF, Kind.PEOPLE)}


def _target_of(widget: QWidget) -> str:
    """The name of the nearest datum around a widget, else of the nearest thing that has a name."""
    around: list[QWidget] = []
    here: QWidget | None = widget
    while here is not None:
        around.append(here)
        here = here.parentWidget()
    datum = next((one for one in around if one.property("datum")), None)
    named = datum or next((one for one in around if one.objectName()), None)
    return named.objectName() if named is not None else type(widget).__name__


def _takes_text(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly()


def _is_function(key: int) -> bool:
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35


def _name_of(combination: QKeyCombination) -> str:
    name = QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
    return _NAMES.get(name, name)
