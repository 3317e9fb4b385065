"""Plays the ordinary stay on a station with the simulated centre on real wires, and keeps log and record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from devices.practice import PracticeWorld
from tests.benchmark.operator_time.centre import (
    CUSTODIAN,
    GUARD,
    LEADER,
    OFFICER,
    make_centre,
    write_scenario,
)
from tests.benchmark.operator_time.coverage import Known
from tests.benchmark.operator_time.ordinary import OrdinaryStay
from tests.benchmark.operator_time.record import Record
from tests.benchmark.operator_time.seats import Seats
from tests.station_kit import RESOURCES, StationKit, simulator
from workstation.catalogue import Catalogue

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
LOG, RECORD = "events.jsonl", "facts.json"


@contextmanager
def centre(folder: Path) -> Iterator[tuple[StationKit, PracticeWorld]]:
    """The centre of the ordinary stay, running."""
    scenario = write_scenario(folder / "resources")
    home = folder / "home"
    home.mkdir()
    make_centre(home, scenario)
    with simulator(home, scenario) as world:
        kit = StationKit(home, world=world)
        try:
            yield kit, world
        finally:
            kit.stop()


def play(application: QApplication, folder: Path, parts: int | None = None) -> dict[str, Known]:
    """Play the stay; log and record are left in `folder`.

    `parts`: only so many after the arrival, which no more than the first officer takes part in.
    """
    words = Catalogue.load(RESOURCES / "i18n" / "catalogue")
    with centre(folder) as (kit, world):
        seats = Seats(application, kit.home, words, kit.clock, folder)
        try:
            seats.open(OFFICER)
            stay = OrdinaryStay(seats, world, kit.clock)
            stay.arrive()  # at the only window here: the others stand at desks without a card reader
            for number in (LEADER, GUARD, CUSTODIAN) if parts is None else ():
                seats.open(number)
            for part in stay.parts()[:parts]:
                part()
            seats.write(folder / LOG)
            house = kit.station.desk.house_with(stay.stay)
            known = house.stay(stay.stay)
            assert known is not None
            facts = Record(house, known, words).facts()
        finally:
            seats.close()
    (folder / RECORD).write_bytes(msgspec.json.format(msgspec.json.encode({"facts": facts})))
    return facts
