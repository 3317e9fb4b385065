"""The board at the screen: cards, keys, table, rooms, trays, states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.board.conftest import Desk, board, card, room, timer
from ui.board.presenter import Tray
from ui.board.view import BoardScreen
from ui.widgets.cards import CARD_ROLE
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.errors import AppError, LinkError
from workstation.services.board_side import Waiting
from workstation.station import messages as m

Show = Callable[..., BoardScreen]


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk: Desk, qapp: QApplication) -> Iterator[Show]:
    made: list[QWidget] = []

    def make(*cards: object, width: int = 1366, height: int = 700, **more: object) -> BoardScreen:
        screen = BoardScreen(desk.context, look)
        made.append(screen)
        screen.presenter._settle.stop()
        screen.presenter._again.stop()
        screen.resize(width, height)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.presenter._came(m.BoardReply(board=board(*cards, **more)))
        return screen

    yield make
    for screen in made:
        screen.close()
        screen.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def shown(screen: BoardScreen) -> list[str]:
    return [one.number for one in screen.cards.cards()]


def text_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_enter_does_the_next_action_and_space_opens(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1), card(2))
    screen.grid.setFocus()
    qtbot.keyClick(screen.grid, Qt.Key.Key_2)
    qtbot.keyClick(screen.grid, Qt.Key.Key_Return)
    qtbot.keyClick(screen.grid, Qt.Key.Key_Space)
    chosen = screen.cards.cards()[1].key
    assert desk.went == [("steps", chosen, "task.checks"), ("steps", chosen, "")]


def test_a_press_on_the_action_bar_acts_and_elsewhere_only_chooses(
    show: Show, desk: Desk, qtbot: QtBot
) -> None:
    screen = show(card(1), card(2))
    index = screen.cards.index(1)
    area = screen.grid.visualRect(index)
    qtbot.mouseClick(screen.grid.viewport(), Qt.MouseButton.LeftButton, pos=area.center() - QPoint(0, 40))
    assert desk.went == []
    assert screen.grid.currentIndex().row() == 1
    bar = QPoint(area.center().x(), area.bottom() - 30)
    qtbot.mouseClick(screen.grid.viewport(), Qt.MouseButton.LeftButton, pos=bar)
    assert desk.went == [("steps", index.data(CARD_ROLE).key, "task.checks")]


def test_new_arrival(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1))
    screen.bar.new.click()
    assert desk.went == [("steps", "new", "identity")]


def test_order_stays_under_a_hand_and_follows_later(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1), card(2))
    assert shown(screen) == ["A-01", "A-02"]
    qtbot.keyClick(screen.grid, Qt.Key.Key_Right)
    newer = m.BoardReply(board=board(card(1), card(2), card(3, level="red"), position=11))
    screen.presenter._came(newer)
    assert shown(screen) == ["A-01", "A-02", "A-03"]
    desk.clock.advance(timedelta(seconds=6))
    screen.tick()
    assert shown(screen) == ["A-01", "A-02", "A-03"]  # the keyboard is still on the list
    assert screen.bar.reorder.isVisible()
    desk.clock.advance(timedelta(seconds=55))
    screen.tick()
    assert shown(screen) == [
        "A-03",
        "A-02",
        "A-01",
    ]  # nobody's hand; A-02, under the keyboard, keeps its place
    assert not screen.bar.reorder.isVisible()


def test_the_order_is_free_five_seconds_after_a_hand_has_left(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1), card(2))
    qtbot.keyClick(screen.grid, Qt.Key.Key_Right)
    screen.bar.new.setFocus()
    screen.presenter._came(m.BoardReply(board=board(card(1), card(2, level="red"), position=11)))
    desk.clock.advance(timedelta(seconds=4))
    screen.tick()
    assert shown(screen) == ["A-01", "A-02"]
    desk.clock.advance(timedelta(seconds=1))
    screen.tick()
    assert shown(screen) == ["A-02", "A-01"]


def test_r_brings_the_new_order_at_once(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1), card(2))
    qtbot.keyClick(screen.grid, Qt.Key.Key_2)
    screen.presenter._came(
        m.BoardReply(board=board(card(1, level="blue"), card(2, level="red"), position=11))
    )
    assert shown(screen) == ["A-01", "A-02"]
    qtbot.keyClick(screen.grid, Qt.Key.Key_R)
    assert shown(screen) == ["A-02", "A-01"]
    assert screen.grid.current_key() == card(2).stay


def test_an_action_is_for_the_person_drawn_at_the_press(show: Show, desk: Desk, qtbot: QtBot) -> None:
    screen = show(card(1), card(2))
    area = screen.grid.visualRect(screen.cards.index(0))
    bar, viewport = QPoint(area.center().x(), area.bottom() - 30), screen.grid.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=bar)
    screen.cards.order([card(2).stay, card(1).stay])
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=bar)
    assert desk.went == [("steps", card(1).stay, "task.checks")]
    desk.went.clear()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=bar)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=bar + QPoint(0, -90))
    assert desk.went == []


def test_a_screen_reader_has_a_child_a_card_and_is_told_of_live_values(show: Show, desk: Desk) -> None:
    screen = show(card(1, timers=(timer(minutes=12),)), card(2))
    grid = QAccessible.queryAccessibleInterface(screen.grid)
    told = [grid.child(row).text(QAccessible.Text.Name) for row in range(grid.childCount())]
    assert [any(number in one for one in told) for number in ("A-01", "A-02")] == [True, True]
    assert "剩 12 分" in next(one for one in told if "A-01" in one)
    changed: list[int] = []
    screen.cards.dataChanged.connect(lambda first, last: changed.append(first.row()))
    desk.clock.advance(timedelta(minutes=1))
    screen.tick()
    assert 0 in changed
    grid = QAccessible.queryAccessibleInterface(screen.grid)
    assert "剩 11 分" in grid.child(0).text(QAccessible.Text.Name)


def test_only_what_fits_stands_in_the_toolbar_and_the_rest_is_under_more(show: Show, desk: Desk) -> None:
    for language in ("zh", "en"):
        desk.context.words.language = language
        narrow = show(card(1), card(2, waiting=Waiting(since=None)), width=1274)
        bar = narrow.bar
        QApplication.processEvents()
        inside = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for one in (one for one in inside if one.isVisible()):
            assert one.width() >= one.sizeHint().width(), one.objectName()
            assert one.geometry().right() < bar.width()
        hidden = {one.words() for one in (bar.note, bar.print, bar.twin, bar.wall) if not one.isVisible()}
        assert hidden
        assert hidden <= {action.text().partition("\t")[0] for action in bar.menu().actions()}


def test_cards_are_changed_by_key_and_the_one_in_hand_stays(show: Show, qtbot: QtBot) -> None:
    screen = show(card(1), card(2), card(3))
    resets: list[object] = []
    screen.cards.modelReset.connect(lambda: resets.append(1))
    qtbot.keyClick(screen.grid, Qt.Key.Key_3)
    held = screen.grid.current_key()
    screen.presenter._came(m.BoardReply(board=board(card(2, name="测试新"), card(3), position=11)))
    assert sorted(shown(screen)) == ["A-02", "A-03"]
    assert screen.grid.current_key() == held
    assert resets == []


def test_timers_go_on_by_themselves(show: Show, desk: Desk) -> None:
    screen = show(card(1, timers=(timer(minutes=12),)))
    assert screen.cards.cards()[0].timers[0].value == "12"
    desk.clock.advance(timedelta(minutes=2))
    screen.tick()
    assert screen.cards.cards()[0].timers[0].value == "10"


def test_the_table_says_the_same_in_the_same_order(show: Show, qtbot: QtBot) -> None:
    screen = show(card(1), card(2, level="red"), card(3))
    screen.grid.setFocus()
    qtbot.keyClick(screen.grid, Qt.Key.Key_T)
    assert screen.pages.currentWidget() is screen.table
    table = screen.table.model()
    assert [table.index(row, 0).data() for row in range(3)] == shown(screen)
    screen.presenter._came(m.BoardReply(board=board(card(3), card(4), position=11)))
    screen.presenter._came(m.BoardReply(board=board(card(4), card(3, level="red"), position=12)))
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == shown(screen)
    assert "红" in [table.index(row, 4).data() for row in range(table.rowCount())]
    qtbot.keyClick(screen.table, Qt.Key.Key_T)
    assert screen.pages.currentWidget() is screen.grid


def test_nobody_here(show: Show, desk: Desk) -> None:
    screen = show()
    assert screen.pages.currentWidget() is screen.state
    assert "现在无人在区" in text_of(screen.state)
    screen.state.button.click()
    assert desk.went == [("steps", "new", "identity")]


def test_only_warned_with_nobody_warned_shows_the_way_back(show: Show) -> None:
    screen = show(card(1))
    screen.bar.warned.setChecked(True)
    assert "没有带预警" in text_of(screen.state)
    screen.state.button.click()
    assert shown(screen) == ["A-01"]


def test_troubles_have_their_pages(show: Show) -> None:
    screen = show(card(1))
    screen.presenter._failed(LinkError("link.lost"))
    assert screen.pages.currentWidget() is screen.grid
    assert "14:03:07" in screen.bar.stale.text()
    screen.presenter._failed(AppError("accounts.no-role", action="read-board"))
    assert screen.state.state is State.NO_PERMISSION
    screen.presenter._failed(LinkError("link.no-station"))
    assert screen.state.state is State.OFFLINE
    screen.presenter._failed(AppError("station.bug", ask="GetBoard", kind="KeyError"))
    assert screen.state.state is State.ERROR


def test_rooms_and_trays_when_wide_and_buttons_when_narrow(show: Show) -> None:
    rooms = (room("候问室一", "测试甲"), room("候问室二", in_service=False), room("询问室一", interview=True))
    people = (card(1), card(2, room="", waiting=Waiting(since=None)), card(3, capacity="witness", room=""))
    wide = show(*people, width=1800, height=900, rooms=rooms)
    assert wide.rooms.isVisible()
    assert "候问室二 停用" in wide.rooms.accessibleDescription()
    assert wide._beside.panels[Tray.WAITING].isVisible()
    assert not wide._beside.panels[Tray.OUT].isVisible()
    wide._beside.panels[Tray.OTHERS].chosen.emit(card(3).stay)
    assert wide.grid.current_key() == card(3).stay
    narrow = show(*people, rooms=rooms)
    assert not narrow.rooms.isVisible()
    assert narrow.bar.trays[Tray.WAITING].words() == "等房 1"
    assert narrow.bar.trays[Tray.WAITING].isVisible()
    assert not narrow.bar.trays[Tray.OUT].isVisible()


def test_hostile_names_are_shown_as_they_are(show: Show) -> None:
    screen = show(card(1, name="<b>测试</b>&甲\u202e"), width=1800)
    assert screen.cards.cards()[0].name == "<b>测试</b>&甲\u202e"
    screen.grab()
    assert "<b>测试</b>" in screen.cards.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_english(show: Show, desk: Desk) -> None:
    screen = show(card(1))
    desk.context.words.language = "en"
    screen.retranslate()
    assert screen.bar.new.words() == "New arrival"
    assert screen.cards.cards()[0].room == "Holding 1"
    assert screen.bar.held.text() == "1 present"
