"""A barcode scanner on a serial line or USB-CDC: it speaks when something is scanned and is never asked.

What is scanned may be personal: it leaves here only as a `ScanRead`, never in a trace, a log or an error.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from devices.codecs import scanline
from devices.dialogue import Named
from devices.trace import Direction, Trace, hexed
from devices.transport import Line, Turns
from devices.vitals import Vitals
from devices.watching import keep_watching
from workstation.clock import Clock
from workstation.errors import BadReply
from workstation.readings import Health, Level, ScanRead

LISTEN_S = 1.0
PAUSE_S = 0.01  # between two listenings, so that a line that is refused does not spin
OLD_S = 2.0  # a line that is opened and will not fall silent is heard as it is after this long


class ScannerLine:
    """Implements `ports.Scanner`. The watcher tells every code once.

    `on_reading` gets `ScanRead` and `Health` changes from the thread that saw them, in the order seen and with the
    line free. An open line is all that can be known of a scanner: it is *ok* then, *degraded* after a line that is
    no code until the next that is one. `ends`, `baud`: as the scanner is set.
    """

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        on_reading: Callable[[ScanRead | Health], None],
        *,
        ends: scanline.Ends = scanline.Ends.CR,
        baud: int = scanline.BAUD,
        patience: float = 1.0,
    ) -> None:
        self._device = device
        self._line = line
        self._clock = clock
        self._on_reading = on_reading
        self._patience = patience
        self.baud = baud
        self.trace = Trace()
        self._turns = Turns(line)
        self._parser = scanline.LineParser(ends)
        self._vitals = Vitals(device, clock, on_reading)
        self._heard: deque[ScanRead | BadReply] = deque()
        self._opened = 0

    @property
    def id(self) -> str:
        return self._device

    def health(self) -> Health:
        return self._vitals.now()

    def scan(self, *, timeout_s: float = 5.0) -> ScanRead | None:
        """The next code within `timeout_s`, which the watcher then does not tell; None when nothing is scanned.

        Raises BadReply for a line that is no code, LineLost.
        """
        with self._turns.turn():
            fresh = self._begin()
            heard = self._wait(timeout_s * self._patience)
        if fresh:
            self._vitals.ok()
        if isinstance(heard, BadReply):
            self._bad(heard)
            raise heard
        if heard is not None:
            self._vitals.ok()
        return heard

    def watch(self, stop: threading.Event) -> None:
        """Listen until `stop`; codes go to `on_reading`."""
        keep_watching(stop, self._vitals, self._poll, self._forget, pause_s=PAUSE_S)

    def interrupt(self) -> None:
        """End a wait for the line, so that a stop is prompt."""
        self._line.interrupt()

    @property
    def commands(self) -> tuple[Named, ...]:
        """Nothing: a scanner takes no commands on this line."""
        return ()

    def send_once(self, data: bytes, text: str) -> None:
        """Send bytes as they are; what comes back is heard as a scan. LineLost when the line is gone."""
        with self._turns.turn():
            self._begin()
            self.trace.add(self._clock.now(), Direction.OUT, hexed(data), text)
            self._line.write(data)

    def reopen(self) -> None:
        """Close the line and let the watcher open it again."""
        self._turns.reopen()

    def close(self) -> None:
        """Give the line up."""
        self._line.dispose()

    def _poll(self) -> None:
        with self._turns.turn():
            fresh = self._begin()
            if not fresh and not self._heard:
                self._listen(LISTEN_S)
            heard, self._heard = self._heard, deque()
        if fresh:
            self._vitals.ok()
        for one in heard:
            if isinstance(one, BadReply):
                self._bad(one)
            else:
                self._vitals.ok()
                self._on_reading(one)

    def _bad(self, error: BadReply) -> None:
        """The first line that is no code gives the reason: those after it would only tell the noise of a cable."""
        if self._vitals.now().level is not Level.DEGRADED:
            self._vitals.trouble(error)

    def _begin(self) -> bool:
        """Whether the line was opened anew. What came while nobody listened is thrown away: whoever scanned it has
        gone on, and its beginning may be lost."""
        if self._opened == self._line.opened:
            return False
        self._forget()
        old, until = 0, time.monotonic() + OLD_S
        while (data := self._line.read(scanline.IDLE_S)) and time.monotonic() < until:
            old += len(data)
        if old:
            self._note(f"[{old} bytes masked]", "old", ok=False)
        self._opened = self._line.opened
        return True

    def _wait(self, seconds: float) -> ScanRead | BadReply | None:
        deadline = time.monotonic() + seconds
        while not self._heard and (left := deadline - time.monotonic()) > 0:
            self._listen(left)
        return self._heard.popleft() if self._heard else None

    def _listen(self, seconds: float) -> None:
        """Hear what comes first within `seconds`, or that a line stopped.

        The moment is taken before the read: what a late thread finds waiting was no silence.
        """
        now = time.monotonic()
        left = self._parser.left(now)
        data = self._line.read(seconds if left is None else min(seconds, left))
        if data:
            self._take(self._parser.feed(data, time.monotonic()))
        else:
            self._take(self._parser.idle(now))

    def _take(self, found: list[scanline.Code | scanline.Broken] | list[scanline.Broken]) -> None:
        for one in found:
            if isinstance(one, scanline.Broken):
                self._note(f"[{one.count} bytes masked]", str(one.why), ok=False)
                self._heard.append(BadReply(f"device.scanner.{one.why}", device=self._device))
                continue
            shown = hexed(one.symbology.encode("ascii"))
            self._note(f"{shown} [{len(one.text)} bytes masked]".lstrip(), "code", ok=True)
            self._heard.append(
                ScanRead(device=self._device, text=one.text, symbology=one.symbology, at=self._clock.now())
            )

    def _note(self, shown: str, text: str, *, ok: bool) -> None:
        self.trace.add(self._clock.now(), Direction.IN, shown, text, ok=ok)

    def _forget(self) -> None:
        self._parser.forget()
        self._heard.clear()
