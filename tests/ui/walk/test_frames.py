"""What is painted while a form comes up: no frame shows its rows in less room than they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.app.conftest import Window
from tests.ui.walk.hands import HELD, LEAVING, WAITING, screen, settle
from ui import prefs
from ui.steps.form_view import Fields
from ui.steps.view import StepsScreen
from ui.widgets.refusal import RefusalBlock

LOOKS = (
    ((1366, 768), prefs.Prefs(theme="dark")),
    ((1920, 1080), prefs.Prefs(language="en")),
    ((1366, 768), prefs.Prefs()),
)
"""The window's size, and its theme and language, one after the other."""


class Frames(QObject):
    """Looks at the fields of every form that is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.squeezed: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(watched, Fields) and event.type() == QEvent.Type.Paint:
            parts = [one for one in watched.findChildren(QWidget) if one.isVisible() and one.objectName()]
            self.rows.append(len(parts))
            self.squeezed += [
                f"{one.objectName()}: {one.height()} < {one.minimumSizeHint().height()}"
                for one in parts
                if one.height() < one.minimumSizeHint().height()
            ]
        if isinstance(watched, RefusalBlock) and event.type() == QEvent.Type.Paint:
            block = watched.parentWidget().parentWidget()
            if block.height() < block.sizeHint().height():
                self.squeezed.append(
                    f"what stands against it: {block.height()} < {block.sizeHint().height()}"
                )
        return False


def test_no_frame_shows_a_form_squeezed(window: Window, qapp: QApplication) -> None:
    window.at_work("1007")
    frames = Frames()
    qapp.installEventFilter(frames)
    try:
        for stay, task in ((WAITING, "health"), (HELD, "property-list"), (LEAVING, "reidentify")):
            screen("steps", stay, task).enter(window)
            steps = window.shell.screen_widget("steps")
            assert isinstance(steps, StepsScreen)
            window.until(lambda here=task, at=steps.presenter: at.task == here and at.form is not None)
            for size, look in LOOKS:
                window.work.appearance.set(look)
                window.shell.resize(*size)
                frames.rows.clear()
                settle(window)
                window.until(lambda at=steps.middle: frames.rows and not at.form.is_unfinished())
                assert frames.rows[-1] > 4
    finally:
        qapp.removeEventFilter(frames)
    assert not frames.squeezed
