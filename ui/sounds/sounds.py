"""The sounds of one window: scans at once, warnings when they are due."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from ui.sounds.alarm import Alarm, Sound
from workstation.clock import Clock

BEAT_MS = 500


class Plays(Protocol):
    """Whatever lets a sound be heard."""

    def play(self, sound: Sound) -> None: ...

    def close(self) -> None: ...


class Sounds(QObject):
    """`silence(bool, int)`: whether red sounds for now, and the seconds of silence left, while red stands."""

    silence = Signal(bool, int)

    def __init__(self, voice: Plays, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice, self._clock = voice, clock
        self._alarm = Alarm()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.beat)

    def close(self) -> None:
        """Be silent."""
        self._beat.stop()
        self._voice.close()

    def play(self, sound: Sound) -> None:
        """Let a scan or the way to a door be heard, whatever else sounds or is silenced."""
        self._voice.play(sound)

    def warn(self, red: int, yellow: int) -> None:
        """How many warnings of a level nobody has taken up; troubles of saving and recording count as red."""
        self._alarm.set(red, yellow, self._clock.monotonic())
        self.beat()
        if not self._alarm.stands:
            self._beat.stop()
        elif not self._beat.isActive():
            self._beat.start()

    def mute(self) -> None:
        """Silence red for a minute."""
        self._alarm.mute(self._clock.monotonic())
        self.beat()

    def beat(self) -> None:
        """Play what is due."""
        now = self._clock.monotonic()
        due = self._alarm.due(now)
        if due is not None:
            self._voice.play(due)
        self.silence.emit(bool(self._alarm.red), self._alarm.muted_s(now))
