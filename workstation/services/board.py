"""The board: one card a person, from the fold of the record and the clocks at this instant.

Rooms, trays and notes beside the cards are made in `board_side`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from workstation.custody import facts
from workstation.custody.circumstances import Circumstances, ClockLevel, ClockRun, ClockState
from workstation.custody.house import House
from workstation.custody.next_action import next_action, steps
from workstation.custody.presence import Status
from workstation.custody.stay import Stay
from workstation.custody.tasks import TaskState
from workstation.custody.values import Activity, Answer, Capacity, PersonFact, Step, WarningLevel
from workstation.services.board_notes import DeskNote
from workstation.services.board_side import (
    Disagreement,
    Leaving,
    NoteView,
    RoomView,
    Waiting,
    disagreement_of,
    leaving_of,
    notes_of,
    rooms_of,
    waiting_of,
)
from workstation.services.timeline import recording_demanded

_DANGERS = (
    PersonFact.SELF_HARM_RISK,
    PersonFact.VIOLENT,
    PersonFact.INFECTIOUS,
    PersonFact.PREGNANT,
    PersonFact.ILL,
    PersonFact.INTOXICATED,
)
_NEEDS = (
    PersonFact.NURSING,
    PersonFact.DEAF,
    PersonFact.OTHER_LANGUAGE,
    PersonFact.FOREIGN,
)
_ORDER = {"red": 0, "yellow": 1, "blue": 2, "": 3}
_LEVEL_WORDS = {
    ClockLevel.NONE: "",
    ClockLevel.BLUE: "blue",
    ClockLevel.YELLOW: "yellow",
    ClockLevel.RED: "red",
}


class Timer(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three timers of a card.

    `code`: catalogue code of its label; `state`: running, paused, expired, unknown, none; the window counts down
    to `expires_at` by itself. `level`: "", blue, yellow, red. `text`: the tier of a limit, the cells of property,
    or `timer.free`.
    """

    code: str
    state: str
    level: str = ""
    started_at: datetime | None = None
    expires_at: datetime | None = None
    limit_ms: int | None = None
    text: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One person on the board. `activities`: state of the five activities in order (none, partial, done,
    not-applicable). `others`: same case. `room` empty: not yet placed. `mine`: the next action is this user's.
    `since`: when they came into the room or went out. `disagrees`: what else the record says of where they are.
    `unacknowledged`: a red or yellow warning that nobody has taken up. `photo`: id of a medium.
    """

    stay: str
    position: int
    number: str
    name: str
    sex: str
    age: int | None
    capacity: str
    status: str
    room: str
    level: str
    flags: tuple[str, ...]
    others: int
    activities: tuple[str, ...]
    step: str
    timers: tuple[Timer, ...]
    action: str
    task: str
    owner: str
    mine: bool
    due_at: datetime | None
    last_kind: str
    last_at: datetime | None
    photo: str
    warnings: tuple[str, ...]
    unknown: tuple[str, ...]
    since: datetime | None = None
    disagrees: Disagreement | None = None
    unacknowledged: bool = False
    waiting: Waiting | None = None
    due_back: datetime | None = None
    whereto: str = ""
    escorts: int = 0


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The whole board at one position. `red`, `yellow`, `blue`: open warnings by level; `fresh_red`, `fresh_yellow`:
    those of them that nobody has taken up.

    `leaving`: who was led away under escort a short while ago; `notes`: of persons and of the desk, newest first.
    """

    position: int
    now: datetime
    cards: tuple[Card, ...]
    rooms: tuple[RoomView, ...]
    red: int
    yellow: int
    blue: int
    entered_today: int
    left_today: int
    leaving: tuple[Leaving, ...] = ()
    notes: tuple[NoteView, ...] = ()
    fresh_red: int = 0
    fresh_yellow: int = 0


def board_of(
    house: House,
    circumstances_for: Callable[[Stay], Circumstances],
    now: datetime,
    *,
    desk_notes: tuple[DeskNote, ...] = (),
    recording: Mapping[str, Answer] | None = None,
) -> Board:
    """The board as the user behind `circumstances_for` sees it, next due first. `recording`: room → verified."""
    cards = sorted(
        (_card(stay, house, circumstances_for(stay)) for stay in house.open_stays),
        key=lambda card: (_ORDER[card.level], _soonest(card) or _FAR, card.number),
    )
    warned = [one for stay in house.stays.values() for one in stay.remarks.open_warnings]
    levels = [one.level for one in warned]
    fresh = [one.level for one in warned if one.acknowledged_at is None]
    day = now - timedelta(hours=24)
    return Board(
        position=house.seq,
        now=now,
        cards=tuple(cards),
        rooms=rooms_of(
            house,
            recording or {},
            lambda stay: _demanded(stay, house, circumstances_for(stay)),
        ),
        red=levels.count(WarningLevel.RED),
        yellow=levels.count(WarningLevel.YELLOW),
        blue=levels.count(WarningLevel.BLUE),
        fresh_red=fresh.count(WarningLevel.RED),
        fresh_yellow=fresh.count(WarningLevel.YELLOW),
        entered_today=sum(1 for s in house.stays.values() if s.entered_at and s.entered_at >= day),
        left_today=sum(1 for s in house.stays.values() if s.departure and s.departure.at >= day),
        leaving=leaving_of(house, now),
        notes=notes_of(house, desk_notes),
    )


def _demanded(stay: Stay, house: House, around: Circumstances) -> bool:
    """Whether the interview that is open must be recorded as a whole."""
    talk = stay.interviews.open
    return talk is not None and talk.interview in recording_demanded(stay, house, around)


_FAR = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def _soonest(card: Card) -> datetime | None:
    ends = [timer.expires_at for timer in card.timers if timer.expires_at and timer.state == "running"]
    return min(ends, default=card.due_at)


def _card(stay: Stay, house: House, around: Circumstances) -> Card:
    clocks = around.clocks.get(stay.stay, ())
    timers = timers_of(stay, clocks, around.now)
    following = next_action(stay, house, around)
    identity = stay.identity
    last = stay.last_entry
    levels = {timer.level for timer in timers} | {str(one.level) for one in stay.remarks.open_warnings}
    level = next((one for one in ("red", "yellow", "blue") if one in levels), "")
    progress = steps(stay, house, around)
    out, inside = stay.presence.exit_open, stay.presence.rooms
    return Card(
        stay=stay.stay,
        position=stay.seq,
        number=stay.number,
        name=identity.name if identity else "",
        sex=str(stay.person.sex),
        age=_age(stay, around),
        capacity=str(stay.capacity or ""),
        status=str(stay.status),
        room=stay.room,
        level=level,
        flags=flags_of(stay, around),
        others=_same_case(stay, house),
        activities=tuple(str(progress.activities[activity]) for activity in Activity),
        step=str(_current(progress.steps)),
        timers=timers,
        action=following.action if following else "",
        task=following.task if following else "",
        owner=str(following.owner) if following else "",
        mine=bool(following and following.owner in {str(role) for role in around.actor.roles}),
        due_at=following.due_at if following else None,
        last_kind=_kind(last.event) if last else "",
        last_at=last.happened_at if last else None,
        photo=stay.person.photo.photo if stay.person.photo else "",
        warnings=tuple(one.rule for one in stay.remarks.open_warnings),
        unknown=tuple(sorted(stay.unknown_kinds)),
        since=out.began if out else inside[-1].since if inside and inside[-1].until is None else None,
        disagrees=disagreement_of(stay),
        unacknowledged=any(
            one.acknowledged_at is None and one.level in (WarningLevel.RED, WarningLevel.YELLOW)
            for one in stay.remarks.open_warnings
        ),
        waiting=waiting_of(stay, house, around.now),
        due_back=out.planned_return if out else None,
        whereto=out.destination if out else "",
        escorts=len(out.escorts) if out else 0,
    )


def _current(states: Mapping[Step, TaskState]) -> Step:
    """The first step that is not finished; departure when all are."""
    done = (TaskState.DONE, TaskState.NOT_APPLICABLE)
    return next((step for step in Step if states[step] not in done), Step.DEPARTURE)


def _kind(event: object) -> str:
    config = getattr(type(event), "__struct_config__", None)
    return str(getattr(config, "tag", None) or getattr(event, "kind", ""))


def timers_of(stay: Stay, clocks: tuple[ClockState, ...], now: datetime) -> tuple[Timer, ...]:
    """Legal limit, next check, and the next thing about property or medicine: always three, in this order."""
    if stay.capacity is not Capacity.SUSPECT:
        return (Timer(code="timer.legal", state="none", text="timer.free"),)
    liberty = [one for one in clocks if one.liberty and one.state is not ClockRun.STOPPED]
    first = min(liberty, key=lambda one: one.expires_at or _FAR, default=None)
    check = next((one for one in clocks if one.id == "CHECK"), None)
    return (_timer(first, "timer.legal"), _timer(check, "timer.check"), _other(stay, clocks, now))


def _other(stay: Stay, clocks: tuple[ClockState, ...], now: datetime) -> Timer:
    """What of property, medicine or notices falls due first; else where the property lies.

    The sum over several measures is shown only once it warns: it is long and rarely the next thing.
    """
    found = [
        _timer(one, "timer.other")
        for one in clocks
        if not one.liberty
        and one.id != "CHECK"
        and one.state in (ClockRun.RUNNING, ClockRun.EXPIRED)
        and (one.id != "B12" or one.level is not ClockLevel.NONE)
    ]
    found += [
        _due("timer.medical", order.at, order.due_at, now)
        for order in stay.care.orders
        if order.due_at is not None and order.acknowledged_at is None
    ]
    found += [
        _due("timer.restraint", restraint.since, restraint.review_at, now)
        for restraint in stay.care.restraints
        if restraint.until is None and restraint.review_at is not None
    ]
    if found:
        return min(found, key=lambda one: one.expires_at or _FAR)
    cells = " ".join(bag.cell for bag in stay.effects.stored)
    return Timer(code="timer.property" if cells else "timer.other", state="none", text=cells)


def _due(code: str, start: datetime, end: datetime, now: datetime) -> Timer:
    return Timer(
        code=code,
        state="running" if end > now else "expired",
        level="" if end > now else "yellow",
        started_at=start,
        expires_at=end,
    )


def _timer(clock: ClockState | None, code: str) -> Timer:
    if clock is None:
        return Timer(code=code, state="none")
    return Timer(
        code=clock.title,
        state=str(clock.state),
        level=_LEVEL_WORDS[clock.level],
        started_at=clock.started_at,
        expires_at=clock.expires_at,
        limit_ms=clock.limit_ms,
        text=clock.tier,
    )


def _age(stay: Stay, around: Circumstances) -> int | None:
    born = stay.person.birth
    if born is None:
        return None
    day = around.local(around.now).date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def flags_of(stay: Stay, around: Circumstances) -> tuple[str, ...]:
    """Codes of what everyone must know of the person at a glance, danger to life first: a card shows two."""
    flags = [str(fact) for fact in _DANGERS if facts.has(stay, fact)]
    if stay.person.under(18, around.local(around.now).date()):
        flags.append("minor")
    flags += [str(fact) for fact in _NEEDS if facts.has(stay, fact)]
    if stay.person.sex == "female":
        flags.append("female")
    if stay.status is not Status.OPEN:
        flags.append(str(stay.status))
    return tuple(flags)


def _same_case(stay: Stay, house: House) -> int:
    if stay.case is None or not stay.case.case_number:
        return 0
    return sum(
        1
        for other in house.open_stays
        if other.stay != stay.stay and other.case and other.case.case_number == stay.case.case_number
    )
