"""`python -m devices.simulators HOME [SCENARIO]`: run the simulated centre until interrupted."""

from __future__ import annotations

import fcntl
import signal
import sys
import threading
from pathlib import Path

from devices.simulators.centre import Centre, load_scenario
from devices.simulators.control import Control
from devices.simulators.play import Plays
from workstation.clock import BootClock
from workstation.errors import SettingsError

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def run_simulator(home: Path, scenario: Path, stop: threading.Event) -> None:
    """Serve a scenario's devices below `<home>/wires/` until `stop`; SettingsError for a bad scenario or when
    another simulator serves the same folder.

    Media of cameras lie in `../media` beside the scenario's folder, what can be played in `plays` within it. When `<home>/sim.json` is there, every
    wire is plugged in and the control port answers.
    """
    centre = Centre(load_scenario(scenario), home, scenario.resolve().parents[1] / "media", BootClock())
    home.mkdir(parents=True, exist_ok=True)
    with (home / "sim.lock").open("w") as own:
        try:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingsError("device.sim.running", home=str(home)) from error
        centre.start()
        try:
            control = Control(centre, home, Plays(scenario.parent / "plays"))
            control.start()
            try:
                stop.wait()
            finally:
                control.stop()
        finally:
            centre.stop()


def main() -> int:
    """Run from the command line."""
    if len(sys.argv) not in (2, 3):
        sys.stderr.write("usage: python -m devices.simulators HOME [SCENARIO]\n")
        return 2
    scenario = Path(sys.argv[2]) if len(sys.argv) == 3 else _RESOURCES / "scenarios" / "practice-centre.toml"
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run_simulator(Path(sys.argv[1]), scenario, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
