"""Theme, language, scale and motion of the running window, changed without losing the work at hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ui import prefs
from ui.context import Words
from ui.prefs import Prefs
from ui.quiet import quiet
from ui.texts import Texts
from ui.theme import Theme
from ui.widgets.look import Look
from workstation.errors import AppError


class Appearance(QObject):
    """Reads and keeps the preferences of `home` and puts them on the application. `changed` follows a change."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        home: Path,
        look: Look,
        texts: Texts,
        words: Words,
        families: tuple[str, ...],
    ) -> None:
        super().__init__()
        self._application, self._home = application, home
        self._look, self._texts, self._words, self._families = look, texts, words, families
        self._prefs = Prefs()

    def start(self) -> AppError | None:
        """Put on what is kept; returns what was odd about it: only that has its default."""
        trouble: AppError | None
        wanted, trouble = prefs.load(self._home)
        try:
            self._put_on(wanted)
        except AppError as error:
            trouble = error
            self._put_on(Prefs())
        return trouble

    def get(self) -> Prefs:
        """What is in use."""
        return self._prefs

    def set(self, wanted: Prefs) -> None:
        """Put on and keep. Raises SettingsError when it cannot be used (nothing changes) or not be kept."""
        self._put_on(wanted)
        prefs.save(self._home, wanted)

    def _put_on(self, wanted: Prefs) -> None:
        theme = Theme(
            dark=wanted.theme == "dark",
            scale=wanted.scale / 100,
            reduced_motion=wanted.reduced_motion,
            families=self._families,
        )
        before = self._words.language
        self._words.language = wanted.language  # widgets say themselves anew while the texts switch
        try:
            with quiet():
                self._texts.switch(wanted.language)
        except AppError:
            self._words.language = before
            raise
        with quiet():
            self._look.switch(theme, self._application)
            self._prefs = wanted
            self.changed.emit()
