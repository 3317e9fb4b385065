"""The lanes under the keys and the mouse: one entry in hand, one cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from ui.timeline import reach
from ui.timeline.area import LanesArea
from ui.widgets.labels import tooltip


class LanesCanvas(LanesArea):
    """`chosen(seq)`: an entry was taken in hand; `moved(seconds)`: the cursor moved.

    Keys: ↑↓ lane, ←→ entry, + − zoom, a digit and a letter jump.
    """

    chosen = Signal(int)
    moved = Signal(float)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self.hints.open and isinstance(event, QKeyEvent):
            event.accept()  # the letter of a hint is no command
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        if self.hints.open:
            self._hint(text)
        elif text.isascii() and text.isdigit() and 1 <= int(text) <= len(self.lanes):
            self.row = int(text) - 1
            self.hints.show(self)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._other_lane(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._other_mark(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(self.row, 0 if key == Qt.Key.Key_Home else len(self.lanes[self.row].marks) - 1)
        elif text in ("+", "="):
            self.zoom(1)
        elif text in ("-", "−", "_"):
            self.zoom(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()
        self.viewport().update()

    def _hint(self, letter: str) -> None:
        place = self.hints.answer(letter)
        if place is not None:
            self.choose(self.row, place)

    def _other_lane(self, by: int) -> None:
        if not self.lanes:
            return
        self.row = max(0, min(len(self.lanes) - 1, self.row + by))
        self.place = self.lanes[self.row].nearest(self.instant)
        band = self.placed[self.row]
        bar = self.verticalScrollBar()
        bar.setValue(max(band.top + band.height - bar.pageStep(), min(bar.value(), band.top)))
        if self.place >= 0:
            self._tell()
        reach.moved(self)

    def _other_mark(self, by: int) -> None:
        lane = self.lanes[self.row] if self.row < len(self.lanes) else None
        if lane is None or not lane.marks:
            return
        held = self.current()
        if held is None:
            place = lane.nearest(self.instant)
        else:
            place = self.place + by
            while (
                0 <= place < len(lane.marks)
                and lane.marks[place].seq == held.seq
                and lane.marks[place].begin == held.begin
            ):
                place += by
        if 0 <= place < len(lane.marks):
            self.choose(self.row, place)

    def choose(self, row: int, place: int) -> None:
        """Take a mark in hand, as a key or a press does."""
        if not (0 <= row < len(self.lanes) and 0 <= place < len(self.lanes[row].marks)):
            return
        self.row, self.place = row, place
        mark = self.lanes[row].marks[place]
        self.instant = mark.begin
        self.reveal(mark.begin)
        self._tell()
        self.moved.emit(self.instant)
        reach.moved(self)
        self.viewport().update()

    def _tell(self) -> None:
        mark = self.current()
        if mark is not None and mark.seq:
            self.chosen.emit(mark.seq)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._point(event.position().toPoint(), press=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event.position().toPoint(), press=False)
        else:
            row, place = self.mark_at(event.position().toPoint())
            said = self.spoken(self.lanes[row].marks[place]) if place >= 0 else ""
            self.viewport().setToolTip(tooltip(said))

    def _point(self, point: QPoint, *, press: bool) -> None:
        bar = self.overview_bar()
        if point.y() >= self.viewport().height() - self.foot():
            share = (point.x() - bar.left()) / max(1.0, bar.width())
            at = self.axis.begin + share * (self.axis.end - self.axis.begin)
            self._show_axis(self.axis.scaled(self.axis.scale, at, self.axis.width / 2))
            return
        row, place = self.mark_at(point)
        if press and row >= 0:
            self.row, self.place = row, place
        if press and place >= 0:
            self._tell()
            reach.moved(self)
        if point.x() >= self.head_width():
            self.instant = max(
                self.axis.begin, min(self.axis.end, self.axis.at(point.x() - self.head_width()))
            )
            self.moved.emit(self.instant)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            way = turn.x() or turn.y()
            self._show_axis(self.axis.moved(self.axis.left - way))
        elif turn.y():
            self.zoom(turn.y() / 120, self.axis.at(event.position().x() - self.head_width()))
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hints.close()
        self.viewport().update()
