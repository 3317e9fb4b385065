"""The command as the environment installs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.station_kit import ROOT


@pytest.mark.parametrize("start", [["-P", "-m", "ui.cli"], ["-m", "ui"]])
def test_the_command_answers_and_starts_without_qt(start: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *start, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        timeout=30,
    )
    for command in ("run", "wall", "station", "sim", "demo", "verify", "screenshots"):
        assert command in done.stdout


def test_wrong_usage_is_told_with_status_two() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "fly"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        timeout=30,
    )
    assert done.returncode == 2
    assert "fly" in done.stderr
