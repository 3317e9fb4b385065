"""Make the sounds of scans and warnings: python installer/make_sounds.py resources/sounds

Plain tones with soft ends, 22 050 Hz, 16 bit, one channel. Pitch and length tell them apart without a look at the
screen: high is good, two alike is done before, low is bad, rising leads to a door, falling calls.
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from pathlib import Path

RATE = 22_050
LOUDNESS = 0.6
SOFT_S = 0.006

Tone = tuple[float, int]
"""Pitch in Hz (0: silence) and length in ms."""

SOUNDS: dict[str, tuple[Tone, ...]] = {
    "good": ((1760, 80),),
    "already": ((880, 60), (0, 50), (880, 60)),
    "bad": ((220, 250),),
    "guide": ((880, 90), (0, 30), (1320, 120)),
    "red": ((1320, 180), (0, 40), (990, 180), (0, 40), (740, 260)),
    "yellow": ((990, 140), (0, 60), (784, 180)),
}


def samples(tones: tuple[Tone, ...]) -> array[int]:
    """The tones one after another, as 16-bit samples."""
    made = array("h")
    soft = int(RATE * SOFT_S)
    for pitch, length in tones:
        count = RATE * length // 1000
        for place in range(count):
            edge = min(1.0, (place + 1) / soft, (count - place) / soft)
            turn = 2 * math.pi * pitch * place / RATE
            # a little of the octave lets small loudspeakers carry the low tones too
            value = 0.8 * math.sin(turn) + 0.2 * math.sin(2 * turn)
            made.append(round(32767 * LOUDNESS * edge * value))
    return made


def write(folder: Path) -> None:
    """Write one file per sound into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, tones in SOUNDS.items():
        content = samples(tones)
        if sys.byteorder == "big":
            content.byteswap()
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(content.tobytes())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
