"""The screens by function key, each imported and built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ui.appearance import Appearance
from ui.context import Context
from ui.widgets.look import Look
from workstation.station import messages as m

Make = Callable[[Context, Look, Appearance], QWidget]


@runtime_checkable
class Screen(Protocol):
    """What the window asks of every screen."""

    def notice(self, notice: m.Notice) -> None: ...

    def retranslate(self) -> None: ...

    def leave(self) -> bool: ...


@runtime_checkable
class ShowsStay(Protocol):
    """A screen about one person at a time."""

    def show_stay(self, stay: str, task: str = "") -> None: ...


@dataclass(frozen=True)
class Entry:
    """One screen: its name, key, icon, the read it needs (empty: none), and its maker."""

    name: str
    key: str
    icon: str
    needs: str
    make: Make


def _board(context: Context, look: Look, appearance: Appearance) -> QWidget:
    from ui.board.view import BoardScreen

    return BoardScreen(context, look)


SCREENS: tuple[Entry, ...] = (Entry("board", "F1", "board", "read-board", _board),)
