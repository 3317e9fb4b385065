"""Conditions of search and property: officers, findings, bags, cash, capture, tests, seizure."""

from __future__ import annotations

from workstation.custody.asked import (
    BY_HAND,
    MET,
    NOT_APPLICABLE,
    Asked,
    Finding,
    by_source,
    met_if,
    unknown,
    unmet,
)
from workstation.custody.commands import (
    BeginSearch,
    CaptureInformation,
    CountCash,
    EndSearch,
    SeizeItem,
    StoreBag,
    TestSubstance,
)
from workstation.custody.effects import Bag, Item
from workstation.custody.values import How, Paper, Signature, SignState
from workstation.roles import Role, Sex


def signed_by(signatures: tuple[Signature, ...], parts: frozenset[str]) -> str:
    """The first part that neither signed nor had its refusal noted; empty when all did."""
    done = {one.part for one in signatures if one.state is SignState.SIGNED or bool(one.noted_by.strip())}
    return next((part for part in sorted(parts) if part not in done), "")


def two_officers_for_search(asked: Asked) -> Finding:
    """GS1: two officers; a woman only by female staff or a physician."""
    told = asked.told(BeginSearch)
    if told is None:
        return NOT_APPLICABLE
    if len(set(told.officers)) < 2:
        return unmet(why="two")
    sex = asked.stay.person.sex
    if sex is Sex.UNKNOWN:
        return unknown(why="sex")
    if sex is Sex.FEMALE and not all(_female_or_physician(asked, one) for one in told.officers):
        return unmet(why="female")
    return MET


def _female_or_physician(asked: Asked, staff: str) -> bool:
    known = asked.house.centre.staff.get(staff)
    return known is not None and (known.actor.sex is Sex.FEMALE or Role.PHYSICIAN in known.actor.roles)


def male_staff_for_man(asked: Asked) -> Finding:
    """GS1b: a man is searched by male staff."""
    told = asked.told(BeginSearch)
    if told is None or asked.stay.person.sex is not Sex.MALE:
        return NOT_APPLICABLE
    return met_if(all(asked.staff_sex(one) is Sex.MALE for one in told.officers))


def search_complete(asked: Asked) -> Finding:
    """GS2: findings stated (also none), injuries stated, signers or refusals noted."""
    told = asked.told(EndSearch)
    if told is None:
        return NOT_APPLICABLE
    search = asked.stay.searches.open
    if search is None or not search.findings:
        return unmet(why="findings")
    if not search.injuries:
        return unmet(why="injuries")
    absent = signed_by(told.signatures, asked.circumstances.pack.words("signers-search"))
    return met_if(not absent, why=absent)


def _bag(asked: Asked) -> tuple[StoreBag | None, Bag | None]:
    told = asked.told(StoreBag)
    return told, asked.stay.effects.bag(told.bag) if told else None


def bag_sealed(asked: Asked) -> Finding:
    """GS3a: the bag is sealed."""
    told, bag = _bag(asked)
    if told is None:
        return NOT_APPLICABLE
    return met_if(bag is not None and bool(bag.seal), bag=told.bag)


def tag_read_back(asked: Asked) -> Finding:
    """GS3b: the tag was read back in the cell."""
    told, _ = _bag(asked)
    return by_source(told.read_back) if told else NOT_APPLICABLE


def bag_weighed(asked: Asked) -> Finding:
    """GS3c: the weight is known where the bank has a scale."""
    told, bag = _bag(asked)
    if told is None:
        return NOT_APPLICABLE
    cell = asked.house.centre.cells.get(told.cell)
    bank = asked.house.centre.banks.get(cell.bank) if cell else None
    if bank is None or not bank.scale:
        return NOT_APPLICABLE
    if bag is None or bag.grams is None or bag.weighed is None:
        return unknown(bag=told.bag)
    return BY_HAND if bag.weighed.how is How.BY_HAND else MET


def custodian_not_of_case(asked: Asked) -> Finding:
    """GS3d: the custodian is no officer of the case; without a case nobody can say."""
    told, _ = _bag(asked)
    if told is None:
        return NOT_APPLICABLE
    case = asked.stay.case
    if case is None:
        return unknown(custodian=told.custodian)
    return met_if(told.custodian not in case.officers, custodian=told.custodian)


def list_signed(asked: Asked) -> Finding:
    """GS3e: the list of effects is signed, or the refusal is noted."""
    told, _ = _bag(asked)
    if told is None:
        return NOT_APPLICABLE
    paper = asked.stay.papers.paper(Paper.PROPERTY_LIST)
    if paper is None:
        return unmet(why="paper")
    absent = signed_by(paper.signatures, asked.circumstances.pack.words("signers-property"))
    return met_if(not absent, why=absent)


def capture_allowed(asked: Asked) -> Finding:
    """GS4: approved, with its basis, and nothing is captured twice."""
    told = asked.told(CaptureInformation)
    if told is None:
        return NOT_APPLICABLE
    if not told.approver.strip() or not told.basis.strip():
        return unmet(why="approval")
    again = sorted(set(told.captures) & asked.stay.searches.captured)
    return met_if(not again, why=again[0] if again else "")


def substance_test_allowed(asked: Asked) -> Finding:
    """GS5: two staff, of the person's sex for samples; forced only with approval."""
    told = asked.told(TestSubstance)
    if told is None:
        return NOT_APPLICABLE
    if len(set(told.staff)) < 2:
        return unmet(why="two")
    if told.forced and not told.approver.strip():
        return unmet(why="approval")
    if told.substance in asked.circumstances.pack.words("samples"):
        sex = asked.stay.person.sex
        if sex is Sex.UNKNOWN:
            return unknown(why="sex")
        if any(asked.staff_sex(one) is not sex for one in told.staff):
            return unmet(why="sex")
    return MET


def seizure_allowed(asked: Asked) -> Finding:
    """GS6: the case is accepted, or it is an emergency on the spot that is caught up with."""
    told = asked.told(SeizeItem)
    if told is None:
        return NOT_APPLICABLE
    case = asked.stay.case
    return met_if(told.emergency or (case is not None and case.accepted))


def is_cash(asked: Asked, item: Item) -> bool:
    """Whether an item counts as cash: it was counted, or its unit is one of the pack's words `cash-units`."""
    return item.fen is not None or item.unit in asked.circumstances.pack.words("cash-units")


def cash_counted(asked: Asked) -> Finding:
    """GS7: cash is counted by two."""
    counted = asked.told(CountCash)
    if counted is not None:
        return met_if(len(set(counted.counters)) >= 2, item=counted.item)
    told, bag = _bag(asked)
    if told is None or bag is None:
        return NOT_APPLICABLE
    for name in bag.items:
        item = asked.stay.effects.item(name)
        if item and is_cash(asked, item) and (item.fen is None or len(set(item.counters)) < 2):
            return unmet(item=item.name)
    return MET
