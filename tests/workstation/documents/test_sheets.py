"""The departure sheet and the register of a day, what is drawn for the pen, and each paper read back as a whole."""

from __future__ import annotations

import msgspec
import pytest

from tests.workstation.documents import samples
from tests.workstation.documents.reading import pages, qr, squeezed, text
from tests.workstation.documents.test_papers import PAPERS
from workstation.catalogue import Catalogue
from workstation.custody.values import Answer
from workstation.documents.context import Language, Mark, Signed
from workstation.documents.custody_record import print_custody_record
from workstation.documents.departure_sheet import DepartureSheet, print_departure_sheet
from workstation.documents.exit_register import ExitRegister, Movement, RegisterLine, print_exit_register
from workstation.documents.fonts import Fonts
from workstation.documents.layout import Flow, Row, Shape, hand
from workstation.documents.property_receipt import print_property_receipt
from workstation.documents.search_record import print_search_record
from workstation.roles import Sex

HOSTILE = "<b>&amp;</b>%s{name}) Tj ET (\\ <para>'; DROP"

LEAVING = DepartureSheet(
    name="测试甲",
    sex=Sex.MALE,
    age=36,
    id_number="990101199001010015",
    stay_number="A-0307",
    cause="涉嫌殴打他人",
    case_number="治安2026-0412",
    arrived_at=samples.at(0),
    entered_at=samples.at(6),
    left_at=samples.at(660),
    outcome="行政拘留",
    paper="治安2026-0412-3",
    approver="测试寅",
    destination="测试拘留所",
    escorts=("测试己", "测试辛"),
    receiver="测试卯",
    condition="良好",
    injuries_in="左前臂 条状擦伤",
    new_injuries=Answer.NO,
    injury_detail="",
    identified_by="手环、照片",
    items=samples.ITEMS,
    handover=True,
    signatures=(samples.signed("person", "测试甲", 655), Signed(part="receiver", state=None)),
)
AHEAD = msgspec.structs.replace(
    LEAVING,
    left_at=None, outcome="", paper="", approver="", destination="", escorts=(), receiver="", condition="",
    injuries_in="", new_injuries=None, identified_by="", items=None, handover=False, signatures=(),
)  # fmt: skip


def register(count: int, *, over: bool = True) -> ExitRegister:
    kinds = tuple(Movement)
    lines = tuple(
        RegisterLine(
            at=samples.at(number),
            movement=kinds[number % 4],
            number=f"A-{number:04d}",
            person=f"测试{number:03d}\n男，36 岁",
            place="候问室 3",
            reason="辨认现场",
            officers=("测试己", "测试辛"),
            approver="测试寅" if number % 2 else "",
            marks=(Mark.LATE,) if number % 9 == 0 else (),
        )
        for number in range(count)
    )
    return ExitRegister(day="2026-03-02", over=over, held=3, lines=lines)


def test_a_departure_sheet_reads_as_it_was_filled_in(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(print_departure_sheet(LEAVING, samples.context(catalogue), fonts))
    assert (
        "二、离区情况最后离开时间2026-03-0220:15离开原因行政拘留文书号治安2026-0412-3审批人测试寅"
        "去向测试拘留所接收人测试卯押送人测试己、测试辛车辆号牌"
        "三、身体状况与身份核对入区时伤情左前臂条状擦伤健康状况良好离区有无新伤否身份核对手环、照片"
        "四、随身财物序号名称数量（大写）去向1黑色直板手机壹(1)部已返还（本人领取）2026-03-0219:55"
    ) in printed
    assert "六、交接签名" in printed
    assert "领取人签名【未签】年月日" in printed


def test_a_sheet_printed_ahead_is_empty_for_the_pen_and_says_that_nobody_left(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    printed = text(print_departure_sheet(AHEAD, samples.context(catalogue), fonts))
    assert (
        "尚未离开办案区最后离开时间离开原因文书号审批人去向接收人押送人车辆号牌"
        "三、身体状况与身份核对入区时伤情未知健康状况离区有无新伤身份核对四、随身财物"
    ) in printed
    assert "未知：未登记随身财物" in printed


def test_a_register_reads_in_the_order_of_the_clock(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(print_exit_register(register(4), samples.context(catalogue), fonts))
    assert "入区1人次；中途离开1次；返回1次；离区1人次；在区3人" in printed
    assert (
        "109:15测试000男，36岁A-0000入区【补录】候问室3辨认现场测试己测试辛—"
        "209:16测试001男，36岁A-0001中途离开候问室3辨认现场测试己测试辛测试寅"
    ) in printed
    assert "（共4项，以下空白）" in printed


@pytest.mark.parametrize("movement", list(Movement))
def test_only_who_goes_out_needs_an_approver(movement: Movement, catalogue: Catalogue, fonts: Fonts) -> None:
    line = msgspec.structs.replace(register(1).lines[0], movement=movement, officers=(), marks=())
    day = msgspec.structs.replace(register(0), lines=(line,))
    printed = text(print_exit_register(day, samples.context(catalogue), fonts))
    officers = "未知" if movement is Movement.ENTRY else "无"
    approver = "未知" if movement in (Movement.EXIT, Movement.DEPARTURE) else "—"
    assert f"候问室3辨认现场{officers}{approver}" in printed


def test_a_register_goes_on_under_repeated_heads(
    language: Language, catalogue: Catalogue, fonts: Fonts
) -> None:
    context = samples.context(catalogue, language=language, practice=True)
    printed = pages(print_exit_register(register(150), context, fonts))
    assert len(printed) > 5
    head = "登记人签名" if language == "zh" else "Signed"
    again = "进出登记（续）" if language == "zh" else "Entries and exits (continued)"
    for page in printed:
        assert head in page
        assert "演练 SIM" in page
    assert all(again in page for page in printed[1:])
    joined = squeezed("".join(printed))
    assert all(f"A-{number:04d}" in joined for number in range(150))


def test_a_day_that_is_not_over_ends_in_lines_for_the_pen(catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    going_on = text(print_exit_register(register(2, over=False), context, fonts))
    assert "打印时共2项，以下供手写续填" in going_on
    assert "以下空白" not in going_on
    assert "当日无进出记录" in text(print_exit_register(register(0), context, fonts))


def test_what_came_in_stays_text(language: Language, catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue, language=language)
    line = msgspec.structs.replace(register(1).lines[0], person=HOSTILE, reason=HOSTILE, place=HOSTILE)
    day = msgspec.structs.replace(register(0), lines=(line,))
    sheet = msgspec.structs.replace(LEAVING, receiver=HOSTILE, condition=HOSTILE, injuries_in=HOSTILE)
    for printed in (print_exit_register(day, context, fonts), print_departure_sheet(sheet, context, fonts)):
        assert text(printed).count(squeezed(HOSTILE)) == 3


def test_both_say_the_same_again_and_carry_the_head_of_the_ledger(catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    for one in (
        lambda: print_departure_sheet(LEAVING, context, fonts),
        lambda: print_exit_register(register(9), context, fonts),
    ):
        printed = one()
        assert printed == one()
        assert qr(printed) == samples.HEAD.code
        assert "⟨" not in text(printed)


def test_what_nobody_filled_in_is_a_line_for_the_pen(catalogue: Catalogue, fonts: Fonts) -> None:
    """Features, seal and phone: neither a made-up word nor 未知, where the form is filled in at the counter."""
    item = samples.item(1, features="", photo="", grams=None)
    bag = msgspec.structs.replace(samples.BAGS[0], seal_intact=None)
    receipt = msgspec.structs.replace(samples.RECEIPT, items=(item,), bags=(bag,), receiver_phone="")
    printed = text(print_property_receipt(receipt, samples.context(catalogue), fonts))
    assert "未知" not in printed
    assert "领取人电话" in printed
    flow = Flow(fonts, "")
    flow.block("", (1, 1), (Row((hand(""), hand("有字"))),))
    ruled = [op for op in flow.pages[0].ops if isinstance(op, Shape)]
    assert len(ruled) == 1
    (left, foot), (right, end) = ruled[0].points
    assert foot == end
    assert right - left > 200


def test_a_search_not_on_record_is_a_form_to_write_one_down(catalogue: Catalogue, fonts: Fonts) -> None:
    none = msgspec.structs.replace(samples.SEARCH_RECORD, searches=())
    printed = text(print_search_record(none, samples.context(catalogue), fonts))
    assert (
        "未知：无人身安全检查记录检查时间段检查地点检查人员见证人自述症状疾病：是/否正在用药：是/否"
    ) in printed
    assert printed.count("【未签】年月日") == 4


def test_a_record_takes_no_pen_once_the_person_has_left(catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    closed = text(print_custody_record(samples.FULL, context, fonts))
    here = msgspec.structs.replace(samples.FULL, departure=None, returned=None, searches=())
    open_ = text(print_custody_record(here, context, fonts))
    assert "以下供手写续填" not in closed
    assert "打印时共7项，以下供手写续填" in open_
    assert "疾病：是/否" in open_
    gone = msgspec.structs.replace(samples.FULL, searches=())
    assert "疾病：是/否" not in text(print_custody_record(gone, context, fonts))


GOLDEN = {
    "custody-record": (
        "一、人员基本情况姓名测试甲性别男出生日期1990-01-01（36岁）证件种类居民身份证人员类别违法犯罪嫌疑人"
        "证件号码990101199001010015",
        "到案方式口头传唤到案时间2026-03-0209:15手环号W-0193进入原因违法嫌疑人接受询问是否本市是入区时间2026-03-0209:21",
        "六、离开办案区序号离开时间返回时间提押人审批人离开原因12026-03-0212:352026-03-0213:35测试己、测试辛测试寅就医：测量血压",
        "离区有无新伤否健康状况患病",
        "四、信息采集是否采集是采集项目人像、指纹、身份信息是否入库是",
    ),
    "search-record": (
        "人身安全检查检查时间段2026-03-0209:27至09:41检查地点安全检查室1检查人员测试丙、测试丁见证人测试戊",
        "体表检查见伤痕2处，列于下表身体状况良好",
    ),
    "property-return": (
        "1黑色直板手机壹(1)部屏幕左上角有裂纹，无锁屏密码。187克、照片P-0012随身物品袋（BAG-0041/A-07）"
        "已返还（本人领取）2026-03-0219:55",
        "暂存签名上列物品经当面清点，本人自愿将以上个人随身物品存放进（电子）保管柜。办案民警签名测试己（已签）",
    ),
    "rights-administrative": (
        "告知情况告知时间2026-03-0209:24告知方式已宣读使用语言汉语",
        "被告知人确认：以上内容已看过或者已向我宣读，我已知悉。本人签名捺印测试甲（已签）2026-03-0209:24",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_paper_reads_line_by_line(name: str, catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(PAPERS[name](samples.context(catalogue), fonts))
    assert [one for one in GOLDEN[name] if one not in printed] == []
