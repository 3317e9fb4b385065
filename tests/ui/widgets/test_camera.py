"""A camera tile never lets an old picture pass for a live one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from ui.theme import Level
from ui.tokens import DARK
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.look import Look

GREEN = "#3C8C3C"


def tile_of(look: Look, data: TileData, *, frame: bool = True) -> CameraTile:
    tile = CameraTile(look, data)
    tile.resize(384, 216)
    if frame:
        picture = QImage(1920, 1080, QImage.Format.Format_RGB32)
        picture.fill(QColor(GREEN))
        tile.show_frame(picture)
    return tile


def test_live_shows_the_frame(look: Look, colours_of: Callable[[QWidget], dict[str, int]]) -> None:
    found = colours_of(
        tile_of(look, TileData("登记台1", state=Picture.LIVE, state_word="录制中", recording=True))
    )
    assert found[GREEN] > 30_000
    assert DARK.rec in found


@pytest.mark.parametrize("state", [Picture.FROZEN, Picture.COVERED, Picture.MASKED])
def test_what_is_not_live_is_veiled_and_says_so(
    look: Look,
    state: Picture,
    name_of: Callable[[QWidget], str],
    colours_of: Callable[[QWidget], dict[str, int]],
) -> None:
    tile = tile_of(look, TileData("候问1", state=state, state_word="画面冻结", message="画面停在 14:02:49"))
    assert GREEN not in colours_of(tile)
    assert "画面停在 14:02:49" in name_of(tile)


def test_lost_and_never_seen_are_hatched(look: Look, colours_of: Callable[[QWidget], dict[str, int]]) -> None:
    lost = colours_of(tile_of(look, TileData("候问3", state=Picture.LOST, message="未知 无画面")))
    never = colours_of(tile_of(look, TileData("候问3", state=Picture.LIVE), frame=False))
    for found in (lost, never):
        assert GREEN not in found
        assert found[look.theme.tokens.camerahatch] > 5_000


def test_a_masked_zone_is_not_shown(look: Look, colours_of: Callable[[QWidget], dict[str, int]]) -> None:
    data = TileData("卫生间", state=Picture.LIVE, masks=((0.0, 0.0, 1.0, 1.0),), mask_word="隐私区")
    assert colours_of(tile_of(look, data)).get(GREEN, 0) < 400


def test_a_level_frames_the_tile(look: Look) -> None:
    tile = tile_of(look, TileData("候问1", state=Picture.LIVE, level=Level.YELLOW, level_word="黄"))
    assert tile.grab().toImage().pixelColor(2, 100).name().upper() == DARK.yellow
