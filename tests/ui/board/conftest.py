"""A board of made-up people, without a station: the answers are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import RESOURCES
from tests.ui.screen_kit import screen_home, shops
from ui.context import Context, Words
from ui.link import Link
from workstation.catalogue import Catalogue
from workstation.clock import SteppedClock
from workstation.services.board import Board, Card, RoomView, Timer
from workstation.station import messages as m

__all__ = ["screen_home", "shops"]

NOW = datetime(2026, 11, 24, 6, 3, 7, tzinfo=UTC)


def timer(code: str = "clock.CHECK", minutes: float = 30, state: str = "running", **values: Any) -> Timer:
    ends = NOW + timedelta(minutes=minutes)
    return Timer(code=code, state=state, started_at=ends - timedelta(hours=1), expires_at=ends, **values)


NONE = Timer(code="timer.other", state="none")


def card(number: int, **values: Any) -> Card:
    """The n-th person: in a holding room, eight hours of summons, a check due in thirty minutes."""
    given: dict[str, Any] = {
        "stay": f"{number:032x}",
        "position": 10,
        "number": f"A-{number:02d}",
        "name": f"测试{'甲乙丙丁戊己庚辛壬癸'[number % 10]}",
        "sex": "male",
        "age": 34,
        "capacity": "suspect",
        "status": "open",
        "room": "holding-1",
        "level": "",
        "flags": (),
        "others": 0,
        "activities": ("done", "done", "partial", "none", "none"),
        "step": "handling",
        "timers": (timer("clock.T-ADM", 240, text="8"), timer(), NONE),
        "action": "check-person",
        "task": "task.checks",
        "owner": "guard",
        "mine": False,
        "due_at": None,
        "last_kind": "person-checked/1",
        "last_at": NOW - timedelta(minutes=number),
        "photo": "",
        "warnings": (),
        "unknown": (),
    }
    return Card(**{**given, **values})


def room(name: str, *people: str, **values: Any) -> RoomView:
    given: dict[str, Any] = {
        "name_zh": name,
        "name_en": name,
        "use": "holding",
        "capacity": 1,
        "in_service": True,
    }
    return RoomView(room=name, people=people, **{**given, "interview": False, **values})


def board(*cards: Card, position: int = 10, rooms: tuple[RoomView, ...] = ()) -> Board:
    return Board(
        position=position,
        now=NOW,
        cards=cards,
        rooms=rooms,
        red=0,
        yellow=0,
        blue=0,
        entered_today=3,
        left_today=1,
    )


@dataclass
class Desk:
    """A context, and what was asked of it."""

    context: Context
    clock: SteppedClock
    went: list[tuple[str, str, str]] = field(default_factory=list)


class Silent:
    def error(self, error: Exception) -> None:
        raise error

    def info(self, code: str, **values: object) -> None:
        return


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


@pytest.fixture
def make_desk(qapp: object, catalogue: Catalogue, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    links: list[Link] = []

    def make(language: str = "zh") -> Desk:
        link = Link(tmp_path)
        links.append(link)
        clock = SteppedClock(NOW)
        went: list[tuple[str, str, str]] = []
        rooms = tuple(
            m.RoomRow(id=one, name_zh=zh, name_en=en, use=use, capacity=1, camera="", in_service=True)
            for one, zh, en, use in (
                ("interview-1", "询问室一", "Interview 1", "interview"),
                ("holding-1", "候问室一", "Holding 1", "holding"),
                ("intake", "登记台", "Desk", "intake"),
            )
        )
        centre = m.CentreReply(
            name_zh="演练中心", name_en="Practice", time_zone="Asia/Shanghai", mode="practice", rooms=rooms,
            cameras=(), desk={}, workstation="desk-1", pack="cn", position=10,
        )  # fmt: skip
        context = Context(
            link=link,
            words=Words(catalogue, language),
            clock=clock,
            speaker=Silent(),
            submit=lambda *given, **more: None,
            go=lambda *where: went.append(where),
            centre=centre,
        )
        return Desk(context, clock, went)

    yield make
    for link in links:
        link.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
