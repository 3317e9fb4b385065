"""The draft of the form in hand: kept within a second of the last change, brought back, dropped with the record."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.steps.fields import Values
from workstation.station import messages as m

KEEP_MS = 600
NONE, WAITING, KEPT = "none", "waiting", "kept"


class DraftKeeper(QObject):
    """`state`: none, waiting (not on disk yet) or kept, since `at` (local time).

    Signals: `changed` the state; `came_back(values)` a draft kept earlier, unless something was typed before.
    """

    changed = Signal()
    came_back = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.state, self.at = NONE, ""
        self._place: tuple[str, str] | None = None
        self._values: Values = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def open(self, stay: str, form: str) -> None:
        """Another form came in hand; `stay` is empty before the stay has begun."""
        self._timer.stop()
        self._place, self.state = (stay, form), NONE
        self._context.link.ask(
            m.LoadDraft(stay=stay, form=form), partial(self._loaded, self._place), lambda _: None
        )
        self.changed.emit()

    def touch(self, values: Values) -> None:
        """Something was filled in; `values` is the form's own mapping and is read when it is kept."""
        self._values, self.state = values, WAITING
        self._timer.start()
        self.changed.emit()

    def keep(self) -> None:
        """Keep what is not kept yet."""
        self._timer.stop()
        if self.state != WAITING or self._place is None:
            return
        kept = dict(self._values)
        stay, form = self._place
        content = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
        self._context.link.ask(
            m.SaveDraft(stay=stay, form=form, content=content),
            partial(self._kept, self._place, kept),
            lane="work",
        )

    def forget(self) -> None:
        """Drop the draft: it was recorded, or is not wanted."""
        self._timer.stop()
        self.state = NONE
        if self._place is not None:
            stay, form = self._place
            self._context.link.ask(m.DropDraft(stay=stay, form=form), lambda _: None, lane="work")
        self.changed.emit()

    def _kept(self, place: tuple[str, str], kept: Values, _: object) -> None:
        if place == self._place and self.state == WAITING and kept == self._values:
            self.state = KEPT
            self.at = self._context.local(self._context.clock.now(), "%H:%M:%S")
            self.changed.emit()

    def _loaded(self, place: tuple[str, str], reply: m.DraftReply) -> None:
        if place != self._place or not reply.content or self.state != NONE:
            return
        try:
            found = msgspec.json.decode(reply.content, type=dict[str, Any])
        except msgspec.DecodeError:  # a draft of an older form: it is left alone and written over
            return
        self.state = KEPT
        self.at = self._context.local(reply.saved_at, "%H:%M:%S") if reply.saved_at else ""
        self.came_back.emit(found)
        self.changed.emit()
