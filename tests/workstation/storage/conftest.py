"""A store per test, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.clock import SteppedClock
from workstation.storage.store import Store

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CATALOGUE = "ab" * 32


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "data"
    Store.create(
        folder,
        SteppedClock(START),
        centre="c-1",
        mode="practice",
        workstation="w-1",
        catalogue_hash=CATALOGUE,
    ).close()
    return folder


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(START)


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "data"))


@pytest.fixture
def store(folder: Path, clock: SteppedClock) -> Iterator[Store]:
    opened = Store.open(folder, clock, catalogue_hash=CATALOGUE)
    yield opened
    opened.close()
