"""Conditions of departure: outcome, identity, property, what is still open, protected persons, custody."""

from __future__ import annotations

from workstation.custody.asked import (
    BY_HAND,
    MET,
    NOT_APPLICABLE,
    Asked,
    Finding,
    met_if,
    protected,
    unknown,
    unmet,
)
from workstation.custody.commands import AccessMedia, Depart
from workstation.custody.holding_rules import exempt
from workstation.custody.values import INTO_CUSTODY, Answer, IdentityCheck, MediaAccess, Outcome
from workstation.roles import Sex


def outcome_of(asked: Asked) -> Outcome | None:
    """Where the person goes: as told, else as decided."""
    told = asked.told(Depart)
    if told is not None:
        return told.outcome
    return asked.stay.outcome.outcome if asked.stay.outcome else None


def outcome_approved(asked: Asked) -> Finding:
    """GR1: the outcome is decided and approved, is the one asked for, and has its paper."""
    if not asked.stay.is_suspect:
        return NOT_APPLICABLE
    decided = asked.stay.outcome
    if decided is None or not decided.approved:
        return unmet(why="approval")
    told = asked.told(Depart)
    if told is not None and told.outcome is not decided.outcome:
        return unmet(why="other-outcome")
    return met_if(bool(decided.paper.strip() or (told is not None and told.paper.strip())), why="paper")


def identity_confirmed(asked: Asked) -> Finding:
    """GR2: two of band, photo and question match and none differs; no hold in another case."""
    if not asked.stay.is_suspect:
        return NOT_APPLICABLE
    if asked.stay.stay in asked.circumstances.holds:
        return unmet(why="hold")
    seen = asked.stay.ground.reidentified
    if seen is None:
        return unmet(why="not-compared")
    checks = (seen.band, seen.photo, seen.question)
    if IdentityCheck.DIFFERS in checks:
        return unmet(why="differs")
    if checks.count(IdentityCheck.MATCHES) < 2:
        return unmet(why="two")
    complete = IdentityCheck.NOT_POSSIBLE not in checks or bool(seen.statement.strip())
    return met_if(complete, why="statement")


def counted_blind(asked: Asked) -> Finding:
    """GR3a: what is there was counted and typed before the list was shown."""
    if not asked.stay.effects.items:
        return NOT_APPLICABLE
    return met_if(asked.stay.effects.count is not None)


def items_settled(asked: Asked) -> Finding:
    """GR3b: every item is returned, transferred, seized, retained with basis, or declared missing."""
    if not asked.stay.effects.items:
        return NOT_APPLICABLE
    left = asked.stay.effects.unsettled
    return met_if(not left, count=len(left), item=left[0].name if left else "")


def weight_explained(asked: Asked) -> Finding:
    """GR3c: the weight agrees within tolerance, or the difference is explained."""
    effects = asked.stay.effects
    if not effects.bags or any(bag.grams is None for bag in effects.bags):
        return NOT_APPLICABLE
    if effects.weight_explained.strip():
        return MET
    count = effects.count
    if count is None or count.grams is None:
        return unknown(why="not-weighed")
    stored = sum(bag.grams or 0 for bag in effects.bags)
    tolerance = asked.circumstances.pack.threshold("weight-tolerance-grams")
    return met_if(abs(stored - count.grams) <= tolerance, why="difference", grams=count.grams - stored)


def lockers_empty(asked: Asked) -> Finding:
    """GR3d: no bag of this stay lies in a locker, unless its cell is out of order (by hand)."""
    stored = asked.stay.effects.stored
    if not asked.stay.effects.bags:
        return NOT_APPLICABLE
    for bag in stored:
        cell = asked.house.centre.cells.get(bag.cell)
        if cell is None or cell.in_service:
            return unmet(bag=bag.bag, cell=bag.cell)
    return BY_HAND if stored else MET


def interview_ended(asked: Asked) -> Finding:
    """GR4a: no interview is open."""
    return met_if(asked.stay.interviews.open is None)


def recording_ended(asked: Asked) -> Finding:
    """GR4b: no recording of an interview of this stay goes on."""
    talk = asked.stay.interviews.open
    return met_if(talk is None or talk.recording is Answer.NO)


def restraint_off(asked: Asked) -> Finding:
    """GR4c: no restraint is on."""
    on = asked.stay.care.restraint
    return met_if(on is None, restraint=on.restraint.value if on else "")


def exit_and_orders_closed(asked: Asked) -> Finding:
    """GR4d: no temporary exit is open, and every medical order is acknowledged."""
    if asked.stay.presence.exit_open is not None:
        return unmet(why="exit")
    waiting = [one for one in asked.stay.care.orders if one.acknowledged_at is None]
    return met_if(not waiting, why="order")


def fetched_at_night(asked: Asked) -> Finding:
    """GR5: at night a protected person is fetched or escorted home, and it is signed."""
    if not asked.stay.is_suspect or not asked.within("night-from-min", "night-to-min"):
        return NOT_APPLICABLE
    told = asked.told(Depart)
    if told is not None and told.outcome in INTO_CUSTODY and told.escorts:
        return NOT_APPLICABLE
    answer, fact = protected(asked)
    if answer is Answer.NO:
        return NOT_APPLICABLE
    if asked.stay.ground.pick_up is not None and asked.stay.ground.pick_up.signatures:
        return MET
    return unmet(why=fact) if answer is Answer.YES else unknown(why=fact)


def fit_for_custody(asked: Asked) -> Finding:
    """GR6a: fit to be detained."""
    if outcome_of(asked) not in INTO_CUSTODY:
        return NOT_APPLICABLE
    fitness = asked.stay.ground.fitness
    if fitness is None or fitness.fit is Answer.UNKNOWN:
        return unknown(why="not-examined")
    return met_if(fitness.fit is Answer.YES, why="unfit")


def examined(asked: Asked) -> Finding:
    """GR6b: the examination is there, and no order of a doctor forbids custody."""
    if outcome_of(asked) not in INTO_CUSTODY:
        return NOT_APPLICABLE
    if asked.stay.ground.fitness is None:
        return unmet(why="not-examined")
    orders = asked.stay.care.orders
    return met_if(not (orders and orders[-1].blocks_custody), why="order")


def not_exempt(asked: Asked) -> Finding:
    """GR6c: the law does not exempt the person; for the pregnant and nursing nobody may override."""
    outcome = outcome_of(asked)
    if outcome is None or outcome not in INTO_CUSTODY:
        return NOT_APPLICABLE
    answer, fact = exempt(asked, outcome.value)
    if answer is Answer.NO:
        return MET
    strict = fact in ("pregnant", "nursing")
    if answer is Answer.YES:
        return unmet(strict=strict, fact=fact)
    return unknown(strict=strict and asked.stay.person.sex is not Sex.MALE, fact=fact)


def media_purpose(asked: Asked) -> Finding:
    """GP1: a purpose; a second person for unmasking and export."""
    told = asked.told(AccessMedia)
    if told is None:
        return NOT_APPLICABLE
    if not told.purpose.strip():
        return unmet(why="purpose")
    alone = told.access is not MediaAccess.VIEW and told.second in ("", asked.circumstances.actor.id)
    return met_if(not alone, why="second")
