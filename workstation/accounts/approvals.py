"""A second person's approval: bound to one command as it was shown, at one position, for a short time, once.

The approval names the digest of the command's bytes and the ledger position its screen showed; if either differs
when the command arrives, it is not an approval of that command and is asked again.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec

from workstation.custody.commands import CentreCommand, Command, encode
from workstation.roles import Actor

VALID_FOR = timedelta(seconds=120)


def digest_of(command: Command | CentreCommand, position: int) -> str:
    """Hex SHA-256 over the command's bytes and the position shown."""
    return hashlib.sha256(encode(command) + b"\0" + str(position).encode()).hexdigest()


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """One approval that was given; `token` is what the window sends along with the command."""

    token: str
    digest: str
    second: Actor
    given_at: datetime


class Approvals:
    """Approvals given and not yet used, in memory only: they do not outlive the station."""

    def __init__(self) -> None:
        self._given: dict[str, Approval] = {}

    def give(self, digest: str, second: Actor, now: datetime) -> Approval:
        """Note that `second` proved who they are and approved what `digest` names."""
        self._given = {t: a for t, a in self._given.items() if now - a.given_at <= VALID_FOR}
        approval = Approval(token=secrets.token_hex(16), digest=digest, second=second, given_at=now)
        self._given[approval.token] = approval
        return approval

    def redeem(self, tokens: tuple[str, ...], digest: str, first: Actor, now: datetime) -> tuple[Actor, ...]:
        """The second persons behind `tokens` that fit; a token is used up by a command that it fits."""
        found = []
        for token in tokens:
            approval = self._given.get(token)
            if approval is None or approval.digest != digest or now - approval.given_at > VALID_FOR:
                continue
            if approval.second.id != first.id:
                found.append(approval.second)
            del self._given[token]
        return tuple(found)
