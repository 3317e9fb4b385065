"""The preview over a screen: the list of papers, the pages, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QSpinBox, QVBoxLayout, QWidget

from ui.context import Context
from ui.papers.pages import Pages
from ui.papers.presenter import MOST_COPIES, PapersPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice, StatePages
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.paint import literal
from ui.widgets.states import State

_SCREENS = frozenset(range(Qt.Key.Key_F1, Qt.Key.Key_F10))
_WINDOW = frozenset({Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_M, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_BAR_BELOW = 1000  # logical width under which the list of papers is narrow


class PaperPreview(QFrame):
    """Covers `over` and takes its keys until Escape; `closed` then.

    What lies under it is disabled meanwhile: no key and no scan of a form reaches it. Keys: PgUp and PgDn a page,
    Home and End the ends, + − 0 zoom, Alt+↓ and Alt+↑ another paper, Ctrl+P prints, Ctrl+S saves.
    """

    closed = Signal()

    def __init__(self, context: Context, look: Look, presenter: PapersPresenter, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("preview")
        self.setProperty("role", "panel")
        self.setAutoFillBackground(True)
        self._context, self._look, self._over = context, look, over
        self.presenter = presenter
        presenter.setParent(self)
        self._shut: list[QWidget] = []
        self._before: QWidget | None = None
        self._filling = False
        self.title = PlainLabel(role="strong", parent=self)
        self.close_ = self._button("close", "x", "Esc")
        self.papers = QListWidget(self)
        self.papers.setObjectName("preview.papers")
        self.papers.setWordWrap(True)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages = Pages(look, self)
        self.area = StatePages(look, self.pages, "preview", self, framed=False)
        self.pages.keep_with(self)
        self.page = PlainLabel(role="strong", parent=self)
        self.page.setObjectName("preview.page")
        self.back = self._button("back", "chevron-up", "PgUp")
        self.on = self._button("on", "chevron-down", "PgDn")
        self.further = self._button("further", "zoom-out", "−")
        self.closer = self._button("closer", "zoom-in", "+")
        self.fit = self._button("fit", "maximize", "0")
        self.printer = Choice("preview.printer", self)
        self.printer.keep_to(14)
        self.copies = QSpinBox(self)
        self.copies.setObjectName("preview.copies")
        self.copies.setRange(1, MOST_COPIES)
        self.save = self._button("save", "save", "Ctrl+S")
        self.print = self._button("print", "print", "Ctrl+P", role="primary")
        self.why = PlainLabel(role="secondary", wrap=True, parent=self)
        self.why.setObjectName("preview.why")
        self._lay_out()
        self._bind()
        self.retranslate()

    def _button(self, name: str, icon: str, key: str, role: str = "") -> ActionButton:
        button = ActionButton(self._look, "", icon=icon, key=key, role=role, bind=False, parent=self)
        button.setObjectName(f"preview.{name}")
        return button

    def _lay_out(self) -> None:
        px = self._look.theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(8), px(10), px(8))
        head.setSpacing(px(10))
        head.addWidget(IconLabel(self._look, "document", 22, self))
        head.addWidget(self.title, 1)
        head.addWidget(self.close_)
        middle = QHBoxLayout()
        middle.setContentsMargins(px(10), 0, px(10), 0)
        middle.setSpacing(px(10))
        middle.addWidget(self.papers)
        middle.addWidget(self.area, 1)
        bar = Flow(gap=px(8))
        for widget in (
            self.back, self.on, self.page, self.further, self.closer, self.fit, self.printer, self.copies,
            self.save, self.print,
        ):  # fmt: skip
            bar.addWidget(widget)
        self.page.setMinimumHeight(self._look.theme.box(34))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(10), px(8), px(10), px(10))
        foot.setSpacing(px(6))
        foot.addLayout(bar)
        foot.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _bind(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.loaded.connect(self._load)
        self.papers.currentRowChanged.connect(self._chosen)
        self.area.retried.connect(presenter.read)
        self.pages.turned.connect(self._show_page)
        self.back.acted.connect(lambda: self.pages.turn_to(self.pages.page - 1))
        self.on.acted.connect(lambda: self.pages.turn_to(self.pages.page + 1))
        self.closer.acted.connect(lambda: self.pages.zoom(True))
        self.further.acted.connect(lambda: self.pages.zoom(False))
        self.fit.acted.connect(self.pages.fit)
        self.print.acted.connect(presenter.print)
        self.print.refused.connect(lambda _: presenter.print())
        self.save.acted.connect(presenter.save)
        self.close_.acted.connect(self.leave)
        self.printer.currentIndexChanged.connect(self._printer_chosen)
        self.copies.valueChanged.connect(self._copies_chosen)
        self._over.installEventFilter(self)
        for widget in (self.papers, self.pages, self.copies):
            widget.installEventFilter(self)

    # ------------------------------------------------------------ opening and closing

    def open(self) -> None:
        """Cover the screen and take the keyboard."""
        self._before = self._over.focusWidget()
        for child in self._over.children():
            if (
                isinstance(child, QWidget)
                and child is not self
                and not child.isWindow()
                and child.isEnabled()
            ):
                child.setEnabled(False)
                self._shut.append(child)
        self._cover()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.presenter.start()

    def leave(self) -> None:
        """Give the screen back as it was."""
        if not self.isVisibleTo(self._over):
            return
        self._over.removeEventFilter(self)
        self.hide()
        for child in self._shut:
            child.setEnabled(True)
        self._shut.clear()
        if self._before is not None and self._before.isVisibleTo(self._over):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.presenter.changed.connect(self._end)
        self._end()

    def _end(self) -> None:
        """Go for good, once a print that was asked for has been handed over."""
        if not self.presenter.busy:
            self.presenter.changed.disconnect(self._end)
            self.presenter.printers.close()
            self.deleteLater()

    def _cover(self) -> None:
        self.setGeometry(self._over.rect())
        theme = self._look.theme
        narrow = theme.logical(self.width()) < _BAR_BELOW
        self.papers.setFixedWidth(theme.px(170 if narrow else 240))

    # ------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
                self._cover()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event, typing=watched is self.copies)
        return False

    def event(self, event: QEvent) -> bool:
        """Shortcuts of the covered screen stay silent; those of the window around it work on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            window = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in _WINDOW
            if event.key() not in _SCREENS and not window:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._key(event)
        event.accept()

    def _key(self, event: QKeyEvent, *, typing: bool = False) -> bool:
        """Do what a key is for; whether it was one of ours. While a number is typed, figures are figures."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            button = {Qt.Key.Key_P: self.print, Qt.Key.Key_S: self.save}.get(key)
            if button is None or event.isAutoRepeat():
                return False
            button.click()
            return True
        if held & Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
            self.presenter.choose(self.presenter.at + step)
            return bool(step)
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        if typing:
            return False
        acts = {
            Qt.Key.Key_PageDown: lambda: self.pages.turn_to(self.pages.page + 1),
            Qt.Key.Key_PageUp: lambda: self.pages.turn_to(self.pages.page - 1),
            Qt.Key.Key_Home: lambda: self.pages.turn_to(0),
            Qt.Key.Key_End: lambda: self.pages.turn_to(self.pages.count - 1),
            Qt.Key.Key_Plus: lambda: self.pages.zoom(True),
            Qt.Key.Key_Equal: lambda: self.pages.zoom(True),
            Qt.Key.Key_Minus: lambda: self.pages.zoom(False),
            Qt.Key.Key_0: self.pages.fit,
        }
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    # ------------------------------------------------------------ drawing

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "why"):
            self.retranslate()
            self.presenter.read()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for name, button in (
            ("close", self.close_), ("back", self.back), ("on", self.on), ("further", self.further),
            ("closer", self.closer), ("save", self.save), ("print", self.print),
        ):  # fmt: skip
            button.set_words(w(f"preview.{name}"))
        self.setAccessibleName(w("preview.title"))
        self.papers.setAccessibleName(w("preview.papers"))
        self.printer.setAccessibleName(w("preview.printer"))
        self.copies.setAccessibleName(w("preview.copies"))
        self.copies.setPrefix(w("preview.copies.prefix"))
        self._filling = True
        self.papers.clear()
        self.papers.addItems([literal(self.presenter.title(one)) for one in self.presenter.choices])
        self._filling = False
        self._show()
        self._show_page()

    def _show(self) -> None:
        presenter, w = self.presenter, self._context.words
        self._filling = True
        self.papers.setCurrentRow(presenter.at)
        names = presenter.printers.names
        self.printer.offer([(one, one) for one in names], none=w("preview.no-choice"))
        self.printer.choose(presenter.printer)
        self._filling = False
        title = presenter.title(presenter.choice)
        self.title.setText(w("preview.head", paper=title))
        self.pages.setAccessibleName(title)
        if presenter.error is not None:
            code, values = presenter.error.code, presenter.error.values
            words, advice = w(code, **values), w.advice(code, **values)
            self.area.show_error(presenter.error, words, advice, w("preview.again"))
        elif presenter.reading and not self.pages.count:
            self.area.say(State.LOADING)
        elif self.pages.count:
            self.area.show_content()
            if self.hasFocus():
                self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        against = presenter.why_not()
        told = "" if against is None else w(against.code, **against.values)
        self.print.set_refused((told,) if told else ())
        self.why.setText(told or w("preview.note"))
        shown = presenter.error is None and not presenter.reading and not presenter.busy
        self.print.setEnabled(shown)
        self.save.setEnabled(shown)
        for widget in (self.printer, self.copies):
            widget.setVisible(bool(names))

    def _load(self, pdf: bytes) -> None:
        if not self.pages.load(pdf):
            self.area.say(State.ERROR, self._context.words("preview.unreadable"))

    def _show_page(self) -> None:
        w, pages = self._context.words, self.pages
        here = min(pages.page + 1, pages.count)
        self.page.setText(w("preview.page", page=here, pages=pages.count, percent=pages.percent))
        self.fit.set_words(w("preview.width" if pages.whole else "preview.whole"))
        self.back.setEnabled(pages.page > 0)
        self.on.setEnabled(pages.page + 1 < pages.count)

    def _chosen(self, row: int) -> None:
        if not self._filling:
            self.presenter.choose(row)

    def _printer_chosen(self) -> None:
        if not self._filling:
            self.presenter.choose_printer(self.printer.key())

    def _copies_chosen(self, copies: int) -> None:
        self.presenter.copies = copies
