"""Whether the final record of a session holds every fact of the twelve forms, each come by honestly.

Seven rules (docs/operator-time.md): there; of the same content; by an act that the log shows; filled facts cost a
glance; a finding needs an act or a value set in advance at full price; a signature is one act; nothing hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tests.benchmark.operator_time.log import AnyEvent, Device, Pretick

_ACTS: Mapping[str, frozenset[str]] = {
    "typed": frozenset({"key", "write"}),
    "chosen": frozenset({"key", "click"}),
    "scanned": frozenset({"scan"}),
    "signed": frozenset({"signature", "scan", "key"}),
    "found": frozenset({"key", "write", "click", "scan", "pretick"}),
    "device": frozenset(),
    "auto": frozenset(),
}
"""How a fact came → events of which one must be in the log; none for what a device or the record itself gave."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of the final record. `how`: typed, chosen, scanned, signed, device or auto."""

    value: str
    how: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """`problems`: why the run does not count. `unglanced`: filled facts that nobody was charged a glance for."""

    problems: tuple[str, ...]
    unglanced: int
    covered: int


def cover(
    facts: Sequence[Mapping[str, Any]], record: Mapping[str, Known], events: Iterable[AnyEvent]
) -> Coverage:
    """Compare the record with the list of facts and the log."""
    acts: set[tuple[str, str]] = set()
    for event in events:
        kind = str(type(event).__struct_config__.tag)
        named = event.facts if isinstance(event, Device | Pretick) else (getattr(event, "fact", ""),)
        acts.update((fact, kind) for fact in named if fact)
    problems: list[str] = []
    unglanced = 0
    wanted = [fact for fact in facts if fact["mandatory"]]
    for fact in wanted:
        known = record.get(fact["id"])
        problem = _problem(fact, known, acts)
        if problem:
            problems.append(f"{problem}: {fact['id']} {fact['zh']} / {fact['en']} (form {fact['form']})")
        filled = known is not None and _origin(fact, known) in ("device", "auto")
        unglanced += filled and not acts & {(fact["id"], "device"), (fact["id"], "pretick")}
    return Coverage(problems=tuple(problems), unglanced=unglanced, covered=len(wanted) - len(problems))


def _origin(fact: Mapping[str, Any], known: Known) -> str:
    if fact["kind"] == "signature":
        return "signed"
    return "found" if fact.get("finding") else known.how


def _problem(fact: Mapping[str, Any], known: Known | None, acts: set[tuple[str, str]]) -> str:
    if known is None or known.value == "":
        return "missing"
    proofs = _ACTS.get(_origin(fact, known))
    if proofs is None:
        return "unknown origin"
    if known.value != fact.get("value", known.value):
        return "other content"
    if proofs and not any((fact["id"], kind) in acts for kind in proofs):
        return "no act in the log"
    return ""
