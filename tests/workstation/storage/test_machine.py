"""Whatever is done in whatever order: the record is what was acknowledged, in order, and verifies."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.workstation.storage.conftest import CATALOGUE, START
from tests.workstation.storage.kit import new
from workstation.clock import SteppedClock
from workstation.errors import StoreError
from workstation.storage.prepared import NewEntry
from workstation.storage.record import Tx
from workstation.storage.store import Store
from workstation.storage.verify import verify_open

Batch: TypeAlias = "list[tuple[str, dict[str, dict[str, int]], bool]]"
"""Entries of one command: stay, sections, and whether each speaks of s-2 too."""

STAYS = ("", "s-1", "s-2")
contents = st.dictionaries(
    st.sampled_from(["facts", "who", "note"]),
    st.dictionaries(st.text(max_size=3), st.integers(-9, 9), max_size=2),
)
batches = st.lists(st.tuples(st.sampled_from(STAYS), contents, st.booleans()), min_size=1, max_size=3)


class Machine(RuleBasedStateMachine):
    """A store beside a plain list of what it must hold."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
        self.clock = SteppedClock(START)
        self.store = Store.open(self.folder, self.clock, catalogue_hash=CATALOGUE)
        self.expected = [(e.header.command, e.header.stay, e.sections) for e in self.store.record.entries()]
        self.answers: dict[str, bytes] = {}
        self.papers = 0
        self.erased: set[str] = set()
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def _entries(self, batch: Batch) -> list[NewEntry]:
        entries = []
        for stay, sections, mentions in batch:
            held: dict[str, dict[str, int]] = dict(sections)
            if mentions and stay != "s-2":
                held["note@s-2"] = {"seen": 1}
            entries.append(new(stay=stay, sections=held))
        return entries

    def _write(self, tx: Tx, entries: list[NewEntry]) -> tuple[str, bytes]:
        self.count += 1
        command = f"c-{self.count}"
        answer = f"answer {self.count}".encode()
        tx.append(self.store.record.prepare(command, entries), answer)
        return command, answer

    def _took(self, command: str, answer: bytes, entries: list[NewEntry]) -> None:
        self.answers[command] = answer
        self.expected += [(command, entry.stay, entry.sections) for entry in entries]

    def _usable(self, batch: Batch) -> bool:
        touched = {stay for stay, _, _ in batch} | {
            "s-2" for stay, _, told in batch if told and stay != "s-2"
        }
        return not touched & self.erased

    @rule(batch=batches, number=st.booleans())
    def append(self, batch: Batch, number: bool) -> None:
        entries = self._entries(batch)
        if not self._usable(batch):
            with pytest.raises(StoreError), self.store.record.transaction() as tx:
                self._write(tx, entries)
            return
        with self.store.record.transaction() as tx:
            if number:
                self.papers += 1
                assert tx.take_number("paper") == self.papers
            command, answer = self._write(tx, entries)
        self._took(command, answer, entries)

    @rule(batch=batches)
    def fail(self, batch: Batch) -> None:
        with pytest.raises((KeyError, StoreError)):
            self._break_off(batch)

    def _break_off(self, batch: Batch) -> None:
        with self.store.record.transaction() as tx:
            tx.take_number("paper")
            self._write(tx, self._entries(batch))
            raise KeyError

    @rule(first=batches, second=batches)
    def half(
        self,
        first: Batch,
        second: Batch,
    ) -> None:
        if not (self._usable(first) and self._usable(second)):
            return
        entries = self._entries(first)
        with self.store.record.transaction() as tx:
            with tx.savepoint():
                command, answer = self._write(tx, entries)
            with pytest.raises(KeyError):
                self._undo(tx, second)
        self._took(command, answer, entries)

    def _undo(self, tx: Tx, batch: Batch) -> None:
        with tx.savepoint():
            self._write(tx, self._entries(batch))
            raise KeyError

    @rule(minutes=st.integers(1, 100))
    def wait(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule()
    def follow(self) -> None:
        self.store.followers[0].catch_up()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder, self.clock, catalogue_hash=CATALOGUE)

    @rule(stay=st.sampled_from(["s-1", "s-2"]))
    def erase(self, stay: str) -> None:
        known = self.store.record.seals.key_of(stay) is not None
        if not known:
            with pytest.raises(StoreError):
                self.store.erasure.erase(stay, 1)
            return
        self.store.erasure.erase(stay, 1)
        self.erased.add(stay)

    @invariant()
    def holds_what_was_acknowledged(self) -> None:
        if not hasattr(self, "store"):
            return
        found = [(e.header.command, e.header.stay, e.sections) for e in self.store.record.entries()]
        assert found == [
            (
                command,
                stay,
                {
                    name: None if (name.partition("@")[2] or stay) in self.erased else values
                    for name, values in sections.items()
                },
            )
            for command, stay, sections in self.expected
        ]
        head = self.store.record.head()
        assert head.size == len(self.expected)
        assert head.numbers.get("paper", 0) == self.papers

    @rule()
    def verify(self) -> None:
        assert verify_open(self.store).faults == []


def test_the_record_is_what_was_acknowledged(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
