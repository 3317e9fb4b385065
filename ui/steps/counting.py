"""The blind count: what is counted line by line, beside a column that says why the list is hidden."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.context import Context
from ui.steps.editors import Editor, Line
from ui.steps.fields import Facts, instant, whole
from ui.steps.forms.things import common
from ui.theme import Type
from ui.widgets import paint
from ui.widgets.labels import PlainLabel, SourceBadge
from ui.widgets.look import Look
from ui.widgets.painted import Painted

HIDDEN_WIDTH, NARROW = 190, 820
THING, QUANTITY, UNIT, HIDDEN, WHO = 1, 2, 3, 4, 5


class Hidden(Painted):
    """A place of the list that stays hidden until the count is submitted; it says so and nothing else."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._said = context.words.pick("提交前不显示", "Hidden until submitted")
        self.short = False
        self.setAccessibleName(self._said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        whole_width = paint.width_of(theme, Type.BODY, self._said) + theme.px(18 + 6 + 24)
        width = theme.px(44) if self.short else max(theme.px(HIDDEN_WIDTH), whole_width)
        return QSize(width, theme.box(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self.look.theme, self.look.theme.px
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.hatch(painter, box, theme, self.look.tiles)
        side = px(18)
        words = "" if self.short else self._said
        taken = side + (px(6) + paint.width_of(theme, Type.BODY, words) if words else 0)
        left = (box.width() - taken) / 2
        ink = theme.tokens.ink
        mark = QRectF(left, (box.height() - side) / 2, side, side)
        self.look.icons.paint(painter, "covered", mark, ink)
        paint.text(painter, box.adjusted(left + side + px(6), 0, 0, 0), words, theme.font(Type.BODY), ink)
        painter.end()


class NameLine(Line):
    """The name of a counted thing: initials become the whole name when the line is left.

    `told(rows)`: several counts in one go, such as `sj1 qb1 ys2`, when the line is left.
    """

    told = Signal(list)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        counts = several(self.text())
        if counts:
            self.told.emit(counts)
        known = common(self.text())
        if known is not None and known.name != self.text():
            self.setText(known.name)
            self.textEdited.emit(known.name)
        super().focusOutEvent(event)


class _Row:
    """One line of the count: its editors, and when and by whom it was first filled."""

    def __init__(self, owner: CountEditor, number: int) -> None:
        self.number = PlainLabel(str(number + 1), owner, role="secondary")
        self.thing, self.quantity = NameLine(owner), Line(owner)
        self.unit = PlainLabel("", owner)
        self.hidden = Hidden(owner.context, owner.look, owner)
        self.badge = SourceBadge(owner.look, "", "", parent=owner)
        self.badge.hide()
        self.at = ""

    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of the columns."""
        return self.number, self.thing, self.quantity, self.unit, self.hidden, self.badge


class CountEditor(Editor):
    """What is counted, line by line; a new line appears when the last one has a name. Enter goes on, never submits."""

    def __init__(self, name: str, context: Context, look: Look) -> None:
        super().__init__()
        self.context, self.look = context, look
        self._name, self._by, self._wide = name, "", True
        self._rows: list[_Row] = []
        self._heads: list[PlainLabel] = []
        px = look.theme.px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(8), 0, px(8), 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnStretch(THING, 1)
        self._grid.setColumnMinimumWidth(UNIT, px(28))
        pick = context.words.pick
        for column, words in (
            (0, "#"),
            (THING, pick("物品（清点人键入）", "Item, typed by the counter")),
            (QUANTITY, pick("清点数", "Counted")),
            (HIDDEN, pick("入柜清单", "The list")),
            (WHO, pick("清点人 · 时间", "Counted by, at")),
        ):
            head = PlainLabel(words, self, role="secondary")
            head.setMinimumHeight(look.theme.box(36))
            self._grid.addWidget(head, 0, column, _aligned(column))
            self._heads.append(head)
        self._add()

    def know(self, facts: Facts) -> None:
        """Who counts."""
        self._by = facts.actor.name

    def _add(self) -> None:
        number = len(self._rows)
        pick, px = self.context.words.pick, self.look.theme.px
        row = _Row(self, number)
        hint = pick("继续，或按 F12 提交", "Go on, or submit by F12") if number else pick("物品", "Item")
        for line, key, words, shown in (
            (row.thing, "name", pick("物品", "Item"), hint),
            (row.quantity, "quantity", pick("数量", "Quantity"), pick("数量", "Qty")),
        ):
            line.setObjectName(f"{self._name}.{number}.{key}")
            line.setPlaceholderText(shown)
            line.setAccessibleName(f"{number + 1} {words}")
            line.setProperty("role", "count")
            line.textEdited.connect(self._typed)
        row.thing.told.connect(self._told)
        row.quantity.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.quantity.setFixedWidth(px(110))
        row.hidden.short = not self._wide
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, number + 1, column)
        before = self._rows[-1].quantity if number else None
        self._rows.append(row)
        if before is not None:
            QWidget.setTabOrder(before, row.thing)
        QWidget.setTabOrder(row.thing, row.quantity)

    def _typed(self, _: str) -> None:
        if self._rows[-1].thing.text().strip():
            self._add()
        for row in self._rows:
            if row.thing.text().strip() and not row.at:
                row.at = self.context.clock.now().isoformat()
            self._say(row, self._by)
        self.edited.emit(self._value())

    def _told(self, counts: list[tuple[str, int]]) -> None:
        """Counts that were typed in one line take a line each."""
        sender = self.sender()
        at = next((number for number, row in enumerate(self._rows) if row.thing is sender), 0)
        for number, (thing, quantity) in enumerate(counts, at):
            if number == len(self._rows):
                self._add()
            self._rows[number].thing.setText(thing)
            self._rows[number].quantity.setText(str(quantity))
        self._typed("")
        QTimer.singleShot(0, self, self._past)

    def _past(self) -> None:
        """Everything was told in one line: on to what comes after the lines."""
        last = self._rows[-1].quantity
        last.setFocus(Qt.FocusReason.TabFocusReason)
        last.focusNextChild()

    def _say(self, row: _Row, by: str) -> None:
        """The unit of a known thing; who counted the line and when."""
        known = common(row.thing.text())
        row.unit.setText(known.unit if known else "")
        at = instant(row.at) if row.thing.text().strip() else None
        row.badge.set("keyed", f"{by} {_clock(at, self.context)}".strip() if at else "")
        row.badge.setVisible(at is not None and self._wide)

    def _value(self) -> list[dict[str, Any]]:
        found = []
        for row in self._rows:
            if row.thing.text().strip():
                number = whole(row.quantity.text())
                quantity = row.quantity.text() if number is None else number
                found.append({"name": row.thing.text().strip(), "quantity": quantity, "at": row.at})
        return found

    def put(self, value: Any) -> None:
        given = value if isinstance(value, list) else []
        if given == self._value():
            return
        while len(self._rows) < len(given) + 1:
            self._add()
        for number, row in enumerate(self._rows):
            line = given[number] if number < len(given) else {}
            row.thing.setText(str(line.get("name", "")))
            row.quantity.setText(str(line.get("quantity", "")))
            row.at = str(line.get("at", ""))
            self._say(row, self._by)

    def take_focus(self) -> None:
        for row in self._rows:
            for line, empty in (
                (row.thing, not row.thing.text().strip()),
                (row.quantity, whole(row.quantity.text()) is None),
            ):
                if empty:
                    line.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.look.theme.px(NARROW)
        if wide != self._wide:
            self._wide = wide
            self._heads[-1].setVisible(wide)
            self._heads[-2].setText(self.context.words.pick("入柜清单", "The list") if wide else "")
            for row in self._rows:
                row.hidden.short = not wide
                row.hidden.updateGeometry()
                self._say(row, self._by)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the head, a line under every row."""
        tokens, painter = self.look.theme.tokens, QPainter(self)
        gap = self._grid.verticalSpacing() // 2 + 1
        bottom = self._heads[0].geometry().bottom() + gap
        painter.fillRect(0, 0, self.width(), bottom, QColor(tokens.surface2))
        painter.fillRect(0, bottom, self.width(), 1, QColor(tokens.edge))
        for row in self._rows:
            painter.fillRect(0, row.thing.geometry().bottom() + gap, self.width(), 1, QColor(tokens.line))
        painter.end()


def several(text: str) -> list[tuple[str, int]]:
    """`sj1 qb1 ys2` as things with their counts; empty for anything that is not several counts of known things."""
    found = [re.fullmatch(r"([^\W\d]+)(\d{1,4})", part) for part in text.split()]
    if len(found) < 2 or not all(found):
        return []
    counts = [
        (known.name, int(one[2]))
        for one in found
        if one is not None and (known := common(one[1])) is not None
    ]
    return counts if len(counts) == len(found) else []


def _aligned(column: int) -> Qt.AlignmentFlag:
    if column == QUANTITY:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    if column == HIDDEN:
        return Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _clock(at: datetime, context: Context) -> str:
    return context.local(at)
