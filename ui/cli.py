"""`onestop`: the commands, and the one place where the parts of each process are put together.

Qt is imported for the window only; station and simulator run without it.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from workstation.catalogue import Catalogue
from workstation.errors import AppError, LinkError, StoreError
from workstation.settings import default_home, load

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
PRACTICE, LIVE = "practice", "live"
START_WAIT_S = 20.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when all went well, 1 for an expected error, 2 for wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO if given.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    try:
        status: int = given.run(given)
    except AppError as error:
        catalogue = Catalogue.load(RESOURCES / "i18n" / "catalogue")
        language = _language(os.environ)
        print(catalogue.text(error.code, language, error.values), file=sys.stderr)
        advice = catalogue.advice(error.code, language, error.values)
        if advice:
            print(advice, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _language(environment: Mapping[str, str]) -> str:
    """zh or en, by the variables that say it (POSIX, 8.2), the strongest first."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "zh" if said.startswith("zh") else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onestop", description="一站式执法办案管理中心工作站")
    parser.add_argument("--verbose", action="store_true", help="log what is going on")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(run=run)
        one.add_argument(
            "--home", type=Path, help="data folder (default: by mode, in the user's data folder)"
        )
        mode = one.add_mutually_exclusive_group()
        mode.add_argument("--practice", dest="mode", action="store_const", const=PRACTICE)
        mode.add_argument("--live", dest="mode", action="store_const", const=LIVE)
        return one

    command("run", _run, "the window; starts the station, and in practice mode the simulator, when absent")
    command("station", _station, "the station without a screen: store, device lines, followers")
    command("sim", _sim, "the simulated world behind real wires (practice)")
    demo = command("demo", _demo, "the demonstration shift: one whole stay at the real window, unattended")
    demo.add_argument("--out", type=Path, default=Path("out"), help="folder for pictures, papers and log")
    demo.add_argument("--language", choices=("zh", "en"), default="zh")
    shots = command("screenshots", _screenshots, "pictures of every screen")
    shots.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    command("verify", _verify, "check the whole record of a data folder, or an exported log").add_argument(
        "path", nargs="?", type=Path, help="folder of an exported log (default: the store of the data folder)"
    )
    return parser


def _home(given: argparse.Namespace) -> Path:
    home: Path = given.home or default_home(given.mode or PRACTICE)
    return home.absolute()


def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


# ---------------------------------------------------------------- station and simulator


def _station(given: argparse.Namespace) -> int:
    from ui.compose import build_station

    home = _home(given)
    with _told_to_starter(home, "station"):
        station = build_station(home, given.mode, RESOURCES)
        stop = _stop_on_signals()
        try:
            station.start()
            print(f"station {os.getpid()} {home}", flush=True)
            while not stop.wait(0.2) and not station.quit_asked.is_set():
                pass
        finally:
            station.stop()
    return 0


def _sim(given: argparse.Namespace) -> int:
    from devices.bench import run_simulator

    home = _home(given)
    with _told_to_starter(home, "sim"):
        run_simulator(home / "sim", RESOURCES / "scenarios" / "practice-centre.toml", _stop_on_signals())
    return 0


def _stop_on_signals() -> threading.Event:
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
def _told_to_starter(home: Path, what: str) -> Iterator[None]:
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
    from workstation.station.client import Lane

    lane = Lane(home)
    try:
        lane.greet()
    except AppError:
        return False
    finally:
        lane.close()
    return True


def ensure_processes(home: Path, mode: str) -> list[subprocess.Popen[bytes]]:
    """Start simulator (practice only) and station where they do not run yet; gives what was started.

    Who calls keeps that for as long as they live, so that one which ends is not left half dead.
    """
    started: list[subprocess.Popen[bytes]] = []
    simulator: subprocess.Popen[bytes] | None = None
    if mode == PRACTICE:
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


# ---------------------------------------------------------------- the window


def _run(given: argparse.Namespace) -> int:
    if not has_display():
        print("没有显示器：改为运行演示班次。 No display: running the demonstration shift.", flush=True)
        given.out, given.language = Path("out"), "zh"
        return _demo(given)
    if not _settle_mode(given):
        return 0
    from ui.app import Ground, run_window

    started: list[subprocess.Popen[bytes]] = []

    def prepare() -> Ground:
        """After the first window is painted: the processes beside it, and what the window is to know."""
        from ui.compose import mode_of

        home = _home(given)
        mode = mode_of(home, given.mode)

        def station_command() -> None:
            started[:] = [process for process in started if process.poll() is None]
            started.extend(ensure_processes(home, mode))

        station_command()
        return Ground(home=home, settings=load(home), catalogue=catalogue(), station_command=station_command)

    return run_window(prepare, RESOURCES)


def _settle_mode(given: argparse.Namespace) -> bool:
    """Know the mode: as told, as the only data there are, or as asked at the window. False: nobody chose."""
    if given.mode or given.home:
        return True
    from workstation.storage.store import FILE

    there = [mode for mode in (LIVE, PRACTICE) if (default_home(mode) / "store" / FILE).exists()]
    if len(there) == 1:
        given.mode = there[0]
        return True
    from PySide6.QtWidgets import QApplication

    from ui.context import Words
    from ui.first_run import ask_mode

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    given.mode = ask_mode(application, Words(catalogue(), _language(os.environ)), RESOURCES) or None
    return given.mode is not None


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen to open a window on."""
    return bool(
        environment.get("DISPLAY")
        or environment.get("WAYLAND_DISPLAY")
        or environment.get("QT_QPA_PLATFORM")
        or sys.platform in ("win32", "darwin")
    )


def _demo(given: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.demo.shift import run_shift

    return run_shift(given.out.absolute(), RESOURCES, given.language)


def _screenshots(given: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.demo.pictures import take_pictures

    return take_pictures(given.out.absolute(), RESOURCES)


# ---------------------------------------------------------------- verify


def _verify(given: argparse.Namespace) -> int:
    from ui.compose import verify_path

    return verify_path(given.path or _home(given), catalogue())


if __name__ == "__main__":
    sys.exit(main())
