"""The wire trace of the device in hand, with what is known of the device above it and the send line below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.bench.lines import TraceWords
from ui.bench.marks import DeviceTag, edged
from ui.bench.presenter import CAMERA, BenchPresenter
from ui.bench.send_view import SendLine
from ui.context import Context
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, StatePages
from ui.widgets.keyed import BYTE_WIDTH, KeyedTable
from ui.widgets.labels import PlainLabel, ShapeLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.states import State
from workstation.readings import Level
from workstation.station import messages as m

COLUMNS = ("time", "direction", "bytes", "meaning", "check")
SHAPES = {
    Level.OK: Shape.GOOD, Level.DEGRADED: Shape.DIAMOND, Level.LOST: Shape.FAULT, Level.UNKNOWN: Shape.UNKNOWN,
}  # fmt: skip


class TracePanel(Panel):
    """Fed by the presenter of the bench."""

    def __init__(
        self, context: Context, look: Look, presenter: BenchPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, "bench", parent=parent)
        self._context, self._look, self.presenter = context, look, presenter
        self._words = TraceWords(context)
        self.tight()
        self.edge = edged(look, self)
        px = look.theme.px
        self.tag = DeviceTag(look, self)
        self.head.insertWidget(1, self.tag)
        self.hold = ActionButton(look, "", icon="pause", key="Space", bind=False, small=True, parent=self)
        self.hold.setObjectName("bench.pause")
        self.faults = ActionButton(look, "", icon="list-filter", small=True, parent=self)
        self.faults.setObjectName("bench.only-faults")
        self.faults.setCheckable(True)
        self.save = ActionButton(look, "", icon="export", small=True, parent=self)
        self.save.setObjectName("bench.save")
        for button in (self.hold, self.faults, self.save):
            self.head.addWidget(button)
        well = QFrame(self)
        well.setProperty("role", "well")
        self.health = ShapeLabel(look, Shape.UNKNOWN, "", 20, self)
        self.facts = PlainLabel(role="secondary", wrap=True)
        self.facts.setObjectName("bench.facts")
        line = QHBoxLayout(well)
        line.setContentsMargins(px(12), px(4), px(12), px(4))
        line.setSpacing(px(8))
        line.addWidget(self.health)
        line.addWidget(self.facts, 1)
        self.body.setSpacing(0)
        self.body.addWidget(well)
        self.table = KeyedTable(look, len(COLUMNS), 3, self, dense=True, caps={2: 10 * BYTE_WIDTH})
        self.table.setObjectName("bench.trace")
        self.pages = StatePages(look, self.table, "bench.trace", self, framed=False)
        self.body.addWidget(self.pages, 1)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        self.body.addWidget(rule)
        self.send = SendLine(context, look, presenter.sending, self)
        self.send.setObjectName("bench.sending")
        self.body.addWidget(self.send)
        presenter.listed.connect(self.show_device)
        presenter.taken.connect(self.show_device)
        presenter.traced.connect(self.show_trace)
        presenter.sending.offered.connect(self._offered)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.table.setAccessibleName(w("bench.trace"))
        self.table.rows.set_heads([w(f"bench.column.{column}") for column in COLUMNS])
        self.faults.set_words(w("bench.only-faults"))
        self.save.set_words(w("bench.save"))
        self.send.retranslate()
        self._offered()

    def lay(self, *, wide: bool) -> None:
        """More bytes of a frame are shown where there is room."""
        self.table.set_cap(2, (14 if wide else 8) * BYTE_WIDTH)
        self.send.lay(wide=wide)
        if self._words.compact is wide:
            self._words.compact = not wide
            self._offered()

    def _offered(self) -> None:
        device = self.presenter.current()
        self._words.forget(device.type if device is not None else "", self.presenter.sending.wiring)
        self.show_device()
        self.show_trace()

    # ------------------------------------------------------------ the device

    def show_device(self) -> None:
        """Which device is in hand, whether it is simulated, and how it is."""
        w, device = self._context.words, self.presenter.current()
        if device is None:
            return
        place = "" if self._words.compact else f" · {self.presenter.place_name(device)}"
        self.set_title(device.id + place)
        self.tag.set(w("bench.simulated" if device.simulated else "bench.real"), simulated=device.simulated)
        self.edge.setVisible(device.simulated)
        level = w(f"level.{device.health.level}")
        colour = {Level.OK: "oktext", Level.LOST: "redtext"}.get(device.health.level)
        self.health.set(SHAPES[device.health.level], level, colour)
        since = self._context.local(device.health.since, "%m-%d %H:%M:%S")
        parts = [w("bench.facts.health", level=level, since=since), *self._line_facts(device)]
        text = " · ".join(part for part in parts if part)
        reason = device.health.reason
        if reason:
            shown = w(reason, device=device.id, line=device.line, reason="")
            text += f"\n{shown} {w.advice(reason)}".rstrip()
        self.facts.setText(text)

    def _line_facts(self, device: m.DeviceRow) -> list[str]:
        w, presenter = self._context.words, self.presenter
        baud, round_trip = presenter.sending.baud, presenter.round_trip_ms()
        return [
            device.line.rpartition("/wires/")[2] if device.simulated else device.line or w("bench.no-line"),
            f"{baud} 8N1" if baud else "",
            w("bench.facts.round-trip", ms=round_trip or "<1") if round_trip is not None else "",
            w("bench.facts.rows", rows=len(presenter.trace), faults=presenter.faulty()) if baud else "",
        ]

    # ------------------------------------------------------------ the trace

    def show_trace(self) -> None:
        """The trace as it is kept, or why there is none."""
        w, presenter = self._context.words, self.presenter
        self.hold.set_words(
            w("bench.resume" if presenter.paused else "bench.pause"), "play" if presenter.paused else "pause"
        )
        device = presenter.current()
        if not presenter.sending.may("read-trace"):
            self.pages.say(State.NO_PERMISSION, w("bench.trace.no-permission"))
            return
        if presenter.trace_error is not None:
            error = presenter.trace_error
            self.pages.say(State.ERROR, w(error.code, **error.values))
            return
        lines = presenter.lines()
        if not lines:
            self.pages.say(State.EMPTY, self._why_none(device), title=w("bench.trace.none"))
            return
        self.table.rows.show(self._words.rows(lines))
        self.pages.show_content()
        self.show_device()

    def _why_none(self, device: m.DeviceRow | None) -> str:
        w = self._context.words
        if device is not None and device.type == CAMERA:
            return w("bench.trace.camera")
        if self.presenter.only_faults and self.presenter.trace:
            return w("bench.trace.no-faults")
        return w("bench.trace.none.detail")
