"""Secrets of staff: hashed with argon2id (RFC 9106), with a growing wait after wrong ones.

Nothing here stores anything; hashes go to the store, and a secret is never kept after it was checked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from workstation.errors import AppError

SHORTEST_SECRET = 8
LONGEST_SECRET = 256
_FREE_TRIES = 3
_LONGEST_WAIT = timedelta(minutes=15)


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """argon2id cost: memory in KiB, passes, lanes."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


class Secrets:
    """Hashes and checks secrets at one cost."""

    def __init__(self, cost: Cost) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
        )
        # Checked when the number is unknown, so that an unknown number takes as long as a wrong secret.
        self._decoy = self._hasher.hash("nobody has this secret")

    def hash(self, secret: str) -> str:
        """The encoded hash to store; raises AppError for a secret that is too short or too long."""
        if len(secret) < SHORTEST_SECRET:
            raise AppError("accounts.secret-short", least=SHORTEST_SECRET)
        if len(secret) > LONGEST_SECRET:
            raise AppError("accounts.secret-long", most=LONGEST_SECRET)
        return self._hasher.hash(secret)

    def matches(self, stored: str | None, secret: str) -> bool:
        """Whether `secret` is the one behind `stored`; an unknown account costs the same time."""
        if len(secret) > LONGEST_SECRET:
            return False
        try:
            return self._hasher.verify(stored or self._decoy, secret) and stored is not None
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


class BackOff:
    """Waits after wrong secrets, per account: three free tries, then 2, 4, 8 … seconds up to 15 minutes."""

    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, datetime]] = {}

    def check(self, account: str, now: datetime) -> None:
        """Raise AppError `accounts.wait` while the account has to wait."""
        count, last = self._failures.get(account, (0, now))
        if count >= _FREE_TRIES:
            until = last + min(timedelta(seconds=2 ** (count - _FREE_TRIES + 1)), _LONGEST_WAIT)
            if now < until:
                raise AppError("accounts.wait", seconds=int((until - now).total_seconds()) + 1)

    def failed(self, account: str, now: datetime) -> None:
        """A wrong secret was given."""
        count, _ = self._failures.get(account, (0, now))
        self._failures[account] = (count + 1, now)

    def succeeded(self, account: str) -> None:
        """The right secret was given: start anew."""
        self._failures.pop(account, None)
