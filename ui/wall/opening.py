"""Opens the wall from a desk: on the second screen when there is one, over everything else on the only one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.context import Words
from ui.link import Link
from ui.wall.view import WallWindow
from workstation.clock import Clock


class WallOpener(QObject):
    """One wall for one desk. It goes on while the session is locked, and ends with the desk's window."""

    def __init__(
        self, desk: QWidget, link: Link, words: Words, clock: Clock, families: tuple[str, ...], icons: Path
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._given = (link, words, clock, families, icons)
        self.window: WallWindow | None = None
        desk.destroyed.connect(self._end)

    def open(self) -> None:
        """Show the wall, or bring it to the front."""
        if self.window is None:
            self.window = WallWindow(*self._given)
            self.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.window.closed.connect(self._closed)
            here = self._desk.screen()
            other = [screen for screen in QGuiApplication.screens() if screen is not here]
            self.window.setGeometry((other[0] if other else here).geometry())
        self.window.showFullScreen()
        self.window.activateWindow()

    def _closed(self) -> None:
        self.window = None

    def _end(self) -> None:
        if self.window is not None:
            self.window.close()
