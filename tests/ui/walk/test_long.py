"""By hand: every screen and every form of every step, in every look and on the largest desk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import HELD, LEAVING, WAITING, Stop, screen, sound, walk
from tests.ui.walk.matrix import LARGE, ROOMS, full
from tests.ui.walk.test_other_screens import OTHERS
from ui.steps.forms import (
    arrival,
    care,
    effects,
    happened,
    holding,
    intake,
    interview,
    release,
    returning,
    search,
)
from ui.steps.view import StepsScreen

ROOM_OF = {
    WAITING: (arrival, intake, search),
    HELD: (effects, holding, care, interview, happened),
    LEAVING: (release, returning),
}
"""Persons and the modules of the forms that are due for them."""


def take(window: Window, stay: str, task: str, form: str) -> None:
    window.work.go("steps", stay, task)
    steps = window.shell.screen_widget("steps")
    assert isinstance(steps, StepsScreen)
    window.until(lambda: steps.presenter.form is not None and steps.presenter.reply is not None)
    if any(one.code == form for one in steps.presenter.forms()):
        steps.presenter.choose_task(task, form)


def forms() -> Iterator[Stop]:
    """Every form, with the person of the practice centre for whom it is due."""
    for stay, modules in ROOM_OF.items():
        for task, form in (
            (group.task, form) for module in modules for group in module.GROUPS for form in group.forms
        ):
            yield Stop(f"{task}.{form.code}", partial(take, stay=stay, task=task, form=form.code))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("room", [*ROOMS, LARGE], ids=lambda room: "{}x{}-{}".format(*room))
def test_every_screen_and_form_in_every_look(window: Window, room: tuple[int, int, int]) -> None:
    window.at_work("1007")
    stops = (screen("board"), screen("lockers"), *OTHERS, *forms())
    sound(walk(window, stops, full([room])))
