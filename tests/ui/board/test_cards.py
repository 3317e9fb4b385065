"""The words of a card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.ui.board.conftest import NONE, NOW, Desk, card, timer
from ui.board.cards import card_data
from ui.theme import Level
from ui.timers import age, timer_data
from ui.widgets.cards import spoken
from ui.widgets.shapes import Shape
from workstation.services.board import Timer


@pytest.mark.parametrize(
    ("language", "minutes", "wanted"),
    [
        ("zh", 125, ("剩", "2:05", "")),
        ("zh", 12, ("剩", "12", "分")),
        ("zh", -3, ("超", "3", "分")),
        ("en", 125, ("", "2:05", "")),
        ("en", 12, ("", "12 min", "")),
        ("en", -3, ("", "+3 min", "")),
    ],
)
def test_a_timer_counts_down_and_over(
    make_desk: Callable[..., Desk], language: str, minutes: float, wanted: tuple[str, str, str]
) -> None:
    data = timer_data(make_desk(language).context.words, timer(minutes=minutes), NOW)
    assert (data.before, data.value, data.after) == wanted


def test_a_timer_that_ran_out_since_is_yellow_before_the_station_says_so(desk: Desk) -> None:
    words, one = desk.context.words, timer(minutes=1)
    assert timer_data(words, one, NOW).level is Level.NONE
    assert timer_data(words, one, NOW + timedelta(minutes=2)).level is Level.YELLOW


def test_unknown_paused_and_absent_timers_show_no_number(desk: Desk) -> None:
    words = desk.context.words
    assert timer_data(words, timer(state="unknown"), NOW).level is Level.UNKNOWN
    assert timer_data(words, timer(state="paused"), NOW).note == "已暂停"
    assert timer_data(words, NONE, NOW).note == "无"
    free = Timer(code="timer.legal", state="none", text="timer.free")
    assert timer_data(words, free, NOW).note == "可随时离开"


def test_limits_are_named_shortly(desk: Desk) -> None:
    data = card_data(card(1), desk.context, NOW)
    assert [one.label for one in data.timers] == ["传唤 8h", "巡查", "其他"]


def test_a_whole_card(desk: Desk) -> None:
    data = card_data(
        card(1, sex="female", age=16, flags=("minor", "female"), others=1, level="yellow"), desk.context, NOW
    )
    said = spoken(data)
    for words in ("A-01", "女 16", "候问室一", "未成年", "同案2", "巡查", "看管"):
        assert words in said
    assert [dot.state for dot in data.dots][:3] == [Shape.DONE, Shape.DONE, Shape.CURRENT]
    assert data.last.endswith("1 分前")
    assert data.last_short == "1 分前"


def test_a_suspect_without_a_place_is_unknown_not_somewhere(desk: Desk) -> None:
    assert card_data(card(1, room=""), desk.context, NOW).unknown == "位置未登记"
    assert card_data(card(1, room="", status="out"), desk.context, NOW).room == "临时离区"
    assert card_data(card(1, room="cellar"), desk.context, NOW).room == "cellar"


def test_newer_entries_are_told(desk: Desk) -> None:
    assert "更新程序" in card_data(card(1, unknown=("thing/9",)), desk.context, NOW).unknown


def test_a_masked_card_names_nobody(desk: Desk) -> None:
    data = card_data(card(1, flags=("self-harm-risk",), others=2), desk.context, NOW, masked=True)
    assert (data.name, data.sex_age, data.flags, data.action, data.last, data.mine) == (
        "",
        "",
        (),
        "",
        "",
        False,
    )
    assert data.number == "A-01"
    assert len(data.timers) == 3


def test_ages(desk: Desk) -> None:
    words = desk.context.words
    assert age(words, timedelta(seconds=50)) == "刚刚"
    assert age(words, timedelta(minutes=5)) == "5 分前"
    assert age(words, timedelta(hours=2, minutes=10)) == "2:10 前"


def test_every_word_that_a_card_can_need_is_there(desk: Desk) -> None:
    from ui.board.cards import ACTION_ICONS, FLAG_ICONS
    from workstation.custody.commands import ACTIONS

    catalogue = desk.context.words.catalogue
    assert [flag for flag in FLAG_ICONS if f"board.flag.{flag}" not in catalogue] == []
    assert [action for action in ACTION_ICONS if action not in ACTIONS] == []
