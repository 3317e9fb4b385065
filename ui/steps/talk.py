"""The interview in hand: the lines of its record, what of them is not on disk yet, and how it is being recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.steps.drafts import DraftKeeper
from ui.steps.fields import instant
from ui.steps.forms.interview import MARK
from ui.steps.presenter import StepsPresenter
from ui.steps.reasons import values_said
from workstation.custody import commands as c
from workstation.custody.interview import Interview
from workstation.errors import AppError
from workstation.readings import RecordingState
from workstation.station import messages as m

LINES = "interview-lines"
ASK_MS, SENDING_MS = 1000, 5000


class Said(StrEnum):
    """What a line of the record is."""

    ASK = "ask"
    ANSWER = "answer"
    MARK = "mark"
    EVIDENCE = "evidence"
    BREAK = "break"


_BEGINS = {Said.ASK: "问：", Said.ANSWER: "答："}
"""How a spoken line begins in the record, which is kept in Chinese."""


@dataclass(frozen=True)
class Row:
    """One line. `waiting`: not on disk yet."""

    at: datetime
    said: Said
    text: str
    waiting: bool = False


def record_text(said: Said, text: str) -> str:
    """A line as it is recorded."""
    return _BEGINS.get(said, "") + text.strip()


def row_of(text: str, at: datetime, kind: str = "mark", *, waiting: bool = False) -> Row:
    """A recorded line as a row."""
    if kind == "evidence":
        return Row(at, Said.EVIDENCE, text, waiting)
    for said, begin in _BEGINS.items():
        if text.startswith(begin):
            return Row(at, said, text.removeprefix(begin), waiting)
    return Row(at, Said.MARK, text, waiting)


def rows_of(talk: Interview | None, waiting: Sequence[tuple[str, datetime]] = ()) -> list[Row]:
    """Every line of an interview in the order of time, those that wait last."""
    if talk is None:
        return []
    rows = [row_of(one.text, one.at, one.kind) for one in talk.marks]
    rows += [Row(one.since, Said.BREAK, one.reason) for one in talk.breaks]
    rows.sort(key=lambda row: row.at)
    return rows + [row_of(text, at, waiting=True) for text, at in waiting]


class Talk(QObject):
    """The open interview of the stay in hand. `recording`: of its room; None while nothing is known of it.

    `asked`: whether the station has said how the recording is. `demanded`: whether the law wants it whole.
    Signal: `changed` lines or recording.
    """

    changed = Signal()

    def __init__(self, context: Context, presenter: StepsPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        self._interview = ""
        self.recording: RecordingState | None = None
        self.asked = self.demanded = False
        self.waiting: list[tuple[str, datetime]] = []
        self._drafts = DraftKeeper(context, self)
        self._drafts.came_back.connect(self._came_back)
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(SENDING_MS)
        self._poll = QTimer(self)
        self._poll.setInterval(ASK_MS)
        self._poll.timeout.connect(self._ask)
        presenter.stay_changed.connect(self.follow)

    @property
    def interview(self) -> Interview | None:
        """The interview that goes on, or None."""
        reply = self._presenter.reply
        return reply.facts.interviews.open if reply is not None else None

    def rows(self) -> list[Row]:
        """Every line so far."""
        return rows_of(self.interview, self.waiting)

    def next_speaker(self) -> Said:
        """Whose turn it is: after a question the answer, else a question."""
        spoken = [row.said for row in self.rows() if row.said in _BEGINS]
        return Said.ANSWER if spoken and spoken[-1] is Said.ASK else Said.ASK

    def watch(self, *, on: bool) -> None:
        """Ask how the recording is while somebody looks."""
        if on and not self._poll.isActive():
            self._poll.start()
            self._ask()
        elif not on:
            self._poll.stop()

    def follow(self) -> None:
        """The facts changed: another interview begins with nothing known."""
        talk = self.interview
        name = talk.interview if talk is not None else ""
        if name != self._interview:
            self._interview = name
            self._drafts.keep()
            self.recording, self.asked, self.demanded = None, False, False
            self.waiting.clear()
            if talk is not None:
                self._drafts.open(self._presenter.stay, LINES)
                ask = m.GetTimeline(stay=self._presenter.stay, limit=1)
                self._context.link.ask(ask, partial(self._told_demanded, name), lambda _: None)
                self._ask()
        self.changed.emit()

    # ------------------------------------------------------------ lines

    def say(self, said: Said, text: str) -> None:
        """Record a line; an empty one sends again what is not on disk yet."""
        if text.strip():
            self.waiting.append((record_text(said, text), self._context.clock.now()))
            self._keep()
            self.changed.emit()
        self._send()

    def _send(self) -> None:
        if self._busy.isActive() or not self.waiting:
            return
        self._busy.start()
        command = c.MarkInterview(stay=self._presenter.stay, mark=self.waiting[0][0])
        self._context.submit(
            command,
            partial(self._saved, self._interview),
            self._against,
            drafts=(LINES, MARK.code),
            unsaved=self._busy.stop,
        )

    def _saved(self, interview: str, _: m.Saved) -> None:
        self._busy.stop()
        self._presenter.refresh()
        if interview != self._interview or not self.waiting:
            return
        self.waiting.pop(0)
        self._keep()
        self._send()

    def _against(self, refused: m.Refused) -> None:
        self._busy.stop()
        if refused.objections:
            first = refused.objections[0]
            reply = self._presenter.reply
            said = values_said(first, self._context, reply.names if reply is not None else {})
            self._context.speaker.error(AppError(first.message, **said))

    def _keep(self) -> None:
        if self.waiting:
            self._drafts.touch({"waiting": [[text, at.isoformat()] for text, at in self.waiting]})
        else:
            self._drafts.forget()
        if self._presenter.form is MARK and self._presenter.values.get("mark"):
            self._presenter.drafts.touch(self._presenter.values)  # it went with the line that was saved

    def _came_back(self, found: dict[str, Any]) -> None:
        rows = found.get("waiting")
        pairs = (
            [row for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
        )
        self.waiting = [(str(text), at) for text, when in pairs if (at := instant(when)) is not None]
        self.changed.emit()

    # ------------------------------------------------------------ recording

    def _ask(self) -> None:
        talk = self.interview
        if talk is not None:
            ask = m.GetRecording(room=talk.room)
            self._context.link.ask(ask, partial(self._told, talk.interview), lambda _: self._told_nothing())

    def _told(self, interview: str, reply: m.RecordingReply) -> None:
        if interview == self._interview:
            self.recording, self.asked = reply.state, True
            self.changed.emit()

    def _told_nothing(self) -> None:
        self.recording, self.asked = None, False
        self.changed.emit()

    def _told_demanded(self, interview: str, reply: m.TimelineReply) -> None:
        if interview == self._interview:
            self.demanded = interview in reply.recording_demanded
            self.changed.emit()
