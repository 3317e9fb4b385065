"""The watchdog finds what holds the GUI thread, and accuses nobody else."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib import import_module, util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.watchdog import APART, ROOT, TRANSPARENT, WHOLE, Watchdog

LONGEST_S = 0.05
CALLS = """
import hashlib
import time

def stuck(rounds):
    hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", rounds)

def burn(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(100))

def called_by_c(_):
    burn(0.001)

def deep(seconds):
    burn(seconds)

def in_turn(calls):
    for call in calls:
        call()

def now_and_then(times):
    for seconds in times:
        burn(seconds)
        yield
"""


@pytest.fixture
def slots(tmp_path: Path) -> ModuleType:
    """A module of "the program" with calls that take processor time."""
    path = tmp_path / "program" / "slots.py"
    path.parent.mkdir()
    path.write_text(CALLS)
    spec = util.spec_from_file_location("slots", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dog(slots: ModuleType) -> Iterator[Watchdog]:
    """A watchdog of that program."""
    ours = (str(Path(str(slots.__file__)).parent) + "/",)
    dog = Watchdog(LONGEST_S, ours=ours, counted=ours, slower=lambda: 1.0)
    dog.start()
    yield dog
    dog.stop()


def burn(seconds: float) -> None:
    """Processor time of the test, which is not the program."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(100))


def test_a_slot_that_burns_is_found_with_its_stack(
    qapp: QApplication, qtbot: QtBot, dog: Watchdog, slots: ModuleType
) -> None:
    done: list[None] = []
    QTimer.singleShot(0, lambda: slots.deep(4 * LONGEST_S) or done.append(None))
    qtbot.waitUntil(lambda: bool(done))
    (held,) = dog.held()
    assert held.call.endswith("slots.py:deep")
    assert LONGEST_S < held.seconds < 40 * LONGEST_S
    assert "in burn" in held.stack()
    assert dog.held() == []


@pytest.mark.parametrize("listed", [*TRANSPARENT, *APART, *WHOLE])
def test_what_is_listed_is_there(listed: str) -> None:
    path, _, name = listed.partition(":")
    assert (ROOT / path).exists()
    if name:
        found: object = import_module(path.removesuffix(".py").replace("/", "."))
        for part in name.split("."):
            found = getattr(found, part)
        assert callable(found)


def test_a_slot_that_waits_is_not(dog: Watchdog, slots: ModuleType) -> None:
    slots.in_turn([lambda: threading.Event().wait(6 * LONGEST_S)])
    assert dog.held() == []


def test_a_slot_from_which_others_took_the_processor_is_not(dog: Watchdog, slots: ModuleType) -> None:
    hogs = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        began = time.perf_counter()
        while time.perf_counter() - began < 10 * LONGEST_S:
            slots.in_turn([lambda: slots.burn(LONGEST_S / 5)])
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    assert dog.held() == []


def test_short_calls_of_one_slot_are_not_added(dog: Watchdog, slots: ModuleType) -> None:
    for _ in range(20):
        slots.burn(LONGEST_S / 4)
    assert dog.held() == []


def test_what_the_test_itself_does_is_not_counted(dog: Watchdog) -> None:
    burn(4 * LONGEST_S)
    assert dog.held() == []


def test_the_collection_of_garbage_is_not_counted(dog: Watchdog, slots: ModuleType) -> None:
    hoard = [[number] for number in range(400_000)]
    slots.in_turn([gc.collect] * 6)
    assert len(hoard) == 400_000
    assert dog.held() == []


def test_what_a_call_held_dies_in_its_own_thread(dog: Watchdog, slots: ModuleType) -> None:
    died: set[int] = set()

    class Held:
        def __del__(self) -> None:
            died.add(threading.get_ident())

    def call() -> None:
        held = Held()
        slots.burn(0.001)
        assert held is not None

    for _ in range(300):
        call()
    assert died == {threading.get_ident()}


def test_what_a_test_does_inside_a_call_is_not_counted(dog: Watchdog, slots: ModuleType) -> None:
    slots.in_turn([lambda: burn(4 * LONGEST_S)])
    assert dog.held() == []


def test_a_call_that_rests_between_is_not_added(dog: Watchdog, slots: ModuleType) -> None:
    for _ in slots.now_and_then([LONGEST_S / 5] * 3):
        burn(LONGEST_S)
    assert dog.held() == []


def test_on_a_slower_machine_the_same_work_may_take_longer(slots: ModuleType) -> None:
    ours = (str(Path(str(slots.__file__)).parent) + "/",)
    slow = Watchdog(LONGEST_S, ours=ours, counted=ours, slower=lambda: 100.0)
    slow.start()
    slots.burn(4 * LONGEST_S)
    slow.stop()
    assert slow.held() == []


def test_one_call_of_c_that_nothing_interrupts_is_found(dog: Watchdog, slots: ModuleType) -> None:
    slots.stuck(400_000)
    (held,) = dog.held()
    assert held.call.endswith("slots.py:stuck")
    assert held.seconds > LONGEST_S


def test_what_c_did_before_the_call_is_not_counted(dog: Watchdog, slots: ModuleType) -> None:
    for call in map(slots.called_by_c, sorted(range(3_000_000), key=abs)[:3]):
        assert call is None
    assert dog.held() == []


def test_how_slow_the_machine_is_takes_no_time_of_the_call(slots: ModuleType) -> None:
    def slower() -> float:
        burn(2 * LONGEST_S)
        return 1.0

    ours = (str(Path(str(slots.__file__)).parent) + "/",)
    dog = Watchdog(LONGEST_S, ours=ours, counted=ours, slower=slower)
    dog.start()
    slots.burn(1.5 * LONGEST_S)
    dog.stop()
    (held,) = dog.held()
    assert LONGEST_S < held.seconds < 2 * LONGEST_S
