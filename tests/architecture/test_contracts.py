"""The contracts hold, and each of them sees a bad import: one is put into a copy of the tree at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("workstation", "devices", "ui")

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["name"]: contract["id"] for contract in SETTINGS["contracts"]}

# contract, module that gets the import, the import
BAD = [
    ("house", "workstation/custody/injected.py", "import devices"),
    ("house", "devices/codecs/injected.py", "import ui"),
    (
        "workstation",
        "workstation/custody/injected.py",
        "import workstation.law",
    ),
    (
        "workstation",
        "workstation/law/injected.py",
        "import workstation.ledger",
    ),
    ("workstation", "workstation/attic.py", "import json"),
    ("devices", "devices/codecs/injected.py", "import devices.locks"),
    ("devices", "devices/simulators/injected.py", "import devices.locks"),
    ("devices", "devices/attic.py", "import json"),
    ("screens", "ui/board/injected.py", "import ui.steps"),
    ("screens", "ui/widgets/injected.py", "import ui.board"),
    ("presenters", "ui/attic/presenter.py", "from PySide6.QtWidgets import QWidget"),
    ("presenters", "ui/attic/presenter.py", "import ui.widgets.painted"),
    (
        "presenters",
        "ui/attic/presenter.py",
        "def f():\n    from PySide6 import QtWidgets",
    ),
    ("cli", "ui/cli.py", "import ui.widgets.painted"),
    ("qt", "devices/codecs/injected.py", "from PySide6.QtCore import QObject"),
    (
        "simulators",
        "ui/widgets/injected.py",
        "from devices.simulators import injected",
    ),
    ("simulators", "ui/cli.py", "import devices.simulators.injected"),
    (
        "store",
        "workstation/services/injected.py",
        "def f():\n    from sqlalchemy import select",
    ),
    ("store", "ui/board/injected.py", "import sqlcipher3"),
    ("window", "ui/board/view.py", "import workstation.storage.drafts"),
    ("lines", "workstation/services/injected.py", "import serial"),
    ("lines", "ui/widgets/injected.py", "import cv2"),
    ("paper", "workstation/services/injected.py", "import reportlab.pdfgen"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages, with the rooms that the cases speak of."""
    place = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests/architecture", place / "tests/architecture")
    shutil.copy(ROOT / "pyproject.toml", place)
    for room in ("widgets", "board", "steps"):
        _package(place / "ui" / room)
    for room in ("custody", "law", "ledger", "services"):
        _package(place / "workstation" / room)
    for room in ("codecs", "simulators"):
        _package(place / "devices" / room)
    (place / "ui/widgets/painted.py").write_text("from PySide6.QtWidgets import QWidget\n")
    (place / "devices/simulators/injected.py").write_text("")
    return place


def _package(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()


def broken(place: Path) -> set[str]:
    """The contracts that import-linter reports as broken in the tree at `place`."""
    command = (
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    )
    run = subprocess.run(
        [sys.executable, "-c", command, "--no-logo"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts:" in run.stdout, run.stdout + run.stderr
    names = {line.removesuffix(" BROKEN") for line in run.stdout.splitlines() if line.endswith(" BROKEN")}
    assert run.returncode == bool(names)
    return {CONTRACTS[name] for name in names}


def test_the_tree_keeps_every_contract(copy: Path) -> None:
    assert broken(copy) == set()


@pytest.mark.parametrize(("contract", "module", "statement"), BAD)
def test_a_bad_import_breaks_its_contract_and_no_other(
    copy: Path, contract: str, module: str, statement: str
) -> None:
    file = copy / module
    before = file.read_text("utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text((before or "") + f"\n{statement}\n", "utf-8")
    try:
        assert broken(copy) == {contract}
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before, "utf-8")


def test_every_contract_has_a_case() -> None:
    assert set(CONTRACTS.values()) == {contract for contract, _, _ in BAD}
