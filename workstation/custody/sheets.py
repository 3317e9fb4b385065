"""Lines of the official forms that no rule reads: which sheet has which, and what each was last filled with.

The lines follow the register of the use of the area (公通字〔2010〕) and the records of search, capture, examination and
interview; a rule that came to need one of them would make it a fact of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from workstation.custody.values import Sheet, SheetLine

LINES: Mapping[Sheet, tuple[str, ...]] = {
    Sheet.ARRIVAL: ("found-at", "purpose", "present-address", "local"),
    Sheet.LOOKUP: ("wanted", "past", "drugs", "result"),
    Sheet.PERSON: (
        "alias", "job", "education", "marital", "political", "deputy", "height", "weight", "shoe", "blood",
        "accent", "build", "face", "feature",
    ),
    Sheet.NOTICE: ("content",),
    Sheet.EFFECTS: ("measure", "handling", "case-property"),
    Sheet.CAPTURE: ("stored", "match"),
    Sheet.INTERVIEW: (
        "recorder", "answer-identity", "answer-rights", "answer-recusal", "answer-past", "answer-health",
        "answer-rest",
    ),
    Sheet.MEAL: ("kind",),
    Sheet.BODY: ("condition", "alcohol", "surface"),
    Sheet.EXAMINATION: ("temperature", "pressure", "pulse", "breath", "result"),
    Sheet.DEPARTURE: ("condition", "not-returned"),
}  # fmt: skip
"""Sheet → its lines, in the order of the form."""

OF_HEALTH = frozenset({Sheet.MEAL, Sheet.BODY, Sheet.EXAMINATION, Sheet.DEPARTURE})
"""Sheets whose lines stand in the health section of the record."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """One filling of some lines of a sheet."""

    sheet: Sheet
    lines: tuple[SheetLine, ...]
    at: datetime
    entry: str

    def line(self, code: str) -> str:
        """What was filled in, or an empty string."""
        return next((one.value for one in self.lines if one.code == code), "")
