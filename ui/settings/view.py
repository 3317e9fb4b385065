"""The settings screen: pages at the left, each made when it is first turned to; a form beside the lists."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.settings.declaring import of_bank, of_device, of_room, of_staff
from ui.settings.forms import DeclareForm
from ui.settings.lists import ICONS, ListPage
from ui.settings.pages import AboutPage, AppearancePage
from ui.settings.presenter import PrefsBook, SettingsPresenter
from ui.settings.rows import LISTS
from ui.settings.scanner import ScannerPage
from ui.widgets.frame import Panel
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.station import messages as m

PAGES = tuple(ICONS)
COMPACT_BELOW = 1500
Page = AppearancePage | ScannerPage | AboutPage | ListPage


class SettingsScreen(QWidget):
    """`prefs`: what keeps and puts on the look of this workstation."""

    def __init__(self, context: Context, look: Look, prefs: PrefsBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.context, self._look = context, look
        self.presenter = SettingsPresenter(context, prefs, self)
        self._pages: dict[str, Page] = {}
        self._form: DeclareForm | None = None
        self._lay_out()
        self.presenter.changed.connect(self._show)
        self.contents.chosen.connect(self._turn)
        self.contents.acted.connect(lambda _: self._enter())
        self.retranslate()
        self.contents.choose(PAGES[0])

    # ------------------------------------------------------------ asked by the window

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def scanned(self, kind: str, text: str) -> bool:
        """A scan is a trial on the page of the scanner; a tag that is merely seen is none."""
        page = self._pages.get("scanner")
        return isinstance(page, ScannerPage) and page.isVisibleTo(self) and page.scanned(text)

    def takes_card(self, card: str) -> bool:
        """A staff card fills the form that binds one."""
        if self._form is None or not self._form.isVisibleTo(self) or self._form.name != "card":
            return False
        return self._form.fill("card", card)

    def leave(self) -> bool:
        """Whether the form beside a list holds something that was not recorded."""
        return self._form is not None and self._form.isVisibleTo(self) and self._form.dirty()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self.context.words
        self.contents_panel.set_title(w("setting.title"))
        self.contents.setAccessibleName(w("setting.title"))
        self.contents.rows.set_heads([""])
        self.contents.rows.show(
            [Row(page, (Cell(w(f"setting.{page}"), icon=ICONS[page]),)) for page in PAGES]
        )
        for page in self._pages.values():
            if not isinstance(page, ListPage):
                page.retranslate()
        if self._form is not None:
            self._form.retranslate()
        self._show()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.contents_panel = Panel(look, "settings", parent=self)
        self.contents_panel.tight()
        self.contents = KeyedTable(look, 1, 0, self)
        self.contents.setObjectName("settings.pages")
        self.contents.horizontalHeader().hide()
        self.contents_panel.body.addWidget(self.contents)
        self.pages = QStackedWidget(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(12), px(10), px(12), px(10))
        self._row.setSpacing(px(10))
        self._row.addWidget(self.contents_panel)
        self._row.addWidget(self.pages, 1)

    def page(self, name: str) -> Page:
        """A page, made when it is first asked for."""
        if name not in self._pages:
            self._pages[name] = made = self._make(name)
            self.pages.addWidget(made)
        return self._pages[name]

    def list_page(self, name: str) -> ListPage:
        """The page of a list."""
        page = self.page(name)
        assert isinstance(page, ListPage)
        return page

    def _make(self, name: str) -> Page:
        given = (self.context, self._look, self.presenter)
        special: dict[str, Callable[..., Page]] = {
            "appearance": AppearancePage,
            "scanner": ScannerPage,
            "about": AboutPage,
        }
        if name not in LISTS:
            return special[name](*given)
        page = ListPage(*given, name)
        page.asked.connect(self.begin)
        page.try_asked.connect(self.presenter.try_device)
        return page

    @property
    def form(self) -> DeclareForm:
        """The form beside the lists, made when it is first asked for."""
        if self._form is None:
            self._form = DeclareForm(self.context, self._look, self)
            self._form.sent.connect(self._send)
            self._form.cancelled.connect(self._end)
            self._form.hide()
            self._row.addWidget(self._form)
        return self._form

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        """Bring the page that is turned to up to date; the others are when they are turned to."""
        page = self.pages.currentWidget()
        if isinstance(page, AppearancePage | ScannerPage | ListPage):
            page.refresh()
        elif isinstance(page, AboutPage):
            page.retranslate()

    # ------------------------------------------------------------ acting

    def begin(self, form: str, key: str) -> None:
        """Open the form for something new (no key) or for what the key names."""
        presenter = self.presenter
        match form:
            case _ if not key:
                self._begin(form, {"type": "camera"} if self._turned() == "camera" else {})
            case "room":
                self._begin(form, next((of_room(one) for one in presenter.centre.rooms if one.id == key), {}))
            case "bank":
                self._begin(form, next((of_bank(one) for one in presenter.banks if one.bank == key), {}))
            case "device":
                device = next((one for one in presenter.devices if one.id == key), None)
                if device is not None:
                    presenter.parameters(key, lambda found: self._begin(form, of_device(device, found)))
            case "card" | "secret":
                self._begin(form, {"staff": key})
            case _:
                self._begin(form, next((of_staff(one) for one in presenter.staff if one.id == key), {}))

    def _begin(self, form: str, start: dict[str, str]) -> None:
        self.form.show()
        self._fit()
        self.form.begin(form, start)

    def _turned(self) -> str:
        page = self.pages.currentWidget()
        return next((name for name, one in self._pages.items() if one is page), "")

    def _turn(self, page: str) -> None:
        if self._form is not None and self._form.isVisibleTo(self) and not self._form.dirty():
            self._form.hide()
        self.pages.setCurrentWidget(self.page(page))
        self._fit()
        self._show()

    def _enter(self) -> None:
        """From the list of pages into the page."""
        page = self.pages.currentWidget()
        if page is not None:
            inside = page.table if isinstance(page, ListPage) else page.nextInFocusChain()
            (inside or page).setFocus(Qt.FocusReason.TabFocusReason)

    def _send(self) -> None:
        form = self.form
        try:
            self.presenter.declare(
                form.name,
                form.values(),
                self._saved,
                lambda refused: form.trouble.setText(reasons(self.context, refused)),
            )
        except AppError as error:
            form.say_error(error)

    def _saved(self) -> None:
        self.context.speaker.info("setting.recorded")
        self._end()

    def _end(self) -> None:
        self.form.hide()
        self._fit()
        page = self.pages.currentWidget()
        (page.table if isinstance(page, ListPage) else self.contents).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the form takes the place of the list of pages."""
        theme = self._look.theme
        compact = theme.logical(self.width()) < COMPACT_BELOW
        shown = self._form is not None and self._form.isVisibleTo(self)
        self.contents_panel.setFixedWidth(theme.px(190 if compact else 260))
        self.contents_panel.setVisible(not (compact and shown))
        page = self.pages.currentWidget()
        if isinstance(page, ListPage):
            page.narrow(compact and shown)
        if self._form is not None:
            self._form.setFixedWidth(theme.px(400 if compact else 460))
