"""The strip at the bottom: the last scan, its undo, the next action, and the message line."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Level, Type
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import tooltip
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, Shape, paint_shape


class ScanOutcome(StrEnum):
    """What a scan came to; each has its own shape, tint and sound."""

    GOOD = "good"
    ALREADY = "already"
    BAD = "bad"


class MessageText(Painted):
    """A sentence with its advice on at most two lines; what is more stands in the tooltip."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._level, self._words, self._inverse = Level.NONE, "", False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def set(self, level: Level, words: str) -> None:
        """Show `words`, and announce them to a screen reader."""
        self._level, self._words = level, paint.literal(words)
        self.setAccessibleName(self._words)
        self.setToolTip(tooltip(self._words))
        if self._words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._words))
        self.update()

    def words(self) -> str:
        """What is shown."""
        return self._words

    def fits(self, width: int) -> bool:
        """Whether two lines of `width` pixels hold the whole sentence."""
        return len(self._lines(width)) <= 2

    def _lines(self, width: int) -> list[int]:
        """Where the lines start when the widget is `width` pixels wide."""
        left = self.look.theme.px(28)
        layout = QTextLayout(self._words, self.look.theme.font(Type.BODY))
        layout.beginLayout()
        starts: list[int] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width - left))
            starts.append(line.textStart())
        layout.endLayout()
        return starts

    def set_inverse(self, inverse: bool) -> None:
        """Draw on the strong ground of a flash."""
        self._inverse = inverse
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, 2 * self.look.theme.metrics(Type.BODY).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(160), self.look.theme.line(Type.BODY))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._words:
            return
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        side = theme.px(18)
        mark = QRectF(0, (self.height() - side) / 2, side, side)
        colours = theme.level(self._level)
        shape = LEVEL_SHAPES.get(self._level, Shape.INFO)
        ink = t.surface if self._inverse else t.ink
        paint_shape(painter, shape, mark, theme, ink if self._inverse else colours.mark)
        left = side + theme.px(10)
        font, metrics = theme.font(Type.BODY), theme.metrics(Type.BODY)
        starts = self._lines(self.width())
        lines = [self._words[: starts[1]], self._words[starts[1] :]] if len(starts) > 1 else [self._words]
        height = min(metrics.height(), self.height() / len(lines))
        top = (self.height() - height * len(lines)) / 2
        for number, words in enumerate(lines):
            area = QRectF(left, top + number * height, self.width() - left, height)
            paint.text(painter, area, words.strip(), font, ink, elide=True)
        painter.end()


class MessageLine(QWidget):
    """One sentence, its level, and at most one action; `acted` when that is pressed."""

    acted = Signal()
    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = MessageText(look, self)
        self.button = ActionButton(look, "", small=True, parent=self)
        self.button.hide()
        self.button.acted.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(10))
        row.addWidget(self.text, 1)
        row.addWidget(self.button)

    def show_message(self, level: Level, words: str, action: str = "") -> None:
        """Show a sentence; `action` is the word of the one thing that can be done about it."""
        self.text.set(level, words)
        self.button.set_words(action)
        self.button.setVisible(bool(action))
        self.changed.emit()

    def words(self) -> str:
        """What is shown."""
        return self.text.words()

    def clear(self) -> None:
        """Nothing to say."""
        self.show_message(Level.NONE, "")


class ScanResult(Painted):
    """The result of the last scan: edge, tint, shape and words."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._outcome, self._what, self._whom = ScanOutcome.GOOD, "", ""
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set(self, outcome: ScanOutcome, what: str, whom: str = "") -> None:
        """Show what was scanned and what it belongs to."""
        self._outcome, self._what, self._whom = outcome, paint.literal(what, 60), paint.literal(whom, 60)
        said = {
            ScanOutcome.GOOD: self.tr("有效"),
            ScanOutcome.ALREADY: self.tr("已做过"),
            ScanOutcome.BAD: self.tr("不认识"),
        }[outcome]
        words = f"{said}: {self._what} {self._whom}".strip()
        self.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.show()
        self.restyle()

    def set_short(self, short: bool) -> None:
        """Show only whom it belongs to, where there is no room for more."""
        self._short = short
        self.restyle()

    def _shown(self) -> tuple[str, str]:
        return ("", self._whom) if self._short and self._whom else (self._what, self._whom)

    def width_for(self, short: bool) -> int:
        """The width of the whole or the short form."""
        theme = self.look.theme
        what, whom = ("", self._whom) if short and self._whom else (self._what, self._whom)
        width = theme.px(6 + 10 + 18 + 10 + 12) + paint.width_of(theme, Type.BODY_BOLD, what)
        if whom:
            width += (theme.px(34) if what else 0) + paint.width_of(theme, Type.BODY_BOLD, whom)
        return width

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self._short), self.look.theme.box(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        edge, tint, ink, shape = {
            ScanOutcome.GOOD: (t.ok, t.oktint, t.ink, Shape.GOOD),
            ScanOutcome.ALREADY: (t.unk, t.unktint, t.ink, Shape.NOT_APPLICABLE),
            ScanOutcome.BAD: (t.red, t.redtint, t.ink, Shape.FAULT),
        }[self._outcome]
        painter.fillRect(box, QColor(tint))
        painter.fillRect(QRectF(0, 0, theme.px(6), box.height()), QColor(edge))
        side, x = theme.px(18), float(theme.px(16))
        paint_shape(painter, shape, QRectF(x, (box.height() - side) / 2, side, side), theme, ink)
        x += side + theme.px(10)
        what, whom = self._shown()
        role = Type.BODY if whom else Type.BODY_BOLD
        x += paint.text(painter, box.adjusted(x, 0, 0, 0), what, theme.font(role), ink)
        if whom and not what:
            paint.text(painter, box.adjusted(x, 0, 0, 0), whom, theme.font(Type.BODY_BOLD), ink)
        elif whom:
            middle, start, end = box.center().y(), x + theme.px(9), x + theme.px(25)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(ink), 2))
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
            tip = theme.px(5)
            painter.drawLine(QPointF(end - tip, middle - tip), QPointF(end, middle))
            painter.drawLine(QPointF(end - tip, middle + tip), QPointF(end, middle))
            area = box.adjusted(x + theme.px(34), 0, 0, 0)
            paint.text(painter, area, whom, theme.font(Type.BODY_BOLD), ink)
        painter.end()


class ScanStrip(Painted):
    """The fixed strip: never takes the focus by itself. `undone` and `went_on` are its two actions, `told` each scan."""

    undone = Signal()
    went_on = Signal()
    told = Signal(ScanOutcome)
    FLASH_MS = 400

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._time = ""
        self._spare = False
        self._flash: ScanOutcome | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end_flash)
        self.result = ScanResult(look, self)
        self.undo = ActionButton(look, self.tr("撤销"), icon="undo", key="Ctrl+Z", bind=False, parent=self)
        self.next = ActionButton(look, "", key="Enter", bind=False, role="primary", parent=self)
        self.undo.hide()
        self.next.hide()
        self.undo.acted.connect(self.undone)
        self.next.acted.connect(self.went_on)
        self.message = MessageLine(look, self)
        self._row = QHBoxLayout(self)
        for widget in (self.result, self.undo, self.next):
            self._row.addWidget(widget)
        self._row.addWidget(self.message, 1)
        self.message.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Give the message its two lines: the time of the scan gives way first, then the code that was read."""
        shown = [button.sizeHint().width() for button in (self.undo, self.next) if not button.isHidden()]
        action = self.message.button
        if not action.isHidden():
            shown.append(action.sizeHint().width())
        px = self.look.theme.px
        for spare, short in ((False, False), (True, False), (True, True)):
            self._spare = spare
            taken = px(12 + 26 + 12 + 12) + self._time_width() + sum(shown) + px(12) * len(shown)
            if not self.result.isHidden():
                taken += self.result.width_for(short) + px(12)
            self.result.set_short(short)
            if self.message.text.fits(self.width() - taken):
                break
        self._margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _margins(self) -> None:
        px = self.look.theme.px
        self._row.setContentsMargins(px(12 + 26) + self._time_width(), px(4), px(12), px(4))
        self._row.setSpacing(px(12))

    def _time_width(self) -> int:
        if not self._time or self._spare:
            return 0
        return paint.width_of(self.look.theme, Type.BODY, self._time) + self.look.theme.px(12)

    def show_scan(
        self, time: str, outcome: ScanOutcome, what: str, whom: str = "", *, undo: str = "", action: str = ""
    ) -> None:
        """Show a scan till the next one. `undo`: the word of taking it back, `action`: of the next action."""
        self._time = time
        self.result.set(outcome, what, whom)
        self.undo.set_words(undo)
        self.undo.setVisible(bool(undo))
        self.next.set_words(action)
        self.next.setVisible(bool(action))
        self._fit()
        if not self.look.theme.reduced_motion:
            self._flash = outcome
            self.message.text.set_inverse(True)
            self._timer.start(self.FLASH_MS)
        self.update()
        self.told.emit(outcome)

    def forget(self) -> None:
        """Show no scan and no message: someone else may look at the screen now."""
        self._time = ""
        self._end_flash()
        for part in (self.result, self.undo, self.next):
            part.hide()
        self.message.clear()

    def flashing(self) -> ScanOutcome | None:
        """The outcome whose flash is on, if any."""
        return self._flash

    def _end_flash(self) -> None:
        self._flash = None
        self.message.text.set_inverse(False)
        self.update()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(0, max(theme.px(60), 2 * theme.metrics(Type.BODY).height() + theme.px(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        ground, ink, quiet = t.surface, t.ink, t.ink2
        if self._flash is not None:
            colours = {ScanOutcome.GOOD: t.ok, ScanOutcome.ALREADY: t.unk, ScanOutcome.BAD: t.red}
            ground = colours[self._flash]
            ink = quiet = t.surface
        painter.fillRect(self.rect(), QColor(ground))
        painter.fillRect(0, 0, self.width(), 2, QColor(t.edge))
        side = theme.px(22)
        self.look.icons.paint(
            painter, "scan", QRectF(theme.px(12), (self.height() - side) / 2, side, side), ink
        )
        area = QRectF(theme.px(12 + 22 + 10), 0, self._time_width(), self.height())
        shown = "" if self._spare else self._time
        paint.text(painter, area, shown, theme.font(Type.BODY), quiet, align=Qt.AlignmentFlag.AlignLeft)
        if self.result.isVisible():
            painter.setPen(QColor(t.line))
            x = self.message.x() - theme.px(6)
            painter.drawLine(x, theme.px(10), x, self.height() - theme.px(10))
        painter.end()
