"""The shapes of a pack's files. Unknown keys are refused.

Marks of verification: V read in the primary text, V2 in a secondary text, G general knowledge, D design
value.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from workstation.custody.circumstances import Kind, OverrideBy
from workstation.custody.values import CaseKind, Measure, RestraintReason, UnitKind
from workstation.roles import Role

Mark = Literal["V", "V2", "G", "D"]
RankName = Literal["", "auxiliary", "officer", "unit-head", "bureau-duty-head", "bureau-head"]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that is read from a pack's file."""


class About(Shape, frozen=True, kw_only=True):
    """Name and version of the pack, and the texts it is shown by."""

    name: str
    version: str
    title_zh: str
    title_en: str
    author: str
    approver: str


class Basis(Shape, frozen=True, kw_only=True):
    """A legal basis that stands under a name."""

    basis: str
    mark: Mark


class PackFile(Shape, frozen=True, kw_only=True):
    """`pack.toml`."""

    pack: About
    basis: dict[str, Basis]


class GateShape(Shape, frozen=True, kw_only=True):
    """One row of `gates.toml`. `due_min`: minutes of the duty that it opens."""

    kind: Kind
    override: OverrideBy
    by_hand: bool
    message: str
    basis: str
    mark: Mark
    cure: str
    owner: Role
    due_min: int


class Threshold(Shape, frozen=True, kw_only=True):
    """A number with the bounds within which a centre may change it."""

    value: int
    min: int
    max: int
    basis: str
    mark: Mark
    life_risk: bool = False


class WordSet(Shape, frozen=True, kw_only=True):
    """A set of codes."""

    codes: tuple[str, ...]
    basis: str
    mark: Mark


class ThresholdsFile(Shape, frozen=True, kw_only=True):
    """`thresholds.toml`."""

    threshold: dict[str, Threshold]
    words: dict[str, WordSet]


class TierShape(Shape, frozen=True, kw_only=True):
    """A tier of a measure: `hours` in all; blue and yellow begin at that many minutes used."""

    tier: str
    hours: int
    blue_min: int
    yellow_min: int
    grounds: tuple[tuple[str, ...], ...]
    rank: RankName
    after: str
    cases: tuple[CaseKind, ...]


class MeasureShape(Shape, frozen=True, kw_only=True):
    """One measure between two instants. `start`: its clock runs from arrival or from its announcement.

    `family`: measures of one family in a row share one clock. `pauses`: restraints that stop it.
    `afresh_on_transfer`: counted anew when jurisdiction is transferred. `liberty`: its end ends the ground for holding the person.
    """

    measure: Measure
    effective_from: datetime
    effective_to: datetime | None = None
    units: tuple[UnitKind, ...]
    cases: tuple[CaseKind, ...]
    rank: RankName
    oral: bool
    paper: bool
    barred: tuple[str, ...]
    family: str
    start: Literal["arrival", "announced"]
    liberty: bool
    pauses: tuple[RestraintReason, ...]
    afresh_on_transfer: bool
    basis: str
    mark: Mark
    tiers: tuple[TierShape, ...]


class LimitShape(Shape, frozen=True, kw_only=True):
    """A simple limit beside the measures: minutes from its start, with the minutes of blue and yellow."""

    limit_min: int
    blue_min: int
    yellow_min: int
    liberty: bool
    basis: str
    mark: Mark


class ClocksFile(Shape, frozen=True, kw_only=True):
    """`clocks.toml`."""

    measure: tuple[MeasureShape, ...]
    limit: dict[str, LimitShape]
