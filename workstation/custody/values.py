"""The closed lists of words that commands and events use. Each value has its sentence in the catalogue.

Members are never renamed or removed: they stand in records that outlive the program.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

WHO = msgspec.Meta(extra={"section": "who"})
HEALTH = msgspec.Meta(extra={"section": "health"})
NOTE = msgspec.Meta(extra={"section": "note"})

WhoText = Annotated[str, WHO]
HealthText = Annotated[str, HEALTH]
NoteText = Annotated[str, NOTE]


class Capacity(StrEnum):
    """In what capacity a person is in the centre; search, holding and clocks apply to suspects only."""

    SUSPECT = "suspect"
    WITNESS = "witness"
    VICTIM = "victim"
    COMPANION = "companion"


class Step(StrEnum):
    ADMISSION = "admission"
    HANDLING = "handling"
    DEPARTURE = "departure"


class Activity(StrEnum):
    INTAKE = "intake"
    SEARCH = "search"
    HOLDING = "holding"
    INTERVIEW = "interview"
    RELEASE = "release"


class Answer(StrEnum):
    """An answer that somebody gave or looked at; never preset."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class How(StrEnum):
    """How a value came into the record."""

    DEVICE = "device"  # read by a device
    CARD = "card"  # read from an identity card
    DOCUMENT = "document"  # copied from a paper that was shown
    SELF_STATED = "self-stated"  # said by the person
    TYPED = "typed"  # entered by staff
    SCANNED = "scanned"  # scanned code
    BY_HAND = "by-hand"  # in place of a device: two persons, a reason, a photo where it applies
    AUTO = "auto"  # the record's own clock, login or layout


class ArrivalMode(StrEnum):
    WRITTEN_SUMMONS = "written-summons"  # 书面传唤
    ORAL_SUMMONS = "oral-summons"  # 口头传唤
    FORCED_SUMMONS = "forced-summons"  # 强制传唤
    COMPELLED = "compelled"  # 拘传
    CAUGHT = "caught"  # 现场查获、扭送
    SURRENDER = "surrender"  # 投案自首
    CONTINUED_QUESTIONING = "continued-questioning"  # 继续盘问
    DETENTION = "detention"  # 拘留
    VOLUNTARY = "voluntary"  # 自愿到场（证人、被害人、陪同）


class CaseKind(StrEnum):
    PUBLIC_ORDER = "public-order"  # 治安
    ADMINISTRATIVE = "administrative"  # 其他行政
    CRIMINAL = "criminal"  # 刑事


class UnitKind(StrEnum):
    STATION = "station"  # 派出所
    BUREAU_UNIT = "bureau-unit"  # 县级公安机关办案部门
    OTHER = "other"


class Measure(StrEnum):
    """Legal ground of presence."""

    SUMMONS = "summons"  # 治安/行政 传唤
    FORCED_SUMMONS = "forced-summons"  # 强制传唤
    CRIMINAL_SUMMONS = "criminal-summons"  # 刑事传唤
    COMPELLED = "compelled"  # 拘传
    CONTINUED_QUESTIONING = "continued-questioning"  # 继续盘问
    DETENTION = "detention"  # 刑事拘留
    ARREST = "arrest"  # 逮捕
    VOLUNTARY = "voluntary"  # 投案、自愿


class PersonFact(StrEnum):
    """A predicate of a person that gates and clocks read, true at an instant."""

    PREGNANT = "pregnant"
    NURSING = "nursing"  # nursing an own child under one year
    DEAF = "deaf"
    BLIND = "blind"
    OTHER_LANGUAGE = "other-language"
    FOREIGN = "foreign"
    DEPUTY = "deputy"
    INTOXICATED = "intoxicated"
    ILL = "ill"
    SELF_HARM_RISK = "self-harm-risk"
    INFECTIOUS = "infectious"
    VIOLENT = "violent"


class NoticeKind(StrEnum):
    FAMILY = "family"
    GUARDIAN = "guardian"
    LEGAL_AID = "legal-aid"
    CONSULATE = "consulate"
    UNIT = "unit"


class NoticeOutcome(StrEnum):
    MADE = "made"
    NOT_REACHED = "not-reached"
    NOT_GIVEN = "not-given"  # a lawful reason stands beside it


class SupporterKind(StrEnum):
    INTERPRETER = "interpreter"
    SIGN_INTERPRETER = "sign-interpreter"
    APPROPRIATE_ADULT = "appropriate-adult"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"


class FindingKind(StrEnum):
    NONE = "none"
    WEAPON = "weapon"
    CONTRABAND = "contraband"
    DANGEROUS = "dangerous"
    EVIDENCE = "evidence"


class Destination(StrEnum):
    """Where a listed item goes."""

    PERSONAL_BAG = "personal-bag"
    DANGEROUS_BOX = "dangerous-box"
    CASE_PROPERTY = "case-property"
    WITH_PERSON = "with-person"


class Disposition(StrEnum):
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    RETAINED = "retained"
    SEIZED = "seized"
    MISSING = "missing"


class RoomUse(StrEnum):
    """What a room is for; declared with the centre's layout."""

    INTAKE = "intake"
    SEARCH = "search"
    CAPTURE = "capture"
    HOLDING = "holding"
    INTERVIEW = "interview"
    CORRIDOR = "corridor"
    MEDICAL = "medical"
    PROPERTY = "property"
    EXIT = "exit"


class Observation(StrEnum):
    GENERAL = "general"
    INTERMITTENT = "intermittent"
    CONSTANT = "constant"
    CLOSE = "close"


class CheckMethod(StrEnum):
    AT_DOOR = "at-door"
    IN_ROOM = "in-room"
    ROUSED = "roused"


class Care(StrEnum):
    MEAL = "meal"
    WATER = "water"
    REST = "rest"
    MEDICINE = "medicine"
    TOILET = "toilet"


class CareOutcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


class RestraintKind(StrEnum):
    HANDCUFFS = "handcuffs"
    LEG_IRONS = "leg-irons"
    STRAP = "strap"
    ROPE = "rope"


class RestraintReason(StrEnum):
    """警械条例 8; drunkenness: 行政程序 58 (strap or rope only)."""

    ESCAPE = "escape"
    VIOLENCE = "violence"
    SELF_HARM = "self-harm"
    ESCORT = "escort"
    DRUNK = "drunk"
    OTHER_DANGER = "other-danger"


class InterviewKind(StrEnum):
    QUESTIONING = "questioning"  # 询问
    INTERROGATION = "interrogation"  # 讯问


class SignState(StrEnum):
    SIGNED = "signed"
    REFUSED = "refused"
    UNABLE = "unable"


class Paper(StrEnum):
    SEARCH_RECORD = "search-record"
    PROPERTY_LIST = "property-list"
    RIGHTS_NOTICE = "rights-notice"
    INTERVIEW_RECORD = "interview-record"
    PROPERTY_RECEIPT = "property-receipt"
    CUSTODY_RECORD = "custody-record"
    ENTRY_REGISTER = "entry-register"  # 进入办案区登记
    ARRIVAL_ACCOUNT = "arrival-account"  # 到案经过
    REGISTER_LOOKUP = "register-lookup"  # 信息查询情况登记
    FAMILY_NOTICE = "family-notice"  # 通知家属记录
    CAPTURE_APPROVAL = "capture-approval"  # 信息采集审批
    CAPTURE_SHEET = "capture-sheet"  # 信息采集登记
    EXAMINATION = "examination"  # 体检登记
    MEAL_RECORD = "meal-record"  # 饮食休息登记
    OUTCOME_APPROVAL = "outcome-approval"  # 处理意见审批
    DEPARTURE_SHEET = "departure-sheet"  # 离区登记
    SUMMONS = "summons"
    APPROVAL = "approval"
    OTHER = "other"


class Sheet(StrEnum):
    """A group of lines of the official forms that no rule reads; which lines each has stands in `sheets`."""

    ARRIVAL = "arrival"  # 到案情况
    LOOKUP = "lookup"  # 信息查询
    PERSON = "person"  # 人员基本情况与体貌特征
    NOTICE = "notice"  # 通知内容
    EFFECTS = "effects"  # 随身财物保管、涉案财物
    CAPTURE = "capture"  # 信息采集结果
    INTERVIEW = "interview"  # 询问笔录首问
    MEAL = "meal"  # 饮食
    BODY = "body"  # 体表检查
    EXAMINATION = "examination"  # 体检
    DEPARTURE = "departure"  # 离区健康状况、物品


class Outcome(StrEnum):
    """How a stay ends (law facts 2.5)."""

    QUESTIONING_ENDED = "questioning-ended"
    PENALTY = "penalty"
    BAIL = "bail"
    TRANSFERRED = "transferred"
    TO_GUARDIAN = "to-guardian"
    HOSPITAL = "hospital"
    ADMIN_DETENTION = "admin-detention"
    CRIMINAL_DETENTION = "criminal-detention"
    ARREST = "arrest"
    COMPULSORY_TREATMENT = "compulsory-treatment"
    LEFT_FREELY = "left-freely"  # witness, victim, companion


INTO_CUSTODY = frozenset(
    {Outcome.ADMIN_DETENTION, Outcome.CRIMINAL_DETENTION, Outcome.ARREST, Outcome.COMPULSORY_TREATMENT}
)


class IdentityCheck(StrEnum):
    MATCHES = "matches"
    DIFFERS = "differs"
    NOT_POSSIBLE = "not-possible"


class Incident(StrEnum):
    COLLAPSE = "collapse"
    VIOLENCE = "violence"
    EVACUATION = "evacuation"
    DEVICE_DESTROYED = "device-destroyed"
    SELF_HARM = "self-harm"


class WarningLevel(StrEnum):
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class CellPurpose(StrEnum):
    DEPOSIT = "deposit"
    RETURN = "return"
    INSPECT = "inspect"


class MediaAccess(StrEnum):
    """What is asked of recorded media."""

    VIEW = "view"
    UNMASK = "unmask"
    EXPORT = "export"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value comes from. By hand demands a second person and a reason."""

    how: How
    device: str = ""
    read_at: datetime | None = None
    second: str = ""  # staff id of the second person
    reason: str = ""
    photo: str = ""  # media id


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One act of signing. A refusal is noted by a member of staff and is a valid state."""

    part: str  # person, searcher, witness, custodian, officer, guardian, interpreter, receiver
    by: str  # staff id, or the name written
    state: SignState
    noted_by: str = ""
    stroke: str = ""  # what was drawn, as SVG path data in a box of 1000 × 300


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an official form: `value` is a word of the line's own list, or free text."""

    code: str
    value: str


class CountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line that the counter typed before the list was shown."""

    name: str
    quantity: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the health and risk screen with what was answered or seen."""

    code: str  # illness, medicine, alcohol, drugs, infection, self-harm, injury, pregnancy, …
    answer: Answer
    detail: str = ""
