"""Bytes on the local socket: one connection, whole messages, an authentication key in the runtime folder.

`multiprocessing.connection` carries length-prefixed messages over a Unix socket and checks a shared key in both
directions; only the bytes of `messages` go over it, never a pickle.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path

from workstation.errors import LinkError

LONGEST_MESSAGE = 64 * 1024 * 1024


def address_in(home: Path) -> str:
    """The socket's path for the data folder `home`, short enough for the 108 bytes a Unix socket allows."""
    return str(home / "run" / "station.sock")


def _key_path(home: Path) -> Path:
    return home / "run" / "station.key"


def make_key(home: Path) -> bytes:
    """A fresh key for this run, readable by this user only."""
    path = _key_path(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    key = secrets.token_bytes(32)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    return key


def listen(home: Path) -> tuple[Listener, bytes]:
    """The station's end, with the key to `greet` by. Raises LinkError when the path cannot be used."""
    try:
        key = make_key(home)
    except OSError as error:
        raise LinkError("link.cannot-listen", reason=str(error)) from error
    address = address_in(home)
    Path(address).unlink(missing_ok=True)
    try:
        return Listener(address, family="AF_UNIX", backlog=16), key
    except OSError as error:
        raise LinkError("link.cannot-listen", reason=str(error)) from error


def greet(connection: Connection, key: bytes) -> None:
    """Check the key in both directions, on the thread of this connection: a silent client keeps nobody waiting.

    Raises LinkError when the other end does not hold the key, EOFError or OSError when it goes away.
    """
    try:
        deliver_challenge(connection, key)
        answer_challenge(connection, key)
    except AuthenticationError as error:
        raise LinkError("link.not-authorised") from error


def hang_up(connection: Connection) -> None:
    """End a connection that another thread reads: it meets its end there and closes it itself."""
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


def wake(home: Path) -> None:
    """Let a waiting accept return; says nothing, so that it cannot be kept waiting itself."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
        knock.connect(address_in(home))


def connect(home: Path) -> Connection:
    """The window's end. Raises LinkError `link.no-station` when no station answers there."""
    try:
        key = _key_path(home).read_bytes()
        return Client(address_in(home), family="AF_UNIX", authkey=key)
    except (OSError, EOFError) as error:
        raise LinkError("link.no-station") from error
    except AuthenticationError as error:
        raise LinkError("link.not-authorised") from error
