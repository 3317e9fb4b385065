"""Conditions of holding: search and screen before, who may be together, guard, plan, restraint, exits."""

from __future__ import annotations

from datetime import timedelta

from workstation.custody.asked import (
    MET,
    NOT_APPLICABLE,
    Asked,
    Finding,
    any_of,
    measure_is,
    met_if,
    protected,
    unknown,
    unmet,
)
from workstation.custody.commands import (
    ApplyRestraint,
    BeginTemporaryExit,
    Move,
    OpenInterview,
    PlaceInRoom,
)
from workstation.custody.facts import has
from workstation.custody.house import Room
from workstation.custody.stay import Stay
from workstation.custody.values import Answer, Measure, PersonFact, RestraintReason, RoomUse
from workstation.roles import Rank, Sex

_BEFORE_SEARCH = frozenset({RoomUse.SEARCH, RoomUse.INTAKE, RoomUse.MEDICAL, RoomUse.CORRIDOR, RoomUse.EXIT})


def _holding_room(asked: Asked) -> Room | None:
    """The holding room that the command names, else None."""
    told = asked.told(PlaceInRoom) or asked.told(Move)
    room = asked.house.centre.rooms.get(told.room) if told else None
    return room if room is not None and room.use is RoomUse.HOLDING else None


def _into_holding(asked: Asked) -> bool:
    return asked.command is None or _holding_room(asked) is not None


def searched_since_entry(asked: Asked) -> Finding:
    """GH1a: a search ended since the person last came in, and none is going on."""
    if not _into_holding(asked):
        return NOT_APPLICABLE
    return met_if(_searched(asked.stay))


def _searched(stay: Stay) -> bool:
    ended, came_in = stay.searches.last_ended, stay.presence.last_entry_at
    return ended is not None and stay.searches.open is None and (came_in is None or ended >= came_in)


def screened(asked: Asked) -> Finding:
    """GH1b: the health and risk screen is done."""
    if not _into_holding(asked):
        return NOT_APPLICABLE
    return met_if(asked.stay.care.screen is not None)


def room_has_place(asked: Asked) -> Finding:
    """GH2a: the room is in service and has a place."""
    room = _holding_room(asked)
    if room is None:
        return NOT_APPLICABLE
    if not room.in_service:
        return unmet(why="out-of-service", room=room.room)
    inside = len(asked.house.people_in(room.room, asked.at, but=asked.stay.stay))
    return met_if(inside < room.capacity, why="full", room=room.room)


def _others(asked: Asked) -> tuple[Stay, ...]:
    room = _holding_room(asked)
    return asked.house.people_in(room.room, asked.at, but=asked.stay.stay) if room else ()


def sexes_apart(asked: Asked) -> Finding:
    """GH2b: men and women are not held together; an unknown sex with anybody is unknown."""
    for other in _others(asked):
        sexes = {asked.stay.person.sex, other.person.sex}
        if Sex.UNKNOWN in sexes:
            return unknown(other=other.number)
        if len(sexes) > 1:
            return unmet(other=other.number)
    return MET if _holding_room(asked) else NOT_APPLICABLE


def minors_apart(asked: Asked) -> Finding:
    """GH2c: minors are held apart from adults; an unknown age with anybody is unknown."""
    age = asked.circumstances.pack.threshold("minor-years")
    own = asked.stay.person.under(age, asked.day)
    for other in _others(asked):
        theirs = other.person.under(age, asked.day)
        if own is None or theirs is None:
            return unknown(other=other.number)
        if own is not theirs:
            return unmet(other=other.number)
    return MET if _holding_room(asked) else NOT_APPLICABLE


def co_suspects_and_infectious_apart(asked: Asked) -> Finding:
    """GH2d: people of one case are apart; somebody known to be infectious is alone."""
    own = asked.stay.case
    for other in _others(asked):
        theirs = other.case
        if own and theirs and own.case_number and own.case_number == theirs.case_number:
            return unmet(why="case", other=other.number)
        if any(has(one, PersonFact.INFECTIOUS, asked.at) for one in (asked.stay, other)):
            return unmet(why="infectious", other=other.number)
    return MET if _holding_room(asked) else NOT_APPLICABLE


def may_be_held(asked: Asked) -> Finding:
    """GH2e: suspects only, and no protected person under continued questioning, in a holding room."""
    if not _into_holding(asked):
        return NOT_APPLICABLE
    if not asked.stay.is_suspect:
        return unmet(why="capacity")
    if not measure_is(asked.stay, Measure.CONTINUED_QUESTIONING):
        return MET
    answer, fact = protected(asked)
    if answer is Answer.UNKNOWN:
        return unknown(why=fact)
    return met_if(answer is Answer.NO, why=fact)


def guard_assigned(asked: Asked) -> Finding:
    """GH3a: a guard is named."""
    if not _into_holding(asked):
        return NOT_APPLICABLE
    told = asked.told(PlaceInRoom)
    if told is None and asked.command is None:
        return NOT_APPLICABLE
    return met_if(bool(told.guard if told else asked.stay.presence.guard))


def observation_planned(asked: Asked) -> Finding:
    """GH3b: an observation plan is set."""
    if not _into_holding(asked):
        return NOT_APPLICABLE
    return met_if(asked.stay.care.plan is not None)


def restraint_lawful(asked: Asked) -> Finding:
    """GH4: a review time within the bound, a watcher, and no handcuffs or irons for drunkenness."""
    told = asked.told(ApplyRestraint)
    if told is None:
        return NOT_APPLICABLE
    pack = asked.circumstances.pack
    if told.reason is RestraintReason.DRUNK and told.restraint.value not in pack.words("restraint-drunk"):
        return unmet(why="drunk")
    bound = timedelta(minutes=pack.threshold("restraint-review-min"))
    if not asked.at < told.review_at <= asked.at + bound:
        return unmet(why="review")
    return met_if(bool(told.watcher), why="watcher")


def exit_ordered(asked: Asked) -> Finding:
    """GT1: approver of rank, reason, two escorts, planned return; on return searched before any room."""
    going = asked.told(BeginTemporaryExit)
    if going is not None:
        needed = Rank(asked.circumstances.pack.threshold("exit-rank"))
        if not going.approver.strip() or going.approver_rank < needed:
            return unmet(why="rank")
        if not going.reason.strip():
            return unmet(why="reason")
        if len(set(going.escorts)) < 2:
            return unmet(why="escorts")
        return met_if(going.planned_return > asked.at, why="return")
    told = asked.told(Move) or asked.told(PlaceInRoom) or asked.told(OpenInterview)
    if told is None or not asked.stay.presence.exits or not asked.stay.is_suspect:
        return NOT_APPLICABLE
    room = asked.house.centre.rooms.get(told.room)
    if room is not None and room.use in _BEFORE_SEARCH:
        return NOT_APPLICABLE
    return met_if(_searched(asked.stay), why="search")


def exempt(asked: Asked, outcome: str) -> tuple[Answer, str]:
    """Whether the law exempts the person from this custody (the pack's words `exempt-<outcome>`)."""
    return any_of(asked, asked.circumstances.pack.words(f"exempt-{outcome}"))
