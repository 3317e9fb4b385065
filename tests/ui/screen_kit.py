"""A screen on the real station without the window around it: link, words, look, and hands that lay cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devices.practice import PracticeWorld
from tests.station_kit import RESOURCES, StationKit, copy_of, make_template, simulator
from ui.context import Context, Words
from ui.link import Link
from ui.widgets.look import Look
from workstation.catalogue import Catalogue
from workstation.custody.commands import CentreCommand, Command, Override
from workstation.errors import AppError
from workstation.services.board import Board, Card
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m
from workstation.station.client import Lane

WAIT_MS = 10_000


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


class Said:
    """The message line, remembered."""

    def __init__(self) -> None:
        self.errors: list[AppError] = []
        self.infos: list[tuple[str, dict[str, object]]] = []

    def error(self, error: AppError) -> None:
        self.errors.append(error)

    def info(self, code: str, **values: object) -> None:
        self.infos.append((code, values))


class Shop:
    """The station, a link signed in as one colleague, and what a screen asked the window to do."""

    def __init__(
        self,
        kit: StationKit,
        qtbot: QtBot,
        look: Look,
        number: str,
        language: str,
        world: PracticeWorld | None,
    ) -> None:
        self.kit, self.bot, self.look, self.world = kit, qtbot, look, world
        self.said = Said()
        self.went: list[tuple[str, str, str]] = []
        self.seconds: list[tuple[str, ...]] = []
        self.lane = kit.lane()
        self.session: m.Signed = self.lane.ask(m.SignIn(number=number, secret=PRACTICE_SECRET))
        self.link = Link(kit.home)
        self.link.attach(self.session)
        self.link.position = kit.station.desk.house().seq
        self.words = Words(catalogue(), language)
        self.context = Context(
            link=self.link,
            words=self.words,
            clock=kit.clock,
            speaker=self.said,
            submit=self.submit,
            go=lambda *place: self.went.append(place),
            centre=self.lane.ask(m.GetCentre()),
        )

    def submit(
        self,
        command: Command | CentreCommand,
        saved: Callable[[m.Saved], None],
        refused: Callable[[m.Refused], None] | None = None,
        *,
        report: bool = False,
        happened_at: datetime | None = None,
        late_reason: str = "",
        overrides: tuple[Override, ...] = (),
        seconds: tuple[str, ...] = (),
        drafts: tuple[str, ...] = (),
        unsaved: Callable[[], None] = lambda: None,
    ) -> None:
        """Send a command with the cards of the seconds that it names."""
        self.seconds.append(seconds)
        envelope = self.link.envelope(command, report=report, happened_at=happened_at, overrides=overrides)
        data = msgspec.json.encode(envelope)
        tokens = tuple(
            self.lane.ask(
                m.Approve(envelope=data, number="", secret="", card=f"STAFF-{one.lstrip('P')}")
            ).token
            for one in seconds
            if one != self.session.staff
        )
        envelope = msgspec.structs.replace(envelope, approvals=tokens)

        def done(reply: Any) -> None:
            match reply:
                case m.Saved():
                    saved(reply)
                case m.Refused() if refused is not None:
                    refused(reply)
                case _:
                    failed(AppError("desk.malformed"))

        def failed(error: AppError) -> None:
            self.said.error(error)
            unsaved()

        self.link.ask(
            m.Submit(envelope=msgspec.json.encode(envelope), drafts=drafts),
            done,
            failed,
            lane="work",
        )

    def show(self, screen: Any, width: int = 1274, height: int = 620) -> Any:
        """Show a screen as the window would and give it the feed."""
        assert isinstance(screen, QWidget)
        self.bot.addWidget(screen)
        self.link.noticed.connect(screen.notice)
        screen.resize(width, height)
        screen.show()
        return screen

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def boss(self) -> Lane:
        """A lane of the duty leader."""
        return self.kit.lane("1007")

    def board(self) -> Board:
        """The board as the duty leader sees it."""
        board: Board = self.boss().ask(m.GetBoard()).board
        return board

    def stay(self, number: str = "A-01") -> Card:
        """A person of the practice centre by their number."""
        return next(card for card in self.board().cards if card.number == number)

    def close(self) -> None:
        self.link.close()


class Shops:
    """Opens shops on the station of one test; `devices=True` before the first one puts the centre on its wires."""

    def __init__(self, home: Path, qtbot: QtBot, look: Look) -> None:
        self._home, self._bot, self._look = home, qtbot, look
        self._stack = ExitStack()
        self._kit: StationKit | None = None
        self._world: PracticeWorld | None = None
        self._open: list[Shop] = []

    def __call__(self, number: str = "1007", *, language: str = "zh", devices: bool = False) -> Shop:
        if self._kit is None:
            if devices:
                self._world = self._stack.enter_context(simulator(self._home))
            self._kit = StationKit(self._home, world=self._world)
        shop = Shop(self._kit, self._bot, self._look, number, language, self._world)
        self._open.append(shop)
        return shop

    def close(self) -> None:
        for shop in self._open:
            shop.close()
        if self._kit is not None:
            self._kit.stop()
        self._stack.close()


@pytest.fixture(scope="session")
def screen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded practice home, to be copied."""
    return make_template(tmp_path_factory.mktemp("screens") / "template")


@pytest.fixture
def shops(screen_home: Path, tmp_path: Path, qtbot: QtBot, look: Look, qapp: QApplication) -> Iterator[Shops]:
    """Opens a shop, signed in as the colleague with a number."""
    opened = Shops(copy_of(screen_home, tmp_path / "home"), qtbot, look)
    yield opened
    opened.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def words_on(screen: QWidget) -> list[str]:
    """Every accessible name on a screen."""
    return [widget.accessibleName() for widget in screen.findChildren(QWidget) if widget.accessibleName()]
