"""What window and station say to each other over the local socket: typed values as MessagePack, never pickle.

One `Ask` is answered by one `Reply`. A connection that sent `Subscribe` becomes a feed: the station then sends
`Notice` values, at most ten a second, and reads nothing more from it. Values that are personal are sent only on
connections attached to an unlocked session whose roles may see them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from workstation.custody.circumstances import ClockState
from workstation.custody.gates import Objection
from workstation.custody.next_action import NextAction
from workstation.custody.tasks import Task
from workstation.custody.values import Paper
from workstation.readings import (
    CardRead,
    Clip,
    Door,
    Health,
    RecordingHeld,
    RecordingState,
    ScanRead,
    TagSeen,
    Weight,
    Zone,
)
from workstation.roles import Rank, Role, Sex
from workstation.services.alerts import Alerts
from workstation.services.board import Board
from workstation.services.board_wall import Wall
from workstation.services.lockers import BankView, WaitingBag
from workstation.services.review import Draw, Review
from workstation.services.stays import StayFacts
from workstation.services.timeline import TimelinePage
from workstation.services.timeline_conflicts import Conflict
from workstation.services.timeline_proof import Proof

PROTOCOL = 1


class _Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="m"):
    pass


# ---------------------------------------------------------------- asks


class Hello(_Message, frozen=True, kw_only=True):
    """First on every connection. `token` attaches to a session that was signed in on another lane."""

    protocol: int
    token: str = ""


class SignIn(_Message, frozen=True, kw_only=True):
    """By staff number and secret; `card` in place of the number when a card was laid on the reader."""

    number: str
    secret: str
    card: str = ""


class SignOut(_Message, frozen=True, kw_only=True):
    pass


class LockSession(_Message, frozen=True, kw_only=True):
    pass


class UnlockSession(_Message, frozen=True, kw_only=True):
    """The secret of who is signed in; `card`, when one was laid on the reader, must be theirs."""

    secret: str
    card: str = ""


class WhoseCard(_Message, frozen=True, kw_only=True):
    """Whose staff card was laid on a reader of this workstation; answered before sign-in too, and always noted."""

    card: str


class FirstAdministrator(_Message, frozen=True, kw_only=True):
    """Only while a live store has no staff: makes the centre's first administrator."""

    name: str
    number: str
    secret: str
    centre_zh: str
    centre_en: str


class SetSecret(_Message, frozen=True, kw_only=True):
    """Give a colleague a secret, by those who enrol staff."""

    staff: str
    secret: str


class Submit(_Message, frozen=True, kw_only=True):
    """`envelope`: JSON bytes of a custody Envelope. `drafts`: forms whose drafts end with the commit."""

    envelope: bytes
    drafts: tuple[str, ...] = ()


class Judge(_Message, frozen=True, kw_only=True):
    """What would stand against this command now; nothing is recorded."""

    envelope: bytes


class Approve(_Message, frozen=True, kw_only=True):
    """A second person's credential for exactly this command at this position."""

    envelope: bytes
    number: str
    secret: str
    card: str = ""


class GetBoard(_Message, frozen=True, kw_only=True):
    pass


class GetWall(_Message, frozen=True, kw_only=True):
    """What may hang in the hall: no name, no case, no measure. Answered without a session."""


class KeepNote(_Message, frozen=True, kw_only=True):
    """A note of the desk, no entry of the record; with `expected_at` it announces an arrival."""

    text: str
    expected_at: datetime | None = None


class DropNote(_Message, frozen=True, kw_only=True):
    key: str


class PrintBoard(_Message, frozen=True, kw_only=True):
    """The board as a paper for a power loss."""

    language: str


class PrintRegister(_Message, frozen=True, kw_only=True):
    """The register of entries and exits of a local day, `YYYY-MM-DD`."""

    day: str
    language: str


class GetStay(_Message, frozen=True, kw_only=True):
    stay: str
    purpose: str = "work"


class GetAlerts(_Message, frozen=True, kw_only=True):
    """Warnings, duties and pressing clocks of every stay, also of who left owing something, with their figures."""


class GetReview(_Message, frozen=True, kw_only=True):
    """The entries that supervision looks at, of every stay, recorded since an instant; newest first."""

    since: datetime
    limit: int = 500


class DrawSample(_Message, frozen=True, kw_only=True):
    """Entries by lot; the same seed on the same record draws the same ones."""

    seed: str
    count: int = 10


class GetTimeline(_Message, frozen=True, kw_only=True):
    stay: str
    after: int = 0
    limit: int = 500
    kinds: tuple[str, ...] = ()


class ProveEntry(_Message, frozen=True, kw_only=True):
    """Prove that an entry of a stay stands in the record as it was written."""

    stay: str
    seq: int


class GetLockers(_Message, frozen=True, kw_only=True):
    pass


class GetLayout(_Message, frozen=True, kw_only=True):
    """The banks as they are declared, without what is known of their doors: for those who look after the building."""


class GetDevices(_Message, frozen=True, kw_only=True):
    pass


class GetTrace(_Message, frozen=True, kw_only=True):
    device: str
    after: int = 0
    limit: int = 200


class GetCommands(_Message, frozen=True, kw_only=True):
    """What a technician may send to a device."""

    device: str


class SendCommand(_Message, frozen=True, kw_only=True):
    """A command by the name that the adapter gives it. `number`: a door, or 0; `dry`: only tell the bytes."""

    device: str
    name: str
    number: int = 0
    dry: bool = False


class SendRaw(_Message, frozen=True, kw_only=True):
    """Bytes as they are, to a simulated device only."""

    device: str
    data: bytes


class ReopenLine(_Message, frozen=True, kw_only=True):
    device: str


class TryDevice(_Message, frozen=True, kw_only=True):
    """Read a device once, now, to see whether it answers. Nothing moves and nothing is recorded."""

    device: str


class GetCentre(_Message, frozen=True, kw_only=True):
    pass


class GetStaff(_Message, frozen=True, kw_only=True):
    pass


class Find(_Message, frozen=True, kw_only=True):
    """Persons, numbers, tags, cells, items and cases whose text contains `text`; open stays only.

    `exact`: only what is `text` as a whole, as for a scan.
    """

    text: str
    exact: bool = False


class ReadCard(_Message, frozen=True, kw_only=True):
    device: str


class ReadTags(_Message, frozen=True, kw_only=True):
    device: str


class Weigh(_Message, frozen=True, kw_only=True):
    device: str


class TakeStill(_Message, frozen=True, kw_only=True):
    """A picture of a camera, kept as media of the stay."""

    camera: str
    stay: str


class PutMedia(_Message, frozen=True, kw_only=True):
    stay: str
    content: bytes
    type: str


class GetMedia(_Message, frozen=True, kw_only=True):
    media: str
    purpose: str


class GetFrame(_Message, frozen=True, kw_only=True):
    camera: str
    width: int
    newer_than_ms: int = 0


class GetRecording(_Message, frozen=True, kw_only=True):
    """How the recording of a room is doing."""

    room: str


class GetRecordings(_Message, frozen=True, kw_only=True):
    """What is recorded now, and which recordings there are."""


class GetRecorded(_Message, frozen=True, kw_only=True):
    """The picture of a recording at an instant; `step` 1 or -1: the next after it, the one before it.

    Answered only after an access to that recording is in the record.
    """

    recording: str
    at_ms: int
    width: int
    step: int = 0


class ExportClip(_Message, frozen=True, kw_only=True):
    """A part of a recording as a file in a folder of this workstation, after an export by two is in the record."""

    recording: str
    from_ms: int
    until_ms: int
    folder: str


class SaveDraft(_Message, frozen=True, kw_only=True):
    stay: str
    form: str
    content: bytes


class LoadDraft(_Message, frozen=True, kw_only=True):
    stay: str
    form: str


class DropDraft(_Message, frozen=True, kw_only=True):
    stay: str
    form: str


class PrintPaper(_Message, frozen=True, kw_only=True):
    stay: str
    paper: Paper
    language: str


class ViewPaper(_Message, frozen=True, kw_only=True):
    """The paper that `paper` would print, to be looked at: the look is noted, nothing is recorded."""

    paper: PrintPaper | PrintBoard | PrintRegister

    @property
    def stay(self) -> str:
        """Whose paper it is; empty where it is nobody's."""
        return self.paper.stay if isinstance(self.paper, PrintPaper) else ""


class ExportLog(_Message, frozen=True, kw_only=True):
    """The whole record, readable and in clear, into a new folder of this workstation.

    Two persons: the second proves themselves with number and secret, or with a card.
    """

    folder: str
    purpose: str
    second_number: str
    second_secret: str
    second_card: str = ""


class Subscribe(_Message, frozen=True, kw_only=True):
    pass


class Quit(_Message, frozen=True, kw_only=True):
    """Ask the station to end (same user only): used at shutdown and by tests."""


Ask: TypeAlias = (
    Hello
    | SignIn
    | SignOut
    | LockSession
    | UnlockSession
    | WhoseCard
    | FirstAdministrator
    | SetSecret
    | Submit
    | Judge
    | Approve
    | GetBoard
    | GetWall
    | KeepNote
    | DropNote
    | PrintBoard
    | PrintRegister
    | GetStay
    | GetAlerts
    | GetReview
    | DrawSample
    | GetTimeline
    | ProveEntry
    | GetLockers
    | GetLayout
    | GetDevices
    | GetTrace
    | GetCommands
    | SendCommand
    | SendRaw
    | ReopenLine
    | TryDevice
    | GetCentre
    | GetStaff
    | Find
    | ReadCard
    | ReadTags
    | Weigh
    | TakeStill
    | PutMedia
    | GetMedia
    | GetFrame
    | GetRecording
    | GetRecordings
    | GetRecorded
    | ExportClip
    | SaveDraft
    | LoadDraft
    | DropDraft
    | PrintPaper
    | ViewPaper
    | ExportLog
    | Subscribe
    | Quit
)


# ---------------------------------------------------------------- replies


class CentreNow(msgspec.Struct, frozen=True, kw_only=True):
    """Counts that may stand on a screen before anybody has signed in: open warnings, devices by health, entries."""

    red: int
    yellow: int
    blue: int
    devices_good: int
    devices_unknown: int
    devices_bad: int
    entries: int
    time_verified: bool


class Welcome(_Message, frozen=True, kw_only=True):
    """`needs_setup`: a live store without staff. `mode`: practice or live. `now`: only without a session."""

    protocol: int
    mode: str
    centre_zh: str
    centre_en: str
    time_zone: str
    needs_setup: bool
    open_stays: int
    practice_sign_ins: tuple[str, ...] = ()  # "number · secret" lines, practice only
    now: CentreNow | None = None


class CardHolder(_Message, frozen=True, kw_only=True):
    """Whose card it is, and nothing else of them."""

    staff: str
    name: str


class Signed(_Message, frozen=True, kw_only=True):
    token: str
    staff: str
    name: str
    roles: tuple[Role, ...]
    rank: Rank
    unit: str
    sex: Sex
    reads: tuple[str, ...]
    requests: tuple[str, ...]


class Saved(_Message, frozen=True, kw_only=True):
    """On disk. `entries`: seq of every entry written; `size`: ledger size after them; `at`: recorded."""

    entries: tuple[int, ...]
    size: int
    at: datetime
    kinds: tuple[str, ...]


class Refused(_Message, frozen=True, kw_only=True):
    objections: tuple[Objection, ...]
    position: int


class OutOfDate(_Message, frozen=True, kw_only=True):
    """The facts changed since the screen was drawn; `changed`: kinds recorded since, newest last."""

    position: int
    changed: tuple[str, ...]


class Judged(_Message, frozen=True, kw_only=True):
    objections: tuple[Objection, ...]
    position: int


class Approved(_Message, frozen=True, kw_only=True):
    token: str
    name: str


class Problem(_Message, frozen=True, kw_only=True):
    """An expected error: catalogue code and values."""

    code: str
    values: dict[str, str | int]


class Done(_Message, frozen=True, kw_only=True):
    pass


class BoardReply(_Message, frozen=True, kw_only=True):
    board: Board


class WallReply(_Message, frozen=True, kw_only=True):
    wall: Wall


class StayReply(_Message, frozen=True, kw_only=True):
    """Everything a step screen draws. `names`: staff id → name. `can`: actions this session may request."""

    facts: StayFacts
    tasks: tuple[Task, ...]
    next: NextAction | None
    clocks: tuple[ClockState, ...]
    last: TimelinePage
    names: dict[str, str]
    can: tuple[str, ...]
    position: int
    now: datetime


class AlertsReply(_Message, frozen=True, kw_only=True):
    """`names`: staff id → name, of those who are named in the alerts."""

    alerts: Alerts
    names: dict[str, str]


class ReviewReply(_Message, frozen=True, kw_only=True):
    review: Review


class SampleReply(_Message, frozen=True, kw_only=True):
    draw: Draw


class TimelineReply(_Message, frozen=True, kw_only=True):
    """`recording_demanded`: the interviews of the stay that the law wants recorded as a whole."""

    page: TimelinePage
    recording_demanded: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class ProofReply(_Message, frozen=True, kw_only=True):
    """`proof` None: the stay has no such entry."""

    proof: Proof | None


class LockersReply(_Message, frozen=True, kw_only=True):
    """`waiting`: filled bags that lie in no locker yet."""

    banks: tuple[BankView, ...]
    position: int
    waiting: tuple[WaitingBag, ...] = ()


class DeviceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A declared device with its live health. `line`: how it is wired, without secrets."""

    id: str
    type: str
    place: str
    line: str
    simulated: bool
    health: Health


class DevicesReply(_Message, frozen=True, kw_only=True):
    devices: tuple[DeviceRow, ...]


class TraceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer on a line. `direction`: "out" or "in"; personal data are masked in `hex`."""

    seq: int
    at: datetime
    direction: str
    hex: str
    decoded: str
    ok: bool


class TraceReply(_Message, frozen=True, kw_only=True):
    rows: tuple[TraceRow, ...]


class CommandRow(msgspec.Struct, frozen=True, kw_only=True):
    """`most`: the highest number that the command takes, from 1, or 0 for none; `moves`: something moves."""

    name: str
    most: int
    moves: bool


class CommandsReply(_Message, frozen=True, kw_only=True):
    """`baud`: bits a second, 0 without a line; `parameters`: as the device is declared."""

    device: str
    commands: tuple[CommandRow, ...]
    baud: int
    parameters: dict[str, str]
    simulated: bool


class SentReply(_Message, frozen=True, kw_only=True):
    """The bytes of a command."""

    data: bytes


class TriedReply(_Message, frozen=True, kw_only=True):
    """What a device answered: catalogue code and values, how long it took, and its health then.

    `answered` False: the code is the error's. Nothing personal is among the values.
    """

    device: str
    answered: bool
    code: str
    values: dict[str, str | int]
    took_ms: int
    health: Health


class RoomRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name_zh: str
    name_en: str
    use: str
    capacity: int
    camera: str
    in_service: bool


class CentreReply(_Message, frozen=True, kw_only=True):
    """Layout and names that screens show. `desk`: device ids of this workstation's desk by kind.

    `time_verified`: False while the station's clock cannot be relied on for a legal limit.
    """

    name_zh: str
    name_en: str
    time_zone: str
    mode: str
    rooms: tuple[RoomRow, ...]
    cameras: tuple[str, ...]
    desk: dict[str, str]
    workstation: str
    pack: str
    position: int
    time_verified: bool = True


class StaffRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    number: str
    roles: tuple[Role, ...]
    rank: Rank
    unit: str
    sex: Sex
    active: bool
    card: str


class StaffReply(_Message, frozen=True, kw_only=True):
    staff: tuple[StaffRow, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: stay, bag, band, cell, item, case. `key`: what to open."""

    kind: str
    key: str
    stay: str
    text: str


class FoundReply(_Message, frozen=True, kw_only=True):
    hits: tuple[Hit, ...]


class CardReply(_Message, frozen=True, kw_only=True):
    card: CardRead | None


class TagsReply(_Message, frozen=True, kw_only=True):
    tags: tuple[TagSeen, ...]


class WeightReply(_Message, frozen=True, kw_only=True):
    weight: Weight


class MediaReply(_Message, frozen=True, kw_only=True):
    """`media`: id; `digest`: SHA-256 of the content; `content` only when it was asked for."""

    media: str
    digest: str
    type: str
    content: bytes = b""


class FrameReply(_Message, frozen=True, kw_only=True):
    """`jpeg` is empty when nothing newer is there or the camera is lost; `health` always tells.

    `hidden`: parts of the picture that were left out of it.
    """

    jpeg: bytes
    at_ms: int
    fps: float
    health: Health
    hidden: tuple[Zone, ...] = ()


class RecordingReply(_Message, frozen=True, kw_only=True):
    """`state` None: nothing has recorded this room since the station began, or no recorder is there."""

    state: RecordingState | None


class RecordingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A recording and whose it is; `stay` is empty when its person is no longer held in memory.

    `open`: this session may look at it; `exportable`: may export it; `hidden`: parts of its pictures are left out.
    """

    held: RecordingHeld
    stay: str
    stay_number: str
    name: str
    open: bool
    exportable: bool
    hidden: bool


class RecordingsReply(_Message, frozen=True, kw_only=True):
    """`recorder`: whether this station records at all. `demanded`: rooms in which an interview goes on."""

    recorder: bool
    now: tuple[RecordingState, ...] = ()
    demanded: tuple[str, ...] = ()
    held: tuple[RecordingRow, ...] = ()
    free_mb: int = 0


class RecordedReply(_Message, frozen=True, kw_only=True):
    """`at_ms`: the picture's own moment; `hidden`: parts that were left out of it."""

    jpeg: bytes
    at_ms: int
    hidden: tuple[Zone, ...] = ()


class ClipReply(_Message, frozen=True, kw_only=True):
    clip: Clip


class DraftReply(_Message, frozen=True, kw_only=True):
    content: bytes
    saved_at: datetime | None


class PaperReply(_Message, frozen=True, kw_only=True):
    pdf: bytes
    digest: str
    size: int


class ExportReply(_Message, frozen=True, kw_only=True):
    entries: int


Reply: TypeAlias = (
    Welcome
    | CardHolder
    | Signed
    | Saved
    | Refused
    | OutOfDate
    | Judged
    | Approved
    | Problem
    | Done
    | BoardReply
    | WallReply
    | StayReply
    | AlertsReply
    | ReviewReply
    | SampleReply
    | TimelineReply
    | ProofReply
    | LockersReply
    | DevicesReply
    | TraceReply
    | CommandsReply
    | SentReply
    | TriedReply
    | CentreReply
    | StaffReply
    | FoundReply
    | CardReply
    | TagsReply
    | WeightReply
    | MediaReply
    | FrameReply
    | RecordingReply
    | RecordingsReply
    | RecordedReply
    | ClipReply
    | DraftReply
    | PaperReply
    | ExportReply
)


# ---------------------------------------------------------------- the feed


class Lamp(msgspec.Struct, frozen=True, kw_only=True):
    """What the save lamp shows. `state`: saved, waiting, read-only, fault. `at`: last acknowledgement."""

    state: str
    at: datetime | None
    cause: str = ""
    lag_ms: int = 0


class Notice(_Message, frozen=True, kw_only=True):
    """What changed since the last notice: ask again for what you show of it.

    `stays`: ids with new entries; `topics`: lockers, devices, centre, clock, notes. `tags`, `card` and `doors` are readings
    of this workstation's desk, sent as they happen. `scans`: what its scanner read, each told once and as a wedge would
    have typed it, whoever is at the screen; without text where nobody works and it is no staff card.
    """

    size: int
    stays: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    lamp: Lamp | None = None
    tags: tuple[TagSeen, ...] = ()
    card: CardRead | None = None
    scans: tuple[ScanRead, ...] = ()
    weight: Weight | None = None
    doors: dict[str, Door] = {}


def encode(message: _Message) -> bytes:
    """MessagePack bytes of a message."""
    return msgspec.msgpack.encode(message)


_ASK = msgspec.msgpack.Decoder(Ask)
_REPLY = msgspec.msgpack.Decoder(Reply)
_NOTICE = msgspec.msgpack.Decoder(Notice)


def decode_ask(data: bytes) -> Any:
    """An Ask; raises msgspec.DecodeError for anything else."""
    return _ASK.decode(data)


def decode_reply(data: bytes) -> Any:
    """A Reply; raises msgspec.DecodeError for anything else."""
    return _REPLY.decode(data)


def decode_notice(data: bytes) -> Notice:
    """A Notice; raises msgspec.DecodeError for anything else."""
    return _NOTICE.decode(data)
