"""The conformance run on real devices: `ONESTOP_HARDWARE="lock-8a@/dev/ttyUSB0,scale-sics@socket://192.0.2.5:23"`.

Run with `-m hardware`. Nothing moves unless `ONESTOP_HARDWARE_MOVE=1`, which opens the last door of each bank.
"""

import os
from dataclasses import dataclass, field

import pytest

from devices.bench import conformance
from devices.rack import LIVE, Rack
from workstation.clock import BootClock


@dataclass(frozen=True)
class Declared:
    device: str
    type: str
    place: str = "bench"
    parameters: dict = field(default_factory=dict)


@pytest.mark.hardware
def test_real_devices_conform(tmp_path):
    wanted = [one.partition("@") for one in os.environ.get("ONESTOP_HARDWARE", "").split(",") if one]
    assert wanted, "name the devices in ONESTOP_HARDWARE"
    declared = [Declared(f"device-{index}", kind) for index, (kind, _, _) in enumerate(wanted)]
    ports = {f"device-{index}": url for index, (_, _, url) in enumerate(wanted)}
    rack = Rack(
        declared,
        ports,
        mode=LIVE,
        runtime=tmp_path,
        clock=BootClock(),
        on_reading=lambda reading: None,
    )
    move = os.environ.get("ONESTOP_HARDWARE_MOVE") == "1"
    checks = [check for one in declared for check in conformance(rack.adapter(one.device), move=move)]
    rack.stop()
    assert all(check.ok for check in checks), checks
