"""A line to a device: a serial port, a pty, or `socket://` TCP, through one code path.

`serial_for_url` opens them all. What the operating system throws (pyserial's own error, OSError,
termios.error, and TypeError when a port is closed under a read) becomes `LineLost`; silence is an empty read,
told by whoever asked.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import ipaddress
import os
import select
import socket
import termios
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import serial

from workstation.errors import DeviceError, LineLost

_BROKEN = (serial.SerialException, OSError, termios.error, TypeError)
_PTY_MAJORS = range(136, 144)  # Linux, Documentation/admin-guide/devices.txt
_PTS = Path("/dev/pts")


class LineKind(StrEnum):
    """What stands behind an address. Everything but `real` and `absent` is simulated."""

    REAL = "real"
    LOOPBACK = "loopback"
    PTY = "pty"
    FILE = "file"
    ABSENT = "absent"

    @property
    def simulated(self) -> bool:
        return self in (LineKind.LOOPBACK, LineKind.PTY, LineKind.FILE)


def resolve(url: str) -> str:
    """The address to open: a wire file that holds a `socket://` address stands for what it holds."""
    if "://" in url:
        return url
    path = Path(url)
    try:
        if path.is_file() and path.stat().st_size < 200:
            content = path.read_bytes().strip()
            if content.startswith(b"socket://") and content.isascii():
                return content.decode("ascii")
    except OSError:
        return url
    return url


def classify(url: str, *, ask_names: bool = False) -> LineKind:
    """What stands behind an address now; a path that is not there is `absent`, and judged again when opened.

    A path into /dev/pts, also through links or another device node, is a pty; this machine's own addresses
    are loopback; media files are files; anything else is real. `ask_names`: resolve host names too, which may
    take as long as opening the line would.
    """
    url = resolve(url)
    if url.startswith("usb:"):
        return LineKind.REAL
    try:
        if "://" in url:
            parts = urlsplit(url)
            if parts.scheme in ("loop", "spy", "alt"):
                return LineKind.LOOPBACK
            if parts.scheme == "file":
                return LineKind.FILE
            here = _is_here(parts.hostname or "", ask_names=ask_names)
            return LineKind.LOOPBACK if here else LineKind.REAL
        path = Path(url)
        status = path.stat()
    except (OSError, ValueError):
        return LineKind.ABSENT
    if _PTS in path.resolve().parents or os.major(status.st_rdev) in _PTY_MAJORS:
        return LineKind.PTY
    return LineKind.FILE if path.is_file() else LineKind.REAL


def _is_here(host: str, *, ask_names: bool) -> bool:
    """Whether a host means this machine. Numbers are judged without asking a name server."""
    host = host.lower().rstrip(".")
    if not host or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:  # short and hexadecimal forms such as 127.1, which the socket library takes too
            address = ipaddress.ip_address(socket.inet_aton(host))
        except OSError:
            return ask_names and any(_is_here(found, ask_names=False) for found in _resolved(host))
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_loopback or mapped.is_unspecified or _is_own(str(mapped), mapped.version)


def _resolved(host: str) -> set[str]:
    try:
        return {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, None)}
    except OSError:
        return set()


def _is_own(address: str, version: int) -> bool:
    """Whether a packet to an address would never leave this machine; none is sent to find out."""
    family = socket.AF_INET6 if version == 6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False


class Line:
    """One open or closed line, owned by one process at a time.

    `admit` judges the kind of line each time it is opened (after links are followed and TCP peers are known)
    and raises to refuse. Not thread-safe, except `interrupt`, which ends a `read` in another thread.
    """

    def __init__(
        self, url: str, *, baud: int, runtime: Path, admit: Callable[[LineKind], None] | None = None
    ) -> None:
        self.url = url
        self._baud = baud
        self._runtime = runtime
        self._admit = admit
        self._port: Any = None
        self._lock_fd = -1
        self._disposed = False
        self.opened = 0  # how often the line was opened: a device must be greeted anew each time
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> None:
        """Open the line and own it; LineLost when it is absent, busy or refused by `admit`'s own error."""
        if self.is_open:
            return
        if self._disposed:
            raise LineLost("device.line.closed", line=self.url)
        kind = classify(self.url, ask_names=True)
        if self._admit is not None:
            self._admit(kind)
        if kind is LineKind.ABSENT:
            raise LineLost("device.line.absent", line=self.url)
        self._own()
        try:
            self._port = serial.serial_for_url(
                resolve(self.url), baudrate=self._baud, timeout=0, write_timeout=1.0, exclusive=True
            )
            if self._disposed:  # given up by another thread while a dead host was waited for
                raise OSError("given up")
            if self._admit is not None:
                self._admit(self._kind_of_open(kind))
        except (*_BROKEN, ValueError) as error:
            self.close()
            raise LineLost("device.line.refused", line=self.url, reason=_reason(error)) from error
        except DeviceError:
            self.close()
            raise
        self.opened += 1

    def close(self) -> None:
        """Give the line up; never raises and never waits for the far end."""
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(*_BROKEN):
                _close(port)
        if self._lock_fd >= 0:
            os.close(self._lock_fd)
            self._lock_fd = -1

    def dispose(self) -> None:
        """Close for good, with the pipe that `interrupt` uses."""
        self.close()
        self._disposed = True
        fds = (self._wake_read, self._wake_write)
        self._wake_read = self._wake_write = -1
        for fd in fds:
            if fd >= 0:
                os.close(fd)

    def write(self, data: bytes) -> None:
        """Send all of `data`; LineLost when the line is gone or does not take it within a second."""
        try:
            self._need().write(data)
        except _BROKEN as error:
            raise self._lost(error) from error

    def read(self, seconds: float) -> bytes:
        """What comes first within `seconds`: at least one byte, or nothing at the deadline or when
        interrupted."""
        port = self._need()
        deadline = time.monotonic() + seconds
        try:
            while True:
                left = deadline - time.monotonic()
                ready, _, _ = select.select([port.fileno(), self._wake_read], [], [], max(left, 0.0))
                if port.fileno() in ready and (data := bytes(port.read(4096))):
                    return data
                if self._wake_read in ready:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._wake_read, 512)
                    return b""
                if left <= 0:
                    return b""
        except (*_BROKEN, ValueError) as error:
            raise self._lost(error) from error

    def drain(self) -> bytes:
        """Whatever has come already, without waiting."""
        out = b""
        while data := self.read(0.0):
            out += data
        return out

    def interrupt(self) -> None:
        """End a waiting `read` of another thread at once."""
        with contextlib.suppress(BlockingIOError, OSError):
            os.write(self._wake_write, b"x")

    def __enter__(self) -> Line:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dispose()

    def _need(self) -> Any:
        if self._port is None:
            raise LineLost("device.line.closed", line=self.url)
        return self._port

    def _lost(self, error: BaseException) -> LineLost:
        self.close()
        return LineLost("device.line.lost", line=self.url, reason=_reason(error))

    def _own(self) -> None:
        """A lock file per line: pyserial's own lock is not kept by `socket://` and by openers that do not
        ask."""
        address = resolve(self.url)
        name = address if "://" in address else os.path.realpath(address)
        path = self._runtime / f"line-{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock"
        try:
            self._runtime.mkdir(parents=True, exist_ok=True)
            self._lock_fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LineLost("device.line.refused", line=self.url, reason=_reason(error)) from error
        try:
            fcntl.flock(self._lock_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock_fd)
            self._lock_fd = -1
            raise LineLost("device.line.busy", line=self.url) from error

    def _kind_of_open(self, kind: LineKind) -> LineKind:
        """The kind of what was opened, which a link or a name may have hidden from the address."""
        if kind is not LineKind.REAL:
            return kind
        fd = self._port.fileno()
        if os.major(os.fstat(fd).st_rdev) in _PTY_MAJORS:
            return LineKind.PTY
        peer = _socket_of(self._port)
        if peer is not None and peer.getpeername()[0] == peer.getsockname()[0]:
            return LineKind.LOOPBACK
        return kind


class Turns:
    """Who may use a line: one caller at a time, in the order asked."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._queue: deque[object] = deque()
        self._order = threading.Condition()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Have the line to oneself; a watcher that listens is interrupted. LineLost when it cannot be
        opened."""
        ticket = object()
        with self._order:
            self._queue.append(ticket)
            if self._queue[0] is not ticket:
                self._line.interrupt()
            while self._queue[0] is not ticket:
                self._order.wait()
        try:
            self._line.open()
            yield
        finally:
            with self._order:
                self._queue.popleft()
                self._order.notify_all()

    def reopen(self) -> None:
        """Close the line; whoever has the next turn opens it and greets the device anew."""
        with self.turn():
            self._line.close()


def _socket_of(port: Any) -> socket.socket | None:
    peer = getattr(port, "_socket", None)
    return peer if isinstance(peer, socket.socket) else None


def _close(port: Any) -> None:
    """Close a port; one over TCP directly, because pyserial then sleeps 0.3 s and a rack of them could not
    stop."""
    peer = _socket_of(port)
    if peer is None:
        port.close()
        return
    port.is_open = False
    peer.close()


def _reason(error: BaseException) -> str:
    """A short technical reason that fits a log line."""
    return f"{type(error).__name__}: {error}"[:160]
