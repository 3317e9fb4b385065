"""The hand at the step screen: takes a task in hand, fills its fields in as their editors ask, sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ui.demo.hand import Hand, HandError
from ui.steps.answered import shown_fields
from ui.steps.fields import Field, Kind
from ui.steps.presenter import StepsPresenter
from ui.steps.view import StepsScreen
from ui.workplace import Workplace
from workstation.custody.values import SignState, Step
from workstation.errors import AppError

_TYPED = (
    Kind.TEXT,
    Kind.LONG,
    Kind.SPOKEN,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.DATE,
    Kind.MOMENT,
    Kind.STAFF,
    Kind.PEOPLE,
)
ANSWER_S = 8.0  # until nothing stands against a form: a recording is verified after some seconds


class Forms:
    """Works on the step screen of a workplace with one hand."""

    def __init__(self, hand: Hand, work: Workplace) -> None:
        self.hand, self._work = hand, work
        self._opened, self._held = 0, 0
        self._watched: StepsPresenter | None = None

    @property
    def screen(self) -> StepsScreen:
        """The step screen, once it has been opened."""
        widget = self._work.shell.screen_widget("steps")
        if not isinstance(widget, StepsScreen):
            raise HandError("demo.not-shown", what="steps")
        return widget

    @property
    def presenter(self) -> StepsPresenter:
        """What the screen holds, to be read."""
        presenter = self.screen.presenter
        if self._watched is not presenter:
            self._watched = presenter
            presenter.form_changed.connect(self._count)
            presenter.held.connect(self._count_held)
        return presenter

    def _count(self) -> None:
        self._opened += 1

    def _count_held(self) -> None:
        self._held += 1

    def at(self) -> tuple[str, str]:
        """Task and form in hand."""
        form = self.presenter.form
        return self.presenter.task, form.code if form is not None else ""

    # ------------------------------------------------------------ going about

    def take(self, task: str, form: str = "") -> None:
        """Take a task and one of its forms in hand: step by Alt+1 to 3, task by Alt+↓, form by Alt+→."""
        presenter, hand = self.presenter, self.hand
        hand.wait(lambda: presenter.form is not None and presenter.reply is not None, f"task {task}")
        known = presenter.task_of(task)
        if known is not None and known.step is not presenter.step:
            hand.press(f"Alt+{list(Step).index(known.step) + 1}")
            hand.wait(lambda: presenter.step is known.step, f"step {known.step}")
        for key in ("Alt+Down", "Alt+Up"):
            for _ in range(30):
                before = presenter.task
                if before == task:
                    break
                hand.press(key)
                if presenter.task == before:
                    break  # the end of the list
        if presenter.task != task:
            raise HandError("demo.no-task", task=task)
        for _ in presenter.forms():
            if form and self.at()[1] != form:
                hand.press("Alt+Right")
        if form:
            hand.wait(lambda: self.at()[1] == form, f"form {form}")

    def field(self, key: str) -> Field:
        """The field of this key in the form in hand, once it is asked."""
        presenter = self.presenter

        def shown() -> Field | None:
            fields = (
                shown_fields(presenter.form, presenter.values, presenter.facts()) if presenter.form else ()
            )
            return next((one for one in fields if one.key == key), None)

        return self.hand.wait(shown, f"{self.at()[1]}.{key}")

    # ------------------------------------------------------------ filling in

    def fill(self, **values: Any) -> None:
        """Fill fields in their order; a field that holds the value already is left alone."""
        for key, value in values.items():
            self._fill(self.field(key), value)

    def name(self, key: str) -> str:
        """Object name of the editor of a field."""
        task, form = self.at()
        return f"steps.{task}.{form}.{key}"

    def value(self, key: str) -> Any:
        """What a field holds."""
        return self.presenter.values.get(key)

    def _fill(self, field: Field, value: Any) -> None:
        name = self.name(field.key)
        if field.kind in _TYPED:
            self._type(name, str(value))
            self.hand.wait(lambda: self.value(field.key) not in (None, ""), name)
        elif field.kind is Kind.CHOICE:
            self._choose(name, value, lambda: self.value(field.key) == value)
        elif field.kind is Kind.MANY:
            for one in value:
                self._choose(name, one, partial(self._holds, field.key, one))
        elif field.kind is Kind.QUESTIONS:
            self._answer(field, name, value)
        elif field.kind is Kind.SIGNATURES:
            self._sign(field, name, value)
        elif field.kind is Kind.LINES:
            self._lines(name, value)
        else:
            raise HandError("demo.by-device", what=name)

    def _type(self, name: str, text: str) -> None:
        widget = self.hand.go(name)
        if getattr(widget, "text", lambda: "")():
            self.hand.press("Ctrl+A")
        self.hand.type(text)

    def _choose(self, name: str, option: str, chosen: Callable[[], bool]) -> None:
        """By its digit where the keyboard is in the group already or near it, else by a press on it."""
        if not chosen():
            self.hand.choose(name, option, chosen)

    def _answer(self, field: Field, name: str, answers: Mapping[str, str] | str) -> None:
        for code in field.codes:
            answer = answers if isinstance(answers, str) else answers[code]
            self._choose(
                f"{name}.{code}",
                answer,
                partial(self._answered, field.key, code, answer),
            )

    def _sign(self, field: Field, name: str, names: Sequence[str]) -> None:
        """Everyone signs; a name is typed where none stands."""
        parts = field.parts(self.presenter.facts())
        for number, part in enumerate(parts):
            if not part.by:
                self._type(f"{name}.{number}.by", names[number])
            self._choose(
                f"{name}.{number}",
                SignState.SIGNED.value,
                partial(self._signed, field.key, number),
            )

    def _holds(self, key: str, option: str) -> bool:
        return option in (self.value(key) or ())

    def _answered(self, key: str, code: str, answer: str) -> bool:
        return bool((self.value(key) or {}).get(code, {}).get("answer") == answer)

    def _signed(self, key: str, number: int) -> bool:
        rows = self.value(key) or []
        return number < len(rows) and rows[number].get("state") == SignState.SIGNED

    def _lines(self, name: str, lines: Sequence[tuple[str, int]]) -> None:
        for number, (thing, quantity) in enumerate(lines):
            self._type(f"{name}.{number}.name", thing)
            self._type(f"{name}.{number}.quantity", str(quantity))

    # ------------------------------------------------------------ devices

    def came(self, key: str, value: str = "") -> None:
        """Wait for a device field to be filled by what the desk reads."""
        self.hand.wait(
            lambda: (got := (self.value(key) or {}).get("value")) and (not value or got == value),
            f"{self.name(key)} {value}".strip(),
        )

    def read(self, key: str) -> None:
        """Ask the device of a field, again while the reading is not there yet or not steady."""
        name = self.name(key) + ("" if self.field(key).kind is Kind.PHOTO else ".read")
        if not self._is_read_next(key):
            self.hand.go(name)
        self._until_read(key, lambda: self.hand.press("Ctrl+R"))

    def _until_read(self, key: str, ask: Callable[[], None]) -> None:
        name = self.name(key)
        for _ in range(8):
            ask()
            try:
                self.hand.wait(lambda: (self.value(key) or {}).get("value"), name, 1.5)
            except HandError:
                continue
            return
        raise HandError("demo.waited", what=name, seconds=12)

    def _is_read_next(self, key: str) -> bool:
        """Whether Ctrl+R reads this field: no other device field has the keyboard or comes before it."""
        presenter, hand = self.presenter, self.hand
        shown = shown_fields(presenter.form, presenter.values, presenter.facts()) if presenter.form else ()
        devices = [
            one.key for one in shown if one.kind is Kind.PHOTO or hand.find(f"{self.name(one.key)}.read")
        ]
        empty = [one for one in devices if not (self.value(one) or {}).get("value")]
        return empty[:1] == [key] and not any(hand.holds(self.name(one)) for one in devices if one != key)

    # ------------------------------------------------------------ sending

    def reasons(self) -> str:
        """What stands against the form in hand, in one line."""
        return "; ".join(f"{one.gate} {one.words}" for one in self.presenter.reasons())

    def send(self, *cards: str) -> None:
        """F12 once everything is filled in; `cards` are laid for it one after another where a second person is asked.

        What stands against it may go by itself, as when a recording is verified: then F12 once more. Returns when
        it is recorded.
        """
        presenter, hand = self.presenter, self.hand
        form, before, held, waiting = self.at()[1], self._opened, self._held, list(cards)
        if presenter.standing.settled:
            self._until_allowed(form)
        self._do()

        def over() -> bool:
            if waiting and self._opened == before and hand.find("approval.number") is not None:
                self.approve(waiting.pop(0))
            return self._opened != before

        try:
            hand.wait(lambda: over() or self._held != held, f"F12 {form}")
            if not over():
                self._until_allowed(form)
                self._do()
                hand.wait(over, f"F12 {form}")
        except HandError as error:
            if against := self.reasons():
                raise AppError("demo.refused", form=form, reasons=against) from error
            raise
        hand.wait(lambda: presenter.reply is not None, form)

    def _do(self) -> None:
        """Ask for the main action."""
        self.hand.press("F12")

    def _until_allowed(self, form: str) -> None:
        presenter = self.presenter
        try:
            self.hand.wait(
                lambda: presenter.standing.settled and not presenter.refused(), f"F12 {form}", ANSWER_S
            )
        except HandError as error:
            raise AppError("demo.refused", form=form, reasons=self.reasons()) from error

    def approve(self, card: str) -> None:
        """A second person lays their card while the dialog asks for it."""
        hand, before = self.hand, self.hand.reading("approval")
        hand.scan(card)
        hand.wait(lambda: hand.reading("approval") != before, f"approval {card}")
        if hand.find("approval.refusal") is not None:
            raise AppError("demo.not-approved", card=card, why=hand.reading("approval.refusal"))
