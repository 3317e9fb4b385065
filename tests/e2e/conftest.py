"""The real window on a real station with devices on simulated wires; a hand at it and nothing else."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from devices.practice import PracticeWorld
from tests.station_kit import RESOURCES, StationKit, copy_of, make_template, simulator
from tests.ui.app.conftest import swept_here
from tests.ui.conftest import holds_nothing, watchdog
from ui.demo.hand import Hand
from ui.demo.stay import Things, WholeStay
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.custody import commands as c
from workstation.ids import command_id
from workstation.services.desk import SavedAs
from workstation.services.practice import Script, person_of
from workstation.settings import Settings

__all__ = ["holds_nothing", "swept_here", "watchdog"]
SIZE = (1366, 768)


@dataclass
class Window:
    """The workplace, who acts on it, and what is around it."""

    work: Workplace
    hand: Hand
    stay: WholeStay
    world: PracticeWorld
    home: Path

    def message(self) -> str:
        """What the message line says."""
        return self.work.shell.strip.message.words()


@pytest.fixture(scope="session", autouse=True)
def _short_turns() -> Iterator[None]:
    """Threads take turns as in the window process (`ui.app`); here the station's are among them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(before)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("e2e") / "template")


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return copy_of(template, tmp_path / "home")


@pytest.fixture
def world(home: Path) -> Iterator[PracticeWorld]:
    with simulator(home) as world:
        yield world


@pytest.fixture
def kit(home: Path, world: PracticeWorld) -> Iterator[StationKit]:
    running = StationKit(home, world=world)
    yield running
    running.stop()


MakeWindow = Callable[..., Window]


@pytest.fixture
def later(world: PracticeWorld) -> Iterator[list[StationKit]]:
    """Stations that a test starts itself; they outlive the window."""
    started: list[StationKit] = []
    yield started
    for one in started:
        one.stop()


@pytest.fixture
def make_window(
    qapp: QApplication, home: Path, world: PracticeWorld, later: list[StationKit]
) -> Iterator[MakeWindow]:
    """Opens the window on the station of `home`; `mouse`: whether the hand may use it."""
    made: list[Workplace] = []
    catalogue = Catalogue.load(RESOURCES / "i18n" / "catalogue")

    def make(kit: StationKit, *, mouse: bool = True, things: Things | None = None) -> Window:
        settings = Settings(home=home, workstation="desk-1", desk="desk-1")
        work = Workplace(qapp, home, settings, catalogue, kit.clock)
        made.append(work)
        work.shell.resize(*SIZE)
        work.start()
        work.shell.show()
        work.shell.activateWindow()
        hand = Hand(qapp, mouse=mouse)
        stay = WholeStay(hand, work, world, home / "prints", things)
        return Window(work, hand, stay, world, home)

    yield make
    for work in made:
        work.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def stay_of(kit: StationKit, window: Window) -> object:
    """The stay as the station knows it."""
    name = window.stay.stay
    return kit.station.desk.house_with(name).stay(name)


def list_things(kit: StationKit, things: Things) -> str:
    """A person with these things whom colleagues have admitted, up to the signed list of what they brought."""
    scenario = tomllib.loads((RESOURCES / "scenarios" / "practice-centre.toml").read_text("utf-8"))
    card = next(one for one in scenario["card"] if one["name"] == things.name)
    script = Script(9, person_of(card), kit.clock.now() - timedelta(minutes=20), band=things.band)
    script.intake()
    script.rights_and_health()
    script.search()
    script.property(bag="", tag=things.tag, seal=things.seal, grams=things.grams, cell="B-01")
    desk = kit.station.desk
    for act in script.acts:
        if isinstance(act.command, c.FillBag):
            return script.stay
        envelope = c.Envelope(
            id=command_id(), position=desk.house().seq, report=act.report, command=act.command
        )
        assert isinstance(desk.submit(envelope, act.actor), SavedAs), act.command
    raise AssertionError("a script of property fills a bag")


@pytest.fixture
def window(kit: StationKit, make_window: MakeWindow) -> Window:
    return make_window(kit)
