"""What the bench shows: the devices, the device in hand, its trace as it grows, and the last thing it was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from workstation.errors import AppError
from workstation.readings import CardRead, Level
from workstation.station import messages as m

POLL_MS = 400
DEVICES_MS = 2000
KEPT_ROWS = 500
CARD, TAGS, SCALE, LOCKS, CAMERA = "idcard-sam", "tag-bb7e", "scale-sics", "lock-8a", "camera"
ORDER = (LOCKS, TAGS, SCALE, CARD, CAMERA)


class BenchPresenter(QObject):
    """`listed` after the devices, `traced` after new lines of the trace, `read` after a reading was told."""

    listed = Signal()
    traced = Signal()
    read = Signal()
    troubled = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.devices: tuple[m.DeviceRow, ...] = ()
        self.device = ""
        self.known = False
        self.error: AppError | None = None
        self.paused = False
        self.only_faults = False
        self.trace: deque[m.TraceRow] = deque(maxlen=KEPT_ROWS)
        self.trace_error: AppError | None = None
        self.reading = ""
        self.asking = False
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

    def rest(self) -> None:
        """The bench is hidden: nothing is asked."""
        self._awake = False
        self._poll.stop()
        self._again.stop()

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
            self.device, self.reading = device, ""
            self.trace.clear()
            self.trace_error = None
            self._after = 0
            self.traced.emit()
            self.read.emit()
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
        session = self._context.link.session
        if session is not None and "read-trace" not in session.reads:
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
        if reply.rows:
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

    # ------------------------------------------------------------ reading now

    def ask_now(self) -> None:
        """Ask the device in hand for one reading, and tell it in words."""
        device = self.current()
        if device is None or self.asking:
            return
        asks: dict[str, tuple[object, Callable[..., str]]] = {
            CARD: (m.ReadCard(device=device.id), self._card),
            TAGS: (m.ReadTags(device=device.id), self._tags),
            SCALE: (m.Weigh(device=device.id), self._weight),
        }
        if device.type not in asks:
            return
        ask, say = asks[device.type]
        self.asking, self.reading = True, self._context.words("bench.asking")
        self.read.emit()
        self._context.link.ask(
            ask, lambda reply: self._told(device.id, say(reply)), lambda error: self._untold(device.id, error),
            lane="device",
        )  # fmt: skip

    def _told(self, device: str, words: str) -> None:
        self.asking = False
        if device == self.device:
            self.reading = words
        self.read.emit()

    def _untold(self, device: str, error: AppError) -> None:
        w = self._context.words
        self._told(device, f"{w(error.code, **error.values)} {w.advice(error.code, **error.values)}".strip())

    def _card(self, reply: m.CardReply) -> str:
        w = self._context.words
        if reply.card is None:
            return w("bench.card.none")
        return w("bench.card.read", kind=w(f"card-kind.{reply.card.kind}"), number=masked(reply.card))

    def _tags(self, reply: m.TagsReply) -> str:
        w = self._context.words
        if not reply.tags:
            return w("bench.tags.none")
        told = "\n".join(f"{tag.epc}  {tag.rssi_dbm} dBm" for tag in reply.tags)
        return f"{w('bench.tags.read', count=len(reply.tags))}\n{told}"

    def _weight(self, reply: m.WeightReply) -> str:
        code = "bench.weight.stable" if reply.weight.stable else "bench.weight.moving"
        return self._context.words(code, grams=reply.weight.grams)


def masked(card: CardRead) -> str:
    """The number of a card with all but its first three and last two characters hidden."""
    number = card.number
    return number[:3] + "*" * max(0, len(number) - 5) + number[-2:] if len(number) > 5 else "*" * len(number)


def _rank(row: m.DeviceRow) -> tuple[int, str, str]:
    return (ORDER.index(row.type) if row.type in ORDER else len(ORDER), row.type, row.id)
