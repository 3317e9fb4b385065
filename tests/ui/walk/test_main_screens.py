"""Board, steps and lockers in every look: nothing is cut, pale, small or without a name, and work stays in hand."""

from __future__ import annotations

from itertools import cycle

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import HELD, LEAVING, TASKS, WAITING, Stop, screen, sound, walk
from tests.ui.walk.matrix import Looked, full
from tests.ui.walk.test_other_screens import OTHERS


def test_the_main_screens_in_every_look(window: Window) -> None:
    window.at_work("1007")
    tasks = cycle(TASKS)
    steps = Stop("steps", lambda at: at.work.go("steps", *next(tasks)))
    sound(walk(window, (screen("board"), steps, screen("lockers")), full()))


def test_forms_with_tables_and_signatures_fit_an_enlarged_screen(window: Window) -> None:
    window.at_work("1007")
    tasks = ((WAITING, "case"), (LEAVING, "compare-injuries"), (HELD, "property-list"))
    sound(walk(window, [screen("steps", *task) for task in tasks], full([(1920, 1080, 150)])))


def test_every_screen_fits_at_twice_the_size(window: Window) -> None:
    window.at_work("1007")
    sound(walk(window, (screen("lockers"), *OTHERS), [Looked("en", "light", 1920, 1080, 200)]))
