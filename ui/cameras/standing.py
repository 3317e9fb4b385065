"""How one camera stands: what its picture is worth, whether it is recorded, how loud that is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workstation.readings import Health, Level, RecordingState, Verified, Zone

FROZEN_AFTER = timedelta(seconds=3)
COVERED, FROZEN = "device.camera.covered", "device.camera.frozen"


class Worth(StrEnum):
    """What a picture is worth now; the words are those of the tile."""

    LIVE = "live"
    FROZEN = "frozen"
    COVERED = "covered"
    MASKED = "masked"
    LOST = "lost"


class Taped(StrEnum):
    """Whether what the camera sees is recorded. `missing`: it is not, while an interview goes on before it."""

    RUNS = "runs"
    BROKEN = "broken"
    MISSING = "missing"
    NONE = "none"
    UNKNOWN = "unknown"


class Loud(StrEnum):
    """How loud the state of a camera is said; the worst stands first."""

    RED = "red"
    YELLOW = "yellow"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """One camera at one instant. `since`: since when its picture is not live; `lag`: age of the picture."""

    camera: str
    worth: Worth
    taped: Taped
    loud: Loud
    reason: str = ""
    since: datetime | None = None
    taken: datetime | None = None
    fps: float = 0.0
    lag: timedelta | None = None


def worth_of(
    health: Health | None, taken: datetime | None, now: datetime, hidden: tuple[Zone, ...], *, gone: bool
) -> Worth:
    """What the newest picture is worth. `gone`: the question for it failed."""
    if gone or health is None or taken is None or health.level in (Level.LOST, Level.UNKNOWN):
        return Worth.LOST
    if health.reason == COVERED:
        return Worth.COVERED
    if health.reason == FROZEN or now - taken > FROZEN_AFTER:
        return Worth.FROZEN
    whole = any(w * h >= 0.99 for _, _, w, h in hidden)
    return Worth.MASKED if whole else Worth.LIVE


def taped_of(
    states: tuple[RecordingState, ...], camera: str, *, demanded: bool, recorder: bool | None
) -> Taped:
    """Whether a camera is recorded. `recorder` None: the station has not said yet."""
    if recorder is None:
        return Taped.UNKNOWN
    state = next((one for one in states if one.camera == camera and one.running), None)
    if state is not None:
        return Taped.RUNS if state.verified is Verified.YES else Taped.BROKEN
    return Taped.MISSING if demanded else Taped.NONE


def loud_of(worth: Worth, taped: Taped, *, demanded: bool, asked: bool) -> Loud:
    """A recording that is missing where it is demanded is red; `asked`: the camera has answered at least once."""
    if demanded and taped in (Taped.BROKEN, Taped.MISSING):
        return Loud.RED
    if worth is Worth.LOST:
        return Loud.YELLOW if asked else Loud.UNKNOWN
    if worth in (Worth.FROZEN, Worth.COVERED) or taped is Taped.BROKEN:
        return Loud.YELLOW
    return Loud.NONE
