"""`python -m tests.ui.paint_soak [CARDS]`: paints cards again and again and watches what leaks.

A paint call of some versions of PySide6 lost a reference to None each time, until the program died; the count of
references to None, and the memory of the process, must stay where they are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.fonts import load_fonts
from ui.theme import Theme
from ui.widgets.card_paint import paint_card
from ui.widgets.cards import CardData
from ui.widgets.doors import paint_door
from ui.widgets.look import Look
from ui.widgets.samples import cards, doors

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def hundred() -> list[CardData]:
    """A hundred cards of every kind."""
    kinds = cards()
    return [
        msgspec.structs.replace(kinds[number % len(kinds)], key=str(number), number=f"A-{number:02d}")
        for number in range(100)
    ]


class Soak:
    """A board of a hundred cards and a bank of doors on one picture."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._cards = hundred()
        self._doors = doors()
        self._image = QImage(400, 240, QImage.Format.Format_RGB32)

    def round(self) -> int:
        """Paint everything once; returns the number of things painted."""
        painter = QPainter(self._image)
        painter.fillRect(self._image.rect(), QColor(self._look.theme.tokens.canvas))
        for number, card in enumerate(self._cards):
            compact = number % 2 == 0
            paint_card(painter, QRectF(6, 6, 380, 214), card, self._look, compact=compact, focused=compact)
        for door in self._doors:
            paint_door(painter, QRectF(6, 6, 200, 120), door, self._look)
        painter.end()
        return len(self._cards) + len(self._doors)


def resident() -> int:
    """Memory of this process in bytes (proc(5), statm, second field in pages)."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def main(arguments: list[str]) -> int:
    """Paint so many cards and doors, some thirty paint calls each; returns 1 when something leaks."""
    wanted = int(arguments[0]) if arguments else 40_000
    application = QApplication.instance() or QApplication(["soak"])
    look = Look(Theme(families=load_fonts(RESOURCES / "fonts")), RESOURCES / "icons")
    if isinstance(application, QApplication):
        look.apply(application)
    soak = Soak(look)
    done = sum(soak.round() for _ in range(20))
    references, memory = sys.getrefcount(None), resident()
    while done < wanted:
        done += soak.round()
    lost, grown = references - sys.getrefcount(None), resident() - memory
    print(f"{done} painted, {lost} references to None lost, {grown / 1e6:.1f} MB grown")
    return 1 if abs(lost) > 1000 or grown > 20e6 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
