"""What is asked with the values as they are, what is lacking, and the commands that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ui.steps.fields import Facts, Field, Filled, Form, Kind, Values, instant, whole
from workstation.custody.commands import Command
from workstation.custody.values import How, SignState


def shown_fields(form: Form, values: Values, facts: Facts) -> tuple[Field, ...]:
    """The fields that are asked with the other values as they are."""
    return tuple(one for one in form.fields if one.shown(values, facts))


def lacking(form: Form, values: Values, facts: Facts) -> tuple[Field, ...]:
    """The fields without which no command can be made, in order."""
    return tuple(one for one in shown_fields(form, values, facts) if not _answered(one, values, facts))


def _answered(asked: Field, values: Values, facts: Facts) -> bool:
    value = values.get(asked.key)
    empty = value in (None, "", [], {}) or (isinstance(value, str) and not value.strip())
    match asked.kind:
        case Kind.TAG | Kind.SCAN | Kind.WEIGHT | Kind.PHOTO:
            got = value if isinstance(value, dict) else {}
            if got.get("how") == How.BY_HAND and not (
                got.get("second") and str(got.get("reason", "")).strip()
            ):
                return asked.optional and not got.get("value")
            filled = bool(str(got.get("value", "")).strip()) and not differs(asked, values, facts)
            if filled and asked.kind is Kind.WEIGHT:
                filled = whole(got.get("value")) is not None
            return filled or (asked.optional and not got.get("value"))
        case Kind.NUMBER | Kind.MONEY:
            return (asked.optional and empty) or whole(value) is not None
        case Kind.MOMENT:
            return (asked.optional and empty) or instant(value) is not None
        case Kind.DATE:
            return (asked.optional and empty) or _is_date(value)
        case Kind.QUESTIONS:
            given = value if isinstance(value, dict) else {}
            return all(given.get(code, {}).get("answer") for code in asked.codes)
        case Kind.SIGNATURES:
            rows = value if isinstance(value, list) else []
            started = [row for row in rows if row.get("state")]
            if not all(_signed_fully(row) for row in started):
                return False
            wanted = Counter(one.part for one in asked.parts(facts) if not one.optional)
            return asked.optional or not wanted - Counter(str(row.get("part")) for row in started)
        case Kind.LINES:
            rows = value if isinstance(value, list) else []
            named = [row for row in rows if row.get("name", "").strip()]
            return (asked.optional or bool(named)) and all(whole(row.get("quantity")) for row in named)
        case _:
            return asked.optional or not empty


def _signed_fully(row: Mapping[str, Any]) -> bool:
    if row["state"] == SignState.SIGNED:
        return bool(str(row.get("by", "")).strip())
    return bool(str(row.get("noted_by", "")).strip())


def _is_date(value: object) -> bool:
    try:
        datetime.strptime(str(value), "%Y-%m-%d")
    except ValueError:
        return False
    return True


def differs(asked: Field, values: Values, facts: Facts) -> str:
    """What was read instead of what a field expects; empty when nothing was read or it is the right thing."""
    got = values.get(asked.key)
    read = str(got.get("value", "")).strip() if isinstance(got, dict) else ""
    expected = asked.expect(facts) if asked.expect is not None else ""
    return read if expected and read and read != expected else ""


def starting_values(form: Form, facts: Facts) -> dict[str, Any]:
    """What is known before anybody typed."""
    known: dict[str, Any] = {}
    for one in form.fields:
        if one.start is not None and (value := one.start(facts)) not in (None, "", [], {}):
            known[one.key] = value
    return known


def commands_of(form: Form, values: Values, facts: Facts) -> tuple[Command, ...]:
    """The commands that follow from the values; none while something is lacking."""
    return () if lacking(form, values, facts) else form.build(Filled(values, facts))
