"""Keeps the decision tables in step with the entries of the same transaction.

The tables are the second fence behind the gates. What was *reported* has happened even where it breaks a fence (two
bags in a cell, one officer in two interviews): then the tables keep what they held and the record tells both.
"""

from __future__ import annotations

from collections.abc import Callable

from workstation.custody import events as e
from workstation.errors import StoreError
from workstation.storage.record import Tx


class Fences:
    """Follows the events of one command. `lenient`: a conflict is left to the record instead of refusing."""

    def __init__(self, tx: Tx, *, lenient: bool) -> None:
        self._tx = tx
        self._lenient = lenient

    def follow(self, stay: str, event: e.Event, happened_at_ms: int) -> None:
        """Change the tables as `event` says; raises StoreError `store.conflict` when a fence holds."""
        change = self._change(stay, event, happened_at_ms)
        if change is None:
            return
        if not self._lenient:
            change()
            return
        try:
            with self._tx.savepoint():
                change()
        except StoreError as error:
            if error.code not in ("store.conflict", "store.not-so"):
                raise

    def _change(self, stay: str, event: e.Event, at_ms: int) -> Callable[[], None] | None:
        tables = self._tx.decision
        match event:
            case e.StayBegun():
                return lambda: tables.open_stay(stay, event.number)
            case e.Departed(emergency=True):  # in hospital: gone from the room, not from the centre
                return lambda: tables.leave(stay)
            case e.Departed() | e.Died():
                return lambda: self._close(stay)
            case e.RoomEntered():
                return lambda: tables.place(stay, event.room, at_ms)
            case e.TemporaryExitBegun() | e.Escaped():
                return lambda: tables.leave(stay)
            case e.BandIssued():
                return lambda: tables.give_band(event.band, stay)
            case e.BandRemoved():
                return lambda: tables.take_band(event.band)
            case e.BagFilled():
                return lambda: self._bag(stay, event)
            case e.BagStored():
                return lambda: tables.put_bag(event.bag, stay, event.cell)
            case e.BagTaken():
                return lambda: tables.take_bag(event.bag)
            case e.InterviewOpened():
                return lambda: self._interview(stay, event, at_ms)
            case e.InterviewEnded():
                return lambda: tables.leave_interview(stay)
            case _:
                return None

    def _close(self, stay: str) -> None:
        for bag in self._tx.decision.bags_of(stay):
            if bag.cell is None:
                self._tx.decision.drop_bag(bag.bag)
        self._tx.decision.close_stay(stay)

    def _bag(self, stay: str, event: e.BagFilled) -> None:
        self._tx.decision.put_bag(event.bag, stay)
        if event.tag:
            self._tx.decision.bind_tag(event.tag, stay, "bag", bag=event.bag)

    def _interview(self, stay: str, event: e.InterviewOpened, at_ms: int) -> None:
        for officer in event.officers:
            self._tx.decision.enter_interview(officer, stay, at_ms)
