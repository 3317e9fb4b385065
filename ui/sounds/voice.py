"""Plays the sounds, on a thread of its own: neither loading nor playing keeps the window waiting.

Qt's multimedia module is loaded at the first sound, and only where the machine has something to play on: without a
sound card it would complain on every start.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, Qt, QThread, QTimer, QUrl, Signal, Slot

from ui.sounds.alarm import Sound

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

DUCK_MS = 300
DUCKED, FULL = 0.15, 1.0
ALARMS = frozenset({Sound.RED, Sound.YELLOW})


def has_output(cards: Path = Path("/proc/asound/pcm"), run: str | None = None) -> bool:
    """Whether the machine has a sound card with an output or a running sound server."""
    if not sys.platform.startswith("linux"):
        return True
    folder = Path(run if run is not None else os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    if (folder / "pulse" / "native").exists() or (folder / "pipewire-0").exists():
        return True
    try:
        return "playback" in cards.read_text("ascii", errors="replace")
    except OSError:
        return False


class Voice(QObject):
    """`play` any sound from the GUI thread. Gives its thread back in `close`."""

    _asked = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._thread: QThread | None = None
        self._player: _Player | None = None
        self._closed = False

    def play(self, sound: Sound) -> None:
        """Let it be heard, where the machine can."""
        if self._closed or not has_output():
            return
        if self._thread is None:
            self._thread = QThread()
            self._thread.setObjectName("sounds")
            self._player = _Player(self._folder)
            self._player.moveToThread(self._thread)
            self._asked.connect(self._player.play, Qt.ConnectionType.QueuedConnection)
            self._thread.finished.connect(self._player.deleteLater)
            self._thread.start()
        self._asked.emit(sound)

    def close(self) -> None:
        """Be silent from now on."""
        self._closed = True
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()


class _Player(QObject):
    """Lives on the thread of sounds. An alarm waits for the one before; a scan is heard over it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._effects: dict[Sound, QSoundEffect] = {}

    @Slot(str)
    def play(self, name: str) -> None:
        sound = Sound(name)
        if not self._effects:
            self._load()
        if sound not in self._effects:
            return
        for other, effect in self._effects.items():
            if (other in ALARMS) == (sound in ALARMS):
                effect.stop()
        if sound not in ALARMS:
            self._duck(DUCKED)
            QTimer.singleShot(DUCK_MS, self, lambda: self._duck(FULL))
        self._effects[sound].play()

    def _load(self) -> None:
        QLoggingCategory.setFilterRules("qt.multimedia*=false")  # its trials of servers are nobody's trouble
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        if QMediaDevices.defaultAudioOutput().isNull():
            return
        for sound in Sound:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(self._folder / f"{sound}.wav")))
            self._effects[sound] = effect

    def _duck(self, volume: float) -> None:
        for sound in ALARMS:
            self._effects[sound].setVolume(volume)
