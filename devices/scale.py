"""A bench scale that speaks MT-SICS. Its lines carry no checksum, so a weight counts only when read twice
alike."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from devices.codecs import sics
from devices.dialogue import Dialogue, Named, Shown
from devices.trace import Trace, hexed
from devices.transport import Line
from devices.vitals import Vitals
from devices.watching import keep_watching
from workstation.clock import Clock
from workstation.errors import BadReply, DeviceError, NoReply
from workstation.readings import Health, Weight

ANSWER_S = 0.5
STABLE_S = 1.0


class ScaleSics:
    """Implements `ports.Scale`. The watcher tells a stable weight when it differs from the one told before.

    `on_reading` gets `Weight` and `Health` changes from the thread that saw them and returns at once.
    """

    baud = sics.BAUD

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        on_reading: Callable[[Weight | Health], None],
        *,
        poll_s: float = 0.4,
        patience: float = 1.0,
    ) -> None:
        self._device = device
        self._clock = clock
        self._on_reading = on_reading
        self._poll_s = poll_s
        self.trace = Trace()
        self._dialogue: Dialogue[sics.Frame] = Dialogue(
            line, sics.AnswerParser(), self.trace, clock, show=_show, patience=patience
        )
        self._vitals = Vitals(device, clock, on_reading)
        self._told: int | None = None
        self._before: int | None = None

    @property
    def id(self) -> str:
        return self._device

    def health(self) -> Health:
        return self._vitals.now()

    def weigh(self, *, timeout_s: float = 5.0) -> Weight:
        """Two stable readings that agree, within `timeout_s`; else the last reading with `stable=False`.

        Raises DeviceError for overload and underload, BadReply for a unit that is not metric, NoReply,
        LineLost.
        """
        with self._dialogue.turn():
            deadline = time.monotonic() + timeout_s
            first = self._ask("SI", ANSWER_S, tries=2)
            last = first
            while (left := deadline - time.monotonic()) > 0:
                try:
                    again = self._ask("S", min(left, STABLE_S))
                except (NoReply, BadReply):
                    continue
                if again is None or not again.stable:
                    continue
                if last is not None and last.stable and last.grams == again.grams:
                    return self._weight(again, stable=True)
                last = again
            final = self._ask("SI", ANSWER_S, tries=2)
        if final is None:
            raise DeviceError("device.scale.busy", device=self._device)
        return self._weight(final, stable=False)

    def watch(self, stop: threading.Event) -> None:
        """Poll until `stop`; new stable weights go to `on_reading`."""
        keep_watching(stop, self._vitals, self._poll, self._forget, pause_s=self._poll_s)

    def interrupt(self) -> None:
        """End a wait for the line, so that a stop is prompt."""
        self._dialogue.line.interrupt()

    @property
    def commands(self) -> tuple[Named, ...]:
        """What a technician may send by name. Zero and tare are not among them: they change later weights."""
        return (
            Named("weigh-now", lambda _: sics.command("SI")),
            Named("weigh-stable", lambda _: sics.command("S")),
            Named("serial", lambda _: sics.command("I4")),
        )

    def send_once(self, data: bytes, text: str) -> None:
        """Send bytes as they are; what comes back is in the trace. LineLost when the line is gone."""
        self._dialogue.once(data, text, STABLE_S)

    def reopen(self) -> None:
        """Close the line and let the watcher open it again."""
        self._dialogue.reopen()

    def close(self) -> None:
        """Give the line up."""
        self._dialogue.line.dispose()

    def _poll(self) -> None:
        with self._dialogue.turn():
            mass = self._ask("SI", ANSWER_S, tries=2)
        self._vitals.ok()
        if mass is None or not mass.stable:
            self._before = None
            return
        weight = self._weight(mass, stable=True)
        if self._before == weight.grams and self._told != weight.grams:
            self._told = weight.grams
            self._on_reading(weight)
        self._before = weight.grams

    def _forget(self) -> None:
        self._told = self._before = None

    def _ask(self, command: str, seconds: float, *, tries: int = 1) -> sics.Mass | None:
        """A weight, or None while the scale is busy."""
        (answer,) = self._dialogue.ask(
            sics.command(command),
            command,
            _weight_or_refusal,
            seconds=seconds,
            tries=tries,
        )
        if isinstance(answer, sics.Mass):
            return answer
        if answer.trouble is sics.Trouble.BUSY:
            return None
        if answer.trouble is sics.Trouble.OVERLOAD:
            raise DeviceError("device.scale.overload", device=self._device)
        if answer.trouble is sics.Trouble.UNDERLOAD:
            raise DeviceError("device.scale.underload", device=self._device)
        raise BadReply("device.scale.refused", device=self._device, answer=answer.line)

    def _weight(self, mass: sics.Mass, *, stable: bool) -> Weight:
        if mass.grams is None:
            raise BadReply("device.scale.unit", device=self._device, unit=mass.unit)
        return Weight(
            device=self._device, grams=mass.grams, stable=stable, raw=mass.line, at=self._clock.now()
        )


def _weight_or_refusal(frame: sics.Frame) -> tuple[sics.Mass | sics.Refusal] | None:
    return (frame,) if isinstance(frame, sics.Mass | sics.Refusal) else None


def _show(frame: sics.Frame) -> Shown:
    return Shown(hexed(sics.command(frame.line)), frame.line)
