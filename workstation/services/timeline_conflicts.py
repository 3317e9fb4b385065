"""Where two entries of one stay cannot both be right. Only what the record itself shows; nothing is guessed.

Corrections are applied first: what was set right no longer contradicts. How the pairs are worded is the screen's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from workstation.custody import events as e
from workstation.custody.circumstances import PackView
from workstation.custody.recorded import AnyEvent
from workstation.custody.stay import Stay
from workstation.custody.values import Answer, IdentityCheck

SLACK = timedelta(minutes=1)
"""How far two accounts of one act may lie apart."""
_HANDS_ON = (e.PersonChecked, e.CareOffered, e.InterviewOpened, e.SearchBegun, e.RoomEntered)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Two entries (ids) that contradict each other from `since` to `until`.

    `code`: two-places, outside, recording, weight or identity; `values`: what each says, for its sentence.
    """

    code: str
    one: str
    other: str
    since: datetime
    until: datetime
    values: dict[str, str | int] = {}


class _Read(msgspec.Struct, frozen=True):
    """An entry as it reads now."""

    entry: str
    event: AnyEvent
    at: datetime


def conflicts_of(stay: Stay, pack: PackView, now: datetime) -> tuple[Conflict, ...]:
    """Every contradiction of a stay, oldest first."""
    read = _readings(stay)
    found = [
        *_two_places(stay, now),
        *_outside(stay, read, now),
        *_recording(stay, read, now),
        *_weight(stay, read, pack),
        *_identity(read),
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.code, one.one, one.other)))


def _readings(stay: Stay) -> list[_Read]:
    after = {one.corrects: one for one in stay.corrections}
    read = []
    for one in stay.entries:
        mended = after.get(one.entry)
        read.append(
            _Read(one.entry, mended.after, mended.after_at)
            if mended
            else _Read(one.entry, one.event, one.happened_at)
        )
    return sorted(read, key=lambda one: one.at)


def _two_places(stay: Stay, now: datetime) -> Iterator[Conflict]:
    """An interview goes on in one room while the room log has the person in another."""
    for talk in stay.interviews.interviews:
        for room in stay.presence.rooms:
            since = max(talk.opened, room.since)
            until = min(talk.ended or now, room.until or now)
            if room.room != talk.room and until - since > SLACK:
                yield Conflict(
                    code="two-places", one=room.entry, other=talk.entry, since=since, until=until,
                    values={"room": room.room, "other": talk.room},
                )  # fmt: skip


def _outside(stay: Stay, read: list[_Read], now: datetime) -> Iterator[Conflict]:
    """Something was done with the person here while they were out."""
    for out in stay.presence.exits:
        until = out.ended or now
        for one in read:
            if isinstance(one.event, _HANDS_ON) and out.began + SLACK < one.at < until - SLACK:
                yield Conflict(
                    code="outside", one=out.entry, other=one.entry, since=one.at, until=one.at,
                    values={"destination": out.destination},
                )  # fmt: skip


def _recording(stay: Stay, read: list[_Read], now: datetime) -> Iterator[Conflict]:
    """An interview was ended as recorded in full, and the recorder counted gaps in it."""
    ends = {one.event.interview: one for one in read if isinstance(one.event, e.InterviewEnded)}
    for talk in stay.interviews.interviews:
        end = ends.get(talk.interview)
        if end is None or talk.whole_recording is not Answer.YES:
            continue
        for one in read:
            event = one.event
            if not isinstance(event, e.RecordingSealed) or event.room != talk.room or not event.gaps:
                continue
            since = max(talk.opened, event.began_at)
            until = min(talk.ended or now, event.ended_at)
            if since < until:
                yield Conflict(
                    code="recording", one=end.entry, other=one.entry, since=since, until=until,
                    values={"gaps": event.gaps, "seconds": event.gap_ms // 1000},
                )  # fmt: skip


def _weight(stay: Stay, read: list[_Read], pack: PackView) -> Iterator[Conflict]:
    """The blind count does not weigh what was stored, and nobody has said why."""
    effects = stay.effects
    count = effects.count
    if effects.weight_explained.strip() or count is None or count.grams is None:
        return
    if not effects.bags or any(bag.grams is None for bag in effects.bags):
        return
    stored = sum(bag.grams or 0 for bag in effects.bags)
    weighed = [one for one in read if isinstance(one.event, e.BagWeighed)]
    counted = [one for one in read if isinstance(one.event, e.PropertyCountedBlind)]
    if abs(stored - count.grams) > pack.threshold("weight-tolerance-grams") and weighed and counted:
        yield Conflict(
            code="weight", one=weighed[-1].entry, other=counted[0].entry, since=weighed[-1].at, until=counted[0].at,
            values={"stored": stored, "counted": count.grams},
        )  # fmt: skip


def _identity(read: list[_Read]) -> Iterator[Conflict]:
    """At departure band, photograph or question did not fit the person who was identified."""
    known = [one for one in read if isinstance(one.event, e.PersonIdentified)]
    for one in read:
        if isinstance(one.event, e.PersonReidentified) and known:
            checks = (one.event.band, one.event.photo, one.event.question)
            if IdentityCheck.DIFFERS in checks:
                yield Conflict(
                    code="identity", one=known[-1].entry, other=one.entry, since=one.at, until=one.at
                )
