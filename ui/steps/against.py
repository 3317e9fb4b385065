"""The block of what stands against the action in hand: as high as it needs, never over the form."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ui.context import Context
from ui.steps.reasons import FIELD
from ui.widgets.look import Look
from ui.widgets.refusal import Reason, RefusalBlock


class Bounded(QScrollArea):
    """As high as what is in it, up to a share of its parent (less where that is not tall); beyond, it scrolls."""

    def __init__(self, *, share: float, tall: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._share, self._tall = share, tall
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def refit(self) -> None:
        """What is in it changed."""
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            layout.activate()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        inside, parent = self.widget(), self.parentWidget()
        if inside is None or parent is None:
            return super().sizeHint()
        width = self.viewport().width()
        height = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(
            inside.sizeHint().width(),
            min(
                height,
                int(parent.height() * (self._share if parent.height() >= self._tall else self._share * 0.65)),
            ),
        )

    def minimumSizeHint(self) -> QSize:
        """A single row needs no more than its own height."""
        return QSize(0, min(self.sizeHint().height(), super().minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class AgainstBlock(RefusalBlock):
    """What stands against the action in hand; says so when it may be done all the same and leaves duties."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._context = context

    def show_reasons(self, action: str, reasons: list[Reason], note: str, *, allowed: bool) -> None:
        """Show every reason; `allowed`: the action may be done now."""
        self.set_reasons(action, reasons, note)
        self.set_headed(not only_empty(reasons))
        if allowed and reasons:
            count, pick = len(reasons), self._context.words.pick
            title = pick(
                f"{action} 可以执行 — 留下 {count} 项待办", f"{action}: possible, leaves {count} to do"
            )
            self._title.setText(title)
            self.setAccessibleName(title)
        elif reasons:
            self.set_title(action, reasons)

    def set_title(self, action: str, reasons: list[Reason]) -> None:
        """Say that the action cannot be done, and how much is missing."""
        pick, count = self._context.words.pick, len(reasons)
        title = pick(
            f"{action} 现在不能执行 — 差 {count} 项", f"{action} cannot be done now: {count} missing"
        )
        self._title.setText(title)
        self.setAccessibleName(title)


def only_empty(reasons: list[Reason]) -> bool:
    """Whether nothing stands against the action but what is not filled in yet."""
    return len(reasons) == 1 and reasons[0].link.startswith(FIELD)
