"""What the devices of this desk, and scans, give to the form in hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.steps import devices
from ui.steps.answered import shown_fields
from ui.steps.fields import Field
from ui.steps.sending import Work
from workstation.errors import AppError
from workstation.station import messages as m


class DeskReadings(QObject):
    """Brings readings into the fields. `work`: the form as it is, None when there is none.

    Signals: `filled(key, value)`; `pictured(key, jpeg)` the picture behind a value.
    """

    filled = Signal(str, object)
    pictured = Signal(str, bytes)

    def __init__(
        self, context: Context, work: Callable[[], Work | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._work = context, work
        self._weighed: m.Signed | None = None

    def recorded(self, work: Work) -> None:
        """What was in hand is on disk. What was weighed lies on the pan until it is taken off.

        That is known within one session only: what is read between two reaches nobody.
        """
        if devices.weighed(work.form, work.values):
            self._weighed = self._context.link.session

    def notice(self, notice: m.Notice) -> None:
        """A device of this desk was read. The weight of what still lies there is not that of the next thing."""
        if notice.weight is not None and notice.weight.grams <= 0:
            self._weighed = None
        if self._weighed is not None and self._weighed is self._context.link.session:
            notice = msgspec.structs.replace(notice, weight=None)
        work = self._work()
        if work is not None:
            for key, value in devices.from_notice(work.form, work.values, work.facts, notice).items():
                self.filled.emit(key, value)

    def scanned(self, kind: str, text: str) -> bool:
        """A scan that may belong into the form in hand; returns whether it was taken."""
        work = self._work()
        if work is None:
            return False
        found = devices.from_scan(work.form, work.values, work.facts, kind, text)
        for key, value in found.items():
            self.filled.emit(key, value)
        return bool(found)

    def read_now(self, key: str) -> None:
        """Read the device of a field."""
        work, field = self._work(), self._field(key)
        ask = (
            devices.question(field, work.values, work.facts)
            if work is not None and field is not None
            else None
        )
        if field is None or ask is None:
            self._context.speaker.error(AppError("steps.no-device"))
            return
        self._context.link.ask(ask, partial(self._take, field), lane="device")

    def _take(self, field: Field, reply: Any) -> None:
        work = self._work()
        if work is None or self._field(field.key) is not field:
            return
        value = devices.answer(field, reply, work.facts)
        if isinstance(value, AppError):
            self._context.speaker.error(value)
            return
        if isinstance(reply, m.MediaReply):
            self.pictured.emit(field.key, reply.content)
        self.filled.emit(field.key, value)

    def _field(self, key: str) -> Field | None:
        work = self._work()
        fields = shown_fields(work.form, work.values, work.facts) if work is not None else ()
        return next((one for one in fields if one.key == key), None)
