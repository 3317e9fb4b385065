"""What a practice store is filled with: the practice centre, made-up staff, and persons already in several stages.

Everything goes through the Desk as ordinary commands, on a clock that starts some hours ago, so that a practice
store is built like a real one. No person, number or secret in here exists outside practice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from workstation.custody import commands as c
from workstation.custody.values import (
    Answer,
    ArrivalMode,
    Capacity,
    Care,
    CareOutcome,
    CaseKind,
    CheckMethod,
    Destination,
    FindingKind,
    How,
    InterviewKind,
    Measure,
    NoticeKind,
    NoticeOutcome,
    Observation,
    Outcome,
    Paper,
    Question,
    RoomUse,
    Signature,
    SignState,
    Source,
    SupporterKind,
    UnitKind,
)
from workstation.roles import Actor, Rank, Role, Sex

PRACTICE_SECRET = "practice-1"
"""The one secret of practice staff; a live store never accepts seeded staff."""


class PracticeStaff(msgspec.Struct, frozen=True, kw_only=True):
    """A made-up colleague: `number` is what they type, `card` what their card carries."""

    id: str
    name: str
    number: str
    card: str
    roles: tuple[Role, ...]
    rank: Rank
    sex: Sex
    unit: str = "演练办案中心"

    def actor(self) -> Actor:
        """As they stand when signed in."""
        return Actor(
            id=self.id,
            name=self.name,
            roles=frozenset(self.roles),
            rank=self.rank,
            unit=self.unit,
            sex=self.sex,
        )


def _staff(number: int, name: str, rank: Rank, sex: Sex, *roles: Role) -> PracticeStaff:
    return PracticeStaff(
        id=f"P{number}",
        name=name,
        number=str(number),
        card=f"STAFF-{number}",
        roles=roles,
        rank=rank,
        sex=sex,
    )


STAFF = (
    _staff(1001, "王警官", Rank.OFFICER, Sex.MALE, Role.INTAKE, Role.SEARCH_OFFICER),
    _staff(1002, "李警官", Rank.OFFICER, Sex.MALE, Role.SEARCH_OFFICER, Role.INTAKE),
    _staff(1003, "郭管理员", Rank.AUXILIARY, Sex.MALE, Role.CUSTODIAN),
    _staff(1004, "吴看管", Rank.OFFICER, Sex.MALE, Role.GUARD),
    _staff(1005, "孙警官", Rank.OFFICER, Sex.MALE, Role.CASE_OFFICER, Role.INTERVIEWER),
    _staff(1006, "钱警官", Rank.OFFICER, Sex.MALE, Role.CASE_OFFICER, Role.INTERVIEWER, Role.ESCORT),
    _staff(1007, "周队长", Rank.UNIT_HEAD, Sex.MALE, Role.DUTY_LEADER),
    _staff(1008, "高法制", Rank.UNIT_HEAD, Sex.FEMALE, Role.LEGAL_OFFICER),
    _staff(1009, "何女警", Rank.OFFICER, Sex.FEMALE, Role.SEARCH_OFFICER, Role.INTAKE, Role.GUARD),
    _staff(
        1010, "郑女警", Rank.OFFICER, Sex.FEMALE, Role.SEARCH_OFFICER, Role.INTERVIEWER, Role.CASE_OFFICER
    ),
    _staff(1011, "赵医生", Rank.AUXILIARY, Sex.FEMALE, Role.PHYSICIAN),
    _staff(1012, "陈技术", Rank.AUXILIARY, Sex.MALE, Role.TECHNICIAN),
    _staff(1013, "管理员", Rank.OFFICER, Sex.MALE, Role.ADMINISTRATOR, Role.SECURITY_OFFICER),
    _staff(1014, "审计员", Rank.OFFICER, Sex.FEMALE, Role.AUDITOR, Role.INSPECTOR),
)
WANG, LI, GUO, WU, SUN, QIAN, ZHOU, GAO, HE, ZHENG, ZHAO, *_OTHERS = STAFF


def centre_commands(scenario: dict[str, Any]) -> Iterator[c.CentreCommand]:
    """The declarations of the practice centre, from the scenario that the simulator plays too."""
    centre = scenario["centre"]
    yield c.NameCentre(
        name_zh=centre["name_zh"],
        name_en=centre["name_en"],
        time_zone="Asia/Shanghai",
        pack="cn",
        bureau=centre.get("bureau", ""),
    )
    for device in scenario["device"]:
        yield c.DeclareDevice(
            device=device["id"],
            type=device["kind"],
            place=device["place"],
            parameters={name: str(value) for name, value in device["parameters"].items()},
        )
    for room in scenario["room"]:
        yield c.DeclareRoom(
            room=room["id"],
            name_zh=room["name_zh"],
            name_en=room["name_en"],
            use=RoomUse(room["kind"]),
            capacity=room["capacity"],
            camera=room["camera"],
        )
    for bank in scenario["bank"]:
        yield c.DeclareBank(
            bank=bank["id"],
            name_zh=bank["name_zh"],
            name_en=bank["name_en"],
            device=bank["device"],
            reader=bank.get("reader", ""),
            scale=bank.get("scale", ""),
            doors=bank["doors"],
        )


def staff_commands() -> Iterator[c.CentreCommand]:
    """Enrol the practice staff and bind their cards."""
    for one in STAFF:
        yield c.EnrolStaff(
            staff=one.id,
            name=one.name,
            roles=one.roles,
            rank=one.rank,
            unit=one.unit,
            sex=one.sex,
            number=one.number,
        )
        yield c.BindCard(staff=one.id, card=one.card)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One command of a seeded stay: `after` is the time since the person's arrival."""

    after: timedelta
    actor: Actor
    command: c.Command
    report: bool = False
    second: Actor | None = None
    overrides: tuple[c.Override, ...] = ()


def stay_id(number: int) -> str:
    """A fixed id for the n-th seeded person."""
    return hashlib.sha256(f"practice stay {number}".encode()).hexdigest()[:32]


CARD = Source(how=How.CARD, device="card-1")
TYPED = Source(how=How.TYPED)
SCALE = Source(how=How.DEVICE, device="scale-1")
READER = Source(how=How.DEVICE, device="tags-desk")
SCANNED = Source(how=How.SCANNED)

NOTHING_FELT = tuple(
    Question(code=code, answer=Answer.NO)
    for code in ("illness", "medicine", "alcohol", "drugs", "infection", "self-harm", "injury", "pregnancy")
)


def signed(part: str, by: str) -> Signature:
    """A signature that was given."""
    return Signature(part=part, by=by, state=SignState.SIGNED)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A made-up person as their card gives them."""

    name: str
    sex: Sex
    birth: str
    id_number: str
    address: str
    ethnic: str = "01"


class Script:
    """Writes the acts of one seeded stay, minute by minute."""

    def __init__(self, number: int, person: Person, arrived_at: datetime, *, band: str) -> None:
        self.stay = stay_id(number)
        self.case = f"演-2026-{417 + number:04d}"
        self.person = person
        self.arrived_at = arrived_at
        self.band = band
        self.acts: list[Act] = []
        self._minute = 0.0

    def wait(self, minutes: float) -> None:
        """Let time pass before the next act."""
        self._minute += minutes

    def do(
        self,
        who: PracticeStaff,
        make: Callable[..., c.Command],
        *,
        beside: PracticeStaff | None = None,
        **values: Any,
    ) -> None:
        """The next act, half a minute after the last; `beside` proves themselves for it too."""
        self._minute += 0.5
        self.acts.append(
            Act(
                after=timedelta(minutes=self._minute),
                actor=who.actor(),
                command=make(stay=self.stay, **values),
                second=beside.actor() if beside else None,
            )
        )

    def intake(self, *, capacity: Capacity = Capacity.SUSPECT) -> None:
        """Arrival, identity, case and measure."""
        person = self.person
        identity = c.Identify(
            stay=self.stay,
            name=person.name,
            sex=person.sex,
            birth=person.birth,
            id_kind="id-card",
            id_number=person.id_number,
            address=person.address,
            ethnic=person.ethnic,
            nationality="CHN",
            phone="",
            source=CARD,
            confirmed_other=False,
        )
        suspect = capacity is Capacity.SUSPECT
        self._minute += 4
        self.do(
            WANG,
            c.BeginStay,
            capacity=capacity,
            arrival_mode=ArrivalMode.ORAL_SUMMONS if suspect else ArrivalMode.VOLUNTARY,
            arrived_at=self.arrived_at,
            entered_at=self.arrived_at + timedelta(minutes=4),
            unit="演练派出所",
            unit_kind=UnitKind.STATION,
            brought_by=(SUN.id, QIAN.id) if suspect else (),
            reason="" if suspect else "作证",
            identity=identity,
        )
        if suspect:
            self.do(
                WANG,
                c.LinkCase,
                case_number=self.case,
                case_kind=CaseKind.PUBLIC_ORDER,
                cause="殴打他人",
                officers=(SUN.id, QIAN.id),
                accepted=True,
            )
            self.do(
                WANG,
                c.SetMeasure,
                measure=Measure.SUMMONS,
                paper="",
                oral=True,
                ground="现场发现，口头传唤",
                approver=SUN.id,
                approver_rank=Rank.OFFICER,
            )

    def rights_and_health(self) -> None:
        """Rights served, family told, band on, health asked."""
        self.do(
            WANG,
            c.ServeRights,
            language="zh",
            read_aloud=True,
            signatures=(signed("person", self.person.name), signed("officer", WANG.id)),
        )
        self.do(
            WANG,
            c.GiveNotice,
            notice=NoticeKind.FAMILY,
            outcome=NoticeOutcome.MADE,
            recipient="测试亲属",
            relation="配偶",
            phone="10000000002",
            method="phone",
            reason="",
        )
        self.do(WANG, c.IssueBand, band=self.band, source=SCANNED)
        self.do(WANG, c.ScreenHealth, questions=NOTHING_FELT, seen="神志清楚，行走正常", by_physician=False)

    def search(self, *, officers: tuple[PracticeStaff, PracticeStaff] = (WANG, LI)) -> None:
        """Search by two, nothing found, no injuries."""
        first, second = officers
        self.do(first, c.Move, room="search", reason="人身安全检查")
        self.do(first, c.BeginSearch, officers=(first.id, second.id), place="search", witness="测试见证人")
        self.wait(3)
        self.do(first, c.RecordFinding, finding=FindingKind.NONE, what="")
        self.do(
            first,
            c.RecordInjury,
            none=True,
            region="",
            description="",
            cause="",
            statement="本人称无伤",
            photo="",
        )
        self.do(
            first,
            c.EndSearch,
            signatures=(
                signed("searcher", first.id),
                signed("searcher", second.id),
                signed("person", self.person.name),
                signed("witness", "测试见证人"),
            ),
        )

    def property(self, *, bag: str, tag: str, seal: str, grams: int, cell: str) -> None:
        """Three things listed, bagged, sealed, weighed and stored."""
        things = (
            ("手机", "黑色直板", 1, "部"),
            ("钥匙", "一串三把", 1, "串"),
            ("腰带", "黑色 金属扣", 1, "条"),
        )
        for index, (name, features, quantity, unit) in enumerate(things, start=1):
            self.do(
                WANG,
                c.ListItem,
                item=f"{self.stay[:8]}-{index}",
                name=name,
                features=features,
                quantity=quantity,
                unit=unit,
                destination=Destination.PERSONAL_BAG,
                grams=None,
                photo="",
                source=TYPED,
            )
        self.do(
            WANG,
            c.SignPaper,
            paper=Paper.PROPERTY_LIST,
            number="",
            pages=1,
            signatures=(
                signed("person", self.person.name),
                signed("officer", WANG.id),
                signed("custodian", GUO.id),
            ),
        )
        items = tuple(f"{self.stay[:8]}-{index}" for index in range(1, len(things) + 1))
        self.do(GUO, c.FillBag, bag=bag, tag=tag, items=items, source=READER)
        self.do(GUO, c.SealBag, bag=bag, seal=seal, source=SCANNED)
        self.do(GUO, c.WeighBag, bag=bag, grams=grams, source=SCALE)
        reader = Source(how=How.DEVICE, device="tags-a" if cell.startswith("B-") else "tags-b")
        self.do(
            GUO,
            c.StoreBag,
            beside=WANG,
            bag=bag,
            cell=cell,
            custodian=GUO.id,
            second=WANG.id,
            read_back=reader,
        )

    def photo(self, media: str, digest: str) -> None:
        """A photograph of the person, kept as `media`."""
        camera = Source(how=How.DEVICE, device="cam-1")
        self.do(WANG, c.PhotographPerson, photo=media, digest=digest, source=camera)

    def hold(self, room: str, *, guard: PracticeStaff = WU, until: datetime) -> None:
        """Into a holding room, watched, given water, looked at every 25 minutes until shortly before `until`."""
        self.do(WU, c.PlanObservation, level=Observation.GENERAL, interval_min=30, reason="常规看管")
        self.do(WU, c.PlaceInRoom, room=room, guard=guard.id)
        self.do(WU, c.OfferCare, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail="")
        while self.arrived_at + timedelta(minutes=self._minute + 26) < until:
            self.wait(24.5)
            self.do(
                WU,
                c.CheckPerson,
                method=CheckMethod.AT_DOOR,
                response=3,
                band_tapped=True,
                seen="坐着，应答正常",
                source=SCANNED,
                anomaly=Answer.NO,
            )

    def interview(self, room: str, *, end: bool) -> None:
        """Questioning by two officers."""
        interview = f"{self.stay[:8]}-i1"
        self.do(
            SUN, c.Preflight, room=room, recording=Answer.YES, detail="画面、声音、存储正常", source=TYPED
        )
        self.do(SUN, c.Move, room=room, reason="询问")
        self.do(
            SUN,
            c.OpenInterview,
            interview=interview,
            type=InterviewKind.QUESTIONING,
            room=room,
            officers=(SUN.id, QIAN.id),
            others="",
            one_officer_ground="",
        )
        if end:
            self.wait(35)
            self.do(
                SUN,
                c.SignPaper,
                paper=Paper.INTERVIEW_RECORD,
                number="1",
                pages=3,
                signatures=(
                    signed("person", self.person.name),
                    signed("officer", SUN.id),
                    signed("officer", QIAN.id),
                ),
            )
            self.do(SUN, c.EndInterview, pages=3)

    def decide(self) -> None:
        """Outcome proposed and approved."""
        self.do(
            SUN, c.ProposeOutcome, outcome=Outcome.QUESTIONING_ENDED, paper="演-结-0001", basis="询问查证结束"
        )
        self.do(ZHOU, c.ApproveOutcome, outcome=Outcome.QUESTIONING_ENDED)

    def guardian(self) -> None:
        """A minor's parent is reached and comes."""
        self.do(
            HE,
            c.AssignSupporter,
            supporter=SupporterKind.GUARDIAN,
            name="测试家长",
            relation="母亲",
            contact="10000000003",
            present=True,
            lawful_note="",
        )


def person_of(card: dict[str, Any]) -> Person:
    """The person on a card of the scenario."""
    return Person(
        name=card["name"],
        sex=Sex(card["sex"]),
        birth=card["birth"],
        id_number=card["number"],
        address=card.get("address", ""),
        ethnic=card.get("ethnic", ""),
    )


def seeded(
    scenario: dict[str, Any], now: datetime, portrait: Callable[[Script], tuple[str, str]]
) -> list[Script]:
    """The persons who are in the practice centre when it opens, `now` being that moment.

    Cards 1 to 4 of the scenario are left for whoever practises; bags 1 to 3 lie in lockers. `portrait` keeps a
    picture for a stay and gives its media id and digest.
    """
    cards = [person_of(card) for card in scenario["card"]]
    bags = scenario["bag"]
    bands = [f"99000000000000000000B{number:03X}" for number in range(1, 16)]

    def script(number: int, card: int, **ago: float) -> Script:
        one = Script(number, cards[card], now - timedelta(**ago), band=bands[number - 1])
        one.intake(capacity=Capacity.WITNESS if number == 5 else Capacity.SUSPECT)
        one.photo(*portrait(one))
        return one

    def admitted(number: int, card: int, bag: int, cell: str, **ago: float) -> Script:
        one = script(number, card, **ago)
        one.rights_and_health()
        one.search()
        things = bags[bag]
        one.property(
            bag=things["id"], tag=things["epc"], seal=things["seal"], grams=things["grams"], cell=cell
        )
        return one

    waiting = script(1, 4, minutes=22)
    held = admitted(2, 5, 0, "B-03", hours=2, minutes=10)
    held.hold("holding-1", until=now)
    questioned = admitted(3, 6, 1, "B-08", hours=3)
    questioned.hold("holding-2", until=now - timedelta(minutes=50))
    questioned.wait(15)
    questioned.interview("interview-1", end=False)
    leaving = admitted(4, 8, 2, "C-05", hours=5, minutes=40)
    leaving.hold("holding-2", until=now - timedelta(hours=3))
    leaving.interview("interview-2", end=True)
    leaving.decide()
    leaving.hold("holding-2", until=now)
    witness = script(5, 9, minutes=35)
    return [waiting, held, questioned, leaving, witness]
