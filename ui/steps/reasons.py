"""What stands against the action in hand, as rows: what is not filled in yet, and every unmet gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ui.context import Words
from ui.steps.fields import Field
from ui.steps.forms.registry import GROUPS, place_of
from workstation.custody.circumstances import Kind
from workstation.custody.gates import Objection

FIELD, LINK = "field:", "to:"


@dataclass(frozen=True)
class Against:
    """One row. `link`: `field:<key>` or `to:<task>/<form>`; empty when nothing on this screen cures it."""

    hard: bool
    gate: str
    words: str
    cure: str = ""
    link: str = ""


def against(
    missing: Iterable[Field],
    objections: Iterable[Objection],
    words: Words,
    other: Mapping[str, str] | None = None,
) -> tuple[Against, ...]:
    """Every row: what is lacking in one row first, then the gates in the order of their table.

    `other`: key of a field → what was read there instead of what it expects.
    """
    rows: list[Against] = []
    fields = tuple(missing)
    for field in fields:
        if read := (other or {}).get(field.key):
            rows.append(
                Against(
                    True,
                    words.pick("不符", "differs"),
                    words.pick(
                        f"{field.label[0]}：读到的是 {read}，不是要找的那个",
                        f"{field.label[1]}: {read} is another one",
                    ),
                    words.pick("重读", "Read again"),
                    FIELD + field.key,
                )
            )
    fields = tuple(field for field in fields if field.key not in (other or {}))
    if fields:
        named = words.pick("、", ", ").join(words.pick(*one.label) for one in fields)
        rows.append(
            Against(
                True,
                words.pick("待填", "to fill"),
                words.pick("还没有填：", "Not filled in yet: ") + named,
                words.pick("去填", "Fill in"),
                FIELD + fields[0].key,
            )
        )
    rows += [_row(one, words) for one in objections]
    return tuple(rows)


def _row(objection: Objection, words: Words) -> Against:
    task, form = place_of(objection.cure) if objection.cure else ("", "")
    return Against(
        objection.kind is Kind.HARD,
        objection.gate,
        words(objection.message, **told(objection, words)),
        words.pick(*GROUPS[task].title) if task else "",
        f"{LINK}{task}/{form}" if task else "",
    )


def told(objection: Objection, words: Words) -> dict[str, object]:
    """The values of an objection, codes among them put into words where the catalogue has them."""
    return {name: _word(name, value, words) for name, value in objection.values.items()}


def _word(name: str, value: str | int, words: Words) -> object:
    for code in (f"gate.{name}.{value}", f"{name}.{value}"):
        if code in words.catalogue:
            return words(code)
    return value
