"""The legal ground of a stay: case, measure, tiers, outcome, fitness, re-identification, pick-up."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import (
    INTO_CUSTODY,
    Answer,
    CaseKind,
    IdentityCheck,
    Measure,
    Outcome,
    Signature,
)
from workstation.roles import Rank

replace = msgspec.structs.replace


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The case and its officers."""

    case_number: str
    case_kind: CaseKind
    cause: str
    officers: tuple[str, ...]
    accepted: bool
    at: datetime


class MeasureHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A measure from `at` until the next one or the end of the stay."""

    measure: Measure
    paper: str
    oral: bool
    ground: str
    approver: str
    approver_rank: Rank
    at: datetime
    entry: str


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """One extension, approved at `at`. `breach`: it was reported although the law did not allow it."""

    measure: Measure
    tier: str
    ground: str
    approver: str
    approver_rank: Rank
    paper: str
    at: datetime
    breach: bool
    entry: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed outcome; `approver` is empty until it is approved."""

    outcome: Outcome
    paper: str
    basis: str
    proposed_at: datetime
    approver: str = ""
    approver_rank: Rank | None = None
    approved_at: datetime | None = None

    @property
    def approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_release(self) -> bool:
        """Approved, and not into other custody: from now on nothing may hold the person."""
        return self.approved and self.outcome not in INTO_CUSTODY


class Reidentified(msgspec.Struct, frozen=True, kw_only=True):
    """Identity compared again before departure."""

    band: IdentityCheck
    photo: IdentityCheck
    question: IdentityCheck
    statement: str
    at: datetime


class Fitness(msgspec.Struct, frozen=True, kw_only=True):
    """Examination of fitness to be detained."""

    fit: Answer
    report: str
    at: datetime


class PickUp(msgspec.Struct, frozen=True, kw_only=True):
    """Who fetches a protected person, as signed."""

    by: str
    relation: str
    signatures: tuple[Signature, ...]
    at: datetime


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """The case went to another unit."""

    unit: str
    paper: str
    reason: str
    at: datetime
    entry: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Case, measures, tiers and the way to the outcome."""

    case: Case | None = None
    measures: tuple[MeasureHeld, ...] = ()
    tiers: tuple[Tier, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    decided: Decided | None = None
    reidentified: Reidentified | None = None
    fitness: Fitness | None = None
    pick_up: PickUp | None = None

    @property
    def measure(self) -> MeasureHeld | None:
        return self.measures[-1] if self.measures else None


EVENTS = (
    e.CaseLinked,
    e.MeasureSet,
    e.TierExtended,
    e.JurisdictionTransferred,
    e.OutcomeProposed,
    e.OutcomeApproved,
    e.PersonReidentified,
    e.FitnessExamined,
    e.PickUpArranged,
)


def step(known: Ground, recorded: Recorded) -> Ground:
    """The ground after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.CaseLinked() as event:
            case = Case(
                case_number=event.case_number,
                case_kind=event.case_kind,
                cause=event.cause,
                officers=event.officers,
                accepted=event.accepted,
                at=at,
            )
            return replace(known, case=case)
        case e.MeasureSet() as event:
            held = MeasureHeld(
                measure=event.measure,
                paper=event.paper,
                oral=event.oral,
                ground=event.ground,
                approver=event.approver,
                approver_rank=event.approver_rank,
                at=at,
                entry=recorded.entry,
            )
            return replace(known, measures=(*known.measures, held))
        case e.TierExtended() as event:
            tier = Tier(
                measure=event.measure,
                tier=event.tier,
                ground=event.ground,
                approver=event.approver,
                approver_rank=event.approver_rank,
                paper=event.paper,
                at=at,
                breach=recorded.breach,
                entry=recorded.entry,
            )
            return replace(known, tiers=(*known.tiers, tier))
        case e.JurisdictionTransferred() as event:
            transfer = Transfer(
                unit=event.unit, paper=event.paper, reason=event.reason, at=at, entry=recorded.entry
            )
            return replace(known, transfers=(*known.transfers, transfer))
        case e.OutcomeProposed() as event:
            decided = Decided(outcome=event.outcome, paper=event.paper, basis=event.basis, proposed_at=at)
            return replace(known, decided=decided)
        case e.OutcomeApproved() as event:
            before = known.decided
            if before is None or before.outcome is not event.outcome:
                before = Decided(outcome=event.outcome, paper="", basis="", proposed_at=at)
            approved = replace(
                before,
                approver=event.approver,
                approver_rank=event.approver_rank,
                approved_at=at,
            )
            return replace(known, decided=approved)
        case e.PersonReidentified() as event:
            seen = Reidentified(
                band=event.band,
                photo=event.photo,
                question=event.question,
                statement=event.statement,
                at=at,
            )
            return replace(known, reidentified=seen)
        case e.FitnessExamined() as event:
            return replace(known, fitness=Fitness(fit=event.fit, report=event.report, at=at))
        case e.PickUpArranged() as event:
            pick_up = PickUp(by=event.by, relation=event.relation, signatures=event.signatures, at=at)
            return replace(known, pick_up=pick_up)
        case _:
            return known
