"""The event that a place for a signature gets when somebody has signed there."""

from __future__ import annotations

from PySide6.QtCore import QEvent

SIGNED = QEvent.Type(QEvent.registerEventType())
"""Sent to the widget that was signed; its properties `by` and `paper` say who and what."""
