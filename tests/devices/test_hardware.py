"""The conformance run on real devices: `ONESTOP_HARDWARE="lock-8a@/dev/ttyUSB0,scale-sics@socket://192.0.2.5:23"`.

Run with `-m hardware`. Nothing moves unless `ONESTOP_HARDWARE_MOVE=1`, which opens the last door of each bank.
"""

import os

import pytest

from devices.bench import conformance
from devices.rack import LIVE
from tests.devices.conftest import Declared


@pytest.mark.hardware
def test_real_devices_conform(make_rack):
    wanted = [one.partition("@") for one in os.environ.get("ONESTOP_HARDWARE", "").split(",") if one]
    assert wanted, "name the devices in ONESTOP_HARDWARE"
    declared = [Declared(f"device-{index}", kind, place="bench") for index, (kind, _, _) in enumerate(wanted)]
    ports = {f"device-{index}": url for index, (_, _, url) in enumerate(wanted)}
    rack = make_rack(declared, ports, mode=LIVE)
    move = os.environ.get("ONESTOP_HARDWARE_MOVE") == "1"
    checks = [check for one in declared for check in conformance(rack.adapter(one.device), move=move)]
    assert all(check.ok for check in checks), checks
