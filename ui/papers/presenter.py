"""What the preview shows and does, without widgets: which paper, its bytes, printing and saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.papers.choices import Choice
from ui.papers.printers import Printers
from workstation.errors import AppError
from workstation.station import messages as m

MOST_COPIES = 20


class PapersPresenter(QObject):
    """`changed` when another paper, its state or the printers are to be shown; `loaded(bytes)` with a PDF.

    `error`: why the paper cannot be shown; `busy`: a print or a save is under way. `folder`: where every print is kept,
    None where this window keeps none.
    """

    changed = Signal()
    loaded = Signal(bytes)

    def __init__(
        self,
        context: Context,
        choices: Sequence[Choice],
        chosen: str,
        folder: Path | None,
        printers: Printers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._folder, self.printers = context, folder, printers
        self.choices = tuple(choices)
        keys = [one.key for one in self.choices]
        self.at = keys.index(chosen) if chosen in keys else 0
        self.error: AppError | None = None
        self.reading = self.busy = False
        self.printer = ""
        self.copies = 1
        self._asked = 0
        printers.found.connect(self._printers)

    @property
    def choice(self) -> Choice:
        """The paper in hand."""
        return self.choices[self.at]

    def title(self, choice: Choice) -> str:
        """The name of a paper."""
        return self._context.words(choice.code, **dict(choice.values))

    def start(self) -> None:
        """Ask for the paper and for the printers."""
        self.printers.look()
        self.read()

    def choose(self, at: int) -> None:
        """Take another paper in hand."""
        if 0 <= at < len(self.choices) and at != self.at:
            self.at = at
            self.read()

    def read(self) -> None:
        """Look at the paper in hand as it is now."""
        self._asked += 1
        asked = self._asked
        self.error, self.reading = None, True
        self.changed.emit()

        def came(reply: m.PaperReply) -> None:
            if asked == self._asked:
                self._show(reply)

        def failed(error: AppError) -> None:
            if asked == self._asked:
                self.error, self.reading = error, False
                self.changed.emit()

        ask = self.choice.ask(self._context.words.language)
        self._context.link.ask(m.ViewPaper(paper=ask), came, failed)

    def _show(self, reply: m.PaperReply) -> None:
        self.error, self.reading = None, False
        self.loaded.emit(reply.pdf)
        self.changed.emit()

    # ------------------------------------------------------------ printing

    def why_not(self) -> AppError | None:
        """Why nothing can be printed now, or None."""
        if not self.printers.known:
            return AppError("preview.looking")
        if self.printers.none is None and not self.printer:
            return AppError("preview.no-printer-chosen")
        return self.printers.none

    def choose_printer(self, name: str) -> None:
        """Print on this one from now on."""
        self.printer = name
        self.changed.emit()

    def print(self) -> None:
        """Print: an entry of the record, then the file to the printer."""
        against = self.why_not()
        if against is not None:
            self._context.speaker.error(against)
            return
        printer, copies = self.printer, self.copies

        def kept(path: Path) -> None:
            self.printers.print(
                path,
                printer,
                copies,
                lambda job: self._told("preview.sent", printer=printer, job=job),
                self._failed,
            )

        self._make(kept)

    def save(self) -> None:
        """Save as a file: a print as well, since it leaves the program."""
        self._make(lambda path: self._told("preview.saved", file=str(path)))

    def _make(self, kept: Callable[[Path], None]) -> None:
        """Have the paper printed by the station, keep its file, and go on with that."""
        if self.busy or self.reading or self.error is not None:
            return
        if self._folder is None:
            self._context.speaker.error(AppError("preview.no-folder"))
            return
        self.busy = True
        self.changed.emit()
        choice, asked, folder = self.choice, self._asked, self._folder

        def came(reply: m.PaperReply) -> None:
            if asked == self._asked:
                self._show(reply)
            path = folder / f"{_safe(choice.stem)}-{reply.size}-{reply.digest[:8]}.pdf"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(reply.pdf)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self._failed(AppError("preview.unwritable", file=path.name, reason=reason))
                return
            kept(path)

        self._context.link.ask(choice.ask(self._context.words.language), came, self._failed, lane="work")

    def _told(self, code: str, **values: str) -> None:
        self.busy = False
        self.changed.emit()
        self._context.speaker.info(code, **values)

    def _failed(self, error: AppError) -> None:
        self.busy = False
        self.changed.emit()
        self._context.speaker.error(error)

    def _printers(self) -> None:
        self.printer = self.printers.usual
        self.changed.emit()


def _safe(stem: str) -> str:
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in stem)
