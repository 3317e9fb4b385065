"""Lines of the official forms inside the forms of the screens, and papers that are signed where they are filled in.

A line is a field whose key begins with `line_`; what was filled in goes to the record as one sheet. A signature
field whose key begins with `sign_` is one paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ui.steps.fields import Facts, Field, Filled, Kind, Option, Part, Say
from workstation.custody import commands as c
from workstation.custody.sheets import LINES
from workstation.custody.values import Paper, Sheet, SheetLine
from workstation.roles import Role

WORDS: Mapping[str, tuple[str, ...]] = {
    "purpose": (
        "questioning", "interrogation", "continued", "identification", "capture", "witness", "victim",
        "mediation", "other",
    ),
    "local": ("yes", "no"),
    "wanted": ("yes", "no"),
    "past": ("yes", "no"),
    "drugs": ("yes", "no"),
    "alias": ("none", "some"),
    "education": ("none", "primary", "junior", "senior", "vocational", "college", "bachelor", "higher"),
    "marital": ("single", "married", "divorced", "widowed"),
    "political": ("masses", "league", "party", "other-party", "none"),
    "deputy": ("no", "deputy", "committee"),
    "blood": ("a", "b", "ab", "o", "unknown"),
    "accent": ("local", "northern", "wu", "yue", "min", "xiang", "sichuan", "northeast", "other"),
    "build": ("medium", "thin", "strong", "heavy"),
    "face": ("round", "oval", "long", "square", "diamond", "triangle", "heart", "other"),
    "measure": ("locker", "custodian", "unit", "other"),
    "handling": ("keep", "seize", "return", "family", "other"),
    "case-property": ("none", "some"),
    "stored": ("yes", "no"),
    "match": ("none", "hit", "awaited"),
    "condition": ("good", "ill", "injured", "other"),
    "alcohol": ("no", "yes"),
    "surface": ("normal", "abnormal"),
    "not-returned": ("none", "some"),
}  # fmt: skip
"""Line → its own words, in the order of the form."""
LOOKED_UP = ("clear", "wanted", "past", "drugs")
EXAMINED = ("fit", "watch", "unfit")


def line(code: str, zh: str, en: str, *words: str, **more: Any) -> Field:
    """A line of an official form: a choice of its words (those named, else the line's own), else text."""
    keys = words or WORDS.get(code, ())
    options = tuple(Option(key, f"line.{code}.{key}") for key in keys)
    more.setdefault("optional", True)
    kind = Kind.CHOICE if options else Kind.TEXT
    return Field(f"line_{code}", (zh, en), kind, options=lambda _: options, **more)


def sheet(filled: Filled, kind: Sheet) -> tuple[c.Command, ...]:
    """What was filled in of a sheet; nothing when no line was."""
    lines = tuple(
        SheetLine(code=code, value=filled.text(f"line_{code}"))
        for code in LINES[kind]
        if filled.text(f"line_{code}")
    )
    return (c.FillSheet(stay=filled.stay, sheet=kind, lines=lines),) if lines else ()


def signed_here(paper: Paper, label: Say, parts: Callable[[Facts], tuple[Part, ...]], **more: Any) -> Field:
    """A paper that is signed in this form; a form may be sent before anybody signed."""
    more.setdefault("optional", True)
    return Field(f"sign_{paper.value}", label, Kind.SIGNATURES, parts=parts, judgement=True, **more)


def papers(filled: Filled, *wanted: Paper, pages: int = 1) -> tuple[c.Command, ...]:
    """The papers on which somebody signed or refused."""
    found = []
    for paper in wanted:
        signatures = filled.signatures(f"sign_{paper.value}")
        if signatures:
            found.append(
                c.SignPaper(stay=filled.stay, paper=paper, number="", pages=pages, signatures=signatures)
            )
    return tuple(found)


def only(facts: Facts, role: Role) -> str:
    """The one member of staff on duty with a role; empty when there are several or none."""
    found = [one.id for one in facts.staff if one.active and role in one.roles]
    return found[0] if len(found) == 1 else ""


def officers(facts: Facts) -> tuple[str, ...]:
    """The case officers; before there is a case, who brought the person."""
    case = facts.stay.ground.case
    return tuple(case.officers if case is not None else facts.stay.presence.brought_by)


def officer(facts: Facts) -> str:
    """The first of them, or whoever is at the screen."""
    found = officers(facts)
    return found[0] if found else facts.actor.staff
