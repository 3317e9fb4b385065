"""The real window of a colleague on the real station, with the simulated centre on its wires."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.station_kit import StationKit, simulator
from tests.ui.app.conftest import MakeWindow, Window, catalogue, home, make_window, swept_here, template

__all__ = ["catalogue", "home", "make_window", "swept_here", "template"]


@pytest.fixture
def kit(home: object) -> Iterator[StationKit]:
    """The station of the walk."""
    with simulator(home) as world:
        running = StationKit(home, world=world)
        yield running
        running.stop()


@pytest.fixture
def window(kit: StationKit, make_window: MakeWindow) -> Window:
    return make_window(kit.clock)
