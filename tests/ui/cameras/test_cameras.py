"""The camera wall: live pictures for what is shown, and the words that say when a picture is not live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.cameras.presenter import Worth
from ui.cameras.view import CamerasScreen
from ui.widgets.camera import Picture
from ui.widgets.states import State


def opened(shop: Shop) -> CamerasScreen:
    screen: CamerasScreen = shop.show(CamerasScreen(shop.context, shop.look))
    return screen


def test_pictures_come_for_the_cameras_on_the_wall_only(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop)
    presenter = screen.presenter
    shop.until(lambda: all(presenter.seen[one].image is not None for one in presenter.shown()))
    hidden = [one for one in presenter.cameras() if one not in presenter.shown()]
    assert hidden
    assert all(presenter.seen[one].image is None for one in hidden)
    shop.until(lambda: all(screen.tiles[one].data.state is Picture.LIVE for one in presenter.shown()))
    shop.kit.advance(seconds=30)
    screen.hide()
    assert presenter.picture(presenter.shown()[0]) is Worth.FROZEN


def test_a_camera_that_is_not_wired_is_unknown(shops: Shops) -> None:
    shop = shops("1004")
    screen = opened(shop)
    first = screen.presenter.shown()[0]
    shop.until(lambda: screen.presenter.seen[first].health or screen.presenter.seen[first].error)
    tile = screen.tiles[first]
    shop.until(lambda: tile.data.message == shop.words("cameras.unknown"))
    assert tile.data.state is Picture.LOST
    assert tile.data.detail


def test_layouts_pages_and_enlarging(shops: Shops) -> None:
    shop = shops("1004")
    screen = opened(shop)
    presenter = screen.presenter
    every = presenter.cameras()
    assert len(every) == 6
    screen.layouts.buttons["6"].click()
    assert presenter.shown() == every
    screen.layouts.buttons["1"].click()
    screen.following.click()
    assert presenter.shown() == every[1:2]
    screen.layouts.buttons["4"].click()
    assert presenter.shown() == every[:4]
    tile = screen.tiles[every[0]]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Right)
    second = screen.tiles[every[1]]
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert presenter.shown() == every[1:2]
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert presenter.shown() == every[:4]


def test_a_role_that_may_not_look_is_told_so(shops: Shops) -> None:
    screen = opened(shops("1012"))
    assert screen.pages.state.state is State.NO_PERMISSION
