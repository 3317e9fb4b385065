"""The screens of one person at work: which there are, how one goes between them, and what each is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.palette.offers import offers_of
from ui.palette.presenter import Recent
from ui.quiet import quiet
from ui.scanning import Scanning
from ui.screens import SCREENS, Entry, Furnishing, Screen, ShowsStay, Undoes
from ui.window import Shell
from workstation.errors import AppError
from workstation.services.board import Board, Card
from workstation.station import messages as m

if TYPE_CHECKING:
    from ui.board.view import BoardScreen
    from ui.steps.presenter import StepsPresenter


def entries_of(worker: m.Signed) -> list[Entry]:
    """The screens open to who is signed in."""
    return [entry for entry in SCREENS if not entry.needs or entry.needs in worker.reads]


class Rooms(QObject):
    """Furnishes `shell` for `worker`. Signals: `counted(Board)` with each new board, `other_person` wants to sign in."""

    counted = Signal(object)
    other_person = Signal()

    def __init__(self, shell: Shell, worker: m.Signed, given: Furnishing) -> None:
        super().__init__(shell)
        self._shell, self._worker, self._given = shell, worker, given
        self.context = given.context
        self._recent = Recent()
        self.entries = entries_of(worker)
        for entry in self.entries:
            shell.add_screen(
                entry.name,
                entry.key,
                partial(self.context.words, f"app.screen.{entry.name}"),
                entry.icon,
                partial(self._made, entry),
            )
        self.scanning = Scanning(self.context, shell.strip, given.arrivals, self.in_hand, self.card_of, shell)
        self.scanning.other_person.connect(self.other_person)
        self._unsaid: list[str] = []
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.timeout.connect(self._say_next)
        shell.opened.connect(self._say)

    def open_first(self) -> None:
        """Show the first of the screens."""
        if self.entries:
            self._shell.open(self.entries[0].name)

    def go(self, screen: str, stay: str = "", task: str = "") -> None:
        """Show a screen, with a stay and one of its tasks; nothing happens while the session is locked."""
        if self._shell.is_locked():
            return
        if screen not in {entry.name for entry in self.entries}:
            self.context.speaker.error(AppError("app.no-screen"))
            return
        built = self._shell.screen_widget(screen) is not None
        self._shell.open(screen)
        if built:
            self._take_up(screen, stay, task)
        else:  # a turn of its own: to build a screen and to fill it are much for one
            QTimer.singleShot(0, lambda: self._take_up(screen, stay, task))

    def _take_up(self, screen: str, stay: str, task: str) -> None:
        """Put a stay in hand on a screen."""
        widget: object = self._shell.screen_widget(screen)
        if stay and isinstance(widget, ShowsStay):
            with quiet():
                widget.show_stay(stay, task)
        card = self._given.arrivals.take() if stay == "new" else None
        if card is not None and isinstance(widget, Screen):
            widget.notice(m.Notice(size=self.context.link.position, card=card))

    def go_on(self) -> None:
        """Do what the last scan offers."""
        if not self._shell.is_locked():
            self.scanning.go_on()

    def undo(self) -> None:
        """Leave what the last scan opened, else drop the draft in hand."""
        _, widget = self.in_hand()
        if not self.scanning.undo() and isinstance(widget, Undoes):
            widget.undo()

    def search(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Show the search; `acts`: the actions of the window by name."""
        from ui.palette.opening import open_palette

        own = dict(acts)
        if "begin-stay" in self._worker.requests:
            own["arrive"] = partial(self.go, "steps", "new", "identity")
        screens = [(entry.name, entry.key, entry.icon) for entry in self.entries]
        offers = offers_of(self.context.words, screens, self.go, own)
        open_palette(self._shell, self.context, self._given.look, offers, self._recent, self.scanning.open)

    # ------------------------------------------------------------ what is shown, and what it is told

    def screens(self) -> list[Screen]:
        """The screens that have been opened."""
        built: list[object] = [self._shell.screen_widget(entry.name) for entry in self.entries]
        return [widget for widget in built if isinstance(widget, Screen)]

    def in_hand(self) -> tuple[str, object]:
        """Name and widget of the screen shown."""
        name = self._shell.current()
        return name, self._shell.screen_widget(name) if name else None

    def unsaved(self) -> bool:
        """Whether any screen holds something that is not kept yet; it is being kept from now on."""
        held = [screen.leave() for screen in self.screens()]  # each is asked: asking keeps its draft
        return any(held)

    def retranslate(self) -> None:
        """Say everything in the present language: what is shown at once, each other screen in a turn of its own."""
        self._unsaid = [entry.name for entry in self.entries]
        self._say(self._shell.current())
        self._saying.start()

    def _say_next(self) -> None:
        if self._unsaid:
            self._say(self._unsaid[0])
            self._saying.start()

    def _say(self, name: str) -> None:
        """Say a screen anew, unless that is done or it has not been opened."""
        if name not in self._unsaid:
            return
        self._unsaid.remove(name)
        widget: object = self._shell.screen_widget(name)
        if isinstance(widget, Screen):
            with quiet():
                widget.retranslate()

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station, or a device of this desk was read."""
        for screen in self.screens():
            screen.notice(notice)
        self.scanning.notice(notice)

    def board(self) -> BoardScreen | None:
        """The board, once it has been opened."""
        if "board" not in {entry.name for entry in self.entries}:
            return None
        from ui.board.view import BoardScreen

        widget = self._shell.screen_widget("board")
        return widget if isinstance(widget, BoardScreen) else None

    def card_of(self, stay: str) -> Card | None:
        """The card of a person, where the board has it."""
        board = self.board()
        return board.presenter.card(stay) if board else None

    def describe(self, stay: str) -> str:
        """A person by name and number, or by the beginning of the stay's id."""
        card = self.card_of(stay)
        return f"{card.name} {card.number}".strip() if card else stay[:8]

    def filling(self) -> StepsPresenter | None:
        """What is filled in on the step screen, once it has been opened."""
        if "steps" not in {entry.name for entry in self.entries}:
            return None
        from ui.steps.view import StepsScreen

        widget = self._shell.screen_widget("steps")
        return widget.presenter if isinstance(widget, StepsScreen) else None

    def _made(self, entry: Entry, parent: QWidget) -> QWidget:
        widget = entry.make(self._given, parent)
        from ui.board.view import BoardScreen

        if isinstance(widget, BoardScreen):
            widget.presenter.changed.connect(partial(self._count, widget))
        return widget

    def _count(self, screen: BoardScreen) -> None:
        board: Board | None = screen.presenter.board
        if board is not None:
            self.counted.emit(board)
