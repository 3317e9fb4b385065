"""What the values of a command refer to, which must exist: staff, rooms, cells, bags, items, entries.

Whether a thing exists is asked of what is known now; whether something was open or stored, of the moment at which a
late report says it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.acceptance import accepts
from workstation.custody.asked import Asked
from workstation.custody.commands import CentreCommand, Command
from workstation.custody.presence import Status
from workstation.custody.recorded import ErasedEvent, Recorded, UnknownEvent, kind_of
from workstation.custody.stay import Stay, reading_of, step
from workstation.custody.values import Disposition

Wrong = tuple[str, dict[str, str | int]]

_STAFF: Mapping[type[Command | CentreCommand], tuple[str, ...]] = {
    c.BindCard: ("staff",),
    c.LinkCase: ("officers",),
    c.BeginSearch: ("officers",),
    c.CountCash: ("counters",),
    c.OpenCell: ("custodian", "second"),
    c.StoreBag: ("custodian", "second"),
    c.TakeBag: ("custodian", "second"),
    c.TestSubstance: ("staff",),
    c.PlaceInRoom: ("guard",),
    c.ApplyRestraint: ("watcher",),
    c.ReportForce: ("officers",),
    c.HandOverGuard: ("from_staff", "to_staff"),
    c.OpenInterview: ("officers",),
    c.SettleItem: ("second",),
    c.AccessMedia: ("second",),
}
"""Fields that name enrolled staff; empty names are for the gates to judge."""

_CORRECTABLE_NOT = (
    e.EntryCorrected,
    e.BreachMarked,
    e.GateOverridden,
    e.DutyOpened,
    e.DutyClosed,
    e.WarningRaised,
    e.WarningAcknowledged,
    e.WarningClosed,
    e.EvidenceUnusable,
    e.StayArchived,
    e.MediaAccessed,
    e.PaperPrinted,
)
"""Marks that the record itself makes; they are answered, never rewritten."""


def is_staff(asked: Asked, name: str) -> bool:
    """Whether an active member of staff is enrolled under this id."""
    known = asked.house.centre.staff.get(name)
    return known is not None and known.active


def wrong(asked: Asked, *, number: str) -> Iterator[Wrong]:
    """Every reference that leads nowhere or to somebody else's thing."""
    command = asked.command
    assert command is not None
    if isinstance(command, Command):
        if isinstance(command, c.BeginStay):
            known = asked.house.stay(command.stay)
            if known is not None and known.presence.begun:
                yield "stay-exists", {"number": known.number}
            if not number:
                yield "no-number", {}
        elif not asked.latest.presence.begun:
            yield "stay-unknown", {"stay": command.stay}
            return
        elif asked.latest.status is Status.ARCHIVED and not accepts(asked.action, Status.ARCHIVED):
            yield "stay-archived", {"number": asked.latest.number}
            return
    for field in _STAFF.get(type(command), ()):
        value = getattr(command, field)
        for name in value if isinstance(value, tuple) else (value,):
            if name and not is_staff(asked, name):
                yield "staff-unknown", {"field": field, "staff": name}
    check = _CHECKS.get(type(command))
    if check is not None:
        yield from check(asked, command)


def _room(asked: Asked, command: Any) -> Iterator[Wrong]:
    if command.room not in asked.house.centre.rooms:
        yield "room-unknown", {"room": command.room}


def _open_cell(asked: Asked, command: c.OpenCell) -> Iterator[Wrong]:
    yield from _cell(asked, command)
    if command.bag and asked.latest.effects.bag(command.bag) is None:
        yield "bag-unknown", {"bag": command.bag}
    yield from _two(asked, command)


def _cell(asked: Asked, command: Any) -> Iterator[Wrong]:
    if command.cell not in asked.house.centre.cells:
        yield "cell-unknown", {"cell": command.cell}


def _two(asked: Asked, command: Any) -> Iterator[Wrong]:
    """A locker is opened for a request by two different people; a report says what happened."""
    alone = command.custodian in ("", command.second) or not command.second
    if alone and not asked.report:
        yield "two-people", {}


def _bag_of(stay: Stay, name: str) -> Iterator[Wrong]:
    if stay.effects.bag(name) is None:
        yield "bag-unknown", {"bag": name}


def _fill(asked: Asked, command: c.FillBag) -> Iterator[Wrong]:
    for found in (asked.house.bags.get(command.bag), asked.house.tags.get(command.tag)):
        if found is None:
            continue
        owner, bag = found
        if owner.stay != asked.stay.stay:
            yield "bag-taken", {"bag": command.bag, "number": owner.number}
        elif bag.bag != command.bag:
            yield "tag-taken", {"tag": command.tag, "bag": bag.bag}
        elif bag.cell:
            yield "bag-stored", {"bag": command.bag, "cell": bag.cell}
    elsewhere = {name for bag in asked.latest.effects.bags if bag.bag != command.bag for name in bag.items}
    for name in command.items:
        if asked.latest.effects.item(name) is None:
            yield "item-unknown", {"item": name}
        elif name in elsewhere:
            yield "item-in-bag", {"item": name}


def _store(asked: Asked, command: c.StoreBag) -> Iterator[Wrong]:
    yield from _bag_of(asked.latest, command.bag)
    yield from _cell(asked, command)
    yield from _two(asked, command)
    bag = asked.stay.effects.bag(command.bag)
    if bag is not None and bag.cell:
        yield "bag-stored", {"bag": command.bag, "cell": bag.cell}
    held = asked.house.cell_bags.get(command.cell)
    if held is not None and held[0].stay != asked.stay.stay:
        yield "cell-taken", {"cell": command.cell, "number": held[0].number}


def _take(asked: Asked, command: c.TakeBag) -> Iterator[Wrong]:
    yield from _bag_of(asked.latest, command.bag)
    yield from _two(asked, command)
    bag = asked.stay.effects.bag(command.bag)
    if bag is None or bag.cell != command.cell:
        yield "bag-not-there", {"bag": command.bag, "cell": command.cell}


def _list(asked: Asked, command: c.ListItem) -> Iterator[Wrong]:
    if asked.latest.effects.item(command.item) is not None:
        yield "item-exists", {"item": command.item}


def _item(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.latest.effects.item(command.item) is None:
        yield "item-unknown", {"item": command.item}


def _settle(asked: Asked, command: c.SettleItem) -> Iterator[Wrong]:
    yield from _item(asked, command)
    if command.disposition is Disposition.MISSING and command.second in ("", asked.circumstances.actor.id):
        yield "two-people", {}
    needs_basis = (Disposition.RETAINED, Disposition.SEIZED, Disposition.MISSING)
    if command.disposition in needs_basis and not command.basis.strip():
        yield "empty", {"field": "basis"}


def _band(asked: Asked, command: Any) -> Iterator[Wrong]:
    worn = asked.house.bands.get(command.band)
    if worn is not None and worn.stay != asked.stay.stay:
        yield "band-taken", {"band": command.band, "number": worn.number}
    if isinstance(command, c.ReplaceBand):
        yield from _band_worn(asked, command)


def _band_worn(asked: Asked, command: Any) -> Iterator[Wrong]:
    if not asked.stay.band:
        yield "no-band", {}


def _open_interview(asked: Asked, command: c.OpenInterview) -> Iterator[Wrong]:
    if any(one.interviews.interview(command.interview) for one in asked.house.stays.values()):
        yield "interview-exists", {"interview": command.interview}
    if not asked.report:
        yield from _room(asked, command)


def _interview(asked: Asked, command: Any) -> Iterator[Wrong]:
    talk = asked.stay.interviews.open
    if talk is None:
        yield "no-interview", {}
    elif isinstance(command, c.BreakInterview) and talk.on_break:
        yield "on-break", {}
    elif isinstance(command, c.ResumeInterview) and not talk.on_break:
        yield "not-on-break", {}


def _search(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.stay.searches.open is None:
        yield "no-search", {}


def _new_search(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.stay.searches.open is not None:
        yield "search-open", {}


def _restraint(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.stay.care.restraint is None:
        yield "no-restraint", {}


def _measure(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.stay.measure is None:
        yield "no-measure", {}


def _exit(asked: Asked, command: Any) -> Iterator[Wrong]:
    if asked.stay.presence.exit_open is None:
        yield "no-exit", {}


def _escape(asked: Asked, command: Any) -> Iterator[Wrong]:
    if not any(one.kind == "escaped" for one in asked.stay.presence.happenings):
        yield "no-escape", {}


def _order(asked: Asked, command: c.AcknowledgeMedicalOrder) -> Iterator[Wrong]:
    if all(one.order != command.order for one in asked.latest.care.orders):
        yield "order-unknown", {"order": command.order}


def _new_order(asked: Asked, command: c.OrderMedical) -> Iterator[Wrong]:
    if any(one.order == command.order for one in asked.latest.care.orders):
        yield "order-exists", {"order": command.order}


def _approve(asked: Asked, command: c.ApproveOutcome) -> Iterator[Wrong]:
    decided = asked.stay.outcome
    if decided is None or decided.outcome is not command.outcome:
        yield "not-proposed", {"outcome": command.outcome.value}


def _warning(asked: Asked, command: Any) -> Iterator[Wrong]:
    if all(one.warning != command.warning for one in asked.latest.remarks.open_warnings):
        yield "warning-unknown", {"warning": command.warning}


def _duty(asked: Asked, command: c.CloseDuty) -> Iterator[Wrong]:
    if all(one.duty != command.duty for one in asked.latest.remarks.open_duties):
        yield "duty-unknown", {"duty": command.duty}


def _correct(asked: Asked, command: c.CorrectEntry) -> Iterator[Wrong]:
    """The entry is one of this stay and may be corrected; the replacement is readable and of its kind."""
    entry = reading_of(asked.latest, command.entry)
    if entry is None or isinstance(entry.event, ErasedEvent | UnknownEvent):
        yield "entry-unknown", {"entry": command.entry}
        return
    if isinstance(entry.event, _CORRECTABLE_NOT):
        yield "not-correctable", {"entry": command.entry}
        return
    if command.happened_at > asked.circumstances.now:
        yield "future", {"field": "happened_at"}
    try:
        after = msgspec.json.decode(command.replacement.encode(), type=type(entry.event))
    except (msgspec.MsgspecError, UnicodeEncodeError):
        yield "replacement", {"kind": kind_of(entry.event)}
        return
    yield from _collisions(asked, command)
    if isinstance(after, e.StayBegun) and isinstance(entry.event, e.StayBegun):
        if after.number != entry.event.number:
            yield "number-fixed", {"number": entry.event.number}
        if after.arrived_at > asked.circumstances.now or after.entered_at < after.arrived_at:
            yield "order", {"field": "arrived_at"}


def _collisions(asked: Asked, command: c.CorrectEntry) -> Iterator[Wrong]:
    """Whether the corrected stay would have its bag in somebody else's cell, or wear somebody else's band."""
    latest = asked.latest
    correction = Recorded(
        seq=latest.seq + 1,
        entry="",
        command="",
        stay=latest.stay,
        event=e.EntryCorrected(
            replacement=command.replacement, happened_at=command.happened_at, reason=command.reason
        ),
        actor=asked.circumstances.actor.id,
        happened_at=asked.at,
        recorded_at=asked.circumstances.now,
        corrects=command.entry,
    )
    corrected = step(latest, correction)
    for bag in corrected.effects.stored:
        held = asked.house.cell_bags.get(bag.cell)
        if held is not None and held[0].stay != latest.stay:
            yield "cell-taken", {"cell": bag.cell, "number": held[0].number}
    worn = asked.house.bands.get(corrected.band) if not corrected.ended else None
    if worn is not None and worn.stay != latest.stay:
        yield "band-taken", {"band": corrected.band, "number": worn.number}


_CHECKS: Mapping[type[Command | CentreCommand], Callable[[Asked, Any], Iterator[Wrong]]] = {
    c.ReportCellDoor: _cell,
    c.IssueBand: _band,
    c.ReplaceBand: _band,
    c.RemoveBand: _band_worn,
    c.ExtendTier: _measure,
    c.BeginSearch: _new_search,
    c.EndSearch: _search,
    c.ListItem: _list,
    c.CountCash: _item,
    c.SeizeItem: _item,
    c.FillBag: _fill,
    c.SealBag: lambda asked, command: _bag_of(asked.latest, command.bag),
    c.WeighBag: lambda asked, command: _bag_of(asked.latest, command.bag),
    c.OpenCell: _open_cell,
    c.ReportCellOpened: _cell,
    c.StoreBag: _store,
    c.TakeBag: _take,
    c.PlaceInRoom: _room,
    c.Move: _room,
    c.ReviewRestraint: _restraint,
    c.RemoveRestraint: _restraint,
    c.EndTemporaryExit: _exit,
    c.ReserveRoom: _room,
    c.Preflight: _room,
    c.OpenInterview: _open_interview,
    c.BreakInterview: _interview,
    c.ResumeInterview: _interview,
    c.MarkInterview: _interview,
    c.ShowEvidence: _interview,
    c.EndInterview: _interview,
    c.OrderMedical: _new_order,
    c.AcknowledgeMedicalOrder: _order,
    c.ApproveOutcome: _approve,
    c.SettleItem: _settle,
    c.ReportReturnAfterEscape: _escape,
    c.CorrectEntry: _correct,
    c.AcknowledgeWarning: _warning,
    c.CloseWarning: _warning,
    c.CloseDuty: _duty,
}
