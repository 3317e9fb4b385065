"""Work off the GUI thread: one lane, that is one thread with a queue, per kind of request.

Results come back in the GUI thread by one queued signal. What takes longer than 300 ms says so, with how far it
is, and can be cancelled.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SLOW_MS = 300


class Ticket:
    """What the work sees of its request: whether it is still wanted, and where to say how far it is."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._gone = threading.Event()
        self._report = report

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self._gone.is_set()

    def cancel(self) -> None:
        """Say that the result is no longer wanted."""
        self._gone.set()

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is; may be called from the lane's thread."""
        self._report(done, total)


Work = Callable[[Ticket], object]


class Job(QObject):
    """One request, seen from the GUI thread.

    `done` carries the result, `failed` the exception, `slow` comes after 300 ms without either, `progressed` the
    latest done and total. A cancelled job tells nothing more.
    """

    done = Signal(object)
    failed = Signal(object)
    slow = Signal()
    progressed = Signal(int, int)
    _reported = Signal(int, int)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self.work = work
        self.ticket = Ticket(self._reported.emit)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.slow)
        self._timer.start(SLOW_MS)

    def cancel(self) -> None:
        """Give the request up: its result is thrown away when it comes."""
        self.ticket.cancel()
        self._timer.stop()

    def _pass_on(self, done: int, total: int) -> None:
        if not self.ticket.cancelled:
            self.progressed.emit(done, total)

    def settle(self, result: object, error: BaseException | None) -> None:
        """Called once in the GUI thread when the work has ended."""
        self._timer.stop()
        if not self.ticket.cancelled:
            if error is None:
                self.done.emit(result)
            else:
                self.failed.emit(error)
        self.deleteLater()


class Lane(QObject):
    """One thread that does the requests of one kind in their order."""

    _arrived = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._arrived.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"lane {name}", daemon=True)
        self._thread.start()

    def ask(
        self,
        work: Work,
        done: Callable[[object], object] | None = None,
        failed: Callable[[object], object] | None = None,
    ) -> Job:
        """Queue `work`; `done` and `failed` are called in the GUI thread. Keep the job to follow or cancel it."""
        job = Job(work, self)
        if done is not None:
            job.done.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        self._queue.put(job)
        return job

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            result: object = None
            error: BaseException | None = None
            if not job.ticket.cancelled:
                try:
                    result = job.work(job.ticket)
                except Exception as caught:
                    # handed over whole: the GUI thread tells an expected error from a bug
                    error = caught
            self._arrived.emit(job, result, error)

    def _settle(self, job: object, result: object, error: object) -> None:
        if isinstance(job, Job):
            job.settle(result, error if isinstance(error, BaseException) else None)

    def close(self, seconds: float = 5.0) -> bool:
        """Finish the request in hand and end the thread; returns whether it ended in time."""
        self._queue.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()


class Lanes(QObject):
    """The lanes of the window by name, made when first asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, Lane] = {}

    def lane(self, name: str) -> Lane:
        """The lane of one kind of request."""
        if name not in self._lanes:
            self._lanes[name] = Lane(name, self)
        return self._lanes[name]

    def close(self) -> bool:
        """End all lanes; returns whether all ended in time."""
        ended = [lane.close() for lane in self._lanes.values()]
        self._lanes.clear()
        return all(ended)
