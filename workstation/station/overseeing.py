"""What is read over every stay at once: what warns, what supervision looks at, and a draw by lot.

Whose entries were looked at is noted in the access log, stay by stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workstation.accounts.sessions import Session
from workstation.services.alerts import alerts_of
from workstation.services.review import Reviewed
from workstation.services.review_reading import Reviews
from workstation.station import messages as m

if TYPE_CHECKING:
    from workstation.station.station import Station

MOST_DRAWN = 50


class Note(Protocol):
    """Notes a look in the access log."""

    def __call__(self, session: Session, action: str, stay: str = "", *, purpose: str = "") -> None: ...


class Overseeing:
    """Answers of the warning list and of supervision."""

    def __init__(self, station: Station, note: Note) -> None:
        self._station, self._note = station, note
        store = station.store
        self._reviews = Reviews(store.record, store.timeline, store.followers[0], station.desk.ended)

    def alerts(self, session: Session, _: m.GetAlerts) -> m.AlertsReply:
        """What warns, with the names of those who took it up."""
        desk = self._station.desk
        house = desk.house()
        self._note(session, "read-board", purpose="alerts")
        found = alerts_of(
            house,
            lambda stay: desk.circumstances(house, session.actor, stay),
            self._station.clock.now(),
        )
        named = {
            staff
            for one in (*found.open, *found.closed)
            for staff in (one.owner, one.acknowledged_by, one.closed_by)
        }
        names = {name: row.actor.name for name, row in house.centre.staff.items() if name in named}
        return m.AlertsReply(alerts=found, names=names)

    def review(self, session: Session, ask: m.GetReview) -> m.ReviewReply:
        """The entries to look at, newest first."""
        house = self._station.desk.house()
        found = self._reviews.newest(since=ask.since, limit=ask.limit, size=house.seq, held=house.stays)
        self._looked(session, found.rows, "review")
        return m.ReviewReply(review=found)

    def draw(self, session: Session, ask: m.DrawSample) -> m.SampleReply:
        """Entries by lot."""
        house = self._station.desk.house()
        found = self._reviews.draw(
            seed=ask.seed[:64], count=max(1, min(ask.count, MOST_DRAWN)), size=house.seq, held=house.stays
        )
        self._looked(session, found.rows, f"sample {ask.seed[:64]}")
        return m.SampleReply(draw=found)

    def _looked(self, session: Session, rows: tuple[Reviewed, ...], purpose: str) -> None:
        for stay in dict.fromkeys(one.stay for one in rows):
            self._note(session, "read-timeline", stay, purpose=purpose)
