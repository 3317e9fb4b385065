"""What supervision reads: entries to look at of every stay, and a draw by lot.

Screens import this: what reads the store is in `review_reading`.
"""

from __future__ import annotations

import msgspec

from workstation.services.timeline import TimelineRow


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with whose it is; `corrected`: the entry that it corrects; `left`: the person is gone."""

    stay: str
    number: str
    name: str
    left: bool
    row: TimelineRow
    corrected: TimelineRow | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """`more`: older entries of the period were left out. `size`: ledger size when it was read."""

    rows: tuple[Reviewed, ...]
    more: bool
    size: int


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """Entries drawn by lot from entries `first` to `last` of the record."""

    rows: tuple[Reviewed, ...]
    seed: str
    first: int
    last: int
