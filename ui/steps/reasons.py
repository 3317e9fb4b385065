"""What stands against the action in hand, as rows: what is not filled in yet, and every unmet gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ui.context import Context, Words
from ui.steps.fields import Field, Form
from ui.steps.forms.registry import GROUPS, place_of
from workstation.custody.circumstances import Kind
from workstation.custody.gates import Objection
from workstation.custody.validation import GATE as VALUES

FIELD, LINK = "field:", "to:"


@dataclass(frozen=True)
class Against:
    """One row. `link`: `field:<key>` or `to:<task>/<form>`; empty when nothing on this screen cures it.

    `holds`: whether it stops the action, or is only left as a duty. `override`: who may pass it together with the
    person asking, empty for nobody.
    """

    hard: bool
    gate: str
    words: str
    cure: str = ""
    link: str = ""
    holds: bool = True
    override: str = ""


LEAVING = frozenset({"depart", "release-on-expiry", "leave-for-medical-emergency"})


def against(
    form: Form,
    task: str,
    missing: Iterable[Field],
    objections: Iterable[Objection],
    told: Callable[[Objection], str],
    words: Words,
    other: Mapping[str, str] | None = None,
    *,
    free: bool = False,
) -> tuple[Against, ...]:
    """Every row: another thing than expected, what is lacking in one row, then the gates in table order.

    `free`: nothing may hold the person any more, so the rows of departure are left as duties; those of a departure
    into other custody hold all the same.

    `other`: key of a field → what was read there instead of what it expects.
    """
    read = other or {}
    fields = tuple(missing)
    rows = [
        Against(
            True,
            words.pick("不符", "differs"),
            words.pick(
                f"{one.label[0]}：读到的是 {read[one.key]}，不是要找的那个",
                f"{one.label[1]}: {read[one.key]} is another one",
            ),
            words.pick("重读", "Read again"),
            FIELD + one.key,
        )
        for one in fields
        if one.key in read
    ]
    empty = [one for one in fields if one.key not in read]
    if empty:
        named = words.pick("、", ", ").join(words.pick(*one.label) for one in empty)
        rows.append(
            Against(
                True,
                words.pick("待填", "to fill"),
                words.pick("还没有填：", "Not filled in yet: ") + named,
                words.pick("去填", "Fill in"),
                FIELD + empty[0].key,
            )
        )
    keys = {one.key for one in form.fields}
    for one in objections:
        duty = free and one.action in LEAVING and one.gate.startswith("GR") and not one.gate.startswith("GR6")
        row = _row(one, form, task, keys, told, words)
        rows.append(replace(row, holds=row.hard and not duty, override=one.override.value))
    return tuple(rows)


def _row(
    objection: Objection,
    form: Form,
    task: str,
    keys: set[str],
    told: Callable[[Objection], str],
    words: Words,
) -> Against:
    hard, said = objection.kind is Kind.HARD, told(objection)
    field = str(objection.values.get("field", "")).replace("-", "_")
    if objection.gate == VALUES:
        link = FIELD + field if field in keys else ""
        return Against(
            hard, words.pick("数值", "value"), said, words.pick("去改", "Change") if link else "", link
        )
    to, code = place_of(objection.cure, task) if objection.cure else ("", "")
    if (to, code) == (task, form.code):
        return Against(hard, objection.gate, said)
    if not to:
        return Against(hard, objection.gate, said)
    titles = {one.code: one.title for one in GROUPS[to].forms}
    cure = titles[code] if code and to == task else GROUPS[to].title
    return Against(hard, objection.gate, said, words.pick(*cure), f"{LINK}{to}/{code}")


GIVES_AWAY = frozenset({"gate.GR3b"})
"""Sentences that name things of the list."""


def sentence(objection: Objection, context: Context, names: Mapping[str, str], *, blind: bool = False) -> str:
    """The sentence of an objection: codes among its values in words, rooms and things by their `names`.

    `blind`: a count is awaited, so nothing of the list is told.
    """
    if blind and objection.message in GIVES_AWAY:
        return context.words(f"{objection.message}.short")
    return context.words(objection.message, **values_said(objection, context, names))


def values_said(objection: Objection, context: Context, names: Mapping[str, str]) -> dict[str, str]:
    """The values of an objection in words."""
    return {name: _word(name, str(value), context, names) for name, value in objection.values.items()}


def _word(name: str, value: str, context: Context, names: Mapping[str, str]) -> str:
    if name == "room":
        return context.room_name(value)
    if value in names:
        return names[value]
    for code in (f"{name}.{value}", f"why.{value}"):
        if code in context.words.catalogue:
            return context.words(code)
    return value
