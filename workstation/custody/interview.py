"""Interviews with their breaks, marks and recording; reservations and preflights of rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import Answer, InterviewKind, Source

replace = msgspec.structs.replace


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """A break; `until` is None while it lasts."""

    reason: str
    since: datetime
    until: datetime | None = None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark, or evidence shown, at one moment."""

    kind: str  # mark, evidence
    text: str
    at: datetime


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """One interview; `ended` is None while it goes on. `whole_recording`: from start to signature."""

    interview: str
    type: InterviewKind
    room: str
    officers: tuple[str, ...]
    others: str
    recording: Answer
    one_officer_ground: str
    opened: datetime
    ended: datetime | None = None
    breaks: tuple[Break, ...] = ()
    marks: tuple[Mark, ...] = ()
    pages: int | None = None
    whole_recording: Answer = Answer.UNKNOWN
    unusable: str = ""  # basis of the mark that the law attaches
    entry: str

    @property
    def on_break(self) -> bool:
        return bool(self.breaks) and self.breaks[-1].until is None


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A preflight of a room."""

    room: str
    recording: Answer
    detail: str
    source: Source
    at: datetime


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """One recording of a room; `ended_at` and `root` are there once it is sealed."""

    room: str
    recording: str
    camera: str
    began_at: datetime
    ended_at: datetime | None = None
    gaps: int = 0
    gap_ms: int = 0
    root: str = ""
    recovered: bool = False


class Reserved(msgspec.Struct, frozen=True, kw_only=True):
    """A reservation of a room."""

    room: str
    from_at: datetime
    until: datetime
    at: datetime


class Interviews(msgspec.Struct, frozen=True, kw_only=True):
    """All interviews of a stay."""

    interviews: tuple[Interview, ...] = ()
    preflights: tuple[Ready, ...] = ()
    reservations: tuple[Reserved, ...] = ()
    recordings: tuple[Recording, ...] = ()

    @property
    def open(self) -> Interview | None:
        """The newest interview that has not ended, or None."""
        return next((one for one in reversed(self.interviews) if one.ended is None), None)

    def preflight(self, room: str) -> Ready | None:
        return next((one for one in reversed(self.preflights) if one.room == room), None)

    def interview(self, name: str) -> Interview | None:
        return next((one for one in self.interviews if one.interview == name), None)


EVENTS = (
    e.RoomReserved,
    e.PreflightDone,
    e.InterviewOpened,
    e.InterviewBroken,
    e.InterviewResumed,
    e.InterviewMarked,
    e.EvidenceShown,
    e.InterviewEnded,
    e.EvidenceUnusable,
    e.RecordingStarted,
    e.RecordingSealed,
)


def _sealed(recordings: tuple[Recording, ...], event: e.RecordingSealed) -> tuple[Recording, ...]:
    """The recordings with one of them sealed; one that nobody saw begin is added."""
    sealed = Recording(
        room=event.room,
        recording=event.recording,
        camera=event.camera,
        began_at=event.began_at,
        ended_at=event.ended_at,
        gaps=event.gaps,
        gap_ms=event.gap_ms,
        root=event.root,
        recovered=event.recovered,
    )
    others = tuple(one for one in recordings if one.recording != event.recording)
    return (*others, sealed)


def step(known: Interviews, recorded: Recorded) -> Interviews:
    """Interviews after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.RoomReserved() as event:
            reserved = Reserved(room=event.room, from_at=event.from_at, until=event.until, at=at)
            return replace(known, reservations=(*known.reservations, reserved))
        case e.PreflightDone() as event:
            ready = Ready(
                room=event.room, recording=event.recording, detail=event.detail, source=event.source, at=at
            )
            return replace(known, preflights=(*known.preflights, ready))
        case e.RecordingStarted() as event:
            begun = Recording(room=event.room, recording=event.recording, camera=event.camera, began_at=at)
            return replace(known, recordings=(*known.recordings, begun))
        case e.RecordingSealed() as event:
            return replace(known, recordings=_sealed(known.recordings, event))
        case e.InterviewOpened() as event:
            opened = Interview(
                interview=event.interview,
                type=event.type,
                room=event.room,
                officers=event.officers,
                others=event.others,
                recording=event.recording,
                one_officer_ground=event.one_officer_ground,
                opened=at,
                entry=recorded.entry,
            )
            return replace(known, interviews=(*known.interviews, opened))
        case e.InterviewBroken() as event:
            why = event.reason
            return _on(known, event.interview, lambda one: _broken(one, why, at))
        case e.InterviewResumed() as event:
            return _on(known, event.interview, lambda one: _resumed(one, at))
        case e.InterviewMarked() as event:
            mark = Mark(kind="mark", text=event.mark, at=at)
            return _on(known, event.interview, lambda one: replace(one, marks=(*one.marks, mark)))
        case e.EvidenceShown() as event:
            shown = Mark(kind="evidence", text=event.evidence, at=at)
            return _on(known, event.interview, lambda one: replace(one, marks=(*one.marks, shown)))
        case e.InterviewEnded() as event:
            pages, whole = event.pages, event.recording
            return _on(
                known,
                event.interview,
                lambda one: replace(_resumed(one, at), ended=at, pages=pages, whole_recording=whole),
            )
        case e.EvidenceUnusable() as event:
            basis = event.basis or "marked"
            return _on(known, event.interview, lambda one: replace(one, unusable=basis))
        case _:
            return known


def _on(known: Interviews, name: str, change: Callable[[Interview], Interview]) -> Interviews:
    return replace(
        known,
        interviews=tuple(change(one) if one.interview == name else one for one in known.interviews),
    )


def _broken(one: Interview, reason: str, at: datetime) -> Interview:
    return one if one.on_break else replace(one, breaks=(*one.breaks, Break(reason=reason, since=at)))


def _resumed(one: Interview, at: datetime) -> Interview:
    if not one.on_break:
        return one
    return replace(one, breaks=(*one.breaks[:-1], replace(one.breaks[-1], until=at)))
