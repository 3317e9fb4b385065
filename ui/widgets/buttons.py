"""Buttons: an icon, a word and its key; primary, danger, refused; and a row of choices of which one is on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.flow import Flow
from ui.widgets.labels import cap_height, cap_width, paint_cap, tooltip
from ui.widgets.look import Look


class ActionButton(QPushButton):
    """One action.

    `role`: "" (outline), "primary" (ink), "danger", "frame" (on the dark strip), "segment". `key`: shown in a cap
    and bound as shortcut unless `bind` is false. A refused button stays where it is, dashed, and can be focused and
    pressed: `acted` is emitted only when nothing is against it, else `refused` with the first reason.
    """

    acted = Signal()
    refused = Signal(str)

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        icon: str = "",
        key: str = "",
        role: str = "",
        bind: bool = True,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._words, self._icon, self._key = words, icon, key
        self._role, self._small = role, small
        self._reasons: tuple[str, ...] = ()
        self._settled = False
        self.setProperty("painted", "true")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        if key and bind:
            self.setShortcut(QKeySequence(key))
        look.changed.connect(self._restyle)
        self.clicked.connect(self._pressed)
        self.toggled.connect(self._toggled)

    def words(self) -> str:
        """What stands on the button."""
        return self._words

    def key(self) -> str:
        """The key in its cap, or an empty string."""
        return self._key

    def set_words(self, words: str, icon: str | None = None) -> None:
        """Change the word, and the icon when one is given."""
        self._words = paint.literal(words)
        if icon is not None:
            self._icon = icon
        self.setAccessibleName(f"{self._words} {self._key}".strip())
        self._restyle()

    def set_role(self, role: str) -> None:
        """Change the role."""
        self._role = role
        self.update()

    def set_refused(self, reasons: Sequence[str]) -> None:
        """What is against the action now, most important first; empty when it may be done."""
        self._reasons = tuple(reasons)
        first = self._reasons[0] if self._reasons else ""
        self.setAccessibleDescription(first)
        self.setToolTip(tooltip(first))
        self.update()

    def reasons(self) -> tuple[str, ...]:
        """What is against the action now."""
        return self._reasons

    def _pressed(self) -> None:
        if self._reasons:
            self.refused.emit(self._reasons[0])
        else:
            self.acted.emit()

    def setChecked(self, on: bool) -> None:
        self._settled = True
        super().setChecked(on)
        self._settled = False

    def nextCheckState(self) -> None:
        self._settled = True
        super().nextCheckState()
        self._settled = False

    def _toggled(self, on: bool) -> None:
        """A screen reader toggles without a press, and means one."""
        group = self.group()
        let_go = group is not None and group.exclusive() and not on
        if not self._settled and not let_go:
            pressed: Any = self.clicked  # its form with an argument is missing in the types
            pressed[bool].emit(on)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()  # at once: Qt would show the button pressed for 100 ms first
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(24)
        if self._icon:
            width += theme.px(28 if self._words else 20)
        if self._key:
            width += cap_width(theme, self._key) + theme.px(8)
        return QSize(width, theme.box(32 if self._small else 40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.px(4)
        colour = t.ink
        if self._reasons or not self.isEnabled():
            paint.frame(painter, box, t.edge, radius=radius, dashed=True, ground=t.sunken)
            colour = t.ink2
        elif self._role == "primary" or self.isChecked():
            paint.frame(painter, box, t.fill, radius=radius, ground=t.fill)
            colour = t.onfill
        elif self._role == "danger":
            paint.frame(painter, box, t.red, width=2, radius=radius, ground=t.surface)
            colour = t.redtext
        elif self._role == "frame":
            colour = t.frametext
            paint.frame(
                painter, box, t.frametext2 if self.underMouse() else t.frame, radius=radius, ground=t.frame
            )
        else:
            ground = t.surface2 if self.underMouse() or self.isDown() else t.surface
            paint.frame(painter, box, t.edge, radius=radius, ground=ground)
        if self.isDown() and self._role != "frame":
            paint.frame(painter, box, t.ink, width=2, radius=radius)
        x = float(theme.px(12))
        content = self.sizeHint().width()
        if self.width() > content and self._role != "wide":
            x += (self.width() - content) / 2
        if self._icon:
            side = theme.px(20)
            self.look.icons.paint(
                painter, self._icon, QRectF(x, (box.height() - side) / 2, side, side), colour
            )
            x += theme.px(28)
        bold = self._role != "segment" or self.isChecked()
        font = theme.font(Type.BODY_BOLD if bold else Type.BODY)
        paint.text(painter, box.adjusted(x, 0, 0, 0), self._words, font, colour)
        if self._key:
            x += paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(8)
            if self._role == "wide":
                x = box.width() - cap_width(theme, self._key) - theme.px(12)
            height = cap_height(theme)
            cap = QRectF(x, (box.height() - height) / 2, cap_width(theme, self._key), height)
            paint_cap(painter, cap, self._key, theme, colour)
        painter.end()


class Segments(QWidget):
    """A row of choices of which exactly one is on; arrows move, `chosen` tells the key of the choice.

    `wrap`: what has no room goes on in a second line.
    """

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keys = [key for key, _ in choices]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row: QLayout = Flow(self, gap=0) if wrap else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons: dict[str, ActionButton] = {}
        for number, (key, words) in enumerate(choices):
            button = ActionButton(look, words, role="segment", parent=self)
            button.setCheckable(True)
            self._group.addButton(button, number)
            self.buttons[key] = button
            button.clicked.connect(partial(self._clicked, key))
            row.addWidget(button)

    def choose(self, key: str) -> None:
        """Set the choice without telling; an unknown key leaves none on."""
        for name, button in self.buttons.items():
            if name == key:
                button.setChecked(True)

    def choice(self) -> str:
        """The key of the choice that is on, or an empty string when none is."""
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def _clicked(self, key: str) -> None:
        self.chosen.emit(key)
