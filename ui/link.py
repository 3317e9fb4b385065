"""The window's link to the station: asks run on a lane of their own each, answers come back on the GUI thread.

Nothing in the window waits for the station. Lanes: `read` for what is drawn, `work` for commands (in the order in
which they were given), `device` for readings asked for, `frames` for live pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot

from workstation.custody.commands import CentreCommand, Command, Envelope, Override
from workstation.errors import AppError
from workstation.ids import command_id
from workstation.station import messages as m
from workstation.station.client import Feed, Lane

LANES = ("read", "work", "device", "frames")

Done = Callable[[Any], None]
Failed = Callable[[AppError], None]


class Link(QObject):
    """Talks to the station. Signals: `noticed(Notice)`, `linked(bool)`, `failed(AppError)` for errors nobody took."""

    noticed = Signal(object)
    linked = Signal(bool)
    failed = Signal(object)
    _answered = Signal(object)
    _notice_came = Signal(object)
    _link_changed = Signal(bool)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._lanes = {name: Lane(home) for name in LANES}
        self._threads = {
            name: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{name}") for name in LANES
        }
        self._feed: Feed | None = None
        self._ending: list[Feed] = []
        self._closed = False
        self.session: m.Signed | None = None
        self.position = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)
        self._notice_came.connect(self._take_notice, queued)
        self._link_changed.connect(self._take_linked, queued)

    def ask(self, message: Any, done: Done, failed: Failed | None = None, *, lane: str = "read") -> None:
        """Ask on a lane; `done(reply)` or `failed(AppError)` is called on the GUI thread, unless closed before."""
        if not self._closed:
            self._threads[lane].submit(self._run, lane, message, done, failed)

    def send(
        self,
        command: Command | CentreCommand,
        done: Done,
        failed: Failed | None = None,
        *,
        report: bool = False,
        happened_at: datetime | None = None,
        late_reason: str = "",
        overrides: Iterable[Override] = (),
        approvals: Iterable[str] = (),
        position: int | None = None,
        drafts: tuple[str, ...] = (),
    ) -> None:
        """Submit a command; `done` gets Saved, Refused or OutOfDate. `drafts`: forms whose drafts end with it."""
        envelope = self.envelope(
            command,
            report=report,
            happened_at=happened_at,
            late_reason=late_reason,
            overrides=overrides,
            approvals=approvals,
            position=position,
        )
        self.ask(m.Submit(envelope=msgspec.json.encode(envelope), drafts=drafts), done, failed, lane="work")

    def envelope(
        self,
        command: Command | CentreCommand,
        *,
        report: bool = False,
        happened_at: datetime | None = None,
        late_reason: str = "",
        overrides: Iterable[Override] = (),
        approvals: Iterable[str] = (),
        position: int | None = None,
    ) -> Envelope:
        """A new envelope at the position that this window knows."""
        return Envelope(
            id=command_id(),
            position=self.position if position is None else position,
            report=report,
            command=command,
            happened_at=happened_at,
            late_reason=late_reason,
            overrides=tuple(overrides),
            approvals=tuple(approvals),
        )

    def attach(self, session: m.Signed) -> None:
        """Use a session on every lane and receive its feed."""
        self.session = session
        for name, lane in self._lanes.items():
            self._threads[name].submit(lane.attach, session.token)
        self._stop_feed()

        def notice(notice: m.Notice) -> None:
            if self._feed is feed:
                self._notice_came.emit(notice)

        def linked(on: bool) -> None:
            if self._feed is feed:
                self._link_changed.emit(on)

        self._feed = feed = Feed(self._home, session.token, notice, linked)
        feed.start()

    def listen(self) -> None:
        """Receive what the scanner of this desk reads while nobody is signed in: a staff card may be shown to it."""
        if self._feed is not None or self._closed:
            return

        def scans(notice: m.Notice) -> None:
            if notice.scans and self._feed is feed:
                self._notice_came.emit(m.Notice(size=self.position, scans=notice.scans))

        self._feed = feed = Feed(self._home, "", scans, lambda _: None)
        feed.start()

    def detach(self) -> None:
        """Forget the session."""
        self.session = None
        self._stop_feed()
        for name, lane in self._lanes.items():
            self._threads[name].submit(lane.attach, "")

    def close(self) -> None:
        """End every lane; nothing is delivered any more."""
        self._closed = True
        self._stop_feed()
        for feed in self._ending:
            feed.stop()
        for name, thread in self._threads.items():
            thread.submit(self._lanes[name].close)
            thread.shutdown(wait=True)

    def _run(self, name: str, message: Any, done: Done, failed: Failed | None) -> None:
        try:
            reply = self._lanes[name].ask(message)
        except AppError as error:
            self._answered.emit(partial(failed or self.failed.emit, error))
        else:
            if isinstance(reply, m.Saved):
                self.position = max(self.position, reply.size)
            self._answered.emit(partial(done, reply))

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    @Slot(object)
    def _take_notice(self, notice: m.Notice) -> None:
        if not self._closed:
            self.position = max(self.position, notice.size)
            self.noticed.emit(notice)

    @Slot(bool)
    def _take_linked(self, on: bool) -> None:
        if not self._closed:
            self.linked.emit(on)

    def _stop_feed(self) -> None:
        """It ends by itself: nobody waits for it, and nothing of it is taken any more."""
        if self._feed is not None:
            self._feed.stop(wait=False)
            self._ending = [*(feed for feed in self._ending if feed.is_running()), self._feed]
            self._feed = None
