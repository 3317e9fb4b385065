"""Recordings and hidden zones at the real station: what is shown, and the entry without which nothing is."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.station_kit import StationKit, until
from workstation.clock import to_ms
from workstation.custody import commands as c
from workstation.custody.values import Answer, How, MediaAccess, RoomUse, Source
from workstation.errors import AppError
from workstation.readings import RecordingState
from workstation.services.practice import stay_id
from workstation.station import messages as m
from workstation.station.client import Lane
from workstation.station.viewing import WHOLE, zones_of

HELD = stay_id(2)
CAMERA, ROOM = "cam-3", "holding-1"
TAPED = "interview-2"


def code_of(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


def access(
    kit: StationKit,
    lane: Lane,
    kind: MediaAccess,
    media: str,
    *,
    stay: str = HELD,
    second: str = "",
    purpose: str = "核对",
) -> object:
    command = c.AccessMedia(
        stay=stay, access=kind, media=(media,), purpose=purpose, second=f"P{second}" if second else ""
    )
    return kit.submit(lane, command, seconds=(second,) if second else ())


def grey(jpeg: bytes) -> float:
    """How much stands out in a picture: near nothing when all of it is hidden."""
    return float(np.std(np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE))))


def frame(lane: Lane) -> m.FrameReply | None:
    reply: m.FrameReply = lane.ask(m.GetFrame(camera=CAMERA, width=640))
    return reply if reply.jpeg else None


def record(kit: StationKit) -> m.RecordingRow:
    """Some seconds of a real recording, by a preflight of the room."""
    lane = kit.lane("1005")
    preflight = c.Preflight(
        stay=HELD, room=TAPED, recording=Answer.YES, detail="", source=Source(how=How.TYPED)
    )
    assert isinstance(kit.submit(lane, preflight), m.Saved)
    until(lambda: running(lane), "the recording")
    until(lambda: running(lane)[0].verified == "yes", "the recording to be verified")
    row: m.RecordingRow = until(lambda: held(lane), "whose it is")
    return row


def running(lane: Lane) -> list[RecordingState]:
    """How the recording of the room is doing; another interview has gone on since before the station began."""
    return [one for one in lane.ask(m.GetRecordings()).now if one.room == TAPED]


def held(lane: Lane) -> m.RecordingRow | None:
    return next((one for one in lane.ask(m.GetRecordings()).held if one.stay == HELD), None)


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("", ()),
        ("0.1,0.2,0.3,0.4", ((0.1, 0.2, 0.3, 0.4),)),
        (" 0,0,1,0.5 ; 0.5,0.5,0.5,0.5 ", ((0, 0, 1, 0.5), (0.5, 0.5, 0.5, 0.5))),
        ("left half", WHOLE),
        ("0,0,2,1", WHOLE),
        ("0,0,0,1", WHOLE),
    ],
)
def test_zones_that_cannot_be_read_hide_the_whole_picture(text: str, zones: object) -> None:
    assert zones_of(text) == zones


def test_a_medical_room_is_hidden_until_two_persons_have_recorded_why(wired: StationKit) -> None:
    administrator, guard, leader = wired.lane("1013"), wired.lane("1004"), wired.lane("1007")
    house = wired.station.desk.house()
    room = house.centre.rooms[ROOM]
    assert house.stays[HELD].room == ROOM
    until(lambda: frame(guard), "a picture")
    assert grey(until(lambda: frame(guard), "a picture").jpeg) > 10
    wired.submit(
        administrator,
        c.DeclareRoom(
            room=ROOM, name_zh=room.name_zh, name_en=room.name_en, use=RoomUse.MEDICAL,
            capacity=room.capacity, camera=CAMERA,
        ),
    )  # fmt: skip
    reply = until(lambda: frame(guard), "a picture")
    assert reply.hidden == WHOLE
    assert grey(reply.jpeg) < 2
    alone = access(wired, guard, MediaAccess.UNMASK, CAMERA)
    assert isinstance(alone, m.Refused)
    with pytest.raises(AppError):  # named, but not proven
        wired.submit(
            guard,
            c.AccessMedia(
                stay=HELD, access=MediaAccess.UNMASK, media=(CAMERA,), purpose="看", second="P1001"
            ),
        )
    assert grey(until(lambda: frame(guard), "a picture").jpeg) < 2
    assert isinstance(access(wired, guard, MediaAccess.UNMASK, CAMERA, second="1001"), m.Saved)
    shown = until(lambda: frame(guard), "a picture")
    assert shown.hidden == ()
    assert grey(shown.jpeg) > 10
    assert grey(until(lambda: frame(leader), "a picture").jpeg) < 2
    wired.advance(minutes=3, seconds=1)
    assert until(lambda: frame(guard), "a picture").hidden == WHOLE


def test_another_persons_camera_is_not_opened_by_an_entry_about_this_one(wired: StationKit) -> None:
    administrator, guard = wired.lane("1013"), wired.lane("1004")
    corridor = wired.station.desk.house().centre.rooms["corridor"]
    wired.submit(
        administrator,
        c.DeclareRoom(
            room="corridor", name_zh=corridor.name_zh, name_en=corridor.name_en, use=RoomUse.MEDICAL,
            capacity=corridor.capacity, camera=corridor.camera,
        ),
    )  # fmt: skip
    assert isinstance(access(wired, guard, MediaAccess.UNMASK, corridor.camera, second="1001"), m.Saved)
    reply = until(
        lambda: (found := guard.ask(m.GetFrame(camera=corridor.camera, width=320))).jpeg and found,
        "a picture",
    )
    assert reply.hidden == WHOLE


def test_a_recording_is_shown_after_its_access_is_recorded(wired: StationKit) -> None:
    row = record(wired)
    lane, other = wired.lane("1005"), wired.lane("1004")
    assert (row.stay, row.held.camera) == (HELD, "cam-2")
    assert not row.open
    ask = m.GetRecorded(recording=row.held.recording, at_ms=to_ms(row.held.newest), width=320)
    with pytest.raises(AppError) as refused:
        lane.ask(ask)
    assert code_of(refused) == "media.not-opened"
    assert isinstance(access(wired, lane, MediaAccess.VIEW, row.held.recording, purpose=" "), m.Refused)
    assert isinstance(access(wired, lane, MediaAccess.VIEW, row.held.recording), m.Saved)

    def picture() -> m.RecordedReply | None:
        try:
            reply: m.RecordedReply = lane.ask(ask)
        except AppError:
            return None  # nothing of it lies on the disk yet
        return reply

    reply = until(picture, "a recorded picture")
    assert grey(reply.jpeg) > 10
    again = held(lane)
    assert again is not None
    assert again.open
    with pytest.raises(AppError) as refused:
        other.ask(ask)
    assert code_of(refused) == "media.not-opened"


def test_a_clip_goes_out_only_with_a_second_person(wired: StationKit, tmp_path: Path) -> None:
    row = record(wired)
    lane = wired.lane("1005")
    until(lambda: running(lane)[0].bytes > 20_000, "some recording")
    later = held(lane)
    assert later is not None
    ask = m.ExportClip(
        recording=row.held.recording,
        from_ms=to_ms(row.held.began),
        until_ms=to_ms(later.held.newest) + 60_000,
        folder=str(tmp_path / "out"),
    )
    assert isinstance(access(wired, lane, MediaAccess.VIEW, row.held.recording), m.Saved)
    with pytest.raises(AppError) as refused:
        lane.ask(ask)
    assert code_of(refused) == "media.not-opened"
    assert isinstance(access(wired, lane, MediaAccess.EXPORT, row.held.recording, second="1001"), m.Saved)
    clip = lane.ask(ask).clip
    assert Path(clip.file).stat().st_size == clip.bytes > 10_000
    assert Path(clip.file).with_suffix(".json").exists()


def test_a_role_that_sees_no_cameras_sees_no_recordings(kit: StationKit) -> None:
    with pytest.raises(AppError) as refused:
        kit.lane("1012").ask(m.GetRecordings())
    assert code_of(refused) == "accounts.no-role"
    assert not kit.lane("1004").ask(m.GetRecordings()).recorder
