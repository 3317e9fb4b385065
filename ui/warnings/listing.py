"""The list of alerts: its tabs, its two tables, and what a line says."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.theme import Level
from ui.warnings.figures import LEVELS
from ui.warnings.presenter import Line, Tab
from ui.warnings.saying import Saying
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.flow import Flow
from ui.widgets.frame import StatePages
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.services.alerts import Often

COLUMNS = ("level", "rule", "what", "person", "place", "due", "owner", "state", "waited")
WIDE_ONLY = ("rule", "place", "owner", "waited")
TOP_COLUMNS = ("rule", "what", "count", "still")


class ListPanel(QFrame):
    """The list. `table` holds alerts, `top` the rules that warned most; `pages` says why there is nothing."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context, self._look = context, look
        self.saying = Saying(context)
        self._top: KeyedTable | None = None
        px = look.theme.px
        self.table = KeyedTable(look, len(COLUMNS), COLUMNS.index("what"), self)
        self.table.setObjectName("warnings.table")
        self.tables = QStackedWidget(self)
        self.tables.addWidget(self.table)
        self.pages = StatePages(look, self.tables, "warnings", self, framed=False)
        self.tabs = Segments(look, "", [(tab, tab) for tab in Tab], self, wrap=True)
        for key, button in self.tabs.buttons.items():
            button.setObjectName(f"warnings.tab.{key}")
        self.tabs.choose(Tab.OPEN)
        self.group = ActionButton(look, "", icon="layers", key="G", parent=self)
        self.group.setObjectName("warnings.group")
        self.group.setCheckable(True)
        self.group.setChecked(True)
        self.often = ActionButton(look, "", icon="timeline", key="T", parent=self)
        self.often.setObjectName("warnings.top")
        self.often.setCheckable(True)
        head = QFrame(self)
        head.setProperty("role", "head")
        held = QVBoxLayout(head)
        held.setContentsMargins(px(8), px(6), px(8), px(6))
        bar = Flow(gap=px(8))
        held.addLayout(bar)
        for widget in (self.tabs, self.group, self.often):
            bar.addWidget(widget)
        self.keys = PlainLabel(role="secondary", elide=True)
        self.blue = PlainLabel(role="secondary")
        foot = QHBoxLayout()
        foot.setContentsMargins(px(12), px(6), px(12), px(6))
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.blue)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def retranslate(self) -> None:
        """Say everything that is no alert in the present language."""
        w = self._context.words
        self.table.setAccessibleName(w("warnings.title"))
        self.table.rows.set_heads([w(f"warnings.column.{column}") for column in COLUMNS])
        self._head_top()
        self.tabs.setAccessibleName(w("warnings.sorts"))
        self.group.set_words(w("warnings.group"))
        self.often.set_words(w("warnings.top"))
        self.keys.setText(w("warnings.hint"))
        self.blue.setText(w("warnings.blue-never"))

    def narrow(self, on: bool) -> None:
        """Leave out what the detail says as well."""
        for column in WIDE_ONLY:
            self.table.setColumnHidden(COLUMNS.index(column), on)
        self.blue.setVisible(not on)

    def show_lines(self, lines: list[Line], names: dict[str, str], now: datetime) -> None:
        """Show lines in this order. `names`: staff id → name."""
        self.table.rows.show([self._row(line, names, now) for line in lines])
        self.tables.setCurrentWidget(self.table)
        self.pages.show_content()

    def show_top(self, found: tuple[Often, ...]) -> None:
        """Show the rules that warned most."""
        self.top.rows.show(
            [
                Row(
                    one.code,
                    (
                        Cell(one.code),
                        Cell(self.saying.rule(one.code), bold=True),
                        Cell(str(one.count), bold=True),
                        Cell(str(one.open)),
                    ),
                )
                for one in found
            ]
        )
        self.tables.setCurrentWidget(self.top)
        self.pages.show_content()

    @property
    def top(self) -> KeyedTable:
        """The table of the ten most frequent rules, made when it is first needed."""
        if self._top is None:
            self._top = KeyedTable(self._look, len(TOP_COLUMNS), TOP_COLUMNS.index("what"), self)
            self._top.setObjectName("warnings.top.table")
            self.tables.addWidget(self._top)
            self._head_top()
        return self._top

    def _head_top(self) -> None:
        w = self._context.words
        if self._top is not None:
            self._top.setAccessibleName(w("warnings.top"))
            self._top.rows.set_heads([w(f"warnings.column.{column}") for column in TOP_COLUMNS])

    def _row(self, line: Line, names: dict[str, str], now: datetime) -> Row:
        w, alert, saying = self._context.words, line.first, self.saying
        word = w(f"warnings.{alert.level}") if alert.level in LEVELS else alert.level
        what, who, place = saying.briefly(alert), f"{alert.number} {alert.name}".strip(), saying.place(alert)
        if line.folded:
            what = f"{what} ×{len(line.alerts)}"
            stays = len({one.stay for one in line.alerts})
            who, place = w("warnings.persons", count=stays), "—"
        told = line.warned or alert
        return Row(
            line.key,
            (
                Cell(word, level=LEVELS.get(alert.level, Level.UNKNOWN)),
                Cell(saying.rule_id(alert), quiet=True),
                Cell(what, bold=True, icon="layers" if line.folded else ""),
                Cell(who),
                Cell(place),
                Cell(saying.due(alert, now), bold=True),
                Cell(saying.owner(alert, names)),
                Cell(badges=(Badge(saying.state(told)),)),
                Cell("—" if line.folded else saying.waited(told)),
            ),
        )
