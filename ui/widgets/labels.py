"""Words on screen: plain labels, key caps, level chips and source badges. All text is shown literally."""

from __future__ import annotations

import html

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, Shape, paint_shape


def tooltip(words: str) -> str:
    """A tooltip that shows `words` literally, whatever they look like."""
    return f"<span>{html.escape(paint.literal(words))}</span>" if words else ""


def restyle(widget: QWidget, **properties: str) -> None:
    """Set dynamic properties that the style sheet chooses by, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class PlainLabel(QLabel):
    """Text that is never taken for markup.

    `role` chooses the type (secondary, strong, title, name, hero, target, value). `elide`: free text only; what
    does not fit ends in "…" and stands in the tooltip. Without it the label asks for the room it needs.
    """

    def __init__(
        self,
        words: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "",
        elide: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._elide = elide
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        if role:
            self.setProperty("role", role)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(words)

    def words(self) -> str:
        """The whole text, elided or not."""
        return self._words

    def setText(self, words: str) -> None:
        lines = words.split("\n") if self._wrap else [words]
        self._words = "\n".join(paint.literal(line) for line in lines)
        self.setAccessibleName(self._words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self._words
        if self._elide:
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, max(0, self.width()))
            self.setToolTip(tooltip(self._words) if shown != self._words else "")
        if shown != self.text():
            super().setText(shown)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint


class KeyCap(Painted):
    """The name of a key in a small outline, 22 px high."""

    def __init__(self, look: Look, key: str, parent: QWidget | None = None, *, colour: str = "ink") -> None:
        super().__init__(look, parent)
        self._colour = colour
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key)
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self.look.theme, self._key), cap_height(self.look.theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = str(getattr(self.look.theme.tokens, self._colour))
        paint_cap(painter, QRectF(self.rect()), self._key, self.look.theme, colour)
        painter.end()


def cap_height(theme: Theme) -> int:
    """Height of a key cap: 22 px, or the ink of its letters with room around."""
    return max(theme.px(22), round(theme.px(16) * 1.25))


def cap_width(theme: Theme, key: str) -> int:
    """Width of a key cap."""
    return max(theme.px(22), paint.width_of(theme, Type.BODY, key) + theme.px(10))


def paint_cap(painter: QPainter, rect: QRectF, key: str, theme: Theme, colour: str) -> None:
    """Draw a key cap into `rect`."""
    paint.frame(painter, rect, colour, width=1, radius=theme.px(3))
    paint.text(painter, rect, key, theme.font(Type.BODY), colour, align=Qt.AlignmentFlag.AlignHCenter)


def chip_width(theme: Theme, words: str, *, icon: bool = True, bold: bool = True) -> int:
    """Width of a chip with a shape or icon before its words."""
    role = Type.BODY_BOLD if bold else Type.BODY
    return paint.width_of(theme, role, words) + theme.px(16 + (22 if icon else 0))


def paint_level_chip(
    painter: QPainter,
    rect: QRectF,
    level: Level,
    words: str,
    look: Look,
    *,
    frame: bool = False,
    hollow: bool = False,
    role: Type = Type.BODY_BOLD,
) -> None:
    """Draw a level as shape and word on its colour; unknown on pale hatch with a dashed outline."""
    theme = look.theme
    colours = theme.level(level, frame=frame)
    radius = theme.px(3)
    if level is Level.UNKNOWN:
        paint.hatch(painter, rect, theme, look.tiles)
    elif level is Level.NONE:
        paint.frame(painter, rect, colours.edge, radius=radius, ground=colours.fill)
    else:
        paint.frame(painter, rect, colours.edge, width=1, radius=radius, ground=colours.fill)
    side = theme.px(16)
    left = rect.left() + theme.px(8)
    shape = LEVEL_SHAPES.get(level)
    if shape is not None:
        box = QRectF(left, rect.center().y() - side / 2, side, side)
        paint_shape(painter, shape, box, theme, colours.on, hollow=hollow)
        left += side + theme.px(6)
    area = QRectF(left, rect.top(), rect.right() - left, rect.height())
    paint.text(painter, area, words, theme.font(role), colours.on)


class LevelChip(Painted):
    """A warning level: shape, word and colour together.

    `unacknowledged`: the shape of red swaps slowly between filled and outlined; with reduced motion it does not.
    """

    def __init__(self, look: Look, level: Level, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._level, self._words, self._waiting = level, words, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.swapped.connect(self.update)
        self.set(level, words)

    def set(self, level: Level, words: str = "", *, unacknowledged: bool = False) -> None:
        """Show another level; `words` follow the word of the level."""
        self._level, self._words, self._waiting = level, words, unacknowledged
        self.setAccessibleName(self.words())
        self.restyle()

    def words(self) -> str:
        """What stands on the chip."""
        parts = [self._word(), self._words]
        if self._waiting and self.look.theme.reduced_motion:
            parts.append(self.tr("新"))
        return " ".join(part for part in parts if part)

    def _word(self) -> str:
        match self._level:
            case Level.RED:
                return self.tr("红")
            case Level.YELLOW:
                return self.tr("黄")
            case Level.BLUE:
                return self.tr("蓝")
            case Level.UNKNOWN:
                return self.tr("未知")
            case Level.NONE:
                return ""

    def retranslate(self) -> None:
        self.setAccessibleName(self.words())
        super().retranslate()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        icon = self._level is not Level.NONE
        return QSize(chip_width(theme, self.words(), icon=icon), theme.box(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hollow = self._waiting and self.look.hollow(self._level)
        paint_level_chip(painter, QRectF(self.rect()), self._level, self.words(), self.look, hollow=hollow)
        painter.end()


class SourceBadge(Painted):
    """Where a value comes from and when: solid for a device or card, dashed for self-stated, yellow for late."""

    KINDS = frozenset({"device", "self", "late", "sim"})

    def __init__(
        self, look: Look, icon: str, words: str, kind: str = "device", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._icon, self._words, self._kind = icon, words, kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(icon, words, kind)

    def set(self, icon: str, words: str, kind: str = "device") -> None:
        """Show another source. `kind`: device, self (stated by the person), late (entered afterwards), sim."""
        if kind not in self.KINDS:
            raise ValueError(f"no such kind of source: {kind}")
        self._icon, self._words, self._kind = icon, paint.literal(words), kind
        self.setAccessibleName(self._words)
        self.restyle()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = paint.width_of(theme, Type.BODY, self._words) + theme.px(14 + (20 if self._icon else 0))
        return QSize(width, theme.box(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        colour, border, ground = t.ink2, t.edge, None
        if self._kind == "late":
            colour, border, ground = t.yellowtext, t.yellowedge, t.yellowtint
        elif self._kind == "sim":
            colour = border = t.sim
        box = QRectF(self.rect())
        dashed = self._kind in ("self", "sim")
        paint.frame(painter, box, border, radius=theme.px(3), dashed=dashed, ground=ground)
        left = float(theme.px(7))
        if self._icon:
            side = theme.px(16)
            self.look.icons.paint(
                painter, self._icon, QRectF(left, (box.height() - side) / 2, side, side), colour
            )
            left += theme.px(20)
        paint.text(painter, box.adjusted(left, 0, 0, 0), self._words, theme.font(Type.BODY), colour)
        painter.end()


class ShapeLabel(Painted):
    """One status shape as a widget; its meaning must stand beside it as a word, and is its accessible name."""

    def __init__(
        self, look: Look, shape: Shape, meaning: str, size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._shape, self._size = shape, size
        self._colour: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(meaning)

    def set(self, shape: Shape, meaning: str, colour: str | None = None) -> None:
        """Show another shape; `colour` is the name of a token."""
        self._shape, self._colour = shape, colour
        self.setAccessibleName(meaning)
        self.update()

    def sizeHint(self) -> QSize:
        side = self.look.theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = str(getattr(self.look.theme.tokens, self._colour)) if self._colour else None
        paint_shape(painter, self._shape, QRectF(self.rect()), self.look.theme, colour)
        painter.end()


class IconLabel(Painted):
    """One icon as a widget, beside its word."""

    def __init__(
        self, look: Look, icon: str, size: int = 22, parent: QWidget | None = None, *, colour: str = "ink"
    ) -> None:
        super().__init__(look, parent)
        self._icon, self._size, self._colour = icon, size, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, icon: str, colour: str = "ink") -> None:
        """Show another icon in the colour of a token."""
        self._icon, self._colour = icon, colour
        self.update()

    def sizeHint(self) -> QSize:
        side = self.look.theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = str(getattr(self.look.theme.tokens, self._colour))
        self.look.icons.paint(painter, self._icon, QRectF(self.rect()), colour)
        painter.end()
