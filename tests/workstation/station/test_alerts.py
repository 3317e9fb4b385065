"""What warns and what is to be reviewed, over every stay: also of who left owing something, and after a restart."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.station_kit import StationKit, copy_of
from workstation.custody import commands as c
from workstation.custody.values import Care, CareOutcome
from workstation.errors import AppError
from workstation.services.alerts import Alerts, AlertSort
from workstation.services.practice import stay_id
from workstation.services.review import Draw, Review
from workstation.station import messages as m

HELD = stay_id(2)


def alerts(kit: StationKit, number: str = "1007") -> Alerts:
    found: Alerts = kit.lane(number).ask(m.GetAlerts()).alerts
    return found


def review(kit: StationKit, days: int = 7, limit: int = 500) -> Review:
    since = kit.clock.now() - timedelta(days=days)
    found: Review = kit.lane("1007").ask(m.GetReview(since=since, limit=limit)).review
    return found


def leave(kit: StationKit) -> m.Saved:
    """The ground has ended: the person leaves at once, and what is unmet is owed."""
    saved = kit.submit(
        kit.lane("1003"), c.ReleaseOnExpiry(stay=HELD, destination="家", receiver="本人"), report=True
    )
    assert isinstance(saved, m.Saved), saved
    return saved


def owed(kit: StationKit) -> dict[AlertSort, int]:
    mine = [one for one in alerts(kit).open if one.stay == HELD and one.left]
    return {sort: sum(1 for one in mine if one.sort is sort) for sort in AlertSort}


def test_who_left_owing_something_stays_in_the_list(kit: StationKit) -> None:
    saved = leave(kit)
    duties, warned = saved.kinds.count("duty-opened/1"), saved.kinds.count("warning-raised/1")
    assert duties
    assert warned
    assert owed(kit) == {AlertSort.DUTY: duties, AlertSort.WARNING: warned, AlertSort.CLOCK: 0}
    assert all(one.basis and one.owner for one in alerts(kit).open if one.left)


def test_it_stays_after_a_day_and_a_restart(home_template: Path, tmp_path: Path) -> None:
    home = copy_of(home_template, tmp_path / "h")
    kit = StationKit(home)
    leave(kit)
    before, later = owed(kit), kit.clock.now() + timedelta(days=3)
    kit.stop()
    again = StationKit(home, start=later)
    try:
        assert owed(again) == before
        last = {one.id for one in alerts(again).open if one.stay == HELD}
        for one in [one for one in alerts(again).open if one.stay == HELD]:
            lane = again.lane("1007")
            command: c.Command = (
                c.CloseDuty(stay=HELD, duty=one.id, reason="已补")
                if one.sort is AlertSort.DUTY
                else c.CloseWarning(stay=HELD, warning=one.id, reason="handled", note="")
            )
            saved = again.submit(lane, command)
            assert isinstance(saved, m.Saved), saved
        assert owed(again) == dict.fromkeys(AlertSort, 0)
        assert {one.id for one in alerts(again).closed if one.stay == HELD} == last
    finally:
        again.stop()


def test_figures_are_those_of_the_record(kit: StationKit) -> None:
    kit.advance(minutes=90)
    before = alerts(kit).figures
    saved = leave(kit)
    began = saved.kinds.count("duty-opened/1") + saved.kinds.count("warning-raised/1")
    figures = alerts(kit).figures
    assert figures.last_hour == before.last_hour + began
    assert figures.raised == before.raised + began
    assert figures.peak >= began
    first = next(one for one in alerts(kit).open if one.left and one.sort is AlertSort.WARNING)
    kit.advance(seconds=41)
    kit.submit(kit.lane("1007"), c.AcknowledgeWarning(stay=HELD, warning=first.id), report=True)
    after = alerts(kit).figures
    assert after.acknowledged == before.acknowledged + 1
    assert after.acknowledged_ms[first.level] == 41_000
    assert after.waiting == figures.waiting - 1
    assert sum(one.count for one in after.top) <= after.raised


def test_review_tells_flagged_entries_of_who_is_here_and_who_left(kit: StationKit) -> None:
    late = kit.submit(
        kit.lane("1004"),
        c.OfferCare(stay=HELD, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail=""),
        report=True,
        happened_at=kit.clock.now() - timedelta(minutes=22),
    )
    assert isinstance(late, m.Saved), late
    newest = review(kit).rows[0]
    assert (newest.row.seq, newest.row.late, newest.left) == (late.entries[-1], True, False)
    leave(kit)
    rows = review(kit).rows
    assert {one.left for one in rows if one.stay == HELD} == {True}
    seqs = [one.row.seq for one in rows]
    assert seqs == sorted(seqs, reverse=True)
    kit.station.store.followers[0].catch_up()
    assert [one.row.seq for one in review(kit).rows] == seqs
    assert review(kit, limit=1).more
    kit.advance(days=30)
    assert review(kit).rows == ()


def test_the_same_seed_draws_the_same_entries(kit: StationKit) -> None:
    def draw(seed: str) -> Draw:
        found: Draw = kit.lane("1007").ask(m.DrawSample(seed=seed, count=5)).draw
        return found

    one, again, other = draw("2026-11-24"), draw("2026-11-24"), draw("2026-11-25")
    assert one == again
    assert len(one.rows) == 5
    assert [each.row.seq for each in one.rows] != [each.row.seq for each in other.rows]
    assert all(one.first <= each.row.seq <= one.last and each.number for each in one.rows)


def test_an_administrator_reads_neither(kit: StationKit) -> None:
    lane = kit.lane("1013")
    for ask in (m.GetAlerts(), m.GetReview(since=kit.clock.now()), m.DrawSample(seed="x")):
        with pytest.raises(AppError) as caught:
            lane.ask(ask)
        assert caught.value.code == "accounts.no-role"
