"""A killed station loses nothing that it acknowledged, and doubles nothing that is sent again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.book import Book
from tests.faults.kills import at_work, campaign, catalogue, kill_station, told
from tests.faults.processes import new_home, signed_in, start_station
from workstation.custody import commands as c
from workstation.services.practice import PRACTICE_SECRET, stay_id
from workstation.station import messages as m

pytestmark = pytest.mark.faults


@pytest.fixture(scope="session")
def home_of_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice folder made at this moment."""
    return new_home(tmp_path_factory.mktemp("now") / "home")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A practice folder of its own."""
    return new_home(tmp_path / "home")


@pytest.mark.timeout(120)
def test_six_kills_lose_and_double_nothing(home: Path, tmp_path: Path) -> None:
    chance, book = random.Random(20261124), Book(tmp_path / "acknowledged.jsonl")
    with at_work(home, book, chance):
        struck = kill_station(home, book, 6, chance, most=25)
    print(struck, told(book.check(home, catalogue()), book))
    book.close()
    assert struck.kills == 6
    assert book.doubled == 0


def test_an_answer_that_was_lost_is_given_again_after_a_kill(home: Path) -> None:
    station = start_station(home)
    lane = signed_in(home, "1001", PRACTICE_SECRET)
    envelope = c.Envelope(
        id="a1" * 16, position=0, report=True, command=c.AddNote(stay=stay_id(2), text="只记一次")
    )
    first = lane.submit(envelope)
    station.kill()
    station = start_station(home)
    lane.close()
    lane = signed_in(home, "1001", PRACTICE_SECRET)
    again = lane.submit(envelope)
    assert isinstance(first, m.Saved)
    assert isinstance(again, m.Saved)
    assert again.entries == first.entries
    rows = lane.ask(m.GetTimeline(stay=stay_id(2))).page.rows
    assert [row.kind for row in rows].count("note-added/1") == 1
    lane.close()
    assert station.end() == 0


@pytest.mark.long
def test_a_hundred_kills_of_each(tmp_path: Path) -> None:
    campaign(new_home(tmp_path / "home"), 100, 20261124)
