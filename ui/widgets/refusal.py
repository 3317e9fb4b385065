"""What stands against an action: all reasons, each with the way to cure it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import PlainLabel, ShapeLabel, cap_height, paint_cap
from ui.widgets.look import Look
from ui.widgets.shapes import Shape


@dataclass(frozen=True)
class Reason:
    """One objection: the digit that goes to its cure, hard or soft, the gate, the sentence, and the cure.

    `plain`: no gate, but something to fill in or to change: neither hard nor soft.
    """

    key: str
    hard: bool
    gate: str
    words: str
    cure: str = ""
    link: str = ""
    plain: bool = False


class ReasonRow(QAbstractButton):
    """One reason as a button: digit, hard or soft with the gate, the sentence on as many lines as it needs, cure."""

    def __init__(self, look: Look, reason: Reason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.reason = look, reason
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)
        self.setAccessibleName(f"{reason.key} {self.badge()} {reason.words} {reason.cure}".strip())

    def badge(self) -> str:
        """Hard or soft, and the gate."""
        if self.reason.plain:
            return self.reason.gate
        word = self.tr("硬") if self.reason.hard else self.tr("软")
        return f"{word} {self.reason.gate}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _columns(self, width: int) -> tuple[int, int, int, int, bool]:
        """Widths of key, badge, sentence and cure, and whether the cure stands below the sentence."""
        theme = self.look.theme
        key = theme.px(28)
        badge = paint.width_of(theme, Type.BODY_BOLD, self.badge()) + theme.px(10)
        cure = paint.width_of(theme, Type.BODY_BOLD, self.reason.cure) + theme.px(26)
        if not self.reason.cure:
            cure = 0
        rest = width - key - badge - theme.px(24)
        below = bool(cure) and rest - cure - theme.px(12) < theme.px(200)
        return key, badge, max(theme.px(80), rest if below else rest - cure - theme.px(12)), cure, below

    def _wrapped(self, width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap.value)
        metrics = self.look.theme.metrics(Type.BODY)
        return metrics.boundingRect(
            0, 0, max(1, width), 10000, flags, paint.literal(self.reason.words)
        ).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = self.look.theme
        _, _, room, _, below = self._columns(width)
        more = theme.line(Type.BODY) if below else 0
        return max(theme.box(36), self._wrapped(room) + theme.px(8)) + more

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.look.theme.px(360))
        return QSize(self.look.theme.px(360), self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        key, badge, room, cure, below = self._columns(self.width())
        height, line = cap_height(theme), self.height() - (theme.line(Type.BODY) if below else 0)
        middle = (line - height) / 2
        paint_cap(painter, QRectF(0, middle, key, height), self.reason.key, theme, t.ink)
        area = QRectF(key + px(8), middle, badge, height)
        paint.frame(painter, area, t.edge, radius=px(3), ground=t.surface)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, area, self.badge(), theme.font(Type.BODY_BOLD), t.ink2, align=centre)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(QColor(t.ink))
        flags = int(Qt.TextFlag.TextWordWrap.value) | int(Qt.AlignmentFlag.AlignVCenter.value)
        sentence = QRectF(area.right() + px(8), 0, room, line)
        painter.drawText(sentence, flags, paint.literal(self.reason.words))
        if cure:
            top, tall = (line - px(4), self.height() - line) if below else (0, line)
            right = QRectF(self.width() - cure, top, cure - px(24), tall)
            font = theme.font(Type.BODY_BOLD)
            font.setUnderline(True)
            paint.text(painter, right, self.reason.cure, font, t.ink, align=Qt.AlignmentFlag.AlignRight)
            side = px(18)
            arrow = QRectF(self.width() - side, top + (tall - side) / 2, side, side)
            self.look.icons.paint(painter, "arrow-right", arrow, t.ink)
        painter.end()


class RefusalBlock(QFrame):
    """All that stands against an action, in a dashed block; hidden when nothing does.

    `cure` carries the link of the reason that was pressed, by mouse, Enter or its digit.
    """

    cure = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._reasons: tuple[Reason, ...] = ()
        self._action = ""
        self._drawn: list[ReasonRow] = []
        column = QVBoxLayout(self)
        px = look.theme.px
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        self._sign = ShapeLabel(look, Shape.OUT_OF_SERVICE, self.tr("不能执行"), 20, self)
        head.addWidget(self._sign)
        self._title = PlainLabel(role="strong", wrap=True)
        self._note = PlainLabel(role="secondary")
        head.addWidget(self._title, 1)
        head.addWidget(self._note)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        column.addLayout(self._rows)
        column.addStretch(1)
        self.hide()

    def set_headed(self, headed: bool) -> None:
        """Whether the block has its head; a single row may say everything by itself."""
        for widget in (self._sign, self._title, self._note):
            widget.setVisible(headed)
        side, high = self.look.theme.px(14), self.look.theme.px(10 if headed else 4)
        column = self.layout()
        if column is not None:
            column.setContentsMargins(side, high, side, high)

    def rows(self) -> list[ReasonRow]:
        """The rows, in order."""
        return list(self._drawn)

    def set_reasons(self, action: str, reasons: Sequence[Reason], note: str = "") -> None:
        """Show every reason why `action` cannot be done; none hides the block.

        The keyboard stays on the reason that it was on, or at its place when that reason is gone.
        """
        if (action, tuple(reasons)) == (self._action, self._reasons):
            return
        held = next((number for number, row in enumerate(self._drawn) if row.hasFocus()), None)
        gate = self._drawn[held].reason.gate if held is not None else ""
        self._action, self._reasons = action, tuple(reasons)
        for row in self._drawn:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._drawn.clear()
        hard = sum(reason.hard for reason in reasons)
        title = self.tr("{} 现在不能执行 — 差 {} 项").format(action, len(reasons))
        if hard and hard != len(reasons):
            title += self.tr("（硬条件 {}）").format(hard)
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)
        for reason in reasons:
            row = ReasonRow(self.look, reason, self)
            row.clicked.connect(self._pressed)
            self._rows.addWidget(row)
            self._drawn.append(row)
        self.setVisible(bool(reasons))
        if held is not None and self._drawn:
            there = [row for row in self._drawn if row.reason.gate == gate]
            row = there[0] if there else self._drawn[min(held, len(reasons) - 1)]
            row.show()
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, digit: str) -> bool:
        """Take a digit as the key of its row; returns whether there is such a row."""
        for row in self.rows():
            if row.reason.key == digit:
                self.cure.emit(row.reason.link)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.text() and self.press(event.text())):
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, ReasonRow):
            self.cure.emit(row.reason.link)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.frame(painter, box, t.edge, width=2, radius=theme.px(4), dashed=True, ground=t.surface2)
        painter.setPen(QPen(QColor(t.line), 1))
        for row in self.rows()[1:]:
            y = row.y() - 1
            painter.drawLine(row.x(), y, row.geometry().right(), y)
        painter.end()
