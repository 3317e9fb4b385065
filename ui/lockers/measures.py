"""Measures of doors and bags in words: how long a door is open, what a bag weighs, which doors are free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from workstation.readings import Door
from workstation.services.lockers import BankView, CellView

TOO_LONG = timedelta(seconds=60)
"""How long a door may stand open before it is shown as open too long (a design value, not law)."""


def minutes(past: timedelta) -> str:
    """`0:18`, `3:12`, `1:02:07`: how long something lasts, in minutes and seconds."""
    seconds = max(0, int(past.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def open_for(cell: CellView, now: datetime) -> timedelta | None:
    """How long a door has been open; None when it is not."""
    return now - cell.since if cell.door is Door.OPEN and cell.since is not None else None


def weight(cell: CellView) -> str:
    """The weight at which the bag went in; thin space after thousands."""
    return grams(cell.grams)


def grams(value: int | None) -> str:
    """`1 204 g`, or an empty string when it is not known."""
    return f"{value:,} g".replace(",", "\u2009") if value is not None else ""


def free_cells(banks: Sequence[BankView], bank: str) -> list[CellView]:
    """Empty doors that are in service and known to be shut, those of `bank` first."""
    ordered = sorted(banks, key=lambda one: one.bank != bank)
    return [cell for one in ordered for cell in one.cells if cell.use == "empty" and cell.door is Door.CLOSED]
