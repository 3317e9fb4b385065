"""The step screen on the real station: practice store, clock that stands still, seconds who lay their card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.station_kit import RESOURCES, StationKit, copy_of, make_template
from ui.arrivals import Arrivals
from ui.context import Context, Words
from ui.link import Link
from ui.steps.view import StepsScreen
from ui.widgets.look import Look
from workstation.catalogue import Catalogue
from workstation.custody.commands import Envelope, Override
from workstation.errors import AppError
from workstation.services.practice import PRACTICE_SECRET, STAFF
from workstation.station import messages as m

WAIT_MS = 10_000
NUMBERS = {one.id: one.number for one in STAFF}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("steps") / "template")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


@pytest.fixture
def kit(template: Path, tmp_path: Path) -> Iterator[StationKit]:
    running = StationKit(copy_of(template, tmp_path / "home"))
    yield running
    running.stop()


class Bench:
    """A step screen, who is signed in, and what became of everything sent."""

    def __init__(self, bot: QtBot, kit: StationKit, look: Look, catalogue: Catalogue, language: str) -> None:
        self.bot, self.kit, self.look = bot, kit, look
        self.link = Link(kit.home)
        self.words = Words(catalogue, language)
        self.arrivals = Arrivals()
        self.outcomes: list[Any] = []
        self.errors: list[AppError] = []
        self.infos: list[str] = []
        self.sign_in("1001")
        centre = self.ask(m.GetCentre())
        self.context = Context(
            link=self.link,
            words=self.words,
            clock=kit.clock,
            speaker=self,
            submit=self.submit,
            go=lambda *_: None,
            centre=centre,
        )
        self.screen = StepsScreen(self.context, look, self.arrivals, kit.home / "prints")
        self.presenter = self.screen.presenter
        self.link.noticed.connect(self.screen.notice)
        self.screen.resize(1828, 900)
        self.screen.show()
        cards = self.ask(m.GetBoard()).board.cards
        self.stays = {card.number: card.stay for card in cards}

    def error(self, error: AppError) -> None:
        self.errors.append(error)

    def info(self, code: str, **values: object) -> None:
        self.infos.append(self.words(code, **values))

    def ask(self, message: Any) -> Any:
        got: list[Any] = []
        self.link.ask(message, got.append, got.append)
        self.until(lambda: got)
        return got[0]

    def until(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def sign_in(self, number: str) -> None:
        """Let a colleague take the seat."""
        session = self.ask(m.SignIn(number=number, secret=PRACTICE_SECRET))
        assert isinstance(session, m.Signed), session
        self.link.attach(session)

    def submit(
        self,
        command: Any,
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
        """Send; colleagues who are named lay their card."""
        envelope = self.link.envelope(
            command, report=report, happened_at=happened_at, late_reason=late_reason
        )

        def done(reply: Any) -> None:
            self.outcomes.append(reply)
            if isinstance(reply, m.Saved):
                saved(reply)
            elif isinstance(reply, m.Refused) and refused is not None:
                refused(reply)

        def failed(error: AppError) -> None:
            if error.code != "desk.second-person":
                self.outcomes.append(error)
                unsaved()
                return
            tokens = tuple(
                self._approval(envelope, staff) for staff in str(error.values["staff"]).split(", ")
            )
            send(msgspec.structs.replace(envelope, approvals=tokens))

        def send(sent: Envelope) -> None:
            self.link.ask(
                m.Submit(envelope=msgspec.json.encode(sent), drafts=drafts), done, failed, lane="work"
            )

        send(envelope)

    def _approval(self, envelope: Envelope, staff: str) -> str:
        lane = self.kit.lane("1013")
        card = f"STAFF-{NUMBERS[staff]}"
        data = msgspec.json.encode(envelope)
        return str(lane.ask(m.Approve(envelope=data, number="", secret="", card=card)).token)

    # ------------------------------------------------------------ hands

    def show(self, number: str, task: str = "") -> None:
        """Take a person of the practice centre in hand."""
        self.screen.show_stay(self.stays.get(number, number), task)
        self.until(lambda: self.presenter.form is not None)

    def task(self, task: str, form: str = "") -> None:
        """Take a task in hand."""
        self.presenter.choose_task(task, form)
        assert self.presenter.task == task

    def fill(self, **values: Any) -> None:
        """Fill in as devices and hands do."""
        for key, value in values.items():
            self.presenter.set_value(key, value)

    def do(self, **values: Any) -> Any:
        """Fill in, do the main action, and wait until the screen has gone on; returns the outcome."""
        self.fill(**values)
        before, drawn = len(self.outcomes), self.presenter.form
        went: list[str] = []
        held: list[str] = []
        self.presenter.form_changed.connect(lambda: went.append("on"))
        self.presenter.held.connect(lambda: held.append("held"))
        self.presenter.submit()
        self.until(lambda: len(self.outcomes) > before or held)
        assert not held, [one.words for one in self.presenter.reasons()]
        if isinstance(self.outcomes[-1], m.Saved):
            assert drawn is not None
            self.until(lambda: went)
        return self.outcomes[-1]

    def kinds(self, stay: str = "") -> list[str]:
        """Kinds of the record of the person in hand."""
        rows = self.ask(m.GetTimeline(stay=stay or self.presenter.stay)).page.rows
        return [row.kind.partition("/")[0] for row in rows]

    def find(self, name: str) -> QWidget:
        """The widget of this object name, one only."""
        found = self.screen.findChildren(QWidget, name)
        assert len(found) == 1, (name, len(found))
        return found[0]

    def close(self) -> None:
        self.screen.leave()
        self.link.close()
        self.screen.close()
        self.screen.deleteLater()


MakeBench = Callable[..., Bench]


@pytest.fixture
def make_bench(
    qapp: QApplication, qtbot: QtBot, kit: StationKit, look: Look, catalogue: Catalogue
) -> Iterator[MakeBench]:
    made: list[Bench] = []

    def make(language: str = "zh") -> Bench:
        bench = Bench(qtbot, kit, look, catalogue, language)
        made.append(bench)
        return bench

    yield make
    for bench in made:
        bench.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench()
