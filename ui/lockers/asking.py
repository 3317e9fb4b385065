"""The two forms beside the map: opening a door for an inspection by two, and recording who was sent to a door."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.lockers.drawn import drawn_of
from ui.lockers.presenter import LockersPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.doors import DoorState
from ui.widgets.forms import Form
from ui.widgets.frame import Choice, Panel
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m


class _Asking(Panel):
    """A note, a form, what is wrong, and the two buttons. `ended`: sent or given up."""

    ended = Signal()

    def __init__(
        self,
        name: str,
        icon: str,
        context: Context,
        look: Look,
        presenter: LockersPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, icon, parent=parent)
        self._name, self._context, self._presenter = name, context, presenter
        self.note = PlainLabel(wrap=True)
        self.form = Form(look, self, labels=88)
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.send = ActionButton(look, "", icon="door-open", key="F12", role="primary", parent=self)
        self.send.setObjectName(f"{name}.send")
        self.cancel = ActionButton(look, "", key="Esc", parent=self)
        self.cancel.setObjectName(f"{name}.cancel")
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.send)
        self.body.addWidget(self.note)
        self.body.addWidget(self.form)
        self.body.addWidget(self.trouble)
        self.body.addStretch(1)
        self.body.addLayout(buttons)
        self.send.acted.connect(self._try)
        self.cancel.acted.connect(self.end)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.set_title(w(self._name))
        self.note.setText(w(f"{self._name}.note"))
        self.send.set_words(w(f"{self._name}.send"))
        self.cancel.set_words(w("lockers.cancel"))

    def offer(self) -> list[tuple[str, str]]:
        """Colleagues to choose from."""
        return [(row.id, f"{row.name} {row.number}") for row in self._presenter.staff]

    def end(self) -> None:
        """Forget what was begun."""
        self.trouble.setText("")
        self.ended.emit()

    def _try(self) -> None:
        self.trouble.setText("")
        try:
            self._send()
        except AppError as error:
            self.trouble.setText(self._context.words(error.code, **error.values))

    def _refused(self, refused: m.Refused) -> None:
        self.trouble.setText(reasons(self._context, refused))

    def _saved(self) -> None:
        self._context.speaker.info(f"{self._name}.sent", cell=self._presenter.cell)
        self.end()

    def _send(self) -> None:
        """Send what is filled in; each form has its own."""


class InspectionPanel(_Asking):
    """Two persons open the door in hand to look."""

    def __init__(
        self, context: Context, look: Look, presenter: LockersPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("lockers.inspect", "two-persons", context, look, presenter, parent)
        self.custodian = Choice("lockers.custodian", self.form)
        self.second = Choice("lockers.second", self.form)
        self.custodian_row = self.form.add("", self.custodian)
        self.second_row = self.form.add("", self.second)

    def retranslate(self) -> None:
        super().retranslate()
        w = self._context.words
        for choice, row, code in (
            (self.custodian, self.custodian_row, "lockers.custodian"),
            (self.second, self.second_row, "lockers.second"),
        ):
            row.label.setText(w(code))
            choice.setAccessibleName(w(code))

    def begin(self) -> None:
        """Ask anew."""
        own = self._context.link.session
        self.custodian.offer(self.offer())
        self.second.offer(self.offer())
        self.second.choose("")
        self.custodian.choose(own.staff if own is not None else "")
        self.custodian.setFocus()

    def begun(self) -> bool:
        """Whether something was chosen and not sent."""
        return bool(self.second.key())

    def end(self) -> None:
        self.second.choose("")
        super().end()

    def _send(self) -> None:
        self._presenter.inspect(self.custodian.key(), self.second.key(), self._saved, self._refused)


class SecurePanel(_Asking):
    """Somebody is sent to the door in hand; that is recorded with what was seen."""

    def __init__(
        self, context: Context, look: Look, presenter: LockersPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("lockers.secure", "self-harm", context, look, presenter, parent)
        self.who = Choice("lockers.secure.who", self.form)
        self.who_row = self.form.add("", self.who)
        self.seen = QPlainTextEdit(self.form)
        self.seen.setObjectName("lockers.secure.seen")
        self.seen.setTabChangesFocus(True)
        self.seen.setFixedHeight(look.theme.px(88))
        self.seen_row = self.form.add("", self.seen)

    def retranslate(self) -> None:
        super().retranslate()
        w = self._context.words
        self.who_row.label.setText(w("lockers.secure.sent-who"))
        self.who.setAccessibleName(w("lockers.secure.sent-who"))
        self.seen_row.label.setText(w("lockers.secure.seen"))
        self.seen.setAccessibleName(w("lockers.secure.seen"))

    def begin(self) -> None:
        """Ask anew."""
        self.who.offer(self.offer())
        self.who.choose("")
        self.seen.clear()
        self.who.setFocus()

    def begun(self) -> bool:
        """Whether something was chosen or written and not sent."""
        return bool(self.who.key()) or bool(self.seen.toPlainText().strip())

    def end(self) -> None:
        self.who.choose("")
        self.seen.clear()
        super().end()

    def _send(self) -> None:
        presenter, seen = self._presenter, self.seen.toPlainText()
        bank, cell = presenter.current_bank(), presenter.current_cell()
        state = drawn_of(self._context, presenter, bank).state(cell) if bank and cell else DoorState.UNKNOWN
        told = self._context.words(f"lockers.state.{state}")
        presenter.secure(self.who.key(), told, seen, self._saved, self._refused)
