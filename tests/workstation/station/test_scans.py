"""What the scanner of the desk reads: to every window once, and to nobody's window no more than that it was."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.station_kit import StationKit, until
from workstation.readings import Level, ScanRead
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m
from workstation.station.client import Feed, Lane
from workstation.station.hub import merged

BAND = "99000000000000000000B002"
Listen = Callable[[str], list[str]]


@pytest.fixture
def listen(wired: StationKit) -> Iterator[Listen]:
    """Receive with a token; the texts of the scans that come."""
    feeds: list[Feed] = []
    until(lambda: wired.station.health()["scanner-1"].level is Level.OK, "the scanner's line")

    def start(token: str) -> list[str]:
        texts: list[str] = []
        linked = threading.Event()
        feed = Feed(
            wired.home,
            token,
            lambda notice: texts.extend(scan.text for scan in notice.scans),
            lambda on: linked.set() if on else None,
        )
        feed.start()
        feeds.append(feed)
        assert linked.wait(10)
        return texts

    yield start
    for feed in feeds:
        feed.stop()


def signed_in(wired: StationKit, number: str) -> tuple[Lane, str]:
    lane = wired.lane()
    return lane, lane.ask(m.SignIn(number=number, secret=PRACTICE_SECRET)).token


def scan(wired: StationKit, *codes: str) -> None:
    for code in codes:
        wired.world.act("scan_code", device="scanner-1", code=code)


def test_who_works_gets_every_scan_once(wired: StationKit, listen: Listen) -> None:
    _, token = signed_in(wired, "1004")
    texts = listen(token)
    scan(wired, BAND, "STAFF-1002", BAND)
    until(lambda: len(texts) == 3, "the scans")
    again = listen(token)
    scan(wired, "ZZTOP")
    until(lambda: texts[-1] == "ZZTOP", "the next")
    assert texts == [BAND, "STAFF-1002", BAND, "ZZTOP"]
    until(lambda: again, "the next at the other window")
    assert again == ["ZZTOP"]


@pytest.mark.parametrize("session", ["none", "locked", "of another station"])
def test_where_nobody_works_only_a_staff_card_has_its_text(
    wired: StationKit, listen: Listen, session: str
) -> None:
    token = ""
    if session == "locked":
        lane, token = signed_in(wired, "1001")
        lane.ask(m.LockSession())
    elif session == "of another station":
        token = "0" * 32
    texts = listen(token)
    scan(wired, BAND, "staff-1002", "张三".encode().hex(), "STAFF-1003")
    until(lambda: len(texts) == 4, "the scans")
    assert texts == ["", "staff-1002", "", "STAFF-1003"]


def test_a_scan_is_no_entry(wired: StationKit, listen: Listen) -> None:
    texts = listen("")
    devices = wired.station.desk.house().centre.devices
    until(
        lambda: all(one.level == Level.OK for one in wired.station.desk.house().centre.devices.values()),
        f"the health of {len(devices)} devices",
    )
    size = wired.station.desk.house().seq
    scan(wired, "STAFF-1002")
    until(lambda: texts, "the scan")
    assert wired.station.desk.house().seq == size


def test_a_code_is_not_in_the_trace_that_the_station_gives(wired: StationKit, listen: Listen) -> None:
    texts = listen("")
    scan(wired, "STAFF-1002")
    until(lambda: texts, "the scan")
    rows = wired.lane("1012").ask(m.GetTrace(device="scanner-1", after=0)).rows
    assert [(row.hex, row.ok) for row in rows] == [("[10 bytes masked]", True)]
    assert "STAFF" not in str(rows)


def test_two_notices_as_one_keep_the_scans_in_order(wired: StationKit) -> None:
    first, second = (ScanRead(device="scanner-1", text=text, at=wired.clock.now()) for text in ("A", "B"))
    both = merged(m.Notice(size=1, scans=(first,)), m.Notice(size=2, scans=(second,)))
    assert both.scans == (first, second)
