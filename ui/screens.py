"""The screens by function key, each imported and built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ui.appearance import Appearance
from ui.arrivals import Arrivals
from ui.context import Context
from ui.widgets.look import Look
from workstation.station import messages as m

if TYPE_CHECKING:
    from devices.practice import PracticeWorld
    from ui.wall.opening import WallOpener


@dataclass(frozen=True)
class Furnishing:
    """What screens are made of. `prints`: the folder that printed papers are put in; `world`: the simulated world."""

    context: Context
    look: Look
    appearance: Appearance
    arrivals: Arrivals
    prints: Path
    world: PracticeWorld | None = None


Make = Callable[[Furnishing, QWidget], QWidget]


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


@runtime_checkable
class Undoes(Protocol):
    """A screen that can drop the draft in hand."""

    def undo(self) -> None: ...


@dataclass(frozen=True)
class Entry:
    """One screen: its name, key, icon, the read it needs (empty: none), and its maker."""

    name: str
    key: str
    icon: str
    needs: str
    make: Make


def _board(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.board.view import BoardScreen

    screen = BoardScreen(given.context, given.look, parent, prints=given.prints)
    screen.wall_asked.connect(lambda: _wall(screen, given).open())
    return screen


def _wall(board: QWidget, given: Furnishing) -> WallOpener:
    """The wall of this desk, made when it is first asked for."""
    from ui.wall.opening import WallOpener

    known = board.findChild(WallOpener)
    if known is not None:
        return known
    context, look = given.context, given.look
    return WallOpener(
        board, context.link, context.words, context.clock, look.theme.families, look.icons.folder
    )


def _steps(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.steps.view import StepsScreen

    return StepsScreen(given.context, given.look, given.arrivals, given.prints, parent=parent)


def _timeline(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.timeline.view import TimelineScreen

    return TimelineScreen(given.context, given.look, parent, prints=given.prints)


def _lockers(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.lockers.view import LockersScreen

    return LockersScreen(given.context, given.look, parent)


def _cameras(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.cameras.view import CamerasScreen

    return CamerasScreen(given.context, given.look, parent, exports=given.prints.parent / "exports")


def _warnings(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.warnings.view import WarningsScreen

    return WarningsScreen(given.context, given.look, parent)


def _supervision(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.supervision.view import SupervisionScreen

    return SupervisionScreen(given.context, given.look, parent)


def _bench(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.bench.view import BenchScreen

    return BenchScreen(given.context, given.look, given.world, given.prints, parent=parent)


def _settings(given: Furnishing, parent: QWidget) -> QWidget:
    from ui.settings.view import SettingsScreen

    return SettingsScreen(given.context, given.look, given.appearance, parent=parent)


SCREENS: tuple[Entry, ...] = (
    Entry("board", "F1", "board", "read-board", _board),
    Entry("steps", "F2", "steps", "read-stay", _steps),
    Entry("timeline", "F3", "timeline", "read-timeline", _timeline),
    Entry("lockers", "F4", "lockers", "read-lockers", _lockers),
    Entry("cameras", "F5", "cameras", "read-cameras", _cameras),
    Entry("warnings", "F6", "warnings", "read-board", _warnings),
    Entry("supervision", "F7", "supervision", "read-timeline", _supervision),
    Entry("bench", "F8", "bench", "read-devices", _bench),
    Entry("settings", "F9", "settings", "", _settings),
)
