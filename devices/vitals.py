"""The health of one device, kept by its adapter: level and reason, and since when they stand."""

from __future__ import annotations

import threading
from collections.abc import Callable

from workstation.clock import Clock
from workstation.errors import DeviceError, LineLost, NoReply
from workstation.readings import Health, Level


class Vitals:
    """Health that only changes when level or reason change; each change is told once to `tell`."""

    def __init__(self, device: str, clock: Clock, tell: Callable[[Health], None] | None = None) -> None:
        self._clock = clock
        self._tell = tell
        self._lock = threading.Lock()
        self._health = Health(
            device=device, level=Level.UNKNOWN, reason="device.not-asked", since=clock.now()
        )

    def now(self) -> Health:
        """The present health."""
        with self._lock:
            return self._health

    def set(self, level: Level, reason: str = "") -> None:
        """Take over level and catalogue code of the reason, and tell when that is news."""
        with self._lock:
            old = self._health
            if (old.level, old.reason) == (level, reason):
                return
            self._health = Health(device=old.device, level=level, reason=reason, since=self._clock.now())
            news = self._health
        if self._tell is not None:
            self._tell(news)

    def ok(self) -> None:
        """The device answered as its manual says."""
        self.set(Level.OK)

    def trouble(self, error: DeviceError) -> None:
        """A device that is gone or silent is lost; one that answers strangely is degraded."""
        self.set(Level.LOST if isinstance(error, LineLost | NoReply) else Level.DEGRADED, error.code)
