"""What a widget really paints: every run of text with its place, its colour and what it is clipped to.

The widget is rendered into a paint device that draws nothing and remembers the text. So labels, style sheets,
delegates and our own painting are seen alike, and nobody has to be asked how they draw.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QRegion,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QWidget

Dirty = QPaintEngine.DirtyFlag
Metric = QPaintDevice.PaintDeviceMetric


@dataclass(frozen=True)
class Run:
    """One run of text in the coordinates of its widget. `ink`: without the room over and under the letters."""

    words: str
    ink: QRectF
    colour: QColor
    clip: QRectF | None
    bold: bool


class _Engine(QPaintEngine):
    """Remembers text; lines, shapes and pictures leave no trace."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[Run] = []
        self._map, self._colour = QTransform(), QColor()
        self._clip: QRectF | None = None

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def begin(self, device: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    def end(self) -> bool:
        self.setActive(False)
        return True

    def updateState(self, state: QPaintEngineState) -> None:  # noqa: N802
        dirty = state.state()
        if dirty & Dirty.DirtyTransform:
            self._map = state.transform()
        if dirty & Dirty.DirtyPen:
            self._colour = state.pen().color()
        clip = None
        if dirty & Dirty.DirtyClipRegion:
            clip = QRectF(state.clipRegion().boundingRect())
        elif dirty & Dirty.DirtyClipPath:
            clip = state.clipPath().boundingRect()
        if clip is not None:
            kept = state.clipOperation() is not Qt.ClipOperation.NoClip
            self._clip = self._map.mapRect(clip) if kept else None
        if dirty & Dirty.DirtyClipEnabled and not state.isClipEnabled():
            self._clip = None

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:  # noqa: N802
        top = item.ascent() * 0.75  # Han ink reaches a little less high than the ascent of the font
        box = QRectF(at.x(), at.y() - top, item.width(), top + item.descent() * 0.35)
        words = item.text()
        if words.strip() and self._colour.alpha():
            trail = len(words) - len(words.rstrip())
            box.setWidth(item.width() * (1 - trail / (2 * len(words))))
            self.runs.append(Run(words, self._map.mapRect(box), self._colour, self._clip, item.font().bold()))

    def drawPixmap(self, *_: object) -> None:  # noqa: N802
        """Leaves no trace."""

    drawTiledPixmap = drawImage = drawPath = drawPolygon = drawPixmap  # noqa: N815
    drawRects = drawLines = drawEllipse = drawPoints = drawPixmap  # noqa: N815


class _Sheet(QPaintDevice):
    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._size, self.engine = widget.size(), _Engine()

    def paintEngine(self) -> QPaintEngine:  # noqa: N802
        return self.engine

    def metric(self, metric: Metric) -> int:
        return {
            Metric.PdmWidth: self._size.width(),
            Metric.PdmHeight: self._size.height(),
            Metric.PdmWidthMM: max(1, self._size.width() * 254 // 960),
            Metric.PdmHeightMM: max(1, self._size.height() * 254 // 960),
            Metric.PdmNumColors: 1 << 24,
            Metric.PdmDepth: 32,
            Metric.PdmDevicePixelRatio: 1,
            Metric.PdmDevicePixelRatioScaled: 1 << 16,
        }.get(metric, 96)


def runs_of(widget: QWidget) -> list[Run]:
    """Every run of text that `widget` itself paints; its children are asked for themselves."""
    if widget.size().isEmpty():
        return []
    sheet = _Sheet(widget)
    widget.render(sheet, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return sheet.engine.runs
