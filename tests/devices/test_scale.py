import pytest

from devices.scale import ScaleSics
from devices.simulators.faults import FaultStage
from devices.simulators.head_sics import MAX_GRAMS
from devices.simulators.wires import PtyWire
from devices.transport import Line
from workstation.clock import BootClock
from workstation.errors import DeviceError
from workstation.readings import Weight


def test_a_stable_weight_keeps_the_line_it_came_from(make_rig):
    weight = make_rig("scale").adapter().weigh()
    assert (weight.grams, weight.stable, weight.raw) == (1234, True, "S S     1234.0 g")


def test_a_pan_that_swings_gives_an_unstable_weight(make_rig):
    rig = make_rig("scale")
    rig.world.swing("scale")
    weight = rig.adapter().weigh(timeout_s=0.2)
    assert not weight.stable


def test_a_weight_is_waited_for_until_the_pan_rests(make_rig):
    rig = make_rig("scale")
    rig.world.set_weight("scale", 500)
    weight = rig.adapter(patience=1.0).weigh()
    assert (weight.grams, weight.stable) == (500, True)


def test_overload_is_an_error(make_rig):
    rig = make_rig("scale")
    rig.world.set_weight("scale", MAX_GRAMS + 1)
    with pytest.raises(DeviceError) as caught:
        rig.adapter().weigh()
    assert caught.value.code == "device.scale.overload"


def test_the_watch_tells_new_stable_weights(make_rig, until):
    rig = make_rig("scale")
    rig.watch(rig.adapter())

    def grams():
        return [told.grams for told in rig.told if isinstance(told, Weight)]

    until(lambda: grams() == [1234])
    rig.world.set_weight("scale", 20)
    until(lambda: grams() == [1234, 20])
    assert all(told.stable for told in rig.told if isinstance(told, Weight))


class Says:
    """A scale that answers every command with the same line."""

    def __init__(self, line):
        self.line = line

    def feed(self, data):
        return [self.line]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"S S       1.00 lb\r\n", "device.scale.unit"),
        (b"S -\r\n", "device.scale.underload"),
        (b"ES\r\n", "device.scale.refused"),
        (b"S I\r\n", "device.scale.busy"),
        (b"HELLO\r\n", "device.bad-reply"),
        (b"S S 1O0.00 g\r\n", "device.bad-reply"),
    ],
)
def test_what_is_not_a_metric_weight_is_refused(tmp_path, line, code):
    wire = PtyWire(Says(line), tmp_path / "wire", FaultStage())
    wire.start()
    scale = ScaleSics(
        "scale",
        Line(str(wire.where), baud=9600, runtime=tmp_path),
        BootClock(),
        lambda told: None,
        patience=0.2,
    )
    with pytest.raises(DeviceError) as caught:
        scale.weigh(timeout_s=0.1)
    assert caught.value.code == code
    scale.close()
    wire.stop()
