"""Operator time of one ordinary stay.

    python -m tests.benchmark.operator_time [run] [--keep FOLDER] [--require 0.75]
    python -m tests.benchmark.operator_time baseline [--variant NAME]
    python -m tests.benchmark.operator_time session EVENTS.jsonl
    python -m tests.benchmark.operator_time compare EVENTS.jsonl --coverage FACTS.json [--require 0.75]

Without a command, or with `run`, the whole stay is played at real windows (about a minute) and compared.

Exit status: 0 good, 1 coverage incomplete, 2 input that cannot be used, 3 less saved than required.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.benchmark.operator_time.coverage import Known
from tests.benchmark.operator_time.log import LogError, read_log
from tests.benchmark.operator_time.report import compare, row, session, table, told
from tests.benchmark.operator_time.twelve import VARIANTS, baseline, forms


class RecordFile(msgspec.Struct, frozen=True):
    """The facts of a final record, as they are kept beside a result."""

    facts: dict[str, Known]


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="operator_time", description="Keystroke-level model of one stay")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="play the ordinary stay and compare it")
    run.add_argument(
        "--keep", type=Path, help="an empty folder for log and record; else they are thrown away"
    )
    run.add_argument("--require", type=float, default=0.0, help="least share saved, such as 0.75")
    one = commands.add_parser("baseline", help="the twelve traditional links")
    one.add_argument("--variant", choices=VARIANTS, default=VARIANTS[0])
    commands.add_parser("session", help="a recorded session").add_argument("events", type=Path)
    both = commands.add_parser("compare", help="a recorded session against every variant")
    both.add_argument("events", type=Path)
    both.add_argument("--coverage", type=Path, required=True, help="facts of the final record")
    both.add_argument("--require", type=float, default=0.0, help="least share saved, such as 0.75")
    given = parser.parse_args(sys.argv[1:] or ["run"])
    try:
        return _run(given)
    except (LogError, OSError, msgspec.MsgspecError) as error:
        parser.exit(2, f"operator_time: {error}\n")


def _run(given: argparse.Namespace) -> int:
    if given.command == "run":
        if given.keep is not None:
            given.keep.mkdir(parents=True, exist_ok=True)
            return _played(given.keep, given.require)
        with tempfile.TemporaryDirectory() as folder:
            return _played(Path(folder), given.require)
    if given.command == "baseline":
        total, rows = baseline(given.variant)
        print(table(f"baseline {forms()['version']}, {given.variant}", [*rows, ("total", total)]))
        print()
        print("\n".join(row(name, baseline(name)[0]) for name in VARIANTS))
        return 0
    if given.command == "session":
        print(table("session", [("session", session(read_log(given.events)))]))
        return 0
    return _compared(given.events, given.coverage, given.require)


def _played(folder: Path, least: float) -> int:
    """Play the stay with its log and record in `folder`."""
    from PySide6.QtWidgets import QApplication

    from tests.benchmark.operator_time.run import LOG, RECORD, play

    application = QApplication.instance()
    play(application if isinstance(application, QApplication) else QApplication([]), folder)
    return _compared(folder / LOG, folder / RECORD, least)


def _compared(log: Path, coverage: Path, least: float) -> int:
    record = msgspec.json.decode(coverage.read_bytes(), type=RecordFile).facts
    found = compare(read_log(log), record)
    print(told(found))
    if found.coverage.problems:
        return 1
    return 0 if found.meets(least) else 3


if __name__ == "__main__":
    raise SystemExit(main())
