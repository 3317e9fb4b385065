"""The hand that moves the simulated world: acts sent to a running simulator over its control port.

Knows the simulator's folder only, so that a practice screen can present cards and close doors without the
simulator being part of the program.
"""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from workstation.errors import DeviceError

ANSWER_S = 5.0


class PracticeWorld:
    """`home`: the folder given to the simulator. One connection per act; safe from any thread."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def running(self) -> bool:
        """Whether a simulator answers; one that was killed leaves its files behind."""
        try:
            self.act("state")
        except DeviceError:
            return False
        return True

    def ports(self) -> dict[str, str]:
        """Device id → address of every simulated device, plugged in or not; empty before a first simulator."""
        try:
            ports = json.loads((self._home / "ports.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(device): str(address) for device, address in ports.items()}

    def act(self, act: str, **fields: str | int | float | bool) -> Any:
        """Carry out one act and return its result; DeviceError when the simulator is absent or refuses."""
        try:
            told = json.loads((self._home / "sim.json").read_text("utf-8"))
            token = (self._home / "sim.token").read_text("ascii")
            with socket.create_connection(("127.0.0.1", told["port"]), timeout=ANSWER_S) as line:
                line.sendall(json.dumps({"token": token, "act": act, **fields}).encode() + b"\n")
                answer = json.loads(line.makefile("rb").readline())
        except (OSError, ValueError, KeyError) as error:
            raise DeviceError("device.sim.absent") from error
        if not answer["ok"]:
            raise DeviceError(str(answer["error"]), **answer["values"])
        return answer.get("result")
