"""The window process: the application, one workplace, and what happens to errors that nobody expected."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.messages import CrashHandler
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.clock import BootClock
from workstation.settings import Settings


def run_window(
    home: Path,
    settings: Settings,
    catalogue: Catalogue,
    *,
    station_command: Callable[[], None] | None = None,
) -> int:
    """Show the window of the data folder `home` until it is closed; returns the exit status."""
    sys.setswitchinterval(0.0005)  # lanes hand over to the GUI thread without a hitch
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("onestop")
    application.setStyle("Fusion")
    clock = BootClock()
    workplace = Workplace(application, home, settings, catalogue, clock, station_command=station_command)
    crash = CrashHandler(workplace.messages, home / "reports", clock.now, lambda: "ui.safe.draft")
    crash.install()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    workplace.start()
    workplace.shell.showMaximized()
    try:
        return application.exec()
    finally:
        crash.remove()
        workplace.close()
