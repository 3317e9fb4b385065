"""The program started as anybody starts it, where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.station_kit import ROOT


@pytest.mark.timeout(240)
def test_without_a_display_the_demonstration_runs_and_leaves_its_files(tmp_path: Path) -> None:
    shown = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in shown}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "run", "--practice"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    out = tmp_path / "out"
    assert "没有显示器" in done.stdout
    summary = (out / "summary.md").read_text("utf-8")
    assert "✗" not in summary
    assert len(list((out / "papers").glob("*.pdf"))) == 3
    assert len(list((out / "pictures").glob("*.png"))) >= 30
    assert (out / "log" / "head.json").is_file()
    assert not (out / "failure.png").exists()
