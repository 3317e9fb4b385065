"""The fonts that the program brings along. The first window imports this: nothing heavy comes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from workstation.errors import SettingsError


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Load every font file of `folder` into the program; returns the families, main one first.

    Raises SettingsError `ui.font-unreadable` when a file is no font.
    """
    families: list[str] = []
    for path in sorted(folder.glob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise SettingsError("ui.font-unreadable", file=path.name)
        families += [name for name in QFontDatabase.applicationFontFamilies(number) if name not in families]
    families.sort(key=lambda name: (not name.startswith("Noto Sans SC"), len(name)))
    return tuple(families)
