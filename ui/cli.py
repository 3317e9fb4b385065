"""`onestop`: the commands, and the one place where the parts of each process are put together.

Qt is imported for the window only; station and simulator run without it. Everything else is imported by the
command that needs it, so that the first window waits for nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.errors import AppError

if TYPE_CHECKING:
    import subprocess

    from workstation.catalogue import Catalogue

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
PRACTICE, LIVE = "practice", "live"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when all went well, 1 for an expected error, 2 for wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        status: int = given.run(given)
    except AppError as error:
        words, language = catalogue(), _language(os.environ)
        print(words.text(error.code, language, error.values), file=sys.stderr)
        advice = words.advice(error.code, language, error.values)
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

    window = command(
        "run", _run, "the window; starts the station, and in practice mode the simulator, when absent"
    )
    window.add_argument(
        "--record-session",
        type=Path,
        metavar="FILE",
        help="practice only: write every act at the window to FILE",
    )
    command("wall", _wall, "the board for a hall: no names, nobody signs in; needs a station that runs")
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


def _log(given: argparse.Namespace) -> None:
    import logging

    logging.basicConfig(
        level=logging.INFO if given.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )


def _home(given: argparse.Namespace) -> Path:
    from workstation.storage.place import default_home

    home: Path = given.home or default_home(given.mode or PRACTICE)
    return home.absolute()


def catalogue() -> Catalogue:
    """The shipped catalogue."""
    from workstation.catalogue import Catalogue

    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


# ---------------------------------------------------------------- station and simulator


def _station(given: argparse.Namespace) -> int:
    from ui.beside import stop_on_signals, told_to_starter
    from ui.compose import build_station

    _log(given)
    home = _home(given)
    with told_to_starter(home, "station"):
        station = build_station(home, given.mode, RESOURCES)
        stop = stop_on_signals()
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
    from ui.beside import stop_on_signals, told_to_starter

    _log(given)
    home = _home(given)
    with told_to_starter(home, "sim"):
        run_simulator(home / "sim", RESOURCES / "scenarios" / "practice-centre.toml", stop_on_signals())
    return 0


# ---------------------------------------------------------------- the window


def _run(given: argparse.Namespace) -> int:
    if given.record_session and given.mode == LIVE:
        raise AppError("session.practice-only")
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
        from ui.beside import ensure_processes, mode_beside
        from workstation.settings import load

        _log(given)
        home = _home(given)
        mode = mode_beside(home, given.mode)
        if given.record_session and mode != PRACTICE:
            raise AppError("session.practice-only")

        def station_command() -> None:
            started[:] = [process for process in started if process.poll() is None]
            started.extend(ensure_processes(home, mode))

        station_command()
        return Ground(
            home=home,
            settings=load(home),
            catalogue=catalogue(),
            station_command=station_command,
            record_to=given.record_session and given.record_session.absolute(),
        )

    return run_window(prepare, RESOURCES, _home(given))


def _wall(given: argparse.Namespace) -> int:
    if not _settle_mode(given):
        return 0
    from ui.wall.program import run_wall

    _log(given)
    return run_wall(_home(given), catalogue(), RESOURCES)


def _settle_mode(given: argparse.Namespace) -> bool:
    """Know the mode: as told, as the only data there are, or as asked at the window. False: nobody chose."""
    if given.mode or given.home:
        return True
    from workstation.storage.place import FILE, default_home

    there = [mode for mode in (LIVE, PRACTICE) if (default_home(mode) / "store" / FILE).exists()]
    if len(there) == 1:
        given.mode = there[0]
        return True
    from PySide6.QtWidgets import QApplication

    from ui import prefs
    from ui.context import Words
    from ui.first_run import ask_mode

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    answer = ask_mode(application, Words(catalogue(), _language(os.environ)), RESOURCES)
    if answer is None:
        return False
    given.mode = answer.mode
    prefs.save(default_home(answer.mode), answer.prefs)
    return True


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

    _log(given)
    return run_shift(given.out.absolute(), RESOURCES, given.language)


def _screenshots(given: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.demo.pictures import take_pictures

    _log(given)
    return take_pictures(given.out.absolute(), RESOURCES)


# ---------------------------------------------------------------- verify


def _verify(given: argparse.Namespace) -> int:
    from ui.compose import verify_path

    _log(given)
    return verify_path(given.path or _home(given), catalogue())


if __name__ == "__main__":
    sys.exit(main())
