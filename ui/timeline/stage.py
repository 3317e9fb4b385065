"""The lanes of one stay, or of two under each other on the same axis with the same cursor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.context import Context
from ui.timeline.canvas import LanesCanvas
from ui.timeline.presenter import TimelinePresenter
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look


class Stage(QWidget):
    """`chosen(seq)`: an entry of the stay was taken; `moved(seconds)`: the cursor moved; `framed`: zoom or place changed."""

    chosen = Signal(int)
    moved = Signal(float)
    framed = Signal()

    def __init__(
        self, context: Context, presenter: TimelinePresenter, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        self.canvas = LanesCanvas(context, look, presenter.spoken, self)
        self.canvas.setObjectName("timeline.lanes")
        self.beside = LanesCanvas(context, look, presenter.spoken_beside, self)
        self.beside.setObjectName("timeline.lanes.beside")
        self.whose, self.whose_beside = PlainLabel(role="bold"), PlainLabel(role="bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(4))
        for label, canvas in ((self.whose, self.canvas), (self.whose_beside, self.beside)):
            panel = QFrame(self)
            panel.setProperty("role", "panel")
            inner = QVBoxLayout(panel)
            inner.setContentsMargins(1, 1, 1, 1)
            inner.addWidget(canvas)
            column.addWidget(label)
            column.addWidget(panel, 1)
            self._panel = panel  # of the second area
        self.canvas.chosen.connect(self.chosen)
        for one, other in ((self.canvas, self.beside), (self.beside, self.canvas)):
            one.framed.connect(lambda one=one, other=other: other.frame(one.axis))
            one.moved.connect(other.put_cursor)
            one.moved.connect(self.moved)
            one.framed.connect(self.framed)
        self._compare(False)

    def show_lanes(self) -> None:
        """Show what the presenter knows now; nothing while no entry is known."""
        presenter, now = self._presenter, self._presenter.now()
        if not presenter.count():
            return
        comparing = bool(presenter.other.stay)
        begin, end = presenter.reading.span(now)
        lanes = presenter.lanes(now)
        if comparing and presenter.other.rows:
            first, last = presenter.other.span(now)
            begin, end = min(begin, first), max(end, last)
        self._compare(comparing)
        fresh = not self.canvas.lanes
        self.canvas.least_head = self.beside.own_head() if comparing else 0
        self.beside.least_head = self.canvas.own_head()
        self.canvas.show_lanes(lanes, begin, end, now)
        if comparing:
            self.beside.show_lanes(presenter.other.lanes(now), begin, end, now)
            self.beside.frame(self.canvas.axis)
        if fresh:
            self.canvas.fit_whole()
            self.canvas.put_cursor(min(now, end))
            self.beside.put_cursor(min(now, end))

    def wanted_height(self) -> int:
        """Pixels at which every lane is as high as it should be."""
        return self.canvas.wanted_height() if not self._presenter.other.stay else 16_777_215

    def clear(self) -> None:
        """Another stay comes."""
        self.canvas.show_lanes((), 0.0, 3600.0, 0.0)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for canvas in (self.canvas, self.beside):
            canvas.setAccessibleName(w("timeline.lanes"))
            canvas.setAccessibleDescription(w("timeline.lanes.keys"))
        self.show_lanes()

    def _compare(self, on: bool) -> None:
        for widget in (self.whose, self.whose_beside, self._panel):
            widget.setVisible(on)
        if on:
            self.whose.setText(self._presenter.who(self._presenter.reading))
            self.whose_beside.setText(self._presenter.who(self._presenter.other))
