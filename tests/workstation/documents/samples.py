"""Values of an invented stay, as full and as empty as papers get."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from workstation.catalogue import Catalogue
from workstation.custody.values import Answer, Destination, Disposition, SignState
from workstation.documents.context import Language, LedgerHead, Mark, PaperContext, Shortfall, Signed
from workstation.documents.custody_back import ActivityLine, CapturePart, DeparturePart, ExitLine, ReturnPart
from workstation.documents.custody_record import CustodyRecord, PersonPart
from workstation.documents.property_receipt import PropertyBag, PropertyItem, PropertyReceipt
from workstation.documents.rights_notice import RightsNotice
from workstation.documents.search_record import BodyMark, SearchPart, SearchRecord, Stated
from workstation.roles import Sex

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
HEAD = LedgerHead(size=12_345, root="0123456789abcdef" * 4)


def at(minutes: int) -> datetime:
    """Minutes after the arrival."""
    return START + timedelta(minutes=minutes)


def context(
    catalogue: Catalogue,
    *,
    language: Language = "zh",
    practice: bool = False,
    head: LedgerHead | None = HEAD,
    number: str = "办案〔2026〕0307号",
    centre: str = "测试市公安局练习执法办案管理中心",
) -> PaperContext:
    return PaperContext(
        centre=centre,
        number=number,
        language=language,
        time_zone="Asia/Shanghai",
        practice=practice,
        head=head,
        printed_at=at(700),
        catalogue=catalogue,
    )


def signed(part: str, by: str, minutes: int) -> Signed:
    return Signed(part=part, state=SignState.SIGNED, by=by, at=at(minutes))


def refused(part: str, noted_by: str, minutes: int) -> Signed:
    return Signed(part=part, state=SignState.REFUSED, noted_by=noted_by, at=at(minutes))


def item(number: int, name: str = "黑色直板手机", **changes: object) -> PropertyItem:
    values: dict[str, object] = {
        "number": str(number),
        "name": name,
        "quantity": 1,
        "unit": "部",
        "features": "屏幕左上角有裂纹，无锁屏密码。",
        "destination": Destination.PERSONAL_BAG,
        "in_case": False,
        "bag": "BAG-0041",
        "cell": "A-07",
        "photo": "P-0012",
        "disposition": Disposition.RETURNED,
        "settled_at": at(640),
        "settled": "本人领取",
    }
    return PropertyItem(**(values | changes))  # type: ignore[arg-type]  # named fields of the struct


ITEMS = (
    item(1, grams=187),
    item(2, "现金", quantity=None, unit="", features="百元 12 张、十元 3 张、五角 1 枚", fen=123_050),
    item(
        3,
        "折叠刀",
        unit="把",
        features="刃长约 9 厘米，木柄。",
        destination=Destination.CASE_PROPERTY,
        in_case=True,
        bag="",
        cell="C-02",
        disposition=Disposition.SEIZED,
        settled="扣押清单 2026-0088",
        marks=(Mark.LATE,),
    ),
    item(
        4,
        "银色戒指",
        unit="枚",
        features="内侧刻字“安”",
        disposition=Disposition.MISSING,
        settled="取袋清点时未见，两人见证：测试丙、测试丁",
        marks=(Mark.BREACH,),
    ),
    item(5, "近视眼镜", unit="副", features="黑框", destination=Destination.WITH_PERSON, bag="", cell=""),
)

BAGS = (
    PropertyBag(
        bag="BAG-0041",
        seal="SEAL-991203",
        tag="E28011700000020F1A2B3C4D",
        cell="A-07",
        grams_in=1_204,
        grams_out=1_199,
        seal_intact=True,
        explanation="取出眼镜布",
    ),
)

SEARCH = SearchPart(
    began_at=at(12),
    ended_at=at(26),
    place="安全检查室 1",
    searchers=("测试丙", "测试丁"),
    witness="测试戊",
    stated=(
        Stated(question="既往病史", answer=Answer.YES, detail="高血压，每日服药一次"),
        Stated(question="传染病", answer=Answer.NO),
        Stated(question="饮酒", answer=Answer.NO),
        Stated(question="正在用药", answer=Answer.YES, detail="硝苯地平"),
        Stated(question="自伤念头", answer=None),
    ),
    injuries=(
        BodyMark(
            region="左前臂",
            description="条状擦伤约 3 厘米，已结痂",
            cause="自述骑车摔倒",
            statement="“昨天下午摔的，与民警无关。”",
            photo="P-0008",
            side="front",
            x=800,
            y=430,
        ),
        BodyMark(region="右肩胛", description="陈旧性瘢痕", side="back", x=600, y=230),
    ),
    findings=("折叠刀 1 把",),
    alcohol="呼气检测 0 mg/100ml",
    full_body="已由同性民警二人检查",
    condition="良好",
    signatures=(
        signed("searcher", "测试丙、测试丁", 26),
        signed("witness", "测试戊", 26),
        refused("person", "测试丙", 27),
    ),
)

SHORTFALLS = (
    Shortfall(breach=False, text="讯问笔录尚未逐页签名", owner="测试己", due_at=at(900)),
    Shortfall(breach=True, text="违反“检查后方可进入候问室”：进入候问 3 时检查尚未结束"),
)


def activities(count: int) -> tuple[ActivityLine, ...]:
    kinds = (
        ("候问室 3", "候问，首次安全巡查，反应正常", ""),
        ("讯问室 2", "第 1 次询问，民警 2 人，权利义务已告知", "REC-2026-000731"),
        ("候问室 3", "供应午餐（盒饭、热水），本人全部食用", ""),
        ("候问室 3", "休息，巡查每 15 分钟一次；呼吸平稳。", ""),
    )
    lines = []
    for index in range(count):
        room, what, recording = kinds[index % len(kinds)]
        lines.append(
            ActivityLine(
                start=at(30 + index * 45),
                end=at(70 + index * 45),
                room=room,
                what=what,
                recording=recording or "不适用",
                staff="测试庚",
                marks=(Mark.LATE, Mark.BY_HAND) if index % 5 == 3 else (Mark.BREACH,) if index == 0 else (),
            )
        )
    return tuple(lines)


FULL = CustodyRecord(
    stay_number="A-0307",
    person=PersonPart(
        name="测试甲",
        sex=Sex.MALE,
        birth="1990-01-01",
        age=36,
        id_kind="居民身份证",
        id_number="990101199001010015",
        address="测试省测试市练习区演练路 12 号 3 单元 401 室（户籍地），现住测试市样本街道",
        phone="000-0000-0000",
        capacity="违法犯罪嫌疑人",
        case_number="治安2026-0412",
        cause="涉嫌殴打他人",
        arrival_mode="口头传唤",
        measure="传唤",
        limit_until=at(480),
        arrived_at=at(0),
        entered_at=at(6),
        unit="练习派出所",
        brought_by=("测试己", "测试辛"),
        band="W-0193",
        rights_served_at=at(9),
        purpose="违法嫌疑人接受询问",
        local="是",
        notices=("09:30 电话通知其妻测试壬，已通知到",),
        supporters=(),
        signatures=(signed("officer", "测试己", 8), signed("intake", "测试癸", 8)),
    ),
    searches=(SEARCH,),
    items=ITEMS,
    bags=BAGS,
    property_signatures=(
        signed("officer", "测试己", 40),
        signed("custodian", "测试子", 40),
        Signed(part="person", state=None),
    ),
    capture=CapturePart(
        captured=Answer.YES,
        captures=("人像", "指纹", "身份信息"),
        stored=Answer.YES,
        comparison="未比中",
        at=at(50),
        staff="测试丑",
        tests=("尿液毒品检测：阴性",),
    ),
    activities=activities(7),
    exits=(
        ExitLine(
            left_at=at(200),
            returned_at=at(260),
            escorts=("测试己", "测试辛"),
            approver="测试寅",
            reason="就医：测量血压",
        ),
    ),
    departure=DeparturePart(
        left_at=at(660),
        approver="测试寅",
        outcome="询问查证结束",
        paper="治安2026-0412-3",
        destination="本人自行离开",
        escorts=(),
        receiver="不适用",
        new_injuries=Answer.NO,
        injury_detail="",
        condition="患病",
        signatures=(signed("person", "测试甲", 655), signed("officer", "测试己", 655)),
    ),
    returned=ReturnPart(
        receiver="测试甲",
        receiver_id="990101199001010015",
        received_at=at(650),
        identified_by="手环、照片",
        signatures=(signed("receiver", "测试甲", 650), signed("custodian", "测试子", 650)),
    ),
    shortfalls=SHORTFALLS,
)

EMPTY = CustodyRecord(
    stay_number="",
    person=PersonPart(
        name="",
        sex=Sex.UNKNOWN,
        birth="",
        age=None,
        id_kind="",
        id_number="",
        address="",
        phone="",
        capacity="",
        case_number="",
        cause="",
        arrival_mode="",
        measure="",
        limit_until=None,
        arrived_at=None,
        entered_at=None,
        unit="",
        brought_by=(),
        band="",
        rights_served_at=None,
        notices=None,
        supporters=None,
        signatures=(),
    ),
    searches=(),
    items=None,
    bags=(),
    property_signatures=(),
    capture=None,
    activities=(),
    exits=(),
    departure=None,
    returned=None,
)

RECEIPT = PropertyReceipt(
    kind="return",
    name="测试甲",
    id_number="990101199001010015",
    stay_number="A-0307",
    cause="涉嫌殴打他人",
    deposited_at=at(40),
    returned_at=at(650),
    items=ITEMS,
    bags=BAGS,
    deposit_signatures=FULL.property_signatures,
    return_signatures=FULL.returned.signatures if FULL.returned else (),
    receiver="测试甲",
    receiver_phone="000-0000-0000",
    shortfalls=SHORTFALLS,
)

SEARCH_RECORD = SearchRecord(
    name="测试甲",
    sex=Sex.MALE,
    age=36,
    id_number="990101199001010015",
    case_kind="治安",
    cause="涉嫌殴打他人",
    stay_number="A-0307",
    searches=(SEARCH,),
    shortfalls=SHORTFALLS,
)

RIGHTS = RightsNotice(
    name="测试甲",
    id_number="990101199001010015",
    stay_number="A-0307",
    cause="涉嫌殴打他人",
    served_at=at(9),
    read_aloud=True,
    spoken_language="汉语",
    signatures=(signed("person", "测试甲", 9), signed("officer", "测试己", 9)),
)
