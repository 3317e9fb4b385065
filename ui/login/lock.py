"""The cover while the session is locked: the secret of who is signed in, and the board without names."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Words
from ui.login.panels import CardPrompt, Panel, SecretField
from ui.speaking import sentence
from ui.widgets.buttons import ActionButton
from ui.widgets.card_view import CardModel, CardView
from ui.widgets.cards import CardData
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.upright import Upright
from workstation.errors import AppError


class LockScreen(QWidget):
    """`unlock(str, str)`: the secret that was typed and the card that was read, if any. `carded(str)`: a card was read
    and wants its name. `other`: someone else wants to sign in. `ticked`: once a second.
    """

    unlock = Signal(str, str)
    carded = Signal(str)
    other = Signal()
    ticked = Signal()

    def __init__(self, words: Words, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self._words, self._look, self._name = words, look, name
        self._error: AppError | None = None
        self._card, self._read = "", False
        px = look.theme.px
        self._panel = panel = Panel(look, "", self)
        column = panel.column
        column.setContentsMargins(px(28), px(24), px(28), px(24))
        column.setSpacing(px(10))
        self._title, self._hint = PlainLabel(role="hero", wrap=True), PlainLabel(role="secondary", wrap=True)
        self._prompt = CardPrompt(look, self)
        self.secret = SecretField(self)
        self.secret.setObjectName("lock.secret")
        self._capitals = PlainLabel()
        self._capitals.setProperty("level", "yellow")
        self._capitals.hide()
        self._trouble = PlainLabel(wrap=True)
        self._trouble.setObjectName("lock.trouble")
        self._trouble.setProperty("level", "red")
        self._trouble.hide()
        self.change = ActionButton(look, "", icon="users-round", key="Ctrl+O", parent=self)
        self.change.setObjectName("lock.other")
        self.enter = ActionButton(
            look, "", icon="lock-open", key="Enter", bind=False, role="primary", parent=self
        )
        self.enter.setObjectName("lock.unlock")
        foot = QHBoxLayout()
        foot.addWidget(self.change)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        for widget in (self._title, self._hint, self._prompt, self.secret, self._capitals, self._trouble):
            column.addWidget(widget)
        column.addLayout(foot)
        content = QWidget(self)
        left = QVBoxLayout(content)
        left.setContentsMargins(0, 0, 0, 0)
        left.addStretch(1)
        left.addWidget(panel)
        left.addStretch(2)
        self._board_title = PlainLabel(role="strong", wrap=True)
        self.cards = CardModel()
        self.grid = CardView(look, self.cards, "", self)
        self.grid.setObjectName("lock.cards")
        self.grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self._board_title)
        right.addWidget(self.grid, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(16), px(14))
        whole.setSpacing(px(16))
        whole.addWidget(Upright(content, self), 2)
        whole.addLayout(right, 3)
        self.secret.returnPressed.connect(self._go)
        self.secret.capitals.connect(self._capitals.setVisible)
        self.enter.acted.connect(self._go)
        # the window goes with it: let the key that was pressed be over first
        self.change.acted.connect(self.other, Qt.ConnectionType.QueuedConnection)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.ticked)
        self._second.start()
        look.changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def show_cards(self, cards: Iterable[CardData]) -> None:
        """The board as it may be shown to everyone."""
        data = list(cards)
        wanted = {one.key for one in data}
        self.cards.drop([one.key for one in self.cards.cards() if one.key not in wanted])
        self.cards.put(data)
        self.cards.order([one.key for one in data])
        self.grid.setVisible(bool(data))
        self._board_title.setVisible(bool(data))

    def card(self, text: str) -> None:
        """A staff card was read; the secret is still asked."""
        self._card, self._read, self._error = text, False, None
        self._tell()
        self.carded.emit(text)
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def known(self, name: str, *, own: bool) -> None:
        """Whose card it was: another one does not unlock, but may take over."""
        self._read = own
        if not own:
            self._card, self._error = "", AppError("lock.other-card", name=name)
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def stranger(self, error: AppError) -> None:
        """Nobody has this card."""
        self._card, self._read, self._error = "", False, error
        self._tell()

    def fail(self, error: AppError) -> None:
        """The secret did not do."""
        self._error = error
        self.secret.clear()
        self.secret.setReadOnly(False)
        self._tell()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._words
        self._title.setText(w("lock.title"))
        self._hint.setText(w("lock.hint", name=self._name))
        self.secret.setAccessibleName(w("lock.prompt"))
        self._capitals.setText(w("login.capitals"))
        self.change.set_words(w("lock.other"))
        self.enter.set_words(w("lock.unlock"))
        self._board_title.setText(w("lock.board"))
        self.grid.setAccessibleName(w("lock.board"))
        self._tell()

    def _go(self) -> None:
        if self.secret.text() and not self.secret.isReadOnly():
            self.secret.setReadOnly(True)
            self.unlock.emit(self.secret.text(), self._card)
        else:
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        w = self._words
        if self._card:
            read = self._name if self._read else w("login.card.read")
            self._prompt.say(read, w("login.card.secret"))
        else:
            self._prompt.say(w("lock.prompt"), w("lock.card"))
        trouble = ""
        if self._error is not None:
            trouble = sentence(self._words, self._error)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def _fit(self) -> None:
        theme = self._look.theme
        self._panel.setMaximumWidth(theme.px(560))
        self.grid.set_compact(theme.logical(self.window().width()) < 1700)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
