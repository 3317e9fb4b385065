"""Conditions of admission: the state of the stay, who asks, arrival, identity, measure, tiers."""

from __future__ import annotations

from datetime import timedelta

from workstation.custody.acceptance import accepts
from workstation.custody.asked import (
    MET,
    NOT_APPLICABLE,
    Asked,
    Finding,
    any_of,
    met_if,
    unknown,
    unmet,
)
from workstation.custody.circumstances import ClockRun, ClockState, MeasureRule, TierRule
from workstation.custody.commands import BeginStay, ExtendTier, Identify, SetMeasure
from workstation.custody.values import Answer


def state_accepts(asked: Asked) -> Finding:
    """GA1: the stay is in a state that accepts it, and this version understands the whole of it."""
    if not asked.stay.presence.begun:
        return NOT_APPLICABLE
    if asked.stay.unknown_kinds and not asked.report:
        return unmet(status="unknown-kinds")
    status = asked.stay.status
    return met_if(accepts(asked.action, status), status=status.value)


def actor_may(asked: Asked) -> Finding:
    """GA2: role and duty of the person who asks; not recused. Only requests."""
    if asked.report:
        return NOT_APPLICABLE
    around = asked.circumstances
    if asked.stay.stay in around.recused:
        return unmet(why="recused")
    roles = around.asks.get(asked.action) if around.asks is not None else None
    if roles is not None and not (around.actor.roles & roles):
        return unmet(why="role")
    if around.on_duty is not None and around.actor.id not in around.on_duty:
        return unmet(why="off-duty")
    return MET


def arrival_plausible(asked: Asked) -> Finding:
    """GI1: arrival and entry not in the future, in order, and not older than the bound without a reason."""
    begun = asked.told(BeginStay)
    if begun is None:
        return NOT_APPLICABLE
    if begun.arrived_at > asked.at or begun.entered_at > asked.at:
        return unmet(strict=True, why="future")
    if begun.entered_at < begun.arrived_at:
        return unmet(strict=True, why="order")
    bound = timedelta(minutes=asked.circumstances.pack.threshold("arrival-bound-min"))
    if asked.at - begun.arrived_at > bound and not begun.reason.strip():
        return unmet(why="old")
    return MET


def only_stay(asked: Asked) -> Finding:
    """GI2: no other open stay of the same person; a similar name needs a word that it is somebody else."""
    begun = asked.told(BeginStay)
    told = begun.identity if begun is not None else asked.told(Identify)
    if told is None:
        return NOT_APPLICABLE
    own = begun.stay if begun is not None else asked.stay.stay
    if told.id_number:
        for other in asked.house.by_id_number.get(told.id_number, ()):
            if other.stay != own:
                return unmet(why="same-number", number=other.number)
    if told.name and not told.confirmed_other:
        for other in asked.house.open_stays:
            if other.stay != own and other.identity and _similar(other.identity.name, told.name):
                return unmet(why="similar-name", number=other.number)
    return MET


def _similar(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _measure_rule(asked: Asked) -> tuple[SetMeasure | None, MeasureRule | None]:
    told = asked.told(SetMeasure)
    return told, asked.circumstances.pack.measure(told.measure, asked.at) if told else None


def unit_may(asked: Asked) -> Finding:
    """GI3a: the unit and the kind of case may use the measure."""
    told, rule = _measure_rule(asked)
    if told is None:
        return NOT_APPLICABLE
    if rule is None:
        return unmet(why="not-in-force", measure=told.measure.value)
    kind = asked.stay.presence.unit_kind
    if kind is None:
        return unknown(why="unit", measure=told.measure.value)
    if kind not in rule.units:
        return unmet(why="unit", measure=told.measure.value)
    case = asked.stay.case
    return met_if(case is None or case.case_kind in rule.cases, why="case", measure=told.measure.value)


def person_may(asked: Asked) -> Finding:
    """GI3b: nothing about the person excludes the measure."""
    told, rule = _measure_rule(asked)
    if told is None or rule is None:
        return NOT_APPLICABLE
    answer, fact = any_of(asked, rule.barred)
    if answer is Answer.UNKNOWN:
        return unknown(fact=fact, measure=told.measure.value)
    return met_if(answer is Answer.NO, fact=fact, measure=told.measure.value)


def paper_or_oral(asked: Asked) -> Finding:
    """GI3c: the paper's number, or the ground of an oral measure where the law knows one."""
    told, rule = _measure_rule(asked)
    if told is None or rule is None:
        return NOT_APPLICABLE
    if told.oral:
        return met_if(rule.oral and bool(told.ground.strip()), measure=told.measure.value)
    return met_if(not rule.paper or bool(told.paper.strip()), measure=told.measure.value)


def approver_may(asked: Asked) -> Finding:
    """GI3d: the approver's rank is enough; an oral measure needs none."""
    told, rule = _measure_rule(asked)
    if told is None or rule is None or rule.rank is None or told.oral:
        return NOT_APPLICABLE
    enough = told.approver_rank >= rule.rank and bool(told.approver.strip())
    return met_if(enough, needed=rule.rank.name.lower().replace("_", "-"))


def liberty_clock(asked: Asked) -> ClockState | None:
    """The newest clock of liberty of the measure in force."""
    clocks = asked.circumstances.clocks.get(asked.stay.stay, ())
    return next((one for one in reversed(clocks) if one.liberty), None)


def _tier_rule(asked: Asked) -> tuple[ExtendTier | None, TierRule | None]:
    told = asked.told(ExtendTier)
    measure = asked.stay.measure
    if told is None or measure is None:
        return told, None
    rule = asked.circumstances.pack.measure(measure.measure, asked.at)
    tiers = rule.tiers if rule else ()
    return told, next((one for one in tiers if one.tier == told.tier), None)


def tier_ground(asked: Asked) -> Finding:
    """GI4a: the tier exists for this measure and kind of case, and one of its grounds is given in full."""
    told, rule = _tier_rule(asked)
    if told is None:
        return NOT_APPLICABLE
    if rule is None:
        return unmet(why="no-such-tier", tier=told.tier)
    case = asked.stay.case
    if case is not None and case.case_kind not in rule.cases:
        return unmet(why="case", tier=told.tier)
    given = grounds_of(told.ground)
    enough = not rule.grounds or any(needed <= given for needed in rule.grounds)
    return met_if(enough, why="ground", tier=told.tier)


def grounds_of(text: str) -> frozenset[str]:
    """The ground codes of a tier, joined by `+`."""
    return frozenset(code for code in (part.strip() for part in text.split("+")) if code)


def tier_rank(asked: Asked) -> Finding:
    """GI4b: the approver's rank is enough for the tier."""
    told, rule = _tier_rule(asked)
    if told is None or rule is None:
        return NOT_APPLICABLE
    enough = bool(told.approver.strip()) and (rule.rank is None or told.approver_rank >= rule.rank)
    needed = rule.rank.name.lower().replace("_", "-") if rule.rank is not None else "officer"
    return met_if(enough, needed=needed, tier=told.tier)


def tier_in_order(asked: Asked) -> Finding:
    """GI4c: no forbidden jump, and approved before the limit in force has run out."""
    told, rule = _tier_rule(asked)
    if told is None or rule is None:
        return NOT_APPLICABLE
    clock = liberty_clock(asked)
    if clock is None or clock.state is ClockRun.UNKNOWN:
        return unknown(why="clock", tier=told.tier)
    if clock.state in (ClockRun.EXPIRED, ClockRun.STOPPED):
        return unmet(why="expired", tier=told.tier)
    if clock.expires_at is not None and asked.at >= clock.expires_at:
        return unmet(why="expired", tier=told.tier)
    if clock.limit_ms is not None and rule.hours * 3_600_000 <= clock.limit_ms:
        return unmet(why="not-longer", tier=told.tier)
    reached = rule.after in ("", clock.tier) or any(one.tier == rule.after for one in asked.stay.ground.tiers)
    return met_if(reached, why="jump", tier=told.tier)
