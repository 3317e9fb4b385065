"""The station: store, desk, devices, followers and socket of one workstation, started and stopped as one.

It owns the store of its data folder (a lock file says so) and goes on when the window closes or crashes.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from workstation.accounts.approvals import Approvals
from workstation.accounts.credentials import Cost, Secrets
from workstation.accounts.sessions import IDLE_LOCK, Sessions
from workstation.catalogue import Catalogue
from workstation.clock import Clock, Trust, to_ms
from workstation.custody import commands as c
from workstation.custody.values import Answer
from workstation.errors import AppError, StoreError
from workstation.law.pack import Pack
from workstation.ledger.entry import ActorKind
from workstation.readings import Door, Health, Level, RecordingState
from workstation.services.board_notes import DeskNotes
from workstation.services.desk import Desk
from workstation.services.papers import Papers
from workstation.services.people import People
from workstation.settings import Settings
from workstation.station import messages as m
from workstation.station.answers import Answers
from workstation.station.following import Following
from workstation.station.hub import Hub
from workstation.station.lines import Intents, Lines, report
from workstation.station.looks import TAKES_NOTHING, Looks
from workstation.station.rack_port import Declared, MakeRack, Rack, Reading
from workstation.station.recording import Recording, StationRecorder
from workstation.station.server import Peer, Server
from workstation.storage.prepared import StoredEntry
from workstation.storage.store import Store
from workstation.storage.timeline import OWED_KINDS

log = logging.getLogger(__name__)

OWED_TAIL = 20_000  # newest entries that are looked through while the projection is made anew
CLOCK_WATCH_S = 2.0
LAG_TOLD_MS = 5000
OFFSET_TOLD = timedelta(seconds=2)
STORE_FAILS = frozenset(
    {
        "store.locked",
        "store.read-only",
        "store.io",
        "store.damaged",
        "store.full",
        "store.cannot-open",
        "store.head-damaged",
        "store.sealed",
        "store.keys-absent",
        "store.keys-damaged",
        "store.key-missing",
    }
)
"""What lies with the disk or the keys, not with the command: while it lasts nothing may be called saved."""


class Folder:
    """The right to write to a data folder, held by one station at a time."""

    def __init__(self, home: Path) -> None:
        try:
            (home / "run").mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] = (home / "run" / "station.lock").open("wb")
        except OSError as error:
            raise StoreError("station.home", home=str(home), reason=str(error.strerror)) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise StoreError("station.other-running", home=str(home)) from error

    def release(self) -> None:
        """Let another station have it."""
        self._file.close()


class Station:
    """Everything of one workstation that has no screen.

    `make_rack` builds the adapters from the declared devices (None: no devices, as in tests of the rules).
    `ports()`: device id → address, asked when the rack is built. `practice_sign_ins`: shown before sign-in,
    practice only. Raises AppError when the store or the rack cannot be used as they are.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        pack: Pack,
        clock: Clock,
        catalogue: Catalogue,
        *,
        resources: Path,
        folder: Folder | None = None,
        make_rack: MakeRack | None = None,
        make_recorder: Callable[[Callable[[RecordingState], None]], StationRecorder] | None = None,
        ports: Callable[[], Mapping[str, str]] = dict,
        cost: Cost | None = None,
        practice_sign_ins: tuple[str, ...] = (),
        idle_lock: timedelta = IDLE_LOCK,
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.pack = pack
        self.catalogue = catalogue
        self.resources = resources
        self._folder = folder
        self.practice_sign_ins = practice_sign_ins
        self.recording: Recording | None = None
        self.desk = Desk(
            store.record,
            pack,
            clock,
            workstation=settings.workstation,
            practice=store.mode == "practice",
            on_saved=self._saved,
            recording=self.recorded,
            on_unsaved=self.unsaved,
            owing=self._owing,
        )
        self.people = People(self.desk.house, store.staff_secrets, Secrets(cost or Cost()), clock)
        self.sessions = Sessions(idle_lock)
        self.approvals = Approvals()
        self.drafts = store.drafts
        self.notes = DeskNotes(store.drafts, clock)
        self.media = store.media
        self.access = store.access_log
        self.looks = Looks(store.access_log, store.spare, clock, failing=self.unsaved, taking=self._takes)
        self._failing = False
        self.papers = Papers(
            self.desk,
            store.record,
            catalogue,
            clock,
            fonts=resources / "fonts",
            words=resources / "i18n" / "catalogue",
            texts=resources / "forms",
            practice=store.mode == "practice",
        )
        self.hub = Hub(lambda: self.desk.known_size())
        self.following = Following(store.followers, clock)
        self.lines = Lines(self.desk, self.hub)
        self.intents = Intents(self.desk, self._open_door, clock.now)
        if make_recorder is not None:
            recorder = make_recorder(lambda state: self.hub.changed(topics=("recording",)))
            self.recording = Recording(recorder, lambda: self.desk, self.hub, lambda: self.ports)
        self.stopping = threading.Event()
        self.quit_asked = threading.Event()
        self._make_rack = make_rack
        self._ports = ports
        self.ports: Mapping[str, str] = {}
        self.rack: Rack | None = None
        self._server: Server | None = None
        self._clock_watch = threading.Thread(target=self._watch_clock, name="station-clock", daemon=True)

    def start(self) -> None:
        """Open the lines and the socket; returns when windows can connect."""
        self.following.start()
        self.lines.start()
        self.intents.start()
        self.start_rack()
        if self.recording is not None:
            self.recording.start()
        self.hub.lamp(m.Lamp(state="saved", at=None))
        self.looks.start()
        self._server = Server(self.settings.home, Answers(self), self._feed)
        self._server.start()
        self._clock_watch.start()

    def stop(self) -> None:
        """Give up socket and lines and close the store; everything saved stays saved."""
        self.stopping.set()
        if self._server is not None:
            self.hub.wake()
            self._server.stop()
        if self.recording is not None:
            self.recording.stop()
        if self.rack is not None:
            self.rack.stop()
        self.intents.stop()
        self.lines.stop()
        self.following.stop()
        if self._clock_watch.is_alive():
            self._clock_watch.join(timeout=5)
        self.looks.stop()
        self.store.close()
        if self._folder is not None:
            self._folder.release()

    def start_rack(self) -> None:
        """Build and start the rack from what the record declares; called again when the layout changed."""
        if self._make_rack is None:
            return
        if self.rack is not None:
            self.rack.stop()
        declared: Sequence[Declared] = tuple(self.desk.house().centre.devices.values())
        self.ports = dict(self._ports())
        self.rack = self._make_rack(declared, self.ports, self._take)
        self.rack.start()

    def devices(self) -> Rack:
        """The rack; AppError `devices.no-rack` while this station has none."""
        if self.rack is None:
            raise AppError("devices.no-rack")
        return self.rack

    def health(self) -> dict[str, Health]:
        """Live health of every declared device; unknown where nothing is wired."""
        if self.rack is not None:
            return {health.device: health for health in self.rack.health()}
        now = self.clock.now()
        return {
            name: Health(device=name, level=Level.UNKNOWN, reason="device.not-wired", since=now)
            for name in self.desk.house().centre.devices
        }

    # ------------------------------------------------------------ inside

    def _take(self, reading: Reading) -> None:
        self.lines.take(reading)

    def _open_door(self, device: str, number: int) -> Door:
        return self.devices().lock_bank(device).open_door(number)

    def unsaved(self, error: StoreError) -> None:
        """Something was not saved: when that lies with the store, the lamp says so until it takes something again."""
        if error.code in STORE_FAILS:
            self._failing = error.code in TAKES_NOTHING
            state = "read-only" if error.code == "store.read-only" else "fault"
            self.hub.lamp(m.Lamp(state=state, at=None, cause=error.code))

    def _try_again(self) -> None:
        """After a failure: whether the store takes something again, with what waited for that first."""
        self.looks.again()
        if self._failing:
            with contextlib.suppress(StoreError):
                self.store.database.probe()
                self._takes()

    def _takes(self) -> None:
        """The store took something: what it could not do a while ago it can do again."""
        if self._failing:
            self._failing = False
            self.hub.lamp(m.Lamp(state="saved", at=self.clock.now()))

    def _saved(self, entries: list[StoredEntry]) -> None:
        """After a commit: the lamp and the windows."""
        self._failing = False
        stays = tuple(dict.fromkeys(entry.header.stay for entry in entries if entry.header.stay))
        centre = any(not entry.header.stay for entry in entries)
        self.hub.lamp(m.Lamp(state="saved", at=self.clock.now()))
        self.hub.changed(stays=stays, topics=("centre",) if centre else ())
        self.following.wake()
        if self.recording is not None:
            self.recording.saved(entries)

    def recorded(self) -> Mapping[str, Answer]:
        return {} if self.recording is None else self.recording.answers()

    def _owing(self) -> set[str]:
        """Stays about which something may be open, by the projection and by what it has not taken in yet."""
        store = self.store
        cursor = store.followers[0].cursor()
        tail = max(cursor, store.record.head().size - OWED_TAIL)
        later = {
            entry.header.stay
            for entry in store.record.entries(after_seq=tail)
            if entry.header.kind in OWED_KINDS
        }
        return later | (store.timeline.owing() if cursor else set())

    def _feed(self, peer: Peer, send: Any, stopped: threading.Event) -> None:
        self.hub.serve(self.sessions.find(peer.token), send, stopped)

    def _watch_clock(self) -> None:
        if self.clock.trust() is Trust.UNVERIFIED:
            self._tell_clock(to_ms(self.clock.now()) - self.store.record.head().newest_recorded_ms)
        told, behind = 0, False
        while not self.stopping.wait(CLOCK_WATCH_S):
            self._try_again()
            behind = self._tell_lag(behind)
            offset = self.clock.offset_ms()
            if abs(offset - told) <= OFFSET_TOLD / timedelta(milliseconds=1):
                continue
            told = offset
            self._tell_clock(offset)

    def _tell_lag(self, behind: bool) -> bool:
        """Say on the lamp that followers lag, and once more when they have caught up; whether they lag now."""
        lag_ms = self.following.lag_ms()
        if lag_ms > LAG_TOLD_MS:
            self.hub.lamp(m.Lamp(state="fault", at=None, cause="station.lag", lag_ms=lag_ms))
        elif behind:
            self.hub.lamp(m.Lamp(state="saved", at=self.clock.now()))
        return lag_ms > LAG_TOLD_MS

    def _tell_clock(self, offset_ms: int) -> None:
        """Record how far the wall clock is from where it must be at least, and tell the windows."""
        try:
            report(self.desk, c.ReportClockStep(offset_ms=offset_ms), "clock", ActorKind.SYSTEM)
        except AppError as error:
            log.error("a step of the clock could not be recorded: %s", error.code)
        self.hub.changed(topics=("clock",))
