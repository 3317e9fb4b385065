"""The processes behind the demonstration's window: simulator and station of a folder of its own, ended by their ids."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.practice import PracticeWorld
from ui.beside import start_beside, station_answers, wait_until
from ui.cli import PRACTICE

END_S = 10.0


@contextmanager
def practice_centre(home: Path) -> Iterator[PracticeWorld]:
    """Start simulator and station as real processes; yields the hand on the simulated world."""
    world = PracticeWorld(home / "sim")
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(start_beside(home, "sim", f"--{PRACTICE}"))
        wait_until(world.running, "sim")
        running.append(start_beside(home, "station", f"--{PRACTICE}"))
        wait_until(lambda: station_answers(home), "station")
        yield world
    finally:
        for process in reversed(running):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; kill it when it does not."""
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(END_S)
