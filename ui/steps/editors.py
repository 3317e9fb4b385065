"""Editors of single values: text, numbers, times, choices, people. Nothing is chosen before somebody chooses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from ui.context import Context
from ui.steps.fields import Option, whole
from ui.theme import Type
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import PlainLabel, restyle, tooltip
from ui.widgets.look import Look


class Editor(QWidget):
    """One editor. `edited(value)` follows every change by hand; `put` shows a value without telling."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def put(self, value: Any) -> None:
        """Show a value; None or empty shows nothing."""
        raise AssertionError(f"{type(self).__name__} shows no value: {value!r}")

    def options(self, options: Sequence[Option]) -> None:
        """Offer other options, where the editor offers any."""

    def take_focus(self) -> None:
        """Put the keyboard where typing begins."""
        target = self.focusProxy() or self
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


class Line(QLineEdit):
    """A line of text in which Enter goes on to the next field; the field is never sent by Enter.

    `textEdited` tells too what a screen reader or a voice wrote into it, which Qt takes for the program's own doing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self.textEdited.connect(self._know)
        self.textChanged.connect(self._changed)

    def setText(self, words: str | None) -> None:
        self._known = words or ""
        super().setText(words)

    def clear(self) -> None:
        self.setText("")

    def _know(self, words: str) -> None:
        self._known = words

    def _changed(self, words: str) -> None:
        if words != self._known and words == self.text():
            self.textEdited.emit(words)

    def setPlaceholderText(self, hint: str) -> None:
        super().setPlaceholderText(hint)
        self.setToolTip(tooltip(hint))  # whole, where the line is too short for it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class TextEditor(Editor):
    """A line of text."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = Line(self)
        self.line.setObjectName(name)
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(4000)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)

    def _typed(self, words: str) -> None:
        self.edited.emit(words)

    def put(self, value: Any) -> None:
        words = str(value or "")
        if words != self.line.text():
            self.line.setText(words)


class LongEditor(Editor):
    """Text of several lines; Tab goes on."""

    def __init__(self, look: Look, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QPlainTextEdit(self)
        self.box.setObjectName(name)
        self.box.setPlaceholderText(hint)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(3 * look.theme.metrics(Type.BODY).lineSpacing() + look.theme.px(20))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        self.setFocusProxy(self.box)
        self._putting = False
        self.box.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if not self._putting:
            self.edited.emit(self.box.toPlainText())

    def put(self, value: Any) -> None:
        words = str(value or "")
        if words != self.box.toPlainText():
            self._putting = True
            self.box.setPlainText(words)
            self._putting = False


class NumberEditor(TextEditor):
    """A whole number."""

    def _typed(self, words: str) -> None:
        number = whole(words)
        restyle(self.line, level="red" if words.strip() and number is None else "")
        self.edited.emit(number if number is not None else words.strip() or None)

    def put(self, value: Any) -> None:
        shown = "" if value is None else str(value)
        restyle(self.line, level="")
        if whole(self.line.text()) != whole(shown) or not shown:
            self.line.setText(shown)


class MoneyEditor(TextEditor):
    """Yuan and fen as typed; the value is whole fen."""

    def _typed(self, words: str) -> None:
        fen = fen_of(words)
        restyle(self.line, level="red" if words.strip() and fen is None else "")
        self.edited.emit(fen if fen is not None else words.strip() or None)

    def put(self, value: Any) -> None:
        fen = whole(value)
        if fen is None:
            self.line.setText(str(value or ""))
        elif fen_of(self.line.text()) != fen:
            self.line.setText(f"{fen // 100}.{fen % 100:02d}")


def fen_of(words: str) -> int | None:
    """`412.5` → 41250; None for what is no amount."""
    found = re.fullmatch(r"(\d{1,10})(?:\.(\d{1,2}))?", words.strip().replace(",", ""))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


class DateEditor(TextEditor):
    """A date, with or without its hyphens."""

    def _typed(self, words: str) -> None:
        digits = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", words.strip())
        self.edited.emit("-".join(digits.groups()) if digits else words.strip())


class MomentEditor(Editor):
    """A moment as local time: `14:01`, `1401`, `11-24 14:01`; a time alone is the nearest one."""

    def __init__(
        self, context: Context, look: Look, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.line = Line(self)
        self.line.setObjectName(name)
        self.line.setPlaceholderText(hint or context.words.pick("时:分，如 14:01", "hh:mm, such as 14:01"))
        self.now = ActionButton(look, context.words.pick("现在", "Now"), small=True, parent=self)
        self.now.setObjectName(f"{name}.now")
        self.said = PlainLabel(role="secondary", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.said)
        row.addWidget(self.now)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self.now.acted.connect(self._now)

    def _typed(self, words: str) -> None:
        found = moment_of(words, self._context.clock.now(), self._context)
        restyle(self.line, level="red" if words.strip() and found is None else "")
        self._say(found)
        self.edited.emit(found.isoformat() if found else words.strip() or None)

    def _now(self) -> None:
        now = self._context.clock.now()
        self.put(now.isoformat())
        self.edited.emit(now.isoformat())

    def _say(self, at: datetime | None) -> None:
        self.said.setText(self._context.local(at, "%m-%d %H:%M") if at else "")

    def put(self, value: Any) -> None:
        try:
            at = datetime.fromisoformat(str(value)) if value else None
        except ValueError:
            at = None
        restyle(self.line, level="red" if value and at is None else "")
        self.line.setText(self._context.local(at) if at else str(value or ""))
        self._say(at)


def moment_of(words: str, now: datetime, context: Context) -> datetime | None:
    """The instant that typed local time means; a time alone is the one nearest to `now`."""
    found = re.fullmatch(r"(?:(?:(\d{4})-)?(\d{1,2})-(\d{1,2})\s+)?(\d{1,2}):?(\d{2})", words.strip())
    if not found:
        return None
    year, month, day, hour, minute = found.groups()
    local = now.astimezone(context.zone)
    try:
        at = local.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        if month:
            return at.replace(year=int(year or local.year), month=int(month), day=int(day))
    except ValueError:
        return None
    return min((at + timedelta(days=step) for step in (-1, 0, 1)), key=lambda one: abs(one - local))


class ChoiceEditor(Editor):
    """Options side by side; a digit chooses and goes on. Tab stops once, arrows move inside. None is on by itself."""

    def __init__(
        self,
        look: Look,
        name: str,
        say: Callable[[Option], str],
        *,
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._name, self._say, self._many = look, name, say, many
        self.setObjectName(name)
        self.setProperty("datum", True)  # its buttons are one datum
        self.buttons: dict[str, ActionButton] = {}
        self._offered: tuple[Option, ...] = ()
        self._digits: dict[str, str] = {}
        self._chosen: list[str] = []
        self._flow = Flow(self, gap=look.theme.px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def options(self, options: Sequence[Option]) -> None:
        if tuple(options) == self._offered:
            return
        self._offered = tuple(options)
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()
        digits = [option.key for option in options]
        if not all(len(key) == 1 and key.isdigit() for key in digits):
            digits = [str(number) if number <= 9 else "" for number in range(1, len(options) + 1)]
        self._digits = dict(zip((option.key for option in options), digits, strict=True))
        for option in options:
            button = ActionButton(
                self._look,
                self._say(option),
                key=self._digits[option.key],
                role="segment",
                bind=False,
                small=True,
                parent=self,
            )
            button.setObjectName(f"{self._name}.{option.key}")
            button.setCheckable(True)
            button.clicked.connect(self._pressed)
            self.buttons[option.key] = button
            self._flow.addWidget(button)
            if self.isVisible():
                button.show()
        self._mark()
        self.updateGeometry()

    def put(self, value: Any) -> None:
        self._chosen = list(value or ()) if self._many else [str(value)] if value else []
        self._mark()

    def _mark(self) -> None:
        """Show what is chosen; Tab stops once here, at the chosen one or the first."""
        stop = next((key for key in self.buttons if key in self._chosen), next(iter(self.buttons), ""))
        for key, button in self.buttons.items():
            button.setChecked(key in self._chosen)
            policy = Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _pressed(self) -> None:
        sender = self.sender()
        self.choose(next((key for key, button in self.buttons.items() if button is sender), ""))

    def choose(self, key: str) -> None:
        """Choose an option as a press does; of several, press again to take it back."""
        if key not in self.buttons:
            return
        if self._many:
            if key in self._chosen:
                self._chosen.remove(key)
            else:
                self._chosen.append(key)
            self._mark()
            self.edited.emit([one.key for one in self._offered if one.key in self._chosen])
            return
        self._chosen = [key]
        self._mark()
        self.edited.emit(key)

    def take_focus(self) -> None:
        target = next((button for button in self.buttons.values() if button.isChecked()), None)
        target = target or next(iter(self.buttons.values()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = list(self.buttons)
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), "")
        meant = next((key for key in keys if event.text() and event.text() == self._digits[key]), "")
        if meant:
            self.buttons[meant].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.choose(meant)
            if not self._many:
                self.focusNextChild()
        elif focused and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1
            self.buttons[keys[(keys.index(focused) + step) % len(keys)]].setFocus(
                Qt.FocusReason.TabFocusReason
            )
        else:
            super().keyPressEvent(event)
