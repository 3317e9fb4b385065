"""What stands beside the cards of the board: rooms, trays, notes, and where the record contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from workstation.custody.house import House
from workstation.custody.presence import Status
from workstation.custody.stay import Stay
from workstation.custody.values import Answer, Capacity, RoomUse
from workstation.readings import Level
from workstation.services.board_notes import DeskNote

LED_AWAY = timedelta(hours=3)
"""How long somebody who was led away stays in the tray: the record has no entry for an arrival elsewhere."""
MOST_NOTES = 30

_SHOWN = (RoomUse.HOLDING, RoomUse.INTERVIEW, RoomUse.SEARCH, RoomUse.CAPTURE, RoomUse.MEDICAL)
_BEFORE_A_ROOM = (RoomUse.INTAKE, RoomUse.SEARCH, RoomUse.CAPTURE)


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two places for one person: `room` by the room log, `other` by `source` (interview)."""

    room: str
    source: str
    other: str


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Someone without the room they need. `since`: how long; `room`, `from_at`: an interview room reserved, or empty."""

    since: datetime | None
    room: str = ""
    from_at: datetime | None = None


class Leaving(msgspec.Struct, frozen=True, kw_only=True):
    """Someone led away under escort. Whether they arrived is not in the record."""

    stay: str
    number: str
    name: str
    destination: str
    escorts: int
    at: datetime


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """One note. `kind`: person (an entry of the stay), note, arrival; `by`: name of who wrote it."""

    key: str
    kind: str
    text: str
    by: str
    at: datetime
    stay: str = ""
    number: str = ""
    expected_at: datetime | None = None


class RoomView(msgspec.Struct, frozen=True, kw_only=True):
    """Occupancy of one room. `people`: names, or numbers, of who the room log puts there.

    `recording`: yes, no or unknown while an interview is open, else empty; `demanded`: the law asks for it. `camera`: ok, degraded, lost or unknown,
    empty where none looks in. `disputed`: names whom another part of the record puts elsewhere, or here.
    """

    room: str
    name_zh: str
    name_en: str
    use: str
    capacity: int
    in_service: bool
    people: tuple[str, ...]
    interview: bool
    recording: str = ""
    demanded: bool = False
    camera: str = ""
    disputed: tuple[str, ...] = ()


def disagreement_of(stay: Stay) -> Disagreement | None:
    """An open interview in another room than the room log names, or None."""
    talk = stay.interviews.open
    if talk is None or not stay.room or talk.room == stay.room:
        return None
    return Disagreement(room=stay.room, source="interview", other=talk.room)


def waiting_of(stay: Stay, house: House, now: datetime) -> Waiting | None:
    """Whether the person waits for a holding room or for a reserved interview room."""
    if stay.status is not Status.OPEN or stay.capacity is not Capacity.SUSPECT:
        return None
    room = house.centre.rooms.get(stay.room)
    entered = stay.presence.rooms[-1].since if stay.room else stay.presence.last_entry_at
    coming = [
        one
        for one in stay.interviews.reservations
        if one.until > now and one.room != stay.room and stay.interviews.open is None
    ]
    if coming:
        first = min(coming, key=lambda one: one.from_at)
        return Waiting(since=first.at, room=first.room, from_at=first.from_at)
    if room is None or room.use in _BEFORE_A_ROOM:
        return Waiting(since=entered)
    return None


def leaving_of(house: House, now: datetime) -> tuple[Leaving, ...]:
    """Who left under escort within the last hours, newest first."""
    found = [
        Leaving(
            stay=stay.stay,
            number=stay.number,
            name=_called(stay),
            destination=gone.destination,
            escorts=len(gone.escorts),
            at=gone.at,
        )
        for stay in house.stays.values()
        if (gone := stay.departure) is not None and gone.escorts and now - gone.at < LED_AWAY
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def notes_of(house: House, desk_notes: tuple[DeskNote, ...]) -> tuple[NoteView, ...]:
    """Notes on the persons present and of the desk, newest first."""
    staff = house.centre.staff

    def name(who: str) -> str:
        return staff[who].actor.name if who in staff else who

    found = [
        NoteView(
            key=one.entry,
            kind="person",
            text=one.text,
            by=name(one.actor),
            at=one.at,
            stay=stay.stay,
            number=stay.number,
        )
        for stay in house.open_stays
        for one in stay.remarks.notes
    ]
    found += [
        NoteView(
            key=one.key,
            kind=one.kind,
            text=one.text,
            by=name(one.by),
            at=one.at,
            expected_at=one.expected_at,
        )
        for one in desk_notes
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:MOST_NOTES])


def rooms_of(
    house: House, recording: Mapping[str, Answer], demanded: Callable[[Stay], bool]
) -> tuple[RoomView, ...]:
    """The rooms that hold persons, as declared. `recording`: room → verified and whole; `demanded`: by a stay."""
    occupancy, devices = house.occupancy, house.centre.devices
    talking = {stay.interviews.open.room: stay for stay in house.open_stays if stay.interviews.open}
    rooms = []
    for room in house.centre.rooms.values():
        if room.use not in _SHOWN:
            continue
        people = occupancy.get(room.room, ())
        interview = room.room in talking
        camera = devices[room.camera].level if room.camera in devices else Level.UNKNOWN
        disputed = [
            _called(stay)
            for stay in house.open_stays
            if (told := disagreement_of(stay)) is not None and room.room in (told.room, told.other)
        ]
        rooms.append(
            RoomView(
                room=room.room,
                name_zh=room.name_zh,
                name_en=room.name_en,
                use=str(room.use),
                capacity=room.capacity,
                in_service=room.in_service,
                people=tuple(_called(one) for one in people),
                interview=interview,
                recording=str(recording.get(room.room, Answer.UNKNOWN)) if interview else "",
                demanded=interview and demanded(talking[room.room]),
                camera=str(camera) if room.camera else "",
                disputed=tuple(disputed),
            )
        )
    return tuple(rooms)


def _called(stay: Stay) -> str:
    """The name, or the number while nobody knows the name."""
    return stay.identity.name if stay.identity else stay.number
