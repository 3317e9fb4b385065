"""The task lists of the three steps: what is done, half done or does not apply, who does it and by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from workstation.custody.asked import Asked
from workstation.custody.circumstances import Circumstances
from workstation.custody.gates import Objection, outlook
from workstation.custody.house import House
from workstation.custody.intake_rules import liberty_clock
from workstation.custody.presence import Status
from workstation.custody.stay import Stay
from workstation.custody.values import (
    Activity,
    Answer,
    Destination,
    FindingKind,
    Measure,
    NoticeKind,
    Paper,
    PersonFact,
    RoomUse,
    Step,
)
from workstation.roles import Role


class TaskState(StrEnum):
    """How far a task is: ○ ◐ ● —."""

    NONE = "none"
    PARTIAL = "partial"
    DONE = "done"
    NOT_APPLICABLE = "not-applicable"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a task list. `action`: the act that brings it on; `missing`: what stands in its way now.

    `optional`: shown, but the way to the next activity does not lead over it.
    """

    code: str
    step: Step
    activity: Activity
    state: TaskState
    owner: Role
    due_at: datetime | None
    action: str
    optional: bool
    missing: tuple[Objection, ...] = ()


State = tuple[TaskState, str]
Look = Callable[[Asked], State]
Due = Callable[[Asked], datetime | None]

NONE, PARTIAL, DONE = TaskState.NONE, TaskState.PARTIAL, TaskState.DONE
OFF: State = (TaskState.NOT_APPLICABLE, "")


class Row(msgspec.Struct, frozen=True):
    """How one task is read from a stay."""

    code: str
    activity: Activity
    owner: Role
    look: Look
    due: Due | None = None
    optional: bool = False


def _simple(action: str, done: Callable[[Stay], bool], *, suspects: bool = True) -> Look:
    def look(asked: Asked) -> State:
        if suspects and not asked.stay.is_suspect:
            return OFF
        return (DONE if done(asked.stay) else NONE), action

    return look


def _measure(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    if asked.stay.measure is None:
        return (PARTIAL if asked.stay.case else NONE), "set-measure"
    return DONE, "set-measure"


def _notice(asked: Asked) -> State:
    if not asked.stay.is_suspect or asked.stay.measure is None:
        return (NONE, "give-notice") if asked.stay.is_suspect else OFF
    if asked.stay.measure.measure is Measure.VOLUNTARY:
        return OFF
    minor = asked.stay.person.under(asked.circumstances.pack.threshold("minor-years"), asked.day)
    kinds = (NoticeKind.GUARDIAN, NoticeKind.FAMILY) if minor else (NoticeKind.FAMILY,)
    given = [asked.stay.papers.notice(kind) for kind in kinds]
    known = [one for one in given if one is not None]
    if not known:
        return NONE, "give-notice"
    settled = any(one.outcome.value != "not-reached" for one in known)
    return (DONE if settled else PARTIAL), "give-notice"


def _notice_due(asked: Asked) -> datetime | None:
    begun = asked.stay.measure.at if asked.stay.measure else asked.stay.entered_at
    minutes = asked.circumstances.pack.threshold("notice-min")
    return begun + timedelta(minutes=minutes) if begun else None


def _search(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    searches = asked.stay.searches
    if searches.open is not None:
        if not searches.open.findings:
            return PARTIAL, "record-finding"
        if not searches.open.injuries:
            return PARTIAL, "record-injury"
        return PARTIAL, "end-search"
    came_in = asked.stay.presence.last_entry_at
    ended = searches.last_ended
    done = ended is not None and (came_in is None or ended >= came_in)
    return (DONE if done else NONE), "begin-search"


def _property_list(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    signed = asked.stay.papers.paper(Paper.PROPERTY_LIST)
    if asked.stay.effects.items:
        return (DONE if signed else PARTIAL), "sign-paper"
    return (DONE if signed else NONE), "list-item"


def _bag(asked: Asked) -> State:
    effects = asked.stay.effects
    loose = [one for one in effects.items if one.destination is Destination.PERSONAL_BAG]
    if not loose:
        listed = asked.stay.papers.paper(Paper.PROPERTY_LIST) is not None
        return OFF if listed or not asked.stay.is_suspect else (NONE, "list-item")
    bagged = {name for bag in effects.bags for name in bag.items}
    if any(one.item not in bagged for one in loose if one.settled is None and one.seizure is None):
        return (PARTIAL if effects.bags else NONE), "fill-bag"
    for bag in effects.bags:
        if any(hand.what == "stored" for hand in bag.hands):
            continue
        if not bag.seal:
            return PARTIAL, "seal-bag"
        return PARTIAL, "weigh-bag" if bag.grams is None else "store-bag"
    return DONE, "store-bag"


def _case_property(asked: Asked) -> State:
    found = [one.finding for one in asked.stay.searches.findings]
    wanted = any(one in (FindingKind.WEAPON, FindingKind.CONTRABAND, FindingKind.EVIDENCE) for one in found)
    items = [one for one in asked.stay.effects.items if one.destination is Destination.CASE_PROPERTY]
    if not wanted and not items:
        return OFF
    if items and all(one.seizure or one.settled for one in items):
        return DONE, "seize-item"
    return (PARTIAL if items else NONE), "seize-item" if items else "list-item"


def _tests(asked: Asked) -> State:
    taken = [
        one
        for one in (asked.stay.care.screen.questions if asked.stay.care.screen else ())
        if one.code in ("alcohol", "drugs") and one.answer is Answer.YES
    ]
    if asked.stay.searches.tests:
        return DONE, "test-substance"
    wanted = bool(taken) or asked.stay.person.has(PersonFact.INTOXICATED)
    return (NONE, "test-substance") if wanted else OFF


def _room(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    if asked.stay.room:
        return (DONE, "move") if _settled_in(asked) else (PARTIAL, "place-in-room")
    return (PARTIAL if asked.stay.presence.rooms else NONE), "place-in-room"


def _settled_in(asked: Asked) -> bool:
    """Whether the person may stay in the room where they are: not where search or capture is over."""
    stay = asked.stay
    room = asked.house.centre.rooms.get(stay.room)
    if room is None or stay.care.plan is None or stay.outcome is not None:
        return True
    passing = {RoomUse.SEARCH: stay.searches.open is None, RoomUse.CAPTURE: bool(stay.searches.captures)}
    return not passing.get(room.use, False)


def _capture(asked: Asked) -> State:
    """Capture is open once it was applied for."""
    if not asked.stay.is_suspect:
        return OFF
    if asked.stay.searches.captures:
        return DONE, "capture-information"
    applied = asked.stay.papers.paper(Paper.CAPTURE_APPROVAL) is not None
    return (PARTIAL if applied else NONE), "capture-information"


def _plan(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    return (DONE if asked.stay.care.plan else NONE), "plan-observation"


def _checks(asked: Asked) -> State:
    if asked.stay.care.plan is None or not asked.stay.is_suspect:
        return OFF
    due = check_due(asked.stay)
    if due is not None and due <= asked.at:
        return (PARTIAL if asked.stay.care.checks else NONE), "check-person"
    return DONE, "check-person"


def check_due(stay: Stay) -> datetime | None:
    """When the next check is due under the observation plan.

    None while there is no plan, and while officers are with the person in an interview or on an exit; the
    interval starts anew when they bring the person back.
    """
    plan = stay.care.plan
    if plan is None or stay.interviews.open is not None or stay.presence.exit_open is not None:
        return None
    last = stay.care.last_check()
    seen = [plan.at] if last is None else [plan.at, last.at]
    seen += [talk.ended for talk in stay.interviews.interviews if talk.ended is not None]
    seen += [one.ended for one in stay.presence.exits if one.ended is not None]
    return max(seen) + timedelta(minutes=plan.interval_min)


def _restraint(asked: Asked) -> State:
    on = asked.stay.care.restraint
    if on is None:
        return OFF
    overdue = on.review_at is not None and on.review_at <= asked.at
    return (PARTIAL if overdue else DONE), "review-restraint"


def _restraint_due(asked: Asked) -> datetime | None:
    on = asked.stay.care.restraint
    return on.review_at if on else None


def _care(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    due = _care_due(asked)
    if due is not None and due <= asked.at:
        return (PARTIAL if asked.stay.care.given else NONE), "offer-care"
    return DONE, "offer-care"


def _care_due(asked: Asked) -> datetime | None:
    meals = [one.at for one in asked.stay.care.given if one.care.value == "meal"]
    since = meals[-1] if meals else asked.stay.arrived_at
    minutes = asked.circumstances.pack.threshold("meal-min")
    return since + timedelta(minutes=minutes) if since else None


def _interview(asked: Asked) -> State:
    talks = asked.stay.interviews
    if talks.open is not None:
        return PARTIAL, "resume-interview" if talks.open.on_break else "end-interview"
    return (DONE if talks.interviews else NONE), "open-interview"


def _papers(asked: Asked) -> State:
    ended = [one for one in asked.stay.interviews.interviews if one.ended]
    if not ended:
        return OFF
    signed = [one for one in asked.stay.papers.signed if one.paper is Paper.INTERVIEW_RECORD]
    if len(signed) >= len(ended):
        return DONE, "sign-paper"
    return (PARTIAL if signed else NONE), "sign-paper"


def _outcome(asked: Asked) -> State:
    if not asked.stay.is_suspect:
        return OFF
    decided = asked.stay.outcome
    if decided is None:
        return NONE, "propose-outcome"
    return (DONE, "approve-outcome") if decided.approved else (PARTIAL, "approve-outcome")


def _bag_out(asked: Asked) -> State:
    if not asked.stay.effects.bags:
        return OFF
    taken = any(hand.what == "taken" for bag in asked.stay.effects.bags for hand in bag.hands)
    if asked.stay.effects.stored:
        return (PARTIAL if taken else NONE), "take-bag"
    return (DONE if taken else NONE), "take-bag"


def _recount(asked: Asked) -> State:
    if not asked.stay.effects.items:
        return OFF
    return (DONE if asked.stay.effects.count else NONE), "count-property-blind"


def _items(asked: Asked) -> State:
    items = asked.stay.effects.items
    if not items:
        return OFF
    left = len(asked.stay.effects.unsettled)
    settled = any(one.settled for one in items)
    return (DONE if not left else PARTIAL if settled else NONE), "settle-item"


def _receipt(asked: Asked) -> State:
    if not asked.stay.effects.items:
        return OFF
    signed = asked.stay.papers.paper(Paper.PROPERTY_RECEIPT)
    return (DONE if signed else NONE), "sign-paper"


def _depart(asked: Asked) -> State:
    if asked.stay.status in (Status.DEPARTED, Status.ARCHIVED, Status.DIED):
        return DONE, "depart"
    return NONE, "depart"


def _expiry(asked: Asked) -> datetime | None:
    clock = liberty_clock(asked)
    return clock.expires_at if clock else None


ROWS: tuple[Row, ...] = (
    Row(
        "identity",
        Activity.INTAKE,
        Role.INTAKE,
        _simple("identify", lambda stay: stay.identity is not None, suspects=False),
    ),
    Row(
        "photo",
        Activity.INTAKE,
        Role.INTAKE,
        _simple("photograph-person", lambda stay: stay.person.photo is not None),
    ),
    Row(
        "case",
        Activity.INTAKE,
        Role.INTAKE,
        _simple("link-case", lambda stay: stay.case is not None),
    ),
    Row("measure", Activity.INTAKE, Role.CASE_OFFICER, _measure),
    Row(
        "rights",
        Activity.INTAKE,
        Role.CASE_OFFICER,
        _simple("serve-rights", lambda stay: stay.papers.rights is not None),
    ),
    Row("notice", Activity.INTAKE, Role.CASE_OFFICER, _notice, _notice_due),
    Row("band", Activity.INTAKE, Role.INTAKE, _simple("issue-band", lambda stay: bool(stay.person.bands))),
    Row(
        "health",
        Activity.INTAKE,
        Role.INTAKE,
        _simple("screen-health", lambda stay: stay.care.screen is not None),
    ),
    Row("search", Activity.SEARCH, Role.SEARCH_OFFICER, _search),
    Row(
        "injuries",
        Activity.SEARCH,
        Role.SEARCH_OFFICER,
        _simple("record-injury", lambda stay: bool(stay.searches.injuries)),
    ),
    Row("property-list", Activity.SEARCH, Role.CUSTODIAN, _property_list),
    Row("bag", Activity.SEARCH, Role.CUSTODIAN, _bag),
    Row("case-property", Activity.SEARCH, Role.CASE_OFFICER, _case_property, optional=True),
    Row(
        "capture",
        Activity.SEARCH,
        Role.INTAKE,
        _capture,
        optional=True,
    ),
    Row("tests", Activity.SEARCH, Role.CASE_OFFICER, _tests, optional=True),
    Row("observation", Activity.HOLDING, Role.GUARD, _plan),
    Row("room", Activity.HOLDING, Role.GUARD, _room),
    Row("checks", Activity.HOLDING, Role.GUARD, _checks, lambda asked: check_due(asked.stay)),
    Row("care", Activity.HOLDING, Role.GUARD, _care, _care_due),
    Row("restraint", Activity.HOLDING, Role.GUARD, _restraint, _restraint_due),
    Row("interview", Activity.INTERVIEW, Role.INTERVIEWER, _interview),
    Row("papers", Activity.INTERVIEW, Role.INTERVIEWER, _papers),
    Row("outcome", Activity.RELEASE, Role.CASE_OFFICER, _outcome, _expiry),
    Row(
        "reidentify",
        Activity.RELEASE,
        Role.ESCORT,
        _simple("reidentify", lambda stay: stay.ground.reidentified is not None),
    ),
    Row("bag-out", Activity.RELEASE, Role.CUSTODIAN, _bag_out),
    Row("recount", Activity.RELEASE, Role.CUSTODIAN, _recount),
    Row("return-items", Activity.RELEASE, Role.CUSTODIAN, _items),
    Row(
        "compare-injuries",
        Activity.RELEASE,
        Role.ESCORT,
        _simple("compare-injuries", lambda stay: stay.searches.compared is not None),
    ),
    Row("receipt", Activity.RELEASE, Role.CUSTODIAN, _receipt),
    Row("depart", Activity.RELEASE, Role.ESCORT, _depart, _expiry),
)
"""Every task in its order."""

STEP_OF: dict[Activity, Step] = {
    Activity.INTAKE: Step.ADMISSION,
    Activity.SEARCH: Step.ADMISSION,
    Activity.HOLDING: Step.HANDLING,
    Activity.INTERVIEW: Step.HANDLING,
    Activity.RELEASE: Step.DEPARTURE,
}


def tasks(stay: Stay, house: House, circumstances: Circumstances) -> tuple[Task, ...]:
    """Every task of the stay with its state, owner, due time and what stands in its way."""
    asked = Asked(
        action="",
        command=None,
        stay=stay,
        latest=stay,
        house=house,
        circumstances=circumstances,
        at=circumstances.now,
    )
    return tuple(_task(row, asked) for row in ROWS)


def _task(row: Row, asked: Asked) -> Task:
    state, action = row.look(asked)
    open_ = state in (NONE, PARTIAL)
    return Task(
        code=f"task.{row.code}",
        step=STEP_OF[row.activity],
        activity=row.activity,
        state=state,
        owner=row.owner,
        due_at=row.due(asked) if row.due and state is not TaskState.NOT_APPLICABLE else None,
        action=action,
        optional=row.optional,
        missing=outlook(action, asked.stay, asked.house, asked.circumstances) if open_ else (),
    )
