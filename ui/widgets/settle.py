"""Layouts that are settled before anything is painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget


def settle(widget: QWidget) -> None:
    """Give a widget whose needs changed its room now, with all that is around it in its scroll area.

    Qt asks one level after another in turns of its own, and may paint between two of them: the rows of a form that
    has grown would be seen for a moment in the room that it had before.
    """
    inside = widget
    while inside.isVisible() and (parent := inside.parentWidget()) is not None:
        inside.updateGeometry()
        if isinstance(parent.parentWidget(), QScrollArea):
            QCoreApplication.sendPostedEvents(parent, QEvent.Type.LayoutRequest.value)
            return
        inside = parent
