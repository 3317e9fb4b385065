"""The device bench on simulated wires."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.bench.presenter import masked
from ui.bench.view import BenchScreen
from ui.widgets.states import State
from workstation.readings import CardKind, CardRead


def opened(shop: Shop) -> BenchScreen:
    screen: BenchScreen = shop.show(BenchScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.known)
    return screen


def test_devices_are_listed_by_type_with_their_health(shops: Shops) -> None:
    screen = opened(shops("1012"))
    rows = screen.tree.rows.rows()
    heads = [row.cells[0].words for row in rows if row.head]
    assert heads == ["锁控板", "读标器", "电子秤", "身份证读卡器", "摄像机"]
    assert all(row.cells[0].badges for row in rows if not row.head)
    assert {row.cells[1].words for row in rows if not row.head} == {"未知"}


def test_the_trace_grows_holds_still_and_copies(shops: Shops) -> None:
    shop = shops("1012", devices=True)
    screen = opened(shop)
    presenter = screen.presenter
    presenter.choose("lock-a")
    shop.until(lambda: screen.trace.rows.rowCount() > 1)
    cell = screen.trace.rows.rows()[0].cells[2]
    assert cell.hex
    assert all(len(byte) == 2 for byte in cell.words.split())
    QTest.keyClick(screen.trace, Qt.Key.Key_Space)
    assert presenter.paused
    held = presenter.trace[-1].seq
    presenter._ask_trace()
    assert presenter.trace[-1].seq == held
    screen.copy.click()
    assert cell.words in QGuiApplication.clipboard().text()
    screen.hold.click()
    shop.until(lambda: presenter.trace[-1].seq > held)
    screen.faults.click()
    assert screen.trace_pages.state.state is State.EMPTY


def test_a_weight_is_read_now(shops: Shops) -> None:
    shop = shops("1007", devices=True)
    screen = opened(shop)
    screen.presenter.choose("scale-1")
    screen.ask.click()
    shop.until(lambda: screen.presenter.reading.startswith("0 g"))


def test_a_reading_that_fails_is_told(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    screen.presenter.choose("scale-1")
    screen.ask.click()
    shop.until(lambda: not screen.presenter.asking)
    assert shop.words("devices.no-rack") in screen.presenter.reading


def test_the_trace_is_not_for_everyone(shops: Shops) -> None:
    screen = opened(shops("1004"))
    assert screen.trace_pages.state.state is State.NO_PERMISSION


def test_a_card_is_told_without_its_number(shops: Shops) -> None:
    shop = shops("1007")
    card = CardRead(
        device="card-1", kind=CardKind.CITIZEN, name="测试甲", sex="1", ethnic="01", birth="1990-01-01", address="",
        number="990000199001010011", issuer="", valid_from="", valid_to="", at=shop.kit.clock.now(),
    )  # fmt: skip
    assert masked(card) == "990*************11"
