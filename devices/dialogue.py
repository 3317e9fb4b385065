"""Question and answer on one line: one command outstanding, in the order asked, with a time limit and a
trace."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from devices.codecs.stream import Junk
from devices.trace import Direction, Trace, hexed
from devices.transport import Line, Turns
from workstation.clock import Clock
from workstation.errors import BadReply, NoReply

FrameT = TypeVar("FrameT")
AnswerT = TypeVar("AnswerT")


class Parser(Protocol[FrameT]):
    """The reading half of a codec."""

    def feed(self, data: bytes) -> list[FrameT | Junk]: ...

    def flush(self) -> list[FrameT | Junk]: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame as the trace shows it: masked hex and what it means."""

    hex: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A command that an adapter lets a technician send by name.

    `frame(n)`: its bytes; `most`: the highest number that it takes, from 1, or 0 for none. `moves`: something in the
    world moves. `act`: how it is sent where that takes more than one question.
    """

    name: str
    frame: Callable[[int], bytes]
    most: int = 0
    moves: bool = False
    act: Callable[[int], object] | None = None


class Dialogue(Generic[FrameT]):
    """Owns a line, its parser and its trace. Callers take a `turn` first; turns are served in order asked.

    `unasked` gets every frame that answers nothing; `show` masks and explains a frame for the trace;
    `junk_shown` False keeps bytes that could hold personal data out of the trace; `patience` multiplies every
    time limit, for bridges that are slow.
    """

    def __init__(
        self,
        line: Line,
        parser: Parser[FrameT],
        trace: Trace,
        clock: Clock,
        *,
        show: Callable[[FrameT], Shown],
        unasked: Callable[[FrameT], None] | None = None,
        junk_shown: bool = True,
        patience: float = 1.0,
    ) -> None:
        self.line = line
        self.parser = parser
        self.trace = trace
        self._clock = clock
        self._show = show
        self._unasked = unasked
        self._junk_shown = junk_shown
        self._patience = patience
        self._turns = Turns(line)
        self._behind: deque[FrameT] = deque()
        self.junk_seen = 0

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Have the line to oneself; a watcher that listens is interrupted. LineLost when it cannot be
        opened."""
        with self._turns.turn():
            yield

    def send(self, data: bytes, text: str) -> None:
        """Write a command that nothing answers, or whose answers are heard with `hear`."""
        self.trace.add(self._clock.now(), Direction.OUT, hexed(data), text)
        self.line.write(data)

    def ask(
        self,
        data: bytes,
        text: str,
        accept: Callable[[FrameT], AnswerT | None],
        *,
        seconds: float,
        tries: int = 1,
    ) -> AnswerT:
        """Send and wait for the first frame that `accept` turns into an answer.

        `tries` above 1 only for reads. BadReply when bytes came back but no such frame, NoReply when none
        came.
        """
        heard = False
        for number in range(1, tries + 1):
            self.drop_old()
            self.send(data, text)
            junk_before = self.junk_seen
            for frame in self.hear(seconds):
                answer = accept(frame)
                if answer is not None:
                    return answer
                if self._unasked is not None:
                    self._unasked(frame)
            heard = heard or self.junk_seen > junk_before
            self.note_silence(seconds, number, tries)
        if heard:
            raise BadReply("device.bad-reply", line=self.line.url)
        raise NoReply("device.no-reply", line=self.line.url)

    def once(self, data: bytes, text: str, seconds: float) -> None:
        """Take a turn, send once, and let pass what comes within `seconds`: the trace has it. LineLost when the
        line is gone."""
        with self.turn():
            self.drop_old()
            self.send(data, text)
            for frame in self.hear(seconds):
                if self._unasked is not None:
                    self._unasked(frame)

    def reopen(self) -> None:
        """Close the line; whoever has the next turn opens it and greets the device anew."""
        self._turns.reopen()

    def note_silence(self, seconds: float, number: int, tries: int) -> None:
        """Put into the trace that a question was not answered."""
        self.note(f"no answer in {round(seconds * self._patience * 1000)} ms ({number}/{tries})", ok=False)

    def hear(self, seconds: float, *, quiet: float | None = None) -> Iterator[FrameT]:
        """Frames as they come, until `seconds` are over or, once one came, the line is `quiet` that long."""
        deadline = time.monotonic() + seconds * self._patience
        while True:
            while self._behind:
                yield self._behind.popleft()
            left = deadline - time.monotonic()
            if left <= 0:
                break
            data = self.line.read(left)
            if data:
                self._take(self.parser.feed(data))
                if quiet is not None:
                    deadline = min(deadline, time.monotonic() + quiet * self._patience)
        self._take(self.parser.flush())
        while self._behind:
            yield self._behind.popleft()

    def listen(self, seconds: float) -> None:
        """Hand what comes by itself to `unasked`, for at most `seconds` or until another wants the line."""
        data = self.line.read(seconds)
        if data:
            self._take(self.parser.feed(data))
        while self._behind:
            frame = self._behind.popleft()
            if self._unasked is not None:
                self._unasked(frame)

    def note(self, text: str, *, ok: bool = True) -> None:
        """Put a line without bytes into the trace."""
        self.trace.add(self._clock.now(), Direction.NOTE, "", text, ok=ok)

    def drop_old(self) -> None:
        """What came before the question cannot be its answer: late replies are told as unasked."""
        late = self.line.drain()
        if late:
            self._take(self.parser.feed(late))
        self._take(self.parser.flush())
        while self._behind:
            frame = self._behind.popleft()
            if self._unasked is not None:
                self._unasked(frame)

    def _take(self, found: list[FrameT | Junk]) -> None:
        now = self._clock.now()
        for item in found:
            if isinstance(item, Junk):
                self.junk_seen += 1
                shown = hexed(item.data) if self._junk_shown else f"({len(item.data)})"
                self.trace.add(now, Direction.IN, shown, "junk", ok=False)
            else:
                shown_frame = self._show(item)
                self.trace.add(now, Direction.IN, shown_frame.hex, shown_frame.text)
                self._behind.append(item)
