"""An interview that goes on: every line on the record, the keyboard always in the line, the recording told first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.steps.conftest import Bench
from ui.steps.recording_said import gaps_said, recording_said
from ui.steps.talk import LINES, Said, record_text, row_of
from ui.steps.talk_view import elapsed
from ui.theme import Level
from ui.widgets.shapes import Shape
from workstation.readings import RecordingGap, RecordingState, Verified
from workstation.station import messages as m

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def begin(bench: Bench) -> QLineEdit:
    """The person who is being interviewed, with their officer at the screen."""
    bench.sign_in("1005")
    bench.show("A-02", "mark-interview")
    bench.until(lambda: bench.presenter.form is not None and bench.presenter.form.code == "mark-interview")
    bench.screen.activateWindow()
    line = bench.find("steps.interview.mark-interview.mark")
    assert isinstance(line, QLineEdit)
    bench.until(line.hasFocus)
    return line


def marks(bench: Bench) -> list[str]:
    assert bench.presenter.reply is not None
    talk = bench.presenter.reply.facts.interviews.open
    assert talk is not None
    return [one.text for one in talk.marks]


def test_lines_go_on_the_record_one_by_one_and_the_keyboard_stays(bench: Bench) -> None:
    line = begin(bench)
    said = bench.screen.middle.form.findChildren(type(line.parent()))[0]
    for text, turn in (("where were you", Said.ANSWER), ("at home", Said.ASK)):
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == ""
        assert said.said is turn, "after a question comes the answer"
    bench.until(lambda: marks(bench) == ["问：where were you", "答：at home"])
    bench.until(lambda: not bench.screen.middle.talk.waiting)
    assert line.hasFocus()
    assert [type(one) for one in bench.outcomes] == [m.Saved, m.Saved]
    shown = bench.screen.middle.stage.lines.lines
    assert [shown.row_at(number).said for number in range(shown.rowCount())] == [Said.ASK, Said.ANSWER]


def test_a_mark_is_set_by_its_key_and_found_by_its_digit(bench: Bench) -> None:
    line = begin(bench)
    QTest.keyClicks(line, "denies it")
    QTest.keyClick(line, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    bench.until(lambda: marks(bench) == ["denies it"])
    assert line.hasFocus()
    stage = bench.screen.middle.stage
    bench.until(lambda: stage.marks.lines.rowCount() == 1)
    stage.marks.setFocus()
    QTest.keyClick(stage.marks, Qt.Key.Key_1)
    assert stage.lines.currentIndex().row() == 0
    QTest.keyClick(stage.marks, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert line.hasFocus(), "with nothing typed the key leads back to the line"
    assert marks(bench) == ["denies it"]


def test_what_is_being_typed_is_a_draft_within_a_second(bench: Bench) -> None:
    line = begin(bench)
    QTest.keyClicks(line, "half a sent")
    bench.until(lambda: bench.presenter.drafts.state == "kept")
    bench.task("papers")
    bench.task("interview", "mark-interview")
    name = "steps.interview.mark-interview.mark"
    bench.until(lambda: len(bench.screen.findChildren(QLineEdit, name)) == 1)
    again = bench.find(name)
    assert isinstance(again, QLineEdit)
    bench.until(lambda: again.text() == "half a sent")


def test_a_line_that_did_not_reach_the_disk_comes_back_and_is_sent_by_enter(bench: Bench) -> None:
    at = bench.kit.clock.now().isoformat()
    content = msgspec.json.encode({"waiting": [["答：not on disk", at], ["broken"], 7]})
    bench.sign_in("1005")
    bench.ask(m.SaveDraft(stay=bench.stays["A-02"], form=LINES, content=content))
    line = begin(bench)
    talk = bench.screen.middle.talk
    bench.until(lambda: talk.waiting)
    assert [row.waiting for row in talk.rows()] == [True]
    assert marks(bench) == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    bench.until(lambda: marks(bench) == ["答：not on disk"] and not talk.waiting)
    left = bench.ask(m.LoadDraft(stay=bench.stays["A-02"], form=LINES))
    assert left.content == b""


def test_break_and_resume_by_keys(bench: Bench) -> None:
    line = begin(bench)
    QTest.keyClick(line, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert bench.presenter.form is not None
    assert bench.presenter.form.code == "break-interview"
    assert isinstance(bench.do(reason="饮水"), m.Saved)
    bench.until(lambda: bench.presenter.form.code == "resume-interview")
    assert "间歇" in bench.screen.middle.stage.head.time_name.words()
    assert isinstance(bench.do(), m.Saved)
    bench.until(lambda: bench.presenter.form.code != "resume-interview")
    kinds = bench.kinds()
    assert kinds[-2:] == ["interview-broken", "interview-resumed"]


def test_a_station_without_a_recorder_says_that_nothing_is_recorded(bench: Bench) -> None:
    begin(bench)
    head = bench.screen.middle.stage.head
    bench.until(lambda: head.word.words() == "没有录制")
    assert head.gap.isVisible()
    assert "没有录制" in bench.screen.middle.stage.strip.accessibleName()
    assert bench.find("steps.talk.elapsed").isVisible()


def state(**more: object) -> RecordingState:
    known = {
        "recording": "r", "room": "interview-1", "camera": "cam-4", "running": True, "verified": Verified.YES,
        "since": NOW,
    }  # fmt: skip
    return RecordingState(**{**known, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "asked", "demanded", "shape", "level"),
    [
        (None, False, True, Shape.UNKNOWN, Level.UNKNOWN),
        (None, True, True, Shape.OUT_OF_SERVICE, Level.RED),
        (None, True, False, Shape.OUT_OF_SERVICE, Level.YELLOW),
        (state(), True, True, Shape.RECORDING, Level.NONE),
        (state(verified=Verified.UNKNOWN), True, True, Shape.UNKNOWN, Level.UNKNOWN),
        (state(verified=Verified.NO), True, True, Shape.FAULT, Level.RED),
        (state(running=False, verified=Verified.NO), True, False, Shape.OUT_OF_SERVICE, Level.YELLOW),
    ],
)
def test_how_a_recording_is_told(
    bench: Bench, known: RecordingState | None, asked: bool, demanded: bool, shape: Shape, level: Level
) -> None:
    said = recording_said(known, bench.context, asked=asked, demanded=demanded)
    assert (said.shape, said.level) == (shape, level)
    assert said.word
    assert said.runs is (shape is Shape.RECORDING), "running is said only of what is proved to be written"


def test_gaps_are_told_by_length_and_time(bench: Bench) -> None:
    gaps = (
        RecordingGap(began=NOW, ended=NOW + timedelta(seconds=36), reason="recorder.gap.lost"),
        RecordingGap(began=NOW + timedelta(minutes=2), ended=None, reason="recorder.gap.lost"),
    )
    words, spans = gaps_said(gaps, NOW + timedelta(minutes=3), bench.context)
    assert words == "缺 96 秒"
    assert spans.startswith("14:00:00–14:00:36")
    assert spans.endswith("至今")
    assert gaps_said((), NOW, bench.context) == ("", "")


def test_lines_are_told_from_marks_by_how_they_begin() -> None:
    for said in (Said.ASK, Said.ANSWER):
        row = row_of(record_text(said, " 在家 "), NOW)
        assert (row.said, row.text) == (said, "在家")
    assert row_of("提到张某", NOW).said is Said.MARK
    assert row_of("照片三", NOW, "evidence").said is Said.EVIDENCE
    assert elapsed(NOW, NOW + timedelta(hours=1, minutes=2, seconds=3)) == "1:02:03"
