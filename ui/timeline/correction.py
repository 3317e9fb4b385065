"""What a correction may change of an entry, and the replacement that comes of it. No widgets in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum, StrEnum
from typing import Any, get_args, get_origin

import msgspec

from ui.entries import code_of, decoded, field_types
from workstation.custody.recorded import KINDS, kind_of
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow

TIME_FORM = "%Y-%m-%d %H:%M:%S"
CORRECTABLE_NOT = frozenset({"entry-corrected/1", "note-added/1"})


class Sort(StrEnum):
    """How a field is edited."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    CHOICE = "choice"
    LIST = "list"
    KEPT = "kept"  # shown, and kept as it was recorded


@dataclass(frozen=True)
class Part:
    """One field: its name, how it is edited, its recorded value as text, and for a choice (value, catalogue code)."""

    name: str
    sort: Sort
    value: str
    choices: tuple[tuple[str, str], ...] = ()


def parts_of(row: TimelineRow, zone: tzinfo) -> tuple[Part, ...]:
    """The fields of an entry as they may be corrected; empty when it may not be corrected at all."""
    values = decoded(row.body)
    if not values or row.kind not in KINDS or row.kind in CORRECTABLE_NOT:
        return ()
    return tuple(_part(name, hint, values.get(name), zone) for name, hint in field_types(row.kind).items())


def _part(name: str, hint: Any, value: Any, zone: tzinfo) -> Part:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Part(
            name, Sort.CHOICE, str(value), tuple((one.value, code_of(hint, one.value)) for one in hint)
        )
    if hint is bool:
        options = (("yes", "entries.yes"), ("no", "entries.no"))
        return Part(name, Sort.CHOICE, "yes" if value else "no", options)
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        label = hint.__name__.lower()
        ranks = tuple((str(int(one)), f"{label}.{one.name.lower().replace('_', '-')}") for one in hint)
        return Part(name, Sort.CHOICE, str(value), ranks)
    if hint is datetime:
        return Part(name, Sort.MOMENT, _local(value, zone))
    if hint is int:
        return Part(name, Sort.NUMBER, "" if value is None else str(value))
    if hint is str:
        return Part(name, Sort.TEXT, str(value or ""))
    if get_origin(hint) is tuple and get_args(hint)[0] is str and isinstance(value, list):
        return Part(name, Sort.LIST, "、".join(map(str, value)))
    return Part(name, Sort.KEPT, "")


def _local(value: Any, zone: tzinfo) -> str:
    return datetime.fromisoformat(str(value)).astimezone(zone).strftime(TIME_FORM) if value else ""


def moment(text: str, zone: tzinfo, field: str) -> datetime:
    """A local time as it was typed, as aware UTC. Raises AppError `timeline.correct.moment`."""
    try:
        return datetime.strptime(text.strip(), TIME_FORM).replace(tzinfo=zone).astimezone(UTC)
    except ValueError as error:
        raise AppError("timeline.correct.moment", field=field) from error


def replacement(row: TimelineRow, edited: Mapping[str, str], zone: tzinfo) -> str:
    """JSON of the event that should have been recorded, tag included.

    `edited`: field → text; fields not in it stay. Raises AppError naming the field that does not fit, or
    `timeline.correct.same` when nothing differs.
    """
    values = decoded(row.body)
    for part in parts_of(row, zone):
        if part.name in edited and edited[part.name] != part.value:
            values[part.name] = _value(part, edited[part.name], zone)
    try:
        event = msgspec.convert(values, KINDS[row.kind])
    except msgspec.ValidationError as error:
        raise AppError(
            "timeline.correct.value", field=str(error).rpartition("$.")[2].strip("`") or "?"
        ) from error
    if values == decoded(row.body):
        raise AppError("timeline.correct.same")
    assert kind_of(event) == row.kind
    return msgspec.json.encode(event).decode("utf-8")


def _value(part: Part, text: str, zone: tzinfo) -> Any:
    match part.sort:
        case Sort.MOMENT:
            return moment(text, zone, part.name).isoformat() if text.strip() else None
        case Sort.NUMBER:
            if text.strip() and not text.strip().lstrip("-").isdigit():
                raise AppError("timeline.correct.number", field=part.name)
            return int(text) if text.strip() else None
        case Sort.LIST:
            return [
                one.strip() for one in text.replace(",", "、").replace("，", "、").split("、") if one.strip()
            ]
        case Sort.CHOICE:
            if part.choices and part.choices[0][1] == "entries.yes":
                return text == "yes"
            return int(text) if part.choices and part.choices[0][0].isdigit() else text
        case _:
            return text
