"""The simulated world as the bench sees and changes it, over the simulator's own port, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from devices.practice import Fault, PracticeWorld, Standing
from ui.background import Lane, Ticket
from ui.context import Context
from workstation.errors import AppError, DeviceError

POLL_MS = 700


class Simulated(QObject):
    """`changed` after the world was seen otherwise than before, or is gone. `world` None: this centre is real."""

    changed = Signal()

    def __init__(self, context: Context, world: PracticeWorld | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._world = world
        self._lane: Lane | None = None
        self._looking = False
        self._awake = False
        self.standing: Standing | None = None
        self.error: AppError | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.look)

    def there(self) -> bool:
        """Whether this centre is simulated at all."""
        return self._world is not None

    def may(self) -> bool:
        """Whether this session may change the world."""
        session = self._context.link.session
        return session is None or "use-bench" in session.reads

    def wake(self) -> None:
        """The bench is shown: look now and go on looking."""
        if self._world is not None:
            self._awake = True
            self.look()
            self._poll.start()

    def rest(self) -> None:
        """The bench is hidden."""
        self._awake = False
        self._poll.stop()

    def look(self) -> None:
        """See the world as it stands."""
        if self._world is not None and not self._looking and self._awake:
            world, self._looking = self._world, True
            self._ask(lambda _: world.standing(), self._seen, self._missed)

    def act(self, act: str, **fields: str | int | float | bool) -> None:
        """Change something; what the world forbids is told on the message line."""
        if self._world is None or not self.may():
            return
        world = self._world

        def work(_: Ticket) -> object:
            world.act(act, **fields)
            return world.standing()

        self._ask(work, self._seen, self._refused)

    def aside(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do something slow beside the GUI thread; an expected error is told on the message line."""
        self._ask(lambda _: work(), done, self._refused)

    def _ask(
        self,
        work: Callable[[Ticket], object],
        done: Callable[[object], None],
        failed: Callable[[object], None],
    ) -> None:
        if self._lane is None:
            lane = self._lane = Lane("bench-world")
            self.destroyed.connect(lambda: lane.close())
        self._lane.ask(work, done, failed)

    def _seen(self, seen: object) -> None:
        self._looking = False
        if isinstance(seen, Standing) and (seen != self.standing or self.error is not None):
            self.standing, self.error = seen, None
            self.changed.emit()

    def _missed(self, error: object) -> None:
        self._looking = False
        if not isinstance(error, DeviceError):
            raise error if isinstance(error, BaseException) else TypeError(str(error))
        if self.error is None or self.error.code != error.code:
            self.standing, self.error = None, error
            self.changed.emit()

    def _refused(self, error: object) -> None:
        if not isinstance(error, AppError):
            raise error if isinstance(error, BaseException) else TypeError(str(error))
        self._context.speaker.error(error)
        self.look()

    # ------------------------------------------------------------ what is seen

    def faults(self, device: str) -> dict[str, Fault] | None:
        """The faults of a device's line by kind; None when it has no line that faults can be put on."""
        seen = self.standing
        if seen is None or device not in seen.faults:
            return None
        return {fault.kind: fault for fault in seen.faults[device]}
