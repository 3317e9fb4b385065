"""Small acts at the windows of the ordinary stay: sitting down, typing, signing, sending, going to a task by keys."""

from __future__ import annotations

from datetime import timedelta

from devices.practice import PracticeWorld
from tests.benchmark.operator_time.seats import Seat, Seats
from ui.widgets.tasks import TaskList
from workstation.clock import SteppedClock
from workstation.custody.tasks import TaskState
from workstation.custody.values import Step

FAR = 3
"""A task further away than this many keys is pressed in the list."""


class Acts:
    """Acts at the seats of a centre; `clock` is moved on as time passes there. `band`: the person's wristband."""

    band = ""

    def __init__(self, seats: Seats, world: PracticeWorld, clock: SteppedClock) -> None:
        self.seats, self.world, self.clock = seats, world, clock
        self.hand = seats.hand
        self.seat: Seat
        self.stay = ""
        self._position = 0  # what was recorded at any seat so far

    def sit(self, number: str) -> Seat:
        """Take somebody's seat, with this person in hand there."""
        self.seat = self.seats.sit(number)
        if self.stay and self.seat.work.shell.current() == "steps":
            self.hand.wait(self._up_to_date, "what the other seats recorded")
        return self.seat

    def _up_to_date(self) -> bool:
        presenter = self.seat.forms.presenter
        reply = presenter.reply
        return presenter.stay == self.stay and reply is not None and reply.facts.position >= self._position

    def later(self, minutes: int) -> None:
        """Time passes; a window that nobody touched for long locks itself."""
        self.seats.touch()
        self.clock.advance(timedelta(minutes=minutes))
        self.seats.look()

    def open_at(self, number: str) -> None:
        """Bring the person in hand at somebody's seat, by the band or the paper's code."""
        seat = self.sit(number)
        if seat.work.shell.current() != "steps":
            self.hand.scan(self.band)
            strip = seat.work.shell.strip
            self.hand.wait(lambda: self.band[-4:] in strip.result.accessibleName(), "the person found")
            if strip.next.isHidden():  # the person's card is in hand already
                self.hand.press("Space")
            else:
                self.hand.click_at(strip.next, strip.next.rect().center())
        self.hand.wait(lambda: seat.work.shell.current() == "steps", "the step screen")
        self.hand.wait(self._up_to_date, "the person")

    # ------------------------------------------------------------ small acts

    def sign(self, key: str, *numbers: int) -> None:
        """Sign lines of a signature field, one after another."""
        forms = self.seat.forms
        for number in numbers:
            self.hand.sign(f"{forms.name(key)}.{number}.pad")
            self.hand.wait(lambda number=number: self._signed(key, number), f"{key} {number}")

    def _signed(self, key: str, number: int) -> bool:
        rows = self.seat.forms.value(key) or []
        return number < len(rows) and rows[number].get("state") == "signed"

    def text(self, key: str, text: str) -> None:
        """Type into a field and go on."""
        self.seat.forms.fill(**{key: text})
        self.hand.press("Return")

    def text_in(self, key: str, part: str, text: str) -> None:
        """Type into a part of a field and go on."""
        self.hand.go(self.seat.forms.name(key) + part)
        self.hand.type(text)
        self.hand.press("Return")

    def send(self, *cards: str) -> None:
        self.seat.forms.send(*cards)
        reply = self.seat.forms.presenter.reply
        self._position = max(self._position, reply.facts.position if reply else 0)
        self.later(1)

    def at(self, task: str, form: str = "") -> None:
        """Have a form in hand; it mostly is already. Steps, near tasks and forms are gone to by keys."""
        self.seats.wake()
        forms, hand = self.seat.forms, self.hand
        presenter = forms.presenter
        hand.wait(lambda: presenter.form is not None and presenter.reply is not None, task)
        if forms.at()[0] != task:
            known = presenter.task_of(task)
            if known is not None and known.step is not presenter.step:
                hand.press(f"Alt+{list(Step).index(known.step) + 1}")
                hand.wait(lambda: presenter.step is known.step, f"step {known.step}")
            self._go_to(task)
            hand.wait(lambda: forms.at()[0] == task, task)
        codes = [one.code for one in presenter.forms()]
        if form and forms.at()[1] != form:
            by = codes.index(form) - codes.index(forms.at()[1])
            for _ in range(abs(by)):
                hand.press("Alt+Right" if by > 0 else "Alt+Left")
            hand.wait(lambda: forms.at()[1] == form, f"form {form}")

    def _go_to(self, task: str) -> None:
        presenter = self.seat.forms.presenter
        if presenter.task == task:
            return
        rows = [
            one.code.removeprefix("task.")
            for one in presenter.tasks()
            if one.state is not TaskState.NOT_APPLICABLE
        ]
        by = rows.index(task) - rows.index(presenter.task) if {task, presenter.task} <= set(rows) else FAR + 1
        if abs(by) > FAR:
            self._press_row(task)
            return
        for _ in range(abs(by)):
            self.hand.press("Alt+Down" if by > 0 else "Alt+Up")

    def _press_row(self, task: str) -> None:
        """Click a row of the task list."""
        rows = self.hand.see("steps.tasks")
        assert isinstance(rows, TaskList)
        if rows.tasks.row_of(task) < 0:  # it stands beside the tasks of handling
            self.hand.press(f"Alt+{list(Step).index(Step.HANDLING) + 1}")
            self.hand.wait(lambda: rows.tasks.row_of(task) >= 0, task)
        index = rows.tasks.index(rows.tasks.row_of(task))
        rows.scrollTo(index)
        self.hand.click_at(rows.viewport(), rows.visualRect(index).center())
