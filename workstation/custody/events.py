"""Everything that can stand in the record, as frozen values in the past tense.

The kind of an event is its class name in kebab case with its version (`BagStored` → `bag-stored/1`). An event
outlives every version of the program: a field is never renamed, a changed shape is a new class `…2`.
A field belongs to the section `facts` unless its annotation names `who`, `health` or `note`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import msgspec

from workstation.custody.values import (
    HEALTH,
    NOTE,
    WHO,
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
    HealthText,
    IdentityCheck,
    Incident,
    InterviewKind,
    Measure,
    MediaAccess,
    NoteText,
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
    WarningLevel,
    WhoText,
)
from workstation.readings import Door, Level
from workstation.roles import Rank, Role, Sex


def kind_of_name(name: str) -> str:
    """`BagStored` → `bag-stored/1`, `BagStored2` → `bag-stored/2`."""
    match = re.fullmatch(r"([A-Za-z]+?)(\d*)", name)
    assert match is not None
    words = re.sub(r"(?<!^)(?=[A-Z])", "-", match[1]).lower()
    return f"{words}/{match[2] or 1}"


class Event(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag=kind_of_name
):
    """Base of all events; holds nothing itself."""


# ---------------------------------------------------------------- the centre (entries without a stay)


class LedgerOpened(Event, frozen=True, kw_only=True):
    """Entry 1 of every store: what can never change afterwards."""

    centre: str
    mode: str  # practice or live
    log_key: str
    algorithms: dict[str, str]


class CentreNamed(Event, frozen=True, kw_only=True):
    name_zh: str
    name_en: str
    time_zone: str  # IANA name, for display only
    pack: str  # rule pack by name
    bureau: str = ""  # the bureau that the centre belongs to


class RoomDeclared(Event, frozen=True, kw_only=True):
    room: str
    name_zh: str
    name_en: str
    use: RoomUse
    capacity: int
    camera: str = ""
    in_service: bool = True


class BankDeclared(Event, frozen=True, kw_only=True):
    """A bank of locker doors; its cells are named `<bank>-<door as two digits>`."""

    bank: str
    name_zh: str
    name_en: str
    device: str
    reader: str = ""
    scale: str = ""
    doors: int
    out_of_service: tuple[int, ...] = ()


class DeviceDeclared(Event, frozen=True, kw_only=True):
    device: str
    type: str
    place: str
    parameters: dict[str, str]


class StaffEnrolled(Event, frozen=True, kw_only=True):
    staff: str
    name: WhoText
    roles: tuple[Role, ...]
    rank: Rank
    unit: str
    sex: Sex
    number: str  # what they type to sign in
    active: bool = True


class CardBound(Event, frozen=True, kw_only=True):
    staff: str
    card: WhoText


class DeviceHealthChanged(Event, frozen=True, kw_only=True):
    device: str
    level: Level
    reason: str = ""
    since: datetime


class CellDoorChanged(Event, frozen=True, kw_only=True):
    """A debounced change of a door's contact. `forced`: no intent to open stood within the last 10 s."""

    cell: str
    state: Door
    forced: bool = False
    intent: str = ""  # command id of the intent that explains it


class ClockStepped(Event, frozen=True, kw_only=True):
    """The wall clock left the elapsed clock by more than 2 s."""

    offset_ms: int


class PackInForce(Event, frozen=True, kw_only=True):
    pack: str
    version: str
    hash: str


class PaperPrinted(Event, frozen=True, kw_only=True):
    """A print and the digest of its bytes; `size` is the ledger size that its QR code names."""

    paper: Paper
    digest: str
    size: int
    pages: int


# ---------------------------------------------------------------- intake


class StayBegun(Event, frozen=True, kw_only=True):
    number: str
    capacity: Capacity
    arrival_mode: ArrivalMode
    arrived_at: datetime  # 到案
    entered_at: datetime  # 入区
    unit: str
    unit_kind: UnitKind
    brought_by: tuple[str, ...]
    reason: NoteText = ""


class PersonIdentified(Event, frozen=True, kw_only=True):
    """`birth`: `YYYY-MM-DD`, or empty when unknown. `id_kind`: catalogue code of the document."""

    name: WhoText
    sex: Annotated[Sex, WHO]
    birth: WhoText
    id_kind: WhoText
    id_number: WhoText
    address: WhoText
    ethnic: WhoText = ""
    nationality: WhoText = ""
    phone: WhoText = ""
    source: Source
    confirmed_other: bool = (
        False  # somebody compared a similar name in the centre and said it is another person
    )


class PersonPhotographed(Event, frozen=True, kw_only=True):
    photo: str  # media id
    digest: str
    source: Source


class PersonFactNoted(Event, frozen=True, kw_only=True):
    fact: Annotated[PersonFact, HEALTH]
    answer: Annotated[Answer, HEALTH]
    source: Source


class CaseLinked(Event, frozen=True, kw_only=True):
    case_number: str
    case_kind: CaseKind
    cause: str
    officers: tuple[str, ...]  # staff ids of the case officers
    accepted: bool


class MeasureSet(Event, frozen=True, kw_only=True):
    measure: Measure
    paper: str  # number of the paper, empty for an oral summons
    oral: bool
    ground: str
    approver: str
    approver_rank: Rank


class TierExtended(Event, frozen=True, kw_only=True):
    measure: Measure
    tier: str  # code of the tier in the pack
    ground: str
    approver: str
    approver_rank: Rank
    paper: str


class JurisdictionTransferred(Event, frozen=True, kw_only=True):
    """The case went to another unit, which counts its own time (the pack says for which measures)."""

    unit: str
    paper: str
    reason: NoteText


class BandIssued(Event, frozen=True, kw_only=True):
    band: str
    source: Source


class BandRemoved(Event, frozen=True, kw_only=True):
    band: str
    reason: NoteText


class RightsServed(Event, frozen=True, kw_only=True):
    language: str
    read_aloud: bool
    signatures: Annotated[tuple[Signature, ...], WHO]


class HealthScreened(Event, frozen=True, kw_only=True):
    questions: Annotated[tuple[Question, ...], HEALTH]
    seen: HealthText  # what staff saw of the person's state
    by_physician: bool


class NoticeGiven(Event, frozen=True, kw_only=True):
    notice: NoticeKind
    outcome: NoticeOutcome
    recipient: WhoText
    relation: WhoText
    phone: WhoText
    method: str
    reason: NoteText = ""


class SupporterAssigned(Event, frozen=True, kw_only=True):
    supporter: SupporterKind
    name: WhoText
    relation: WhoText
    contact: WhoText
    present: bool
    lawful_note: NoteText = ""  # why nobody could be reached


# ---------------------------------------------------------------- search and property


class SearchBegun(Event, frozen=True, kw_only=True):
    officers: tuple[str, ...]
    place: str
    witness: WhoText
    again: bool


class FindingRecorded(Event, frozen=True, kw_only=True):
    finding: FindingKind
    what: NoteText


class InjuryRecorded(Event, frozen=True, kw_only=True):
    """`region` empty and `none` true: looked, and there is no injury."""

    none: Annotated[bool, HEALTH]
    region: HealthText
    description: HealthText
    cause: HealthText
    statement: HealthText
    photo: str = ""


class SearchEnded(Event, frozen=True, kw_only=True):
    signatures: Annotated[tuple[Signature, ...], WHO]


class ItemListed(Event, frozen=True, kw_only=True):
    item: str
    name: str
    features: str
    quantity: int
    unit: str
    destination: Destination
    grams: int | None = None
    photo: str = ""
    source: Source


class CashCounted(Event, frozen=True, kw_only=True):
    item: str
    fen: int
    denominations: str
    counters: tuple[str, ...]


class ItemSeized(Event, frozen=True, kw_only=True):
    item: str
    basis: str
    list_number: str
    emergency: bool


class BagFilled(Event, frozen=True, kw_only=True):
    bag: str
    tag: str
    items: tuple[str, ...]
    source: Source


class BagSealed(Event, frozen=True, kw_only=True):
    bag: str
    seal: str
    source: Source


class BagWeighed(Event, frozen=True, kw_only=True):
    bag: str
    grams: int
    source: Source


class CellOpenIntended(Event, frozen=True, kw_only=True):
    """The intent, on disk before the lock is pulsed; the outcome follows as an entry of its own."""

    cell: str
    purpose: CellPurpose
    bag: str
    custodian: str
    second: str


class CellOpened(Event, frozen=True, kw_only=True):
    """Outcome of an intent: what the contact said, or why it was not attempted."""

    cell: str
    intent: str
    state: Door
    failure: str = ""  # catalogue code


class BagStored(Event, frozen=True, kw_only=True):
    bag: str
    cell: str
    custodian: str
    second: str
    read_back: Source


class BagTaken(Event, frozen=True, kw_only=True):
    bag: str
    cell: str
    custodian: str
    second: str


class InformationCaptured(Event, frozen=True, kw_only=True):
    captures: tuple[str, ...]  # photo, prints, palm, iris, voice, blood, footprint, height-weight
    approver: str
    basis: str


class SubstanceTested(Event, frozen=True, kw_only=True):
    substance: Annotated[str, HEALTH]  # drug, alcohol
    result: HealthText
    staff: tuple[str, ...]
    forced: bool
    approver: str = ""


# ---------------------------------------------------------------- holding and care


class RoomEntered(Event, frozen=True, kw_only=True):
    room: str
    guard: str = ""
    reason: NoteText = ""


class ObservationPlanned(Event, frozen=True, kw_only=True):
    level: Observation
    interval_min: int
    reason: HealthText


class PersonChecked(Event, frozen=True, kw_only=True):
    """`response`: 0 none, 1 to pain, 2 to voice, 3 alert. `anomaly`: anything out of order."""

    method: CheckMethod
    response: Annotated[int, HEALTH]
    band_tapped: bool
    seen: HealthText
    source: Source
    anomaly: Annotated[Answer, HEALTH] = Answer.UNKNOWN


class CareOffered(Event, frozen=True, kw_only=True):
    care: Care
    outcome: CareOutcome
    detail: HealthText


class RestraintApplied(Event, frozen=True, kw_only=True):
    """`which`: name of this restraint where several are on at once."""

    restraint: RestraintKind
    reason: RestraintReason
    review_at: datetime
    watcher: str
    which: str = ""


class RestraintReviewed(Event, frozen=True, kw_only=True):
    """`which`: the restraint reviewed; empty means every one that is on."""

    still_needed: bool
    next_review_at: datetime | None
    seen: HealthText
    which: str = ""


class RestraintRemoved(Event, frozen=True, kw_only=True):
    """`which`: the restraint taken off; empty means every one that is on."""

    seen: HealthText
    which: str = ""


class IllnessReported(Event, frozen=True, kw_only=True):
    what: HealthText
    injury: bool


class DoctorCalled(Event, frozen=True, kw_only=True):
    who: str
    why: HealthText


class MedicalOrdered(Event, frozen=True, kw_only=True):
    order: str
    text: HealthText
    blocks_interview: bool
    blocks_custody: bool
    due_at: datetime | None


class MedicalOrderAcknowledged(Event, frozen=True, kw_only=True):
    order: str


class ComplaintMade(Event, frozen=True, kw_only=True):
    about: NoteText


class ForceUsed(Event, frozen=True, kw_only=True):
    officers: tuple[str, ...]
    what: NoteText


class TemporaryExitBegun(Event, frozen=True, kw_only=True):
    reason: NoteText
    destination: str
    approver: str
    approver_rank: Rank
    escorts: tuple[str, ...]
    planned_return: datetime


class TemporaryExitEnded(Event, frozen=True, kw_only=True):
    seen: HealthText


class GuardHandedOver(Event, frozen=True, kw_only=True):
    from_staff: str
    to_staff: str
    told: NoteText


# ---------------------------------------------------------------- interview


class RoomReserved(Event, frozen=True, kw_only=True):
    room: str
    from_at: datetime
    until: datetime


class PreflightDone(Event, frozen=True, kw_only=True):
    """Whether picture, sound and storage were looked at and found working before the interview."""

    room: str
    recording: Answer
    detail: str
    source: Source


class InterviewOpened(Event, frozen=True, kw_only=True):
    interview: str
    type: InterviewKind
    room: str
    officers: tuple[str, ...]
    others: WhoText
    recording: Answer  # running and verified: yes, no, or unknown
    one_officer_ground: str = ""


class InterviewBroken(Event, frozen=True, kw_only=True):
    interview: str
    reason: NoteText


class InterviewResumed(Event, frozen=True, kw_only=True):
    interview: str


class InterviewMarked(Event, frozen=True, kw_only=True):
    interview: str
    mark: NoteText


class EvidenceShown(Event, frozen=True, kw_only=True):
    interview: str
    evidence: NoteText


class InterviewEnded(Event, frozen=True, kw_only=True):
    interview: str
    pages: int
    recording: Answer  # covered start to signature


class RecordingStarted(Event, frozen=True, kw_only=True):
    """The recorder began to record a room for this stay."""

    room: str
    recording: str
    camera: str


class RecordingSealed(Event, frozen=True, kw_only=True):
    """A recording ended. `root`: RFC 6962 root (hex) over the recorder's own journal; `gap_ms`: sum of the gaps.

    `recovered`: its recorder did not end it itself, and what it left was closed afterwards.
    """

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


class EvidenceUnusable(Event, frozen=True, kw_only=True):
    """A mark the law attaches by itself (PSAPL 108(3)): one officer and no whole recording."""

    interview: str
    basis: str


class PaperSigned(Event, frozen=True, kw_only=True):
    paper: Paper
    number: str
    pages: int
    signatures: Annotated[tuple[Signature, ...], WHO]


# ---------------------------------------------------------------- release


class OutcomeProposed(Event, frozen=True, kw_only=True):
    outcome: Outcome
    paper: str
    basis: str


class OutcomeApproved(Event, frozen=True, kw_only=True):
    outcome: Outcome
    approver: str
    approver_rank: Rank


class PersonReidentified(Event, frozen=True, kw_only=True):
    band: IdentityCheck
    photo: IdentityCheck
    question: IdentityCheck
    statement: NoteText  # what was said or seen where one is missing


class PropertyCountedBlind(Event, frozen=True, kw_only=True):
    lines: tuple[CountLine, ...]
    fen: int
    grams: int | None
    source: Source


class WeightExplained(Event, frozen=True, kw_only=True):
    explanation: NoteText


class ItemSettled(Event, frozen=True, kw_only=True):
    item: str
    disposition: Disposition
    basis: str
    receiver: WhoText
    second: str


class InjuriesCompared(Event, frozen=True, kw_only=True):
    new: Annotated[Answer, HEALTH]
    detail: HealthText
    photo: str = ""


class FitnessExamined(Event, frozen=True, kw_only=True):
    fit: Annotated[Answer, HEALTH]
    report: HealthText


class PickUpArranged(Event, frozen=True, kw_only=True):
    by: WhoText
    relation: WhoText
    signatures: Annotated[tuple[Signature, ...], WHO]


class Departed(Event, frozen=True, kw_only=True):
    """The end of a stay. `unmet`: gate rows that were not met, each with a red duty of its own."""

    outcome: Outcome
    destination: str
    escorts: tuple[str, ...]
    receiver: WhoText
    paper: str
    on_expiry: bool = False
    emergency: bool = False
    unmet: tuple[str, ...] = ()


# ---------------------------------------------------------------- what nobody asked for


class Escaped(Event, frozen=True, kw_only=True):
    how: NoteText


class ReturnedAfterEscape(Event, frozen=True, kw_only=True):
    how: NoteText


class Died(Event, frozen=True, kw_only=True):
    circumstances: HealthText


class IncidentReported(Event, frozen=True, kw_only=True):
    incident: Incident
    what: NoteText


# ---------------------------------------------------------------- any time


class EntryCorrected(Event, frozen=True, kw_only=True):
    """The entry named in the header's `corrects` now reads as `replacement` (its values, by section field)."""

    replacement: Annotated[str, NOTE]  # JSON of the replacing event, tag included
    happened_at: datetime
    reason: NoteText


class NoteAdded(Event, frozen=True, kw_only=True):
    text: NoteText


class SheetFilled(Event, frozen=True, kw_only=True):
    """Lines of an official form that no rule reads."""

    sheet: Sheet
    lines: Annotated[tuple[SheetLine, ...], WHO]


class HealthSheetFilled(Event, frozen=True, kw_only=True):
    """The same about the person's body and health."""

    sheet: Sheet
    lines: Annotated[tuple[SheetLine, ...], HEALTH]


class PaperAttached(Event, frozen=True, kw_only=True):
    paper: Paper
    number: str
    media: str
    digest: str


class MediaAccessed(Event, frozen=True, kw_only=True):
    """Recorded media were shown, unmasked or handed out."""

    access: MediaAccess
    media: tuple[str, ...]
    purpose: NoteText
    second: str = ""


class GateOverridden(Event, frozen=True, kw_only=True):
    gate: str
    action: str
    reason: NoteText
    second: str


class BreachMarked(Event, frozen=True, kw_only=True):
    """What was reported had happened against these gate rows."""

    gates: tuple[str, ...]
    action: str


class DutyOpened(Event, frozen=True, kw_only=True):
    """Something still owed: a soft gate row, or a row that a departure left unmet."""

    duty: str
    gate: str
    level: WarningLevel
    owner: str  # role or staff id
    due_at: datetime


class DutyClosed(Event, frozen=True, kw_only=True):
    duty: str
    reason: NoteText


class WarningRaised(Event, frozen=True, kw_only=True):
    warning: str
    rule: str
    level: WarningLevel
    onset: datetime
    values: dict[str, str]


class WarningAcknowledged(Event, frozen=True, kw_only=True):
    warning: str


class WarningClosed(Event, frozen=True, kw_only=True):
    warning: str
    reason: str
    note: NoteText


class StayArchived(Event, frozen=True, kw_only=True):
    review: NoteText
