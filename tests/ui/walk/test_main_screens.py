"""Board, steps and lockers in every look: nothing is cut, pale, small or without a name, and work stays in hand."""

from __future__ import annotations

from itertools import cycle

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import TASKS, Stop, screen, sound, walk
from tests.ui.walk.matrix import full


def test_the_main_screens_in_every_look(window: Window) -> None:
    window.at_work("1007")
    tasks = cycle(TASKS)
    steps = Stop("steps", lambda at: at.work.go("steps", *next(tasks)))
    sound(walk(window, (screen("board"), steps, screen("lockers")), full()))
