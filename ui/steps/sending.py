"""Doing the main action: judged as the values are at that moment, its commands sent one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.steps import devices
from ui.steps.answered import commands_of, lacking
from ui.steps.fields import Facts, Field, Form, Values
from ui.steps.standing import Standing
from workstation.custody.commands import Command
from workstation.station import messages as m

SENDING_MS = 3000


@dataclass(frozen=True)
class Work:
    """The form in hand as it is now. `report`: told as having happened, whatever stands against it."""

    form: Form
    values: Values
    facts: Facts
    report: bool

    def lacking(self) -> tuple[Field, ...]:
        """What is not filled in yet."""
        return lacking(self.form, self.values, self.facts)

    def commands(self) -> tuple[Command, ...]:
        """The commands that follow from the values."""
        return commands_of(self.form, self.values, self.facts)


class Sending(QObject):
    """Sends what is in hand. `work`: the form as it is, None when there is none; `refused`: whether it may not be done.

    Signals: `focus_asked(key)` something is not filled in; `held` it was judged and may not be done;
    `sent(work, command, size)` everything is on disk, with the last command and the size of the record.
    """

    focus_asked = Signal(str)
    held = Signal()
    sent = Signal(object, object, int)

    def __init__(
        self,
        context: Context,
        standing: Standing,
        work: Callable[[], Work | None],
        refused: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._standing = context, standing
        self._work, self._refused = work, refused
        self._meant = False
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(SENDING_MS)
        standing.changed.connect(self._judged)
        standing.unanswered.connect(self._judged)

    @property
    def meant(self) -> bool:
        """Whether the main action was asked for and its judgement has not come yet."""
        return self._meant

    def forget(self) -> None:
        """The values changed: what was meant was the form as it was before."""
        self._meant = False
        self._busy.stop()

    def submit(self) -> None:
        """Do the main action, once the station has judged the values as they are now."""
        work = self._work()
        if work is None or self._busy.isActive():
            return
        if missing := work.lacking():
            self.focus_asked.emit(missing[0].key)
            return
        if not work.report and not self._standing.settled:
            self._meant = True
            self._standing.now()
            return
        self._go(work)

    def _judged(self) -> None:
        """An answer came, or none can be had: then sending tells why."""
        work = self._work()
        if self._meant and work is not None:
            self._meant = False
            self._go(work)

    def _go(self, work: Work) -> None:
        if self._standing.settled and self._refused():
            self.held.emit()
            return
        commands = work.commands()
        if commands:
            self._send(work, list(commands))

    def _send(self, work: Work, waiting: list[Command]) -> None:
        self._busy.start()
        command = waiting[0]
        happened = devices.happened_at(work.values) if work.report else None
        self._context.submit(
            command,
            partial(self._saved, work, command, waiting[1:]),
            partial(self._against, work),
            report=work.report,
            happened_at=happened,
            late_reason=str(work.values.get("late_reason") or "") if happened else "",
            overrides=() if work.report else self._standing.overrides(command, work.values),
            drafts=() if waiting[1:] else (work.form.code,),
            unsaved=self._busy.stop,
        )

    def _saved(self, work: Work, command: Command, waiting: list[Command], saved: m.Saved) -> None:
        now = self._work()
        if waiting and now is not None and now.form is work.form:
            self._send(work, waiting)
            return
        self._busy.stop()
        self.sent.emit(work, command, saved.size)

    def _against(self, work: Work, refused: m.Refused) -> None:
        self._busy.stop()
        now = self._work()
        if now is not None and now.form is work.form:
            self._standing.put(refused.objections)
