import threading

import pytest

from devices.bench import conformance, run_simulator
from devices.practice import PracticeWorld
from workstation.errors import DeviceError, SettingsError


@pytest.mark.parametrize("kind", ["lock", "tag", "scale", "card"])
def test_a_good_device_passes_every_check(make_rig, kind):
    checks = conformance(make_rig(kind).adapter(), move=True, rounds=2)
    assert checks
    assert all(check.ok for check in checks), checks


@pytest.mark.parametrize("kind", ["lock", "tag", "scale", "card"])
def test_a_dead_device_fails_and_raises_nothing(make_rig, kind):
    rig = make_rig(kind)
    rig.fault("silence")
    checks = conformance(rig.adapter(patience=0.05), rounds=2)
    assert any(not check.ok and check.detail == "device.no-reply" for check in checks)


def test_locks_are_left_alone_unless_asked(make_rig):
    rig = make_rig("lock")
    conformance(rig.adapter(), rounds=1)
    assert not any(row.startswith("8A") for way, row in rig.wire.trace if way == "in")


def test_a_jammed_door_fails_the_moving_check(make_rig):
    rig = make_rig("lock")
    rig.world.jam_door("lock", 24)
    assert not conformance(rig.adapter(), move=True, rounds=1)[-1].ok


def test_the_simulator_runs_until_told_to_stop(tmp_path, until):
    from pathlib import Path

    scenario = Path(__file__).parents[2] / "resources" / "scenarios" / "practice-centre.toml"
    stop = threading.Event()
    thread = threading.Thread(target=run_simulator, args=(tmp_path, scenario, stop))
    thread.start()
    world = PracticeWorld(tmp_path)
    until(world.running)
    assert world.act("state")["open"] == []
    assert {"lock-a", "lock-b", "card-1", "scale-1", "tags-desk"} <= set(world.ports())
    assert len(world.act("cards")) >= 12
    assert world.act("bags")[0][1] == "990000000000000000000001"
    with pytest.raises(SettingsError) as caught:
        run_simulator(tmp_path, scenario, threading.Event())
    assert caught.value.code == "device.sim.running"
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert not world.running()
    assert list((tmp_path / "wires").iterdir()) == []
    with pytest.raises(DeviceError):
        world.act("state")


@pytest.mark.parametrize("content", ["", "[centre]\nid = 3", "not toml at all = ="])
def test_a_bad_scenario_is_refused(tmp_path, content):
    path = tmp_path / "bad.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError):
        run_simulator(tmp_path, path, threading.Event())
