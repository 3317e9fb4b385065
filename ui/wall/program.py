"""`onestop wall`: the wall as a program of its own, for a screen at which nobody works."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui import prefs
from ui.context import Words
from ui.fonts import load_fonts
from ui.link import Link
from ui.sweep import Sweep
from ui.texts import Texts
from ui.wall.view import WallWindow
from workstation.catalogue import Catalogue
from workstation.clock import BootClock

SIGNALS_MS = 250


def run_wall(
    home: Path,
    catalogue: Catalogue,
    resources: Path,
    *,
    shown: Callable[[WallWindow], None] = WallWindow.showFullScreen,
) -> int:
    """Hang the wall of the station of `home` until it is closed; returns the exit status.

    Language as kept for that home. `shown` puts the window on the screen.
    """
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked.append(number))
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("onestop")
    application.setStyle("Fusion")
    families = load_fonts(resources / "fonts")
    wanted, _ = prefs.load(home)
    texts = Texts(resources / "i18n", application)
    texts.switch(wanted.language)
    link, sweep = Link(home), Sweep(application)
    wall = WallWindow(link, Words(catalogue, wanted.language), BootClock(), families, resources / "icons")
    wall.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    wall.closed.connect(application.quit)
    beat = QTimer()  # lets Python see a signal, also one that came before the event loop ran
    beat.timeout.connect(lambda: wall.close() if asked else None)
    beat.start(SIGNALS_MS)
    shown(wall)
    try:
        return application.exec()
    finally:
        link.close()
        sweep.stop()
