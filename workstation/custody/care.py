"""Care of a person held: health screen, observation, checks, meals and rest, restraint, doctor's orders."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    CheckMethod,
    Observation,
    Question,
    RestraintKind,
    RestraintReason,
)

replace = msgspec.structs.replace


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """One health and risk screen."""

    questions: tuple[Question, ...]
    seen: str
    by_physician: bool
    at: datetime


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How closely the person is watched; `interval_min` minutes between checks."""

    level: Observation
    interval_min: int
    reason: str
    at: datetime


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """`response`: 0 none, 1 to pain, 2 to voice, 3 alert."""

    method: CheckMethod
    response: int
    band_tapped: bool
    seen: str
    actor: str
    at: datetime
    anomaly: Answer = Answer.UNKNOWN


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One offer of care, accepted or refused."""

    care: Care
    outcome: CareOutcome
    detail: str
    at: datetime


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One review of a restraint."""

    still_needed: bool
    next_review_at: datetime | None
    seen: str
    at: datetime


class Restraint(msgspec.Struct, frozen=True, kw_only=True):
    """One restraint; `until` is None while it is on."""

    restraint: RestraintKind
    reason: RestraintReason
    review_at: datetime | None
    watcher: str
    since: datetime
    until: datetime | None = None
    reviews: tuple[Review, ...] = ()
    seen: str = ""
    which: str = ""


class MedicalOrder(msgspec.Struct, frozen=True, kw_only=True):
    """A doctor's order; what it blocks stays blocked until another order says otherwise."""

    order: str
    text: str
    blocks_interview: bool
    blocks_custody: bool
    due_at: datetime | None
    at: datetime
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """An illness, a call for a doctor, a complaint or a use of force."""

    kind: str
    what: str
    people: tuple[str, ...]
    at: datetime
    entry: str


class CareKnown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of the care of one stay."""

    screens: tuple[Screen, ...] = ()
    plan: Plan | None = None
    checks: tuple[Check, ...] = ()
    given: tuple[Given, ...] = ()
    restraints: tuple[Restraint, ...] = ()
    orders: tuple[MedicalOrder, ...] = ()
    reported: tuple[Reported, ...] = ()

    @property
    def screen(self) -> Screen | None:
        return self.screens[-1] if self.screens else None

    @property
    def restraint(self) -> Restraint | None:
        """The newest restraint that is on, or None."""
        return next((one for one in reversed(self.restraints) if one.until is None), None)

    def last_check(self) -> Check | None:
        return self.checks[-1] if self.checks else None

    def last(self, care: Care, outcome: CareOutcome | None = None) -> Given | None:
        """The newest offer of `care`, of any outcome unless one is named."""
        return next(
            (
                one
                for one in reversed(self.given)
                if one.care is care and (outcome is None or one.outcome is outcome)
            ),
            None,
        )


EVENTS = (
    e.HealthScreened,
    e.ObservationPlanned,
    e.PersonChecked,
    e.CareOffered,
    e.RestraintApplied,
    e.RestraintReviewed,
    e.RestraintRemoved,
    e.MedicalOrdered,
    e.MedicalOrderAcknowledged,
    e.IllnessReported,
    e.DoctorCalled,
    e.ComplaintMade,
    e.ForceUsed,
)


def step(known: CareKnown, recorded: Recorded) -> CareKnown:
    """Care after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.HealthScreened() as event:
            screen = Screen(
                questions=event.questions, seen=event.seen, by_physician=event.by_physician, at=at
            )
            return replace(known, screens=(*known.screens, screen))
        case e.ObservationPlanned() as event:
            plan = Plan(level=event.level, interval_min=event.interval_min, reason=event.reason, at=at)
            return replace(known, plan=plan)
        case e.PersonChecked() as event:
            check = Check(
                method=event.method,
                response=event.response,
                band_tapped=event.band_tapped,
                seen=event.seen,
                actor=recorded.actor,
                at=at,
                anomaly=event.anomaly,
            )
            return replace(known, checks=(*known.checks, check))
        case e.CareOffered() as event:
            given = Given(care=event.care, outcome=event.outcome, detail=event.detail, at=at)
            return replace(known, given=(*known.given, given))
        case e.RestraintApplied() as event:
            on = Restraint(
                restraint=event.restraint,
                reason=event.reason,
                review_at=event.review_at,
                watcher=event.watcher,
                since=at,
                which=event.which,
            )
            return replace(known, restraints=(*known.restraints, on))
        case e.RestraintReviewed() as event:
            review = Review(
                still_needed=event.still_needed,
                next_review_at=event.next_review_at,
                seen=event.seen,
                at=at,
            )
            return replace(known, restraints=_reviewed(known.restraints, review, event.which))
        case e.RestraintRemoved() as event:
            return replace(
                known,
                restraints=tuple(
                    replace(one, until=at, seen=event.seen) if _on(one, event.which) else one
                    for one in known.restraints
                ),
            )
        case e.MedicalOrdered() as event:
            order = MedicalOrder(
                order=event.order,
                text=event.text,
                blocks_interview=event.blocks_interview,
                blocks_custody=event.blocks_custody,
                due_at=event.due_at,
                at=at,
            )
            return replace(known, orders=(*known.orders, order))
        case e.MedicalOrderAcknowledged() as event:
            return replace(
                known,
                orders=tuple(
                    replace(one, acknowledged_by=recorded.actor, acknowledged_at=at)
                    if one.order == event.order
                    else one
                    for one in known.orders
                ),
            )
        case e.IllnessReported() as event:
            return _reported(known, "injury" if event.injury else "illness", event.what, (), recorded)
        case e.DoctorCalled() as event:
            return _reported(known, "doctor", event.why, (event.who,), recorded)
        case e.ComplaintMade() as event:
            return _reported(known, "complaint", event.about, (), recorded)
        case e.ForceUsed() as event:
            return _reported(known, "force", event.what, event.officers, recorded)
        case _:
            return known


def _on(one: Restraint, which: str) -> bool:
    return one.until is None and (not which or one.which == which)


def _reviewed(restraints: tuple[Restraint, ...], review: Review, which: str) -> tuple[Restraint, ...]:
    return tuple(
        replace(one, reviews=(*one.reviews, review), review_at=review.next_review_at)
        if _on(one, which)
        else one
        for one in restraints
    )


def _reported(
    known: CareKnown, kind: str, what: str, people: tuple[str, ...], recorded: Recorded
) -> CareKnown:
    one = Reported(kind=kind, what=what, people=people, at=recorded.happened_at, entry=recorded.entry)
    return replace(known, reported=(*known.reported, one))
