"""Values that cannot be recorded as they are: refused as requests and as reports, with the field and advice.

Everything here is about the values and what they refer to; whether an act is lawful is for the gates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from workstation.custody import commands as c
from workstation.custody import references
from workstation.custody.asked import Asked
from workstation.custody.circumstances import Kind
from workstation.custody.commands import CentreCommand, Command
from workstation.custody.gates import Objection
from workstation.custody.recorded import KINDS
from workstation.custody.sheets import LINES
from workstation.custody.values import How, Source

GATE = "GA0"
"""Stands where a gate would: the values are refused before any gate is asked."""

MAX_TEXT = 4000
MAX_LIST = 500
MAX_NUMBER = 2**53 - 1
AHEAD = timedelta(seconds=2)
"""How far a time may lie ahead: the clocks of two machines agree no better."""
_UNREADABLE = re.compile("[\ud800-\udfff\0]")

REQUIRED: Mapping[type[Command | CentreCommand], tuple[str, ...]] = {
    c.NameCentre: ("name_zh", "name_en", "time_zone", "pack"),
    c.DeclareRoom: ("room", "name_zh", "name_en"),
    c.DeclareBank: ("bank", "name_zh", "name_en", "device"),
    c.DeclareDevice: ("device", "type"),
    c.EnrolStaff: ("staff", "name", "number"),
    c.BindCard: ("staff", "card"),
    c.PutPackInForce: ("pack", "version", "hash"),
    c.BeginStay: ("unit",),
    c.PhotographPerson: ("photo", "digest"),
    c.LinkCase: ("case_number", "officers"),
    c.TransferJurisdiction: ("unit", "paper"),
    c.IssueBand: ("band",),
    c.ReplaceBand: ("band", "reason"),
    c.RemoveBand: ("reason",),
    c.ServeRights: ("language", "signatures"),
    c.ScreenHealth: ("questions", "seen"),
    c.BeginSearch: ("officers", "place"),
    c.ListItem: ("item", "name"),
    c.SeizeItem: ("basis",),
    c.FillBag: ("bag", "tag"),
    c.SealBag: ("seal",),
    c.CaptureInformation: ("captures",),
    c.TestSubstance: ("substance", "result"),
    c.PlanObservation: ("reason",),
    c.ReportIllness: ("what",),
    c.CallDoctor: ("who", "why"),
    c.OrderMedical: ("order", "text"),
    c.RecordComplaint: ("about",),
    c.ReportForce: ("officers", "what"),
    c.HandOverGuard: ("from_staff", "to_staff"),
    c.OpenInterview: ("interview", "room", "officers"),
    c.MarkInterview: ("mark",),
    c.ShowEvidence: ("evidence",),
    c.SignPaper: ("signatures",),
    c.ProposeOutcome: ("basis",),
    c.ExplainWeight: ("explanation",),
    c.SettleItem: ("receiver",),
    c.ArrangePickUp: ("by", "relation"),
    c.LeaveForMedicalEmergency: ("destination", "why"),
    c.ReportEscape: ("how",),
    c.ReportReturnAfterEscape: ("how",),
    c.ReportDeath: ("circumstances",),
    c.ReportIncident: ("what",),
    c.CorrectEntry: ("entry", "replacement", "reason"),
    c.AddNote: ("text",),
    c.FillSheet: ("lines",),
    c.AttachPaper: ("media", "digest"),
    c.AccessMedia: ("media", "purpose"),
    c.CloseWarning: ("reason",),
    c.CloseDuty: ("reason",),
    c.ArchiveStay: ("review",),
}
"""Fields that may not be empty."""


def problem(code: str, action: str, **values: str | int) -> Objection:
    """A refusal of a value, with a code below `values.`."""
    return Objection(gate=GATE, action=action, kind=Kind.HARD, message=f"values.{code}", values=values)


def problems(asked: Asked, *, number: str = "") -> tuple[Objection, ...]:
    """Everything that is wrong with the values of the command; empty when they can be recorded."""
    command = asked.command
    assert command is not None
    action = asked.action
    family = c.Family.REPORT if asked.report else c.Family.REQUEST
    if family not in command.family:
        return (problem("family", action, family=family.value),)
    found = [problem(code, action, **values) for code, values in _of_values(command, asked)]
    if found:  # references are only looked up with values that can be read
        return tuple(found)
    return tuple(problem(code, action, **values) for code, values in references.wrong(asked, number=number))


Wrong = tuple[str, dict[str, str | int]]


def _of_values(command: Command | CentreCommand, asked: Asked) -> Iterator[Wrong]:
    if asked.at.tzinfo is None or asked.at > asked.circumstances.now + AHEAD:
        yield "future", {"field": "happened-at"}
    for name in command.__struct_fields__:
        yield from _walk(getattr(command, name), name, asked)
    for name in REQUIRED.get(type(command), ()):
        value = getattr(command, name)
        if not value or (isinstance(value, str) and not value.strip()):
            yield "empty", {"field": name}
    check = _SPECIAL.get(type(command))
    if check is not None:
        yield from check(command)
    if isinstance(command, c.CorrectEntry):
        yield from _replacement(command, asked)


def _replacement(command: c.CorrectEntry, asked: Asked) -> Iterator[Wrong]:
    """A replacing event keeps the bounds that a command keeps; one that cannot be read is refused later."""
    try:
        tagged = msgspec.json.decode(command.replacement)
        name = tagged.get("kind") if isinstance(tagged, dict) else None
        kind = KINDS.get(name) if isinstance(name, str) else None
        event = msgspec.convert(tagged, kind) if kind else None
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return
    yield from _walk(event, "replacement", asked)


def _walk(value: Any, name: str, asked: Asked) -> Iterator[Wrong]:
    """Bounds that every value of the record has, at any depth."""
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            yield "too-long", {"field": name, "most": MAX_TEXT}
        if _UNREADABLE.search(value):
            yield "unreadable-text", {"field": name}
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if value < 0 and name != "offset_ms":
            yield "negative", {"field": name}
        if abs(value) > MAX_NUMBER:
            yield "too-large", {"field": name}
    elif isinstance(value, datetime):
        if value.tzinfo is None:
            yield "no-zone", {"field": name}
    elif isinstance(value, tuple):
        if len(value) > MAX_LIST:
            yield "too-many", {"field": name, "most": MAX_LIST}
        for one in value[:MAX_LIST]:
            yield from _walk(one, name, asked)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(key, name, asked)
            yield from _walk(one, name, asked)
    elif isinstance(value, msgspec.Struct):
        if isinstance(value, Source):
            yield from _source(value, asked)
        for inner in value.__struct_fields__:
            yield from _walk(getattr(value, inner), f"{name}.{inner}", asked)


def _source(source: Source, asked: Asked) -> Iterator[Wrong]:
    """By hand demands a reason and a second person who is enrolled and is not the person acting."""
    if source.how is not How.BY_HAND:
        return
    if not source.reason.strip():
        yield "by-hand-reason", {}
    if source.second in ("", asked.circumstances.actor.id):
        yield "by-hand-second", {}
    elif not references.is_staff(asked, source.second):
        yield "staff-unknown", {"field": "second", "staff": source.second}


def _date(text: str, field: str) -> Iterator[Wrong]:
    if not text:
        return
    try:
        born = date.fromisoformat(text)
    except ValueError:
        yield "date", {"field": field}
        return
    if born.isoformat() != text or born.year < 1850:
        yield "date", {"field": field}


def _begin(command: Any) -> Iterator[Wrong]:
    if len(command.stay) != 32 or set(command.stay) - set("0123456789abcdef"):
        yield "stay-id", {"field": "stay"}
    if command.identity is not None:
        yield from _date(command.identity.birth, "birth")
        if command.identity.stay != command.stay:
            yield "stay-id", {"field": "identity"}


def _bank(command: Any) -> Iterator[Wrong]:
    if not 1 <= command.doors <= 99:
        yield "range", {"field": "doors", "least": 1, "most": 99}


def _check(command: Any) -> Iterator[Wrong]:
    if command.response > 3:
        yield "range", {"field": "response", "least": 0, "most": 3}


def _plan(command: Any) -> Iterator[Wrong]:
    if not 1 <= command.interval_min <= 1440:
        yield "range", {"field": "interval_min", "least": 1, "most": 1440}


def _item(command: Any) -> Iterator[Wrong]:
    if command.quantity < 1:
        yield "range", {"field": "quantity", "least": 1, "most": MAX_NUMBER}


def _injury(command: Any) -> Iterator[Wrong]:
    if command.none and (command.region.strip() or command.photo):
        yield "injury-none", {}
    if not command.none and not (command.region.strip() and command.description.strip()):
        yield "injury-where", {}


def _reservation(command: Any) -> Iterator[Wrong]:
    if command.until <= command.from_at:
        yield "order", {"field": "until"}


def _notice(command: Any) -> Iterator[Wrong]:
    if command.outcome.value != "made" and not command.reason.strip():
        yield "empty", {"field": "reason"}


def _sheet(command: Any) -> Iterator[Wrong]:
    for line in command.lines:
        if line.code not in LINES[command.sheet]:
            yield "sheet-line", {"line": line.code}
        elif not line.value.strip():
            yield "empty", {"field": line.code}


def _review(command: Any) -> Iterator[Wrong]:
    if command.still_needed and command.next_review_at is None:
        yield "empty", {"field": "next_review_at"}


_SPECIAL: Mapping[type[Command | CentreCommand], Callable[[Any], Iterator[Wrong]]] = {
    c.BeginStay: _begin,
    c.Identify: lambda command: _date(command.birth, "birth"),
    c.DeclareBank: _bank,
    c.CheckPerson: _check,
    c.PlanObservation: _plan,
    c.ListItem: _item,
    c.RecordInjury: _injury,
    c.ReserveRoom: _reservation,
    c.GiveNotice: _notice,
    c.FillSheet: _sheet,
    c.ReviewRestraint: _review,
}
