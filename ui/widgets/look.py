"""The look in use: the theme, the icons and the tiles that every painted widget is given."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, Type
from ui.widgets.icons import Icons
from ui.widgets.paint import Tiles


class Look(QObject):
    """Holds the present theme; `changed` follows a switch, `swapped` the one slow beat of the window.

    `phase` is the half of the beat: while an alarm stands unacknowledged, its shape swaps between filled and
    outlined with it, at most once a second; with reduced motion it never swaps.
    """

    changed = Signal()
    swapped = Signal()

    def __init__(self, theme: Theme, icons: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icons = Icons(icons)
        self.tiles = Tiles()
        self.phase = False
        self._beat = QTimer(self)
        self._beat.setInterval(500)
        self._beat.timeout.connect(self._swap)

    def alarm(self, unacknowledged: bool) -> None:
        """Start or stop the beat: it runs only while something unacknowledged is on screen."""
        if unacknowledged and not self.theme.reduced_motion:
            if not self._beat.isActive():
                self._beat.start()
        else:
            self._beat.stop()
            if self.phase:
                self._swap()

    def _swap(self) -> None:
        self.phase = not self.phase
        self.swapped.emit()

    def apply(self, application: QApplication) -> None:
        """Give the application the palette, font and style sheet of the present theme."""
        application.setFont(self.theme.font(Type.BODY))
        application.setPalette(self.theme.palette())
        application.setStyleSheet(self.theme.stylesheet())

    def switch(self, theme: Theme, application: QApplication) -> None:
        """Change the theme of the running program; work at hand stays as it is."""
        self.theme = theme
        self.icons.clear()
        self.tiles.clear()
        self.apply(application)
        if theme.reduced_motion:
            self.alarm(False)
        self.changed.emit()
