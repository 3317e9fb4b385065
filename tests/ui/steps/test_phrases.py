"""Texts by initials: spelt while they are typed, never against what was meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.screen_kit import catalogue
from ui.context import Words
from ui.steps.forms import phrases as p
from ui.steps.forms.phrases import spelt
from ui.steps.phrasing import PhraseEditor

LISTS = [value for name, value in vars(p).items() if name.isupper()]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hs", "黑色"),
        ("HS zb", "黑色直板"),
        ("hs zb,pyhh", "黑色直板,屏有划痕"),
        ("sb,yhs", "三把,有红绳"),
        ("hs xx", "hs xx"),
        ("黑色", "黑色"),
        ("", ""),
        (" , ", " , "),
    ],
)
def test_initials_are_spelt(typed: str, meant: str) -> None:
    assert spelt(p.FEATURES, typed) == meant


def test_a_list_has_plain_initials_and_no_phrase_twice() -> None:
    assert LISTS
    for phrases in LISTS:
        assert all(key.isascii() and key.isalpha() and key.islower() for key in phrases)
        assert len(set(phrases.values())) == len(phrases)


class Told:
    words = Words(catalogue(), "zh")


@pytest.fixture
def editor(qtbot: QtBot) -> PhraseEditor:
    made = PhraseEditor(Told(), "feature", p.FEATURES)  # type: ignore[arg-type]  # words are all it asks for
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.line.setFocus()
    return made


def test_the_meaning_is_the_value_and_takes_the_place_of_the_initials(
    editor: PhraseEditor, qtbot: QtBot
) -> None:
    values: list[object] = []
    editor.edited.connect(values.append)
    qtbot.keyClicks(editor.line, "zs pz")
    assert values[-1] == "棕色皮质"
    assert "棕色皮质" in editor.said.text()
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.line.text() == "棕色皮质"
    editor.put("棕色皮质")
    assert editor.line.text() == "棕色皮质"
    editor.put(None)
    assert editor.line.text() == ""


def test_insert_lets_the_input_method_in_and_out(editor: PhraseEditor, qtbot: QtBot) -> None:
    method = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not editor.line.testAttribute(method)
    qtbot.keyClick(editor.line, Qt.Key.Key_Insert)
    assert editor.line.testAttribute(method)
    qtbot.keyClick(editor.line, Qt.Key.Key_Insert)
    assert not editor.line.testAttribute(method)
