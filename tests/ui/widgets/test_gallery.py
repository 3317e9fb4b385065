"""The gallery draws every component in both themes, and a theme is used everywhere in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from ui.theme import DARK, LIGHT
from ui.widgets import gallery


def test_every_page_is_drawn_in_its_theme(qapp: QApplication, tmp_path: Path) -> None:
    assert gallery.main([str(tmp_path)]) == 0
    pages = {path.stem for path in tmp_path.glob("*.png")}
    for page in ("components", "board", "board-en", "step", "lockers"):
        for name, tokens in (("light", LIGHT), ("dark", DARK)):
            assert f"{page}-{name}" in pages
            image = QImage(str(tmp_path / f"{page}-{name}.png"))
            corner = image.pixelColor(image.width() - 3, image.height() // 2)
            assert corner == QColor(tokens.canvas)


def test_without_a_folder_it_says_how_it_is_called(qapp: QApplication) -> None:
    assert gallery.main([]) == 2
