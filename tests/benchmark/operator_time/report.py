"""Tables of what was charged, and a session beside every variant of the twelve links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tests.benchmark.operator_time.charge import GLANCE, SECONDS, Tally, charge
from tests.benchmark.operator_time.coverage import Coverage, Known, cover
from tests.benchmark.operator_time.log import AnyEvent
from tests.benchmark.operator_time.twelve import VARIANTS, Row, baseline, facts, forms


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """A session beside one variant. `time` and `keys`: shares saved; `keys` is None where nothing is typed."""

    variant: str
    tally: Tally
    time: float
    keys: float | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A session with its coverage, beside every variant."""

    session: Tally
    coverage: Coverage
    against: tuple[Against, ...]

    def meets(self, least: float) -> bool:
        """Whether time and keystrokes both fall by at least this share of the official variant."""
        official = next(one for one in self.against if one.variant == VARIANTS[0])
        return official.time >= least and (official.keys or 0.0) >= least


def session(events: Iterable[AnyEvent]) -> Tally:
    """What a session costs, with the physical work that no program removes where its log lacks it."""
    tally = charge(events)
    for op, needed in forms()["required_handling"].items():
        tally.add(op, max(0, needed - tally.ops[op]))
    return tally


def compare(events: Sequence[AnyEvent], record: Mapping[str, Known]) -> Comparison:
    """A session against the five variants; every filled fact costs its glance, logged or not."""
    covered = cover(facts(), record, events)
    ours = session(events)
    ours.add("M", GLANCE * covered.unglanced)
    found = []
    for name in VARIANTS:
        total, _ = baseline(name)
        keys = 1 - ours.keystrokes / total.keystrokes if total.keystrokes else None
        found.append(Against(variant=name, tally=total, time=1 - ours.seconds / total.seconds, keys=keys))
    return Comparison(session=ours, coverage=covered, against=tuple(found))


def table(title: str, rows: Iterable[Row]) -> str:
    """Rows of fields, keystrokes and time, and the operators of the last one."""
    lines = [f"{title:<42}{'fields':>7}{'repeated':>9}{'keystrokes':>12}{'seconds':>9}{'min':>7}"]
    last = Tally()
    for name, last in rows:
        lines.append(row(name, last))
    costs = sorted(((SECONDS[op] * n, op, n) for op, n in last.ops.items() if n), reverse=True)
    lines.append("operators: " + ", ".join(f"{op} {n:g} = {seconds:.0f} s" for seconds, op, n in costs))
    return "\n".join(lines)


def told(comparison: Comparison) -> str:
    """The whole comparison in words; the official variant last."""
    lines = [table("session", [("session", comparison.session)]), ""]
    for one in reversed(comparison.against):
        keys = "" if one.keys is None else f", keystrokes {one.keys:.1%}"
        lines.append(f"{row(one.variant, one.tally)}   less: time {one.time:.1%}{keys}")
    coverage = comparison.coverage
    lines.append("")
    lines.append(f"glances added for filled facts that the log does not show: {coverage.unglanced}")
    lines += coverage.problems
    whole = f"coverage complete: {coverage.covered} facts"
    lines.append(f"INVALID: {len(coverage.problems)} facts" if coverage.problems else whole)
    return "\n".join(lines)


def row(name: str, tally: Tally) -> str:
    """One line of a table."""
    return (
        f"{name:<42}{tally.fields:>7}{tally.repeated:>9}{tally.keystrokes:>12.1f}"
        f"{tally.seconds:>9.1f}{tally.seconds / 60:>7.1f}"
    )
