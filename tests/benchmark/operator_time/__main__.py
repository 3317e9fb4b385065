"""Operator time of one ordinary stay.

    python -m tests.benchmark.operator_time baseline [--variant NAME]
    python -m tests.benchmark.operator_time session EVENTS.jsonl
    python -m tests.benchmark.operator_time compare EVENTS.jsonl --coverage FACTS.json [--require 0.75]

Exit status: 0 good, 1 coverage incomplete, 2 input that cannot be used, 3 less saved than required.
"""

from __future__ import annotations

import argparse
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
    one = commands.add_parser("baseline", help="the twelve traditional links")
    one.add_argument("--variant", choices=VARIANTS, default=VARIANTS[0])
    commands.add_parser("session", help="a recorded session").add_argument("events", type=Path)
    both = commands.add_parser("compare", help="a recorded session against every variant")
    both.add_argument("events", type=Path)
    both.add_argument("--coverage", type=Path, required=True, help="facts of the final record")
    both.add_argument("--require", type=float, default=0.0, help="least share saved, such as 0.75")
    given = parser.parse_args()
    try:
        return _run(given)
    except (LogError, OSError, msgspec.MsgspecError) as error:
        parser.exit(2, f"operator_time: {error}\n")


def _run(given: argparse.Namespace) -> int:
    if given.command == "baseline":
        total, rows = baseline(given.variant)
        print(table(f"baseline {forms()['version']}, {given.variant}", [*rows, ("total", total)]))
        print()
        print("\n".join(row(name, baseline(name)[0]) for name in VARIANTS))
        return 0
    events = read_log(given.events)
    if given.command == "session":
        print(table("session", [("session", session(events))]))
        return 0
    record = msgspec.json.decode(given.coverage.read_bytes(), type=RecordFile).facts
    found = compare(events, record)
    print(told(found))
    if found.coverage.problems:
        return 1
    return 0 if found.meets(given.require) else 3


if __name__ == "__main__":
    raise SystemExit(main())
