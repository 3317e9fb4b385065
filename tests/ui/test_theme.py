"""The tokens keep the contrast that they promise, and the theme makes sizes, fonts and a style sheet of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from tests.ui.conftest import FAMILIES, MakeLook
from ui.fonts import load_fonts
from ui.theme import TYPES, Level, Theme, Type, contrast
from ui.tokens import DARK, LIGHT, Tokens
from workstation.errors import SettingsError

# foreground, grounds, least ratio: text 4.5, graphics 3 (WCAG 2.2, 1.4.3 and 1.4.11)
PAIRS = [
    ("ink", ("surface", "canvas", "surface2", "sunken", "select", "redtint", "yellowtint", "bluetint"), 4.5),
    ("ink", ("oktint", "unktint"), 4.5),
    ("ink2", ("surface", "canvas", "surface2", "sunken", "select"), 4.5),
    ("edge", ("surface", "canvas", "surface2"), 3),
    ("fill", ("surface", "canvas"), 3),
    ("onfill", ("fill",), 4.5),
    ("focus", ("surface", "canvas", "select"), 3),
    ("red", ("surface", "canvas"), 3),
    ("onred", ("red",), 4.5),
    ("redtext", ("surface", "redtint"), 4.5),
    ("onyellow", ("yellow",), 4.5),
    ("yellowedge", ("surface", "canvas"), 3),
    ("yellowtext", ("surface", "yellowtint"), 4.5),
    ("blue", ("surface", "canvas"), 3),
    ("onblue", ("blue",), 4.5),
    ("bluetext", ("surface", "bluetint"), 4.5),
    ("ok", ("surface", "canvas"), 3),
    ("oktext", ("surface", "oktint"), 4.5),
    ("unk", ("surface",), 3),
    ("rec", ("surface", "canvas"), 3),
    ("sim", ("surface",), 3),
    ("onsim", ("sim",), 4.5),
    ("frametext", ("frame",), 4.5),
    ("frametext2", ("frame",), 4.5),
    ("framered", ("frame",), 3),
    ("frameyellow", ("frame",), 3),
    ("frameblue", ("frame",), 3),
    ("frameok", ("frame",), 3),
    ("cameratext", ("camera",), 4.5),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "grounds", "least"), PAIRS, ids=lambda part: str(part))
def test_every_pair_has_its_contrast(
    tokens: Tokens, front: str, grounds: tuple[str, ...], least: float
) -> None:
    for ground in grounds:
        ratio = contrast(getattr(tokens, front), getattr(tokens, ground))
        assert ratio >= least, f"{front} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize(
    ("front", "ground", "light", "dark"),
    [("ink", "surface", 16.6, 13.8), ("ink2", "canvas", 6.5, 10.2), ("red", "surface", 6.1, 3.5)],
)
def test_the_formula_gives_the_published_ratios(front: str, ground: str, light: float, dark: float) -> None:
    assert contrast(getattr(LIGHT, front), getattr(LIGHT, ground)) == pytest.approx(light, abs=0.06)
    assert contrast(getattr(DARK, front), getattr(DARK, ground)) == pytest.approx(dark, abs=0.06)


def test_every_token_is_a_colour() -> None:
    for tokens in (LIGHT, DARK):
        for value in tokens:
            assert len(value) == 7
            assert int(value[1:], 16) >= 0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_sizes_grow_with_the_scale_and_never_below_the_font(qapp: QApplication, scale: float) -> None:
    theme = Theme(scale=scale, families=FAMILIES)
    for role, (size, line, bold) in TYPES.items():
        font = theme.font(role)
        assert font.pixelSize() == round(size * scale)
        assert font.bold() is bold
        assert theme.line(role) >= round(line * scale)
        assert theme.line(role) >= theme.metrics(role).height()
    assert theme.box(10) >= theme.metrics(Type.BODY).height()
    assert theme.logical(theme.px(100)) == pytest.approx(100, abs=0.5)


def test_nothing_is_smaller_than_twelve_points() -> None:
    assert min(size for size, _, _ in TYPES.values()) == 16


@pytest.mark.parametrize("scale", [0.5, 2.5])
def test_a_scale_out_of_range_is_refused(scale: float) -> None:
    with pytest.raises(SettingsError) as caught:
        Theme(scale=scale)
    assert caught.value.code == "ui.scale-out-of-range"


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_whole_and_qt_takes_it(make_look: MakeLook, dark: bool) -> None:
    look = make_look(dark=dark, scale=1.25)
    sheet = look.theme.stylesheet()
    assert "@" not in sheet
    assert "~" not in sheet
    assert look.theme.tokens.surface in sheet
    window = QWidget()
    column = QVBoxLayout(window)
    label = QLabel("字")
    label.setProperty("role", "strong")
    column.addWidget(label)
    column.addWidget(QPushButton("键"))
    window.ensurePolished()
    label.ensurePolished()
    assert label.font().pixelSize() == look.theme.px(18)  # a sheet that Qt cannot read would change nothing
    assert label.font().bold()


def test_switching_the_theme_repaints_in_the_new_colours(make_look: MakeLook, qapp: QApplication) -> None:
    look = make_look()
    assert look.theme.palette().window().color().name().upper() == LIGHT.canvas
    told: list[bool] = []
    look.changed.connect(lambda: told.append(look.theme.dark))
    look.switch(Theme(dark=True, families=FAMILIES), qapp)
    assert told == [True]
    assert qapp.palette().window().color().name().upper() == DARK.canvas


def test_levels_on_the_frame_keep_the_dark_fills() -> None:
    theme = Theme()
    assert theme.level(Level.RED).fill == LIGHT.red
    assert theme.level(Level.RED, frame=True).fill == DARK.red


def test_the_shipped_fonts_load_and_a_broken_one_is_named(
    qapp: QApplication, tmp_path: Path, expected_logs: object
) -> None:
    families = load_fonts(Path(__file__).resolve().parents[2] / "resources/fonts")
    assert families[0] == "Noto Sans SC"
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(SettingsError) as caught:
        load_fonts(tmp_path)
    assert caught.value.values == {"file": "broken.ttf"}
