"""The window process: a front window at once, then the workplace, and what happens to errors that nobody expected."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.front import Front
from ui.theme import load_fonts
from workstation.errors import AppError

if TYPE_CHECKING:
    from ui.messages import CrashHandler
    from ui.workplace import Workplace
    from workstation.catalogue import Catalogue
    from workstation.settings import Settings


@dataclass(frozen=True)
class Ground:
    """What a workplace stands on, known once the processes beside it run."""

    home: Path
    settings: Settings
    catalogue: Catalogue
    station_command: Callable[[], None]


class Opening(QObject):
    """Opens the workplace behind the front window; `trouble` is what kept it from opening."""

    def __init__(self, application: QApplication, front: Front, prepare: Callable[[], Ground]) -> None:
        super().__init__()
        self._application, self._front, self._prepare = application, front, prepare
        self.trouble: AppError | None = None
        self.workplace: Workplace | None = None
        self._crash: CrashHandler | None = None
        front.painted.connect(self._open, Qt.ConnectionType.QueuedConnection)

    def _open(self) -> None:
        # Imported here and not above: the front window must not wait for the rules, the screens and the messages.
        from ui.messages import CrashHandler
        from ui.workplace import Workplace
        from workstation.clock import BootClock

        try:
            ground = self._prepare()
        except AppError as error:
            self.trouble = error
            self._application.quit()
            return
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
        self._crash = CrashHandler(
            place.messages, ground.home / "reports", clock.now, lambda: "ui.safe.draft"
        )
        self._crash.install()
        place.start()
        place.shell.setGeometry(self._front.geometry())
        place.shell.showMaximized()
        place.shell.activateWindow()
        held = place.shell.focusWidget()
        if self._front.typed and isinstance(held, QLineEdit):
            held.insert(self._front.typed)
        self._front.close()

    def close(self) -> None:
        """End the workplace, when it was opened."""
        if self._crash is not None:
            self._crash.remove()
        if self.workplace is not None:
            self.workplace.close()


def run_window(prepare: Callable[[], Ground], resources: Path) -> int:
    """Show the front window, let `prepare` make the ground, and work until the window is closed.

    Returns the exit status; raises the AppError of `prepare`.
    """
    sys.setswitchinterval(0.0005)  # lanes hand over to the GUI thread without a hitch
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("onestop")
    application.setStyle("Fusion")
    front = Front(load_fonts(resources / "fonts"))
    opening = Opening(application, front, prepare)
    application.setQuitOnLastWindowClosed(True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    front.showMaximized()
    try:
        status = application.exec()
    finally:
        opening.close()
    if opening.trouble is not None:
        raise opening.trouble
    return status
