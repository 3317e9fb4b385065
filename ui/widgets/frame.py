"""The frame of a screen that shows data or, in its place, why there is none; and panels with a head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.paint import literal
from ui.widgets.states import PageState, State
from workstation.errors import AppError, LinkError


class Panel(QFrame):
    """A panel: head with icon, title, words at the right and small widgets; body below."""

    def __init__(self, look: Look, icon: str, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setProperty("role", "panel")
        self._title = PlainLabel(title, role="strong", wrap=True)
        self._aside = PlainLabel(role="secondary")
        head = QFrame(self)
        head.setProperty("role", "head")
        head.setMinimumHeight(px(44))
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(px(12), px(4), px(8), px(4))
        self.head.setSpacing(px(8))
        self.head.addWidget(IconLabel(look, icon, 22, self))
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._aside)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(12), px(8), px(12), px(12))
        self.body.setSpacing(px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self.body, 1)

    def set_title(self, title: str, aside: str = "") -> None:
        """The words of the head."""
        self._title.setText(title)
        self._aside.setText(aside)
        self.setAccessibleName(f"{title} {aside}".strip())

    def show_aside(self, shown: bool) -> None:
        """Show or hide the words at the right of the head."""
        self._aside.setVisible(shown)

    def tight(self) -> None:
        """Let the body reach the edges, for tables."""
        self.body.setContentsMargins(0, 0, 0, 0)


class StatePages(QStackedWidget):
    """Content, or the page state that stands in its place. `retried` when its one action is pressed.

    `framed`: false inside a panel, which has a frame already.
    """

    retried = Signal()

    def __init__(
        self, look: Look, content: QWidget, name: str, parent: QWidget | None = None, *, framed: bool = True
    ) -> None:
        super().__init__(parent)
        self.state = PageState(look, self)
        if not framed:
            self.state.setProperty("role", "")
        self.state.setObjectName(f"{name}.state")
        self.state.button.setObjectName(f"{name}.retry")
        self.state.acted.connect(self.retried)
        self.content = content
        self.addWidget(self.state)
        self.addWidget(content)

    def say(self, state: State, detail: str = "", *, title: str = "", action: str = "") -> None:
        """Show a state."""
        self.state.show_state(state, detail, title=title, action=action)
        self.setCurrentWidget(self.state)

    def show_error(self, error: AppError, words: str, advice: str, retry: str) -> None:
        """Show an error as the state that it is."""
        state = State.ERROR
        if isinstance(error, LinkError) or error.code.startswith("link."):
            state = State.OFFLINE
        elif error.code == "accounts.no-role":
            state = State.NO_PERMISSION
        action = "" if state is State.NO_PERMISSION else retry
        self.say(state, f"{words}\n{advice}".strip(), action=action)

    def show_content(self) -> None:
        """Show the content."""
        self.setCurrentWidget(self.content)


class FittedPages(StatePages):
    """Pages whose content scrolls inside itself: they ask the window for no more room than they cannot do without."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class Choice(QComboBox):
    """One of a list, nothing preset: the first line is empty and stands for no choice."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keep_to(self, letters: int) -> None:
        """Be as wide as this many letters, at every scale."""
        self.setMinimumContentsLength(letters)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def offer(self, options: Sequence[tuple[str, str]], *, none: str = "") -> None:
        """Offer (key, words); what was chosen stays chosen where it is still offered."""
        before = self.key()
        self.blockSignals(True)
        self.clear()
        self.addItem(none, "")
        for key, words in options:
            self.addItem(literal(words), key)
        self.choose(before)
        self.blockSignals(False)

    def key(self) -> str:
        """The key of the choice, or an empty string."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose by key; an unknown one chooses nothing."""
        self.setCurrentIndex(max(0, self.findData(key)))


def breakable(words: str, longest: int = 16) -> str:
    """`words` with places to break in what is longer than a line may be, such as the number of a tag."""
    return " ".join(
        one if len(one) <= longest else "\u200b".join(one[at : at + 4] for at in range(0, len(one), 4))
        for one in words.split(" ")
    )


class Facts(QWidget):
    """Labels and values in two columns, for the narrow panel beside a list."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, labels: int = 88) -> None:
        super().__init__(parent)
        self._look, self._labels = look, labels
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(12))
        self._grid.setVerticalSpacing(look.theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._count = 0

    def add(self, label: str, words: str, *, role: str = "value") -> None:
        """Add a line; an empty value is left out."""
        if not words:
            return
        px, top = self._look.theme.px, Qt.AlignmentFlag.AlignTop
        name, value = (
            PlainLabel(label, role="secondary", wrap=True),
            PlainLabel(breakable(words), role=role, wrap=True),
        )
        value.setAccessibleName(literal(words))
        name.setMinimumWidth(px(self._labels))
        name.setMaximumWidth(px(128))
        self._grid.addWidget(name, self._count, 0, top)
        self._grid.addWidget(value, self._count, 1, top)
        self._count += 1


class Scroll(QScrollArea):
    """A column that scrolls up and down, never sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content.setProperty("role", "content")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        widget = self.widget()
        width = (
            widget.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width() if widget else 0
        )
        return QSize(width, super().minimumSizeHint().height())


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
