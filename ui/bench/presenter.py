"""What the bench shows: the devices, the one in hand, and its trace as it grows."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from devices.practice import PracticeWorld
from ui.bench.sending import Sender
from ui.bench.simulated import Simulated
from ui.context import Context
from workstation.errors import AppError, StoreError
from workstation.readings import Level
from workstation.station import messages as m

POLL_MS = 400
DEVICES_MS = 2000
KEPT_ROWS = 500
ROUNDS = 20
CARD, TAGS, SCALE, LOCKS, CAMERA = "idcard-sam", "tag-bb7e", "scale-sics", "lock-8a", "camera"
SCANNER = "scanner-line"
ORDER = (LOCKS, TAGS, SCALE, CARD, SCANNER, CAMERA)


class BenchPresenter(QObject):
    """`listed` after the devices, `taken` after another is in hand, `traced` after new lines of the trace."""

    listed = Signal()
    taken = Signal()
    traced = Signal()
    troubled = Signal(object)

    def __init__(
        self, context: Context, world: PracticeWorld | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.sending = Sender(context, self)
        self.world = Simulated(context, world, self)
        self.devices: tuple[m.DeviceRow, ...] = ()
        self.device = ""
        self.known = False
        self.error: AppError | None = None
        self.paused = False
        self.only_faults = False
        self.trace: deque[m.TraceRow] = deque(maxlen=KEPT_ROWS)
        self.trace_error: AppError | None = None
        self._after = 0
        self._tracing = False
        self._listing = False
        self._awake = False
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._ask_trace)
        self._again = QTimer(self)
        self._again.setInterval(DEVICES_MS)
        self._again.timeout.connect(self.refresh)

    # ------------------------------------------------------------ reading

    def wake(self) -> None:
        """The bench is shown."""
        self._awake = True
        self.refresh()
        self._poll.start()
        self._again.start()
        self.world.wake()

    def rest(self) -> None:
        """The bench is hidden: nothing is asked."""
        self._awake = False
        self._poll.stop()
        self._again.stop()
        self.world.rest()

    def notice(self, notice: m.Notice) -> None:
        """A device's health or the layout changed."""
        if self._awake and {"devices", "centre"} & set(notice.topics):
            self.refresh()

    def refresh(self) -> None:
        """Ask for the devices."""
        if not self._listing:
            self._listing = True
            self._context.link.ask(m.GetDevices(), self._came, self._failed)

    def choose(self, device: str) -> None:
        """Take a device in hand; its trace starts anew."""
        if device and device != self.device:
            self.device = device
            self.trace.clear()
            self.trace_error = None
            self._after = 0
            self.sending.take(device)
            self.taken.emit()
            self.traced.emit()
            self._ask_trace()

    def pause(self, paused: bool) -> None:
        """Hold the trace still, or go on from where it stood."""
        self.paused = paused
        self.traced.emit()

    def show_faults(self, only: bool) -> None:
        """Show only what did not check."""
        self.only_faults = only
        self.traced.emit()

    def _came(self, reply: m.DevicesReply) -> None:
        self._listing, self.known, self.error = False, True, None
        self.devices = tuple(sorted(reply.devices, key=_rank))
        if self.current() is None and self.devices:
            self.choose(self.devices[0].id)
        self.listed.emit()

    def _failed(self, error: AppError) -> None:
        self._listing = False
        self.error = error
        self.troubled.emit(error)

    def _ask_trace(self) -> None:
        if not self.device or self.paused or self._tracing or not self._awake:
            return
        if not self.sending.may("read-trace"):
            return
        self._tracing = True
        device = self.device
        self._context.link.ask(
            m.GetTrace(device=device, after=self._after),
            lambda reply: self._trace_came(device, reply),
            lambda error: self._trace_failed(device, error),
        )

    def _trace_came(self, device: str, reply: m.TraceReply) -> None:
        self._tracing = False
        if device != self.device:
            self._ask_trace()
            return
        had_error, self.trace_error = self.trace_error, None
        if reply.rows and not self.paused:
            self.trace.extend(reply.rows)
            self._after = max(self._after, *(row.seq for row in reply.rows))
        if reply.rows or had_error is not None:
            self.traced.emit()

    def _trace_failed(self, device: str, error: AppError) -> None:
        self._tracing = False
        if device == self.device:
            self.trace_error = error
            self.trace.clear()  # a station that starts again counts its trace anew
            self._after = 0
            self.traced.emit()

    # ------------------------------------------------------------ what is shown

    def current(self) -> m.DeviceRow | None:
        """The device in hand."""
        return next((row for row in self.devices if row.id == self.device), None)

    def lines(self) -> list[m.TraceRow]:
        """The trace as it is shown, newest first."""
        return [row for row in reversed(self.trace) if not (self.only_faults and row.ok)]

    def count(self, level: Level) -> int:
        """How many devices are in a state."""
        return sum(1 for row in self.devices if row.health.level is level)

    def round_trip_ms(self) -> int | None:
        """From a question to the first bytes of its answer: the middle of the last rounds, None without any."""
        spans = [
            (later.at - row.at).total_seconds() * 1000
            for row, later in pairwise(self.trace)
            if row.direction == "out" and later.direction == "in" and later.ok
        ][-ROUNDS:]
        return round(sorted(spans)[len(spans) // 2]) if spans else None

    def faulty(self) -> int:
        """How many of the kept lines did not check."""
        return sum(1 for row in self.trace if not row.ok)

    def place_name(self, device: m.DeviceRow) -> str:
        """Where a device is: the name of its room, or the id of its bank or desk."""
        return self._context.room_name(device.place)


def save_trace(folder: Path, name: str, text: str) -> Path:
    """Write a trace as text beside the printed papers; StoreError when the folder takes none."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise StoreError("store.cannot-create", path=str(path), reason=str(error.strerror)) from error
    return path


def _rank(row: m.DeviceRow) -> tuple[int, str, str]:
    return (ORDER.index(row.type) if row.type in ORDER else len(ORDER), row.type, row.id)
