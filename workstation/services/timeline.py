"""What is told of the timeline of one stay: its entries as rows, with the three times, the flags and the correction chain.

Screens import this: what reads the store is in `timeline_reading`.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody import interview_rules
from workstation.custody.asked import Asked
from workstation.custody.circumstances import Circumstances
from workstation.custody.house import House
from workstation.custody.stay import Stay


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `values`: the event's values as text or catalogue codes, for the sentence of its kind.

    `device_at`, `device_offset_ms`, `device_uncertainty_ms`: the device's own clock, where it gave one.
    `body`: the event as JSON with its tag, as a correction starts from it; empty when it was erased.
    """

    seq: int
    entry: str
    kind: str
    happened_at: datetime
    recorded_at: datetime
    device_at: datetime | None
    device_offset_ms: int
    device_uncertainty_ms: int
    actor: str
    actor_kind: str
    workstation: str
    late: bool
    by_hand: bool
    simulated: bool
    breach: bool
    corrects: str
    corrected_by: str
    erased: bool
    how: str
    values: dict[str, str]
    body: str = ""


class TimelinePage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in the order of the record. `more`: entries follow. `size`: ledger size when it was read."""

    rows: tuple[TimelineRow, ...]
    more: bool
    size: int


def recording_demanded(stay: Stay, house: House, around: Circumstances) -> tuple[str, ...]:
    """Names of the interviews of a stay that the law wants recorded as a whole, each judged as of its opening."""
    return tuple(
        one.interview
        for one in stay.interviews.interviews
        if interview_rules.recording_demanded(
            Asked(
                action="open-interview", command=None, stay=stay, latest=stay, house=house,
                circumstances=around, at=one.opened,
            ),
            one.type,
        )
    )  # fmt: skip
