"""The recordings of a station: one recorder process each, watched, started again when it dies."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from devices.cameras import journal
from devices.cameras.journal import Story
from devices.cameras.library import Library
from devices.cameras.proof import close_left
from devices.cameras.recorder import Failed, Order, Pace, boot_ms
from devices.transport import LineKind, classify
from workstation.clock import Clock, from_ms, to_ms
from workstation.errors import DeviceError
from workstation.readings import RecordingState, RecordingSummary, Verified

LEAST_FREE = 512 << 20
_LOOK_S = 0.2
_PAUSES_S = (0.1, 0.5, 1.0, 2.0, 5.0)
_ROOT = Path(__file__).resolve().parents[2]


class Recordings:
    """Implements `ports.Recorder`. Recording `<id>` lies in `<folder>/<id>/`.

    `on_change` is called from the recording's thread whenever `running`, `verified`, `gaps` or `reason` changed.
    `admit` raises to refuse an address of that kind. All methods are safe from any thread.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        on_change: Callable[[RecordingState], None],
        *,
        admit: Callable[[str, LineKind], None] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._folder = folder.absolute()
        self._clock = clock
        self._on_change = on_change
        self._admit = admit
        self._pace = pace or Pace()
        self._library = Library(self._folder)
        self._lock = threading.Lock()
        self._rooms: dict[str, _Recording] = {}

    def start(self, room: str, camera: str, url: str) -> None:
        """Begin to record; returns before the first picture.

        Raises DeviceError when the room is being recorded already, the address is of a kind that is not allowed,
        or the disk has less than 512 MiB free or refuses.
        """
        if self._admit is not None:
            self._admit(url, classify(url, ask_names=True))
        now = self._clock.now()
        identity = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        order = Order(
            folder=str(self._folder / identity),
            url=_absolute(url),
            at_ms=to_ms(now),
            boot_ms=boot_ms(),
            pace=self._pace,
        )
        with self._lock:
            old = self._rooms.get(room)
            if old is not None and not old.over:
                raise DeviceError("recorder.already", room=room)
            _make(Path(order.folder))
            fresh = _Recording(order, _begin(order, identity, room, camera), self._on_change)
            self._rooms[room] = fresh
        fresh.start()

    def stop(self, room: str) -> RecordingSummary:
        """End a room's recording within some two seconds, also when its recorder has died or hangs.

        Asked again, it gives the same summary. Raises DeviceError when the room was never recorded, or its files
        can not be closed; those then stay as they are.
        """
        return self._of(room).end()

    @property
    def library(self) -> Library:
        """What was recorded, finished or not."""
        return self._library

    def state(self, room: str) -> RecordingState | None:
        """The room's present or last recording; None when there was none since this object was made."""
        with self._lock:
            recording = self._rooms.get(room)
        return None if recording is None else recording.state()

    def states(self) -> dict[str, RecordingState]:
        """Room → its present or last recording."""
        with self._lock:
            recordings = dict(self._rooms)
        return {room: recording.state() for room, recording in recordings.items()}

    def pid(self, room: str) -> int:
        """Process number of the room's recorder, or 0 between two."""
        return self._of(room).pid

    def recover(self) -> list[RecordingSummary]:
        """Close what earlier runs left open and nobody writes any more; called once when the station starts.

        A recording that cannot be closed (altered, or its recorder goes on for its last seconds) is left alone.
        """
        with self._lock:
            own = {Path(one.order.folder) for one in self._rooms.values()}
        found: list[RecordingSummary] = []
        for path in sorted(self._folder.glob(f"*/{journal.FILE}")):
            if path.parent in own:
                continue
            with contextlib.suppress(DeviceError):
                if journal.read(path.parent).stopped is None:
                    found.append(close_left(path.parent, lambda: to_ms(self._clock.now())))
        return found

    def close(self) -> None:
        """End all recordings; those whose files cannot be closed stay for `recover`."""
        with self._lock:
            recordings = list(self._rooms.values())
        for recording in recordings:
            recording.ask()
        for recording in recordings:
            with contextlib.suppress(DeviceError):
                recording.end()

    def _of(self, room: str) -> _Recording:
        with self._lock:
            if room not in self._rooms:
                raise DeviceError("recorder.none", room=room)
            return self._rooms[room]


class _Recording:
    """One recording: a thread that keeps its recorder alive and takes in what it tells."""

    def __init__(self, order: Order, story: Story, on_change: Callable[[RecordingState], None]) -> None:
        assert story.started is not None
        self.order, self._started = order, story.started
        self._on_change = on_change
        self._lock = threading.Lock()
        self._end_lock = threading.Lock()
        self._story = story
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._reason = ""
        self._child_boot_ms = 0
        self._summary: RecordingSummary | None = None
        self._shown: tuple[object, ...] = ()
        self._since = from_ms(order.at_ms)
        self._thread = threading.Thread(
            target=self._watch, name=f"recording-{self._started.room}", daemon=True
        )

    @property
    def over(self) -> bool:
        """Whether its recorder has ended for good."""
        return self._stopping.is_set() and not self._thread.is_alive()

    @property
    def pid(self) -> int:
        with self._lock:
            return 0 if self._child is None else self._child.pid

    def start(self) -> None:
        self._thread.start()

    def state(self) -> RecordingState:
        with self._lock:
            story, started = self._story, self._started
            running = self._child is not None and self._child.poll() is None and not self.over
            reason = self._reason
            if not reason and story.gap_open:
                reason = story.gaps[-1].reason
            return RecordingState(
                recording=started.recording,
                room=started.room,
                camera=started.camera,
                running=running,
                verified=self._verified(running),
                since=self._since,
                last_packet_at=from_ms(story.packet_t) if story.packet_t else None,
                gaps=len(story.gaps),
                bytes=story.length,
                reason=reason,
                missing=tuple(story.gaps),
            )

    def _verified(self, running: bool) -> Verified:
        story = self._story
        if self.over or story.gap_open or self._reason or (not running and story.lines > 1):
            return Verified.NO
        if not story.packet_t:
            return Verified.UNKNOWN
        # What a recorder wrote that has died says nothing of the one that took its place.
        own = story.packet_boot_ms >= self._child_boot_ms
        fresh = boot_ms() - story.packet_boot_ms <= self.order.pace.fresh * 1000
        return Verified.YES if own and fresh else Verified.NO

    def ask(self) -> None:
        """Tell the recorder to end; does not wait."""
        self._stopping.set()
        with self._lock:
            if self._child is not None and self._child.poll() is None:
                self._child.send_signal(signal.SIGTERM)

    def end(self) -> RecordingSummary:
        with self._end_lock:
            if self._summary is None:
                self.ask()
                self._thread.join(self.order.pace.end)
                with self._lock:
                    if self._child is not None and self._child.poll() is None:
                        self._child.kill()
                self._thread.join()
                self._summary = close_left(Path(self.order.folder), self._now_ms)
                with self._lock:
                    self._story = journal.read(Path(self.order.folder))
                self._show()
            return self._summary

    def _now_ms(self) -> int:
        return self.order.at_ms + boot_ms() - self.order.boot_ms

    def _watch(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            before = self._story.packet_t
            try:
                self._follow(self._spawn())
            except OSError:
                self._reason = "recorder.start"
            failures = 0 if self._story.packet_t > before else failures + 1
            self._show()
            self._stopping.wait(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])

    def _spawn(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", "devices.cameras.recorder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )
        assert child.stdin is not None
        # The address may hold a password: it goes through the pipe, where no other process can read it.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(msgspec.json.encode(self.order) + b"\n")
            child.stdin.flush()
        with self._lock:
            self._child, self._child_boot_ms = child, boot_ms()
            if self._stopping.is_set():
                child.send_signal(signal.SIGTERM)
        return child

    def _follow(self, child: subprocess.Popen[bytes]) -> None:
        """Take in what one recorder tells until it ends."""
        assert child.stdin is not None
        assert child.stdout is not None
        rest = b""
        fd = child.stdout.fileno()
        try:
            while True:
                ready = select.select([fd], [], [], _LOOK_S)[0]
                if ready:
                    told = os.read(fd, 1 << 16)
                    if not told:
                        break
                    *lines, rest = (rest + told).split(b"\n")
                    for line in lines:
                        self._hear(line)
                self._show()
            child.wait()
            if not self._stopping.is_set():
                self._reason = self._reason or "recorder.ended"
        finally:
            child.stdin.close()
            child.stdout.close()

    def _hear(self, line: bytes) -> None:
        if line.startswith(b'{"failed"'):
            self._reason = msgspec.json.decode(line, type=Failed).failed
            return
        with self._lock:
            try:
                entry = journal.decode(line)
                if entry.n >= self._story.lines:
                    self._story.take(entry, line)
            except ValueError:
                # The recorder never waits for us, so a line may be missing: the file has them all.
                with contextlib.suppress(DeviceError):
                    self._story = journal.read(Path(self.order.folder))
            self._reason = ""

    def _show(self) -> None:
        state = self.state()
        shown = (state.running, state.verified, state.gaps, state.reason)
        if shown != self._shown:
            self._shown = shown
            self._on_change(state)


def _absolute(url: str) -> str:
    path = url.removeprefix("file://")
    if "://" in path or path.startswith("usb:"):
        return url
    return str(Path(path).absolute())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
        if shutil.disk_usage(folder).free < LEAST_FREE:
            folder.rmdir()
            raise DeviceError("recorder.disk-low", free_mb=shutil.disk_usage(folder.parent).free >> 20)
    except OSError as error:
        raise DeviceError("recorder.disk", reason=error.strerror or "") from error


def _begin(order: Order, identity: str, room: str, camera: str) -> Story:
    """Write the journal's first line, so that a recording has a beginning before its recorder has started."""
    fresh = journal.Journal(Path(order.folder), lambda: order.at_ms, lambda line: None)
    try:
        fresh.write(journal.Started(recording=identity, room=room, camera=camera))
        return fresh.story
    except OSError as error:
        raise DeviceError("recorder.disk", reason=error.strerror or "") from error
    finally:
        fresh.close()
