"""The track of a player: where it is pressed is where it goes, and what it shows is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.look import Look
from ui.widgets.track import Piece, Track, TrackData


def track(look: Look, data: TrackData) -> Track:
    made = Track(look)
    made.resize(416, made.sizeHint().height())
    made.set(data)
    return made


def test_a_press_tells_the_part_of_the_whole(look: Look, qtbot: QtBot) -> None:
    bar = track(look, TrackData(pieces=(Piece(0, 1),), spoken="时间条"))
    qtbot.addWidget(bar)
    told: list[float] = []
    bar.sought.connect(told.append)
    for x in (8, 208, 408, 0):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
    assert [round(one, 2) for one in told] == [0.0, 0.5, 1.0, 0.0]


def test_recorded_shut_and_gap_look_different(
    look: Look, colours_of: Callable[[QWidget], dict[str, int]], name_of: Callable[[QWidget], str]
) -> None:
    t = look.theme.tokens
    open_ = colours_of(track(look, TrackData(pieces=(Piece(0, 0.5),))))
    shut = colours_of(track(look, TrackData(pieces=(Piece(0, 0.5, shut=True),))))
    gap = colours_of(track(look, TrackData(pieces=(Piece(0, 1),), gaps=((0.2, 0.6),), cursor=0.8)))
    assert open_[t.rec] > 4000
    assert t.rec not in shut
    assert gap[t.rec] < open_[t.rec] * 2
    assert gap[t.ink] > 500
    assert gap[t.focus] > 50
    assert name_of(track(look, TrackData(spoken="时间条，现在 14:00:05"))) == "时间条，现在 14:00:05"
