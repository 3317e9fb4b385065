"""Draws one form: what is recorded already, and a row for each field with where its value comes from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.context import Context
from ui.entries import SOURCE_ICONS
from ui.steps.colleagues import StaffEditor
from ui.steps.counting import CountEditor
from ui.steps.editors import Editor
from ui.steps.fields import (
    DEVICE_KINDS,
    LATE,
    OVERRIDE,
    Facts,
    Field,
    Form,
    Kind,
    Option,
    Values,
    instant,
)
from ui.steps.known import RecordedTable, Strip
from ui.steps.making import single_editor
from ui.steps.order import TabOrder
from ui.steps.rows import DeviceEditor, PhotoEditor, QuestionsEditor, SignaturesEditor
from ui.steps.spoken import SpokenEditor
from ui.steps.talk import Said
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.forms import FormRow
from ui.widgets.labels import PlainLabel, SourceBadge
from ui.widgets.look import Look
from ui.widgets.settle import settle
from workstation.custody.values import How

AT_ONCE = 24
"""How many widgets are made in one turn of the event loop."""
FIRST = "first"
WHOLE_WIDTH = (Kind.LINES, Kind.SPOKEN)


class Fields(QWidget):
    """Rows of one column of labels; a row that is not asked takes no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(12))
        self._grid.setVerticalSpacing(look.theme.px(5))
        self._grid.setColumnStretch(1, 1)

    def make_room(self, labels: Iterable[str]) -> None:
        """Make the column of labels wide enough for these, as far as that goes."""
        theme = self._look.theme
        widest = max((paint.width_of(theme, Type.BODY, one) for one in labels), default=0)
        self._grid.setColumnMinimumWidth(0, min(max(theme.px(120), widest), theme.px(210)))

    def add(self, number: int, label: str, editor: QWidget, *, wide: bool = False) -> FormRow:
        """Add a row with its label and a place for its source; `wide`: the editor takes the room of all three."""
        words = PlainLabel(label, self, role="secondary", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words.setBuddy(editor)
        editor.setAccessibleName(words.words())
        for line in editor.findChildren(QLineEdit):
            if not line.accessibleName():
                line.setAccessibleName(f"{words.words()} {line.placeholderText()}".strip())
        for box in editor.findChildren(QPlainTextEdit):
            box.setAccessibleName(f"{words.words()} {box.placeholderText()}".strip())
        badge = SourceBadge(self._look, "", "", parent=self)
        badge.hide()
        for column, widget in enumerate((words, editor, badge)):
            self._grid.addWidget(widget, number, column, Qt.AlignmentFlag(0))
        if wide:
            words.setMaximumSize(0, 0)
            self._grid.addWidget(editor, number, 0, 1, 3)
        self._grid.setAlignment(badge, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return FormRow(words, editor, badge)

    def hold(self) -> None:
        """Rows will come and go: lay nothing out for each of them."""
        self._grid.setEnabled(False)

    def go_on(self) -> None:
        """All rows are there: show them, each in the room it needs."""
        self._grid.setEnabled(True)
        self.show()
        settle(self)

    def show_row(self, number: int, row: FormRow, *, shown: bool) -> None:
        """Show or hide a row."""
        row.set_visible(shown)
        self._grid.setRowMinimumHeight(number, self._look.theme.box(36) if shown else 0)


class FormView(QWidget):
    """The fields of one form. `edited(key, value)`, `read_asked(key)` for a device field, `spoken(said, text)`.

    `unfinished`: not all the fields of a long form are made yet; it is to be refreshed again.
    """

    edited = Signal(str, object)
    read_asked = Signal(str)
    spoken = Signal(str, str)
    unfinished = Signal()

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._form: Form | None = None
        self._name = ""
        self._awaited = ""
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self.unfinished)
        self.bare = False
        """Whether what is recorded stands elsewhere on the screen."""
        self._rows: dict[str, FormRow] = {}
        self._editors: dict[str, Editor] = {}
        self._fields: dict[str, Field] = {}
        self._order = TabOrder()
        self.table = RecordedTable(context, look, self)
        self._grid: Fields | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.strip = Strip(context, look, self)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.table)

    def say(self, option: Option) -> str:
        """An option in the present language."""
        words = self._context.words
        return words(option.code) if option.code else words.pick(*option.say)

    def show_form(self, form: Form | None, task: str) -> None:
        """Draw another form, empty; a field is made when it is first asked."""
        self._form = form
        if self._grid is not None:
            self._column.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._rows, self._editors, self._fields, self._grid = {}, {}, {}, None
        self._awaited = ""
        self._next.stop()
        if form is None:
            return
        self._grid = Fields(self._look, self)
        self._fields = {field.key: field for field in (*form.fields, *_beside())}
        self._name = f"steps.{task}.{form.code}"
        self._grid.make_room(self._label(field) for field in self._fields.values())
        self._column.addWidget(self._grid)

    def _label(self, field: Field) -> str:
        pick = self._context.words.pick
        return pick(*field.label) + (pick("（可不填）", " (optional)") if field.optional else "")

    def _make(self, grid: Fields, number: int, field: Field) -> Editor:
        editor = self._editor(field, f"{self._name}.{field.key}")
        row = grid.add(number, self._label(field), editor, wide=field.kind in WHOLE_WIDTH)
        editor.edited.connect(partial(self.edited.emit, field.key))
        self._rows[field.key], self._editors[field.key] = row, editor
        return editor

    def _made(self) -> dict[str, Editor]:
        """The editors that there are, as the fields stand."""
        return {key: self._editors[key] for key in self._fields if key in self._editors}

    def _editor(self, field: Field, name: str) -> Editor:
        match field.kind:
            case Kind.SIGNATURES:
                return SignaturesEditor(field, name, self._context, self._look, self.say)
            case Kind.QUESTIONS:
                return QuestionsEditor(field, name, self._context, self._look, self.say)
            case Kind.SPOKEN:
                spoken = SpokenEditor(self._context, self._look, name)
                spoken.spoken.connect(self.spoken)
                return spoken
            case Kind.LINES:
                return CountEditor(name, self._context, self._look)
            case Kind.PHOTO:
                photo = PhotoEditor(field, name, self._context, self._look)
                photo.read_asked.connect(partial(self.read_asked.emit, field.key))
                return photo
            case Kind.TAG | Kind.SCAN | Kind.WEIGHT:
                device = DeviceEditor(field, name, self._context, self._look)
                device.read_asked.connect(partial(self.read_asked.emit, field.key))
                return device
            case _:
                return single_editor(field, name, self._context, self._look, self.say)

    def refresh(self, values: Values, facts: Facts, *, as_report: bool, override: bool) -> list[str]:
        """Offer what there is now, show the fields that are asked now, and the table.

        `as_report`: when it happened is asked too; `override`: the reason for passing what stands against it.
        Returns the keys of the fields that are asked for the first time, with their values put in. A long form is
        made in several turns: `unfinished` tells that there is more to make.
        """
        fresh: list[str] = []
        if self._form is None or self._grid is None:
            return fresh
        room = AT_ONCE
        self._grid.hold()
        self.strip.show_briefs(self._form.briefs(facts))
        self.table.show_table(None if self.bare else self._form.table(facts))
        beside = {**dict.fromkeys(LATE, as_report), OVERRIDE: override}
        for number, (key, field) in enumerate(self._fields.items()):
            shown = beside[key] if key in beside else field.shown(values, facts)
            editor = self._editors.get(key)
            if editor is None:
                if not shown or self._next.isActive():
                    continue
                room -= _parts_of(field, facts)
                if room < 0 and fresh:
                    self._next.start()
                    continue
                editor = self._make(self._grid, number, field)
                fresh.append(key)
            if isinstance(editor, StaffEditor | DeviceEditor | SignaturesEditor | CountEditor):
                editor.know(facts)
            editor.options(field.options(facts))
            if key in fresh:
                editor.put(values.get(key))
            self._grid.show_row(number, self._rows[key], shown=shown)
        # Not before its parts are there: each would lay out the whole screen. Not later: the keyboard may go into it
        # before the event loop has shown it.
        self._grid.go_on()
        self._order.chain(self._made().values())
        self._focus_awaited(values)
        return fresh

    def put(self, key: str, value: Any) -> None:
        """Show one value that came from elsewhere."""
        if key in self._editors:
            self._editors[key].put(value)

    def show_source(self, key: str, value: Any, *, card: bool) -> None:
        """Say where a value comes from: the card, a device with its time, by hand."""
        row, field = self._rows.get(key), self._fields.get(key)
        if row is None or field is None:
            return
        pick = self._context.words.pick
        if card:
            row.set_source("card", pick("读卡", "Card"), "device")
            return
        got = value if isinstance(value, dict) and field.kind in DEVICE_KINDS else {}
        if not got.get("value"):
            row.set_source("", "")
            return
        at = self._context.local(when) if (when := instant(got.get("at"))) else ""
        told = How(got.get("how") or How.TYPED)
        words, icon = self._context.words(f"steps.how.{told}"), SOURCE_ICONS[told]
        kind = "late" if told is How.BY_HAND else "device"
        if field.kind is Kind.WEIGHT and told is How.DEVICE:
            words, icon = pick("秤", "Scale"), "scale"
        if field.kind is Kind.PHOTO:
            words, icon = pick("拍摄", "Camera"), "photo"
        row.set_source(icon, f"{words} {at}".strip(), kind)

    def editor(self, key: str) -> Editor | None:
        """The editor of a field; none before it is asked."""
        return self._editors.get(key)

    def read(self, values: Values) -> None:
        """Ask the device of the field that has the keyboard, else of the first that has no value."""
        asked = {
            key: editor
            for key, editor in self._made().items()
            if isinstance(editor, DeviceEditor | PhotoEditor) and editor.read.isVisible()
        }
        focus = QApplication.focusWidget()
        here = [key for key, editor in asked.items() if focus is not None and editor.isAncestorOf(focus)]
        empty = [key for key in asked if not (values.get(key) or {}).get("value")]
        for key in (here or empty)[:1]:
            self.read_asked.emit(key)

    def show_picture(self, key: str, jpeg: bytes) -> None:
        """Show a photograph that was taken for a field."""
        editor = self._editors.get(key)
        if isinstance(editor, PhotoEditor):
            editor.show_picture(jpeg)

    def is_unfinished(self) -> bool:
        """Whether fields are still to be made."""
        return self._next.isActive()

    def expect(self, said: Said) -> None:
        """Whose words are typed next, where a record is being typed."""
        for editor in self._editors.values():
            if isinstance(editor, SpokenEditor):
                editor.expect(said)

    def close_lists(self) -> None:
        """Put away the names that are being offered: an action was taken."""
        for editor in self.findChildren(StaffEditor):
            editor.close_list()

    def focus(self, key: str) -> None:
        """Put the keyboard into a field, when it is made if it is not yet."""
        self._awaited = key if self._next.isActive() and key not in self._editors else ""
        if key in self._editors:
            self._editors[key].take_focus()

    def focus_first(self, values: Values) -> None:
        """Put the keyboard into the first field that is shown and empty, also when that is still to be made."""
        shown = [key for key, editor in self._made().items() if not editor.isHidden()]
        empty = [key for key in shown if values.get(key) in (None, "", [], {})]
        self._awaited = FIRST if self._next.isActive() and not empty else ""
        for key in (*empty[:1], *shown[:1]):
            self._editors[key].take_focus()
            return

    def _focus_awaited(self, values: Values) -> None:
        """What the keyboard was to go into may be there now."""
        if self._awaited == FIRST:
            self.focus_first(values)
        elif self._awaited:
            self.focus(self._awaited)


def _parts_of(field: Field, facts: Facts) -> int:
    """About how many widgets a field is made of."""
    each = {
        Kind.QUESTIONS: 5 * len(field.codes),
        Kind.SIGNATURES: 9 * len(field.parts(facts)),
        Kind.LINES: 12,
    }
    return each.get(field.kind, 4) + len(field.options(facts))


def _beside() -> tuple[Field, ...]:
    return (
        Field(
            "happened_at",
            ("发生时间", "Happened at"),
            Kind.MOMENT,
            optional=True,
            hint=("不填即现在", "Empty means now"),
        ),
        Field("late_reason", ("补录原因", "Why told late"), Kind.TEXT, optional=True),
        Field(
            OVERRIDE,
            ("放行理由", "Why it must go on"),
            Kind.TEXT,
            optional=True,
            hint=("须第二人当场确认，并立即红色预警", "A second person confirms; a red warning at once"),
        ),
    )
