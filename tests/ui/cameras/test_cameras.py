"""The camera wall: live pictures for what is shown, and the words that say when a picture is not live."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.cameras.standing import Loud, Worth
from ui.cameras.view import CamerasScreen
from ui.theme import Level
from ui.widgets.camera import Picture
from ui.widgets.states import State
from workstation.custody import commands as c
from workstation.custody.values import RoomUse
from workstation.services.practice import stay_id

HELD = stay_id(2)
ROOM, CAMERA = "holding-1", "cam-3"


def opened(shop: Shop, *, wired: bool = False) -> CamerasScreen:
    screen: CamerasScreen = shop.show(CamerasScreen(shop.context, shop.look))
    if wired:
        presenter = screen.presenter
        shop.until(lambda: all(presenter.seen[one].image is not None for one in presenter.shown()))
        shop.until(lambda: presenter.board is not None and presenter.recordings is not None)
    return screen


def make_private(shop: Shop) -> None:
    """The room of the person who is held becomes a medical room: nothing of it may be seen."""
    room = next(one for one in shop.context.centre.rooms if one.id == ROOM)
    shop.kit.submit(
        shop.kit.lane("1013"),
        c.DeclareRoom(
            room=ROOM, name_zh=room.name_zh, name_en=room.name_en, use=RoomUse.MEDICAL,
            capacity=room.capacity, camera=CAMERA,
        ),
    )  # fmt: skip


def test_pictures_come_for_the_cameras_on_the_wall_only(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop)
    screen.layouts.buttons["4"].click()
    presenter = screen.presenter
    shop.until(lambda: all(presenter.seen[one].image is not None for one in presenter.shown()))
    screen.layouts.buttons["1"].click()
    screen.layouts.buttons["4"].click()
    shop.until(lambda: all(screen.wall.tiles[one].data.state is Picture.LIVE for one in presenter.shown()))
    shop.kit.advance(seconds=30)
    screen.hide()
    first = presenter.shown()[0]
    assert presenter.standing(first).worth is Worth.FROZEN
    screen.wall.show_tile(first)
    assert shop.words("cameras.frozen.for", span="0:30") in screen.wall.tiles[first].accessibleName()


def test_cameras_that_are_not_shown_are_not_asked(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen: CamerasScreen = CamerasScreen(shop.context, shop.look)
    screen.presenter.arrange(4)
    shop.show(screen)
    presenter = screen.presenter
    shop.until(lambda: all(presenter.seen[one].image is not None for one in presenter.shown()))
    hidden = [one for one in presenter.cameras() if one not in presenter.shown()]
    assert len(hidden) == 2
    assert all(presenter.seen[one].image is None for one in hidden)


def test_a_camera_that_is_not_wired_is_unknown_and_stands_first_in_the_list(shops: Shops) -> None:
    shop = shops("1004")
    screen = opened(shop)
    first = screen.presenter.shown()[0]
    shop.until(lambda: screen.presenter.seen[first].health or screen.presenter.seen[first].error)
    tile = screen.wall.tiles[first]
    shop.until(lambda: shop.words("cameras.lost", span="0:00") in tile.data.message)
    assert tile.data.state is Picture.LOST
    assert shop.words("cameras.lost.detail") in tile.data.detail
    assert tile.data.level is Level.YELLOW
    screen.resize(1828, 932)
    shop.until(lambda: shop.words("cameras.no-recorder") in screen.told.words())


def test_layouts_digits_and_enlarging(shops: Shops) -> None:
    shop = shops("1004")
    screen = opened(shop)
    presenter, tiles = screen.presenter, screen.wall.tiles
    every = presenter.cameras()
    assert presenter.shown() == every
    assert len(every) == 6
    screen.layouts.buttons["1"].click()
    screen.buttons["next"].click()
    assert presenter.shown() == every[1:2]
    screen.layouts.buttons["4"].click()
    assert presenter.shown() == every[:4]
    tile = tiles[every[0]]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Right)
    second = tiles[every[1]]
    assert screen.wall.hand() == every[1]
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert screen.wall.hand() == every[3]
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert presenter.shown() == every[1:2]
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert presenter.shown() == every[:4]
    QTest.keyClick(second, Qt.Key.Key_3)
    assert presenter.shown() == every[2:3]
    screen.layouts.buttons["16"].click()
    assert presenter.shown() == every
    assert presenter.columns() == 4


def test_a_covered_lens_and_a_pulled_plug_are_said_in_the_picture_and_sorted_first(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop, wired=True)
    presenter, tiles = screen.presenter, screen.wall.tiles
    assert shop.world is not None
    shop.world.act("cover", device="cam-5")
    shop.until(lambda: presenter.standing("cam-5").worth is Worth.COVERED)
    shop.world.act("unplug", device="cam-6")
    shop.until(lambda: presenter.standing("cam-6").worth is Worth.LOST)
    shop.world.act("unplug", device="cam-4")  # into the room of an interview
    shop.until(lambda: presenter.standing("cam-4").loud is Loud.RED)
    screen.wall.show_tiles()
    covered, lost = tiles["cam-5"].data, tiles["cam-6"].data
    assert covered.state is Picture.COVERED
    assert shop.words("cameras.covered", span="0:00") == covered.message
    assert (lost.state, lost.level) == (Picture.LOST, Level.YELLOW)
    named = [screen.wall.healths.rows.key(row) for row in range(6)]
    assert set(named[1:3]) == {"cam-5", "cam-6"}
    assert named[0] == "cam-4"
    assert tiles["cam-4"].data.level is Level.RED
    shop.world.act("cover", device="cam-5", covered=False)
    shop.until(lambda: presenter.standing("cam-5").worth is Worth.LIVE)


def test_the_table_says_what_the_tiles_say(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop, wired=True)
    screen.buttons["table"].click()
    assert screen.wall.twins.currentWidget() is screen.wall.table
    screen.wall.show_tiles()
    table, presenter = screen.wall.table, screen.presenter
    for row in range(table.rows.rowCount()):
        camera, line = table.rows.key(row), table.text_of([row])
        stands = presenter.standing(camera)
        assert presenter.place_of(camera) in line
        assert shop.words(f"cameras.state.{stands.worth}") in line
        assert shop.words("cameras.clock.unknown") in line
        for person in presenter.people_in(camera):
            assert person in line
    table.acted.emit("cam-6")
    assert presenter.shown() == ("cam-6",)


def test_a_private_room_is_hidden_and_unmasked_by_two_with_a_reason(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop, wired=True)
    presenter, unmask = screen.presenter, screen.buttons["unmask"]
    screen.wall.tiles[CAMERA].setFocus()
    shop.until(lambda: screen.wall.hand() == CAMERA)
    screen._show_bar()
    assert unmask.reasons() == (shop.words("cameras.unmask.nothing"),)
    make_private(shop)
    shop.until(lambda: presenter.standing(CAMERA).worth is Worth.MASKED)
    screen.wall.show_tiles()
    assert shop.words("cameras.masked") in screen.wall.tiles[CAMERA].accessibleName()
    screen._show_bar()
    assert unmask.reasons() == ()
    unmask.click()
    ask = screen.wall.ask
    ask.send.click()
    assert ask.trouble.words() == shop.words("cameras.access.purpose")
    ask.purpose.choose("care")
    ask.send.click()
    assert ask.trouble.words() == shop.words("cameras.access.second")
    ask.second.choose("P1001")
    assert screen.leave()
    ask.send.click()
    shop.until(lambda: presenter.standing(CAMERA).worth is Worth.LIVE)
    assert shop.seconds == [("P1001",)]
    assert not screen.leave()
    stay = shop.kit.station.desk.house().stay(HELD)
    assert stay is not None
    recorded = stay.entries[-1]
    assert recorded.event.__class__.__name__ == "MediaAccessed"
    shop.kit.advance(minutes=3, seconds=1)
    shop.until(lambda: presenter.standing(CAMERA).worth is Worth.MASKED)


def test_an_empty_private_room_has_nobody_to_record_it_with(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop, wired=True)
    presenter = screen.presenter
    presenter.board = None
    make_private(shop)
    shop.until(lambda: presenter.seen[CAMERA].hidden)
    presenter.board = None
    assert presenter.against_unmasking(CAMERA) == "cameras.unmask.nobody"


def test_what_is_seen_now_is_noted_in_the_stay_of_who_is_there(shops: Shops) -> None:
    shop = shops("1004", devices=True)
    screen = opened(shop, wired=True)
    screen.wall.tiles[CAMERA].setFocus()
    shop.until(lambda: screen.wall.hand() == CAMERA)
    screen.buttons["mark"].click()
    screen.wall.ask.send.click()
    assert screen.wall.ask.trouble.words() == shop.words("cameras.mark.empty")
    screen.wall.ask.text.setText("坐着，未见异常")
    screen.wall.ask.send.click()
    shop.until(lambda: shop.said.infos)
    stay = shop.kit.station.desk.house().stay(HELD)
    assert stay is not None
    assert stay.remarks.notes[-1].text == "候问室一：坐着，未见异常"


def test_full_screen_shows_the_wall_alone_and_gives_the_room_back(shops: Shops) -> None:
    shop = shops("1004")
    screen = opened(shop)
    screen.buttons["full"].click()
    shop.until(screen.window().isFullScreen)
    assert not screen.wall.side.isVisible()
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    shop.until(lambda: not screen.window().isFullScreen())
    assert screen.wall.side.isVisible()


def test_a_role_that_may_not_look_is_told_so(shops: Shops) -> None:
    screen = opened(shops("1012"))
    assert screen.pages.state.state is State.NO_PERMISSION
    assert not screen.bar.isVisible()
