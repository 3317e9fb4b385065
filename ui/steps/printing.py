"""The papers of the step screen: shown over it, and put away when another person is taken in hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.papers.opening import PaperOpener
from ui.steps.devices import PAPERS
from ui.steps.forms.things import counting_blind
from ui.steps.presenter import StepsPresenter
from ui.widgets.look import Look


class Printing:
    """`folder`: where prints are kept, None where this window keeps none. `part`: a widget of the screen."""

    def __init__(
        self, context: Context, look: Look, folder: Path | None, presenter: StepsPresenter, part: QWidget
    ) -> None:
        self._context, self._look, self._folder = context, look, folder
        self._presenter, self._part = presenter, part
        self._opener: PaperOpener | None = None
        presenter.page_changed.connect(self._follow)

    def print(self, stay: str, number: str, paper: str, language: str = "") -> None:
        """Show a paper of a stay, ready to be printed.

        `language`: of the paper; the one on the screen when none is given.
        """
        if self._opener is None:
            self._opener = PaperOpener(self._screen(), self._context, self._look, self._folder)
        blind = counting_blind(self._presenter.facts())
        wanted = PAPERS[paper]
        self._opener.of_stay(stay, number, wanted, blind=blind, languages={wanted: language})

    def _screen(self) -> QWidget:
        """The screen around the part."""
        found: QWidget = self._part
        while found.objectName() != "steps" and (around := found.parentWidget()) is not None:
            found = around
        return found

    def _follow(self) -> None:
        if self._opener is not None:
            self._opener.follow(self._presenter.stay)
