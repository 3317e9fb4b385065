"""The line in hand: its level and time large, why and by which article, its four steps, and what may be done now."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.theme import Level, Type
from ui.warnings.closing import Reasons, low
from ui.warnings.figures import LEVELS
from ui.warnings.presenter import Line, WarningsPresenter
from ui.warnings.saying import Saying
from ui.widgets import paint
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.frame import Scroll
from ui.widgets.labels import PlainLabel, ShapeLabel
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, Shape, paint_shape
from workstation.services.alerts import Alert, AlertSort

STEPS = ("raised", "seen", "acted", "closed")
CURES = 3
_SHAPES = {True: Shape.DONE, None: Shape.INCOMPLETE, False: Shape.NOT_STARTED}


class LevelHead(Painted):
    """A band in the colour of the level: its shape, its word with the rule, who it is about, and the time."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._level, self._title, self._who, self._time = Level.NONE, "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, level: Level, title: str, who: str, time: str) -> None:
        """Show another alert."""
        self._level = level
        self._title, self._who, self._time = (paint.literal(one) for one in (title, who, time))
        self.setAccessibleName(f"{self._title} {self._who} {self._time}")
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.restyle()

    def _boxes(self, width: int) -> tuple[QRect, QRect, QRect]:
        """The boxes of title, person and time; the time stands below where it would crowd the title."""
        theme = self.look.theme
        px, time = theme.px, paint.width_of(theme, Type.NAME, self._time) + theme.px(4)
        below = time > width // 3
        left = px(50)
        room = max(px(80), width - left - px(12) - (0 if below else time + px(12)))
        flags = int(Qt.TextFlag.TextWordWrap)
        title = theme.metrics(Type.STRONG).boundingRect(QRect(0, 0, room, 9999), flags, self._title)
        who = theme.metrics(Type.BODY).boundingRect(QRect(0, 0, room, 9999), flags, self._who)
        first = QRect(left, px(10), room, title.height())
        second = QRect(left, first.bottom() + px(4), room, who.height())
        if below:
            return first, second, QRect(left, second.bottom() + px(4), time, theme.line(Type.NAME))
        return first, second, QRect(width - px(12) - time, 0, time, second.bottom() + px(10))

    def heightForWidth(self, width: int) -> int:
        return max(box.bottom() for box in self._boxes(width)[1:]) + self.look.theme.px(10)

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(240), self.heightForWidth(self.width()))

    def resizeEvent(self, event: object) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        colours, px = theme.level(self._level), theme.px
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.frame(painter, box, colours.edge, radius=px(4), ground=colours.fill)
        title, who, time = self._boxes(self.width())
        if self._level in LEVEL_SHAPES:
            mark = QRectF(px(14), (box.height() - px(26)) / 2, px(26), px(26))
            paint_shape(painter, LEVEL_SHAPES[self._level], mark, theme, colours.on)
        painter.setPen(colours.on)
        for role, rect, words in (
            (Type.STRONG, title, self._title),
            (Type.BODY, who, self._who),
        ):
            painter.setFont(theme.font(role))
            painter.drawText(rect, int(Qt.TextFlag.TextWordWrap), words)
        paint.text(painter, QRectF(time), self._time, theme.font(Type.NAME), colours.on)
        painter.end()


class StepRow(QWidget):
    """One step of an alert's life: shape, number and name, by whom, when."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(2), 0, px(2))
        grid.setHorizontalSpacing(px(8))
        grid.setColumnStretch(2, 1)
        self.shape = ShapeLabel(look, Shape.NOT_STARTED, "", 20, self)
        self.name = PlainLabel(role="bold")
        self.who = PlainLabel(role="secondary", wrap=True)
        self.at = PlainLabel(role="secondary")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.shape, 0, 0, top)
        grid.addWidget(self.name, 0, 1, top)
        grid.addWidget(self.at, 0, 2, top | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.who, 1, 1, 1, 2, top)

    def say(self, done: bool | None, name: str, who: str, at: str, meaning: str) -> None:
        """Show the step; `done` None: it is the one in hand."""
        self.shape.set(_SHAPES[done], meaning)
        self.name.setText(name)
        self.who.setText(who)
        self.who.setVisible(bool(who))
        self.at.setText(at)
        self.setAccessibleName(" ".join(one for one in (name, meaning, who, at) if one))


class Detail(QFrame):
    """The line in hand. `wanted(place)` an action or a screen; `acknowledged`, `closing(reason)`, `unfolded`."""

    wanted = Signal(str)
    acknowledged = Signal()
    closing = Signal(str)
    unfolded = Signal()

    def __init__(
        self, context: Context, look: Look, presenter: WarningsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context, self._look, self._presenter = context, look, presenter
        self._saying = Saying(context)
        px = look.theme.px
        self.head = LevelHead(look, self)
        self.empty = PlainLabel(role="secondary", wrap=True)
        self.why = PlainLabel(wrap=True)
        self.basis = PlainLabel(role="secondary", wrap=True)
        self.steps = {step: StepRow(look, self) for step in STEPS}
        self.may = PlainLabel(role="bold")
        self.cures = [self._cure(number) for number in range(CURES)]
        self.seen = self._button("acknowledge", "look", "A", self.acknowledged.emit)
        self.person = self._button("person", "steps", "O", lambda: self.wanted.emit("steps"))
        self.history = self._button("history", "timeline", "", lambda: self.wanted.emit("timeline"))
        self.close_button = self._button("close", "check", "C", lambda: self.closing.emit(""))
        self.unfold = self._button("unfold", "layers", "Enter", self.unfolded.emit, bind=False)
        self.reasons_label = PlainLabel(role="bold")
        self.reasons = Reasons(look, "warnings.quick", self, checkable=False)
        self.reasons.chosen.connect(self.closing)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(12), px(4), px(12), px(8))
        column.setSpacing(px(6))
        self.rules = [self._rule() for _ in range(3)]
        first, second, third = self.rules
        for widget in (
            self.empty, self.why, self.basis, first, self.may, *self.cures, self._side_by_side(), second,
            *self.steps.values(), third, self.reasons_label, self.reasons,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(px(4))
        whole.addWidget(self.head)
        whole.addWidget(low(Scroll(holder, self)), 1)
        self._line: Line | None = None

    def _side_by_side(self) -> QWidget:
        holder = QWidget(self)
        flow = Flow(holder, gap=self._look.theme.px(6))
        for button in (self.unfold, self.seen, self.close_button, self.person, self.history):
            flow.addWidget(button)
        return holder

    def _rule(self) -> QFrame:
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        return rule

    def _cure(self, number: int) -> ActionButton:
        button = ActionButton(
            self._look, "", icon="arrow-right", key=f"Alt+{number + 1}",
            role="primary" if number == 0 else "", parent=self,
        )  # fmt: skip
        button.setObjectName(f"warnings.cure.{number + 1}")
        button.acted.connect(lambda: self._act(number))
        return button

    def _button(self, name: str, icon: str, key: str, act: object, *, bind: bool = True) -> ActionButton:
        button = ActionButton(self._look, "", icon=icon, key=key, bind=bind, parent=self)
        button.setObjectName(f"warnings.{name}")
        button.acted.connect(act)
        return button

    # ------------------------------------------------------------ showing

    def show_line(self, line: Line | None) -> None:
        """Show a line; None: that none is in hand."""
        self._line = line
        w = self._context.words
        self.head.setVisible(line is not None)
        for rule in self.rules:
            rule.setVisible(line is not None and not line.folded)
        self.empty.setVisible(line is None)
        self.empty.setText(w("warnings.detail.none"))
        self.may.setText(w("warnings.may"))
        self.reasons_label.setText(w("warnings.why"))
        self.reasons.retranslate(self._context)
        for name, button in (
            ("acknowledge", self.seen), ("close", self.close_button), ("person", self.person),
            ("history", self.history), ("unfold", self.unfold),
        ):  # fmt: skip
            button.set_words(w(f"warnings.{name}"))
        if line is None:
            for row in self.steps.values():
                row.hide()
            for widget in (
                self.why, self.basis, self.may, *self.cures, self.seen, self.close_button, self.person,
                self.history, self.unfold, self.reasons_label, self.reasons,
            ):  # fmt: skip
                widget.hide()
            return
        self._show_alert(line)

    def _show_alert(self, line: Line) -> None:
        w, alert, saying = self._context.words, line.first, self._saying
        level = LEVELS.get(alert.level, Level.UNKNOWN)
        word = w(f"warnings.{alert.level}") if alert.level in LEVELS else ""
        who = f"{alert.number} {alert.name}".strip()
        if line.folded:
            who = w("warnings.folded", count=len(line.alerts))
        else:
            who = " · ".join(one for one in (who, saying.place(alert), self._owner(alert)) if one)
        now = self._context.clock.now()
        self.head.set(level, f"{word} {saying.briefly(alert)}", who, saying.due(alert, now))
        why = "" if line.folded else self._why(alert)
        why = "" if why == saying.briefly(alert) else why
        self.why.setText(why)
        self.why.setVisible(bool(why))
        told = not alert.basis or alert.basis in why
        basis = "" if told else w("warnings.basis", basis=alert.basis)
        rule = w("warnings.rule", rule=saying.rule_id(alert))
        self.basis.setText(f"{basis}\n{rule}" if basis else rule)
        self.basis.show()
        for step, row in self.steps.items():
            row.setVisible(not line.folded and self._applies(step, line))
            self._say_step(row, step, line)
        self._show_actions(line)

    def _owner(self, alert: Alert) -> str:
        owner = self._saying.owner(alert, self._presenter.names)
        return "" if owner == "—" else self._context.words("warnings.owned-by", owner=owner)

    def _why(self, alert: Alert) -> str:
        told = [self._context.words(one.code, **one.values) for one in alert.explanation]
        return "\n".join(told) if told else self._saying.what(alert)

    @staticmethod
    def _applies(step: str, line: Line) -> bool:
        """A clock runs and is not closed; only a warning is acknowledged."""
        if line.first.sort is AlertSort.CLOCK:
            return step == "raised"
        return step != "seen" or line.warned is not None

    def _say_step(self, row: StepRow, step: str, line: Line) -> None:
        w, names, alert = self._context.words, self._presenter.names, line.first
        told = line.warned or alert
        at = {
            "raised": alert.begun_at, "seen": told.acknowledged_at, "acted": None, "closed": alert.closed_at,
        }[step]  # fmt: skip
        done: bool | None = at is not None
        who = ""
        match step:
            case "raised":
                who = w(f"warnings.sort.{alert.sort}")
            case "seen" if at is not None:
                name = names.get(told.acknowledged_by, told.acknowledged_by)
                who = w("warnings.step.took", name=name, time=self._saying.waited(told))
            case "seen":
                pass
            case "acted":
                done = None if alert.closed_at is None else True
            case _:
                name = names.get(alert.closed_by, alert.closed_by)
                who = " · ".join(one for one in (name, self._saying.reason(alert)) if one) if at else ""
        if step == "acted" and alert.due_at is not None and done is None:
            when = w("warnings.step.until", at=self._at(alert.due_at))
        else:
            when = self._at(at) if at is not None else "—"
        number = STEPS.index(step) + 1
        meaning = w(f"warnings.step.{'done' if done else 'now' if done is None else 'open'}")
        row.say(done, f"{number} {w(f'warnings.step.{step}')}", who, when, meaning)

    def _at(self, at: datetime) -> str:
        """The time, with the day when it is another one."""
        local = self._context.local
        today = local(at, "%Y%j") == local(self._context.clock.now(), "%Y%j")
        return local(at, "%H:%M:%S" if today else "%m-%d %H:%M")

    def _show_actions(self, line: Line) -> None:
        w, alert = self._context.words, line.first
        may = self._presenter.requests()
        is_open, one = alert.closed_at is None, not line.folded
        self.may.setVisible(is_open)
        for number, button in enumerate(self.cures):
            shown = one and is_open and number < len(alert.cures)
            button.setVisible(shown)
            if shown:
                button.set_words(w(f"action.{alert.cures[number]}"))
        no_role = [w("warnings.no-role")]
        fresh = [
            each for each in line.alerts if each.sort is AlertSort.WARNING and each.acknowledged_at is None
        ]
        self.seen.setVisible(bool(fresh) and is_open)
        self.seen.set_refused([] if "acknowledge-warning" in may else no_role)
        closes = one and is_open and alert.sort is not AlertSort.CLOCK
        for widget in (self.close_button, self.reasons_label, self.reasons):
            widget.setVisible(closes)
        refused = [] if self._presenter.may_close(alert) else no_role
        for button in (self.close_button, *self.reasons.buttons.values()):
            button.set_refused(refused)
        self.unfold.setVisible(line.folded)
        self.person.setVisible(one)
        self.history.setVisible(one)

    def _act(self, number: int) -> None:
        line = self._line
        if line is not None and number < len(line.first.cures):
            self.wanted.emit(line.first.cures[number])
