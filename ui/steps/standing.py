"""What stands against the form in hand: asked from the station shortly after each change, never decided here."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.steps.answered import commands_of, differs, lacking
from ui.steps.fields import OVERRIDE, Facts, Form, Values
from ui.steps.forms.things import counting_blind
from ui.steps.reasons import Against, against, sentence
from workstation.custody.circumstances import Kind
from workstation.custody.commands import Command, Override, action_of
from workstation.custody.gates import Objection
from workstation.errors import AppError
from workstation.station import messages as m

JUDGE_MS = 250


class Standing(QObject):
    """`objections`: the newest answer.

    Signals: `due` it is time to ask; `changed` an answer came; `unanswered` the station could not be asked.
    """

    due = Signal()
    changed = Signal()
    unanswered = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.objections: tuple[Objection, ...] = ()
        self._settled, self._by = False, ""
        self._asked = 0
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JUDGE_MS)
        self._timer.timeout.connect(self.due)

    @property
    def settled(self) -> bool:
        """Whether the answer is about the values as they are, and about whoever is signed in now."""
        return self._settled and self._by == self._who()

    def _who(self) -> str:
        session = self._context.link.session
        return session.staff if session is not None else ""

    def later(self) -> None:
        """Ask when the hands have rested for a moment; an answer that is still under way is about older values."""
        self._asked += 1
        self._waiting = self._settled = False
        self._timer.start()

    def now(self) -> None:
        """Ask at once, unless an answer about the values as they are is under way."""
        if not self._waiting:
            self.due.emit()

    def ask(
        self, form: Form, values: Values, facts: Facts, outlook: tuple[Objection, ...], *, report: bool
    ) -> None:
        """Ask what would stand against the form as it is; `outlook` stands while nothing can be asked yet."""
        self._timer.stop()
        self._asked += 1
        self._by = self._who()
        commands = commands_of(form, values, facts)
        if not commands:
            self.put(outlook)
            return
        self._waiting, self._settled = True, False
        envelope = self._context.link.envelope(commands[form.judged], report=report)
        self._context.link.ask(
            m.Judge(envelope=msgspec.json.encode(envelope)),
            partial(self._judged, self._asked),
            partial(self._failed, self._asked),
        )

    def put(self, objections: tuple[Objection, ...]) -> None:
        """These stand now."""
        self.objections = objections
        self._waiting, self._settled = False, True
        self.changed.emit()

    def _judged(self, asked: int, reply: m.Judged) -> None:
        if asked == self._asked:
            self.put(reply.objections)

    def _failed(self, asked: int, _: AppError) -> None:
        if asked == self._asked:
            self._waiting = False
            self.unanswered.emit()

    def reasons(
        self, form: Form, task: str, values: Values, facts: Facts, names: dict[str, str]
    ) -> tuple[Against, ...]:
        """Every reason as a row; `names`: staff ids and cells in words."""
        missing = lacking(form, values, facts)
        other = {one.key: read for one in missing if (read := differs(one, values, facts))}
        return against(
            form,
            task,
            missing,
            self.objections,
            lambda one: sentence(one, self._context, names, blind=counting_blind(facts)),
            self._context.words,
            other,
            free=facts.ground_ended,
        )

    def overrides(self, command: Command, values: Values) -> tuple[Override, ...]:
        """The rows of this command that are to be passed with the reason that was filled in."""
        reason, action = str(values.get(OVERRIDE) or "").strip(), action_of(command)
        if not reason:
            return ()
        return tuple(
            Override(gate=one.gate, reason=reason)
            for one in self.objections
            if one.action == action and one.kind is Kind.HARD and one.override
        )
