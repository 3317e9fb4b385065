"""Every code that the rules can say stands in the catalogue, in both languages."""

from __future__ import annotations

import ast
import re
from enum import StrEnum
from pathlib import Path

import pytest

from tests.workstation.custody.practice import PACK
from workstation import readings, roles
from workstation.catalogue import Catalogue, code_of
from workstation.custody import asked, circumstances, commands, presence, tasks, values
from workstation.custody.circumstances import THRESHOLDS
from workstation.custody.commands import ACTIONS
from workstation.custody.next_action import _elsewhere
from workstation.custody.presence import Status
from workstation.custody.recorded import KINDS
from workstation.custody.stay import Stay
from workstation.law.pack import LIMITS
from workstation.roles import Rank

ROOT = Path(__file__).parents[3]
WORDS = Catalogue.load(ROOT / "resources" / "i18n" / "catalogue")


def closed_lists() -> list[str]:
    found = []
    for module in (values, readings, roles, circumstances, presence, tasks, asked, commands):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
                found += [code_of(member) for member in kind if member.value]
    return sorted(set(found))


def rule_codes() -> set[str]:
    """Codes of `why=` and of refused values as they stand in the rooms' sources."""
    found = set()
    for path in (ROOT / "workstation" / "custody").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "why" and isinstance(node.value, ast.Constant):
                found.add(f"why.{node.value.value}")
            if (
                isinstance(node, ast.Yield)
                and isinstance(node.value, ast.Tuple)
                and isinstance(node.value.elts[0], ast.Constant)
                and path.name in ("validation.py", "references.py")
            ):
                found.add(f"values.{node.value.elts[0].value}")
                found.add(f"values.{node.value.elts[0].value}.advice")
    return found


def codes() -> list[str]:
    found = set(closed_lists()) | rule_codes()
    found |= {f"action.{action}" for action in ACTIONS}
    found |= {f"event.{kind.partition('/')[0]}" for kind in KINDS}
    for row in PACK.gate_rows:
        found |= {row.message, f"{row.message}.short"}
    found |= {f"task.{row.code}" for row in tasks.ROWS} | {"task.duties", "task.archive", "task.return"}
    found |= {f"threshold.{name}" for name in THRESHOLDS}
    found |= {f"clock.{name}" for name in LIMITS} | {"clock.CHECK"}
    found |= {f"rank.{rank.name.lower().replace('_', '-')}" for rank in Rank}
    found |= {f"needed.{rank.name.lower().replace('_', '-')}" for rank in Rank}
    for name in ("protected", "exempt-admin-detention", "exempt-compulsory-treatment"):
        found |= {f"fact.{code}" for code in PACK.words(name)}
    found |= {f"why.{code}" for code in PACK.words("protected")}
    for name in ("signers-search", "signers-property", "signers-interview"):
        found |= {f"why.{code}" for code in PACK.words(name)}
    for measure in values.Measure:
        shape = PACK.clock_of(measure, PACK_NOW)
        assert shape is not None
        found.add(f"clock.{shape.family}")
        for tier in shape.tiers:
            found |= {f"ground.{ground}" for grounds in tier.grounds for ground in grounds}
    return sorted(found)


PACK_NOW = presence.datetime.fromisoformat("2026-03-02T00:00:00+00:00")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_has_its_sentence(language: str) -> None:
    missing = [code for code in codes() if code not in WORDS or not WORDS.text(code, language)]
    assert missing == []


def test_clock_explanations_have_their_sentences() -> None:
    said = set()
    for path in (ROOT / "workstation" / "law").glob("*.py"):
        said |= set(re.findall(r'"(clock\.why\.[a-z-]+|pack\.[a-z]+)"', path.read_text("utf-8")))
    said -= {"pack.toml"}
    assert said
    assert [code for code in sorted(said) if code not in WORDS] == []


def test_every_state_of_a_stay_names_an_action() -> None:
    for status in Status:
        stay = Stay(presence=presence.Presence(status=status))
        found = _elsewhere(stay)
        assert found is None or (found[0] in ACTIONS and found[1] in WORDS)
