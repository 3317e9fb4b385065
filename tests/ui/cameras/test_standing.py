"""How a camera stands, from what is known of it: what is unknown is never called live or recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ui.cameras.standing import Loud, Taped, Worth, loud_of, taped_of, worth_of
from workstation.readings import Health, Level, RecordingState, Verified

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
FRESH = NOW - timedelta(seconds=1)


def health(level: Level, reason: str = "") -> Health:
    return Health(device="cam-1", level=level, reason=reason, since=NOW)


def taping(verified: Verified, *, running: bool = True) -> tuple[RecordingState, ...]:
    return (
        RecordingState(
            recording="r", room="x", camera="cam-1", running=running, verified=verified, since=NOW
        ),
    )


@pytest.mark.parametrize(
    ("known", "taken", "hidden", "worth"),
    [
        (None, FRESH, (), Worth.LOST),
        (health(Level.OK), None, (), Worth.LOST),
        (health(Level.LOST), FRESH, (), Worth.LOST),
        (health(Level.UNKNOWN), FRESH, (), Worth.LOST),
        (health(Level.OK), FRESH, (), Worth.LIVE),
        (health(Level.OK), NOW - timedelta(seconds=4), (), Worth.FROZEN),
        (health(Level.DEGRADED, "device.camera.frozen"), FRESH, (), Worth.FROZEN),
        (health(Level.DEGRADED, "device.camera.covered"), FRESH, (), Worth.COVERED),
        (health(Level.OK), FRESH, ((0, 0, 1, 1),), Worth.MASKED),
        (health(Level.OK), FRESH, ((0, 0, 0.5, 1),), Worth.LIVE),
    ],
)
def test_what_a_picture_is_worth(
    known: Health | None,
    taken: datetime | None,
    hidden: tuple[tuple[float, float, float, float], ...],
    worth: Worth,
) -> None:
    assert worth_of(known, taken, NOW, hidden, gone=False) is worth
    assert worth_of(known, taken, NOW, hidden, gone=True) is Worth.LOST


def test_only_a_verified_recording_is_called_one() -> None:
    assert taped_of(taping(Verified.YES), "cam-1", demanded=False, recorder=True) is Taped.RUNS
    assert taped_of(taping(Verified.NO), "cam-1", demanded=False, recorder=True) is Taped.BROKEN
    assert taped_of(taping(Verified.UNKNOWN), "cam-1", demanded=False, recorder=True) is Taped.BROKEN
    ended = taping(Verified.YES, running=False)
    assert taped_of(ended, "cam-1", demanded=False, recorder=True) is Taped.NONE
    assert taped_of(ended, "cam-1", demanded=True, recorder=True) is Taped.MISSING
    assert taped_of(taping(Verified.YES), "cam-2", demanded=False, recorder=False) is Taped.NONE
    assert taped_of((), "cam-1", demanded=True, recorder=None) is Taped.UNKNOWN


def test_a_recording_that_is_demanded_and_missing_is_red_and_a_lost_camera_is_yellow() -> None:
    for taped in (Taped.MISSING, Taped.BROKEN):
        assert loud_of(Worth.LIVE, taped, demanded=True, asked=True) is Loud.RED
    assert loud_of(Worth.LIVE, Taped.BROKEN, demanded=False, asked=True) is Loud.YELLOW
    assert loud_of(Worth.LOST, Taped.NONE, demanded=False, asked=True) is Loud.YELLOW
    assert loud_of(Worth.LOST, Taped.NONE, demanded=False, asked=False) is Loud.UNKNOWN
    assert loud_of(Worth.LIVE, Taped.NONE, demanded=False, asked=True) is Loud.NONE
    assert loud_of(Worth.MASKED, Taped.RUNS, demanded=True, asked=True) is Loud.NONE
