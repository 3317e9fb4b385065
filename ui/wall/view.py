"""The window of the wall: dark, head, cards, what comes soon, legend. Esc or F11 closes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Words
from ui.link import Link
from ui.theme import Level, Theme
from ui.wall.cards import GAP, WallGrid, WallModel
from ui.wall.parts import Foot, Head, SoonPanel
from ui.wall.presenter import WallPresenter
from ui.wall.saying import items
from ui.widgets.bands import SimBand
from ui.widgets.look import Look
from workstation.clock import Clock

DESIGNED = 1920  # logical pixels across for which the sizes of the wall are drawn
BESIDE = 1600  # from here on what comes soon stands beside the cards


class WallWindow(QWidget):
    """The wall. `closed` when it has been closed."""

    closed = Signal()

    def __init__(
        self, link: Link, words: Words, clock: Clock, families: tuple[str, ...], icons: Path
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("wall")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words, self._clock, self._families = words, clock, families
        self.look = Look(Theme(dark=True, families=families), icons, self)
        self.presenter = WallPresenter(link, words, clock, self)
        self.model = WallModel()
        self.band = SimBand(self.look, "", self)
        self.band.hide()
        self.head, self.foot = Head(self.look, self), Foot(self.look, self)
        self.grid = WallGrid(self.look, self.model, self)
        self.soon = SoonPanel(self.look, self)
        middle = QHBoxLayout()
        middle.setContentsMargins(GAP // 2, GAP // 2, GAP // 2, GAP // 2)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.soon)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.band, self.head):
            column.addWidget(widget)
        column.addLayout(middle, 1)
        column.addWidget(self.foot)
        self.presenter.changed.connect(self.tick)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self._second.start()
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.retranslate()
        self.presenter.start()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.setWindowTitle(self._words("wall.title"))
        self.grid.setAccessibleName(self._words("wall.title"))
        self.tick()

    def tick(self) -> None:
        """What is there at this moment."""
        w, presenter = self._words, self.presenter
        wall = presenter.wall
        now = self._clock.now()
        trouble = ""
        if wall is None:
            trouble = w("wall.offline" if presenter.error else "wall.loading")
        elif presenter.stale():
            trouble = w("wall.stale", time=presenter.local(wall.now, "%H:%M:%S"))
        levels = {
            level: (w(f"board.level.{name}"), getattr(wall, name) if wall else 0)
            for level, name in ((Level.RED, "red"), (Level.YELLOW, "yellow"), (Level.BLUE, "blue"))
        }
        self.head.set(
            w.pick(wall.centre_zh, wall.centre_en) if wall else "",
            (presenter.local(now), presenter.local(now, ":%S")) if wall else ("", ""),
            presenter.counts(),
            levels if wall else {},
            trouble,
        )
        self.band.setVisible(bool(wall and wall.practice))
        self.band.set(w("app.practice"))
        each = self.grid.each()
        self.model.set(items(presenter, w, each, now))
        self.soon.set(w("wall.soon"), presenter.soon(), w("wall.soon.none"))
        self.look.alarm(any(card.unacknowledged for card in wall.cards) if wall else False)
        pages = presenter.pages(each)
        page = w("wall.more", page=presenter.page(each) + 1, pages=pages) if pages > 1 else ""
        legend = [
            (level, w(f"wall.level.{level}"))
            for level in (Level.RED, Level.YELLOW, Level.BLUE, Level.UNKNOWN)
        ]
        notice = w("wall.empty") if wall and not wall.cards else page
        self.foot.set(legend, notice, f"{w('wall.public')} · {w('wall.leave')}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._second.stop()
        self.presenter.stop()
        self.look.alarm(False)
        self.closed.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = min(2.0, max(1.0, self.width() / DESIGNED))
        if abs(scale - self.look.theme.scale) > 0.01:
            self.look.theme = Theme(dark=True, scale=scale, families=self._families)
            self.look.icons.clear()
            self.look.tiles.clear()
            self.look.changed.emit()
        self.soon.setVisible(self.look.theme.logical(self.width()) >= BESIDE)
        self.grid.fit()
        self.tick()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.look.theme.tokens.canvas))
        painter.end()
