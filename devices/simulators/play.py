"""A play: acts on the simulated world at their times, from one to sixty times as fast, repeatable by its seed.

A play file says what happens in the world, never what a device answers: devices answer for themselves.
"""

from __future__ import annotations

import random
import threading
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from devices.simulators.acts import Act
from devices.simulators.world import WorldError
from workstation.clock import Clock
from workstation.errors import AppError

SPEEDS = (1, 10, 60)

Value = str | int | float | bool


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act. `at_s`: seconds after the beginning, up to `spread_s` later by lot. `fields`: of the act; of a list
    one value is drawn by lot."""

    at_s: int
    act: str
    zh: str
    en: str
    spread_s: int = 0
    fields: Mapping[str, Value | list[Value]] = {}


class Play(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A play file as it stands."""

    name_zh: str
    name_en: str
    seed: int
    cue: tuple[Cue, ...]


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A cue after the lots are drawn."""

    at_s: float
    cue: Cue
    fields: Mapping[str, Value]


def load_play(path: Path) -> Play:
    """Read and check a play; WorldError names file and fault."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Play)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise WorldError("device.sim.scenario", file=path.name, reason=str(error)[:120]) from error


def drawn(play: Play, seed: int) -> list[Drawn]:
    """The cues with everything drawn by lot, in the order of their times: the same for the same seed."""
    lots = random.Random(seed)
    cues = [
        Drawn(
            at_s=cue.at_s + (lots.randrange(cue.spread_s + 1) if cue.spread_s else 0),
            cue=cue,
            fields={
                name: lots.choice(value) if isinstance(value, list) else value
                for name, value in cue.fields.items()
            },
        )
        for cue in play.cue
    ]
    return sorted(cues, key=lambda one: one.at_s)


class Plays:
    """The plays of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Ids of what can be played: file names without their ending."""
        return sorted(path.stem for path in self._folder.glob("*.toml"))

    def listed(self) -> list[dict[str, str]]:
        """Every play with its names; one that cannot be read goes by its id."""
        found = []
        for name in self.names():
            try:
                play = load_play(self._folder / f"{name}.toml")
            except WorldError:
                found.append({"id": name, "name_zh": name, "name_en": name})
            else:
                found.append({"id": name, "name_zh": play.name_zh, "name_en": play.name_en})
        return found

    def load(self, name: str) -> Play:
        """A play by its id; WorldError when there is none or it cannot be read."""
        if name not in self.names():
            raise WorldError("device.sim.no-play", play=name)
        return load_play(self._folder / f"{name}.toml")


class Player:
    """Plays one play at a time against the acts of a centre. Safe from any thread.

    Time is that of `clock` times the speed; while it stands still nothing happens by itself, `step` does the next
    cue at once. A cue that the world forbids is told as failed and the play goes on.
    """

    def __init__(self, plays: Plays, acts: Mapping[str, Act], clock: Clock, done: Callable[[], None]) -> None:
        self._plays = plays
        self._listed = plays.listed()
        self._acts = acts
        self._clock = clock
        self._done = done
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._name = ""
        self._play: Play | None = None
        self._seed = 0
        self._cues: list[Drawn] = []
        self._told: list[str] = []
        self._speed = 1
        self._running = False
        self._played_s = 0.0
        self._since = 0.0
        self._thread = threading.Thread(target=self._run, name="sim-play", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def acts(self) -> Mapping[str, Act]:
        """The acts on the player itself."""
        return {
            "play_load": lambda ask: self.load(str(ask["play"]), ask.get("seed")),
            "play_run": lambda ask: self.run(int(ask.get("speed", 1))),
            "play_pause": lambda ask: self.pause(),
            "play_step": lambda ask: self.step(),
        }

    def load(self, name: str, seed: int | None = None) -> None:
        """Stand at the beginning of a play, with its own seed or another."""
        play = self._plays.load(name)
        for cue in play.cue:
            if cue.act not in self._acts:
                raise WorldError("device.sim.act", act=cue.act[:40])
        with self._lock:
            self._name, self._play = name, play
            self._seed = play.seed if seed is None else int(seed)
            self._cues, self._told = drawn(play, self._seed), []
            self._running, self._played_s = False, 0.0
        self._wake.set()

    def run(self, speed: int) -> None:
        """Play on, `speed` times as fast as the clock."""
        if speed not in SPEEDS:
            raise ValueError(f"speed {speed}")
        with self._lock:
            self._need()
            self._settle()
            self._speed, self._running = speed, len(self._told) < len(self._cues)
        self._wake.set()

    def pause(self) -> None:
        """Stand still."""
        with self._lock:
            self._settle()
            self._running = False
        self._wake.set()

    def step(self) -> None:
        """Stand still and do the next cue now."""
        with self._lock:
            self._need()
            self.pause()
            if len(self._told) < len(self._cues):
                self._played_s = max(self._played_s, self._cues[len(self._told)].at_s)
                self._act()

    def state(self) -> dict[str, object]:
        """What `devices.practice.Playing` reads."""
        with self._lock:
            self._settle()
            play = self._play
            return {
                "plays": self._listed,
                "play": self._name,
                "name_zh": play.name_zh if play else "",
                "name_en": play.name_en if play else "",
                "seed": self._seed,
                "speed": self._speed,
                "running": self._running,
                "played_s": self._played_s,
                "cues": [
                    {
                        "at_s": one.at_s,
                        "zh": _filled(one.cue.zh, one.fields),
                        "en": _filled(one.cue.en, one.fields),
                        "done": number < len(self._told),
                        "error": self._told[number] if number < len(self._told) else "",
                    }
                    for number, one in enumerate(self._cues)
                ],
            }

    def _need(self) -> None:
        if self._play is None:
            raise WorldError("device.sim.no-play", play="")

    def _settle(self) -> None:
        """Bring what has been played up to now."""
        now = self._clock.monotonic()
        if self._running:
            self._played_s += (now - self._since) * self._speed
        self._since = now

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._until_next())
            self._wake.clear()
            with self._lock:
                self._settle()
                while (
                    self._running
                    and len(self._told) < len(self._cues)
                    and self._cues[len(self._told)].at_s <= self._played_s
                ):
                    self._act()
                if len(self._told) == len(self._cues):
                    self._running = False

    def _until_next(self) -> float | None:
        with self._lock:
            if not self._running or len(self._told) == len(self._cues):
                return None
            self._settle()
            return max(0.0, (self._cues[len(self._told)].at_s - self._played_s) / self._speed)

    def _act(self) -> None:
        """Do the next cue; called with the lock held."""
        one = self._cues[len(self._told)]
        error = ""
        try:
            self._acts[one.cue.act](dict[str, Any](one.fields))
        except AppError as failed:
            error = failed.code
        except (ValueError, KeyError, TypeError):
            error = "device.sim.request"
        self._told.append(error)
        self._done()


def _filled(words: str, fields: Mapping[str, Value]) -> str:
    for name, value in fields.items():
        words = words.replace("{" + name + "}", str(value))
    return words
