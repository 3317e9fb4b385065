"""The decision group in hand: its forms, fields, everything against it, and the row of actions below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.quiet import quiet
from ui.steps.against import AgainstBlock, Bounded, only_empty
from ui.steps.answered import commands_of
from ui.steps.form_view import FormView
from ui.steps.forms.interview import MARK
from ui.steps.forms.registry import GROUPS, HAPPENED
from ui.steps.forms.things import counting_blind
from ui.steps.presenter import StepsPresenter
from ui.steps.printing import Printing
from ui.steps.reasons import FIELD
from ui.steps.talk import Said, Talk
from ui.steps.talk_view import TalkStage
from ui.widgets.buttons import ActionButton
from ui.widgets.caret import Caret, caret_in, put_caret
from ui.widgets.flow import Flow
from ui.widgets.labels import IconLabel, PlainLabel
from ui.widgets.look import Look
from ui.widgets.refusal import Reason
from ui.widgets.settle import lay_out
from workstation.catalogue import LANGUAGES
from workstation.custody.commands import Family

NARROW = 820
RIGHTS = "rights-notice"
"""The paper that is given in the language in which the rights are told."""
TALK_KEYS = {"mark-interview": "Ctrl+M", "break-interview": "Ctrl+B", "end-interview": "Ctrl+E"}
"""Forms of the interview and the keys that open them while it goes on."""
LISTING = frozenset({"property-list", "property-receipt", "custody-record"})
"""Papers that name what is in the bag."""


class Middle(QFrame):
    """The middle panel."""

    def __init__(
        self,
        context: Context,
        look: Look,
        presenter: StepsPresenter,
        prints: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._look, self._presenter = context, look, presenter
        self._printing = Printing(context, look, prints, presenter, self)
        self.setProperty("role", "panel")
        self._tabs: list[ActionButton] = []
        self._caret = Caret()
        self.icon = IconLabel(look, "steps", 22, self)
        self.title = PlainLabel(role="strong", parent=self)
        self.note = PlainLabel(role="secondary", parent=self, wrap=True)
        self.area, self._content = _scrolled(QScrollArea(self))
        content = self._content
        self.tabs = QWidget(content)
        self._tab_flow = Flow(self.tabs, gap=look.theme.px(6))
        self.talk = Talk(context, presenter, self)
        self.stage = TalkStage(context, look, presenter, self.talk, content)
        self.form = FormView(context, look, content)
        self.against = Bounded(share=0.45, tall=look.theme.px(600), parent=self)
        self.refusal = AgainstBlock(context, look)
        self.against.setWidget(self.refusal)
        self._below = QWidget(self)
        self.refusal.setObjectName("steps.refusal")
        self.main = ActionButton(look, "", role="primary", key="F12", parent=self._below)
        self.main.setObjectName("steps.main")
        self.report = ActionButton(look, "", icon="late", role="segment", parent=self._below)
        self.report.setObjectName("steps.report")
        self.report.setCheckable(True)
        self.printing = ActionButton(look, "", icon="print", key="Ctrl+P", parent=self._below)
        self.printing.setObjectName("steps.print")
        self.happened = ActionButton(look, "", icon="warnings", key="Ctrl+J", bind=False, parent=self._below)
        self.happened.setObjectName("steps.happened")
        self.drop = ActionButton(look, "", icon="undo", key="Ctrl+Z", bind=False, parent=self._below)
        self.drop.setObjectName("steps.drop")
        self.draft = PlainLabel(role="secondary", parent=self._below)
        self.draft.setMinimumHeight(look.theme.box(40))
        self.next = ActionButton(look, "", icon="arrow-right", key="Alt+↓", bind=False, parent=self._below)
        self.next.setObjectName("steps.next")
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        px = self._look.theme.px
        head = QHBoxLayout()
        self._head, self._head_room = head, (px(14), px(10), px(14), px(8))
        head.setContentsMargins(*self._head_room)
        head.setSpacing(px(10))
        head.addWidget(self.icon)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(px(14), px(6), px(14), px(10))
        inside.setSpacing(px(10))
        inside.addWidget(self.tabs)
        inside.addWidget(self.stage, 1)
        inside.addWidget(self.form)
        inside.addWidget(self.stage.below)
        inside.addStretch(0)
        self._inside = inside
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        self._foot = Flow(self._below, gap=px(8))
        self._arrange()
        foot_row = QHBoxLayout()
        foot_row.setContentsMargins(px(14), px(10), px(14), px(12))
        foot_row.addWidget(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        block = QHBoxLayout()
        block.setContentsMargins(px(14), px(6), px(14), px(8))
        block.addWidget(self.against)
        column.addLayout(block)
        column.addWidget(rule)
        column.addLayout(foot_row)

    def _arrange(self, beside: Sequence[ActionButton] = ()) -> None:
        """The row of actions; `beside` the main one stand the other acts of an interview."""
        rest: list[QWidget] = [self.report, self.printing, self.drop, self.happened, self.next, self.draft]
        order: list[QWidget] = [self.main, *beside, *rest]
        for widget in order:
            self._foot.removeWidget(widget)
            self._foot.addWidget(widget)

    def _bind(self) -> None:
        presenter = self._presenter
        presenter.form_changed.connect(self._draw)
        presenter.stay_changed.connect(self._refresh)
        presenter.reasons_changed.connect(self._refresh)
        presenter.value_changed.connect(self._put)
        presenter.draft_changed.connect(self._say_draft)
        presenter.focus_asked.connect(self.form.focus)
        presenter.pictured.connect(self.form.show_picture)
        self.form.edited.connect(self._edited)
        self.form.unfinished.connect(self._go_on_making)
        self.form.spoken.connect(self._say)
        self.talk.changed.connect(self._follow_talk)
        self.form.read_asked.connect(presenter.desk.read_now)
        self.refusal.cure.connect(presenter.choose_link)
        self.main.clicked.connect(self.form.close_lists)
        self.main.acted.connect(presenter.submit)
        self.main.refused.connect(presenter.submit)  # what stands on the button may be about older values
        presenter.held.connect(self._show_refusal)
        self.report.clicked.connect(presenter.set_report)
        self.printing.acted.connect(self._print)
        self.happened.acted.connect(lambda: presenter.choose_task(HAPPENED))
        self.drop.acted.connect(presenter.drop_draft)
        self.next.acted.connect(self._go_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_actions()

    def _say_actions(self) -> None:
        """Short words where there is little room."""
        words, following = self._context.words, self._presenter.next_task()
        title = words.pick(*GROUPS[following].title) if following in GROUPS else ""
        narrow = self.width() < self._look.theme.px(NARROW)
        late = words.pick("补录", "Late") if narrow else words.pick("已经发生（补录）", "It happened already")
        self.report.set_words(late)
        self.next.set_words(
            words.pick("下一项", "Next") if narrow else words.pick("下一项：", "Next: ") + title
        )
        self.next.setVisible(bool(title) and following != self._presenter.task)

    def retranslate(self) -> None:
        """Say everything in the present language; what was filled in and the keyboard stay where they are."""
        pick = self._context.words.pick
        caret = self._caret if self._caret.name else caret_in(self)
        self.printing.set_words(pick("打印", "Print"))
        self.happened.set_words(pick("记实", "It happened"))
        self.drop.set_words(pick("撤销草稿", "Drop draft"))
        self._draw(keep_focus=True)
        self._put_caret(caret)

    def _put_caret(self, caret: Caret) -> None:
        """Give the keyboard back as soon as its field is made again."""
        put_caret(self, caret)
        self._caret = caret if self.form.is_unfinished() and caret_in(self) != caret else Caret()

    # ------------------------------------------------------------ drawing

    def _draw(self, *, keep_focus: bool = False) -> None:
        with quiet():
            self._draw_form(keep_focus=keep_focus)

    def _draw_form(self, *, keep_focus: bool) -> None:
        presenter, pick = self._presenter, self._context.words.pick
        form = presenter.form
        self.stage.refresh()
        self._follow_talk()
        self.form.show_form(form, presenter.task)
        self.form.expect(self.talk.next_speaker())
        if form is None:
            return
        group = GROUPS[presenter.task]
        self.icon.set(form.icon)
        self.title.setText(pick(*group.title))
        self.note.setText(pick(*form.note))
        self.main.set_words(pick(*form.action), form.icon)
        self.main.set_role("danger" if form.danger else "primary")
        self._draw_tabs()
        self._refresh()
        self.report.setChecked(presenter.as_report)
        self._say_draft()
        self.area.verticalScrollBar().setValue(0)
        if not keep_focus and self.isVisible():
            self.form.focus_first(presenter.values)

    def _draw_tabs(self) -> None:
        presenter, pick = self._presenter, self._context.words.pick
        for button in self._tabs:
            self._tab_flow.removeWidget(button)
            self._foot.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._tabs.clear()
        forms = presenter.forms()
        talking = not self.stage.isHidden()
        self.tabs.setVisible(len(forms) > 1 and not talking)
        for form in forms:
            key = TALK_KEYS.get(form.code, "")
            button = ActionButton(
                self._look,
                pick(*form.title),
                icon=form.icon if talking else "",
                role="" if talking else "segment",
                key=key,
                bind=False,
                small=not talking,
                parent=self.tabs,
            )
            button.setObjectName(f"steps.form.{form.code}")
            button.setCheckable(True)
            button.setChecked(form is presenter.form)
            button.clicked.connect(self._tab_pressed)
            if not talking:
                self._tab_flow.addWidget(button)
            button.setVisible(not talking or form is not presenter.form)
            self._tabs.append(button)
        self._arrange(self._tabs if talking else ())

    def _tab_pressed(self) -> None:
        sender = self.sender()
        for form, button in zip(self._presenter.forms(), list(self._tabs), strict=False):
            if button is sender:
                button.setChecked(True)
                self._presenter.choose_task(self._presenter.task, form.code)
                return

    def _refresh_fields(self) -> None:
        presenter = self._presenter
        happened, override = presenter.told_as_happened(), presenter.may_override()
        for key in self.form.refresh(
            presenter.values, presenter.facts(), as_report=happened, override=override
        ):
            self.form.show_source(key, presenter.values.get(key), card=presenter.from_card(key))

    def _go_on_making(self) -> None:
        """More fields of a long form."""
        with quiet():
            self._refresh_fields()
        self.form.expect(self.talk.next_speaker())
        if self._caret.name:
            self._put_caret(self._caret)

    def _refresh(self) -> None:
        presenter, words = self._presenter, self._context.words
        form = presenter.form
        if form is None:
            return
        happened = presenter.told_as_happened()
        self._refresh_fields()
        rows = presenter.reasons()
        reasons = [
            Reason(
                str(number) if number <= 9 else "",
                row.hard,
                row.gate,
                row.words,
                row.cure,
                row.link,
                plain=row.link.startswith(FIELD),
            )
            for number, row in enumerate(rows, start=1)
        ]
        breach = words.pick("作为记实仍会记录，并标为违规", "Recorded all the same, marked as a breach")
        note = breach if happened and presenter.objections else ""
        self.refusal.show_reasons(words.pick(*form.action), reasons, note, allowed=not presenter.refused())
        self.against.setVisible(bool(reasons) and not (form.quiet and only_empty(reasons)))
        self.against.refit()
        lay_out(self)
        self.main.set_refused([row.words for row in rows] if presenter.refused() else [])
        self.report.setVisible(not (form.report or form.quiet) and _reportable(presenter))
        shut = counting_blind(presenter.facts()) and bool(LISTING & set(form.prints))
        self.printing.setVisible(bool(form.prints) and presenter.reply is not None and not shut)
        self.happened.setVisible(presenter.reply is not None and presenter.task != HAPPENED)
        self._say_actions()
        self.updateGeometry()

    def _say_draft(self) -> None:
        presenter, pick = self._presenter, self._context.words.pick
        said = {
            "waiting": pick("草稿 待存", "Draft, not kept yet"),
            "kept": pick(f"草稿已落盘 {presenter.drafts.at}", f"Draft kept {presenter.drafts.at}"),
        }.get(presenter.drafts.state, "")
        self.draft.setText(said)
        self.draft.setVisible(bool(said))
        self.drop.setVisible(bool(said))

    # ------------------------------------------------------------ acting

    def _edited(self, key: str, value: object) -> None:
        self._presenter.set_value(key, value)
        self.form.show_source(key, value, card=self._presenter.from_card(key))

    def _say(self, said: str, text: str) -> None:
        """A line of the record: it is on its way, and the next one may be typed."""
        self._presenter.set_value("mark", "")
        self.form.put("mark", "")
        self.talk.say(Said(said), text)
        self.form.expect(self.talk.next_speaker())

    def mark(self) -> None:
        """What is typed is a mark; with nothing typed, the keyboard goes to the line."""
        text = str(self._presenter.values.get("mark") or "")
        if self._presenter.form is MARK and text.strip():
            self._say(Said.MARK, text)
        elif self._presenter.form is not MARK:
            self._presenter.choose_link(MARK.code)
        self.form.focus("mark")

    def _follow_talk(self) -> None:
        """The head stands over the whole middle while an interview goes on."""
        shown = not self.stage.isHidden()
        self.form.bare = shown
        for widget in (self.icon, self.title, self.note):
            widget.setVisible(not shown)
        self._head.setContentsMargins(*self._head_room if not shown else (0, 0, 0, 0))
        self._inside.setStretch(self._inside.count() - 1, 0 if shown else 1)

    def _put(self, key: str) -> None:
        value = self._presenter.values.get(key)
        self.form.put(key, value)
        self.form.show_source(key, value, card=self._presenter.from_card(key))

    def _show_refusal(self) -> None:
        rows = self.refusal.rows()
        if rows:
            rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_on(self) -> None:
        following = self._presenter.next_task()
        if following:
            self._presenter.choose_task(following)

    def _print(self) -> None:
        form, reply = self._presenter.form, self._presenter.reply
        if form is not None and reply is not None:
            for paper in form.prints:
                language = self._presenter.values.get("language") if paper == RIGHTS else ""
                self._printing.print(
                    reply.facts.stay, reply.facts.number, paper, language if language in LANGUAGES else ""
                )


def _scrolled(area: QScrollArea) -> tuple[QScrollArea, QWidget]:
    """A frameless area that scrolls up and down, with its empty content."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content = QWidget()
    content.setProperty("role", "content")
    area.setWidget(content)
    return area, content


def _reportable(presenter: StepsPresenter) -> bool:
    """Whether what the form does can also be told as having happened."""
    form = presenter.form
    if form is None or presenter.reply is None:
        return False
    commands = commands_of(form, presenter.values, presenter.facts())
    return not commands or all(Family.REPORT in type(one).family for one in commands)
