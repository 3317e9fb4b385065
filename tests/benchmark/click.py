"""P6: from a key to the pixels it changes, on every screen of the real window.

    python -m tests.benchmark.click [ROUNDS]

The real workplace runs on the offscreen platform beside its own station and simulator processes, with the practice
centre in the store. Each round opens every screen with its key and walks through it with Tab, arrows and letters.
Measured is the time from handing over the event until everything that it made the window paint is painted (ms per
screen). Aim: 99 of 100 within 50 ms, none over 100 ms. `then` is the longest turn of the event loop (ms) in what
follows, when answers of the station arrive and what was put off is done: a next click would wait as long as that.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.station_kit import RESOURCES
from ui.ahead import keep_loaded
from ui.cli import catalogue
from ui.demo.processes import practice_centre
from ui.demo.shift import application
from ui.login.view import SignInScreen
from ui.screens import SCREENS
from ui.workplace import Workplace
from workstation.clock import BootClock
from workstation.services.practice import PRACTICE_SECRET
from workstation.settings import load

AIM_MS, MOST_MS = 50.0, 100.0
SIGN_IN_S = 20.0
_K = Qt.Key
WALK = (
    *(_K.Key_Tab,) * 6,
    *(_K.Key_Down, _K.Key_Right) * 4,
    _K.Key_Up,
    _K.Key_Left,
    *(_K.Key_Backtab,) * 3,
    _K.Key_T,
    _K.Key_T,
    _K.Key_PageDown,
    _K.Key_Home,
)
"""Keys that move and show, and change nothing."""


class Frames(QObject):
    """Knows when the window was painted last."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the window paint all that waits for it, and look at the clock."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        done = watched.event(event)
        self.painted = time.perf_counter()
        return done


class Clicks:
    """Hands events to the window and measures until they are painted."""

    def __init__(self, app: QApplication, work: Workplace) -> None:
        self._app, self._work, self._frames = app, work, Frames(work.shell)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.then: dict[str, float] = defaultdict(float)
        self._screen = ""

    def key(self, screen: str, key: Qt.Key) -> None:
        """Press a key where the keyboard is; what arrives from the station later is let in unmeasured."""
        target = self._app.focusWidget() or self._work.shell
        self._screen = screen
        began = self._frames.painted = time.perf_counter()
        QTest.keyClick(target, key)
        acted = time.perf_counter()
        self._app.processEvents()
        ended = time.perf_counter()
        shown = max(acted, self._frames.painted)
        self.took[screen].append((shown - began) * 1e3)
        self.then[screen] = max(self.then[screen], (ended - shown) * 1e3)
        self.settle(0.02)

    def settle(self, seconds: float) -> None:
        """Let the window work."""
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            self._app.processEvents()
            self._app.sendPostedEvents(
                None, QEvent.Type.DeferredDelete.value
            )  # as the loop of the program does
            took = (time.perf_counter() - began) * 1e3
            self.then[self._screen] = max(self.then[self._screen], took)
            time.sleep(0.001)

    def sign_in(self, number: str) -> None:
        """Sign in at the cover and wait for the first screen."""
        until = time.perf_counter() + SIGN_IN_S
        while (signing := self._work.sign_in) is None or not signing.welcome:
            assert time.perf_counter() < until, "the station did not answer"
            self.settle(0.05)
        cover = self._work.cover
        assert isinstance(cover, SignInScreen)
        cover.number.setText(number)
        cover.secret.setText(PRACTICE_SECRET)
        cover.enter.click()
        while self._work.cover is not None and time.perf_counter() < until:
            self.settle(0.05)
        self.settle(2.0)


def main(arguments: list[str]) -> int:
    """Run the rounds and print the table."""
    rounds = int(arguments[0]) if arguments else 5
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with practice_centre(home), application() as app:
            work = Workplace(app, home, load(home), catalogue(), BootClock(), resources=RESOURCES)
            try:
                work.shell.resize(1920, 1080)
                work.start()
                work.shell.show()
                work.shell.activateWindow()
                # As the program does: modules kept loaded, short turns of the threads.
                work.ahead.done.connect(keep_loaded)
                sys.setswitchinterval(0.0005)
                clicks = Clicks(app, work)
                clicks.sign_in("1007")
                for number in range(rounds + 1):
                    for place, entry in enumerate(SCREENS):
                        screen = entry.name if number else f"{entry.name} (first)"
                        clicks.key(screen, Qt.Key(_K.Key_F1 + place))
                        if work.shell.current() != entry.name:
                            del clicks.took[screen]  # this role has no such screen
                            continue
                        clicks.settle(0.3)
                        for key in WALK if number else ():
                            clicks.key(screen, key)
            finally:
                work.close()
    print(f"{platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}")
    print("screen                   n  median ms    p99 ms    max ms   then ms")
    everything = []
    for screen, took in clicks.took.items():
        everything += took
        print(
            f"{screen:22s} {len(took):4d}  {statistics.median(took):9.1f} {_p99(took):9.1f} {max(took):9.1f}"
            f" {clicks.then[screen]:9.1f}"
        )
    print(
        f"all: p99 {_p99(everything):.1f} ms (aim {AIM_MS:.0f}), most {max(everything):.1f} ms (aim {MOST_MS:.0f})"
    )
    return 0


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
