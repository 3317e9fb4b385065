"""Sending a command, and asking for a second person where one must stand by it: the `Submitter` of every screen.

The envelope is made once and kept over approvals and retries, so that nothing is recorded twice. Approvals are
asked one after another; each binds the command at the position that the screen showed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from ui.context import Speaker, Words
from ui.entries import code_of
from ui.link import Link
from workstation.custody.commands import CentreCommand, Command, Envelope, Override, action_of
from workstation.errors import AppError, LinkError
from workstation.station import messages as m

_TOLD = ("cell", "bag", "purpose", "seal", "outcome", "destination")
"""Fields of a command that say what it is done to; their values are words or codes, never a secret."""


@dataclass(frozen=True)
class Asking:
    """What the second person is shown: `lines` of (label, value), `cost` of passing gates, who was first.

    `warns`: a red warning follows. `wanted`: the name of who must stand by it, empty when the rule says it in `rule`.
    `place`, `total`: which of several seconds this is.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    cost: str
    first: str
    first_duty: str
    wanted: str
    rule: str
    warns: bool = False
    place: int = 1
    total: int = 1


class Dialog(Protocol):
    """Asks one second person after another; told what came of each credential."""

    def ask(
        self, asking: Asking, given: Callable[[str, str, str], None], cancelled: Callable[[], None]
    ) -> None: ...

    def refuse(self, error: AppError, name: str = "") -> None: ...

    def done(self) -> None: ...


@dataclass
class _Work:
    envelope: Envelope
    drafts: tuple[str, ...]
    saved: Callable[[m.Saved], None]
    refused: Callable[[m.Refused], None] | None
    unsaved: Callable[[], None]
    named: tuple[str, ...] = ()
    waiting: list[str] = field(default_factory=list)


class Approving(QObject):
    """`retry_offered(bool)`: whether the last command may be sent again because the station was not there."""

    retry_offered = Signal(bool)

    def __init__(
        self,
        link: Link,
        words: Words,
        speaker: Speaker,
        dialog: Dialog,
        describe: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._words, self._speaker, self._dialog = link, words, speaker, dialog
        self._describe = describe
        self._names: Mapping[str, str] = {}
        self._lost: _Work | None = None

    def __call__(
        self,
        command: Command | CentreCommand,
        saved: Callable[[m.Saved], None],
        refused: Callable[[m.Refused], None] | None = None,
        *,
        report: bool = False,
        happened_at: datetime | None = None,
        late_reason: str = "",
        overrides: tuple[Override, ...] = (),
        seconds: tuple[str, ...] = (),
        drafts: tuple[str, ...] = (),
        unsaved: Callable[[], None] = lambda: None,
    ) -> None:
        envelope = self._link.envelope(
            command, report=report, happened_at=happened_at, late_reason=late_reason, overrides=overrides
        )
        work = _Work(envelope, drafts, saved, refused, unsaved)
        own = self._link.session.staff if self._link.session else ""
        work.named = tuple(dict.fromkeys(one for one in seconds if one and one != own))
        work.waiting = list(work.named) or ([""] if overrides else [])
        self._offer(None)
        self._go_on(work)

    def retry(self) -> None:
        """Send the command again that the station may not have got; the same envelope, so never twice."""
        work, self._lost = self._lost, None
        if work is not None:
            self._offer(None)
            self._go_on(work)

    def _offer(self, work: _Work | None) -> None:
        self._lost = work
        self.retry_offered.emit(work is not None)

    def _go_on(self, work: _Work) -> None:
        if work.waiting:
            self._link.ask(
                m.GetStaff(),
                lambda reply: self._known(work, reply),
                lambda error: self._failed(work, error),
            )
        else:
            self._send(work)

    def _known(self, work: _Work, reply: m.StaffReply) -> None:
        self._names = {row.id: row.name for row in reply.staff}
        self._ask(work)

    # ------------------------------------------------------------ the second person

    def _ask(self, work: _Work) -> None:
        if not work.waiting:
            self._dialog.done()
            self._send(work)
            return
        self._dialog.ask(
            self._asking(work),
            lambda number, secret, card: self._given(work, number, secret, card),
            lambda: self._cancelled(work),
        )

    def _asking(self, work: _Work) -> Asking:
        w, envelope = self._words, work.envelope
        command, session = envelope.command, self._link.session
        lines = []
        stay = str(getattr(command, "stay", ""))
        if stay:
            lines.append((w("approval.person"), self._describe(stay)))
        lines.append((w("approval.action"), w(f"action.{action_of(command)}")))
        lines += self._values(command)
        gates = [self._gate(override.gate) for override in envelope.overrides]
        if gates:
            lines.append((w("approval.gate"), "\n".join(gates)))
            reasons = dict.fromkeys(override.reason for override in envelope.overrides)
            lines.append((w("approval.reason"), "\n".join(reasons)))
        total = max(1, len(work.named))
        wanted = work.waiting[0]
        return Asking(
            title=w("approval.override" if envelope.overrides else "approval.together"),
            lines=tuple(lines),
            cost=w("approval.cost.override" if envelope.overrides else "approval.cost"),
            first=session.name if session else "",
            first_duty=w("approval.comma").join(w(f"role.{role}") for role in session.roles)
            if session
            else "",
            wanted=self._names.get(wanted, wanted),
            rule=w("approval.rule.override" if envelope.overrides and not wanted else "approval.rule"),
            warns=bool(envelope.overrides),
            place=total - len(work.waiting) + 1,
            total=total,
        )

    def _values(self, command: Command | CentreCommand) -> list[tuple[str, str]]:
        """What the command is about, so that the second person knows which door or which way out they stand by."""
        w, told = self._words, []
        for name in _TOLD:
            value = getattr(command, name, "")
            if isinstance(value, StrEnum):
                told.append((w(f"field.{name}"), w(code_of(type(value), value))))
            elif isinstance(value, str) and value:
                told.append((w(f"field.{name}"), value))
        return told

    def _gate(self, gate: str) -> str:
        """The gate and its condition, where the sentence needs no values."""
        words = self._words(f"gate.{gate}")
        return gate if "{" in words or "⟨" in words else f"{gate}  {words}"

    def _given(self, work: _Work, number: str, secret: str, card: str) -> None:
        if card:
            self._link.ask(
                m.WhoseCard(card=card),
                lambda holder: self._approve(work, "", "", card, holder.name),
                self._dialog.refuse,
            )
        else:
            self._approve(work, number, secret, "", "")

    def _approve(self, work: _Work, number: str, secret: str, card: str, name: str) -> None:
        self._link.ask(
            m.Approve(envelope=msgspec.json.encode(work.envelope), number=number, secret=secret, card=card),
            lambda reply: self._approved(work, reply),
            lambda error: self._dialog.refuse(error, name),
            lane="work",
        )

    def _approved(self, work: _Work, reply: m.Approved) -> None:
        wanted = self._names.get(work.waiting[0], "") if work.waiting and work.waiting[0] else ""
        if wanted and reply.name != wanted:
            error = AppError("approval.other-person", name=reply.name, wanted=wanted)
            self._dialog.refuse(error, reply.name)
            return
        approvals = (*work.envelope.approvals, reply.token)
        work.envelope = msgspec.structs.replace(work.envelope, approvals=approvals)
        work.waiting = work.waiting[1:]
        self._ask(work)

    def _cancelled(self, work: _Work) -> None:
        self._dialog.done()
        self._speaker.info("approval.cancelled")
        work.unsaved()

    # ------------------------------------------------------------ the command

    def _send(self, work: _Work) -> None:
        self._link.ask(
            m.Submit(envelope=msgspec.json.encode(work.envelope), drafts=work.drafts),
            lambda reply: self._answered(work, reply),
            lambda error: self._failed(work, error),
            lane="work",
        )

    def _answered(self, work: _Work, reply: object) -> None:
        match reply:
            case m.Saved():
                work.saved(reply)
            case m.Refused():
                if work.refused is not None:
                    work.refused(reply)
                elif reply.objections:
                    first = reply.objections[0]
                    self._speaker.error(AppError(first.message, **first.values))
            case m.OutOfDate():
                changed = [self._words(f"event.{kind.partition('/')[0]}") for kind in reply.changed[-3:]]
                told = self._words("approval.comma").join(dict.fromkeys(changed))
                self._speaker.error(AppError("approval.out-of-date", changed=told))
                work.unsaved()
            case _:
                self._speaker.error(LinkError("link.other-version"))
                work.unsaved()

    def _failed(self, work: _Work, error: AppError) -> None:
        missing: tuple[str, ...] = ()
        if error.code == "desk.second-person":
            missing = tuple(
                one.strip() for one in str(error.values.get("staff", "")).split(",") if one.strip()
            )
        if missing or error.code == "desk.no-approval":
            # an approval is used up by the command that it came with: everyone is asked again
            work.envelope = msgspec.structs.replace(work.envelope, approvals=())
            work.named = tuple(dict.fromkeys((*work.named, *missing)))
            work.waiting = list(work.named) or [""]
            self._go_on(work)
            return
        self._dialog.done()
        if isinstance(error, LinkError):
            self._offer(work)
        self._speaker.error(error)
        work.unsaved()
