"""Notices when nobody has touched keyboard, pointer or screen for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

from workstation.clock import Clock

LOCK_AFTER_S = 300.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idle` once a second while the last touch is longer ago than five minutes."""

    idle = Signal()

    def __init__(self, application: QApplication, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application, self._clock = application, clock
        self._touched = clock.monotonic()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.look)
        self._second.start()
        application.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._second.stop()
        self._application.removeEventFilter(self)

    def look(self) -> None:
        """Compare the time now with the last touch."""
        if self._clock.monotonic() - self._touched > LOCK_AFTER_S:
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent) and event.type() in _INPUT:  # to ask each event its type is dear
            self._touched = self._clock.monotonic()
        return False
