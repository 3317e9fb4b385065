"""The review list: late entries, corrections and breaches of every open stay, leading to the timeline."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.supervision.presenter import Mark
from ui.supervision.view import SupervisionScreen
from ui.widgets.states import State
from workstation.custody import commands as c
from workstation.custody.values import Care, CareOutcome
from workstation.station import messages as m


def opened(shop: Shop) -> SupervisionScreen:
    screen: SupervisionScreen = shop.show(SupervisionScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.gather.whole)
    return screen


def record_late(shop: Shop) -> str:
    stay = shop.stay("A-01").stay
    saved = shop.kit.submit(
        shop.kit.lane("1004"),
        c.OfferCare(stay=stay, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail=""),
        report=True,
        happened_at=shop.kit.clock.now() - timedelta(minutes=22),
    )
    assert isinstance(saved, m.Saved), saved
    return stay


def test_a_late_entry_comes_by_the_feed_and_opens_in_the_timeline(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    before = screen.presenter.counts()[Mark.LATE]
    stay = record_late(shop)
    shop.until(lambda: screen.presenter.counts()[Mark.LATE] == before + 1)
    newest = screen.presenter.findings()[0]
    assert newest.stay == stay
    assert Mark.LATE in newest.marks
    screen.marks.buttons["late"].click()
    assert screen.table.choose(newest.key)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert shop.went == [("timeline", stay, str(newest.row.seq))]


def test_every_button_carries_its_count(shops: Shops) -> None:
    shop = shops("1007")
    record_late(shop)
    screen = opened(shop)
    counts = screen.presenter.counts()
    for mark in Mark:
        assert screen.marks.buttons[mark].words().endswith(f" {counts[mark]}")


def test_with_nothing_to_review_the_list_says_so(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    screen.marks.buttons["override"].click()
    if not screen.presenter.findings():
        assert screen.pages.state.state is State.EMPTY


def test_a_role_that_may_not_read_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(SupervisionScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)
