"""What warnings and troubles of saving let one hear in the real window, and how red is silenced."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.station_kit import StationKit
from tests.ui.app.conftest import MakeWindow, Window
from ui.scan import ScanKind
from ui.sounds.alarm import Sound
from ui.theme import Level
from ui.widgets.lamp import SaveState
from workstation.custody import commands as c
from workstation.services.practice import stay_id
from workstation.station import messages as m

WAITING = stay_id(1)


class Ear:
    """Remembers what was played."""

    def __init__(self) -> None:
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)

    def close(self) -> None:
        pass


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def window(kit: StationKit, make_window: MakeWindow, ear: Ear) -> Window:
    return make_window(kit.clock, voice=ear)


def warn(kit: StationKit) -> tuple[str, ...]:
    """A red warning: someone who was not searched goes into a holding room."""
    lane = kit.lane("1004")
    placing = c.PlaceInRoom(stay=WAITING, room="holding-3", guard="P1004")
    refused = kit.submit(lane, placing)
    overrides = tuple(
        c.Override(gate=gate, reason="突发疾病")
        for gate in dict.fromkeys(one.gate for one in refused.objections)
    )
    assert isinstance(kit.submit(lane, placing, overrides=overrides, seconds=("1007",)), m.Saved)
    reply = kit.lane("1007").ask(m.GetStay(stay=WAITING))
    return tuple(one.warning for one in reply.facts.remarks.open_warnings)


def take_up(kit: StationKit, warnings: tuple[str, ...]) -> None:
    for one in warnings:
        saved = kit.submit(kit.lane("1007"), c.AcknowledgeWarning(stay=WAITING, warning=one), report=True)
        assert isinstance(saved, m.Saved), saved


def test_red_is_heard_silenced_and_ends_when_it_is_taken_up(
    window: Window, kit: StationKit, ear: Ear
) -> None:
    window.at_work("1007")
    top = window.shell.top
    assert not top.mute.isVisible()
    warnings = warn(kit)
    window.until(lambda: Sound.RED in ear.heard)
    assert top.mute.isVisible()
    assert top.levels[Level.RED].waiting
    window.bot.keyClick(
        window.shell, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert "1:00" in top.mute.accessibleName()
    count = ear.heard.count(Sound.RED)
    kit.advance(seconds=30)
    window.work.sounds.beat()
    assert "0:30" in top.mute.accessibleName()
    assert ear.heard.count(Sound.RED) == count
    kit.advance(seconds=30)
    window.work.sounds.beat()
    assert ear.heard.count(Sound.RED) == count + 1
    take_up(kit, warnings)
    window.until(lambda: not top.mute.isVisible())
    assert not top.levels[Level.RED].waiting


def test_a_new_red_is_heard_on_a_locked_screen(window: Window, kit: StationKit, ear: Ear) -> None:
    window.at_work("1007")
    window.work.lock()
    warn(kit)
    window.until(lambda: Sound.RED in ear.heard)


def test_saving_that_fails_sounds_like_red(window: Window, ear: Ear) -> None:
    window.at_work()
    window.work.link.noticed.emit(m.Notice(size=0, lamp=m.Lamp(state="fault", at=None, cause="store.full")))
    assert window.shell.top.lamp.state is SaveState.FAULT
    assert ear.heard == [Sound.RED]


def test_views_that_lag_are_told_in_seconds_and_do_not_sound(window: Window, ear: Ear) -> None:
    window.at_work()
    lamp = m.Lamp(state="fault", at=None, cause="station.lag", lag_ms=6200)
    window.work.link.noticed.emit(m.Notice(size=0, lamp=lamp))
    assert "6 秒" in window.shell.top.lamp.accessibleName()
    assert ear.heard == []


def test_each_scan_has_its_sound(window: Window, ear: Ear) -> None:
    window.at_work()
    for kind, code in (
        (ScanKind.TAG, "99000000000000000000B002"),
        (ScanKind.STAFF, "STAFF-1001"),
        (ScanKind.PAPER, "XX-0000-0000"),
    ):
        before = len(ear.heard)
        window.work.scans.scanned.emit(kind, code)
        window.until(lambda before=before: len(ear.heard) > before)
    assert ear.heard == [Sound.GOOD, Sound.ALREADY, Sound.BAD]


def test_nobody_signed_in_hears_nothing(window: Window, kit: StationKit, ear: Ear) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    warn(kit)
    window.work.sounds.beat()
    assert ear.heard == []
