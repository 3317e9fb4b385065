"""Who a credential belongs to: staff number and secret, or a staff card, against the enrolled staff."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from workstation.accounts.credentials import Secrets, check_wait
from workstation.clock import Clock, from_ms, to_ms
from workstation.custody.house import House, Staff
from workstation.errors import AppError, StoreError
from workstation.roles import Actor
from workstation.storage.staff_secrets import StaffSecrets


class People:
    """Checks credentials. `house` gives the state at the head."""

    def __init__(
        self, house: Callable[[], House], stored: StaffSecrets, secrets: Secrets, clock: Clock
    ) -> None:
        self._house = house
        self._stored = stored
        self._secrets = secrets
        self._clock = clock

    def by_secret(self, number: str, secret: str, *, card: str = "") -> Actor:
        """The member of staff behind number (or card) and secret; AppError `accounts.wrong` or `accounts.wait`.

        A wrong secret is counted on disk before it is answered.
        """
        now = self._clock.now()
        staff = self._by_card(card) if card else self._by_number(number)
        kept = self._stored.get(staff.actor.id) if staff else None
        if kept is not None:
            check_wait(kept.failures, from_ms(kept.last_failure_at_ms), now)
        right = self._secrets.matches(kept.hash if kept else None, secret)
        if staff is None or kept is None or not right:
            if staff is not None:
                self._stored.failed(staff.actor.id, to_ms(now))
            raise AppError("accounts.wrong")
        if kept.failures:
            with suppress(
                StoreError
            ):  # then only the next wrong one waits longer; nobody is kept out by a full disk
                self._stored.succeeded(staff.actor.id)
        return staff.actor

    def by_card(self, card: str) -> Actor:
        """The member of staff who laid this card on a reader: enough to approve beside a colleague."""
        staff = self._by_card(card)
        if staff is None:
            raise AppError("accounts.unknown-card")
        return staff.actor

    def set_secret(self, staff: str, secret: str) -> None:
        """Give a member of staff a secret; raises AppError when it is too short or long."""
        self._stored.put(staff, self._secrets.hash(secret), to_ms(self._clock.now()))

    def _by_number(self, number: str) -> Staff | None:
        found = [s for s in self._house().centre.staff.values() if s.number == number and s.active]
        return found[0] if len(found) == 1 else None

    def _by_card(self, card: str) -> Staff | None:
        centre = self._house().centre
        staff = centre.staff.get(centre.cards.get(card, ""))
        return staff if staff and staff.active else None
