"""Warnings sound when they should and stop when they may; scans always; a machine without a loudspeaker is silent."""

from __future__ import annotations

import importlib.util
import sys
import wave
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.station_kit import NOW, RESOURCES, ROOT
from ui.sounds.alarm import Alarm, Sound
from ui.sounds.sounds import Sounds
from ui.sounds.voice import Voice, has_output
from workstation.clock import SteppedClock

FOLDER = RESOURCES / "sounds"


class Ear:
    """Remembers what was played."""

    def __init__(self) -> None:
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)

    def close(self) -> None:
        self.heard.append(Sound.GUIDE)


def heard(alarm: Alarm, until: int, start: int = 0) -> list[tuple[int, Sound]]:
    """What sounds, second by second."""
    return [(now, sound) for now in range(start, until) if (sound := alarm.due(float(now))) is not None]


def test_red_comes_every_five_seconds() -> None:
    alarm = Alarm()
    alarm.set(1, 0, 0.0)
    assert heard(alarm, 16) == [(0, Sound.RED), (5, Sound.RED), (10, Sound.RED), (15, Sound.RED)]


def test_yellow_comes_at_once_and_then_every_minute() -> None:
    alarm = Alarm()
    alarm.set(0, 1, 0.0)
    assert heard(alarm, 121) == [(0, Sound.YELLOW), (60, Sound.YELLOW), (120, Sound.YELLOW)]


def test_the_highest_level_alone_is_heard() -> None:
    alarm = Alarm()
    alarm.set(1, 3, 0.0)
    assert {sound for _, sound in heard(alarm, 70)} == {Sound.RED}


def test_red_is_silent_for_a_minute_at_most_and_the_seconds_are_told() -> None:
    alarm = Alarm()
    alarm.set(1, 1, 0.0)
    alarm.due(0.0)
    alarm.mute(1.0)
    assert alarm.muted_s(1.0) == 60
    assert alarm.muted_s(60.5) == 1
    assert heard(alarm, 61, 1) == []
    assert alarm.due(61.0) is Sound.RED


def test_a_new_red_breaks_the_silence() -> None:
    alarm = Alarm()
    alarm.set(1, 0, 0.0)
    alarm.mute(0.0)
    alarm.set(2, 0, 10.0)
    assert alarm.due(10.0) is Sound.RED


def test_one_that_was_taken_up_breaks_nothing() -> None:
    alarm = Alarm()
    alarm.set(2, 0, 0.0)
    alarm.mute(0.0)
    alarm.set(1, 0, 10.0)
    assert alarm.due(10.0) is None


def test_without_red_nothing_can_be_silenced() -> None:
    alarm = Alarm()
    alarm.set(0, 1, 0.0)
    alarm.mute(0.0)
    assert alarm.muted_s(0.0) == 0
    assert alarm.due(0.0) is Sound.YELLOW


def test_scans_are_heard_while_red_is_silenced(qtbot: QtBot) -> None:
    ear, clock = Ear(), SteppedClock(NOW)
    sounds = Sounds(ear, clock)
    told: list[tuple[bool, int]] = []
    sounds.silence.connect(lambda red, left: told.append((red, left)))
    sounds.warn(1, 0)
    sounds.mute()
    sounds.play(Sound.GOOD)
    sounds.warn(0, 0)
    assert ear.heard == [Sound.RED, Sound.GOOD]
    assert told[0] == (True, 0)
    assert told[1] == (True, 60)
    assert told[-1] == (False, 0)
    sounds.close()


def test_the_files_are_what_the_maker_makes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_sounds", ROOT / "installer" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    maker.write(tmp_path)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{sound}.wav" for sound in Sound)
    for path in FOLDER.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


@pytest.mark.parametrize(("sound", "ms"), [(Sound.GOOD, 80), (Sound.ALREADY, 170), (Sound.BAD, 250)])
def test_scans_differ_in_length(sound: Sound, ms: int) -> None:
    with wave.open(str(FOLDER / f"{sound}.wav")) as file:
        assert round(1000 * file.getnframes() / file.getframerate()) == ms


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for Linux sound")
def test_what_a_machine_can_play_on(tmp_path: Path) -> None:
    cards = tmp_path / "pcm"
    assert not has_output(cards, str(tmp_path))
    cards.write_text("00-00: ALC : : capture 1\n")
    assert not has_output(cards, str(tmp_path))
    cards.write_text("00-00: ALC : : playback 1 : capture 1\n")
    assert has_output(cards, str(tmp_path))
    cards.unlink()
    (tmp_path / "pipewire-0").touch()
    assert has_output(cards, str(tmp_path))


def test_a_machine_without_a_loudspeaker_says_nothing(qtbot: QtBot) -> None:
    voice = Voice(FOLDER)
    for sound in Sound:
        voice.play(sound)
    voice.close()
    voice.play(Sound.RED)
