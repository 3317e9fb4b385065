"""The painted lanes: only what is seen is drawn, keys and pointer take entries, a screen reader hears every one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.screen_kit import Shop, Shops
from ui.theme import Level
from ui.timeline.canvas import LanesCanvas
from ui.timeline.marks import Lane, LaneKind, Mark, Style, lane

HOURS = 24
BEGIN = 1_795_000_000.0
END = BEGIN + HOURS * 3600


def many(count: int = 5000) -> list[Lane]:
    """Rooms, and checks and notes spread over a day."""
    step = (END - BEGIN) / count
    rooms = [
        Mark(n + 1, BEGIN + n * 3600, BEGIN + (n + 1) * 3600, Style.PLAIN, words=f"候问室{n}")
        for n in range(HOURS)
    ]
    ticks = [Mark(100 + n, BEGIN + n * step, BEGIN + n * step, Style.TICK) for n in range(count)]
    notes = [
        Mark(9000 + n, BEGIN + n * step * 3, BEGIN + n * step * 3, Style.POINT, icon="self")
        for n in range(count // 3)
    ]
    return [
        lane(LaneKind.PLACE, "位置", f"{HOURS} 段", rooms),
        lane(LaneKind.INTERVIEW, "讯问", "", (), "没有讯（询）问"),
        lane(LaneKind.CARE, "照护", f"巡查 {count}", ticks),
        lane(LaneKind.PAPER, "文书", "", notes),
    ]


def few() -> list[Lane]:
    rooms = [
        Mark(1, BEGIN, BEGIN + 7200, Style.PLAIN, words="候问三"),
        Mark(2, BEGIN + 7200, BEGIN + 9000, Style.STRONG, words="讯问二"),
        Mark(3, BEGIN + 9000, BEGIN + 20_000, Style.PLAIN, words="候问三"),
    ]
    checks = [Mark(10 + n, BEGIN + n * 1800, BEGIN + n * 1800, Style.TICK) for n in range(8)]
    gap = [Mark(30, BEGIN + 7800, BEGIN + 8100, Style.GAP, level=Level.RED)]
    return [
        lane(LaneKind.PLACE, "位置", "3 段", rooms),
        lane(LaneKind.RECORDING, "录制", "缺 1 处", gap),
        lane(LaneKind.CARE, "照护", "巡查 8", checks),
    ]


@pytest.fixture
def shop(shops: Shops) -> Shop:
    return shops("1007")


def shown(shop: Shop, lanes: Sequence[Lane], end: float = END) -> LanesCanvas:
    canvas = LanesCanvas(shop.context, shop.look, lambda mark: f"记录 {mark.seq}")
    shop.bot.addWidget(canvas)
    canvas.setAccessibleName("时间轴各道")
    canvas.resize(1200, 420)
    canvas.show()
    canvas.show_lanes(lanes, BEGIN, end, end - 600)
    canvas.fit_whole()
    canvas.put_cursor(BEGIN + 3600)
    return canvas


def drawn(canvas: LanesCanvas) -> int:
    """How many marks are drawn to bring the area up to date."""
    before = canvas.drawing.painted
    canvas.grab()
    return canvas.drawing.painted - before


def test_five_thousand_entries_are_drawn_as_what_can_be_told_apart(shop: Shop) -> None:
    canvas = shown(shop, many())
    seen = drawn(canvas)
    assert 0 < seen < 900
    assert drawn(canvas) == 0, "the tiles are kept"


def test_near_the_entries_only_those_in_sight_are_drawn(shop: Shop) -> None:
    canvas = shown(shop, many())
    canvas.fit_span(1800.0)
    begin, end = canvas.axis.shown()
    inside = sum(mark.end >= begin and mark.begin <= end for one in canvas.lanes for mark in one.marks)
    assert inside < 200
    assert drawn(canvas) < 4 * inside


def test_scrolling_draws_the_new_stretch_only(shop: Shop) -> None:
    canvas = shown(shop, many())
    canvas.fit_span(1800.0)
    whole = drawn(canvas)
    bar = canvas.horizontalScrollBar()
    bar.setValue(bar.value() + 100)
    assert drawn(canvas) <= whole / 2
    bar.setValue(bar.value() - 100)
    assert drawn(canvas) == 0


def test_the_kept_tiles_stay_bounded(shop: Shop) -> None:
    canvas = shown(shop, few())
    for _ in range(30):
        canvas.zoom(1)
        canvas.horizontalScrollBar().setValue(canvas.horizontalScrollBar().maximum() // 2)
        canvas.grab()
    assert len(canvas._tiles) <= 96


def test_arrows_take_lane_and_entry_and_the_cursor_goes_along(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    taken: list[int] = []
    moved: list[float] = []
    canvas.chosen.connect(taken.append)
    canvas.moved.connect(moved.append)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert taken == [1, 2]
    assert canvas.instant == moved[-1] == BEGIN + 7200
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert taken[-1] == 30
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert taken[-1] == 14
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert taken[-1] == 17
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert taken[-1] == 17
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert taken[-1] == 10


def test_plus_minus_and_the_wheel_zoom_around_the_cursor_and_the_pointer(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    scale, x = canvas.axis.scale, canvas.axis.x(canvas.instant)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.axis.scale > scale
    assert canvas.axis.x(canvas.instant) == pytest.approx(x, abs=1)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.axis.scale == pytest.approx(scale)
    point = QPointF(canvas.head_width() + 500, 60)
    at = canvas.axis.at(500)
    wheel = QWheelEvent(
        point, canvas.viewport().mapToGlobal(point), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), wheel)
    assert canvas.axis.scale > scale
    assert canvas.axis.at(500) == pytest.approx(at, abs=2)


def test_a_digit_and_a_letter_take_an_entry(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    taken: list[int] = []
    canvas.chosen.connect(taken.append)
    QTest.keyClicks(canvas, "3d")
    assert taken == [13]
    assert not canvas.hints.open
    QTest.keyClicks(canvas, "1b")
    assert taken == [13, 2]
    QTest.keyClick(canvas, Qt.Key.Key_3)
    assert len(canvas.hints.letters()) == 8
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.hints.letters() == {}
    assert taken == [13, 2]


def test_every_entry_can_be_reached_by_two_keys_however_many_there_are(shop: Shop) -> None:
    canvas = shown(shop, many())
    canvas.put_cursor(BEGIN + 40_000)
    QTest.keyClick(canvas, Qt.Key.Key_3)
    letters = canvas.hints.letters()
    assert len(letters) == 26
    near = [abs(canvas.lanes[2].marks[place].begin - canvas.instant) for place in letters.values()]
    assert max(near) * canvas.axis.scale < 15 * 26


def test_a_press_takes_what_lies_under_it(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    taken: list[int] = []
    canvas.chosen.connect(taken.append)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.rect_of(1, 0).center())
    assert taken == [30]
    empty = QPoint(canvas.rect_of(2, 7).right() + 40, canvas.rect_of(1, 0).center().y())
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=empty)
    assert taken == [30]
    assert canvas.instant == pytest.approx(canvas.axis.at(empty.x() - canvas.head_width()))


def colours(canvas: LanesCanvas) -> set[str]:
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    size: QSize = image.size()
    return {
        image.pixelColor(x, y).name().upper() for x in range(size.width()) for y in range(0, size.height(), 3)
    }


def test_a_gap_is_red_only_where_the_law_wants_the_whole(shop: Shop) -> None:
    t = shop.look.theme.tokens
    lanes = few()
    assert t.red in colours(shown(shop, lanes, BEGIN + 20_000))
    calm = [Mark(30, BEGIN + 7800, BEGIN + 8100, Style.GAP, level=Level.YELLOW)]
    lanes[1] = lane(LaneKind.RECORDING, "录制", "缺 1 处", calm)
    seen = colours(shown(shop, lanes, BEGIN + 20_000))
    assert t.red not in seen
    assert t.yellowedge in seen


def test_a_screen_reader_hears_every_entry_and_where_it_is(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    whole = QAccessible.queryAccessibleInterface(canvas)
    assert whole.role() is QAccessible.Role.List
    assert whole.text(QAccessible.Text.Name) == "时间轴各道"
    assert whole.childCount() == 12
    said = [whole.child(number).text(QAccessible.Text.Name) for number in range(12)]
    assert said[0] == "位置 记录 1"
    assert said[3] == "录制 记录 30"
    assert len(set(said)) == 12
    child = whole.child(1)
    centre = child.rect().center()
    assert whole.childAt(centre.x(), centre.y()) is child
    assert whole.indexOfChild(child) == 1
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert whole.child(0).state().selected
    assert not child.state().selected


def test_a_screen_reader_hears_what_changes(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    whole = QAccessible.queryAccessibleInterface(canvas)
    gone = whole.child(11)
    canvas.show_lanes(few()[:1], BEGIN, BEGIN + 20_000, BEGIN + 20_000)
    assert whole.childCount() == 3
    assert not gone.isValid()
    assert whole.child(2).text(QAccessible.Text.Name) == "位置 记录 3"


def test_the_entry_in_hand_stays_in_hand_when_others_come(shop: Shop) -> None:
    canvas = shown(shop, few(), BEGIN + 20_000)
    canvas.take(13, BEGIN + 5400)
    lanes = few()
    early = [*lanes[2].marks, Mark(99, BEGIN + 100, BEGIN + 100, Style.TICK)]
    canvas.show_lanes(
        [*lanes[:2], lane(LaneKind.CARE, "照护", "", early)], BEGIN, BEGIN + 20_000, BEGIN + 20_000
    )
    held = canvas.current()
    assert held is not None
    assert held.seq == 13
