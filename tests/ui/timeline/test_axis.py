"""Time against pixels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.timeline.axis import LARGEST, Axis
from ui.timeline.marks import Lane, LaneKind, Mark, Style, lane

DAY = 86_400.0
WHOLE = Axis(0.0, DAY, 1000).fitted()


def test_everything_is_seen_at_first() -> None:
    assert WHOLE.shown() == pytest.approx((0.0, DAY))
    assert WHOLE.content == 1000


def test_the_instant_under_the_pointer_stays_there() -> None:
    near = WHOLE.zoomed(8.0, 30_000.0)
    assert near.x(30_000.0) == pytest.approx(WHOLE.x(30_000.0))
    assert near.zoomed(1 / 8, 30_000.0).scale == pytest.approx(WHOLE.scale)


@given(st.lists(st.tuples(st.floats(0.2, 5.0), st.floats(0, DAY)), max_size=20), st.floats(-5000, 500_000))
def test_nothing_outside_is_ever_shown(zooms: list[tuple[float, float]], left: float) -> None:
    axis = WHOLE
    for factor, around in zooms:
        axis = axis.zoomed(factor, around)
    axis = axis.moved(left)
    begin, end = axis.shown()
    assert begin >= -1e-6
    assert end <= DAY + 1.0 / axis.scale + 1e-6
    assert WHOLE.smallest <= axis.scale <= LARGEST


def test_a_wider_window_shows_the_whole_again_when_the_whole_was_seen() -> None:
    assert WHOLE.stretched(0.0, DAY, 1600).shown() == pytest.approx((0.0, DAY))
    near = WHOLE.scaled(0.5, 40_000.0, 0.0)
    assert near.stretched(-3600.0, DAY, 1000).shown()[0] == pytest.approx(40_000.0)


@pytest.mark.parametrize(("scale", "step"), [(0.01, 10_800), (0.05, 3600), (0.5, 300), (2.0, 60)])
def test_ticks_lie_on_round_local_times_and_apart(scale: float, step: int) -> None:
    axis = Axis(0.0, DAY, 1000, scale, 0.0)
    ticks = axis.ticks(96, 8 * 3600 + 1800, 100.0, 50_000.0)
    assert axis.step(96) == step
    assert all((tick + 8 * 3600 + 1800) % step == 0 for tick in ticks)
    assert ticks[0] >= 100.0
    assert ticks[-1] <= 50_000.0


def made(spans: list[tuple[int, int]]) -> Lane:
    marks = [
        Mark(n + 1, float(at), float(at + long), Style.PLAIN if long else Style.TICK)
        for n, (at, long) in enumerate(spans)
    ]
    return lane(LaneKind.CARE, "", "", marks)


SPANS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 300)), max_size=60)


@given(SPANS, st.integers(-50, 1100), st.integers(0, 400))
def test_what_touches_a_stretch_is_found_and_nothing_else(
    spans: list[tuple[int, int]], begin: int, long: int
) -> None:
    found = made(spans)
    inside = {place for place, _ in found.between(begin, begin + long)}
    assert inside == {
        place for place, mark in enumerate(found.marks) if mark.begin <= begin + long and mark.end >= begin
    }


@given(SPANS.filter(bool), st.integers(-50, 1100))
def test_the_nearest_point_is_one_of_the_nearest(spans: list[tuple[int, int]], at: int) -> None:
    points = made([(begin, 0) for begin, _ in spans])
    best = min(abs(mark.begin - at) for mark in points.marks)
    assert abs(points.marks[points.nearest(at)].begin - at) == best
