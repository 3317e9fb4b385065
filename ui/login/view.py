"""The sign-in screen: show your card or type your number, then the secret; the state of the centre without names."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.context import Words
from ui.login.facts import CentreFacts
from ui.login.panels import CardPrompt, Panel, SecretField, rule
from ui.login.presenter import SignInPresenter
from ui.login.setup import SetupForm
from ui.speaking import sentence
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m


class SignInScreen(QWidget):
    """Number → secret → Enter; a staff card in place of the number.

    `signed(Signed)`: a session was opened. `language_asked`: the other language, please.
    """

    signed = Signal(object)
    language_asked = Signal()

    def __init__(
        self, words: Words, look: Look, presenter: SignInPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("login")
        self._words, self._look, self._presenter = words, look, presenter
        self._card, self._holder = "", ""
        self._error: AppError | None = None
        self._absent = False
        self._wait = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        px = look.theme.px
        # From the outside in: what moves into another parent is styled anew, and loses the keyboard.
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        inside = QWidget()
        inside.setProperty("role", "content")
        area.setWidget(inside)
        self._centre = CentreFacts(words, look, inside)
        self._entry = Panel(look, "", inside)
        self._practice = Panel(look, "scenario", inside)
        self._begun: SetupForm | None = None
        self._fill_entry()
        self._practice.hide()
        self._lines: list[ActionButton] = []
        self._rows = QGridLayout()
        self._rows.setSpacing(px(6))
        self._practice.column.addLayout(self._rows)
        self._practice_note = PlainLabel(role="secondary", wrap=True)
        self._practice.column.addStretch(1)
        self._practice.column.addWidget(self._practice_note)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(px(24), px(16), px(24), px(16))
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(16))
        self._wide: bool | None = None
        presenter.greeted.connect(self._greeted)
        presenter.waiting.connect(self._nobody)
        presenter.failed.connect(self._failed)
        presenter.busy.connect(self._busy)
        presenter.refreshed.connect(self._tell)
        presenter.known.connect(self._known)
        presenter.stranger.connect(self._stranger)
        presenter.signed.connect(self.signed)
        look.changed.connect(self._rescale)
        self.retranslate()
        self._place()

    @property
    def _setup(self) -> SetupForm:
        """How a centre begins; made only where it is needed."""
        if self._begun is None:
            self._begun = SetupForm(self._words, self._look, self._entry.parentWidget())
            self._begun.hide()
            self._begun.asked.connect(self._presenter.set_up)
            self._begun.retranslate()
        return self._begun

    def card(self, text: str) -> None:
        """A staff card was read: it stands for the number, the secret is still asked."""
        self.number.clear()
        self._card, self._holder, self._error = text, "", None
        self._presenter.whose(text)
        self._tell()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _known(self, holder: m.CardHolder) -> None:
        self._holder = holder.name if self._card else ""
        self._tell()

    def _stranger(self, error: AppError) -> None:
        self._card, self._error = "", error
        self._tell()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._words
        self._practice.title.setText(w("login.practice"))
        self._title.setText(w("login.title"))
        self._hint.setText(w("login.hint"))
        self._or.setText(w("login.or"))
        self._number_label.setText(w("login.number"))
        self._secret_label.setText(w("login.secret"))
        self.number.setAccessibleName(w("login.number"))
        self.secret.setAccessibleName(w("login.secret"))
        self._capitals.setText(w("login.capitals"))
        self.enter.set_words(w("login.enter"))
        self.language.set_words(w("login.other-language"))
        if self._begun is not None:
            self._begun.retranslate()
        self._tell()

    def _fill_entry(self) -> None:
        look, px = self._look, self._look.theme.px
        column = self._entry.column
        column.setContentsMargins(px(32), px(26), px(32), px(26))
        column.setSpacing(px(10))
        self._title = PlainLabel(role="hero", wrap=True)
        self._hint = PlainLabel(role="secondary", wrap=True)
        self._prompt = CardPrompt(look, self)
        self._or = PlainLabel(role="secondary")
        between = QHBoxLayout()
        between.setSpacing(px(12))
        for part in (rule(), self._or, rule()):
            between.addWidget(part, 0 if part is self._or else 1)
        self.number = QLineEdit(self)
        self.number.setObjectName("login.number")
        self.number.setMaxLength(40)
        self.number.setProperty("role", "count")
        self.secret = SecretField(self)
        self.secret.setObjectName("login.secret")
        self._capitals = PlainLabel()
        self._capitals.setProperty("level", "yellow")
        self._capitals.hide()
        self._number_label, self._secret_label = PlainLabel(role="secondary"), PlainLabel(role="secondary")
        fields = QGridLayout()
        fields.setHorizontalSpacing(px(12))
        fields.setVerticalSpacing(px(12))
        fields.setColumnMinimumWidth(0, px(80))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, (label, field) in enumerate(
            ((self._number_label, self.number), (self._secret_label, self.secret))
        ):
            label.setAlignment(right)
            label.setBuddy(field)
            fields.addWidget(label, row, 0)
            fields.addWidget(field, row, 1)
        self._trouble = PlainLabel(wrap=True)
        self._trouble.setObjectName("login.trouble")
        self._trouble.setProperty("level", "red")
        self.language = ActionButton(look, "", icon="languages", key="F10", parent=self)
        self.language.setObjectName("login.language")
        self.enter = ActionButton(
            look, "", icon="log-in", key="Enter", bind=False, role="primary", parent=self
        )
        self.enter.setObjectName("login.enter")
        foot = QHBoxLayout()
        foot.addWidget(self.language)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        for widget in (self._title, self._hint, self._prompt):
            column.addWidget(widget)
        column.addLayout(between)
        column.addLayout(fields)
        column.addWidget(self._capitals)
        column.addWidget(self._trouble)
        column.addSpacing(px(8))
        column.addLayout(foot)
        column.addStretch(1)
        self.number.returnPressed.connect(self._to_secret)
        self.number.textEdited.connect(self._typed)
        self.secret.returnPressed.connect(self._go)
        self.secret.capitals.connect(self._capitals.setVisible)
        self.enter.acted.connect(self._go)
        self.language.acted.connect(self.language_asked)

    def _to_secret(self) -> None:
        if self.number.text().strip():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._card = ""
        self._tell()

    def _go(self) -> None:
        if not (self.number.text().strip() or self._card):
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.secret.text():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._wait:
            self._error = None
            self._tell()
            self._presenter.sign_in(self.number.text(), self.secret.text(), card=self._card)

    def _busy(self, busy: bool) -> None:
        self.number.setReadOnly(busy)
        self.secret.setReadOnly(busy)
        self.enter.setEnabled(not busy)

    def _greeted(self, welcome: m.Welcome) -> None:
        if welcome.needs_setup or self._begun is not None:
            self._setup.setVisible(welcome.needs_setup)
        self._entry.setVisible(not welcome.needs_setup)
        self._practice.setVisible(bool(welcome.practice_sign_ins))
        for row in self._lines:
            row.deleteLater()
        self._lines.clear()
        for place, line in enumerate(welcome.practice_sign_ins):
            number, name, _ = _parts(line)
            said = f"{number} {name}"
            row = ActionButton(self._look, said, role="wide", icon="user", parent=self._practice)
            row.setObjectName(f"login.practice.{place}")
            row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.acted.connect(lambda line=line: self._practise(line))
            self._lines.append(row)
        self._tell()
        self._place(again=True)
        if welcome.needs_setup:
            self._setup.start()
        elif not self.secret.text() and not self._card:
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _practise(self, line: str) -> None:
        number, _, secret = _parts(line)
        self._card = ""
        self.number.setText(number)
        self.secret.setText(secret)
        self._go()

    def _nobody(self, absent: bool) -> None:
        self._absent = absent
        self._tell()

    def _failed(self, error: AppError) -> None:
        self._error = error
        if self._begun is not None:
            self._begun.fail(error)
        if error.code == "accounts.wait":
            self._wait = int(error.values.get("seconds", 1))
            self._second.start()
        self.secret.clear()
        self._tell()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_down(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._second.stop()
            self._error = None
        elif self._error is not None:
            self._error = AppError("accounts.wait", seconds=self._wait)
        self._tell()

    def _tell(self) -> None:
        w, welcome = self._words, self._presenter.welcome
        self._centre.show_facts(welcome, absent=self._absent)
        if welcome is not None and welcome.practice_sign_ins:
            secret = _parts(welcome.practice_sign_ins[0])[2]
            self._practice_note.setText(w("login.practice.note", secret=secret))
        if self._card:
            self._prompt.say(self._holder or w("login.card.read"), w("login.card.secret"))
        elif self._absent:
            self._prompt.say(w("login.station.absent"), w("login.station.starting"))
        else:
            self._prompt.say(w("login.card.ready"), w("login.card.where"))
        trouble = ""
        if self._error is not None:
            trouble = sentence(w, self._error)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _rescale(self) -> None:
        self._place(again=True)

    def _place_rows(self, room: int) -> None:
        """The practice lines, as many side by side as their words have room for."""
        gap = self._rows.spacing()
        widest = max((row.sizeHint().width() for row in self._lines), default=1)
        columns = max(1, min(4, (room + gap) // (widest + gap)))
        for place, row in enumerate(self._lines):
            self._rows.removeWidget(row)
            self._rows.addWidget(row, place // columns, place % columns)

    def _place(self, *, again: bool = False) -> None:
        """Three panels in a row where they fit, else entry beside what is known."""
        px = self._look.theme.px
        practice = bool(self._presenter.welcome and self._presenter.welcome.practice_sign_ins)
        wide = self._look.theme.logical(self.width()) >= (1660 if practice else 1180)
        beside = px(460) if wide else min(px(720), (self.width() - px(72)) * 3 // 5)
        self._place_rows(beside - px(28))
        if wide == self._wide and not again:
            return
        self._wide = wide
        grid = self._grid
        for panel in (self._entry, self._begun, self._centre, self._practice):
            if panel is not None:
                grid.removeWidget(panel)
        for number in range(6):
            grid.setColumnStretch(number, 0)
            grid.setRowStretch(number, 0)
        entry = (
            self._setup if self._presenter.welcome and self._presenter.welcome.needs_setup else self._entry
        )
        for panel in (entry, self._practice):
            panel.setMaximumWidth(px(720))
        grid.setRowStretch(0, 1)
        grid.setRowStretch(3, 1)
        if wide:
            columns = [self._centre, entry, *([self._practice] if practice else [])]
            grid.setColumnStretch(0, 1)
            for number, panel in enumerate(columns, 1):
                panel.setMinimumWidth(px(620 if panel is entry else 460))
                grid.addWidget(panel, 1, number, 2, 1)
            grid.setColumnStretch(len(columns) + 1, 1)
        else:
            grid.setColumnStretch(0, 3)
            grid.setColumnStretch(1, 2)
            for panel in (self._centre, entry, self._practice):
                panel.setMinimumWidth(px(340))
            grid.addWidget(entry, 1, 0)
            grid.addWidget(self._centre, 1, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
            if practice:
                grid.addWidget(self._practice, 2, 0)
            grid.setRowStretch(0, 0)


def _parts(line: str) -> tuple[str, str, str]:
    """Number, name and secret of a practice line."""
    number, name, secret = (part.strip() for part in line.split("·"))
    return number, name, secret
