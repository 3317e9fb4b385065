"""The order in which Tab goes through a form: as its fields stand, whenever their parts were made."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class TabOrder:
    """Chains the stops of a form anew when there are others than before."""

    def __init__(self) -> None:
        self._chained: tuple[QWidget, ...] = ()

    def chain(self, editors: Iterable[QWidget]) -> None:
        """Chain everything in `editors` that can take the keyboard, one editor after another."""
        stops = tuple(stop for editor in editors for stop in stops_of(editor))
        if stops == self._chained:
            return
        self._chained = stops
        # Qt moves what hands the keyboard on together with its parts, and not at all what takes none itself: for this
        # they take it themselves.
        handing = [
            (stop, proxy, stop.focusPolicy()) for stop in stops if (proxy := stop.focusProxy()) is not None
        ]
        for stop, _, _ in handing:
            stop.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none; its stubs forget it
            stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        for stop, proxy, policy in handing:
            stop.setFocusPolicy(policy)
            stop.setFocusProxy(proxy)


def stops_of(editor: QWidget) -> list[QWidget]:
    """The widgets in an editor that can take the keyboard, in the order in which they were made.

    What hands the keyboard on to a part of it is one of them, else Tab would find it where it was made.
    """
    return [
        one
        for one in (editor, *editor.findChildren(QWidget))
        if one.focusProxy() is not None or one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
