"""Editors of several values: device readings with the way by hand, signatures, questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.context import Context
from ui.steps.asking import code_of
from ui.steps.colleagues import StaffEditor
from ui.steps.editors import ChoiceEditor, Editor, Line
from ui.steps.fields import Facts, Field, Kind, Option
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.sign_pad import SignPad
from workstation.custody.values import Answer, How, SignState

Say = Callable[[Option], str]
_OWN_PARTS = frozenset({"person", "receiver", "arrived", "left", "tail"})
_STAFF_PARTS = frozenset({"officer", "searcher", "custodian", "legal", "approver", "applicant", "physician"})


class DeviceEditor(Editor):
    """A value that a device reads. By hand it needs a second person and a reason; a code may be scanned or typed."""

    read_asked = Signal()

    def __init__(self, field: Field, name: str, context: Context, look: Look) -> None:
        super().__init__()
        pick = context.words.pick
        self._field, self._context = field, context
        self._value: dict[str, Any] = {}
        self._free = field.kind is Kind.SCAN
        self.line = Line(self)
        self.line.setObjectName(name)
        self.line.setPlaceholderText(pick(*field.hint))
        self.line.setReadOnly(not self._free)
        self.unit = PlainLabel("g" if field.kind is Kind.WEIGHT else "", self, role="secondary")
        self.read = ActionButton(look, pick("读取", "Read"), icon="scan", small=True, parent=self)
        self.read.setObjectName(f"{name}.read")
        self.read.setVisible(bool(field.device))
        self.hand = ActionButton(look, pick("手工", "By hand"), icon="keyed", small=True, parent=self)
        self.hand.setObjectName(f"{name}.hand")
        self.hand.setCheckable(True)
        self.hand.setVisible(not self._free)
        first = QHBoxLayout()
        first.setSpacing(look.theme.px(6))
        for widget, stretch in ((self.line, 1), (self.unit, 0), (self.read, 0), (self.hand, 0)):
            first.addWidget(widget, stretch)
        self.unit.setVisible(field.kind is Kind.WEIGHT)
        self.second = StaffEditor(
            context, f"{name}.second", pick("第二人：警号、姓名或刷卡", "Second person")
        )
        self.reason = Line(self)
        self.reason.setObjectName(f"{name}.reason")
        self.reason.setPlaceholderText(pick("为什么手工录入", "Why by hand"))
        self.more = QWidget(self)
        more = QHBoxLayout(self.more)
        more.setContentsMargins(0, 0, 0, 0)
        more.addWidget(self.second, 1)
        more.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(4))
        column.addLayout(first)
        column.addWidget(self.more)
        self.more.hide()
        self.setFocusProxy(self.line)
        self.read.acted.connect(self.read_asked)
        self.hand.clicked.connect(self._by_hand)
        self.line.textEdited.connect(self._typed)
        self.second.edited.connect(lambda staff: self._told("second", staff or ""))
        self.reason.textEdited.connect(lambda words: self._told("reason", words))

    def know(self, facts: Facts) -> None:
        """Who there is, for the second person."""
        self.second.know(facts)

    def _by_hand(self, on: bool) -> None:
        self.more.setVisible(on)
        self.line.setReadOnly(not on)
        self._value = {"value": "", "how": How.BY_HAND.value} if on else {}
        self.line.clear()
        self.edited.emit(dict(self._value))
        if on:
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, words: str) -> None:
        how = How.BY_HAND if self.hand.isChecked() else How.TYPED
        at = self._context.clock.now().isoformat()
        self._value = {**self._value, "value": words.strip(), "how": how.value, "device": "", "at": at}
        self.edited.emit(dict(self._value))

    def _told(self, key: str, words: str) -> None:
        self._value = {**self._value, key: words}
        self.edited.emit(dict(self._value))

    def put(self, value: Any) -> None:
        self._value = dict(value) if isinstance(value, dict) else {}
        shown = str(self._value.get("value", ""))
        if shown != self.line.text():
            self.line.setText(shown)
        by_hand = self._value.get("how") == How.BY_HAND
        self.hand.setChecked(by_hand)
        self.more.setVisible(by_hand)
        self.line.setReadOnly(not (by_hand or self._free))
        self.second.put(self._value.get("second", ""))
        if self.reason.text() != self._value.get("reason", ""):
            self.reason.setText(str(self._value.get("reason", "")))


class PhotoEditor(Editor):
    """A photograph taken now by the camera of the room."""

    read_asked = Signal()

    def __init__(self, field: Field, name: str, context: Context, look: Look) -> None:
        super().__init__()
        pick = context.words.pick
        self._look, self._words = look, context.words
        self.picture = QLabel(self)
        self.picture.setAccessibleName(pick(*field.label))
        self.picture.hide()
        self.said = PlainLabel(pick("还没有拍", "Not taken yet"), self, role="secondary")
        self.read = ActionButton(look, pick("拍照", "Take it"), icon="photo", small=True, parent=self)
        self.read.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.picture, self.said):
            row.addWidget(widget)
        row.addWidget(self.read)
        row.addStretch(1)
        self.setFocusProxy(self.read)
        self.read.acted.connect(self.read_asked)

    def show_picture(self, jpeg: bytes) -> None:
        """Show what was taken."""
        image = QImage.fromData(jpeg)
        if not image.isNull():
            side = self._look.theme.px(160)
            mode = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(QPixmap.fromImage(image.scaledToWidth(side, mode)))
            self.picture.show()

    def put(self, value: Any) -> None:
        taken = str(value.get("value", "")) if isinstance(value, dict) else ""
        pick = self._words.pick
        self.said.setText(pick("已拍", "Taken") if taken else pick("还没有拍", "Not taken yet"))
        self.read.set_words(pick("重拍", "Again") if taken else pick("拍照", "Take it"))
        if not taken:
            self.picture.hide()


class SignaturesEditor(Editor):
    """One line a signer: signs on the pad or on the paper, refuses, or cannot; staff note what is not a signature."""

    def __init__(self, field: Field, name: str, context: Context, look: Look, say: Say) -> None:
        super().__init__()
        self._field, self._name, self._context, self._look, self._say = field, name, context, look, say
        self._values: list[dict[str, Any]] = []
        self._rows: list[tuple[Line, ChoiceEditor, StaffEditor, SignPad]] = []
        self._labels: list[PlainLabel] = []
        self._arranged = (False, 0)
        self._parts: tuple[Any, ...] | None = None
        self._facts: Facts | None = None
        self.setMinimumWidth(look.theme.px(300))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(8))
        self._grid.setVerticalSpacing(look.theme.px(6))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)

    def know(self, facts: Facts) -> None:
        """Who is to sign."""
        self._facts = facts
        parts = self._field.parts(facts)
        if parts == self._parts:
            return
        self._parts = parts
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows.clear()
        self._labels.clear()
        self._arranged = (False, 0)
        self._values = [{"part": one.part, "by": self._staff_name(one.by), "id": one.by} for one in parts]
        for number, one in enumerate(parts):
            self._row(number, one.part)
        self._arrange()

    def _staff_name(self, by: str) -> str:
        rows = self._facts.staff if self._facts else ()
        return next((one.name for one in rows if one.id == by), by)

    def _row(self, number: int, part: str) -> None:
        pick = self._context.words.pick
        label = PlainLabel(self._context.words(f"paper.part.{part}"), self)
        line = Line(self)
        line.setObjectName(f"{self._name}.{number}.by")
        line.setAccessibleName(f"{label.words()} {pick('姓名', 'name')}")
        line.setText(self._values[number]["by"])
        line.setMinimumWidth(self._look.theme.px(120))
        if self._values[number]["by"]:
            line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # known already: Tab goes to the act of signing
        line.setPlaceholderText(pick("姓名", "Name"))
        hint = f"{label.words()} {pick('在此手写', 'sign here')}"
        name = f"{self._name}.{number}.pad"
        pad = SignPad(self._look, name, hint, self._kind(number), self._name, self)
        choice = ChoiceEditor(self._look, f"{self._name}.{number}", self._say)
        choice.setAccessibleName(label.words())
        choice.options([Option(one.value, code_of(one)) for one in SignState])
        noted = StaffEditor(self._context, f"{self._name}.{number}.noted", pick("由谁注明", "Noted by"))
        if self._facts is not None:
            noted.know(self._facts)
        noted.hide()
        self._labels.append(label)
        line.textEdited.connect(partial(self._told, number, "by"))
        choice.edited.connect(partial(self._told, number, "state"))
        noted.edited.connect(partial(self._told, number, "noted_by"))
        pad.signed.connect(partial(self._drawn, number))
        self._rows.append((line, choice, noted, pad))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Each signer in one line; where that is too long, pad and choices in a line below the name."""
        px, rows = self._look.theme.px, list(zip(self._labels, self._rows, strict=True))
        widths = (label.sizeHint().width() + row[1].minimumSizeHint().width() for label, row in rows)
        stacked = max(widths, default=0) + px(120 + 130 + 3 * 8) > self.width()
        if (stacked, len(rows)) == self._arranged:
            return
        self._arranged = (stacked, len(rows))
        below, left = (1, 1) if stacked else (0, 2)
        for number, (label, (line, choice, noted, pad)) in enumerate(rows):
            for widget in (label, line, pad, choice, noted):
                self._grid.removeWidget(widget)
            top = 3 * number
            self._grid.addWidget(label, top, 0)
            self._grid.addWidget(line, top, 1, 1, 2 if stacked else 1)
            self._grid.addWidget(pad, top + below, left)
            self._grid.addWidget(choice, top + below, left + 1)
            self._grid.addWidget(noted, top + 2, 1, 1, 3)

    def _kind(self, number: int) -> str:
        """Whose hand it is: a colleague's, the person's or somebody else's."""
        row = self._values[number]
        if row["id"] != row["by"] or row["part"] in _STAFF_PARTS:
            return "staff"
        return "person" if row["part"] in _OWN_PARTS else "other"

    def _drawn(self, number: int, path: str) -> None:
        """Drawn on the pad: that is the act of signing."""
        self._rows[number][1].put(SignState.SIGNED.value)
        self._rows[number][2].hide()
        first = not self._values[number].get("stroke")
        self._values[number] = {**self._values[number], "state": SignState.SIGNED.value, "stroke": path}
        self.edited.emit([self._plain(one) for one in self._values])
        if first:  # on to whatever is next, which comes into view with the keyboard
            self._rows[number][1].take_focus()
            self.focusNextChild()

    def _told(self, number: int, key: str, value: Any) -> None:
        row = {**self._values[number], key: value or ""}
        if key == "by":
            row["id"] = value
        if key == "state":
            refused = value != SignState.SIGNED
            row.pop("stroke", None)
            self._rows[number][3].clear()
            self._rows[number][2].setVisible(refused)
            if refused and not row.get("noted_by") and self._facts is not None:
                row["noted_by"] = self._facts.actor.staff
                self._rows[number][2].put(row["noted_by"])
        self._values[number] = row
        self.edited.emit([self._plain(one) for one in self._values])

    @staticmethod
    def _plain(row: dict[str, Any]) -> dict[str, Any]:
        """A row as it is recorded: the staff id where the name is that of a member of staff."""
        return {**row, "by": row.get("id") or row.get("by", "")}

    def put(self, value: Any) -> None:
        given = value if isinstance(value, list) else []
        for number, (line, choice, noted, pad) in enumerate(self._rows):
            row = given[number] if number < len(given) and isinstance(given[number], dict) else None
            if row is None:
                known = self._parts[number] if self._parts else None
                by = known.by if known else ""
                row = {"part": self._values[number]["part"], "by": by, "id": by}
            row = {**row, "id": row.get("by", ""), "by": self._staff_name(str(row.get("by", "")))}
            self._values[number] = row
            if line.text() != row["by"]:
                line.setText(row["by"])
            choice.put(row.get("state"))
            noted.setVisible(row.get("state") in (SignState.REFUSED, SignState.UNABLE))
            noted.put(row.get("noted_by", ""))
            if not row.get("stroke"):
                pad.clear()

    def take_focus(self) -> None:
        if self._rows:
            self._rows[0][1].take_focus()


class QuestionsEditor(Editor):
    """Every question by itself: yes, no, unknown; nothing is answered before somebody answers."""

    def __init__(self, field: Field, name: str, context: Context, look: Look, say: Say) -> None:
        super().__init__()
        self._values: dict[str, dict[str, str]] = {}
        self._rows: dict[str, tuple[ChoiceEditor, Line]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(10))
        grid.setVerticalSpacing(look.theme.px(5))
        grid.setColumnStretch(1, 1)
        for number, code in enumerate(field.codes):
            label = PlainLabel(context.words(f"question.{code}"), self, wrap=True)
            label.setMinimumWidth(look.theme.px(110))
            choice = ChoiceEditor(look, f"{name}.{code}", say)
            choice.setAccessibleName(label.words())
            choice.options([Option(one.value, code_of(one)) for one in Answer])
            detail = Line(self)
            detail.setObjectName(f"{name}.{code}.detail")
            detail.setPlaceholderText(context.words.pick("说明", "Detail"))
            detail.setAccessibleName(f"{label.words()} {detail.placeholderText()}")
            detail.hide()
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(choice, 2 * number, 1)
            grid.addWidget(detail, 2 * number + 1, 1)
            choice.edited.connect(partial(self._told, code, "answer"))
            detail.textEdited.connect(partial(self._told, code, "detail"))
            self._rows[code] = (choice, detail)

    def _told(self, code: str, key: str, value: Any) -> None:
        self._values[code] = {**self._values.get(code, {}), key: str(value or "")}
        self._ask_detail(code)
        self.edited.emit({one: dict(row) for one, row in self._values.items()})

    def _ask_detail(self, code: str) -> None:
        """What was answered with anything but no is asked about in its own line."""
        row = self._values.get(code, {})
        told = row.get("answer", "") not in ("", Answer.NO) or bool(row.get("detail"))
        self._rows[code][1].setVisible(told)

    def put(self, value: Any) -> None:
        self._values = {code: dict(row) for code, row in value.items()} if isinstance(value, dict) else {}
        for code, (choice, detail) in self._rows.items():
            row = self._values.get(code, {})
            choice.put(row.get("answer"))
            if detail.text() != row.get("detail", ""):
                detail.setText(row.get("detail", ""))
            self._ask_detail(code)

    def take_focus(self) -> None:
        for code, (choice, _) in self._rows.items():
            if not self._values.get(code, {}).get("answer"):
                choice.take_focus()
                return
