"""Trusted time: one clock for the whole program, passed in, never imported as a global.

Elapsed time follows CLOCK_BOOTTIME (it goes on through suspend and never steps), anchored once to UTC;
the wall clock is only compared with it. A disagreement is reported, never silently followed.
Inside the program every instant is an aware UTC `datetime` or whole milliseconds since 1970.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Trust(StrEnum):
    """Whether the clock's time may be relied on for a legal limit."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Clock(Protocol):
    """What the rest of the program asks of time."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds of elapsed time since an arbitrary start; never steps back."""
        ...

    def trust(self) -> Trust:
        """Whether `now` may be relied on."""
        ...

    def offset_ms(self) -> int:
        """Wall clock minus this clock, in milliseconds."""
        ...


def to_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00Z of an aware instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no place in the record")
    return (instant - EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC instant of whole milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=milliseconds)


class BootClock:
    """UTC from CLOCK_BOOTTIME and an anchor taken at start.

    A wall clock that leaves the anchor by more than `jump` makes time unverified, until `confirm` is called by a
    supervisor. `wall` reads the wall clock: aware UTC.
    """

    def __init__(
        self,
        *,
        jump: timedelta = timedelta(minutes=5),
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._jump = jump
        self._wall = wall
        self._anchor_wall = wall()
        self._anchor_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
        self._trust = Trust.VERIFIED

    def compare(self, newest_recorded: datetime) -> None:
        """Hold the anchor against the newest recorded_at of the store, once it is open.

        A wall clock that stood behind it at start cannot be trusted: it was set back, or its battery is gone.
        """
        if self._anchor_wall < newest_recorded:
            self._trust = Trust.UNVERIFIED

    def now(self) -> datetime:
        return self._anchor_wall + timedelta(seconds=self.monotonic() - self._anchor_boot)

    def monotonic(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def trust(self) -> Trust:
        if abs(self.offset_ms()) > self._jump / timedelta(milliseconds=1):
            self._trust = Trust.UNVERIFIED
        return self._trust

    def offset_ms(self) -> int:
        return (self._wall() - self.now()) // timedelta(milliseconds=1)

    def confirm(self) -> None:
        """A supervisor has compared the wall clock with another source: take it as the new anchor."""
        self._anchor_wall = self._wall()
        self._anchor_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
        self._trust = Trust.VERIFIED


class SteppedClock:
    """Virtual time that moves only when told to: for scenarios, simulators and tests."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware instant")
        self._now = start.astimezone(UTC)
        self._elapsed = 0.0
        self.trusted = Trust.VERIFIED

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def trust(self) -> Trust:
        return self.trusted

    def offset_ms(self) -> int:
        return 0

    def advance(self, step: timedelta) -> None:
        """Move forward by `step`; never back."""
        if step < timedelta(0):
            raise ValueError("virtual time does not run backwards")
        self._now += step
        self._elapsed += step.total_seconds()
