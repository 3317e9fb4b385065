"""The focus ring of the whole window: 3 px with a 2 px gap around whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui.tokens import DARK
from ui.widgets import paint
from ui.widgets.look import Look

REACH = 5


class FocusRing(QWidget):
    """Lies over its window, passes the mouse through, and follows the focus.

    What has scrolled out of its view takes its ring with it. A widget with the property `ring="own"` draws the focus
    itself; one with `ground="frame"` gets the violet that reads on the dark frame.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self._target: QWidget | None = None
        self._around = QRect()
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
        around = self._reach(target)
        seen = around
        for above in self._watched():
            holder = above.parentWidget()
            if isinstance(holder, QAbstractScrollArea) and holder.viewport() is above:
                seen = seen.intersected(self._reach(above))
        if seen.isEmpty():
            self.hide()
            return
        self._around = around.translated(-seen.topLeft())
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def _reach(self, widget: QWidget) -> QRect:
        """The place of a widget in the window with the reach of a ring around it."""
        place = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
        return place.adjusted(-REACH, -REACH, REACH, REACH)

    def paintEvent(self, event: QPaintEvent) -> None:
        target = self._target
        if target is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        colour = DARK.focus if target.property("ground") == "frame" else theme.tokens.focus
        paint.frame(painter, self._around, colour, width=3, radius=theme.px(4) + REACH - 1)
        painter.end()
