"""The step screen: who it is, the three steps, the task list, the decision group in hand, and the right column."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.arrivals import Arrivals
from ui.context import Context
from ui.steps import drawing
from ui.steps.forms.arrival import NEW
from ui.steps.forms.interview import MARK
from ui.steps.forms.registry import GROUPS, HAPPENED
from ui.steps.forms.things import counting_blind
from ui.steps.middle import TALK_KEYS, Middle
from ui.steps.presenter import StepsPresenter
from ui.steps.side import Side
from ui.theme import Type
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import PageState, State
from ui.widgets.step_bar import ThreeStepBar
from ui.widgets.tasks import TaskList
from workstation.errors import LinkError
from workstation.station import messages as m

WIDE, FOLDED, NARROW = 1700, 1340, 1200
"""Widths of the window in logical pixels: below, less room beside the form, tasks as icons, one side at a time."""


class StepsScreen(QWidget):
    """One person, one step, one task.

    Alt+1 to 3 turn to a step, Alt+↓ and Alt+↑ go through its tasks, Alt+→ and Alt+← through the forms of a task. Ctrl+R
    reads the device of the field in hand, or of the first that has no value. F12 does the main action, W shows how the clocks are computed, Ctrl+J opens
    what happened, Ctrl+N begins a new arrival, Ctrl+I the right column where there is no room for it.
    """

    def __init__(
        self,
        context: Context,
        look: Look,
        arrivals: Arrivals | None = None,
        prints: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self._context, self._look = context, look
        self._arrivals = arrivals
        self.presenter = StepsPresenter(context, self)
        self._make_places()
        self.icon = IconLabel(look, "user", 36, self._person)
        self.photo = QLabel(self._person)
        self.photo.hide()
        self._photo = ""
        self.name = PlainLabel(role="name", parent=self._person)
        self.number = PlainLabel(role="title", parent=self._person)
        self.about = PlainLabel(role="secondary", parent=self._person)
        self.pin = IconLabel(look, "room", 20, self._person)
        self.where = PlainLabel(role="strong", parent=self._person)
        self.line = PlainLabel(role="secondary", parent=self._person, elide=True)
        now_steps = drawing.steps((), self.presenter.step, context)
        self.bar = ThreeStepBar(look, now_steps, self._inside)
        self.bar.setObjectName("steps.bar")
        for key, cell in self.bar.cells.items():
            cell.setObjectName(f"steps.bar.{key}")
        self.tasks = TaskList(look, "", self.list_panel)
        self.tasks.setObjectName("steps.tasks")
        self.middle = Middle(context, look, self.presenter, prints, self._inside)
        self.side = Side(context, look, self._inside)
        self._side_asked = False
        self._following = False
        self._lay_out()
        self._bind()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self.retranslate()

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take a person in hand; `new` begins a new arrival, with the card that was laid down for it."""
        if stay == NEW and self._arrivals is not None and (card := self._arrivals.take()) is not None:
            self.presenter.card = card
        self.presenter.show_stay(stay, task)

    def stay_in_hand(self) -> str:
        """The person shown, or an empty text."""
        return self.presenter.stay

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station, or a device of this desk was read."""
        self.presenter.notice(notice)

    def scanned(self, kind: str, text: str) -> bool:
        """A scan that may belong into the form in hand; returns whether it was taken."""
        return self.presenter.desk.scanned(kind, text)

    def undo(self) -> None:
        """Drop the draft in hand."""
        self.presenter.drop_draft()

    def leave(self) -> bool:
        """Whether something was filled in that is not kept yet; it is being kept from now on."""
        return self.presenter.unsaved()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        pick = self._context.words.pick
        self.tasks.setAccessibleName(pick("任务", "Tasks"))
        self.bar.setAccessibleName(pick("步骤", "Steps"))
        self.side.retranslate()
        self.middle.retranslate()
        self._page()
        self._facts()

    # ------------------------------------------------------------ inside

    def _make_places(self) -> None:
        """Everything is made where it stays: what is moved into another parent is styled again, all of it."""
        self.pages = QStackedWidget(self)
        self.state = PageState(self._look, self.pages)
        self.state.setObjectName("steps.state")
        self.state.button.setObjectName("steps.state.action")
        self._work = QScrollArea(self.pages)
        self._work.setWidgetResizable(True)
        self._work.setFrameShape(QFrame.Shape.NoFrame)
        self._work.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._work.setWidget(self._inside)
        self.pages.addWidget(self.state)
        self.pages.addWidget(self._work)
        self._person = QWidget(self._inside)
        self.list_panel = QFrame(self._inside)
        self.list_panel.setProperty("role", "panel")

    def _lay_out(self) -> None:
        px = self._look.theme.px
        person = QVBoxLayout()
        person.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(px(10))
        for widget in (self.name, self.number, self.about, self.pin, self.where):
            first.addWidget(widget)
        first.addStretch(1)
        person.addLayout(first)
        person.addWidget(self.line)
        beside = QHBoxLayout(self._person)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(px(10))
        beside.addWidget(self.icon)
        beside.addWidget(self.photo)
        beside.addLayout(person, 1)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._person, 2)
        head.addWidget(self.bar, 3)
        inside = QVBoxLayout(self.list_panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.tasks)
        body = QHBoxLayout()
        body.setSpacing(px(10))
        body.addWidget(self.list_panel)
        body.addWidget(self.middle, 1)
        body.addWidget(self.side)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addLayout(body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(12), px(10), px(12), px(10))
        outer.addWidget(self.pages)

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.page_changed.connect(self._page)
        presenter.stay_changed.connect(self._facts)
        presenter.form_changed.connect(self._form)
        self.bar.chosen.connect(presenter.choose_step)
        self.tasks.opened.connect(self._open_task)
        self.state.acted.connect(self._act_on_state)
        self._key("Alt+Down", lambda: self._step(1))
        self._key("Alt+Up", lambda: self._step(-1))
        self._key("Alt+Right", lambda: self._turn(1))
        self._key("Alt+Left", lambda: self._turn(-1))
        for number, step in enumerate(self.bar.cells, start=1):
            self._key(f"Alt+{number}", partial(presenter.choose_step, step))
        self._key("Ctrl+R", lambda: self.middle.form.read(presenter.values))
        self._key("W", self.side.toggle_why)
        self._key("Ctrl+I", self._toggle_side)
        self._key("Ctrl+N", lambda: self.show_stay(NEW))
        self._key("Ctrl+J", lambda: presenter.choose_task(HAPPENED))
        for form, key in TALK_KEYS.items():
            self._key(key, partial(self._talk, form))
        self._look.changed.connect(self._fit)

    def _key(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _talk(self, form: str) -> None:
        if self.presenter.task != "interview":
            return
        if form == MARK.code and self.middle.talk.interview is not None:
            self.middle.mark()
        else:
            self.presenter.choose_link(form)

    def _step(self, by: int) -> None:
        name = self.presenter.next_task(by)
        if name:
            self.presenter.choose_task(name)

    def _turn(self, by: int) -> None:
        """Another form of the task in hand; after the last comes the first."""
        presenter, forms = self.presenter, self.presenter.forms()
        if presenter.form in forms:
            form = forms[(forms.index(presenter.form) + by) % len(forms)]
            presenter.choose_task(presenter.task, form.code)

    def _open_task(self, task: str) -> None:
        if not self._following:
            self.presenter.choose_task(task)

    def _act_on_state(self) -> None:
        if self.presenter.stay:
            self.presenter.refresh()
        else:
            self.show_stay(NEW)

    def _page(self) -> None:
        presenter, pick, words = self.presenter, self._context.words.pick, self._context.words
        if presenter.stay == NEW or presenter.reply is not None:
            self.pages.setCurrentWidget(self._work)
            self._facts()
            return
        self.pages.setCurrentWidget(self.state)
        error = presenter.error
        if not presenter.stay:
            self.state.show_state(
                State.EMPTY,
                pick(
                    "在看板上选一个人，或登记新到人员", "Choose somebody on the board, or begin a new arrival"
                ),
                title=pick("没有选中人员", "Nobody in hand"),
                action=pick("新到人员", "New arrival"),
            )
        elif error is None:
            self.state.show_state(State.LOADING)
        else:
            states = {"accounts.no-role": State.NO_PERMISSION, "desk.unknown-stay": State.UNKNOWN}
            state = State.OFFLINE if isinstance(error, LinkError) else states.get(error.code, State.ERROR)
            detail = f"{words(error.code, **error.values)} {words.advice(error.code, **error.values)}".strip()
            self.state.show_state(state, detail, action=pick("再试", "Try again"))

    def _facts(self) -> None:
        presenter, pick = self.presenter, self._context.words.pick
        if presenter.stay == NEW:
            told = pick("登记后得到编号", "A number is given when the stay begins")
            self._show_who(drawing.Who(pick("新到人员", "New arrival"), case=told))
        elif presenter.reply is not None:
            self._show_who(drawing.who(presenter.reply.facts, self._context))
        else:
            return
        self._picture()
        self._form()
        self.list_panel.setVisible(presenter.stay != NEW)
        facts = presenter.facts()
        self.side.show_reply(presenter.reply, facts.room_camera(), blind=counting_blind(facts))
        self._fit()

    def _form(self) -> None:
        """The step and the task in hand, among all of them."""
        presenter = self.presenter
        self.bar.show_steps(drawing.steps(presenter.all_tasks(), presenter.step, self._context))
        self._following = True
        self._list()
        self.tasks.open_task(presenter.task)
        if presenter.task not in [row for row in GROUPS if self.tasks.tasks.row_of(row) >= 0]:
            self.tasks.clearSelection()
        self._following = False

    def _show_who(self, who: drawing.Who) -> None:
        self.name.setText(who.name)
        self.number.setText(who.number)
        self.about.setText(who.about)
        self.pin.setVisible(bool(who.room))
        self.where.setText(who.room)
        self.line.setText(who.case)

    def _picture(self) -> None:
        """The photograph of the person, asked for once."""
        media = drawing.photo_of(self.presenter.reply)
        if media == self._photo:
            return
        self._photo = media
        self.photo.hide()
        self.icon.show()
        if media:
            ask = m.GetMedia(media=media, purpose="work")
            self._context.link.ask(ask, partial(self._pictured, media), lambda _: None)

    def _pictured(self, media: str, reply: m.MediaReply) -> None:
        image = QImage.fromData(reply.content)
        if media != self._photo or image.isNull():
            return
        px = self._look.theme.px
        mode = Qt.TransformationMode.SmoothTransformation
        whole = image.scaled(px(72), px(56), Qt.AspectRatioMode.KeepAspectRatio, mode)
        self.photo.setPixmap(QPixmap.fromImage(whole))
        self.photo.setAccessibleName(self._context.words("steps.photo"))
        self.photo.show()
        self.icon.hide()

    def _list(self) -> None:
        presenter, now = self.presenter, self._context.clock.now()
        rows = drawing.task_rows(presenter.tasks(), self._context, now, presenter.facts())
        if presenter.reply is not None:
            rows += drawing.extra_rows(presenter.step, presenter.reply.facts, self._context)
        self.tasks.tasks.show(rows)

    def _tick(self) -> None:
        if self.isVisible() and self.presenter.reply is not None:
            if self.presenter.standing.objections:
                self.presenter.standing.later()  # time or a recording may have cured what stands against it
            self.side.tick()
            self.middle.stage.refresh()
            self._list()

    def _toggle_side(self) -> None:
        self._side_asked = not self._side_asked
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._look.theme
        logical = theme.logical(self.width()) + 92
        narrow, folded = logical < NARROW, logical < FOLDED
        self.tasks.fold(folded)
        self.list_panel.setFixedWidth(theme.px(316 if logical >= WIDE else 86 if folded else 250))
        self.side.setFixedWidth(theme.px(404 if logical >= WIDE else 320))
        self.side.setVisible(not narrow or self._side_asked)
        self.middle.setVisible(not narrow or not self._side_asked)
        self.bar.setMinimumHeight(theme.box(48, Type.STRONG))
        self._person.setMaximumWidth(theme.px(760 if logical >= WIDE else 480))
