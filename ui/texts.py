"""The language of the screen, changed while the program runs.

Labels are written in Chinese in the program and translated by Linguist files; sentences of the record (refusals,
warnings, papers, errors) come from the catalogue in the same language.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from workstation.catalogue import LANGUAGES
from workstation.errors import SettingsError


class Texts(QObject):
    """The language in use; `changed` follows a switch, after every widget has got its LanguageChange."""

    changed = Signal(str)

    def __init__(self, folder: Path, application: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._application = application
        self._installed: list[QTranslator] = []
        self.language = "zh"

    def switch(self, language: str) -> None:
        """Change the language to `zh` or `en`; work at hand stays as it is.

        Raises SettingsError `ui.no-such-language` or `ui.translation-missing`; the language then stays as it was.
        """
        if language not in LANGUAGES:
            raise SettingsError("ui.no-such-language", language=language)
        wanted: list[QTranslator] = []
        if language == "en":
            own = QTranslator(self)
            if not own.load(str(self._folder / "onestop_en.qm")):
                raise SettingsError("ui.translation-missing", file="onestop_en.qm")
            wanted.append(own)
        else:
            qt = QTranslator(self)
            if qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                wanted.append(qt)
        self.language = language
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = wanted
        for translator in wanted:
            self._application.installTranslator(translator)
        QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
        self.changed.emit(language)
