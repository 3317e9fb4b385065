"""A rule pack: its files read strictly, checked against the rules that use them, and seen as a `PackView`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from workstation.custody.circumstances import (
    BASES,
    THRESHOLDS,
    WORDS,
    GateRow,
    MeasureRule,
    TierRule,
)
from workstation.custody.commands import ACTIONS
from workstation.custody.gates import GATES
from workstation.custody.values import Measure, PersonFact
from workstation.errors import SettingsError
from workstation.law.shapes import (
    ClocksFile,
    GateShape,
    LimitShape,
    MeasureShape,
    PackFile,
    ThresholdsFile,
    TierShape,
)
from workstation.roles import Rank

FILES = ("pack.toml", "gates.toml", "thresholds.toml", "clocks.toml")
LIMITS = ("B12", "T-CQ-4", "T-DET-KSS", "T-DET-IV", "T-DET-FAM", "T-FAM", "T-PROP")
"""Simple limits that every pack gives."""

S = TypeVar("S")


class Pack:
    """One pack as loaded. `hash` covers the bytes of its files."""

    def __init__(
        self,
        about: PackFile,
        gates: Mapping[str, GateShape],
        thresholds: ThresholdsFile,
        clocks: ClocksFile,
        digest: str,
    ) -> None:
        self._about = about
        self._gates = {name: _gate(name, shape) for name, shape in gates.items()}
        self.thresholds = thresholds.threshold
        self._words = {name: frozenset(one.codes) for name, one in thresholds.words.items()}
        self._clocks = clocks
        self._rules = tuple((one, _measure(one)) for one in clocks.measure)
        self.hash = digest

    @classmethod
    def load(cls, folder: Path) -> Pack:
        """Read a pack's folder; raises SettingsError naming file and field for anything that is wrong."""
        digest = hashlib.sha256()
        texts: dict[str, str] = {}
        for name in FILES:
            try:
                raw = (folder / name).read_bytes()
                texts[name] = raw.decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError("pack.unreadable", file=name, reason=str(error)) from error
            digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
        pack = cls(
            _read(texts, "pack.toml", PackFile),
            _read(texts, "gates.toml", dict[str, GateShape]),
            _read(texts, "thresholds.toml", ThresholdsFile),
            _read(texts, "clocks.toml", ClocksFile),
            digest.hexdigest(),
        )
        for name, field, reason in pack._faults():
            raise SettingsError("pack.invalid", file=name, field=field, reason=reason)
        return pack

    @property
    def name(self) -> str:
        return self._about.pack.name

    @property
    def version(self) -> str:
        return self._about.pack.version

    @property
    def title(self) -> tuple[str, str]:
        """Its title in Chinese and English."""
        return self._about.pack.title_zh, self._about.pack.title_en

    @property
    def gate_rows(self) -> tuple[GateRow, ...]:
        """Active rows in the order of the gate table."""
        return tuple(self._gates[gate.id] for gate in GATES if gate.id in self._gates)

    def gate(self, gate: str) -> GateRow | None:
        return self._gates.get(gate)

    def threshold(self, name: str) -> int:
        return self.thresholds[name].value

    def words(self, name: str) -> frozenset[str]:
        return self._words[name]

    def measure(self, measure: Measure, at: datetime) -> MeasureRule | None:
        return next((rule for shape, rule in self._rules if _in_force(shape, measure, at)), None)

    def clock_of(self, measure: Measure, at: datetime) -> MeasureShape | None:
        """How the clock of a measure runs that was set at `at`."""
        return next((shape for shape, _ in self._rules if _in_force(shape, measure, at)), None)

    def limit(self, name: str) -> LimitShape:
        """A simple limit by name."""
        return self._clocks.limit[name]

    def basis(self, name: str) -> str:
        return self._about.basis[name].basis

    def _faults(self) -> Iterator[tuple[str, str, str]]:
        """What the files say that the rules do not know, or do not say that the rules need."""
        known = {gate.id for gate in GATES}
        for name, row in self._gates.items():
            if name not in known:
                yield "gates.toml", name, "unknown gate"
            if row.cure and row.cure not in ACTIONS:
                yield "gates.toml", f"{name}.cure", "unknown action"
            if row.due_min < 0:
                yield "gates.toml", f"{name}.due_min", "negative"
        yield from _names("pack.toml", "basis", self._about.basis, BASES)
        yield from _names("thresholds.toml", "threshold", self.thresholds, THRESHOLDS)
        yield from _names("thresholds.toml", "words", self._words, WORDS)
        yield from _names("clocks.toml", "limit", self._clocks.limit, LIMITS)
        for name, one in self.thresholds.items():
            if not one.min <= one.value <= one.max:
                yield "thresholds.toml", f"threshold.{name}", "value outside its bounds"
        for name, codes in self._words.items():
            if name == "protected" or name.startswith("exempt-"):
                for code in sorted(codes):
                    if not _predicate(code):
                        yield "thresholds.toml", f"words.{name}", f"unknown predicate {code}"
        yield from _measure_faults(self._clocks.measure)


def _names(
    file: str, field: str, given: Mapping[str, object], wanted: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    for name in given:
        if name not in wanted:
            yield file, f"{field}.{name}", "unknown name"
    for name in wanted:
        if name not in given:
            yield file, f"{field}.{name}", "missing"


def _predicate(code: str) -> bool:
    side, _, years = code.partition("-")
    return code in set(PersonFact) or (side in ("under", "over") and years.isdecimal())


def _measure_faults(measures: tuple[MeasureShape, ...]) -> Iterator[tuple[str, str, str]]:
    for place, one in enumerate(measures):
        field = f"measure[{place}] {one.measure.value}"
        if one.effective_from.tzinfo is None or (one.effective_to and one.effective_to.tzinfo is None):
            yield "clocks.toml", field, "a date without time zone"
            return
        if one.effective_to is not None and one.effective_to <= one.effective_from:
            yield "clocks.toml", field, "ends before it begins"
        for other in measures[place + 1 :]:
            if other.measure is one.measure and _overlap(one, other):
                yield "clocks.toml", field, "overlapping dates"
        names = [tier.tier for tier in one.tiers]
        if len(set(names)) != len(names):
            yield "clocks.toml", field, "tier given twice"
        for tier in one.tiers:
            if tier.after and tier.after not in names:
                yield "clocks.toml", f"{field} tier {tier.tier}", "unknown tier in after"
            if not 0 <= tier.blue_min <= tier.yellow_min <= tier.hours * 60:
                yield "clocks.toml", f"{field} tier {tier.tier}", "lead times out of order"
        for code in one.barred:
            if not _predicate(code):
                yield "clocks.toml", field, f"unknown predicate {code}"


def _overlap(one: MeasureShape, other: MeasureShape) -> bool:
    first, second = sorted((one, other), key=lambda shape: shape.effective_from)
    return first.effective_to is None or first.effective_to > second.effective_from


def _in_force(shape: MeasureShape, measure: Measure, at: datetime) -> bool:
    if shape.measure is not measure or at < shape.effective_from:
        return False
    return shape.effective_to is None or at < shape.effective_to


def _read(texts: Mapping[str, str], name: str, shape: type[S]) -> S:
    try:
        content = tomllib.loads(texts[name])
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("pack.syntax", file=name, reason=str(error)) from error
    try:
        return msgspec.convert(content, shape)
    except msgspec.ValidationError as error:
        raise SettingsError("pack.invalid", file=name, field=_field(error), reason=str(error)) from error


def _field(error: msgspec.ValidationError) -> str:
    """The place that msgspec names at the end of its message, `$.a.b`; `$` is the whole file."""
    _, _, place = str(error).rpartition("`")[0].rpartition("`")
    return place if place.startswith("$") else "$"


def rank_of(name: str) -> Rank | None:
    """The rank of a pack's word; None for an empty one."""
    return Rank[name.upper().replace("-", "_")] if name else None


def _gate(name: str, shape: GateShape) -> GateRow:
    return GateRow(
        gate=name,
        kind=shape.kind,
        override=shape.override,
        by_hand=shape.by_hand,
        message=shape.message,
        basis=shape.basis,
        mark=shape.mark,
        cure=shape.cure,
        owner=shape.owner.value,
        due_min=shape.due_min,
    )


def _tier(shape: TierShape) -> TierRule:
    return TierRule(
        tier=shape.tier,
        hours=shape.hours,
        grounds=tuple(frozenset(one) for one in shape.grounds),
        rank=rank_of(shape.rank),
        after=shape.after,
        cases=frozenset(shape.cases),
    )


def _measure(shape: MeasureShape) -> MeasureRule:
    return MeasureRule(
        measure=shape.measure,
        units=frozenset(shape.units),
        cases=frozenset(shape.cases),
        rank=rank_of(shape.rank),
        oral=shape.oral,
        paper=shape.paper,
        barred=frozenset(shape.barred),
        tiers=tuple(_tier(tier) for tier in shape.tiers),
        basis=shape.basis,
    )
