"""Cards: what is drawn, what is said, how they keep their place."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeLook
from ui.theme import Level, Type
from ui.tokens import LIGHT
from ui.widgets import paint
from ui.widgets.card_paint import paint_card
from ui.widgets.card_view import CardModel, CardView
from ui.widgets.cards import CardData, card_height, card_width, spoken
from ui.widgets.look import Look
from ui.widgets.samples import cards, english_cards


def drawn(card: CardData, look: Look, *, compact: bool = False, focused: bool = False) -> QImage:
    image = QImage(420, card_height(look.theme, compact=compact) + 20, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.canvas))
    painter = QPainter(image)
    box = QRectF(10, 10, 400, image.height() - 20)
    paint_card(painter, box, card, look, compact=compact, focused=focused)
    painter.end()
    return image


def test_the_edge_carries_the_level(look: Look) -> None:
    by_level = {card.level: card for card in cards()}
    assert drawn(by_level[Level.RED], look).pixelColor(16, 100).name().upper() == LIGHT.red
    assert drawn(by_level[Level.YELLOW], look).pixelColor(16, 100).name().upper() == LIGHT.yellow
    assert drawn(by_level[Level.NONE], look).pixelColor(16, 100).name().upper() in (LIGHT.line, LIGHT.unk)


def test_the_unknown_is_hatched_and_never_plain(look: Look) -> None:
    unknown = next(card for card in cards() if card.unknown)
    image = drawn(unknown, look)
    edge = {image.pixelColor(16, y).name().upper() for y in range(40, 100)}
    assert len(edge) > 2
    assert LIGHT.line not in edge


def test_only_my_action_is_filled(look: Look) -> None:
    mine = next(card for card in cards() if card.mine)
    others = msgspec.structs.replace(mine, mine=False)

    def ink(card: CardData) -> int:
        image = drawn(card, look)
        row = image.height() - 40
        return sum(image.pixelColor(x, row).name().upper() == LIGHT.fill for x in range(420))

    assert ink(mine) > 200
    assert ink(others) < 40


def test_the_focus_ring_is_violet_outside_the_card(look: Look) -> None:
    card = cards()[5]
    violet = [
        drawn(card, look, focused=focused).pixelColor(200, 7).name().upper() for focused in (True, False)
    ]
    assert violet == [LIGHT.focus, LIGHT.canvas]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("compact", [True, False])
def test_a_card_has_room_for_each_of_its_rows(make_look: MakeLook, scale: float, compact: bool) -> None:
    theme = make_look(scale=scale).theme
    rows = theme.line(Type.NAME) + theme.line(Type.STRONG) + theme.px(56) + theme.px(36)
    assert card_height(theme, compact=compact) >= rows
    assert card_height(theme, compact=False) > card_height(theme, compact=True)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_names_numbers_and_levels_of_compact_cards_fit_side_by_side(
    make_look: MakeLook, scale: float
) -> None:
    theme = make_look(scale=scale).theme
    for card in english_cards():
        words = paint.width_of(theme, Type.NAME, card.name) + paint.width_of(theme, Type.TITLE, card.number)
        chip = paint.width_of(theme, Type.BODY_BOLD, card.level_word) + theme.px(38)
        assert words + chip + theme.px(14 + 28) <= card_width(theme)


def test_a_card_is_spoken_as_one_sentence(look: Look) -> None:
    red, _, disagreeing, unknown, *_ = cards()
    assert spoken(red) == (
        "A-07，测试甲 男 34，红，讯问2，同案2，询问，刑传 12h 剩 12 分，巡查 剩 8 分，返物 待离区，"
        "办延长或作决定 测试周 法制，暂停讯问 5 分前"
    )
    assert "记录 候问3 ≠ 读卡 走廊B" in spoken(disagreeing)
    assert "位置未知" in spoken(unknown)
    assert "巡查 未知" in spoken(unknown)


def view_of(look: Look, qtbot: QtBot, listed: list[CardData], width: int = 1240) -> CardView:
    model = CardModel()
    model.put(listed)
    view = CardView(look, model, "在区人员")
    qtbot.addWidget(view)
    view.resize(width, 700)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_each_card_is_one_accessible_child(
    look: Look, qtbot: QtBot, name_of: Callable[[QWidget], str]
) -> None:
    view = view_of(look, qtbot, cards())
    assert name_of(view) == "在区人员"
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.childCount() == len(cards())
    child = interface.child(0)
    assert child is not None
    assert child.text(QAccessible.Text.Name) == spoken(cards()[0])


@pytest.mark.parametrize(
    ("scale", "width", "columns"), [(1.0, 1270, 4), (1.25, 1270, 3), (1.0, 1850, 6), (2.0, 1240, 2)]
)
def test_as_many_columns_as_fit(
    make_look: MakeLook, qtbot: QtBot, scale: float, width: int, columns: int
) -> None:
    view = view_of(make_look(scale=scale), qtbot, cards(), width)
    assert view.columns() == columns
    row = {view.visualRect(view.cards.index(number)).top() for number in range(columns)}
    assert len(row) == 1, "the columns do not stand in one row"
    right = max(view.visualRect(view.cards.index(number)).right() for number in range(columns))
    assert right <= view.width()


def test_differences_keep_the_card_in_hand(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    view.setCurrentIndex(view.cards.index(4))
    assert view.current_key() == "5"
    view.cards.order(["8", "5", "1"])
    assert [card.key for card in view.cards.cards()][:3] == ["8", "5", "1"]
    assert view.current_key() == "5"
    view.cards.drop(["8", "none such"])
    view.cards.put([msgspec.structs.replace(cards()[4], room="候问2")])
    assert view.current_key() == "5"
    assert view.cards.row("8") == -1


def test_an_unchanged_card_is_not_painted_again(look: Look) -> None:
    model = CardModel()
    model.put(cards())
    changed: list[int] = []
    model.dataChanged.connect(lambda index: changed.append(index.row()))
    model.put(cards())
    assert changed == []
    model.put([msgspec.structs.replace(cards()[2], room="候问1")])
    assert changed == [2]


def test_enter_acts_and_space_tells_more_about_the_card_drawn(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    view.setCurrentIndex(view.cards.index(1))
    acted: list[str] = []
    told: list[str] = []
    view.acted.connect(acted.append)
    view.detailed.connect(told.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert (acted, told) == (["2"], ["3"])


def test_a_click_on_the_action_acts_and_elsewhere_only_selects(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    acted: list[str] = []
    told: list[str] = []
    view.acted.connect(acted.append)
    view.detailed.connect(told.append)
    cell = view.visualRect(view.cards.index(2))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.viewport(), left, pos=cell.center() - QPoint(0, 60))
    assert (acted, view.current_key()) == ([], "3")
    qtbot.mouseDClick(view.viewport(), left, pos=cell.center() - QPoint(0, 60))
    assert told == ["3"]
    qtbot.mouseClick(view.viewport(), left, pos=QPoint(cell.center().x(), cell.bottom() - 30))
    assert acted == ["3"]


def test_the_click_is_for_the_card_that_was_drawn_at_the_press(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    acted: list[str] = []
    view.acted.connect(acted.append)
    cell = view.visualRect(view.cards.index(0))
    at = QPoint(cell.center().x(), cell.bottom() - 30)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    view.cards.order(["2", "1"])
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert acted == ["1"]


def test_a_digit_takes_the_nth_card_in_hand(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    qtbot.keyClick(view, Qt.Key.Key_3)
    assert view.current_key() == "3"
    assert view.in_hand() or not view.isActiveWindow()


def test_compact_cards_are_lower(look: Look, qtbot: QtBot) -> None:
    view = view_of(look, qtbot, cards())
    tall = view.gridSize().height()
    view.set_compact(True)
    assert view.gridSize().height() < tall


def test_hostile_words_on_a_card_draw_and_change_no_size(look: Look) -> None:
    card = cards()[0]
    evil = msgspec.structs.replace(
        card, name="<b>甲</b>\x00\u202e" * 30, room="<img>" * 50, owner="x" * 100_000
    )
    assert drawn(evil, look).size() == drawn(card, look).size()
