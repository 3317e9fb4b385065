"""What the step screens hold: the stay, the task in hand, what was filled in, and what stands against it.

The station judges and records; here nothing is decided. Every change of a value is kept as a draft.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.steps import devices
from ui.steps.drafts import NONE, WAITING, DraftKeeper
from ui.steps.fields import (
    OVERRIDE,
    Facts,
    Field,
    Form,
    commands_of,
    lacking,
    shown_fields,
    starting_values,
)
from ui.steps.forms.arrival import ARRIVAL, CARD_KEYS, IDENTIFY, NEW, card_agrees, from_card
from ui.steps.forms.registry import ARRIVAL as ARRIVAL_TASK
from ui.steps.forms.registry import GROUPS, HAPPENED, form_of, place_of, task_name
from ui.steps.reasons import FIELD, LINK, Against
from ui.steps.standing import Standing
from workstation.custody.commands import Command
from workstation.custody.gates import Objection
from workstation.custody.presence import ENDED
from workstation.custody.stay import Stay
from workstation.custody.tasks import Task, TaskState
from workstation.custody.values import Step
from workstation.errors import AppError, LinkError
from workstation.readings import CardRead
from workstation.services.lockers import BankView
from workstation.services.stays import facts_of
from workstation.station import messages as m

GATHER_MS = 120
SENDING_MS = 3000
_OPEN = (TaskState.NONE, TaskState.PARTIAL)
FREE_TASKS = ("identity", "depart")


class StepsPresenter(QObject):
    """State of the screen.

    Signals: `page_changed` another page state or another person; `stay_changed` newer facts; `form_changed` another
    form in hand; `value_changed(key)` a value that did not come from its editor; `reasons_changed`;
    `draft_changed`; `focus_asked(key)`; `pictured(key, jpeg)`; `printed(pdf, paper)`.
    """

    page_changed = Signal()
    stay_changed = Signal()
    form_changed = Signal()
    value_changed = Signal(str)
    reasons_changed = Signal()
    draft_changed = Signal()
    focus_asked = Signal(str)
    pictured = Signal(str, bytes)
    printed = Signal(bytes, str)

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
        self._staff: tuple[m.StaffRow, ...] = ()
        self._banks: tuple[BankView, ...] = ()
        self._after_save = False
        self._wanted = ""
        self._session = context.link.session
        self._weighed_still_there = False
        self.drafts = DraftKeeper(context, self)
        self.drafts.changed.connect(self.draft_changed)
        self.drafts.came_back.connect(self._draft_came_back)
        self.standing = Standing(context, self)
        self.standing.due.connect(self.judge)
        self.standing.changed.connect(self.reasons_changed)
        self._gather = self._timer(GATHER_MS, self.refresh)
        self._sending = self._timer(SENDING_MS, lambda: None)

    def _timer(self, interval: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    # ------------------------------------------------------------ what is shown

    def show_stay(self, stay: str, task: str = "") -> None:
        """Take a person in hand, with one of their tasks or the next one; `new` for a new arrival."""
        self.drafts.keep()
        self._wanted = task
        if stay != self.stay:
            self.stay, self.reply, self.error, self.form, self.task = stay, None, None, None, ""
            self.page_changed.emit()
        if not self._staff:
            self.context.link.ask(m.GetStaff(), self._take_staff)
        self.context.link.ask(m.GetLockers(), self._take_lockers, lambda _: None)
        if stay == NEW:
            self.step = Step.ADMISSION
            self._open(ARRIVAL_TASK, ARRIVAL.code)
            self.page_changed.emit()
        elif stay:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the newest facts of the person in hand."""
        if self.stay and self.stay != NEW:
            self.context.link.ask(m.GetStay(stay=self.stay), partial(self._take_stay, self.stay), self._fail)

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station, or a device of this desk was read.

        What was weighed and recorded stays on the pan until it is taken off: its weight is not that of the next
        thing.
        """
        if self.stay in notice.stays:
            self._gather.start()
        if "lockers" in notice.topics:
            self.context.link.ask(m.GetLockers(), self._take_lockers, lambda _: None)
        if "centre" in notice.topics:
            self.context.link.ask(m.GetStaff(), self._take_staff)
        if notice.card is not None:
            self.take_card(notice.card)
        if notice.weight is not None and notice.weight.grams <= 0:
            self._weighed_still_there = False
        if self._weighed_still_there:
            notice = msgspec.structs.replace(notice, weight=None)
        if self.form is not None:
            for key, value in devices.from_notice(self.form, self.values, self.facts(), notice).items():
                self._fill(key, value)

    def facts(self) -> Facts:
        """What the forms may look at now."""
        session = self._session = self.context.link.session or self._session
        assert session is not None, "a step screen is shown to somebody signed in"
        return Facts(
            stay=self.reply.facts if self.reply else facts_of(Stay()),
            now=self.context.clock.now(),
            actor=session,
            centre=self.context.centre,
            staff=self._staff,
            banks=self._banks,
            card=self.card,
            clocks=self.reply.clocks if self.reply else (),
        )

    def tasks(self, step: Step | None = None) -> tuple[Task, ...]:
        """The tasks of a step, of the one in hand when none is named."""
        wanted = step or self.step
        return tuple(one for one in self.all_tasks() if one.step is wanted)

    def all_tasks(self) -> tuple[Task, ...]:
        """Every task that applies to this kind of person: whoever is no suspect is registered and may leave."""
        rows = self.reply.tasks if self.reply else ()
        if self.reply is None or self.reply.facts.is_suspect:
            return rows
        return tuple(one for one in rows if task_name(one.code) in FREE_TASKS)

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
        pick = self.context.words.pick
        names = dict(self.reply.names) if self.reply else {}
        for bank in self._banks:
            name = pick(bank.name_zh, bank.name_en or bank.bank)
            names.update({cell.cell: f"{name} {cell.number:02d}" for cell in bank.cells})
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
        first = next((one for one in rows if one.state in _OPEN), rows[0] if rows else None)
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
        names = [task_name(one.code) for one in self.tasks() if one.state is not TaskState.NOT_APPLICABLE]
        if not names:
            return ""
        here = names.index(self.task) if self.task in names else -1 if by > 0 else len(names)
        return names[max(0, min(len(names) - 1, here + by))]

    def _open(self, task: str, form: str = "") -> None:
        facts = self.facts()
        self.task, self.form = task, form_of(task, form, facts)
        self.as_report = False
        self.values = starting_values(self.form, facts)
        if self.form is ARRIVAL:
            self.values["new_stay"] = secrets.token_hex(16)
            if self.card is not None:
                self._use_card(self.card)
        self.standing.put(())
        self.drafts.open("" if self.stay == NEW else self.stay, self.form.code)
        self.form_changed.emit()
        self.stay_changed.emit()
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
        self.values[key] = value
        self.value_changed.emit(key)
        self._changed()

    def _changed(self) -> None:
        self._sending.stop()
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
        return (
            self.card is not None
            and key in CARD_KEYS
            and bool(self.values.get("card_device"))
            and card_agrees(self.values, self.card, key)
        )

    def scanned(self, kind: str, text: str) -> bool:
        """A scan that may belong into the form in hand; returns whether it was taken."""
        if self.form is None:
            return False
        filled = devices.from_scan(self.form, self.values, self.facts(), kind, text)
        for key, value in filled.items():
            self._fill(key, value)
        return bool(filled)

    def read_now(self, key: str) -> None:
        """Read the device of a field."""
        field = self._field(key)
        ask = devices.question(field, self.values, self.facts()) if field is not None else None
        if field is None or ask is None:
            self.context.speaker.error(AppError("steps.no-device"))
            return
        self.context.link.ask(ask, partial(self._take_reading, field), lane="device")

    def _take_reading(self, field: Field, reply: Any) -> None:
        if self._field(field.key) is not field:
            return
        value = devices.answer(field, reply, self.facts())
        if isinstance(value, AppError):
            self.context.speaker.error(value)
            return
        if isinstance(reply, m.MediaReply):
            self.pictured.emit(field.key, reply.content)
        self._fill(field.key, value)

    def _field(self, key: str) -> Field | None:
        fields = shown_fields(self.form, self.values, self.facts()) if self.form else ()
        return next((one for one in fields if one.key == key), None)

    # ------------------------------------------------------------ drafts

    def _draft_came_back(self, found: dict[str, Any]) -> None:
        self.values.update(found)
        for key in found:
            self.value_changed.emit(key)
        self.reasons_changed.emit()
        self.standing.later()

    def drop_draft(self) -> None:
        """Undo: forget what was filled in and not recorded."""
        if self.form is not None:
            self.drafts.forget()
            self._open(self.task, self.form.code)

    def undo(self) -> None:
        """Undo is for drafts only; what is recorded is corrected."""
        if self.drafts.state != NONE:
            self.drop_draft()

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
        """Do the main action of the form in hand."""
        if self.form is None or self._sending.isActive():
            return
        missing = lacking(self.form, self.values, self.facts())
        if missing:
            self.focus_asked.emit(missing[0].key)
            return
        commands = commands_of(self.form, self.values, self.facts())
        if commands:
            self._sending.start()
            self._send(self.form, list(commands))

    def _send(self, form: Form, waiting: list[Command]) -> None:
        command = waiting[0]
        happened = devices.happened_at(self.values) if self.told_as_happened() else None
        self.context.submit(
            command,
            partial(self._saved, form, command, waiting[1:]),
            partial(self._refused, form),
            report=self.told_as_happened(),
            happened_at=happened,
            late_reason=str(self.values.get("late_reason") or "") if happened else "",
            overrides=() if self.told_as_happened() else self.standing.overrides(command, self.values),
        )

    def _saved(self, form: Form, command: Command, waiting: list[Command], saved: m.Saved) -> None:
        if devices.weighed(form, self.values):
            self._weighed_still_there = True
        if waiting and form is self.form:
            self._sending.start()
            self._send(form, waiting)
            return
        self._sending.stop()
        if form is not self.form:
            self.refresh()
            return
        self.drafts.forget()
        if self.stay == NEW:
            self.card = None
            self.show_stay(command.stay)
            return
        self._after_save = True
        self.refresh()

    def _refused(self, form: Form, refused: m.Refused) -> None:
        self._sending.stop()
        if form is self.form:
            self.standing.put(refused.objections)

    def print_paper(self, paper: str) -> None:
        """Print a paper of the stay; `printed` follows with its bytes."""
        if self.stay and self.stay != NEW:
            ask = m.PrintPaper(
                stay=self.stay, paper=devices.PAPERS[paper], language=self.context.words.language
            )
            self.context.link.ask(ask, lambda reply: self.printed.emit(reply.pdf, paper), lane="work")

    # ------------------------------------------------------------ answers

    def _take_staff(self, reply: m.StaffReply) -> None:
        self._staff = reply.staff
        if self.form is not None:
            self._start_unset()

    def _take_lockers(self, reply: m.LockersReply) -> None:
        self._banks = reply.banks
        if self.form is not None:
            self._start_unset()

    def _start_unset(self) -> None:
        """What is known only now fills what nobody has filled in."""
        assert self.form is not None
        for key, value in starting_values(self.form, self.facts()).items():
            if self.values.get(key) in (None, "", [], {}):
                self.values[key] = value
                self.value_changed.emit(key)
        self.stay_changed.emit()
        self.reasons_changed.emit()

    def _take_stay(self, stay: str, reply: m.StayReply) -> None:
        if stay != self.stay:
            return
        first, self.reply, self.error = self.reply is None, reply, None
        if first:
            self.page_changed.emit()
        if self._wanted or self.form is None:
            self._choose_wanted()
        elif self._after_save:
            self._advance()
        self._after_save = False
        self.stay_changed.emit()
        if not first:
            self._start_unset()
            self.standing.later()

    def _choose_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        task, form = place_of(wanted) if wanted else ("", "")
        if not task:
            free = self.reply is not None and not self.reply.facts.is_suspect
            task = self._next_of_station() or self._first_open() or ("depart" if free else HAPPENED)
        known = self.task_of(task)
        if known is not None:
            self.step = known.step
        self._open(task, form)

    def _advance(self) -> None:
        """After saving: the next form of the task, the next open task, or the same form empty again."""
        assert self.form is not None
        known, facts = self.task_of(self.task), self.facts()
        settled = known is None or known.state not in _OPEN
        over = self.form.done(facts) or not self.form.fits(facts)
        if not over or (self.form.again and not settled):
            self._open(self.task, self.form.code if self.form.again or not settled else "")
            return
        following = GROUPS[self.task].first(facts)
        if following is not self.form and not following.done(facts) and not settled:
            self._open(self.task, following.code)
            return
        ended = facts.stay.presence.status in ENDED
        task = (self._next_of_station() if ended else self._first_open()) or self._next_of_station()
        known = self.task_of(task)
        if known is not None:
            self.step = known.step
        self._open(task or self.task)

    def _first_open(self) -> str:
        """The first open task after the one in hand, from the top again when there is none below."""
        rows = self.tasks()
        names = [task_name(one.code) for one in rows]
        here = names.index(self.task) if self.task in names else -1
        open_after = [
            one for one in (*rows[here + 1 :], *rows[:here]) if one.state in _OPEN and not one.optional
        ]
        return task_name(open_after[0].code) if open_after else ""

    def _next_of_station(self) -> str:
        """The task of the one next action, where it applies to this kind of person."""
        following = self.reply.next if self.reply else None
        if following is None:
            return ""
        task, _ = place_of(following.task)
        suspect = self.reply is not None and self.reply.facts.is_suspect
        return task if suspect or task in FREE_TASKS else ""

    def _fail(self, error: AppError) -> None:
        self.error = error
        if self.reply is None:
            self.page_changed.emit()
        else:
            self.context.speaker.error(error)

    def offline(self) -> bool:
        """Whether the last thing that went wrong is the way to the station."""
        return isinstance(self.error, LinkError)
