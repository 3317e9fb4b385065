"""Layouts that are settled before anything is painted.

Qt asks one level after another in turns of its own, and may paint between two of them: the rows of a form that has
grown would be seen for a moment in the room that they had before.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget


def settle(widget: QWidget) -> None:
    """Give a widget whose needs changed its room now, with all that is around it in its scroll area."""
    inside = widget
    while inside.isVisible() and (parent := inside.parentWidget()) is not None:
        inside.updateGeometry()
        if isinstance(parent.parentWidget(), QScrollArea):
            lay_out(parent)
            return
        inside = parent


def lay_out(widget: QWidget) -> None:
    """Lay out now what is in a widget, if something in it asked for that."""
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest.value)
