from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.documents.breaking import CANNOT_END, CANNOT_START, wrap

TEXT = st.text("中文字测试，。；：！？（）“”《》【】abcXYZ019 -/.,()[]、\n", max_size=120)


def measure(text: str) -> float:
    return sum(1.0 if char < "\u0400" else 2.0 for char in text)


def bare(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


@given(TEXT, st.integers(2, 40))
def test_every_character_is_kept_in_order(text: str, width: int) -> None:
    assert bare("".join(wrap(text, width, measure))) == bare(text)


@given(TEXT, st.integers(2, 40))
def test_a_line_is_never_wider_than_its_room(text: str, width: int) -> None:
    assert all(measure(line) <= width or len(line) == 1 for line in wrap(text, width, measure))


@given(
    st.lists(st.sampled_from(["测试", "检查结果，", "“无异常。”", "（备注）", "ABC-12", "；"]), max_size=40)
)
def test_closing_marks_never_begin_a_line_that_was_broken(parts: list[str]) -> None:
    text = "人" + "人".join(parts)
    lines = wrap(text, 24, measure)
    assert not [line for line in lines if line[:1] in CANNOT_START]
    assert not [line for line in lines[:-1] if line[-1:] in CANNOT_END]


def test_words_numbers_and_marks_stay_whole() -> None:
    assert wrap("编号 REC-2026-000731 号", 18, measure) == ("编号", "REC-2026-000731 号")
    assert wrap("重量 1,204.5 克", 10, measure) == ("重量", "1,204.5 克")
    assert wrap("照片一二三【违规】", 14, measure) == ("照片一二三", "【违规】")


def test_a_number_that_is_too_long_is_cut_at_a_hyphen() -> None:
    assert wrap("REC-2026-000731", 12, measure) == ("REC-2026-", "000731")


def test_line_ends_of_every_system_break_the_line() -> None:
    assert wrap("一\r\n二\r三\n四", 20, measure) == ("一", "二", "三", "四")


def test_no_text_is_one_empty_line() -> None:
    assert wrap("", 20, measure) == ("",)


def test_a_row_of_closing_marks_is_cut_where_it_must_be() -> None:
    assert wrap("，" * 5, 4, measure) == ("，，", "，，", "，")
