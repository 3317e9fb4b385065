"""Followers of the record: each from its own cursor, in its own transactions, after the commit and never before it.

A follower that fails shows as lag and is tried again; it never stops an entry.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from workstation.clock import Clock

log = logging.getLogger(__name__)

POLL_S = 2.0


class FollowsRecord(Protocol):
    """One follower."""

    def catch_up(self) -> int: ...


class Following:
    """Runs the followers on one thread: when woken, and every two seconds."""

    def __init__(self, followers: Sequence[FollowsRecord], clock: Clock) -> None:
        self._followers = followers
        self._clock = clock
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._behind_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="station-followers", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End after the batch in hand."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def wake(self) -> None:
        """Something was saved."""
        if self._behind_since is None:
            self._behind_since = self._clock.monotonic()
        self._wake.set()

    def lag_ms(self) -> int:
        """How long the followers have been behind, in milliseconds; 0 when they have caught up."""
        since = self._behind_since
        return 0 if since is None else int((self._clock.monotonic() - since) * 1000)

    def _run(self) -> None:
        while True:
            self._wake.clear()
            if self._all_caught_up():
                self._behind_since = None
            if self._stop.is_set():
                return
            self._wake.wait(POLL_S)

    def _all_caught_up(self) -> bool:
        done = True
        for follower in self._followers:
            try:
                follower.catch_up()
            except Exception as error:  # rule 5: whatever a follower meets shows as lag, never stops an entry
                log.error("a follower fell behind: %s", type(error).__name__)
                done = False
        return done
