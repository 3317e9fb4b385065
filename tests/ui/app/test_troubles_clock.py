"""The top strip says that the time is unverified when the station doubts it, whatever this window's clock thinks."""

from __future__ import annotations

from tests.station_kit import NOW, StationKit
from tests.ui.app.conftest import MakeWindow
from workstation.clock import SteppedClock, Trust

DOUBT = {"zh": "时间未核实", "en": "Time not verified"}


def test_the_station_s_doubt_about_the_time_stands_in_the_strip_while_it_lasts(
    kit: StationKit, make_window: MakeWindow
) -> None:
    window = make_window(SteppedClock(NOW))
    window.at_work()
    clock = window.shell.top.clock
    assert DOUBT["zh"] not in clock.accessibleName()
    kit.clock.trusted = Trust.UNVERIFIED
    kit.station.hub.changed(topics=("clock",))
    window.until(lambda: DOUBT["zh"] in clock.accessibleName())
    window.work.texts.switch("en")
    window.until(lambda: DOUBT["en"].lower() in clock.accessibleName().lower())
    window.work.texts.switch("zh")
    kit.clock.trusted = Trust.VERIFIED
    kit.station.hub.changed(topics=("clock",))
    window.until(lambda: DOUBT["zh"] not in clock.accessibleName())


def test_whoever_signs_in_later_sees_it_too(kit: StationKit, make_window: MakeWindow) -> None:
    kit.clock.trusted = Trust.UNVERIFIED
    window = make_window(SteppedClock(NOW))
    window.at_work()
    assert DOUBT["zh"] in window.shell.top.clock.accessibleName()
