"""A bank of locker doors behind `8A/80/81` lock boards on one RS-485 line.

The contact of a door is read, never assumed; an open command is sent once and never repeated by the program.
What a state byte means is a setting of the bank, because it depends on how the locks' feedback is wired.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from enum import StrEnum

from devices.codecs import lock8a
from devices.dialogue import Dialogue, Named, Shown
from devices.trace import Trace, hexed
from devices.transport import Line
from devices.vitals import Vitals
from devices.watching import keep_watching
from workstation.clock import Clock
from workstation.errors import BadReply, DeviceError, NoReply
from workstation.readings import Door, DoorSeen, Health, Level

READ_S, READ_TRIES = 0.3, 3
OPEN_S = 1.5  # the answer comes after the pulse of 0.3 to 0.6 s
PULSE_GAP_S = 2.0  # a solenoid that is pulsed faster burns


class Polarity(StrEnum):
    """What feedback contact the locks have: whether it is short (state 11) when locked or when open."""

    SHORT_WHEN_LOCKED = "short-when-locked"
    SHORT_WHEN_OPEN = "short-when-open"


class LockBank8A:
    """Implements `ports.LockBank`. Door n of the bank is lock ((n-1) mod doors_per_board)+1 of its board in
    order.

    `on_reading` gets `DoorSeen` and `Health` changes from the thread that saw them, in the order seen and
    with the line free; it returns soon, because that thread watches. `settle_s`: how long a contact may take
    to follow the pulse.
    """

    baud = lock8a.BAUD

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        on_reading: Callable[[DoorSeen | Health], None],
        *,
        boards: tuple[int, ...] = (1,),
        doors_per_board: int = 24,
        polarity: Polarity = Polarity.SHORT_WHEN_LOCKED,
        settle_s: float = 3.0,
        poll_s: float = 0.5,
        patience: float = 1.0,
    ) -> None:
        if not boards or len(set(boards)) != len(boards) or not all(1 <= board <= 32 for board in boards):
            raise DeviceError("device.lock.boards", device=device)
        if not 1 <= doors_per_board <= 48:
            raise DeviceError("device.lock.doors", device=device, doors=doors_per_board)
        self._device = device
        self._clock = clock
        self._on_reading = on_reading
        self._boards = boards
        self._per_board = doors_per_board
        self._polarity = polarity
        self._settle_s = settle_s
        self._poll_s = poll_s
        self._parser = lock8a.AnswerParser()
        self.trace = Trace()
        self._dialogue: Dialogue[lock8a.Frame] = Dialogue(
            line, self._parser, self.trace, clock, show=_show, unasked=self._heard_unasked, patience=patience
        )
        self._vitals = Vitals(device, clock, on_reading)
        self._seen: dict[int, Door] = {}
        self._greeted = 0
        self._echo = False
        self._pulsed: dict[int, float] = {}
        self._pause = threading.Event()
        self._news: deque[DoorSeen] = deque()
        self._telling = threading.RLock()

    @property
    def id(self) -> str:
        return self._device

    @property
    def doors(self) -> int:
        """How many doors the bank has."""
        return len(self._boards) * self._per_board

    @property
    def echo(self) -> bool:
        """Whether the line echoes what is sent, as found when it was last opened."""
        return self._echo

    def health(self) -> Health:
        return self._vitals.now()

    def number(self, board: int, lock: int) -> int:
        """The number printed on the door behind a lock of a board; DeviceError for a lock the bank lacks."""
        if board not in self._boards or not 1 <= lock <= self._per_board:
            raise DeviceError("device.lock.no-door", device=self._device, door=lock)
        return self._boards.index(board) * self._per_board + lock

    def open_door(self, door: int) -> Door:
        """Pulse once; OPEN as soon as the contact says so, else what it says after `settle_s`.

        Nothing is sent when the board does not answer a read before. When the command itself is not answered,
        the contact alone decides. Raises NoReply, BadReply, LineLost, or DeviceError when pulsed < 2 s ago.
        """
        board, lock = self._where(door)
        with self._turn():
            before = self._read_one(board, lock)
            self._saw(door, before)
            self._guard_solenoid(door)
            self._dialogue.note(f"open door {door}")
            state = self._pulse(board, lock)
            self._saw(door, state)
        deadline = time.monotonic() + self._settle_s
        while state is not Door.OPEN and time.monotonic() < deadline:
            self._pause.wait(0.15)
            state = self.read_door(door)
        return state

    def read_door(self, door: int) -> Door:
        """The contact of one door now."""
        board, lock = self._where(door)
        with self._turn():
            state = self._read_one(board, lock)
            self._saw(door, state)
        return state

    def read_all(self) -> dict[int, Door]:
        """The contacts of all doors; a board that does not answer raises."""
        states: dict[int, Door] = {}
        for board in self._boards:
            with self._turn():
                states |= self._read_board(board)
                self._saw_many(states)
        return states

    def watch(self, stop: threading.Event) -> None:
        """Poll and listen until `stop`; changes go to `on_reading`."""
        keep_watching(stop, self._vitals, lambda: self._poll(stop), self._forget_all, pause_s=0.0)

    def interrupt(self) -> None:
        """End a wait for the line, so that a stop is prompt."""
        self._dialogue.line.interrupt()

    @property
    def commands(self) -> tuple[Named, ...]:
        """What a technician may send by name; numbers are those of the doors."""

        def each_board(_: int) -> bytes:
            return b"".join(lock8a.read_all(board) for board in self._boards)

        return (
            Named("read-all", each_board, act=lambda _: self.read_all()),
            Named(
                "read-door", lambda door: lock8a.read_lock(*self._where(door)), self.doors, act=self.read_door
            ),
            Named(
                "open-door",
                lambda door: lock8a.open_lock(*self._where(door)),
                self.doors,
                moves=True,
                act=self.open_door,
            ),
        )

    def send_once(self, data: bytes, text: str) -> None:
        """Send bytes as they are; what comes back is in the trace. LineLost when the line is gone."""
        whole_board = data[:1] == bytes((lock8a.READ,)) and data[2:3] == b"\x00"
        self._parser.expect((self._per_board + 7) // 8 if whole_board else 0)
        try:
            self._dialogue.once(data, text, OPEN_S)
        finally:
            self._parser.expect(0)
            self._tell_news()

    def reopen(self) -> None:
        """Close the line and let the watcher open it again."""
        self._dialogue.reopen()

    def close(self) -> None:
        """Give the line up."""
        self._dialogue.line.dispose()

    def _poll(self, stop: threading.Event) -> None:
        silent: DeviceError | None = None
        answered = 0
        for board in self._boards:
            try:
                with self._turn():
                    self._saw_many(self._read_board(board))
                answered += 1
            except (NoReply, BadReply) as error:
                silent = error
                first = self.number(board, 1)
                self._saw_many(dict.fromkeys(range(first, first + self._per_board), Door.UNKNOWN))
        if not answered and silent is not None:
            raise silent
        if silent is None:
            self._vitals.ok()
        else:
            self._vitals.set(Level.DEGRADED, "device.lock.board-silent")
        until = time.monotonic() + self._poll_s
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            with self._turn():
                self._dialogue.listen(left)

    def _get_ready(self, board: int, lock: int) -> None:
        """Find out with a harmless read whether the line echoes: an echo shows func 33, an answer never
        does."""
        line = self._dialogue.line
        if self._greeted == line.opened:
            return
        echoed = False

        def accept(frame: lock8a.Frame) -> bool | None:
            nonlocal echoed
            if isinstance(frame, lock8a.LockFrame) and frame.head == lock8a.READ:
                if frame.state == lock8a.FUNC_READ:
                    echoed = True
                elif (frame.board, frame.lock) == (board, lock):
                    return echoed
            return None

        self._parser.expect(0)
        self._echo = self._dialogue.ask(
            lock8a.read_lock(board, lock),
            f"read lock {board}/{lock}",
            accept,
            seconds=READ_S,
            tries=READ_TRIES,
        )
        self._greeted = line.opened

    def _read_one(self, board: int, lock: int) -> Door:
        self._get_ready(board, lock)

        def accept(frame: lock8a.Frame) -> Door | None:
            if not isinstance(frame, lock8a.LockFrame) or frame.state == lock8a.FUNC_READ:
                return None
            if (frame.head, frame.board, frame.lock) == (lock8a.READ, board, lock):
                return self._meaning(frame.state)
            return None

        self._parser.expect(0)
        return self._dialogue.ask(
            lock8a.read_lock(board, lock),
            f"read lock {board}/{lock}",
            accept,
            seconds=READ_S,
            tries=READ_TRIES,
        )

    def _read_board(self, board: int) -> dict[int, Door]:
        self._get_ready(board, 1)
        first = self.number(board, 1)
        if self._per_board <= 8:
            # With one group byte, "every state 00" is byte for byte the echoed command: such boards are asked
            # singly.
            return {first + index: self._read_one(board, index + 1) for index in range(self._per_board)}
        groups = (self._per_board + 7) // 8

        def accept(frame: lock8a.Frame) -> tuple[bool, ...] | None:
            if isinstance(frame, lock8a.AllFrame) and frame.board == board:
                return frame.bits
            return None

        self._parser.expect(groups)
        try:
            bits = self._dialogue.ask(
                lock8a.read_all(board), f"read board {board}", accept, seconds=READ_S, tries=READ_TRIES
            )
        finally:
            self._parser.expect(0)
        return {
            first + index: self._meaning(0x11 if bit else 0x00)
            for index, bit in enumerate(bits[: self._per_board])
        }

    def _pulse(self, board: int, lock: int) -> Door:
        command = lock8a.open_lock(board, lock)
        echoes = 1 if self._echo else 0

        def accept(frame: lock8a.Frame) -> Door | None:
            nonlocal echoes
            if not isinstance(frame, lock8a.LockFrame):
                return None
            if (frame.head, frame.board, frame.lock) != (lock8a.OPEN, board, lock):
                return None
            if echoes and frame.raw == command:
                echoes -= 1
                return None
            return self._meaning(frame.state)

        self._parser.expect(0)
        self._pulsed[self.number(board, lock)] = time.monotonic()
        try:
            return self._dialogue.ask(command, f"open lock {board}/{lock}", accept, seconds=OPEN_S)
        except (NoReply, BadReply):
            self._dialogue.note("no valid answer to the open command; the contact decides", ok=False)
            return Door.UNKNOWN

    def _guard_solenoid(self, door: int) -> None:
        last = self._pulsed.get(door)
        if last is not None and time.monotonic() - last < PULSE_GAP_S:
            raise DeviceError("device.lock.too-soon", device=self._device, door=door)

    def _meaning(self, state: int) -> Door:
        short = state == 0x11
        locked = short if self._polarity is Polarity.SHORT_WHEN_LOCKED else not short
        return Door.CLOSED if locked else Door.OPEN

    def _heard_unasked(self, frame: lock8a.Frame) -> None:
        if not isinstance(frame, lock8a.LockFrame) or frame.state == lock8a.FUNC_READ:
            return
        if frame.head not in (lock8a.CHANGED, lock8a.CHANGED_ALT) or frame.board not in self._boards:
            return
        if 1 <= frame.lock <= self._per_board:
            self._saw(self.number(frame.board, frame.lock), self._meaning(frame.state), spontaneous=True)

    def _saw_many(self, states: dict[int, Door]) -> None:
        for door, state in states.items():
            self._saw(door, state)

    def _saw(self, door: int, state: Door, *, spontaneous: bool = False) -> None:
        if self._seen.get(door, Door.UNKNOWN) is state:
            return
        self._seen[door] = state
        board, lock = self._where(door)
        self._news.append(
            DoorSeen(
                device=self._device,
                board=board,
                door=lock,
                state=state,
                at=self._clock.now(),
                spontaneous=spontaneous,
            )
        )

    def _forget_all(self) -> None:
        for door in list(self._seen):
            self._saw(door, Door.UNKNOWN)
        self._tell_news()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """A turn on the line; what was seen in it is told after it, in the order seen."""
        try:
            with self._dialogue.turn():
                yield
        finally:
            self._tell_news()

    def _tell_news(self) -> None:
        with self._telling:
            while self._news:
                self._on_reading(self._news.popleft())

    def _where(self, door: int) -> tuple[int, int]:
        if not 1 <= door <= self.doors:
            raise DeviceError("device.lock.no-door", device=self._device, door=door)
        board, lock = divmod(door - 1, self._per_board)
        return self._boards[board], lock + 1


def _show(frame: lock8a.Frame) -> Shown:
    if isinstance(frame, lock8a.AllFrame):
        shorted = [str(index) for index, bit in enumerate(frame.bits, 1) if bit]
        return Shown(hexed(frame.raw), f"board {frame.board}: state 11 at {','.join(shorted) or '-'}")
    names = {
        lock8a.OPEN: "open",
        lock8a.READ: "read",
        lock8a.CHANGED: "changed",
        lock8a.CHANGED_ALT: "changed",
    }
    what = names.get(frame.head, f"head {frame.head:02X}")
    return Shown(hexed(frame.raw), f"{what} {frame.board}/{frame.lock}: {frame.state:02X}")
