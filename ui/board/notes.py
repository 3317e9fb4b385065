"""Small free notes beside the board: read at the hand-over, written with N, taken away when they have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Words
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, clear
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.services.board_notes import LONGEST

DESK, ARRIVAL = "desk", "arrival"


@dataclass(frozen=True)
class NoteRow:
    """One note. `told`: by whom and when; `stay`: of whose record it is an entry; `drops`: may be taken away."""

    key: str
    text: str
    told: str
    stay: str = ""
    drops: bool = False


class NotesPanel(Panel):
    """The notes and, when asked for, the form for a new one.

    `kept(text, about, expected)`: `about` a stay or empty, `expected` a local time for an arrival or empty.
    """

    kept = Signal(str, str, str)
    dropped = Signal(str)
    chosen = Signal(str)

    def __init__(self, words: Words, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "message-square", parent=parent)
        self.setObjectName("board.notes")
        self._words, self._look = words, look
        self._rows: tuple[NoteRow, ...] | None = None
        self._people: tuple[tuple[str, str], ...] | None = None
        px = look.theme.px
        self.write = ActionButton(look, "", icon="plus", key="N", bind=False, small=True, parent=self)
        self.write.setObjectName("board.notes.write")
        self.head.addWidget(self.write)
        self.form = QFrame(self)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(px(6))
        self.about = QComboBox(self)
        self.about.setObjectName("board.notes.about")
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.text = QLineEdit(self)
        self.text.setObjectName("board.notes.text")
        self.text.setMaxLength(LONGEST)
        self.expected = QLineEdit(self)
        self.expected.setObjectName("board.notes.expected")
        self.expected.setMaxLength(5)
        self.keep = ActionButton(look, "", role="primary", key="Enter", bind=False, small=True, parent=self)
        self.keep.setObjectName("board.notes.keep")
        self.cancel = ActionButton(look, "", key="Esc", bind=False, small=True, parent=self)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        for widget in (self.about, self.text, self.expected):
            column.addWidget(widget)
            widget.installEventFilter(self)
        column.addLayout(foot)
        self.form.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        self.body.addWidget(self.form)
        self.body.addLayout(self._list)
        self.write.acted.connect(self.begin)
        self.keep.acted.connect(self._keep)
        self.cancel.acted.connect(self.done)
        self.text.returnPressed.connect(self._keep)
        self.expected.returnPressed.connect(self._keep)
        self.about.currentIndexChanged.connect(self._ask_time)
        self.retranslate()

    def begin(self) -> None:
        """Open the form, with the keyboard on the text."""
        self.form.show()
        self._ask_time()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def done(self) -> None:
        """Close the form and empty it."""
        self.text.clear()
        self.expected.clear()
        self.about.setCurrentIndex(0)
        self.form.hide()
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> bool:
        """Whether something was typed and not kept."""
        return bool(self.text.text().strip())

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """The persons that a note can be about, as (stay, words); who was chosen stays chosen."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        w, before = self._words, self.about.currentData()
        self.about.blockSignals(True)
        self.about.clear()
        self.about.addItem(w("board.notes.desk"), DESK)
        self.about.addItem(w("board.notes.arrival"), ARRIVAL)
        for stay, words in people:
            self.about.addItem(paint.literal(words), stay)
        self.about.setCurrentIndex(max(0, self.about.findData(before)))
        self.about.blockSignals(False)

    def set(self, rows: Sequence[NoteRow]) -> None:
        """Show these notes."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        clear(self._list)
        w = self._words
        self.set_title(w("board.notes"), str(len(rows)) if rows else "")
        if not rows:
            self._list.addWidget(PlainLabel(w("board.notes.none"), role="secondary", wrap=True))
        for row in rows:
            self._list.addWidget(self._line(row))

    def _line(self, row: NoteRow) -> QWidget:
        line = QFrame(self)
        line.setObjectName("board.note")
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(PlainLabel(row.text, wrap=True))
        column.addWidget(PlainLabel(row.told, role="secondary", wrap=True))
        across.addLayout(column, 1)
        if row.drops:
            drop = ActionButton(self._look, self._words("board.notes.drop"), small=True, parent=line)
            drop.setAccessibleDescription(row.text)
            drop.acted.connect(lambda: self.dropped.emit(row.key))
            across.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._words
        self.set_title(w("board.notes"), self._aside.words())
        self.write.set_words(w("board.notes.write"))
        self.keep.set_words(w("board.notes.keep"))
        self.cancel.set_words(w("board.notes.cancel"))
        self.about.setAccessibleName(w("board.notes.about"))
        self.text.setAccessibleName(w("board.notes.text"))
        self.text.setPlaceholderText(w("board.notes.hint", most=LONGEST))
        self.expected.setAccessibleName(w("board.notes.expected"))
        self.expected.setPlaceholderText(f"{w('board.notes.expected')} 14:20")
        rows, people = self._rows, self._people
        self._rows = self._people = None
        self.set(rows or ())
        self.offer(people or ())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.done()
            return True
        return False

    def _ask_time(self) -> None:
        self.expected.setVisible(self.about.currentData() == ARRIVAL)

    def _keep(self) -> None:
        about = str(self.about.currentData() or DESK)
        expected = self.expected.text().strip() if about == ARRIVAL else ""
        if about == ARRIVAL and not expected:
            self.expected.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.kept.emit(self.text.text(), "" if about in (DESK, ARRIVAL) else about, expected)
