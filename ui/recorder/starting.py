"""Whether this window's session is recorded: only when asked for, and only in practice data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.scan import ScanRouter
from workstation.errors import AppError

if TYPE_CHECKING:
    from ui.recorder.recorder import SessionRecorder
    from ui.steps.presenter import StepsPresenter


class Recording(QObject):
    """Starts the recorder of a session once the centre's mode is known; the recorder is imported only then."""

    def __init__(
        self,
        application: QApplication,
        scans: ScanRouter,
        filling: Callable[[], StepsPresenter | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application, self._scans, self._filling = application, scans, filling
        self._path: Path | None = None
        self.recorder: SessionRecorder | None = None

    def ask(self, path: Path) -> None:
        """Record to `path` from the sign-in on."""
        self._path = path

    def start(self, mode: str) -> None:
        """Begin, when it was asked for. Raises AppError for a live centre or a file that cannot be written."""
        if self._path is None or self.recorder is not None:
            return
        from ui.recorder.datums import datum_of
        from ui.recorder.recorder import SessionRecorder

        try:
            if mode != "practice":
                raise AppError("session.practice-only")
            self.recorder = SessionRecorder(
                self._application, self._scans, self._path, self._filling, datum_of, self
            )
        except AppError:
            self._path = None
            raise

    def file(self) -> str:
        """The name of the file that is written, or an empty text."""
        return self._path.name if self.recorder is not None and self._path is not None else ""

    def answered(self) -> None:
        """The sign-in was answered."""
        if self.recorder is not None:
            self.recorder.answered()

    def close(self) -> None:
        """End the file."""
        if self.recorder is not None:
            self.recorder.close()
