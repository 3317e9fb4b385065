"""Window, station and simulator each end alone: the others go on, and the next one starts on what was left behind."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.practice import PracticeWorld
from tests.faults.kills import level
from tests.faults.processes import Running, new_home, signed_in, start_station
from tests.station_kit import until
from ui.beside import ensure_processes, station_answers
from workstation.errors import LinkError
from workstation.readings import Level
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m
from workstation.station.client import Lane
from workstation.station.frames import address_in

pytestmark = pytest.mark.faults


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return new_home(tmp_path / "home")


@pytest.fixture
def world(home: Path) -> Iterator[list[Running]]:
    """Simulator and station; whatever a test puts into the list is ended after it."""
    simulator = Running(home, "sim", "--practice")
    running = [simulator]
    try:
        simulator.ready(PracticeWorld(home / "sim").running)
        running.append(start_station(home))
        yield running
    finally:
        for process in reversed(running):
            process.end()


def test_a_killed_simulator_is_told_and_comes_back_as_it_was(home: Path, world: list[Running]) -> None:
    simulator, station = world
    hand = PracticeWorld(home / "sim")
    with contextlib.closing(signed_in(home, "1012", PRACTICE_SECRET)) as lane:
        until(lambda: level(lane, "lock-b") is Level.OK, "the locks")
        hand.act("force_door", device="lock-b", door=5)
        simulator.kill()
        until(lambda: level(lane, "lock-b") in (Level.LOST, Level.UNKNOWN), "the loss of the locks")
        assert station.alive()
        again = Running(home, "sim", "--practice")
        world.append(again)
        again.ready(hand.running)
        until(lambda: level(lane, "lock-b") is Level.OK, "the return of the locks")
        assert "lock-b:5" in hand.act("state")["open"]


def test_a_killed_station_is_started_again_by_who_needs_it(home: Path, world: list[Running]) -> None:
    simulator, station = world
    with contextlib.closing(signed_in(home, "1001", PRACTICE_SECRET)) as lane:
        station.kill()
        with pytest.raises(LinkError):
            lane.ask(m.GetBoard())
        assert simulator.alive()
        (again,) = ensure_processes(home, "practice")
        try:
            assert lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET)).staff == "P1001"
            assert lane.ask(m.GetBoard()).board.cards
        finally:
            lane.ask(m.Quit())
            assert again.wait(30) == 0
            assert not station_answers(home)


def test_a_killed_window_takes_nothing_with_it(home: Path, world: list[Running]) -> None:
    window = Running(home, "run", "--practice")
    world.append(window)
    connected = Path("/proc") / str(window.pid) / "fd"
    window.ready(lambda: sum(1 for one in connected.iterdir() if _is_socket(one)) >= 1)
    window.kill()
    assert all(process.alive() for process in world[:2])
    with contextlib.closing(signed_in(home, "1001", PRACTICE_SECRET)) as lane:
        assert lane.ask(m.GetBoard()).board.cards


def test_two_stations_never_own_one_folder(home: Path, world: list[Running]) -> None:
    second = Running(home, "station", "--practice")
    assert second.process.wait(30) == 1
    assert world[1].alive()
    assert station_answers(home)


def test_what_a_killed_station_leaves_does_not_hinder_the_next(home: Path) -> None:
    start_station(home).kill()
    left = {path.name for path in (home / "run").iterdir()}
    assert {"station.lock", "station.sock", "station.key"} <= left
    assert not station_answers(home)
    station = start_station(home)
    try:
        with contextlib.closing(signed_in(home, "1001", PRACTICE_SECRET)) as lane:
            assert lane.ask(m.GetBoard()).board.cards
    finally:
        assert station.end() == 0


def test_a_silent_connection_keeps_nobody_waiting(home: Path) -> None:
    station = start_station(home)
    try:
        with socket.socket(socket.AF_UNIX) as silent:
            silent.connect(address_in(home))
            with contextlib.closing(Lane(home)) as lane:
                assert lane.greet().mode == "practice"
            assert station.end() == 0
    finally:
        station.end()


def test_a_store_left_half_made_is_made_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "store.making" / "keys").mkdir(parents=True)
    (home / "store.making" / "keys" / "unlock.key").write_bytes(b"half")
    new_home(home)
    assert not (home / "store.making").exists()
    assert (home / "store" / "store.db").is_file()


def _is_socket(path: Path) -> bool:
    try:
        return str(path.readlink()).startswith("socket:")
    except OSError:
        return False
