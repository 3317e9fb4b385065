"""The forms beside the timeline: correct an entry, add a note, export the record. Each tells what is missing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import Sayer
from ui.timeline.correction import TIME_FORM, Part, Sort, parts_of
from ui.widgets.buttons import ActionButton
from ui.widgets.forms import Form
from ui.widgets.frame import Choice, Panel, Scroll
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow


class SideForm(Panel):
    """A form with send and cancel; trouble is said above the buttons. `sent` and `cancelled` are its ends."""

    sent = Signal()
    cancelled = Signal()

    def __init__(
        self, context: Context, look: Look, icon: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, icon, parent=parent)
        self.setObjectName(name)
        self.context, self.look, self.name = context, look, name
        holder = QWidget()
        self.inner = QVBoxLayout(holder)
        self.inner.setContentsMargins(0, 0, look.theme.px(6), 0)
        self.area = Scroll(holder, self)
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.trouble.hide()
        self.send = ActionButton(look, "", icon="approve", key="F12", role="primary", parent=self)
        self.send.setObjectName(f"{name}.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=self)
        self.cancel.setObjectName(f"{name}.cancel")
        self.send.acted.connect(self.sent)
        self.cancel.acted.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.trouble)
        self.body.addLayout(buttons)

    def say_trouble(self, words: str) -> None:
        """Say what stands against sending; empty when nothing does."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def say_error(self, error: AppError, **values: object) -> None:
        """Say an error in words."""
        self.say_trouble(self.context.words(error.code, **(dict(error.values) | values)))

    def dirty(self) -> bool:
        """Whether something was typed that is not sent yet."""
        return False

    def set_words(self, title: str, send: str, cancel: str) -> None:
        """Words of head and buttons."""
        self.set_title(title)
        self.send.set_words(send)
        self.cancel.set_words(cancel)


class NoteForm(SideForm):
    """One text, about now or about the moment of the cursor."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(context, look, "self", "timeline.note", parent)
        self.at: datetime | None = None
        self.moment = PlainLabel(role="bold", wrap=True)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("timeline.note.text")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(look.theme.px(160))
        self.inner.addWidget(self.moment)
        self.inner.addWidget(self.text, 1)

    def begin(self, at: datetime | None = None) -> None:
        """Start empty; `at`: the moment that is marked."""
        self.at = at
        self.text.clear()
        self.say_trouble("")
        self.retranslate()
        self.text.setFocus()

    def dirty(self) -> bool:
        return bool(self.text.toPlainText().strip())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w, marks = self.context.words, self.at is not None
        title = w("timeline.mark") if marks else w("timeline.note")
        self.set_words(title, w("timeline.send"), w("timeline.cancel"))
        self.moment.setVisible(marks)
        if self.at is not None:
            self.moment.setText(w("timeline.mark.at", at=self.context.local(self.at, "%m-%d %H:%M:%S")))
        self.text.setAccessibleName(title)
        self.text.setPlaceholderText(w("timeline.note.hint"))


class ExportForm(SideForm):
    """Folder, purpose, and the second person's number and secret."""

    FIELDS = ("folder", "purpose", "second", "secret")

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(context, look, "export", "timeline.export", parent)
        self.note = PlainLabel(role="secondary", wrap=True)
        self.inner.addWidget(self.note)
        self.labels: dict[str, PlainLabel] = {}
        self.fields: dict[str, QLineEdit] = {}
        for field in self.FIELDS:
            label, line = PlainLabel(role="secondary"), QLineEdit(self)
            line.setObjectName(f"timeline.export.{field}")
            label.setBuddy(line)
            self.labels[field], self.fields[field] = label, line
            self.inner.addWidget(label)
            self.inner.addWidget(line)
        self.fields["secret"].setEchoMode(QLineEdit.EchoMode.Password)
        self.inner.addStretch(1)

    def begin(self) -> None:
        """Start empty."""
        for line in self.fields.values():
            line.clear()
        self.say_trouble("")
        self.fields["folder"].setFocus()

    def value(self, field: str) -> str:
        """What was typed."""
        return self.fields[field].text()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self.context.words
        self.set_words(w("timeline.export.title"), w("timeline.export.send"), w("timeline.cancel"))
        self.note.setText(w("timeline.export.note"))
        for field, label in self.labels.items():
            label.setText(w(f"timeline.export.{field}"))
            self.fields[field].setAccessibleName(w(f"timeline.export.{field}"))


class CorrectionForm(SideForm):
    """The fields of one entry as recorded, to be set right; the time; and the reason, which is always asked."""

    def __init__(self, context: Context, look: Look, sayer: Sayer, parent: QWidget | None = None) -> None:
        super().__init__(context, look, "correct", "timeline.correct", parent)
        self._sayer = sayer
        self.row: TimelineRow | None = None
        self._parts: tuple[Part, ...] = ()
        self._editors: dict[str, QWidget] = {}
        self._form: Form | None = None
        self.at = QLineEdit()
        self.reason = QPlainTextEdit()

    def begin(self, row: TimelineRow) -> bool:
        """Start from an entry; returns whether it may be corrected."""
        self._parts = parts_of(row, self.context.zone)
        if not self._parts:
            return False
        self.row = row
        if self._form is not None:
            self.inner.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = Form(self.look, self, labels=88)
        w = self.context.words
        self._editors = {}
        for part in self._parts:
            editor = self._editor(part)
            self._editors[part.name] = editor
            self._form.add(self._sayer.label(part.name), editor)
        self.at = QLineEdit(row.happened_at.astimezone(self.context.zone).strftime(TIME_FORM), self)
        self.at.setObjectName("timeline.correct.happened-at")
        self._form.add(w("timeline.happened"), self.at)
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("timeline.correct.reason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.look.theme.px(84))
        self._form.add(w("timeline.correct.reason-label"), self.reason)
        self.inner.insertWidget(0, self._form)
        self.say_trouble("")
        self.retranslate()
        first = next((one for one in self._editors.values() if not isinstance(one, PlainLabel)), self.at)
        first.setFocus()
        return True

    def edited(self) -> dict[str, str]:
        """Field → text as it stands in the form, fields that are kept apart."""
        found: dict[str, str] = {}
        for name, editor in self._editors.items():
            if isinstance(editor, Choice):
                found[name] = editor.key()
            elif isinstance(editor, QLineEdit):
                found[name] = editor.text()
        return found

    def dirty(self) -> bool:
        recorded = {part.name: part.value for part in self._parts}
        changed = any(recorded[name] != text for name, text in self.edited().items())
        return changed or bool(self.reason.toPlainText().strip())

    def say_error(self, error: AppError, **values: object) -> None:
        field = str(error.values.get("field", ""))
        named = (
            self.context.words("timeline.happened") if field == "happened_at" else self._sayer.label(field)
        )
        super().say_error(error, **({"field": named} if field else {}))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self.context.words
        title = w("timeline.correct.of", seq=self.row.seq) if self.row else w("timeline.correct")
        self.set_words(title, w("timeline.correct.send"), w("timeline.cancel"))

    def _editor(self, part: Part) -> QWidget:
        w = self.context.words
        if part.sort is Sort.KEPT:
            words = dict(self._sayer.values(self.row)).get(part.name, "") if self.row else ""
            return PlainLabel(words or "—", wrap=True)
        if part.sort is Sort.CHOICE:
            choice = Choice(f"timeline.correct.{part.name}", self)
            choice.offer([(key, w(code) if code in w.catalogue else key) for key, code in part.choices])
            choice.choose(part.value)
            return choice
        line = QLineEdit(part.value, self)
        line.setObjectName(f"timeline.correct.{part.name}")
        line.setCursorPosition(0)
        return line
