"""Where the keyboard is in a text, kept while the widgets around are made anew in another language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


@dataclass(frozen=True)
class Caret:
    """The object name of what has the keyboard; in a text the two ends of what is selected, the moving one last."""

    name: str = ""
    anchor: int = -1
    at: int = -1


def caret_in(room: QWidget) -> Caret:
    """Where the keyboard is in `room`; empty when it is elsewhere or in something without a name."""
    focus = QApplication.focusWidget()
    if focus is None or not room.isAncestorOf(focus):
        return Caret()
    if isinstance(focus, QPlainTextEdit):
        cursor = focus.textCursor()
        return Caret(focus.objectName(), cursor.anchor(), cursor.position())
    if isinstance(focus, QLineEdit):
        at = focus.cursorPosition()
        begin, end = focus.selectionStart(), focus.selectionEnd()
        return Caret(focus.objectName(), at if begin < 0 else end if at == begin else begin, at)
    return Caret(focus.objectName())


def put_caret(room: QWidget, caret: Caret) -> None:
    """Give the keyboard to the widget of that name that was made last in `room`, with the same text selected."""
    found = room.findChildren(QWidget, caret.name) if caret.name else []
    for widget in [one for one in found if one.isVisible()][-1:]:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QPlainTextEdit):
            cursor = widget.textCursor()
            cursor.setPosition(caret.anchor)
            cursor.setPosition(caret.at, QTextCursor.MoveMode.KeepAnchor)
            widget.setTextCursor(cursor)
        elif isinstance(widget, QLineEdit):
            widget.setSelection(caret.anchor, caret.at - caret.anchor)
            if caret.anchor == caret.at:
                widget.setCursorPosition(caret.at)
