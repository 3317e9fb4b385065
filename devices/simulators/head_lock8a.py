"""A chain of `8A/80/81` lock boards as their manual describes them."""

from __future__ import annotations

from collections.abc import Callable

from devices.codecs import lock8a
from devices.codecs.stream import Junk
from devices.simulators.world import World


class LockHead:
    """Answers for its own board numbers only; others on the bus are silent.

    `short_when_open`: how the locks' feedback is wired. A door that moves by hand is told by an 81 frame; one
    that a command moved is told by the command's answer.
    """

    def __init__(
        self,
        world: World,
        device: str,
        *,
        boards: tuple[int, ...],
        doors_per_board: int,
        short_when_open: bool,
    ) -> None:
        self._world = world
        self._device = device
        self._boards = boards
        self._per_board = doors_per_board
        self._short_when_open = short_when_open
        self._parser = lock8a.CommandParser()
        self._pulsing = False
        self._push: Callable[[bytes], None] | None = None
        world.on_door(self._moved)

    def pushes_to(self, push: Callable[[bytes], None]) -> None:
        """Where frames go that nobody asked for."""
        self._push = push

    def feed(self, data: bytes) -> list[bytes]:
        """Answers to what came over the wire."""
        out = []
        for frame in self._parser.feed(data):
            if not isinstance(frame, Junk) and (answer := self._answer(frame)):
                out.append(answer)
        return out

    def _answer(self, frame: lock8a.LockFrame) -> bytes:
        if frame.board not in self._boards:
            return b""
        if frame.head == lock8a.READ and frame.state == lock8a.FUNC_READ:
            if frame.lock == 0:
                return self._all(frame.board)
            if frame.lock <= self._per_board:
                state = self._state(self._world.is_open(self._device, self._number(frame.board, frame.lock)))
                return lock8a.encode(lock8a.READ, frame.board, frame.lock, state)
        if (
            frame.head == lock8a.OPEN
            and frame.state == lock8a.FUNC_OPEN
            and 1 <= frame.lock <= self._per_board
        ):
            self._pulsing = True
            try:
                opened = self._world.pulse(self._device, self._number(frame.board, frame.lock))
            finally:
                self._pulsing = False
            return lock8a.encode(lock8a.OPEN, frame.board, frame.lock, self._state(opened))
        return b""

    def _all(self, board: int) -> bytes:
        # A board always sends whole groups of eight; channels that are not there read as unconnected, state
        # 00.
        bits = [
            lock <= self._per_board
            and self._state(self._world.is_open(self._device, self._number(board, lock))) == 0x11
            for lock in range(1, (self._per_board + 7) // 8 * 8 + 1)
        ]
        return lock8a.encode_all(board, tuple(bits))

    def _moved(self, device: str, door: int, opened: bool) -> None:
        if device != self._device or self._pulsing or self._push is None:
            return
        board, lock = divmod(door - 1, self._per_board)
        self._push(lock8a.encode(lock8a.CHANGED, self._boards[board], lock + 1, self._state(opened)))

    def _state(self, opened: bool) -> int:
        return 0x11 if opened is self._short_when_open else 0x00

    def _number(self, board: int, lock: int) -> int:
        return self._boards.index(board) * self._per_board + lock
