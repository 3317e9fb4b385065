"""The feed of one camera: a thread that keeps the newest picture, reconnects, and knows how old the picture
is."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from devices.cameras.hiding import hide, jpeg_of, size_within
from devices.cameras.source import Picture, open_source
from devices.cameras.tamper import HEIGHT, WIDTH, Tamper
from devices.transport import LineKind
from devices.vitals import Vitals
from workstation.clock import Clock
from workstation.errors import DeviceError, LineLost, NoReply
from workstation.readings import Health, Level, Still, Zone

STALE_S = 2.0
LOOK_S = 0.5
_PAUSES_S = (0.5, 1.0, 2.0, 5.0, 10.0)


class CameraFeed:
    """Implements `ports.Camera`. `watch` runs in a thread of its own; the other methods are safe from any
    thread.

    A picture older than two seconds is never given out: the camera is then lost, whatever the stream says.
    """

    def __init__(
        self,
        device: str,
        url: str,
        clock: Clock,
        on_reading: Callable[[Health], None],
        *,
        admit: Callable[[LineKind], None] | None = None,
    ) -> None:
        self._device = device
        self._url = url
        self._clock = clock
        self._admit = admit
        self._vitals = Vitals(device, clock, on_reading)
        self._lock = threading.Lock()
        self._newest: tuple[Picture, float, datetime] | None = None
        self._times: deque[float] = deque(maxlen=50)
        self._seen = 0

    @property
    def id(self) -> str:
        return self._device

    def health(self) -> Health:
        """Present health; a stalled stream shows here before the stream itself notices."""
        self.check()
        return self._vitals.now()

    def check(self) -> None:
        """Compare the newest picture's age with the limit; called by whoever watches over stalls."""
        age = self.age_s()
        if age is not None and age > STALE_S and self._vitals.now().level is Level.OK:
            self._vitals.set(Level.LOST, "device.camera.stalled")

    def age_s(self) -> float | None:
        """Seconds since the newest picture came, or None before the first."""
        with self._lock:
            return None if self._newest is None else time.monotonic() - self._newest[1]

    def seen(self) -> int:
        """How many pictures came since the feed was made."""
        with self._lock:
            return self._seen

    def fps(self) -> float:
        """Pictures a second over the last fifty, or 0 while none come."""
        with self._lock:
            if len(self._times) < 2 or time.monotonic() - self._times[-1] > STALE_S:
                return 0.0
            return (len(self._times) - 1) / max(self._times[-1] - self._times[0], 0.001)

    def still(self, *, max_width: int = 1280, hidden: Sequence[Zone] = ()) -> Still:
        """The newest picture as JPEG, at most `max_width` wide; NoReply when it is older than two seconds.

        `hidden`: parts of it that are left out.
        """
        with self._lock:
            newest = self._newest
        if newest is None or time.monotonic() - newest[1] > STALE_S:
            raise NoReply("device.camera.no-picture", device=self._device)
        picture, _, at = newest
        width, height = size_within(picture.width, picture.height, max_width)
        jpeg = jpeg_of(hide(picture.bgr(width, height), hidden), self._device)
        return Still(device=self._device, jpeg=jpeg, at=at, width=width, height=height)

    def watch(self, stop: threading.Event) -> None:
        """Read the source until `stop`, opening it again after 0.5, 1, 2, 5, 10 … seconds."""
        failures = 0
        while not stop.is_set():
            before = self.seen()
            try:
                self._follow(stop)
                if stop.is_set():
                    return
                raise LineLost("device.camera.ended", device=self._device)
            except DeviceError as error:
                self._vitals.trouble(error)
            failures = 0 if self.seen() > before else failures + 1
            stop.wait(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])

    def interrupt(self) -> None:
        """Nothing to end: a stalled stream ends by its own time limit, and nobody waits for it."""

    def close(self) -> None:
        """Forget the newest picture."""
        with self._lock:
            self._newest = None

    def _follow(self, stop: threading.Event) -> None:
        source = open_source(self._url, stop, self._admit)
        tamper, looked, wrong = Tamper(), 0.0, ""
        try:
            for picture in source.pictures():
                if stop.is_set():
                    return
                now = time.monotonic()
                with self._lock:
                    self._newest = (picture, now, self._clock.now())
                    self._times.append(now)
                    self._seen += 1
                if now - looked >= LOOK_S:
                    grey = picture.bgr(WIDTH, HEIGHT).mean(axis=2).astype("uint8")
                    looked, wrong = now, tamper.see(grey, now)
                self._vitals.set(Level.DEGRADED if wrong else Level.OK, wrong)
        finally:
            source.close()
