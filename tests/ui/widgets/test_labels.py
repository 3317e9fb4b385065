"""Words are shown literally, chips say level by shape, word and colour, badges say their kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.theme import Level
from ui.tokens import LIGHT
from ui.widgets.labels import KeyCap, LevelChip, PlainLabel, ShapeLabel, SourceBadge, tooltip
from ui.widgets.look import Look
from ui.widgets.paint import literal
from ui.widgets.shapes import Shape

HOSTILE = [
    "<b>粗</b><img src='file:///etc/passwd'>",
    "'; DROP TABLE stay; --",
    "QLabel { color: red; }",
    "正常\u202e反向",
    "零\x00字节",
    "两\n行",
    "A&B &C",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_they_are(
    look: Look, words: str, name_of: Callable[[QWidget], str]
) -> None:
    label = PlainLabel(words)
    label.resize(label.sizeHint())
    plain = QLabel()
    assert label.text() == literal(words)
    assert "\x00" not in label.text()
    assert "\u202e" not in label.text()
    assert name_of(label) == literal(words)
    # not taken for markup: as wide as its letters
    assert label.sizeHint().width() >= QFontMetrics(label.font()).horizontalAdvance(literal(words))
    assert plain.text() == ""


def test_a_megabyte_name_is_bounded(look: Look) -> None:
    assert len(PlainLabel("名" * 1_000_000).words()) <= 2001


def test_only_an_eliding_label_cuts_and_then_tells_all(look: Look) -> None:
    words = "办案区内很长的一句说明文字" * 4
    label = PlainLabel(words, elide=True)
    label.resize(120, 30)
    label.grab()
    assert label.text().endswith("…")
    assert words in label.toolTip()
    whole = PlainLabel(words)
    assert whole.text() == words
    assert whole.minimumSizeHint().width() >= QFontMetrics(whole.font()).horizontalAdvance(words)


def test_a_tooltip_is_no_markup() -> None:
    assert "<img" not in tooltip("<img src=x>")


@pytest.mark.parametrize(
    ("level", "fill"), [(Level.RED, LIGHT.red), (Level.YELLOW, LIGHT.yellow), (Level.BLUE, LIGHT.blue)]
)
def test_a_level_chip_is_filled_with_its_colour_and_says_its_word(
    look: Look,
    level: Level,
    fill: str,
    name_of: Callable[[QWidget], str],
    colours_of: Callable[[QWidget], dict[str, int]],
) -> None:
    chip = LevelChip(look, level, "剩 3 分")
    chip.resize(chip.sizeHint())
    found = colours_of(chip)
    assert max(found, key=lambda name: found[name]) == fill
    assert name_of(chip) in ("红 剩 3 分", "黄 剩 3 分", "蓝 剩 3 分")


def test_an_unacknowledged_chip_swaps_its_shape_only(
    look: Look, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    chip = LevelChip(look, Level.RED)
    chip.set(Level.RED, unacknowledged=True)
    chip.resize(chip.sizeHint())
    full = colours_of(chip)[LIGHT.onred]
    look.phase = True
    assert colours_of(chip)[LIGHT.onred] < full
    assert "新" not in chip.words()


def test_with_reduced_motion_nothing_swaps_and_the_word_says_new(make_look: MakeLook) -> None:
    look = make_look(reduced_motion=True)
    look.alarm(True)
    chip = LevelChip(look, Level.RED)
    chip.set(Level.RED, unacknowledged=True)
    assert "新" in chip.words()
    assert look.phase is False


def test_red_swaps_each_second_and_yellow_slower_for_ten(look: Look, qtbot: QtBot) -> None:
    beats: list[tuple[bool, bool, bool]] = []
    look.alarm(True, fresh=True)
    for _ in range(48):
        look.swapped.emit()  # what the widgets hear
        beats.append((look.hollow(Level.RED), look.hollow(Level.YELLOW), look.hollow(Level.BLUE)))
        look._swap()
    red, yellow, blue = ([beat[n] for beat in beats] for n in range(3))
    assert red == [False, True] * 24
    assert yellow[:20] == [False, False, True, True] * 5
    assert not any(yellow[20:])
    assert not any(blue)
    look.alarm(True, fresh=True)
    look._swap()
    look._swap()
    assert look.hollow(Level.YELLOW)


def test_the_beat_runs_only_while_something_waits(look: Look, qtbot: QtBot) -> None:
    look.alarm(True)
    qtbot.waitSignal(look.swapped, timeout=5000).wait()
    look.alarm(False)
    assert look.phase is False


@pytest.mark.parametrize("kind", ["device", "self", "late", "sim"])
def test_badges_fit_their_words_at_every_scale(
    make_look: MakeLook, kind: str, name_of: Callable[[QWidget], str]
) -> None:
    for scale in (1.0, 1.25, 1.5, 2.0):
        look = make_look(scale=scale)
        badge = SourceBadge(look, "card", "读卡 14:01", kind)
        words = look.theme.px(16) * 4
        assert badge.sizeHint().width() > words
        assert badge.sizeHint().height() >= look.theme.px(24)
        assert name_of(badge) == "读卡 14:01"


def test_a_source_of_no_kind_is_a_mistake(look: Look) -> None:
    with pytest.raises(ValueError, match="no such kind"):
        SourceBadge(look, "card", "x", "other")


def test_late_is_yellow(look: Look, colours_of: Callable[[QWidget], dict[str, int]]) -> None:
    badge = SourceBadge(look, "late", "补录 晚 22 分", "late")
    badge.resize(badge.sizeHint())
    found = colours_of(badge)
    assert max(found, key=lambda name: found[name]) == LIGHT.yellowtint


def test_key_caps_and_shapes_have_names(look: Look, name_of: Callable[[QWidget], str]) -> None:
    assert name_of(KeyCap(look, "F12")) == "F12"
    assert name_of(ShapeLabel(look, Shape.DONE, "已完成")) == "已完成"


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_draws_something(
    look: Look, shape: Shape, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    label = ShapeLabel(look, shape, "形", 24)
    label.setAutoFillBackground(True)
    label.resize(24, 24)
    found = colours_of(label)
    assert sum(found.values()) - found.get(LIGHT.canvas, 0) > 10
