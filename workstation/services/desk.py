"""The Desk: the one way into the record, for screens, devices, papers and the program itself.

A command is judged on the state at the head of the record: it is judged and prepared before the write lock, and
under the lock the head must still be where it was; otherwise everything is done again on the newer state.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from workstation.accounts.matrix import REQUESTS, may
from workstation.clock import Clock, from_ms, to_ms
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.circumstances import Circumstances
from workstation.custody.decide import Refusal, judge
from workstation.custody.gates import Objection, objections
from workstation.custody.house import House
from workstation.custody.house import of as house_of
from workstation.custody.recorded import Recorded, join, kind_of, split
from workstation.custody.stay import Stay, fold
from workstation.custody.validation import problem
from workstation.custody.values import Answer as RecordingAnswer
from workstation.custody.values import How, Source
from workstation.errors import AppError, StoreError
from workstation.law.clocks import ClocksOf
from workstation.law.pack import Pack
from workstation.ledger.entry import ActorKind
from workstation.roles import Actor
from workstation.services.fences import Fences
from workstation.storage.prepared import NewEntry, Prepared, StoredEntry
from workstation.storage.record import Record, Tx

LATE_AFTER = timedelta(minutes=2)
"""An entry that is recorded longer than this after it happened is labelled late."""
_HOPEFUL_TRIES = 2
_SYNTHETIC_ID = re.compile(r"99\d{15}[\dXx]")
"""An identity number of a division that does not exist: made up for practice."""


class SavedAs(msgspec.Struct, frozen=True, kw_only=True, tag="saved"):
    """What was written: seq of every entry, ledger size after them, kinds, the recorded time."""

    entries: tuple[int, ...]
    size: int
    kinds: tuple[str, ...]
    at: datetime


class RefusedWith(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Every unmet condition, at the position where it was judged."""

    objections: tuple[Objection, ...]
    position: int


class ScreenOutOfDate(msgspec.Struct, frozen=True, kw_only=True, tag="out-of-date"):
    """Other hands changed the stay since the screen was drawn; kinds of what came, newest last."""

    position: int
    changed: tuple[str, ...]


Answer = SavedAs | RefusedWith | ScreenOutOfDate


@dataclass(frozen=True)
class _Asked:
    """One command with who stands behind it."""

    envelope: c.Envelope
    actor: Actor
    kind: ActorKind
    seconds: dict[str, Actor]
    within: Callable[[Tx], None]


@dataclass(frozen=True)
class _Plan:
    """What a judged command will write at the position it was judged on."""

    events: tuple[e.Event, ...]
    prepared: Prepared
    answer: SavedAs


class Desk:
    """Judges commands and writes what follows from them. Threads may share it; one command at a time is judged.

    `on_saved(entries)` is called after the commit, outside every lock, with what was written; `on_unsaved(error)`
    when the store did not take a command that could be recorded. `recording()`: room → whether its recording runs
    and is verified; a room that is not named is unknown.
    """

    def __init__(
        self,
        record: Record,
        pack: Pack,
        clock: Clock,
        *,
        workstation: str,
        practice: bool,
        on_saved: Callable[[list[StoredEntry]], None] = lambda entries: None,
        owing: Callable[[], Iterable[str]] = tuple,
        on_unsaved: Callable[[StoreError], None] = lambda error: None,
        recording: Callable[[], Mapping[str, RecordingAnswer]] = dict,
    ) -> None:
        self._record = record
        self._pack = pack
        self._clock = clock
        self._workstation = workstation
        self._practice = practice
        self._on_saved = on_saved
        self._owing = owing
        self._on_unsaved = on_unsaved
        self._recording = recording
        self._lock = threading.Lock()
        self._house = House.empty()
        self._spare_numbers: dict[str, int] = {}

    def house(self) -> House:
        """The state at the head of the record as far as it is known here, caught up first."""
        with self._lock:
            self._catch_up()
            return self._house

    def house_with(self, stay: str) -> House:
        """As `house`, with a stay that ended long ago read from the record."""
        with self._lock:
            return self._at_head(stay)[0]

    def ended(self, stay: str) -> Stay | None:
        """A stay read from the record, without keeping it here; None when there is no such stay."""
        entries = self._record.entries(stay=stay)
        return fold(recorded(entry) for entry in entries) if entries else None

    def known_size(self) -> int:
        """Ledger size as far as it is known here, without asking the store."""
        return max(self._house.seq, 0)

    def circumstances(
        self, house: House, actor: Actor, stay: Stay | None, *, kind: ActorKind = ActorKind.STAFF
    ) -> Circumstances:
        """What the gates need beside the state: time, who acts and may act, the law, the clocks of the stay."""
        around = Circumstances(
            now=self._clock.now(),
            actor=actor,
            pack=self._pack,
            zone=ZoneInfo(house.centre.time_zone),
            trust=self._clock.trust(),
            asks=REQUESTS if kind is ActorKind.STAFF else {},
            recording=self._recording(),
        )
        if stay is None:
            return around
        return msgspec.structs.replace(around, clocks=ClocksOf(stay, around, self._pack, house))

    def objections(self, envelope: c.Envelope, actor: Actor) -> RefusedWith:
        """What would stand against the command now; writes nothing."""
        command = envelope.command
        with self._lock:
            house, stay = self._at_head(_stay_of(command))
        made_up = () if self._practice else _made_up(envelope)
        found = made_up or objections(command, house, self.circumstances(house, actor, stay))
        return RefusedWith(objections=found, position=house.seq)

    def submit(
        self,
        envelope: c.Envelope,
        actor: Actor,
        *,
        proven: Iterable[Actor] = (),
        actor_kind: ActorKind = ActorKind.STAFF,
        within: Callable[[Tx], None] = lambda tx: None,
    ) -> Answer:
        """Judge and record one command.

        `proven`: colleagues whose credential was checked for exactly this command. `within`: what else is to be
        written in the same transaction, such as the end of a draft. Raises AppError when the role does not allow
        it or a named second person did not prove themselves, and StoreError when nothing could be saved.
        """
        try:
            answer, stored = self._submitted(envelope, actor, proven, actor_kind, within)
        except StoreError as error:
            self._on_unsaved(error)
            raise
        if stored:
            self._on_saved(stored)
        return answer

    # ------------------------------------------------------------ inside

    def _submitted(
        self,
        envelope: c.Envelope,
        actor: Actor,
        proven: Iterable[Actor],
        actor_kind: ActorKind,
        within: Callable[[Tx], None],
    ) -> tuple[Answer, list[StoredEntry]]:
        seconds = {one.id: one for one in proven}
        if actor_kind is ActorKind.STAFF:
            self._authorise(envelope, actor, seconds)
        asked = _Asked(envelope, actor, actor_kind, seconds, within)
        with self._lock:
            answer: Answer | None = None
            stored: list[StoredEntry] = []
            self._reserve_number(envelope.command)
            for again in range(_HOPEFUL_TRIES):
                if again or self._house.seq < 0:
                    self._catch_up()
                answer, stored = self._hopeful(asked)
                if answer is not None:
                    break
            if answer is None:
                answer, stored = self._holding(asked)
        return answer, stored

    def _authorise(self, envelope: c.Envelope, actor: Actor, seconds: dict[str, Actor]) -> None:
        """Reports and the centre's own commands by role; requests about a stay meet the role as a gate (GA2)."""
        action = c.action_of(envelope.command)
        gated = not envelope.report and isinstance(envelope.command, c.Command)
        if not gated and not may(action, actor.roles, report=envelope.report):
            raise AppError("accounts.no-role", action=action)
        if not envelope.report:
            missing = [one for one in named_seconds(envelope.command) if one not in {actor.id, *seconds}]
            if missing:
                raise AppError("desk.second-person", staff=", ".join(missing))

    def _hopeful(self, asked: _Asked) -> tuple[Answer | None, list[StoredEntry]]:
        """Judge and prepare without the lock; None when the head turns out to be elsewhere."""
        plan = self._plan(asked)
        with self._record.transaction() as tx:
            first = tx.first_result(asked.envelope.id)
            if first is not None:
                return msgspec.msgpack.decode(first, type=Answer), []
            if tx.head().size != self._house.seq:
                return None, []
            if not isinstance(plan, _Plan):
                return plan, []
            stored = self._append(tx, plan, asked)
        return self._taken_in(plan, stored), stored

    def _holding(self, asked: _Asked) -> tuple[Answer, list[StoredEntry]]:
        """Judge and prepare under the lock: what others wrote meanwhile cannot move the head any more."""
        with self._record.transaction() as tx:
            first = tx.first_result(asked.envelope.id)
            if first is not None:
                return msgspec.msgpack.decode(first, type=Answer), []
            self._take(tx.entries(after_seq=self._house.seq))
            plan = self._plan(asked)
            if not isinstance(plan, _Plan):
                return plan, []
            stored = self._append(tx, plan, asked)
        return self._taken_in(plan, stored), stored

    def _plan(self, asked: _Asked) -> _Plan | RefusedWith | ScreenOutOfDate:
        """What would be written on the present state, prepared; or why nothing is."""
        envelope, actor = asked.envelope, asked.actor
        if not self._practice and (made_up := _made_up(envelope)):
            return RefusedWith(objections=made_up, position=self._house.seq)
        stay = self._stay_at_head(_stay_of(envelope.command))
        house = self._house
        if not envelope.report and stay is not None and asked.kind is ActorKind.STAFF:
            changed = self._changed_by_others(stay, envelope.position, actor)
            if changed:
                return ScreenOutOfDate(position=house.seq, changed=changed)
        circumstances = self.circumstances(house, actor, stay, kind=asked.kind)
        happened_at = envelope.happened_at or circumstances.now
        verdict = judge(
            envelope.command,
            report=envelope.report,
            happened_at=happened_at,
            overrides=_overrides(envelope, asked.seconds),
            house=house,
            circumstances=circumstances,
            number=self._number_for(envelope.command),
        )
        if isinstance(verdict, Refusal):
            return RefusedWith(objections=verdict.objections, position=house.seq)
        late = circumstances.now - happened_at > LATE_AFTER
        new = [
            NewEntry(
                stay=_stay_of(envelope.command),
                kind=kind_of(event),
                actor=actor.id,
                actor_kind=asked.kind,
                workstation=self._workstation,
                happened_at_ms=to_ms(happened_at),
                late=late,
                by_hand=verdict.by_hand,
                simulated=self._practice,
                breach=verdict.breach,
                corrects=verdict.corrects if isinstance(event, e.EntryCorrected) else "",
                sections=split(event),
            )
            for event in verdict.events
        ]
        size = house.seq + len(new)
        answer = SavedAs(
            entries=tuple(range(house.seq + 1, size + 1)),
            size=size,
            kinds=tuple(entry.kind for entry in new),
            at=circumstances.now,
        )
        return _Plan(verdict.events, self._record.prepare(envelope.id, new), answer)

    def _append(self, tx: Tx, plan: _Plan, asked: _Asked) -> list[StoredEntry]:
        stored = tx.append(plan.prepared, msgspec.msgpack.encode(plan.answer))
        fences = Fences(tx, lenient=asked.envelope.report)
        for entry, event in zip(stored, plan.events, strict=True):
            fences.follow(entry.header.stay, event, entry.header.happened_at_ms)
        asked.within(tx)
        return stored

    def _taken_in(self, plan: _Plan, stored: list[StoredEntry]) -> SavedAs:
        for entry, event in zip(stored, plan.events, strict=True):
            self._house = self._house.apply(recorded(entry, event))
            if isinstance(event, e.StayBegun):
                self._spare_numbers.pop("stay", None)
        return msgspec.structs.replace(plan.answer, at=from_ms(stored[-1].header.recorded_at_ms))

    def _changed_by_others(self, stay: Stay, shown: int, actor: Actor) -> tuple[str, ...]:
        if stay.seq <= shown:
            return ()
        entries = self._record.entries(after_seq=shown, stay=stay.stay)
        return tuple(
            entry.header.kind
            for entry in entries
            if entry.header.actor_kind is ActorKind.STAFF and entry.header.actor != actor.id
        )

    def _reserve_number(self, command: c.Command | c.CentreCommand) -> None:
        """Have a stay number ready for a BeginStay; one reserved for a refused command is used again."""
        if isinstance(command, c.BeginStay) and "stay" not in self._spare_numbers:
            with self._record.transaction() as tx:
                number = tx.take_number("stay")
            self._spare_numbers["stay"] = number  # ours only once it is on disk

    def _number_for(self, command: c.Command | c.CentreCommand) -> str:
        return f"A-{self._spare_numbers['stay']:02d}" if isinstance(command, c.BeginStay) else ""

    def _at_head(self, name: str) -> tuple[House, Stay | None]:
        """The state at the head, with the stay of that name even when it ended long ago."""
        self._catch_up()
        stay = self._stay_at_head(name)
        return self._house, stay

    def _stay_at_head(self, name: str) -> Stay | None:
        if name and name not in self._house.stays:
            entries = self._record.entries(stay=name)
            if entries:
                self._house = self._house.with_stay(fold(recorded(entry) for entry in entries))
        return self._house.stays.get(name)

    def _catch_up(self) -> None:
        if self._house.seq < 0:
            self._house = self._opened()
        self._take(self._record.entries(after_seq=self._house.seq))

    def _take(self, entries: list[StoredEntry]) -> None:
        """Take in entries that others wrote; a stay that was let go long ago is read back first."""
        for stored in entries:
            self._stay_at_head(stored.header.stay)
            self._house = self._house.apply(recorded(stored))

    def _opened(self) -> House:
        """The state from the centre's own entries and the open stays; ended stays are read when needed."""
        with self._record.transaction() as tx:
            size = tx.head().size
            names = {one.stay for one in tx.decision.open_stays()}
            names.update(tx.decision.cells().values())
        names.update(self._owing())
        entries = [entry for name in ("", *names) for entry in self._record.entries(stay=name)]
        entries.sort(key=lambda entry: entry.seq)
        house = house_of(recorded(entry) for entry in entries if entry.seq <= size)
        return replace(house, seq=size)


def _made_up(envelope: c.Envelope) -> tuple[Objection, ...]:
    """What of a command belongs to practice and is not taken into a live record."""
    command = envelope.command
    action = c.action_of(command)
    identity = command.identity if isinstance(command, c.BeginStay) else command
    if isinstance(identity, c.Identify) and _SYNTHETIC_ID.fullmatch(identity.id_number):
        return (problem("made-up", action, field="id_number"),)
    if envelope.simulated:
        return (problem("simulated", action),)
    return ()


def _overrides(envelope: c.Envelope, seconds: dict[str, Actor]) -> dict[str, tuple[str, Actor]]:
    """Gate → reason and the second person who stands for it: the one with most authority of those who did."""
    if not seconds:
        return {}
    second = max(seconds.values(), key=lambda one: (one.is_supervisor, one.rank, one.id))
    return {override.gate: (override.reason, second) for override in envelope.overrides}


def _stay_of(command: c.Command | c.CentreCommand) -> str:
    return command.stay if isinstance(command, c.Command) else ""


def recorded(stored: StoredEntry, event: e.Event | None = None) -> Recorded:
    """A stored entry as the rules see it; `event` when it is at hand already."""
    header = stored.header
    return Recorded(
        seq=header.seq,
        entry=header.id,
        command=header.command,
        stay=header.stay,
        event=event if event is not None else join(header.kind, stored.sections),
        actor=header.actor,
        happened_at=from_ms(header.happened_at_ms),
        recorded_at=from_ms(header.recorded_at_ms),
        late=header.late,
        by_hand=header.by_hand,
        simulated=header.simulated,
        breach=header.breach,
        corrects=header.corrects,
    )


def named_seconds(command: c.Command | c.CentreCommand) -> tuple[str, ...]:
    """Staff ids that the command names as taking part and who must prove it with their own credential."""
    named: list[str] = []
    match command:
        case c.OpenCell() | c.StoreBag() | c.TakeBag():
            named += [command.custodian, command.second]
        case c.CountCash():
            named += command.counters
        case c.ExtendTier() | c.BeginTemporaryExit():
            named.append(command.approver)
        case c.SettleItem() | c.AccessMedia():
            named.append(command.second)
        case _:
            pass
    for name in command.__struct_fields__:
        value = getattr(command, name)
        if isinstance(value, Source) and value.how is How.BY_HAND:
            named.append(value.second)
    return tuple(dict.fromkeys(one for one in named if one))
