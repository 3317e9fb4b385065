"""A timer says what is due and what is left, and is never cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import MakeLook
from ui.theme import Level, Type
from ui.tokens import LIGHT
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.samples import timers
from ui.widgets.timer import TimerChip, TimerData, timer_height


@pytest.mark.parametrize("state", sorted(timers()))
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_timer_asks_for_the_room_of_all_its_words(make_look: MakeLook, state: str, scale: float) -> None:
    look = make_look(scale=scale)
    timer = timers()[state]
    chip = TimerChip(look, timer)
    assert chip.sizeHint().width() >= paint.width_of(look.theme, Type.BODY, timer.label)
    if timer.value:
        assert chip.sizeHint().width() > paint.width_of(look.theme, Type.NAME, timer.value)
    assert chip.minimumSizeHint() == chip.sizeHint()
    assert timer_height(look.theme) >= look.theme.px(56)


@pytest.mark.parametrize(
    ("level", "fill"),
    [(Level.RED, LIGHT.red), (Level.YELLOW, LIGHT.yellow), (Level.BLUE, LIGHT.bluetint)],
)
def test_a_level_colours_the_timer_in_trouble(
    look: Look, level: Level, fill: str, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    chip = TimerChip(look, TimerData("巡查", "3", "剩", "分", level, 0.5))
    chip.resize(chip.sizeHint())
    found = colours_of(chip)
    assert max(found, key=lambda name: found[name]) == fill


def test_the_bar_is_as_long_as_the_time_used(
    look: Look, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    chip = TimerChip(look, TimerData("巡查", "3", used=0.25))
    chip.resize(202, timer_height(look.theme))
    track = colours_of(chip)[LIGHT.sunken]
    chip.set(TimerData("巡查", "3", used=0.75))
    assert colours_of(chip)[LIGHT.sunken] < track


def test_the_unknown_never_shows_its_last_value(look: Look, name_of: Callable[[QWidget], str]) -> None:
    chip = TimerChip(look, TimerData("巡查", "5:48", "剩", level=Level.UNKNOWN, used=0.3))
    assert name_of(chip) == "巡查 未知"


def test_a_live_value_is_told_to_a_screen_reader(look: Look, name_of: Callable[[QWidget], str]) -> None:
    chip = TimerChip(look, TimerData("巡查", "2", "剩", "分"))
    assert name_of(chip) == "巡查 剩 2 分"
    chip.set(TimerData("巡查", "1", "剩", "分", Level.YELLOW))
    assert name_of(chip) == "巡查 剩 1 分"
