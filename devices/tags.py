"""A UHF tag reader with a `BB … 7E` module: polled, because a Gen2 tag does not remember that it was seen."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

from devices.codecs import bb7e
from devices.dialogue import Dialogue, Named, Shown
from devices.trace import Trace, hexed
from devices.transport import Line
from devices.vitals import Vitals
from devices.watching import keep_watching
from workstation.clock import Clock
from workstation.errors import BadReply, NoReply
from workstation.readings import Health, TagSeen

POLL_S = 0.25  # the manual gives no time; libraries wait 0.10 to 0.25 s for one round
QUIET_S = 0.03
PRESENT_WINDOW, PRESENT_LEAST = 3, 2
ABSENT_ROUNDS = 5


class TagReaderBB7E:
    """Implements `ports.TagReader`. The watcher tells a tag once when it appears: seen twice within three
    rounds.

    `on_reading` gets `TagSeen` and `Health` changes from the thread that saw them and returns at once.
    `power_cdbm`: transmit power in hundredths of dBm, set each time the line is opened; None leaves it alone.
    """

    baud = bb7e.BAUD

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        on_reading: Callable[[TagSeen | Health], None],
        *,
        power_cdbm: int | None = None,
        poll_s: float = 0.2,
        patience: float = 1.0,
    ) -> None:
        self._device = device
        self._clock = clock
        self._on_reading = on_reading
        self._power = power_cdbm
        self._poll_s = poll_s
        self.trace = Trace()
        self._dialogue: Dialogue[bb7e.Frame] = Dialogue(
            line, bb7e.Parser(), self.trace, clock, show=_show, patience=patience
        )
        self._vitals = Vitals(device, clock, on_reading)
        self._greeted = 0
        self._rounds: deque[frozenset[str]] = deque(maxlen=ABSENT_ROUNDS)
        self._present: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self._device

    def health(self) -> Health:
        return self._vitals.now()

    def field(self) -> frozenset[str]:
        """EPCs that the watcher holds for present: debounced, empty while the reader is lost."""
        return self._present

    def present(self, *, rounds: int = 3) -> list[TagSeen]:
        """Tags seen at least twice in `rounds` polls (once when only one is asked), strongest first."""
        seen: dict[str, list[int]] = {}
        with self._dialogue.turn():
            self._get_ready()
            for _ in range(max(1, rounds)):
                for epc, rssi in self._round().items():
                    seen.setdefault(epc, []).append(rssi)
        now, least = self._clock.now(), 1 if rounds <= 1 else 2
        found = [
            TagSeen(device=self._device, epc=epc, rssi_dbm=max(levels), at=now)
            for epc, levels in seen.items()
            if len(levels) >= least
        ]
        return sorted(found, key=lambda tag: (-tag.rssi_dbm, tag.epc))

    def watch(self, stop: threading.Event) -> None:
        """Poll until `stop`; tags that appear go to `on_reading`."""
        keep_watching(stop, self._vitals, self._poll, self._forget, pause_s=self._poll_s)

    def interrupt(self) -> None:
        """End a wait for the line, so that a stop is prompt."""
        self._dialogue.line.interrupt()

    @property
    def commands(self) -> tuple[Named, ...]:
        """What a technician may send by name."""
        return (
            Named("poll", lambda _: bb7e.command(bb7e.CMD_POLL)),
            Named("version", lambda _: bb7e.command(bb7e.CMD_INFO, b"\x01")),
            Named("power", lambda _: bb7e.command(bb7e.CMD_GET_POWER)),
            Named("region", lambda _: bb7e.command(bb7e.CMD_GET_REGION)),
        )

    def send_once(self, data: bytes, text: str) -> None:
        """Send bytes as they are; what comes back is in the trace. LineLost when the line is gone."""
        self._dialogue.once(data, text, POLL_S)

    def reopen(self) -> None:
        """Close the line and let the watcher open it again."""
        self._dialogue.reopen()

    def close(self) -> None:
        """Give the line up."""
        self._dialogue.line.dispose()

    def _poll(self) -> None:
        with self._dialogue.turn():
            self._get_ready()
            now = self._round()
        self._vitals.ok()
        self._rounds.append(frozenset(now))
        recent = list(self._rounds)[-PRESENT_WINDOW:]
        appeared = {
            epc
            for epc in now
            if epc not in self._present and sum(epc in seen for seen in recent) >= PRESENT_LEAST
        }
        still = {epc for epc in self._present if any(epc in seen for seen in self._rounds)}
        self._present = frozenset(still | appeared)
        for epc in sorted(appeared):
            self._on_reading(TagSeen(device=self._device, epc=epc, rssi_dbm=now[epc], at=self._clock.now()))

    def _forget(self) -> None:
        self._rounds.clear()
        self._present = frozenset()

    def _get_ready(self) -> None:
        line = self._dialogue.line
        if self._greeted == line.opened:
            return
        # A module that sleeps swallows the waking byte and leaves the first command unanswered: it is asked
        # again.
        self._dialogue.ask(
            bb7e.command(bb7e.CMD_INFO, b"\x00"),
            "hardware version",
            lambda frame: frame if (frame.type, frame.cmd) == (bb7e.ANSWER, bb7e.CMD_INFO) else None,
            seconds=POLL_S,
            tries=3,
        )
        if self._power is not None:
            self._set_power(self._power)
        self._greeted = line.opened

    def _set_power(self, cdbm: int) -> None:
        answer = self._dialogue.ask(
            bb7e.command(bb7e.CMD_SET_POWER, cdbm.to_bytes(2, "big")),
            f"set power {cdbm / 100:.2f} dBm",
            lambda frame: (
                frame
                if frame.type == bb7e.ANSWER and frame.cmd in (bb7e.CMD_SET_POWER, bb7e.CMD_ERROR)
                else None
            ),
            seconds=POLL_S,
            tries=2,
        )
        if answer.cmd == bb7e.CMD_ERROR or answer.params != b"\x00":
            raise BadReply("device.tag.power-refused", device=self._device)

    def _round(self) -> dict[str, int]:
        """One inventory round: EPC → strongest RSSI. NoReply or BadReply after two silent or spoilt
        rounds."""
        spoilt = False
        for number in (1, 2):
            junk = self._dialogue.junk_seen
            self._dialogue.drop_old()
            self._dialogue.send(bb7e.command(bb7e.CMD_POLL), "poll")
            seen: dict[str, int] = {}
            answered = False
            for frame in self._dialogue.hear(POLL_S, quiet=QUIET_S):
                tag = bb7e.tag_of(frame)
                if tag is not None and tag.crc_ok and tag.epc:
                    epc = tag.epc.hex().upper()
                    seen[epc] = max(tag.rssi, seen.get(epc, -128))
                    answered = True
                elif (code := bb7e.error_of(frame)) is not None:
                    if code == bb7e.NO_TAG:
                        answered = True
                        break
                    raise BadReply("device.tag.error", device=self._device, code=f"{code:02X}")
            if answered:
                return seen
            spoilt = spoilt or self._dialogue.junk_seen > junk
            self._dialogue.note_silence(POLL_S, number, 2)
        if spoilt:
            raise BadReply("device.bad-reply", line=self._dialogue.line.url)
        raise NoReply("device.no-reply", line=self._dialogue.line.url)


def strongest(tags: Iterable[TagSeen]) -> TagSeen | None:
    """The tag with the highest signal, or None."""
    return max(tags, key=lambda tag: tag.rssi_dbm, default=None)


def _show(frame: bb7e.Frame) -> Shown:
    tag = bb7e.tag_of(frame)
    if tag is not None:
        doubt = "" if tag.crc_ok else " (CRC wrong)"
        return Shown(hexed(frame.raw), f"tag {tag.epc.hex().upper()} {tag.rssi} dBm{doubt}")
    code = bb7e.error_of(frame)
    if code is not None:
        return Shown(hexed(frame.raw), bb7e.ERRORS.get(code, f"error {code:02X}"))
    return Shown(hexed(frame.raw), f"type {frame.type:02X} cmd {frame.cmd:02X}")
