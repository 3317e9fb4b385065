"""Which state of a stay accepts which action."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.custody.commands import ACTIONS
from workstation.custody.commands import Command as StayCommand
from workstation.custody.presence import Status

STAY_ACTIONS = frozenset(name for name, kind in ACTIONS.items() if issubclass(kind, StayCommand))
"""Every action about a stay."""

_ALWAYS = frozenset(
    {
        "correct-entry",
        "add-note",
        "attach-paper",
        "record-print",
        "report-recording-sealed",
        "access-media",
        "acknowledge-warning",
        "close-warning",
        "close-duty",
    }
)
_AFTERWARDS = _ALWAYS | {
    "sign-paper",
    "settle-item",
    "open-cell",
    "report-cell-opened",
    "take-bag",
    "count-property-blind",
    "explain-weight",
    "give-notice",
    "record-complaint",
    "report-death",
    "archive-stay",
}
_OUTSIDE = _AFTERWARDS - {"archive-stay"} | {
    "identify",
    "note-person-fact",
    "link-case",
    "set-measure",
    "extend-tier",
    "assign-supporter",
    "check-person",
    "offer-care",
    "apply-restraint",
    "review-restraint",
    "remove-restraint",
    "report-illness",
    "report-force",
    "report-incident",
    "report-escape",
    "leave-for-medical-emergency",
    "release-on-expiry",
    "call-doctor",
    "order-medical",
    "acknowledge-medical-order",
    "hand-over-guard",
    "end-temporary-exit",
    "plan-observation",
    "propose-outcome",
    "approve-outcome",
    "reidentify",
    "compare-injuries",
    "examine-fitness",
    "arrange-pick-up",
    "depart",
}
_ESCAPED = _AFTERWARDS - {"archive-stay"} | {
    "report-return-after-escape",
    "report-incident",
    "link-case",
    "note-person-fact",
    "identify",
    "propose-outcome",
    "approve-outcome",
    "depart",
}
_INSIDE = STAY_ACTIONS - {
    "begin-stay",
    "end-temporary-exit",
    "report-return-after-escape",
    "archive-stay",
}

ACCEPTED: Mapping[Status, frozenset[str]] = {
    Status.OPEN: _INSIDE,
    Status.OUT: _OUTSIDE,
    Status.ESCAPED: _ESCAPED,
    Status.DEPARTED: _AFTERWARDS,
    Status.DIED: _AFTERWARDS,
    Status.ARCHIVED: _ALWAYS,
}
"""Actions that each state accepts as requests. Reports are accepted in every state but archived."""


def accepts(action: str, status: Status) -> bool:
    """Whether a stay in this state accepts the action."""
    return action in ACCEPTED[status]
