"""What the window leaves behind is swept on its thread, however much other threads make."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from ui.sweep import Sweep


class Round(QObject):
    """Holds itself, as a screen does by the signals of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def sweep(qtbot: QtBot) -> Iterator[Sweep]:
    gc.collect()
    sweep = Sweep()
    yield sweep
    sweep.stop()
    sweep.deleteLater()


def test_another_thread_sweeps_nothing(sweep: Sweep, qtbot: QtBot) -> None:
    swept_on: list[object] = []
    left = weakref.ref(Round(), lambda _: swept_on.append(threading.current_thread()))
    made: list[list[object]] = []

    def make() -> None:
        made.extend([] for _ in range(20 * gc.get_threshold()[0]))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert left() is not None
    qtbot.waitUntil(lambda: left() is None)
    assert swept_on == [threading.main_thread()]
    assert sweep.thread() is QThread.currentThread()


def test_what_is_old_is_looked_at_again_once_more_has_grown_old(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    limits = gc.get_threshold()
    monkeypatch.setattr(gc, "collect", lambda generation=2: asked.append(generation))
    old = len(gc.get_objects(generation=2))
    grown: list[object] = [None] * old
    for counts, more in (
        ((limits[0], 99, 99), True),
        ((limits[0] + 1, 0, 99), True),
        ((limits[0] + 1, limits[1] + 1, 0), True),
        ((limits[0] + 1, limits[1] + 1, limits[2] + 1), False),
        ((limits[0] + 1, limits[1] + 1, limits[2] + 1), True),
    ):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        monkeypatch.setattr(gc, "get_objects", lambda generation, more=more: grown * (2 if more else 1))
        sweep.look()
    assert asked == [0, 1, 1, 2]


def test_afterwards_python_sweeps_again(qtbot: QtBot) -> None:
    sweep = Sweep()
    assert not gc.isenabled()
    sweep.stop()
    assert gc.isenabled()
