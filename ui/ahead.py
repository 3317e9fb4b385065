"""What a window does not need yet is imported ahead, a small piece at a time.

Between two pieces keys and paints are handled, so that nothing typed waits longer than one piece takes.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

# Each builds on those before it, so that no piece is large.
FOR_SIGN_IN = (
    "ui.background",
    "ui.theme",
    "msgspec",
    "workstation.custody.values",
    "workstation.custody.events",
    "workstation.custody.recorded",
    "workstation.custody.commands",
    "workstation.custody.gates",
    "workstation.services.board",
    "workstation.station.messages",
    "multiprocessing.connection",
    "ui.link",
    "ui.context",
    "ui.appearance",
    "ui.widgets.labels",
    "ui.widgets.strips",
    "ui.window",
    "ui.messages",
    "ui.login.view",
    "ui.widgets.card_view",
    "ui.login.lock",
    "ui.login.approval",
    "ui.scan",
    "ui.workplace",
)
PIECES = (
    "ui.board.cards",
    "ui.board.trays",
    "ui.widgets.frame",
    "ui.board.view",
    "ui.scanning",
    "ui.rooms",
    "ui.palette.opening",
    "ui.steps.around",
    "ui.steps.forms.arrival",
    "ui.steps.forms.search",
    "ui.steps.forms.interview",
    "ui.steps.forms.release",
    "ui.steps.presenter",
    "ui.steps.editors",
    "ui.steps.form_view",
    "ui.widgets.step_bar",
    "ui.steps.talk_view",
    "ui.steps.view",
    "ui.timeline.presenter",
    "ui.timeline.stage",
    "ui.timeline.view",
    "ui.lockers.presenter",
    "ui.lockers.view",
    "ui.cameras.presenter",
    "ui.cameras.view",
    "ui.warnings.view",
    "ui.supervision.view",
    "devices.practice",
    "devices.codecs.lock8a",
    "devices.codecs.idcard",
    "devices.codecs.scanline",
    "devices.codecs.sics",
    "devices.codecs.bb7e",
    "devices.codecs.told",
    "ui.bench.presenter",
    "ui.bench.view",
    "ui.settings.presenter",
    "ui.settings.view",
)


def keep_loaded() -> None:
    """What is imported stays for good: no later collection of garbage looks through it, which takes 0.1 s."""
    gc.freeze()


class Ahead(QObject):
    """Imports `pieces` one by one, each from the event loop of the GUI thread, then tells `done` and ends."""

    done = Signal()

    def __init__(self, parent: QObject | None = None, pieces: Sequence[str] = PIECES) -> None:
        super().__init__(parent)
        self._left = list(pieces)
        self._next = QTimer(self)
        self._next.timeout.connect(self._import_one)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._next.start(0)

    def stop(self) -> None:
        """Import no more; what is needed later is imported then."""
        self._next.stop()

    def _import_one(self) -> None:
        if self._left:
            importlib.import_module(self._left.pop(0))
        else:
            self._next.stop()
            self.done.emit()
