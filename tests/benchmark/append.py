"""Durable appends of the record against the frozen reference, in turn, on the same disk.

    python -m tests.benchmark.append [ROUNDS] [N] [FOLDER]

One append of ours: prepare (canonical bytes, salts, seals), take the lock, look for the command's first result,
read a stay and a bag as gates do, write entry, body, result and head, commit with synchronous=FULL.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

from tests.benchmark.append_reference import run as run_reference
from workstation.clock import BootClock
from workstation.ledger.entry import ActorKind
from workstation.storage.prepared import NewEntry
from workstation.storage.store import Store

ENTRY = NewEntry(
    stay="0198d2b2-7a10-7c33-9a01-8f3e5b1c2d4e",
    kind="bag-stored/1",
    actor="990001",
    actor_kind=ActorKind.STAFF,
    workstation="w-1",
    happened_at_ms=1_795_000_000_000,
    sections={
        "facts": {"bag": "B-1", "cell": "L-07", "grams": 1250, "seal": "S-1201", "tag": "E2801160600002"},
        "who": {"custodian": "990002"},
    },
)


def run_ours(folder: Path, count: int) -> tuple[float, float, float]:
    """Append `count` entries; (entries per second, median seconds, p99 seconds)."""
    place = folder / f"ours-{uuid.uuid4().hex}"
    store = Store.create(
        place, BootClock(), centre="c-1", mode="practice", workstation="w-1", catalogue_hash="ab" * 32
    )
    try:
        record = store.record
        took: list[float] = []
        began = time.perf_counter()
        for _ in range(count):
            start = time.perf_counter()
            command = str(uuid.uuid4())
            prepared = record.prepare(command, [ENTRY])
            with record.transaction() as tx:
                tx.first_result(command)
                tx.decision.stay(ENTRY.stay)
                tx.decision.bag("B-1")
                tx.append(prepared, b'{"saved":true}')
            took.append(time.perf_counter() - start)
        rate = count / (time.perf_counter() - began)
    finally:
        store.close()
    took.sort()
    return rate, statistics.median(took), took[int(len(took) * 0.99)]


def run_fsync(folder: Path, count: int) -> float:
    """p99 seconds of writing one page to the end of a file and syncing it."""
    took: list[float] = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(count):
            start = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - start)
    took.sort()
    return took[int(len(took) * 0.99)]


def main(arguments: list[str]) -> None:
    """Print the table."""
    rounds = int(arguments[0]) if arguments else 7
    count = int(arguments[1]) if len(arguments) > 1 else 1500
    where = arguments[2] if len(arguments) > 2 else None
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, n={count}")
    print("round   ours/s  median ms  p99 ms   reference/s  median ms  p99 ms   ratio  p99/fsync")
    ratios, medians, tails = [], [], []
    with tempfile.TemporaryDirectory(dir=where) as folder:
        for number in range(1, rounds + 1):
            ours = run_ours(Path(folder), count)
            reference = run_reference(folder, count)
            fsync = run_fsync(Path(folder), count)
            ratios.append(ours[0] / reference[0])
            medians.append(reference[1] / ours[1])
            tails.append(ours[2] / fsync)
            print(
                f"{number:5}  {ours[0]:7.0f}  {ours[1] * 1e3:9.3f}  {ours[2] * 1e3:6.2f}   "
                f"{reference[0]:11.0f}  {reference[1] * 1e3:9.3f}  {reference[2] * 1e3:6.2f}   "
                f"{ratios[-1]:5.2f}  {tails[-1]:9.2f}"
            )
    print(
        f"median of {rounds} rounds: rate ratio {statistics.median(ratios):.2f} (aim 0.60), "
        f"ratio of median latencies {statistics.median(medians):.2f}, "
        f"p99 over p99 of fsync {statistics.median(tails):.1f} (aim 3)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
