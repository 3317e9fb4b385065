"""The interview while it goes on: recording and elapsed time first, the record, marks, who is there, the strip."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.steps import drawing
from ui.steps.presenter import StepsPresenter
from ui.steps.recording_said import RecordingSaid, gaps_said, recording_said
from ui.steps.talk import Row, Said, Talk
from ui.steps.talk_lines import Lines
from ui.steps.talk_strip import RecordingStrip, StripData
from ui.theme import Level
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import IconLabel, LevelChip, PlainLabel, ShapeLabel, SourceBadge
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from workstation.custody.interview import Interview

WIDE = 860  # below, marks and people have no column of their own
LEAST_LINES = 4


def elapsed(since: datetime, now: datetime) -> str:
    """Hours, minutes and seconds: 0:22:05."""
    seconds = max(0, int((now - since).total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class TalkHead(QFrame):
    """What is read first: whether it is recorded, how long it has gone on, what is left, who is there."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wide, self._left_known = True, False
        px = look.theme.px
        self.setProperty("role", "panel")
        self.shape = ShapeLabel(look, Shape.UNKNOWN, "", 36, self)
        self.word = PlainLabel(role="title", parent=self)
        self.detail = PlainLabel(role="secondary", parent=self, elide=True)
        self.time_name = PlainLabel(role="secondary", parent=self)
        self.time = PlainLabel(role="hero", parent=self)
        self.time.setObjectName("steps.talk.elapsed")
        self.left_name = PlainLabel(role="secondary", parent=self)
        self.left = PlainLabel(role="name", parent=self)
        self.there_name = PlainLabel(role="strong", parent=self)
        self.there = PlainLabel(role="secondary", parent=self, elide=True)
        self.gap = LevelChip(look, Level.NONE, parent=self)
        self.gap.hide()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(6), px(14), px(6))
        row.setSpacing(px(14))
        row.addWidget(self.shape)
        for stretch, pair in (
            (3, (self.word, self.detail)),
            (0, (self.time_name, self.time)),
            (0, (self.left_name, self.left)),
            (3, (self.there_name, self.there)),
        ):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            for label in pair:
                cell.addWidget(label)
            row.addLayout(cell, stretch)
        self._there_at = row.count() - 1
        row.addWidget(self.gap)

    def show_state(
        self, talk: Interview, said: RecordingSaid, gaps: str, level: Level, left: tuple[str, str]
    ) -> None:
        """Show how it is now; `level` of what is wrong; `left`: the limit of liberty and what is left of it."""
        pick, now = self._context.words.pick, self._context.clock.now()
        self.shape.set(said.shape, said.word, "rec" if said.runs else None)
        self.word.setText(said.word)
        self.detail.setText(said.detail)
        on_break = talk.on_break
        self.time_name.setText(
            pick("间歇中", "On a break") if on_break else pick("本次讯（询）问", "This interview")
        )
        self.time.setText(elapsed(talk.breaks[-1].since if on_break else talk.opened, now))
        self.left_name.setText(left[0])
        self.left.setText(left[1])
        self._left_known = bool(left[1])
        self.fit(wide=self._wide)
        self.gap.setVisible(level in (Level.RED, Level.YELLOW))
        if not self.gap.isHidden():
            self.gap.set(level, gaps or said.word)

    def show_people(self, count: int, names: str) -> None:
        """Who is there by the record."""
        self.there_name.setText(self._context.words.pick(f"在场 {count} 人", f"{count} present"))
        self.there.setText(names)

    def fit(self, *, wide: bool) -> None:
        """Leave out the limit and who is there, where there is no room."""
        self._wide = wide
        for label in (self.there_name, self.there):
            label.setVisible(wide)
        self._row.setStretch(self._there_at, 3 if wide else 0)
        for label in (self.left_name, self.left):
            label.setVisible(wide and self._left_known)


class Box(QFrame):
    """A panel of the stage with its head."""

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setProperty("role", "panel")
        self.title = PlainLabel(role="strong", parent=self)
        self.note = PlainLabel(role="secondary", parent=self, elide=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(px(12), px(6), px(12), px(6))
        self.head.setSpacing(px(8))
        self.icon = IconLabel(look, icon, 20, self)
        self.head.addWidget(self.icon)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self.body.addLayout(self.head)


class People(Box):
    """Who takes part, by the record of the opening."""

    def __init__(self, context: Context, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "two-persons", parent)
        self._context, self._look = context, look
        self._shown: tuple[object, ...] = ()
        self._cells: list[QWidget] = []
        self._grid = QGridLayout()
        px = look.theme.px
        self._grid.setContentsMargins(px(12), 0, px(12), px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_people(self, rows: tuple[tuple[str, str], ...], at: datetime) -> None:
        """Names with what they do there, since when."""
        pick = self._context.words.pick
        self.title.setText(pick("参加人", "Taking part"))
        shown = (rows, at, self._context.words.language)
        if shown == self._shown:
            return
        self._shown = shown
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        for number, (name, part) in enumerate(rows):
            label = PlainLabel(f"✓ {name}  {part}", self, elide=True)
            badge = SourceBadge(self._look, "keyed", self._context.local(at), parent=self)
            self._grid.addWidget(label, number, 0)
            self._grid.addWidget(badge, number, 1)
            self._cells += [label, badge]


class TalkStage(QWidget):
    """Over the line that is being typed: head, record, marks and people. `strip` stands under the line."""

    def __init__(
        self,
        context: Context,
        look: Look,
        presenter: StepsPresenter,
        talk: Talk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._look, self._presenter, self._talk = context, look, presenter, talk
        px = look.theme.px
        self.head = TalkHead(context, look, self)
        self.record = Box(look, "document", self)
        self.lines = Lines(context, look, self.record)
        self.lines.setObjectName("steps.talk.lines")
        self.record.body.addWidget(self.lines, 1)
        self.people = People(context, look, self)
        self.people.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.marked = Box(look, "mark", self)
        self.marks = Lines(context, look, self.marked, numbered=True)
        self.marks.setObjectName("steps.talk.marks")
        self.marks.activated.connect(self._jump)
        self.marks.clicked.connect(self._jump)
        self.marked.body.addWidget(self.marks, 1)
        self._beside = QWidget(self)
        side = QVBoxLayout(self._beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(8))
        side.addWidget(self.people)
        side.addWidget(self.marked, 1)
        self._beside.setFixedWidth(px(280))
        middle = QHBoxLayout()
        middle.setSpacing(px(8))
        middle.addWidget(self.record, 1)
        middle.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.head)
        column.addLayout(middle, 1)
        self.below = Box(look, "cameras", parent)
        self.below.setObjectName("steps.talk.recording")
        self.explain = ActionButton(look, "", icon="document", small=True, parent=self.below)
        self.explain.setObjectName("steps.talk.explain")
        self.explain.acted.connect(lambda: presenter.choose_link("add-note"))
        self.explain.hide()
        self.below.head.addWidget(self.explain)
        self.strip = RecordingStrip(context, look, self.below)
        inside = QHBoxLayout()
        inside.setContentsMargins(px(12), 0, px(4), px(4))
        inside.addWidget(self.strip)
        self.below.body.addLayout(inside)
        talk.changed.connect(self.refresh)
        self.hide()
        self.below.hide()

    def refresh(self) -> None:
        """Show the interview as it is now, or nothing when none goes on or another task is in hand."""
        talk = self._talk.interview
        shown = talk is not None and self._presenter.task == "interview"
        self.setVisible(shown)
        self.below.setVisible(shown)
        self._talk.watch(on=shown and self._presenter.form is not None)
        if talk is None or not shown:
            return
        pick, now = self._context.words.pick, self._context.clock.now()
        state = self._talk.recording
        said = recording_said(state, self._context, asked=self._talk.asked, demanded=self._talk.demanded)
        missing, spans = gaps_said(state.missing if state else (), now, self._context)
        level = said.level
        if missing:
            level = Level.RED if self._talk.demanded else Level.YELLOW
        self.head.show_state(talk, said, missing, level, self._left(now))
        people = self._people(talk)
        self.head.show_people(len(people), pick("、", ", ").join(name for name, _ in people))
        self.people.show_people(people, talk.opened)
        rows = self._talk.rows()
        self.lines.show_rows(rows)
        marks = [row for row in rows if row.said in (Said.MARK, Said.EVIDENCE)]
        self.marks.show_rows(marks)
        self._titles(rows, marks)
        self.below.title.setText(pick("同步录音录像", "Recording"))
        self.below.note.setText(spans)
        self.explain.set_words(pick("说明缺口", "Explain the gap"))
        self.explain.setVisible(bool(missing))
        self.lines.empty = pick("还没有记入一行", "Nothing recorded yet")
        self.marks.empty = pick("还没有标记", "No marks yet")
        told = " ".join(part for part in (said.word, said.detail, missing, spans) if part)
        self.strip.show_data(StripData(talk, now, state, self._talk.asked, tuple(rows), level, told))

    def _titles(self, rows: list[Row], marks: list[Row]) -> None:
        pick, facts = self._context.words.pick, self._presenter.facts()
        number = len(facts.stay.interviews.interviews)
        signs = sum(len(row.text) for row in rows if row.said in (Said.ASK, Said.ANSWER))
        waiting = sum(row.waiting for row in rows)
        self.record.title.setText(pick(f"讯（询）问笔录 第 {number} 次", f"Record of interview {number}"))
        kept = (
            pick(f"待存 {waiting} 行，空行按 Enter 再存", f"{waiting} line(s) not saved; Enter saves them")
            if waiting
            else pick("逐行落盘", "Every line on disk")
        )
        self.record.note.setText(pick(f"{signs} 字 · {kept}", f"{signs} characters, {kept}"))
        self.marked.title.setText(pick(f"标记 {len(marks)}", f"Marks: {len(marks)}"))
        self.marked.note.setText(pick("1–9 跳转", "1–9 jump"))
        self.lines.setAccessibleName(self.record.title.words())
        self.marks.setAccessibleName(self.marked.title.words())

    def _people(self, talk: Interview) -> tuple[tuple[str, str], ...]:
        """Everybody in the room by the record, with what they do there."""
        pick, reply = self._context.words.pick, self._presenter.reply
        names = reply.names if reply is not None else {}
        rows = [
            (names.get(one, one), pick("协办", "assisting") if number else pick("主办", "leading"))
            for number, one in enumerate(talk.officers)
        ]
        if reply is not None:
            name = reply.facts.name or reply.facts.number
            rows.append((name, pick("本人", "the person")))
        if talk.others.strip():
            rows.append((talk.others.strip(), pick("其他在场人", "also present")))
        return tuple(rows)

    def _left(self, now: datetime) -> tuple[str, str]:
        """The limit of liberty that ends the interview, and what is left of it."""
        reply = self._presenter.reply
        running = drawing.clocks_shown(reply.clocks) if reply is not None else []
        liberty = next((one for one in running if one.liberty and one.expires_at), None)
        if liberty is None or liberty.expires_at is None:
            return "", ""
        words, _ = drawing.due_words(liberty.expires_at, now, self._context)
        return self._context.words(liberty.title), words

    def _jump(self, index: QModelIndex) -> None:
        row = self.marks.lines.row_at(index.row())
        if row is not None:
            self.lines.go_to(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        wide = self.width() >= theme.px(WIDE)
        for widget in (self._beside, self.below.icon, self.below.title):
            widget.setVisible(wide)
        self.head.fit(wide=wide)
        self.record.setMinimumHeight(theme.px(44) + LEAST_LINES * theme.px(34))
