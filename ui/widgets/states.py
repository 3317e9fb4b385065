"""The six states a page can be in when it has nothing of its own to show."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from ui.widgets.buttons import ActionButton
from ui.widgets.labels import IconLabel, PlainLabel, ShapeLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape


class State(StrEnum):
    """Why there is nothing to show."""

    EMPTY = "empty"
    LOADING = "loading"
    ERROR = "error"
    OFFLINE = "offline"
    NO_PERMISSION = "no-permission"
    UNKNOWN = "unknown"


_ICONS = {
    State.EMPTY: "empty",
    State.LOADING: "loading",
    State.OFFLINE: "offline",
    State.NO_PERMISSION: "lock",
}


class PageState(QFrame):
    """Icon, what it is, why and since when, and the one thing to do; `acted` when that is pressed."""

    acted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.state = State.EMPTY
        self.setProperty("role", "panel")
        px = look.theme.px
        self._icon = IconLabel(look, "empty", 26, self)
        self._shape = ShapeLabel(look, Shape.UNKNOWN, "", 26, self)
        self._title = PlainLabel(role="strong", wrap=True)
        self._detail = PlainLabel(role="secondary", wrap=True)
        self._bar = QProgressBar(self)
        self._bar.hide()
        self.button = ActionButton(look, "", small=True, parent=self)
        self.button.acted.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(6))
        for widget in (self._icon, self._shape, self._title, self._detail, self._bar):
            column.addWidget(widget)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_state(self, state: State, detail: str = "", *, title: str = "", action: str = "") -> None:
        """Show a state. `title` replaces the state's own words, `action` names the one thing to do."""
        self.state = state
        words = title or self._words(state)
        self._icon.setVisible(state in _ICONS)
        self._shape.setVisible(state not in _ICONS)
        if state in _ICONS:
            self._icon.set(_ICONS[state])
        else:
            self._shape.set(Shape.FAULT if state is State.ERROR else Shape.UNKNOWN, words)
        self._title.setText(words)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.set_words(action)
        self.button.setVisible(bool(action))
        self._bar.setVisible(False)
        self.setAccessibleName(f"{words} {detail}".strip())

    def progress(self, done: int, total: int) -> None:
        """How far the loading is, as a bar with its number; shown after 300 ms by whoever waits."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setFormat(f"{done} / {total}")
        self._bar.setVisible(self.state is State.LOADING)

    def _words(self, state: State) -> str:
        match state:
            case State.EMPTY:
                return self.tr("没有内容")
            case State.LOADING:
                return self.tr("正在读取")
            case State.ERROR:
                return self.tr("读取失败")
            case State.OFFLINE:
                return self.tr("服务器不可达")
            case State.NO_PERMISSION:
                return self.tr("无权查看")
            case State.UNKNOWN:
                return self.tr("状态未知")
