"""The look: type, sizes, and the palette and style sheet made from them and the colours of `tokens`.

Painters and the style sheet read the same `Theme`. Colour is state: the frame is ink and grey; red, yellow and
blue stand for a warning level only, green for something proved, teal for recording, magenta for simulated,
violet for the keyboard. Contrast of every pair is computed in the tests by the WCAG 2 formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette

from ui.tokens import DARK, LIGHT, Tokens
from workstation.errors import SettingsError


class Level(StrEnum):
    """The level of a warning, and the two states that are not levels."""

    NONE = "none"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"


class Type(StrEnum):
    """Type roles: size, line and weight of every text on screen."""

    BODY = "body"
    BODY_BOLD = "body-bold"
    STRONG = "strong"
    TITLE = "title"
    NAME = "name"
    DOOR = "door"
    HERO = "hero"
    TARGET = "target"
    WALL = "wall"
    WALL_TITLE = "wall-title"
    WALL_NAME = "wall-name"
    WALL_VALUE = "wall-value"


# pixels at 96 dpi and 100 %, line pixels, bold
TYPES: dict[Type, tuple[int, int, bool]] = {
    Type.BODY: (16, 24, False),
    Type.BODY_BOLD: (16, 24, True),
    Type.STRONG: (18, 26, True),
    Type.TITLE: (20, 28, True),
    Type.NAME: (24, 32, True),
    Type.DOOR: (28, 36, True),
    Type.HERO: (32, 40, True),
    Type.TARGET: (64, 72, True),
    Type.WALL: (22, 30, True),
    Type.WALL_TITLE: (26, 36, True),
    Type.WALL_NAME: (36, 40, True),
    Type.WALL_VALUE: (44, 48, True),
}


@dataclass(frozen=True)
class LevelColours:
    """The colours of one level: filled (chip), tinted (block), and words on a plain ground."""

    fill: str
    on: str
    edge: str
    text: str
    tint: str
    mark: str


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


_REMEMBERED = 4000


@dataclass(frozen=True)
class Theme:
    """One look: the colours, the scale (1.0 to 2.0) of text and sizes, and whether things may blink.

    All sizes given to `px` are logical pixels at 100 %.
    """

    dark: bool = False
    scale: float = 1.0
    reduced_motion: bool = False
    families: tuple[str, ...] = ()
    tokens: Tokens = field(init=False)
    _fonts: dict[Type, QFont] = field(init=False, repr=False, compare=False, default_factory=dict)
    _widths: dict[tuple[Type, str], int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _metrics: dict[Type, QFontMetrics] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not 1.0 <= self.scale <= 2.0:
            raise SettingsError("ui.scale-out-of-range", percent=round(self.scale * 100))
        object.__setattr__(self, "tokens", DARK if self.dark else LIGHT)

    def px(self, size: float) -> int:
        """`size` at the present scale, in whole pixels."""
        return round(size * self.scale)

    def logical(self, pixels: float) -> float:
        """How many pixels at 100 % these pixels amount to: what decides the fit of a layout."""
        return pixels / self.scale

    def font(self, role: Type) -> QFont:
        """The font of a type role; the caller may change what it gets."""
        return QFont(self._font(role))

    def _font(self, role: Type) -> QFont:
        known = self._fonts.get(role)
        if known is not None:
            return known
        size, _, bold = TYPES[role]
        font = QFont()
        if self.families:
            font.setFamilies(list(self.families))
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        self._fonts[role] = font
        return font

    def metrics(self, role: Type) -> QFontMetrics:
        """The metrics of a type role."""
        known = self._metrics.get(role)
        if known is None:
            known = self._metrics[role] = QFontMetrics(self._font(role))
        return known

    def advance(self, role: Type, words: str) -> int:
        """Pixels that `words` take in a type role; the last few thousand answers are remembered."""
        known = self._widths.get((role, words))
        if known is None:
            if len(self._widths) >= _REMEMBERED:
                self._widths.clear()
            known = self._widths[role, words] = self.metrics(role).horizontalAdvance(words)
        return known

    def line(self, role: Type) -> int:
        """Height of one line of a role: the token's, or what the font needs if that is more."""
        metrics = self.metrics(role)
        return max(self.px(TYPES[role][1]), metrics.height())

    def box(self, height: float, role: Type = Type.BODY) -> int:
        """A minimum box height of the tokens, grown where the font of `role` needs more."""
        return max(self.px(height), self.metrics(role).height() + self.px(4))

    def colour(self, name: str) -> QColor:
        """The colour of the token `name`."""
        return QColor(str(getattr(self.tokens, name)))

    def level(self, level: Level, *, frame: bool = False) -> LevelColours:
        """The colours of a level; `frame` for things that stand on the dark frame."""
        t = DARK if frame else self.tokens
        match level:
            case Level.RED:
                return LevelColours(t.red, t.onred, t.red, t.redtext, t.redtint, t.redtext)
            case Level.YELLOW:
                return LevelColours(
                    t.yellow, t.onyellow, t.yellowedge, t.yellowtext, t.yellowtint, t.yellowtext
                )
            case Level.BLUE:
                return LevelColours(t.blue, t.onblue, t.blue, t.bluetext, t.bluetint, t.bluetext)
            case Level.UNKNOWN:
                return LevelColours(t.unktint, t.ink, t.unk, t.ink, t.unktint, t.ink)
            case Level.NONE:
                return LevelColours(t.surface2, t.ink, t.line, t.ink, t.surface2, t.ink2)

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach."""
        t, palette, role = self.tokens, QPalette(), QPalette.ColorRole
        for which, colour in {
            role.Window: t.canvas, role.WindowText: t.ink, role.Base: t.surface, role.Text: t.ink,
            role.AlternateBase: t.surface2, role.Button: t.surface, role.ButtonText: t.ink,
            role.Highlight: t.select, role.HighlightedText: t.ink, role.ToolTipBase: t.surface,
            role.ToolTipText: t.ink, role.PlaceholderText: t.ink2, role.Link: t.ink, role.LinkVisited: t.ink,
            role.Light: t.surface, role.Midlight: t.surface2, role.Mid: t.line, role.Dark: t.edge,
            role.Shadow: t.line, role.BrightText: t.ink,
        }.items():  # fmt: skip
            palette.setColor(which, QColor(colour))
        return palette

    def stylesheet(self, pictures: str = "") -> str:
        """The style sheet of the program; properties `role`, `level`, `kind` and `state` choose the variants.

        `pictures`: the folder of the marks `check`, `dot` and `down` as PNG in the colours of this theme.
        """
        colours = re.sub(r"@(\w+)", lambda found: str(getattr(self.tokens, found[1])), _SHEET)
        sizes = re.sub(r"~(\d+)px", lambda found: f"{self.px(int(found[1]))}px", colours)
        return sizes + (_MARKS.replace("PICTURES", pictures) if pictures else "")


# `@name` is a colour token, a number after `~` a size at 100 %.
_SHEET = """
* { outline: none; }
QWidget[role="canvas"], QMainWindow, QDialog { background: @canvas; }
QToolTip { background: @surface; color: @ink; border: 1px solid @edge; padding: ~6px; }
QLabel { background: transparent; }
QLabel[role="secondary"] { color: @ink2; }
QLabel[role="strong"] { font-size: ~18px; font-weight: 700; }
QLabel[role="title"] { font-size: ~20px; font-weight: 700; }
QLabel[role="name"] { font-size: ~24px; font-weight: 700; }
QLabel[role="hero"] { font-size: ~32px; font-weight: 700; }
QLabel[role="target"] { font-size: ~64px; font-weight: 700; }
QLabel[role="value"], QLabel[role="bold"] { font-weight: 700; }
QLabel[level="red"] { color: @redtext; font-weight: 700; }
QLabel[level="yellow"] { color: @yellowtext; font-weight: 700; }
QLabel[level="blue"] { color: @bluetext; font-weight: 700; }
QFrame[role="panel"] { background: @surface; border: 1px solid @line; border-radius: ~4px; }
QFrame[role="head"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[role="well"] { background: @surface2; border: none; border-radius: ~3px; }
QFrame[role="prompt"] { background: @select; border: 2px solid @ink; border-radius: ~4px; }
QFrame[role="modal"] { background: @surface; border: 2px solid @ink; border-radius: ~4px; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="vrule"] { background: @line; border: none; max-width: 1px; min-width: 1px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit {
  background: @surface; color: @ink; border: 1px solid @edge; border-radius: ~4px; padding: ~4px ~8px;
  selection-background-color: @fill; selection-color: @onfill; }
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit { min-height: ~26px; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: @ink2; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: none; }
QAbstractSpinBox > QLineEdit { border: none; padding: 0 ~8px; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: ~32px; }
QComboBox QAbstractItemView::item, QListWidget::item { min-height: ~32px; padding: 0 ~8px; }
QLineEdit[role="count"] { min-height: ~36px; font-size: ~20px; font-weight: 700; }
QLineEdit[level="red"], QPlainTextEdit[level="red"], QComboBox[level="red"] { border: 3px solid @red; }
QLineEdit[level="yellow"], QPlainTextEdit[level="yellow"] { border: 2px solid @yellowedge; }
QLineEdit[kind="self"], QPlainTextEdit[kind="self"] { border-style: dashed; }
QLineEdit:read-only { background: @surface2; border-color: @line; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @edge; }
QListView, QTableView, QTreeView { background: @surface; border: none; gridline-color: @line;
  selection-background-color: @select; selection-color: @ink; alternate-background-color: @surface2; }
QListView[role="cards"], QTableView[role="doors"] { background: transparent; }
QTableView::item, QTreeView::item { padding: ~4px ~8px; border: none; border-bottom: 1px solid @line; }
QTableView::item:selected, QTreeView::item:selected { background: @select; color: @ink; }
QHeaderView { background: @surface2; border: none; }
QHeaderView::section { background: @surface2; color: @ink2; font-weight: 700; padding: ~4px ~8px;
  border: none; border-bottom: 1px solid @edge; min-height: ~26px; }
QTableCornerButton::section { background: @surface2; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="content"] { background: transparent; }
QScrollBar:vertical { background: @sunken; width: ~12px; border: none; border-radius: ~4px; }
QScrollBar:horizontal { background: @sunken; height: ~12px; border: none; border-radius: ~4px; }
QScrollBar::handle { background: @edge; border-radius: ~4px; min-height: ~32px; min-width: ~32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @sunken; border: none; border-radius: ~3px; min-height: ~20px; color: @ink;
  text-align: center; }
QProgressBar::chunk { background: @edge; border-radius: ~3px; }
QCheckBox, QRadioButton { spacing: ~8px; min-height: ~32px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: ~20px; height: ~20px; background: @surface;
  border: 2px solid @edge; border-radius: ~3px; }
QRadioButton::indicator { border-radius: ~11px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: @fill; border-color: @fill; }
QMenu { background: @surface; border: 1px solid @edge; }
QMenu::item { padding: ~8px ~16px; }
QMenu::item:selected { background: @select; color: @ink; }
QTabBar::tab { background: @surface; border: 1px solid @edge; padding: ~6px ~14px; min-height: ~24px; }
QTabBar::tab:selected { background: @fill; color: @onfill; font-weight: 700; }
QPushButton { background: @surface; color: @ink; border: 1px solid @edge; border-radius: ~4px;
  padding: ~4px ~12px; min-height: ~30px; }
QPushButton[painted="true"] { border: none; padding: 0; min-height: 0; background: transparent; }
"""

# The marks of controls, drawn by the icons in the colours of the theme.
_MARKS = """
QCheckBox::indicator:checked { image: url("PICTURES/check.png"); }
QRadioButton::indicator:checked { image: url("PICTURES/dot.png"); }
QComboBox::down-arrow { image: url("PICTURES/down.png"); }
"""
