"""The warning list: what is open of every stay, by level and time; acknowledged, acted on, closed with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops, words_on
from ui.warnings.presenter import REASONS, Line, Tab, order
from ui.warnings.view import WarningsScreen
from ui.widgets.labels import PlainLabel
from ui.widgets.states import State
from workstation.custody import commands as c
from workstation.services.alerts import AlertSort
from workstation.services.practice import stay_id
from workstation.station import messages as m

WAITING, HELD = stay_id(1), stay_id(2)


def opened(shop: Shop, width: int = 1274, height: int = 620) -> WarningsScreen:
    screen: WarningsScreen = shop.show(WarningsScreen(shop.context, shop.look), width, height)
    shop.until(lambda: screen.presenter.whole and shop.link.position >= shop.kit.station.desk.house().seq)
    return screen


def settled(shop: Shop, screen: WarningsScreen) -> None:
    """Nothing is on its way any more."""
    screen.hide()
    shop.until(lambda: screen.presenter.quiet)


def owe_something(shop: Shop, times: int = 1) -> None:
    """An emergency seizure leaves the list to be made up for: a yellow duty."""
    lane, left = shop.kit.lane("1007"), times
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


def override(shop: Shop) -> int:
    """Two persons place someone who was not searched: red warnings. Returns how many."""
    placing = c.PlaceInRoom(stay=WAITING, room="holding-3", guard="P1004")
    lane = shop.kit.lane("1004")
    refused = shop.kit.submit(lane, placing)
    assert isinstance(refused, m.Refused), refused
    gates = dict.fromkeys(one.gate for one in refused.objections)
    overrides = tuple(c.Override(gate=gate, reason="突发疾病") for gate in gates)
    saved = shop.kit.submit(lane, placing, overrides=overrides, seconds=("1007",))
    assert isinstance(saved, m.Saved), saved
    return saved.kinds.count("warning-raised/1")


def leave(shop: Shop) -> None:
    """Someone whose ground has ended leaves at once; what is unmet is owed, each with a red warning."""
    saved = shop.kit.submit(
        shop.kit.lane("1003"), c.ReleaseOnExpiry(stay=HELD, destination="家", receiver="本人"), report=True
    )
    assert isinstance(saved, m.Saved), saved


def choose(screen: WarningsScreen, sort: AlertSort) -> Line:
    line = next(one for one in screen.presenter.lines() if one.first.sort is sort)
    assert screen.table.choose(line.key)
    return line


def test_lines_stand_by_level_then_by_when_they_are_due(shops: Shops) -> None:
    shop = shops()
    override(shop)
    owe_something(shop)
    screen = opened(shop)
    firsts = [line.first for line in screen.presenter.lines()]
    assert {one.level for one in firsts} >= {"red", "yellow"}
    assert firsts == sorted(firsts, key=order)
    assert [row.key for row in screen.table.rows.rows()] == [line.key for line in screen.presenter.lines()]
    for tab, button in screen.tabs.buttons.items():
        assert button.words().endswith(f" {len(screen.presenter.of(Tab(tab)))}")
    settled(shop, screen)


def test_a_warning_is_acknowledged_and_closed_from_the_keyboard(shops: Shops) -> None:
    shop = shops()
    raised = override(shop)
    screen = opened(shop)
    screen.tabs.buttons["warning"].click()
    assert len(screen.presenter.lines()) == raised
    line = choose(screen, AlertSort.WARNING)
    screen.table.setFocus()
    assert screen.detail.steps["seen"].shape.accessibleName() == shop.words("warnings.step.open")
    shop.kit.advance(seconds=41)
    screen.detail.seen.click()

    def held() -> Line:
        found = screen.presenter.line(line.key)
        assert found is not None
        return found

    shop.until(lambda: held().first.acknowledged_at is not None)
    seen = held().first
    assert seen.acknowledged_by == "P1007"
    assert screen.detail.steps["seen"].who.words().endswith("0:41")
    assert screen.figures.shown["seen"].value.words() == "0:41"
    assert not screen.detail.seen.isVisibleTo(screen)
    QTest.keyClick(screen.table, Qt.Key.Key_2)
    assert screen.side.currentWidget() is screen.closing
    assert screen.closing.reason == "no-cause"
    screen.closing.send.click()
    shop.until(lambda: screen.presenter.line(line.key) is None)
    assert screen.side.currentWidget() is screen.detail
    screen.tabs.buttons["closed"].click()
    (closed,) = screen.presenter.lines()
    assert (closed.first.id, closed.first.reason, closed.first.closed_by) == (
        line.first.id,
        "no-cause",
        "P1007",
    )
    said = [label.words() for label in screen.detail.steps["closed"].findChildren(PlainLabel)]
    assert any(shop.words("warnings.reason.no-cause") in one for one in said)
    settled(shop, screen)


def test_what_a_departure_left_is_one_line_with_its_warning_and_closed_as_one(shops: Shops) -> None:
    shop = shops()
    leave(shop)
    screen = opened(shop)
    mine = [line for line in screen.presenter.lines() if line.first.left]
    assert mine
    assert all(len(line.alerts) == 2 and line.warned is line.alerts[1] for line in mine)
    assert screen.saying.place(mine[0].first) == shop.words("warnings.gone")
    screen.show_stay(HELD)
    line = screen.presenter.line(screen.table.current_key())
    assert line is not None
    assert line.first.stay == HELD
    screen.detail.close_button.click()
    screen.closing.send.click()
    assert screen.closing.trouble.words() == shop.words("warnings.reason-missing")
    QTest.keyClick(screen, Qt.Key.Key_7)
    screen.closing.send.click()
    assert screen.closing.trouble.words() == shop.words("warnings.note-missing")
    screen.closing.note.setPlainText("已补做")
    assert screen.leave()
    screen.closing.send.click()
    shop.until(lambda: screen.presenter.line(line.key) is None and screen.presenter.whole)
    gone = {one.id for one in screen.presenter.of(Tab.CLOSED)}
    assert {one.id for one in line.alerts} == gone
    assert not screen.leave()
    settled(shop, screen)


def test_a_duty_appears_by_the_feed_and_its_first_action_is_its_cure(shops: Shops) -> None:
    shop = shops()
    screen = opened(shop)
    leave(shop)
    shop.until(lambda: any(line.first.left for line in screen.presenter.lines()))
    line = next(one for one in screen.presenter.lines() if one.first.left and one.first.cures)
    screen.table.choose(line.key)
    cure = line.first.cures[0]
    assert screen.detail.cures[0].words() == shop.words(f"action.{cure}")
    screen.detail.cures[0].click()
    QTest.keyClick(screen.table, Qt.Key.Key_D)
    screen.detail.history.click()
    assert shop.went == [("steps", HELD, cure), ("steps", HELD, cure), ("timeline", HELD, "")]
    settled(shop, screen)


def test_a_clock_is_acted_on_and_not_closed(shops: Shops) -> None:
    shop = shops()
    screen = opened(shop)
    line = choose(screen, AlertSort.CLOCK)
    assert not screen.detail.close_button.isVisibleTo(screen)
    assert not screen.detail.reasons.isVisibleTo(screen)
    assert line.first.basis in screen.detail.why.words()
    assert line.first.basis not in screen.detail.basis.words()
    QTest.keyClick(screen.table, Qt.Key.Key_1)
    assert screen.side.currentWidget() is screen.detail
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert shop.went == [("steps", line.first.stay, (line.first.cures or ("",))[0])]
    settled(shop, screen)


def test_lines_of_one_rule_are_folded_with_their_number_and_red_ones_are_not(shops: Shops) -> None:
    shop = shops()
    owe_something(shop, 3)
    raised = override(shop)
    screen = opened(shop)
    screen.tabs.buttons["duty"].click()
    (group,) = screen.presenter.lines()
    assert group.folded
    assert screen.table.rows.rows()[0].cells[2].words.endswith("×3")
    assert not screen.detail.close_button.isVisibleTo(screen)
    screen.table.choose(group.key)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert len(screen.presenter.lines()) == 3
    assert screen.table.current_key() in {line.key for line in screen.presenter.lines()}
    screen.group.click()
    assert not screen.presenter.grouped
    screen.group.click()
    assert len(screen.presenter.lines()) == 1
    screen.tabs.buttons["warning"].click()
    assert len(screen.presenter.lines()) == raised
    settled(shop, screen)


def test_the_order_stands_still_under_a_finger(shops: Shops) -> None:
    shop = shops()
    owe_something(shop, 2)
    screen = opened(shop)
    screen.group.click()
    before = [row.key for row in screen.table.rows.rows()]
    screen.table.choose(before[0])
    QTest.keyClick(screen.table, Qt.Key.Key_J)
    assert screen.table.currentIndex().row() == 1
    QTest.keyClick(screen.table, Qt.Key.Key_K)
    assert screen.table.currentIndex().row() == 0
    raised = override(shop)
    shop.until(lambda: screen.table.rows.rowCount() == len(before) + raised)
    assert [row.key for row in screen.table.rows.rows()][: len(before)] == before
    assert screen.table.current_key() == before[0]
    settled(shop, screen)


def test_figures_say_what_the_record_says(shops: Shops) -> None:
    shop = shops()
    raised = override(shop)
    screen = opened(shop)
    assert screen.presenter.alerts is not None
    figures, shown = screen.presenter.alerts.figures, screen.figures.shown
    assert figures.last_hour >= raised
    assert shown["rate"].value.words() == f"{figures.last_hour / 6:.1f}"
    assert shown["seen"].value.words() == "—"
    assert str(figures.waiting) in shown["late"].detail.words()
    assert shown["mix"].value.words().startswith(f"{screen.presenter.count('red')} : ")
    screen.often.click()
    assert screen.listed.tables.currentWidget() is screen.listed.top
    assert sum(int(row.cells[2].words) for row in screen.listed.top.rows.rows()) == figures.raised
    settled(shop, screen)


def test_mine_are_those_of_my_roles(shops: Shops) -> None:
    shop = shops("1004")
    override(shop)
    screen = opened(shop)
    roles = {str(role) for role in shop.session.roles}
    mine = screen.presenter.of(Tab.MINE)
    assert {one.owner for one in mine} <= roles
    assert len(mine) == sum(1 for one in screen.presenter.every() if one.owner in roles)
    assert mine
    settled(shop, screen)


def test_nothing_is_asked_while_the_screen_is_away(shops: Shops) -> None:
    shop = shops()
    screen = opened(shop)
    screen.hide()
    owe_something(shop)
    shop.until(lambda: not screen.presenter.whole)
    assert all(one.sort is not AlertSort.DUTY for one in screen.presenter.every())
    screen.show()
    shop.until(lambda: any(one.sort is AlertSort.DUTY for one in screen.presenter.every()))
    settled(shop, screen)


def test_a_role_that_may_not_read_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(WarningsScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)


def test_who_may_not_close_is_told_why(shops: Shops) -> None:
    shop = shops("1014")
    screen = shop.show(WarningsScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.alerts is not None or screen.presenter.error is not None)
    may = "close-warning" in shop.session.requests
    assert (screen.pages.state.state is State.NO_PERMISSION) is not may


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1274, 620), (1828, 932)])
def test_every_word_is_said_and_the_detail_is_never_cut(
    shops: Shops, language: str, size: tuple[int, int]
) -> None:
    shop = shops("1007", language=language)
    leave(shop)
    owe_something(shop)
    shop.kit.advance(minutes=4)
    screen = opened(shop, *size)
    for line in screen.presenter.lines():
        screen.table.choose(line.key)
        shop.bot.wait(1)
        assert [one for one in words_on(screen) if "⟨" in one or "{" in one] == []
        assert screen.detail.head.height() >= screen.detail.head.heightForWidth(screen.detail.head.width())
        assert screen.minimumSizeHint().height() <= size[1]
    assert len(REASONS) == 9
    settled(shop, screen)
