"""Every function has its drawing, in the colour asked for, drawn once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from tests.ui.conftest import RESOURCES
from ui.widgets.icons import FUNCTIONS, Icons
from ui.widgets.look import Look
from workstation.errors import SettingsError


@pytest.mark.parametrize("function", sorted({*FUNCTIONS, "arrow-right"}))
def test_every_function_is_drawn_in_the_colour_of_its_token(look: Look, function: str) -> None:
    image = look.icons.pixmap(function, 24, "#C2151B").toImage()
    drawn = [
        image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200
    ]
    assert len(drawn) > 20, "the drawing is empty"
    assert all(abs(colour.red() - QColor("#C2151B").red()) < 12 for colour in drawn)


def test_an_icon_is_drawn_once_and_again_after_a_change_of_theme(look: Look) -> None:
    first = look.icons.pixmap("board", 24, "#13202A")
    assert look.icons.pixmap("board", 24, "#13202A").cacheKey() == first.cacheKey()
    look.icons.clear()
    assert look.icons.pixmap("board", 24, "#13202A").cacheKey() != first.cacheKey()


def test_a_sharper_screen_gets_more_pixels(look: Look) -> None:
    icon = look.icons.pixmap("board", 24, "#13202A", 2.0)
    assert (icon.width(), icon.deviceIndependentSize().width()) == (48, 24)


def test_a_missing_drawing_is_named(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        Icons(tmp_path).pixmap("board", 24, "#000000")
    assert caught.value.values == {"icon": "board", "file": "layout-dashboard.svg"}


def test_the_notices_of_the_icons_are_there() -> None:
    assert any((RESOURCES / "icons").glob("*LICENSE*")) or any(
        (RESOURCES.parent / "LICENSES").glob("*ucide*")
    )
