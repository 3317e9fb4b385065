"""The send line: which command, for which door or with which bytes, what would go over the wire, and the key."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.bench.marks import Number
from ui.bench.sending import MOST_RAW, RAW, Sender
from ui.context import Context
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.flow import Flow
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look

SEND_KEY = "Ctrl+Return"


class ChordButton(ActionButton):
    """A button that a key alone does not press while `guarded`: a scan that ends in Enter must not open a door."""

    withheld = Signal()

    guarded = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.guarded and event.text() in ("\r", "\n", " "):
            self.withheld.emit()
        else:
            super().keyPressEvent(event)


class SendLine(QFrame):
    """Fed by a `Sender`."""

    def __init__(self, context: Context, look: Look, sender: Sender, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look, self._sender = context, look, sender
        px = look.theme.px
        self.label = PlainLabel(role="secondary")
        self.choices: Segments | None = None
        self._holder = QWidget(self)
        self._flow = Flow(self._holder)
        self.number = Number(look, self)
        self.number.setObjectName("bench.number")
        self.number.setMinimumWidth(px(88))
        self.raw = QLineEdit(self)
        self.raw.setObjectName("bench.raw")
        self.raw.setMinimumWidth(px(150))
        self.raw.setValidator(
            QRegularExpressionValidator(QRegularExpression("[0-9A-Fa-f ]{0,200}"), self.raw)
        )
        self.will = PlainLabel(role="secondary")
        self.preview = PlainLabel(role="bold", elide=True)
        self.preview.setObjectName("bench.preview")
        self.button = ChordButton(
            look, "", icon="send", key="Ctrl+Enter", role="primary", bind=False, parent=self
        )
        self.button.setObjectName("bench.send")
        self.reason = PlainLabel(role="secondary", wrap=True)
        self.reason.setObjectName("bench.reason")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(px(10))
        first.addWidget(self.label)
        first.addWidget(self._holder, 1)
        for widget in (self.number, self.raw, self.will):
            second.addWidget(widget)
        second.addWidget(self.preview, 1)
        second.addWidget(self.button)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._rows.setSpacing(px(8))
        self._rows.addLayout(first)
        self._rows.addLayout(second, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(4))
        column.addLayout(self._rows)
        column.addWidget(self.reason)
        self.number.valueChanged.connect(sender.set_number)
        self.raw.textChanged.connect(sender.set_raw)
        self.button.acted.connect(sender.send)
        self.button.refused.connect(lambda _: self._say_refused())
        self.button.withheld.connect(lambda: context.speaker.info("bench.chord"))
        sender.offered.connect(self.offer)
        sender.changed.connect(self.show_now)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.label.setText(w("bench.send"))
        self.will.setText(w("bench.will-send"))
        self.button.set_words(w("bench.send"))
        self.number.setPrefix(f"{w('bench.door')} ")
        self.number.setAccessibleName(w("bench.door"))
        self.raw.setAccessibleName(w("bench.raw"))
        self.raw.setPlaceholderText("80 01 00 33")
        self.offer()

    def lay(self, *, wide: bool) -> None:
        """One line where there is room, else two."""
        direction = QBoxLayout.Direction
        self._rows.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def offer(self) -> None:
        """Another device, or another language: its commands as choices."""
        w, sender = self._context.words, self._sender
        focused = self.choices is not None and self.choices.isAncestorOf(self.focusWidget() or self)
        if self.choices is not None:
            self._flow.takeAt(0)
            self.choices.hide()
            self.choices.deleteLater()
            self.choices = None
        options = [(row.name, w(f"bench.command.{row.name}")) for row in sender.commands]
        if options and sender.simulated:
            options.append((RAW, w("bench.raw")))
        if options:
            self.choices = Segments(self._look, w("bench.send"), options, self._holder)
            self.choices.choose(sender.name)
            self.choices.chosen.connect(sender.choose)
            self._flow.addWidget(self.choices)
            self.choices.show()
            if focused:
                self.choices.buttons[sender.name].setFocus()
        self.setVisible(bool(options))
        row = sender.row()
        self.number.blockSignals(True)
        self.number.setRange(1, max((one.most for one in sender.commands), default=1) or 1)
        self.number.setValue(sender.number)
        self.number.blockSignals(False)
        if row is not None and self.raw.text() != sender.raw:
            self.raw.blockSignals(True)
            self.raw.setText(sender.raw)
            self.raw.blockSignals(False)
        self.show_now()

    def show_now(self) -> None:
        """What would be sent, and what is against it."""
        w, sender = self._context.words, self._sender
        row = sender.row()
        self.number.setVisible(row is not None and row.most > 0)
        self.raw.setVisible(sender.name == RAW)
        self.will.setVisible(sender.name != RAW)
        self.preview.setText(sender.preview.hex(" ").upper() if sender.name != RAW else "")
        self.button.guarded = sender.needs_chord()
        words = [w(code, device=sender.device, most=MOST_RAW) for code in sender.against()]
        self.button.set_refused(words)
        if not words and sender.needs_chord():
            words = [w("bench.moves.raw" if row is None else "bench.moves")]
        self.reason.setText(" ".join(words))
        self.reason.setVisible(bool(words))

    def _say_refused(self) -> None:
        advice = [self._context.words.advice(code) for code in self._sender.against()]
        self.reason.setText(" ".join(one for one in (*self.button.reasons(), *advice) if one))
