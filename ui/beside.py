"""The processes beside this one: how they are started, and how their trouble comes back to who started them."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workstation.errors import AppError, LinkError, StoreError
from workstation.storage.place import FILE

if TYPE_CHECKING:
    from workstation.station.messages import Welcome

START_WAIT_S = 20.0


def mode_of(home: Path, asked: str | None) -> str:
    """practice or live: what the store in `home` is, else what was asked for, else practice."""
    return _agreed(_mode_of_store(home), asked)


def mode_beside(home: Path, asked: str | None) -> str:
    """The same, asked of the station where one runs: what opens a store is not imported for that."""
    welcome = station_welcome(home)
    return mode_of(home, asked) if welcome is None else _agreed(welcome.mode, asked)


def _agreed(mode: str, asked: str | None) -> str:
    if mode and asked and asked != mode:
        raise StoreError("store.other-mode", mode=mode, asked=asked)
    return mode or asked or "practice"


def _mode_of_store(home: Path) -> str:
    if not (home / "store" / FILE).exists():
        return ""
    from workstation.storage.keys import KeyStore  # brings all that opens a store

    keys = KeyStore.open(home / "store" / "keys")
    keys.close()
    return keys.mode


def stop_on_signals() -> threading.Event:
    """An event that is set when this process is asked to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def start_beside(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start another process of the program that goes on when this one ends; its output goes to a log file."""
    try:
        (home / "run").mkdir(parents=True, exist_ok=True)
        _problem_of(home, arguments[0]).unlink(missing_ok=True)
        log = (home / "run" / f"{arguments[0]}.log").open("ab")
    except OSError as error:
        raise StoreError("station.home", home=str(home), reason=str(error.strerror)) from error
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", "ui", *arguments, "--home", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


class _Problem(msgspec.Struct, frozen=True):
    """Why a process could not start, for the one that started it."""

    code: str
    values: dict[str, str | int]


def _problem_of(home: Path, what: str) -> Path:
    return home / "run" / f"{what}.problem"


@contextlib.contextmanager
def told_to_starter(home: Path, what: str) -> Iterator[None]:
    """Leave an expected error of this process where `wait_started` looks for it, and raise it all the same."""
    try:
        yield
    except AppError as error:
        with contextlib.suppress(OSError):  # where nothing can be written, stderr has it
            _problem_of(home, what).write_bytes(msgspec.json.encode(_Problem(error.code, error.values)))
        raise


def wait_started(process: subprocess.Popen[bytes], home: Path, what: str, ready: Callable[[], bool]) -> None:
    """Wait until a process just started is ready; raises its own AppError when it ended with one.

    One that ended because another of its kind was faster is no trouble: the other one is waited for.
    """

    def settled() -> bool:
        if ready():
            return True
        if process.poll() is None:
            return False
        try:
            told = msgspec.json.decode(_problem_of(home, what).read_bytes(), type=_Problem)
        except (OSError, msgspec.DecodeError) as error:
            raise LinkError("link.not-started", what=what) from error
        if told.code in ("station.other-running", "device.sim.running"):
            return False
        raise AppError(told.code, **told.values)

    wait_until(settled, what)


def wait_until(ready: Callable[[], bool], what: str, seconds: float = START_WAIT_S) -> None:
    """Wait for another process; raises LinkError when it does not get ready in time."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if ready():
            return
        pause.wait(0.05)
    raise LinkError("link.not-started", what=what)


def station_answers(home: Path) -> bool:
    """Whether a station serves this data folder."""
    return station_welcome(home) is not None


def station_welcome(home: Path) -> Welcome | None:
    """What the station of this data folder says of itself; None where none answers."""
    from workstation.station.client import Lane

    lane = Lane(home)
    try:
        return lane.greet()
    except AppError:
        return None
    finally:
        lane.close()


def ensure_processes(home: Path, mode: str) -> list[subprocess.Popen[bytes]]:
    """Start simulator (practice only) and station where they do not run yet; gives what was started.

    Who calls keeps that for as long as they live, so that one which ends is not left half dead.
    """
    started: list[subprocess.Popen[bytes]] = []
    simulator: subprocess.Popen[bytes] | None = None
    if mode == "practice":
        from devices.practice import PracticeWorld

        world = PracticeWorld(home / "sim")
        if not world.running():
            simulator = start_beside(home, "sim", "--practice")
            started.append(simulator)
            wait_started(simulator, home, "sim", world.running)
    if not station_answers(home):
        station = start_beside(home, "station", f"--{mode}")
        started.append(station)
        try:
            wait_started(station, home, "station", lambda: station_answers(home))
        except AppError:
            if simulator is not None:
                simulator.terminate()  # a world without a centre: it was started for this station only
            raise
    return started
