"""Notes who looks at what: before it is shown, or, while the store takes nothing, as soon as it does again.

Whoever keeps persons safe must see the board when the disk is full. So looks at the desk go on and are kept in
memory and in the spare room of the store; what hands out copies waits for its note (docs/decisions/0010).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

import msgspec

from workstation.clock import Clock
from workstation.errors import StoreError
from workstation.storage.access_log import Access, AccessLog
from workstation.storage.spare import Spare

log = logging.getLogger(__name__)

MOST_WAITING = 5_000
AT_THE_DESK = frozenset(
    {"sign-in", "read-board", "read-stay", "read-timeline", "read-lockers", "read-media", "search"}
)
"""Looks that go on while the store takes nothing. A refusal is kept too: what it speaks of was not shown."""
TAKES_NOTHING = frozenset({"store.full", "store.io", "store.read-only", "store.locked"})


class _Look(msgspec.Struct, frozen=True):
    at: datetime
    access: Access


class Looks:
    """Threads may share it. `failing(error)`: the store took no note; `taking()`: it took one."""

    def __init__(
        self,
        notes: AccessLog,
        spare: Spare,
        clock: Clock,
        *,
        failing: Callable[[StoreError], None],
        taking: Callable[[], None],
    ) -> None:
        self._notes, self._spare, self._clock = notes, spare, clock
        self._failing, self._taking = failing, taking
        self._lock = threading.Lock()
        self._waiting: list[_Look] = []

    def start(self) -> None:
        """Write what the last run could not; see that there is spare room."""
        with self._lock:
            if self._spare.ready():
                pieces = self._spare.pieces()
                self._waiting = [msgspec.msgpack.decode(piece, type=_Look) for piece in pieces]
        self.again()

    def stop(self) -> None:
        """Write what is waiting, if the store takes it now; it stays in the spare room otherwise."""
        self.again()
        if self._waiting:
            log.error("%d looks wait in the spare room of the store", len(self._waiting))

    def waiting(self) -> int:
        """How many looks were shown and are not in the access log yet."""
        return len(self._waiting)

    def note(self, access: Access) -> None:
        """Note a look of this moment; raises StoreError when it must not go on without its note."""
        look = _Look(self._clock.now(), access)
        with self._lock:
            error = self._write([*self._waiting, look])
            if error is not None:
                self._keep(look, error)
        if error is None:
            self._taking()
        else:
            self._failing(error)

    def again(self) -> None:
        """Try to write what is waiting."""
        with self._lock:
            if not self._waiting:
                return
            error = self._write(self._waiting)
        if error is None:
            self._taking()

    def _write(self, looks: list[_Look]) -> StoreError | None:
        """Write looks, the one that waited longest first; None when all are in the log."""
        late = len(self._waiting)
        rows = [
            (look.at, msgspec.structs.replace(look.access, late=number < late))
            for number, look in enumerate(looks)
        ]
        try:
            self._notes.note_all(rows)
        except StoreError as error:
            return error
        if late:
            self._waiting = []
            self._spare.clear()
        return None

    def _keep(self, look: _Look, error: StoreError) -> None:
        may_wait = look.access.action in AT_THE_DESK or not look.access.allowed
        if error.code not in TAKES_NOTHING or not may_wait or len(self._waiting) >= MOST_WAITING:
            raise error
        self._waiting.append(look)
        if not self._spare.put(msgspec.msgpack.encode(look)):
            log.error("a look is kept in memory only: there is no spare room")
