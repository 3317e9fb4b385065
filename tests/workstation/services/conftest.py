"""A Desk on a real store, with the practice centre in it and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_kit import DeskKit, make_desk_template


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the practice centre and its staff, and nobody in it."""
    return make_desk_template(tmp_path_factory.mktemp("desk") / "store")


@pytest.fixture
def kit(desk_template: Path, tmp_path: Path) -> Iterator[DeskKit]:
    """A Desk of its own for one test."""
    kit = DeskKit.on_copy(desk_template, tmp_path / "store")
    yield kit
    kit.close()
