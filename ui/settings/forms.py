"""A form made from a declaration: lines, choices and ticks; what names a thing is fixed once it exists."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.context import Context
from ui.settings.declaring import DECLARATIONS, Ask, Sort
from ui.widgets.buttons import ActionButton
from ui.widgets.forms import Form, FormRow
from ui.widgets.frame import Choice, Panel, Scroll
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError


class Ticks(QWidget):
    """Several of a list; none is ticked by itself."""

    def __init__(
        self, name: str, options: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        self.boxes: dict[str, QCheckBox] = {}
        for number, (value, words) in enumerate(options):
            box = QCheckBox(words, self)
            box.setObjectName(f"{name}.{value}")
            self.boxes[value] = box
            grid.addWidget(box, number // 2, number % 2)

    def value(self) -> str:
        """What is ticked, parted by spaces."""
        return " ".join(value for value, box in self.boxes.items() if box.isChecked())

    def say(self, options: tuple[tuple[str, str], ...]) -> None:
        """The words of the boxes."""
        for value, words in options:
            self.boxes[value].setText(words)

    def tick(self, values: str) -> None:
        """Tick these and no others."""
        for value, box in self.boxes.items():
            box.setChecked(value in values.split())


class DeclareForm(Panel):
    """`sent` and `cancelled` are its ends."""

    sent = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "correct", parent=parent)
        self._context, self._look = context, look
        self.name = ""
        self._start: dict[str, str] = {}
        self._editors: dict[str, QWidget] = {}
        self._rows: dict[str, FormRow] = {}
        self._form: Form | None = None
        self._inner = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._inner)
        self._inner.setContentsMargins(0, 0, look.theme.px(6), 0)
        self._note = PlainLabel(role="secondary", wrap=True)
        self._inner.addWidget(self._note)
        self._inner.addStretch(1)
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.send = ActionButton(look, "", icon="on-disk", key="F12", role="primary", parent=self)
        self.send.setObjectName("settings.form.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=self)
        self.cancel.setObjectName("settings.form.cancel")
        self.send.acted.connect(self.sent)
        self.cancel.acted.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        self.body.addWidget(Scroll(holder, self), 1)
        self.body.addWidget(self.trouble)
        self.body.addLayout(buttons)

    def begin(self, name: str, start: Mapping[str, str]) -> None:
        """Start a form; `start` holds what is declared already, empty for something new."""
        self.name = name
        if self._form is not None:
            self._inner.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = Form(self._look, self, labels=96)
        self._editors, self._rows = {}, {}
        for ask in DECLARATIONS[name].fields:
            editor = self._editor(name, ask, start.get(ask.name, ask.start))
            if isinstance(editor, QLineEdit) and ask.fixed and start.get(ask.name):
                editor.setReadOnly(True)
            self._editors[ask.name] = editor
            self._rows[ask.name] = self._form.add(self.label(ask.name), editor)
        self._inner.insertWidget(1, self._form)
        self.trouble.setText("")
        self._start = self.values()
        self.retranslate()
        first = next(
            one for one in self._editors.values() if not (isinstance(one, QLineEdit) and one.isReadOnly())
        )
        first.setFocus()

    def label(self, field: str) -> str:
        """The words of a field."""
        return self._context.words(f"setting.field.{field.replace('_', '-')}")

    def values(self) -> dict[str, str]:
        """What stands in the form."""
        found: dict[str, str] = {}
        for name, editor in self._editors.items():
            match editor:
                case Choice():
                    found[name] = editor.key()
                case Ticks():
                    found[name] = editor.value()
                case QPlainTextEdit():
                    found[name] = editor.toPlainText()
                case QLineEdit():
                    found[name] = editor.text()
        return found

    def fill(self, field: str, words: str) -> bool:
        """Put words into a line; returns whether there is such a line to fill."""
        editor = self._editors.get(field)
        if not isinstance(editor, QLineEdit) or editor.isReadOnly():
            return False
        editor.setText(words)
        return True

    def dirty(self) -> bool:
        """Whether something differs from how the form began."""
        return bool(self.name) and self.values() != self._start

    def say_error(self, error: AppError) -> None:
        """Say what does not fit."""
        values = dict(error.values)
        if "field" in values:
            values["field"] = self.label(str(values["field"]))
        self.trouble.setText(self._context.words(error.code, **values))

    def retranslate(self) -> None:
        """Say everything in the present language; what was filled in stays."""
        w = self._context.words
        self.set_title(w(f"setting.form.{self.name}") if self.name else "")
        self.send.set_words(w("setting.record"))
        self.cancel.set_words(w("setting.cancel"))
        note = f"setting.{self.name}.note"
        self._note.setText(w(note) if note in w.catalogue else "")
        self._note.setVisible(note in w.catalogue)
        for ask in DECLARATIONS[self.name].fields if self.name else ():
            self._rows[ask.name].label.setText(self.label(ask.name))
            words = tuple((key, w(code)) for key, code in ask.options)
            match self._editors[ask.name]:
                case Choice() as choice:
                    choice.offer(words)
                case Ticks() as ticks:
                    ticks.say(words)

    def _editor(self, form: str, ask: Ask, value: str) -> QWidget:
        w, name = self._context.words, f"settings.{form}.{ask.name}"
        options = tuple((key, w(code)) for key, code in ask.options)
        match ask.sort:
            case Sort.CHOICE:
                choice = Choice(name, self)
                choice.offer(options)
                choice.choose(value)
                return choice
            case Sort.MANY:
                ticks = Ticks(name, options, self)
                ticks.tick(value)
                return ticks
            case Sort.LINES:
                text = QPlainTextEdit(value, self)
                text.setObjectName(name)
                text.setTabChangesFocus(True)
                text.setFixedHeight(self._look.theme.px(120))
                return text
            case _:
                line = QLineEdit(value, self)
                if ask.sort is Sort.SECRET:
                    line.setEchoMode(QLineEdit.EchoMode.Password)
                    line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
                line.setObjectName(name)
                return line
