"""What the tests of the screens share: the application in its look, and eyes for what it draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.watchdog import Watchdog, nothing_held, on_watch
from ui.theme import Theme
from ui.widgets.look import Look

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILIES = ("Noto Sans SC", "Noto Sans SC Rare")

MakeLook = Callable[..., Look]


@pytest.fixture(scope="session")
def watchdog() -> Iterator[Watchdog]:
    """Looks at the GUI thread all the while."""
    with on_watch() as dog:
        yield dog
        nothing_held(dog)


@pytest.fixture(autouse=True)
def holds_nothing(watchdog: Watchdog) -> Iterator[None]:
    """Fail a test in which a call of the window held the GUI thread for more than 50 ms of processor time."""
    yield
    nothing_held(watchdog)


@pytest.fixture
def make_look(qapp: QApplication) -> Iterator[MakeLook]:
    """Makes a look from the arguments of Theme and puts it on the application."""
    made: list[Look] = []

    def make(**options: object) -> Look:
        look = Look(Theme(families=FAMILIES, **options), RESOURCES / "icons")
        look.apply(qapp)
        made.append(look)
        return look

    yield make
    for look in made:
        look.alarm(False)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def look(make_look: MakeLook) -> Look:
    """The light look at 100 %."""
    return make_look()


@pytest.fixture
def name_of() -> Callable[[QWidget], str]:
    """Reads the accessible name of a widget, as a screen reader does."""

    def read(widget: QWidget) -> str:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None, f"{type(widget).__name__} cannot be reached by a screen reader"
        return str(interface.text(QAccessible.Text.Name))

    return read


@pytest.fixture
def colours_of() -> Callable[[QWidget], dict[str, int]]:
    """How many pixels of each colour a widget draws, as `#rrggbb`."""

    def count(widget: QWidget) -> dict[str, int]:
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF
        colours, counts = np.unique(pixels, return_counts=True)
        return {f"#{colour:06X}": int(count) for colour, count in zip(colours, counts, strict=True)}

    return count
