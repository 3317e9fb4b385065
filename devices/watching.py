"""The loop that a line's own thread runs: rounds of polling, with back-off while the device is away."""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.vitals import Vitals
from workstation.errors import DeviceError, LineLost

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0


def keep_watching(
    stop: threading.Event,
    vitals: Vitals,
    poll: Callable[[], None],
    lost: Callable[[], None],
    *,
    pause_s: float,
) -> None:
    """Call `poll` every `pause_s` until `stop` is set.

    After an error `lost` is told once a round, so that what was known becomes unknown; a line that is gone is
    tried again after 0.25, 0.5, 1, 2, 5, 5 … seconds, a device that is only silent at the usual pace.
    """
    wait = FIRST_PAUSE_S
    while not stop.is_set():
        try:
            poll()
        except DeviceError as error:
            vitals.trouble(error)
            lost()
            if isinstance(error, LineLost):
                stop.wait(wait)
                wait = min(wait * 2 if wait < 2 else LONGEST_PAUSE_S, LONGEST_PAUSE_S)
                continue
        else:
            wait = FIRST_PAUSE_S
        stop.wait(pause_s)
