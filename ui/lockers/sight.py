"""What the tag reader of a bank sees now: asked for the bank on screen, and remembered with its moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from workstation.errors import AppError
from workstation.station import messages as m


class Tag(StrEnum):
    """What is known of one tag: never more than the newest reading says."""

    SEEN = "seen"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """One reading of a reader: the tags it saw, or why it saw nothing."""

    at: datetime
    tags: frozenset[str] = frozenset()
    error: AppError | None = None


class Sight(QObject):
    """`changed` after each reading. A tag that was expected and not heard is listened for a second time.

    A reading that was begun before something moved says nothing of how things are now: it is thrown away and begun
    again.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asking: dict[str, frozenset[str]] = {}
        self._again: dict[str, frozenset[str]] = {}
        self.readings: dict[str, Reading] = {}
        self.last: dict[str, datetime] = {}

    def read(self, reader: str, expected: Iterable[str] = ()) -> None:
        """Ask a reader what it hears; `expected`: tags that should be among it."""
        if not reader:
            return
        if reader in self._asking:
            self._again[reader] = frozenset(expected)
            return
        self._asking[reader] = frozenset(expected)
        self._ask(reader, frozenset(), 2)

    def forget(self, reader: str) -> None:
        """Something moved: what was heard before counts no more."""
        self.readings.pop(reader, None)
        if reader in self._asking:
            self._again.setdefault(reader, self._asking[reader])

    def tag(self, reader: str, epc: str) -> Tag:
        """What the newest reading of a reader says of a tag."""
        reading = self.readings.get(reader)
        if reading is None or reading.error is not None or not epc:
            return Tag.UNKNOWN
        return Tag.SEEN if epc in reading.tags else Tag.MISSED

    def take(self, notice: m.Notice) -> None:
        """Tags that a reader told by itself."""
        for one in notice.tags:
            self.last[one.epc] = one.at

    def _ask(self, reader: str, heard: frozenset[str], times: int) -> None:
        self._context.link.ask(
            m.ReadTags(device=reader),
            lambda reply: self._heard(reader, heard | {one.epc for one in reply.tags}, times - 1),
            lambda error: self._came(reader, Reading(self._context.clock.now(), error=error)),
            lane="device",
        )

    def _heard(self, reader: str, heard: frozenset[str], times: int) -> None:
        if times and self._asking[reader] - heard and reader not in self._again:
            self._ask(reader, heard, times)
        else:
            self._came(reader, Reading(self._context.clock.now(), heard))

    def _came(self, reader: str, reading: Reading) -> None:
        del self._asking[reader]
        if reader in self._again:
            self.read(reader, self._again.pop(reader))
            return
        self.readings[reader] = reading
        self.last.update(dict.fromkeys(reading.tags, reading.at))
        self.changed.emit()
