"""The event log of a session: one JSON object a line, in the order of `t`; anything else is refused, not guessed.

A log that names one widget for different data in a row would hide mental acts, so it is refused as well. The
numbered rows of one list (`item.1.name`, `item.2.name`) may come from the same widget, one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec


class LogError(ValueError):
    """The log cannot be charged: the line and what is wrong with it."""


class Event(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower, forbid_unknown_fields=True
):
    """Base of all events. `t`: seconds from the start; it gives the order and costs nothing."""

    t: float = 0.0


class Key(Event, frozen=True, kw_only=True):
    """Text as it was committed, or one key by its name or chord (`Ctrl+P` is two key presses)."""

    target: str
    text: str | None = None
    key: str | None = None
    fact: str = ""
    n: int = 1


class Click(Event, frozen=True, kw_only=True):
    """`n` is 2 for a double click."""

    target: str
    fact: str = ""
    n: int = 1


class Write(Event, frozen=True, kw_only=True):
    """Staff write by hand."""

    target: str
    text: str
    fact: str = ""


class Scan(Event, frozen=True, kw_only=True):
    """A code is scanned or a card is laid on a reader."""

    target: str
    fact: str = ""
    n: int = 1


class Device(Event, frozen=True, kw_only=True):
    """Facts that a device, a clock, a template or an earlier entry filled in."""

    facts: tuple[str, ...]


class Pretick(Event, frozen=True, kw_only=True):
    """Facts set in advance that the officer lets stand."""

    facts: tuple[str, ...]


class Signature(Event, frozen=True, kw_only=True):
    """One act of signing on one paper."""

    fact: str
    by: Literal["staff", "person", "other"]
    paper: str


class Mental(Event, frozen=True, kw_only=True):
    """Further mental acts; they can only add."""

    n: float
    what: str = ""


class Handling(Event, frozen=True, kw_only=True):
    """Paper fetched, filed, carried to an approver; a walk to the locker."""

    op: Literal["fetch", "file", "carry", "walk"]
    n: int = 1


class Response(Event, frozen=True, kw_only=True):
    """Seconds in which the operator could not go on."""

    n: float


class Focus(Event, frozen=True, kw_only=True):
    """Where the keyboard went; kept for review, costs nothing."""

    target: str


AnyEvent = Key | Click | Write | Scan | Device | Pretick | Signature | Mental | Handling | Response | Focus
_DECODER = msgspec.json.Decoder(AnyEvent)


def read_log(path: Path) -> list[AnyEvent]:
    """The events of a log file, checked; LogError names the line that is wrong."""
    found: list[AnyEvent] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_DECODER.decode(line))
        except msgspec.MsgspecError as error:
            raise LogError(f"line {number}: {error}") from error
    check(found)
    return found


def check(events: Sequence[AnyEvent]) -> None:
    """Raise LogError for a log that cannot be charged honestly."""
    before = float("-inf")
    for number, event in enumerate(events, 1):
        if event.t < before:
            raise LogError(f"event {number}: earlier than the one before")
        before = event.t
        if isinstance(event, Key) and (event.text is None) == (event.key is None):
            raise LogError(f"event {number}: a key has either text or a name")
        if isinstance(event, Key | Click | Scan | Handling) and event.n < 1:
            raise LogError(f"event {number}: a count below one")
        if isinstance(event, Mental | Response) and event.n < 0:
            raise LogError(f"event {number}: a count below zero")
        if isinstance(event, Key | Click | Write | Scan | Focus) and not event.target.strip():
            raise LogError(f"event {number}: no target")
    _one_name_one_datum(events)


def _one_name_one_datum(events: Iterable[AnyEvent]) -> None:
    before, meant = "", ""
    for event in events:
        if not isinstance(event, Key | Click | Write | Scan):
            continue
        datum = re.sub(r"\d+", "#", event.fact)
        if event.target == before and datum and meant and datum != meant:
            raise LogError(f"{before} stands for {meant} and for {datum}")
        before, meant = event.target, datum
