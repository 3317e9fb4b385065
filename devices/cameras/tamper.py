"""Whether a camera still sees something: a lens that is covered, a picture that stands still while the stream runs.

Judged on a small grey picture, so that it costs next to nothing. A dark room looks like a covered lens; both mean that
nobody sees what happens there.
"""

from __future__ import annotations

from typing import Any

WIDTH, HEIGHT = 64, 36
COVERED_S, FROZEN_S = 1.0, 3.0
COVERED, FROZEN = "device.camera.covered", "device.camera.frozen"
NARROW = 40
"""Span of brightness, of 255, between the 5th and the 95th percentile, below which nothing can be told apart."""


class Tamper:
    """Takes pictures in their order; `see` returns the catalogue code of what is wrong, or an empty string."""

    def __init__(self) -> None:
        self._last: Any = None
        self._same_since = 0.0
        self._flat_since: float | None = None

    def see(self, grey: Any, at: float) -> str:
        """One picture, an array (36, 64) of uint8, and the monotonic second at which it came."""
        import numpy as np

        if self._last is None or not np.array_equal(grey, self._last):
            self._same_since = at
        self._last = grey
        if at - self._same_since >= FROZEN_S:
            return FROZEN
        low, high = np.percentile(grey, (5, 95))
        if high - low >= NARROW:
            self._flat_since = None
            return ""
        if self._flat_since is None:
            self._flat_since = at
        return COVERED if at - self._flat_since >= COVERED_S else ""
