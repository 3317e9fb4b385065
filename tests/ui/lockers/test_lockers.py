"""The locker map on the real station, with and without the lock boards on their wires."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.lockers.view import LockersScreen
from ui.widgets.doors import DoorState
from ui.widgets.labels import PlainLabel
from ui.widgets.states import State
from workstation.readings import Door


def opened(shop: Shop) -> LockersScreen:
    screen: LockersScreen = shop.show(LockersScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.banks and screen.presenter.staff)
    return screen


def state(screen: LockersScreen, cell: str) -> DoorState:
    bank = screen.presenter.current_bank()
    assert bank is not None
    place = next(place for place, one in enumerate(bank.cells) if one.cell == cell)
    doors = screen.grid.doors
    door = doors.door(doors.index(place // doors.columnCount(), place % doors.columnCount()))
    assert door is not None
    return door.state


def holding(screen: LockersScreen) -> str:
    return next(one.cell for bank in screen.presenter.banks for one in bank.cells if one.stay)


def said(screen: LockersScreen) -> str:
    return "\n".join(
        label.words() for label in screen.detail.findChildren(PlainLabel) if not label.isHidden()
    )


def test_a_door_that_nobody_has_read_is_unknown(shops: Shops) -> None:
    screen = opened(shops("1003"))
    cell = holding(screen)
    screen.presenter.choose_cell(cell)
    assert state(screen, cell) is DoorState.UNKNOWN
    door = screen.presenter.current_cell()
    assert door is not None
    assert door.name in said(screen)


def test_the_chain_of_hands_of_the_bag_behind_a_door(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    screen.presenter.choose_cell(holding(screen))
    shop.until(lambda: shop.words("lockers.chain") in said(screen))
    hand = screen.presenter.hands[-1]
    assert hand.what == "stored"
    stored = f"{shop.context.local(hand.at, '%m-%d %H:%M')} {shop.words('lockers.hand.stored')} 郭管理员 + "
    assert stored in said(screen)


def test_a_stay_leads_to_its_door(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    cell = next(one for bank in screen.presenter.banks for one in bank.cells if one.stay)
    screen.show_stay(cell.stay)
    assert screen.presenter.cell == screen.presenter.cell_of(cell.stay)
    screen.open_timeline.click()
    assert shop.went == [("timeline", cell.stay, "")]


def test_digits_jump_and_the_table_says_the_same(shops: Shops) -> None:
    screen = opened(shops("1003"))
    screen.grid.setFocus()
    QTest.keyClicks(screen.grid, "07")
    assert screen.presenter.cell.endswith("07")
    screen.twin.click()
    assert screen.twins.currentWidget() is screen.table
    bank = screen.presenter.current_bank()
    assert bank is not None
    assert screen.table.rows.rowCount() == len(bank.cells)
    QTest.keyClick(screen.table, Qt.Key.Key_Home)


def test_two_persons_open_a_real_door_for_inspection(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop)
    shop.until(lambda: any(one.door is Door.CLOSED for bank in screen.presenter.banks for one in bank.cells))
    cell = holding(screen)
    screen.presenter.choose_cell(cell)
    screen.inspect.click()
    assert screen.custodian.key() == shop.session.staff
    screen.send.click()
    assert screen.trouble.words() == shop.words("lockers.inspect.two")
    screen.second.choose(shop.session.staff)
    screen.send.click()
    assert screen.trouble.words() == shop.words("lockers.inspect.same")
    screen.second.choose("P1001")
    assert screen.leave()
    screen.send.click()
    shop.until(lambda: screen.side.currentWidget() is screen.detail)
    assert shop.seconds == [("P1003", "P1001")]
    shop.until(lambda: state(screen, cell) in (DoorState.OPEN, DoorState.TOO_LONG))
    assert not screen.leave()


def test_an_empty_locker_is_not_inspected(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    empty = next(one.cell for bank in screen.presenter.banks for one in bank.cells if not one.stay)
    screen.presenter.choose_cell(empty)
    screen.inspect.click()
    assert screen.side.currentWidget() is screen.detail
    assert screen.inspect.reasons() == (shop.words("lockers.inspect.empty"),)


def test_a_role_that_may_not_look_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(LockersScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)
