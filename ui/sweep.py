"""Garbage is swept on the window's own thread: what belongs to Qt must not be destroyed on another.

Python sweeps on whichever thread has just made something. In the window that may be the thread of a lane, and a
widget or a timer that dies there takes the process with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 100
GROWN = 1.25
"""As Python has it: everything is looked at again once a quarter more has grown old."""


class Sweep(QObject):
    """Sweeps from the event loop of the thread that made it, by Python's own limits; nothing else sweeps until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._old = len(gc.get_objects(generation=2))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Sweep the generations that are due."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        if counts[1] <= limits[1]:
            gc.collect(0)
        elif counts[2] > limits[2] and len(gc.get_objects(generation=2)) > self._old * GROWN:
            gc.collect()
            self._old = len(gc.get_objects(generation=2))
        else:
            gc.collect(1)

    def stop(self) -> None:
        """Let Python sweep again where it likes."""
        self._timer.stop()
        gc.enable()
