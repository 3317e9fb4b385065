"""Time against pixels: the stretch of time that the lanes can show, the part that is shown, and its ticks.

Content pixels count from the begin of the stretch; view pixels from the left edge of what is shown. No widgets here.
"""

from __future__ import annotations

from dataclasses import dataclass

STEPS = (60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800)
"""Distances of ticks in seconds."""
LARGEST = 2.0
"""Pixels a second at the strongest zoom: a minute is then as wide as a word."""


@dataclass(frozen=True)
class Axis:
    """`begin`, `end`: seconds since 1970; `width`: pixels of the view; `scale`: pixels a second; `left`: content pixel at the left edge."""

    begin: float = 0.0
    end: float = 3600.0
    width: int = 100
    scale: float = 1.0
    left: float = 0.0

    @property
    def smallest(self) -> float:
        """Scale at which everything is seen."""
        return self.width / max(1.0, self.end - self.begin)

    @property
    def content(self) -> int:
        """Pixels of the whole stretch."""
        return max(self.width, round((self.end - self.begin) * self.scale))

    def x(self, at: float) -> float:
        """View pixel of an instant."""
        return (at - self.begin) * self.scale - self.left

    def at(self, x: float) -> float:
        """Instant at a view pixel."""
        return self.begin + (x + self.left) / self.scale

    def shown(self) -> tuple[float, float]:
        """First and last instant that are seen."""
        return self.at(0), self.at(self.width)

    def fitted(self) -> Axis:
        """Everything seen."""
        return Axis(self.begin, self.end, self.width, self.smallest, 0.0)

    def zoomed(self, factor: float, around: float) -> Axis:
        """Nearer or further, the instant `around` staying where it is."""
        return self.scaled(self.scale * factor, around, self.x(around))

    def scaled(self, scale: float, around: float, x: float) -> Axis:
        """Another scale, with the instant `around` at view pixel `x` as far as that can be."""
        scale = max(self.smallest, min(LARGEST, scale))
        return Axis(self.begin, self.end, self.width, scale, (around - self.begin) * scale - x).bounded()

    def moved(self, left: float) -> Axis:
        """Another left edge."""
        return Axis(self.begin, self.end, self.width, self.scale, left).bounded()

    def stretched(self, begin: float, end: float, width: int) -> Axis:
        """Another stretch or width; what was seen stays, and what was seen as a whole stays whole."""
        whole = self.scale <= self.smallest * 1.001
        after = Axis(begin, end, width, self.scale, self.left + (self.begin - begin) * self.scale)
        if whole:
            return after.fitted()
        return after.scaled(self.scale, self.at(0), 0)

    def bounded(self) -> Axis:
        """Nothing before the begin or after the end."""
        left = max(0.0, min(self.left, self.content - self.width))
        return self if left == self.left else Axis(self.begin, self.end, self.width, self.scale, left)

    def step(self, least: float) -> int:
        """Seconds between ticks that are at least `least` pixels apart."""
        return next((step for step in STEPS if step * self.scale >= least), STEPS[-1])

    def ticks(self, least: float, offset: float, begin: float, end: float) -> list[float]:
        """Instants of the ticks from `begin` to `end`. `offset`: seconds of local time ahead of UTC."""
        step = self.step(least)
        first = -(-(begin + offset) // step) * step - offset
        return [first + number * step for number in range(max(0, int((end - first) // step) + 1))]
