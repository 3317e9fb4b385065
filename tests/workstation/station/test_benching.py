"""The bench over the socket: what may be sent, by whom, and that it is noted."""

from __future__ import annotations

import threading

import pytest

from tests.station_kit import StationKit, until
from workstation.errors import AppError
from workstation.readings import Level, ScanRead
from workstation.station import benching
from workstation.station import messages as m

TECHNICIAN, LEADER, INTAKE = "1012", "1007", "1004"


def ready(kit: StationKit, device: str) -> None:
    until(lambda: kit.station.health()[device].level is Level.OK, device)


def noted(kit: StationKit) -> list[tuple[str, str, bool]]:
    return [
        (row.access.actor, row.access.purpose, row.access.allowed)
        for row in kit.station.access.rows()
        if row.access.action == "use-bench"
    ]


def test_the_commands_of_a_device_are_told(wired: StationKit) -> None:
    lane = wired.lane(TECHNICIAN)
    reply = lane.ask(m.GetCommands(device="lock-b"))
    assert [(one.name, one.most, one.moves) for one in reply.commands] == [
        ("read-all", 0, False),
        ("read-door", 24, False),
        ("open-door", 24, True),
    ]
    assert (reply.baud, reply.simulated) == (9600, True)
    assert reply.parameters["polarity"] == "short-when-open"
    assert lane.ask(m.GetCommands(device="cam-1")).commands == ()
    with pytest.raises(AppError) as caught:
        lane.ask(m.GetCommands(device="moon"))
    assert caught.value.code == "devices.no-such"


def test_a_command_goes_to_the_device_and_is_noted(wired: StationKit) -> None:
    lane = wired.lane(TECHNICIAN)
    ready(wired, "lock-a")
    dry = lane.ask(m.SendCommand(device="lock-a", name="open-door", number=20, dry=True))
    assert dry.data == bytes.fromhex("8A 01 14 11 8E")
    assert noted(wired) == []
    assert wired.world is not None
    assert wired.world.standing().open == ()
    lane.ask(m.SendCommand(device="lock-a", name="open-door", number=20))
    assert wired.world.standing().open == ("lock-a:20",)
    lane.ask(m.SendRaw(device="lock-a", data=bytes.fromhex("80 01 00 33 B2")))
    lane.ask(m.ReopenLine(device="lock-a"))
    assert [purpose for _, purpose, _ in noted(wired)] == [
        "lock-a open-door 20",
        "lock-a raw 5",
        "lock-a reopen",
    ]
    texts = [row.text for row in wired.station.devices().trace("lock-a")]
    assert "open door 20" in texts
    assert "raw" in texts


def test_nobody_else_sends(wired: StationKit) -> None:
    wired.lane(LEADER).ask(m.SendCommand(device="scale-1", name="serial"))
    lane = wired.lane(INTAKE)
    for ask in (
        m.SendCommand(device="scale-1", name="serial"),
        m.SendRaw(device="scale-1", data=b"S\r\n"),
        m.ReopenLine(device="scale-1"),
        m.GetCommands(device="scale-1"),
    ):
        with pytest.raises(AppError) as caught:
            lane.ask(ask)
        assert caught.value.code == "accounts.no-role"
    assert [allowed for _, _, allowed in noted(wired)] == [True, False, False, False]


def test_without_devices_it_says_so(kit: StationKit) -> None:
    with pytest.raises(AppError) as caught:
        kit.lane(TECHNICIAN).ask(m.GetCommands(device="lock-a"))
    assert caught.value.code == "devices.no-rack"


@pytest.mark.parametrize(
    ("device", "code"),
    [
        ("lock-a", "tried.doors"),
        ("tags-desk", "tried.tags"),
        ("scale-1", "tried.weight"),
        ("card-1", "tried.no-card"),
        ("scanner-1", "tried.no-scan"),
        ("cam-1", "tried.picture"),
    ],
)
def test_a_device_is_read_once_and_tells_nothing_personal(
    wired: StationKit, device: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benching, "SCAN_S", 0.1)
    ready(wired, device)
    reply = wired.lane("1013").ask(m.TryDevice(device=device))
    assert (reply.answered, reply.code, reply.health.level) == (True, code, Level.OK)
    assert (noted(wired)[-1][1], noted(wired)[-1][2]) == (f"{device} try", True)


def test_a_scanner_that_is_tried_tells_how_long_the_code_was_and_the_window_does_not_get_it(
    wired: StationKit,
) -> None:
    ready(wired, "scanner-1")
    replies: list[m.TriedReply] = []
    lane = wired.lane("1013")
    asking = threading.Thread(target=lambda: replies.append(lane.ask(m.TryDevice(device="scanner-1"))))
    told: list[ScanRead] = []
    real = wired.station.hub.reading

    def reading(value: object) -> None:
        if isinstance(value, ScanRead):
            told.append(value)
        real(value)

    wired.station.hub.reading = reading
    asking.start()
    scans = 0

    def tried() -> bool:
        nonlocal scans
        wired.world.act("scan_code", device="scanner-1", code="STAFF-1001")
        scans += 1
        return bool(replies)

    until(tried, "the answer")
    asking.join(10)
    assert (replies[0].code, replies[0].values) == ("tried.scan", {"count": 10})
    assert "STAFF" not in str(replies)
    until(lambda: len(told) == scans - 1, "the others at the window")


def test_a_device_that_does_not_answer_says_so(kit: StationKit) -> None:
    reply = kit.lane(TECHNICIAN).ask(m.TryDevice(device="scale-1"))
    assert not reply.answered
    assert reply.code
    assert reply.health.level is not Level.OK
    with pytest.raises(AppError) as caught:
        kit.lane(TECHNICIAN).ask(m.TryDevice(device="moon"))
    assert caught.value.code == "devices.no-such"
    with pytest.raises(AppError) as caught:
        kit.lane(INTAKE).ask(m.TryDevice(device="scale-1"))
    assert caught.value.code == "accounts.no-role"
