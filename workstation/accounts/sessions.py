"""Who is signed in at this station: sessions in memory, each with a token, locked after idleness.

A token is what further connections of the same window attach with; it dies with the station or with sign-out.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from workstation.errors import AppError
from workstation.roles import Actor

IDLE_LOCK = timedelta(minutes=5)


class Session:
    """One signed-in member of staff at one window."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.token = secrets.token_hex(16)
        self.actor = actor
        self.locked = False
        self.used_at = now


class Sessions:
    """All sessions of this station."""

    def __init__(self, idle_lock: timedelta = IDLE_LOCK) -> None:
        self._sessions: dict[str, Session] = {}
        self._idle_lock = idle_lock

    def open(self, actor: Actor, now: datetime) -> Session:
        """A new session for `actor`."""
        session = Session(actor, now)
        self._sessions[session.token] = session
        return session

    def find(self, token: str) -> Session | None:
        """The session behind a token, locked or not."""
        return self._sessions.get(token)

    def working(self, token: str, now: datetime) -> Session:
        """The session behind a token for work; raises AppError when there is none or it is locked."""
        session = self._sessions.get(token)
        if session is None:
            raise AppError("accounts.not-signed-in")
        if now - session.used_at > self._idle_lock:
            session.locked = True
        if session.locked:
            raise AppError("accounts.locked")
        session.used_at = now
        return session

    def close(self, token: str) -> None:
        """End a session; no matter when it is gone already."""
        self._sessions.pop(token, None)
