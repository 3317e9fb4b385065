"""Ctrl+K: find a person, number, tag or locker by what is typed, and open it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.context import Context
from ui.speaking import sentence
from ui.widgets import paint
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m

ASK_MS = 120
MOST = 12


class Palette(QDialog):
    """`chosen(Hit)` when a row is opened. The newest answer wins, older ones are dropped."""

    chosen = Signal(object)

    def __init__(self, context: Context, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("find")
        self.setModal(True)
        self._context, self._look, self._window = context, look, parent
        self._asked = 0
        self._hits: tuple[m.Hit, ...] = ()
        w, px = context.words, look.theme.px
        frame = QFrame(self)
        frame.setProperty("role", "modal")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        self.text = QLineEdit(self)
        self.text.setObjectName("find.text")
        self.text.setProperty("role", "count")
        self.text.setMaxLength(80)
        self.text.setAccessibleName(w("find.title"))
        self.rows = QListWidget(self)
        self.rows.setObjectName("find.rows")
        self.rows.setAccessibleName(w("find.title"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setMinimumHeight(look.theme.box(40) * 6)
        self._note = PlainLabel(w("find.hint"), role="secondary", wrap=True)
        column.addWidget(PlainLabel(w("find.title"), role="strong"))
        for widget in (self.text, self.rows, self._note):
            column.addWidget(widget)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(ASK_MS)
        self._wait.timeout.connect(self._ask)
        self.text.textEdited.connect(lambda _: self._wait.start())
        self.text.installEventFilter(self)
        self.rows.itemClicked.connect(lambda _: self._open())

    def start(self) -> None:
        """Open over the window, empty."""
        self.setFixedWidth(min(self._look.theme.px(720), self._window.width() - 40))
        self.adjustSize()
        spot = self._window.mapToGlobal(self._window.rect().center())
        self.move(spot.x() - self.width() // 2, max(0, spot.y() - self.height() // 2))
        self.open()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    step = 1 if event.key() == Qt.Key.Key_Down else -1
                    row = self.rows.currentRow() + step
                    self.rows.setCurrentRow(min(max(row, 0), self.rows.count() - 1))
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._open()
                    return True
        return False

    def _ask(self) -> None:
        self._asked += 1
        number, text = self._asked, self.text.text().strip()
        if text:
            self._context.link.ask(
                m.Find(text=text),
                lambda reply: self._found(number, reply.hits),
                lambda e: self._failed(number, e),
            )
        else:
            self._found(number, ())

    def _found(self, number: int, hits: tuple[m.Hit, ...]) -> None:
        if number != self._asked:
            return
        w = self._context.words
        self._hits = hits[:MOST]
        self.rows.clear()
        for hit in self._hits:
            self.rows.addItem(QListWidgetItem(paint.literal(f"{w(f'scan.kind.{hit.kind}')}　{hit.text}")))
        if self._hits:
            self.rows.setCurrentRow(0)
        self._note.setText(w("find.hint" if self._hits or not self.text.text().strip() else "find.none"))

    def _failed(self, number: int, error: AppError) -> None:
        if number == self._asked:
            self._note.setText(sentence(self._context.words, error))

    def _open(self) -> None:
        row = self.rows.currentRow()
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.accept()
            self.chosen.emit(hit)
