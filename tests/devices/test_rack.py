import threading
from pathlib import Path

import pytest

from devices.practice import PracticeWorld
from devices.rack import LIVE
from devices.simulators.centre import Centre
from devices.simulators.control import Control
from devices.simulators.play import Plays
from tests.devices.conftest import Declared
from workstation.clock import BootClock
from workstation.custody.events import DeviceDeclared
from workstation.errors import AppError, DeviceError
from workstation.readings import CardRead, Door, DoorSeen, Level, TagSeen, Weight


def declare(scenario):
    return [
        DeviceDeclared(
            device=one.id,
            type=one.kind,
            place=one.place,
            parameters={name: str(value) for name, value in one.parameters.items()},
        )
        for one in scenario.device
    ]


@pytest.fixture
def centre(tmp_path, scenario):
    home = tmp_path / "home"
    centre = Centre(scenario, home, Path("/nowhere"), BootClock())
    centre.start()
    control = Control(centre, home, Plays(Path("/nowhere")))
    control.start()
    yield centre
    control.stop()
    centre.stop()


@pytest.fixture
def world(centre, tmp_path):
    return PracticeWorld(tmp_path / "home")


def test_the_property_of_a_stay_goes_over_the_wires(scenario, world, make_rack, until):
    told = []
    rack = make_rack(declare(scenario), world.ports(), told=told)
    rack.start()
    wired = [device for device in rack.devices() if not device.startswith("cam-")]
    until(lambda: all(health.level is Level.OK for health in rack.health() if health.device in wired))

    world.act("present_card", device="card-1", card="card-03")
    until(lambda: any(isinstance(seen, CardRead) and seen.name == "测试丙" for seen in told))

    epc = scenario.bag[4].epc
    world.act("put_bag", epc=epc, place="desk-1", grams=780)
    until(lambda: any(isinstance(seen, TagSeen) and seen.device == "tags-desk" for seen in told))
    until(lambda: any(isinstance(seen, Weight) and seen.grams == 780 for seen in told))
    assert rack.scale("scale-1").weigh().grams == 780
    assert [tag.epc for tag in rack.tag_reader("tags-desk").present()] == [epc]

    assert rack.lock_bank("lock-b").open_door(9) is Door.OPEN
    world.act("put_bag", epc=epc, place="cell:lock-b:9")
    world.act("close_door", device="lock-b", door=9)
    until(lambda: any(isinstance(seen, TagSeen) and seen.device == "tags-b" for seen in told))
    until(lambda: rack.lock_bank("lock-b").read_door(9) is Door.CLOSED)
    until(
        lambda: [seen.state for seen in told if is_door(seen, "lock-b", 9)][-2:] == [Door.OPEN, Door.CLOSED]
    )
    assert rack.tag_reader("tags-desk").present() == []
    assert rack.trace("lock-b")
    with pytest.raises(DeviceError) as caught:
        world.act("take_bag", epc=epc)
    assert caught.value.code == "device.sim.door-closed"


def is_door(seen, device, door):
    return isinstance(seen, DoorSeen) and (seen.device, seen.door) == (device, door)


def test_a_live_rack_refuses_simulated_lines(scenario, world, make_rack):
    ports = world.ports()
    for device in ("lock-a", "lock-b"):
        with pytest.raises(AppError) as caught:
            make_rack(declare(scenario), {device: ports[device]}, LIVE)
        assert caught.value.code == "device.line.simulated"
    with pytest.raises(AppError):
        make_rack([Declared("cam-1", "camera")], {"cam-1": "rtsp://127.0.0.1:8554/cam1"}, LIVE)


def test_a_practice_rack_refuses_real_lines(make_rack):
    for url in ("socket://192.0.2.9:4001", "/dev/null"):
        with pytest.raises(AppError) as caught:
            make_rack([Declared("lock-a", "lock-8a")], {"lock-a": url})
        assert caught.value.code == "device.line.real"


def test_a_line_that_turns_out_simulated_later_is_refused_when_opened(make_rig, make_rack, tmp_path):
    later = tmp_path / "ttyUSB9"
    rack = make_rack([Declared("scale-1", "scale-sics")], {"scale-1": str(later)}, LIVE)
    later.symlink_to(make_rig("scale").wire.where)
    with pytest.raises(DeviceError) as caught:
        rack.scale("scale-1").weigh()
    assert caught.value.code == "device.line.simulated"


def test_a_device_without_a_port_is_unknown(make_rack):
    rack = make_rack([Declared("scale-1", "scale-sics")], {})
    (health,) = rack.health()
    assert (health.level, health.reason) == (Level.UNKNOWN, "device.not-wired")
    with pytest.raises(DeviceError) as caught:
        rack.scale("scale-1")
    assert caught.value.code == "device.not-wired"
    assert rack.trace("scale-1") == []


@pytest.mark.parametrize(
    ("kind", "parameters", "code"),
    [
        ("toaster", {}, "device.kind"),
        ("lock-8a", {"polarity": "x"}, "device.parameter"),
        ("lock-8a", {"boards": "1;2"}, "device.parameter"),
        ("lock-8a", {"boards": "1,99"}, "device.lock.boards"),
        ("lock-8a", {"doors_per_board": "-1"}, "device.parameter"),
    ],
)
def test_one_bad_declaration_does_not_keep_the_others_from_working(
    make_rack, make_rig, kind, parameters, code
):
    declared = [Declared("bad", kind, "", parameters), Declared("scale-1", "scale-sics")]
    rack = make_rack(declared, {"bad": "/x", "scale-1": str(make_rig("scale").wire.where)})
    first = rack.health()[0]
    assert (first.level, first.reason) == (Level.LOST, code)
    with pytest.raises(DeviceError) as caught:
        rack.lock_bank("bad")
    assert caught.value.code == code
    assert rack.scale("scale-1").weigh().grams == 1234


def test_a_device_declared_twice_and_an_unknown_mode_are_refused(make_rack):
    with pytest.raises(DeviceError) as caught:
        make_rack([Declared("a", "camera"), Declared("a", "camera")], {})
    assert caught.value.code == "device.twice"
    with pytest.raises(DeviceError) as caught:
        make_rack([], {}, "demo")
    assert caught.value.code == "device.mode"


def test_ports_of_devices_that_are_not_declared_are_named(make_rack):
    assert make_rack([], {"b": "/x", "a": "/y"}).unclaimed == ("a", "b")


def test_lookups_know_their_kinds(make_rack):
    rack = make_rack([Declared("scale-1", "scale-sics")], {"scale-1": "/nowhere"})
    with pytest.raises(DeviceError) as caught:
        rack.camera("scale-1")
    assert caught.value.code == "device.kind-wrong"
    for lookup in (rack.lock_bank, rack.tag_reader, rack.card_reader, rack.trace):
        with pytest.raises(DeviceError):
            lookup("nothing")


def test_a_rack_with_everything_unplugged_says_so_and_heals(scenario, centre, world, make_rack, until):
    ports = {device: where for device, where in world.ports().items() if device in centre.wires}
    rack = make_rack(declare(scenario), ports)
    rack.start()
    until(lambda: all(h.level is Level.OK for h in rack.health() if h.device in ports))
    for device in ports:
        world.act("unplug", device=device)
    until(lambda: all(h.level is Level.LOST for h in rack.health() if h.device in ports))
    for device in ports:
        world.act("replug", device=device)
    until(lambda: all(h.level is Level.OK for h in rack.health() if h.device in ports))


def test_a_rack_stops_within_a_second(scenario, world, make_rack, until):
    rack = make_rack(declare(scenario), world.ports())
    rack.start()
    until(lambda: any(health.level is Level.OK for health in rack.health()))
    stopper = threading.Thread(target=rack.stop)
    stopper.start()
    stopper.join(1.5)
    assert not stopper.is_alive()


def test_the_control_port_refuses_strangers_and_nonsense(centre, world, tmp_path):
    with pytest.raises(DeviceError) as caught:
        world.act("dance")
    assert caught.value.code == "device.sim.act"
    with pytest.raises(DeviceError) as caught:
        world.act("close_door", device="lock-a", door="x")
    assert caught.value.code == "device.sim.request"
    for act, fields, code in (
        ("close_door", {"device": "lock-a", "door": 99}, "device.sim.no-door"),
        ("put_bag", {"epc": "00", "place": "desk-1"}, "device.sim.no-bag"),
        ("put_bag", {"epc": "00", "place": "moon", "grams": 1}, "device.sim.no-place"),
        ("present_card", {"device": "card-1", "card": "card-99"}, "device.sim.no-card"),
        ("set_weight", {"device": "card-1", "grams": 1}, "device.sim.no-device"),
        ("trace", {"device": "cam-1"}, "device.sim.no-device"),
    ):
        with pytest.raises(DeviceError) as caught:
            world.act(act, **fields)
        assert caught.value.code == code
    token = tmp_path / "home" / "sim.token"
    assert token.stat().st_mode & 0o077 == 0
    token.write_text("wrong", "ascii")
    with pytest.raises(DeviceError) as caught:
        world.act("state")
    assert caught.value.code == "device.sim.token"


def test_an_absent_simulator_is_told(tmp_path):
    world = PracticeWorld(tmp_path)
    assert not world.running()
    assert world.ports() == {}
    with pytest.raises(DeviceError) as caught:
        world.act("state")
    assert caught.value.code == "device.sim.absent"
