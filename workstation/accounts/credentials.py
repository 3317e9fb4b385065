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


def check_wait(failures: int, last_failure: datetime, now: datetime) -> None:
    """Raise AppError `accounts.wait` while an account has to wait after wrong secrets.

    Three free tries, then 2, 4, 8 … seconds after the last wrong one, up to 15 minutes.
    """
    if failures < _FREE_TRIES:
        return
    wait = min(timedelta(seconds=2 ** min(failures - _FREE_TRIES + 1, 20)), _LONGEST_WAIT)
    if now < last_failure + wait:
        raise AppError("accounts.wait", seconds=int((last_failure + wait - now).total_seconds()) + 1)
