"""Which task comes next: after the one in hand, by the station's next action, or after something was recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ui.steps.fields import Facts, Form
from ui.steps.forms.registry import APPROVALS, GROUPS, HAPPENED, place_of, task_name
from workstation.custody.presence import Status
from workstation.custody.tasks import Task, TaskState
from workstation.custody.values import Activity, Step
from workstation.roles import Role
from workstation.station import messages as m

OPEN = (TaskState.NONE, TaskState.PARTIAL)
COMING_BACK = frozenset({"end-temporary-exit", "report-return-after-escape"})
"""After these everything begins with the search again."""
INTERVIEWED, ROOM = "end-interview", "room"
"""After an interview the person waits again until the outcome is decided."""
FREE_TASKS = ("identity", "depart")
"""All that is done with somebody who is no suspect: they are registered and may leave."""


def tasks_of(reply: m.StayReply | None) -> tuple[Task, ...]:
    """Every task that applies to this kind of person."""
    if reply is None or reply.facts.is_suspect:
        return reply.tasks if reply else ()
    return tuple(one for one in reply.tasks if task_name(one.code) in FREE_TASKS)


def beside(rows: Sequence[Task], here: str, by: int) -> str:
    """The task `by` places after the one in hand; the ends of the list hold."""
    names = [task_name(one.code) for one in rows if one.state is not TaskState.NOT_APPLICABLE]
    if not names:
        return ""
    at = names.index(here) if here in names else -1 if by > 0 else len(names)
    return names[max(0, min(len(names) - 1, at + by))]


def first_open(rows: Sequence[Task], here: str, roles: Collection[Role] = ()) -> str:
    """The first open task after the one in hand, from the top again when there is none below.

    On the way out custodian and escort work side by side: whoever does the duty of their `roles` goes on with the
    next of that. Elsewhere the order of the list holds. What is optional is open once it was begun.
    """
    names = [task_name(one.code) for one in rows]
    at = names.index(here) if here in names else -1
    after = [one for one in (*rows[at + 1 :], *rows[: max(0, at)]) if is_open(one)]
    mine = at >= 0 and rows[at].owner in roles and rows[at].activity is Activity.RELEASE
    own = [one for one in after if mine and one.owner in roles and one.activity is Activity.RELEASE]
    return task_name((own or after)[0].code) if after else ""


def is_open(task: Task) -> bool:
    """Whether the way leads over a task now."""
    return task.state is TaskState.PARTIAL or (task.state is TaskState.NONE and not task.optional)


def of_station(reply: m.StayReply | None) -> str:
    """The task of the one next action, where it applies to this kind of person."""
    if reply is None or reply.next is None:
        return ""
    task, _ = place_of(reply.next.task)
    return task if reply.facts.is_suspect or task in FREE_TASKS else ""


def first_place(
    reply: m.StayReply, rows: Sequence[Task], here: str, wanted: str, facts: Facts
) -> tuple[str, str]:
    """Task and form to begin with: the wanted one, the next action, or something open.

    Where the next action is the duty of others, what is open in the same activity and one's own comes first.
    """
    wanted = wanted or for_approval(facts)
    task, form = place_of(wanted) if wanted else ("", "")
    if task:
        return task, form
    following = of_station(reply)
    known = next((one for one in rows if task_name(one.code) == following), None)
    if known is not None and known.owner not in facts.actor.roles:
        own = [
            one
            for one in rows
            if one.activity is known.activity and is_open(one) and one.owner in facts.actor.roles
        ]
        if own:
            return task_name(own[0].code), ""
    last = HAPPENED if reply.facts.is_suspect else "depart"
    return following or first_open(rows, here) or last, ""


def for_approval(facts: Facts) -> str:
    """The approvals, when whoever is at the screen leads the centre and something waits for their signature."""
    leads = Role.DUTY_LEADER in facts.actor.roles
    return "approvals" if leads and APPROVALS.fits(facts) and not APPROVALS.done(facts) else ""


def place_after(
    form: Form, task: str, known: Task | None, rows: Sequence[Task], reply: m.StayReply, facts: Facts
) -> tuple[str, str]:
    """After saving: the next form of the task, the next open task, or the same form empty again.

    `known`: the task in hand as it is now; `rows`: the tasks of its step.
    """
    settled = known is None or known.state not in OPEN
    over = form.done(facts) or not form.fits(facts)
    if not over or (form.again and not settled):
        return task, form.code if form.again or not settled else ""
    following = GROUPS[task].first(facts)
    if following is not form and not following.done(facts) and not settled:
        return task, following.code
    if form.code == INTERVIEWED and facts.stay.ground.decided is None and not facts.ground_ended:
        return ROOM, ""
    away = facts.stay.presence.status is not Status.OPEN or form.code in COMING_BACK
    after = "" if away else first_open(rows, task, facts.actor.roles)
    return after or of_station(reply) or task, ""


def step_of(task: Task | None, now: Step) -> Step:
    """The step that shows a task; one that stands in no list is shown in the present step."""
    return task.step if task is not None else now
