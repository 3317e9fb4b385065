"""Write the procedure as it is in force into `docs/workflow.md`: `python -m workstation.law.document`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from workstation.catalogue import Catalogue
from workstation.custody.acceptance import ACCEPTED, STAY_ACTIONS
from workstation.custody.circumstances import GateRow, Kind
from workstation.custody.gates import GATES, Gate
from workstation.custody.presence import Status
from workstation.custody.tasks import ROWS, STEP_OF
from workstation.law.pack import Pack

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "docs" / "workflow.md"

_HEAD = """\
# The workflow

This page is written by `python -m workstation.law.document` from the gate table (`workstation/custody/gates.py`) and
the rule pack; a test fails when it is out of date. It is not edited by hand.

A **request** asks whether something may be done: it stops at unmet hard rows and opens a duty for unmet soft ones.
A **report** says what has happened: it is recorded, and unmet hard rows become marks of breach with a red warning.
A row that is *unknown* is not met; *by hand* says whether a value that two people entered satisfies it.
**Liberty first**: on departures that are not into other custody, unmet GR rows of a person whose ground has ended
become red duties and never hold the person.
"""


def write(pack: Pack, words: Catalogue) -> str:
    """The page as Markdown, for one pack and the English texts."""
    parts = [_HEAD, f"\nRule pack: {pack.title[1]} ({pack.name} {pack.version}).\n"]
    parts.append("\n## Tasks of the three steps\n\n")
    parts.append(_table(("step", "activity", "task", "who", "on the way"), _tasks(words)))
    parts.append("\n## Gates\n\n")
    titles = ("id", "actions", "condition", "unmet", "kind", "override", "by hand", "basis", "mark", "cure")
    rows = (_gate(gate, pack.gate(gate.id), words) for gate in GATES)
    parts.append(_table(titles, rows))
    parts.append("\n## What each state accepts\n\n")
    parts.append("Reports are recorded in every state but archived, and marked where the table says no.\n\n")
    header = ("action", *(words.text(f"status.{status.value}", "en") for status in Status))
    parts.append(_table(header, _states(words)))
    return "".join(parts)


def _tasks(words: Catalogue) -> Iterable[tuple[str, ...]]:
    for row in ROWS:
        yield (
            words.text(f"step.{STEP_OF[row.activity].value}", "en"),
            words.text(f"activity.{row.activity.value}", "en"),
            words.text(f"task.{row.code}", "en"),
            words.text(f"role.{row.owner.value}", "en"),
            "no" if row.optional else "yes",
        )


def _gate(gate: Gate, row: GateRow | None, words: Catalogue) -> tuple[str, ...]:
    condition = (gate.predicate.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
    condition = " ".join(condition.partition(": ")[2].split())
    if len(gate.actions) > 12:
        actions = "every command about a stay" if gate.id == "GA1" else "every request"
    else:
        actions = ", ".join(sorted(gate.actions))
    if row is None:
        return (gate.id, actions, condition, "not in force", "", "", "", "", "", "")
    return (
        gate.id,
        actions,
        condition,
        words.text(row.message, "en"),
        "hard" if row.kind is Kind.HARD else f"soft, due in {row.due_min} min",
        row.override.value or "nobody",
        "yes" if row.by_hand else "no",
        row.basis,
        row.mark,
        row.cure,
    )


def _states(words: Catalogue) -> Iterable[tuple[str, ...]]:
    for action in sorted(STAY_ACTIONS - {"begin-stay"}):
        yield (action, *("yes" if action in ACCEPTED[status] else "no" for status in Status))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_line(header), _line(("---",) * len(header))]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page() -> str:
    """The page for the shipped pack."""
    pack = Pack.load(ROOT / "resources" / "law" / "cn")
    return write(pack, Catalogue.load(ROOT / "resources" / "i18n" / "catalogue"))


if __name__ == "__main__":
    OUTPUT.write_text(page(), "utf-8")
    sys.exit(0)
