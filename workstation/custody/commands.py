"""What may be asked of the program or told to it, as frozen values in the imperative.

Two families. A **request** asks "may I?": gates apply and the program acts. A **report** says "it happened": it is
always recorded, and unmet gates become marks of breach. Most acts can be either, because what the program does not
do can still happen in the world; the envelope of the command says which is meant, `family` says which is possible.

Nothing that is a judgement of a person (injury, illness, alcohol, risk, finding, response, meal, item returned)
has a default here.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import msgspec

from workstation.custody.values import (
    Answer,
    ArrivalMode,
    Capacity,
    Care,
    CareOutcome,
    CaseKind,
    CellPurpose,
    CheckMethod,
    CountLine,
    Destination,
    Disposition,
    FindingKind,
    IdentityCheck,
    Incident,
    InterviewKind,
    Measure,
    MediaAccess,
    NoticeKind,
    NoticeOutcome,
    Observation,
    Outcome,
    Paper,
    PersonFact,
    Question,
    RestraintKind,
    RestraintReason,
    RoomUse,
    Sheet,
    SheetLine,
    Signature,
    Source,
    SupporterKind,
    UnitKind,
)
from workstation.readings import Door, Level
from workstation.roles import Rank, Role, Sex


class Family(StrEnum):
    REQUEST = "request"
    REPORT = "report"


BOTH = frozenset(Family)
REQUEST = frozenset({Family.REQUEST})
REPORT = frozenset({Family.REPORT})


def action_of_name(name: str) -> str:
    """`StoreBag` → `store-bag`: the name of the action in the gate table, the role matrix and the catalogue."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Command(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag=action_of_name
):
    """Base of all commands about a stay. `stay`: 32 hex characters, made by the workstation that begins it."""

    family: ClassVar[frozenset[Family]] = BOTH
    stay: str


class CentreCommand(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag=action_of_name
):
    """Base of commands about the centre itself."""

    family: ClassVar[frozenset[Family]] = BOTH


# ---------------------------------------------------------------- the centre


class NameCentre(CentreCommand, frozen=True, kw_only=True):
    """`bureau`: the public security bureau (分局) that the centre belongs to, as papers name it."""

    name_zh: str
    name_en: str
    time_zone: str
    pack: str
    bureau: str = ""


class DeclareRoom(CentreCommand, frozen=True, kw_only=True):
    room: str
    name_zh: str
    name_en: str
    use: RoomUse
    capacity: int
    camera: str = ""
    in_service: bool = True


class DeclareBank(CentreCommand, frozen=True, kw_only=True):
    bank: str
    name_zh: str
    name_en: str
    device: str
    reader: str = ""
    scale: str = ""
    doors: int
    out_of_service: tuple[int, ...] = ()


class DeclareDevice(CentreCommand, frozen=True, kw_only=True):
    device: str
    type: str
    place: str
    parameters: dict[str, str]


class EnrolStaff(CentreCommand, frozen=True, kw_only=True):
    staff: str
    name: str
    roles: tuple[Role, ...]
    rank: Rank
    unit: str
    sex: Sex
    number: str
    active: bool = True


class BindCard(CentreCommand, frozen=True, kw_only=True):
    staff: str
    card: str


class ReportDeviceHealth(CentreCommand, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    device: str
    level: Level
    reason: str
    since: datetime


class ReportCellDoor(CentreCommand, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    cell: str
    state: Door


class ReportClockStep(CentreCommand, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    offset_ms: int


class PutPackInForce(CentreCommand, frozen=True, kw_only=True):
    pack: str
    version: str
    hash: str


# ---------------------------------------------------------------- intake


class Identify(Command, frozen=True, kw_only=True):
    name: str
    sex: Sex
    birth: str
    id_kind: str
    id_number: str
    address: str
    ethnic: str
    nationality: str
    phone: str
    source: Source
    confirmed_other: bool


class BeginStay(Command, frozen=True, kw_only=True):
    """`identity`, when a card was read before: the same values as Identify, recorded in the same breath."""

    capacity: Capacity
    arrival_mode: ArrivalMode
    arrived_at: datetime
    entered_at: datetime
    unit: str
    unit_kind: UnitKind
    brought_by: tuple[str, ...]
    reason: str
    identity: Identify | None = None


class PhotographPerson(Command, frozen=True, kw_only=True):
    photo: str
    digest: str
    source: Source


class NotePersonFact(Command, frozen=True, kw_only=True):
    fact: PersonFact
    answer: Answer
    source: Source


class LinkCase(Command, frozen=True, kw_only=True):
    case_number: str
    case_kind: CaseKind
    cause: str
    officers: tuple[str, ...]
    accepted: bool


class SetMeasure(Command, frozen=True, kw_only=True):
    measure: Measure
    paper: str
    oral: bool
    ground: str
    approver: str
    approver_rank: Rank


class ExtendTier(Command, frozen=True, kw_only=True):
    tier: str
    ground: str
    approver: str
    approver_rank: Rank
    paper: str


class TransferJurisdiction(Command, frozen=True, kw_only=True):
    """Hand the case to the unit that has jurisdiction."""

    unit: str
    paper: str
    reason: str


class IssueBand(Command, frozen=True, kw_only=True):
    band: str
    source: Source


class ReplaceBand(Command, frozen=True, kw_only=True):
    band: str
    reason: str
    source: Source


class RemoveBand(Command, frozen=True, kw_only=True):
    reason: str


class ServeRights(Command, frozen=True, kw_only=True):
    language: str
    read_aloud: bool
    signatures: tuple[Signature, ...]


class ScreenHealth(Command, frozen=True, kw_only=True):
    questions: tuple[Question, ...]
    seen: str
    by_physician: bool


class GiveNotice(Command, frozen=True, kw_only=True):
    notice: NoticeKind
    outcome: NoticeOutcome
    recipient: str
    relation: str
    phone: str
    method: str
    reason: str


class AssignSupporter(Command, frozen=True, kw_only=True):
    supporter: SupporterKind
    name: str
    relation: str
    contact: str
    present: bool
    lawful_note: str


# ---------------------------------------------------------------- search and property


class BeginSearch(Command, frozen=True, kw_only=True):
    officers: tuple[str, ...]
    place: str
    witness: str


class RecordFinding(Command, frozen=True, kw_only=True):
    finding: FindingKind
    what: str


class RecordInjury(Command, frozen=True, kw_only=True):
    none: bool
    region: str
    description: str
    cause: str
    statement: str
    photo: str


class EndSearch(Command, frozen=True, kw_only=True):
    signatures: tuple[Signature, ...]


class ListItem(Command, frozen=True, kw_only=True):
    item: str
    name: str
    features: str
    quantity: int
    unit: str
    destination: Destination
    grams: int | None
    photo: str
    source: Source


class CountCash(Command, frozen=True, kw_only=True):
    item: str
    fen: int
    denominations: str
    counters: tuple[str, ...]


class SeizeItem(Command, frozen=True, kw_only=True):
    item: str
    basis: str
    list_number: str
    emergency: bool


class FillBag(Command, frozen=True, kw_only=True):
    bag: str
    tag: str
    items: tuple[str, ...]
    source: Source


class SealBag(Command, frozen=True, kw_only=True):
    bag: str
    seal: str
    source: Source


class WeighBag(Command, frozen=True, kw_only=True):
    bag: str
    grams: int
    source: Source


class OpenCell(Command, frozen=True, kw_only=True):
    """Ask for a locker door. The intent is on disk before the lock is pulsed, once."""

    family: ClassVar[frozenset[Family]] = REQUEST
    cell: str
    purpose: CellPurpose
    bag: str
    custodian: str
    second: str


class ReportCellOpened(Command, frozen=True, kw_only=True):
    """The outcome of an intent, told by the program itself."""

    family: ClassVar[frozenset[Family]] = REPORT
    cell: str
    intent: str
    state: Door
    failure: str


class StoreBag(Command, frozen=True, kw_only=True):
    bag: str
    cell: str
    custodian: str
    second: str
    read_back: Source


class TakeBag(Command, frozen=True, kw_only=True):
    bag: str
    cell: str
    custodian: str
    second: str


class CaptureInformation(Command, frozen=True, kw_only=True):
    captures: tuple[str, ...]
    approver: str
    basis: str


class TestSubstance(Command, frozen=True, kw_only=True):
    substance: str
    result: str
    staff: tuple[str, ...]
    forced: bool
    approver: str


# ---------------------------------------------------------------- holding and care


class PlaceInRoom(Command, frozen=True, kw_only=True):
    """Into a holding room: the gates of holding apply."""

    room: str
    guard: str


class Move(Command, frozen=True, kw_only=True):
    """Into any other room of the centre."""

    room: str
    reason: str


class PlanObservation(Command, frozen=True, kw_only=True):
    level: Observation
    interval_min: int
    reason: str


class CheckPerson(Command, frozen=True, kw_only=True):
    """`anomaly`: whether anything was out of order, as whoever looked said it."""

    method: CheckMethod
    response: int
    band_tapped: bool
    seen: str
    source: Source
    anomaly: Answer


class OfferCare(Command, frozen=True, kw_only=True):
    care: Care
    outcome: CareOutcome
    detail: str


class ApplyRestraint(Command, frozen=True, kw_only=True):
    restraint: RestraintKind
    reason: RestraintReason
    review_at: datetime
    watcher: str
    which: str = ""


class ReviewRestraint(Command, frozen=True, kw_only=True):
    still_needed: bool
    next_review_at: datetime | None
    seen: str
    which: str = ""


class RemoveRestraint(Command, frozen=True, kw_only=True):
    seen: str
    which: str = ""


class ReportIllness(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    what: str
    injury: bool


class CallDoctor(Command, frozen=True, kw_only=True):
    who: str
    why: str


class OrderMedical(Command, frozen=True, kw_only=True):
    order: str
    text: str
    blocks_interview: bool
    blocks_custody: bool
    due_at: datetime | None


class AcknowledgeMedicalOrder(Command, frozen=True, kw_only=True):
    order: str


class RecordComplaint(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    about: str


class ReportForce(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    officers: tuple[str, ...]
    what: str


class BeginTemporaryExit(Command, frozen=True, kw_only=True):
    reason: str
    destination: str
    approver: str
    approver_rank: Rank
    escorts: tuple[str, ...]
    planned_return: datetime


class EndTemporaryExit(Command, frozen=True, kw_only=True):
    seen: str


class HandOverGuard(Command, frozen=True, kw_only=True):
    from_staff: str
    to_staff: str
    told: str


# ---------------------------------------------------------------- interview


class ReserveRoom(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REQUEST
    room: str
    from_at: datetime
    until: datetime


class Preflight(Command, frozen=True, kw_only=True):
    room: str
    recording: Answer
    detail: str
    source: Source


class OpenInterview(Command, frozen=True, kw_only=True):
    interview: str
    type: InterviewKind
    room: str
    officers: tuple[str, ...]
    others: str
    one_officer_ground: str


class ReportRecordingStarted(Command, frozen=True, kw_only=True):
    """Told by the station: the recorder records a room for this stay."""

    family: ClassVar[frozenset[Family]] = REPORT
    room: str
    recording: str
    camera: str


class ReportRecordingSealed(Command, frozen=True, kw_only=True):
    """Told by the station: a recording ended, with the root of the recorder's journal."""

    family: ClassVar[frozenset[Family]] = REPORT
    room: str
    recording: str
    camera: str
    began_at: datetime
    ended_at: datetime
    segments: int
    bytes: int
    gaps: int
    gap_ms: int
    root: str
    recovered: bool


class BreakInterview(Command, frozen=True, kw_only=True):
    reason: str


class ResumeInterview(Command, frozen=True, kw_only=True):
    pass


class MarkInterview(Command, frozen=True, kw_only=True):
    mark: str


class ShowEvidence(Command, frozen=True, kw_only=True):
    evidence: str


class EndInterview(Command, frozen=True, kw_only=True):
    pages: int


class SignPaper(Command, frozen=True, kw_only=True):
    paper: Paper
    number: str
    pages: int
    signatures: tuple[Signature, ...]


# ---------------------------------------------------------------- release


class ProposeOutcome(Command, frozen=True, kw_only=True):
    outcome: Outcome
    paper: str
    basis: str


class ApproveOutcome(Command, frozen=True, kw_only=True):
    outcome: Outcome


class Reidentify(Command, frozen=True, kw_only=True):
    band: IdentityCheck
    photo: IdentityCheck
    question: IdentityCheck
    statement: str


class CountPropertyBlind(Command, frozen=True, kw_only=True):
    lines: tuple[CountLine, ...]
    fen: int
    grams: int | None
    source: Source


class ExplainWeight(Command, frozen=True, kw_only=True):
    explanation: str


class SettleItem(Command, frozen=True, kw_only=True):
    item: str
    disposition: Disposition
    basis: str
    receiver: str
    second: str


class CompareInjuries(Command, frozen=True, kw_only=True):
    new: Answer
    detail: str
    photo: str


class ExamineFitness(Command, frozen=True, kw_only=True):
    fit: Answer
    report: str


class ArrangePickUp(Command, frozen=True, kw_only=True):
    by: str
    relation: str
    signatures: tuple[Signature, ...]


class Depart(Command, frozen=True, kw_only=True):
    """Leave for good. As a report it is what happened; into custody the hard rows hold even so."""

    outcome: Outcome
    destination: str
    escorts: tuple[str, ...]
    receiver: str
    paper: str


class ReleaseOnExpiry(Command, frozen=True, kw_only=True):
    """The ground has ended: open to any officer on duty; unmet rows become red duties."""

    family: ClassVar[frozenset[Family]] = REPORT
    destination: str
    receiver: str


class LeaveForMedicalEmergency(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    destination: str
    escorts: tuple[str, ...]
    why: str


# ---------------------------------------------------------------- what nobody asked for


class ReportEscape(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    how: str


class ReportReturnAfterEscape(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    how: str


class ReportDeath(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    circumstances: str


class ReportIncident(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    incident: Incident
    what: str


# ---------------------------------------------------------------- any time


class CorrectEntry(Command, frozen=True, kw_only=True):
    """`replacement`: JSON of the event that should have been recorded, tag included."""

    entry: str
    replacement: str
    happened_at: datetime
    reason: str


class AddNote(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REPORT
    text: str


class FillSheet(Command, frozen=True, kw_only=True):
    """Lines of an official form that no rule reads."""

    sheet: Sheet
    lines: tuple[SheetLine, ...]


class AttachPaper(Command, frozen=True, kw_only=True):
    paper: Paper
    number: str
    media: str
    digest: str


class AccessMedia(Command, frozen=True, kw_only=True):
    """Show, unmask or export recorded media. `second`: staff id where a second person is demanded."""

    family: ClassVar[frozenset[Family]] = REQUEST
    access: MediaAccess
    media: tuple[str, ...]
    purpose: str
    second: str


class RecordPrint(Command, frozen=True, kw_only=True):
    """A print of a paper about the stay, told by the program itself."""

    family: ClassVar[frozenset[Family]] = REPORT
    paper: Paper
    digest: str
    size: int
    pages: int


class AcknowledgeWarning(Command, frozen=True, kw_only=True):
    warning: str


class CloseWarning(Command, frozen=True, kw_only=True):
    warning: str
    reason: str
    note: str


class CloseDuty(Command, frozen=True, kw_only=True):
    duty: str
    reason: str


class ArchiveStay(Command, frozen=True, kw_only=True):
    family: ClassVar[frozenset[Family]] = REQUEST
    review: str


def _actions() -> dict[str, type[Command] | type[CentreCommand]]:
    bases = (Command, CentreCommand)
    return {
        action_of_name(name): value
        for name, value in globals().items()
        if isinstance(value, type) and issubclass(value, bases) and value not in bases
    }


ACTIONS: dict[str, type[Command] | type[CentreCommand]] = _actions()
"""Every action by name."""


def action_of(command: Command | CentreCommand) -> str:
    """The action's name."""
    return str(type(command).__struct_config__.tag)


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """One gate row that the officer asks to pass, with the reason; the approval names the second person."""

    gate: str
    reason: str


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A command on its way to the Desk.

    `id`: 32 hex characters, made once by the sender and kept over retries. `position`: ledger size that the
    sender's screen showed. `happened_at`: None means now. `approvals`: tokens that the station gave for a second
    person's credential, bound to this command and position.
    """

    id: str
    position: int
    report: bool
    command: Any  # Command | CentreCommand, decoded by its tag
    happened_at: datetime | None = None
    late_reason: str = ""
    overrides: tuple[Override, ...] = ()
    approvals: tuple[str, ...] = ()
    simulated: bool = False


def encode(command: Command | CentreCommand) -> bytes:
    """JSON with the tag, keys in declared order: what an approval's digest is taken over."""
    return msgspec.json.encode(command)


def decode(values: Any) -> Command | CentreCommand:
    """A command from its plain values (a mapping with `do`); raises msgspec.ValidationError when it is not one."""
    if not isinstance(values, dict) or values.get("do") not in ACTIONS:
        raise msgspec.ValidationError("not a command of this version")
    return msgspec.convert(values, ACTIONS[values["do"]])
