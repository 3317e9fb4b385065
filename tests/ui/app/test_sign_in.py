"""Who is at the screen: sign-in, lock, another person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.station_kit import StationKit
from tests.ui.app.conftest import Window
from ui.login.lock import LockScreen
from ui.login.view import SignInScreen
from ui.scan import ScanKind
from ui.widgets.lamp import SaveState
from workstation.services.practice import PRACTICE_SECRET


def said(widget: object) -> str:
    """All words on a widget and in it."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def type_by_hand(window: Window, field: QLineEdit, text: str) -> None:
    """One key after the other, each when the one before has arrived: slower than any scanner."""
    for count, letter in enumerate(text, 1):
        window.bot.keyClicks(field, letter)
        window.until(lambda count=count: field.text() == text[:count])


def test_number_secret_and_enter_open_the_board(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    cover = window.work.cover
    assert isinstance(cover, SignInScreen)
    assert "5 人" in said(cover)
    assert "测试" not in said(cover)
    type_by_hand(window, cover.number, "1001")
    window.bot.keyClick(cover.number, Qt.Key.Key_Return)
    assert cover.secret.hasFocus()
    type_by_hand(window, cover.secret, PRACTICE_SECRET)
    window.bot.keyClick(cover.secret, Qt.Key.Key_Return)
    window.until(lambda: window.work.cover is None)
    board = window.board()
    window.until(lambda: board.cards.rowCount() == 5)
    assert window.shell.current() == "board"
    window.until(lambda: window.shell.top.lamp.state is SaveState.SAVED)
    assert "王警官" in window.shell.top.user.accessibleName()
    assert window.shell.rail.isVisible()


def test_a_wrong_secret_is_told_and_nothing_opens(window: Window) -> None:
    window.sign_in(secret="not-the-secret")
    cover = window.work.cover
    assert isinstance(cover, SignInScreen)
    window.until(lambda: "口令不对" in said(cover))
    assert cover.secret.text() == ""
    assert cover.number.text() == "1001"
    assert window.work.context is None


def test_a_card_stands_for_the_number(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    window.work.scans.scanned.emit(ScanKind.STAFF, "STAFF-1002")
    cover = window.work.cover
    assert "工作证已读" in said(cover)
    cover.secret.setText(PRACTICE_SECRET)
    cover.enter.click()
    window.until(lambda: window.work.cover is None)
    assert "李警官" in window.shell.top.user.accessibleName()


def test_other_scans_before_sign_in_are_not_looked_up(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    window.work.scans.scanned.emit(ScanKind.TAG, "99000000000000000000B002")
    assert "未登录" in window.shell.strip.result.accessibleName()


def test_a_practice_line_signs_in(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    row = window.work.cover.findChild(object, "login.practice.2")
    row.click()
    window.until(lambda: window.work.cover is None)
    assert window.work.link.session.staff == "P1003"


def test_lock_hides_names_and_unlock_goes_on(window: Window) -> None:
    board = window.at_work()
    window.until(lambda: board.cards.rowCount() == 5)
    window.bot.keyClick(window.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    cover = window.work.cover
    assert isinstance(cover, LockScreen)
    shown = cover.cards.cards()
    assert len(shown) == 5
    assert not any("测试" in f"{card.name}{card.last}{card.action}" for card in shown)
    cover.secret.setText("not-the-secret")
    cover.enter.click()
    window.until(lambda: "口令不对" in said(cover))
    cover.secret.setText(PRACTICE_SECRET)
    cover.enter.click()
    window.until(lambda: window.work.cover is None)
    assert window.board() is board
    assert window.shell.current() == "board"


def test_an_idle_window_locks_itself(window: Window, kit: StationKit) -> None:
    window.at_work()
    kit.advance(seconds=299)
    window.work.idle.look()
    assert window.work.cover is None
    kit.advance(seconds=2)
    window.work.idle.look()
    assert isinstance(window.work.cover, LockScreen)


def test_another_person_gets_a_fresh_window(window: Window) -> None:
    board = window.at_work()
    window.work.lock()
    window.work.cover.change.click()
    window.until(lambda: window.work.context is None)
    assert isinstance(window.work.cover, SignInScreen)
    assert window.at_work("1003") is not board
    assert window.work.link.session.staff == "P1003"


def test_language_changes_at_the_sign_in(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    window.work.cover.language.click()
    assert "Show your card" in said(window.work.cover)
    window.at_work()
    assert window.shell.rail.items["board"].words() == "Board"
    assert window.board().bar.new.words() == "New arrival"
