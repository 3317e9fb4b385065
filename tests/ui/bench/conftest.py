"""The bench on a real station with the simulated centre as a process of its own, on real wires."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from devices.practice import PracticeWorld
from tests.station_kit import ROOT, StationKit, copy_of, until
from tests.ui.screen_kit import Shop, screen_home, shops
from ui.bench.view import BenchScreen
from ui.widgets.look import Look

__all__ = ["MakeBench", "screen_home", "shops"]

MakeBench = Callable[..., tuple[Shop, BenchScreen]]


@pytest.fixture
def bench(
    screen_home: Path, tmp_path: Path, qtbot: QtBot, look: Look, qapp: QApplication
) -> Iterator[MakeBench]:
    """Opens the bench for a colleague, with devices on the wires of a simulator process."""
    home = copy_of(screen_home, tmp_path / "home")
    command = [sys.executable, "-m", "devices.simulators", str(home / "sim")]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    opened: list[Shop] = []
    kit: StationKit | None = None
    try:
        world = PracticeWorld(home / "sim")
        until(world.running, "the simulator")
        kit = StationKit(home, world=world)

        def make(
            number: str = "1012", language: str = "zh", device: str = "lock-a", **size: int
        ) -> tuple[Shop, BenchScreen]:
            assert kit is not None
            shop = Shop(kit, qtbot, look, number, language, world)
            opened.append(shop)
            screen = BenchScreen(shop.context, look, world, tmp_path / "prints")
            shop.show(screen, **size)
            shop.until(lambda: screen.presenter.known)
            screen.presenter.choose(device)
            shop.until(
                lambda: screen.presenter.sending.known or not screen.presenter.sending.may("read-trace")
            )
            shop.until(lambda: screen.presenter.world.standing is not None)
            return shop, screen

        yield make
    finally:
        for shop in opened:
            shop.close()
        if kit is not None:
            kit.stop()
        process.terminate()
        assert process.wait(10) == 0
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
