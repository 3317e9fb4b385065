"""What the officer is told: expected trouble on the message line, a bug with what is safe and a report kept.

The report holds the kind of the error and where in the program it happened, no values and no message texts: those
may hold personal data.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from ui.texts import Texts
from ui.theme import Level
from workstation.catalogue import Catalogue
from workstation.errors import AppError

_log = logging.getLogger(__name__)
_ENDS = ".。!！?？;；:："


class Messages(QObject):
    """Sentences for the message line, in the language of the screen.

    `told` carries level, sentence with advice, and the word of the one action (or an empty text). After a change of
    language the last message is told again.
    """

    told = Signal(Level, str, str)

    def __init__(self, catalogue: Catalogue, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._texts = texts
        self._last: tuple[str, Mapping[str, object], Level, str] | None = None
        texts.changed.connect(self._again)

    def sentence(self, code: str, values: Mapping[str, object] | None = None) -> str:
        """The sentence of a code with its advice."""
        said = self._catalogue.text(code, self._texts.language, values)
        advice = self._catalogue.advice(code, self._texts.language, values)
        if not advice:
            return said
        chinese = self._texts.language == "zh"
        if said.rstrip()[-1:] not in _ENDS:
            said += "。" if chinese else "."
        return f"{said}{advice}" if chinese else f"{said} {advice}"

    def tell(
        self,
        code: str,
        values: Mapping[str, object] | None = None,
        level: Level = Level.NONE,
        action: str = "",
    ) -> None:
        """Tell a sentence of the catalogue; `action` is the code of the word of the one action."""
        self._last = (code, dict(values or {}), level, action)
        word = self._catalogue.text(action, self._texts.language) if action else ""
        self.told.emit(level, self.sentence(code, values), word)

    def show(self, error: AppError, level: Level = Level.YELLOW, action: str = "") -> None:
        """Tell an expected error."""
        self.tell(error.code, error.values, level, action)

    def clear(self) -> None:
        """Nothing to say."""
        self._last = None
        self.told.emit(Level.NONE, "", "")

    def _again(self) -> None:
        if self._last is not None:
            self.tell(*self._last)


def report_of(kind: type[BaseException], trace: TracebackType | None, instant: datetime, thread: str) -> str:
    """A report of a bug: when, which versions, the kind of error, and the places in the program."""
    lines = [
        f"at: {instant.isoformat(timespec='milliseconds')}",
        f"python: {platform.python_version()}  qt: {qVersion()}  system: {platform.system()} {platform.release()}",
        f"thread: {thread}",
        f"error: {kind.__module__}.{kind.__qualname__}",
    ]
    for frame in traceback.extract_tb(trace):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


class CrashHandler(QObject):
    """The last catch of everything that no one expected, in any thread.

    An expected error that came up so far is shown as such; a bug is written to `folder` as a report and told with
    `safe`, the code of the sentence that says what is on disk. It never raises itself.
    """

    _caught = Signal(object, str)

    def __init__(
        self,
        messages: Messages,
        folder: Path,
        now: Callable[[], datetime],
        safe: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._messages, self._folder, self._now, self._safe = messages, folder, now, safe
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take the place of the hooks of the interpreter; errors in Qt slots come the same way."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self.handle
        threading.excepthook = self._thread
        sys.unraisablehook = self._unraisable

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_type is not SystemExit:
            self.handle(given.exc_type, given.exc_value, given.exc_traceback)

    def _unraisable(self, given: sys.UnraisableHookArgs) -> None:
        self.handle(given.exc_type, given.exc_value, given.exc_traceback)

    def handle(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take one error, from whatever thread."""
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error if error is not None else kind(), trace)
            return
        if isinstance(error, AppError):
            self._caught.emit(error, "")
            return
        name = self._write(kind, trace)
        _log.error("bug: %s.%s, report %s", kind.__module__, kind.__qualname__, name or "not written")
        self._caught.emit(None, name)

    def _write(self, kind: type[BaseException], trace: TracebackType | None) -> str:
        instant = self._now()
        text = report_of(kind, trace, instant, threading.current_thread().name)
        path = self._folder / f"report-{instant:%Y%m%dT%H%M%S%f}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        except OSError:
            return ""
        return path.name

    def _tell(self, error: object, report: str) -> None:
        if isinstance(error, AppError):
            self._messages.show(error)
            return
        safe = self._messages.sentence(self._safe())
        code = "ui.bug" if report else "ui.bug-unreported"
        self._messages.tell(code, {"safe": safe, "report": report}, Level.RED)
