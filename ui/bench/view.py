"""The bench screen: devices at the left, the trace of the line in the middle, the device in hand at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bench.presenter import CAMERA, CARD, LOCKS, SCALE, TAGS, BenchPresenter
from ui.context import Context
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Facts, Panel, Scroll, StatePages, clear
from ui.widgets.keyed import BYTE_WIDTH, Badge, Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import Shape
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.readings import Level
from workstation.station import messages as m

COLUMNS = ("time", "direction", "bytes", "meaning", "check")
COMPACT_BELOW = 1500
NARROW_BELOW = 1100
WIDGET_MAX = 16_777_215  # no limit, as Qt counts it
ICONS = {LOCKS: "lockers", TAGS: "tag", SCALE: "scale", CARD: "card", CAMERA: "cameras"}
SHAPES = {
    Level.OK: Shape.GOOD, Level.DEGRADED: Shape.DIAMOND, Level.LOST: Shape.FAULT, Level.UNKNOWN: Shape.UNKNOWN,
}  # fmt: skip
READS = {CARD: "bench.read.card", TAGS: "bench.read.tags", SCALE: "bench.read.weight"}


class SimTag(Painted):
    """The dashed word that tells a simulated device from a real one."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words = words
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(16), theme.box(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        height = theme.box(24)
        width = paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(16)
        box = self.rect().adjusted(0, (self.height() - height) // 2, 0, 0)
        box.setWidth(width)
        box.setHeight(height)
        paint.frame(painter, box, t.sim, width=2, radius=theme.px(3), dashed=True)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, box, self._words, theme.font(Type.BODY_BOLD), t.sim, align=centre)
        painter.end()


class BenchScreen(QWidget):
    """Devices. Space holds the trace, F12 asks the device in hand for one reading."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bench")
        self._context, self._look = context, look
        self.presenter = BenchPresenter(context, self)
        self._lay_out()
        self._bind()
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """`task`: the device to take in hand."""
        if task:
            self.presenter.choose(task)
            self._show()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Nothing is ever unsaved here."""
        return False

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.tree.setAccessibleName(w("bench.devices"))
        self.tree.rows.set_heads([w("bench.devices"), w("bench.health")])
        self.trace.setAccessibleName(w("bench.trace"))
        self.trace.rows.set_heads([w(f"bench.column.{column}") for column in COLUMNS])
        self.hold.set_words(w("bench.resume" if self.presenter.paused else "bench.pause"))
        self.faults.set_words(w("bench.only-faults"))
        self.info.set_words(w("bench.info"))
        self.copy.set_words(w("bench.copy"))
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.tree_panel = Panel(look, "bench", parent=self)
        self.tree_panel.tight()
        self.tree = KeyedTable(look, 2, 0, self, dense=True)
        self.tree.setObjectName("bench.devices")
        self.tree.horizontalHeader().hide()
        self.tree_panel.body.addWidget(self.tree)
        self.trace_panel = Panel(look, "bench", parent=self)
        self.trace_panel.tight()
        self.hold = ActionButton(look, "", icon="pause", key="Space", bind=False, small=True, parent=self)
        self.hold.setObjectName("bench.pause")
        self.faults = ActionButton(look, "", icon="list-filter", small=True, parent=self)
        self.faults.setObjectName("bench.only-faults")
        self.faults.setCheckable(True)
        self.copy = ActionButton(look, "", icon="copy", parent=self)
        self.copy.setObjectName("bench.copy")
        self.info = ActionButton(look, "", icon="info", key="Ctrl+I", small=True, parent=self)
        self.info.setObjectName("bench.info")
        self.info.setCheckable(True)
        self.tree_panel.head.addWidget(self.info)
        for button in (self.hold, self.faults):
            self.trace_panel.head.addWidget(button)
        self.trace = KeyedTable(look, len(COLUMNS), 3, self, dense=True, caps={2: 10 * BYTE_WIDTH})
        self.trace.setObjectName("bench.trace")
        self.trace_pages = StatePages(look, self.trace, "bench.trace", self, framed=False)
        self.trace_panel.body.addWidget(self.trace_pages)
        self.detail = Panel(look, "settings", parent=self)
        holder = QWidget()
        self.facts = QVBoxLayout(holder)
        self.facts.setContentsMargins(0, 0, px(4), 0)
        self.detail.body.addWidget(Scroll(holder, self), 1)
        self.result = PlainLabel(wrap=True, role="bold")
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.result.setObjectName("bench.result")
        self.ask = ActionButton(look, "", icon="scan", key="F12", role="primary", parent=self)
        self.ask.setObjectName("bench.read")
        self.detail.body.addWidget(self.result)
        self.detail.body.addWidget(self.copy)
        self.detail.body.addWidget(self.ask)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.tree_panel)
        row.addWidget(self.trace_panel, 1)
        row.addWidget(self.detail)
        self.pages = StatePages(look, content, "bench", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.addWidget(self.pages)

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.listed.connect(self._show)
        presenter.traced.connect(self._show_trace)
        presenter.read.connect(self._show_detail)
        presenter.troubled.connect(self._show_error)
        self.pages.retried.connect(presenter.refresh)
        self.tree.chosen.connect(self._chosen)
        self.hold.acted.connect(self._toggle)
        self.faults.acted.connect(lambda: presenter.show_faults(self.faults.isChecked()))
        self.copy.acted.connect(self._copy)
        self.info.acted.connect(self._fit)
        self.ask.acted.connect(presenter.ask_now)

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        if not presenter.known:
            if presenter.error is not None:
                self._show_error(presenter.error)
            else:
                self.pages.say(State.LOADING)
            return
        if not presenter.devices:
            self.pages.say(State.EMPTY, w("bench.none.detail"), title=w("bench.none"))
            return
        self.pages.show_content()
        simulated = sum(1 for row in presenter.devices if row.simulated)
        real = len(presenter.devices) - simulated
        self.tree_panel.set_title(w("bench.devices"), w("bench.counts", real=real, simulated=simulated))
        self.tree.rows.show(self._tree())
        self.tree.blockSignals(True)
        if self.tree.current_key() != presenter.device:
            self.tree.choose(presenter.device)
        self.tree.blockSignals(False)
        self._show_trace()
        self._show_detail()

    def _tree(self) -> list[Row]:
        w, rows, last = self._context.words, [], ""
        for device in self.presenter.devices:
            if device.type != last:
                last = device.type
                rows.append(
                    Row(
                        f"type:{last}",
                        (Cell(self._type(last), icon=ICONS.get(last, "plug")), Cell()),
                        head=True,
                    )
                )
            badges = (Badge(w("bench.simulated"), "sim"),) if device.simulated else ()
            health = Cell(w(f"level.{device.health.level}"), shape=SHAPES[device.health.level])
            rows.append(Row(device.id, (Cell(device.id, badges=badges), health)))
        return rows

    def _type(self, kind: str) -> str:
        w, code = self._context.words, f"bench.type.{kind}"
        return w(code) if code in w.catalogue else kind

    def _show_trace(self) -> None:
        presenter, w = self.presenter, self._context.words
        self.hold.set_words(
            w("bench.resume" if presenter.paused else "bench.pause"), "play" if presenter.paused else "pause"
        )
        session = self._context.link.session
        self.trace_panel.set_title(presenter.device or w("bench.trace"))
        if session is not None and "read-trace" not in session.reads:
            self.trace_pages.say(State.NO_PERMISSION, w("bench.trace.no-permission"))
            return
        if presenter.trace_error is not None and not presenter.trace:
            error = presenter.trace_error
            self.trace_pages.say(State.ERROR, w(error.code, **error.values))
            return
        lines = presenter.lines()
        if not lines:
            self.trace_pages.say(State.EMPTY, w("bench.trace.none.detail"), title=w("bench.trace.none"))
            return
        self.trace.rows.show([self._line(line) for line in lines])
        self.trace_pages.show_content()

    def _line(self, line: m.TraceRow) -> Row:
        w = self._context.words
        out = line.direction == "out"
        check = (
            Cell(w("bench.ok"), shape=Shape.GOOD)
            if line.ok
            else Cell(w("bench.fault"), shape=Shape.FAULT, colour="redtext", bold=True)
        )
        words = (
            line.hex
            if " " in line.hex
            else " ".join(line.hex[at : at + 2] for at in range(0, len(line.hex), 2))
        )
        return Row(
            str(line.seq),
            (
                Cell(self._context.local(line.at, "%H:%M:%S.%f")[:-3]),
                Cell(w("bench.out" if out else "bench.in"), icon="arrow-right" if out else "arrow-left"),
                Cell(words, hex=True, bold=True, colour="" if line.ok else "redtext"),
                Cell(line.decoded),
                check,
            ),
        )

    def _show_detail(self) -> None:
        w, device = self._context.words, self.presenter.current()
        clear(self.facts)
        self.ask.setVisible(device is not None and device.type in READS)
        self.result.setText(self.presenter.reading)
        self.result.setVisible(bool(self.presenter.reading))
        if device is None:
            self.detail.set_title(w("bench.detail"))
            return
        self.ask.set_words(w(READS[device.type]) if device.type in READS else "")
        self.detail.set_title(device.id, self._type(device.type))
        if device.simulated:
            self.facts.addWidget(SimTag(self._look, w("bench.simulated.whole")))
        form = Facts(self._look, self, labels=72)
        health = device.health
        lines = [
            ("place", device.place),
            ("line", device.line or w("bench.no-line")),
            ("health", w(f"level.{health.level}")),
            ("since", self._context.local(health.since, "%m-%d %H:%M:%S")),
            ("reason", w(health.reason) if health.reason else ""),
            ("advice", w.advice(health.reason) if health.reason else ""),
        ]
        for name, words in lines:
            form.add(w(f"bench.{name}"), words)
        self.facts.addWidget(form)
        self.facts.addStretch(1)

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.known:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("bench.retry"))

    # ------------------------------------------------------------ acting

    def _chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _toggle(self) -> None:
        self.presenter.pause(not self.presenter.paused)

    def _copy(self) -> None:
        self.trace.copy_all()
        self._context.speaker.info("bench.copied", count=self.trace.rows.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window trace and detail take turns in the same place."""
        theme = self._look.theme
        width = theme.logical(self.width())
        narrow, compact = width < NARROW_BELOW, width < COMPACT_BELOW
        self.tree_panel.setFixedWidth(theme.px(290 if compact else 350))
        self.info.setVisible(narrow)
        self.tree_panel.show_aside(not narrow)
        turned = narrow and self.info.isChecked()
        self.trace_panel.setVisible(not turned)
        self.detail.setVisible(not narrow or turned)
        self.detail.setMaximumWidth(WIDGET_MAX if turned else theme.px(260 if compact else 400))
        self.detail.setMinimumWidth(0 if turned else theme.px(260 if compact else 400))
