"""Every group of forms by task, and every form by its code or action."""

from __future__ import annotations

from ui.steps.fields import Facts, Form, Group
from ui.steps.forms import (
    arrival,
    care,
    effects,
    happened,
    holding,
    intake,
    interview,
    release,
    returning,
    search,
)

GROUPS: dict[str, Group] = {
    group.task: group
    for module in (arrival, intake, search, effects, holding, care, interview, release, returning, happened)
    for group in module.GROUPS
}
"""Task without its prefix → group."""

ARRIVAL, HAPPENED = "arrival", "happened"
APPROVALS = release.APPROVALS
ALIASES = {
    "seal-bag": "fill-bag",
    "weigh-bag": "fill-bag",
    "replace-band": "issue-band",
}
"""Actions that another form performs."""


def task_name(code: str) -> str:
    """`task.identity` → `identity`."""
    return code.removeprefix("task.")


SIGN = "sign-paper"
_SIGNED = {"receipt": "sign-receipt", "interview": "sign-interview-record", "papers": "sign-interview-record"}
_LIST_SIGNED = "sign-property-list"


def place_of(link: str, near: str = "") -> tuple[str, str]:
    """Task and form for a task code, a form code or the name of an action; empty texts when there is none.

    `near`: the task in hand, which tells what paper is to be signed.
    """
    name = task_name(link)
    if name in GROUPS:
        return name, ""
    wanted = _SIGNED.get(near, _LIST_SIGNED) if name == SIGN else ALIASES.get(name, name)
    if near in GROUPS and any(form.code == wanted for form in GROUPS[near].forms):
        return near, wanted
    for task, group in GROUPS.items():
        for form in group.forms:
            if form.code == wanted:
                return task, form.code
    return "", ""


def form_of(task: str, code: str, facts: Facts) -> Form:
    """The form of a task: the named one, else the first with something left to do."""
    group = GROUPS[task]
    return next((one for one in group.forms if one.code == code), None) or group.first(facts)
