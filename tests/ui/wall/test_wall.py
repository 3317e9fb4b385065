"""The wall at the real window, fed by the real station: what it shows, what it never shows, how it grows old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FAMILIES, RESOURCES
from tests.ui.screen_kit import Shop, Shops
from ui.board.view import BoardScreen
from ui.theme import Level
from ui.wall.opening import WallOpener
from ui.wall.saying import WallItem, items
from ui.wall.view import WallWindow
from ui.widgets.look import Look
from workstation.custody import commands as c
from workstation.services.practice import stay_id
from workstation.station import messages as m

Hang = Callable[..., WallWindow]


@pytest.fixture
def hang(qtbot: QtBot, qapp: QApplication) -> Iterator[Hang]:
    made: list[WallWindow] = []

    def make(shop: Shop, width: int = 1920, height: int = 1080) -> WallWindow:
        wall = WallWindow(shop.link, shop.words, shop.kit.clock, FAMILIES, RESOURCES / "icons")
        made.append(wall)
        wall.closed.connect(lambda: made.remove(wall))
        wall.resize(width, height)
        wall.show()
        shop.until(lambda: wall.presenter.wall is not None)
        return wall

    yield make
    for wall in list(made):
        wall.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def sentences(wall: WallWindow) -> list[str]:
    """What a screen reader reads of the cards."""
    grid = QAccessible.queryAccessibleInterface(wall.grid)
    return [grid.child(row).text(QAccessible.Text.Name) for row in range(grid.childCount())]


def shown(wall: WallWindow) -> list[WallItem]:
    """Every card in words."""
    return items(wall.presenter, wall._words, 99, wall._clock.now())


def everything(wall: WallWindow) -> str:
    """Every word on the wall."""
    named = [one.accessibleName() for one in wall.findChildren(QWidget)]
    return " ".join([*named, *sentences(wall)])


def test_numbers_rooms_and_the_two_timers_and_nobody_named(shops: Shops, hang: Hang) -> None:
    shop = shops()
    board = shop.board()
    wall = hang(shop)
    held = [one for one in board.cards if one.capacity == "suspect"]
    assert [one.number in said for one, said in zip(held, sentences(wall), strict=True)] == [True] * len(held)
    words = everything(wall)
    assert "时限 剩" in words
    assert "巡查 剩" in words
    assert "候问室一" in words
    assert [one.name for one in board.cards if one.name in words] == []
    assert [word for word in ("传唤", "刑传", "拘", "8h", "殴打", "演-2026", "证人") if word in words] == []


def test_it_hangs_while_the_session_is_locked_and_counts_down(shops: Shops, hang: Hang) -> None:
    shop = shops()
    wall = hang(shop)
    shop.lane.ask(m.LockSession())
    before = next(item for item in shown(wall) if item.timers[1].value)
    shop.kit.advance(minutes=2)
    wall.presenter.refresh()
    wall.tick()
    after = next(item for item in shown(wall) if item.key == before.key)
    assert int(after.timers[1].value) == int(before.timers[1].value) - 2
    shop.until(lambda: not wall.presenter.stale())
    assert wall.presenter.error is None


def test_an_old_picture_says_that_it_is_old(shops: Shops, hang: Hang) -> None:
    shop = shops()
    wall = hang(shop)
    assert "服务未应答" not in wall.head.accessibleName()
    wall.presenter.stop()
    shop.kit.advance(seconds=30)
    wall.tick()
    assert "服务未应答 · 以下为 14:00:00 的情况" in wall.head.accessibleName()


def test_a_disputed_place_and_an_unknown_one_are_drawn_as_such(shops: Shops, hang: Hang) -> None:
    shop = shops()
    boss = shop.boss()
    shop.kit.submit(boss, c.Move(stay=stay_id(3), room="medical", reason="测试"), report=True)
    wall = hang(shop)
    places = {item.number: (item.place, item.place_level) for item in shown(wall)}
    assert places[shop_number(shop, 3)] == ("位置核对", Level.YELLOW)
    assert places[shop_number(shop, 1)] == ("位置未登记", Level.UNKNOWN)


def shop_number(shop: Shop, stay: int) -> str:
    return next(one.number for one in shop.board().cards if one.stay == stay_id(stay))


def test_what_does_not_fit_comes_on_the_next_page(shops: Shops, hang: Hang) -> None:
    shop = shops()
    wall = hang(shop, 800, 480)
    each, held = wall.grid.each(), [one.number for one in shown(wall)]
    assert each < len(held)
    seen: set[str] = set()
    for _ in range(wall.presenter.pages(each)):
        wall.tick()
        seen |= {wall.model.index(row).data() for row in range(wall.model.rowCount())}
        assert wall.model.rowCount() <= each
        assert "页" in wall.foot.accessibleName()
        shop.kit.clock.advance(timedelta(seconds=10))
    assert seen == set(held)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_cards_stand_whole_in_the_window(shops: Shops, hang: Hang, width: int, height: int) -> None:
    wall = hang(shops(), width, height)
    QApplication.processEvents()
    viewport = wall.grid.viewport().rect()
    for row in range(wall.model.rowCount()):
        assert viewport.contains(wall.grid.visualRect(wall.model.index(row)))
    assert wall.look.theme.scale == pytest.approx(width / 1920)


def test_f11_on_the_board_hangs_the_wall_and_escape_takes_it_down(
    shops: Shops, look: Look, qtbot: QtBot
) -> None:
    shop = shops()
    board = shop.show(BoardScreen(shop.context, look))
    opener = WallOpener(board, shop.link, shop.words, shop.kit.clock, FAMILIES, RESOURCES / "icons")
    board.wall_asked.connect(opener.open)
    shop.until(lambda: board.cards.rowCount())
    qtbot.keyClick(board.grid, Qt.Key.Key_F11)
    assert opener.window is not None
    assert opener.window.isFullScreen()
    qtbot.keyClick(opener.window, Qt.Key.Key_Escape)
    assert opener.window is None


def test_english(shops: Shops, hang: Hang) -> None:
    wall = hang(shops(language="en"))
    words = everything(wall)
    assert "Holding room 1" in words
    assert "Limit" in words
    assert "Present 4" in words
