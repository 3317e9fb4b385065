"""One list of the settings with its actions; without the right to change, it is read only and says so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.settings.presenter import SettingsPresenter
from ui.settings.rows import LISTS, NARROW, STRETCH, Rows
from ui.widgets.buttons import ActionButton
from ui.widgets.frame import Panel, StatePages
from ui.widgets.keyed import KeyedTable
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State

ICONS = {
    "appearance": "sun", "scanner": "scan", "room": "room", "bank": "lockers", "camera": "cameras",
    "device": "bench", "staff": "two-persons", "about": "info",
}  # fmt: skip
FORMS = {"camera": "device"}
"""Lists whose things are declared by the form of another."""
MORE = {"device": ("try",), "camera": ("try",), "staff": ("card", "secret")}
_KEYS = {"try": "T", "card": "", "secret": ""}
_MORE_ICONS = {"try": "zap", "card": "card", "secret": "lock"}


class ListPage(QWidget):
    """`asked(form, key)`: something is to be declared or changed; `try_asked(device)`."""

    asked = Signal(str, str)
    try_asked = Signal(str)

    def __init__(self, context: Context, look: Look, presenter: SettingsPresenter, name: str) -> None:
        super().__init__()
        self._context, self._presenter, self._name = context, presenter, name
        self._rows = Rows(context, presenter)
        self._form = FORMS.get(name, name)
        px = look.theme.px
        self.panel = Panel(look, ICONS[name], parent=self)
        self.panel.tight()
        columns = LISTS[name]
        self.table = KeyedTable(look, len(columns), columns.index(STRETCH[name]), self)
        self.table.setObjectName(f"settings.{name}.list")
        self.pages = StatePages(look, self.table, f"settings.{name}", self, framed=False)
        self.panel.body.addWidget(self.pages)
        self.note = PlainLabel(role="secondary", wrap=True)
        self.new = self._button(look, "new", "plus", "Ctrl+N")
        self.edit = self._button(look, "edit", "correct", "E")
        self.more = {one: self._button(look, one, _MORE_ICONS[one], _KEYS[one]) for one in MORE.get(name, ())}
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.note, 1)
        for button in (*self.more.values(), self.edit, self.new):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.panel, 1)
        column.addLayout(foot)
        self.new.acted.connect(lambda: self.asked.emit(self._form, ""))
        self.edit.acted.connect(lambda: self.asked.emit(self._form, self.table.current_key()))
        for one, button in self.more.items():
            button.acted.connect(lambda one=one: self._more(one))
        self.table.acted.connect(lambda _: self.edit.click())
        self.table.chosen.connect(lambda _: self._allow())
        self.pages.retried.connect(presenter.refresh)
        self.refresh()

    def _button(self, look: Look, name: str, icon: str, key: str) -> ActionButton:
        button = ActionButton(look, "", icon=icon, key=key, parent=self)
        button.setObjectName(f"settings.{self._name}.{name}")
        return button

    def _more(self, name: str) -> None:
        key = self.table.current_key()
        if name == "try":
            self.try_asked.emit(key)
        else:
            self.asked.emit(name, key)

    def narrow(self, on: bool) -> None:
        """Leave out what does not fit beside a form."""
        for number, column in enumerate(LISTS[self._name]):
            self.table.setColumnHidden(number, on and column in NARROW)
        self.table.fit()

    def refresh(self) -> None:
        """Show the list as it is known now."""
        presenter, w = self._presenter, self._context.words
        rows = self._rows.of(self._name)
        self.panel.set_title(w(f"setting.{self._name}"), w("setting.count", count=len(rows)))
        self.table.setAccessibleName(w(f"setting.{self._name}"))
        self.table.rows.set_heads([w(f"setting.column.{column}") for column in LISTS[self._name]])
        error = presenter.troubles.get(self._form)
        if error is not None and not rows:
            words, advice = w(error.code, **error.values), w.advice(error.code, **error.values)
            self.pages.show_error(error, words, advice, w("setting.retry"))
        elif self._form not in presenter.known:
            self.pages.say(State.LOADING)
        elif not rows:
            self.pages.say(State.EMPTY, title=w("setting.none"))
        else:
            self.table.rows.show(rows)
            self.pages.show_content()
            if not self.table.current_key():
                self.table.choose(rows[0].key)
        self.new.set_words(w("setting.new"))
        self.edit.set_words(w("setting.edit"))
        for name, button in self.more.items():
            button.set_words(w(f"setting.{name}"))
        self.note.setText(self._note())
        self._allow()

    def _note(self) -> str:
        w = self._context.words
        if not self._presenter.may(self._form):
            return w("setting.read-only")
        note = f"setting.{self._name}.hint"
        return w(note) if note in w.catalogue else ""

    def _allow(self) -> None:
        w, presenter = self._context.words, self._presenter
        no_role = [] if presenter.may(self._form) else [w("setting.no-role")]
        nothing = [] if self.table.current_key() else [w("setting.choose")]
        self.new.set_refused(no_role)
        self.edit.set_refused(no_role or nothing)
        for name, button in self.more.items():
            if name == "try":
                may = [] if presenter.reads("use-bench") else [w("setting.no-try")]
                button.set_refused(may or nothing)
            else:
                button.set_refused(no_role or nothing)
