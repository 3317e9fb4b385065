"""The first administrator of a live centre: the one form that is filled before anybody can sign in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.context import Words
from ui.login.panels import Panel, SecretField
from ui.speaking import sentence
from ui.widgets.buttons import ActionButton
from ui.widgets.forms import Form
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m

FIELDS = ("centre_zh", "centre_en", "name", "number", "secret", "again")


class SetupForm(Panel):
    """`asked(FirstAdministrator)` when everything is filled and both secrets agree."""

    asked = Signal(object)

    def __init__(self, words: Words, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "settings", parent)
        self._words = words
        self._hint = PlainLabel(role="secondary", wrap=True)
        self._form = Form(look, self, labels=150)
        self.fields: dict[str, QLineEdit] = {}
        for name in FIELDS:
            field: QLineEdit = SecretField(self) if name in ("secret", "again") else QLineEdit(self)
            field.setObjectName(f"setup.{name}")
            field.setMaxLength(256)
            field.returnPressed.connect(self._next)
            self._form.add(name, field)
            self.fields[name] = field
        self._trouble = PlainLabel(wrap=True)
        self._trouble.setObjectName("setup.trouble")
        self._trouble.setProperty("level", "red")
        self._trouble.hide()
        self.make = ActionButton(look, "", icon="check", key="F12", role="primary", parent=self)
        self.make.setObjectName("setup.make")
        self.make.acted.connect(self._ask)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.make)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._form)
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self.column.addLayout(foot)
        self.retranslate()

    def start(self) -> None:
        """Put the keyboard into the first empty field."""
        empty = next((field for field in self.fields.values() if not field.text()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, error: AppError) -> None:
        """Say what the station has against it; everything typed stays."""
        self._say(sentence(self._words, error))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.title.setText(self._words("setup.title"))
        self._hint.setText(self._words("setup.hint"))
        self.make.set_words(self._words("setup.make"))
        for name, row in zip(FIELDS, self._form.rows, strict=True):
            row.label.setText(self._words(f"setup.{name}"))
            row.editor.setAccessibleName(self._words(f"setup.{name}"))

    def _next(self) -> None:
        names = list(self.fields)
        here = next((place for place, name in enumerate(names) if self.fields[name].hasFocus()), -1)
        if here == len(names) - 1:
            self._ask()
        else:
            self.fields[names[here + 1]].setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self) -> None:
        values = {name: field.text() for name, field in self.fields.items()}
        empty = next((name for name, value in values.items() if not value.strip()), None)
        if empty is not None:
            self._say(self._words("setup.missing", field=self._words(f"setup.{empty}")))
            self.fields[empty].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if values["secret"] != values["again"]:
            self._say(self._words("setup.differs"))
            self.fields["again"].setFocus(Qt.FocusReason.OtherFocusReason)
            self.fields["again"].selectAll()
            return
        self._say("")
        self.asked.emit(
            m.FirstAdministrator(
                name=values["name"].strip(),
                number=values["number"].strip(),
                secret=values["secret"],
                centre_zh=values["centre_zh"].strip(),
                centre_en=values["centre_en"].strip(),
            )
        )

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
