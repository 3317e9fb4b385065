"""Who a credential belongs to: staff number and secret, or a staff card, against the enrolled staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from workstation.accounts.credentials import BackOff, Secrets
from workstation.clock import Clock
from workstation.custody.house import House, Staff
from workstation.errors import AppError
from workstation.roles import Actor


class SecretHashes(Protocol):
    """Where the hashes of secrets lie."""

    def load(self, staff: str) -> str | None: ...

    def save(self, staff: str, encoded: str) -> None: ...


class People:
    """Checks credentials. `house` gives the state at the head."""

    def __init__(
        self, house: Callable[[], House], hashes: SecretHashes, secrets: Secrets, clock: Clock
    ) -> None:
        self._house = house
        self._hashes = hashes
        self._secrets = secrets
        self._clock = clock
        self._back_off = BackOff()

    def by_secret(self, number: str, secret: str, *, card: str = "") -> Actor:
        """The member of staff behind number (or card) and secret; AppError `accounts.wrong` or `accounts.wait`."""
        now = self._clock.now()
        staff = self._by_card(card) if card else self._by_number(number)
        account = staff.actor.id if staff else f"?{card or number}"
        self._back_off.check(account, now)
        stored = self._hashes.load(staff.actor.id) if staff else None
        if not self._secrets.matches(stored, secret) or staff is None:
            self._back_off.failed(account, now)
            raise AppError("accounts.wrong")
        self._back_off.succeeded(account)
        return staff.actor

    def by_card(self, card: str) -> Actor:
        """The member of staff who laid this card on a reader: enough to approve beside a colleague."""
        staff = self._by_card(card)
        if staff is None:
            raise AppError("accounts.unknown-card")
        return staff.actor

    def set_secret(self, staff: str, secret: str) -> None:
        """Give a member of staff a secret; raises AppError when it is too short or long."""
        self._hashes.save(staff, self._secrets.hash(secret))

    def _by_number(self, number: str) -> Staff | None:
        found = [s for s in self._house().centre.staff.values() if s.number == number and s.active]
        return found[0] if len(found) == 1 else None

    def _by_card(self, card: str) -> Staff | None:
        centre = self._house().centre
        staff = centre.staff.get(centre.cards.get(card, ""))
        return staff if staff and staff.active else None
