"""What is known of a predicate of the person: noted on its own, or answered in the health and risk screen.

The newest answer holds. A screen's *no* to pregnancy speaks of nursing too, its *yes* counts as pregnancy: either
protects alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workstation.custody.stay import Stay
from workstation.custody.values import Answer, PersonFact

_ASKED: Mapping[PersonFact, tuple[str, ...]] = {
    PersonFact.PREGNANT: ("pregnancy",),
    PersonFact.NURSING: ("pregnancy",),
    PersonFact.INFECTIOUS: ("infection",),
    PersonFact.ILL: ("illness",),
    PersonFact.SELF_HARM_RISK: ("self-harm",),
    PersonFact.INTOXICATED: ("alcohol", "drugs"),
}
"""Questions of the screen that answer a predicate."""

_NOT_BY_YES = frozenset({PersonFact.NURSING, PersonFact.ILL, PersonFact.INTOXICATED})
"""A *yes* does not settle these: having drunk is not being drunk, an illness need not be a serious one."""


def answer(stay: Stay, fact: PersonFact, at: datetime | None = None) -> Answer:
    """The newest answer on `fact` by `at` (None: of all); unknown when nobody has said."""
    known, since = Answer.UNKNOWN, None
    for noted in stay.person.facts:
        if noted.fact is fact and (at is None or noted.at <= at):
            known, since = noted.answer, noted.at
    questions = _ASKED.get(fact, ())
    for screen in stay.care.screens:
        if (at is not None and screen.at > at) or (since is not None and screen.at <= since):
            continue
        given = [one.answer for one in screen.questions if one.code in questions]
        told = _screened(fact, given, len(questions))
        if told is not Answer.UNKNOWN:
            known, since = told, screen.at
    return known


def _screened(fact: PersonFact, given: list[Answer], asked: int) -> Answer:
    if Answer.YES in given:
        return Answer.UNKNOWN if fact in _NOT_BY_YES else Answer.YES
    return Answer.NO if given and len(given) == asked and set(given) == {Answer.NO} else Answer.UNKNOWN


def has(stay: Stay, fact: PersonFact, at: datetime | None = None) -> bool:
    """Whether the fact is known to hold."""
    return answer(stay, fact, at) is Answer.YES
