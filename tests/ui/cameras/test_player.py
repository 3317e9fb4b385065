"""Playing real recordings: only after their access is recorded, one picture at a time, over the rooms of a person."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.cameras.player_view import PlayerPage
from ui.cameras.view import CamerasScreen
from ui.widgets.camera import Picture
from workstation.custody import commands as c
from workstation.custody.values import Answer, How, Source
from workstation.readings import Verified
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD = stay_id(2)
ROOM = "interview-2"


def record(shop: Shop, seconds: float = 3.0) -> None:
    """A recording of the interview room, by its preflight, with the person in the room; ended with the interview."""
    lane = shop.kit.lane("1005")
    told = c.Preflight(stay=HELD, room=ROOM, recording=Answer.YES, detail="", source=Source(how=How.TYPED))
    assert isinstance(shop.kit.submit(lane, told), m.Saved)
    assert isinstance(
        shop.kit.submit(lane, c.Move(stay=HELD, room=ROOM, reason="讯问"), report=True), m.Saved
    )

    def newest() -> datetime | None:
        states = lane.ask(m.GetRecordings()).now
        return states[0].last_packet_at if states and states[0].verified is Verified.YES else None

    shop.until(newest)
    first = newest()
    assert first is not None
    shop.until(lambda: (now := newest()) is not None and now - first > timedelta(seconds=seconds))


def inside(page: PlayerPage, back: float = 2.0) -> datetime:
    """An instant so many seconds before the end of what is listed: there is a picture."""
    span = page.player.span()
    assert span is not None
    return span[1] - timedelta(seconds=back)


def playing(shop: Shop, screen: CamerasScreen, *, mode: str = "by-time") -> PlayerPage:
    screen.modes.buttons[mode].click()
    page = screen.playing
    shop.until(lambda: page.player.rows)
    return page


def let_in(shop: Shop, page: PlayerPage) -> None:
    """Record why, so that the pictures are shown."""
    page.open.click()
    page.ask.purpose.choose("record")
    page.ask.send.click()
    shop.until(lambda: page.player.here() is not None and page.player.here().row.open)  # type: ignore[union-attr]


def opened(shop: Shop, tmp_path: Path) -> CamerasScreen:
    screen: CamerasScreen = shop.show(CamerasScreen(shop.context, shop.look, exports=tmp_path / "exports"))
    return screen


def test_without_recordings_the_player_says_so(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005")
    screen = opened(shop, tmp_path)
    screen.modes.buttons["by-stay"].click()
    page = screen.playing
    shop.until(lambda: page.none.words() == shop.words("cameras.none.recorder"))
    assert page.keys["play"].reasons() == (shop.words("cameras.shut"),)


def test_a_recording_is_shown_after_its_purpose_and_frame_by_frame(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005", devices=True)
    screen = opened(shop, tmp_path)
    record(shop)
    page = playing(shop, screen)
    player = page.player
    player.seek(inside(page))
    shop.until(lambda: shop.words("cameras.shut") == page.tile.data.message)
    assert player.image is None
    page.open.click()
    page.ask.send.click()
    assert page.ask.trouble.words() == shop.words("cameras.access.purpose")
    page.ask.cancel.click()
    let_in(shop, page)
    shop.until(lambda: player.image is not None)
    assert page.tile.data.state is Picture.RECORDED
    assert page.tile.data.state_word == shop.words("cameras.recorded")
    first = player.taken
    assert first is not None
    page.keys["after"].click()
    shop.until(lambda: player.taken != first)
    second = player.taken
    assert second is not None
    assert timedelta(0) < second - first < timedelta(seconds=0.4)
    page.keys["before"].click()
    shop.until(lambda: player.taken == first)
    assert player.at == first


def test_time_goes_on_while_it_plays_and_keys_move_it(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005", devices=True)
    screen = opened(shop, tmp_path)
    record(shop)
    page = playing(shop, screen)
    player = page.player
    let_in(shop, page)
    span = player.span()
    assert span is not None
    player.seek(inside(page, 2.5))
    shop.until(lambda: player.taken is not None)
    before = player.taken
    page.speeds.buttons["2.0"].click()
    assert player.speed == 2.0
    page.keys["play"].click()
    assert player.playing
    assert page.keys["play"].words() == shop.words("cameras.key.pause")
    shop.until(lambda: player.taken is not None and before is not None and player.taken > before)
    shop.until(lambda: not player.playing)  # the end of what was listed
    page.track.setFocus()
    at = player.at
    assert at is not None
    QTest.keyClick(page.track, Qt.Key.Key_Left)
    assert player.at == max(span[0], at - timedelta(seconds=10))
    page.track.sought.emit(1.0)
    assert player.at == player.span()[1]  # type: ignore[index]
    page.moment.setText("nonsense")
    page.moment.returnPressed.emit()
    assert shop.said.errors[-1].code == "cameras.moment.bad"
    page.moment.setText(shop.context.local(span[0] + timedelta(seconds=2), "%H:%M:%S"))
    page.moment.returnPressed.emit()
    assert player.at is not None
    assert abs(player.at - span[0] - timedelta(seconds=2)) < timedelta(seconds=1)


def test_a_person_is_followed_through_the_rooms(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005", devices=True)
    screen = opened(shop, tmp_path)
    record(shop)
    shop.kit.advance(seconds=2)
    lane = shop.kit.lane("1005")
    shop.kit.submit(lane, c.Move(stay=HELD, room="corridor", reason="带出"), report=True)
    page = playing(shop, screen, mode="by-stay")
    player = page.player
    assert page.none.words() == shop.words("cameras.none.chosen")
    page.who.choose(HELD)
    shop.until(lambda: player.stretches)
    (stretch,) = player.stretches
    log = next(one for one in player.rooms if one.room == ROOM)
    assert log.until is not None
    assert stretch.began >= log.since
    assert stretch.until <= log.until
    whole = stretch.row.held
    assert stretch.until < whole.newest
    line = page.stretches.text_of([0])
    assert shop.context.room_name(ROOM) in line


def test_a_mark_is_a_note_at_the_time_of_the_picture(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005", devices=True)
    screen = opened(shop, tmp_path)
    record(shop)
    shop.kit.advance(seconds=10)
    page = playing(shop, screen, mode="by-stay")
    player = page.player
    page.who.choose(HELD)
    shop.until(lambda: player.stretches)
    let_in(shop, page)
    player.seek(inside(page))
    at = player.at
    page.keys["mark"].click()
    page.ask.text.setText("起身")
    page.ask.send.click()
    shop.until(lambda: any(one.text == "起身" for one in player.markers))
    marker = next(one for one in player.markers if one.text == "起身")
    assert at is not None
    assert abs(marker.at - at) < timedelta(milliseconds=2)
    assert "起身" in page.markers.text_of(range(page.markers.rows.rowCount()))
    assert len(page.track.data.marks) == len(page._markers())


def test_a_clip_goes_out_with_a_second_person_and_its_hash(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1005", devices=True)
    screen = opened(shop, tmp_path)
    record(shop)
    page = playing(shop, screen)
    player = page.player
    let_in(shop, page)
    page.keys["export"].click()
    ask = page.ask
    ask.purpose.choose("transfer")
    ask.second.choose("P1001")
    ask.send.click()
    assert ask.trouble.words() == shop.words("cameras.clip.span")
    player.seek(inside(page, 2.5))
    player.bound(end=False)
    player.seek(inside(page, 1.0))
    player.bound(end=True)
    ask.send.click()
    shop.until(lambda: any(code == "cameras.exported" for code, _ in shop.said.infos))
    assert shop.seconds[-1] == ("P1001",)
    values = next(values for code, values in shop.said.infos if code == "cameras.exported")
    clip = Path(str(values["file"]))
    assert clip.parent == tmp_path / "exports"
    assert hashlib.sha256(clip.read_bytes()).hexdigest().startswith(str(values["sha"]))
    assert clip.with_suffix(".json").exists()
