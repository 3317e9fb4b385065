"""Every code that the program raises has its sentence, and the sentence gets the values that it names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from workstation import errors
from workstation.catalogue import LANGUAGES, Catalogue

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue.load(ROOT / "resources/i18n/catalogue")
PLACE = re.compile(r"\{([a-z_]+)\}")


class Raised(NamedTuple):
    """An error made in the sources: where, with which code and values; `open` when values come by `**`."""

    where: str
    code: str
    values: frozenset[str]
    open: bool


def raised() -> Iterator[Raised]:
    """Every call of an AppError class with a code in plain sight."""
    trees = {
        path: ast.parse(path.read_text("utf-8"))
        for package in ("workstation", "devices", "ui")
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    classes = {name for name, value in vars(errors).items() if isinstance(value, type)}
    while (
        new := {
            node.name
            for tree in trees.values()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and classes & {ast.unparse(base) for base in node.bases}
        }
        - classes
    ):
        classes |= new
    for path, tree in trees.items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str(code)), *_]) if (
                    kind in classes
                ):
                    names = frozenset(word.arg for word in node.keywords if word.arg)
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield Raised(where, code, names, len(names) < len(node.keywords))
                case _:
                    pass


def test_every_code_has_a_sentence_in_every_language() -> None:
    found = list(raised())
    assert found
    assert [f"{error.where} {error.code}" for error in found if error.code not in CATALOGUE] == []


def test_a_sentence_names_only_values_that_it_gets() -> None:
    faults = [
        f"{error.where} {error.code} {language}: {sorted(missing)}"
        for error in raised()
        if error.code in CATALOGUE and not error.open
        for language in LANGUAGES
        for text in (CATALOGUE.text(error.code, language), CATALOGUE.advice(error.code, language))
        if (missing := set(PLACE.findall(text)) - error.values)
    ]
    assert faults == []


def test_both_languages_name_the_same_values() -> None:
    faults = [
        code
        for code in CATALOGUE.codes()
        if len({frozenset(PLACE.findall(CATALOGUE.text(code, language))) for language in LANGUAGES}) > 1
    ]
    assert faults == []
