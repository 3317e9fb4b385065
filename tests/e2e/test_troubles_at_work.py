"""A disk that fills up while people work at it: nothing is called saved, the work stays in hand, looks go on."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.faults.processes import Running, asked, new_home, signed_in, start_station
from tests.station_kit import RESOURCES, copy_of
from ui.demo.hand import Hand
from ui.demo.stay import INTAKE, WholeStay
from ui.widgets.lamp import SaveState
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.clock import BootClock
from workstation.custody import commands as c
from workstation.custody.values import Paper
from workstation.errors import AppError
from workstation.ids import command_id
from workstation.services.practice import PRACTICE_SECRET, stay_id
from workstation.settings import Settings
from workstation.station import messages as m
from workstation.station.client import Lane
from workstation.storage.access_log import Access
from workstation.storage.store import Store

WAITING = stay_id(1)
FULL = {"store.full", "store.io"}  # a bounded file is an error of writing, a full disk is full


class Disk:
    """Takes room away from a running station and gives it back: no file of its may grow (setrlimit(2))."""

    def __init__(self, home: Path, station: Running) -> None:
        self._log, self._pid = home / "store" / "store.db-wal", station.pid
        self._free = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Whatever is longer than the log of the store by now, and the log itself, cannot be added to."""
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (self._log.stat().st_size, self._free[1]))

    def free(self) -> None:
        """Room again."""
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, self._free)


@pytest.fixture(scope="session")
def home_of_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_home(tmp_path_factory.mktemp("now") / "home")


@pytest.fixture
def home(home_of_now: Path, tmp_path: Path) -> Path:
    return copy_of(home_of_now, tmp_path / "home")


@pytest.fixture
def station(home: Path) -> Iterator[Running]:
    running = start_station(home)
    yield running
    running.end()


@pytest.fixture
def disk(home: Path, station: Running) -> Disk:
    return Disk(home, station)


@pytest.fixture
def work(qapp: QApplication, home: Path, station: Running) -> Iterator[Workplace]:
    words = Catalogue.load(RESOURCES / "i18n" / "catalogue")
    settings = Settings(home=home, workstation="desk-1", desk="desk-1")
    work = Workplace(qapp, home, settings, words, BootClock())
    work.shell.resize(1366, 768)
    work.start()
    work.shell.show()
    work.shell.activateWindow()
    yield work
    work.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def lane(home: Path, station: Running) -> Iterator[Lane]:
    with contextlib.closing(signed_in(home, INTAKE, PRACTICE_SECRET)) as lane:
        yield lane


def looks(home: Path, station: Running) -> list[Access]:
    """The access log after the station has ended; it must be sound."""
    assert station.end() == 0
    store = Store.open(home / "store", BootClock(), catalogue_hash="0" * 64)
    try:
        assert store.access_log.faults() == []
        return [row.access for row in store.access_log.rows()]
    finally:
        store.close()


def kinds(lane: Lane) -> list[str]:
    return [row.kind for row in lane.ask(m.GetTimeline(stay=WAITING)).page.rows]


def test_the_window_says_so_keeps_the_work_and_saves_it_when_there_is_room(
    qapp: QApplication, home: Path, station: Running, disk: Disk, work: Workplace
) -> None:
    hand = Hand(qapp)
    stay = WholeStay(hand, work, None, home / "prints")  # type: ignore[arg-type]  # no world: no device is asked
    forms, lamp = stay.forms, lambda: work.shell.top.lamp.state
    stay.sign_in(INTAKE)
    work.go("steps", WAITING)
    forms.take("rights")
    forms.fill(language="zh", read_aloud="yes", signatures=())
    hand.wait(lambda: forms.presenter.drafts.state == "kept", "the draft on disk")
    hand.wait(
        lambda: forms.presenter.standing.settled and not forms.presenter.refused(), "nothing against it"
    )
    assert lamp() is SaveState.SAVED
    disk.fill()
    hand.press("F12")
    hand.wait(lambda: lamp() is SaveState.FAULT, "the lamp")
    said = hand.wait(work.shell.strip.message.words, "the message")
    assert "没有保存" in said
    assert "再按一次" in said, "and what to do"
    assert forms.at() == ("rights", "serve-rights")
    assert forms.value("language") == "zh"
    for name in (stay_id(2), WAITING):
        work.go("steps", name)
        hand.wait(lambda name=name: forms.presenter.stay == name and forms.presenter.reply, "the person")
    forms.take("rights")
    hand.wait(lambda: forms.value("language") == "zh", "the draft")
    assert lamp() is SaveState.FAULT
    disk.free()
    hand.wait(lambda: lamp() is SaveState.SAVED, "the lamp, by itself")
    forms.send()
    with contextlib.closing(signed_in(home, INTAKE, PRACTICE_SECRET)) as lane:
        assert kinds(lane).count("rights-served/1") == 1
        assert lane.ask(m.LoadDraft(stay=WAITING, form="serve-rights")).content == b""
    work.link.detach()
    late = [(one.action, one.stay) for one in looks(home, station) if one.late]
    assert ("read-stay", stay_id(2)) in late


def test_a_command_is_saved_once_under_its_id_and_copies_wait_for_their_note(
    disk: Disk, lane: Lane, home: Path, station: Running
) -> None:
    envelope = c.Envelope(
        id=command_id(), position=0, report=True, command=c.AddNote(stay=WAITING, text="只记一次")
    )
    before = kinds(lane)
    disk.fill()
    for ask in (
        m.Submit(envelope=msgspec.json.encode(envelope)),
        m.PrintPaper(stay=WAITING, paper=Paper.CUSTODY_RECORD, language="zh"),
    ):
        error = asked(lane, ask)
        assert isinstance(error, AppError)
        assert error.code in FULL
    denied = asked(lane, m.SetSecret(staff="P1001", secret="x" * 12))
    assert isinstance(denied, AppError)
    assert denied.code == "accounts.no-role"
    assert kinds(lane) == before
    disk.free()
    first = lane.submit(envelope)
    again = lane.submit(envelope)
    assert isinstance(first, m.Saved)
    assert (again.entries, again.size) == (first.entries, first.size)
    assert kinds(lane) == [*before, "note-added/1"]
    rows = [(one.action, one.allowed, one.late) for one in looks(home, station)]
    assert ("read-timeline", True, True) in rows
    assert ("enrol-staff", False, True) in rows
    assert not [row for row in rows if row[0] == "print-paper"]


def test_a_look_on_a_full_disk_outlives_a_killed_station(
    disk: Disk, lane: Lane, home: Path, station: Running
) -> None:
    lane.ask(m.SaveDraft(stay=WAITING, form="serve-rights", content=b'{"language": "zh"}'))
    disk.fill()
    assert lane.ask(m.GetStay(stay=WAITING)).facts.number
    station.kill()
    again = start_station(home)
    try:
        with contextlib.closing(signed_in(home, INTAKE, PRACTICE_SECRET)) as back:
            assert back.ask(m.LoadDraft(stay=WAITING, form="serve-rights")).content == b'{"language": "zh"}'
        late = [one for one in looks(home, again) if one.late]
    finally:
        again.end()
    assert [(one.action, one.stay) for one in late] == [("read-stay", WAITING)]
