"""An event together with what its entry says about it: the input of every fold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args, get_type_hints

import msgspec

from workstation.custody import events
from workstation.custody.events import Event

SECTIONS = ("who", "facts", "health", "note")


def _classes() -> dict[str, type[Event]]:
    found = [
        value
        for value in vars(events).values()
        if isinstance(value, type) and issubclass(value, Event) and value is not Event
    ]
    return {str(cls.__struct_config__.tag): cls for cls in found}


KINDS: Mapping[str, type[Event]] = _classes()
"""Every known kind with its class."""


def _sections_of(cls: type[Event]) -> dict[str, str]:
    hints = get_type_hints(cls, include_extras=True)
    placed = {}
    for name in cls.__struct_fields__:
        metas = [m for m in get_args(hints[name])[1:] if isinstance(m, msgspec.Meta)]
        placed[name] = next((m.extra["section"] for m in metas if m.extra), "facts")
    return placed


FIELD_SECTIONS: Mapping[str, Mapping[str, str]] = {kind: _sections_of(cls) for kind, cls in KINDS.items()}
"""For every kind: field name → section name."""


class UnknownEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A kind that this version does not know: the stay is shown, requests on it are refused."""

    kind: str


class ErasedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The body was erased by law; only the header is left."""

    kind: str


AnyEvent = Event | UnknownEvent | ErasedEvent


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as the rules see it. Times are aware UTC; `corrects` is an entry id or empty."""

    seq: int
    entry: str
    command: str
    stay: str
    event: AnyEvent
    actor: str
    happened_at: datetime
    recorded_at: datetime
    late: bool = False
    by_hand: bool = False
    simulated: bool = False
    breach: bool = False
    corrects: str = ""


def kind_of(event: Event) -> str:
    """`bag-stored/1` for a BagStored."""
    return str(type(event).__struct_config__.tag)


def split(event: Event) -> dict[str, dict[str, Any]]:
    """The event's values by section, as plain values for canonical JSON; empty sections are left out."""
    built = msgspec.to_builtins(event)
    placed = FIELD_SECTIONS[built.pop("kind")]
    sections: dict[str, dict[str, Any]] = {}
    for name, value in built.items():
        sections.setdefault(placed[name], {})[name] = value
    return sections


def join(kind: str, sections: Mapping[str, Mapping[str, Any] | None]) -> AnyEvent:
    """The event of `kind` from its sections; erased or unknown ones are said to be so, never guessed."""
    cls = KINDS.get(kind)
    if cls is None:
        return UnknownEvent(kind=kind)
    if any(content is None for content in sections.values()):
        return ErasedEvent(kind=kind)
    values: dict[str, Any] = {"kind": kind}
    for content in sections.values():
        values.update(content or {})
    return msgspec.convert(values, cls)


def replacement_of(event: events.EntryCorrected) -> AnyEvent:
    """The event that a correction puts in place of the corrected one."""
    values = msgspec.json.decode(event.replacement)
    cls = KINDS.get(values.get("kind", ""))
    return msgspec.convert(values, cls) if cls else UnknownEvent(kind=str(values.get("kind")))
