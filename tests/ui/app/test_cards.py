"""Staff cards at the window: whose they are is told at the sign-in, at the lock, at work and to the second person."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.station_kit import StationKit
from tests.ui.app.conftest import MakeWindow, Window
from tests.ui.app.test_sign_in import said
from ui import prefs
from ui.login.lock import LockScreen
from ui.login.view import SignInScreen
from ui.scan import ScanKind
from ui.widgets.strips import ScanOutcome
from workstation.services.practice import PRACTICE_SECRET


def test_a_slow_scanner_with_its_prefix_is_understood(
    kit: StationKit, make_window: MakeWindow, home: Path
) -> None:
    prefs.save(home, prefs.Prefs(scan_prefix="~"))
    window = make_window(kit.clock)
    window.until(lambda: window.work.sign_in.welcome)
    number = window.work.cover.number
    number.setFocus()
    at = 5_000
    for char in "~STAFF-1002\r":
        at += 200
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(at)
        QApplication.sendEvent(number, event)
    window.until(lambda: "李警官" in said(window.work.cover))
    assert number.text() == ""


def show(window: Window, card: str) -> None:
    window.work.scans.scanned.emit(ScanKind.STAFF, card)


def test_the_sign_in_greets_the_holder_by_name(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    show(window, "STAFF-1002")
    window.until(lambda: "李警官" in said(window.work.cover))
    window.work.cover.secret.setText(PRACTICE_SECRET)
    window.work.cover.enter.click()
    window.until(lambda: window.work.cover is None)
    assert window.work.link.session.staff == "P1002"


def test_a_card_that_nobody_has_does_not_stand_for_a_number(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    show(window, "STAFF-0000")
    window.until(lambda: "不认识这张工作证" in said(window.work.cover))
    window.until(window.work.cover.number.hasFocus)
    window.sign_in("1001")
    window.until(lambda: window.work.cover is None)
    assert window.work.link.session.staff == "P1001"


def test_the_lock_opens_with_the_own_card_and_the_secret(window: Window) -> None:
    window.at_work()
    window.work.lock()
    cover = window.work.cover
    assert isinstance(cover, LockScreen)
    show(window, "STAFF-1001")
    window.until(lambda: "王警官\n" in said(cover) or said(cover).endswith("王警官"))
    cover.secret.setText(PRACTICE_SECRET)
    cover.enter.click()
    window.until(lambda: window.work.cover is None)


def test_another_card_at_the_lock_says_whose_it_is_and_the_secret_alone_still_opens(window: Window) -> None:
    window.at_work()
    window.work.lock()
    cover = window.work.cover
    show(window, "STAFF-1002")
    window.until(lambda: "这是李警官的工作证" in said(cover))
    assert cover.change.hasFocus()
    cover.secret.setText(PRACTICE_SECRET)
    cover.enter.click()
    window.until(lambda: window.work.cover is None)
    assert window.work.link.session.staff == "P1001"


def test_at_work_the_own_card_is_known_already(window: Window) -> None:
    window.at_work()
    show(window, "STAFF-1001")
    strip = window.shell.strip
    window.until(lambda: "王警官 已登录" in strip.result.accessibleName())
    assert strip.flashing() is ScanOutcome.ALREADY


def test_at_work_a_colleague_s_card_offers_to_take_over(window: Window) -> None:
    window.at_work()
    show(window, "STAFF-1002")
    strip = window.shell.strip
    window.until(lambda: "李警官" in strip.result.accessibleName())
    strip.next.click()
    assert isinstance(window.work.cover, SignInScreen)


def test_at_work_a_strange_card_is_bad(window: Window) -> None:
    window.at_work()
    show(window, "STAFF-0000")
    window.until(lambda: "没有登记" in window.shell.strip.result.accessibleName())
    assert window.shell.strip.flashing() is ScanOutcome.BAD


def test_nothing_of_the_last_scan_stays_on_a_locked_screen(window: Window) -> None:
    window.at_work()
    window.work.scans.scanned.emit(ScanKind.TAG, "99000000000000000000B002")
    window.until(window.shell.strip.next.isVisible)
    window.work.line.info("app.online")
    window.work.lock()
    strip = window.shell.strip
    assert not strip.result.isVisible()
    assert not strip.next.isVisible()
    assert window.message() == ""
    window.work.cover.change.click()
    window.until(lambda: "口令" in window.message())


def test_a_scan_is_left_again_by_ctrl_z(window: Window) -> None:
    board = window.at_work()
    window.work.scans.scanned.emit(ScanKind.CELL, "B-03")
    window.until(lambda: window.shell.current() == "lockers")
    window.shell.undo_asked.emit()
    assert window.shell.current() == "board"
    assert not window.shell.strip.undo.isVisible()
    first = board.grid.current_key()
    window.work.scans.scanned.emit(ScanKind.TAG, "99000000000000000000B002")
    window.until(lambda: board.grid.current_key() != first)
    held = board.grid.current_key()
    window.work.scans.scanned.emit(ScanKind.TAG, "99000000000000000000B002")
    window.until(lambda: "已在手上" in window.shell.strip.result.accessibleName())
    assert window.shell.strip.flashing() is ScanOutcome.ALREADY
    assert board.grid.current_key() == held
