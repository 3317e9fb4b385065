"""Recording of interviews: begun with the preflight of a room, ended with the interview, sealed into the record.

The recorder writes in processes of its own; in here is only when it begins and ends, and what of it becomes an entry.
A room is verified for the gates only while its recording runs without a gap since it began: after a gap a new
preflight begins a new recording.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from workstation.custody import commands as c
from workstation.custody.values import Answer
from workstation.errors import AppError
from workstation.ledger.entry import ActorKind
from workstation.ports import Recorder
from workstation.readings import (
    Clip,
    RecordingHeld,
    RecordingState,
    RecordingSummary,
    Still,
    Verified,
    Zone,
)
from workstation.services.desk import Desk
from workstation.station.hub import Hub
from workstation.station.lines import report
from workstation.storage.prepared import StoredEntry

log = logging.getLogger(__name__)


class Library(Protocol):
    """The recordings that lie on this workstation; every method but `held` may raise a DeviceError."""

    def held(self) -> Sequence[RecordingHeld]: ...
    def free_mb(self) -> int: ...
    def picture(
        self,
        recording: str,
        at: datetime,
        *,
        step: int = 0,
        max_width: int = 1280,
        hidden: Sequence[Zone] = (),
    ) -> Still: ...
    def clip(self, recording: str, began: datetime, ended: datetime, out: Path) -> Clip: ...


class StationRecorder(Recorder, Protocol):
    """A recorder that outlives the windows: `recover` closes what an earlier run left open."""

    @property
    def library(self) -> Library: ...

    def states(self) -> Mapping[str, RecordingState]: ...
    def recover(self) -> list[RecordingSummary]: ...
    def close(self) -> None: ...


class Recording:
    """Begins and ends recordings as the record says, on a thread of its own."""

    def __init__(
        self,
        recorder: StationRecorder,
        desk: Callable[[], Desk],
        hub: Hub,
        ports: Callable[[], Mapping[str, str]],
    ) -> None:
        self._recorder = recorder
        self._desk = desk
        self._hub = hub
        self._ports = ports
        self._queue: queue.SimpleQueue[StoredEntry | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="station-recording", daemon=True)

    def answers(self) -> Mapping[str, Answer]:
        """Room → whether its recording runs, verified and whole; for the gates."""
        return {room: _answer(state) for room, state in self._recorder.states().items()}

    @property
    def library(self) -> Library:
        """What was recorded."""
        return self._recorder.library

    def states(self) -> Mapping[str, RecordingState]:
        """Room → its present or last recording since the station began."""
        return self._recorder.states()

    def state(self, room: str) -> RecordingState | None:
        """How the room's present or last recording is doing; None when there was none since the station began."""
        return self._recorder.state(room)

    def start(self) -> None:
        """Seal what an earlier run left open, record the interviews that go on, then follow the record."""
        self._thread.start()

    def stop(self) -> None:
        """End every recording and seal it."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=15)

    def saved(self, entries: list[StoredEntry]) -> None:
        """Entries were saved; those that begin or end a recording are acted on."""
        for entry in entries:
            if entry.header.kind in ("preflight-done/1", "interview-ended/1", "departed/1", "died/1"):
                self._queue.put(entry)

    def _run(self) -> None:
        for summary in self._recorder.recover():
            self._seal("", summary)
        for stay in self._desk().house().open_stays:
            if stay.interviews.open is not None:
                self._safely(partial(self._begin, stay.stay, stay.interviews.open.room))
        while (entry := self._queue.get()) is not None:
            self._safely(partial(self._follow, entry))
        for room, state in self._recorder.states().items():
            if state.running:
                self._end(room, "")
        self._recorder.close()

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AppError as error:
            log.error("a recording was not begun or ended: %s", error.code)

    def _follow(self, entry: StoredEntry) -> None:
        facts = entry.sections.get("facts") or {}
        if entry.header.kind == "preflight-done/1":
            self._begin(entry.header.stay, str(facts["room"]))
            return
        stay = self._desk().house_with(entry.header.stay).stay(entry.header.stay)
        if stay is not None and stay.interviews.interviews:
            self._end(stay.interviews.interviews[-1].room, entry.header.stay)

    def _begin(self, stay: str, room: str) -> None:
        declared = self._desk().house().centre.rooms.get(room)
        url = self._ports().get(declared.camera, "") if declared and declared.camera else ""
        if declared is None or not url:
            return  # no camera looks into this room: its recording stays unknown
        state = self._recorder.states().get(room)
        if state is not None and state.running:
            if state.gaps == 0:
                return
            self._end(room, stay)
        self._recorder.start(room, declared.camera, url)
        begun = self._recorder.state(room)
        if begun is not None:
            command = c.ReportRecordingStarted(
                stay=stay, room=room, recording=begun.recording, camera=declared.camera
            )
            report(self._desk(), command, "recorder", ActorKind.DEVICE)
        self._hub.changed(topics=("recording",))

    def _end(self, room: str, stay: str) -> None:
        state = self._recorder.states().get(room)
        if state is not None and state.running:
            self._seal(stay, self._recorder.stop(room))
            self._hub.changed(topics=("recording",))

    def _seal(self, stay: str, summary: RecordingSummary) -> None:
        found = stay or _stay_of(self._desk(), summary.recording)
        if not found:
            log.info("a recording that belongs to no open stay was closed")
            return
        gap_ms = sum(
            int(((gap.ended or summary.ended) - gap.began).total_seconds() * 1000) for gap in summary.gaps
        )
        command = c.ReportRecordingSealed(
            stay=found,
            room=summary.room,
            recording=summary.recording,
            camera=summary.camera,
            began_at=summary.started,
            ended_at=summary.ended,
            segments=summary.segments,
            bytes=summary.bytes,
            gaps=len(summary.gaps),
            gap_ms=gap_ms,
            root=summary.root,
            recovered=summary.recovered,
        )
        report(self._desk(), command, "recorder", ActorKind.DEVICE)


def _answer(state: RecordingState) -> Answer:
    if state.gaps:
        return Answer.NO
    return {Verified.YES: Answer.YES, Verified.NO: Answer.NO}.get(state.verified, Answer.UNKNOWN)


def _stay_of(desk: Desk, recording: str) -> str:
    for stay in desk.house().stays.values():
        if any(one.recording == recording for one in stay.interviews.recordings):
            return stay.stay
    return ""
