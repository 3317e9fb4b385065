"""Keeps a station behind the window: notices when it goes, has it started again, tells when it is back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Lanes
from ui.link import LANES, Link
from workstation.errors import AppError, LinkError
from workstation.station import messages as m

AGAIN_MS = 3000
CHECK_MS = 300


class StationKeeper(QObject):
    """`command` starts the station; it may block and raise AppError, and runs off the GUI thread.

    Signals: `gone` when the station no longer answers; `back` when it does and knows the session; `forgotten` when
    it does and was restarted, so that its sessions are lost; `failed(AppError)` when it cannot be started.
    """

    gone = Signal()
    back = Signal()
    forgotten = Signal()
    failed = Signal(object)

    def __init__(self, link: Link, command: Callable[[], None] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._command = link, command
        self._lanes = Lanes(self)
        self._starting = False
        self.offline = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.start_station)
        self._checks = QTimer(self)
        self._checks.setInterval(CHECK_MS)
        self._checks.timeout.connect(self._check)
        link.linked.connect(self._linked)

    def close(self) -> None:
        """Start nothing more; waits for an attempt in hand."""
        self._again.stop()
        self._checks.stop()
        self._lanes.close()

    def absent(self, absent: bool) -> None:
        """Nobody answered a greeting, or somebody does now."""
        if absent:
            self.start_station()
            self._again.start()
        else:
            self._again.stop()

    def start_station(self) -> None:
        """Have the station started, one attempt at a time."""
        command = self._command
        if command is not None and not self._starting:
            self._starting = True
            self._lanes.lane("station").ask(lambda _: command(), self._started, self._not_started)

    def _started(self, _: object) -> None:
        self._starting = False

    def _not_started(self, error: object) -> None:
        self._starting = False
        if isinstance(error, AppError):
            self.failed.emit(error)
        elif isinstance(error, BaseException):
            raise error  # a bug: to the crash handler

    def _linked(self, there: bool) -> None:
        if there != self.offline:
            return
        self.offline = not there
        self.absent(self.offline)
        if self.offline:
            self.gone.emit()
        else:
            self._wake()
            self._check()
            self._checks.start()

    def _wake(self) -> None:
        """Let each lane find out that its old connection is dead, so that the next command finds a new one."""
        session = self._link.session
        token = session.token if session else ""
        for lane in LANES:
            hello = m.Hello(protocol=m.PROTOCOL, token=token)
            self._link.ask(hello, lambda _: None, lambda _: None, lane=lane)

    def _check(self) -> None:
        """Ask whether the session is known; asked again until there is an answer, for this one may be lost too."""
        if self.offline:
            self._checks.stop()
        else:
            self._link.ask(m.GetCentre(), lambda _: self._answer(self.back.emit), self._checked)

    def _answer(self, tell: Callable[[], None]) -> None:
        """Take the first answer, not those to questions asked once more."""
        if self._checks.isActive():
            self._checks.stop()
            tell()

    def _checked(self, error: AppError) -> None:
        if error.code == "accounts.not-signed-in":
            self._answer(self.forgotten.emit)
        elif error.code == "accounts.locked":
            self._answer(self.back.emit)
        elif not isinstance(error, LinkError):
            self._answer(partial(self.failed.emit, error))
