from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workstation.documents import samples
from tests.workstation.documents.reading import fonts as fonts_of
from tests.workstation.documents.reading import opened, pages, qr, squeezed, text
from workstation.catalogue import Catalogue
from workstation.custody.values import Answer, Destination, Disposition
from workstation.documents.breaking import CANNOT_START
from workstation.documents.context import Language, Mark, PaperContext
from workstation.documents.custody_record import print_custody_record
from workstation.documents.fonts import Fonts
from workstation.documents.property_receipt import print_property_receipt
from workstation.documents.rights_notice import RightsTexts, print_rights_notice
from workstation.documents.search_record import print_search_record
from workstation.errors import SettingsError

Print = Callable[[PaperContext, Fonts], bytes]
ONE_LANGUAGE = "version = 'x'\n" + "".join(
    f"[{part}]\nzh = {value}\n"
    for part, value in (("title", "'x'"), ("opening", "'x'"), ("rights", "['x']"), ("duties", "['x']"))
)
FORMS = samples.ROOT / "resources" / "forms"


def rights(kind: str) -> Print:
    texts = RightsTexts.load(FORMS / f"rights-{kind}.toml")
    return lambda context, fonts: print_rights_notice(samples.RIGHTS, texts, context, fonts)


PAPERS: dict[str, Print] = {
    "custody-record": lambda context, fonts: print_custody_record(samples.FULL, context, fonts),
    "empty-record": lambda context, fonts: print_custody_record(samples.EMPTY, context, fonts),
    "property-return": lambda context, fonts: print_property_receipt(samples.RECEIPT, context, fonts),
    "property-deposit": lambda context, fonts: print_property_receipt(
        msgspec.structs.replace(samples.RECEIPT, kind="deposit", returned_at=None), context, fonts
    ),
    "search-record": lambda context, fonts: print_search_record(samples.SEARCH_RECORD, context, fonts),
    "rights-administrative": rights("administrative"),
    "rights-criminal": rights("criminal"),
}


@pytest.fixture(params=PAPERS.values(), ids=PAPERS.keys())
def paper(request: pytest.FixtureRequest) -> Print:
    return request.param


def strings(value: object) -> list[str]:
    """Every free text in a struct, however deep."""
    if type(value) is str:
        return [value]
    if isinstance(value, tuple):
        return [one for each in value for one in strings(each)]
    if isinstance(value, msgspec.Struct):
        return [one for name in value.__struct_fields__ for one in strings(getattr(value, name))]
    return []


def test_the_same_values_give_the_same_bytes(paper: Print, catalogue: Catalogue, fonts: Fonts) -> None:
    folder = samples.ROOT / "resources" / "fonts"
    again = Fonts(folder / "NotoSansSC-Regular.ttf", folder / "NotoSansSC-Bold.ttf")
    context = samples.context(catalogue)
    assert paper(context, fonts) == paper(context, fonts) == paper(context, again)


def test_only_embedded_subsets_of_the_shipped_fonts(paper: Print, catalogue: Catalogue, fonts: Fonts) -> None:
    found = fonts_of(paper(samples.context(catalogue), fonts))
    assert found
    for font in found:
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSansSC-(Regular|Bold)", str(font["/BaseFont"]))
        assert "/FontFile2" in font["/FontDescriptor"].get_object()


def test_the_file_names_the_paper_and_no_machine(paper: Print, catalogue: Catalogue, fonts: Fonts) -> None:
    meta = opened(paper(samples.context(catalogue), fonts)).metadata
    assert meta is not None
    assert meta["/Creator"] == meta["/Producer"] == "Onestop"
    assert str(meta["/Title"]).endswith("办案〔2026〕0307号")
    assert meta["/Author"] == "测试市公安局练习执法办案管理中心"
    assert meta["/CreationDate"] == meta["/ModDate"] == "D:20260302125500Z"
    assert samples.FULL.person.name not in str(meta)


def test_every_word_is_in_the_catalogue(
    paper: Print, language: Language, catalogue: Catalogue, fonts: Fonts
) -> None:
    printed = text(paper(samples.context(catalogue, language=language), fonts))
    assert "⟨" not in printed
    assert "{" not in printed


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (samples.FULL, "custody-record"),
        (samples.SEARCH_RECORD, "search-record"),
        (samples.RECEIPT, "property-return"),
    ],
)
def test_every_value_is_printed(
    values: msgspec.Struct, name: str, language: Language, catalogue: Catalogue, fonts: Fonts
) -> None:
    printed = text(PAPERS[name](samples.context(catalogue, language=language), fonts))
    codes = {"front", "back", "return", "officer", "intake", "searcher", "witness", "person", "custodian"}
    # The main form does not repeat to whom a thing was returned: block ⑦ has one receiver for all.
    elsewhere = {"receiver"} | ({"本人领取"} if name == "custody-record" else set())
    wanted = set(strings(values)) - codes - elsewhere
    assert sorted(one for one in wanted if squeezed(one) not in printed) == []


def test_times_are_local_and_the_zone_is_named(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(PAPERS["custody-record"](samples.context(catalogue), fonts))
    assert "2026-03-0209:15" in printed
    assert "Asia/Shanghai（UTC+08:00）" in printed


def test_a_time_without_a_zone_is_never_guessed_at(catalogue: Catalogue, fonts: Fonts) -> None:
    notice = msgspec.structs.replace(samples.RIGHTS, served_at=samples.at(9).replace(tzinfo=None))
    texts = RightsTexts.load(FORMS / "rights-criminal.toml")
    with pytest.raises(ValueError, match="time zone"):
        print_rights_notice(notice, texts, samples.context(catalogue), fonts)


def test_what_is_wrong_stands_on_the_first_page_and_beside_its_line(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    first, *_ = pages(PAPERS["custody-record"](samples.context(catalogue), fonts))
    assert "违规 2 项；未尽事项 1 项；补录 2 处；手工 1 处" in first
    printed = text(PAPERS["custody-record"](samples.context(catalogue), fonts))
    for mark in ("【违规】", "【补录】【手工】", "【缺失】", "【未签】", "拒绝签名注明人：测试丙"):
        assert mark in printed
    assert "违反“检查后方可进入候问室”" in printed
    assert "讯问笔录尚未逐页签名" in printed


def test_nothing_known_is_printed_as_unknown(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(PAPERS["empty-record"](samples.context(catalogue, head=None), fonts))
    assert printed.count("未知") >= 30
    for sentence in (
        "无人身安全检查记录",
        "未登记随身财物",
        "无信息采集记录",
        "无活动记录",
        "尚未离开办案区",
    ):
        assert sentence in printed
    assert "存证日志首部：未知" in printed
    assert "【未签】" in printed


def test_searched_and_nothing_found_differs_from_not_searched(catalogue: Catalogue, fonts: Fonts) -> None:
    clean = msgspec.structs.replace(samples.SEARCH, injuries=(), findings=(), stated=())
    silent = msgspec.structs.replace(samples.SEARCH, injuries=None, findings=None, stated=None)
    printed = []
    for search in (clean, silent):
        record = msgspec.structs.replace(samples.SEARCH_RECORD, searches=(search,))
        printed.append(text(print_search_record(record, samples.context(catalogue), fonts)))
    assert "经检查未见伤痕" in printed[0]
    assert "经检查未发现危险、违禁物品" in printed[0]
    assert "未记载有无伤痕" in printed[1]
    assert "经检查" not in printed[1]


def test_missing_things_are_named_on_the_receipt(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = text(PAPERS["property-return"](samples.context(catalogue), fonts))
    assert "下列1项物品缺失4银色戒指" in printed
    assert "人民币壹仟贰佰叁拾元伍角整(¥1,230.50)" in printed
    assert "-5克" in printed


def test_a_list_that_was_never_made_differs_from_an_empty_one(catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    for items, sentence in ((None, "未知：未登记随身财物"), ((), "经检查，无随身财物")):
        receipt = msgspec.structs.replace(samples.RECEIPT, items=items, bags=())
        printed = text(print_property_receipt(receipt, context, fonts))
        assert sentence in printed
        assert "无物品袋记录" in printed
        record = msgspec.structs.replace(samples.FULL, items=items)
        assert sentence in text(print_custody_record(record, context, fonts))


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        ({"quantity": None}, "未知"),
        ({"quantity": -3}, "-3部"),
        ({"fen": -1}, "未知"),
        ({"fen": 10**19}, "¥100,000,000,000,000,000.00"),
        ({"destination": None, "in_case": None}, "未知（BAG-0041/A-07）"),
        ({"disposition": None, "settled_at": None}, "保管中，未处理"),
        ({"disposition": None, "destination": Destination.WITH_PERSON}, "本人随身"),
        ({"disposition": Disposition.TRANSFERRED, "settled_at": None}, "随案移送（本人领取）"),
    ],
)
def test_values_out_of_the_ordinary(
    changes: dict[str, object], printed: str, catalogue: Catalogue, fonts: Fonts
) -> None:
    receipt = msgspec.structs.replace(samples.RECEIPT, items=(samples.item(1, **changes),))
    assert printed in text(print_property_receipt(receipt, samples.context(catalogue), fonts))


def test_bags_with_unknown_and_equal_weights(catalogue: Catalogue, fonts: Fonts) -> None:
    bag = msgspec.structs.replace(samples.BAGS[0], explanation="")
    bags = (
        msgspec.structs.replace(bag, grams_out=None, seal_intact=None),
        msgspec.structs.replace(bag, grams_out=bag.grams_in, seal_intact=False),
    )
    receipt = msgspec.structs.replace(samples.RECEIPT, bags=bags)
    printed = text(print_property_receipt(receipt, samples.context(catalogue), fonts))
    assert "1204克BAG-0041" in printed, "what was not weighed or looked at yet is a line for the pen"
    assert "1204克1204克0克【破损】" in printed
    record = msgspec.structs.replace(samples.FULL, bags=bags)
    closed = text(print_custody_record(record, samples.context(catalogue), fonts))
    assert "1204克未知未知未知" in closed, "once the person has left it is unknown for good"


def test_a_search_again_is_a_further_record_and_none_is_unknown(catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    again = msgspec.structs.replace(samples.SEARCH, again=True)
    record = msgspec.structs.replace(samples.SEARCH_RECORD, searches=(samples.SEARCH, again))
    assert "复检" in text(print_search_record(record, context, fonts))
    stay = msgspec.structs.replace(samples.FULL, searches=record.searches)
    assert "二、人身安全检查（复检）" in text(print_custody_record(stay, context, fonts))
    none = msgspec.structs.replace(samples.SEARCH_RECORD, searches=())
    assert "未知：无人身安全检查记录" in text(print_search_record(none, context, fonts))


def test_what_is_going_on_differs_from_an_end_that_is_not_known(catalogue: Catalogue, fonts: Fonts) -> None:
    line = msgspec.structs.replace(samples.activities(1)[0], end=None)
    lines = (line, msgspec.structs.replace(line, going_on=True))
    record = msgspec.structs.replace(samples.FULL, activities=lines)
    printed = text(print_custody_record(record, samples.context(catalogue), fonts))
    assert "至未知" in printed
    assert "至进行中" in printed


def test_simulated_lines_and_new_injuries_are_told(catalogue: Catalogue, fonts: Fonts) -> None:
    bag = msgspec.structs.replace(samples.BAGS[0], marks=(Mark.SIMULATED,))
    assert samples.FULL.departure is not None
    departure = msgspec.structs.replace(
        samples.FULL.departure, new_injuries=Answer.YES, injury_detail="左膝擦伤"
    )
    record = msgspec.structs.replace(samples.FULL, bags=(bag,), departure=departure)
    printed = text(print_custody_record(record, samples.context(catalogue, practice=True), fonts))
    assert "含模拟数据1处" in printed
    assert "BAG-0041【模拟】" in printed
    assert "是（左膝擦伤）" in printed


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [(0, "全部返还（5项）"), (2, "部分返还：5项中返还3项"), (5, "未返还（5项）")],
)
def test_how_much_went_back(gone: int, sentence: str, catalogue: Catalogue, fonts: Fonts) -> None:
    items = tuple(
        samples.item(number, disposition=Disposition.RETAINED if number <= gone else Disposition.RETURNED)
        for number in range(1, 6)
    )
    record = msgspec.structs.replace(samples.FULL, items=items)
    assert sentence in text(print_custody_record(record, samples.context(catalogue), fonts))


def test_a_practice_paper_says_so_on_every_page(
    paper: Print, language: Language, catalogue: Catalogue, fonts: Fonts
) -> None:
    for page in pages(paper(samples.context(catalogue, language=language, practice=True), fonts)):
        assert page.count("演练 SIM") == 7
    for page in pages(paper(samples.context(catalogue, language=language), fonts)):
        assert "演练 SIM" not in page


def test_the_symbol_and_the_foot_hold_the_head_of_the_ledger(
    paper: Print, catalogue: Catalogue, fonts: Fonts
) -> None:
    printed = paper(samples.context(catalogue, practice=True), fonts)
    for number, page in enumerate(pages(printed)):
        assert qr(printed, number) == f"ONESTOP:HEAD:12345:{samples.HEAD.root.upper()}"
        assert f"12345 条，根 {samples.HEAD.root}" in page


def test_without_a_head_there_is_no_symbol(catalogue: Catalogue, fonts: Fonts) -> None:
    assert qr(PAPERS["custody-record"](samples.context(catalogue, head=None), fonts)) == ""


def test_pages_are_numbered(catalogue: Catalogue, fonts: Fonts) -> None:
    printed = pages(PAPERS["custody-record"](samples.context(catalogue), fonts))
    for number, page in enumerate(printed, 1):
        assert f"第 {number} 页 / 共 {len(printed)} 页" in page


def test_two_hundred_things_and_activities_go_on_under_repeated_heads(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    items = tuple(samples.item(number, f"物品{number:03d}") for number in range(1, 201))
    record = msgspec.structs.replace(samples.FULL, items=items, activities=samples.activities(120))
    printed = pages(print_custody_record(record, samples.context(catalogue), fonts))
    joined = squeezed("".join(printed))
    assert all(f"物品{number:03d}" in joined for number in range(1, 201))
    for page in printed[1:6]:
        assert "三、随身财物检查记录（续）" in page
        assert "保管措施 / 柜号" in page
    assert "五、询问、讯问、等候、休息、饮食等活动记录（续）" in "".join(printed)
    assert "共 200 项，以下空白" in "".join(printed)


def test_no_line_begins_with_a_closing_mark(
    paper: Print, language: Language, catalogue: Catalogue, fonts: Fonts
) -> None:
    printed = paper(samples.context(catalogue, language=language), fonts)
    starts = [line.strip()[:1] for page in pages(printed) for line in page.splitlines() if line.strip()]
    assert not [start for start in starts if start in CANNOT_START - {"—"}]


def test_text_that_looks_like_markup_stays_text(catalogue: Catalogue, fonts: Fonts) -> None:
    hostile = "<b>&amp;</b><img src='file:///etc/passwd'/>%s{name}) Tj ET (\\ <para>"
    items = (samples.item(1, hostile, features=hostile),)
    record = msgspec.structs.replace(samples.FULL, items=items)
    printed = text(print_custody_record(record, samples.context(catalogue), fonts))
    assert printed.count(squeezed(hostile)) >= 2


def test_a_very_long_text_goes_on_over_the_page(catalogue: Catalogue, fonts: Fonts) -> None:
    long = "".join(f"第{number}句，经过如下；" for number in range(2_000))
    line = msgspec.structs.replace(samples.activities(1)[0], what=long)
    record = msgspec.structs.replace(samples.FULL, activities=(line,))
    printed = pages(print_custody_record(record, samples.context(catalogue), fonts))
    assert len(printed) > 6
    assert "五、询问、讯问、等候、休息、饮食等活动记录（续）" in printed[4]
    joined = "".join(printed)
    numbers = [int(found) for found in re.findall(r"第(\d+)句", squeezed(joined))]
    assert numbers == sorted(numbers)
    assert len(numbers) >= 1_900


def test_a_word_without_end_is_cut_and_kept(catalogue: Catalogue, fonts: Fonts) -> None:
    record = msgspec.structs.replace(samples.FULL, items=(samples.item(1, features="W" * 20_000),))
    printed = text(print_custody_record(record, samples.context(catalogue), fonts))
    assert printed.count("W") >= 20_000


def test_rare_characters_are_drawn_from_the_fallback(catalogue: Catalogue, fonts: Fonts) -> None:
    notice = msgspec.structs.replace(samples.RIGHTS, name="测试𠮷")
    texts = RightsTexts.load(FORMS / "rights-criminal.toml")
    printed = text(print_rights_notice(notice, texts, samples.context(catalogue), fonts))
    assert "测试𠮷" in printed
    assert "U+20BB7" not in printed


@pytest.mark.parametrize("char", ["\U0001f600", "\u202e", "\x00", "\ud800", "\U0010fffd", "\u200b"])
def test_what_no_font_can_show_is_named_at_the_foot(char: str, catalogue: Catalogue, fonts: Fonts) -> None:
    person = msgspec.structs.replace(samples.FULL.person, name=f"测{char}试")
    record = msgspec.structs.replace(samples.FULL, person=person)
    first, *rest = pages(print_custody_record(record, samples.context(catalogue), fonts))
    assert "测□试" in first
    assert f"编码依次为：U+{ord(char):04X}" in first
    assert not [page for page in rest if "字库缺字" in page]


def test_more_such_characters_than_the_foot_holds_follow_in_a_block(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    faces = "".join(chr(0x1F300 + number) for number in range(300))
    record = msgspec.structs.replace(samples.FULL, items=(samples.item(1, features=faces),))
    printed = pages(print_custody_record(record, samples.context(catalogue), fonts))
    assert "编码见末页" in "".join(printed)
    assert all(f"U+{ord(char):04X}" in "".join(printed[-2:]) for char in faces)


def test_a_name_of_a_centre_too_long_for_the_head_follows_whole(catalogue: Catalogue, fonts: Fonts) -> None:
    centre = "".join(f"测试{number}局" for number in range(60))
    context = samples.context(catalogue, centre=centre, number="N" * 300)
    printed = text(PAPERS["search-record"](context, fonts))
    assert centre in printed
    assert "N" * 300 in printed


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(max_size=60), min_size=8, max_size=8))
def test_any_text_gives_a_readable_file(words: list[str], catalogue: Catalogue, fonts: Fonts) -> None:
    item = samples.item(1, words[0], features=words[1], unit=words[2], bag=words[3], settled=words[4])
    receipt = msgspec.structs.replace(
        samples.RECEIPT, items=(msgspec.structs.replace(item, number=words[5]),), name=words[6]
    )
    printed = print_property_receipt(receipt, samples.context(catalogue, number=words[7]), fonts)
    assert len(opened(printed).pages) >= 1


def test_every_mark_of_a_diagram_lies_on_the_page(catalogue: Catalogue, fonts: Fonts) -> None:
    off = msgspec.structs.replace(samples.SEARCH.injuries[0], x=9_000, y=-50)  # type: ignore[index]
    search = msgspec.structs.replace(samples.SEARCH, injuries=(off,) * 40)
    record = msgspec.structs.replace(samples.SEARCH_RECORD, searches=(search,))
    printed = text(print_search_record(record, samples.context(catalogue), fonts))
    assert "见伤痕40处" in printed
    assert printed.count("条状擦伤") == 40


def test_articles_of_rights_are_numbered_and_whole(catalogue: Catalogue, fonts: Fonts) -> None:
    for kind in ("administrative", "criminal"):
        texts = RightsTexts.load(FORMS / f"rights-{kind}.toml")
        for language in ("zh", "en"):
            context = samples.context(catalogue, language=language)  # type: ignore[arg-type]
            printed = text(rights(kind)(context, fonts))
            found = [printed.index(squeezed(article)) for article in texts.rights[language]]
            assert all(before < after for before, after in pairwise(found))
            assert all(squeezed(article) in printed for article in texts.duties[language])
            assert texts.version.replace(" ", "") in printed


@pytest.mark.parametrize("content", [b"", b"not a font", b"\x00\x01\x00\x00" + b"\xff" * 64])
def test_a_file_that_is_no_font_is_told(content: bytes, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as told:
        Fonts(path, path)
    assert told.value.code == "paper.font"
    assert "broken.ttf" in catalogue.text(told.value.code, "zh", told.value.values)


def test_a_font_without_the_replacement_is_told() -> None:
    rare = samples.ROOT / "resources" / "fonts" / "NotoSansSC-Rare.ttf"
    with pytest.raises(SettingsError, match=r"paper\.font"):
        Fonts(rare, rare)


def test_a_font_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"paper\.font"):
        Fonts(tmp_path / "absent.ttf", tmp_path / "absent.ttf")


@pytest.mark.parametrize("zone", ["Nowhere/Nothing", "", "../../etc/passwd", "/etc/localtime"])
def test_a_zone_that_does_not_exist_is_told(zone: str, catalogue: Catalogue, fonts: Fonts) -> None:
    context = samples.context(catalogue)
    wrong = PaperContext(**{**vars(context), "time_zone": zone})
    with pytest.raises(SettingsError, match=r"paper\.time-zone"):
        PAPERS["custody-record"](wrong, fonts)


@pytest.mark.parametrize(
    "content", ["", "version = 1", "= broken", "version = 'x'\n[title]\nzh = 'x'\n", ONE_LANGUAGE]
)
def test_broken_texts_of_rights_are_told(content: str, tmp_path: Path) -> None:
    path = tmp_path / "rights.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"paper\.rights-texts"):
        RightsTexts.load(path)
