"""The guide at the right: which bags wait, and for the bag in hand the door in large, its steps and the next act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.lockers.guide import Guide, Stand, Step, Told
from ui.lockers.measures import TOO_LONG, minutes, open_for
from ui.lockers.presenter import LockersPresenter
from ui.theme import Level
from ui.widgets.buttons import ActionButton
from ui.widgets.door_prompt import DoorPrompt, PromptData
from ui.widgets.forms import Form
from ui.widgets.frame import Choice, Panel, Scroll
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.tasks import Task, TaskList
from workstation.custody.values import CellPurpose
from workstation.errors import AppError
from workstation.station import messages as m

SHAPES = {
    Stand.WAITING: Shape.NOT_STARTED,
    Stand.NOW: Shape.INCOMPLETE,
    Stand.DONE: Shape.DONE,
    Stand.UNKNOWN: Shape.UNKNOWN,
    Stand.FAILED: Shape.FAULT,
}


class GuidePanel(Panel):
    """Bags that wait for a door, or the guide of one of them. `ended`: the guide was left."""

    ended = Signal()

    def __init__(
        self, context: Context, look: Look, presenter: LockersPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, "bag", parent=parent)
        self.setObjectName("lockers.guide")
        self.tight()
        self._context, self._look, self._presenter = context, look, presenter
        self.guide: Guide = presenter.guide
        self._step: Step | None = None
        self.pages = QStackedWidget(self)
        self.pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.pages.addWidget(self._waiting())
        self.pages.addWidget(self._guided())
        self.body.addWidget(self.pages, 1)
        self.guide.changed.connect(self.show_guide)
        self.guide.refused.connect(self._refused)
        self.guide.done.connect(self._done)

    # ------------------------------------------------------------ building

    def _waiting(self) -> QWidget:
        page = QWidget(self.pages)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.queue = KeyedTable(self._look, 2, 0, page)
        self.queue.setObjectName("lockers.queue")
        self.queue.horizontalHeader().hide()
        px = self._look.theme.px
        self.none = PlainLabel(role="secondary", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setMargin(px(12))
        self.begin = ActionButton(self._look, "", icon="bag", key="B", role="primary", parent=page)
        self.begin.setObjectName("lockers.begin")
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), px(12))
        foot.addWidget(self.begin)
        column.addWidget(self.queue, 1)
        column.addWidget(self.none, 1)
        column.addLayout(foot)
        self.begin.acted.connect(lambda: self._begin(self.queue.current_key()))
        self.queue.acted.connect(self._begin)
        return page

    def _guided(self) -> QWidget:
        look, px = self._look, self._look.theme.px
        page, holder = QWidget(self.pages), QWidget()
        self._holder, self.roll = holder, Scroll(holder, page)
        self.prompt = DoorPrompt(look, holder)
        self.prompt.setObjectName("lockers.prompt")
        self.steps = TaskList(look, "", holder)
        self.steps.setObjectName("lockers.steps")
        self.steps.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = Form(look, holder, labels=72)
        self.form.setContentsMargins(px(12), px(8), px(12), px(8))
        self.custodian = Choice("lockers.guide.custodian", self.form)
        self.second = Choice("lockers.guide.second", self.form)
        self.custodian_row = self.form.add("", self.custodian)
        self.second_row = self.form.add("", self.second)
        self.trouble = PlainLabel(wrap=True)
        self.trouble.setProperty("level", "red")
        self.act = ActionButton(look, "", icon="door-open", key="F12", role="primary", parent=page)
        self.act.setObjectName("lockers.guide.act")
        self.other = ActionButton(look, "", icon="undo", key="G", parent=page)
        self.other.setObjectName("lockers.guide.other")
        self.stop = ActionButton(look, "", key="Esc", parent=page)
        self.stop.setObjectName("lockers.guide.stop")
        foot = QVBoxLayout()
        foot.setContentsMargins(px(12), px(8), px(12), px(12))
        foot.setSpacing(px(6))
        foot.addWidget(self.trouble)
        foot.addWidget(self.act)
        second = QHBoxLayout()
        second.addWidget(self.other)
        second.addStretch(1)
        second.addWidget(self.stop)
        foot.addLayout(second)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for widget in (self.prompt, self.form, self.steps):
            inner.addWidget(widget)
        inner.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.roll, 1)
        column.addLayout(foot)
        for choice in (self.custodian, self.second):
            choice.currentIndexChanged.connect(self._chosen)
        self.act.acted.connect(self._act)
        self.other.acted.connect(self._other)
        self.stop.acted.connect(self.leave)
        return page

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.queue.setAccessibleName(w("lockers.queue"))
        self.queue.rows.set_heads(["", ""])
        self.none.setText(w("lockers.queue.none"))
        self.begin.set_words(w("lockers.guide.begin"))
        self.steps.setAccessibleName(w("lockers.guide"))
        self.custodian_row.label.setText(w("lockers.custodian"))
        self.custodian.setAccessibleName(w("lockers.custodian"))
        self.second_row.label.setText(w("lockers.second"))
        self.second.setAccessibleName(w("lockers.second"))
        self.other.set_words(w("lockers.guide.other"))
        self.stop.set_words(w("lockers.guide.stop"))
        self.show_guide()

    # ------------------------------------------------------------ showing

    def show_guide(self) -> None:
        """Show the bags that wait, or the guide as it stands."""
        w, guide = self._context.words, self.guide
        if not guide.active:
            self.set_title(w("lockers.guide"))
            self.pages.setCurrentIndex(0)
            self._show_queue()
            return
        self.set_title(w(f"lockers.guide.{guide.purpose}"), guide.whose)
        self.pages.setCurrentIndex(1)
        staff = [(row.id, f"{row.name} {row.number}") for row in self._presenter.staff]
        for choice, key in ((self.custodian, guide.custodian), (self.second, guide.second)):
            choice.blockSignals(True)
            choice.offer(staff)
            choice.choose(key)
            choice.blockSignals(False)
        told = guide.steps()
        self.steps.tasks.show([self._task(one) for one in told])
        self.steps.setFixedHeight(len(told) * self.steps.sizeHintForRow(0) + 2)
        now = guide.now()
        if now is not None and now is not self._step:
            self.steps.open_task(now.value)
            self.trouble.setText("")
            self._bring(now)
        self._step = now
        self.form.setVisible(now is Step.PEOPLE or not guide.ordered)
        self.trouble.setVisible(bool(self.trouble.words()))
        self._show_act(told)
        self.tick()

    def _bring(self, step: Step) -> None:
        """Let the step in hand be seen."""
        index = self.steps.tasks.index(self.steps.tasks.row_of(step.value))
        spot = self.steps.mapTo(self._holder, self.steps.visualRect(index).bottomLeft())
        self.roll.ensureVisible(0, spot.y(), 0, self._look.theme.px(12))

    def _show_queue(self) -> None:
        w, presenter = self._context.words, self._presenter
        rows: list[Row] = []
        if presenter.waiting:
            rows.append(Row("head:in", (Cell(w("lockers.queue.in")), Cell()), head=True))
        for one in presenter.waiting:
            at = self._context.local(one.filled_at) if one.filled_at else ""
            rows.append(
                Row(one.bag, (Cell(f"{one.name} {one.stay_number}", bold=True), Cell(at, quiet=True)))
            )
        leaving = presenter.leaving()
        if leaving:
            rows.append(Row("head:out", (Cell(w("lockers.queue.out")), Cell()), head=True))
        for door in leaving:
            rows.append(Row(door.bag, (Cell(f"{door.name} {door.stay_number}", bold=True), Cell(door.cell))))
        self.queue.rows.show(rows)
        self.queue.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows and not self.queue.current_key():
            self.queue.choose(rows[1].key)
        session = self._context.link.session
        allowed = session is None or "open-cell" in session.requests
        against = [] if allowed else [w("lockers.inspect.no-role")]
        self.begin.set_refused(against if rows else [w("lockers.queue.none")])

    def _task(self, told: Told) -> Task:
        w = self._context.words
        at = self._context.local(told.at) if told.at is not None and told.stand is not Stand.WAITING else ""
        return Task(
            id=told.step.value,
            name=w(f"lockers.step.{self.guide.purpose}.{told.step}"),
            state=SHAPES[told.stand],
            state_word=w(f"lockers.stand.{told.stand}"),
            owner=w(told.code, **told.values) if told.code else "",
            due=at or (w("lockers.now") if told.stand is Stand.NOW else ""),
        )

    def _show_act(self, told: tuple[Told, ...]) -> None:
        w, guide = self._context.words, self.guide
        step = next((one.step for one in told if one.stand is not Stand.DONE), None)
        code = f"lockers.act.{step}" if step is not None else "lockers.act.people"
        again = any(one.step is Step.OPEN and one.stand in (Stand.FAILED, Stand.UNKNOWN) for one in told)
        if step is Step.CONFIRM:
            code = f"{code}.{guide.purpose}"
        elif step is Step.OPEN and again:
            code = f"{code}.again"
        self.act.set_words(w(code), "door-open" if step in (Step.OPEN, Step.SHUT) else "bag")
        self.act.set_refused(self._against(step))
        inward = guide.purpose is CellPurpose.DEPOSIT
        self.other.setVisible(inward)
        self.other.set_refused(
            [w("lockers.guide.other.open", cell=guide.cell)] if inward and guide.is_open() else []
        )

    def _against(self, step: Step | None) -> list[str]:
        w = self._context.words
        if step is Step.PEOPLE:
            return [w("lockers.inspect.two")]
        if step is Step.SHUT:
            return [w("lockers.guide.shut-first", cell=self.guide.cell)]
        return []

    def tick(self) -> None:
        """Once a second: how long the door has been open."""
        w, guide, now = self._context.words, self.guide, self._context.clock.now()
        if not guide.active:
            return
        door = guide.door()
        lines: list[tuple[str, str]] = []
        level = Level.NONE
        long = open_for(door, now) if door is not None else None
        if long is not None:
            lines.append(("door-open", w("lockers.prompt.open", span=minutes(long))))
            if long > TOO_LONG:
                level = Level.YELLOW
                lines.append(("warnings", w("lockers.prompt.too-long")))
        elif door is not None:
            lines.append(("lock", w(f"lockers.prompt.{door.door}")))
        step = guide.now()
        code = (
            f"lockers.prompt.{guide.purpose}" if step in (Step.OPEN, Step.SHUT) else f"lockers.prompt.{step}"
        )
        self.prompt.set(PromptData(w(code), guide.cell or "—", tuple(lines), level))

    # ------------------------------------------------------------ acting

    def _begin(self, bag: str) -> None:
        if bag and not bag.startswith("head:") and not self.begin.reasons():
            self.trouble.setText("")
            self._presenter.begin(bag)
            self.second.setFocus()

    def _chosen(self) -> None:
        self.guide.choose(self.custodian.key(), self.second.key())

    def _act(self) -> None:
        self._try(self.guide.act)

    def _other(self) -> None:
        self._try(self.guide.other)
        if self.guide.cell:
            self._presenter.choose_cell(self.guide.cell)

    def _try(self, act: Callable[[], None]) -> None:
        self.trouble.setText("")
        try:
            act()
        except AppError as error:
            self.trouble.setText(self._context.words(error.code, **error.values))
        self.trouble.setVisible(bool(self.trouble.words()))

    def leave(self) -> None:
        """Leave the guide; the doors stay as they are."""
        self.trouble.setText("")
        self.guide.stop()
        self.ended.emit()

    def _refused(self, refused: m.Refused) -> None:
        self.trouble.setText(reasons(self._context, refused))
        self.trouble.setVisible(True)

    def _done(self, code: str, cell: str) -> None:
        self._context.speaker.info(code, cell=cell)
        self.show_guide()
