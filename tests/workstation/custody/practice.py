"""A small centre in memory: judges commands as the record does and takes their events in."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from workstation.accounts.matrix import REQUESTS
from workstation.clock import SteppedClock
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.circumstances import Circumstances
from workstation.custody.commands import CentreCommand, Command
from workstation.custody.decide import Decision, Refusal, judge
from workstation.custody.house import House
from workstation.custody.recorded import Recorded
from workstation.custody.stay import Stay
from workstation.custody.values import (
    Answer,
    ArrivalMode,
    Capacity,
    CaseKind,
    CountLine,
    Destination,
    Disposition,
    FindingKind,
    How,
    IdentityCheck,
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
    UnitKind,
)
from workstation.law.clocks import clocks
from workstation.law.pack import Pack
from workstation.roles import Actor, Rank, Role, Sex

PACK = Pack.load(Path(__file__).parents[3] / "resources" / "law" / "cn")
ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 local
TYPED = Source(how=How.TYPED)
CARD = Source(how=How.CARD, device="card-1")
DEVICE = Source(how=How.DEVICE, device="tags-a")
BY_HAND = Source(how=How.BY_HAND, second="leader", reason="读写器无响应")

ALL = frozenset(Role)


def signed(*parts: str) -> tuple[Signature, ...]:
    return tuple(Signature(part=part, by=part, state=SignState.SIGNED) for part in parts)


def person(sex: Sex, *roles: Role, name: str, rank: Rank = Rank.OFFICER) -> Actor:
    return Actor(id=name, name=name, roles=frozenset(roles), rank=rank, unit="演练所", sex=sex)


STAFF = {
    one.id: one
    for one in (
        person(Sex.MALE, Role.INTAKE, Role.ESCORT, name="intake"),
        person(Sex.MALE, Role.SEARCH_OFFICER, Role.GUARD, name="guard"),
        person(Sex.MALE, Role.SEARCH_OFFICER, Role.GUARD, name="guard-2"),
        person(Sex.FEMALE, Role.SEARCH_OFFICER, Role.GUARD, name="woman"),
        person(Sex.FEMALE, Role.SEARCH_OFFICER, Role.INTERVIEWER, name="woman-2"),
        person(Sex.MALE, Role.CUSTODIAN, name="custodian"),
        person(Sex.MALE, Role.CASE_OFFICER, Role.INTERVIEWER, name="officer"),
        person(Sex.MALE, Role.CASE_OFFICER, Role.INTERVIEWER, name="officer-2"),
        person(Sex.MALE, Role.DUTY_LEADER, name="leader", rank=Rank.BUREAU_DUTY_HEAD),
        person(Sex.FEMALE, Role.LEGAL_OFFICER, name="legal", rank=Rank.BUREAU_HEAD),
        person(Sex.FEMALE, Role.PHYSICIAN, name="doctor"),
        person(Sex.MALE, Role.ADMINISTRATOR, name="admin"),
    )
}
ANYBODY = Actor(id="everybody", name="", roles=ALL, rank=Rank.BUREAU_HEAD, unit="", sex=Sex.MALE)


class World:
    """A house, virtual time and the way in. `recording`: room → running and verified."""

    def __init__(self, start: datetime = START) -> None:
        self.clock = SteppedClock(start)
        self.house = House.empty()
        self.entries: list[Recorded] = []
        self.recording: dict[str, Answer] = {}
        self._numbers = itertools.count(1)
        self._stays = itertools.count(1)
        self._furnish()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def later(self, **step: float) -> None:
        self.clock.advance(timedelta(**step))

    def around(self, actor: Actor = ANYBODY) -> Circumstances:
        bare = Circumstances(
            now=self.now, actor=actor, pack=PACK, zone=ZONE, asks=REQUESTS, recording=self.recording
        )
        states = {name: clocks(stay, bare, PACK, self.house) for name, stay in self.house.stays.items()}
        return msgspec.structs.replace(bare, clocks=states)

    def ask(
        self,
        command: Command | CentreCommand,
        *,
        actor: Actor = ANYBODY,
        report: bool = False,
        at: datetime | None = None,
        overrides: Mapping[str, tuple[str, Actor]] | None = None,
    ) -> Refusal | Decision:
        number = f"A-{next(self._numbers):02d}" if isinstance(command, c.BeginStay) else ""
        verdict = judge(
            command,
            report=report,
            happened_at=at or self.now,
            overrides=overrides or {},
            house=self.house,
            circumstances=self.around(actor),
            number=number,
        )
        if isinstance(verdict, Decision):
            stay = command.stay if isinstance(command, Command) else ""
            self.take(verdict, stay, actor, at or self.now)
        return verdict

    def do(
        self,
        command: Command | CentreCommand,
        *,
        actor: Actor = ANYBODY,
        report: bool = False,
        at: datetime | None = None,
        overrides: Mapping[str, tuple[str, Actor]] | None = None,
    ) -> Decision:
        verdict = self.ask(command, actor=actor, report=report, at=at, overrides=overrides)
        assert isinstance(verdict, Decision), verdict
        return verdict

    def refused(self, command: Command | CentreCommand, *, actor: Actor = ANYBODY) -> list[str]:
        verdict = self.ask(command, actor=actor)
        assert isinstance(verdict, Refusal), verdict
        return [one.gate for one in verdict.objections]

    def take(self, decision: Decision, stay: str, actor: Actor, at: datetime) -> None:
        command = hashlib.sha256(str(len(self.entries)).encode()).hexdigest()[:32]
        for place, event in enumerate(decision.events):
            seq = len(self.entries)
            recorded = Recorded(
                seq=seq,
                entry=f"entry-{seq}",
                command=command,
                stay=stay,
                event=event,
                actor=actor.id,
                happened_at=at,
                recorded_at=self.now,
                late=at < self.now,
                by_hand=decision.by_hand and place == 0,
                breach=decision.breach and place == 0,
                corrects=decision.corrects if isinstance(event, e.EntryCorrected) else "",
            )
            self.entries.append(recorded)
            self.house = self.house.apply(recorded)

    def stay(self, name: str) -> Stay:
        found = self.house.stay(name)
        assert found is not None
        return found

    def _furnish(self) -> None:
        for use, room, capacity in (
            (RoomUse.INTAKE, "intake", 2),
            (RoomUse.SEARCH, "search", 1),
            (RoomUse.HOLDING, "holding-1", 2),
            (RoomUse.HOLDING, "holding-2", 2),
            (RoomUse.INTERVIEW, "interview-1", 3),
            (RoomUse.INTERVIEW, "interview-2", 3),
            (RoomUse.CORRIDOR, "corridor", 20),
        ):
            self.do(c.DeclareRoom(room=room, name_zh=room, name_en=room, use=use, capacity=capacity))
        self.do(
            c.DeclareBank(
                bank="bank-a", name_zh="一号柜", name_en="Bank 1", device="lock-a", doors=4, scale="scale-1"
            )
        )
        for actor in STAFF.values():
            self.do(
                c.EnrolStaff(
                    staff=actor.id,
                    name=actor.name,
                    roles=tuple(sorted(actor.roles)),
                    rank=actor.rank,
                    unit=actor.unit,
                    sex=actor.sex,
                    number=actor.id,
                )
            )

    # ------------------------------------------------------------ a stay, piece by piece

    def begin(self, capacity: Capacity = Capacity.SUSPECT) -> str:
        stay = f"{next(self._stays):032x}"
        self.do(
            c.BeginStay(
                stay=stay,
                capacity=capacity,
                arrival_mode=ArrivalMode.WRITTEN_SUMMONS,
                arrived_at=self.now,
                entered_at=self.now,
                unit="演练所",
                unit_kind=UnitKind.STATION,
                brought_by=("officer", "officer-2"),
                reason="",
            )
        )
        return stay

    def identify(self, stay: str, *, sex: Sex = Sex.MALE, birth: str = "1990-01-01", name: str = "") -> None:
        last = int(stay, 16)
        self.do(
            c.Identify(
                stay=stay,
                name=name or f"测试{last}",
                sex=sex,
                birth=birth,
                id_kind="citizen-card",
                id_number=f"9900001990010{last:05d}",
                address="",
                ethnic="01",
                nationality="",
                phone="",
                source=CARD,
                confirmed_other=False,
            )
        )

    def admit(
        self,
        *,
        sex: Sex = Sex.MALE,
        birth: str = "1990-01-01",
        case: str = "",
        kind: CaseKind = CaseKind.PUBLIC_ORDER,
        measure: Measure = Measure.SUMMONS,
        items: bool = True,
    ) -> str:
        """Through intake and search, with one item and 100 yuan in a bag in cell 01 when `items`."""
        stay = self.begin()
        self.identify(stay, sex=sex, birth=birth)
        self.do(c.PhotographPerson(stay=stay, photo="m1", digest="00", source=DEVICE))
        self.do(
            c.LinkCase(
                stay=stay,
                case_number=case or f"演练案{int(stay, 16)}",
                case_kind=kind,
                cause="演练",
                officers=("officer", "officer-2"),
                accepted=True,
            )
        )
        self.do(set_measure(stay, measure))
        self.do(
            c.ServeRights(stay=stay, language="zh", read_aloud=True, signatures=signed("person", "officer"))
        )
        self.do(
            c.GiveNotice(
                stay=stay,
                notice=NoticeKind.FAMILY,
                outcome=NoticeOutcome.MADE,
                recipient="测试家属",
                relation="父",
                phone="10000000000",
                method="phone",
                reason="",
            )
        )
        self.do(c.IssueBand(stay=stay, band=f"B{int(stay, 16):04d}", source=DEVICE))
        self.do(screen(stay))
        self.search(stay, ("woman", "woman-2") if sex is Sex.FEMALE else ("guard", "guard-2"))
        if items:
            self.store(stay)
        return stay

    def search(self, stay: str, officers: tuple[str, ...]) -> None:
        self.do(c.BeginSearch(stay=stay, officers=officers, place="search", witness="见证人"))
        self.do(c.RecordFinding(stay=stay, finding=FindingKind.NONE, what=""))
        self.do(injury(stay))
        self.do(c.EndSearch(stay=stay, signatures=signed("person", "searcher", "witness")))

    def store(self, stay: str, cell: str = "") -> str:
        number = int(stay, 16)
        bag = f"bag-{number:02d}"
        cell = cell or f"bank-a-{number:02d}"
        for item, unit in ((f"phone-{number}", "部"), (f"cash-{number}", "cash")):
            self.do(list_item(stay, item, unit))
        self.do(
            c.CountCash(
                stay=stay,
                item=f"cash-{number}",
                fen=10000,
                denominations="100x1",
                counters=("custodian", "guard"),
            )
        )
        self.do(
            c.FillBag(
                stay=stay,
                bag=bag,
                tag=f"99{number:022X}",
                items=(f"phone-{number}", f"cash-{number}"),
                source=DEVICE,
            )
        )
        self.do(c.SealBag(stay=stay, bag=bag, seal=f"FZ-{number:04d}", source=TYPED))
        self.do(c.WeighBag(stay=stay, bag=bag, grams=300, source=DEVICE))
        self.do(
            c.SignPaper(
                stay=stay,
                paper=Paper.PROPERTY_LIST,
                number="",
                pages=1,
                signatures=signed("person", "custodian"),
            )
        )
        self.do(store_bag(stay, bag, cell))
        return bag

    def hold(self, stay: str, room: str = "holding-1") -> None:
        self.do(c.PlanObservation(stay=stay, level=Observation.INTERMITTENT, interval_min=30, reason="一般"))
        self.do(c.PlaceInRoom(stay=stay, room=room, guard="guard"))

    def interview(self, stay: str, room: str = "interview-1") -> None:
        self.recording[room] = Answer.YES
        self.do(c.Preflight(stay=stay, room=room, recording=Answer.YES, detail="", source=DEVICE))
        self.do(open_interview(stay, room))
        self.later(minutes=20)
        self.do(
            c.SignPaper(
                stay=stay,
                paper=Paper.INTERVIEW_RECORD,
                number="",
                pages=3,
                signatures=signed("person", "officer"),
            )
        )
        self.do(c.EndInterview(stay=stay, pages=3))

    def decide(self, stay: str, outcome: Outcome = Outcome.QUESTIONING_ENDED) -> None:
        self.do(c.ProposeOutcome(stay=stay, outcome=outcome, paper="演练字1号", basis="查证结束"))
        self.do(c.ApproveOutcome(stay=stay, outcome=outcome), actor=STAFF["leader"])

    def give_back(self, stay: str) -> None:
        number = int(stay, 16)
        bag = f"bag-{number:02d}"
        self.do(
            c.TakeBag(stay=stay, bag=bag, cell=f"bank-a-{number:02d}", custodian="custodian", second="guard")
        )
        self.do(
            c.CountPropertyBlind(
                stay=stay,
                lines=(CountLine(name="手机", quantity=1),),
                fen=10000,
                grams=301,
                source=DEVICE,
            )
        )
        for item in (f"phone-{number}", f"cash-{number}"):
            self.do(
                c.SettleItem(
                    stay=stay,
                    item=item,
                    disposition=Disposition.RETURNED,
                    basis="",
                    receiver="本人",
                    second="",
                )
            )

    def release(self, stay: str) -> None:
        self.do(reidentify(stay))
        self.give_back(stay)
        self.do(
            c.CompareInjuries(stay=stay, new=Answer.NO, detail="", photo=""),
        )
        self.do(
            c.SignPaper(
                stay=stay,
                paper=Paper.PROPERTY_RECEIPT,
                number="",
                pages=1,
                signatures=signed("person", "custodian"),
            )
        )
        self.do(depart(stay))


def set_measure(stay: str, measure: Measure = Measure.SUMMONS, **changes: object) -> c.SetMeasure:
    values: dict[str, object] = {
        "measure": measure,
        "paper": "演练传字1号",
        "oral": False,
        "ground": "",
        "approver": "leader",
        "approver_rank": Rank.BUREAU_HEAD,
    }
    return c.SetMeasure(stay=stay, **{**values, **changes})  # type: ignore[arg-type]  # values by name


def extend(stay: str, tier: str, ground: str, rank: Rank = Rank.UNIT_HEAD) -> c.ExtendTier:
    return c.ExtendTier(
        stay=stay, tier=tier, ground=ground, approver="leader", approver_rank=rank, paper="演练延字1号"
    )


def screen(stay: str) -> c.ScreenHealth:
    return c.ScreenHealth(
        stay=stay,
        questions=tuple(
            Question(code=code, answer=Answer.NO) for code in ("illness", "alcohol", "drugs", "self-harm")
        ),
        seen="神志清楚",
        by_physician=False,
    )


def injury(stay: str) -> c.RecordInjury:
    return c.RecordInjury(stay=stay, none=True, region="", description="", cause="", statement="", photo="")


def list_item(stay: str, item: str, unit: str = "件") -> c.ListItem:
    return c.ListItem(
        stay=stay,
        item=item,
        name=item,
        features="黑色",
        quantity=1,
        unit=unit,
        destination=Destination.PERSONAL_BAG,
        grams=None,
        photo="",
        source=TYPED,
    )


def store_bag(stay: str, bag: str, cell: str, **changes: object) -> c.StoreBag:
    values: dict[str, object] = {
        "bag": bag,
        "cell": cell,
        "custodian": "custodian",
        "second": "guard",
        "read_back": DEVICE,
    }
    return c.StoreBag(stay=stay, **{**values, **changes})  # type: ignore[arg-type]  # values by name


def open_interview(
    stay: str,
    room: str = "interview-1",
    officers: tuple[str, ...] = ("officer", "officer-2"),
    kind: InterviewKind = InterviewKind.QUESTIONING,
    ground: str = "",
    name: str = "",
) -> c.OpenInterview:
    return c.OpenInterview(
        stay=stay,
        interview=name or f"talk-{stay[-4:]}",
        type=kind,
        room=room,
        officers=officers,
        others="",
        one_officer_ground=ground,
    )


def reidentify(stay: str) -> c.Reidentify:
    return c.Reidentify(
        stay=stay,
        band=IdentityCheck.MATCHES,
        photo=IdentityCheck.MATCHES,
        question=IdentityCheck.MATCHES,
        statement="",
    )


def depart(
    stay: str, outcome: Outcome = Outcome.QUESTIONING_ENDED, escorts: tuple[str, ...] = ()
) -> c.Depart:
    return c.Depart(
        stay=stay,
        outcome=outcome,
        destination="自行离开",
        escorts=escorts,
        receiver="本人",
        paper="演练字1号",
    )
