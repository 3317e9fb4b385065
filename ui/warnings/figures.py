"""The figures above the list: only what the record tells, each with what it is made of below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.theme import Level
from ui.warnings.presenter import WarningsPresenter
from ui.warnings.saying import clock_of
from ui.widgets import paint
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.painted import Painted

LEVELS = {"red": Level.RED, "yellow": Level.YELLOW, "blue": Level.BLUE}
FIGURES = ("rate", "seen", "late", "mix", "lines")


class MixBar(Painted):
    """Parts of one whole side by side, each in the colour of its level; its words are the figure above it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, counts: dict[str, int], words: str) -> None:
        """Show other numbers."""
        self._counts = counts
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(80), self.look.theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        whole, gap = sum(self._counts.values()), theme.px(3)
        shown = [(level, count) for level, count in self._counts.items() if count]
        if not whole:
            paint.frame(painter, QRectF(self.rect()), theme.tokens.line, radius=2, ground=theme.tokens.sunken)
        room, left = self.width() - gap * (len(shown) - 1), 0.0
        for level, count in shown:
            colours = theme.level(LEVELS[level])
            width = room * count / whole
            paint.frame(
                painter, QRectF(left, 0, width, self.height()), colours.edge, radius=2, ground=colours.fill
            )
            left += width + gap
        painter.end()


class Figure(QFrame):
    """One figure: what it is, its value large, what it is made of."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setProperty("role", "panel")
        self.title = PlainLabel(role="secondary", elide=True)
        self.value = PlainLabel(role="name")
        self.unit = PlainLabel(role="secondary")
        self.detail = PlainLabel(role="secondary", elide=True)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.value)
        row.addWidget(self.unit)
        row.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(6), px(12), px(6))
        self.column.setSpacing(0)
        self.column.addWidget(self.title)
        self.column.addLayout(row)
        self.column.addWidget(self.detail)

    def say(self, title: str, value: str, unit: str, detail: str) -> None:
        """Show a figure."""
        self.title.setText(title)
        self.value.setText(value)
        self.unit.setText(unit)
        self.detail.setText(detail)
        self.setAccessibleName(" ".join(one for one in (title, value, unit, detail) if one))


class Figures(QWidget):
    """The five figures side by side."""

    def __init__(
        self, context: Context, look: Look, presenter: WarningsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self.shown = {name: Figure(look, self) for name in FIGURES}
        for name, figure in self.shown.items():
            figure.setObjectName(f"warnings.figure.{name}")
            row.addWidget(figure, 1)
        self.bar = MixBar(look, self)
        mix = self.shown["mix"]
        mix.detail.hide()
        mix.column.addSpacing(px(4))
        mix.column.addWidget(self.bar)
        mix.column.addSpacing(px(4))

    def refresh(self, lines: int) -> None:
        """Say the figures; `lines`: how many lines the open tab has."""
        w, presenter = self._context.words, self._presenter
        alerts = presenter.alerts
        if alerts is None:
            for name, figure in self.shown.items():
                figure.say(w(f"warnings.figure.{name}"), "—", "", "")
            return
        figures, count = alerts.figures, len(alerts.open)
        counts = {level: presenter.count(level) for level in LEVELS}
        peak = (
            w("warnings.figure.peak", count=figures.peak, at=self._context.local(figures.peak_at))
            if figures.peak_at
            else w("warnings.figure.no-peak")
        )
        by_level = " · ".join(
            f"{w(f'warnings.{level}')} {clock_of(ms)}" for level, ms in figures.acknowledged_ms.items()
        )
        say = {name: figure.say for name, figure in self.shown.items()}
        title = {name: w(f"warnings.figure.{name}") for name in FIGURES}
        say["rate"](title["rate"], f"{figures.last_hour / 6:.1f}", w("warnings.figure.per-ten"), peak)
        say["seen"](
            title["seen"],
            clock_of(figures.median_ms) if figures.median_ms is not None else "—",
            w("warnings.figure.seen-of", count=figures.acknowledged) if figures.acknowledged else "",
            by_level or w("warnings.figure.none-seen"),
        )
        waiting = w("warnings.figure.waiting", count=figures.waiting)
        say["late"](title["late"], str(figures.late), w("warnings.figure.pieces"), waiting)
        mix = " : ".join(str(number) for number in counts.values())
        say["mix"](title["mix"], mix, "", "")
        spoken = " ".join(f"{w(f'warnings.{level}')} {number}" for level, number in counts.items())
        self.bar.set(counts, f"{title['mix']} {spoken}")
        value = f"{count} → {lines}" if lines != count else str(count)
        unit = w("warnings.figure.to-lines") if lines != count else w("warnings.figure.pieces")
        say["lines"](title["lines"], value, unit, w("warnings.figure.red-alone"))
