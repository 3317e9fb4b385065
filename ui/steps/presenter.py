"""What the step screens hold: the stay, the task in hand, what was filled in, and what stands against it.

The station judges and records; here nothing is decided. Every change of a value is kept as a draft.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal

from ui.context import Context
from ui.steps import devices, going
from ui.steps.answered import lacking, starting_values
from ui.steps.around import Around
from ui.steps.desk import DeskReadings
from ui.steps.drafts import NONE, WAITING, DraftKeeper
from ui.steps.fields import OVERRIDE, Facts, Form
from ui.steps.forms.arrival import ARRIVAL, CARD_KEYS, IDENTIFY, NEW, from_card, is_from_card
from ui.steps.forms.registry import ARRIVAL as ARRIVAL_TASK
from ui.steps.forms.registry import GROUPS, form_of, place_of, task_name
from ui.steps.reasons import FIELD, LINK, Against
from ui.steps.sending import Sending, Work
from ui.steps.standing import Standing
from workstation.custody.commands import Command
from workstation.custody.gates import Objection
from workstation.custody.stay import Stay
from workstation.custody.tasks import Task
from workstation.custody.values import Step
from workstation.errors import AppError
from workstation.readings import CardRead
from workstation.services.stays import facts_of
from workstation.station import messages as m

GATHER_MS = 120


class StepsPresenter(QObject):
    """State of the screen.

    Signals: `page_changed` another page state or another person; `stay_changed` newer facts; `form_changed` another
    form in hand; `value_changed(key)` a value that did not come from its editor; `reasons_changed`;
    `draft_changed`; `focus_asked(key)`; `pictured(key, jpeg)`; `held` the main action was asked for and may not be done.
    """

    page_changed = Signal()
    stay_changed = Signal()
    form_changed = Signal()
    value_changed = Signal(str)
    reasons_changed = Signal()
    draft_changed = Signal()
    focus_asked = Signal(str)
    pictured = Signal(str, bytes)
    held = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.stay = ""
        self.reply: m.StayReply | None = None
        self.error: AppError | None = None
        self.step = Step.ADMISSION
        self.task = ""
        self.form: Form | None = None
        self.values: dict[str, Any] = {}
        self.as_report = False
        self.card: CardRead | None = None
        self._after_save = 0
        self._wanted = ""
        self._session = context.link.session
        self.around = Around(context, self)
        self.around.changed.connect(self._start_unset)
        self.drafts = DraftKeeper(context, self)
        self.drafts.changed.connect(self.draft_changed)
        self.drafts.came_back.connect(self._draft_came_back)
        self.standing = Standing(context, self)
        self.standing.due.connect(self.judge)
        self.standing.changed.connect(self.reasons_changed)
        self.sending = Sending(context, self.standing, self.work, self.refused, self)
        self.sending.focus_asked.connect(self.focus_asked)
        self.sending.held.connect(self.held)
        self.sending.sent.connect(self._sent)
        self.desk = DeskReadings(context, self.work, self)
        self.desk.filled.connect(self._fill)
        self.desk.pictured.connect(self.pictured)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self.refresh)

    # ------------------------------------------------------------ what is shown

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take a person in hand, with one of their tasks or the next one; `new` for a new arrival."""
        self.drafts.keep()
        self._wanted = task
        if stay != self.stay:
            self.stay, self.reply, self.error, self.form, self.task = stay, None, None, None, ""
            self.page_changed.emit()
        self.around.begin()
        if stay == NEW:
            self.step = Step.ADMISSION
            self._open(ARRIVAL_TASK, ARRIVAL.code)
            self.page_changed.emit()
            self.stay_changed.emit()
        elif stay:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the newest facts of the person in hand."""
        if self.stay and self.stay != NEW:
            self.context.link.ask(m.GetStay(stay=self.stay), partial(self._take_stay, self.stay), self._fail)

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station, or a device of this desk was read."""
        if self.stay in notice.stays:
            self._gather.start()
        self.around.notice(notice)
        if notice.card is not None:
            self.take_card(notice.card)
        self.desk.notice(notice)

    def facts(self) -> Facts:
        """What the forms may look at now."""
        session = self._session = self.context.link.session or self._session
        assert session is not None, "a step screen is shown to somebody signed in"
        return Facts(
            stay=self.reply.facts if self.reply else facts_of(Stay()),
            now=self.context.clock.now(),
            actor=session,
            centre=self.context.centre,
            staff=self.around.staff,
            banks=self.around.banks,
            card=self.card,
            clocks=self.reply.clocks if self.reply else (),
            values=self.values,
        )

    def work(self) -> Work | None:
        """The form in hand as it is now."""
        if self.form is None:
            return None
        return Work(self.form, dict(self.values), self.facts(), self.told_as_happened())

    def tasks(self, step: Step | None = None) -> tuple[Task, ...]:
        """The tasks of a step, of the one in hand when none is named."""
        wanted = step or self.step
        return tuple(one for one in self.all_tasks() if one.step is wanted)

    def all_tasks(self) -> tuple[Task, ...]:
        """Every task that applies to this kind of person: whoever is no suspect is registered and may leave."""
        return going.tasks_of(self.reply)

    def task_of(self, name: str) -> Task | None:
        """The task of this name, of whatever step."""
        return next((one for one in self.all_tasks() if task_name(one.code) == name), None)

    def forms(self) -> tuple[Form, ...]:
        """The forms of the task in hand that fit now; the one in hand always among them."""
        if self.task not in GROUPS or self.form is None:
            return ()
        facts = self.facts()
        return tuple(one for one in GROUPS[self.task].forms if one is self.form or one.fits(facts))

    @property
    def objections(self) -> tuple[Objection, ...]:
        """The newest answer of the station about the form in hand."""
        return self.standing.objections

    def reasons(self) -> tuple[Against, ...]:
        """Everything against the form in hand."""
        if self.form is None:
            return ()
        names = {**(self.reply.names if self.reply else {}), **self.around.cells()}
        return self.standing.reasons(self.form, self.task, self.values, self.facts(), names)

    def told_as_happened(self) -> bool:
        """Whether the form in hand is sent as a report: it is recorded whatever stands against it."""
        return self.form is not None and (self.form.report or self.as_report)

    def refused(self) -> bool:
        """Whether the main action cannot be done now."""
        if self.form is None or lacking(self.form, self.values, self.facts()):
            return True
        if self.told_as_happened():
            return False
        holding = [one for one in self.reasons() if one.holds]
        return bool(holding) and not (self.may_override() and self.values.get(OVERRIDE))

    def may_override(self) -> bool:
        """Whether everything that stops the action may be passed with a reason and a second person."""
        holding = [one for one in self.reasons() if one.holds]
        return not self.told_as_happened() and bool(holding) and all(one.override for one in holding)

    # ------------------------------------------------------------ moving about

    def choose_step(self, step: str) -> None:
        """Another of the three steps; its first open task comes in hand."""
        self.step = Step(step)
        rows = self.tasks()
        first = next((one for one in rows if one.state in going.OPEN), rows[0] if rows else None)
        if first is not None:
            self.choose_task(task_name(first.code))
        self.stay_changed.emit()

    def choose_task(self, task: str, form: str = "") -> None:
        """Take a task in hand; unknown names change nothing."""
        name = task_name(task)
        if name not in GROUPS or (
            name == self.task and self.form is not None and form in ("", self.form.code)
        ):
            return
        self.drafts.keep()
        known = self.task_of(name)
        if known is not None and known.step is not self.step:
            self.step = known.step
            self.stay_changed.emit()
        self._open(name, form)

    def choose_link(self, link: str) -> None:
        """Follow the cure of a reason, or the name of a task, form or action."""
        if link.startswith(FIELD):
            self.focus_asked.emit(link.removeprefix(FIELD))
            return
        task, _, form = link.removeprefix(LINK).partition("/")
        if task not in GROUPS:
            task, form = place_of(task, self.task)
        if task:
            self.choose_task(task, form)

    def next_task(self, by: int = 1) -> str:
        """The name of the task after the one in hand, in the order of the list."""
        return going.beside(self.tasks(), self.task, by)

    def _open(self, task: str, form: str = "") -> None:
        facts = self.facts()
        self.task, self.form = task, form_of(task, form, facts)
        self.as_report, self._after_save = False, 0
        self.values = starting_values(self.form, facts)
        if self.form is ARRIVAL:
            self.values["new_stay"] = secrets.token_hex(16)
            if self.card is not None:
                self._use_card(self.card)
        self.sending.forget()
        with QSignalBlocker(self.standing):  # the form is drawn once, with what stands against it
            self.standing.put(())
            self.judge()
        self.drafts.open("" if self.stay == NEW else self.stay, self.form.code)
        self.form_changed.emit()
        if self.values.get("card_device"):
            self._changed()
            self.judge()

    # ------------------------------------------------------------ values

    def set_value(self, key: str, value: Any) -> None:
        """A value as its editor gives it."""
        if self.values.get(key) == value:
            return
        self.values[key] = value
        if self.form is not None:
            for other, follows in devices.follows(self.form, key, self.values).items():
                self._fill(other, follows)
        self._changed()

    def set_report(self, on: bool) -> None:
        """Send the form in hand as what has happened already."""
        self.as_report = on
        self.standing.later()
        self.reasons_changed.emit()

    def _fill(self, key: str, value: Any) -> None:
        if self.sending.meant:  # what was meant was judged without it
            self.context.speaker.info("steps.read-meanwhile")
        self.values[key] = value
        self.value_changed.emit(key)
        self._changed()

    def _changed(self) -> None:
        self.sending.forget()
        self.drafts.touch(self.values)
        self.standing.later()
        self.reasons_changed.emit()

    def take_card(self, card: CardRead) -> None:
        """An identity card was read: it fills the identity while that form is in hand and empty."""
        self.card = card
        if self.form in (ARRIVAL, IDENTIFY) and not str(self.values.get("name") or "").strip():
            self._use_card(card)
            for key in CARD_KEYS:
                self.value_changed.emit(key)
            self.value_changed.emit("basis")
            self._changed()
        elif self.form not in (ARRIVAL, IDENTIFY):
            self.context.speaker.info("steps.card-waits", name=card.name)

    def _use_card(self, card: CardRead) -> None:
        self.values.update(from_card(card))

    def from_card(self, key: str) -> bool:
        """Whether the value of a field is as the card gave it."""
        return is_from_card(self.values, self.card, key)

    # ------------------------------------------------------------ drafts

    def _draft_came_back(self, found: dict[str, Any]) -> None:
        self.values.update(found)
        for key in found:
            self.value_changed.emit(key)
        self.reasons_changed.emit()
        self.standing.later()

    def drop_draft(self) -> None:
        """Forget what was filled in and not recorded: undo is for drafts only, what is recorded is corrected."""
        if self.form is not None and self.drafts.state != NONE:
            self.drafts.forget()
            self._open(self.task, self.form.code)

    def unsaved(self) -> bool:
        """Whether something was filled in that no draft holds yet; asks for it to be kept."""
        waiting = self.drafts.state == WAITING
        self.drafts.keep()
        return waiting

    # ------------------------------------------------------------ judging and sending

    def judge(self) -> None:
        """Ask what would stand against the form in hand as it is."""
        if self.form is None:
            return
        known = self.task_of(self.task)
        outlook = known.missing if known is not None and known.action == self.form.code else ()
        self.standing.ask(self.form, self.values, self.facts(), outlook, report=self.told_as_happened())

    def submit(self) -> None:
        """Do the main action of the form in hand, judged as it is now."""
        self.sending.submit()

    def _sent(self, work: Work, command: Command, size: int) -> None:
        """Everything of a form is on disk."""
        self.desk.recorded(work)
        if work.form is not self.form:
            self.refresh()
            return
        self.drafts.forget()
        if self.stay == NEW:
            self.card = None
            self.show_stay(command.stay)
            return
        self._after_save = size
        self.refresh()

    # ------------------------------------------------------------ answers

    def _start_unset(self) -> None:
        """What is known only now fills what nobody has filled in."""
        if self.form is None:
            return
        known = {
            key: value
            for key, value in starting_values(self.form, self.facts()).items()
            if self.values.get(key) in (None, "", [], {})
        }
        self.values.update(known)
        self.stay_changed.emit()
        for key in known:
            self.value_changed.emit(key)

    def _take_stay(self, stay: str, reply: m.StayReply) -> None:
        if stay != self.stay:
            return
        first, self.reply, self.error = self.reply is None, reply, None
        if first:
            self.page_changed.emit()
        if self._wanted or self.form is None:
            self._choose_wanted()
        elif 0 < self._after_save <= reply.position:  # an older answer knows nothing of it yet
            self._after_save = 0
            self._advance()
        if first:
            self.stay_changed.emit()
        else:
            self._start_unset()
            self.standing.later()

    def _choose_wanted(self) -> None:
        assert self.reply is not None
        wanted, self._wanted = self._wanted, ""
        self._go_to(*going.first_place(self.reply, self.all_tasks(), self.task, wanted, self.facts()))

    def _advance(self) -> None:
        assert self.form is not None
        assert self.reply is not None
        known = self.task_of(self.task)
        rows = self.tasks()
        self._go_to(*going.place_after(self.form, self.task, known, rows, self.reply, self.facts()))

    def _go_to(self, task: str, form: str) -> None:
        self.step = going.step_of(self.task_of(task), self.step)
        self._open(task, form)

    def _fail(self, error: AppError) -> None:
        self.error = error
        if self.reply is None:
            self.page_changed.emit()
        else:
            self.context.speaker.error(error)
