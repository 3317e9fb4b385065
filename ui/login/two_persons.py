"""The dialog for two: left what will happen and its cost, right who stands by it. Escape, the default, cancels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.context import Words
from ui.login.approval import Asking
from ui.login.boxes import Head, OnFill, Tinted, Veil
from ui.login.panels import CardPrompt, SecretField, rule
from ui.speaking import sentence
from ui.theme import Type
from ui.widgets.buttons import ActionButton
from ui.widgets.focus import FocusRing
from ui.widgets.labels import IconLabel, PlainLabel, ShapeLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from workstation.errors import AppError

WAIT_S = 60
Given = Callable[[str, str, str], None]


class TwoPersons(QDialog):
    """Asks for the second person's card, or number and secret. `parent` is the window it stands over."""

    def __init__(self, words: Words, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("approval")
        self.setModal(True)
        self._words, self._look, self._window = words, look, parent
        self._given: Given | None = None
        self._cancelled: Callable[[], None] | None = None
        self._left = WAIT_S
        self._checking = False
        self._veil = Veil(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        frame = QFrame(self)
        frame.setProperty("role", "modal")
        whole.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._what(), 1)
        line = QFrame()
        line.setProperty("role", "vrule")
        middle.addWidget(line)
        middle.addWidget(self._who(), 1)
        column.addLayout(middle, 1)
        column.addWidget(rule())
        column.addLayout(self._foot())
        self._ring = FocusRing(look, self)

    # ------------------------------------------------------------ used by the approval

    def ask(self, asking: Asking, given: Given, cancelled: Callable[[], None]) -> None:
        """Show what is asked; `given(number, secret, card)` for a credential, `cancelled()` for none."""
        self._given, self._cancelled = given, cancelled
        self._left, self._checking = WAIT_S, False
        w = self._words
        self._subject.setText(asking.title)
        self._fill(asking)
        self._first.setText(f"{w('approval.first')} {asking.first}")
        self._first_duty.setText(asking.first_duty)
        self._first_duty.setVisible(bool(asking.first_duty))
        count = f" {asking.place}/{asking.total}" if asking.total > 1 else ""
        second = f"{w('approval.second')}{count}"
        self._second.setText(f"{second} {asking.wanted}".strip())
        self._rule.setText(asking.rule)
        self._prompt.say(w("approval.show-card"), w("approval.or-secret"))
        self._no_box.hide()
        self._ready()
        self.number.clear()
        self.secret.clear()
        self._show_left()
        self._timer.start()
        if not self.isVisible():
            self._veil.show()
            self._place()
            self.open()
        self.adjustSize()
        self._place()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def card(self, text: str) -> None:
        """A staff card was read."""
        if self._given is not None and not self._checking:
            self._try("", "", text)

    def refuse(self, error: AppError, name: str = "") -> None:
        """Say why this credential does not do, and whose it was where that is known; the next one may."""
        w = self._words
        self._checking = False
        self._left = WAIT_S
        self._no_title.setText(
            w("approval.not-accepted.named", name=name) if name else w("approval.not-accepted")
        )
        self._no_why.setText(sentence(self._words, error))
        self._no_box.show()
        self.secret.clear()
        self.adjustSize()
        self._place()
        (self.secret if self.number.text() else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int = 0) -> None:
        """Close; nothing more is asked."""
        self._timer.stop()
        self.secret.clear()
        self._given = None
        self._cancelled = None
        self._veil.hide()
        super().done(result)

    def reject(self) -> None:
        """Escape, or nobody came: nothing is done."""
        cancelled = self._cancelled
        self._cancelled = None
        if cancelled is not None:
            cancelled()
        else:
            self.done()

    # ------------------------------------------------------------ inside

    def _head(self) -> QFrame:
        px = self._look.theme.px
        head = Head(self._look, self)
        row = QHBoxLayout(head)
        row.setContentsMargins(px(18), px(12), px(18), px(12))
        row.setSpacing(px(12))
        row.addWidget(IconLabel(self._look, "two-persons", 26, colour="onfill"))
        self._title = OnFill(self._look, Type.NAME, head)
        self._subject = OnFill(self._look, Type.STRONG, head)
        row.addWidget(self._title)
        row.addWidget(self._subject, 1)
        return head

    def _what(self) -> QWidget:
        look, px = self._look, self._look.theme.px
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self._left_title = PlainLabel(role="strong")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(px(16))
        self._lines.setVerticalSpacing(px(12))
        self._lines.setColumnMinimumWidth(0, px(88))
        self._lines.setColumnStretch(1, 1)
        self._cost_box = box = Tinted(look, "unk", "unktint", bar=True, parent=side)
        self._cost_mark = ShapeLabel(look, Shape.TRIANGLE, "", 18)
        self._cost = PlainLabel(wrap=True)
        box.row.addWidget(self._cost_mark, 0, Qt.AlignmentFlag.AlignTop)
        box.row.addWidget(self._cost, 1)
        column.addWidget(self._left_title)
        column.addLayout(self._lines)
        column.addStretch(1)
        column.addWidget(box)
        return side

    def _who(self) -> QWidget:
        look, px = self._look, self._look.theme.px
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self._right_title = PlainLabel(role="strong")
        column.addWidget(self._right_title)
        done = Tinted(look, "ok", "oktint", parent=side)
        words = QVBoxLayout()
        self._first, self._first_duty = (
            PlainLabel(role="strong", wrap=True),
            PlainLabel(role="secondary", wrap=True),
        )
        words.addWidget(self._first)
        words.addWidget(self._first_duty)
        done.row.addWidget(ShapeLabel(look, Shape.DONE, "", 22), 0, Qt.AlignmentFlag.AlignTop)
        done.row.addLayout(words, 1)
        column.addWidget(done)
        wanted = Tinted(look, "ink", "surface", dashed=True, parent=side)
        inner = QVBoxLayout()
        inner.setSpacing(px(8))
        first = QHBoxLayout()
        first.setSpacing(px(10))
        self._second, self._rule = (
            PlainLabel(role="strong", wrap=True),
            PlainLabel(role="secondary", wrap=True),
        )
        first.addWidget(ShapeLabel(look, Shape.NOT_STARTED, "", 22))
        first.addWidget(self._second, 1)
        inner.addLayout(first)
        inner.addWidget(self._rule)
        self._prompt = CardPrompt(look, side)
        inner.addWidget(self._prompt)
        fields = QGridLayout()
        fields.setHorizontalSpacing(px(12))
        fields.setVerticalSpacing(px(8))
        self.number, self.secret = QLineEdit(side), SecretField(side)
        self.number.setObjectName("approval.number")
        self.number.setMaxLength(40)
        self.number.setProperty("role", "count")
        self.secret.setObjectName("approval.secret")
        self._labels = (PlainLabel(role="secondary"), PlainLabel(role="secondary"))
        for place, (label, editor) in enumerate(zip(self._labels, (self.number, self.secret), strict=True)):
            fields.addWidget(label, place, 0)
            fields.addWidget(editor, place, 1)
        inner.addLayout(fields)
        wanted.row.addLayout(inner, 1)
        column.addWidget(wanted)
        self._no_box = Tinted(look, "unk", "unktint", bar=True, parent=side)
        self._no_box.setObjectName("approval.refusal")
        no = QVBoxLayout()
        self._no_title, self._no_why = PlainLabel(role="bold", wrap=True), PlainLabel(wrap=True)
        no.addWidget(self._no_title)
        no.addWidget(self._no_why)
        self._no_box.row.addWidget(
            ShapeLabel(look, Shape.OUT_OF_SERVICE, "", 20), 0, Qt.AlignmentFlag.AlignTop
        )
        self._no_box.row.addLayout(no, 1)
        column.addWidget(self._no_box)
        column.addStretch(1)
        self.number.returnPressed.connect(self._to_secret)
        self.secret.returnPressed.connect(self._enter)
        return side

    def _foot(self) -> QHBoxLayout:
        look, px = self._look, self._look.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(12))
        self._count = PlainLabel(role="bold")
        self.cancel = ActionButton(look, "", key="Esc", bind=False, parent=self)
        self.cancel.setObjectName("approval.cancel")
        self.approve = ActionButton(
            look, "", icon="check", key="Enter", bind=False, role="primary", parent=self
        )
        self.approve.setObjectName("approval.approve")
        self.cancel.acted.connect(self.reject)
        self.approve.acted.connect(self._enter)
        self.approve.refused.connect(lambda _: self._enter())
        for field in (self.number, self.secret):
            field.textChanged.connect(self._ready)
        row.addWidget(self._count, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.approve)
        return row

    def _fill(self, asking: Asking) -> None:
        w = self._words
        self._title.setText(w("approval.title"))
        self._left_title.setText(w("approval.what"))
        self._right_title.setText(w("approval.who"))
        self._cost.setText(asking.cost)
        self._cost_box.tint(*(("red", "redtint") if asking.warns else ("unk", "unktint")))
        self._cost_mark.set(
            Shape.TRIANGLE if asking.warns else Shape.INFO, "", "redtext" if asking.warns else None
        )
        self.cancel.set_words(w("approval.cancel"))
        self.approve.set_words(w("approval.approve"))
        for label, editor, code in zip(
            self._labels, (self.number, self.secret), ("number", "secret"), strict=True
        ):
            label.setText(w(f"login.{code}"))
            editor.setAccessibleName(f"{w('approval.second')} {w(f'login.{code}')}")
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, (name, value) in enumerate(asking.lines):
            words = PlainLabel(name, self, role="secondary")
            self._lines.addWidget(words, number, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(PlainLabel(value, self, role="value", wrap=True), number, 1)

    def _ready(self) -> None:
        """Nobody can approve before somebody has proved themselves; a card does so by itself."""
        proved = self.number.text().strip() and self.secret.text()
        self.approve.set_refused([] if proved else [self._words("approval.show-card")])

    def _to_secret(self) -> None:
        if self.number.text().strip():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        if not self.number.text().strip():
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.secret.text():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._try(self.number.text().strip(), self.secret.text(), "")

    def _try(self, number: str, secret: str, card: str) -> None:
        if self._given is not None and not self._checking:
            self._checking = True
            self._left = WAIT_S
            self._given(number, secret, card)

    def _tick(self) -> None:
        self._left -= 1
        self._show_left()
        if self._left <= 0:
            self.reject()

    def _show_left(self) -> None:
        self._count.setText(self._words("approval.countdown", seconds=max(0, self._left)))

    def _place(self) -> None:
        """In the middle of the window, as wide as the text wants and never wider than the window."""
        window, px = self._window, self._look.theme.px
        self.setFixedWidth(max(320, min(px(1000), window.width() - px(40))))
        self.adjustSize()
        spot = window.mapToGlobal(window.rect().center())
        self.move(spot.x() - self.width() // 2, max(0, spot.y() - self.height() // 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Enter belongs to the field or button in hand, never to a default button
            return
        super().keyPressEvent(event)
