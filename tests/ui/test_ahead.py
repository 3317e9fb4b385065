"""Importing ahead: piece after piece, keys in between, and an end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.ahead import PIECES, Ahead

NAMES = ("ahead_piece_one", "ahead_piece_two")


@pytest.fixture
def pieces(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """Two modules that nobody has imported."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("")
    sys.path.insert(0, str(tmp_path))
    yield NAMES
    sys.path.remove(str(tmp_path))
    for name in NAMES:
        sys.modules.pop(name, None)


def test_every_piece_is_there() -> None:
    assert [name for name in PIECES if find_spec(name) is None] == []


def test_all_are_imported_and_what_is_typed_meanwhile_stays(qtbot: QtBot, pieces: tuple[str, ...]) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    ahead = Ahead(pieces=pieces)
    ahead.start()
    QTest.keyClicks(field, "1001")
    qtbot.waitUntil(lambda: all(name in sys.modules for name in pieces))
    assert field.text() == "1001"
    ahead.stop()


def test_nothing_is_imported_after_the_stop(qtbot: QtBot, pieces: tuple[str, ...]) -> None:
    ahead = Ahead(pieces=pieces)
    ahead.start()
    ahead.stop()
    other = Ahead(pieces=pieces[:1])
    other.start()
    qtbot.waitUntil(lambda: pieces[0] in sys.modules)
    assert pieces[1] not in sys.modules
    other.stop()
