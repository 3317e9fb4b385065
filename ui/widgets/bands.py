"""Bands across the window: what is not real (practice store, simulated devices), and a station that is gone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import tooltip
from ui.widgets.look import Look
from ui.widgets.painted import Painted


class SimBand(Painted):
    """Magenta stripes over the whole width, with 演练 SIM at both ends and what is simulated in the middle."""

    def __init__(self, look: Look, what: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._what = what
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set(what)

    def set(self, what: str) -> None:
        """Say what is simulated."""
        self._what = paint.literal(what)
        word = self.tr("演练 SIM")
        self.setAccessibleName(f"{word} {self._what}".strip())
        self.update()

    def retranslate(self) -> None:
        self.set(self._what)
        super().retranslate()

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.box(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.stripes(painter, box, theme, self.look.tiles)
        word = self.tr("演练 SIM")
        plate = paint.width_of(theme, Type.BODY_BOLD, word) + theme.px(20)
        places = [(theme.px(20), word, plate), (self.width() - plate - theme.px(20), word, plate)]
        wide = paint.width_of(theme, Type.BODY_BOLD, self._what) + theme.px(20)
        room = self.width() - 2 * (plate + theme.px(30))
        if self._what:
            wide = min(wide, max(0, room))
            places.append(((self.width() - wide) // 2, self._what, wide))
        for left, words, width in places:
            area = QRectF(left, theme.px(2), width, self.height() - theme.px(4))
            painter.fillRect(area, theme.colour("sim"))
            paint.text(
                painter, area, words, theme.font(Type.BODY_BOLD), t.onsim,
                align=Qt.AlignmentFlag.AlignHCenter, elide=words == self._what,
            )  # fmt: skip
        painter.end()


class TroubleBand(Painted):
    """A red band below the top strip: nothing can be saved now, and what is being done about it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Show `words`; an empty text takes the band away."""
        self._words = paint.literal(words)
        self.setAccessibleName(self._words)
        self.setToolTip(tooltip(self._words))
        self.setVisible(bool(words))
        self.update()

    def words(self) -> str:
        """What is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.box(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t, px = self.look.theme, self.look.theme.tokens, self.look.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("red"))
        side = px(20)
        mark = QRectF(px(16), (self.height() - side) / 2, side, side)
        self.look.icons.paint(painter, "offline", mark, t.onred)
        area = QRectF(self.rect()).adjusted(px(46), 0, -px(12), 0)
        paint.text(painter, area, self._words, theme.font(Type.BODY_BOLD), t.onred, elide=True)
        painter.end()
