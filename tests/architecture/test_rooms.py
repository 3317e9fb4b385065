"""What every room keeps to, read from the sources."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("workstation", "devices", "ui")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
ROOMS = [path for path in SOURCES if path.name == "__init__.py"]
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|pragma: no cover)\b")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_a_room_says_what_is_in_it_and_exports_nothing(room: Path) -> None:
    tree = ast.parse(room.read_text("utf-8"))
    said = ast.get_docstring(tree)
    assert said
    assert len(said.split()) > 8
    assert tree.body[1:] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_with_modules_is_a_package(package: Path) -> None:
    folders = {path.parent for path in (ROOT / package).rglob("*.py")}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_room_is_named_after_nothing() -> None:
    assert [
        name(path) for path in SOURCES if path.stem in ("utils", "helpers", "manager", "common", "misc")
    ] == []


def test_nothing_is_left_for_later() -> None:
    lines = [
        f"{name(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert lines == []
