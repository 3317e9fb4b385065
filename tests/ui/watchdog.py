"""Watches that nothing of the program holds the GUI thread for long.

A timer of processor time interrupts the GUI thread every few milliseconds and looks at its stack. As long as the
outermost frame that belongs to the program is the same call, the processor time of the thread since it was first seen
is what that call took: time in which other processes had the processor does not count, so a busy machine accuses
nobody. Nor does the collection of garbage, whose time is that of all tests before, nor what a test does inside such a
call, nor an import, which the window does ahead (`ui.ahead`) and the first test that needs it, nor the few calls that
cannot be done by pieces, which are listed.

No frame is kept from one look to the next, else what it holds would live longer than without the watchdog: a call is
known again by a mark that is left on its frame.
"""

from __future__ import annotations

import gc
import linecache
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 0.050
"""Processor time that one call may hold the GUI thread."""
_EVERY_S = 0.004
_BEGINNING = 8
"""Up to this instruction a call has done nothing yet."""
_WORK_S = 0.0027
"""What `slower_now` took on the machine on which LONGEST_S was laid down: two cores of a server of 2022."""

_WINDOW = str(ROOT / "ui") + "/"
_IMPORT = "<frozen importlib"
_TESTS = str(ROOT / "tests") + "/"
_OURS = tuple(str(ROOT / room) + "/" for room in ("ui", "devices", "workstation"))

TRANSPARENT = {
    "ui/cli.py": "the command line: it runs the event loop, whose calls are looked at one by one",
    "ui/app.py:run_window": "runs the event loop",
    "ui/first_run.py:ask_mode": "runs an event loop until somebody chose",
    "ui/first_run.py:ModeQuestion.ask": "runs an event loop until somebody chose",
    "ui/wall/program.py:run_wall": "runs the event loop",
    "ui/demo/": "hands at a window, as a test is: what they make the window do is looked at",
}
"""File or folder, or file and function, that is looked through to what it calls."""

APART = {
    "ui/compose.py": "puts the station together, which is another process",
    "ui/beside.py": "starts other processes, on a thread of its own",
    "ui/sweep.py": "what it counts and sweeps is of all tests before",
    "ui/widgets/gallery.py": "a book of pictures of every widget, for who makes them",
}
"""What does not hold a GUI thread in the product; a test may call it straight."""

WHOLE = {
    "ui/widgets/look.py:Look.apply": "another theme or scale: Qt styles every widget anew in one call",
}
"""What cannot be done by pieces: its time is left out of the call that it is part of."""


def slower_now() -> float:
    """How many times longer a piece of work takes than it took there; processes beside this one count as well."""
    took = []
    for _ in range(5):
        began = time.thread_time()
        text = ""
        for number in range(20_000):
            text = f"{number}{text[:8]}"
        took.append(time.thread_time() - began)
    return min(took) / _WORK_S


class Seen(NamedTuple):
    """One frame as it was seen."""

    code: CodeType
    line: int
    at: int
    mark: object


@dataclass(frozen=True)
class Held:
    """A call that held the GUI thread: where it began, seconds of processor time, and a stack inside it.

    `slower`: how many times longer work took just then.
    """

    call: str
    seconds: float
    frames: tuple[Seen, ...]
    slower: float

    def stack(self) -> str:
        """The stack with its lines, the innermost call last."""
        told = []
        for code, line, *_ in reversed(self.frames):
            told.append(f"  {_inside(code)}:{line} in {code.co_qualname}")
            told.append(f"    {linecache.getline(code.co_filename, line).strip()}")
        return "\n".join(told)


class _Mark:
    """Left on the frame of a call, where a trace function would be; nobody calls it."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.frames: tuple[Seen, ...] = ()

    def __call__(self, *_: object) -> None:
        """A debugger may call it."""


class Watchdog:
    """Watches the thread that makes it. `held()` gives what was found since it was last asked.

    `ours`: folders of the program; `counted`: those whose calls are counted. `slower`: how many times longer the same
    work takes here and now than on the machine on which LONGEST_S was laid down.
    """

    def __init__(
        self,
        longest_s: float = LONGEST_S,
        *,
        ours: tuple[str, ...] = _OURS,
        counted: tuple[str, ...] = (_WINDOW,),
        slower: Callable[[], float] = slower_now,
    ) -> None:
        self._slower = slower
        self._longest_s, self._ours, self._counted = longest_s, ours, counted
        self._watched = threading.get_ident()
        self._found: list[Held] = []
        self._aside, self._sweep_began = 0.0, 0.0
        self._mark: _Mark | None = None
        self._looked_at = 0.0
        self._looking = False
        self._before: tuple[Any, float, float] | None = None

    def start(self) -> None:
        """Begin to watch."""
        gc.callbacks.append(self._sweeping)
        self._looked_at = self._now()
        handler = signal.signal(signal.SIGPROF, self._interrupted)
        signal.siginterrupt(signal.SIGPROF, False)
        self._before = (handler, *signal.setitimer(signal.ITIMER_PROF, _EVERY_S, _EVERY_S))

    def stop(self) -> None:
        """End the watch; whoever had the timer before has it again."""
        assert self._before is not None, "it was started"
        handler, first, every = self._before
        signal.setitimer(signal.ITIMER_PROF, first, every)
        signal.signal(signal.SIGPROF, handler)
        gc.callbacks.remove(self._sweeping)

    def held(self) -> list[Held]:
        """The calls that held the thread too long, once each; on a slower machine each may take longer."""
        found, self._found = self._found, []
        if not found:
            return []
        slower = max(1.0, self._slower())
        return [one for one in found if one.seconds > self._longest_s * max(slower, one.slower)]

    def _sweeping(self, phase: str, _: dict[str, int]) -> None:
        if threading.get_ident() != self._watched:
            return
        now = time.thread_time()
        if phase == "start":
            self._sweep_began = now
        elif self._sweep_began:
            swept, self._sweep_began = now - self._sweep_began, 0.0
            self._aside += swept

    def _interrupted(self, _: int, frame: FrameType | None) -> None:
        if not self._looking:  # a look may be interrupted as well
            self._looking = True
            try:
                self._look(frame)
            finally:
                self._looking = False

    def _look(self, frame: FrameType | None) -> None:
        now = self._now()
        before, self._looked_at = self._looked_at, now
        stack = _stack_of(frame)
        depth = self._outermost(stack)
        if depth is None:
            self._mark = None
            return
        code, mark = stack[depth].code, stack[depth].mark
        if not isinstance(mark, _Mark) or mark is not self._mark:
            # What could not be interrupted since the last look is a call of C by the innermost frame that has begun.
            begun = depth > 0 or stack[0].at > _BEGINNING
            whole = now - before - 2 * _EVERY_S
            self._mark = mark = _Mark(now - max(0.0, whole) if begun else now)
            _frame_at(frame, depth).f_trace = mark
        if any(_not_ours(seen.code) for seen in stack[:depth]):
            mark.began += now - before
        took = now - mark.began
        if not mark.frames and took > self._longest_s / 2:
            mark.frames = tuple(stack[: depth + 1])
        if took > self._longest_s:
            self._tell(code, took, mark.frames)

    def _now(self) -> float:
        """Processor time of the thread without what was put aside; during a sweep, what it was before."""
        return (self._sweep_began or time.thread_time()) - self._aside

    def _outermost(self, stack: list[Seen]) -> int | None:
        """How deep the first counted call into the program lies; None while the thread is elsewhere."""
        ours = (
            depth
            for depth in range(len(stack) - 1, -1, -1)
            if stack[depth].code.co_filename.startswith(self._ours) and not _looked_through(stack[depth].code)
        )
        depth = next(ours, None)
        if depth is None or stack[depth].code.co_name == "<module>":  # imported by a test
            return None
        code = stack[depth].code
        return depth if code.co_filename.startswith(self._counted) and not _apart(code) else None

    def _tell(self, code: CodeType, seconds: float, frames: tuple[Seen, ...]) -> None:
        found = self._found
        if found and found[-1].frames is frames:
            found[-1] = replace(found[-1], seconds=seconds)
            return
        began = time.thread_time()
        found.append(Held(f"{_inside(code)}:{code.co_qualname}", seconds, frames, self._slower()))
        self._aside += time.thread_time() - began


def _stack_of(frame: FrameType | None) -> list[Seen]:
    """What a thread is doing, innermost frame first."""
    stack = []
    while frame is not None:
        stack.append(Seen(frame.f_code, frame.f_lineno, frame.f_lasti, frame.f_trace))
        frame = frame.f_back
    return stack


def _frame_at(frame: FrameType | None, depth: int) -> FrameType:
    for _ in range(depth):
        frame = frame.f_back if frame is not None else None
    assert frame is not None
    return frame


def _inside(code: CodeType) -> str:
    return code.co_filename.removeprefix(f"{ROOT}/")


def _named(code: CodeType, listed: dict[str, str]) -> bool:
    """Whether a list speaks of this code."""
    where = f"{_inside(code)}:{code.co_qualname}"
    return any(
        where == line or where.startswith(line if line.endswith("/") else f"{line}:") for line in listed
    )


@cache
def _looked_through(code: CodeType) -> bool:
    return _named(code, TRANSPARENT)


@cache
def _not_ours(code: CodeType) -> bool:
    return code.co_filename.startswith((_TESTS, _IMPORT)) or _named(code, WHOLE)


@cache
def _apart(code: CodeType) -> bool:
    return _named(code, APART)


_on_watch: list[Watchdog] = []


@contextmanager
def on_watch() -> Iterator[Watchdog]:
    """The watchdog of this process: there is one timer for all."""
    if _on_watch:
        yield _on_watch[0]
        return
    dog = Watchdog()
    dog.start()
    _on_watch.append(dog)
    yield dog
    _on_watch.clear()
    dog.stop()


def nothing_held(dog: Watchdog) -> None:
    """Fail where a call of the window held the GUI thread for more than 50 ms of processor time."""
    if held := dog.held():
        told = "\n".join(
            f"{one.call} held the GUI thread for {one.seconds * 1000:.0f} ms\n{one.stack()}" for one in held
        )
        pytest.fail(told, pytrace=False)
