"""The one next action of a stay, and how far its activities and steps are.

Board, scan router and step screens all use these functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from workstation.custody.circumstances import Circumstances
from workstation.custody.gates import Objection, outlook
from workstation.custody.house import House
from workstation.custody.presence import Status
from workstation.custody.stay import Stay
from workstation.custody.tasks import Task, TaskState, tasks
from workstation.custody.values import Activity, Step
from workstation.roles import Role


class NextAction(msgspec.Struct, frozen=True, kw_only=True):
    """What comes next: the action, its task, who does it and by when; `reason`: what stands in its way."""

    action: str
    task: str
    owner: Role
    due_at: datetime | None
    reason: tuple[Objection, ...]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far the five activities and the three steps are."""

    activities: Mapping[Activity, TaskState]
    steps: Mapping[Step, TaskState]


_OPEN = (TaskState.NONE, TaskState.PARTIAL)
_WAY = (Activity.INTAKE, Activity.SEARCH, Activity.HOLDING, Activity.INTERVIEW, Activity.RELEASE)


def next_action(stay: Stay, house: House, circumstances: Circumstances) -> NextAction:
    """The first unmet condition on the way to the next activity, by deadline, then by order.

    What is due within the pack's lead comes before the way. When a clock of liberty has run out, deciding and
    departing come before everything.
    """
    other = _elsewhere(stay)
    if other is not None:
        return _plain(stay, house, circumstances, *other)
    found = tasks(stay, house, circumstances)
    if stay.is_suspect and (circumstances.expired(stay.stay) or _released(stay)):
        return _leaving(stay, found, expired=bool(circumstances.expired(stay.stay)))
    lead = timedelta(minutes=circumstances.pack.threshold("due-soon-min"))
    soon = [
        one
        for one in found
        if one.due_at is not None
        and one.due_at <= circumstances.now + lead
        and (one.state in _OPEN or one.activity is Activity.HOLDING)  # what recurs falls due again
        and one.activity is not Activity.RELEASE
    ]
    if soon:
        return _of(min(soon, key=lambda one: one.due_at or circumstances.now))
    for activity in _WAY:
        waiting = [
            one for one in found if one.activity is activity and one.state in _OPEN and not one.optional
        ]
        if waiting:
            return _of(waiting[0])
    return _plain(stay, house, circumstances, "depart", "task.depart", Role.ESCORT)


def steps(stay: Stay, house: House, circumstances: Circumstances) -> Progress:
    """States of the five activities and of the three steps."""
    found = tasks(stay, house, circumstances)
    return Progress(
        activities={
            activity: _joined(one for one in found if one.activity is activity) for activity in Activity
        },
        steps={step: _joined(one for one in found if one.step is step) for step in Step},
    )


def _joined(found: Iterable[Task]) -> TaskState:
    states = {one.state for one in found if not one.optional or one.state is TaskState.PARTIAL}
    states.discard(TaskState.NOT_APPLICABLE)
    if not states:
        return TaskState.NOT_APPLICABLE
    return states.pop() if len(states) == 1 else TaskState.PARTIAL


def _elsewhere(stay: Stay) -> tuple[str, str, Role] | None:
    """The next action of a stay that does not go on inside the area."""
    match stay.status:
        case Status.OPEN:
            return None
        case Status.OUT:
            return "end-temporary-exit", "task.return", Role.ESCORT
        case Status.ESCAPED:
            return "report-return-after-escape", "task.return", Role.DUTY_LEADER
        case Status.DEPARTED | Status.DIED:
            if stay.remarks.open_duties:
                return "close-duty", "task.duties", Role.DUTY_LEADER
            return "archive-stay", "task.archive", Role.LEGAL_OFFICER
        case Status.ARCHIVED:
            return "add-note", "task.archive", Role.LEGAL_OFFICER


def _released(stay: Stay) -> bool:
    return stay.outcome is not None and stay.outcome.approved


def _leaving(stay: Stay, found: tuple[Task, ...], *, expired: bool) -> NextAction:
    """Decide first, then what a departure asks for, then depart; nothing else comes between."""
    talk = next((one for one in found if one.code == "task.interview"), None)
    if talk is not None and talk.state is TaskState.PARTIAL:
        return _of(talk)
    release = [one for one in found if one.activity is Activity.RELEASE and one.state in _OPEN]
    first = release[0]
    if expired and first.code != "task.outcome":
        first = release[-1]
    return _of(first)


def _of(task: Task) -> NextAction:
    return NextAction(
        action=task.action,
        task=task.code,
        owner=task.owner,
        due_at=task.due_at,
        reason=task.missing,
    )


def _plain(
    stay: Stay, house: House, circumstances: Circumstances, action: str, task: str, owner: Role
) -> NextAction:
    return NextAction(
        action=action,
        task=task,
        owner=owner,
        due_at=None,
        reason=outlook(action, stay, house, circumstances),
    )
