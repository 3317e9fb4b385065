"""When a warning sounds: red every five seconds until it is taken up, yellow at once and then every minute.

One sound at a time, the highest level first; blue makes none. Red can be silenced for a minute at most, and what is
new breaks the silence. Times are seconds of a monotonic clock.
"""

from __future__ import annotations

import math
from enum import StrEnum

RED_EVERY_S = 5.0
YELLOW_EVERY_S = 60.0
MUTE_S = 60.0


class Sound(StrEnum):
    """The sounds by the names of their files."""

    GOOD = "good"
    ALREADY = "already"
    BAD = "bad"
    GUIDE = "guide"
    RED = "red"
    YELLOW = "yellow"


class Alarm:
    """`red` and `yellow`: how many warnings of a level stand that nobody has taken up."""

    def __init__(self) -> None:
        self.red = 0
        self.yellow = 0
        self._red_at = 0.0
        self._yellow_at = 0.0
        self._muted_until = 0.0

    @property
    def stands(self) -> bool:
        """Whether there is anything to sound for."""
        return bool(self.red or self.yellow)

    def set(self, red: int, yellow: int, now: float) -> None:
        """Take the counts of this moment: one that has grown sounds at once."""
        if red > self.red:
            self._red_at = now
            self._muted_until = now
        if yellow > self.yellow:
            self._yellow_at = now
        self.red, self.yellow = red, yellow

    def mute(self, now: float) -> None:
        """Silence red for a minute; does nothing where no red stands."""
        if self.red:
            self._muted_until = now + MUTE_S

    def muted_s(self, now: float) -> int:
        """Whole seconds of silence left; 0 when red may sound."""
        return max(0, math.ceil(self._muted_until - now)) if self.red else 0

    def due(self, now: float) -> Sound | None:
        """The sound of this moment, counted as played; None when there is none."""
        if self.red:
            if self.muted_s(now) or now < self._red_at:
                return None
            self._red_at = now + RED_EVERY_S
            return Sound.RED
        if self.yellow and now >= self._yellow_at:
            self._yellow_at = now + YELLOW_EVERY_S
            return Sound.YELLOW
        return None
