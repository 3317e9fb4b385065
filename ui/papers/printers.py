"""The printers that this machine knows, and handing a file to one of them: `lpstat` and `lp` of CUPS.

Both run as processes of their own beside the window; what hangs is ended after ten seconds and told.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from workstation.errors import AppError

LONGEST_MS = 10_000
_END_MS = 2_000

Ended = Callable[[int, str, str], None]


class Printers(QObject):
    """`found` once it is known which printers there are: `names`, the `usual` one, or `none` with why there is none."""

    found = Signal()

    def __init__(self, parent: QObject | None = None, *, lpstat: str = "lpstat", lp: str = "lp") -> None:
        super().__init__(parent)
        self._lpstat, self._lp = lpstat, lp
        self._running: list[QProcess] = []
        self.names: tuple[str, ...] = ()
        self.usual = ""
        self.none: AppError | None = None
        self.known = False

    def look(self) -> None:
        """Ask which printers there are; answers by `found`."""
        self._run(self._lpstat, ["-e"], self._listed)

    def _listed(self, status: int, out: str, _: str) -> None:
        self.names = tuple(line.strip() for line in out.splitlines() if line.strip()) if status == 0 else ()
        if not self.names:
            self._know(AppError("preview.no-lp" if status < 0 else "preview.no-printer"))
        else:
            self._run(self._lpstat, ["-d"], self._defaulted)

    def _defaulted(self, _: int, out: str, __: str) -> None:
        told = out.rpartition(":")[2].strip()
        self.usual = told if told in self.names else self.names[0]
        self._know(None)

    def _know(self, none: AppError | None) -> None:
        self.none, self.known = none, True
        self.found.emit()

    def print(
        self,
        file: Path,
        printer: str,
        copies: int,
        done: Callable[[str], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Hand a file over; `done(job)` when the print system took it, `failed` with what it said."""

        def ended(status: int, out: str, error: str) -> None:
            if status == 0:
                done(out.strip())
            else:
                reason = (error or out).strip()[:200] or str(status)
                failed(AppError("preview.not-taken", printer=printer, reason=reason))

        options = ["-d", printer, "-n", str(copies), "-o", "media=A4", "-t", file.stem, "--", str(file)]
        self._run(self._lp, options, ended)

    def _run(self, program: str, arguments: list[str], ended: Ended) -> None:
        """Run a program; `ended(status, out, error)`, with status −1 when it could not be started or hung."""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LC_ALL", "C.UTF-8")
        process.setProcessEnvironment(environment)
        limit = QTimer(process)
        limit.setSingleShot(True)
        limit.timeout.connect(process.kill)
        self._running.append(process)

        def settle(status: int) -> None:
            if process not in self._running:
                return
            self._running.remove(process)
            limit.stop()
            out = bytes(process.readAllStandardOutput().data()).decode(errors="replace")
            error = bytes(process.readAllStandardError().data()).decode(errors="replace")
            process.deleteLater()
            ended(status, out, error)

        def finished(code: int, how: QProcess.ExitStatus) -> None:
            settle(code if how is QProcess.ExitStatus.NormalExit else -1)

        def troubled(error: QProcess.ProcessError) -> None:
            if error is QProcess.ProcessError.FailedToStart:
                settle(-1)

        process.finished.connect(finished)
        process.errorOccurred.connect(troubled)
        limit.start(LONGEST_MS)
        process.start(program, arguments)

    def close(self) -> None:
        """End what still runs."""
        running, self._running = self._running, []
        for process in running:
            process.kill()
            process.waitForFinished(_END_MS)
