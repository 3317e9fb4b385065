"""What a device told us: values with the moment and the device, never more than the bytes said.

No reading means unknown; unknown is a state of its own and is never replaced by the last value.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How a device is doing."""

    OK = "ok"
    DEGRADED = "degraded"
    LOST = "lost"
    UNKNOWN = "unknown"


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """State of a device with the catalogue code of its reason and since when."""

    device: str
    level: Level
    reason: str = ""
    since: datetime


class Door(StrEnum):
    """What the sensor of a locker door says."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class DoorSeen(msgspec.Struct, frozen=True, kw_only=True):
    """The contact of one door at one moment. `door` counts from 1 on its board, as printed on the board."""

    device: str
    board: int
    door: int
    state: Door
    at: datetime
    spontaneous: bool = False


class TagSeen(msgspec.Struct, frozen=True, kw_only=True):
    """One read of one UHF tag. `epc`: upper-case hex, opaque. `rssi_dbm`: signed dBm."""

    device: str
    epc: str
    rssi_dbm: int
    at: datetime


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a scale in whole grams. Only a stable weight may be used as evidence."""

    device: str
    grams: int
    stable: bool
    raw: str
    at: datetime


class CardKind(StrEnum):
    """Which of the three card types the document-type character named."""

    CITIZEN = "citizen"
    FOREIGN_RESIDENT = "foreign-resident"
    HMT_RESIDENT = "hmt-resident"


class CardRead(msgspec.Struct, frozen=True, kw_only=True):
    """What an identity card holds. Personal data: never logged, never traced in clear.

    Dates are `YYYY-MM-DD` (or empty when the card gives none; `valid_to` may be `long-term`).
    `photo`: the card's own compressed block, kept raw (1024 bytes of WLT).
    """

    device: str
    kind: CardKind
    name: str
    sex: str
    ethnic: str
    birth: str
    address: str
    number: str
    issuer: str
    valid_from: str
    valid_to: str
    nationality: str = ""
    photo: bytes = b""
    at: datetime


STAFF_MARK = "STAFF-"
"""What the code of a staff card begins with."""


class ScanRead(msgspec.Struct, frozen=True, kw_only=True):
    """One code that a scanner read. What people scan may be personal: never logged, never traced in clear.

    `text`: printable ASCII without group separators; `symbology`: the three AIM characters, or empty.
    """

    device: str
    text: str
    symbology: str = ""
    at: datetime


Zone = tuple[float, float, float, float]
"""A part of a picture: left, top, width, height as fractions of the whole."""


class Still(msgspec.Struct, frozen=True, kw_only=True):
    """One JPEG picture of a camera, with the camera's own clock where it gives one."""

    device: str
    jpeg: bytes
    at: datetime
    width: int
    height: int


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What a device's own clock said, with its offset to ours (device minus ours) and how sure we are."""

    at_ms: int
    offset_ms: int
    uncertainty_ms: int


class Verified(StrEnum):
    """Whether a recording is known to be written: the same words as the record's own answers."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class RecordingGap(msgspec.Struct, frozen=True, kw_only=True):
    """A time of which there is no picture; `ended` is None while it lasts."""

    began: datetime
    ended: datetime | None
    reason: str


class RecordingState(msgspec.Struct, frozen=True, kw_only=True):
    """How the recording of one room is doing.

    `verified`: YES only while packets written in the last 2.5 s are hashed in the recording's journal; NO while
    a gap is open or nothing records; UNKNOWN before the first packet. `since`: when it began. `last_packet_at`:
    arrival of the newest packet that lies on the disk. `gaps`: gaps begun so far, an open one included, each in
    `missing`. `bytes`: on the disk and hashed. `reason`: catalogue code of what is wrong, or empty.
    """

    recording: str
    room: str
    camera: str
    running: bool
    verified: Verified
    since: datetime
    last_packet_at: datetime | None = None
    gaps: int = 0
    bytes: int = 0
    reason: str = ""
    missing: tuple[RecordingGap, ...] = ()


class RecordingSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that has ended. `root`: RFC 6962 root (hex) over the `lines` lines of its journal.

    `recovered`: the recorder did not end it itself; what it left was closed afterwards.
    """

    recording: str
    room: str
    camera: str
    started: datetime
    ended: datetime
    segments: int
    bytes: int
    gaps: tuple[RecordingGap, ...]
    lines: int
    root: str
    recovered: bool = False


class RecordingHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that lies on this workstation. `ended` is None while it is written; `newest`: its last line so far.

    `altered`: its journal is not as it was written, so that nothing of it is told.
    """

    recording: str
    room: str
    camera: str
    began: datetime
    ended: datetime | None
    newest: datetime
    gaps: tuple[RecordingGap, ...] = ()
    bytes: int = 0
    altered: bool = False


class Clip(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a recording as a file of its own; `began`, `ended`: moments of its first and last picture."""

    file: str
    bytes: int
    sha256: str
    began: datetime
    ended: datetime
