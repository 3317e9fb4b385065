"""The simulator as a process of its own: what an editor sees of the world, and what it changes, over the port."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from devices.cameras.feed import CameraFeed
from devices.practice import PracticeWorld
from devices.transport import Line
from workstation.clock import BootClock
from workstation.errors import DeviceError, LineLost
from workstation.readings import Level

ROOT = Path(__file__).parents[3]


@pytest.fixture
def world(tmp_path, until):
    command = [sys.executable, "-m", "devices.simulators", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    world = PracticeWorld(tmp_path)
    try:
        until(world.running)
        yield world
    finally:
        process.terminate()
        assert process.wait(10) == 0


def test_the_world_is_seen_as_it_stands(world):
    seen = world.standing()
    assert seen.doors == {"lock-a": 24, "lock-b": 24}
    assert seen.open == ()
    assert "desk-1" in seen.places
    assert {bag.name: bag.place for bag in seen.bags}["bag-01"] == "cell:lock-a:3"
    assert all(seen.plugged.values())
    assert set(seen.covered) == {f"cam-{number}" for number in range(1, 7)}
    assert [play.id for play in seen.playing.plays] == ["device-trouble"]
    assert len(seen.deck) >= 12
    world.act("force_door", device="lock-a", door=7)
    world.act("jam_door", device="lock-a", door=8)
    world.act("set_weight", device="scale-1", grams=667)
    world.act("swing", device="scale-1")
    world.act("present_card", device="card-1", card=seen.deck[0].id)
    world.act("put_fault", device="lock-a", kind="wrong-sum", probability=0.5, count=3)
    world.act("seed_faults", device="lock-a", seed=99)
    world.act("unplug", device="tags-a")
    world.act("cover", device="cam-2")
    seen = world.standing()
    assert (seen.open, seen.jammed, seen.swinging) == (("lock-a:7",), ("lock-a:8",), ("scale-1",))
    assert seen.weights["scale-1"] == (667, False)
    assert seen.cards == {"card-1": seen.deck[0].id}
    (fault,) = seen.faults["lock-a"]
    assert (fault.kind, fault.probability, fault.count, fault.used) == ("wrong-sum", 0.5, 3, 0)
    assert seen.seeds["lock-a"] == 99
    assert not seen.plugged["tags-a"]
    assert seen.covered["cam-2"]
    world.act("take_fault", device="lock-a", kind="wrong-sum")
    assert world.standing().faults["lock-a"] == ()


def test_what_cannot_be_is_told(world):
    for act, fields, code in (
        ("cover", {"device": "lock-a"}, "device.sim.no-device"),
        ("unplug", {"device": "moon"}, "device.sim.no-device"),
        ("put_fault", {"device": "lock-a", "kind": "magic"}, "device.sim.request"),
        ("play_run", {"speed": 1}, "device.sim.no-play"),
    ):
        with pytest.raises(DeviceError) as caught:
            world.act(act, **fields)
        assert caught.value.code == code


def test_a_play_runs_in_the_process(world, until):
    world.act("play_load", play="device-trouble", seed=1)
    world.act("play_run", speed=60)
    until(lambda: world.standing().playing.cues[0].done)
    world.act("play_pause")
    playing = world.standing().playing
    assert not playing.running
    assert world.standing().open
    world.act("play_step")
    assert world.standing().playing.cues[1].done


def test_a_camera_is_covered_and_unplugged(world, tmp_path, until):
    told = []
    feed = CameraFeed("cam-1", world.ports()["cam-1"], BootClock(), told.append)
    stop = threading.Event()
    thread = threading.Thread(target=feed.watch, args=(stop,), name="camera")
    thread.start()

    def bright():
        import cv2
        import numpy as np

        if feed.health().level is not Level.OK:
            return None
        jpeg = np.frombuffer(feed.still(max_width=160).jpeg, np.uint8)
        return cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE)[12:60].mean()

    try:
        until(lambda: (bright() or 0) > 40)
        world.act("cover", device="cam-1")
        until(lambda: (bright() or 99) < 30)
        world.act("cover", device="cam-1", covered=False)
        until(lambda: (bright() or 0) > 40)
        world.act("unplug", device="cam-1")
        until(lambda: feed.health().level is Level.LOST)
        world.act("replug", device="cam-1")
        until(lambda: feed.health().level is Level.OK)
    finally:
        stop.set()
        thread.join(10)
        feed.close()


def test_an_unplugged_line_is_gone(world, tmp_path):
    line = Line(world.ports()["scale-1"], baud=9600, runtime=tmp_path / "run")
    with line:
        world.act("unplug", device="scale-1")
        with pytest.raises(LineLost):
            line.read(2.0)
