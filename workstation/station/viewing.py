"""Looking at recordings and at what is hidden in pictures: only with an entry of the record that says why and by whom.

An entry "media accessed" opens exactly the recordings, or the camera, that it names, to the session that made it and
for a while. What a camera may not show is left out of the pixels here, before a picture leaves the station.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.accounts.sessions import Session
from workstation.clock import from_ms, to_ms
from workstation.custody import commands as c
from workstation.custody.values import MediaAccess, RoomUse
from workstation.errors import AppError
from workstation.readings import RecordingHeld, Zone
from workstation.station import messages as m
from workstation.station.recording import Library

if TYPE_CHECKING:
    from workstation.station.station import Station

UNMASKED_FOR = timedelta(minutes=3)
VIEWED_FOR = timedelta(hours=1)
WHOLE: tuple[Zone, ...] = ((0.0, 0.0, 1.0, 1.0),)
PRIVATE = frozenset({RoomUse.MEDICAL, RoomUse.SEARCH})
"""Rooms whose cameras show nothing unless the zones that are to be hidden are declared with the camera."""
PARAMETER = "hidden"
"""Parameter of a camera: `left,top,width,height` as fractions, several parted by `;`."""


def zones_of(text: str) -> tuple[Zone, ...]:
    """The zones of a declared parameter; what cannot be read hides the whole picture."""
    found: list[Zone] = []
    for part in filter(None, (one.strip() for one in text.split(";"))):
        try:
            x, y, w, h = (float(number) for number in part.split(","))
        except ValueError:
            return WHOLE
        if not (0 <= x <= 1 and 0 <= y <= 1 and 0 < w <= 1 and 0 < h <= 1):
            return WHOLE
        found.append((x, y, w, h))
    return tuple(found)


class Viewing:
    """Who may see which recording, and which camera unmasked, until when."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._open: dict[tuple[str, MediaAccess, str], datetime] = {}

    # ------------------------------------------------------------ what is opened

    def take(self, session: Session, command: c.AccessMedia) -> None:
        """An access is on disk: open what it names, as far as that belongs to the person."""
        until = self._station.clock.now()
        until += UNMASKED_FOR if command.access is MediaAccess.UNMASK else VIEWED_FOR
        for media in command.media:
            if self._belongs(command.stay, media):
                self._open[session.token, command.access, media] = until

    def _belongs(self, stay: str, media: str) -> bool:
        house = self._station.desk.house_with(stay)
        found = house.stay(stay)
        if found is None:
            return False
        if any(one.recording == media for one in found.interviews.recordings):
            return True
        room = house.centre.rooms.get(found.room)
        return room is not None and room.camera == media

    def opened(self, session: Session, access: MediaAccess, media: str) -> bool:
        """Whether this session may do that with this recording or camera now."""
        until = self._open.get((session.token, access, media))
        return until is not None and self._station.clock.now() < until

    def hidden(self, session: Session, camera: str, recording: str = "") -> tuple[Zone, ...]:
        """What is left out of a camera's pictures, or of those of a recording, for this session."""
        if self.opened(session, MediaAccess.UNMASK, recording or camera):
            return ()
        centre = self._station.desk.house().centre
        device = centre.devices.get(camera)
        declared = device.parameters.get(PARAMETER, "") if device is not None else ""
        if declared:
            return zones_of(declared)
        private = any(room.camera == camera and room.use in PRIVATE for room in centre.rooms.values())
        return WHOLE if private else ()

    # ------------------------------------------------------------ answers

    def recordings(self, session: Session) -> m.RecordingsReply:
        """What is recorded now, where that is demanded, and which recordings there are."""
        recording = self._station.recording
        house = self._station.desk.house()
        talks = {
            stay.interviews.open.room: stay.stay
            for stay in house.open_stays
            if stay.interviews.open is not None
        }
        if recording is None:
            return m.RecordingsReply(recorder=False, demanded=tuple(sorted(talks)))
        stays = {
            one.recording: stay
            for stay in house.stays.values()
            for one in stay.interviews.recordings
        }  # fmt: skip
        rows: list[m.RecordingRow] = []
        for held in recording.library.held():
            owner = stays.get(held.recording)
            name = owner.identity.name if owner is not None and owner.identity is not None else ""
            rows.append(
                m.RecordingRow(
                    held=held,
                    stay=owner.stay if owner is not None else "",
                    stay_number=owner.number if owner is not None else "",
                    name=name,
                    open=self.opened(session, MediaAccess.VIEW, held.recording),
                    exportable=self.opened(session, MediaAccess.EXPORT, held.recording),
                    hidden=bool(self.hidden(session, held.camera, held.recording)),
                )
            )
        return m.RecordingsReply(
            recorder=True,
            now=tuple(recording.states().values()),
            demanded=tuple(sorted(talks)),
            held=tuple(rows),
            free_mb=recording.library.free_mb(),
        )

    def recorded(self, session: Session, ask: m.GetRecorded) -> m.RecordedReply:
        """One picture of a recording that was opened. Raises AppError `media.not-opened` for any other."""
        held, library = self._held(session, ask.recording, MediaAccess.VIEW)
        hidden = self.hidden(session, held.camera, held.recording)
        still = library.picture(
            ask.recording,
            from_ms(ask.at_ms),
            step=max(-1, min(1, ask.step)),
            max_width=max(64, min(ask.width, 1920)),
            hidden=hidden,
        )
        return m.RecordedReply(jpeg=still.jpeg, at_ms=to_ms(still.at), hidden=hidden)

    def clip(self, session: Session, ask: m.ExportClip) -> m.ClipReply:
        """Cut a clip into a folder of this workstation. A recording with hidden parts goes out only unmasked.

        Raises AppError when no export was recorded for it, or when parts of it are hidden.
        """
        held, library = self._held(session, ask.recording, MediaAccess.EXPORT)
        if self.hidden(session, held.camera, held.recording):
            raise AppError("media.hidden")
        if ask.from_ms >= ask.until_ms:
            raise AppError("media.span")
        began = from_ms(ask.from_ms)
        name = f"{held.camera}-{began:%Y%m%dT%H%M%S}.mkv"
        clip = library.clip(ask.recording, began, from_ms(ask.until_ms), Path(ask.folder) / name)
        return m.ClipReply(clip=clip)

    def _held(self, session: Session, recording: str, access: MediaAccess) -> tuple[RecordingHeld, Library]:
        if self._station.recording is None:
            raise AppError("recorder.no-such")
        library = self._station.recording.library
        held = next((one for one in library.held() if one.recording == recording), None)
        if held is None:
            raise AppError("recorder.no-such")
        if not self.opened(session, access, recording):
            raise AppError("media.not-opened")
        return held, library
