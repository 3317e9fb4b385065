"""What the style sheet cannot do: focus ring, hatch, stripes, dashed boxes, and text that is never cut silently."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import Theme, Type


class Tiles:
    """Small repeating pictures (hatch, stripes), made once per colour pair and pixel ratio."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, int, float], QPixmap] = {}

    def clear(self) -> None:
        """Forget all tiles, after a change of theme."""
        self._made.clear()

    def diagonal(self, under: str, over: str, period: int, ratio: float) -> QPixmap:
        """A tile of 45° stripes: `over` two thirds (of a hatch) or one half wide on `under`.

        `period`: pixels of the tile, 9 for the hatch of the unknown; `ratio`: device pixels per pixel.
        """
        key = (under, over, period, ratio)
        tile = self._made.get(key)
        if tile is None:
            side = max(1, round(period * ratio))
            tile = QPixmap(side, side)
            tile.fill(QColor(under))
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = side * (2 / 3 if period <= 9 else 0.5) / 2**0.5
            painter.setPen(QPen(QColor(over), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            for shift in (-side, 0, side):
                painter.drawLine(QPointF(shift - side, side * 2), QPointF(shift + side * 2, -side))
            painter.end()
            tile.setDevicePixelRatio(ratio)
            self._made[key] = tile
        return tile


def device_ratio(painter: QPainter) -> float:
    """Device pixels per pixel of what is being painted on."""
    return float(painter.device().devicePixelRatioF())


def hatch(
    painter: QPainter, rect: QRect | QRectF, theme: Theme, tiles: Tiles, *, outline: bool = True
) -> None:
    """The ground of the unknown: pale 45° hatch, dashed 1 px outline."""
    t = theme.tokens
    box = QRectF(rect)
    painter.fillRect(box, QBrush(tiles.diagonal(t.surface, t.unktint, 9, device_ratio(painter))))
    if outline:
        frame(painter, box, t.unk, width=1, radius=theme.px(3), dashed=True)


def strong_hatch(painter: QPainter, rect: QRect | QRectF, theme: Theme, tiles: Tiles) -> None:
    """The edge of something unknown: the same hatch with lines strong enough for an 8 px bar."""
    t = theme.tokens
    painter.fillRect(QRectF(rect), QBrush(tiles.diagonal(t.surface, t.unk, 9, device_ratio(painter))))


def stripes(painter: QPainter, rect: QRect | QRectF, theme: Theme, tiles: Tiles) -> None:
    """The ground of everything simulated: 14/14 magenta stripes."""
    t = theme.tokens
    painter.fillRect(QRectF(rect), QBrush(tiles.diagonal(t.sim2, t.sim, 28, device_ratio(painter))))


def frame(
    painter: QPainter,
    rect: QRectF | QRect,
    colour: str,
    *,
    width: float = 1,
    radius: float = 3,
    dashed: bool = False,
    ground: str | None = None,
) -> None:
    """A rounded box drawn inside `rect`, with an optional ground."""
    box = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), width)
    if dashed:
        pen.setDashPattern([4 / max(width, 1), 3 / max(width, 1)])
    painter.setPen(pen if width else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def selection(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The ground of a selected row with its bar at the left."""
    painter.fillRect(box, QColor(theme.tokens.select))
    painter.fillRect(QRectF(box.left(), box.top(), theme.px(5), box.height()), QColor(theme.tokens.fill))


def focus_ring(painter: QPainter, rect: QRectF | QRect, theme: Theme) -> None:
    """The keyboard focus: 3 px with a 2 px gap, outside `rect`."""
    out = QRectF(rect).adjusted(-5, -5, 5, 5)
    frame(painter, out, theme.tokens.focus, width=3, radius=theme.px(4) + 4)


def text(
    painter: QPainter,
    rect: QRectF | QRect,
    words: str,
    font: QFont,
    colour: str,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: bool = False,
) -> int:
    """One line of literal text, vertically in the middle; returns its width in pixels.

    Only free text may be elided; everything else is given the room it needs.
    """
    metrics = QFontMetrics(font)
    box = QRectF(rect)
    line = literal(words)
    if elide:
        line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = int((align | Qt.AlignmentFlag.AlignVCenter).value) | int(Qt.TextFlag.TextSingleLine.value)
    painter.drawText(box, flags | int(Qt.TextFlag.TextDontClip.value), line)
    return metrics.horizontalAdvance(line)


def literal(words: str, limit: int = 2000) -> str:
    """`words` as one harmless line: controls shown as pictures, direction overrides removed, length bounded."""
    if len(words) <= limit and words.isprintable():
        return words
    cut = words if len(words) <= limit else words[:limit] + "…"
    out: list[str] = []
    for char in cut:
        code = ord(char)
        if code < 0x20:
            out.append(" " if char in "\n\t\r" else chr(0x2400 + code))
        elif 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0x200E, 0x200F, 0x7F):
            continue
        else:
            out.append(char)
    return "".join(out)


def width_of(theme: Theme, role: Type, words: str) -> int:
    """Pixels that `words` need in a type role."""
    return theme.advance(role, literal(words))


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """The path of a rounded box, for clipping."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
