"""What keeps the window from opening is said in the window, and it opens once that is put right."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.faults.processes import Running
from tests.station_kit import CHEAP, RESOURCES
from ui.app import Ground, Opening
from ui.beside import ensure_processes, station_answers
from ui.compose import build_station
from ui.front import Front
from ui.trouble import TroubleScreen
from ui.widgets.labels import PlainLabel
from workstation.catalogue import Catalogue
from workstation.errors import LinkError
from workstation.settings import load
from workstation.station import messages as m
from workstation.station.client import Lane
from workstation.storage.place import FILE

WAIT_MS = 20_000


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A live centre that nobody has set up yet; a station that was started is ended."""
    home = tmp_path / "home"
    build_station(home, "live", RESOURCES, cost=CHEAP, rack=False).stop()
    yield home
    if station_answers(home):
        with contextlib.closing(Lane(home)) as lane:
            lane.ask(m.Quit())


def words(screen: TroubleScreen) -> list[str]:
    return [label.text() for label in screen.findChildren(PlainLabel) if label.text()]


def test_trouble_stands_in_the_window_until_it_is_put_right(
    qapp: QApplication, qtbot: QtBot, home: Path, catalogue: Catalogue
) -> None:
    (home / "store" / "keys").rename(home.parent / "keys")
    started = []

    def prepare() -> Ground:
        started.extend(ensure_processes(home, "live"))
        return Ground(home, load(home), catalogue, lambda: None)

    front = Front(())
    opening = Opening(qapp, front, prepare, RESOURCES)
    qtbot.addWidget(front)
    front.show()
    front.activateWindow()
    qtbot.waitUntil(lambda: front.findChild(TroubleScreen) is not None, timeout=WAIT_MS)
    screen = front.findChild(TroubleScreen)
    said = words(screen)
    for language in ("zh", "en"):
        values = {"path": str(home / "store" / "keys")}
        assert catalogue.text("store.keys-absent", language, values) in said
        assert catalogue.advice("store.keys-absent", language) in said
    assert said[0] in front.accessibleName()
    qtbot.waitUntil(screen.retry.hasFocus)
    (home.parent / "keys").rename(home / "store" / "keys")
    qtbot.keyClick(front, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: opening.workplace is not None, timeout=WAIT_MS)
    assert opening.trouble is None
    qtbot.waitUntil(lambda: not front.isVisible())
    work = opening.workplace
    qtbot.waitUntil(lambda: work.sign_in.welcome and work.sign_in.welcome.needs_setup, timeout=WAIT_MS)
    opening.close()
    work.texts.switch("zh")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    with contextlib.closing(Lane(home)) as lane:
        lane.ask(m.Quit())
    assert [process.wait(30) for process in started] == [0]


def test_the_front_window_lives_while_the_rest_is_waited_for(qapp: QApplication, qtbot: QtBot) -> None:
    asked, answered = threading.Event(), threading.Event()

    def prepare() -> Ground:
        asked.set()
        answered.wait(WAIT_MS / 1000)
        raise LinkError("link.not-started", what="station")

    front = Front(())
    opening = Opening(qapp, front, prepare, RESOURCES)
    qtbot.addWidget(front)
    front.show()
    qtbot.waitUntil(asked.is_set, timeout=WAIT_MS)
    QTest.keyClicks(front, "1001")
    assert front.typed == "1001"
    assert opening.trouble is None
    answered.set()
    qtbot.waitUntil(lambda: front.findChild(TroubleScreen) is not None, timeout=WAIT_MS)
    assert isinstance(opening.trouble, LinkError)
    opening.close()


def test_whoever_ends_a_window_in_trouble_gets_its_status_and_words(home: Path, catalogue: Catalogue) -> None:
    store = home / "store" / FILE
    store.write_bytes(store.read_bytes()[:100])
    window = Running(home, "run", "--live", environment={"LC_ALL": "C.UTF-8"})
    try:
        window.ready((home / "run" / "station.problem").exists)
        window.process.terminate()
        assert window.process.wait(30) == 1
    finally:
        window.end()
    said = window.log.read_text("utf-8")
    assert catalogue.text("store.not-a-store", "en", {"path": str(store)}) in said
    assert catalogue.advice("store.not-a-store", "en") in said
    assert store.stat().st_size == 100
