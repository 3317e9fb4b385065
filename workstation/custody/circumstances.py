"""What lies above the rules and is passed in: who acts, on what clock, under which rule pack.

The rule pack is seen through `PackView` only: numbers, ranks, active rows and texts are its own, the names of
predicates and thresholds are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Protocol

import msgspec

from workstation.clock import Trust
from workstation.custody.values import Answer, CaseKind, Measure, UnitKind
from workstation.roles import Actor, Rank, Role


class Kind(StrEnum):
    """Whether an unmet gate row stops a request or opens a duty."""

    HARD = "hard"
    SOFT = "soft"


class OverrideBy(StrEnum):
    """Who may pass an unmet row together with the person acting."""

    NOBODY = ""
    SUPERVISOR = "supervisor"
    DUTY_LEADER = "duty-leader"
    LEGAL_OFFICER = "legal-officer"
    PHYSICIAN = "physician"


class GateRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the rule pack says of one gate row. `cure`: an action. `due_min`: minutes of its duty."""

    gate: str
    kind: Kind
    override: OverrideBy
    by_hand: bool
    message: str
    basis: str
    mark: str
    cure: str
    owner: str
    due_min: int


class TierRule(msgspec.Struct, frozen=True, kw_only=True):
    """One tier of a measure. `grounds`: any inner set is enough, in full.

    `after`: the tier that must have been reached before, or empty; `cases`: kinds of case it is open to.
    """

    tier: str
    hours: int
    grounds: tuple[frozenset[str], ...]
    rank: Rank | None
    after: str
    cases: frozenset[CaseKind]


class MeasureRule(msgspec.Struct, frozen=True, kw_only=True):
    """What the pack says of one measure in force at an instant."""

    measure: Measure
    units: frozenset[UnitKind]
    cases: frozenset[CaseKind]
    rank: Rank | None
    oral: bool
    paper: bool
    barred: frozenset[str]  # person facts and age names that exclude the measure
    tiers: tuple[TierRule, ...]
    basis: str


class PackView(Protocol):
    """The rule pack as the rules see it."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def hash(self) -> str: ...

    def gate(self, gate: str) -> GateRow | None:
        """The active row, or None when the pack does not use it."""
        ...

    def threshold(self, name: str) -> int:
        """A number by name, in the unit that the name ends with (min, grams, …)."""
        ...

    def words(self, name: str) -> frozenset[str]:
        """A named set of codes."""
        ...

    def measure(self, measure: Measure, at: datetime) -> MeasureRule | None:
        """The rule of a measure in force at `at`, or None when the law has no such measure then."""
        ...

    def basis(self, name: str) -> str:
        """The legal basis that stands under a name, for marks that the law attaches by itself."""
        ...


THRESHOLDS = (
    "arrival-bound-min",  # how old an arrival may be without a reason
    "centre-certified",  # 1: the law's conditions for one officer are fulfilled by the centre
    "door-intent-s",  # how long an intent explains an opening door
    "due-soon-min",  # how long before its time a due act comes first
    "exit-rank",  # lowest rank that approves a temporary exit
    "last-call-min",  # how long before a limit of liberty red begins
    "meal-min",
    "minor-years",
    "night-from-min",  # minutes after local midnight
    "night-to-min",
    "notice-min",
    "preflight-min",  # how long a preflight holds
    "rest-block-min",  # how long a rest that was taken is not disturbed at night
    "rest-from-min",
    "rest-to-min",
    "restraint-review-min",
    "seizure-catch-up-min",
    "together-min",  # how long people may be together in an emergency
    "weight-tolerance-grams",
)
"""Numbers that every pack gives."""

WORDS = (
    "cash-units",
    "exempt-admin-detention",
    "exempt-arrest",
    "exempt-compulsory-treatment",
    "exempt-criminal-detention",
    "one-officer-cases",
    "protected",
    "recording-cases",
    "restraint-drunk",
    "samples",
    "signers-interview",
    "signers-property",
    "signers-search",
)
"""Sets of codes that every pack gives; empty ones too."""

BASES = ("one-officer-evidence",)
"""Names under which every pack gives the legal basis of a mark that the law attaches by itself."""


class ClockRun(StrEnum):
    """What a clock is doing; unknown is a state of its own."""

    RUNNING = "running"
    PAUSED = "paused"
    EXPIRED = "expired"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class ClockLevel(StrEnum):
    """How near the limit is."""

    NONE = "none"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One row of why a clock shows what it shows: a code, its values and the entry behind it."""

    code: str
    values: Mapping[str, str | int] = {}
    entry: str = ""


class ClockState(msgspec.Struct, frozen=True, kw_only=True):
    """One clock of one stay at one instant.

    `title`: catalogue code. `used_ms`, `limit_ms`: whole milliseconds; None while they cannot be told.
    `liberty`: its end ends the ground for holding the person. `earlier`: it had expired under a value that a
    correction replaced.
    """

    id: str
    title: str
    basis: str
    liberty: bool
    started_at: datetime
    limit_ms: int | None
    tier: str
    used_ms: int
    expires_at: datetime | None
    ended_at: datetime | None
    state: ClockRun
    level: ClockLevel
    breached: bool
    earlier: bool
    explanation: tuple[Explained, ...] = ()


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """Everything around a command. `on_duty`: None while no roster is known; `recording`: room → verified."""

    now: datetime
    actor: Actor
    pack: PackView
    zone: tzinfo = UTC
    trust: Trust = Trust.VERIFIED
    clocks: Mapping[str, tuple[ClockState, ...]] = {}
    on_duty: frozenset[str] | None = None
    recused: frozenset[str] = frozenset()  # stays from which the person acting is recused
    recording: Mapping[str, Answer] = {}
    asks: Mapping[str, frozenset[Role]] | None = None  # who may ask for what; None: no table is given
    holds: frozenset[str] = frozenset()  # stays with an open hold in another case

    def local(self, instant: datetime) -> datetime:
        """Centre local time."""
        return instant.astimezone(self.zone)

    def expired(self, stay: str, at: datetime | None = None) -> tuple[ClockState, ...]:
        """Clocks of liberty of this stay that have run out, now or (for late reports) by `at`."""
        moment = at or self.now
        return tuple(one for one in self.clocks.get(stay, ()) if one.liberty and _run_out(one, moment))


def _run_out(clock: ClockState, at: datetime) -> bool:
    if clock.state is ClockRun.EXPIRED:
        return clock.earlier or clock.expires_at is None or clock.expires_at <= at
    if clock.state is not ClockRun.STOPPED or clock.expires_at is None or clock.ended_at is None:
        return False
    return clock.expires_at <= at < clock.ended_at
