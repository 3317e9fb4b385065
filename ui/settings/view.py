"""The settings screen: pages at the left; appearance, rooms, banks, devices, staff, about."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.settings.declaring import of_bank, of_device, of_room, of_staff
from ui.settings.forms import DeclareForm
from ui.settings.pages import AboutPage, AppearancePage
from ui.settings.presenter import PrefsBook, SettingsPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, StatePages
from ui.widgets.keyed import Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.states import State
from workstation.errors import AppError
from workstation.station import messages as m

PAGES = ("appearance", "room", "bank", "device", "staff", "about")
ICONS = {
    "appearance": "sun", "room": "room", "bank": "lockers", "device": "bench", "staff": "two-persons",
    "about": "info",
}  # fmt: skip
LISTS = {
    "room": ("id", "name", "use", "capacity", "camera", "service"),
    "bank": ("id", "name", "doors", "device", "reader"),
    "device": ("id", "type", "place", "line", "health"),
    "staff": ("number", "name", "roles", "rank", "unit", "service"),
}
STRETCH = {"room": 1, "bank": 1, "device": 3, "staff": 2}
COMPACT_BELOW = 1500


class ListPage(QWidget):
    """One list of declared things with its two actions; without the right to change, it is read only and says so."""

    def __init__(self, screen: SettingsScreen, look: Look, name: str) -> None:
        super().__init__()
        self._screen, self._name = screen, name
        px = look.theme.px
        self.panel = Panel(look, ICONS[name], parent=self)
        self.panel.tight()
        self.table = KeyedTable(look, len(LISTS[name]), STRETCH[name], self)
        self.table.setObjectName(f"settings.{name}.list")
        self.pages = StatePages(look, self.table, f"settings.{name}", self, framed=False)
        self.panel.body.addWidget(self.pages)
        self.note = PlainLabel(role="secondary", wrap=True)
        self.new = ActionButton(look, "", icon="plus", key="Ctrl+N", parent=self)
        self.new.setObjectName(f"settings.{name}.new")
        self.edit = ActionButton(look, "", icon="correct", key="E", parent=self)
        self.edit.setObjectName(f"settings.{name}.edit")
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.edit)
        foot.addWidget(self.new)
        self.card = ActionButton(look, "", icon="card", parent=self)
        self.card.setObjectName("settings.card.new")
        self.card.setVisible(name == "staff")
        foot.insertWidget(1, self.card)
        self.secret = ActionButton(look, "", icon="lock", parent=self)
        self.secret.setObjectName("settings.secret.new")
        self.secret.setVisible(name == "staff")
        foot.insertWidget(2, self.secret)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.panel, 1)
        column.addLayout(foot)
        self.new.acted.connect(lambda: screen.begin(name, ""))
        self.edit.acted.connect(lambda: screen.begin(name, self.table.current_key()))
        self.card.acted.connect(lambda: screen.begin("card", self.table.current_key()))
        self.secret.acted.connect(lambda: screen.begin("secret", self.table.current_key()))
        self.table.acted.connect(lambda _: self.edit.click())
        self.table.chosen.connect(lambda _: self._allow())

    def refresh(self) -> None:
        """Show the list as it is known now."""
        context, presenter = self._screen.context, self._screen.presenter
        w = context.words
        rows = self._screen.rows(self._name)
        self.panel.set_title(w(f"setting.{self._name}"), w("setting.count", count=len(rows)))
        self.table.setAccessibleName(w(f"setting.{self._name}"))
        self.table.rows.set_heads([w(f"setting.column.{column}") for column in LISTS[self._name]])
        error = presenter.troubles.get(self._name)
        if error is not None and not rows:
            words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
            self.pages.show_error(error, words, advice, w("setting.retry"))
        elif self._name not in presenter.known:
            self.pages.say(State.LOADING)
        elif not rows:
            self.pages.say(State.EMPTY, title=w("setting.none"))
        else:
            self.table.rows.show(rows)
            self.pages.show_content()
        self.new.set_words(w("setting.new"))
        self.edit.set_words(w("setting.edit"))
        self.card.set_words(w("setting.card"))
        self.secret.set_words(w("setting.secret"))
        self.note.setText("" if presenter.may(self._name) else w("setting.read-only"))
        self._allow()

    def _allow(self) -> None:
        w, presenter = self._screen.context.words, self._screen.presenter
        no_role = [] if presenter.may(self._name) else [w("setting.no-role")]
        nothing = [] if self.table.current_key() else [w("setting.choose")]
        self.new.set_refused(no_role)
        self.edit.set_refused(no_role or nothing)
        self.card.set_refused(no_role or nothing)
        self.secret.set_refused(no_role or nothing)


class SettingsScreen(QWidget):
    """`prefs`: what keeps and puts on the look of this workstation."""

    def __init__(self, context: Context, look: Look, prefs: PrefsBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.context, self._look = context, look
        self.presenter = SettingsPresenter(context, prefs, self)
        self.appearance = AppearancePage(context, look, self.presenter)
        self.about = AboutPage(context, look, self.presenter)
        self.lists = {name: ListPage(self, look, name) for name in LISTS}
        self.form = DeclareForm(context, look, self)
        self._lay_out()
        self.presenter.changed.connect(self._show)
        self.contents.chosen.connect(self._turn)
        self.form.sent.connect(self._send)
        self.form.cancelled.connect(self._end)
        self.retranslate()
        self.contents.choose(PAGES[0])

    # ------------------------------------------------------------ asked by the window

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)

    def leave(self) -> bool:
        """Whether the form beside a list holds something that was not recorded."""
        return self.form.isVisibleTo(self) and self.form.dirty()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self.context.words
        self.contents_panel.set_title(w("setting.title"))
        self.contents.setAccessibleName(w("setting.title"))
        self.contents.rows.set_heads([""])
        self.contents.rows.show(
            [Row(page, (Cell(w(f"setting.{page}"), icon=ICONS[page]),)) for page in PAGES]
        )
        self.appearance.retranslate()
        self.about.retranslate()
        self.form.retranslate()
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
        for page in PAGES:
            self.pages.addWidget(self._page(page))
        self.form.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(10), px(12), px(10))
        row.setSpacing(px(10))
        row.addWidget(self.contents_panel)
        row.addWidget(self.pages, 1)
        row.addWidget(self.form)

    def _page(self, name: str) -> QWidget:
        special: dict[str, QWidget] = {"appearance": self.appearance, "about": self.about}
        return special.get(name) or self.lists[name]

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        self.appearance.refresh()
        self.about.retranslate()
        for page in self.lists.values():
            page.refresh()

    def rows(self, name: str) -> list[Row]:
        """The rows of a list."""
        w, presenter = self.context.words, self.presenter
        match name:
            case "room":
                return [self._room(row) for row in presenter.centre.rooms]
            case "bank":
                return [
                    Row(
                        bank.bank,
                        (
                            Cell(bank.bank, bold=True), Cell(w.pick(bank.name_zh, bank.name_en)),
                            Cell(str(len(bank.cells))), Cell(bank.device), Cell(bank.reader or "—"),
                        ),
                    )
                    for bank in presenter.banks
                ]  # fmt: skip
            case "device":
                return [
                    Row(
                        one.id,
                        (
                            Cell(one.id, bold=True), Cell(w(f"bench.type.{one.type}")), Cell(one.place or "—"),
                            Cell(one.line or w("bench.no-line")), Cell(w(f"level.{one.health.level}")),
                        ),
                    )
                    for one in presenter.devices
                ]  # fmt: skip
            case _:
                return [self._colleague(row) for row in presenter.staff]

    def _room(self, room: m.RoomRow) -> Row:
        w = self.context.words
        return Row(
            room.id,
            (
                Cell(room.id, bold=True),
                Cell(w.pick(room.name_zh, room.name_en)),
                Cell(w(f"room-use.{room.use}")),
                Cell(str(room.capacity)),
                Cell(room.camera or "—"),
                self._service(room.in_service),
            ),
        )

    def _colleague(self, row: m.StaffRow) -> Row:
        w = self.context.words
        rank = f"rank.{row.rank.name.lower().replace('_', '-')}"
        return Row(
            row.id,
            (
                Cell(row.number, bold=True),
                Cell(row.name, bold=True),
                Cell(w("entries.comma").join(w(f"role.{role}") for role in row.roles)),
                Cell(w(rank)),
                Cell(row.unit),
                self._service(row.active),
            ),
        )

    def _service(self, on: bool) -> Cell:
        w = self.context.words
        return (
            Cell(w("setting.on"), shape=Shape.GOOD)
            if on
            else Cell(w("setting.off"), shape=Shape.OUT_OF_SERVICE)
        )

    # ------------------------------------------------------------ acting

    def begin(self, form: str, key: str) -> None:
        """Open the form for something new (no key) or for what the key names."""
        presenter = self.presenter
        start: dict[str, str] = {}
        if key:
            match form:
                case "room":
                    start = next((of_room(one) for one in presenter.centre.rooms if one.id == key), {})
                case "bank":
                    start = next((of_bank(one) for one in presenter.banks if one.bank == key), {})
                case "device":
                    start = next((of_device(one) for one in presenter.devices if one.id == key), {})
                case "card" | "secret":
                    start = {"staff": key}
                case _:
                    start = next((of_staff(one) for one in presenter.staff if one.id == key), {})
        self.form.show()
        self._fit()
        self.form.begin(form, start)

    def _turn(self, page: str) -> None:
        if self.form.isVisibleTo(self) and not self.form.dirty():
            self.form.hide()
        self.pages.setCurrentWidget(self._page(page))

    def _send(self) -> None:
        try:
            self.presenter.declare(
                self.form.name,
                self.form.values(),
                self._saved,
                lambda refused: self.form.trouble.setText(reasons(self.context, refused)),
            )
        except AppError as error:
            self.form.say_error(error)

    def _saved(self) -> None:
        self.context.speaker.info("setting.recorded")
        self._end()

    def _end(self) -> None:
        self.form.hide()
        self._fit()
        self.contents.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the form takes the place of the list of pages."""
        theme = self._look.theme
        compact = theme.logical(self.width()) < COMPACT_BELOW
        self.contents_panel.setFixedWidth(theme.px(190 if compact else 260))
        self.contents_panel.setVisible(not (compact and self.form.isVisibleTo(self)))
        self.form.setFixedWidth(theme.px(400 if compact else 460))
