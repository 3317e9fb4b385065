"""The wall: tiles in a grid with the sorted list of healths beside them, or the table that says the same."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QWidget

from ui.cameras.asking import Act, AskPanel
from ui.cameras.presenter import CamerasPresenter
from ui.cameras.tiles import TABLE_COLUMNS, Drawing
from ui.context import Context
from ui.widgets.camera import CameraTile, TileData
from ui.widgets.frame import Panel
from ui.widgets.keyed import KeyedTable
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look

MOST = 4
LIST_WIDTH, LIST_NARROW, LIST_LEAST = 300, 296, 232


class Wall(QWidget):
    """`held(camera)` when another tile is in hand; `escaped` when Esc was pressed on one."""

    held = Signal(str)
    escaped = Signal()

    def __init__(
        self, context: Context, look: Look, presenter: CamerasPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._look, self._presenter = context, look, presenter
        self.drawing = Drawing(context, presenter)
        self.tiles: dict[str, CameraTile] = {}
        self._before = presenter.layout
        self._hand = ""
        px = look.theme.px
        self.twins = QStackedWidget(self)
        self._tiles = QWidget(self.twins)
        self.grid = QGridLayout(self._tiles)
        self.grid.setContentsMargins(px(5), px(5), px(5), px(5))
        self.grid.setSpacing(px(8))
        self.table = KeyedTable(look, len(TABLE_COLUMNS), len(TABLE_COLUMNS) - 1, self.twins)
        self.table.setObjectName("cameras.table")
        self.twins.addWidget(self._tiles)
        self.twins.addWidget(self.table)
        self.side = QStackedWidget(self)
        self.list = Panel(look, "cameras", parent=self.side)
        self.list.tight()
        self.healths = KeyedTable(look, 2, 0, self.list, dense=True)
        self.healths.setObjectName("cameras.list")
        self.healths.horizontalHeader().hide()
        self.note = PlainLabel(role="secondary", wrap=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), px(10))
        foot.addWidget(self.note)
        self.list.body.addWidget(self.healths, 1)
        self.list.body.addLayout(foot)
        self.ask = AskPanel("cameras.ask", context, look, self.side)
        self.side.addWidget(self.list)
        self.side.addWidget(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self.twins, 1)
        row.addWidget(self.side)
        self.healths.chosen.connect(self._from_list)
        self.healths.acted.connect(self.enlarge)
        self.table.chosen.connect(self._from_list)
        self.table.acted.connect(self.enlarge)
        self.ask.ended.connect(self._asked)
        presenter.arranged.connect(self.arrange)
        presenter.pictured.connect(self.show_tile)
        presenter.placed.connect(self.show_tiles)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.list.set_title(w("cameras.healths"), w("cameras.healths.aside"))
        self.healths.setAccessibleName(w("cameras.healths"))
        self.healths.rows.set_heads(["", ""])
        self.table.setAccessibleName(w("cameras.title"))
        self.table.rows.set_heads([w(f"cameras.column.{column}") for column in TABLE_COLUMNS])
        self.note.setText(w("cameras.list.note"))
        self.ask.retranslate()
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(self.side.minimumWidth() + px(240), px(200))

    # ------------------------------------------------------------ showing

    def arrange(self) -> None:
        """Put the tiles of the wall where they belong."""
        presenter = self._presenter
        shown = presenter.shown()
        focused = next((camera for camera, tile in self.tiles.items() if tile.hasFocus()), "")
        for camera, tile in self.tiles.items():
            self.grid.removeWidget(tile)
            tile.setVisible(camera in shown)
        columns = presenter.columns()
        rows = max(1, -(-len(shown) // columns))
        for number, camera in enumerate(shown):
            tile = self._tile(camera)
            self.grid.addWidget(tile, number // columns, number % columns)
            tile.show()
        for line in range(MOST):
            self.grid.setRowStretch(line, 1 if line < rows else 0)
            self.grid.setColumnStretch(line, 1 if line < columns else 0)
        if focused and shown:
            self.tiles[focused if focused in shown else shown[0]].setFocus()
        if shown and self._hand not in shown:
            self._take(shown[0])
        self.fit()
        self.show_tiles()

    def _tile(self, camera: str) -> CameraTile:
        if camera not in self.tiles:
            tile = CameraTile(self._look, TileData(place=camera), self._tiles)
            tile.setObjectName(f"cameras.tile.{camera}")
            tile.installEventFilter(self)
            self.tiles[camera] = tile
        return self.tiles[camera]

    def show_tiles(self) -> None:
        """Show every tile, the list and the table as they are now."""
        for camera in self._presenter.shown():
            self.show_tile(camera)
        standings = self._presenter.sorted()
        self.healths.rows.show([self.drawing.line(one) for one in standings])
        self.table.rows.show([self.drawing.table_row(one) for one in standings])

    def show_tile(self, camera: str) -> None:
        """Show one tile as it is now."""
        tile = self.tiles.get(camera)
        if tile is not None and camera in self._presenter.shown():
            tile.show_frame(self._presenter.seen[camera].image)
            tile.set(self.drawing.tile(camera))

    def take_up(self) -> None:
        """The keyboard goes to the tile in hand."""
        if self.twins.currentWidget() is self.table:
            self.table.setFocus()
        elif self._hand in self.tiles and self.side.currentWidget() is self.list:
            self.tiles[self._hand].setFocus()

    def swap(self, *, table: bool) -> None:
        """Show the table, or the tiles."""
        self.twins.setCurrentWidget(self.table if table else self._tiles)
        (self.table if table else self.tiles.get(self._hand, self)).setFocus()

    # ------------------------------------------------------------ in hand

    def hand(self) -> str:
        """The camera in hand."""
        return self._hand

    def _take(self, camera: str) -> None:
        if camera != self._hand:
            self._hand = camera
            self.held.emit(camera)

    def _from_list(self, camera: str) -> None:
        """A line was taken in hand: its camera comes onto the wall."""
        presenter = self._presenter
        every = presenter.cameras()
        if camera in every and camera not in presenter.shown():
            presenter.page = every.index(camera) // presenter.layout
            presenter.arranged.emit()
        self._take(camera)

    def enlarge(self, camera: str) -> None:
        """Show a camera alone, or all of them again."""
        presenter = self._presenter
        if presenter.layout == 1 and presenter.shown() == (camera,):
            presenter.arrange(self._before)
        else:
            if presenter.layout != 1:
                self._before = presenter.layout
            presenter.enlarge(camera)
        self._take(camera)
        if camera in self.tiles and self.twins.currentWidget() is self._tiles:
            self.tiles[camera].setFocus()

    def back(self) -> bool:
        """From one camera to all of them; returns whether there was a way back."""
        if self._presenter.layout != 1 or self._before == 1:
            return False
        self._presenter.arrange(self._before)
        return True

    def begin(self, kind: str, fields: tuple[str, ...], act: Act) -> None:
        """Ask beside the wall for what an act needs."""
        self.side.setCurrentWidget(self.ask)
        self.side.show()
        self.ask.begin(kind, fields, act)

    def _asked(self) -> None:
        self.side.setCurrentWidget(self.list)
        tile = self.tiles.get(self._hand)
        if tile is not None:
            tile.setFocus()

    # ------------------------------------------------------------ keys and size

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, CameraTile):
            return False
        camera = next(name for name, tile in self.tiles.items() if tile is watched)
        if event.type() == QEvent.Type.FocusIn:
            self._take(camera)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick:
            self.enlarge(camera)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(camera, event)
        return False

    def _key(self, camera: str, event: QKeyEvent) -> bool:
        shown = self._presenter.shown()
        columns = self._presenter.columns()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        key = Qt.Key(event.key())
        if key in steps:
            place = shown.index(camera) + steps[key]
            if 0 <= place < len(shown):
                self.tiles[shown[place]].setFocus()
                self._take(shown[place])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(camera)
            return True
        return False

    def digit(self, text: str) -> None:
        """A digit enlarges the camera at that place."""
        shown = self._presenter.shown()
        if 0 < int(text) <= len(shown):
            self.enlarge(shown[int(text) - 1])

    def fit(self) -> None:
        """Ask for pictures as wide as the tiles are, in steps, so that little is sent."""
        wanted = round(self.width() / self._presenter.columns() * self.devicePixelRatioF())
        self._presenter.width = next((step for step in (320, 480, 640, 960, 1280) if step >= wanted), 1920)
