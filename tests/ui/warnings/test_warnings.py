"""The warning list: duties and clocks of every stay, by level and time; closing asks for a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.warnings.presenter import Sort
from ui.warnings.view import WarningsScreen
from ui.widgets.labels import PlainLabel
from ui.widgets.states import State
from workstation.custody import commands as c
from workstation.station import messages as m


def opened(shop: Shop) -> WarningsScreen:
    screen: WarningsScreen = shop.show(WarningsScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.gather.whole)
    return screen


def owe_something(shop: Shop, times: int = 1) -> None:
    """An emergency seizure leaves the list to be made up for: a duty."""
    lane = shop.kit.lane("1007")
    left = times
    for card in shop.board().cards:
        reply: m.StayReply = lane.ask(m.GetStay(stay=card.stay))
        for item in reply.facts.effects.items:
            saved = shop.kit.submit(
                lane,
                c.SeizeItem(stay=card.stay, item=item.item, basis="现场查获", list_number="", emergency=True),
            )
            assert isinstance(saved, m.Saved), saved
            left -= 1
            shop.kit.advance(seconds=5)
            if not left:
                return


def test_lines_stand_by_level_then_by_when_they_are_due(shops: Shops) -> None:
    screen = opened(shops())
    items = screen.presenter.items()
    assert items
    order = {"red": 0, "yellow": 1, "blue": 2}
    keys = [(order[item.level], item.due) for item in items if item.due]
    assert keys == sorted(keys)
    assert [row.key for row in screen.table.rows.rows()] == [item.key for item in items]
    assert screen.chips["red"].words().endswith(str(screen.presenter.count("red")))


def test_a_duty_appears_by_the_feed_and_is_closed_with_a_reason(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    owe_something(shop)
    shop.until(lambda: any(item.sort is Sort.DUTY for item in screen.presenter.every()))
    screen.sorts.buttons["duty"].click()
    (duty,) = screen.presenter.items()
    assert screen.table.choose(duty.key)
    said = [label.words() for label in screen.detail.findChildren(PlainLabel)]
    assert [text for text in said if "⟨" in text or "{" in text] == []
    screen.close_button.click()
    screen.send.click()
    assert screen.trouble.words() == shop.words("warnings.reason-missing")
    QTest.keyClick(screen, Qt.Key.Key_1)
    screen.send.click()
    assert screen.trouble.words() == shop.words("warnings.note-missing")
    screen.note.setPlainText("清单已补")
    assert screen.leave()
    screen.send.click()
    shop.until(lambda: not [item for item in screen.presenter.every() if item.sort is Sort.DUTY])
    assert screen.side.currentWidget() is screen.detail
    assert screen.pages.state.state is State.EMPTY


def test_a_clock_is_acted_on_and_not_closed(shops: Shops) -> None:
    shop = shops()
    screen = opened(shop)
    clock = next(item for item in screen.presenter.items() if item.sort is Sort.CLOCK)
    screen.table.choose(clock.key)
    assert screen.close_button.isHidden()
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert shop.went == [("steps", clock.stay, "")]


def test_j_and_k_go_down_and_up(shops: Shops) -> None:
    shop = shops()
    owe_something(shop, 2)
    screen = opened(shop)
    assert screen.table.rows.rowCount() > 1
    screen.table.choose(screen.table.rows.key(0))
    QTest.keyClick(screen.table, Qt.Key.Key_J)
    assert screen.table.currentIndex().row() == 1
    QTest.keyClick(screen.table, Qt.Key.Key_K)
    assert screen.table.currentIndex().row() == 0


def test_nothing_is_asked_while_the_screen_is_away(shops: Shops) -> None:
    shop = shops()
    screen = opened(shop)
    screen.hide()
    owe_something(shop)
    shop.until(lambda: not screen.presenter.gather.whole)
    assert all(item.sort is not Sort.DUTY for item in screen.presenter.every())
    screen.show()
    shop.until(lambda: any(item.sort is Sort.DUTY for item in screen.presenter.every()))


def test_a_role_that_may_not_read_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(WarningsScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)
