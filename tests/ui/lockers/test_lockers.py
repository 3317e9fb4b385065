"""The locker map on the real station, with and without the lock boards on their wires."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.lockers.kit import KEPT, TAG, holding, opened, said, state
from tests.ui.screen_kit import Shops
from ui.lockers.drawn import drawn_of
from ui.lockers.sight import Tag
from ui.lockers.view import LockersScreen
from ui.scan import ScanKind
from ui.widgets.doors import DoorState
from ui.widgets.states import State
from workstation.readings import Door


def test_a_door_that_nobody_has_read_is_unknown(shops: Shops) -> None:
    screen = opened(shops("1003"))
    cell = holding(screen)
    screen.presenter.choose_cell(cell)
    assert state(screen, cell) is DoorState.UNKNOWN
    door = screen.presenter.current_cell()
    assert door is not None
    assert door.name in said(screen)


def test_the_chain_of_hands_and_the_things_of_the_bag_behind_a_door(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    screen.presenter.choose_cell(KEPT)
    shop.until(lambda: shop.words("lockers.chain") in said(screen))
    hand = screen.presenter.hands[-1]
    assert hand.what == "stored"
    stored = f"{shop.context.local(hand.at, '%m-%d %H:%M')} {shop.words('lockers.hand.stored')} 郭管理员 + "
    assert stored in said(screen)
    shop.until(lambda: "手机 黑色直板 × 1 部" in said(screen))


def test_a_stay_leads_to_its_door(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    cell = next(one for bank in screen.presenter.banks for one in bank.cells if one.stay)
    screen.show_stay(cell.stay)
    assert screen.presenter.cell == screen.presenter.cell_of(cell.stay)
    screen.detail.timeline.click()
    assert shop.went == [("timeline", cell.stay, "")]


def test_a_scanned_door_or_bag_is_taken_in_hand(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    screen.show_cell("C-17")
    assert (screen.presenter.bank, screen.presenter.cell) == ("C", "C-17")
    assert screen.grid.current_number() == "17"
    assert screen.scanned(ScanKind.TAG, TAG)
    assert screen.presenter.cell == KEPT
    assert not screen.scanned(ScanKind.TAG, "99FFFFFFFFFFFFFFFFFFFFFF")
    screen.show_cell("Z-99")
    assert [error.code for error in shop.said.errors] == ["lockers.no-such"]
    assert screen.presenter.cell == KEPT


def test_a_door_that_was_scanned_before_the_banks_came_waits_for_them(shops: Shops) -> None:
    shop = shops("1003")
    screen: LockersScreen = shop.show(LockersScreen(shop.context, shop.look))
    screen.show_cell("C-09")
    shop.until(lambda: screen.presenter.cell == "C-09")


def test_digits_jump_and_arrows_go_to_neighbours(shops: Shops) -> None:
    screen = opened(shops("1003"))
    screen.grid.setFocus()
    QTest.keyClicks(screen.grid, "07")
    assert screen.presenter.cell.endswith("07")
    QTest.keyClick(screen.grid, Qt.Key.Key_Right)
    assert screen.presenter.cell.endswith("08")
    QTest.keyClick(screen.grid, Qt.Key.Key_Down)
    columns = screen.grid.doors.columnCount()
    assert screen.presenter.cell.endswith(f"{8 + columns:02d}")
    screen.resize(1000, 466)
    assert screen.grid.doors.columnCount() != columns
    assert screen.grid.current_number() == screen.presenter.cell[-2:]


def test_the_table_says_what_the_map_says(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    screen.twin.click()
    assert screen.twins.currentWidget() is screen.table
    bank = screen.presenter.current_bank()
    assert bank is not None
    assert screen.table.rows.rowCount() == len(bank.cells)
    drawn = drawn_of(shop.context, screen.presenter, bank)
    for place, cell in enumerate(bank.cells):
        line = screen.table.text_of([place])
        door = drawn.door(cell)
        assert [part in line for part in (door.number, door.word, door.whose, door.detail)] == [True] * 4
    screen.presenter.choose_cell("B-11")
    assert screen.table.current_key() == "B-11"


def test_two_persons_open_a_real_door_for_inspection(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop, wired=True)
    screen.presenter.choose_cell(KEPT)
    screen.detail.inspect.click()
    asking = screen.inspection
    assert asking.custodian.key() == shop.session.staff
    asking.send.click()
    assert asking.trouble.words() == shop.words("lockers.inspect.two")
    asking.second.choose(shop.session.staff)
    asking.send.click()
    assert asking.trouble.words() == shop.words("lockers.inspect.same")
    asking.second.choose("P1001")
    assert screen.leave()
    asking.send.click()
    shop.until(lambda: screen.side.currentWidget() is screen.guide)
    assert shop.seconds == [("P1003", "P1001")]
    shop.until(lambda: state(screen, KEPT) is DoorState.OPEN)
    shop.until(lambda: shop.words("lockers.purpose.inspect") in said(screen))
    assert not screen.leave()
    shop.kit.advance(seconds=61)
    screen._second_passed()
    assert state(screen, KEPT) is DoorState.TOO_LONG
    assert shop.world is not None
    shop.world.act("close_door", device="lock-a", door=3)
    shop.until(lambda: state(screen, KEPT) is DoorState.HOLDING)


def test_an_empty_locker_is_not_inspected(shops: Shops) -> None:
    shop = shops("1003")
    screen = opened(shop)
    empty = next(one.cell for bank in screen.presenter.banks for one in bank.cells if not one.stay)
    screen.presenter.choose_cell(empty)
    screen.detail.inspect.click()
    assert screen.side.currentWidget() is screen.guide
    assert screen.detail.inspect.reasons() == (shop.words("lockers.inspect.empty"),)


def test_a_forced_door_is_red_and_who_was_sent_is_recorded(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop, wired=True)
    screen.presenter.choose_cell(KEPT)
    assert not screen.detail.secure.isVisible()
    assert shop.world is not None
    shop.world.act("force_door", device="lock-a", door=3)
    shop.until(lambda: state(screen, KEPT) is DoorState.FORCED)
    shop.until(lambda: shop.words("lockers.forced") in said(screen))
    assert f"{shop.words('lockers.level.red')} 1" in screen.bank_table.text_of([0])
    screen.detail.secure.click()
    screen.securing.send.click()
    assert screen.securing.trouble.words() == shop.words("lockers.secure.who")
    screen.securing.who.choose("P1001")
    screen.securing.seen.setPlainText("门开着，袋还在")
    assert screen.leave()
    screen.securing.send.click()
    shop.until(lambda: screen.side.currentWidget() is screen.guide)
    cell = screen.presenter.current_cell()
    assert cell is not None
    stay = shop.kit.station.desk.house().stay(cell.stay)
    assert stay is not None
    note = stay.remarks.notes[-1].text
    assert KEPT in note
    assert "王警官" in note
    assert note.endswith("门开着，袋还在")


def test_a_bag_whose_tag_is_not_read_is_odd_and_a_silent_reader_makes_nothing_odd(shops: Shops) -> None:
    shop = shops("1003", devices=True)
    screen = opened(shop, wired=True)
    shop.until(lambda: screen.presenter.sight.tag("tags-a", TAG) is Tag.SEEN)
    assert state(screen, KEPT) is DoorState.HOLDING
    assert shop.world is not None
    shop.world.act("force_door", device="lock-a", door=3)
    shop.until(lambda: state(screen, KEPT) is DoorState.FORCED)
    shop.world.act("take_bag", epc=TAG)
    shop.world.act("close_door", device="lock-a", door=3)
    screen.presenter.look()
    shop.until(lambda: state(screen, KEPT) is DoorState.ODD)
    shop.world.act("unplug", device="tags-a")
    screen.presenter.look()
    shop.until(lambda: screen.presenter.sight.readings["tags-a"].error)
    assert state(screen, KEPT) is DoorState.HOLDING
    screen.presenter.choose_cell(KEPT)
    shop.until(lambda: shop.words("lockers.tag.last", time="") in said(screen))


def test_a_role_that_may_not_look_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(LockersScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)


def test_what_waits_for_a_contact_is_never_called_open(shops: Shops) -> None:
    screen = opened(shops("1003"))
    assert all(one.door is Door.UNKNOWN for bank in screen.presenter.banks for one in bank.cells)
    assert {state(screen, one.cell) for one in screen.presenter.banks[0].cells} == {DoorState.UNKNOWN}
