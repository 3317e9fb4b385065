"""One stay as the screens read it: its facts by subject, without the entries they came from."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody.care import CareKnown
from workstation.custody.effects import Property
from workstation.custody.ground import Ground
from workstation.custody.interview import Interviews
from workstation.custody.papers import Papers
from workstation.custody.person import Person
from workstation.custody.presence import Presence
from workstation.custody.remarks import Remarks
from workstation.custody.search import Searches
from workstation.custody.stay import Stay
from workstation.custody.values import Capacity


class CorrectionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """Which entry was corrected by which, why and when."""

    corrects: str
    entry: str
    reason: str
    actor: str
    at: datetime


class StayFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The fold of one stay for a screen. `position`: seq of its newest entry."""

    stay: str
    position: int
    presence: Presence
    person: Person
    ground: Ground
    searches: Searches
    effects: Property
    care: CareKnown
    interviews: Interviews
    papers: Papers
    remarks: Remarks
    corrections: tuple[CorrectionSeen, ...] = ()
    unknown_kinds: tuple[str, ...] = ()
    erased: int = 0

    @property
    def number(self) -> str:
        """The number on the board."""
        return self.presence.number

    @property
    def name(self) -> str:
        """The name as established, or an empty string."""
        return self.person.identity.name if self.person.identity else ""

    @property
    def is_suspect(self) -> bool:
        """Whether search, holding and clocks apply."""
        return self.presence.capacity is Capacity.SUSPECT


def facts_of(stay: Stay) -> StayFacts:
    """The facts of a folded stay."""
    return StayFacts(
        stay=stay.stay,
        position=stay.seq,
        presence=stay.presence,
        person=stay.person,
        ground=stay.ground,
        searches=stay.searches,
        effects=stay.effects,
        care=stay.care,
        interviews=stay.interviews,
        papers=stay.papers,
        remarks=stay.remarks,
        corrections=tuple(
            CorrectionSeen(
                corrects=one.corrects, entry=one.entry, reason=one.reason, actor=one.actor, at=one.at
            )
            for one in stay.corrections
        ),
        unknown_kinds=tuple(sorted(stay.unknown_kinds)),
        erased=stay.erased,
    )
