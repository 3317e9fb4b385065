"""What was sent to a station and what it answered, kept by the sender; and whether the record agrees with it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import NamedTuple

from workstation.catalogue import Catalogue
from workstation.clock import BootClock
from workstation.custody.house import House
from workstation.custody.house import of as house_of
from workstation.services.desk import recorded
from workstation.station import messages as m
from workstation.storage.record import Tx
from workstation.storage.store import Store
from workstation.storage.verify import verify_open, verify_store


class Tally(NamedTuple):
    """What a check of the record found."""

    entries: int
    acknowledged: int
    unanswered: int
    unanswered_saved: int
    drafts: int


class Book:
    """Every acknowledgement is on disk here before the next command is sent. Threads share it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._changed = threading.Condition()
        self.saved: dict[str, tuple[int, ...]] = {}
        self.refused: set[str] = set()
        self.open: set[str] = set()
        self.drafts: dict[tuple[str, str, str], list[bytes]] = {}
        """(staff, stay, form) → the newest text that was acknowledged, and those sent since without an answer."""
        self.ended: set[str] = set()
        self.retried = self.doubled = 0
        self.flying = 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def sent(self, command: str) -> None:
        """A command goes off: until there is an answer it may be in the record or not."""
        with self._changed:
            self.open.add(command)
            self.flying += 1

    def answered(self, command: str, reply: object) -> None:
        """The station's answer; a Saved is written down durably."""
        with self._changed:
            self.flying -= 1
            if isinstance(reply, m.Saved):
                before = self.saved.setdefault(command, reply.entries)
                self.doubled += before != reply.entries
                self.open.discard(command)
                self._file.write(json.dumps([command, reply.entries]) + "\n")
                self._file.flush()
                os.fsync(self._file.fileno())
            elif isinstance(reply, m.Refused | m.OutOfDate):
                self.refused.add(command)
                self.open.discard(command)
            self._changed.notify_all()

    def lost(self) -> None:
        """The answer did not come."""
        with self._changed:
            self.flying -= 1

    def draft_sent(self, key: tuple[str, str, str], content: bytes) -> None:
        """A draft goes off."""
        with self._changed:
            self.drafts.setdefault(key, [b""]).append(content)

    def draft_saved(self, key: tuple[str, str, str], content: bytes) -> None:
        """A draft is on disk: what was there before is gone."""
        with self._changed:
            self.drafts[key] = [content]
            self._changed.notify_all()

    def wait_for(self, count: int, seconds: float) -> bool:
        """Wait until `count` commands were acknowledged."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.saved) >= count, seconds)

    def check(self, home: Path, words: Catalogue) -> Tally:
        """Compare with the record of `home`, whose station has ended; fails where they do not agree."""
        folder = home / "store"
        store = Store.open(folder, BootClock(), catalogue_hash=words.hash)
        try:
            for follower in store.followers:
                follower.catch_up()
            report = verify_open(store)
            assert report.faults == [], report.faults
            entries = store.record.entries()
            of_command: dict[str, list[int]] = {}
            for entry in entries:
                of_command.setdefault(entry.header.command, []).append(entry.header.seq)
            for command, seqs in self.saved.items():
                assert tuple(of_command.get(command, ())) == tuple(seqs), f"{command} acknowledged as {seqs}"
            assert self.refused.isdisjoint(of_command), "a refused command is in the record"
            numbers = [(entry.header.command, entry.header.n) for entry in entries]
            assert len(set(numbers)) == len(numbers), "a command is in the record twice"
            house = house_of(recorded(entry) for entry in entries)
            with store.record.transaction() as tx:
                agree(tx, house)
            drafts = self._check_drafts(store)
        finally:
            store.close()
        assert verify_store(folder, BootClock()).sound
        return Tally(
            entries=len(entries),
            acknowledged=len(self.saved),
            unanswered=len(self.open),
            unanswered_saved=len(self.open & of_command.keys()),
            drafts=drafts,
        )

    def _check_drafts(self, store: Store) -> int:
        for (staff, stay, form), texts in self.drafts.items():
            if stay in self.ended:
                continue  # a departure takes its drafts away
            values = store.drafts.load(f"{staff}/{stay}/{form}")
            kept = str(values["content"]).encode() if values else b""
            assert kept in texts, f"draft {form}: {kept!r} is none of {texts!r}"
        return len(self.drafts)


def agree(tx: Tx, house: House) -> None:
    """The decision tables say what a fold of the whole record says."""
    decision = tx.decision
    here = {stay.stay: stay for stay in house.open_stays}
    assert {(one.stay, one.number) for one in decision.open_stays()} == {
        (name, stay.number) for name, stay in here.items()
    }
    assert {(one.stay, one.room) for one in decision.occupancy()} == {
        (name, stay.room) for name, stay in here.items() if stay.room
    }
    assert {name: decision.wearer(stay.band) for name, stay in here.items() if stay.band} == {
        name: name for name, stay in here.items() if stay.band
    }
    numbers = [stay.number for stay in house.stays.values()]
    assert len(set(numbers)) == len(numbers), "two stays have one number"
