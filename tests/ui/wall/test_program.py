"""The wall as a program of its own, against a station in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.station_kit import ROOT, StationKit, copy_of, until


def test_the_command_hangs_the_wall_without_a_session_and_ends_when_asked(
    screen_home: Path, tmp_path: Path
) -> None:
    home = copy_of(screen_home, tmp_path / "home")
    kit = StationKit(home)
    server = kit.station._server
    assert server is not None
    running = subprocess.Popen(
        [sys.executable, "-m", "ui", "wall", "--practice", "--home", str(home)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: server._connections, "the wall to ask the station")
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=20)
        assert running.returncode == 0
        assert [line for line in said.splitlines() if "propagateSizeHints" not in line] == []
    finally:
        running.kill()
        running.communicate()
        kit.stop()
