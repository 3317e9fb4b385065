"""The board on the real station: notes, arrivals, the paper, a disagreement, and what a note about a person becomes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.station_kit import NOW
from tests.ui.screen_kit import Shop, Shops
from ui.board.presenter import Tray
from ui.board.view import BoardScreen
from ui.papers.view import PaperPreview
from ui.widgets.look import Look
from workstation.custody import commands as c
from workstation.roles import Rank
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD, TALKING = stay_id(2), stay_id(3)


def opened(shop: Shop, look: Look, prints: Path | None = None, width: int = 1800) -> BoardScreen:
    screen: BoardScreen = shop.show(BoardScreen(shop.context, look, prints=prints), width=width, height=980)
    shop.until(lambda: screen.cards.rowCount())
    return screen


def read(screen: BoardScreen) -> str:
    return " ".join(label.text() for label in screen.notes.findChildren(QLabel))


def test_a_note_of_the_desk_is_written_by_n_seen_by_all_and_taken_away(
    shops: Shops, look: Look, qtbot: QtBot
) -> None:
    shop = shops("1004")
    screen = opened(shop, look)
    qtbot.keyClick(screen.grid, Qt.Key.Key_N)
    assert screen.notes.text.hasFocus()
    screen.notes.text.insert("讯问室三拾音待修")
    assert screen.leave()
    qtbot.keyClick(screen.notes.text, Qt.Key.Key_Return)
    shop.until(lambda: "讯问室三拾音待修" in read(screen))
    assert not screen.leave()
    assert "吴看管 14:00" in read(screen)
    assert [one.text for one in shop.board().notes] == ["讯问室三拾音待修"]
    screen.notes.dropped.emit(screen.presenter.notes()[0].key)
    shop.until(lambda: "讯问室三拾音待修" not in read(screen))
    assert shop.board().notes == ()


def test_a_note_about_a_person_is_recorded_in_their_stay_and_cannot_be_taken_away(
    shops: Shops, look: Look, qtbot: QtBot
) -> None:
    shop = shops("1004")
    screen = opened(shop, look)
    screen.notes.begin()
    screen.notes.about.setCurrentIndex(screen.notes.about.findData(HELD))
    screen.notes.text.insert("餐食单独发放")
    screen.notes.keep.click()
    shop.until(lambda: "餐食单独发放" in read(screen))
    rows = shop.boss().ask(m.GetTimeline(stay=HELD)).page.rows
    assert rows[-1].kind == "note-added/1"
    note = screen.presenter.notes()[0]
    assert (note.kind, note.stay) == ("person", HELD)


def test_an_arrival_needs_its_time_and_stands_in_its_tray_until_registered(
    shops: Shops, look: Look, qtbot: QtBot
) -> None:
    shop = shops("1001")
    screen = opened(shop, look)
    notes = screen.notes
    notes.begin()
    notes.about.setCurrentIndex(notes.about.findData("arrival"))
    notes.text.insert("治安传唤 1 人")
    qtbot.keyClick(notes.text, Qt.Key.Key_Return)
    assert notes.expected.hasFocus()
    qtbot.keyClicks(notes.expected, "25:99")
    qtbot.keyClick(notes.expected, Qt.Key.Key_Return)
    assert [error.code for error in shop.said.errors] == ["notes.no-time"]
    notes.expected.setText("14:20")
    qtbot.keyClick(notes.expected, Qt.Key.Key_Return)
    shop.until(lambda: screen.presenter.arrivals())
    assert screen.presenter.arrivals()[0].expected_at == NOW + timedelta(minutes=20)
    panel = screen._beside.panels[Tray.ARRIVING]
    assert panel.isVisible()
    panel.chosen.emit(screen.presenter.arrivals()[0].key)
    assert shop.went == [("steps", "new", "identity")]


def test_somebody_outside_is_in_their_tray_until_when_and_late_in_yellow(shops: Shops, look: Look) -> None:
    shop = shops("1001")
    screen = opened(shop, look)
    command = c.BeginTemporaryExit(
        stay=HELD, reason="就医", destination="测试医院", approver="P1007", approver_rank=Rank.UNIT_HEAD,
        escorts=("P1005", "P1006"), planned_return=NOW + timedelta(minutes=40),
    )  # fmt: skip
    shop.kit.submit(shop.lane, command, report=True)
    shop.until(lambda: screen.presenter.tray(Tray.OUT))
    item = screen._beside.panels[Tray.OUT]._items[HELD].item
    assert "应回 14:40" in item.accessibleName()
    assert "测试医院 · 押送 2 人" in item.accessibleName()
    shop.kit.advance(minutes=45)
    screen.tick()
    assert "超 5 分" in item.accessibleName()
    assert item.row.level == "yellow"


def test_sources_that_disagree_are_on_the_card_and_on_both_rooms(shops: Shops, look: Look) -> None:
    shop = shops()
    screen = opened(shop, look)
    shop.kit.submit(shop.lane, c.Move(stay=TALKING, room="medical", reason="测试"), report=True)
    shop.until(lambda: screen.cards.cards()[screen.cards.row(TALKING)].disagree)
    told = screen.cards.cards()[screen.cards.row(TALKING)].disagree
    assert told == "记录 医务室 ≠ 讯问 讯问室一"
    assert told in screen.cards.index(screen.cards.row(TALKING)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert screen.rooms.accessibleDescription().count("位置不一致") == 2


def test_ctrl_p_prints_the_board_for_a_power_loss(
    shops: Shops, look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    shop = shops()
    screen = opened(shop, look, tmp_path / "prints")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(screen.grid, Qt.Key.Key_P, control)
    preview = screen.findChild(PaperPreview)
    assert preview is not None
    shop.until(preview.save.isEnabled)
    assert preview.pages.count
    qtbot.keyClick(preview.pages, Qt.Key.Key_S, control)
    shop.until(lambda: shop.said.infos)
    code, values = shop.said.infos[0]
    assert code == "preview.saved"
    assert Path(str(values["file"])).read_bytes().startswith(b"%PDF")
    assert Path(str(values["file"])).name.startswith("board-")


def test_notes_can_be_written_on_a_narrow_screen_too(shops: Shops, look: Look, qtbot: QtBot) -> None:
    shop = shops("1004")
    screen = opened(shop, look, width=1274)
    assert not screen.notes.isVisible()
    qtbot.keyClick(screen.grid, Qt.Key.Key_N)
    assert screen.notes.text.hasFocus()
    screen.notes.text.insert("交班")
    qtbot.keyClick(screen.notes.text, Qt.Key.Key_Return)
    shop.until(lambda: not screen.notes.isVisible())
    assert screen.bar.note.words() or screen.presenter.notes()
