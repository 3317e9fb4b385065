"""Painting loses no reference and no memory; the long form is `python -m tests.ui.paint_soak`."""

from __future__ import annotations

import sys

from tests.ui.paint_soak import Soak, resident
from ui.widgets.look import Look


def test_ten_thousand_paint_calls_lose_nothing(look: Look) -> None:
    soak = Soak(look)
    soak.round()
    references, memory = sys.getrefcount(None), resident()
    # a card is some thirty paint calls, a door some six: one round is above three thousand
    painted = sum(soak.round() for _ in range(4))
    assert painted == 4 * 124
    assert abs(sys.getrefcount(None) - references) < 200
    assert resident() - memory < 20_000_000
