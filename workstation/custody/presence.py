"""Where the person is: status of the stay, room log, temporary exits, hospital, escape, departure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import ArrivalMode, Capacity, Incident, Outcome, UnitKind
from workstation.roles import Rank

replace = msgspec.structs.replace


class Status(StrEnum):
    """Whether and how a stay goes on."""

    OPEN = "open"
    OUT = "out"  # temporary exit or hospital: the stay goes on outside
    ESCAPED = "escaped"
    DEPARTED = "departed"
    DIED = "died"
    ARCHIVED = "archived"


ENDED = frozenset({Status.DEPARTED, Status.DIED, Status.ARCHIVED})


class RoomStay(msgspec.Struct, frozen=True, kw_only=True):
    """One interval in one room; `until` is None while it lasts."""

    room: str
    since: datetime
    until: datetime | None = None
    guard: str = ""
    reason: str = ""
    entry: str


class Exit(msgspec.Struct, frozen=True, kw_only=True):
    """One temporary exit or stay in hospital."""

    reason: str
    destination: str
    approver: str
    approver_rank: Rank
    escorts: tuple[str, ...]
    began: datetime
    planned_return: datetime | None
    emergency: bool
    ended: datetime | None = None
    entry: str


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the stay, with the gate rows that it left unmet."""

    outcome: Outcome
    destination: str
    escorts: tuple[str, ...]
    receiver: str
    paper: str
    on_expiry: bool
    emergency: bool
    unmet: tuple[str, ...]
    at: datetime
    actor: str
    entry: str


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An incident, an escape, a return or a death."""

    kind: str
    what: str
    at: datetime
    entry: str


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Arrival, whereabouts and end of a stay."""

    begun: bool = False
    number: str = ""
    capacity: Capacity | None = None
    arrival_mode: ArrivalMode | None = None
    arrived_at: datetime | None = None
    entered_at: datetime | None = None
    unit: str = ""
    unit_kind: UnitKind | None = None
    brought_by: tuple[str, ...] = ()
    reason: str = ""
    status: Status = Status.OPEN
    rooms: tuple[RoomStay, ...] = ()
    guard: str = ""
    exits: tuple[Exit, ...] = ()
    happenings: tuple[Happening, ...] = ()
    departure: Departure | None = None
    ended_at: datetime | None = None

    @property
    def room(self) -> str:
        """The room where the person is now, or an empty string when out, gone or not yet placed."""
        return self.rooms[-1].room if self.rooms and self.rooms[-1].until is None else ""

    @property
    def exit_open(self) -> Exit | None:
        return self.exits[-1] if self.exits and self.exits[-1].ended is None else None

    @property
    def last_entry_at(self) -> datetime | None:
        """When the person last came in from outside: the newest return, else the entry into the area."""
        returns = [one.ended for one in self.exits if one.ended]
        returns += [one.at for one in self.happenings if one.kind == "returned"]
        return max(returns) if returns else self.entered_at


EVENTS = (
    e.StayBegun,
    e.RoomEntered,
    e.GuardHandedOver,
    e.TemporaryExitBegun,
    e.TemporaryExitEnded,
    e.Escaped,
    e.ReturnedAfterEscape,
    e.Died,
    e.IncidentReported,
    e.Departed,
    e.StayArchived,
)


def step(here: Presence, recorded: Recorded) -> Presence:
    """Whereabouts after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.StayBegun() as event:
            return replace(
                here,
                begun=True,
                number=event.number,
                capacity=event.capacity,
                arrival_mode=event.arrival_mode,
                arrived_at=event.arrived_at,
                entered_at=event.entered_at,
                unit=event.unit,
                unit_kind=event.unit_kind,
                brought_by=event.brought_by,
                reason=event.reason,
            )
        case e.RoomEntered() as event:
            entered = RoomStay(
                room=event.room, since=at, guard=event.guard, reason=event.reason, entry=recorded.entry
            )
            return replace(here, rooms=(*_left(here.rooms, at), entered), guard=event.guard or here.guard)
        case e.GuardHandedOver() as event:
            return replace(here, guard=event.to_staff)
        case e.TemporaryExitBegun() as event:
            going = Exit(
                reason=event.reason,
                destination=event.destination,
                approver=event.approver,
                approver_rank=event.approver_rank,
                escorts=event.escorts,
                began=at,
                planned_return=event.planned_return,
                emergency=False,
                entry=recorded.entry,
            )
            return _outside(replace(here, exits=(*_returned(here.exits, at), going)), Status.OUT, at)
        case e.TemporaryExitEnded():
            back = replace(here, exits=_returned(here.exits, at))
            return _to(back, Status.OPEN) if back.status is Status.OUT else back
        case e.Escaped() as event:
            return _outside(_happened(here, "escaped", event.how, recorded), Status.ESCAPED, at)
        case e.ReturnedAfterEscape() as event:
            back = _happened(here, "returned", event.how, recorded)
            back = replace(back, exits=_returned(back.exits, at))
            return _to(back, Status.OPEN) if back.status in (Status.ESCAPED, Status.OUT) else back
        case e.Died() as event:
            dead = _happened(here, "died", event.circumstances, recorded)
            return replace(_outside(dead, Status.DIED, at), ended_at=dead.ended_at or at)
        case e.IncidentReported() as event:
            return _happened(here, event.incident.value, event.what, recorded)
        case e.Departed() as event:
            return _departed(here, event, recorded)
        case e.StayArchived():
            return _to(here, Status.ARCHIVED)
        case _:
            return here


def _departed(here: Presence, event: e.Departed, recorded: Recorded) -> Presence:
    at = recorded.happened_at
    departure = Departure(
        outcome=event.outcome,
        destination=event.destination,
        escorts=event.escorts,
        receiver=event.receiver,
        paper=event.paper,
        on_expiry=event.on_expiry,
        emergency=event.emergency,
        unmet=event.unmet,
        at=at,
        actor=recorded.actor,
        entry=recorded.entry,
    )
    if event.emergency:  # in hospital the person is still held: the stay goes on outside
        going = Exit(
            reason=Incident.COLLAPSE.value,
            destination=event.destination,
            approver="",
            approver_rank=Rank.AUXILIARY,
            escorts=event.escorts,
            began=at,
            planned_return=None,
            emergency=True,
            entry=recorded.entry,
        )
        return _outside(replace(here, exits=(*_returned(here.exits, at), going)), Status.OUT, at)
    gone = replace(here, departure=departure, exits=_returned(here.exits, at), ended_at=here.ended_at or at)
    return _outside(gone, Status.DEPARTED, at)


def _to(here: Presence, status: Status) -> Presence:
    """Change of status: archived stays archived, the dead and departed are only archived."""
    order = {Status.DEPARTED: 1, Status.DIED: 2, Status.ARCHIVED: 3}
    return here if order.get(here.status, 0) > order.get(status, 0) else replace(here, status=status)


def _outside(here: Presence, status: Status, at: datetime) -> Presence:
    return replace(_to(here, status), rooms=_left(here.rooms, at))


def _left(rooms: tuple[RoomStay, ...], at: datetime) -> tuple[RoomStay, ...]:
    return (*rooms[:-1], replace(rooms[-1], until=at)) if rooms and rooms[-1].until is None else rooms


def _returned(exits: tuple[Exit, ...], at: datetime) -> tuple[Exit, ...]:
    return (*exits[:-1], replace(exits[-1], ended=at)) if exits and exits[-1].ended is None else exits


def _happened(here: Presence, kind: str, what: str, recorded: Recorded) -> Presence:
    one = Happening(kind=kind, what=what, at=recorded.happened_at, entry=recorded.entry)
    return replace(here, happenings=(*here.happenings, one))
