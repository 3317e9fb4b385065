"""Role × action: the one table of who may ask for what, enforced in the Desk and in every query.

A report of what happened is open to everyone who works with persons, so that the record never has to wait for the
right colleague; a request needs one of the roles named here. An administrator reads no case, an auditor writes
nothing, a technician sees devices only.
"""

from __future__ import annotations

from collections.abc import Mapping

from workstation.custody.commands import ACTIONS, Family
from workstation.roles import Role

R = Role

AT_WORK = frozenset(
    {
        R.INTAKE,
        R.SEARCH_OFFICER,
        R.CUSTODIAN,
        R.GUARD,
        R.INTERVIEWER,
        R.CASE_OFFICER,
        R.ESCORT,
        R.PHYSICIAN,
        R.DUTY_LEADER,
        R.LEGAL_OFFICER,
    }
)
"""Everyone who works with persons in the centre."""

OVERSIGHT = frozenset({R.DUTY_LEADER, R.LEGAL_OFFICER, R.INSPECTOR})
_DESK = frozenset({R.INTAKE, R.CASE_OFFICER, R.DUTY_LEADER})
_SEARCH = frozenset({R.SEARCH_OFFICER, R.INTAKE, R.DUTY_LEADER})
_PROPERTY = frozenset({R.CUSTODIAN, R.SEARCH_OFFICER, R.INTAKE, R.DUTY_LEADER})
_HOLDING = frozenset({R.GUARD, R.INTAKE, R.DUTY_LEADER})
_INTERVIEW = frozenset({R.INTERVIEWER, R.CASE_OFFICER})
_RELEASE = frozenset({R.INTAKE, R.CASE_OFFICER, R.DUTY_LEADER})
_LEADERS = frozenset({R.DUTY_LEADER, R.LEGAL_OFFICER})
_LAYOUT = frozenset({R.ADMINISTRATOR, R.TECHNICIAN})

REQUESTS: Mapping[str, frozenset[Role]] = {
    # the centre
    "name-centre": frozenset({R.ADMINISTRATOR}),
    "declare-room": _LAYOUT,
    "declare-bank": _LAYOUT,
    "declare-device": _LAYOUT,
    "enrol-staff": frozenset({R.ADMINISTRATOR, R.SECURITY_OFFICER}),
    "bind-card": frozenset({R.ADMINISTRATOR, R.SECURITY_OFFICER}),
    "put-pack-in-force": _LEADERS,
    # intake
    "begin-stay": _DESK,
    "identify": _DESK,
    "photograph-person": _DESK | _SEARCH,
    "note-person-fact": AT_WORK,
    "link-case": _DESK,
    "transfer-jurisdiction": frozenset({R.CASE_OFFICER, R.DUTY_LEADER, R.LEGAL_OFFICER}),
    "set-measure": _DESK,
    "extend-tier": frozenset({R.CASE_OFFICER, R.DUTY_LEADER, R.LEGAL_OFFICER}),
    "issue-band": _DESK | _HOLDING,
    "replace-band": _DESK | _HOLDING,
    "remove-band": _DESK | _HOLDING,
    "serve-rights": _DESK,
    "screen-health": _DESK | _HOLDING | {R.PHYSICIAN, R.SEARCH_OFFICER},
    "give-notice": _DESK,
    "assign-supporter": _DESK,
    # search and property
    "begin-search": _SEARCH,
    "record-finding": _SEARCH,
    "record-injury": _SEARCH | {R.PHYSICIAN, R.GUARD},
    "end-search": _SEARCH,
    "list-item": _PROPERTY,
    "count-cash": _PROPERTY,
    "seize-item": _PROPERTY | {R.CASE_OFFICER},
    "fill-bag": _PROPERTY,
    "seal-bag": _PROPERTY,
    "weigh-bag": _PROPERTY,
    "open-cell": _PROPERTY,
    "store-bag": _PROPERTY,
    "take-bag": _PROPERTY,
    "capture-information": _SEARCH | {R.CASE_OFFICER},
    "test-substance": _SEARCH | {R.PHYSICIAN, R.CASE_OFFICER},
    # holding
    "place-in-room": _HOLDING,
    "move": AT_WORK,
    "plan-observation": _HOLDING | {R.PHYSICIAN},
    "check-person": _HOLDING,
    "offer-care": AT_WORK,
    "apply-restraint": AT_WORK,
    "review-restraint": AT_WORK,
    "remove-restraint": AT_WORK,
    "call-doctor": AT_WORK,
    "order-medical": frozenset({R.PHYSICIAN}),
    "acknowledge-medical-order": _HOLDING | _INTERVIEW,
    "begin-temporary-exit": _DESK | {R.ESCORT},
    "end-temporary-exit": _DESK | {R.ESCORT, R.GUARD},
    "hand-over-guard": _HOLDING,
    # interview
    "reserve-room": _INTERVIEW | _DESK,
    "preflight": _INTERVIEW,
    "open-interview": _INTERVIEW,
    "break-interview": _INTERVIEW,
    "resume-interview": _INTERVIEW,
    "mark-interview": _INTERVIEW,
    "show-evidence": _INTERVIEW,
    "end-interview": _INTERVIEW,
    "sign-paper": AT_WORK,
    # release
    "propose-outcome": frozenset({R.CASE_OFFICER, R.DUTY_LEADER}),
    "approve-outcome": _LEADERS,
    "reidentify": _RELEASE | {R.GUARD},
    "count-property-blind": frozenset({R.CUSTODIAN, R.DUTY_LEADER}),
    "explain-weight": frozenset({R.CUSTODIAN, R.DUTY_LEADER}),
    "settle-item": frozenset({R.CUSTODIAN, R.CASE_OFFICER, R.DUTY_LEADER}),
    "compare-injuries": _SEARCH | {R.PHYSICIAN, R.GUARD, R.CASE_OFFICER},
    "examine-fitness": frozenset({R.PHYSICIAN}),
    "arrange-pick-up": _RELEASE,
    "depart": _RELEASE,
    # any time
    "correct-entry": AT_WORK,
    "attach-paper": AT_WORK,
    "fill-sheet": AT_WORK,
    "acknowledge-warning": AT_WORK | OVERSIGHT,
    "close-warning": AT_WORK | OVERSIGHT,
    "close-duty": AT_WORK | OVERSIGHT,
    "access-media": AT_WORK | OVERSIGHT,
    "archive-stay": _LEADERS,
}
"""Action → roles that may request it."""

READS: Mapping[str, frozenset[Role]] = {
    "read-board": AT_WORK | OVERSIGHT,
    "read-stay": AT_WORK | OVERSIGHT,
    "read-timeline": AT_WORK | OVERSIGHT | {R.AUDITOR},
    "read-lockers": AT_WORK | OVERSIGHT,
    "read-cameras": AT_WORK | OVERSIGHT,
    "read-media": AT_WORK | OVERSIGHT,
    "read-devices": AT_WORK | OVERSIGHT | {R.TECHNICIAN, R.ADMINISTRATOR},
    "read-trace": frozenset({R.TECHNICIAN, R.ADMINISTRATOR, R.DUTY_LEADER}),
    "use-bench": frozenset({R.TECHNICIAN, R.ADMINISTRATOR, R.DUTY_LEADER}),
    "read-centre": frozenset(Role),
    "read-access-log": frozenset({R.AUDITOR, R.SECURITY_OFFICER, R.LEGAL_OFFICER}),
    "print-paper": AT_WORK | OVERSIGHT,
    "view-paper": AT_WORK | OVERSIGHT,
    "export-log": _LEADERS,
}
"""What may be looked at, by whom; the bench sends to devices and records nothing."""


MACHINE_ONLY = frozenset(
    {
        "report-cell-door",
        "report-cell-opened",
        "report-clock-step",
        "report-device-health",
        "report-recording-started",
        "report-recording-sealed",
        "record-print",
    }
)
"""What only a device or the program itself can tell; nobody may say it in their place."""


def may(action: str, roles: frozenset[Role], *, report: bool) -> bool:
    """Whether a holder of `roles` may ask for, report or read `action`; an unknown action is nobody's."""
    if action in READS:
        return bool(READS[action] & roles)
    command = ACTIONS.get(action)
    if command is None:
        return False
    if action in MACHINE_ONLY:
        return False
    if report:
        return Family.REPORT in command.family and bool(AT_WORK & roles)
    return Family.REQUEST in command.family and bool(REQUESTS.get(action, frozenset()) & roles)
