"""The language changes while the program runs; the English labels are whole and fresh."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import RESOURCES
from ui.texts import Texts
from ui.theme import Level
from ui.widgets.labels import LevelChip
from ui.widgets.lamp import SaveLamp, SaveState
from ui.widgets.look import Look
from ui.widgets.top import TopStrip
from workstation.errors import SettingsError

ROOT = RESOURCES.parent
LABELS = RESOURCES / "i18n/onestop_en.ts"


@pytest.fixture
def texts(qapp: QApplication) -> Iterator[Texts]:
    texts = Texts(RESOURCES / "i18n", qapp)
    yield texts
    texts.switch("zh")


def test_every_label_changes_without_a_restart(
    look: Look, texts: Texts, qtbot: QtBot, name_of: Callable[[QWidget], str]
) -> None:
    lamp, chip, strip = SaveLamp(look), LevelChip(look, Level.RED, "3"), TopStrip(look)
    for widget in (lamp, chip, strip):
        qtbot.addWidget(widget)
    lamp.set(SaveState.SAVED, "14:03:06")
    strip.set_devices(1, 2, 3)
    assert name_of(lamp) == "已落盘 14:03:06"
    told: list[str] = []
    texts.changed.connect(told.append)
    texts.switch("en")
    qtbot.waitUntil(lambda: name_of(lamp) == "Saved 14:03:06", timeout=5000)
    qtbot.waitUntil(lambda: name_of(chip) == "RED 3", timeout=5000)
    qtbot.waitUntil(lambda: name_of(strip.device_counts).startswith("Devices: 1 well"), timeout=5000)
    texts.switch("zh")
    qtbot.waitUntil(lambda: name_of(lamp) == "已落盘 14:03:06", timeout=5000)
    assert told == ["en", "zh"]


def test_a_language_that_is_not_there_changes_nothing(texts: Texts) -> None:
    with pytest.raises(SettingsError) as caught:
        texts.switch("fr")
    assert caught.value.code == "ui.no-such-language"
    assert texts.language == "zh"


def test_a_missing_translation_changes_nothing(qapp: QApplication, tmp_path: Path) -> None:
    texts = Texts(tmp_path, qapp)
    with pytest.raises(SettingsError) as caught:
        texts.switch("en")
    assert caught.value.values == {"file": "onestop_en.qm"}
    assert texts.language == "zh"
    assert QCoreApplication.translate("SaveLamp", "已落盘") == "已落盘"


def messages(path: Path) -> dict[tuple[str, str], tuple[str, bool]]:
    """Context and source of each label → its translation, and whether a person has finished it."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            finished = translation.get("type") is None
            found[name, message.findtext("source", "")] = (translation.text or "", finished)
    return found


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found is not None, f"{name} is part of PySide6"
    return found


def test_every_label_of_the_program_has_its_english(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "ui").rglob("*.py"))
    languages = ["-source-language", "zh_CN", "-target-language", "en"]
    subprocess.run(
        [tool("pyside6-lupdate"), *sources, "-locations", "none", *languages, "-ts", str(fresh)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    kept = messages(LABELS)
    missing = set(messages(fresh)) ^ set(kept)
    assert not missing, f"run resources/i18n/refresh.sh: {sorted(missing)}"
    open_ = [label for label, (english, finished) in kept.items() if not (english and finished)]
    assert not open_, f"without English: {open_}"
    for (_, source), (english, _) in kept.items():
        assert source.count("{}") == english.count("{}"), source


def test_the_compiled_labels_are_those_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    command = [tool("pyside6-lrelease"), "-silent", str(LABELS), "-qm", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    assert fresh.read_bytes() == LABELS.with_suffix(".qm").read_bytes(), "run resources/i18n/refresh.sh"


def test_no_label_hides_in_an_f_string() -> None:
    """The gathering tool does not look into f-strings, so a label there would never be translated."""
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.JoinedStr):
                continue
            calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
            names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
            assert not names & {"tr", "translate"}, f"{path.name}:{node.lineno}"
