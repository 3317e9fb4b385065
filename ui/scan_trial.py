"""A scan that was made for trying a scanner: the marks that it sends first, and the code after them."""

from __future__ import annotations

from dataclasses import dataclass

from ui.prefs import LONGEST_PREFIX, MARKS
from ui.scan import ScanKind, classify


@dataclass(frozen=True)
class Trial:
    """The marks before the code, what kind of code it is, and the code."""

    prefix: str
    kind: ScanKind
    text: str


def trial_of(scanned: str, known: str = "") -> Trial:
    """Part a scan into marks and code. `known`: a prefix that was taken off already."""
    bare = scanned.lstrip("".join(MARKS))
    marks = scanned[: len(scanned) - len(bare)]
    kind, text = classify(bare)
    if kind is ScanKind.UNKNOWN and (whole := classify(scanned))[0] is not ScanKind.UNKNOWN:
        return Trial(known, *whole)
    return Trial(known or marks[:LONGEST_PREFIX], kind, text)
