"""Notices when nobody has touched keyboard, pointer or screen for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.clock import Clock

LOCK_AFTER_S = 300.0


class IdleWatch(QObject):
    """`idle` once a second while the last `touch` is longer ago than five minutes."""

    idle = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._touched = clock.monotonic()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.look)
        self._second.start()

    def stop(self) -> None:
        """Watch no more."""
        self._second.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._clock.monotonic()

    def look(self) -> None:
        """Compare the time now with the last touch."""
        if self._clock.monotonic() - self._touched > LOCK_AFTER_S:
            self.idle.emit()
