"""The real window on the real station: practice store, clock that stands still, no devices unless asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.station_kit import RESOURCES, StationKit, copy_of, make_template, simulator
from ui.board.view import BoardScreen
from ui.sweep import Sweep
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.services.practice import PRACTICE_SECRET
from workstation.settings import Settings

WAIT_MS = 10_000


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("window") / "template")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path / "home")


@pytest.fixture
def kit(home: Path) -> Iterator[StationKit]:
    running = StationKit(home)
    yield running
    running.stop()


@pytest.fixture
def wired(home: Path) -> Iterator[StationKit]:
    """The station with the simulated centre on real wires."""
    with simulator(home) as world:
        running = StationKit(home, world=world)
        yield running
        running.stop()


class Window:
    """A workplace and hands for it."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.bot, self.work = qtbot, workplace
        self.shell = workplace.shell

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def sign_in(self, number: str = "1001", secret: str = PRACTICE_SECRET) -> None:
        cover = self.work.cover
        assert cover is not None
        self.until(lambda: self.work.sign_in.welcome)
        cover.number.setText(number)
        cover.secret.setText(secret)
        cover.enter.click()

    def at_work(self, number: str = "1001") -> BoardScreen:
        """Sign in and wait for the board."""
        self.sign_in(number)
        self.until(lambda: self.work.cover is None)
        board = self.board()
        self.until(lambda: board.presenter.board)
        return board

    def board(self) -> BoardScreen:
        board = self.work.shell.screen_widget("board")
        assert isinstance(board, BoardScreen)
        return board

    def message(self) -> str:
        return self.work.shell.strip.message.words()


MakeWindow = Callable[..., Window]


@pytest.fixture(autouse=True)
def swept_here(qapp: QApplication) -> Iterator[None]:
    """No thread of a station sweeps what a window leaves, as in the window process (`ui.app`)."""
    sweep = Sweep(qapp)
    yield
    sweep.stop()
    sweep.deleteLater()


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot, home: Path, catalogue: Catalogue) -> Iterator[MakeWindow]:
    made: list[Workplace] = []

    def make(clock: object, **options: object) -> Window:
        settings = Settings(home=home, workstation="desk-1", desk="desk-1")
        workplace = Workplace(qapp, home, settings, catalogue, clock, **options)
        made.append(workplace)
        workplace.shell.resize(1366, 768)
        workplace.start()
        workplace.shell.show()
        return Window(qtbot, workplace)

    yield make
    for workplace in made:
        workplace.close()
        workplace.texts.switch("zh")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(kit: StationKit, make_window: MakeWindow) -> Window:
    return make_window(kit.clock)
