"""Signing in, unlocking and setting up: what is asked of the station, and what it answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.link import Link
from workstation.errors import AppError, LinkError
from workstation.station import messages as m

RETRY_MS = 700
REFRESH_MS = 10_000


class SignInPresenter(QObject):
    """Greets the station until it answers, then signs in.

    Signals: `greeted(Welcome)`; `signed(Signed)` when a session is there (not yet attached); `failed(AppError)`;
    `waiting(bool)` while the station does not answer, once at each change; `busy(bool)` while a check runs;
    `refreshed` when `welcome` was told anew; `known(CardHolder)` and `stranger(AppError)` for a card that was read.
    """

    greeted = Signal(object)
    signed = Signal(object)
    failed = Signal(object)
    waiting = Signal(bool)
    busy = Signal(bool)
    refreshed = Signal()
    known = Signal(object)
    stranger = Signal(object)

    def __init__(self, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._asked = False
        self._absent = False
        self._stopped = False
        self.welcome: m.Welcome | None = None
        self._setup: m.FirstAdministrator | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(RETRY_MS)
        self._again.timeout.connect(self.greet)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.greet)

    def greet(self) -> None:
        """Ask who is there; asks again by itself while nobody answers."""
        self._link.ask(m.Hello(protocol=m.PROTOCOL), self._greeted, self._nobody)

    def stop(self) -> None:
        """Ask no more, and tell nothing of what is still on its way."""
        self._stopped = True
        self._again.stop()
        self._refresh.stop()

    def whose(self, card: str) -> None:
        """Ask for the name to a card."""
        self._link.ask(m.WhoseCard(card=card), self._holder, self._no_holder)

    def _holder(self, holder: m.CardHolder) -> None:
        if not self._stopped:
            self.known.emit(holder)

    def _no_holder(self, error: AppError) -> None:
        if not self._stopped:
            self.stranger.emit(error)

    def sign_in(self, number: str, secret: str, *, card: str = "") -> None:
        """By number, or by a card that was read, and the secret. One check at a time."""
        if not self._asked and secret and (number or card):
            self._ask(m.SignIn(number="" if card else number.strip(), secret=secret, card=card))

    def set_up(self, setup: m.FirstAdministrator) -> None:
        """Make the first administrator of a live centre."""
        if not self._asked:
            self._setup = setup
            self._ask(setup)

    def _ask(self, message: object) -> None:
        self._asked = True
        self.busy.emit(True)
        self._link.ask(message, self._done, self._refused)

    def _greeted(self, welcome: m.Welcome) -> None:
        if self._stopped:
            return
        first = self.welcome is None or self._absent or self.welcome.needs_setup != welcome.needs_setup
        self.welcome = welcome
        self._refresh.start()
        if self._absent:
            self._absent = False
            self.waiting.emit(False)
        if first:
            self.greeted.emit(welcome)
        else:
            self.refreshed.emit()

    def _nobody(self, error: AppError) -> None:
        if self._stopped:
            return
        self._refresh.stop()
        if not self._absent:
            self._absent = True
            self.waiting.emit(True)
        if not isinstance(error, LinkError) or error.code not in ("link.no-station", "link.lost"):
            self.failed.emit(error)
        self._again.start()

    def _done(self, reply: object) -> None:
        self._asked = False
        self.busy.emit(False)
        if isinstance(reply, m.Signed):
            self.signed.emit(reply)
        elif isinstance(reply, m.Done):  # the first administrator is there: sign in as them
            setup, self._setup = self._setup, None
            if setup is not None:
                self.sign_in(setup.number, setup.secret)

    def _refused(self, error: AppError) -> None:
        self._asked = False
        self._setup = None
        self.busy.emit(False)
        self.failed.emit(error)
        if isinstance(error, LinkError):
            self._again.start()
