"""The focus ring of the whole window: 3 px with a 2 px gap around whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.tokens import DARK
from ui.widgets import paint
from ui.widgets.look import Look

REACH = 5


class FocusRing(QWidget):
    """Lies over its window, passes the mouse through, and follows the focus.

    A widget with the property `ring="own"` draws the focus itself; one with `ground="frame"` gets the violet that
    reads on the dark frame.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)
        look.changed.connect(self._place)

    def target(self) -> QWidget | None:
        """The widget that the ring is around, if any."""
        return self._target

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched():
            widget.removeEventFilter(self)
        drawn = now is not None and self._window.isAncestorOf(now) and now.property("ring") != "own"
        self._target = now if drawn else None
        for widget in self._watched():
            widget.installEventFilter(self)
        self._place()

    def _watched(self) -> list[QWidget]:
        found: list[QWidget] = []
        widget = self._target
        while widget is not None and widget is not self._window:
            found.append(widget)
            widget = widget.parentWidget()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize | QEvent.Type.Show | QEvent.Type.Hide:
                self._place()
            case QEvent.Type.Destroy:
                self._target = None
                self.hide()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        area = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        area.adjust(-REACH, -REACH, REACH, REACH)
        self.setGeometry(area)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        target = self._target
        if target is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        colour = DARK.focus if target.property("ground") == "frame" else theme.tokens.focus
        paint.frame(painter, self.rect(), colour, width=3, radius=theme.px(4) + REACH - 1)
        painter.end()
