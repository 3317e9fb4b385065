"""The station's end of the local socket: one thread a connection, typed asks in, typed replies out.

Expected errors go back as `Problem`; a bug is logged without personal data and told as `station.bug`, and the
connection goes on: one broken request never takes the station down.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

import msgspec

from workstation.errors import AppError, LinkError
from workstation.station import messages as m
from workstation.station.frames import LONGEST_MESSAGE, greet, hang_up, listen, wake

log = logging.getLogger(__name__)


class Peer:
    """What is known of one connection: the token of its session, and whether it greeted."""

    def __init__(self) -> None:
        self.token = ""
        self.greeted = False


class Server:
    """Accepts connections in the data folder `home` and hands every ask to `answer(peer, ask)`.

    `feed(peer, send, stopped)` serves a connection that subscribed; it returns when `stopped` is set or `send`
    raises OSError.
    """

    def __init__(
        self,
        home: Path,
        answer: Callable[[Peer, Any], Any],
        feed: Callable[[Peer, Callable[[m.Notice], None], threading.Event], None],
    ) -> None:
        self._home = home
        self._answer = answer
        self._feed = feed
        self._listener: Listener
        self._listener, self._key = listen(home)
        self._stopped = threading.Event()
        self._threads: set[threading.Thread] = set()
        self._connections: set[Connection] = set()
        self._lock = threading.Lock()
        self._acceptor = threading.Thread(target=self._accept, name="station-accept", daemon=True)

    def start(self) -> None:
        """Begin to accept."""
        self._acceptor.start()

    def stop(self) -> None:
        """Close everything; returns when all threads have ended."""
        self._stopped.set()
        wake(self._home)  # accept() cannot be interrupted otherwise
        self._acceptor.join(timeout=5)
        with contextlib.suppress(FileNotFoundError):  # the socket file may have been cleaned away already
            self._listener.close()
        with self._lock:
            open_now, threads = list(self._connections), list(self._threads)
        for connection in open_now:
            hang_up(connection)
        for thread in threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection = self._listener.accept()
            except OSError as error:
                log.info("a connection was lost before it began: %s", error.strerror)
                continue
            if self._stopped.is_set():
                connection.close()
                return
            thread = threading.Thread(
                target=self._serve, args=(connection,), name="station-client", daemon=True
            )
            with self._lock:
                self._connections.add(connection)
                self._threads.add(thread)
            thread.start()

    def _serve(self, connection: Connection) -> None:
        peer = Peer()
        try:
            greet(connection, self._key)
            while not self._stopped.is_set():
                if not connection.poll(0.2):
                    continue
                try:
                    ask = m.decode_ask(connection.recv_bytes(LONGEST_MESSAGE))
                except msgspec.DecodeError:
                    connection.send_bytes(m.encode(m.Problem(code="link.other-version", values={})))
                    continue
                reply = self._reply(peer, ask)
                connection.send_bytes(m.encode(reply))
                if isinstance(ask, m.Subscribe) and isinstance(reply, m.Done):
                    self._feed(peer, lambda notice: connection.send_bytes(m.encode(notice)), self._stopped)
                    return
        except LinkError as error:
            log.info("a connection was refused: %s", error.code)
        except (EOFError, OSError):
            log.debug("a window closed its connection")
        finally:
            connection.close()
            with self._lock:
                self._connections.discard(connection)
                self._threads.discard(threading.current_thread())

    def _reply(self, peer: Peer, ask: Any) -> Any:
        try:
            return self._answer(peer, ask)
        except AppError as error:
            return m.Problem(code=error.code, values=error.values)
        except Exception as error:  # rule 5: a bug is told and logged, the station goes on
            log.exception("bug while answering %s", type(ask).__name__)
            return m.Problem(
                code="station.bug", values={"ask": type(ask).__name__, "kind": type(error).__name__}
            )
