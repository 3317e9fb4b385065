from __future__ import annotations

import pytest

from workstation.documents.amounts import LARGEST, capital, yuan


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (2, "贰"),
        (10, "壹拾"),
        (105, "壹佰零伍"),
        (1_005, "壹仟零伍"),
        (1_050, "壹仟零伍拾"),
        (10_000, "壹万"),
        (10_500, "壹万零伍佰"),
        (100_005, "壹拾万零伍"),
        (1_000_000, "壹佰万"),
        (100_000_001, "壹亿零壹"),
        (120_034_056, "壹亿贰仟零叁万肆仟零伍拾陆"),
    ],
)
def test_numbers_in_capitals(number: int, written: str) -> None:
    assert capital(number) == written


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "人民币零元整"),
        (100, "人民币壹元整"),
        (123_050, "人民币壹仟贰佰叁拾元伍角整"),
        (12_345, "人民币壹佰贰拾叁元肆角伍分"),
        (10_005, "人民币壹佰元零伍分"),
        (50, "人民币伍角整"),
        (5, "人民币伍分"),
    ],
)
def test_money_in_capitals(fen: int, written: str) -> None:
    assert yuan(fen) == written


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_cannot_be_written_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between"):
        capital(number)
