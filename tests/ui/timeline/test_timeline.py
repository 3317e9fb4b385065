"""The timeline on the real station: what it shows, filters, corrects, notes, prints and exports."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.screen_kit import Shop, Shops
from ui.papers.view import PaperPreview
from ui.timeline.view import TimelineScreen
from ui.widgets.labels import PlainLabel
from ui.widgets.states import State
from workstation.custody import commands as c

UNFILLED = re.compile(r"\{[a-z_]+\}|⟨")


def opened(shop: Shop, prints: Path, number: str = "A-01") -> TimelineScreen:
    screen: TimelineScreen = shop.show(TimelineScreen(shop.context, shop.look, prints=prints))
    screen.show_stay(shop.stay(number).stay)
    shop.until(lambda: screen.presenter.facts is not None and screen.table.rows.rowCount())
    return screen


def texts(screen: TimelineScreen) -> list[str]:
    rows = screen.table.rows
    return [str(rows.data(rows.index(row, 3))) for row in range(rows.rowCount())]


def choose(screen: TimelineScreen, kind: str) -> int:
    row = next(one for one in screen.presenter.shown() if one.kind.startswith(f"{kind}/"))
    assert screen.table.choose(str(row.seq))
    return row.seq


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_is_said_in_words(shops: Shops, tmp_path: Path, language: str) -> None:
    shop = shops("1007", language=language)
    for card in shop.board().cards:
        screen = opened(shop, tmp_path, card.number)
        assert [text for text in texts(screen) if UNFILLED.search(text)] == []
        for row in screen.presenter.shown():
            screen.table.choose(str(row.seq))
            said = [label.words() for label in screen.detail.findChildren(PlainLabel)]
            assert [text for text in said if UNFILLED.search(text)] == []


def test_newest_happening_comes_first_and_nothing_is_left_out(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    shown = screen.presenter.shown()
    stored = [entry.header.seq for entry in shop.kit.station.store.record.entries(stay=screen.presenter.stay)]
    assert sorted(row.seq for row in shown) == stored
    assert [row.happened_at for row in shown] == sorted((row.happened_at for row in shown), reverse=True)


def test_nobody_chosen_says_what_to_do(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = shop.show(TimelineScreen(shop.context, shop.look, prints=tmp_path))
    assert screen.pages.state.state is State.EMPTY
    shop.until(lambda: screen.head.person.count() > 1)


def test_a_role_that_may_not_read_is_told_so(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1012")
    screen = shop.show(TimelineScreen(shop.context, shop.look, prints=tmp_path))
    screen.show_stay(shop.stay().stay)
    shop.until(lambda: screen.pages.state.state is State.NO_PERMISSION)


def test_filters_by_kind_mark_and_text(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    everything = screen.presenter.count()
    screen.filters.kind.choose("item-listed")
    screen.filters.kind.activated.emit(screen.filters.kind.currentIndex())
    items = screen.table.rows.rowCount()
    assert 0 < items < everything
    screen.filters.search.setText("腰带")
    assert screen.table.rows.rowCount() == 1
    screen.filters.search.setText("不会有的内容")
    assert screen.pages.state.state is State.EMPTY
    screen.filters.search.clear()
    screen.filters.kind.choose("")
    screen.filters.flags.buttons["corrected"].click()
    assert screen.pages.state.state is State.EMPTY


def test_digits_jump_to_an_entry_and_rows_copy_as_text(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    wanted = screen.presenter.shown()[-1].seq
    screen.table.setFocus()
    QTest.keyClicks(screen.table, str(wanted))
    assert screen.table.current_key() == str(wanted)
    QTest.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert f"#{wanted}" in QGuiApplication.clipboard().text()


def test_a_correction_is_an_entry_of_its_own_and_shows_its_chain(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1001")
    screen = opened(shop, tmp_path)
    seq = choose(screen, "item-listed")
    screen.fix.click()
    form = screen.side.correction
    assert screen.side.currentWidget() is form
    form.send.click()
    assert form.trouble.words() == shop.words("timeline.correct.reason")
    form.reason.setPlainText("看错了")
    form.send.click()
    assert form.trouble.words() == shop.words("timeline.correct.same")
    editors = form._editors
    editors["quantity"].setProperty("text", "两")
    form.send.click()
    assert "整数" in form.trouble.words()
    editors["quantity"].setProperty("text", "2")
    editors["name"].setProperty("text", "<b>皮带</b>")
    assert screen.leave()
    form.send.click()
    shop.until(lambda: screen.side.currentWidget() is screen.detail)
    row = screen.presenter.row(seq)
    assert row is not None
    shop.until(lambda: screen.presenter.correction_of(row))
    assert len(screen.presenter.chain(row)) == 2
    facts = shop.kit.station.desk.house().stay(screen.presenter.stay)
    assert facts is not None
    assert "<b>皮带</b>" in [item.name for item in facts.effects.items]
    assert any("<b>皮带</b>" in text for text in texts(screen))
    screen.table.choose(str(seq))
    assert screen.fix.reasons() == (shop.words("timeline.correct.already"),)


def test_a_correction_of_the_time_alone(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1001")
    screen = opened(shop, tmp_path)
    seq = choose(screen, "care-offered")
    row = screen.presenter.row(seq)
    assert row is not None
    screen.fix.click()
    form = screen.side.correction
    form.reason.setPlainText("早了五分钟")
    form.at.setText("昨天")
    form.send.click()
    assert shop.words("timeline.happened") in form.trouble.words()
    earlier = row.happened_at - timedelta(minutes=5)
    form.at.setText(earlier.astimezone(shop.context.zone).strftime("%Y-%m-%d %H:%M:%S"))
    form.send.click()
    shop.until(lambda: screen.presenter.correction_of(row))


def test_a_note_is_recorded_and_comes_by_the_feed(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1004")
    screen = opened(shop, tmp_path)
    screen.add.click()
    screen.side.note.send.click()
    assert screen.side.note.trouble.words() == shop.words("timeline.note.empty")
    screen.side.note.text.setPlainText("<script>备注</script>\n第二行")
    screen.side.note.send.click()
    shop.until(lambda: any("<script>备注</script>" in text for text in texts(screen)))
    assert not screen.leave()


def test_what_others_record_appears_and_the_row_in_hand_stays(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    held = choose(screen, "stay-begun")
    lane = shop.kit.lane("1004")
    shop.kit.submit(lane, c.AddNote(stay=screen.presenter.stay, text="换班时一切正常"), report=True)
    shop.until(lambda: any("换班时一切正常" in text for text in texts(screen)))
    assert screen.table.current_key() == str(held)


def test_the_custody_record_is_printed_into_the_folder(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path / "prints")
    screen.head.print.click()
    preview = screen.findChild(PaperPreview)
    assert preview is not None
    shop.until(preview.save.isEnabled)
    preview.save.click()
    shop.until(lambda: shop.said.infos)
    (paper,) = (tmp_path / "prints").iterdir()
    assert paper.read_bytes().startswith(b"%PDF")
    assert shop.said.infos == [("preview.saved", {"file": str(paper)})]


def test_a_print_that_cannot_be_written_is_told(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    (tmp_path / "prints").write_text("a file is in the way")
    screen = opened(shop, tmp_path / "prints")
    screen.head.print.click()
    preview = screen.findChild(PaperPreview)
    assert preview is not None
    shop.until(preview.save.isEnabled)
    preview.save.click()
    shop.until(lambda: shop.said.errors)
    assert shop.said.errors[0].code == "preview.unwritable"


def test_the_record_is_exported_with_a_second_person(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1007")
    screen = opened(shop, tmp_path)
    screen.head.export.click()
    form = screen.side.export
    form.send.click()
    assert shop.words("timeline.export.folder") in form.trouble.words()
    values = {
        "folder": str(tmp_path / "out"),
        "purpose": "检察院调取",
        "second": "1008",
        "secret": "practice-1",
    }
    for field, value in values.items():
        form.fields[field].setText(value)
    form.send.click()
    assert form.fields["secret"].text() == ""
    shop.until(lambda: shop.said.infos)
    assert shop.said.infos[0][0] == "timeline.exported"
    assert any((tmp_path / "out").iterdir())
