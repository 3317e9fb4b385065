"""The device bench: conformance runs that prove an adapter against whatever hangs on a port, and the
simulator.

A run gives one row per check and never raises for what the device does. Checks that move something (a lock)
run only when asked for. On a live rack such a run is for a technician, with the doors emptied.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from devices.card_reader import CardReaderSam
from devices.locks import LockBank8A
from devices.rack import Adapter
from devices.scale import ScaleSics
from devices.scanner import ScannerLine
from devices.tags import TagReaderBB7E
from workstation.errors import DeviceError
from workstation.readings import Door


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check of a run. `detail`: technical text without personal data."""

    name: str
    ok: bool
    detail: str


SCAN_S = 10.0  # within which somebody has to scan


def conformance(adapter: Adapter, *, move: bool = False, rounds: int = 5) -> list[Check]:
    """Prove an adapter; `move` allows one lock to be pulsed, `rounds` is how often reads are repeated."""
    if isinstance(adapter, LockBank8A):
        return list(_locks(adapter, move=move, rounds=rounds))
    if isinstance(adapter, TagReaderBB7E):
        return [_run("inventory", lambda: f"{len(adapter.present(rounds=rounds))} tags")]
    if isinstance(adapter, ScaleSics):
        return list(_scale(adapter, rounds))
    if isinstance(adapter, CardReaderSam):
        return [_run("find, select and read", lambda: "no card" if adapter.read() is None else "card read")]
    if isinstance(adapter, ScannerLine):
        return [_run("a scan", lambda: _scanned(adapter))]
    return [_run("picture", lambda: _picture(adapter.still()))]


def run_simulator(home: Path, scenario: Path, stop: threading.Event) -> None:
    """Serve the simulated centre below `home` until `stop`; see
    `devices.simulators.__main__.run_simulator`."""
    from devices.simulators.__main__ import run_simulator as run

    run(home, scenario, stop)


def _locks(bank: LockBank8A, *, move: bool, rounds: int) -> Iterator[Check]:
    yield _run("read all doors", lambda: f"{len(bank.read_all())} of {bank.doors} doors")
    yield _run("echo", lambda: "the line echoes" if bank.echo else "no echo")
    yield _run("single reads agree with read-all", lambda: _agree(bank))
    yield _run(f"{rounds} rounds alike", lambda: _alike([dict(bank.read_all()) for _ in range(rounds)]))
    if move:
        yield _run("open the last door", lambda: _opened(bank))


def _scale(scale: ScaleSics, rounds: int) -> Iterator[Check]:
    yield _run("stable weight", lambda: _stable(scale))
    yield _run(f"{rounds} weights alike", lambda: _alike([scale.weigh().grams for _ in range(rounds)]))


def _run(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name=name, ok=True, detail=check())
    except DeviceError as error:
        return Check(name=name, ok=False, detail=error.code)


def _failed(reason: str) -> DeviceError:
    return DeviceError("device.bench.failed", reason=reason)


def _agree(bank: LockBank8A) -> str:
    together = bank.read_all()
    for door in range(1, bank.doors + 1):
        if bank.read_door(door) is not together[door]:
            raise _failed(f"door {door}")
    return f"{bank.doors} doors"


def _alike(values: list[object]) -> str:
    if any(value != values[0] for value in values):
        raise _failed("readings differ")
    return f"{len(values)} rounds"


def _opened(bank: LockBank8A) -> str:
    state = bank.open_door(bank.doors)
    if state is not Door.OPEN:
        raise _failed(f"door {bank.doors} stayed {state}")
    return f"door {bank.doors}"


def _stable(scale: ScaleSics) -> str:
    weight = scale.weigh()
    if not weight.stable:
        raise _failed("no stable weight")
    return weight.raw


def _scanned(scanner: ScannerLine) -> str:
    seen = scanner.scan(timeout_s=SCAN_S)
    if seen is None:
        raise _failed("nothing was scanned")
    return f"{len(seen.text)} characters {seen.symbology}".rstrip()


def _picture(still: object) -> str:
    width, height = getattr(still, "width", 0), getattr(still, "height", 0)
    return f"{width} x {height}"
