"""Closing one alert: what it is, the reason by its digit, a note; nothing is chosen in advance."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.warnings.presenter import REASONS
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, Scroll
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look


def low(scroll: Scroll) -> Scroll:
    """A scrolled column that asks for no height: it takes what is left and scrolls in it."""
    scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return scroll


class Reasons(QWidget):
    """The nine reasons in two columns. `chosen` tells the code."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None, *, checkable: bool) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.theme.px(4))
        self.buttons: dict[str, ActionButton] = {}
        for number, reason in enumerate(REASONS):
            button = ActionButton(
                look, reason, key=str(number + 1), bind=False, role="segment", small=True, parent=self
            )
            button.setCheckable(checkable)
            button.setObjectName(f"{name}.{reason}")
            button.acted.connect(lambda reason=reason: self.chosen.emit(reason))
            self.buttons[reason] = button
            grid.addWidget(button, number // 2, number % 2)

    def mark(self, chosen: str) -> None:
        """Show which one is chosen."""
        for reason, button in self.buttons.items():
            button.setChecked(reason == chosen)

    def retranslate(self, context: Context) -> None:
        """Say every reason in the present language."""
        for reason, button in self.buttons.items():
            button.set_words(context.words(f"warnings.reason.{reason}"))


class Closing(Panel):
    """`sent` and `cancelled` are its ends."""

    sent = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "check", parent=parent)
        self._context = context
        px = look.theme.px
        self.reason = ""
        self.what = PlainLabel(role="bold", wrap=True)
        self.why = PlainLabel(role="secondary")
        self.reasons = Reasons(look, "warnings.reason", self, checkable=True)
        self.note_label = PlainLabel(role="secondary")
        self.note = QPlainTextEdit(self)
        self.note.setObjectName("warnings.note")
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(px(72))
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.send = ActionButton(look, "", icon="check", key="F12", role="primary", parent=self)
        self.send.setObjectName("warnings.close.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=self)
        self.cancel.setObjectName("warnings.close.cancel")
        holder = QWidget()
        asked = QVBoxLayout(holder)
        asked.setContentsMargins(0, 0, px(4), 0)
        for widget in (self.what, self.why, self.reasons):
            asked.addWidget(widget)
        asked.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        self.body.addWidget(low(Scroll(holder, self)), 1)
        self.body.addWidget(self.note_label)
        self.body.addWidget(self.note)
        self.body.addWidget(self.trouble)
        self.body.addLayout(buttons)
        self.reasons.chosen.connect(self.choose)
        self.send.acted.connect(self.sent)
        self.cancel.acted.connect(self.cancelled)

    def begin(self, what: str, reason: str) -> None:
        """Begin anew, with a reason when its digit was pressed."""
        self.what.setText(what)
        self.note.clear()
        self.trouble.setText("")
        self.choose(reason)
        first = self.reasons.buttons[REASONS[0]]
        (self.note if reason else first).setFocus()

    def choose(self, reason: str) -> None:
        """Choose a reason by its code."""
        self.reason = reason
        self.reasons.mark(reason)

    def begun(self) -> bool:
        """Whether words were written that are not sent."""
        return bool(self.note.toPlainText().strip())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.set_title(w("warnings.close"))
        self.why.setText(w("warnings.why"))
        self.reasons.retranslate(self._context)
        self.note_label.setText(w("warnings.note"))
        self.note.setAccessibleName(w("warnings.note"))
        self.send.set_words(w("warnings.close"))
        self.cancel.set_words(w("warnings.cancel"))
