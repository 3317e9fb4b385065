"""Faults between a head and its wire: what they do to bytes, how often, and that a seed repeats them."""

import pytest

from devices.simulators.faults import Fault, FaultKind, FaultStage
from workstation.errors import LineLost
from workstation.readings import Level

FRAME = bytes.fromhex("80 01 3B DD 33 54")


def bytes_of(stage, frames=60):
    return [[piece.data for piece in stage.answer(FRAME)] for _ in range(frames)]


def test_a_seed_repeats_its_faults():
    first, second, other = FaultStage(7), FaultStage(7), FaultStage(8)
    for stage in (first, second, other):
        for kind in (FaultKind.CORRUPT, FaultKind.TRUNCATE, FaultKind.DROP):
            stage.put(Fault(kind, probability=0.3))
    once = bytes_of(first)
    assert once == bytes_of(second)
    assert once != bytes_of(other)
    first.begin(7)
    assert bytes_of(first) == once
    assert first.seed == 7


def test_a_fault_is_put_in_once_and_counts_what_it_did():
    stage = FaultStage()
    stage.put(Fault(FaultKind.DROP, count=2))
    stage.put(Fault(FaultKind.DROP, count=1))
    assert len(stage.standing()) == 1
    assert stage.answer(FRAME) == []
    assert stage.answer(FRAME)
    ((fault, used),) = stage.standing()
    assert (fault.count, used) == (1, 1)
    assert not stage.stands(FaultKind.DROP)
    stage.take_out(FaultKind.DROP)
    assert stage.standing() == []


def test_an_answer_uses_up_no_fault_of_the_request():
    stage = FaultStage()
    stage.put(Fault(FaultKind.ECHO, count=2))
    for _ in range(5):
        stage.answer(FRAME)
    assert [stage.request(FRAME)[1] for _ in range(3)] == [FRAME, FRAME, b""]


@pytest.mark.parametrize("transport", ["pty", "tcp"])
def test_a_device_that_babbles_is_heard_unasked(make_rig, until, transport):
    rig = make_rig("scale", transport)
    line = rig.line()
    line.open()
    rig.wire.faults.put(Fault(FaultKind.BABBLE, count=3))
    rig.wire.look_up()
    until(lambda: not rig.wire.faults.stands(FaultKind.BABBLE))
    heard = b""
    while data := line.read(0.3):
        heard += data
    assert 3 <= len(heard) <= 33
    sent = [row for way, row in rig.wire.trace if way == "out"]
    assert bytes.fromhex(" ".join(sent)) == heard


@pytest.mark.parametrize("kind", ["lock", "tag", "scale", "card"])
def test_a_plug_that_falls_out_comes_back_by_itself(make_rig, until, kind):
    rig = make_rig(kind)
    adapter = rig.adapter()
    rig.watch(adapter)
    until(lambda: adapter.health().level is Level.OK)
    rig.wire.faults.put(Fault(FaultKind.UNPLUG, count=1, ms=700))
    until(lambda: adapter.health().level is Level.LOST)
    assert adapter.health().reason.startswith("device.line.")
    until(lambda: adapter.health().level is Level.OK)
    assert rig.wire.plugged


def test_a_plug_pulled_by_hand_stays_out(make_rig, until):
    rig = make_rig("scale")
    rig.wire.faults.put(Fault(FaultKind.UNPLUG, count=1, ms=50))
    line = rig.line()
    line.open()
    line.write(b"SI\r\n")
    until(lambda: not rig.wire.plugged)
    rig.wire.unplug()
    line.close()
    for _ in range(3):
        with pytest.raises(LineLost):
            line.open()
    assert not rig.wire.plugged
    rig.wire.replug()
    line.open()
    line.write(b"SI\r\n")
    assert line.read(2.0)
