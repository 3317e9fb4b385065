"""The timeline screen on the real station: lanes, table and detail as one; proof, contradictions, marks, comparison."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.screen_kit import Shop, Shops
from ui.timeline.marks import LaneKind, Style
from ui.timeline.view import TimelineScreen
from ui.widgets.labels import PlainLabel
from workstation.custody import commands as c
from workstation.custody.values import InterviewKind
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD, LEAVING = stay_id(2), stay_id(4)


def opened(shop: Shop, prints: Path, stay: str = LEAVING) -> TimelineScreen:
    screen: TimelineScreen = shop.show(TimelineScreen(shop.context, shop.look, prints=prints), 1600, 900)
    screen.show_stay(stay)
    shop.until(lambda: screen.presenter.facts is not None and screen.stage.canvas.lanes)
    return screen


def lane(screen: TimelineScreen, kind: LaneKind) -> int:
    return next(row for row, one in enumerate(screen.stage.canvas.lanes) if one.kind is kind)


def proof_words(screen: TimelineScreen) -> str:
    found = screen.detail.findChildren(PlainLabel, "timeline.proof")
    return found[-1].words() if found else ""


def two_places(shop: Shop) -> None:
    """An interview goes on, and the person is reported to be back in the holding room."""
    told = c.OpenInterview(
        stay=HELD, interview="i-9", type=InterviewKind.QUESTIONING, room="interview-2", officers=("P1005", "P1006"),
        others="", one_officer_ground="",
    )  # fmt: skip
    moved = c.Move(stay=HELD, room="holding-1", reason="送回候问室")
    for number, command, minutes in (("1005", told, 20), ("1004", moved, 10)):
        at = shop.kit.clock.now() - timedelta(minutes=minutes)
        answer = shop.kit.submit(shop.kit.lane(number), command, report=True, happened_at=at)
        assert isinstance(answer, m.Saved), answer


def test_every_lane_shows_the_record_or_says_that_it_holds_nothing(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)
    lanes = screen.stage.canvas.lanes
    assert [one.kind for one in lanes] == list(LaneKind)
    assert all(bool(one.marks) != bool(one.empty) for one in lanes)
    known = {row.seq for row in screen.presenter.reading.rows.values()} | {0}
    assert all(mark.seq in known for one in lanes for mark in one.marks)
    place = lanes[0].marks
    assert [mark.begin for mark in place[1:]] == [mark.end for mark in place[:-1]], "no time is left out"


def test_lanes_table_and_detail_hold_the_same_entry(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)
    canvas = screen.stage.canvas
    told: list[datetime] = []
    screen.cursor_moved.connect(told.append)
    canvas.setFocus()
    canvas.choose(lane(screen, LaneKind.CARE), 3)
    mark = canvas.current()
    assert mark is not None
    assert screen.table.current_key() == str(mark.seq)
    assert screen.detail.accessibleName().endswith(f"#{mark.seq}")
    assert told[-1] == datetime.fromtimestamp(mark.begin, UTC)
    stored = next(row for row in screen.presenter.shown() if row.kind == "bag-stored/1")
    screen.table.choose(str(stored.seq))
    held = canvas.current()
    assert held is not None
    assert (held.seq, canvas.row) == (stored.seq, lane(screen, LaneKind.PROPERTY))
    assert canvas.instant == stored.happened_at.timestamp()


def test_an_entry_without_a_mark_moves_the_cursor_all_the_same(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)
    row = next(one for one in screen.presenter.shown() if one.kind == "person-identified/1")
    screen.table.choose(str(row.seq))
    assert screen.stage.canvas.current() is None
    assert screen.stage.canvas.instant == row.happened_at.timestamp()


def test_the_table_stands_alone_when_it_is_wanted(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)
    assert screen.stage.isVisibleTo(screen)
    screen.head.as_table.click()
    assert not screen.stage.isVisibleTo(screen)
    assert screen.table.isVisibleTo(screen)
    screen.head.as_table.click()
    assert screen.stage.isVisibleTo(screen)


def test_a_column_sorts_and_turns_round(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)

    def numbers() -> list[int]:
        return [int(row.key) for row in screen.table.rows.rows()]

    screen.table.sort_by("number")
    assert numbers() == sorted(numbers())
    screen.table.sort_by("number")
    assert numbers() == sorted(numbers(), reverse=True)
    screen.table.sort_by("happened")
    shown = screen.presenter.shown()
    assert [row.happened_at for row in shown] == sorted((row.happened_at for row in shown), reverse=True)


def test_the_entry_in_hand_is_proved_against_the_head(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    shop.until(lambda: screen.presenter.proofs)
    (proof,) = screen.presenter.proofs.values()
    assert proof.proved
    assert proof.root == shop.kit.station.store.record.head().range.root().hex()
    assert str(proof.size) in proof_words(screen)
    assert "尚无签名检查点" in proof_words(screen)


def test_only_one_lane_and_only_some_marks(shops: Shops, tmp_path: Path) -> None:
    shop = shops()
    screen = opened(shop, tmp_path)
    filters = screen.filters
    filters.lane.choose(LaneKind.CARE.value)
    filters.lane.activated.emit(0)
    shop.until(lambda: [one.kind for one in screen.stage.canvas.lanes] == [LaneKind.CARE])
    assert screen.table.rows.rowCount() == screen.presenter.count()
    filters.kind.choose("care-offered")
    filters.kind.activated.emit(0)
    shop.until(lambda: {mark.style for mark in screen.stage.canvas.lanes[0].marks} == {Style.POINT})
    filters.clear()
    shop.until(lambda: len(screen.stage.canvas.lanes) == len(LaneKind))


def test_nothing_is_pinned_while_nothing_contradicts(shops: Shops, tmp_path: Path) -> None:
    assert not opened(shops(), tmp_path).pinned.isVisible()


def test_a_contradiction_is_pinned_until_one_entry_is_corrected(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1007")
    two_places(shop)
    screen = opened(shop, tmp_path, HELD)
    shop.until(lambda: screen.pinned.isVisible())
    ((conflict, rows),) = screen.presenter.conflicts()
    assert conflict.code == "two-places"
    assert screen.pinned.title.words() == shop.words("timeline.conflict.two-places")
    assert shop.context.room_name("interview-2") in screen.pinned.span.words()
    place = screen.stage.canvas.lanes[lane(screen, LaneKind.PLACE)]
    assert Style.CONFLICT in {mark.style for mark in place.marks}
    screen.pinned.other.button.click()
    assert screen.table.current_key() == str(rows[1].seq)
    QTest.keyClick(screen, Qt.Key.Key_J)
    form = screen.side.correction
    assert screen.side.currentWidget() is form
    assert form.row is not None
    assert form.row.entry == conflict.one
    form._editors["room"].setProperty("text", "interview-2")
    form.reason.setPlainText("房间选错")
    # All is shown that is judged.
    shop.until(lambda: shop.link.position == shop.kit.station.desk.known_size())
    form.send.click()
    shop.until(lambda: not screen.pinned.isVisible())


def test_a_mark_is_a_note_about_the_moment_of_the_cursor(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1004")
    screen = opened(shop, tmp_path)
    canvas = screen.stage.canvas
    canvas.choose(lane(screen, LaneKind.CARE), 2)
    at = datetime.fromtimestamp(canvas.instant, UTC).replace(microsecond=0)
    screen.head.mark.click()
    note = screen.side.note
    assert shop.context.local(at, "%H:%M:%S") in note.moment.words()
    note.text.setPlainText("此处需要回看录像")
    note.send.click()
    shop.until(lambda: any(row.kind == "note-added/1" for row in screen.presenter.shown()))
    row = next(row for row in screen.presenter.shown() if row.kind == "note-added/1")
    assert (row.happened_at, row.late) == (at, True)


def test_a_mark_is_never_in_the_future(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops("1004"), tmp_path)
    screen.stage.canvas.put_cursor(screen.presenter.now() + 3600)
    screen.head.mark.click()
    at = screen.side.note.at
    assert at is not None
    assert at.timestamp() <= screen.presenter.now()


def test_two_stays_on_one_axis_with_one_cursor(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1007")
    screen = opened(shop, tmp_path)
    screen.head.compare.click()
    shop.until(lambda: screen.head.other.count() > 1)
    screen.head.other.choose(HELD)
    screen.head.other.activated.emit(0)
    beside = screen.stage.beside
    shop.until(lambda: beside.isVisible() and any(one.marks for one in beside.lanes))
    canvas = screen.stage.canvas
    canvas.choose(lane(screen, LaneKind.CARE), 1)
    canvas.zoom(4)
    assert beside.instant == canvas.instant
    assert (beside.axis.begin, beside.axis.scale) == (canvas.axis.begin, canvas.axis.scale)
    assert beside.head_width() == canvas.head_width()
    seqs = {row.seq for row in screen.presenter.other.rows.values()}
    assert all(mark.seq in seqs | {0} for one in beside.lanes for mark in one.marks)
    screen.head.compare.click()
    shop.until(lambda: not beside.isVisible() and screen.table.isVisible())


def test_a_screen_reader_hears_the_sentence_of_an_entry(shops: Shops, tmp_path: Path) -> None:
    screen = opened(shops(), tmp_path)
    whole = QAccessible.queryAccessibleInterface(screen.stage.canvas)
    assert whole.childCount() == sum(len(one.marks) for one in screen.stage.canvas.lanes)
    said = [whole.child(number).text(QAccessible.Text.Name) for number in range(whole.childCount())]
    assert all("⟨" not in one and one.strip() for one in said)
    assert any("饮水" in one for one in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_contradiction_fits_the_smallest_window(
    shops: Shops, tmp_path: Path, qapp: QApplication, language: str
) -> None:
    shop = shops("1007", language=language)
    two_places(shop)
    screen = opened(shop, tmp_path, HELD)
    shop.until(lambda: screen.pinned.isVisible())
    for width in (1000, 1280, 1828):
        screen.resize(width, 560)
        qapp.processEvents()
        assert screen.minimumSizeHint().width() <= width


def test_both_languages_name_everything(shops: Shops, tmp_path: Path) -> None:
    shop = shops("1007", language="en")
    two_places(shop)
    screen = opened(shop, tmp_path, HELD)
    shop.until(lambda: screen.pinned.isVisible())
    words = [label.words() for label in screen.findChildren(PlainLabel)]
    words += [f"{one.name} {one.count} {one.empty}" for one in screen.stage.canvas.lanes]
    assert [one for one in words if "⟨" in one] == []
