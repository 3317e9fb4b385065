"""A screen reader at the window: it finds things by what they are called and acts by what they offer, nothing else.

No key, no click: every act is an action, a selection or an editable text of the accessible tree
(`QAccessible`, what AT-SPI hands on). Scanners and card readers are used beside it, as anybody uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from ui.demo.forms import Forms
from ui.demo.hand import Hand
from ui.steps.fields import Field, Kind, Option
from ui.steps.forms.registry import GROUPS
from ui.workplace import Workplace
from workstation.custody.values import Answer, SignState, Step

Act, Role = QAccessibleActionInterface, QAccessible.Role
PRESSED = (Role.Button, Role.CheckBox, Role.RadioButton)
GROUPED = (Role.Client, Role.Grouping, Role.Pane)


def called(face: QAccessibleInterface) -> str:
    """What a screen reader says of a thing."""
    return str(face.text(QAccessible.Text.Name))


def within(face: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A thing and everything in it that is there to be heard."""
    yield face
    for place in range(face.childCount()):
        child = face.child(place)
        if child is not None and not child.state().invisible:
            yield from within(child)


class Reader:
    """Finds and acts; `hand` lends its patience and its scanner."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def roots(self) -> list[QAccessibleInterface]:
        """The windows, a dialog before what it stands over."""
        modal = QApplication.activeModalWidget()
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
        faces = [QAccessible.queryAccessibleInterface(one) for one in ([modal] if modal else shown)]
        return [one for one in faces if one is not None]

    def find(
        self,
        words: str,
        roles: Sequence[QAccessible.Role],
        inside: QAccessibleInterface | None = None,
        fits: Callable[[QAccessibleInterface], object] = lambda _: True,
    ) -> QAccessibleInterface:
        """Wait for the thing of one of these roles that is called so, or begins so."""

        def seek() -> QAccessibleInterface | None:
            for root in [inside] if inside is not None else self.roots():
                for one in within(root):
                    if one.role() in roles and f"{called(one)} ".startswith(f"{words} ") and fits(one):
                        return one
            return None

        return self.hand.wait(seek, f"“{words}”")

    def press(self, words: str, inside: QAccessibleInterface | None = None) -> None:
        """Do what a button offers first."""
        acts = self.find(words, PRESSED, inside).actionInterface()
        acts.doAction(acts.actionNames()[0])
        QApplication.processEvents()

    def write(self, words: str, text: str, inside: QAccessibleInterface | None = None) -> None:
        """Put a text in the place of what stands in a field."""
        face = self.find(words, (Role.EditableText,), inside)
        face.editableTextInterface().replaceText(0, face.textInterface().characterCount(), text)
        QApplication.processEvents()

    def take(self, words: str, inside: QAccessibleInterface) -> None:
        """Select a row of a list."""
        self.find(words, (Role.ListItem,), inside).actionInterface().doAction(Act.toggleAction())
        QApplication.processEvents()


def _offers(face: QAccessibleInterface) -> bool:
    """Whether there are things to press in a group."""
    return any(face.child(place).role() in PRESSED for place in range(face.childCount()))


class ReadForms(Forms):
    """The forms of the step screen, worked by a reader alone. `typed`: keys of the fields that text was put into."""

    def __init__(self, reader: Reader, work: Workplace) -> None:
        super().__init__(reader.hand, work)
        self.reader, self._place = reader, work
        self.typed: set[str] = set()

    def _say(self, words: tuple[str, str]) -> str:
        context = self._place.context
        assert context is not None, "somebody is signed in"
        return context.words.pick(*words)

    def _root(self) -> QAccessibleInterface:
        face = QAccessible.queryAccessibleInterface(self.screen)
        assert face is not None
        return face

    def take(self, task: str, form: str = "") -> None:
        presenter, hand = self.presenter, self.hand
        hand.wait(lambda: presenter.form is not None and presenter.reply is not None, f"task {task}")
        known = presenter.task_of(task)
        if known is not None and known.step is not presenter.step:
            self.reader.press(f"{list(Step).index(known.step) + 1}", self._root())
            hand.wait(lambda: presenter.step is known.step, f"step {known.step}")
        if presenter.task != task:
            tasks = self.reader.find(self._say(("任务", "Tasks")), (Role.List,))
            self.reader.take(self._say(GROUPS[task].title), tasks)
            hand.wait(lambda: presenter.task == task, task)
        if form and self.at()[1] != form:
            title = next(one.title for one in GROUPS[task].forms if one.code == form)
            self.reader.press(self._say(title), self._root())
            hand.wait(lambda: self.at()[1] == form, f"form {form}")

    def _label(self, field: Field) -> str:
        optional = self._say(("（可不填）", " (optional)")) if field.optional else ""
        return self._say(field.label) + optional

    def _group(self, words: str) -> QAccessibleInterface:
        return self.reader.find(words, GROUPED, self._root(), lambda one: one.childCount())

    def _option(self, field: Field, key: str) -> str:
        offered = [one for one in field.options(self.presenter.facts()) if one.key == key]
        return self._words(offered[0]) if offered else key

    def _words(self, option: Option) -> str:
        return self.screen.middle.form.say(option)

    def _fill(self, field: Field, value: Any) -> None:
        match field.kind:
            case Kind.CHOICE:
                self.reader.press(self._option(field, value), self._choices(self._label(field)))
            case Kind.MANY:
                for one in value:
                    self.reader.press(self._option(field, one), self._choices(self._label(field)))
            case Kind.QUESTIONS:
                for code in field.codes:
                    answer = value if isinstance(value, str) else value[code]
                    words = self._catalogue(f"question.{code}")
                    self.reader.press(self._catalogue(f"answer.{Answer(answer)}"), self._choices(words))
            case Kind.SIGNATURES:
                for place, part in enumerate(field.parts(self.presenter.facts())):
                    who = self._catalogue(f"paper.part.{part.part}")
                    if not part.by:
                        self.reader.write(f"{who} {self._say(('姓名', 'name'))}", value[place], self._root())
                    self.reader.press(self._catalogue(f"sign-state.{SignState.SIGNED}"), self._choices(who))
            case _:
                self.reader.write(self._label(field), str(value), self._root())
                self.typed.add(field.key)
        self.hand.wait(lambda: self.value(field.key) not in (None, "", [], {}), field.key)

    def _choices(self, words: str) -> QAccessibleInterface:
        """The group of that name with things to press in it."""
        return self.reader.find(
            words, GROUPED, self._root(), lambda one: called(one) == words and _offers(one)
        )

    def _catalogue(self, code: str) -> str:
        context = self._place.context
        assert context is not None
        return context.words(code)

    def now(self, key: str) -> None:
        """Put the present moment into a field of time."""
        self.reader.press(self._say(("现在", "Now")), self._group(self._label(self.field(key))))
        self.hand.wait(lambda: self.value(key), key)

    def read(self, key: str) -> None:
        field = self.field(key)
        words = self._say(("拍照", "Take it") if field.kind is Kind.PHOTO else ("读取", "Read"))
        self._until_read(key, lambda: self.reader.press(words, self._group(self._label(field))))

    def _do(self) -> None:
        form = self.presenter.form
        assert form is not None
        self.reader.press(f"{self._say(form.action)} F12", self._root())
