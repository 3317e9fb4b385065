"""Commands that need a second person, from the window to the record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.station_kit import StationKit
from tests.ui.app.conftest import Window
from workstation.custody import commands as c
from workstation.custody.values import CellPurpose
from workstation.errors import LinkError
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m


@pytest.fixture
def opening(window: Window) -> c.OpenCell:
    """Asks for the locker of the person who is leaving, custodian and search officer standing by."""
    board = window.at_work()
    stay = next(card.stay for card in board.presenter.cards() if card.number == "A-01")
    return c.OpenCell(
        stay=stay,
        cell="C-05",
        purpose=CellPurpose.INSPECT,
        bag="bag-03",
        custodian="P1003",
        second="P1002",
    )


def test_two_colleagues_are_asked_one_after_another(window: Window, opening: c.OpenCell) -> None:
    outcome: list[Any] = []
    window.work.approving(opening, outcome.append, outcome.append)
    dialog = window.work.dialog
    window.until(dialog.isVisible)
    assert "郭管理员" in dialog._second.text()
    lines = [dialog._lines.itemAtPosition(row, 1).widget().text() for row in range(dialog._lines.rowCount())]
    assert "测试" in lines[0]
    assert lines[2:5] == ["C-05", "bag-03", "查看"]
    dialog.number.setText("1004")
    dialog.secret.setText(PRACTICE_SECRET)
    dialog.approve.click()
    window.until(dialog._no_box.isVisible)
    assert "吴看管" in dialog._no_why.text()
    dialog.card("STAFF-1003")
    window.until(lambda: "李警官" in dialog._second.text())
    assert outcome == []
    dialog.card("STAFF-1002")
    window.until(lambda: outcome)
    assert isinstance(outcome[0], m.Saved)
    assert outcome[0].kinds == ("cell-open-intended/1",)
    assert not dialog.isVisible()


def test_cancel_does_nothing(window: Window, opening: c.OpenCell, kit: StationKit) -> None:
    size = kit.station.desk.house().seq
    outcome: list[Any] = []
    window.work.approving(opening, outcome.append, outcome.append, seconds=("P1003", "P1002"))
    window.until(window.work.dialog.isVisible)
    window.work.dialog.cancel.click()
    assert not window.work.dialog.isVisible()
    assert "没有执行" in window.message()
    assert outcome == []
    assert kit.station.desk.house().seq == size


def test_nobody_comes(window: Window, opening: c.OpenCell) -> None:
    window.work.approving(opening, lambda saved: None)
    window.until(window.work.dialog.isVisible)
    for _ in range(60):
        window.work.dialog._tick()
    assert not window.work.dialog.isVisible()


def placing(window: Window) -> c.PlaceInRoom:
    """Into a holding room, of someone who has not been searched."""
    stay = next(card.stay for card in window.board().presenter.cards() if card.number == "A-05")
    return c.PlaceInRoom(stay=stay, room="holding-3", guard="P1004")


def test_every_reason_of_a_refusal_comes_back(window: Window, opening: c.OpenCell) -> None:
    outcome: list[Any] = []
    window.work.approving(placing(window), outcome.append, outcome.append)
    window.until(lambda: outcome)
    assert isinstance(outcome[0], m.Refused)
    assert outcome[0].objections


def test_a_refusal_nobody_takes_is_told(window: Window, opening: c.OpenCell) -> None:
    window.work.approving(placing(window), lambda saved: None)
    window.until(window.message)


def test_a_lost_station_offers_the_same_envelope_again(window: Window, opening: c.OpenCell) -> None:
    outcome: list[Any] = []
    approving = window.work.approving
    note = c.AddNote(stay=opening.stay, text="测试备注")
    approving(note, outcome.append, report=True)
    window.until(lambda: outcome)
    envelope = window.work.link.envelope(note, report=True)
    work = _work(envelope, outcome)
    approving._failed(work, LinkError("link.lost"))
    assert "连接断了" in window.message()
    approving.retry()
    window.until(lambda: len(outcome) == 2)
    approving._offer(work)
    approving.retry()
    window.until(lambda: len(outcome) == 3)
    assert outcome[2].entries == outcome[1].entries


def _work(envelope: c.Envelope, outcome: list[Any]) -> Any:
    from ui.login.approval import _Work

    return _Work(envelope, (), outcome.append, None, lambda: None)
