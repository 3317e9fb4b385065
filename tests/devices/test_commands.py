"""Commands sent by name and bytes sent as they are, on real wires, and what the trace tells of them."""

import threading

import pytest

from devices.codecs.told import Wiring, explain
from devices.rack import LIVE, Rack
from tests.devices.conftest import Declared
from workstation.errors import DeviceError, LineLost, NoReply
from workstation.readings import Door, Level

KINDS = {"lock": "lock-8a", "tag": "tag-bb7e", "scale": "scale-sics", "card": "idcard-sam"}


@pytest.fixture
def make_rack(make_rack, make_rig):
    def make(kind, transport="pty", ports=None):
        rig = make_rig(kind, transport)
        ports = {kind: str(rig.wire.where)} if ports is None else ports
        return make_rack([Declared(kind, KINDS[kind])], ports, clock=rig.world.clock), rig

    return make


def explained(rack, kind):
    return [
        explain(KINDS[kind], str(row.direction), row.hex, row.text, ok=row.ok, wiring=Wiring())
        for row in rack.trace(kind)
    ]


ANSWERS = {
    ("lock", "read-all", 0): "doors.none",
    ("lock", "read-door", 7): "door.closed",
    ("lock", "open-door", 7): "opened.open",
    ("tag", "poll", 0): "tag",
    ("tag", "version", 0): "version",
    ("tag", "power", 0): "power",
    ("tag", "region", 0): "region",
    ("scale", "weigh-now", 0): "weight.stable",
    ("scale", "weigh-stable", 0): "weight.stable",
    ("scale", "serial", 0): "line",
    ("card", "find", 0): "card-found",
    ("card", "status", 0): "done",
    ("card", "sam-number", 0): "done",
}


@pytest.mark.parametrize("transport", ["pty", "tcp"])
@pytest.mark.parametrize(("kind", "name", "number"), ANSWERS)
def test_a_named_command_goes_over_the_wire_and_is_answered(make_rack, kind, name, number, transport):
    rack, rig = make_rack(kind, transport)
    told = rack.command(kind, name, number, dry=True)
    assert [row for way, row in rig.wire.trace] == []
    assert rack.command(kind, name, number) == told
    assert told.hex(" ").upper() in [row for way, row in rig.wire.trace if way == "in"]
    assert ANSWERS[kind, name, number] in [one.code for one in explained(rack, kind)]


def test_every_command_that_an_adapter_names_is_tried_above(make_rack):
    for kind in KINDS:
        rack, _ = make_rack(kind)
        assert {(kind, one.name) for one in rack.commands(kind)} == {
            (device, name) for device, name, _ in ANSWERS if device == kind
        }
        assert rack.baud(kind) in (9600, 115200)


def test_only_a_door_moves_something(make_rack):
    rack, rig = make_rack("lock")
    assert [one.name for one in rack.commands("lock") if one.moves] == ["open-door"]
    rack.command("lock", "open-door", 24)
    assert rig.world.is_open("lock", 24)
    with pytest.raises(DeviceError) as caught:
        rack.command("lock", "open-door", 24)
    assert caught.value.code == "device.lock.too-soon"


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("format-disk", 0, "device.command.unknown"),
        ("open-door", 0, "device.command.number"),
        ("open-door", 25, "device.command.number"),
        ("read-all", 1, "device.command.number"),
    ],
)
def test_what_the_adapter_does_not_name_is_refused(make_rack, name, number, code):
    rack, rig = make_rack("lock")
    with pytest.raises(DeviceError) as caught:
        rack.command("lock", name, number)
    assert caught.value.code == code
    assert [row for way, row in rig.wire.trace] == []


def test_on_a_live_rack_nothing_is_moved_and_nothing_sent_raw(make_rig, tmp_path):
    rig = make_rig("lock")
    declared, clock = [Declared("lock", "lock-8a")], rig.world.clock
    rack = Rack(
        declared,
        {"lock": "/dev/ttyNobody"},
        mode=LIVE,
        runtime=tmp_path / "run",
        clock=clock,
        on_reading=lambda reading: None,
    )
    assert rack.command("lock", "open-door", 3, dry=True) == bytes.fromhex("8A 01 03 11 99")
    for act, code in (
        (lambda: rack.command("lock", "open-door", 3), "device.command.desk"),
        (lambda: rack.send_raw("lock", b"\x8a"), "device.command.raw-real"),
    ):
        with pytest.raises(DeviceError) as caught:
            act()
        assert caught.value.code == code
    with pytest.raises(LineLost):
        rack.command("lock", "read-all")
    rack.stop()


def test_raw_bytes_reach_a_simulated_device(make_rack):
    rack, _rig = make_rack("lock")
    rack.send_raw("lock", bytes.fromhex("80 01 00 33 B2"))
    rack.send_raw("lock", bytes.fromhex("80 01 05 33 B7"))
    rack.send_raw("lock", b"\x00\xff")
    codes = [one.code for one in explained(rack, "lock")]
    assert codes == ["read-board", "doors.none", "read-door", "door.closed", "bytes"]
    for data in (b"", bytes(65)):
        with pytest.raises(DeviceError) as caught:
            rack.send_raw("lock", data)
        assert caught.value.code == "device.command.raw-length"


def test_a_door_opened_by_raw_bytes_is_seen(make_rack, until):
    rack, _rig = make_rack("lock")
    rack.start()
    bank = rack.lock_bank("lock")
    until(lambda: bank.health().level is Level.OK)
    rack.send_raw("lock", bytes.fromhex("8A 01 02 11 98"))
    assert bank.read_door(2) is Door.OPEN


def test_a_reopened_line_is_greeted_anew(make_rack):
    rack, rig = make_rack("tag")
    rack.command("tag", "poll")
    rack.tag_reader("tag").present()
    before = len([row for _, row in rig.wire.trace if row.startswith("BB 00 03")])
    rack.reopen("tag")
    rack.tag_reader("tag").present()
    assert len([row for _, row in rig.wire.trace if row.startswith("BB 00 03")]) == before + 1
    rig.wire.unplug()
    rack.reopen("tag")
    with pytest.raises(LineLost):
        rack.reopen("tag")


def test_silence_and_a_wrong_sum_stand_in_the_trace(make_rack):
    rack, rig = make_rack("lock")
    rack.lock_bank("lock").read_all()
    rig.fault("wrong-sum", count=1)
    rack.lock_bank("lock").read_all()
    broken = [one for one in explained(rack, "lock") if one.code == "wrong-sum"]
    assert len(broken) == 1
    (found,) = broken
    assert found.sum is not None
    assert not found.sum.right
    assert f"{found.sum.want:02X}" == "4D"
    assert found.sum.at == len(found.shown) - 1
    rig.fault("silence")
    with pytest.raises(NoReply):
        rack.lock_bank("lock").read_all()
    silent = [one for one in explained(rack, "lock") if one.code == "silent"]
    assert [one.values["number"] for one in silent][-3:] == [1, 2, 3]
    assert all(one.values["tries"] == 3 for one in silent)


def test_a_card_never_gets_into_the_trace(make_rack):
    rack, rig = make_rack("card")
    rack.start()
    card = rack.card_reader("card").read()
    assert card is not None
    rows = rack.trace("card")
    content = rig.world.pad("card").text.hex(" ").upper()
    assert all(content[:47] not in row.hex for row in rows)
    assert any(one.hidden > 1000 for one in explained(rack, "card"))


def test_a_camera_and_an_unwired_device_take_no_commands(make_rack):
    rack, _ = make_rack("scale", ports={})
    assert rack.commands("scale") == ()
    assert rack.baud("scale") == 0
    with pytest.raises(DeviceError) as caught:
        rack.send_raw("scale", b"S\r\n")
    assert caught.value.code == "device.not-wired"
    with pytest.raises(DeviceError):
        rack.commands("moon")


def test_callers_and_the_watch_share_the_line(make_rack, until):
    rack, _ = make_rack("scale")
    rack.start()
    until(lambda: rack.health()[0].level is Level.OK)
    threads = [threading.Thread(target=rack.command, args=("scale", "weigh-now")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert rack.scale("scale").weigh().grams == 1234
