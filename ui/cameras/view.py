"""The camera screen: a bar with the layout and a wall of tiles. Arrows go from tile to tile, Enter enlarges."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.cameras.presenter import LAYOUTS, CamerasPresenter
from ui.context import Context
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.frame import StatePages
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.station import messages as m

COLUMNS = {1: 1, 4: 2, 6: 3, 9: 3}
_ICONS = {Picture.FROZEN: "frozen", Picture.LOST: "video-lost"}


class CamerasScreen(QWidget):
    """The wall."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cameras")
        self._context, self._look = context, look
        self.presenter = CamerasPresenter(context, self)
        self._before = 4
        self.tiles: dict[str, CameraTile] = {}
        self._lay_out()
        self.presenter.arranged.connect(self._arrange)
        self.presenter.pictured.connect(self._show_tile)
        self.presenter.placed.connect(self._show_tiles)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._show_tiles)
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """`task`: the camera to show alone."""
        if task:
            self._enlarge(task)

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Nothing is ever unsaved here."""
        return False

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.title.setText(w("cameras.title"))
        for layout in LAYOUTS:
            self.layouts.buttons[str(layout)].set_words(w("cameras.layout", count=layout))
        self.layouts.setAccessibleName(w("cameras.layouts"))
        self.hint.setText(w("cameras.hint"))
        self.previous.set_words(w("cameras.previous"))
        self.following.set_words(w("cameras.next"))
        self._arrange()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.title = PlainLabel(role="title")
        self.layouts = Segments(look, "", [(str(layout), str(layout)) for layout in LAYOUTS], self)
        for layout, button in self.layouts.buttons.items():
            button.setObjectName(f"cameras.layout.{layout}")
        self.hint = PlainLabel(role="secondary", elide=True)
        self.where = PlainLabel(role="value")
        self.previous = ActionButton(look, "", icon="chevron-left", key="PgUp", parent=self)
        self.previous.setObjectName("cameras.previous")
        self.following = ActionButton(look, "", icon="chevron-right", key="PgDown", parent=self)
        self.following.setObjectName("cameras.next")
        bar = QHBoxLayout()
        bar.setSpacing(px(10))
        bar.addWidget(self.title)
        bar.addWidget(self.layouts)
        bar.addWidget(self.hint, 1)
        bar.addWidget(self.where)
        bar.addWidget(self.previous)
        bar.addWidget(self.following)
        wall = QWidget(self)
        self.grid = QGridLayout(wall)
        self.grid.setContentsMargins(px(5), px(5), px(5), px(5))
        self.grid.setSpacing(px(10))
        self.pages = StatePages(look, wall, "cameras", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(4))
        column.addLayout(bar)
        column.addWidget(self.pages, 1)
        self.layouts.chosen.connect(lambda key: self.presenter.arrange(int(key)))
        self.previous.acted.connect(lambda: self.presenter.turn(-1))
        self.following.acted.connect(lambda: self.presenter.turn(1))

    # ------------------------------------------------------------ showing

    def _arrange(self) -> None:
        presenter, w = self.presenter, self._context.words
        session = self._context.link.session
        if session is not None and "read-cameras" not in session.reads:
            self.pages.say(State.NO_PERMISSION, w("cameras.no-permission"))
            return
        if not presenter.seen:
            self.pages.say(State.EMPTY, w("cameras.none.detail"), title=w("cameras.none"))
            return
        self.layouts.choose(str(presenter.layout))
        shown = presenter.shown()
        focused = next((camera for camera, tile in self.tiles.items() if tile.hasFocus()), "")
        for camera, tile in self.tiles.items():
            self.grid.removeWidget(tile)
            tile.setVisible(camera in shown)
        columns = COLUMNS[presenter.layout]
        rows = -(-presenter.layout // columns)
        for number, camera in enumerate(shown):
            tile = self._tile(camera)
            self.grid.addWidget(tile, number // columns, number % columns)
            tile.show()
        for line in range(3):
            self.grid.setRowStretch(line, 1 if line < rows else 0)
            self.grid.setColumnStretch(line, 1 if line < columns else 0)
        paged = presenter.pages() > 1
        for widget in (self.previous, self.following, self.where):
            widget.setVisible(paged)
        self.where.setText(f"{presenter.page + 1} / {presenter.pages()}")
        self.pages.show_content()
        if focused and shown:
            self.tiles[focused if focused in shown else shown[0]].setFocus()
        self._fit()
        self._show_tiles()

    def _tile(self, camera: str) -> CameraTile:
        if camera not in self.tiles:
            tile = CameraTile(self._look, TileData(place=camera), self)
            tile.setObjectName(f"cameras.tile.{camera}")
            tile.installEventFilter(self)
            self.tiles[camera] = tile
        return self.tiles[camera]

    def _show_tiles(self) -> None:
        for camera in self.presenter.shown():
            self._show_tile(camera)

    def _show_tile(self, camera: str) -> None:
        tile = self.tiles.get(camera)
        if tile is None or camera not in self.presenter.shown():
            return
        w, seen = self._context.words, self.presenter.seen[camera]
        state = Picture(self.presenter.picture(camera).value)
        room = self.presenter.room_of(camera)
        place = w.pick(room.name_zh, room.name_en) if room is not None else camera
        people = self.presenter.people.get(room.id, ()) if room is not None else ()
        message = detail = health = ""
        if state is Picture.LIVE:
            health = w("cameras.fps", fps=f"{seen.fps:.0f}")
        elif state is Picture.FROZEN:
            message = w("cameras.frozen")
            detail = w(
                "cameras.frozen.since", time=self._context.local(self.presenter.taken(camera), "%H:%M:%S")
            )
        else:
            message = (
                w("cameras.unknown")
                if seen.health is not None or seen.error is not None
                else w("cameras.wait")
            )
            detail = self._why(camera)
        tile.show_frame(seen.image if state is not Picture.LOST else None)
        tile.set(
            TileData(
                place=place,
                who=" ".join(people),
                state=state,
                state_word=w(f"cameras.state.{state}"),
                state_icon=_ICONS.get(state, "look"),
                time=self._context.local(self.presenter.taken(camera), "%H:%M:%S") if seen.at_ms else "",
                health=health,
                message=message,
                detail=detail,
            )
        )

    def _why(self, camera: str) -> str:
        w, seen = self._context.words, self.presenter.seen[camera]
        if seen.error is not None:
            return w(seen.error.code, **seen.error.values)
        if seen.health is None:
            return ""
        reason = w(seen.health.reason) if seen.health.reason else ""
        since = w("cameras.since", time=self._context.local(seen.health.since, "%m-%d %H:%M:%S"))
        return f"{reason} {since}".strip()

    # ------------------------------------------------------------ acting

    def _enlarge(self, camera: str) -> None:
        presenter = self.presenter
        if presenter.layout == 1:
            presenter.arrange(self._before)
        else:
            self._before = presenter.layout
            presenter.enlarge(camera)
        if camera in self.tiles:
            self.tiles[camera].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, CameraTile):
            return False
        camera = next(name for name, tile in self.tiles.items() if tile is watched)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick:
            self._enlarge(camera)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(camera, event)
        return False

    def _key(self, camera: str, event: QKeyEvent) -> bool:
        shown = self.presenter.shown()
        columns = COLUMNS[self.presenter.layout]
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        key = Qt.Key(event.key())
        if key in steps:
            place = shown.index(camera) + steps[key]
            if 0 <= place < len(shown):
                self.tiles[shown[place]].setFocus()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enlarge(camera)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.presenter.shown()
        if event.text().isdigit() and event.text().isascii() and 0 < int(event.text()) <= len(shown):
            self._enlarge(shown[int(event.text()) - 1])
        elif event.key() == Qt.Key.Key_Escape and self.presenter.layout == 1:
            self.presenter.arrange(self._before)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()
        self._second.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Ask for pictures as wide as the tiles are, in steps, so that little is sent."""
        columns = COLUMNS[self.presenter.layout]
        wanted = round(self.width() / columns * self.devicePixelRatioF())
        self.presenter.width = next((step for step in (320, 480, 640, 960, 1280) if step >= wanted), 1920)
