"""Putting the search over a window, and doing what was chosen there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.palette.offers import Offer
from ui.palette.presenter import PalettePresenter, Recent, Row
from ui.palette.view import Palette
from ui.widgets.look import Look
from workstation.station import messages as m


def open_palette(
    window: QWidget,
    context: Context,
    look: Look,
    offers: tuple[Offer, ...],
    recent: Recent,
    found: Callable[[m.Hit], object],
) -> None:
    """Show the search over `window`; `found` opens a hit, an action does what it says."""

    def chosen(row: Row) -> None:
        if row.offer is not None:
            row.offer.does()
        elif row.hit is not None:
            found(row.hit)

    palette = Palette(context.words, look, PalettePresenter(context, offers, recent), window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.chosen.connect(chosen)
    palette.start()
