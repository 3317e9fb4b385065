"""The column beside the cards: trays and notes, kept in step with the rooms below and the buttons above."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.board.notes import NotesPanel
from ui.board.presenter import BoardPresenter, Tray
from ui.board.rooms import RoomPanel
from ui.board.saying import note_rows, room_boxes, rooms_count, tray_rows
from ui.board.toolbar import TRAY_ICONS, Toolbar
from ui.board.trays import TrayPanel
from ui.context import Context
from ui.widgets.frame import Scroll
from ui.widgets.look import Look

WIDTH = 332


class Beside(Scroll):
    """Trays as panels, and the notes; scrolls when there is more than fits."""

    def __init__(
        self, context: Context, look: Look, presenter: BoardPresenter, bar: Toolbar, parent: QWidget
    ) -> None:
        inside = QWidget()
        super().__init__(inside, parent)
        self._context, self._look = context, look
        self._presenter, self._bar = presenter, bar
        self.panels = {tray: TrayPanel(look, icon, self) for tray, icon in TRAY_ICONS.items()}
        self.notes = NotesPanel(context.words, look, self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(10))
        for panel in self.panels.values():
            column.addWidget(panel)
        column.addWidget(self.notes)
        column.addStretch(1)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._look.theme.px(WIDTH))

    def draw(self, rooms: RoomPanel) -> None:
        """Everything as it is at this moment."""
        context, presenter, board = self._context, self._presenter, self._presenter.board
        w, now = context.words, context.clock.now()
        boxes = room_boxes(board, context) if board else []
        count = rooms_count(board, context) if board else ""
        rooms.set(w("board.rooms"), count, (w("board.room.recording"), w("board.room.unknown")), boxes)
        for tray in Tray:
            rows = tray_rows(tray, presenter, context, now)
            self.panels[tray].set(w(f"board.tray.{tray}"), rows)
            self.panels[tray].set_drop_word(w("board.notes.drop"))
            self._bar.set_tray(tray, rows)
        cards = board.cards if board else ()
        self.notes.offer(
            [(one.stay, w("board.notes.person", number=one.number, name=one.name)) for one in cards]
        )
        self.notes.set(note_rows(presenter, context, now))
