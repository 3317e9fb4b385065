"""The window process: a front window at once, then the workplace, and what happens to errors that nobody expected.

What the front window does without is imported after it is painted.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.fonts import load_fonts
from ui.front import Front, was_dark
from ui.sweep import Sweep
from workstation.errors import AppError

if TYPE_CHECKING:
    from ui.background import Lane, Ticket
    from ui.messages import CrashHandler
    from ui.workplace import Workplace
    from workstation.catalogue import Catalogue
    from workstation.settings import Settings


SIGNALS_MS = 250


@dataclass(frozen=True)
class Ground:
    """What a workplace stands on, known once the processes beside it run."""

    home: Path
    settings: Settings
    catalogue: Catalogue
    station_command: Callable[[], None]
    record_to: Path | None = None


class Opening(QObject):
    """Opens the workplace behind the front window; `trouble` is what keeps it from opening.

    It works in turns of the event loop, and `prepare`, which may wait for the station to start, runs beside it: the
    front window can be moved, typed into and closed all the while. Trouble stands on the front window until it is put right and opening is tried again, or the window is closed.
    """

    def __init__(
        self, application: QApplication, front: Front, prepare: Callable[[], Ground], resources: Path
    ) -> None:
        super().__init__()
        self._application, self._front, self._prepare = application, front, prepare
        self._resources = resources
        self.trouble: AppError | None = None
        self._signals = QTimer(self)  # while nothing else calls Python, this lets it see a signal to end
        self._signals.setInterval(SIGNALS_MS)
        self._signals.timeout.connect(lambda: None)
        self.workplace: Workplace | None = None
        self._crash: CrashHandler | None = None
        self._lane: Lane | None = None
        front.painted.connect(lambda: QTimer.singleShot(0, self._open))

    def _open(self) -> None:
        from ui.ahead import FOR_SIGN_IN, Ahead, keep_loaded

        self._signals.start()
        ahead = Ahead(self, FOR_SIGN_IN)
        ahead.done.connect(keep_loaded)
        ahead.done.connect(self._prepare_beside)
        ahead.start()

    def _prepare_beside(self) -> None:
        from ui.background import Lane

        self._lane = self._lane or Lane("opening", self)
        self._lane.ask(self._ground, self._build, self._failed)

    def _ground(self, ticket: Ticket) -> Ground:
        try:
            return self._prepare()
        except AppError as error:
            self.trouble = error  # known even to who closes the window before it is told
            raise

    def _failed(self, error: object) -> None:
        if not isinstance(error, AppError):
            assert isinstance(error, BaseException)
            raise error
        assert self._lane is not None, "what failed was asked of it"
        self._lane.ask(
            lambda _: self._words(),
            lambda words: self._tell(error, words),
            # The words are what is broken: the command that started this has some of its own.
            lambda _: self._application.quit(),
        )

    def _words(self) -> Catalogue:
        from workstation.catalogue import Catalogue

        return Catalogue.load(self._resources / "i18n" / "catalogue")

    def _build(self, ground: object) -> None:
        from ui.ahead import keep_loaded
        from ui.messages import CrashHandler
        from ui.workplace import Workplace
        from workstation.clock import BootClock

        assert isinstance(ground, Ground)
        self.trouble = None
        clock = BootClock()
        place = Workplace(
            self._application,
            ground.home,
            ground.settings,
            ground.catalogue,
            clock,
            station_command=ground.station_command,
        )
        self.workplace = place
        place.ahead.done.connect(keep_loaded)
        self._crash = CrashHandler(
            place.messages, ground.home / "reports", clock.now, lambda: "ui.safe.draft"
        )
        self._crash.install()
        if ground.record_to is not None:
            place.record_session(ground.record_to)
        QTimer.singleShot(0, lambda: self._start(place))

    def _start(self, place: Workplace) -> None:
        place.start()
        QTimer.singleShot(0, lambda: self._show(place))

    def _show(self, place: Workplace) -> None:
        self._signals.stop()
        place.shell.setGeometry(self._front.geometry())
        place.shell.showMaximized()
        place.shell.activateWindow()
        held = place.shell.focusWidget()
        if self._front.typed and isinstance(held, QLineEdit):
            held.insert(self._front.typed)
        self._front.close()

    def _tell(self, error: AppError, words: object) -> None:
        from ui.theme import Theme
        from ui.trouble import trouble_screen
        from workstation.catalogue import Catalogue

        assert isinstance(words, Catalogue)
        theme = Theme(families=self._front.families, dark=self._front.dark)
        icons = self._resources / "icons"
        screen = trouble_screen(self._application, words, theme, icons, error, self._front)
        screen.again.connect(self._front.wait)
        screen.left.connect(self._front.close)
        self._front.show_instead(screen)

    def close(self) -> None:
        """End the workplace, when it was opened, and what is still being prepared."""
        if self._lane is not None:
            self._lane.close()
        if self._crash is not None:
            self._crash.remove()
        if self.workplace is not None:
            self.workplace.close()


def run_window(prepare: Callable[[], Ground], resources: Path, home: Path) -> int:
    """Show the front window, let `prepare` make the ground, and work until the window is closed.

    `home`: the data folder. `prepare` runs on a thread of its own. Returns the exit status; raises the AppError of `prepare` when it still stood at the end.
    """
    sys.setswitchinterval(0.0005)  # lanes hand over to the GUI thread without a hitch
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("onestop")
    application.setStyle("Fusion")
    front = Front(load_fonts(resources / "fonts"), dark=was_dark(home))
    opening, sweep = Opening(application, front, prepare, resources), Sweep(application)
    application.setQuitOnLastWindowClosed(True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    front.showMaximized()
    try:
        status = application.exec()
    finally:
        opening.close()
        sweep.stop()
    if opening.trouble is not None:
        raise opening.trouble
    return status
