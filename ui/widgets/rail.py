"""The rail: the screens by function key, at the left of the window. Dark in both themes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import tooltip
from ui.widgets.look import Look
from ui.widgets.painted import Painted


class RailItem(QAbstractButton):
    """One screen: its key, icon and word (icon `below` beside it); narrow: icon and key, the word in the tooltip."""

    def __init__(
        self,
        look: Look,
        key: str,
        icon: str,
        words: str,
        parent: QWidget | None = None,
        *,
        below: bool = False,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self._key, self._icon, self._words = key, icon, words
        self._narrow = False
        self._below = below
        self.setProperty("ground", "frame")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        look.changed.connect(self.updateGeometry)

    def words(self) -> str:
        """The word of the screen."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say the screen's name anew."""
        self._words = words
        self.setAccessibleName(f"{self._key} {words}")
        self.setToolTip(tooltip(f"{words} {self._key}"))
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Name the key that opens the screen."""
        self._key = key
        self.set_words(self._words)

    def set_narrow(self, narrow: bool) -> None:
        """Icon and key only, 44 px high."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        if self._narrow:
            key = paint.width_of(theme, Type.BODY, self._key) + theme.px(8 + 6 + 24 + 8)
            return QSize(max(theme.px(76), key), theme.box(44))
        width = paint.width_of(theme, Type.BODY_BOLD, self._words) + theme.px(24 + (28 if self._below else 0))
        return QSize(max(theme.px(92), width), max(theme.px(76), theme.px(40) + theme.line(Type.BODY)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, t = self.look.theme, self.look.theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        here = self.isChecked()
        painter.fillRect(box, QColor(t.canvas if here else t.frame))
        ink, quiet = (t.ink, t.ink2) if here else (t.frametext, t.frametext2)
        if here:
            painter.fillRect(QRectF(0, 0, theme.px(4), box.height()), QColor(t.frametext))
        left, side = theme.px(8 if self._narrow else 16), theme.px(24)
        upper = box if self._narrow else QRectF(0, theme.px(8), box.width(), theme.px(32))
        paint.text(painter, upper.adjusted(left, 0, 0, 0), self._key, theme.font(Type.BODY), quiet)
        lower = box.adjusted(left, theme.px(38), 0, -theme.px(6))
        icon = QRectF(box.width() - side - theme.px(8 if self._narrow else 12), 0, side, side)
        icon.moveTop(upper.center().y() - side / 2)
        if self._below and not self._narrow:
            icon = QRectF(left, lower.center().y() - side / 2, side, side)
            lower.setLeft(left + side + theme.px(4))
        self.look.icons.paint(painter, self._icon, icon, ink)
        if not self._narrow:
            font = theme.font(Type.BODY_BOLD if here else Type.BODY)
            paint.text(painter, lower, self._words, font, ink)
        painter.end()


class Rail(Painted):
    """The column of screens, and the way to find anything. `chosen` tells the name of a screen, `searched` the search."""

    chosen = Signal(str)
    searched = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("界面"))
        self._narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.items: dict[str, RailItem] = {}
        self.search = RailItem(look, "Ctrl K", "find", self.tr("查找"), self, below=True)
        self.search.clicked.connect(self.searched)
        self._column.addWidget(self.search)

    def add(self, name: str, icon: str, words: str) -> RailItem:
        """Add a screen below the others."""
        item = RailItem(self.look, "", icon, words, self)
        item.setCheckable(True)
        item.setAutoExclusive(True)
        item.set_narrow(self._narrow)
        item.clicked.connect(lambda: self.chosen.emit(name))
        self._column.insertWidget(len(self.items), item)
        self.items[name] = item
        self._even()
        return item

    def choose(self, name: str) -> None:
        """Mark a screen as the open one; an unknown name marks none."""
        if name in self.items:
            self.items[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Icons and keys only."""
        self._narrow = narrow
        for item in (*self.items.values(), self.search):
            item.set_narrow(narrow)
        self._even()

    def restyle(self) -> None:
        super().restyle()
        self._even()

    def retranslate(self) -> None:
        self.search.set_words(self.tr("查找"))
        super().retranslate()

    def _even(self) -> None:
        items = (*self.items.values(), self.search)
        width = max(item.sizeHint().width() for item in items)
        for item in items:
            item.setFixedWidth(width)
        self.setFixedWidth(width)

    def minimumSizeHint(self) -> QSize:
        # the window may be lower than the full rail: it is then made narrow
        return QSize(self.width(), self.look.theme.px(44))

    def least_height(self) -> int:
        """The height at which every screen is reachable."""
        return sum(item.sizeHint().height() for item in (*self.items.values(), self.search))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.theme.colour("frame"))
        painter.end()
