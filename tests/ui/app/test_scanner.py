"""The scanner on the desk's line at the real window: the same scans do the same as from a keyboard wedge, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.station_kit import StationKit, until
from tests.ui.app.conftest import MakeWindow, Window
from tests.ui.app.test_every_scan import Wedge
from tests.ui.app.test_sign_in import said
from ui.link import Link
from ui.login.lock import LockScreen
from ui.login.view import SignInScreen
from ui.scan import ScanKind
from ui.widgets.strips import ScanOutcome
from workstation.custody import commands as c
from workstation.custody.values import CellPurpose
from workstation.readings import Level, ScanRead
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m

BAND = "99000000000000000000B002"
SCANNER = "scanner-1"

Scan = Callable[[str], None]


def line_open(wired: StationKit) -> None:
    until(lambda: wired.station.health()[SCANNER].level is Level.OK, "the scanner's line")


@pytest.fixture
def window(wired: StationKit, make_window: MakeWindow) -> Window:
    """The window of a desk whose scanner is on the line."""
    line_open(wired)
    for reader in ("tags-a", "tags-b"):
        wired.world.act("unplug", device=reader)  # or the strip tells of bags that they hear in the lockers
    window = make_window(wired.clock)
    window.until(lambda: window.work.sign_in.welcome)
    feeds = wired.station.hub._feeds
    window.until(lambda: feeds)
    return window


@pytest.fixture(params=["wedge", "serial"])
def scan(request: pytest.FixtureRequest, wired: StationKit, window: Window) -> Scan:
    """Scan a code with either scanner."""
    if request.param == "wedge":
        return Wedge().scan
    return lambda code: wired.world.act("scan_code", device=SCANNER, code=code)


@pytest.fixture
def scans(window: Window) -> list[tuple[ScanKind, str]]:
    """What the scan router told."""
    told: list[tuple[ScanKind, str]] = []
    window.work.scans.scanned.connect(lambda kind, text: told.append((kind, text)))
    return told


def result(window: Window) -> str:
    return window.shell.strip.result.accessibleName()


class TestEitherScanner:
    def test_a_staff_card_at_the_sign_in_stands_for_the_number(self, window: Window, scan: Scan) -> None:
        window.work.cover.number.setFocus()
        scan("STAFF-1002")
        window.until(lambda: "李警官" in said(window.work.cover))
        assert window.work.cover.number.text() == ""
        window.work.cover.secret.setText(PRACTICE_SECRET)
        window.work.cover.enter.click()
        window.until(lambda: window.work.cover is None)
        assert window.work.link.session.staff == "P1002"

    def test_a_band_before_anybody_signed_in_is_told_as_too_early(self, window: Window, scan: Scan) -> None:
        window.work.cover.number.setFocus()
        scan(BAND)
        window.until(lambda: "未登录" in result(window))
        assert window.shell.strip.flashing() is ScanOutcome.BAD
        window.at_work()
        assert window.shell.current() == "board"
        assert BAND[-4:] not in result(window)

    def test_a_colleague_s_card_at_work_offers_to_take_over(self, window: Window, scan: Scan) -> None:
        window.at_work()
        scan("STAFF-1002")
        window.until(lambda: "李警官" in result(window))
        window.shell.strip.next.click()
        assert isinstance(window.work.cover, SignInScreen)

    def test_a_band_puts_the_card_in_hand_and_offers_the_next_action(
        self, window: Window, scan: Scan
    ) -> None:
        board = window.at_work()
        scan(BAND)
        strip = window.shell.strip
        window.until(strip.next.isVisible)
        held = board.presenter.card(board.grid.current_key())
        assert held is not None
        assert held.number in result(window)
        strip.next.click()
        assert window.shell.current() == "steps"

    def test_a_code_that_nobody_knows_says_so_and_opens_nothing(self, window: Window, scan: Scan) -> None:
        window.at_work()
        scan("ZZTOP")
        window.until(lambda: "没有登记" in result(window))
        assert window.shell.strip.flashing() is ScanOutcome.BAD
        assert "ZZTOP" in window.message()
        assert window.shell.current() == "board"

    def test_the_own_card_at_the_lock_is_known_and_a_band_opens_nothing(
        self, window: Window, scan: Scan, scans: list[tuple[ScanKind, str]]
    ) -> None:
        window.at_work()
        window.work.lock()
        cover = window.work.cover
        assert isinstance(cover, LockScreen)
        cover.secret.setFocus()
        scan(BAND)
        window.until(lambda: scans)
        window.until(lambda: "未登录" in result(window))
        scan("STAFF-1001")
        window.until(lambda: said(cover).count("王警官") > 1 or said(cover).endswith("王警官"))
        cover.secret.setText(PRACTICE_SECRET)
        cover.enter.click()
        window.until(lambda: window.work.cover is None)
        assert window.shell.current() == "board"
        assert BAND[-4:] not in result(window)

    def test_the_second_person_s_card_goes_to_the_dialog_and_a_band_does_not(
        self, window: Window, scan: Scan, scans: list[tuple[ScanKind, str]]
    ) -> None:
        board = window.at_work()
        stay = next(card.stay for card in board.presenter.cards() if card.number == "A-01")
        opening = c.OpenCell(
            stay=stay, cell="C-05", purpose=CellPurpose.INSPECT, bag="bag-03", custodian="P1003",
            second="P1002",
        )  # fmt: skip
        outcome: list[Any] = []
        window.work.approving(opening, outcome.append, outcome.append)
        dialog = window.work.dialog
        window.until(dialog.isVisible)
        scan(BAND)
        window.until(lambda: scans == [(ScanKind.TAG, BAND)])
        assert dialog.isVisible()
        assert BAND[-4:] not in result(window)
        scan("STAFF-1003")
        window.until(lambda: "李警官" in dialog._second.text())
        scan("STAFF-1002")
        window.until(lambda: outcome)
        assert isinstance(outcome[0], m.Saved)
        assert not dialog.isVisible()


class TestTheLine:
    def test_every_scan_is_told_once_over_lock_and_sign_out(
        self, wired: StationKit, window: Window, scans: list[tuple[ScanKind, str]]
    ) -> None:
        def scan(code: str) -> None:
            before = len(scans)
            wired.world.act("scan_code", device=SCANNER, code=code)
            window.until(lambda: len(scans) > before)

        scan("STAFF-1001")
        window.at_work()
        scan("CELL-B-03")
        window.work.lock()
        scan("STAFF-1001")
        window.work.cover.secret.setText(PRACTICE_SECRET)
        window.work.cover.enter.click()
        window.until(lambda: window.work.cover is None)
        scan("STAY-A-02")
        feeds = wired.station.hub._feeds
        before = set(feeds)
        window.work.sign_out()
        window.until(lambda: set(feeds) - before)
        scan("STAFF-1003")
        assert scans == [
            (ScanKind.STAFF, "STAFF-1001"),
            (ScanKind.CELL, "B-03"),
            (ScanKind.STAFF, "STAFF-1001"),
            (ScanKind.STAY, "A-02"),
            (ScanKind.STAFF, "STAFF-1003"),
        ]

    def test_a_scan_counts_as_somebody_being_there(self, wired: StationKit, window: Window) -> None:
        touched: list[int] = []
        window.at_work()
        window.work.scans.touched.connect(lambda: touched.append(1))
        wired.world.act("scan_code", device=SCANNER, code="CELL-B-03")
        window.until(lambda: touched)

    def test_what_is_scanned_while_nobody_may_see_it_is_not_kept(
        self, wired: StationKit, window: Window, scans: list[tuple[ScanKind, str]]
    ) -> None:
        window.at_work()
        window.work.lock()
        until(lambda: wired.station.sessions.find(window.work.link.session.token).locked, "the lock")
        wired.world.act("scan_code", device=SCANNER, code=BAND)
        window.until(lambda: scans)
        assert scans == [(ScanKind.UNKNOWN, "")]
        window.work.cover.secret.setText(PRACTICE_SECRET)
        window.work.cover.enter.click()
        window.until(lambda: window.work.cover is None)
        window.work.link.noticed.emit(m.Notice(size=0, scans=(scan_of(wired, ""),)))
        assert len(scans) == 1
        assert window.shell.current() == "board"

    def test_pulled_out_in_the_middle_of_a_line_everything_goes_on(
        self, wired: StationKit, window: Window, scans: list[tuple[ScanKind, str]]
    ) -> None:
        board = window.at_work()
        wired.world.act("put_fault", device=SCANNER, kind="truncate", count=1)
        wired.world.act("scan_code", device=SCANNER, code=BAND)
        wired.world.act("unplug", device=SCANNER)
        until(lambda: wired.station.health()[SCANNER].level is Level.LOST, "the loss")
        wedge = Wedge()
        board.grid.setFocus()
        wedge.scan("ZZTOP")
        window.until(lambda: "没有登记" in result(window))
        wired.world.act("replug", device=SCANNER)
        line_open(wired)
        wired.world.act("scan_code", device=SCANNER, code=BAND)
        window.until(window.shell.strip.next.isVisible)
        assert scans == [(ScanKind.UNKNOWN, "ZZTOP"), (ScanKind.TAG, BAND)]


def scan_of(wired: StationKit, text: str) -> ScanRead:
    return ScanRead(device=SCANNER, text=text, at=wired.clock.now())


def test_who_listens_before_the_sign_in_stops_when_told(wired: StationKit) -> None:
    feeds = wired.station.hub._feeds
    link = Link(wired.home)
    link.listen()
    link.listen()
    until(lambda: len(feeds) == 1, "one feed")
    link.detach()
    until(lambda: not feeds, "its end")
    link.listen()
    until(lambda: len(feeds) == 1, "the next")
    link.close()
    link.listen()
    until(lambda: not feeds, "the end of all")
