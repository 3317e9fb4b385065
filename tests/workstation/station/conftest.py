"""A real station on a copy of the practice store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.station_kit import StationKit, copy_of, make_template, simulator


@pytest.fixture(scope="session")
def home_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice home, made once."""
    return make_template(tmp_path_factory.mktemp("home") / "h")


@pytest.fixture
def kit(home_template: Path, tmp_path: Path) -> Iterator[StationKit]:
    """A station without devices."""
    kit = StationKit(copy_of(home_template, tmp_path / "h"))
    yield kit
    kit.stop()


@pytest.fixture
def wired(home_template: Path, tmp_path: Path) -> Iterator[StationKit]:
    """A station with the simulated centre on real wires."""
    home = copy_of(home_template, tmp_path / "h")
    with simulator(home) as world:
        kit = StationKit(home, world=world)
        yield kit
        kit.stop()
