"""The boot clock: anchored once, compared with the record, trusted until there is a reason not to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from workstation.clock import BootClock, SteppedClock, Trust, from_ms, to_ms


def test_a_wall_clock_behind_the_record_is_not_trusted_until_somebody_confirms() -> None:
    clock = BootClock()
    clock.compare(datetime.now(UTC) - timedelta(days=1))
    assert clock.trust() is Trust.VERIFIED
    clock.compare(datetime.now(UTC) + timedelta(days=1))
    assert clock.trust() is Trust.UNVERIFIED
    clock.confirm()
    assert clock.trust() is Trust.VERIFIED


def test_time_goes_forward_and_stays_near_the_wall_clock() -> None:
    clock = BootClock()
    first, then = clock.now(), clock.now()
    assert first <= then
    assert abs(clock.offset_ms()) < 5000


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_wall_clock_that_is_set_is_doubted_and_not_followed(hours: int) -> None:
    off = [timedelta(0)]
    clock = BootClock(wall=lambda: datetime.now(UTC) + off[0])
    before = clock.now()
    off[0] = timedelta(hours=hours)
    assert clock.trust() is Trust.UNVERIFIED
    assert timedelta(0) <= clock.now() - before < timedelta(minutes=1)
    assert abs(clock.offset_ms() - hours * 3_600_000) < 60_000
    off[0] = timedelta(0)
    assert clock.trust() is Trust.UNVERIFIED, "what was set once is not believed because it was set back"


def test_milliseconds_and_instants_are_one_another() -> None:
    assert from_ms(to_ms(from_ms(1_795_000_000_123))) == from_ms(1_795_000_000_123)
    with pytest.raises(ValueError, match="time zone"):
        to_ms(datetime(2026, 1, 1))


def test_virtual_time_does_not_run_backwards() -> None:
    clock = SteppedClock(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))
