"""The form beside wall and player: why something is looked at, unmasked, marked or exported, and with whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.widgets.buttons import ActionButton
from ui.widgets.forms import Form
from ui.widgets.frame import Choice, Panel, Scroll
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m

PURPOSES = ("record", "warning", "care", "complaint", "transfer", "other")


@dataclass(frozen=True)
class Answer:
    """What was filled in."""

    purpose: str
    text: str
    second: str
    folder: str


Act = Callable[[Answer, Callable[[], None], Callable[[m.Refused], None]], None]


class AskPanel(Panel):
    """Asks for what one act needs. `ended`: it was sent and saved, or given up."""

    ended = Signal()

    def __init__(self, name: str, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "two-persons", parent=parent)
        self._context, self._kind = context, ""
        self._act: Act | None = None
        self.staff: tuple[m.StaffRow, ...] = ()
        holder = QWidget()
        self.body.addWidget(Scroll(holder, self), 1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.note = PlainLabel(wrap=True)
        self.form = Form(look, holder, labels=72)
        self.purpose, self.second = Choice(f"{name}.purpose", self.form), Choice(f"{name}.second", self.form)
        self.text, self.folder = QLineEdit(self.form), QLineEdit(self.form)
        self.text.setObjectName(f"{name}.text")
        self.folder.setObjectName(f"{name}.folder")
        self.rows = {
            field: self.form.add("", widget)
            for field, widget in (
                ("purpose", self.purpose),
                ("text", self.text),
                ("second", self.second),
                ("folder", self.folder),
            )
        }
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        for widget in (self.note, self.form, self.trouble):
            column.addWidget(widget)
        column.addStretch(1)
        self.send = ActionButton(look, "", icon="sign", key="F12", role="primary", parent=self)
        self.send.setObjectName(f"{name}.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=self)
        self.cancel.setObjectName(f"{name}.cancel")
        foot = QVBoxLayout()
        foot.addWidget(self.send)
        back = QHBoxLayout()
        back.addStretch(1)
        back.addWidget(self.cancel)
        foot.addLayout(back)
        self.body.addLayout(foot)
        self.send.acted.connect(self._send)
        self.cancel.acted.connect(self.end)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for field, row in self.rows.items():
            row.label.setText(w(f"cameras.ask.{field}"))
            row.editor.setAccessibleName(w(f"cameras.ask.{field}"))
        self.purpose.offer([(one, w(f"cameras.purpose.{one}")) for one in PURPOSES])
        self.cancel.set_words(w("cameras.cancel"))
        if self._kind:
            self.set_title(w(f"cameras.{self._kind}"))
            self.note.setText(w(f"cameras.{self._kind}.note"))
            self.send.set_words(w(f"cameras.{self._kind}.send"))

    def begin(self, kind: str, fields: tuple[str, ...], act: Act, *, folder: str = "") -> None:
        """Ask for these fields, then act."""
        self._kind, self._act = kind, act
        own = self._context.link.session
        staff = [(row.id, f"{row.name} {row.number}") for row in self.staff]
        self.second.offer([one for one in staff if own is None or one[0] != own.staff])
        for choice in (self.purpose, self.second):
            choice.choose("")
        self.text.clear()
        self.folder.setText(folder)
        for field, row in self.rows.items():
            row.set_visible(field in fields)
        self.trouble.setText("")
        self.retranslate()
        self.rows[fields[0]].editor.setFocus()

    def begun(self) -> bool:
        """Whether something was filled in and not sent."""
        return bool(self._kind) and bool(self.text.text().strip() or self.second.key())

    def end(self) -> None:
        """Forget what was begun."""
        self._kind, self._act = "", None
        self.text.clear()
        self.second.choose("")
        self.ended.emit()

    def _send(self) -> None:
        if self._act is None:
            return
        w, code, text = self._context.words, self.purpose.key(), self.text.text().strip()
        self.trouble.setText("")
        said = w(f"cameras.purpose.{code}") if code and code != "other" else ""
        purpose = "；".join(part for part in (said, text) if part)
        answer = Answer(purpose, text, self.second.key(), self.folder.text())
        try:
            self._act(answer, self._saved, self._refused)
        except AppError as error:
            self.fail(error)

    def fail(self, error: AppError) -> None:
        """Say what is wrong."""
        values: dict[str, Any] = dict(error.values)
        self.trouble.setText(self._context.words(error.code, **values))

    def _saved(self) -> None:
        kind = self._kind
        self.end()
        self._context.speaker.info(f"cameras.{kind}.done")

    def _refused(self, refused: m.Refused) -> None:
        self.trouble.setText(reasons(self._context, refused))
