"""The other screens in looks of which any two traits meet: nothing is cut, pale, small or without a name."""

from __future__ import annotations

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import HELD, Stop, screen, sound, walk
from tests.ui.walk.matrix import pairwise

OTHERS = (
    screen("timeline", HELD),
    *(screen(name) for name in ("cameras", "warnings", "supervision", "bench", "settings")),
)


def test_the_other_screens_in_pairwise_looks(window: Window) -> None:
    window.at_work("1007")
    sound(walk(window, OTHERS, pairwise()))


def test_what_stands_over_the_screens_in_pairwise_looks(window: Window) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    nothing = Stop("sign-in", lambda _: None)
    sound(walk(window, (nothing,), pairwise()))
    window.at_work("1007")
    window.work.lock()
    sound(walk(window, (Stop("lock", lambda _: None),), pairwise()))
