"""Supervision: who to look in on, a draw by lot, corrections, entries against a rule; each leads to its entry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops, words_on
from ui.supervision.presenter import NEGATIVE, Mark, Tab
from ui.supervision.view import SupervisionScreen
from ui.widgets.states import State
from workstation.custody import commands as c
from workstation.custody.values import Care, CareOutcome
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD = stay_id(2)


def opened(shop: Shop) -> SupervisionScreen:
    screen: SupervisionScreen = shop.show(SupervisionScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.whole and shop.link.position >= shop.kit.station.desk.house().seq)
    return screen


def settled(shop: Shop, screen: SupervisionScreen) -> None:
    """Nothing is on its way any more."""
    screen.hide()
    shop.until(lambda: screen.presenter.quiet)


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


def leave(shop: Shop) -> None:
    saved = shop.kit.submit(
        shop.kit.lane("1003"), c.ReleaseOnExpiry(stay=HELD, destination="家", receiver="本人"), report=True
    )
    assert isinstance(saved, m.Saved), saved


def test_a_late_entry_comes_by_the_feed_and_opens_in_the_timeline(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    screen.tabs.buttons["negative"].click()
    before = screen.presenter.counts()[Mark.LATE]
    stay = record_late(shop)
    shop.until(lambda: screen.presenter.counts()[Mark.LATE] == before + 1)
    newest = screen.presenter.negative()[0]
    assert newest.entry.stay == stay
    assert Mark.LATE in newest.marks
    screen.marks.buttons["late"].click()
    assert screen.table().choose(newest.key)
    QTest.keyClick(screen.table(), Qt.Key.Key_Return)
    assert shop.went == [("timeline", stay, str(newest.entry.row.seq))]
    settled(shop, screen)


def test_who_left_owing_something_is_in_the_negative_list(shops: Shops) -> None:
    shop = shops("1007")
    leave(shop)
    screen = opened(shop)
    screen.tabs.buttons["negative"].click()
    screen.marks.buttons["owed"].click()
    owed = screen.presenter.negative()
    assert owed
    assert all(one.entry.left and one.entry.stay == HELD for one in owed)
    assert shop.words("supervision.person-left", person="") in screen.table().rows.rows()[0].cells[3].words
    settled(shop, screen)


def test_every_button_carries_its_count(shops: Shops) -> None:
    shop = shops("1007")
    record_late(shop)
    screen = opened(shop)
    counts = screen.presenter.counts()
    for mark in NEGATIVE:
        assert screen.marks.buttons[mark].words().endswith(f" {counts[mark]}")
    settled(shop, screen)


def test_the_patrol_lists_everyone_and_shows_their_room(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    cards = shop.board().cards
    assert {row.key for row in screen.table().rows.rows()} == {card.stay for card in cards}
    roomed = next(card for card in cards if screen.presenter.camera_of(card.stay))
    nowhere = next(card for card in cards if not screen.presenter.camera_of(card.stay))
    screen.table().choose(nowhere.stay)
    screen.watch.click()
    assert shop.went == []
    assert screen.watch.reasons() == (shop.words("supervision.no-camera"),)
    screen.table().choose(roomed.stay)
    screen.watch.click()
    QTest.keyClick(screen.table(), Qt.Key.Key_Return)
    camera = screen.presenter.camera_of(roomed.stay)
    assert shop.went == [("cameras", roomed.stay, camera), ("timeline", roomed.stay, "")]
    settled(shop, screen)


def test_a_draw_can_be_made_again(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    screen.tabs.buttons["sample"].click()
    assert screen.pages.state.state is State.EMPTY
    screen.seed.setText("")
    screen.draw.click()
    assert [error.code for error in shop.said.errors] == ["supervision.seed-missing"]
    screen.seed.setText("第四十七周")
    screen.counts.buttons["5"].click()
    screen.draw.click()
    shop.until(lambda: len(screen.presenter.drawn()) == 5)
    drawn = [one.key for one in screen.presenter.drawn()]
    assert [row.key for row in screen.table().rows.rows()] == drawn
    assert "第四十七周" in screen.scope.words()
    screen.draw.click()
    first = screen.presenter.sample
    shop.until(lambda: screen.presenter.sample is not first)
    assert [one.key for one in screen.presenter.drawn()] == drawn
    settled(shop, screen)


def test_the_bulletin_shows_no_figure_that_is_not_there(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    QTest.keyClick(screen, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    shop.until(lambda: screen.presenter.tab is Tab.BULLETIN)
    assert screen.pages.state.state is State.EMPTY
    assert not screen.open.isVisibleTo(screen)
    settled(shop, screen)


def test_a_part_with_nothing_in_it_says_so(shops: Shops) -> None:
    shop = shops("1007")
    screen = opened(shop)
    screen.tabs.buttons["corrections"].click()
    assert screen.presenter.corrections() == []
    assert screen.pages.state.state is State.EMPTY
    assert screen.open.reasons() == (shop.words("supervision.choose"),)
    settled(shop, screen)


def test_a_role_that_may_not_read_is_told_so(shops: Shops) -> None:
    shop = shops("1012")
    screen = shop.show(SupervisionScreen(shop.context, shop.look))
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_said(shops: Shops, language: str) -> None:
    shop = shops("1007", language=language)
    record_late(shop)
    leave(shop)
    screen = opened(shop)
    for tab in Tab:
        screen.tabs.buttons[tab].click()
        said = words_on(screen) + [cell.spoken() for row in screen.table().rows.rows() for cell in row.cells]
        assert [one for one in said if "⟨" in one or "{" in one] == []
        assert screen.minimumSizeHint().height() <= 620
    settled(shop, screen)
