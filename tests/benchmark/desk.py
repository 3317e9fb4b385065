"""P1: durable commands of the Desk against the frozen append reference, in turn, on the same disk.

    python -m tests.benchmark.desk [ROUNDS] [N] [FOLDER]

One command of ours is judged by the gate table on the state at the head, prepared, written with its body, head,
first result and decision tables, committed with synchronous=FULL, and taken into the state. The reference writes
one row of 318 bytes.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmark.append_reference import run as run_reference
from tests.desk_kit import DeskKit, make_desk_template, person
from workstation.custody import commands as c
from workstation.custody.values import Care, CareOutcome
from workstation.services import practice as p
from workstation.services.desk import SavedAs


def run_desk(folder: Path, count: int) -> tuple[float, float, float]:
    """Submit `count` commands; (commands per second, median seconds, p99 seconds)."""
    place = Path(tempfile.mkdtemp(dir=folder))
    kit = DeskKit(make_desk_template(place / "store"))
    try:
        stays = []
        for number in (0, 2, 5, 6, 8):
            script = p.Script(800 + number, person(number), kit.clock.now(), band=f"band-{number}")
            script.intake()
            kit.play(script)
            stays.append(script.stay)
        took: list[float] = []
        began = time.perf_counter()
        for number in range(count):
            stay = stays[number % len(stays)]
            command = c.OfferCare(stay=stay, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail="")
            start = time.perf_counter()
            answer = kit.submit(p.WU.actor(), command, position=kit.desk.known_size())
            took.append(time.perf_counter() - start)
            assert isinstance(answer, SavedAs)
        rate = count / (time.perf_counter() - began)
    finally:
        kit.close()
    took.sort()
    return rate, statistics.median(took), took[int(len(took) * 0.99)]


def main(arguments: list[str]) -> int:
    """Run the rounds and print the table."""
    rounds = int(arguments[0]) if arguments else 5
    count = int(arguments[1]) if len(arguments) > 1 else 2000
    folder = Path(arguments[2] if len(arguments) > 2 else tempfile.mkdtemp(dir="."))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()} · {folder}")
    print("round  reference/s  desk/s  ratio   desk median ms  p99 ms")
    ratios = []
    for number in range(1, rounds + 1):
        reference, _, _ = run_reference(str(folder), count)
        ours, median, p99 = run_desk(folder, count)
        ratios.append(ours / reference)
        print(
            f"{number:5d}  {reference:11.0f}  {ours:6.0f}  {ratios[-1]:5.2f}   {median * 1e3:14.2f}  {p99 * 1e3:6.2f}"
        )
    print(f"median ratio {statistics.median(ratios):.2f} (aim 0.60, at least 0.40)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
