"""The window around every screen: simulation band, rail, top strip, the open screen, scan strip.

It knows no service: it is set from outside and tells by signals what is asked of it. Screens are built when they
are first opened and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.quiet import quiet
from ui.widgets.bands import SimBand, TroubleBand
from ui.widgets.focus import FocusRing
from ui.widgets.look import Look
from ui.widgets.rail import Rail
from ui.widgets.strips import ScanStrip
from ui.widgets.top import TopStrip

NARROW_BELOW = 900
COMPACT_BELOW = 1700


@dataclass
class _Screen:
    title: Callable[[], str]
    factory: Callable[[QWidget], QWidget]
    widget: QWidget | None = None
    holder: QScrollArea | None = None


def _holder(stack: QStackedWidget) -> QScrollArea:
    """A screen that needs more room than there is scrolls; it never makes the window larger than the desk.

    It lies in the stack before a screen is built in it: each change of a parent styles everything below it anew.
    """
    area = QScrollArea(stack)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    stack.addWidget(area)
    return area


class Shell(QWidget):
    """The shell.

    Signals: `opened` the name of the screen that is now shown; `lock_asked`, `search_asked` (Ctrl+K), `undo_asked`
    (Ctrl+Z), `next_asked` and `mute_asked` from the keys and strips; `compacted` whether the width asks for compact
    cards; `closed` at the end.
    """

    opened = Signal(str)
    lock_asked = Signal()
    search_asked = Signal()
    undo_asked = Signal()
    next_asked = Signal()
    mute_asked = Signal()
    message_acted = Signal()
    compacted = Signal(bool)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setAutoFillBackground(True)
        self._screens: dict[str, _Screen] = {}
        self._locked: QWidget | None = None
        self._before_lock = ""
        self._keyboard_was: QWidget | None = None
        self._compact: bool | None = None
        self._last_focus: dict[int, QWidget] = {}
        self._keys: list[QShortcut] = []
        self.band = SimBand(look, "", self)
        self.band.hide()
        self.rail = Rail(look, self)
        self.top = TopStrip(look, self)
        self.stack = QStackedWidget(self)
        self.strip = ScanStrip(look, self)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.trouble = TroubleBand(look, self)
        self.trouble.hide()
        right.addWidget(self.top)
        right.addWidget(self.trouble)
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        self.ring = FocusRing(look, self)
        self.rail.chosen.connect(self.open)
        self.rail.searched.connect(self.search_asked)
        self.top.lock.connect(self.lock_asked)
        self.top.muted.connect(self.mute_asked)
        self.strip.undone.connect(self.undo_asked)
        self.strip.went_on.connect(self.next_asked)
        self.strip.message.acted.connect(self.message_acted)
        self._bind("Ctrl+L", self.lock_asked.emit)
        self._bind("Ctrl+K", self._search)
        self._bind("Ctrl+Z", self._undo)
        self._bind("Ctrl+Shift+M", self.mute_asked.emit)
        self._bind("Ctrl+Tab", self.next_region)
        self._bind("Ctrl+Shift+Tab", self.previous_region)
        look.changed.connect(self._fit)

    def _bind(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)
        self._keys.append(shortcut)

    def add_screen(
        self, name: str, key: str, title: Callable[[], str], icon: str, factory: Callable[[QWidget], QWidget]
    ) -> None:
        """Register a screen: its name, function key, title (asked again after a change of language), icon, maker.

        The maker is given the parent: what is built inside it is styled once, not anew with each move.
        """
        if name in self._screens:
            raise ValueError(f"a screen named {name} is already there")
        self._screens[name] = _Screen(title, factory)
        item = self.rail.add(name, icon, title())
        item.set_key(key)
        self._bind(key, lambda: self.open(name))

    def set_simulated(self, what: str) -> None:
        """Show the band with what is simulated; an empty text hides it."""
        self.band.set(what)
        self.band.setVisible(bool(what))
        self._fit()

    def open(self, name: str) -> None:
        """Show a screen, building it the first time; while locked, nothing happens."""
        if self._locked is not None:
            return
        screen = self._screens[name]
        if screen.widget is None:
            with quiet():
                holder = _holder(self.stack)
                screen.widget = screen.factory(holder.viewport())
                screen.holder = holder
                holder.setWidget(screen.widget)
                screen.widget.setAutoFillBackground(False)
        if screen.holder is not None:
            self.stack.setCurrentWidget(screen.holder)
        self.rail.choose(name)
        self.setWindowTitle(f"Onestop — {screen.title()}")
        self._focus_into(self.stack)
        self.opened.emit(name)

    def current(self) -> str:
        """The name of the screen shown, or an empty string while locked or before the first."""
        shown = self.stack.currentWidget()
        return next(
            (name for name, screen in self._screens.items() if shown is not None and screen.holder is shown),
            "",
        )

    def screen_widget(self, name: str) -> QWidget | None:
        """A screen's widget, if it has been built."""
        return self._screens[name].widget

    def lock(self, cover: QWidget) -> None:
        """Put `cover` over the screens: they are kept as they are, but neither shown nor reached by any key."""
        if self._locked is not None:
            return
        self._before_lock, self._keyboard_was = self.current(), self.focusWidget()
        self._locked = cover
        self.strip.forget()
        self.stack.addWidget(cover)
        self.stack.setCurrentWidget(cover)
        self.rail.setEnabled(False)
        self.strip.setEnabled(False)
        self._focus_into(cover)

    def unlock(self) -> None:
        """Take the cover away and go on where the work was left."""
        cover, self._locked = self._locked, None
        if cover is None:
            return
        self.stack.removeWidget(cover)
        cover.hide()
        cover.deleteLater()
        self.rail.setEnabled(True)
        self.strip.setEnabled(True)
        if self._before_lock:
            self.open(self._before_lock)
        was, self._keyboard_was = self._keyboard_was, None
        if was is not None and isValid(was) and self.stack.isAncestorOf(was) and was.isVisibleTo(self):
            was.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_locked(self) -> bool:
        """Whether the session is locked."""
        return self._locked is not None

    def _search(self) -> None:
        if self._locked is None:
            self.search_asked.emit()

    def _undo(self) -> None:
        if self._locked is None:
            self.undo_asked.emit()

    def regions(self) -> list[QWidget]:
        """What Ctrl+Tab goes through: the screen, the strip below, the rail, the strip above."""
        return [self.stack, self.strip, self.rail, self.top]

    def next_region(self) -> None:
        """Put the focus into the next region, where it was there before."""
        self._jump(1)

    def previous_region(self) -> None:
        """Put the focus into the region before."""
        self._jump(-1)

    def _jump(self, by: int) -> None:
        regions, here = self.regions(), -1
        focus = QApplication.focusWidget()
        for number, region in enumerate(regions):
            if focus is not None and (region is focus or region.isAncestorOf(focus)):
                here = number
                self._last_focus[number] = focus
        for distance in range(1, len(regions) + 1):
            number = (here + by * distance) % len(regions)
            before = self._last_focus.get(number)
            if before is not None and before.isVisibleTo(self) and before.isEnabled():
                before.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            if self._focus_into(regions[number]):
                return

    def _focus_into(self, region: QWidget) -> bool:
        """Focus the first widget of a region that takes the keyboard; returns whether there is one."""
        start = region.currentWidget() if isinstance(region, QStackedWidget) else region
        for widget in [start, *start.findChildren(QWidget)] if start is not None else []:
            if (
                widget.isVisibleTo(self)
                and widget.isEnabled()
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            ):
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for name, screen in self._screens.items():
                self.rail.items[name].set_words(screen.title())
            self.rail.restyle()
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def is_compact(self) -> bool:
        """Whether the window is too narrow for full cards and side panels."""
        return self.look.theme.logical(self.width()) < COMPACT_BELOW

    def _fit(self) -> None:
        theme = self.look.theme
        narrow = theme.logical(self.height()) < NARROW_BELOW
        self.rail.set_narrow(narrow)
        compact = self.is_compact()
        if compact != self._compact:
            self._compact = compact
            self.compacted.emit(compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
