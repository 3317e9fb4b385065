"""What is wrong with a window as it is drawn: text cut, elided, overlapping or pale, small targets, no name."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from tests.ui.walk.painted import Run, runs_of
from ui.theme import Theme, contrast
from ui.widgets.keyed import KeyedTable
from ui.widgets.labels import IconLabel, PlainLabel, ShapeLabel

TEXT, GRAPHIC = 4.5, 3.0
"""Least contrast of text and of what carries a meaning (WCAG 2.2, 1.4.3 and 1.4.11)."""
TARGET = 32
SMALLEST, LOWEST = 1092, 614
"""Logical pixels of the smallest desk: 1366×768 at 125 %."""
SLACK = 2.0
"""Pixels that the room of a text reaches beyond its ink."""
Fields = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox
Pixels = Any


@dataclass(frozen=True)
class Seen:
    """A run of text and the part of it that is seen, in the window's coordinates."""

    owner: QWidget
    run: Run
    box: QRectF


def faults_of(window: QWidget, theme: Theme) -> list[str]:
    """Everything that is wrong with a window, a line each."""
    return _Eyes(window, theme).look()


class _Eyes:
    def __init__(self, window: QWidget, theme: Theme) -> None:
        self._window, self._theme = window, theme
        self._pixels = _pixels_of(window)
        self._faults: list[str] = []

    def look(self) -> list[str]:
        seen: list[Seen] = []
        for widget in visible(self._window):
            for run in runs_of(widget):
                box = self._reached(widget, run)
                if box is not None and not box.isEmpty():
                    seen.append(Seen(widget, run, box))
            self._sideways(widget)
            self._downwards(widget)
            self._target(widget)
            self._graphic(widget)
            self._name(widget)
        names = Counter(one.objectName() for one in visible(self._window) if "." in one.objectName())
        self._faults += [f"{count} widgets named {name}" for name, count in names.items() if count > 1]
        self._overlaps(seen)
        for one in seen:
            self._pale(one)
        return self._faults

    def _say(self, what: str, widget: QWidget, words: str = "") -> None:
        self._faults.append(f"{what}: {title(widget)} “{words}”")

    # ------------------------------------------------------------ text

    def _reached(self, widget: QWidget, run: Run) -> QRectF | None:
        """Tell when a run is elided or cut; returns the part of it that is seen, in the window's coordinates."""
        if run.words.rstrip().endswith("…") and not may_elide(widget, run):
            self._say("elided", widget, run.words)
        room = QRectF(widget.rect())
        room = room.intersected(run.clip) if run.clip is not None else room
        view = view_of(widget)
        if view is not None:
            sideways = _room_aside(view, run)
            if sideways is not None and not _inside(_flat(run.ink), _flat(sideways)):
                self._say("cut by its cell", widget, run.words)
            if not view.verticalScrollBar().maximum() and run.ink.bottom() > widget.height() + SLACK:
                self._say("cut below", widget, run.words)
        else:
            typed = isinstance(widget, QLineEdit) and bool(widget.text())
            if not typed and not _inside(run.ink, room):
                self._say("cut", widget, f"{run.words}” {_said(run.ink)} in {_said(room)} “")
        return self._through(widget, run.ink.intersected(room), run)

    def _through(self, widget: QWidget, part: QRectF, run: Run) -> QRectF | None:
        """What the widgets around leave of a part; one that scrolls may cut, any other may not."""
        here = widget
        while here is not self._window and (above := here.parentWidget()) is not None and not part.isEmpty():
            part = part.translated(QPointF(here.pos()))
            room = QRectF(above.rect())
            area = above.parentWidget()
            if isinstance(area, QScrollArea) and area.viewport() is above:
                if not area.horizontalScrollBar().maximum() and not _inside(_flat(part), _flat(room)):
                    self._say("cut at the side", widget, run.words)
            elif not _inside(part, room):
                self._say(f"cut by {title(above)}", widget, run.words)
            part = part.intersected(room)
            here = above
        return None if part.isEmpty() else part

    def _overlaps(self, seen: list[Seen]) -> None:
        if not seen:
            return
        sides = np.array([one.box.getCoords() for one in seen]).T
        left, top, right, bottom = sides
        wide = np.minimum.outer(right, right) - np.maximum.outer(left, left)
        high = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
        for one, other in zip(*np.nonzero(np.triu((wide > 3) & (high > 3), 1)), strict=True):
            first, second = seen[one], seen[other]
            self._say(
                "overlap", first.owner, f"{first.run.words}” and {title(second.owner)} “{second.run.words}"
            )

    def _pale(self, seen: Seen) -> None:
        if seen.box.height() < 8 or not seen.owner.isEnabled():
            return
        ink = seen.run.colour.name()
        for ground in _grounds(self._part(seen.box.toAlignedRect()), ink):
            ratio = contrast(ink, ground)
            if ratio < TEXT:
                self._say(f"pale {ratio:.1f}, {ink} on {ground}", seen.owner, seen.run.words)
                return

    # ------------------------------------------------------------ controls

    def _sideways(self, widget: QWidget) -> None:
        """No page goes sideways; no table either in a window that is as wide as the smallest desk."""
        desk = self._theme.logical(self._window.width()) >= SMALLEST
        if isinstance(widget, QScrollArea) or (desk and isinstance(widget, KeyedTable)):
            by = widget.horizontalScrollBar().maximum()
            if by:
                self._say(f"scrolls sideways by {by}", widget)

    def _downwards(self, widget: QWidget) -> None:
        """No screen as a whole goes down in a window that is as high as the smallest desk; its parts may."""
        screen = isinstance(widget, QScrollArea) and isinstance(widget.parentWidget(), QStackedWidget)
        if screen and self._theme.logical(self._window.height()) >= LOWEST:
            by = widget.verticalScrollBar().maximum()
            if by:
                self._say(f"scrolls down by {by}", widget)

    def _target(self, widget: QWidget) -> None:
        control = isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
        if not control or _part_of_another(widget) or widget.size().isEmpty():
            return
        least = self._theme.px(TARGET)
        if min(widget.height(), widget.width()) < least:
            self._say(f"small {widget.width()}×{widget.height()} of {least}", widget)

    def _graphic(self, widget: QWidget) -> None:
        """An icon or shape against its ground; the edge of a field against what is outside."""
        if widget.visibleRegion().boundingRect() != widget.rect():
            return
        box = QRect(widget.mapTo(self._window, QPoint()), widget.size())
        if isinstance(widget, IconLabel | ShapeLabel):
            shades, counts = np.unique(self._part(box), return_counts=True)
            shades = shades[counts > 2]
            ground = shades[np.argmax(counts[counts > 2])] if len(shades) else 0
            best = max((contrast(_hex(one), _hex(ground)) for one in shades), default=GRAPHIC)
            if len(shades) > 1 and best < GRAPHIC:
                self._say(f"faint {best:.1f}", widget)
        elif isinstance(widget, Fields) and not _part_of_another(widget):
            line = self._part(QRect(box.left() - 3, box.center().y(), 8, 1)).ravel()
            still = isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and widget.isReadOnly()
            if len(line) == 8 and not still:
                best = max(contrast(_hex(one), _hex(line[0])) for one in line[2:])
                if best < GRAPHIC:
                    self._say(f"edge {best:.1f}", widget)

    def _name(self, widget: QWidget) -> None:
        control = isinstance(widget, QAbstractButton) or takes_keyboard(widget)
        if not control or _part_of_another(widget) or widget.size().isEmpty():
            return
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name) if face is not None else ""
        if not name.strip():
            self._say("no name", widget)
        elif "⟨" in name:
            self._say("code for a name", widget, name)

    def _part(self, box: QRect) -> Pixels:
        high, wide = self._pixels.shape
        return self._pixels[
            max(0, box.top()) : min(high, box.bottom() + 1), max(0, box.left()) : min(wide, box.right() + 1)
        ]


def visible(window: QWidget) -> Iterator[QWidget]:
    """Every widget of a window that is shown, the window first."""
    yield window
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window:
            yield widget


def takes_keyboard(widget: QWidget) -> bool:
    """Whether Tab stops at a widget."""
    stops = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(stops) and widget.isEnabled() and widget.focusProxy() is None


def title(widget: QWidget) -> str:
    """How a widget is found again: the names around it, nearest last."""
    parts: list[str] = []
    here: QWidget | None = widget
    while here is not None and len(parts) < 3:
        if here.objectName() and not here.objectName().startswith("qt_"):
            parts.append(here.objectName())
        elif here is widget:
            parts.append(type(here).__name__)
        here = here.parentWidget()
    return " > ".join(reversed(parts))


def view_of(widget: QWidget) -> QAbstractScrollArea | None:
    """The list, table, text or painted view whose inside a widget is."""
    above = widget.parentWidget()
    if isinstance(above, QScrollArea) or not isinstance(above, QAbstractScrollArea):
        return None
    return above if above.viewport() is widget else None


def may_elide(widget: QWidget, run: Run) -> bool:
    """Free text whose whole is in the tooltip; words that end so by themselves; bytes left out in the middle."""
    begin = run.words.strip().rstrip("…").strip()
    if not begin or (isinstance(widget, PlainLabel) and widget.words().rstrip().endswith("…")):
        return True
    view = view_of(widget)
    if isinstance(view, KeyedTable):
        return True  # it tells the whole of a cell by a tooltip when the pointer comes
    told = widget.toolTip()
    if isinstance(view, QAbstractItemView):
        told = str(view.indexAt(run.ink.center().toPoint()).data(Qt.ItemDataRole.ToolTipRole) or "")
    hint = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    free = not run.bold and begin in html.unescape(told)
    return free or run.words.strip() in f"{widget.accessibleName()} {hint}"


def _room_aside(view: QAbstractScrollArea, run: Run) -> QRectF | None:
    """The room from left to right that a run of a view has; None where the view scrolls sideways."""
    if isinstance(view, QHeaderView):
        section = view.logicalIndexAt(run.ink.center().toPoint())
        left, width = view.sectionViewportPosition(section), view.sectionSize(section)
        return QRectF(left, 0, width, 1) if section >= 0 else None
    if isinstance(view, QAbstractItemView):
        index = view.indexAt(QPoint(round(run.ink.left()) + 2, round(run.ink.center().y())))
        return QRectF(view.visualRect(index)) if index.isValid() else None
    return None if view.horizontalScrollBar().maximum() else QRectF(view.viewport().rect())


def _part_of_another(widget: QWidget) -> bool:
    """Whether a control is only a part of the one around it."""
    return isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QAbstractItemView)


def _flat(box: QRectF) -> QRectF:
    return QRectF(box.left(), 0, box.width(), 1)


def _inside(ink: QRectF, room: QRectF) -> bool:
    return ink.isEmpty() or room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(ink)


def _said(box: QRectF) -> str:
    return f"{box.left():.0f},{box.top():.0f} {box.width():.0f}×{box.height():.0f}"


def _pixels_of(window: QWidget) -> Pixels:
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return (rows[:, : image.width()] & 0xFFFFFF).copy()


def _hex(shade: int) -> str:
    return f"#{int(shade):06x}"


def _grounds(part: Pixels, ink: str) -> list[str]:
    """What lies behind a text: every colour of some size that is not the text's own."""
    shades, counts = np.unique(part, return_counts=True)
    large = (counts > part.size * 0.18) & (shades != int(ink[1:], 16))
    return [_hex(one) for one in shades[large]]
