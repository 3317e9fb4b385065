"""Putting the preview over a screen; one at a time on each. What reads PDF is imported at the first paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.papers.choices import Choice, of_centre, of_stay
from ui.widgets.look import Look
from workstation.custody.values import Paper

if TYPE_CHECKING:
    from ui.papers.view import PaperPreview


class PaperOpener:
    """Opens papers over the screen `over`. `folder`: where every print is kept, None where this window keeps none."""

    def __init__(self, over: QWidget, context: Context, look: Look, folder: Path | None) -> None:
        self._over, self._context, self._look, self._folder = over, context, look, folder
        self.stay = ""
        self.preview: PaperPreview | None = None

    def of_centre(self) -> None:
        """The board for a power loss; the registers of entries and exits are beside it."""
        now = self._context.clock.now().astimezone(self._context.zone)
        self._open(of_centre(now), "board")

    def of_stay(
        self,
        stay: str,
        number: str,
        paper: Paper,
        *,
        blind: bool = False,
        languages: Mapping[Paper, str] | None = None,
    ) -> None:
        """A paper of a stay; its other papers are beside it. `blind`: what was taken is being counted blind."""
        self._open(of_stay(stay, number, blind=blind, languages=dict(languages or {})), paper.value)
        self.stay = stay

    def follow(self, stay: str) -> None:
        """The screen shows this person now: a paper of another goes."""
        if self.stay and stay != self.stay:
            self.close()

    def close(self) -> None:
        """Take the preview away, where there is one."""
        if self.preview is not None:
            self.preview.leave()

    def _open(self, choices: Sequence[Choice], chosen: str) -> None:
        from ui.papers.presenter import PapersPresenter
        from ui.papers.printers import Printers
        from ui.papers.view import PaperPreview

        self.close()
        presenter = PapersPresenter(self._context, choices, chosen, self._folder, Printers())
        presenter.printers.setParent(presenter)
        self.preview = preview = PaperPreview(self._context, self._look, presenter, self._over)
        preview.closed.connect(self._closed)
        preview.open()

    def _closed(self) -> None:
        self.preview, self.stay = None, ""
