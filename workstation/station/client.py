"""The window's side of the local socket: one lane per kind of request, each with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from workstation.custody.commands import Envelope
from workstation.errors import AppError, LinkError
from workstation.station import messages as m
from workstation.station.frames import LONGEST_MESSAGE, connect


class Lane:
    """One connection that asks and waits for the answer; used from one thread at a time.

    Opens itself on first use and anew after the station went away. An `AppError` of the station is raised here as
    the same AppError.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._token = ""
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        self.welcome: m.Welcome | None = None

    def attach(self, token: str) -> None:
        """Use the session that was signed in on another lane; empty: none."""
        with self._lock:
            self._token = token
            self._drop()

    def ask(self, message: Any) -> Any:
        """Send one Ask, return its Reply; raises AppError for a Problem and LinkError when nobody answers."""
        with self._lock:
            try:
                reply = self._exchange(self._opened(), message)
            except (OSError, EOFError) as error:
                self._drop()
                raise LinkError("link.lost") from error
        if isinstance(reply, m.Problem):
            raise AppError(reply.code, **reply.values)
        return reply

    def greet(self) -> m.Welcome:
        """The station's welcome, opening the connection when needed."""
        with self._lock:
            try:
                self._opened()
            except (OSError, EOFError) as error:
                self._drop()
                raise LinkError("link.lost") from error
            assert self.welcome is not None
            return self.welcome

    def submit(self, envelope: Envelope) -> Any:
        """Submit a command: Saved, Refused or OutOfDate. The same envelope may be sent again after a loss."""
        return self.ask(m.Submit(envelope=msgspec.json.encode(envelope)))

    def close(self) -> None:
        """End the connection."""
        with self._lock:
            self._drop()

    def _opened(self) -> Connection:
        if self._connection is None:
            connection = connect(self._home)
            reply = self._exchange(connection, m.Hello(protocol=m.PROTOCOL, token=self._token))
            if not isinstance(reply, m.Welcome):
                connection.close()
                if isinstance(reply, m.Problem):
                    raise LinkError(reply.code, **reply.values)
                raise LinkError("link.other-version")
            self.welcome = reply
            self._connection = connection
        return self._connection

    @staticmethod
    def _exchange(connection: Connection, message: Any) -> Any:
        connection.send_bytes(m.encode(message))
        try:
            return m.decode_reply(connection.recv_bytes(LONGEST_MESSAGE))
        except msgspec.DecodeError as error:
            raise LinkError("link.other-version") from error

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Feed:
    """A thread that receives notices and hands them to `on_notice`; reconnects by itself.

    `on_link(True/False)` tells when the station appears and goes. Both are called on the feed's own thread.
    """

    def __init__(
        self,
        home: Path,
        token: str,
        on_notice: Callable[[m.Notice], None],
        on_link: Callable[[bool], None],
        *,
        retry_s: float = 0.5,
    ) -> None:
        self._home = home
        self._token = token
        self._on_notice = on_notice
        self._on_link = on_link
        self._retry_s = retry_s
        self._stop = threading.Event()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="station-feed", daemon=True)

    def start(self) -> None:
        """Begin receiving."""
        self._thread.start()

    def is_running(self) -> bool:
        """Whether its thread is still there."""
        return self._thread.is_alive()

    def stop(self, *, wait: bool = True) -> None:
        """End within about a second; `wait`: not before the thread has."""
        self._stop.set()
        if wait:
            self._thread.join(timeout=3)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._receive()
            except (AppError, OSError, EOFError, msgspec.DecodeError):
                if not self._stop.is_set():
                    self._on_link(False)
            self._stop.wait(self._retry_s)

    def _receive(self) -> None:
        connection = connect(self._home)
        with connection:
            connection.send_bytes(m.encode(m.Hello(protocol=m.PROTOCOL, token=self._token)))
            if not isinstance(m.decode_reply(connection.recv_bytes(LONGEST_MESSAGE)), m.Welcome):
                raise LinkError("link.other-version")
            connection.send_bytes(m.encode(m.Subscribe()))
            if not isinstance(m.decode_reply(connection.recv_bytes(LONGEST_MESSAGE)), m.Done):
                raise LinkError("link.not-authorised")
            linked = False
            while not self._stop.is_set():
                if not connection.poll(0.2):
                    continue
                notice = m.decode_notice(connection.recv_bytes(LONGEST_MESSAGE))
                if not linked:
                    # The first notice says that changes are gathered for this window from here on.
                    linked = True
                    self._on_link(True)
                self._on_notice(notice)
