"""The rack: what a centre has declared and what this workstation has wired, as adapters with a thread per
line.

Here and nowhere else it is decided what is real: a live rack refuses simulated lines, a practice rack refuses
real ones, when it is built and again each time a line is opened.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from devices.cameras.feed import CameraFeed
from devices.card_reader import CardReaderSam
from devices.codecs import scanline
from devices.dialogue import Named
from devices.locks import LockBank8A, Polarity
from devices.scale import ScaleSics
from devices.scanner import ScannerLine
from devices.tags import TagReaderBB7E
from devices.trace import Trace, TraceRow
from devices.transport import Line, LineKind, classify
from workstation.clock import Clock
from workstation.errors import DeviceError
from workstation.readings import CardRead, DoorSeen, Health, Level, ScanRead, TagSeen, Weight

LIVE, PRACTICE = "live", "practice"
STOP_S = 0.9
STALL_CHECK_S = 0.5
MOST_RAW = 64

Reading = DoorSeen | TagSeen | Weight | CardRead | ScanRead | Health
Lined = LockBank8A | TagReaderBB7E | ScaleSics | CardReaderSam | ScannerLine
Adapter = Lined | CameraFeed
AdapterT = TypeVar("AdapterT", bound=Adapter)

KINDS = ("lock-8a", "tag-bb7e", "scale-sics", "idcard-sam", "scanner-line", "camera")


class Declared(Protocol):
    """A device as the centre's record declares it; the event `DeviceDeclared` has this shape.

    `type`: one of `KINDS`. Parameters of a lock-8a: boards ("1,2"), doors_per_board, polarity, settle_ms; of
    a tag-bb7e: power_cdbm; of a scanner-line: ends ("cr" or "crlf"), baud. Numbers may be written as text.
    """

    @property
    def device(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, str | int] | Mapping[str, str]: ...


def admit_for(mode: str) -> Callable[[str, LineKind], None]:
    """What refuses a line of the wrong kind for a mode: DeviceError with the line's address."""
    if mode not in (LIVE, PRACTICE):
        raise DeviceError("device.mode", mode=mode)

    def admit(url: str, kind: LineKind) -> None:
        if mode == LIVE and kind.simulated:
            raise DeviceError("device.line.simulated", line=url)
        if mode == PRACTICE and kind is LineKind.REAL:
            raise DeviceError("device.line.real", line=url)

    return admit


class Rack:
    """All devices of a workstation. `on_reading` is called from line threads with the line free and must
    return soon, because nobody watches that line meanwhile; what it raises ends the watch over the line, and
    health says so.

    `ports`: device id → address; a device without one has the health *unknown, not wired*, one whose
    declaration cannot be used is *lost* with the reason and does not keep the others from working;
    `unclaimed` names ports of devices that are not declared. `runtime`: folder for the lock files that give
    each line one owner. Raises DeviceError for an unknown mode and for a line that is real in practice or
    simulated in live mode.
    """

    def __init__(
        self,
        declared: Iterable[Declared],
        ports: Mapping[str, str],
        *,
        mode: str,
        runtime: Path,
        clock: Clock,
        on_reading: Callable[[Reading], None],
    ) -> None:
        admit = admit_for(mode)
        self._mode = mode
        self._clock = clock
        self._runtime = runtime
        self._on_reading = on_reading
        self._adapters: dict[str, Adapter] = {}
        self._absent: dict[str, tuple[DeviceError, Health]] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._stop = threading.Event()
        self._places: dict[str, str] = {}
        for one in declared:
            if one.device in self._places:
                raise DeviceError("device.twice", device=one.device)
            self._places[one.device] = one.place
            url = ports.get(one.device, "")
            if not url:
                self._absent[one.device] = (
                    DeviceError("device.not-wired", device=one.device),
                    self._without(one.device, Level.UNKNOWN, "device.not-wired"),
                )
                continue
            admit(url, classify(url))
            try:
                self._adapters[one.device] = self._build(one, url, partial(admit, url))
            except DeviceError as error:
                self._absent[one.device] = (error, self._without(one.device, Level.LOST, error.code))
        self.unclaimed = tuple(sorted(set(ports) - set(self._places)))

    def start(self) -> None:
        """Start one watching thread per line, and one that looks for stalled cameras."""
        for device, adapter in self._adapters.items():
            thread = threading.Thread(
                target=adapter.watch, args=(self._stop,), name=f"line-{device}", daemon=True
            )
            self._threads[device] = thread
            thread.start()
        threading.Thread(target=self._check_stalls, name="rack-stalls", daemon=True).start()

    def stop(self) -> None:
        """Stop watching and give every line up, within a second; a stalled camera ends by itself a little
        later."""
        self._stop.set()
        deadline = time.monotonic() + STOP_S
        for adapter in self._adapters.values():
            adapter.interrupt()
        for thread in self._threads.values():
            thread.join(max(0.0, deadline - time.monotonic()))
        for adapter in self._adapters.values():
            adapter.close()

    def lock_bank(self, device: str) -> LockBank8A:
        """The lock bank of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, LockBank8A)

    def tag_reader(self, device: str) -> TagReaderBB7E:
        """The tag reader of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, TagReaderBB7E)

    def scale(self, device: str) -> ScaleSics:
        """The scale of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, ScaleSics)

    def card_reader(self, device: str) -> CardReaderSam:
        """The card reader of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, CardReaderSam)

    def scanner(self, device: str) -> ScannerLine:
        """The scanner of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, ScannerLine)

    def camera(self, device: str) -> CameraFeed:
        """The camera of that id; DeviceError when there is none or it is not wired."""
        return self._get(device, CameraFeed)

    def adapter(self, device: str) -> Adapter:
        """The adapter of that id whatever its kind; DeviceError when there is none or it is not wired."""
        if device in self._absent:
            raise self._absent[device][0]
        adapter = self._adapters.get(device)
        if adapter is None:
            raise DeviceError("device.unknown", device=device)
        return adapter

    def devices(self) -> list[str]:
        """Ids of all declared devices, in the order declared."""
        return list(self._places)

    def health(self) -> list[Health]:
        """Health of every declared device, in the order declared."""
        return [self._health(device) for device in self._places]

    def trace(self, device: str, since: int = 0) -> list[TraceRow]:
        """Rows of a device's wire trace after `since`; cameras and unwired devices have none."""
        if device not in self._places:
            raise DeviceError("device.unknown", device=device)
        found = getattr(self._adapters.get(device), "trace", None)
        return found.since(since) if isinstance(found, Trace) else []

    def baud(self, device: str) -> int:
        """Bits a second on a device's line, or 0 for a camera or a device that is not wired."""
        return getattr(self._adapters.get(device), "baud", 0)

    def commands(self, device: str) -> tuple[Named, ...]:
        """What a technician may send to a device by name; nothing to a camera or to what is not wired."""
        if device not in self._places:
            raise DeviceError("device.unknown", device=device)
        adapter = self._adapters.get(device)
        return () if adapter is None or isinstance(adapter, CameraFeed) else adapter.commands

    def command(self, device: str, name: str, number: int = 0, *, dry: bool = False) -> bytes:
        """Send a named command and return its bytes; `dry`: only say which they would be.

        What moves something in the real world is refused here: it goes through the Desk. Raises DeviceError for
        what the adapter does not name, for a number that it does not take, and for what the device does.
        """
        named = next((one for one in self.commands(device) if one.name == name), None)
        if named is None:
            raise DeviceError("device.command.unknown", device=device, name=name)
        if not (1 <= number <= named.most if named.most else number == 0):
            raise DeviceError("device.command.number", device=device, number=number, most=named.most)
        data = named.frame(number)
        if dry:
            return data
        if named.moves and self._mode == LIVE:
            raise DeviceError("device.command.desk", device=device)
        if named.act is not None:
            named.act(number)
        else:
            self._lined(device).send_once(data, name)
        return data

    def send_raw(self, device: str, data: bytes) -> None:
        """Send bytes as they are to a simulated device; DeviceError for a real one, and for nothing or too much."""
        if self._mode == LIVE:
            raise DeviceError("device.command.raw-real", device=device)
        if not 1 <= len(data) <= MOST_RAW:
            raise DeviceError("device.command.raw-length", most=MOST_RAW)
        self._lined(device).send_once(data, "raw")

    def reopen(self, device: str) -> None:
        """Close a device's line and let its watcher open it again; DeviceError when it cannot be opened."""
        self._lined(device).reopen()

    def _lined(self, device: str) -> Lined:
        adapter = self.adapter(device)
        if isinstance(adapter, CameraFeed):
            raise DeviceError("device.command.no-line", device=device)
        return adapter

    def _health(self, device: str) -> Health:
        adapter = self._adapters.get(device)
        if adapter is None:
            return self._absent[device][1]
        health = adapter.health()
        thread = self._threads.get(device)
        if thread is not None and not thread.is_alive() and not self._stop.is_set():
            return Health(device=device, level=Level.LOST, reason="device.watch-ended", since=health.since)
        return health

    def _without(self, device: str, level: Level, reason: str) -> Health:
        return Health(device=device, level=level, reason=reason, since=self._clock.now())

    def _get(self, device: str, kind: type[AdapterT]) -> AdapterT:
        adapter = self.adapter(device)
        if not isinstance(adapter, kind):
            raise DeviceError("device.kind-wrong", device=device, kind=kind.__name__)
        return adapter

    def _check_stalls(self) -> None:
        while not self._stop.wait(STALL_CHECK_S):
            for adapter in self._adapters.values():
                if isinstance(adapter, CameraFeed):
                    adapter.check()

    def _build(self, one: Declared, url: str, admit: Callable[[LineKind], None]) -> Adapter:
        if one.type == "camera":
            return CameraFeed(one.device, url, self._clock, self._on_reading, admit=admit)

        def line(baud: int) -> Line:
            return Line(url, baud=baud, runtime=self._runtime, admit=admit)

        device, clock, told = one.device, self._clock, self._on_reading
        if one.type == "lock-8a":
            boards = str(one.parameters.get("boards", "1"))
            polarity = str(one.parameters.get("polarity", Polarity.SHORT_WHEN_LOCKED))
            if polarity not in tuple(Polarity):
                raise DeviceError("device.parameter", device=device, name="polarity", value=polarity)
            if not all(part.strip().isdecimal() for part in boards.split(",")):
                raise DeviceError("device.parameter", device=device, name="boards", value=boards)
            return LockBank8A(
                device,
                line(LockBank8A.baud),
                clock,
                told,
                boards=tuple(int(part) for part in boards.split(",")),
                doors_per_board=_number(one, "doors_per_board", 24),
                polarity=Polarity(polarity),
                settle_s=_number(one, "settle_ms", 3000) / 1000,
            )
        if one.type == "tag-bb7e":
            power = _number(one, "power_cdbm", 0)
            return TagReaderBB7E(
                device, line(TagReaderBB7E.baud), clock, told, power_cdbm=power if power else None
            )
        if one.type == "scale-sics":
            return ScaleSics(device, line(ScaleSics.baud), clock, told)
        if one.type == "idcard-sam":
            return CardReaderSam(device, line(CardReaderSam.baud), clock, told)
        if one.type == "scanner-line":
            ends = str(one.parameters.get("ends", scanline.Ends.CR))
            if ends not in tuple(scanline.Ends):
                raise DeviceError("device.parameter", device=device, name="ends", value=ends)
            baud = _number(one, "baud", scanline.BAUD, max(scanline.BAUDS))
            if baud not in scanline.BAUDS:
                raise DeviceError("device.parameter", device=device, name="baud", value=baud)
            return ScannerLine(device, line(baud), clock, told, ends=scanline.Ends(ends), baud=baud)
        raise DeviceError("device.kind", device=device, kind=one.type)


def _number(one: Declared, name: str, default: int, most: int = 65535) -> int:
    value = str(one.parameters.get(name, default))
    if not (value.isdecimal() and value.isascii() and int(value) <= most):
        raise DeviceError("device.parameter", device=one.device, name=name, value=value)
    return int(value)
