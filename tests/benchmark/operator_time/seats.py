"""The seats of a centre: one real window for each member of staff, who signed in when the shift began.

One hand sits down at one after another. What is recorded at each seat becomes one log, in the order of sitting.
Signing in belongs to the shift and is left out, as no form of the traditional side has it; whatever else is done at
a window is in the log.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.benchmark.operator_time.centre import SECRET
from ui.demo.forms import Forms
from ui.demo.hand import Hand
from ui.demo.stay import sign_in
from ui.idle import LOCK_AFTER_S
from ui.quiet import install, remove
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.clock import Clock
from workstation.settings import Settings

SIZE = (1920, 1080)


class Seat:
    """One window, whoever is signed in there, and its part of the log."""

    def __init__(self, work: Workplace, hand: Hand, log: Path, now: datetime) -> None:
        self.work, self.hand, self.log = work, hand, log
        self.touched = now
        self.forms = Forms(hand, work)
        self._read = 0

    def fresh(self) -> list[dict[str, Any]]:
        """What was recorded here since the last call."""
        rows = self.log.read_text("utf-8").splitlines()
        found, self._read = rows[self._read :], len(rows)
        return [json.loads(row) for row in found]


class Seats:
    """Every window that was opened; `events` is the log of all, in order."""

    def __init__(
        self, application: QApplication, home: Path, catalogue: Catalogue, clock: Clock, logs: Path
    ) -> None:
        self._application, self._home, self._clock, self._logs = application, home, clock, logs
        self._catalogue = catalogue
        self._seats: dict[str, Seat] = {}
        self._at = ""
        self.hand = Hand(application)
        self.events: list[dict[str, Any]] = []

    def open(self, number: str) -> Seat:
        """Sign somebody in at a window of their own."""
        self.rest()
        settings = Settings(home=self._home, workstation="desk-1", desk="desk-1")
        work = Workplace(self._application, self._home, settings, self._catalogue, self._clock)
        log = self._logs / f"{number}.jsonl"
        work.record_session(log)
        work.shell.resize(*SIZE)
        work.start()
        work.shell.show()
        work.shell.activateWindow()
        sign_in(self.hand, work, number)
        seat = self._seats[number] = Seat(work, self.hand, log, self._clock.now())
        self._at = number
        seat.fresh()  # signing in belongs to the shift
        return seat

    def sit(self, number: str) -> Seat:
        """Sit down at somebody's window."""
        if number == self._at:
            self.wake()
            return self._seats[number]
        self.rest()
        seat = self._seats[number]
        self._at = number
        assert seat.work.recording.recorder is not None
        self._application.installEventFilter(seat.work.recording.recorder)
        install(self._application, seat.work.scans)
        seat.work.shell.show()
        seat.work.shell.activateWindow()
        self.hand.wait(lambda: self._application.focusWindow() is not None, "the window in front")
        self.wake()
        return seat

    def look(self) -> None:
        """Time has passed: a window that nobody touched for long locks itself.

        The idle watch of a window sees the hand at every window of this process, so the lock is asked for here.
        """
        for seat in self._seats.values():
            if self._clock.now() - seat.touched > timedelta(seconds=LOCK_AFTER_S):
                seat.work.lock()
        self.hand.idle(30)

    def wake(self) -> None:
        """Unlock the present window by the secret, where it is locked."""
        work = self._seats[self._at].work
        if work.shell.is_locked():
            self.hand.go("lock.secret")
            self.hand.type(SECRET)
            self.hand.press("Return")
            self.hand.wait(lambda: not work.shell.is_locked(), "the window unlocked")
        self.touch()

    def touch(self) -> None:
        """Somebody acts at the present seat."""
        if self._at:
            self._seats[self._at].touched = self._clock.now()

    def rest(self) -> None:
        """Get up: what was recorded joins the log, the window takes nothing more."""
        if not self._at:
            return
        seat, self._at = self._seats[self._at], ""
        seat.touched = self._clock.now()
        self.hand.idle(40)
        assert seat.work.recording.recorder is not None
        seat.work.recording.recorder.settle()
        self.events += seat.fresh()
        remove(self._application, seat.work.scans)
        self._application.removeEventFilter(seat.work.recording.recorder)
        seat.work.shell.hide()

    def handle(self, op: str) -> None:
        """Physical work at this point: a walk to the lockers and back, a way to who approves."""
        seat = self._seats[self._at]
        self.hand.idle(20)
        assert seat.work.recording.recorder is not None
        seat.work.recording.recorder.settle()
        self.events += seat.fresh()
        self.events.append({"type": "handling", "op": op})

    def write(self, path: Path) -> None:
        """The log of all seats, its times one after another."""
        self.rest()
        with path.open("w", encoding="utf-8") as file:
            for number, event in enumerate(self.events):
                file.write(json.dumps({**event, "t": number}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close every window."""
        self.rest()
        for seat in self._seats.values():
            seat.work.close()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
