"""Short ways to declare the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from ui.steps.fields import Facts, Field, Kind, Option, Part, Values

Shown = Callable[[Values, Facts], bool]


def code_of(member: StrEnum) -> str:
    """The catalogue code of a word of the closed lists: `arrival-mode.oral-summons`."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(member).__name__).lower()
    return f"{name}.{member.value}"


def members(kinds: Iterable[StrEnum]) -> tuple[Option, ...]:
    """Options for members of a closed list."""
    return tuple(Option(one.value, code_of(one)) for one in kinds)


def coded(family: str, *keys: str) -> tuple[Option, ...]:
    """Options whose words stand in the catalogue as `<family>.<key>`."""
    return tuple(Option(key, f"{family}.{key}") for key in keys)


YES_NO = (Option("yes", say=("是", "Yes")), Option("no", say=("否", "No")))


def text(key: str, zh: str, en: str, **more: Any) -> Field:
    """A line of text."""
    return Field(key, (zh, en), Kind.TEXT, **more)


def long(key: str, zh: str, en: str, **more: Any) -> Field:
    """Text of several lines."""
    return Field(key, (zh, en), Kind.LONG, **more)


def number(key: str, zh: str, en: str, **more: Any) -> Field:
    """A whole number."""
    return Field(key, (zh, en), Kind.NUMBER, **more)


def moment(key: str, zh: str, en: str, **more: Any) -> Field:
    """An instant, typed as local time."""
    return Field(key, (zh, en), Kind.MOMENT, **more)


def choice(key: str, zh: str, en: str, kinds: Iterable[StrEnum], **more: Any) -> Field:
    """One member of a closed list."""
    options = members(kinds)
    return Field(key, (zh, en), Kind.CHOICE, options=lambda _: options, **more)


def pick(key: str, zh: str, en: str, options: Callable[[Facts], tuple[Option, ...]], **more: Any) -> Field:
    """One of what there is now."""
    return Field(key, (zh, en), Kind.CHOICE, options=options, **more)


def yes_no(key: str, zh: str, en: str, **more: Any) -> Field:
    """Yes or no, never preset."""
    return Field(key, (zh, en), Kind.CHOICE, options=lambda _: YES_NO, **more)


def staff(key: str, zh: str, en: str, **more: Any) -> Field:
    """One member of staff, by number, name or card."""
    return Field(key, (zh, en), Kind.STAFF, **more)


def people(key: str, zh: str, en: str, **more: Any) -> Field:
    """Several members of staff."""
    return Field(key, (zh, en), Kind.PEOPLE, **more)


def signatures(key: str, zh: str, en: str, parts: Callable[[Facts], tuple[Part, ...]], **more: Any) -> Field:
    """Signatures, each an act of its own."""
    return Field(key, (zh, en), Kind.SIGNATURES, parts=parts, judgement=True, **more)


def device(key: str, zh: str, en: str, kind: Kind, **more: Any) -> Field:
    """A value that a device reads, with the way by hand."""
    return Field(key, (zh, en), kind, **more)


def actor_id(facts: Facts) -> str:
    """The member of staff at the screen: a start for who acts, never for what they judged."""
    return facts.actor.staff


def me(facts: Facts) -> list[str]:
    """The same as a list."""
    return [facts.actor.staff]


def when(key: str, *wanted: str) -> Shown:
    """Shown while another field has one of these values."""
    return lambda values, _: values.get(key) in wanted
