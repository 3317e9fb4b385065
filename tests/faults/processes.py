"""Processes of the program as they really run, ended by their ids; and what they were doing when they were killed."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.station_kit import CHEAP, RESOURCES, ROOT, until
from ui.beside import station_answers
from ui.compose import build_station
from workstation.errors import AppError
from workstation.station import messages as m
from workstation.station.client import Lane

START_S = 40.0
# The byte of the -shm file that the writer of a WAL store locks (SQLite, file format, section 2.2.2: 120 is
# WAL_WRITE_LOCK) and struct flock of Linux on 64 bits.
WRITE_LOCK = 120
FLOCK = "hhqqi4x"


def new_home(home: Path, mode: str = "practice") -> Path:
    """A data folder with its store, made at this moment, so that its newest entry is not ahead of the clock."""
    build_station(home, mode, RESOURCES, cost=CHEAP, rack=False).stop()
    return home


class Running:
    """One process of the program with its output in `<home>/run/<what>.out`."""

    def __init__(self, home: Path, what: str, *arguments: str, environment: Mapping[str, str] = {}) -> None:
        (home / "run").mkdir(parents=True, exist_ok=True)
        self.home, self.what = home, what
        self.log = home / "run" / f"{what}.out"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ui", what, *arguments, "--home", str(home)],
                cwd=ROOT,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def ready(self, condition: Callable[[], object]) -> None:
        """Wait for a condition that this process brings about; fails with its output when it ends before."""

        def met() -> object:
            assert self.alive(), self.log.read_text("utf-8", "replace")
            return condition()

        until(met, f"{self.what} ready", START_S)

    def kill(self) -> None:
        """SIGKILL, and wait for the end."""
        self.process.kill()
        self.process.wait()

    def kill_in_the_act(self) -> bool:
        """Stop it where it is, see whether it holds the write lock of the store, and SIGKILL it there."""
        self.process.send_signal(signal.SIGSTOP)
        state = Path(f"/proc/{self.pid}/stat")
        until(lambda: state.read_text("utf-8", "replace").rpartition(")")[2].split()[0] in "TZ", "the stop")
        inside = writing(self.home, self.pid)
        self.kill()
        return inside

    def end(self) -> int:
        """Ask it to end, and kill it when it does not; its exit status."""
        if self.alive():
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()


def writing(home: Path, pid: int) -> bool:
    """Whether the process `pid` holds the write lock of the store of `home` now."""
    shared = home / "store" / "store.db-shm"
    if not shared.exists():
        return False
    with shared.open("r+b") as file:
        asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, WRITE_LOCK, 1, 0)
        kind, _, _, _, owner = struct.unpack(FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))
    return bool(kind != fcntl.F_UNLCK and owner == pid)


def start_station(home: Path, mode: str = "practice", **environment: str) -> Running:
    """A station that answers."""
    station = Running(home, "station", f"--{mode}", environment=environment)
    station.ready(lambda: station_answers(home))
    return station


def signed_in(home: Path, number: str, secret: str) -> Lane:
    """A lane of its own, signed in."""
    lane = Lane(home)
    lane.ask(m.SignIn(number=number, secret=secret))
    return lane


def asked(lane: Lane, message: object) -> object:
    """The reply, or the AppError that came instead."""
    try:
        reply: object = lane.ask(message)
    except AppError as error:
        return error
    return reply
