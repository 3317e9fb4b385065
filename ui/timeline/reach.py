"""The lanes for a screen reader: a list with one child per mark, in the order of the lanes, told of every change.

Qt's own annotations do not know that an interface may be absent: what may be None is typed Any here.

Children are made when they are asked for; a reader that asks for none costs nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface

from ui.widgets.paint import literal

if TYPE_CHECKING:
    from ui.timeline.area import LanesArea


class MarkAccess(QAccessibleInterface):
    """One mark, by its number among all marks."""

    def __init__(self, whole: LanesAccess, number: int) -> None:
        super().__init__()
        self._whole, self._number = whole, number

    def isValid(self) -> bool:
        return self._whole.isValid() and self._number < self._whole.childCount()

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self._whole.window()

    def parent(self) -> Any:
        return self._whole

    def child(self, index: int) -> Any:
        return None

    def childAt(self, x: int, y: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Nothing here can be written to."""

    def text(self, text: QAccessible.Text) -> str:
        return self._whole.said(self._number) if text is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        return self._whole.rect_of(self._number)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.selectable = True
        if self._number == self._whole.current():
            state.selected = True
            state.focused = self._whole.canvas.hasFocus()
        if not self.rect().intersects(self._whole.rect()):
            state.offscreen = True
        return state


class LanesAccess(QAccessibleInterface):
    """All lanes of one area."""

    def __init__(self, canvas: LanesArea) -> None:
        super().__init__()
        self.canvas = canvas
        self._children: dict[int, MarkAccess] = {}

    def forget(self) -> None:
        """Other marks stand on the lanes now."""
        for child in self._children.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
        self._children.clear()

    def isValid(self) -> bool:
        return True

    def object(self) -> Any:
        return self.canvas

    def window(self) -> Any:
        return self.canvas.window().windowHandle()

    def parent(self) -> Any:
        above = self.canvas.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above is not None else None

    def childCount(self) -> int:
        return sum(len(lane.marks) for lane in self.canvas.lanes)

    def child(self, index: int) -> Any:
        if not 0 <= index < self.childCount():
            return None
        if index not in self._children:
            self._children[index] = made = MarkAccess(self, index)
            QAccessible.registerAccessibleInterface(made)
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((number for number, one in self._children.items() if one is child), -1)

    def childAt(self, x: int, y: int) -> Any:
        row, place = self.canvas.mark_at(self.canvas.viewport().mapFromGlobal(QPoint(x, y)))
        return self.child(self._number(row, place)) if place >= 0 else None

    def focusChild(self) -> Any:
        return self.child(self.current()) if self.canvas.hasFocus() else None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Nothing here can be written to."""

    def text(self, text: QAccessible.Text) -> str:
        match text:
            case QAccessible.Text.Name:
                return self.canvas.accessibleName()
            case QAccessible.Text.Description:
                return self.canvas.accessibleDescription()
            case _:
                return ""

    def rect(self) -> QRect:
        return QRect(self.canvas.mapToGlobal(QPoint()), self.canvas.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self.canvas.hasFocus()
        state.invisible = not self.canvas.isVisible()
        return state

    def current(self) -> int:
        """Number of the mark in hand, or -1."""
        return self._number(self.canvas.row, self.canvas.place) if self.canvas.place >= 0 else -1

    def said(self, number: int) -> str:
        """Lane and sentence of a mark."""
        row, place = self._where(number)
        lane = self.canvas.lanes[row]
        return literal(f"{lane.name} {self.canvas.spoken(lane.marks[place])}")

    def rect_of(self, number: int) -> QRect:
        """Where a mark is on the screen."""
        row, place = self._where(number)
        return self.canvas.rect_of(row, place).translated(self.canvas.viewport().mapToGlobal(QPoint()))

    def _number(self, row: int, place: int) -> int:
        return sum(len(lane.marks) for lane in self.canvas.lanes[:row]) + place

    def _where(self, number: int) -> tuple[int, int]:
        for row, lane in enumerate(self.canvas.lanes):
            if number < len(lane.marks):
                return row, number
            number -= len(lane.marks)
        raise IndexError(number)


@cache
def install() -> None:
    """Let Qt ask here for the lanes, once per process."""
    QAccessible.installFactory(_made)


def _made(_: str, thing: QObject) -> QAccessibleInterface | None:
    from ui.timeline.area import LanesArea

    if not isinstance(thing, LanesArea):
        return None
    if thing.access is None:
        thing.access = LanesAccess(thing)
    return thing.access


def moved(canvas: LanesArea) -> None:
    """Another mark is in hand."""
    if not QAccessible.isActive() or canvas.place < 0:
        return
    event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
    event.setChild(_access(canvas).current())
    QAccessible.updateAccessibility(event)


def changed(canvas: LanesArea) -> None:
    """Other marks stand on the lanes."""
    if canvas.access is None:
        return
    canvas.access.forget()
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.ObjectReorder))


def _access(canvas: LanesArea) -> LanesAccess:
    if canvas.access is None:
        QAccessible.queryAccessibleInterface(canvas)
    assert canvas.access is not None
    return canvas.access
