"""The look in use: the theme, the icons and the tiles that every painted widget is given."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt, QTemporaryDir, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ui.theme import Level, Theme, Type
from ui.widgets.icons import Icons
from ui.widgets.paint import Tiles
from ui.widgets.shapes import Shape, paint_shape

_BEAT_MS = 500
_YELLOW_BEATS = 20


class Look(QObject):
    """Holds the present theme; `changed` follows a switch, `swapped` the one slow beat of the window.

    While an alarm stands unacknowledged, its shape swaps between filled and outlined: red once a second, yellow
    once in two seconds for the first ten; with reduced motion never. `phase` is the half of the beat.
    """

    changed = Signal()
    swapped = Signal()

    def __init__(self, theme: Theme, icons: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._applied: Theme | None = None
        self.icons = Icons(icons)
        self.tiles = Tiles()
        self.phase = False
        self._beats = 0
        self._marks = QTemporaryDir()
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._swap)

    def hollow(self, level: Level) -> bool:
        """Whether the shape of an unacknowledged level is outlined just now."""
        match level:
            case Level.RED:
                return self.phase
            case Level.YELLOW:
                return self._beats < _YELLOW_BEATS and self._beats // 2 % 2 == 1
            case _:
                return False

    def alarm(self, unacknowledged: bool, *, fresh: bool = False) -> None:
        """Start or stop the beat: it runs only while something unacknowledged is on screen.

        `fresh`: something new has come, so that yellow swaps for its ten seconds again.
        """
        if fresh or not unacknowledged:
            self._beats = 0
        if unacknowledged and not self.theme.reduced_motion:
            if not self._beat.isActive():
                self._beat.start()
        else:
            self._beat.stop()
            if self.phase:
                self._swap()

    def _swap(self) -> None:
        self.phase = not self.phase
        self._beats += 1
        self.swapped.emit()

    def apply(self, application: QApplication) -> None:
        """Give the application the palette, font and style sheet of the present theme."""
        self._applied = self.theme
        application.setStyleSheet("")  # by way of none: from sheet to sheet takes Qt three times as long
        application.setFont(self.theme.font(Type.BODY))
        application.setPalette(self.theme.palette())
        application.setStyleSheet(self.theme.stylesheet(self._draw_marks()))

    def _draw_marks(self) -> str:
        """Draw the marks that the style sheet shows in controls; returns their folder, or "" without one."""
        if not self._marks.isValid():
            return ""
        t = self.theme.tokens
        marks = (("check", Shape.GOOD, t.onfill), ("dot", Shape.DOT, t.onfill), ("down", Shape.DOWN, t.ink))
        for ratio, suffix in ((1, ""), (2, "@2x")):
            side = self.theme.px(16) * ratio
            for name, shape, colour in marks:
                picture = QPixmap(side, side)
                picture.fill(Qt.GlobalColor.transparent)
                painter = QPainter(picture)
                inset = side * 0.2 if shape is Shape.DOT else 0
                box = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
                paint_shape(painter, shape, box, self.theme, colour)
                painter.end()
                picture.save(self._marks.filePath(f"{name}{suffix}.png"))
        return self._marks.path()

    def switch(self, theme: Theme, application: QApplication) -> None:
        """Change the theme of the running program; work at hand stays as it is."""
        if theme != self._applied:  # else only words change
            self.theme = theme
            self.icons.clear()
            self.tiles.clear()
            self.apply(application)
        if theme.reduced_motion:
            self.alarm(False)
        self.changed.emit()
