"""The centre as it may be seen before anybody has signed in: counts only, and what is unknown said so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.context import Words
from ui.login.panels import Panel, rule
from ui.theme import Level
from ui.widgets.flow import Flow
from ui.widgets.labels import LevelChip, PlainLabel, ShapeLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from workstation.station import messages as m

FACTS = ("held", "warnings", "devices", "clock", "record", "station", "mode")
_LEVELS = (Level.RED, Level.YELLOW, Level.BLUE)
_SHAPES = (Shape.GOOD, Shape.UNKNOWN, Shape.FAULT)


class CentreFacts(Panel):
    """One row a fact. Facts that the station has not told are unknown, never nought."""

    def __init__(self, words: Words, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "board", parent)
        self._words = words
        px = look.theme.px
        self._gap = px(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        self._labels = {name: PlainLabel(role="secondary") for name in FACTS}
        self.values = {
            name: PlainLabel(role="title" if name == "held" else "value", wrap=True) for name in FACTS
        }
        self._chips = {level: LevelChip(look, level) for level in _LEVELS}
        self._shapes = [ShapeLabel(look, shape, "", 18) for shape in _SHAPES]
        self._counts = [PlainLabel(role="value") for _ in _SHAPES]
        warnings = self._row(list(self._chips.values()), self.values["warnings"])
        self._pairs = [self._pair(*pair) for pair in zip(self._shapes, self._counts, strict=True)]
        devices = self._row(self._pairs, self.values["devices"])
        for place, name in enumerate(FACTS):
            grid.addWidget(self._labels[name], place * 2, 0)
            if name == "warnings":
                grid.addLayout(warnings, place * 2, 1, Qt.AlignmentFlag.AlignVCenter)
            elif name == "devices":
                grid.addLayout(devices, place * 2, 1, Qt.AlignmentFlag.AlignVCenter)
            else:
                grid.addWidget(self.values[name], place * 2, 1)
            grid.addWidget(rule(), place * 2 + 1, 0, 1, 2)
            grid.setRowMinimumHeight(place * 2, look.theme.box(44))
        self._note = PlainLabel(role="secondary", wrap=True)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.column.addWidget(self._note)

    def _row(self, parts: Sequence[QWidget], words: PlainLabel) -> Flow:
        """Parts side by side, in a second line where there is no room; `words` where there are none."""
        row = Flow(gap=self._gap)
        for part in (*parts, words):
            row.addWidget(part)
        return row

    def _pair(self, mark: ShapeLabel, count: PlainLabel) -> QWidget:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, self._gap, 0)
        row.setSpacing(self._gap)
        row.addWidget(mark)
        row.addWidget(count)
        return pair

    def show_facts(self, welcome: m.Welcome | None, *, absent: bool) -> None:
        """What the station said last; `absent`: it does not answer now."""
        w = self._words
        self.title.setText(w("login.centre"))
        self._note.setText(w("login.no-names"))
        for name, label in self._labels.items():
            label.setText(w(f"login.fact.{name}"))
        told = {name: w("login.unknown") for name in FACTS}
        told["station"] = w("login.station.absent" if absent or welcome is None else "login.station.there")
        now = None
        if welcome is not None and not absent:
            told["held"] = w("login.people", count=welcome.open_stays)
            told["mode"] = w(f"login.mode.{welcome.mode}")
            now = welcome.now
        if now is not None:
            told["warnings"] = "" if now.red or now.yellow or now.blue else w("login.warnings.none")
            told["devices"] = "" if _devices(now) != (0, 0, 0) else w("login.devices.none")
            told["clock"] = w("login.clock.good" if now.time_verified else "login.clock.doubtful")
            told["record"] = w("login.record", count=now.entries)
        for name, value in self.values.items():
            value.setText(told[name])
            value.setVisible(bool(told[name]))
        self._show_counts(now)

    def _show_counts(self, now: m.CentreNow | None) -> None:
        w = self._words
        levels = (now.red, now.yellow, now.blue) if now else (0, 0, 0)
        for (level, chip), count in zip(self._chips.items(), levels, strict=True):
            chip.set(level, str(count))
            chip.setVisible(bool(count))
        counts = _devices(now) if now else (0, 0, 0)
        shown = counts != (0, 0, 0)
        rows = zip(_SHAPES, self._shapes, self._counts, counts, ("good", "unknown", "bad"), strict=True)
        for pair, (shape, mark, label, count, meaning) in zip(self._pairs, rows, strict=True):
            mark.set(shape, w(f"login.devices.{meaning}"), None if count else "ink2")  # nought calls nobody
            label.setText(w(f"login.devices.{meaning}.count", count=count))
            pair.setVisible(shown)


def _devices(now: m.CentreNow) -> tuple[int, int, int]:
    return now.devices_good, now.devices_unknown, now.devices_bad
