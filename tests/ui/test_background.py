"""Lanes: in order, off the GUI thread, results in it, cancelled ones silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.background import Lane, Lanes, Ticket


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    assert lane.close()


def test_a_result_comes_back_in_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    here = threading.get_ident()
    work_thread: list[int] = []

    def work(_: Ticket) -> object:
        work_thread.append(threading.get_ident())
        return 42

    lane.ask(work, lambda result: seen.append((result, threading.get_ident() == here)))
    qtbot.waitUntil(lambda: seen == [(42, True)], timeout=5000)
    assert work_thread[0] != here


def test_requests_of_one_lane_keep_their_order(lane: Lane, qtbot: QtBot) -> None:
    seen: list[object] = []
    for number in range(50):
        lane.ask(lambda _, n=number: n, seen.append)
    qtbot.waitUntil(lambda: seen == list(range(50)), timeout=5000)


def test_an_error_is_handed_over_and_the_lane_goes_on(lane: Lane, qtbot: QtBot) -> None:
    failed: list[object] = []
    done: list[object] = []

    def breaks(_: Ticket) -> object:
        raise ValueError("broken")

    lane.ask(breaks, done.append, failed.append)
    lane.ask(lambda _: "next", done.append)
    qtbot.waitUntil(lambda: done == ["next"], timeout=5000)
    assert isinstance(failed[0], ValueError)


def test_slow_work_says_so_with_its_progress(lane: Lane, qtbot: QtBot) -> None:
    go = threading.Event()
    told: list[tuple[int, int]] = []
    slow: list[bool] = []
    done: list[object] = []

    def work(ticket: Ticket) -> object:
        ticket.progress(1, 4)
        go.wait(10)
        return "end"

    job = lane.ask(work, done.append)
    job.slow.connect(lambda: slow.append(True))
    job.progressed.connect(lambda a, b: told.append((a, b)))
    qtbot.waitUntil(lambda: slow == [True] and told == [(1, 4)], timeout=5000)
    assert done == []
    go.set()
    qtbot.waitUntil(lambda: done == ["end"], timeout=5000)


def test_quick_work_never_says_slow(lane: Lane, qtbot: QtBot) -> None:
    slow: list[bool] = []
    done: list[object] = []
    job = lane.ask(lambda _: 1, done.append)
    job.slow.connect(lambda: slow.append(True))
    qtbot.waitUntil(lambda: done == [1], timeout=5000)
    assert slow == []


def test_a_cancelled_request_tells_nothing_more(lane: Lane, qtbot: QtBot) -> None:
    go, started = threading.Event(), threading.Event()
    seen: list[object] = []
    was_cancelled: list[bool] = []

    def work(ticket: Ticket) -> object:
        started.set()
        go.wait(10)
        was_cancelled.append(ticket.cancelled)
        return "late"

    job = lane.ask(work, seen.append, seen.append)
    assert started.wait(5)
    waiting = lane.ask(lambda _: seen.append("ran"), seen.append)
    waiting.cancel()
    job.cancel()
    go.set()
    lane.ask(lambda _: "after", seen.append)
    qtbot.waitUntil(lambda: seen == ["after"], timeout=5000)
    assert was_cancelled == [True]


def test_lanes_do_not_wait_for_each_other(qtbot: QtBot) -> None:
    lanes, go = Lanes(), threading.Event()
    seen: list[object] = []
    lanes.lane("slow").ask(lambda _: go.wait(10), seen.append)
    lanes.lane("quick").ask(lambda _: "quick", seen.append)
    qtbot.waitUntil(lambda: seen == ["quick"], timeout=5000)
    assert lanes.lane("quick") is lanes.lane("quick")
    go.set()
    assert lanes.close()
