"""Kills of a real station, a real simulator and a real window while hands are at work, and what is left afterwards.

python -m tests.faults.kills ROUNDS [SEED]: that many kills of each, in a folder on the disk; the figures are printed.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.practice import PracticeWorld
from tests.faults.book import Book, Tally
from tests.faults.hands import Hand
from tests.faults.processes import Running, new_home, signed_in, start_station
from tests.station_kit import RESOURCES, until
from ui.beside import station_answers
from workstation.catalogue import Catalogue
from workstation.readings import Level
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m
from workstation.station.client import Lane

NUMBERS = ("1001", "1002", "1004")
ANSWER_S = 60.0
PACE_S = 0.0


@contextmanager
def at_work(home: Path, book: Book, chance: random.Random, pace_s: float = PACE_S) -> Iterator[list[Hand]]:
    """Hands at work on the station of `home`; a hand that met what it did not expect fails the end."""
    hands = [Hand(home, book, number, random.Random(chance.random()), pace_s) for number in NUMBERS]
    for hand in hands:
        hand.start()
    try:
        yield hands
    finally:
        for hand in hands:
            hand.stop()
    for hand in hands:
        if hand.trouble is not None:
            raise hand.trouble


def goes_on(book: Book, count: int = 3) -> None:
    """Wait until some more commands are acknowledged."""
    target = len(book.saved) + count
    assert book.wait_for(target, ANSWER_S), f"no more than {len(book.saved)} acknowledgements"


class Struck:
    """How the kills of a station met it."""

    def __init__(self) -> None:
        self.kills = self.inside = self.waiting = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.inside} of them inside a transaction "
            f"({100 * self.inside // max(1, self.kills)} %), {self.waiting} with a command unanswered"
        )


def kill_station(home: Path, book: Book, rounds: int, chance: random.Random, most: int = 40) -> Struck:
    """Kill the station `rounds` times at random moments of the work; it is started again after each."""
    struck, pause = Struck(), threading.Event()
    station = start_station(home)
    try:
        for _ in range(rounds):
            goes_on(book, chance.randrange(1, most))
            pause.wait(chance.random() * 0.01)
            struck.waiting += book.flying > 0
            struck.inside += station.kill_in_the_act()
            struck.kills += 1
            station = start_station(home)
        goes_on(book)
    finally:
        assert station.end() == 0, station.log.read_text("utf-8")
    return struck


def level(lane: Lane, device: str) -> Level:
    """The health of a device as the station tells it."""
    rows = lane.ask(m.GetDevices()).devices
    return next(row.health.level for row in rows if row.id == device)


def kill_simulator(home: Path, book: Book, rounds: int, chance: random.Random) -> tuple[float, float]:
    """Kill the simulator `rounds` times beside a working station.

    Returns the longest time until the locks were told lost, and until they were well again, in seconds.
    """
    world, pause = PracticeWorld(home / "sim"), threading.Event()
    simulator = Running(home, "sim", "--practice")
    simulator.ready(world.running)
    station = start_station(home)
    lane = signed_in(home, "1012", PRACTICE_SECRET)
    slowest_loss = slowest_return = 0.0
    try:
        until(lambda: level(lane, "lock-a") is Level.OK, "the locks")
        world.act("force_door", device="lock-b", door=5)
        for _ in range(rounds):
            pause.wait(chance.random() * 0.5)
            simulator.kill()
            began = time.monotonic()
            goes_on(book)
            until(lambda: level(lane, "lock-a") is not Level.OK, "the loss of the locks")
            slowest_loss = max(slowest_loss, time.monotonic() - began)
            simulator = Running(home, "sim", "--practice")
            simulator.ready(world.running)
            began = time.monotonic()
            until(lambda: level(lane, "lock-a") is Level.OK, "the return of the locks")
            slowest_return = max(slowest_return, time.monotonic() - began)
            goes_on(book)
        assert "lock-b:5" in world.act("state")["open"], "the world forgot its open door"
    finally:
        lane.close()
        simulator.end()
        assert station.end() == 0, station.log.read_text("utf-8")
    return slowest_loss, slowest_return


def kill_window(home: Path, book: Book, rounds: int, chance: random.Random) -> None:
    """Kill the window `rounds` times, at its start or at its sign-in; station and simulator go on."""
    world, pause = PracticeWorld(home / "sim"), threading.Event()
    simulator = Running(home, "sim", "--practice")
    simulator.ready(world.running)
    station = start_station(home)
    try:
        for _ in range(rounds):
            window = Running(home, "run", "--practice")
            pause.wait(chance.random() * 2.0)
            assert window.alive(), window.log.read_text("utf-8")
            window.kill()
            assert station.alive()
            assert simulator.alive()
            goes_on(book)
        assert station_answers(home)
    finally:
        simulator.end()
        assert station.end() == 0, station.log.read_text("utf-8")


def catalogue() -> Catalogue:
    """The shipped sentences."""
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


def told(tally: Tally, book: Book) -> str:
    """The figures of a check in one line."""
    return (
        f"{tally.acknowledged} acknowledged, 0 lost, {book.doubled} doubled; {tally.unanswered} never answered, "
        f"{tally.unanswered_saved} of them in the record; {book.retried} retries; {tally.drafts} drafts; "
        f"{tally.entries} entries verified, tables and projections agree"
    )


def campaign(home: Path, rounds: int, seed: int) -> None:
    """All three, one after another, in one folder; fails at the first thing that is lost."""
    chance, words = random.Random(seed), catalogue()
    book = Book(home.parent / "acknowledged.jsonl")
    print(f"seed {seed}, {rounds} kills of each, {home}", flush=True)
    try:
        with at_work(home, book, chance):
            struck = kill_station(home, book, rounds, chance)
        print(f"station: {struck}; {told(book.check(home, words), book)}", flush=True)
        with at_work(home, book, chance, pace_s=0.05):
            loss, back = kill_simulator(home, book, rounds, chance)
        print(
            f"simulator: {rounds} kills, told lost within {loss:.1f} s, back within {back:.1f} s; "
            f"{told(book.check(home, words), book)}",
            flush=True,
        )
        with at_work(home, book, chance, pace_s=0.05):
            kill_window(home, book, rounds, chance)
        print(f"window: {rounds} kills; {told(book.check(home, words), book)}", flush=True)
    finally:
        book.close()


def main(rounds: int, seed: int = 20261124) -> None:
    """Run the whole campaign in a folder of its own; it is left where something failed."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-kills-"))
    campaign(new_home(folder / "home"), rounds, seed)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
