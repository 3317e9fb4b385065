"""Scans, cards, find and the way between the screens; the station going and coming."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.station_kit import StationKit
from tests.ui.app.conftest import MakeWindow, Window
from ui.login.view import SignInScreen
from ui.palette.view import Palette
from ui.scan import ScanKind
from ui.widgets.lamp import SaveState
from workstation.readings import CardKind, CardRead
from workstation.station import messages as m

BAND = "99000000000000000000B002"


def card(number: str = "990101199001010011", name: str = "测试甲") -> CardRead:
    return CardRead(
        device="card-1", kind=CardKind.CITIZEN, name=name, sex="male", ethnic="01", birth="1990-01-01",
        address="测试地址", number=number, issuer="测试分局", valid_from="2020-01-01", valid_to="long-term",
        at=datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
    )  # fmt: skip


def test_a_band_puts_the_card_in_hand_and_offers_the_next_action(window: Window) -> None:
    board = window.at_work()
    window.work.scans.scanned.emit(ScanKind.TAG, BAND)
    strip = window.shell.strip
    window.until(strip.next.isVisible)
    held = board.presenter.card(board.grid.current_key())
    assert held is not None
    assert held.number in strip.result.accessibleName()
    strip.next.click()
    assert window.shell.current() == "steps"


def test_an_unknown_scan_says_so_and_opens_nothing(window: Window) -> None:
    window.at_work()
    window.work.scans.scanned.emit(ScanKind.PAPER, "XX-0000-0000")
    window.until(lambda: "没有登记" in window.shell.strip.result.accessibleName())
    assert window.shell.current() == "board"
    assert not window.shell.strip.next.isVisible()


def test_a_stranger_s_card_starts_an_arrival(window: Window) -> None:
    window.at_work()
    window.work.link.noticed.emit(m.Notice(size=0, card=card()))
    window.until(lambda: window.shell.current() == "steps")
    steps = window.shell.screen_widget("steps")
    window.until(lambda: steps.presenter.values.get("name") == card().name)
    assert window.work.arrivals.take() is None


def test_the_card_of_someone_here_offers_their_stay(window: Window, kit: StationKit) -> None:
    window.at_work()
    stay = next(one for one in kit.station.desk.house().open_stays if one.identity)
    known = card(stay.identity.id_number, stay.identity.name)
    window.work.link.noticed.emit(m.Notice(size=0, card=known))
    window.until(lambda: "已在区" in window.shell.strip.result.accessibleName())
    assert window.shell.current() == "board"


def test_find_opens_a_person(window: Window, qapp: QApplication) -> None:
    board = window.at_work()
    window.bot.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.shell.findChild(Palette)
    palette.text.setText("A-02")
    palette.presenter.type("A-02")
    window.until(lambda: [row.kind for row in palette.presenter.rows] == ["人员"])
    window.bot.keyClick(palette.text, Qt.Key.Key_Return)
    window.until(lambda: board.presenter.card(board.grid.current_key()).number == "A-02")


def test_the_station_goes_and_is_started_again(home: Path, kit: StationKit, make_window: MakeWindow) -> None:
    started: list[StationKit] = []

    def start() -> None:
        if not started:
            started.append(StationKit(home))

    window = make_window(kit.clock, station_command=start)
    board = window.at_work()
    try:
        kit.stop()
        window.until(window.shell.trouble.isVisible)
        assert "不能保存" in window.shell.trouble.accessibleName()
        assert window.shell.top.lamp.state is SaveState.FAULT
        window.until(lambda: started)
        window.until(lambda: isinstance(window.work.cover, SignInScreen))
        assert "重新登录" in window.message()
        assert not window.shell.trouble.isVisible()
        window.at_work()
        assert window.board() is board
        window.until(lambda: window.shell.top.lamp.state is SaveState.SAVED)
    finally:
        for one in started:
            one.stop()


def test_without_a_station_the_window_has_it_started(home: Path, make_window: MakeWindow) -> None:
    from tests.station_kit import NOW
    from workstation.clock import SteppedClock

    started: list[StationKit] = []

    def start() -> None:
        if not started:
            started.append(StationKit(home))

    window = make_window(SteppedClock(NOW), station_command=start)
    try:
        window.until(lambda: window.work.sign_in.welcome)
        window.at_work()
    finally:
        window.work.link.detach()
        for one in started:
            one.stop()


def test_a_card_on_the_real_wire_starts_an_arrival(wired: StationKit, make_window: MakeWindow) -> None:
    window = make_window(wired.clock)
    board = window.at_work()
    window.until(lambda: board.cards.rowCount() == 5)
    wired.world.act("present_card", device="card-1", card="card-01")
    window.until(lambda: window.shell.current() == "steps")
    window.until(lambda: "测试甲" in window.shell.strip.result.accessibleName())
