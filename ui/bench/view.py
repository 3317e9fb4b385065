"""The bench screen: devices at the left, the trace in the middle, the simulated world at the right."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from devices.practice import PracticeWorld
from ui.bench.faults_view import FaultsPanel
from ui.bench.play_view import PlayPanel
from ui.bench.presenter import CAMERA, CARD, LOCKS, SCALE, SCANNER, TAGS, BenchPresenter, save_trace
from ui.bench.trace_view import SHAPES, TracePanel
from ui.bench.world_view import WorldPanel
from ui.context import Context
from ui.quiet import quiet
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.frame import Panel, Scroll, StatePages
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.readings import Level
from workstation.station import messages as m

COMPACT_BELOW, NARROW_BELOW, LOW_BELOW = 1700, 1250, 860
ICONS = {LOCKS: "lockers", TAGS: "tag", SCALE: "scale", CARD: "card", SCANNER: "barcode", CAMERA: "cameras"}
COLOURS = {Level.OK: "oktext", Level.LOST: "redtext"}
SIDES = ("world", "faults", "play")


class BenchScreen(QWidget):
    """Devices. Space holds the trace, Ctrl+Enter sends, R opens the line anew.

    `world`: the simulated world of this centre, None where it is real. `prints`: where a saved trace is put.
    """

    def __init__(
        self,
        context: Context,
        look: Look,
        world: PracticeWorld | None = None,
        prints: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bench")
        self._context, self._look, self._prints = context, look, prints
        self._low = True
        self._world: WorldPanel | None = None
        self._faults: FaultsPanel | None = None
        self._play: PlayPanel | None = None
        self._side = QTimer(self)
        self._side.setSingleShot(True)
        self._side.timeout.connect(self._show_side)
        self.presenter = BenchPresenter(context, world, self)
        self._lay_out()
        self._bind()
        self._order()
        self.retranslate()
        self._fit()

    @property
    def world(self) -> WorldPanel:
        """The simulated world, built when it is first asked for: the devices are there sooner."""
        if self._world is None:
            self._world = WorldPanel(self._context, self._look, self.presenter.world, self._beside)
            self._take_in(self._world, 1 if self._low else 0, stretch=0)
            self._world.show_aside(not self._is_compact())
            self._world.follow(self.presenter.device)
        return self._world

    @property
    def faults(self) -> FaultsPanel:
        """The faults, built when they are first asked for."""
        if self._faults is None:
            self._faults = FaultsPanel(self._context, self._look, self.presenter.world, self._beside)
            self._take_in(self._faults)
            self._faults.follow(self.presenter.device)
        return self._faults

    @property
    def play(self) -> PlayPanel:
        """The scenario, built when it is first asked for."""
        if self._play is None:
            self._play = PlayPanel(self._context, self._look, self.presenter.world, self._beside)
            self._take_in(self._play)
            self._play.show_now()
        return self._play

    def _take_in(
        self, panel: WorldPanel | FaultsPanel | PlayPanel, at: int = -1, *, stretch: int = 1
    ) -> None:
        panel.hide()
        self.parts.insertWidget(at, panel, stretch)
        panel.retranslate()
        self._order()

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
        self.info.set_words(w("bench.info"))
        self.reopen.set_words(w("bench.reopen"))
        self.sides.setAccessibleName(w("bench.info"))
        for name, button in self.sides.buttons.items():
            button.set_words(w(f"bench.{name}"))
        for panel in (self.trace, self._world, self._faults, self._play):
            if panel is not None:
                panel.retranslate()
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        # From the outside in: what moves into another parent is styled anew with all that it holds.
        look, px = self._look, self._look.theme.px
        content = QWidget()
        self.pages = StatePages(look, content, "bench", self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(12), px(10))
        whole.addWidget(self.pages)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self.tree_panel = Panel(look, "bench", parent=content)
        self.tree_panel.tight()
        self.tree = KeyedTable(look, 2, 0, self.tree_panel, dense=True)
        self.tree.setObjectName("bench.devices")
        self.tree.horizontalHeader().hide()
        self.info = ActionButton(look, "", icon="info", key="Ctrl+I", small=True, parent=self.tree_panel)
        self.info.setObjectName("bench.info")
        self.info.setCheckable(True)
        self.tree_panel.head.addWidget(self.info)
        self.reopen = ActionButton(look, "", icon="rotate-ccw", key="R", small=True, parent=self.tree_panel)
        self.reopen.setObjectName("bench.reopen")
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(8), px(10), px(8))
        foot.addWidget(self.reopen)
        foot.addStretch(1)
        self.tree_panel.body.addWidget(self.tree, 1)
        self.tree_panel.body.addLayout(foot)
        presenter = self.presenter
        self.trace = TracePanel(self._context, look, presenter, content)
        self._beside = parts = QWidget()
        self.right = Scroll(parts, content)
        self.right.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.parts = column = QVBoxLayout(parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.sides = Segments(look, "", [(name, "") for name in SIDES], parts)
        self.sides.choose(SIDES[0])
        column.addWidget(self.sides)
        row.addWidget(self.tree_panel)
        row.addWidget(self.trace, 1)
        row.addWidget(self.right)
        self.setFocusProxy(self.tree)

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.listed.connect(self._show)
        presenter.taken.connect(self._follow)
        presenter.troubled.connect(self._show_error)
        presenter.sending.offered.connect(self._order)
        self.pages.retried.connect(presenter.refresh)
        self.tree.chosen.connect(presenter.choose)
        self.trace.hold.acted.connect(self._toggle)
        self.trace.faults.acted.connect(lambda: presenter.show_faults(self.trace.faults.isChecked()))
        self.trace.save.acted.connect(self._save)
        self.info.acted.connect(self._fit)
        self.sides.chosen.connect(lambda _: self._fit())
        self.reopen.acted.connect(presenter.sending.reopen)
        self.reopen.refused.connect(lambda reason: self._context.speaker.info("bench.reopen.none"))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.trace.send.button.click)

    def _order(self) -> None:
        """Tab goes: devices, trace, send, world, faults, scenario."""
        trace, send, world, faults, play = self.trace, self.trace.send, self._world, self._faults, self._play
        stops: list[QWidget] = [self.tree, self.reopen, trace.table, trace.hold, trace.faults, trace.save]
        stops += [*(send.choices.buttons.values() if send.choices is not None else ())]
        stops += [send.number, send.raw, send.button]
        sides = list(self.sides.buttons.values())
        stops += sides if self._low else []
        stops += world.stops() if world is not None else []
        stops += [] if self._low else sides
        stops += faults.stops() if faults is not None else []
        stops += play.stops() if play is not None else []
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

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
        self._take_focus()
        simulated = sum(1 for row in presenter.devices if row.simulated)
        real = len(presenter.devices) - simulated
        self.tree_panel.set_title(w("bench.devices"), w("bench.counts", real=real, simulated=simulated))
        self.tree.rows.show(self._tree())
        self.tree.blockSignals(True)
        if self.tree.current_key() != presenter.device:
            self.tree.choose(presenter.device)
        self.tree.blockSignals(False)
        current = presenter.current()
        lined = current is not None and current.type != CAMERA
        against = [] if lined and presenter.sending.may("use-bench") else [w("bench.reopen.none")]
        self.reopen.set_refused(against)

    def _take_focus(self) -> None:
        """The keyboard was given to the empty screen, before there was anything on it to take it."""
        focused = self.window().focusWidget()
        if focused is not None and (focused is self or focused.isAncestorOf(self)):
            self.tree.setFocus()

    def _tree(self) -> list[Row]:
        w, rows, last = self._context.words, [], ""
        wide = self._look.theme.logical(self.width()) >= COMPACT_BELOW
        for device in self.presenter.devices:
            if device.type != last:
                last = device.type
                icon = ICONS.get(last, "plug")
                rows.append(Row(f"type:{last}", (Cell(self._type(last), icon=icon), Cell()), head=True))
            mark = Badge(w("bench.simulated"), "sim") if device.simulated else Badge(w("bench.real"))
            level = device.health.level
            said = (
                wide or level is not Level.OK
            )  # a narrow list says what is wrong; what is well has its shape
            words = f"{w(f'level.{level}')} {self._age(device)}" if said else self._age(device)
            health = Cell(words, shape=SHAPES[level], colour=COLOURS.get(level, ""))
            name = f"{device.id} · {self.presenter.place_name(device)}" if wide else device.id
            rows.append(Row(device.id, (Cell(name, badges=(mark,)), health)))
        return rows

    def _age(self, device: m.DeviceRow) -> str:
        w = self._context.words
        left = max(timedelta(), self._context.clock.now() - device.health.since)
        seconds = int(left.total_seconds())
        for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
            if seconds >= size:
                return w(f"bench.age.{unit}", count=seconds // size)
        return w("bench.age.second", count=seconds)

    def _type(self, kind: str) -> str:
        w, code = self._context.words, f"bench.type.{kind}"
        return w(code) if code in w.catalogue else kind

    def _follow(self) -> None:
        """Another device is in hand: the world and the faults are those of it."""
        device = self.presenter.device
        for panel in (self._world, self._faults):
            if panel is not None:
                panel.follow(device)
        self._show()

    def _show_error(self, error: AppError) -> None:
        w = self._context.words
        if self.presenter.known:
            self._context.speaker.error(error)
            return
        words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
        self.pages.show_error(error, words, advice, w("bench.retry"))

    # ------------------------------------------------------------ acting

    def _toggle(self) -> None:
        self.presenter.pause(not self.presenter.paused)

    def _save(self) -> None:
        """The shown lines as text, masked as they are shown."""
        rows = range(self.trace.table.rows.rowCount())
        if self._prints is None or not rows:
            self._context.speaker.info("bench.save.none")
            return
        at = self._context.local(self._context.clock.now(), "%Y%m%d-%H%M%S")
        name = f"trace-{self.presenter.device}-{at}.txt"
        text = self.trace.table.text_of(rows)
        self.presenter.world.aside(
            partial(save_trace, self._prints, name, text),
            lambda path: self._context.speaker.info("bench.saved", count=len(rows), path=str(path)),
        )

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
        """In a narrow window trace and world take turns in one place."""
        theme = self._look.theme
        width, height = theme.logical(self.width()), theme.logical(self.height())
        narrow, compact, low = width < NARROW_BELOW, self._is_compact(), height < LOW_BELOW
        self.tree_panel.setFixedWidth(theme.px(280 if narrow else 250 if compact else 370))
        self.info.setVisible(narrow)
        self.tree_panel.show_aside(not compact)
        if self._world is not None:
            self._world.show_aside(not compact)
        turned = narrow and self.info.isChecked()
        self.trace.setVisible(not turned)
        self.trace.lay(wide=not compact)
        self.right.setVisible(not narrow or turned)
        self.right.setMaximumWidth(16_777_215 if turned else theme.px(332 if compact else 410))
        self.right.setMinimumWidth(0 if turned else theme.px(332 if compact else 410))
        self._lay_sides(low)
        self._show()

    def _lay_sides(self, low: bool) -> None:
        """World above, faults and play below it in turn; where it is low all three take turns."""
        self.sides.buttons["world"].setVisible(low)
        if not low and self.sides.choice() == "world":
            self.sides.choose("faults")
        if self._low is not low:
            self._low = low
            self.parts.removeWidget(self.sides)
            self.parts.insertWidget(0 if low or self._world is None else 1, self.sides)
            self._order()
        chosen = self.sides.choice()
        for name, panel in (("world", self._world), ("faults", self._faults), ("play", self._play)):
            shown = chosen == name or (name == "world" and not low)
            if panel is not None:
                panel.setVisible(shown)
            elif shown:
                self._side.start()

    def _show_side(self) -> None:
        """What stands beside the trace is made in turns of its own, when the devices can be seen already."""
        chosen = self.sides.choice()
        with quiet():
            if self._world is None and (chosen == "world" or not self._low):
                self.world.show()
                self._side.start()
            elif chosen == "faults":
                self.faults.show()
            elif chosen == "play":
                self.play.show()

    def _is_compact(self) -> bool:
        return self._look.theme.logical(self.width()) < COMPACT_BELOW
