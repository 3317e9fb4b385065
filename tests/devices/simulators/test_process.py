import os
import signal
import subprocess
import sys
from pathlib import Path

from devices.practice import PracticeWorld

ROOT = Path(__file__).parents[3]


def test_the_simulator_is_a_process_that_leaves_nothing_behind(tmp_path, until):
    command = [sys.executable, "-m", "devices.simulators", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        world = PracticeWorld(tmp_path)
        until(world.running)
        assert world.act("state")["cards"] == {"card-1": ""}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert not world.running()
        assert list((tmp_path / "wires").iterdir()) == []
    finally:
        process.kill()
        process.wait(10)


def test_a_killed_simulator_is_told_from_a_running_one(tmp_path, until):
    command = [sys.executable, "-m", "devices.simulators", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    world = PracticeWorld(tmp_path)
    try:
        until(world.running)
    finally:
        process.kill()
        process.wait(10)
    assert (tmp_path / "sim.json").is_file()
    assert not world.running()


def test_the_command_line_is_explained():
    done = subprocess.run(
        [sys.executable, "-m", "devices.simulators"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "usage" in done.stderr
