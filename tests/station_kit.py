"""A real station for tests: the practice store, made once and copied; the simulated centre on real wires.

`StationKit` starts the station in this process (its threads are the real ones) and talks to it over its socket, as
a window does. Its clock stands still until a test moves it.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from devices.bench import run_simulator
from devices.practice import PracticeWorld
from ui.compose import build_station
from workstation.accounts.credentials import Cost
from workstation.clock import SteppedClock
from workstation.custody import commands as c
from workstation.ids import command_id
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m
from workstation.station.client import Lane

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
DEADLINE_S = 20.0


def until(condition: Any, what: str = "the condition", seconds: float = DEADLINE_S) -> Any:
    """Wait until `condition()` is true and return its value; fails with what was waited for."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        value = condition()
        if value:
            return value
        pause.wait(0.01)
    raise AssertionError(f"{what} did not come about within {seconds} s")


def make_template(folder: Path) -> Path:
    """A practice home with its seeded store, to be copied; made at `NOW`."""
    station = build_station(folder, "practice", RESOURCES, clock=SteppedClock(NOW), cost=CHEAP, rack=False)
    station.stop()
    return folder


@contextmanager
def simulator(
    home: Path, scenario: Path = RESOURCES / "scenarios" / "practice-centre.toml"
) -> Iterator[PracticeWorld]:
    """The simulated centre of `scenario` below `home/sim`, on real ptys and sockets."""
    stop = threading.Event()
    thread = threading.Thread(
        target=run_simulator, args=(home / "sim", scenario, stop), name="simulator", daemon=True
    )
    thread.start()
    world = PracticeWorld(home / "sim")
    try:
        until(world.running, "the simulator")
        yield world
    finally:
        stop.set()
        thread.join(timeout=10)


class StationKit:
    """A running station, its clock, its simulated world (when devices were asked for) and lanes to it."""

    def __init__(self, home: Path, *, world: PracticeWorld | None = None, start: datetime = NOW) -> None:
        self.home = home
        self.world = world
        self.clock = SteppedClock(start)
        self.station = build_station(
            home, None, RESOURCES, clock=self.clock, cost=CHEAP, rack=world is not None
        )
        self._lanes: list[Lane] = []
        self.station.start()

    def stop(self) -> None:
        """Close every lane and the station."""
        for lane in self._lanes:
            lane.close()
        self.station.stop()

    def advance(self, **step: float) -> None:
        """Move virtual time forward, as `timedelta(**step)`."""
        self.clock.advance(timedelta(**step))

    def lane(self, number: str = "") -> Lane:
        """A lane to the station, signed in as the practice colleague with this number when one is given."""
        lane = Lane(self.home)
        self._lanes.append(lane)
        if number:
            lane.ask(m.SignIn(number=number, secret=PRACTICE_SECRET))
        return lane

    def submit(
        self,
        lane: Lane,
        command: c.Command | c.CentreCommand,
        *,
        seconds: tuple[str, ...] = (),
        report: bool = False,
        overrides: tuple[c.Override, ...] = (),
        happened_at: datetime | None = None,
    ) -> Any:
        """Submit over the socket; `seconds`: numbers of colleagues who lay their card for this command."""
        envelope = c.Envelope(
            id=command_id(),
            position=self.station.desk.house().seq,
            report=report,
            command=command,
            overrides=overrides,
            happened_at=happened_at,
        )
        data = msgspec.json.encode(envelope)
        tokens = tuple(
            lane.ask(m.Approve(envelope=data, number="", secret="", card=f"STAFF-{number}")).token
            for number in seconds
        )
        return lane.submit(msgspec.structs.replace(envelope, approvals=tokens))


def copy_of(template: Path, home: Path) -> Path:
    """A home of its own for one test."""
    shutil.copytree(template, home, symlinks=True)
    return home
