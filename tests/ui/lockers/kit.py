"""What the tests of the lockers share: the screen with its banks, the state of a door, what the detail says."""

from __future__ import annotations

from tests.ui.screen_kit import Shop
from ui.lockers.view import LockersScreen
from ui.widgets.doors import DoorState
from ui.widgets.labels import PlainLabel
from workstation.readings import Door

KEPT, TAG = "B-03", "990000000000000000000001"
"""The door and tag of a person whose stay goes on."""
LEAVING, LEAVING_TAG = "C-05", "990000000000000000000003"
"""The door and tag of a person whose outcome is approved."""


def opened(shop: Shop, *, wired: bool = False) -> LockersScreen:
    """The screen once it has its banks; `wired`: once the contacts of all doors have spoken."""
    screen: LockersScreen = shop.show(LockersScreen(shop.context, shop.look))
    shop.until(lambda: screen.presenter.banks and screen.presenter.staff)
    if wired:
        shop.until(
            lambda: all(one.door is Door.CLOSED for bank in screen.presenter.banks for one in bank.cells)
        )
    return screen


def state(screen: LockersScreen, cell: str) -> DoorState:
    """The state in which the door of a cell is painted; its bank is shown."""
    bank = next(one for one in screen.presenter.banks if any(door.cell == cell for door in one.cells))
    screen.presenter.choose_bank(bank.bank)
    place = next(place for place, one in enumerate(bank.cells) if one.cell == cell)
    doors = screen.grid.doors
    door = doors.door(doors.index(place // doors.columnCount(), place % doors.columnCount()))
    assert door is not None
    return door.state


def holding(screen: LockersScreen) -> str:
    """The first door behind which something lies."""
    return next(one.cell for bank in screen.presenter.banks for one in bank.cells if one.stay)


def said(screen: LockersScreen) -> str:
    """Every line of the detail."""
    labels = screen.detail.findChildren(PlainLabel)
    return "\n".join(label.words() for label in labels if not label.isHidden())
