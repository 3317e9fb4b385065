"""Wires to simulated devices: a pty behind a stable link, or TCP on 127.0.0.1 behind a file with its address.

A pty is made raw first (else it echoes), its slave end is kept open (else the master reads EIO once a client
closes), and its link is removed on unplug, because the number of a pty may come back for another.
"""

from __future__ import annotations

import contextlib
import os
import pty
import queue
import select
import socket
import threading
import time
import tty
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from devices.simulators.faults import FaultKind, FaultStage

_TICK_S = 0.05
_IDLE_S = 1.0


class Head(Protocol):
    """The device at the end of a wire."""

    def feed(self, data: bytes) -> list[bytes]: ...


class Wire:
    """Runs one head on one wire in a thread of its own. `plug` before use; `stop` when done.

    `where`: the path that stands for the wire. `trace`: the last pieces of bytes both ways, ('in' from the
    host). `pending`: asked every 50 ms for answers that took time.
    """

    def __init__(
        self, head: Head, where: Path, faults: FaultStage, pending: Callable[[], list[bytes]] | None = None
    ) -> None:
        self.where = where
        self.faults = faults
        self.trace: deque[tuple[str, str]] = deque(maxlen=400)
        self.dropped = 0
        self._head = head
        self._pending = pending
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        self._thread = threading.Thread(target=self._run, name=f"wire-{where.name}", daemon=True)
        self._plugged = False
        self._back_at: float | None = None

    @property
    def plugged(self) -> bool:
        return self._plugged

    def start(self) -> None:
        """Plug in and serve."""
        self.where.parent.mkdir(parents=True, exist_ok=True)
        self._plug()
        self._plugged = True
        self._thread.start()

    def stop(self) -> None:
        """Unplug and end the thread."""
        self._stop.set()
        os.write(self._wake_write, b"x")
        self._thread.join(5)
        if self._plugged:
            self._unplug()
            self._plugged = False
        os.close(self._wake_read)
        os.close(self._wake_write)

    def unplug(self) -> None:
        """Pull the plug; returns once it is out."""
        self._do(self._pull)

    def replug(self) -> None:
        """Plug in again under the same name."""
        self._do(self._push_in)

    def push(self, frame: bytes) -> None:
        """Send a frame that nobody asked for."""
        self._jobs.put(lambda: self._send(frame))
        self.look_up()

    def look_up(self) -> None:
        """Heed at once what was changed about the faults."""
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"x")

    def _do(self, job: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            job()
            done.set()

        self._jobs.put(run)
        os.write(self._wake_write, b"x")
        done.wait(5)

    def _pull(self) -> None:
        self._back_at = None
        if self._plugged:
            self._plugged = False
            self._unplug()

    def _push_in(self) -> None:
        self._back_at = None
        if not self._plugged:
            self._plug()
            self._plugged = True

    def _run(self) -> None:
        while not self._stop.is_set():
            fds = [self._wake_read, *(self._fds() if self._plugged else ())]
            ready, _, _ = select.select(fds, [], [], _TICK_S if self._ticks() else _IDLE_S)
            if self._wake_read in ready:
                os.read(self._wake_read, 512)
            while not self._jobs.empty():
                self._jobs.get()()
            if self._back_at is not None and time.monotonic() >= self._back_at:
                self._push_in()
            if self._plugged:
                data = self._receive(ready)
                if data:
                    self._serve(data)
                elif noise := self.faults.idle():
                    self._put_out(noise)
            if self._plugged and self._pending is not None:
                for frame in self._pending():
                    self._send(frame)

    def _ticks(self) -> bool:
        """Whether something may have to be done before anything comes over the wire."""
        waits = self._pending is not None or self._back_at is not None
        return waits or self.faults.stands(FaultKind.BABBLE)

    def _serve(self, data: bytes) -> None:
        self.trace.append(("in", data.hex(" ").upper()))
        out_s = self.faults.cut(data)
        if out_s:
            self._pull()
            self._back_at = time.monotonic() + out_s
            return
        taken, echo = self.faults.request(data)
        if echo:
            self._write(echo)
        for frame in self._head.feed(taken) if taken else ():
            self._send(frame)

    def _send(self, frame: bytes) -> None:
        if not self._plugged:
            return
        for piece in self.faults.answer(frame):
            if piece.delay_s and self._stop.wait(piece.delay_s):
                return
            if piece.data:
                self._put_out(piece.data)

    def _put_out(self, data: bytes) -> None:
        self.trace.append(("out", data.hex(" ").upper()))
        self._write(data)

    def _plug(self) -> None:
        raise OSError("a wire is a pty or a TCP port")

    def _unplug(self) -> None: ...

    def _fds(self) -> list[int]:
        return []

    def _receive(self, ready: list[int]) -> bytes:
        return b""

    def _write(self, data: bytes) -> None: ...


class PtyWire(Wire):
    """A pseudo terminal; `where` is a link to its slave end."""

    _master = -1
    _slave = -1

    def _plug(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.where.unlink(missing_ok=True)
        self.where.symlink_to(os.ttyname(self._slave))

    def _unplug(self) -> None:
        self.where.unlink(missing_ok=True)
        for fd in (self._master, self._slave):
            os.close(fd)
        self._master = self._slave = -1

    def _fds(self) -> list[int]:
        return [self._master]

    def _receive(self, ready: list[int]) -> bytes:
        if self._master not in ready:
            return b""
        try:
            return os.read(self._master, 4096)
        except OSError:
            return b""

    def _write(self, data: bytes) -> None:
        # The kernel holds some 20 kB; what nobody reads is lost, as on a real line.
        try:
            self.dropped += len(data) - os.write(self._master, data)
        except OSError:
            self.dropped += len(data)


class TcpWire(Wire):
    """A listener on 127.0.0.1 with one client at a time; `where` is a file that holds its `socket://`
    address."""

    _port = 0
    _listener: socket.socket | None = None
    _client: socket.socket | None = None

    def _plug(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port), backlog=2)
        self._listener.setblocking(False)
        self._port = self._listener.getsockname()[1]
        self.where.unlink(missing_ok=True)
        self.where.write_text(f"socket://127.0.0.1:{self._port}\n", "ascii")

    def _unplug(self) -> None:
        self.where.unlink(missing_ok=True)
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _fds(self) -> list[int]:
        if self._client is not None:
            return [self._client.fileno()]
        return [self._listener.fileno()] if self._listener is not None else []

    def _receive(self, ready: list[int]) -> bytes:
        if self._client is None:
            if self._listener is not None and self._listener.fileno() in ready:
                self._accept()
            return b""
        if self._client.fileno() not in ready:
            return b""
        try:
            data = self._client.recv(4096)
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data

    def _accept(self) -> None:
        """Take a client that waits, if one does."""
        with contextlib.suppress(OSError):
            if self._listener is not None:
                self._client = self._listener.accept()[0]
                self._client.settimeout(1.0)
                self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _write(self, data: bytes) -> None:
        if self._client is None:
            self._accept()  # it may have come together with what is to be said
        if self._client is None:
            self.dropped += len(data)
            return
        try:
            self._client.sendall(data)
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
