"""What is acknowledged is saved, whatever happens to the process or the disk."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.store_child import append
from workstation.clock import SteppedClock
from workstation.errors import StoreError
from workstation.storage.database import driver
from workstation.storage.place import FILE
from workstation.storage.store import Store
from workstation.storage.verify import verify_open

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
CATALOGUE = "ab" * 32
CLOCK = SteppedClock(datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    Store.create(
        folder, CLOCK, centre="c-1", mode="practice", workstation="w-1", catalogue_hash=CATALOGUE
    ).close()
    return folder


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.store_child", str(folder), *words]


def check(folder: Path, acknowledged: list[str]) -> int:
    """Every acknowledged command is there once, with its result, and the record is sound; its size."""
    store = Store.open(folder, CLOCK, catalogue_hash=CATALOGUE)
    try:
        assert verify_open(store).faults == []
        entries = store.record.entries(stay="s-1")
        stored = [entry.header.command for entry in entries if entry.header.n == 1]
        assert len(set(stored)) == len(stored)
        assert set(acknowledged) <= set(stored)
        assert len(entries) == 2 * len(stored), "a command is saved whole or not at all"
        assert store.record.head().numbers.get("paper", 0) == len(stored)
        with store.record.transaction() as tx:
            assert all(tx.first_result(one) == one.encode() for one in acknowledged)
        append(store)
        return len(stored)
    finally:
        store.close()


def kill_once(folder: Path, after: int) -> tuple[list[str], bool]:
    """Kill an appending process after it has said `after` lines.

    Returns the commands it acknowledged, and whether it was killed with a transaction open.
    """
    with subprocess.Popen(command(folder, "append"), cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(after)]
        child.kill()
        lines += child.stdout.readlines()
    assert child.returncode == -9
    said = [line.split() for line in lines if line.endswith("\n")]
    return [words[1] for words in said if words[0] == "saved"], said[-1][0] == "inside"


def test_a_killed_process_loses_nothing_it_acknowledged(folder: Path) -> None:
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    for _ in range(4):
        acknowledged += kill_once(folder, chance.randrange(1, 300))[0]
    check(folder, acknowledged)


@pytest.mark.long
def test_two_hundred_kills(folder: Path) -> None:
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    inside = 0
    for _ in range(200):
        told, open_then = kill_once(folder, chance.randrange(1, 60))
        acknowledged += told
        inside += open_then
    stored = check(folder, acknowledged)
    print(
        f"200 kills, {inside} inside a transaction: {len(acknowledged)} acknowledged, {stored} stored, 0 lost"
    )
    assert inside >= 20


def test_a_copy_taken_at_any_moment_is_a_whole_record(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder, CLOCK, catalogue_hash=CATALOGUE)
    acknowledged: list[str] = []
    try:
        for number in range(6):
            acknowledged.append(append(store))
            copy = Path(shutil.copytree(folder, tmp_path / f"copy-{number}"))
            assert check(copy, acknowledged) == number + 1
    finally:
        store.close()


def test_a_log_cut_short_keeps_what_is_before_the_cut(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder, CLOCK, catalogue_hash=CATALOGUE)
    try:
        for _ in range(3):
            append(store)
        copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    finally:
        store.close()
    log = copy / (FILE + "-wal")
    whole = log.read_bytes()
    for cut in range(0, len(whole), 3001):
        place = Path(shutil.copytree(copy, tmp_path / f"cut-{cut}"))
        (place / log.name).write_bytes(whole[:cut])
        (place / (FILE + "-shm")).unlink()
        assert 0 <= check(place, []) <= 3


def test_a_bounded_file_is_told_and_loses_nothing(folder: Path) -> None:
    done = subprocess.run(
        command(folder, "limited"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    refused = [line[1] for line in lines if line[0] == "refused"]
    assert len(refused) >= 10
    assert set(refused) <= {"store.full", "store.io"}
    assert sum(line[0] == "again" for line in lines) == 59, "it goes on by itself when there is room"
    check(folder, [line[1] for line in lines if line[0] != "refused"])


def test_a_full_store_is_told_and_loses_nothing(folder: Path) -> None:
    store = Store.open(folder, CLOCK, catalogue_hash=CATALOGUE)
    try:
        acknowledged = [append(store)]
        with store.database.appending() as connection:
            pages = driver(connection).execute("PRAGMA page_count").fetchone()[0]
            driver(connection).execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError) as caught:
            append(store, 20_000)
        assert caught.value.code == "store.full"
        acknowledged.append(append(store, 20_000))
    finally:
        store.close()
    check(folder, acknowledged)


@pytest.mark.parametrize("frozen", ["folder", "file"])
def test_a_read_only_place_is_refused_and_left_as_it_is(folder: Path, frozen: str) -> None:
    paths = [folder, folder / FILE] if frozen == "folder" else [folder / FILE]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    # The superuser may write anywhere: give that right up, as the station of a real centre never has it.
    drop = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    try:
        done = subprocess.run(
            [*(drop if os.geteuid() == 0 else []), *command(folder, "open")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    finally:
        for path in paths:
            path.chmod(modes[path])
    assert done.stdout.split() in (["refused", "store.read-only"], ["refused", "store.cannot-open"])
    check(folder, [])
