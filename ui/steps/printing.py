"""Printing a paper of the stay into the folder of prints."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path

from ui.context import Context
from ui.steps.devices import PAPERS
from workstation.errors import AppError
from workstation.station import messages as m


class Printing:
    """`folder`: where prints are kept, None where this window keeps none."""

    def __init__(self, context: Context, folder: Path | None) -> None:
        self._context, self._folder = context, folder

    def print(self, stay: str, number: str, paper: str, language: str = "") -> None:
        """Ask for a paper of a stay and keep it under the number of the stay; where it lies is told.

        `language`: of the paper; the one on the screen when none is given.
        """
        ask = m.PrintPaper(stay=stay, paper=PAPERS[paper], language=language or self._context.words.language)
        self._context.link.ask(
            ask, partial(self._keep, f"{number}-{paper}"), self._context.speaker.error, lane="work"
        )

    def _keep(self, name: str, reply: m.PaperReply) -> None:
        speaker = self._context.speaker
        if self._folder is None:
            speaker.error(AppError("steps.no-print-folder"))
            return
        path = self._folder / f"{name}-{secrets.token_hex(3)}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(reply.pdf)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            speaker.error(AppError("steps.print-failed", file=path.name, reason=reason))
            return
        speaker.info("steps.printed", file=str(path))
