"""The three steps of a stay as one bar: admission, handling, departure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import tooltip
from ui.widgets.look import Look
from ui.widgets.shapes import Shape, paint_shape


@dataclass(frozen=True)
class StepData:
    """One step: key, name with its number, DONE / CURRENT / NOT_STARTED, and how far (6 / 11 · 差 4)."""

    key: str
    name: str
    state: Shape
    progress: str = ""
    state_word: str = ""


class StepCell(QAbstractButton):
    """One cell of the bar."""

    def __init__(self, look: Look, step: StepData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.step = look, step
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        self.set(step)

    def set(self, step: StepData) -> None:
        """Show another state."""
        self.step = step
        self.setAccessibleName(paint.literal(f"{step.name} {step.state_word} {step.progress}".strip()))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = paint.width_of(theme, Type.STRONG, self.step.name)
        width += paint.width_of(theme, Type.BODY, self.step.progress)
        return QSize(width + theme.px(16 + 20 + 10 + 10 + 16), theme.box(48, Type.STRONG))

    def minimumSizeHint(self) -> QSize:
        theme = self.look.theme
        name = self.step.name if self.step.state is Shape.CURRENT else self._number()
        width = paint.width_of(theme, Type.STRONG, name) + theme.px(16 + 20 + 10 + 10)
        return QSize(width, self.sizeHint().height())

    def told(self) -> str:
        """What is told of how far the step is: what is missing gives way first where there is no room."""
        theme, step, px = self.look.theme, self.step, self.look.theme.px
        room = self.width() - px(16 + 20 + 10)
        room -= paint.width_of(theme, Type.STRONG, self._named(room)) + px(10 + 8)
        told = (step.progress, step.progress.partition(" · ")[0])
        return next((one for one in told if paint.width_of(theme, Type.BODY, one) <= room), "")

    def _named(self, room: float) -> str:
        whole = paint.width_of(self.look.theme, Type.STRONG, self.step.name) <= room
        return self.step.name if whole else self._number()

    def _number(self) -> str:
        """What stands for a step where its name has no room."""
        return self.step.name.partition(" ")[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px, step = self.look.theme, self.look.theme.tokens, self.look.theme.px, self.step
        painter = QPainter(self)
        box = QRectF(self.rect())
        here = step.state is Shape.CURRENT
        paint.frame(painter, box, t.fill if here else t.edge, radius=0, ground=t.fill if here else t.surface)
        ink, quiet = (t.onfill, t.onfill) if here else (t.ink, t.ink2)
        side, x = px(20), float(px(16))
        paint_shape(painter, step.state, QRectF(x, (box.height() - side) / 2, side, side), theme, ink)
        x += side + px(10)
        name = self._named(box.width() - x)
        x += paint.text(painter, box.adjusted(x, 0, 0, 0), name, theme.font(Type.STRONG), ink) + px(10)
        told = self.told()
        paint.text(painter, box.adjusted(x, 0, -px(8), 0), told, theme.font(Type.BODY), quiet)
        if told != step.progress:
            self.setToolTip(tooltip(f"{step.name} {step.progress}"))
        painter.end()


class ThreeStepBar(QWidget):
    """The steps side by side; `chosen` carries the key of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, look: Look, steps: Sequence[StepData], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.setAccessibleName(self.tr("步骤"))
        self.cells: dict[str, StepCell] = {}
        for step in steps:
            cell = StepCell(look, step, self)
            cell.clicked.connect(self._pressed)
            row.addWidget(cell, 1)
            self.cells[step.key] = cell

    def show_steps(self, steps: Sequence[StepData]) -> None:
        """Show another state of the same steps."""
        for step in steps:
            self.cells[step.key].set(step)

    def _pressed(self) -> None:
        cell = self.sender()
        if isinstance(cell, StepCell):
            self.chosen.emit(cell.step.key)
